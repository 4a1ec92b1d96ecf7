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
/* What TASK was opened for: the step and the day on which it was taken, of the receivable it hangs on (or of
 * a due line of that). STEP is NULL where it was no step; g_free it. */
bool task_step(struct store *store, const struct task *task, char **step, date_t *on, struct error *error);
/* Whether TASK is about RECEIVABLE, too: a call is about all that had its step on the same day (STEP, ON: of
 * task_step()). */
bool task_is_about(struct store *store, const struct task *task, const char *step, date_t on,
    const struct receivable *receivable, bool *is, struct error *error);

#endif
