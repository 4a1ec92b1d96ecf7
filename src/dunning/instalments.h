/* How an instalment plan stands: payments since it was accepted fill the rates in the order of their days.
 * Pure. */
#ifndef RELANCE_DUNNING_INSTALMENTS_H
#define RELANCE_DUNNING_INSTALMENTS_H

#include "base/config.h"
#include "store/rows_case.h"

struct instalment_standing {
	int rate;	 /* the first one that is not paid, from 0; the number of rates where all are */
	int64_t missing; /* of that rate, minor units */
	date_t last_day; /* on which it may still be paid: its day, moved to a bank day, and the grace of
			    promises; DATE_NONE where all are paid */
};

/* RATES are of PLAN, by day; OPEN is what is open of its receivable now. */
void instalments_stand(const struct config *config, const struct instalment_plan *plan,
    const GPtrArray *rates, int64_t open, struct instalment_standing *standing);
/* What is paid of each rate up to INDEX, all together: how much of that one. */
int64_t instalment_paid(
    const struct instalment_plan *plan, const GPtrArray *rates, int64_t open, guint index);

#endif
