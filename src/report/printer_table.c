#include "base/base.h"
#include "report/printer_backend.h"
#include "report/display.h"

#include <glib.h>

/*
 * Aligned columns for a screen or a mail. A table is kept until its end, for the widths. Columns that hold
 * nothing are left out; where the table is too wide, elastic columns are cut and wrapped ones go on in the
 * next line.
 */
#define GAP	    2
#define LEAST_WIDTH 10
#define PLAIN_WIDTH 100 /* where there is no terminal to ask */

struct kept_cell {
	char *text; /* owned */
	enum emphasis emphasis;
};

struct kept_row {
	struct kept_cell *cells; /* one for each shown column */
	bool sum;
};

struct table_state {
	GPtrArray *rows;	  /* of struct kept_row * */
	struct kept_row *current; /* being filled */
	const struct field **shown;
	size_t shown_count;
	size_t next;
	bool anything; /* something was printed: the next part begins after a blank line */
};

static struct table_state *state_of(struct printer *printer)
{
	if (printer->state == NULL) {
		struct table_state *state = g_new0(struct table_state, 1);
		state->rows = g_ptr_array_new();
		printer->state = state;
	}
	return printer->state;
}

static void free_row(const struct table_state *state, struct kept_row *row)
{
	if (row == NULL)
		return;
	for (size_t i = 0; i < state->shown_count; i++)
		free(row->cells[i].text);
	g_free(row->cells);
	g_free(row);
}

static void forget_table(struct table_state *state)
{
	for (guint i = 0; i < state->rows->len; i++)
		free_row(state, g_ptr_array_index(state->rows, i));
	g_ptr_array_set_size(state->rows, 0);
	free_row(state, state->current);
	state->current = NULL;
	g_free(state->shown);
	state->shown = NULL;
	state->shown_count = state->next = 0;
}

static void begin(struct printer *printer)
{
	struct table_state *state = state_of(printer);
	forget_table(state);
	state->shown = g_new0(const struct field *, printer->list.count);
	for (size_t i = 0; i < printer->list.count; i++)
		if (printer_shows(printer, &printer->list.fields[i]))
			state->shown[state->shown_count++] = &printer->list.fields[i];
}

static void cell(struct printer *printer, const struct field *field, const struct cell *cell)
{
	struct table_state *state = state_of(printer);
	struct buffer text = BUFFER_EMPTY;
	if (state->current == NULL) {
		state->current = g_new0(struct kept_row, 1);
		state->current->cells = g_new0(struct kept_cell, state->shown_count);
		state->current->sum = printer->list.sum;
	}
	printer_human_cell(printer, field, cell, &text);
	state->current->cells[state->next++] = (struct kept_cell){buffer_take(&text), cell->emphasis};
}

static void end_row(struct printer *printer)
{
	struct table_state *state = state_of(printer);
	g_ptr_array_add(state->rows, state->current);
	state->current = NULL;
	state->next = 0;
}

/* --- writing */

static bool is_right(const struct field *field)
{
	return field->type == FIELD_NUMBER || field->type == FIELD_MONEY || field->type == FIELD_SHARE;
}

static int total_width(const struct table_state *state, const int *widths)
{
	int total = 0;
	for (size_t i = 0; i < state->shown_count; i++)
		if (widths[i] > 0)
			total += widths[i] + (total > 0 ? GAP : 0);
	return total;
}

/* The width of each column; 0 for one that holds nothing. */
static void measure(struct printer *printer, const struct table_state *state, int *widths)
{
	for (size_t i = 0; i < state->shown_count; i++) {
		widths[i] = 0;
		for (guint r = 0; r < state->rows->len; r++) {
			const struct kept_row *row = g_ptr_array_index(state->rows, r);
			int width = display_width(row->cells[i].text);
			widths[i] = width > widths[i] ? width : widths[i];
		}
		int label = display_width(printer_say(printer, state->shown[i]->label));
		if (widths[i] > 0 && label > widths[i])
			widths[i] = label;
	}
}

/* Takes from the widest of the columns that may give, until the table fits or none can give any more. */
static void shrink(const struct table_state *state, int *widths, int limit)
{
	for (int over = total_width(state, widths) - limit; over > 0; over--) {
		size_t widest = state->shown_count;
		for (size_t i = 0; i < state->shown_count; i++) {
			bool gives = (state->shown[i]->flags & (FIELD_ELASTIC | FIELD_WRAPPED)) != 0;
			if (gives && widths[i] > LEAST_WIDTH &&
			    (widest == state->shown_count || widths[i] > widths[widest]))
				widest = i;
		}
		if (widest == state->shown_count)
			return;
		widths[widest]--;
	}
}

