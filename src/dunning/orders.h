/*
 * Orders that a controller gives by answering the digest, one a line:
 *
 *	approve N...                 hold INV|CUSTOMER [until DATE]      release INV|CUSTOMER
 *	paid INV [AMOUNT] [on DATE]  promise INV DATE [AMOUNT]
 *	done N [OUTCOME [DATE | REASON] [AMOUNT]]                        (outcomes: outcome.h)
 *
 * Each number behind "approve" has a result of its own.
 * A line that is anything else is not understood, and nothing is done about it: there is no guessing. What is
 * as it was ordered already stays so. Whether the sender may give orders is the caller's question.
 */
#ifndef RELANCE_DUNNING_ORDERS_H
#define RELANCE_DUNNING_ORDERS_H

#include "dunning/plan.h"

struct order_result {
	char *line;	     /* as it was given; of several numbers, "approve N" */
	const char *outcome; /* "done", "already", "unknown", "ambiguous", "amount", "date", "refused": words
				of notice_word(…, "order", …); NULL: the line was not understood */
	char *detail;	     /* of "refused": why; or NULL */
};

/* Carries out the orders in TEXT for COMPANY, as LEDGER's actor. Of struct order_result; free with
 * g_ptr_array_unref. NULL with ERROR: the transaction must be rolled back. */
GPtrArray *orders_run(struct ledger *ledger, const struct dunning_site *site,
    const struct company_config *company, const char *text, struct error *error);

#endif
