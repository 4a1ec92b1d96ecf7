/* Receivables that a message may be about, each with the signs that speak for it. Only match.c needs this. */
#ifndef RELANCE_MATCH_CANDIDATES_H
#define RELANCE_MATCH_CANDIDATES_H

#include "base/config.h"
#include "reading/reading.h"
#include "store/rows_receivable.h"

enum sign {
	SIGN_IN_REPLY_TO = 1,
	SIGN_REFERENCES = 2,
	SIGN_NUMBER = 4,
	SIGN_COUNTERPART = 8, /* the sender (or a recipient of an outgoing mail) belongs to the customer */
	SIGN_ORIGINAL_MESSAGE_ID = 16,
	SIGN_RECIPIENT = 32,	     /* a bounced address is one of the customer's contacts */
	SIGN_THREAD_OF_ANOTHER = 64, /* in the thread, but the mail names another invoice of it */
};

struct candidate {
	struct receivable receivable; /* owned */
	unsigned signs;
};

/* Of struct candidate *; g_ptr_array_unref. NULL with ERROR when the store failed. */
GPtrArray *candidates_collect(
    struct store *store, const struct config *config, const struct reading *reading, struct error *error);

#endif
