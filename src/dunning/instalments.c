#include "base/base.h"
#include "dunning/instalments.h"

#include "base/holidays.h"

int64_t instalment_paid(const struct instalment_plan *plan, const GPtrArray *rates, int64_t open, guint index)
{
	int64_t left = plan->base > open ? plan->base - open : 0;
	for (guint i = 0; i < index; i++) {
		int64_t amount = ((const struct instalment_row *)rates->pdata[i])->amount;
		left -= left < amount ? left : amount;
	}
	int64_t amount = ((const struct instalment_row *)rates->pdata[index])->amount;
	return left < amount ? left : amount;
}

void instalments_stand(const struct config *config, const struct instalment_plan *plan,
    const GPtrArray *rates, int64_t open, struct instalment_standing *standing)
{
	*standing = (struct instalment_standing){.rate = (int)rates->len, .last_day = DATE_NONE};
	for (guint i = 0; i < rates->len; i++) {
		const struct instalment_row *rate = rates->pdata[i];
		int64_t missing = rate->amount - instalment_paid(plan, rates, open, i);
		if (missing <= config->tolerance)
			continue;
		date_t day = rate->due_on;
		while (!bank_day(day))
			day++;
		*standing = (struct instalment_standing){(int)i, missing, day + config->promise_grace};
		return;
	}
}
