/*
 * What came of a task, as a code that has its effect on the plan: a table in outcome.c, documented in
 * relance(1). A call that was about several invoices has the outcome for all of them.
 */
#ifndef RELANCE_DUNNING_OUTCOME_H
#define RELANCE_DUNNING_OUTCOME_H

#include "dunning/plan.h"
#include "store/rows_case.h"

struct outcome {
	const char *code;   /* of outcome_codes(); other words are kept and change nothing */
	date_t date;	    /* promised: the day; DATE_NONE */
	int64_t amount;	    /* promised, dispute: minor units; 0: all */
	const char *reason; /* dispute: of the closed list; NULL: other */
	const char *text;   /* free words, or NULL */
};

/* Whether CODE is one; ASKS_DATE tells whether it needs a day. */
bool outcome_known(const char *code, bool *asks_date);
/* All of them, ends with NULL. */
const char *const *outcome_codes(void);
/* Finishes the task and does what the code says. STATUS_DATA where the outcome needs an invoice that the task
 * has not, STATUS_NO where there is no such open task. */
bool outcome_apply(struct ledger *ledger, const struct dunning_site *site, int64_t task,
    const struct outcome *outcome, struct error *error);

#endif
