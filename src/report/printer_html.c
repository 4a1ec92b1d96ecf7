#include "base/base.h"
#include "report/printer_backend.h"

/* One self-contained HTML5 document: no script, no outside resource; every text is escaped. */
struct html_state {
	bool started;
	bool row_started;
};

static struct html_state *state_of(struct printer *printer)
{
	if (printer->state == NULL) {
		printer->state = calloc(1, sizeof(struct html_state));
		if (printer->state == NULL)
			abort();
	}
	return printer->state;
}

static void write_escaped(struct printer *printer, const char *text)
{
	for (; *text != '\0'; text++) {
		switch (*text) {
		case '&':
			printer_write_text(printer, "&amp;");
			break;
		case '<':
			printer_write_text(printer, "&lt;");
			break;
		case '>':
			printer_write_text(printer, "&gt;");
			break;
		case '"':
			printer_write_text(printer, "&quot;");
			break;
		default:
			printer_write(printer, text, 1);
		}
	}
}

static void start(struct printer *printer)
{
	struct html_state *state = state_of(printer);
	if (state->started)
		return;
	state->started = true;
	printer_write_text(printer,
	    "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<title>Relance</title>\n<style>\n"
	    "body { font-family: sans-serif; margin: 2em; }\n"
	    "table { border-collapse: collapse; margin-bottom: 1.5em; }\n"
	    "th, td { padding: 0.25em 0.75em; border-bottom: 1px solid #ccc; text-align: left; "
	    "vertical-align: top; }\n"
	    "td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }\n"
	    "tr.sum td { font-weight: bold; }\n.good { color: #060; } .warning { color: #850; } .bad { "
	    "color: #a00; }"
	    " .quiet { color: #666; }\n</style>\n</head>\n<body>\n");
}

static void write_title(struct printer *printer)
{
	if (printer->list.title == NULL)
		return;
	printer_write_text(printer, "<h2>");
	write_escaped(printer, printer_say(printer, printer->list.title));
	printer_write_text(printer, "</h2>\n");
}

static bool is_right(const struct field *field)
{
	return field->type == FIELD_NUMBER || field->type == FIELD_MONEY || field->type == FIELD_SHARE;
}

static void begin_list(struct printer *printer)
{
	start(printer);
	write_title(printer);
	printer_write_text(printer, "<table>\n<tr>");
	for (size_t i = 0; i < printer->list.count; i++) {
		const struct field *field = &printer->list.fields[i];
		if (!printer_shows(printer, field))
			continue;
		printer_write_text(printer, is_right(field) ? "<th class=\"n\">" : "<th>");
		write_escaped(printer, printer_say(printer, field->label));
		printer_write_text(printer, "</th>");
	}
	printer_write_text(printer, "</tr>\n");
}

static void begin_record(struct printer *printer)
{
	start(printer);
	write_title(printer);
	printer_write_text(printer, "<table>\n");
}

static void open_data(struct printer *printer, const struct field *field, enum emphasis emphasis)
{
	static const char *const classes[] = {[EMPHASIS_NONE] = "",
	    [EMPHASIS_GOOD] = "good",
	    [EMPHASIS_WARNING] = "warning",
	    [EMPHASIS_BAD] = "bad",
	    [EMPHASIS_QUIET] = "quiet"};
	const char *class = classes[emphasis];
	bool right = is_right(field) && !printer->in_fields;
	printer_write_text(printer, "<td");
	if (right || *class != '\0') {
		printer_write_text(printer, right ? " class=\"n" : " class=\"");
		printer_write_text(printer, right && *class != '\0' ? " " : "");
		printer_write_text(printer, class);
		printer_write_text(printer, "\"");
	}
	printer_write_text(printer, ">");
}

static void cell(struct printer *printer, const struct field *field, const struct cell *cell)
{
	struct html_state *state = state_of(printer);
	if (printer->in_fields) {
		printer_write_text(printer, "<tr><th>");
		write_escaped(printer, printer_say(printer, field->label));
		printer_write_text(printer, "</th>");
	} else if (!state->row_started) {
		printer_write_text(printer, printer->list.sum ? "<tr class=\"sum\">" : "<tr>");
		state->row_started = true;
	}
	open_data(printer, field, cell->emphasis);
	buffer_reset(&printer->text);
	printer_human_cell(printer, field, cell, &printer->text);
	write_escaped(printer, printer->text.bytes);
	printer_write_text(printer, printer->in_fields ? "</td></tr>\n" : "</td>");
}

static void end_row(struct printer *printer)
{
	state_of(printer)->row_started = false;
	printer_write_text(printer, "</tr>\n");
}

static void end_table(struct printer *printer)
{
	printer_write_text(printer, "</table>\n");
}

static void end_record(struct printer *printer)
{
	(void)printer;
}

static void note(struct printer *printer, bool apart, const char *text)
{
	(void)apart;
	start(printer);
	printer_write_text(printer, "<p>");
	write_escaped(printer, text);
	printer_write_text(printer, "</p>\n");
}

static void finish(struct printer *printer)
{
	start(printer);
	printer_write_text(printer, "</body>\n</html>\n");
}

static void clear(struct printer *printer)
{
	free(printer->state);
}

const struct printer_backend printer_html_backend = {
    .for_people = true,
    .begin_list = begin_list,
    .cell = cell,
    .end_row = end_row,
    .end_list = end_table,
    .begin_record = begin_record,
    .end_fields = end_table,
    .end_record = end_record,
    .note = note,
    .finish = finish,
    .clear = clear,
};
