#include "base/base.h"
#include "dunning/post.h"

#include "dunning/letter.h"
#include "dunning/task_steps.h"
#include "ledger/act.h"
#include "ledger/body.h"
#include "store/rows_notice.h"

static void letter_free(void *data)
{
	struct post_letter *letter = data;
	row_clear(&customer_table, &letter->customer);
	g_free(letter->step);
	g_free(letter->numbers);
	g_array_unref(letter->receivables);
	g_array_unref(letter->tasks);
	g_array_unref(letter->days);
	g_free(letter);
}

static struct post_letter *find_letter(
    const GPtrArray *letters, const struct receivable *receivable, const char *step)
{
	for (guint i = 0; i < letters->len; i++) {
		struct post_letter *letter = letters->pdata[i];
		if (letter->customer.id == receivable->customer && strcmp(letter->step, step) == 0 &&
		    strcmp(letter->sum.currency, receivable->currency) == 0)
			return letter;
	}
	return NULL;
}

static struct post_letter *new_letter(
    struct store *store, const struct receivable *receivable, const char *step, struct error *error)
{
	bool found;
	struct post_letter *letter = g_new0(struct post_letter, 1);
	if (!customer_get(store, receivable->customer, &letter->customer, &found, error) ||
	    (!found && !error_set(error, STATUS_DATA, "%s has no customer", receivable->number))) {
		g_free(letter);
		return NULL;
	}
	letter->step = g_strdup(step);
	letter->receivables = g_array_new(FALSE, FALSE, sizeof(int64_t));
	letter->tasks = g_array_new(FALSE, FALSE, sizeof(int64_t));
	letter->days = g_array_new(FALSE, FALSE, sizeof(date_t));
	letter->sum = money(0, receivable->currency);
	return letter;
}

static bool is_in(const struct post_letter *letter, int64_t receivable)
{
	for (guint i = 0; i < letter->receivables->len; i++)
		if (g_array_index(letter->receivables, int64_t, i) == receivable)
			return true;
	return false;
}

/* RECEIVABLE, as TASK is about it, into the letter with STEP that it belongs to. */
static bool add_receivable(struct store *store, GPtrArray *letters, const struct receivable *receivable,
    const char *step, date_t on, const struct task *task, struct error *error)
{
	int64_t open;
	date_t day = task->line || task->receivable != receivable->id ? on : DATE_NONE;
	if (!task_open_of(store, task, step, on, receivable, &open, error))
		return false;
	struct post_letter *letter = find_letter(letters, receivable, step);
	if (!letter && (letter = new_letter(store, receivable, step, error)))
		g_ptr_array_add(letters, letter);
	if (!letter)
		return false;
	if (is_in(letter, receivable->id))
		return true;
	char *before = letter->numbers;
	letter->numbers =
	    g_strdup_printf("%s%s%s", before ? before : "", before ? ", " : "", receivable->number);
	g_free(before);
	letter->sum.minor += open;
	g_array_append_val(letter->receivables, receivable->id);
	g_array_append_val(letter->tasks, task->id);
	g_array_append_val(letter->days, day);
	return true;
}

/* All that the task is about and that is still open. */
static bool add_task(struct store *store, GPtrArray *letters, const struct task *task, struct error *error)
{
	g_autofree char *step = NULL;
	date_t on;
	if (!task_step(store, task, &step, &on, error))
		return false;
	GPtrArray *members = task_members(store, task, error);
	bool done = members;
	for (guint i = 0; done && step && i < members->len; i++) {
		const struct receivable *one = members->pdata[i];
		if (one->open > 0)
			done = add_receivable(store, letters, one, step, on, task, error);
	}
	rows_free(&receivable_table, members);
	return done;
}

