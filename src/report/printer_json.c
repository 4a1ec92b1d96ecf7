#include "base/base.h"
#include "report/printer_backend.h"
#include "base/utf8.h"
#include "report/display.h"

/*
 * JSON (RFC 8259). The rows and records of the top are the elements of one array, or stand one a line; each
 * begins with "schema": 1. Every column is there in every object; what is not known is null.
 */
#define JSON_SCHEMA 1

struct json_state {
	bool opened; /* the array's bracket is written */
	bool any;    /* an object was written before */
	bool row_started;
	bool list_started;
};

static struct json_state *state_of(struct printer *printer)
{
	if (printer->state == NULL) {
		printer->state = calloc(1, sizeof(struct json_state));
		if (printer->state == NULL)
			abort();
	}
	return printer->state;
}

/* Code points above the first plane as a pair (RFC 8259, 7); only dangerous ones come here and they are all
 * in it. */
static void append_string(struct buffer *buffer, const char *text)
{
	struct buffer plain = BUFFER_EMPTY;
	buffer_append_json_string(&plain, text);
	const char *here = plain.bytes;
	for (size_t left = plain.length; left > 0;) {
		size_t length = utf8_sequence_length(here, left);
		uint32_t code_point = length == 0 ? 0xfffd : utf8_code_point(here);
		if (display_is_dangerous(code_point) || length == 0)
			buffer_printf(buffer, "\\u%04x", code_point);
		else
			buffer_append(buffer, here, length);
		here += length == 0 ? 1 : length;
		left -= length == 0 ? 1 : length;
	}
	buffer_clear(&plain);
}

static void write_string(struct printer *printer, const char *text)
{
	buffer_reset(&printer->text);
	append_string(&printer->text, text);
	printer_write(printer, printer->text.bytes, printer->text.length);
}

/* Opens the object of the next row or record of the top. */
static void open_object(struct printer *printer, struct json_state *state)
{
	if (!printer->options.lines)
		printer_write_text(printer, state->any ? ",\n " : state->opened ? "" : "[");
	state->opened = state->any = true;
	buffer_reset(&printer->text);
	buffer_printf(&printer->text, "{\"schema\": %d", JSON_SCHEMA);
	printer_write(printer, printer->text.bytes, printer->text.length);
}

static void close_object(struct printer *printer)
{
	printer_write_text(printer, printer->options.lines ? "}\n" : "}");
}

static void begin_list(struct printer *printer)
{
	struct json_state *state = state_of(printer);
	if (!printer->in_record)
		return;
	printer_write_text(printer, ", ");
	write_string(printer, printer->list.name);
	printer_write_text(printer, ": [");
	state->list_started = false;
}

static void begin_row(struct printer *printer, struct json_state *state)
{
	state->row_started = true;
	if (!printer->in_record) {
		open_object(printer, state);
		return;
	}
	printer_write_text(printer, state->list_started ? ", {" : "{");
	state->list_started = true;
}

static void append_json(struct buffer *text, const json_t *json)
{
	char *dump = json_dumps(json, JSON_COMPACT | JSON_ENCODE_ANY | JSON_ENSURE_ASCII);
	if (dump == NULL)
		abort();
	buffer_append_text(text, dump);
	free(dump);
}

static void append_value(struct printer *printer, const struct field *field, const struct cell *cell)
{
	struct buffer *text = &printer->text;
	char amount[MONEY_TEXT_SIZE];
	buffer_reset(text);
	if (cell->absent) {
		buffer_append_text(text, field->type == FIELD_TEXTS ? "[]" : "null");
		return;
	}
	switch (field->type) {
	case FIELD_TEXT:
		append_string(text, cell->text);
		break;
	case FIELD_TEXTS:
		buffer_append_char(text, '[');
		for (size_t i = 0; i < cell->text_count; i++) {
			buffer_append_text(text, i == 0 ? "" : ", ");
			append_string(text, cell->texts[i]);
		}
		buffer_append_char(text, ']');
		break;
	case FIELD_JSON:
		append_json(text, cell->json);
		break;
	case FIELD_MONEY:
		buffer_printf(text, "\"%s\"", money_format(cell->money, amount));
		break;
	case FIELD_DATE:
	case FIELD_INSTANT:
		buffer_append_char(text, '"');
		printer_machine_cell(printer, field, cell, text);
		buffer_append_char(text, '"');
		break;
	case FIELD_NUMBER:
	case FIELD_SHARE:
	case FIELD_BOOLEAN:
		printer_machine_cell(printer, field, cell, text);
		break;
	}
}

static void cell(struct printer *printer, const struct field *field, const struct cell *cell)
{
	struct json_state *state = state_of(printer);
	bool nested = printer->in_record && !printer->in_fields;
	bool first = !printer->in_fields && !state->row_started;
	if (first)
		begin_row(printer, state);
	printer_write_text(printer, first && nested ? "" : ", ");
	write_string(printer, field->name);
	printer_write_text(printer, ": ");
	append_value(printer, field, cell);
	printer_write(printer, printer->text.bytes, printer->text.length);
}

static void end_row(struct printer *printer)
{
	state_of(printer)->row_started = false;
	if (printer->in_record)
		printer_write_text(printer, "}");
	else
		close_object(printer);
}

static void end_list(struct printer *printer)
{
	if (printer->in_record)
		printer_write_text(printer, "]");
}

static void begin_record(struct printer *printer)
{
	open_object(printer, state_of(printer));
}

static void end_fields(struct printer *printer)
{
	(void)printer;
}

static void finish(struct printer *printer)
{
	struct json_state *state = state_of(printer);
	if (!printer->options.lines)
		printer_write_text(printer, state->opened ? "]\n" : "[]\n");
}

static void clear(struct printer *printer)
{
	free(printer->state);
}

const struct printer_backend printer_json_backend = {
    .begin_list = begin_list,
    .cell = cell,
    .end_row = end_row,
    .end_list = end_list,
    .begin_record = begin_record,
    .end_fields = end_fields,
    .end_record = close_object,
    .finish = finish,
    .clear = clear,
};
