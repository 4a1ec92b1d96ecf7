/* relance print, relance posted: letters on paper. */
#include "base/base.h"
#include "dunning/post.h"
#include "host/file.h"
#include "relance/session.h"

struct print_options {
	const char *output;
};
const struct option_row print_option_rows[] = {
    {'o', "output", OPTION_TEXT, offsetof(struct print_options, output), "DIR",
	"the folder for the letters and addresses.csv", NULL},
    OPTIONS_END,
};

/* Lines of an address that have a column of their own. */
#define ADDRESS_LINES 6

static void append_cell(struct buffer *csv, const char *text, bool is_last)
{
	buffer_append_char(csv, '"');
	for (const char *c = text; *c; c++) {
		if (*c == '"')
			buffer_append_char(csv, '"');
		buffer_append_char(csv, *c == '\n' || *c == '\r' ? ' ' : *c);
	}
	buffer_append_text(csv, is_last ? "\"\r\n" : "\",");
}

static void append_head(struct buffer *csv)
{
	buffer_append_text(csv, "file,task,name");
	for (int i = 1; i <= ADDRESS_LINES; i++)
		buffer_printf(csv, ",address_%d", i);
	buffer_append_text(csv, ",country,invoices,step,amount,currency\r\n");
}

/* One line of the list that registered post asks for. */
static void append_address(struct buffer *csv, const char *file, const struct post_letter *letter)
{
	char task[32], amount[MONEY_TEXT_SIZE];
	snprintf(task, sizeof task, "%lld", (long long)g_array_index(letter->tasks, int64_t, 0));
	g_auto(GStrv) lines =
	    g_strsplit(letter->customer.address ? letter->customer.address : "", "\n", ADDRESS_LINES);
	append_cell(csv, file, false);
	append_cell(csv, task, false);
	append_cell(csv, letter->customer.name, false);
	for (guint i = 0; i < ADDRESS_LINES; i++)
		append_cell(csv, i < g_strv_length(lines) ? lines[i] : "", false);
	append_cell(csv, letter->customer.country ? letter->customer.country : "", false);
	append_cell(csv, letter->numbers, false);
	append_cell(csv, letter->step, false);
	append_cell(csv, money_format(letter->sum, amount), false);
	append_cell(csv, letter->sum.currency, true);
}

static bool print_letter(struct session *session, const char *folder, struct post_letter *letter,
    struct buffer *csv, struct error *error)
{
	GBytes *pdf = post_print(&session->ledger, &session->site, letter, error);
	if (!pdf)
		return false;
	gsize length;
	const void *bytes = g_bytes_get_data(pdf, &length);
	g_autofree char *name =
	    g_strdup_printf("letter-%lld.pdf", (long long)g_array_index(letter->tasks, int64_t, 0));
	g_autofree char *path = g_build_filename(folder, name, NULL);
	bool done = file_replace(path, bytes, length, 0640, error);
	g_bytes_unref(pdf);
	if (done)
		append_address(csv, name, letter);
	return done;
}

/* Each letter that can be made; what is missing for another one is said, and does not keep the rest back. */
static bool print_letters(
    struct session *session, const char *folder, const GPtrArray *letters, struct error *error)
{
	struct buffer csv = BUFFER_EMPTY;
	bool done = true;
	append_head(&csv);
	for (guint i = 0; done && i < letters->len; i++) {
		struct error failure = {0};
		if (print_letter(session, folder, letters->pdata[i], &csv, &failure))
			continue;
		if (failure.status == STATUS_NO) {
			session_tell(&failure);
			session->status = STATUS_NO;
		} else {
			*error = failure;
			done = false;
		}
	}
	g_autofree char *path = g_build_filename(folder, "addresses.csv", NULL);
	done = done && file_replace(path, csv.bytes, csv.length, 0640, error);
	buffer_clear(&csv);
	return done;
}

bool run_print(struct session *session, struct error *error)
{
	const struct print_options *options = session->options;
	if (!options->output)
		return error_set(error, STATUS_USAGE, "print: into which folder? -o DIR");
	GPtrArray *letters = post_list(&session->ledger, session->common.company, error);
	if (!letters)
		return false;
	bool done = true;
	if (letters->len == 0)
		session->status = STATUS_NO;
	else
		done = folder_make(options->output, 0750, error) &&
		       print_letters(session, options->output, letters, error);
	g_ptr_array_unref(letters);
	return done;
}

struct posted_options {
	struct date_option on;
	const char *step;
};
const struct option_row posted_option_rows[] = {
    {0, "on", OPTION_DATE, offsetof(struct posted_options, on), "DATE", "when it was posted (default: today)",
	NULL},
    {0, "step", OPTION_TEXT, offsetof(struct posted_options, step), "NAME",
	"the step that it was (default: the printed one)", NULL},
    OPTIONS_END,
};

/* The invoice of a task that asks for a letter. FOUND false: there is no such task. */
static bool receivable_of_task(struct session *session, const char *text, struct receivable *receivable,
    int64_t *number, bool *found, struct error *error)
{
	struct task task;
	int64_t id;
	struct error no_id = {0};
	*found = false;
	if (!session_id(text, &id, &no_id))
		return true;
	if (!task_get(session->store, id, &task, found, error))
		return false;
	if (!*found)
		return true;
	bool is_letter = strcmp(task.kind, "letter") == 0 && task.receivable;
	*number = is_letter ? task.id : 0;
	id = task.receivable;
	row_clear(&task_table, &task);
	*found = is_letter;
	return !is_letter || receivable_get(session->store, id, receivable, found, error);
}

bool run_posted(struct session *session, struct error *error)
{
	const struct posted_options *options = session->options;
	struct receivable receivable;
	bool found = false;
	int64_t task = 0;
	date_t on = options->on.date == DATE_NONE ? session->today : options->on.date;
	if (on > session->today)
		return error_set(error, STATUS_USAGE, "--on %s: is after today", options->on.text);
	if (!receivable_of_task(session, session->arguments[0], &receivable, &task, &found, error) ||
	    (!found && !session_receivable(session, session->arguments[0], &receivable, error)))
		return false;
	GString *tracking = g_string_new(NULL);
	for (int i = 1; i < session->argument_count; i++)
		g_string_append_printf(tracking, "%s%s", i > 1 ? " " : "", session->arguments[i]);
	struct post_note note = {task, options->step, tracking->str, on};
	bool done = post_done(&session->ledger, &receivable, &note, error);
	g_string_free(tracking, TRUE);
	row_clear(&receivable_table, &receivable);
	return done;
}
