/*
 * What a formal notice must hold to be one: who asks whom, with their addresses, for which invoices of which
 * day, how much, how it is to be paid, and who signs (C. civ. 1344, 1231-6; the same in the other laws that
 * the templates name). The sum and its statement are the claims' duty, the words are the template's.
 */
#ifndef RELANCE_DUNNING_FORMAL_H
#define RELANCE_DUNNING_FORMAL_H

#include "dunning/reminder.h"

/* True for a mail or letter that is no formal step. STATUS_NO, naming all that is missing. */
bool formal_check(const struct reminder *reminder, struct error *error);

#endif
