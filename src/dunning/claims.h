/* Interest and compensation of the items of a reminder. */
#ifndef RELANCE_DUNNING_CLAIMS_H
#define RELANCE_DUNNING_CLAIMS_H

#include "dunning/reminder.h"
#include "ledger/interest.h"

struct claims {
	const struct interest_rule *rule; /* NULL: nothing can be claimed (a consumer, an unknown law) */
	int64_t interest, compensation;	  /* of all items */
	int64_t each;			  /* compensation of the leading item */
	int rate;			  /* that holds today, thousandths of a percent; 0: none */
};

/* STATUS_NO where a rate is missing, naming it. */
bool claims_compute(const struct reminder *reminder, struct claims *claims, struct error *error);

#endif
