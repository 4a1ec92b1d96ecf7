/* What a task for people is about: a call or a letter is for all that had its step on the same day. */
#ifndef RELANCE_DUNNING_TASK_ABOUT_H
#define RELANCE_DUNNING_TASK_ABOUT_H

#include "store/rows_case.h"
#include "store/rows_receivable.h"

/* What TASK was opened for: the step and the day on which it was taken, of the receivable it hangs on (or of
 * a due line of that). STEP is NULL where it was no step; g_free it. */
bool task_step(struct store *store, const struct task *task, char **step, date_t *on, struct error *error);
/* Whether TASK is about RECEIVABLE, too: a call is about all that had its step on the same day, a letter
 * about what of that has its currency (STEP, ON: of task_step()). */
bool task_is_about(struct store *store, const struct task *task, const char *step, date_t on,
    const struct receivable *receivable, bool *is, struct error *error);
/* What TASK is about and is still open (of struct receivable), the one that it hangs on first; rows_free()
 * with receivable_table. NULL with ERROR. */
GPtrArray *task_members(struct store *store, const struct task *task, struct error *error);

#endif
