/* Instalments that a customer proposes, as proposals in the books; a person accepts or refuses them. */
#ifndef RELANCE_DUNNING_PROPOSAL_H
#define RELANCE_DUNNING_PROPOSAL_H

#include "language/intent.h"
#include "ledger/act.h"

/*
 * RATES (of struct instalment, with their days) for RECEIVABLES (of struct receivable, one customer's), as
 * plan.proposed for each. Rates without an amount share what the others leave; of several receivables the
 * earliest are paid first. Nothing is entered of what is no plan: a rate without a day, another currency,
 * rates for several that do not make what is open of them together.
 */
bool proposal_enter(struct ledger *ledger, const GPtrArray *receivables, const GArray *rates, int64_t message,
    struct error *error);

#endif
