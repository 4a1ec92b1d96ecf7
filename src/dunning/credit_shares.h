/* Which of the customer's debts its open credit notes and overpayments are taken off. */
#ifndef RELANCE_DUNNING_CREDIT_SHARES_H
#define RELANCE_DUNNING_CREDIT_SHARES_H

#include "dunning/reminder.h"

/* What of one credit is taken off one debt. */
struct credit_share {
	const struct receivable *credit; /* borrowed of the desk */
	int64_t receivable, line;	 /* LINE 0: all of it */
	int64_t amount;			 /* minor units, > 0 */
	bool asked; /* off what the reminder asks for; else off a debt that it is not about */
};

/*
 * The credits of the reminder's currency in the order of the books, against the items of the reminder and all
 * else that is overdue, not disputed and not in it, the earliest due date first: a credit that covers another
 * debt is not there a second time. Of struct credit_share; g_array_unref. NULL with ERROR.
 */
GArray *credit_shares(const struct reminder *reminder, struct error *error);

/* How much of what is overdue of CHASE's line the credits cover, by the same rule. */
bool credit_covered(const struct chase *chase, int64_t *covered, struct error *error);

#endif
