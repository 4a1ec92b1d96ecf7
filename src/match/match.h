/*
 * Which receivables a message is about, and how sure that is. Certain alone are: In-Reply-To names a mail of
 * the thread; a delivery report names it; References name it and a second sign agrees (number, counterpart);
 * a document number and the counterpart agree. Everything below is a proposal for a person.
 */
#ifndef RELANCE_MATCH_MATCH_H
#define RELANCE_MATCH_MATCH_H

#include "base/config.h"
#include "reading/reading.h"
#include "store/rows_party.h"
#include "store/rows_receivable.h"

/* What the counterpart alone is worth: the mail names nothing of ours. */
#define MATCH_SCORE_COUNTERPART 300

struct match {
	struct receivable receivable; /* owned copy */
	char *customer_name;
	int score; /* thousandths */
	bool is_sure;
	GPtrArray *evidence; /* of literal strings: in-reply-to references number counterpart
				original-message-id recipient */
};

/*
 * The matches of an incoming or outgoing message or a delivery report, best first (of struct match *; free
 * with g_ptr_array_unref). Empty where nothing fits; NULL with ERROR only when the store failed.
 */
GPtrArray *match_reading(
    struct store *store, const struct config *config, const struct reading *reading, struct error *error);
/* The words of MATCH's evidence, separated by spaces; g_free. */
char *match_evidence(const struct match *match);

/* Whether TEXT names the number whose key (receivable_number_key) is KEY, however it is punctuated: "F
 * 2026/118". */
bool match_text_has_number(const char *text, const char *key);

#endif
