/* An entry is taken back, and what it had ended comes back to life. */
#include "base/base.h"
#include "ledger/act.h"

#include "ledger/body.h"
#include "ledger/task_about.h"

/* What follow-ups of entries say of the tasks that they end. */
#define OUTCOME_SETTLED "settled"

/* Whether there is another open task of the kind of TASK about the same. */
static bool has_other(struct ledger *ledger, const struct task *task, bool *has, struct error *error)
{
	GPtrArray *open = task_list_of_receivable(ledger->store, task->receivable, "open", error);
	*has = false;
	for (guint i = 0; open && i < open->len; i++) {
		const struct task *other = open->pdata[i];
		*has = *has || (strcmp(other->kind, task->kind) == 0 && other->line == task->line &&
				   other->message == task->message);
	}
	bool done = open;
	rows_free(&task_table, open);
	return done;
}

/* Whether TASK, which an entry ended, was about NOW and something of it is to be paid again. */
static bool is_due_again(struct ledger *ledger, const struct receivable *now, const struct task *task,
    bool *is, struct error *error)
{
	bool has;
	*is = false;
	if (strcmp(task->state, "done") != 0 || !task->outcome ||
	    strcmp(task->outcome, OUTCOME_SETTLED) != 0 || !task->receivable ||
	    !(task_is_shared(task) || task_is_decision(task)))
		return true;
	if (!task_was_about(ledger->store, task, now, is, error) || !has_other(ledger, task, &has, error))
		return false;
	if (!*is)
		return true;
	GPtrArray *left = task_members(ledger->store, task, error);
	*is = left && left->len > 0 && !has;
	bool done = left;
	rows_free(&receivable_table, left);
	return done;
}

/* The task that ENDED, an event, ended. */
static bool reopen(
    struct ledger *ledger, const struct receivable *now, const struct event *ended, struct error *error)
{
	struct task task;
	bool found, again;
	json_t *body = json_loads(ended->body, 0, NULL);
	int64_t id = body_integer(body, "task");
	json_decref(body);
	if (!task_get(ledger->store, id, &task, &found, error))
		return false;
	if (!found)
		return true;
	bool done = is_due_again(ledger, now, &task, &again, error);
	if (done && again)
		done = journal_append(ledger, EVENT_TASK_REOPENED,
		    (struct event_about){
			.customer = task.customer, .receivable = task.receivable, .message = task.message},
		    json_pack("{s:I}", "task", (json_int_t)id), NULL, error);
	row_clear(&task_table, &task);
	return done;
}

/* The calls, letters and decisions that were ended as settled since ENTRY are open again, as far as something
 * that they are about is. */
static bool reopen_tasks(
    struct ledger *ledger, const struct receivable *now, int64_t entry, struct error *error)
{
	GPtrArray *events = journal_list_of_customer(ledger->store, now->customer, error);
	bool done = events;
	for (guint i = 0; done && i < events->len; i++) {
		const struct event *event = events->pdata[i];
		if (event->sequence > entry && strcmp(event->kind, event_kind_word(EVENT_TASK_DONE)) == 0)
			done = reopen(ledger, now, event, error);
	}
	rows_free(&journal_table, events);
	return done;
}

/* The correction of ENTRY, whose body is BODY; what is open grew by RAISED. */
static bool correct(struct ledger *ledger, const struct event *entry, const json_t *body,
    const char *currency, int64_t *raised, struct error *error)
{
	const char *kind = body_text(body, "kind");
	int64_t amount, written;
	if (!kind || strcmp(kind, "invoice") == 0 || !body_amount(body, "amount", currency, 0, &amount))
		return error_set(error, STATUS_NO, "cannot be undone");
	g_autofree char *dedupe = g_strdup_printf("undo:%lld", (long long)entry->sequence);
	g_autofree char *reference = g_strdup_printf(ENTRY_UNDOES " %lld", (long long)entry->sequence);
	struct event_about about = {.customer = entry->customer,
	    .receivable = entry->receivable,
	    .message = entry->message,
	    .dedupe = dedupe};
	/* a claim taken back is no payment of the debt */
	bool claim = strcmp(kind, "interest") == 0 || strcmp(kind, "compensation") == 0;
	bool raises = claim || strcmp(kind, "fee") == 0 || strcmp(kind, "correction") == 0;
	*raised = raises ? -amount : amount;
	json_t *correction = json_pack("{s:s, s:o, s:o, s:s}", "kind", claim ? kind : "correction", "amount",
	    json_amount(*raised, currency), "date", json_date(ledger->today), "reference", reference);
	return journal_append(ledger, EVENT_ENTRY_POSTED, about, correction, &written, error) &&
	       (written || error_set(error, STATUS_NO, "is undone already"));
}

bool act_take_back(struct ledger *ledger, const struct event *entry, struct error *error)
{
	struct receivable receivable;
	bool found = false;
	int64_t raised = 0;
	if (entry->receivable &&
	    !receivable_get(ledger->store, entry->receivable, &receivable, &found, error))
		return false;
	if (!found)
		return error_set(error, STATUS_NO, "cannot be undone");
	json_t *body = json_loads(entry->body, 0, NULL);
	bool done = correct(ledger, entry, body, receivable.currency, &raised, error) &&
		    (raised < 0 ? act_lowered(ledger, receivable.id, -raised, error)
				: reopen_tasks(ledger, &receivable, entry->sequence, error));
	json_decref(body);
	row_clear(&receivable_table, &receivable);
	return done;
}
