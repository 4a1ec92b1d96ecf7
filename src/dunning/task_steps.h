/* Steps that are work for people: calls, letters, decisions. */
#ifndef RELANCE_DUNNING_TASK_STEPS_H
#define RELANCE_DUNNING_TASK_STEPS_H

#include "dunning/chase.h"
#include "ledger/task_about.h"

/*
 * Opens the tasks of the customer's steps that are due and that no guard holds, and notes the steps as done:
 * one call for all that it is due for, one letter for all of a currency, a task each for decisions. The guard
 * "task-open" holds the ladder until they are done. TASKS grows by their number. In the caller's transaction.
 */
bool task_steps_take(struct ledger *ledger, const struct dunning_site *site, int64_t customer, int64_t *tasks,
    struct error *error);
/* What whoever does a task of KIND about the chases TOGETHER needs, in lines: whom, what number, which
 * amounts, what was before, what to ask or do. g_free; NULL with ERROR. */
char *task_text(const char *kind, const GPtrArray *together, struct error *error);
/* The same for TASK as of now, about what of it is still open, and its title with today's sum. NULL where it
 * is about no invoice that is open (TEXT), or no step (TITLE). g_free. */
bool task_live_words(
    struct desk *desk, const struct task *task, char **title, char **text, struct error *error);

#endif
