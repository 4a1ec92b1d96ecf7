#include "base/base.h"
#include "ledger/task_about.h"

bool task_step(struct store *store, const struct task *task, char **step, date_t *on, struct error *error)
{
	struct receivable receivable;
	bool found;
	*step = NULL;
	*on = DATE_NONE;
	if (!receivable_get(store, task->receivable, &receivable, &found, error))
		return false;
	if (!found)
		return true;
	*step = g_strdup(receivable.last_step);
	*on = receivable.last_step_on;
	row_clear(&receivable_table, &receivable);
	if (!task->line)
		return true;
	GPtrArray *lines = due_line_list(store, task->receivable, error);
	if (lines && task->line <= (int64_t)lines->len) {
		const struct due_line_row *line = lines->pdata[task->line - 1];
		g_free(*step);
		*step = g_strdup(line->last_step);
		*on = line->last_step_on;
	}
	bool done = lines;
	rows_free(&due_line_table, lines);
	return done;
}

/* Whether a letter of TASK has the currency of RECEIVABLE; calls have none. */
static bool same_letter(struct store *store, const struct task *task, const struct receivable *receivable,
    bool *same, struct error *error)
{
	struct receivable lead;
	bool found;
	*same = true;
	if (strcmp(task->kind, "letter") != 0)
		return true;
	if (!receivable_get(store, task->receivable, &lead, &found, error))
		return false;
	*same = found && strcmp(lead.currency, receivable->currency) == 0;
	if (found)
		row_clear(&receivable_table, &lead);
	return true;
}

static bool had_step(const char *last_step, date_t last_step_on, const char *step, date_t on)
{
	return last_step && strcmp(last_step, step) == 0 && last_step_on == on;
}

/* Whether RECEIVABLE had STEP on the day ON; of one with several due lines, whether one of them had. OPEN:
 * what is paid does not count. */
static bool stands_at(struct store *store, const struct receivable *receivable, const char *step, date_t on,
    bool open, bool *stands, struct error *error)
{
	GPtrArray *lines = due_line_list(store, receivable->id, error);
	if (!lines)
		return false;
	bool several = lines->len > 1 && receivable->total > 0;
	*stands = !several && (!open || receivable->open > 0) &&
		  had_step(receivable->last_step, receivable->last_step_on, step, on);
	for (guint i = 0; several && i < lines->len; i++) {
		const struct due_line_row *line = lines->pdata[i];
		bool counts = !open || due_line_open(receivable->total, receivable->open, lines, i) > 0;
		*stands = *stands || (counts && had_step(line->last_step, line->last_step_on, step, on));
	}
	rows_free(&due_line_table, lines);
	return true;
}

static bool is_about(struct store *store, const struct task *task, const char *step, date_t on,
    const struct receivable *receivable, bool open, bool *is, struct error *error)
{
	bool leads = task->receivable == receivable->id;
	*is = leads;
	/* what hangs on all of an invoice stays with it, whichever of its due lines is paid */
	if (!step || (leads ? !task->line : !task_is_shared(task)) || task->customer != receivable->customer)
		return true;
	return stands_at(store, receivable, step, on, open, is, error) &&
	       (!*is || leads || same_letter(store, task, receivable, is, error));
}

bool task_is_shared(const struct task *task)
{
	return strcmp(task->kind, "call") == 0 || strcmp(task->kind, "letter") == 0;
}

bool task_is_decision(const struct task *task)
{
	return !task->message && (strcmp(task->kind, "approve") == 0 || strcmp(task->kind, "legal") == 0);
}

bool task_is_about(struct store *store, const struct task *task, const char *step, date_t on,
    const struct receivable *receivable, bool *is, struct error *error)
{
	return is_about(store, task, step, on, receivable, true, is, error);
}

bool task_was_about(struct store *store, const struct task *task, const struct receivable *receivable,
    bool *was, struct error *error)
{
	g_autofree char *step = NULL;
	date_t on;
	return task_step(store, task, &step, &on, error) &&
	       (task->receivable == receivable->id
		       ? (*was = true)
		       : is_about(store, task, step, on, receivable, false, was, error));
}

bool task_open_of(struct store *store, const struct task *task, const char *step, date_t on,
    const struct receivable *receivable, int64_t *open, struct error *error)
{
	*open = receivable->open;
	bool by_lines = step && receivable->total > 0 &&
			(task->line || (task_is_shared(task) && task->receivable != receivable->id));
	GPtrArray *lines = by_lines ? due_line_list(store, receivable->id, error) : NULL;
	int64_t sum = 0;
	for (guint i = 0; lines && lines->len > 1 && i < lines->len; i++) {
		const struct due_line_row *line = lines->pdata[i];
		if (had_step(line->last_step, line->last_step_on, step, on))
			sum += due_line_open(receivable->total, receivable->open, lines, i);
	}
	if (sum)
		*open = sum;
	bool done = !by_lines || lines;
	rows_free(&due_line_table, lines);
	return done;
}

GPtrArray *task_members(struct store *store, const struct task *task, struct error *error)
{
	g_autofree char *step = NULL;
	date_t on;
	if (!task_step(store, task, &step, &on, error))
		return NULL;
	GPtrArray *open = receivable_list_of_customer(store, task->customer, "open", error);
	GPtrArray *members = g_ptr_array_new();
	bool done = open;
	for (guint i = 0; done && i < open->len; i++) {
		struct receivable *one = open->pdata[i];
		bool is;
		done = task_is_about(store, task, step, on, one, &is, error);
		if (!done || !is)
			continue;
		struct receivable *copy = g_new0(struct receivable, 1);
		receivable_copy(one, copy);
		g_ptr_array_insert(members, one->id == task->receivable ? 0 : -1, copy);
	}
	rows_free(&receivable_table, open);
	if (done)
		return members;
	rows_free(&receivable_table, members);
	return NULL;
}