GPtrArray *post_list(struct ledger *ledger, const char *company, struct error *error)
{
	GPtrArray *tasks = task_list(ledger->store, company, "open", error);
	GPtrArray *letters = g_ptr_array_new_with_free_func(letter_free);
	bool done = tasks;
	for (guint i = 0; done && i < tasks->len; i++) {
		const struct task *task = tasks->pdata[i];
		if (strcmp(task->kind, "letter") == 0 && task->receivable)
			done = add_task(ledger->store, letters, task, error);
	}
	rows_free(&task_table, tasks);
	if (done)
		return letters;
	g_ptr_array_unref(letters);
	return NULL;
}

/* The numbers of the due lines of one invoice that the letter is about; an empty array: all of it. NULL with
 * ERROR. */
static json_t *lines_of(
    struct ledger *ledger, const struct post_letter *letter, guint index, struct error *error)
{
	struct receivable row;
	bool found;
	date_t on = g_array_index(letter->days, date_t, index);
	if (!receivable_get(
		ledger->store, g_array_index(letter->receivables, int64_t, index), &row, &found, error))
		return NULL;
	json_t *numbers = json_array();
	GPtrArray *lines = found ? due_line_list(ledger->store, row.id, error) : g_ptr_array_new();
	for (guint i = 0; lines && lines->len > 1 && i < lines->len; i++) {
		const struct due_line_row *line = lines->pdata[i];
		if (line->last_step && strcmp(line->last_step, letter->step) == 0 &&
		    (on == DATE_NONE || line->last_step_on == on) &&
		    due_line_open(row.total, row.open, lines, i) > ledger->config->tolerance)
			json_array_append_new(numbers, json_integer((json_int_t)i + 1));
	}
	if (!lines)
		g_clear_pointer(&numbers, json_decref);
	rows_free(&due_line_table, lines);
	if (found)
		row_clear(&receivable_table, &row);
	return numbers;
}

/* Notes one invoice of a printed letter, unless this very letter was noted. */
static bool note_printed(struct ledger *ledger, const struct post_letter *letter, guint index,
    const char *sha256, struct error *error)
{
	struct letter_row before;
	bool found;
	int64_t id = g_array_index(letter->receivables, int64_t, index);
	if (!letter_waiting(ledger->store, id, letter->step, &before, &found, error))
		return false;
	bool same = found && before.sha256 && strcmp(before.sha256, sha256) == 0;
	if (found)
		row_clear(&letter_table, &before);
	if (same)
		return true;
	struct event_about about = {.customer = letter->customer.id, .receivable = id};
	json_t *lines = lines_of(ledger, letter, index, error);
	if (!lines)
		return false;
	json_t *body = json_pack("{s:s, s:s, s:I, s:s, s:o}", "company", letter->customer.company, "step",
	    letter->step, "task", (json_int_t)g_array_index(letter->tasks, int64_t, index), "sha256", sha256,
	    "lines", lines);
	return journal_append(ledger, EVENT_LETTER_PRINTED, about, body, NULL, error);
}

GBytes *post_print(
    struct ledger *ledger, const struct dunning_site *site, struct post_letter *letter, struct error *error)
{
	GBytes *pdf =
	    dunning_letter_about(ledger, site, (const int64_t *)(const void *)letter->receivables->data,
		(const date_t *)(const void *)letter->days->data, letter->receivables->len, letter->step,
		&letter->sum.minor, error);
	if (!pdf)
		return NULL;
	gsize length;
	char sha256[SHA256_TEXT_SIZE];
	const void *bytes = g_bytes_get_data(pdf, &length);
	bool done = blob_put(ledger->store, bytes, length, sha256, error);
	for (guint i = 0; done && i < letter->receivables->len; i++)
		done = note_printed(ledger, letter, i, sha256, error);
	if (done)
		return pdf;
	g_bytes_unref(pdf);
	return NULL;
}

/* ---- posted ---- */

/* TASK, which asked for it and may hang on another invoice of the letter, is done; another part of RECEIVABLE
 * may have asked for a letter of its own. TASK 0: none is known, so all that RECEIVABLE asks for. */
