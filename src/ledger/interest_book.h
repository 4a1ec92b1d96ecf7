/* Interest of a receivable as the books have it. */
#ifndef RELANCE_LEDGER_INTEREST_BOOK_H
#define RELANCE_LEDGER_INTEREST_BOOK_H

#include "ledger/interest.h"
#include "ledger/ledger.h"
#include "store/rows_receivable.h"

/* What is reckoned of a receivable. */
struct interest_scope {
	date_t to;
	const int64_t *lines;			/* numbers of its due lines, from 1 */
	size_t line_count;			/* 0: all of them */
	const struct interest_payment *credits; /* taken off it though the books have them apart */
	size_t credit_count;
};

/*
 * As of the day TO: its due lines, each from its own day, less what was paid and credited on the days when it
 * was, the earliest line first. Nothing is reckoned on what is in dispute: it is taken off the line that the
 * dispute names, else off the latest ones, and LEFT_OUT (may be NULL) gets how much that is. The rule is that
 * of the company's country and the customer's kind and is given back in RULE; of
 * businesses the company's interest_rate goes before its rate. A line's formal notice is as of
 * notice_days(). The compensation is the receivable's, whichever of its lines are asked about. STATUS_NO
 * where no rule is known or a rate is missing.
 */
bool interest_of_receivable(const struct ledger *ledger, const struct rates *rates,
    const struct receivable *receivable, const struct interest_scope *scope,
    const struct interest_rule **rule, struct interest *interest, int64_t *left_out, struct error *error);

/* What of it stands in the books: sums of the entries interest and compensation; ON, the last day on which
 * interest was claimed (DATE_NONE: never). */
struct interest_in_books {
	int64_t interest, compensation;
	date_t on;
};
bool interest_claimed(
    struct store *store, int64_t receivable, struct interest_in_books *claimed, struct error *error);
/*
 * CHOICE "claim": interest and compensation as of today become entries, and what is open grows; again later:
 * what came since. "waive": nothing of it is asked for, now or later. "keep": it may be claimed later; a
 * formal notice speaks of it. Both take back what was claimed. STATUS_DATA where nothing can be claimed,
 * instalments are agreed, or waiving is not allowed; STATUS_NO where a rate or a rule is missing.
 */
bool interest_choose(struct ledger *ledger, const struct receivable *receivable, const char *choice,
    const char *reason, struct error *error);

#endif
