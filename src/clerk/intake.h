/*
 * Taking one read message into the books: match, record, decide, apply. The same message twice changes
 * nothing.
 */
#ifndef RELANCE_CLERK_INTAKE_H
#define RELANCE_CLERK_INTAKE_H

#include "clerk/envelope.h"
#include "ledger/ledger.h"
#include "reading/reading.h"

/* All borrowed. */
struct intake {
	const struct envelope *envelope;
	const struct reading *reading;
	const json_t *reading_json; /* the same, as the reader gave it */
	const GPtrArray *documents; /* of GBytes * or NULL: content of reading->documents[i] */
	GBytes *bytes;		    /* the whole message */
};

struct intake_result {
	const char *what; /* literal, for the log: "invoice-opened" "invoice-sent-again" "answer" "delivery"
			     "contact" "reminder-seen" "unreadable" "known" "unrelated", "notice-seen"
			     "notice-reported" "orders" "orders-refused" */
	char *details;	  /* "key=value …" for the log, never a subject or body; may be NULL */
	GPtrArray *watch; /* of char *: Message-IDs that the watchlist must know now */
};

/*
 * In the caller's transaction; afterwards the caller plans what LEDGER touched and commits. RESULT is in
 * caller storage, intake_result_clear() after true. False: the store failed, or the message cannot be taken
 * (STATUS_DATA).
 */
bool intake_message(
    struct ledger *ledger, const struct intake *intake, struct intake_result *result, struct error *error);
void intake_result_clear(struct intake_result *result);

#endif