static bool finish_tasks(
    struct ledger *ledger, int64_t receivable, int64_t task, const char *tracking, struct error *error)
{
	struct task row;
	bool found;
	g_autofree char *outcome =
	    tracking && *tracking ? g_strdup_printf("posted %s", tracking) : g_strdup("posted");
	if (!task)
		return act_finish_tasks(ledger, receivable, "letter", outcome, error);
	if (!task_get(ledger->store, task, &row, &found, error))
		return false;
	bool done = !found || strcmp(row.state, "open") != 0 || act_finish_task(ledger, task, outcome, error);
	if (found)
		row_clear(&task_table, &row);
	return done;
}

/* LETTER: the row of the printed one, 0: it was not printed by us. */
static bool post_one(struct ledger *ledger, const struct receivable *receivable, const char *step,
    int64_t letter, int64_t task, const struct post_note *note, struct error *error)
{
	struct event_about about = {.customer = receivable->customer, .receivable = receivable->id};
	json_t *body = json_pack("{s:s, s:s, s:o, s:o}", "company", receivable->company, "step", step,
	    "tracking", json_text(note->tracking && *note->tracking ? note->tracking : NULL), "posted_on",
	    json_date(note->on));
	if (letter)
		json_object_set_new(body, "letter", json_integer((json_int_t)letter));
	return journal_append(ledger, EVENT_LETTER_POSTED, about, body, NULL, error) &&
	       finish_tasks(ledger, receivable->id, task, note->tracking, error);
}

/* All that waits of the same printed letter. */
static bool post_printed(struct ledger *ledger, const char *sha256, const char *step,
    const struct post_note *note, struct error *error)
{
	GPtrArray *letters = letter_list_waiting_of(ledger->store, sha256, error);
	bool done = letters;
	for (guint i = 0; done && i < letters->len; i++) {
		const struct letter_row *letter = letters->pdata[i];
		struct receivable receivable;
		bool found;
		done = receivable_get(ledger->store, letter->receivable, &receivable, &found, error);
		if (!done || !found)
			continue;
		done = strcmp(letter->step, step) != 0 ||
		       post_one(ledger, &receivable, step, letter->id, letter->task, note, error);
		row_clear(&receivable_table, &receivable);
	}
	rows_free(&letter_table, letters);
	return done;
}

static bool has_task(const struct post_letter *letter, int64_t task)
{
	for (guint i = 0; task && i < letter->tasks->len; i++)
		if (g_array_index(letter->tasks, int64_t, i) == task)
			return true;
	return false;
}

/* A letter that we did not print: about all that an open task (TASK, 0: any) asks a letter of this step for,
 * if one does. */
static bool post_by_hand(struct ledger *ledger, const struct receivable *receivable, const char *step,
    int64_t task, const struct post_note *note, struct error *error)
{
	GPtrArray *letters = post_list(ledger, receivable->company, error);
	const struct post_letter *asked = NULL;
	for (guint i = 0; letters && i < letters->len; i++) {
		const struct post_letter *letter = letters->pdata[i];
		if (strcmp(letter->step, step) == 0 &&
		    (has_task(letter, task) || is_in(letter, receivable->id)))
			asked = letter;
	}
	bool done = letters && (asked || post_one(ledger, receivable, step, 0, task, note, error));
	for (guint i = 0; done && asked && i < asked->receivables->len; i++) {
		struct receivable one;
		bool found;
		int64_t id = g_array_index(asked->receivables, int64_t, i);
		done = receivable_get(ledger->store, id, &one, &found, error);
		if (!done || !found)
			continue;
		done = post_one(ledger, &one, step, 0, g_array_index(asked->tasks, int64_t, i), note, error);
		row_clear(&receivable_table, &one);
	}
	g_clear_pointer(&letters, g_ptr_array_unref);
	return done;
}

