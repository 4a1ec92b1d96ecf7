/* Interest and compensation of the items of a reminder. */
#ifndef RELANCE_DUNNING_CLAIMS_H
#define RELANCE_DUNNING_CLAIMS_H

#include "dunning/reminder.h"
#include "ledger/interest.h"

/* A line of the statement of interest. */
struct claim_line {
	const struct receivable *receivable; /* borrowed of the reminder */
	struct interest_line line;
	int64_t claimed; /* not 0: LINE is empty, and this was claimed before: it is taken off */
	bool of_part;	 /* others of this statement are about other due lines of the invoice */
};

struct claims {
	GArray *lines;			  /* of struct claim_line; never NULL after true */
	const struct interest_rule *rule; /* NULL: nothing can be claimed (a consumer, an unknown law) */
	int64_t interest, compensation;	  /* of all items */
	int64_t each;			  /* compensation of the leading item */
	int rate;			  /* that holds today, thousandths of a percent; 0: none */
};

/*
 * Of an invoice that is chased by several due lines what is reckoned is those that the reminder is about. The
 * compensation is the invoice's: it is not asked for again where a formal mail or letter about others of its
 * lines did. Credits that the reminder takes off are as if they had been paid on the day of their issue.
 * STATUS_NO where a rate is missing, naming it. claims_clear() after true.
 */
bool claims_compute(const struct reminder *reminder, struct claims *claims, struct error *error);
void claims_clear(struct claims *claims);

#endif
