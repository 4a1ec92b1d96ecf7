/* Interest of a receivable as the books have it. */
#ifndef RELANCE_LEDGER_INTEREST_BOOK_H
#define RELANCE_LEDGER_INTEREST_BOOK_H

#include "ledger/interest.h"
#include "ledger/ledger.h"
#include "store/rows_receivable.h"

/*
 * As of the day TO: its due lines, less what was paid and credited on the days when it was; the rule is that
 * of the company's country and the customer's kind and is given back in RULE. The formal notice is the day on
 * which the letter of a step "formal-notice" was posted, else on which that step was done. DISPUTED (0:
 * nothing) is left out, from the latest lines on. STATUS_NO where no rule is known or a rate is missing.
 */
bool interest_of_receivable(const struct ledger *ledger, const struct rates *rates,
    const struct receivable *receivable, date_t to, int64_t disputed, const struct interest_rule **rule,
    struct interest *interest, struct error *error);

/* What of it stands in the books: sums of the entries interest and compensation. */
bool interest_claimed(
    struct store *store, int64_t receivable, int64_t *interest, int64_t *compensation, struct error *error);
/*
 * CHOICE "claim": interest and compensation as of today become entries, and what is open grows; again later:
 * what came since. "waive": nothing of it is asked for, now or later. "keep": it may be claimed later; a
 * formal notice speaks of it. Both take back what was claimed. STATUS_DATA where nothing can be claimed,
 * instalments are agreed, or waiving is not allowed; STATUS_NO where a rate or a rule is missing.
 */
bool interest_choose(struct ledger *ledger, const struct receivable *receivable, const char *choice,
    const char *reason, struct error *error);

#endif
