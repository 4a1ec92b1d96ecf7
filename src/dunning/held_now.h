/* What is due and holds still: the guards of the site and of the day are no part of the plan. */
#ifndef RELANCE_DUNNING_HELD_NOW_H
#define RELANCE_DUNNING_HELD_NOW_H

#include "dunning/plan.h"

struct held_now {
	const char *guard; /* literal */
	int64_t count;	   /* steps that it keeps from being done at this moment */
};
/* Of the steps that are due and that no guard of their case holds, those that one of the site or of the day
 * does, by guard. Of struct held_now; g_array_unref. NULL with ERROR. */
GArray *held_now(struct ledger *ledger, const struct dunning_site *site, struct error *error);

#endif
