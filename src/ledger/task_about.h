/* What a task for people is about: a call or a letter is for all that had its step on the same day. */
#ifndef RELANCE_LEDGER_TASK_ABOUT_H
#define RELANCE_LEDGER_TASK_ABOUT_H

#include "store/rows_case.h"
#include "store/rows_receivable.h"

/* What TASK was opened for: the step and the day on which it was taken, of the receivable it hangs on (or of
 * a due line of that). STEP is NULL where it was no step; g_free it. */
bool task_step(struct store *store, const struct task *task, char **step, date_t *on, struct error *error);
/* Whether TASK is one that may be about more than it hangs on: a call, a letter. */
bool task_is_shared(const struct task *task);
/* Whether TASK is a step of a ladder that a person decides about; an answer's has its message. */
bool task_is_decision(const struct task *task);
/* Whether TASK is about RECEIVABLE, too: a call is about all that had its step on the same day, a letter
 * about what of that has its currency (STEP, ON: of task_step()). Of an invoice with several due lines the
 * ones that are not paid count, of the one that TASK hangs on those that had its step, too; a task that
 * names none of them is about the invoice that it hangs on. */
bool task_is_about(struct store *store, const struct task *task, const char *step, date_t on,
    const struct receivable *receivable, bool *is, struct error *error);
/* The same, paid or not; and of the one that it hangs on in any case. */
bool task_was_about(struct store *store, const struct task *task, const struct receivable *receivable,
    bool *was, struct error *error);
/* What TASK is about and is still open (of struct receivable), the one that it hangs on first; rows_free()
 * with receivable_table. NULL with ERROR. */
GPtrArray *task_members(struct store *store, const struct task *task, struct error *error);
/* What is open of RECEIVABLE as far as TASK is about it: of one with several due lines, of those that had its
 * step (STEP, ON: of task_step()). */
bool task_open_of(struct store *store, const struct task *task, const char *step, date_t on,
    const struct receivable *receivable, int64_t *open, struct error *error);

#endif