/* The task that asks for the letter about RECEIVABLE: that of the NOTE, else the first open one. */
static bool find_task(struct ledger *ledger, const struct receivable *receivable,
    const struct post_note *note, struct task *task, bool *found, struct error *error)
{
	if (note->task)
		return task_get(ledger->store, note->task, task, found, error);
	*found = false;
	GPtrArray *open = task_list_of_customer(ledger->store, receivable->customer, "open", error);
	bool done = open;
	for (guint i = 0; done && !*found && i < open->len; i++) {
		const struct task *one = open->pdata[i];
		if (strcmp(one->kind, "letter") == 0 && one->receivable)
			done = task_was_about(ledger->store, one, receivable, found, error);
		if (*found)
			row_copy(&task_table, one, task);
	}
	rows_free(&task_table, open);
	return done;
}

/* The last letter about RECEIVABLE that was printed with STEP for TASK and waits for the post. */
static bool find_printed_of(struct ledger *ledger, int64_t receivable, const struct task *task,
    const char *step, struct letter_row *printed, bool *found, struct error *error)
{
	GPtrArray *letters = letter_list(ledger->store, receivable, error);
	const struct letter_row *last = NULL;
	for (guint i = 0; letters && i < letters->len; i++) {
		const struct letter_row *letter = letters->pdata[i];
		if (strcmp(letter->state, "printed") == 0 && strcmp(letter->step, step) == 0 &&
		    letter->task == task->id && (!last || last->id < letter->id))
			last = letter;
	}
	*found = last;
	if (last)
		row_copy(&letter_table, last, printed);
	bool done = letters;
	rows_free(&letter_table, letters);
	return done;
}

/* The printed letter with STEP that waits for the post: the one that TASK asked for, of RECEIVABLE or of
 * something else that TASK is about; one that another part had asked for stays in the drawer. TASK NULL: the
 * last one of RECEIVABLE. */
static bool find_printed(struct ledger *ledger, const struct receivable *receivable, const struct task *task,
    const char *step, struct letter_row *printed, bool *found, struct error *error)
{
	if (!task)
		return letter_waiting(ledger->store, receivable->id, step, printed, found, error);
	if (!find_printed_of(ledger, receivable->id, task, step, printed, found, error))
		return false;
	if (*found)
		return true;
	GPtrArray *members = task_members(ledger->store, task, error);
	bool done = members;
	for (guint i = 0; done && !*found && i < members->len; i++)
		done = find_printed_of(ledger, ((const struct receivable *)members->pdata[i])->id, task, step,
		    printed, found, error);
	rows_free(&receivable_table, members);
	return done;
}

/* TASK NULL: none asks for it. */
static bool post_step(struct ledger *ledger, const struct receivable *receivable, const struct task *task,
    const char *step, const struct post_note *note, struct error *error)
{
	struct letter_row printed;
	bool found = false;
	if (!find_printed(ledger, receivable, task, step, &printed, &found, error))
		return false;
	if (!found)
		return post_by_hand(ledger, receivable, step, task ? task->id : 0, note, error);
	bool done = printed.sha256
			? post_printed(ledger, printed.sha256, step, note, error)
			: post_one(ledger, receivable, step, printed.id, printed.task, note, error);
	row_clear(&letter_table, &printed);
	return done;
}

bool post_done(struct ledger *ledger, const struct receivable *receivable, const struct post_note *note,
    struct error *error)
{
	struct task task;
	bool found;
	date_t on;
	g_autofree char *asked = NULL;
	if (!find_task(ledger, receivable, note, &task, &found, error))
		return false;
	bool done = !found || task_step(ledger->store, &task, &asked, &on, error);
	const char *step = note->step ? note->step : asked ? asked : receivable->last_step;
	/* another letter than the one that is asked for */
	bool other = !asked || !step || strcmp(asked, step) != 0;
	if (done && !step)
		done = error_set(error, STATUS_NO, "%s: no step of it is known (--step)", receivable->number);
	done = done && post_step(ledger, receivable, other ? NULL : &task, step, note, error);
	if (found)
		row_clear(&task_table, &task);
	return done;
}
