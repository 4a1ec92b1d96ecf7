/* Steps that are work for people: calls, letters, decisions. */
#ifndef RELANCE_DUNNING_TASK_STEPS_H
#define RELANCE_DUNNING_TASK_STEPS_H

#include "dunning/chase.h"

/*
 * Opens the tasks of the customer's steps that are due and that no guard holds, and notes the steps as done:
 * one call for all that it is due for, a task each for letters and decisions. The guard "task-open" holds the
 * ladder until they are done. TASKS grows by their number. In the caller's transaction.
 */
bool task_steps_take(struct ledger *ledger, const struct dunning_site *site, int64_t customer, int64_t *tasks,
    struct error *error);
/* What whoever calls about RECEIVABLE needs, in lines: whom, what number, which amounts, what was before,
 * what to ask. OTHERS (of struct chase, may be NULL) are spoken of, too. g_free; NULL with ERROR. */
char *call_text(const struct chase *chase, const GPtrArray *others, struct error *error);
/* Whether a call of KIND "call" that hangs on LEAD is about RECEIVABLE, too: they had that step on the same
 * day. */
bool call_is_about(const char *kind, const struct receivable *lead, const struct receivable *receivable);

#endif
