#include "base/base.h"
#include "report/printer_backend.h"
#include "host/clock.h"
#include "report/display.h"
#include "report/words.h"

#include <errno.h>
#include <stdarg.h>

struct printer *printer_new(FILE *out, const struct printer_options *options)
{
	static const struct printer_backend *const backends[] = {
	    [PRINTER_TABLE] = &printer_table_backend,
	    [PRINTER_CSV] = &printer_csv_backend,
	    [PRINTER_TSV] = &printer_tsv_backend,
	    [PRINTER_JSON] = &printer_json_backend,
	    [PRINTER_HTML] = &printer_html_backend,
	};
	struct printer *printer = calloc(1, sizeof *printer);
	if (printer == NULL)
		abort();
	printer->backend = backends[options->format];
	printer->options = *options;
	printer->out = out;
	buffer_init(&printer->text);
	return printer;
}

void printer_abandon(struct printer *printer)
{
	if (printer == NULL)
		return;
	printer->backend->clear(printer);
	buffer_clear(&printer->text);
	free(printer);
}

bool printer_finish(struct printer *printer, struct error *error)
{
	printer->backend->finish(printer);
	bool failed = printer->failed;
	if (fflush(printer->out) != 0)
		failed = true;
	int reason = errno;
	printer_abandon(printer);
	return !failed || error_set_errno(error, STATUS_IO, reason, "standard output");
}

void printer_write(struct printer *printer, const char *bytes, size_t length)
{
	if (!printer->failed && length > 0 && fwrite(bytes, 1, length, printer->out) != length)
		printer->failed = true;
}

void printer_write_text(struct printer *printer, const char *text)
{
	printer_write(printer, text, strlen(text));
}

bool printer_is_for_people(const struct printer *printer)
{
	return printer->backend->for_people;
}

bool printer_shows(const struct printer *printer, const struct field *field)
{
	return (field->flags & (printer->backend->for_people ? FIELD_FOR_MACHINES : FIELD_FOR_PEOPLE)) == 0;
}

const char *printer_say(const struct printer *printer, const char *text)
{
	return words_in(printer->options.language, text);
}

/* --- the frame of lists and records */

static void own_bug_unless(bool right)
{
	if (!right)
		abort();
}

void printer_begin_list(
    struct printer *printer, const char *name, const char *title, const struct field *fields, size_t count)
{
	own_bug_unless(!printer->in_list && !printer->in_fields);
	printer->in_list = true;
	printer->list = (struct printer_list){.name = name, .title = title, .fields = fields, .count = count};
	printer->backend->begin_list(printer);
}

void printer_begin_sum(struct printer *printer)
{
	own_bug_unless(printer->in_list && printer->list.next == 0);
	printer->list.sum = true;
}

void printer_end_row(struct printer *printer)
{
	own_bug_unless(printer->in_list && printer->list.next == printer->list.count);
	if (!printer->list.sum || printer->backend->for_people)
		printer->backend->end_row(printer);
	if (!printer->in_record && !printer->list.sum)
		printer->top_count++;
	printer->list.next = 0;
	printer->list.sum = false;
}

void printer_end_list(struct printer *printer)
{
	own_bug_unless(printer->in_list && printer->list.next == 0);
	printer->backend->end_list(printer);
	printer->in_list = false;
}

void printer_begin_record(
    struct printer *printer, const char *title, const struct field *fields, size_t count)
{
	own_bug_unless(!printer->in_list && !printer->in_record && count > 0);
	printer->in_record = printer->in_fields = true;
	printer->list = (struct printer_list){.title = title, .fields = fields, .count = count};
	printer->backend->begin_record(printer);
}

void printer_end_record(struct printer *printer)
{
	own_bug_unless(printer->in_record && !printer->in_list && !printer->in_fields);
	printer->backend->end_record(printer);
	printer->in_record = false;
	printer->top_count++;
}

/* --- cells */

/* TYPE -1: any. */
static void put(struct printer *printer, int type, struct cell cell)
{
	struct printer_list *list = &printer->list;
	own_bug_unless((printer->in_list || printer->in_fields) && list->next < list->count);
	const struct field *field = &list->fields[list->next++];
	own_bug_unless(type < 0 || (int)field->type == type);
	cell.emphasis = printer->emphasis;
	printer->emphasis = EMPHASIS_NONE;
	if (printer_shows(printer, field) && (!list->sum || printer->backend->for_people))
		printer->backend->cell(printer, field, &cell);
	if (printer->in_fields && list->next == list->count) {
		printer->in_fields = false;
		printer->backend->end_fields(printer);
	}
}

void printer_text(struct printer *printer, const char *text)
{
	put(printer, FIELD_TEXT, (struct cell){.absent = text == NULL, .text = text});
}

void printer_format(struct printer *printer, const char *format, ...)
{
	struct buffer buffer = BUFFER_EMPTY;
	va_list arguments;
	va_start(arguments, format);
	buffer_vprintf(&buffer, format, arguments);
	va_end(arguments);
	printer_text(printer, buffer.bytes);
	buffer_clear(&buffer);
}

void printer_number(struct printer *printer, int64_t number)
{
	put(printer, FIELD_NUMBER, (struct cell){.number = number});
}

void printer_money(struct printer *printer, struct money amount)
{
	put(printer, FIELD_MONEY, (struct cell){.absent = money_is_none(amount), .money = amount});
}

void printer_date(struct printer *printer, date_t date)
{
	put(printer, FIELD_DATE, (struct cell){.absent = date == DATE_NONE, .date = date});
}

void printer_instant(struct printer *printer, instant_t instant)
{
	put(printer, FIELD_INSTANT, (struct cell){.absent = instant == INSTANT_NONE, .number = instant});
}

