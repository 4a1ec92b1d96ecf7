#include "base/base.h"
#include "base/csv.h"
#include "base/buffer.h"
#include "base/utf8.h"

struct reader {
	const char *name;
	const char *here, *end;
	char separator;
	int line;
	struct buffer cell;
	size_t row_room, cell_room; /* of csv->rows and of the present row's cells */
};

static bool is_line_end(char c)
{
	return c == '\n' || c == '\r';
}

/* The separator stands at least once in any head with two columns. */
static char find_separator(const char *bytes, const char *end)
{
	static const char candidates[] = ",;\t";
	int counts[3] = {0};
	bool quoted = false;
	for (; bytes < end && (quoted || !is_line_end(*bytes)); bytes++) {
		if (*bytes == '"')
			quoted = !quoted;
		for (int i = 0; !quoted && i < 3; i++)
			counts[i] += *bytes == candidates[i];
	}
	int best = 0;
	for (int i = 1; i < 3; i++)
		if (counts[i] > counts[best])
			best = i;
	return candidates[best];
}

static void *grow(void *memory, size_t count, size_t *room, size_t size)
{
	if (count < *room)
		return memory;
	*room = *room == 0 ? 16 : *room * 2;
	void *larger = realloc(memory, *room * size);
	if (larger == NULL)
		abort();
	return larger;
}

static void add_cell(struct reader *reader, struct csv_row *row)
{
	row->cells = grow(row->cells, row->count, &reader->cell_room, sizeof *row->cells);
	row->cells[row->count++] = reader->cell.length == 0 ? strdup("") : buffer_take(&reader->cell);
	if (row->cells[row->count - 1] == NULL)
		abort();
}

/* CRLF is one line end. */
static void skip_line_end(struct reader *reader)
{
	if (*reader->here == '\r' && reader->here + 1 < reader->end && reader->here[1] == '\n')
		reader->here++;
	reader->here++;
	reader->line++;
}

/* Behind the opening quote, to behind the closing one. */
static bool read_quoted(struct reader *reader, struct error *error)
{
	int begin = reader->line;
	while (reader->here < reader->end) {
		char c = *reader->here++;
		if (c == '"' && reader->here < reader->end && *reader->here == '"') {
			reader->here++;
		} else if (c == '"') {
			bool ends = reader->here == reader->end || *reader->here == reader->separator ||
				    is_line_end(*reader->here);
			return ends || error_set(error, STATUS_DATA, "%s:%d: text behind a closing quote",
					   reader->name, reader->line);
		}
		reader->line += c == '\n';
		buffer_append_char(&reader->cell, c);
	}
	return error_set(error, STATUS_DATA, "%s:%d: a quote that is never closed", reader->name, begin);
}

static bool read_row(struct reader *reader, struct csv_row *row, struct error *error)
{
	reader->cell_room = 0;
	*row = (struct csv_row){NULL, 0, reader->line};
	for (;;) {
		buffer_reset(&reader->cell);
		if (reader->here < reader->end && *reader->here == '"') {
			reader->here++;
			if (!read_quoted(reader, error))
				return false;
		}
		while (reader->here < reader->end && *reader->here != reader->separator &&
		       !is_line_end(*reader->here))
			buffer_append_char(&reader->cell, *reader->here++);
		add_cell(reader, row);
		if (reader->here == reader->end)
			return true;
		if (is_line_end(*reader->here)) {
			skip_line_end(reader);
			return true;
		}
		reader->here++;
	}
}

static bool is_empty(const struct csv_row *row)
{
	return row->count == 1 && row->cells[0][0] == '\0';
}

static void clear_row(struct csv_row *row)
{
	for (size_t i = 0; i < row->count; i++)
		free(row->cells[i]);
	free(row->cells);
}

static bool read_rows(struct reader *reader, struct csv *csv, struct error *error)
{
	while (reader->here < reader->end) {
		csv->rows = grow(csv->rows, csv->count, &reader->row_room, sizeof *csv->rows);
		struct csv_row *row = &csv->rows[csv->count];
		if (!read_row(reader, row, error)) {
			clear_row(row);
			return false;
		}
		if (is_empty(row))
			clear_row(row);
		else
			csv->count++;
	}
	return true;
}

static int line_of(const char *bytes, const char *where)
{
	int line = 1;
	for (; bytes < where; bytes++)
		line += *bytes == '\n';
	return line;
}

static bool is_text(const char *name, const char *bytes, size_t length, struct error *error)
{
	for (const char *here = bytes; here < bytes + length;) {
		size_t step = utf8_sequence_length(here, (size_t)(bytes + length - here));
		if (step == 0 || *here == '\0')
			return error_set(
			    error, STATUS_DATA, "%s:%d: not UTF-8 text", name, line_of(bytes, here));
		here += step;
	}
	return true;
}

bool csv_parse(const char *name, const char *bytes, size_t length, struct csv *csv, struct error *error)
{
	*csv = (struct csv){NULL, 0};
	if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
		bytes += 3;
		length -= 3;
	}
	if (!is_text(name, bytes, length, error))
		return false;
	struct reader reader = {.name = name, .here = bytes, .end = bytes + length, .line = 1};
	reader.separator = find_separator(bytes, bytes + length);
	buffer_init(&reader.cell);
	bool ok = read_rows(&reader, csv, error);
	buffer_clear(&reader.cell);
	if (!ok)
		csv_clear(csv);
	return ok;
}

void csv_clear(struct csv *csv)
{
	for (size_t i = 0; i < csv->count; i++)
		clear_row(&csv->rows[i]);
	free(csv->rows);
	*csv = (struct csv){NULL, 0};
}