static int limit_of(const struct printer *printer)
{
	if (printer->options.columns > 0)
		return printer->options.columns;
	int columns = display_columns(fileno(printer->out));
	return columns > 0 ? columns : PLAIN_WIDTH;
}

static void append_spaces(struct buffer *line, int count)
{
	for (int i = 0; i < count; i++)
		buffer_append_char(line, ' ');
}

static void append_coloured(const struct printer *printer, struct buffer *line, const char *text,
    size_t length, enum emphasis emphasis)
{
	static const char *const codes[] = {[EMPHASIS_NONE] = "",
	    [EMPHASIS_GOOD] = "\033[32m",
	    [EMPHASIS_WARNING] = "\033[33m",
	    [EMPHASIS_BAD] = "\033[31m",
	    [EMPHASIS_QUIET] = "\033[2m"};
	bool coloured = printer->options.colour && emphasis != EMPHASIS_NONE && length > 0;
	buffer_append_text(line, coloured ? codes[emphasis] : "");
	buffer_append(line, text, length);
	buffer_append_text(line, coloured ? "\033[0m" : "");
}

/* One piece of a cell, padded to its column. The last column is not padded on the right. */
static void append_piece(const struct printer *printer, struct buffer *line, const struct field *field,
    const char *text, size_t length, int width, enum emphasis emphasis)
{
	char *piece = g_strndup(text, length);
	int padding = width - display_width(piece);
	if (is_right(field))
		append_spaces(line, padding);
	append_coloured(printer, line, piece, length, emphasis);
	if (!is_right(field))
		append_spaces(line, padding);
	g_free(piece);
}

static void write_line(struct printer *printer, struct buffer *line)
{
	while (line->length > 0 && line->bytes[line->length - 1] == ' ')
		line->bytes[--line->length] = '\0';
	buffer_append_char(line, '\n');
	printer_write(printer, line->bytes, line->length);
	buffer_reset(line);
}

/* What of TEXT goes into this line of the column; *REST gets what is left (NULL: nothing). */
static void append_cell_line(const struct printer *printer, struct buffer *line, const struct field *field,
    int width, enum emphasis emphasis, const char **rest)
{
	const char *text = *rest == NULL ? "" : *rest;
	*rest = NULL;
	if (display_width(text) <= width) {
		append_piece(printer, line, field, text, strlen(text), width, emphasis);
	} else if ((field->flags & FIELD_WRAPPED) != 0) {
		size_t next;
		size_t length = display_wrap(text, width, &next);
		append_piece(printer, line, field, text, length, width, emphasis);
		*rest = text + next;
	} else {
		char *cut = g_strndup(text, display_fit(text, width - 1));
		char *shortened = g_strconcat(cut, "…", NULL);
		append_piece(printer, line, field, shortened, strlen(shortened), width, emphasis);
		g_free(shortened);
		g_free(cut);
	}
}

/* A row that begins with no day where others have one would look as if it were of the day above. */
static void mark_no_day(
    const struct table_state *state, const struct kept_row *row, const int *widths, const char **texts)
{
	size_t first = 0;
	while (first < state->shown_count && widths[first] == 0)
		first++;
	if (first < state->shown_count && state->shown[first]->type == FIELD_DATE && !row->sum &&
	    *texts[first] == '\0')
		texts[first] = "-";
}

static void write_row(
    struct printer *printer, const struct table_state *state, const struct kept_row *row, const int *widths)
{
	struct buffer line = BUFFER_EMPTY;
	const char **rests = g_new0(const char *, state->shown_count);
	bool more = true;
	for (size_t i = 0; i < state->shown_count; i++)
		rests[i] = row->cells[i].text;
	mark_no_day(state, row, widths, rests);
	while (more) {
		more = false;
		for (size_t i = 0, written = 0; i < state->shown_count; i++) {
			if (widths[i] == 0)
				continue;
			append_spaces(&line, written++ > 0 ? GAP : 0);
			append_cell_line(
			    printer, &line, state->shown[i], widths[i], row->cells[i].emphasis, &rests[i]);
			more = more || rests[i] != NULL;
		}
		write_line(printer, &line);
	}
	g_free(rests);
	buffer_clear(&line);
}

