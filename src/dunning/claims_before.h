/* The fixed compensation is asked for once for an invoice, whichever of its due lines the letter is about. */
#ifndef RELANCE_DUNNING_CLAIMS_BEFORE_H
#define RELANCE_DUNNING_CLAIMS_BEFORE_H

#include "dunning/chase.h"
#include "ledger/interest_book.h"

/* WAS: a formal mail or letter about other due lines of the chase's receivable than those of SCOPE, which is
 * about some of them, has asked for what the law adds. */
bool was_claimed_with_others(
    const struct chase *chase, const struct interest_scope *scope, bool *was, struct error *error);

#endif
