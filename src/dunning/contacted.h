/* What a customer heard of us on a day. */
#ifndef RELANCE_DUNNING_CONTACTED_H
#define RELANCE_DUNNING_CONTACTED_H

#include "dunning/chase.h"

/* ONLY: all that the customer of CHASE heard of us on DAY were mails about what it owes in other currencies:
 * one run writes a mail for each, and the second needs not wait for the gap. A call, a letter or a person's
 * own mail is no such mail. BEFORE gets the last contact before DAY. */
bool contacted_in_other_currencies(
    const struct chase *chase, date_t day, bool *only, date_t *before, struct error *error);

#endif