static void write_rule(struct printer *printer, int width)
{
	for (int i = 0; i < width; i++)
		printer_write_text(printer, "-");
	printer_write_text(printer, "\n");
}

static void write_head(struct printer *printer, const struct table_state *state, const int *widths)
{
	struct buffer line = BUFFER_EMPTY;
	for (size_t i = 0, written = 0; i < state->shown_count; i++) {
		const char *label = printer_say(printer, state->shown[i]->label);
		if (widths[i] == 0)
			continue;
		append_spaces(&line, written++ > 0 ? GAP : 0);
		append_piece(
		    printer, &line, state->shown[i], label, strlen(label), widths[i], EMPHASIS_QUIET);
	}
	write_line(printer, &line);
	buffer_clear(&line);
}

static void write_title(struct printer *printer, struct table_state *state)
{
	if (state->anything)
		printer_write_text(printer, "\n");
	state->anything = true;
	if (printer->list.title == NULL)
		return;
	printer_write_text(printer, printer->options.colour ? "\033[1m" : "");
	printer_write_text(printer, printer_say(printer, printer->list.title));
	printer_write_text(printer, printer->options.colour ? "\033[0m\n" : "\n");
}

static void end_list(struct printer *printer)
{
	struct table_state *state = state_of(printer);
	if (state->rows->len > 0) {
		int *widths = g_new0(int, state->shown_count);
		bool in_sums = false;
		measure(printer, state, widths);
		shrink(state, widths, limit_of(printer));
		write_title(printer, state);
		write_head(printer, state, widths);
		for (guint i = 0; i < state->rows->len; i++) {
			const struct kept_row *row = g_ptr_array_index(state->rows, i);
			if (row->sum && !in_sums)
				write_rule(printer, total_width(state, widths));
			in_sums = row->sum;
			write_row(printer, state, row, widths);
		}
		g_free(widths);
	}
	forget_table(state);
}

/* One field of a record: the label, then the value, which may take several lines. */
static void write_field(
    struct printer *printer, const char *label, const struct kept_cell *cell, int label_width)
{
	static const struct field value_field = {NULL, NULL, FIELD_TEXT, FIELD_WRAPPED};
	static const struct field label_field = {NULL, NULL, FIELD_TEXT, 0};
	struct buffer line = BUFFER_EMPTY;
	int width = limit_of(printer) - label_width - GAP;
	const char *rest = cell->text;
	while (rest != NULL) {
		append_piece(printer, &line, &label_field, label, strlen(label), label_width, EMPHASIS_QUIET);
		append_spaces(&line, GAP);
		append_cell_line(printer, &line, &value_field, width > LEAST_WIDTH ? width : LEAST_WIDTH,
		    cell->emphasis, &rest);
		write_line(printer, &line);
		label = "";
	}
	buffer_clear(&line);
}

static void end_fields(struct printer *printer)
{
	struct table_state *state = state_of(printer);
	int label_width = 0;
	write_title(printer, state);
	for (size_t i = 0; i < state->shown_count; i++) {
		int width = display_width(printer_say(printer, state->shown[i]->label));
		label_width = width > label_width ? width : label_width;
	}
	for (size_t i = 0; i < state->shown_count; i++)
		if (state->current != NULL && *state->current->cells[i].text != '\0')
			write_field(printer, printer_say(printer, state->shown[i]->label),
			    &state->current->cells[i], label_width);
	forget_table(state);
}

static void end_record(struct printer *printer)
{
	(void)printer;
}

static void note(struct printer *printer, bool apart, const char *text)
{
	struct table_state *state = state_of(printer);
	if (state->anything && apart)
		printer_write_text(printer, "\n");
	state->anything = true;
	printer_write_text(printer, text);
	printer_write_text(printer, "\n");
}

static void finish(struct printer *printer)
{
	(void)printer;
}

static void clear(struct printer *printer)
{
	struct table_state *state = printer->state;
	if (state == NULL)
		return;
	forget_table(state);
	g_ptr_array_free(state->rows, TRUE);
	g_free(state);
}

const struct printer_backend printer_table_backend = {
    .for_people = true,
    .begin_list = begin,
    .cell = cell,
    .end_row = end_row,
    .end_list = end_list,
    .begin_record = begin,
    .end_fields = end_fields,
    .end_record = end_record,
    .note = note,
    .finish = finish,
    .clear = clear,
};
