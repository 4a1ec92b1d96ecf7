#include "base/base.h"
#include "ledger/progress.h"

static void set(char **step, date_t *step_on, const char *to, date_t on)
{
	char *copy = g_strdup(to);
	g_free(*step);
	*step = copy;
	*step_on = on;
}

/* The due lines where there are several that stand by themselves, else none. NULL with ERROR. */
static GPtrArray *load_lines(struct store *store, const struct receivable *row, struct error *error)
{
	if (row->total <= 0)
		return g_ptr_array_new();
	GPtrArray *lines = due_line_list(store, row->id, error);
	if (lines && lines->len == 1) {
		rows_free(&due_line_table, lines);
		return g_ptr_array_new();
	}
	return lines;
}

/* The invoice goes by its earliest line that is not paid; of a paid one the last line is told. */
static void follow(struct receivable *row, const GPtrArray *lines)
{
	int64_t paid = row->total > row->open ? row->total - row->open : 0;
	for (guint i = 0; i < lines->len; i++) {
		const struct due_line_row *line = lines->pdata[i];
		if (paid >= line->amount && i + 1 < lines->len) {
			paid -= line->amount;
			continue;
		}
		row->due_date = line->due_on;
		set(&row->last_step, &row->last_step_on, line->last_step, line->last_step_on);
		return;
	}
}

bool progress_follow(struct store *store, struct receivable *row, struct error *error)
{
	GPtrArray *lines = load_lines(store, row, error);
	if (!lines)
		return false;
	follow(row, lines);
	rows_free(&due_line_table, lines);
	return true;
}

/* Whether a step of the whole on the day ON was about the line at INDEX: all that was due by then; of what is
 * not due yet (a courtesy note) the first. */
static bool is_about(const GPtrArray *lines, guint index, date_t on)
{
	const struct due_line_row *first = lines->pdata[0], *line = lines->pdata[index];
	return line->due_on <= on || line->due_on == first->due_on;
}

bool progress_note(struct store *store, struct receivable *row, int64_t line, const char *step, date_t on,
    struct error *error)
{
	GPtrArray *lines = load_lines(store, row, error);
	bool done = lines;
	if (done && lines->len == 0)
		set(&row->last_step, &row->last_step_on, step, on);
	for (guint i = 0; done && i < lines->len; i++) {
		struct due_line_row *one = lines->pdata[i];
		if (line ? line != (int64_t)i + 1 : !is_about(lines, i, on))
			continue;
		set(&one->last_step, &one->last_step_on, step, on);
		done = row_update(store, &due_line_table, one, error);
	}
	if (done)
		follow(row, lines);
	rows_free(&due_line_table, lines);
	return done;
}

bool progress_take_back(
    struct store *store, struct receivable *row, const struct outbox_item *item, struct error *error)
{
	GPtrArray *lines = load_lines(store, row, error);
	bool done = lines;
	if (done && lines->len == 0 && row->last_step && strcmp(row->last_step, item->step) == 0)
		set(&row->last_step, &row->last_step_on, item->previous_step, item->previous_step_on);
	for (guint i = 0; done && i < lines->len; i++) {
		struct due_line_row *one = lines->pdata[i];
		if ((item->line && item->line != (int64_t)i + 1) || !one->last_step ||
		    strcmp(one->last_step, item->step) != 0)
			continue;
		bool had = item->line || (item->previous_step && is_about(lines, i, item->previous_step_on));
		set(&one->last_step, &one->last_step_on, had ? item->previous_step : NULL,
		    had ? item->previous_step_on : DATE_NONE);
		done = row_update(store, &due_line_table, one, error);
	}
	if (done)
		follow(row, lines);
	rows_free(&due_line_table, lines);
	return done;
}
