#include "base/base.h"
#include "report/printer_backend.h"

/*
 * csv (RFC 4180: CRLF line ends, quotes where needed, doubled inside) and tsv (no quotes: tabs and line ends
 * in a value become spaces). Both begin with the names of the columns. Several records of one kind share one
 * head.
 */
struct csv_state {
	struct buffer row;
	bool started;
	const struct field *headed; /* the columns whose head is printed */
};

static struct csv_state *state_of(struct printer *printer)
{
	if (printer->state == NULL) {
		struct csv_state *state = calloc(1, sizeof *state);
		if (state == NULL)
			abort();
		buffer_init(&state->row);
		printer->state = state;
	}
	return printer->state;
}

static bool is_tsv(const struct printer *printer)
{
	return printer->options.format == PRINTER_TSV;
}

static void append_value(const struct printer *printer, struct csv_state *state, const char *value)
{
	if (state->started)
		buffer_append_char(&state->row, is_tsv(printer) ? '\t' : ',');
	state->started = true;
	if (is_tsv(printer)) {
		for (; *value != '\0'; value++)
			buffer_append_char(&state->row, *value == '\t' || *value == '\n' ? ' ' : *value);
		return;
	}
	bool quoted = strpbrk(value, ",\"\r\n") != NULL;
	if (quoted)
		buffer_append_char(&state->row, '"');
	for (; *value != '\0'; value++) {
		if (*value == '"')
			buffer_append_char(&state->row, '"');
		buffer_append_char(&state->row, *value);
	}
	if (quoted)
		buffer_append_char(&state->row, '"');
}

static void write_row(struct printer *printer, struct csv_state *state)
{
	buffer_append_text(&state->row, is_tsv(printer) ? "\n" : "\r\n");
	printer_write(printer, state->row.bytes, state->row.length);
	buffer_reset(&state->row);
	state->started = false;
}

static void begin(struct printer *printer)
{
	struct csv_state *state = state_of(printer);
	if (state->headed == printer->list.fields)
		return;
	state->headed = printer->list.fields;
	for (size_t i = 0; i < printer->list.count; i++)
		if (printer_shows(printer, &printer->list.fields[i]))
			append_value(printer, state, printer->list.fields[i].name);
	write_row(printer, state);
}

static void begin_list(struct printer *printer)
{
	if (!printer->in_record)
		begin(printer);
}

static void cell(struct printer *printer, const struct field *field, const struct cell *cell)
{
	if (printer->in_record && !printer->in_fields)
		return;
	buffer_reset(&printer->text);
	printer_machine_cell(printer, field, cell, &printer->text);
	append_value(printer, state_of(printer), printer->text.bytes);
}

static void end_row(struct printer *printer)
{
	if (!printer->in_record)
		write_row(printer, state_of(printer));
}

static void end_fields(struct printer *printer)
{
	write_row(printer, state_of(printer));
}

static void nothing(struct printer *printer)
{
	(void)printer;
}

static void clear(struct printer *printer)
{
	struct csv_state *state = printer->state;
	if (state != NULL)
		buffer_clear(&state->row);
	free(state);
}

const struct printer_backend printer_csv_backend = {
    .begin_list = begin_list,
    .cell = cell,
    .end_row = end_row,
    .end_list = nothing,
    .begin_record = begin,
    .end_fields = end_fields,
    .end_record = nothing,
    .finish = nothing,
    .clear = clear,
};

const struct printer_backend printer_tsv_backend = {
    .begin_list = begin_list,
    .cell = cell,
    .end_row = end_row,
    .end_list = nothing,
    .begin_record = begin,
    .end_fields = end_fields,
    .end_record = nothing,
    .finish = nothing,
    .clear = clear,
};