void printer_share(struct printer *printer, int64_t thousandths)
{
	put(printer, FIELD_SHARE, (struct cell){.absent = thousandths < 0, .number = thousandths});
}

void printer_boolean(struct printer *printer, bool value)
{
	put(printer, FIELD_BOOLEAN, (struct cell){.number = value});
}

void printer_texts(struct printer *printer, const char *const *texts, size_t count)
{
	put(printer, FIELD_TEXTS, (struct cell){.texts = texts, .text_count = count});
}

void printer_json(struct printer *printer, const json_t *value)
{
	put(printer, FIELD_JSON, (struct cell){.absent = value == NULL, .json = value});
}

void printer_absent(struct printer *printer)
{
	put(printer, -1, (struct cell){.absent = true});
}

void printer_emphasis(struct printer *printer, enum emphasis emphasis)
{
	printer->emphasis = emphasis;
}

PRINTF_LIKE(3, 0)
static void put_note(struct printer *printer, bool apart, const char *format, va_list arguments)
{
	struct buffer buffer = BUFFER_EMPTY;
	if (printer->backend->note == NULL)
		return;
	buffer_vprintf(&buffer, format, arguments);
	char *safe = display_text(buffer.bytes);
	printer->backend->note(printer, apart, safe);
	free(safe);
	buffer_clear(&buffer);
}

void printer_note(struct printer *printer, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	put_note(printer, true, format, arguments);
	va_end(arguments);
}

void printer_line(struct printer *printer, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	put_note(printer, false, format, arguments);
	va_end(arguments);
}

/* --- cells as text */

static void append_instant(const struct printer *printer, instant_t instant, bool human, struct buffer *text)
{
	char stamp[INSTANT_TEXT_SIZE];
	int offset = printer->options.zone == NULL ? 0 : zone_offset(printer->options.zone, instant);
	instant_format(instant, offset, stamp);
	if (!human)
		buffer_append_text(text, stamp);
	else
		buffer_printf(text, "%.10s %.5s", stamp, stamp + 11);
}

static void append_json(const json_t *json, struct buffer *text)
{
	char *dump = json_dumps(json, JSON_COMPACT | JSON_ENCODE_ANY | JSON_SORT_KEYS);
	if (dump == NULL)
		abort();
	buffer_append_text(text, dump);
	free(dump);
}

void printer_human_cell(
    const struct printer *printer, const struct field *field, const struct cell *cell, struct buffer *text)
{
	char date[DATE_TEXT_SIZE];
	struct buffer raw = BUFFER_EMPTY;
	if (cell->absent)
		return;
	switch (field->type) {
	case FIELD_TEXT:
		display_append(text, cell->text);
		break;
	case FIELD_NUMBER:
		buffer_printf(text, "%lld", (long long)cell->number);
		break;
	case FIELD_MONEY:
		display_append_money(text, cell->money, printer->options.language);
		break;
	case FIELD_DATE:
		buffer_append_text(text, date_format(cell->date, date));
		break;
	case FIELD_INSTANT:
		append_instant(printer, cell->number, true, text);
		break;
	case FIELD_SHARE:
		buffer_printf(text, "%lld %%", (long long)((cell->number + 5) / 10));
		break;
	case FIELD_BOOLEAN:
		buffer_append_text(text, printer_say(printer, cell->number != 0 ? "yes" : "no"));
		break;
	case FIELD_TEXTS:
		for (size_t i = 0; i < cell->text_count; i++) {
			buffer_append_text(text, i == 0 ? "" : ", ");
			display_append(text, cell->texts[i]);
		}
		break;
	case FIELD_JSON:
		append_json(cell->json, &raw);
		display_append(text, raw.bytes);
		break;
	}
	buffer_clear(&raw);
}

/* Line ends stay (csv quotes them); what could steer a terminal goes. */
static void append_tame(const char *bytes, struct buffer *text)
{
	for (const char *line = bytes; line != NULL;) {
		size_t length = strcspn(line, "\n");
		char *copy = strndup(line, length);
		if (copy == NULL)
			abort();
		display_append(text, copy);
		free(copy);
		line = line[length] == '\n' ? line + length + 1 : NULL;
		if (line != NULL)
			buffer_append_char(text, '\n');
	}
}

void printer_machine_cell(
    const struct printer *printer, const struct field *field, const struct cell *cell, struct buffer *text)
{
	char date[DATE_TEXT_SIZE];
	char amount[MONEY_TEXT_SIZE];
	if (cell->absent)
		return;
	switch (field->type) {
	case FIELD_TEXT:
		append_tame(cell->text, text);
		break;
	case FIELD_NUMBER:
		buffer_printf(text, "%lld", (long long)cell->number);
		break;
	case FIELD_MONEY:
		buffer_append_text(text, money_format(cell->money, amount));
		break;
	case FIELD_DATE:
		buffer_append_text(text, date_format(cell->date, date));
		break;
	case FIELD_INSTANT:
		append_instant(printer, cell->number, false, text);
		break;
	case FIELD_SHARE:
		buffer_printf(
		    text, "%lld.%03lld", (long long)(cell->number / 1000), (long long)(cell->number % 1000));
		break;
	case FIELD_BOOLEAN:
		buffer_append_text(text, cell->number != 0 ? "true" : "false");
		break;
	case FIELD_TEXTS:
		for (size_t i = 0; i < cell->text_count; i++) {
			buffer_append_text(text, i == 0 ? "" : ";");
			append_tame(cell->texts[i], text);
		}
		break;
	case FIELD_JSON:
		append_json(cell->json, text);
		break;
	}
}
