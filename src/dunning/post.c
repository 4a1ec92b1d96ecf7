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
	letter->sum = money(0, receivable->currency);
	return letter;
}

static bool add_task(struct store *store, GPtrArray *letters, const struct task *task, struct error *error)
{
	struct receivable receivable;
	g_autofree char *step = NULL;
	date_t on;
	bool found;
	if (!task_step(store, task, &step, &on, error) ||
	    !receivable_get(store, task->receivable, &receivable, &found, error))
		return false;
	struct post_letter *letter = NULL;
	if (found && step && receivable.open > 0) {
		letter = find_letter(letters, &receivable, step);
		if (!letter && (letter = new_letter(store, &receivable, step, error)))
			g_ptr_array_add(letters, letter);
		if (!letter) {
			row_clear(&receivable_table, &receivable);
			return false;
		}
		char *before = letter->numbers;
		letter->numbers =
		    g_strdup_printf("%s%s%s", before ? before : "", before ? ", " : "", receivable.number);
		g_free(before);
		letter->sum.minor += receivable.open;
		g_array_append_val(letter->receivables, receivable.id);
		g_array_append_val(letter->tasks, task->id);
	}
	if (found)
		row_clear(&receivable_table, &receivable);
	return true;
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
	json_t *body = json_pack("{s:s, s:s, s:I, s:s}", "company", letter->customer.company, "step",
	    letter->step, "task", (json_int_t)g_array_index(letter->tasks, int64_t, index), "sha256", sha256);
	return journal_append(ledger, EVENT_LETTER_PRINTED, about, body, NULL, error);
}

GBytes *post_print(struct ledger *ledger, const struct dunning_site *site, const struct post_letter *letter,
    struct error *error)
{
	GBytes *pdf =
	    dunning_letter_about(ledger, site, (const int64_t *)(const void *)letter->receivables->data,
		letter->receivables->len, letter->step, error);
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

/* The tasks that asked for it are done. */
static bool finish_tasks(struct ledger *ledger, int64_t receivable, const char *tracking, struct error *error)
{
	g_autofree char *outcome =
	    tracking && *tracking ? g_strdup_printf("posted %s", tracking) : g_strdup("posted");
	return act_finish_tasks(ledger, receivable, "letter", outcome, error);
}

static bool post_one(struct ledger *ledger, const struct receivable *receivable, const char *step,
    int64_t letter, const struct post_note *note, struct error *error)
{
	struct event_about about = {.customer = receivable->customer, .receivable = receivable->id};
	json_t *body = json_pack("{s:s, s:s, s:o, s:o}", "company", receivable->company, "step", step,
	    "tracking", json_text(note->tracking && *note->tracking ? note->tracking : NULL), "posted_on",
	    json_date(note->on));
	if (letter)
		json_object_set_new(body, "letter", json_integer((json_int_t)letter));
	return journal_append(ledger, EVENT_LETTER_POSTED, about, body, NULL, error) &&
	       finish_tasks(ledger, receivable->id, note->tracking, error);
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
		       post_one(ledger, &receivable, step, letter->id, note, error);
		row_clear(&receivable_table, &receivable);
	}
	rows_free(&letter_table, letters);
	return done;
}

bool post_done(struct ledger *ledger, const struct receivable *receivable, const struct post_note *note,
    struct error *error)
{
	struct letter_row printed;
	bool found = false;
	const char *step = note->step ? note->step : receivable->last_step;
	if (!step)
		return error_set(error, STATUS_NO, "%s: no step of it is known (--step)", receivable->number);
	if (!letter_waiting(ledger->store, receivable->id, step, &printed, &found, error))
		return false;
	if (!found || !printed.sha256) {
		bool done = post_one(ledger, receivable, step, found ? printed.id : 0, note, error);
		if (found)
			row_clear(&letter_table, &printed);
		return done;
	}
	bool done = post_printed(ledger, printed.sha256, step, note, error);
	row_clear(&letter_table, &printed);
	return done;
}
