/* Insolvency proceedings of a customer. */
#ifndef RELANCE_DUNNING_INSOLVENCY_H
#define RELANCE_DUNNING_INSOLVENCY_H

#include "ledger/act.h"

/*
 * The last day to declare a claim that the law gives from the publication's day: two months in France, four
 * for creditors outside metropolitan France (C. com. R622-24). DATE_NONE where no such law is known here.
 */
date_t insolvency_deadline(const struct config *config, const struct customer *customer, date_t published_on);
/* Everything stops, and a task has the deadline. PUBLISHED_ON DATE_NONE: not known yet; an earlier task
 * without it is done when it becomes known. */
bool insolvency_enter(
    struct ledger *ledger, const struct customer *customer, date_t published_on, struct error *error);
/* It was a mistake, or is over. */
bool insolvency_end(struct ledger *ledger, const struct customer *customer, struct error *error);

#endif
