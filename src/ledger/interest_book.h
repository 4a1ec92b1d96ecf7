/* Interest of a receivable as the books have it. */
#ifndef RELANCE_LEDGER_INTEREST_BOOK_H
#define RELANCE_LEDGER_INTEREST_BOOK_H

#include "ledger/interest.h"
#include "ledger/ledger.h"
#include "store/rows_receivable.h"

/*
 * As of the day TO: its due lines, less what was paid and credited on the days when it was; the rule is that
 * of the company's country and the customer's kind and is given back in RULE. The formal notice is the day of
 * a step "formal-notice" where that is the last one done. STATUS_NO where no rule is known or a rate is
 * missing.
 */
bool interest_of_receivable(const struct ledger *ledger, const struct rates *rates,
    const struct receivable *receivable, date_t to, const struct interest_rule **rule,
    struct interest *interest, struct error *error);

#endif
