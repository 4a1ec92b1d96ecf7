#include "base/base.h"
#include "relance/import_table.h"
#include "base/utf8.h"
#include "host/file.h"

#include <stdarg.h>

#define MOST_BYTES ((int64_t)256 * 1024 * 1024)

static bool is_in(const char *const *list, const char *name)
{
	for (; *list != NULL; list++)
		if (strcmp(*list, name) == 0)
			return true;
	return false;
}

static const char *word_of_line(const struct import_table *table)
{
	return table->is_json ? "record " : "";
}

bool import_table_error(
    const struct import_table *table, const char *column, struct error *error, const char *format, ...)
{
	struct buffer text = BUFFER_EMPTY;
	va_list arguments;
	va_start(arguments, format);
	buffer_vprintf(&text, format, arguments);
	va_end(arguments);
	error_set(error, STATUS_DATA, "%s:%s%d: %s: %s", table->file, word_of_line(table),
	    table->csv.rows[table->row].line, column, text.bytes);
	buffer_clear(&text);
	return false;
}

/* --- JSON into rows */

/* A cell of JSON as text; g_free. NULL: of a type that has no business there. */
static char *text_of_json(const json_t *value)
{
	if (value == NULL || json_is_null(value))
		return g_strdup("");
	if (json_is_string(value))
		return g_strdup(json_string_value(value));
	if (json_is_integer(value))
		return g_strdup_printf("%lld", (long long)json_integer_value(value));
	return NULL;
}

/* All keys of all objects, in the order of their first appearance. */
static GPtrArray *keys_of(const json_t *array)
{
	GPtrArray *keys = g_ptr_array_new_with_free_func(free);
	GHashTable *seen = g_hash_table_new(g_str_hash, g_str_equal);
	size_t index;
	json_t *object, *value;
	const char *key;
	json_array_foreach(array, index, object) json_object_foreach(
	    object, key, value) if (strcmp(key, "schema") != 0 && g_hash_table_add(seen, (char *)key))
	    g_ptr_array_add(keys, strdup(key));
	g_hash_table_unref(seen);
	return keys;
}

static bool row_of_object(
    struct import_table *table, const GPtrArray *keys, const json_t *object, int number, struct error *error)
{
	struct csv_row *row = &table->csv.rows[table->csv.count++];
	*row = (struct csv_row){calloc(keys->len, sizeof(char *)), 0, number};
	if (row->cells == NULL && keys->len > 0)
		abort();
	for (guint i = 0; i < keys->len; i++) {
		const char *key = g_ptr_array_index(keys, i);
		char *text = text_of_json(json_object_get(object, key));
		if (text == NULL)
			return error_set(error, STATUS_DATA,
			    "%s:record %d: %s: must be a text (amounts: \"1188.00\")", table->file, number,
			    key);
		row->cells[row->count++] = strdup(text);
		g_free(text);
	}
	return true;
}

static bool rows_of_json(struct import_table *table, const struct buffer *text, struct error *error)
{
	json_error_t problem;
	json_t *array = json_loadb(text->bytes, text->length, JSON_REJECT_DUPLICATES, &problem);
	if (array == NULL)
		return error_set(error, STATUS_DATA, "%s:%d: %s", table->file, problem.line, problem.text);
	size_t count = json_array_size(array);
	bool ok = json_is_array(array) ||
		  error_set(error, STATUS_DATA, "%s: must be an array of objects", table->file);
	GPtrArray *keys = keys_of(array);
	table->csv.rows = calloc(count + 1, sizeof *table->csv.rows);
	if (table->csv.rows == NULL)
		abort();
	table->csv.count = 1;
	table->csv.rows[0].count = keys->len;
	for (size_t i = 0; ok && i < count; i++) {
		const json_t *object = json_array_get(array, i);
		ok = json_is_object(object) ? row_of_object(table, keys, object, (int)i + 1, error)
					    : error_set(error, STATUS_DATA,
						  "%s:record %zu: must be an object", table->file, i + 1);
	}
	g_ptr_array_set_free_func(keys, NULL);
	table->csv.rows[0].cells = (char **)g_ptr_array_free(keys, FALSE); /* g_malloc is malloc */
	json_decref(array);
	return ok;
}

/* --- CSV */

static bool rows_of_csv(struct import_table *table, const struct buffer *text, struct error *error)
{
	if (utf8_is_valid(text->bytes, text->length))
		return csv_parse(table->file, text->bytes, text->length, &table->csv, error);
	gsize length;
	char *converted =
	    g_convert(text->bytes, (gssize)text->length, "UTF-8", "WINDOWS-1252", NULL, &length, NULL);
	if (converted == NULL)
		return error_set(error, STATUS_DATA, "%s: neither UTF-8 nor Windows-1252 text", table->file);
	bool ok = csv_parse(table->file, converted, length, &table->csv, error);
	g_free(converted);
	return ok;
}

/* Column names: without case, spaces and hyphens are underscores. */
static void normalise_head(struct csv_row *head)
{
	for (size_t i = 0; i < head->count; i++) {
		char *name = g_strstrip(head->cells[i]);
		for (char *c = name; *c != '\0'; c++)
			*c = *c == ' ' || *c == '-' ? '_' : g_ascii_tolower(*c);
		memmove(head->cells[i], name, strlen(name) + 1);
	}
}

static bool check_head(const struct import_table *table, const char *const *known,
    const char *const *required, struct error *error)
{
	const struct csv_row *head = &table->csv.rows[0];
	for (size_t i = 0; i < head->count; i++)
		if (!is_in(known, head->cells[i]))
			return error_set(
			    error, STATUS_DATA, "%s:1: %s: no such column", table->file, head->cells[i]);
	for (; *required != NULL; required++) {
		bool there = false;
		for (size_t i = 0; i < head->count; i++)
			there = there || strcmp(head->cells[i], *required) == 0;
		if (!there)
			return error_set(
			    error, STATUS_DATA, "%s:1: %s: the column is missing", table->file, *required);
	}
	return true;
}

static bool is_json_text(const struct buffer *text)
{
	const char *start = text->bytes + strspn(text->bytes, " \t\r\n");
	return *start == '[';
}

bool import_table_read(const char *file, const char *const *known, const char *const *required,
    struct import_table *table, struct error *error)
{
	struct buffer text = BUFFER_EMPTY;
	*table = (struct import_table){.file = file};
	if (!file_read(file, MOST_BYTES, &text, error)) {
		error->status = STATUS_DATA;
		buffer_clear(&text);
		return false;
	}
	table->is_json = is_json_text(&text);
	bool ok = table->is_json ? rows_of_json(table, &text, error) : rows_of_csv(table, &text, error);
	buffer_clear(&text);
	if (ok && table->csv.count == 0)
		ok = error_set(error, STATUS_DATA, "%s: is empty", file);
	if (ok)
		normalise_head(&table->csv.rows[0]);
	ok = ok && ((table->is_json && table->csv.count == 1) || check_head(table, known, required, error));
	if (!ok)
		import_table_clear(table);
	return ok;
}

void import_table_clear(struct import_table *table)
{
	csv_clear(&table->csv);
}

bool import_table_next(struct import_table *table)
{
	if (table->row + 1 >= table->csv.count)
		return false;
	table->row++;
	return true;
}

bool import_table_fits(const struct import_table *table, struct error *error)
{
	const struct csv_row *row = &table->csv.rows[table->row];
	return row->count <= table->csv.rows[0].count ||
	       error_set(error, STATUS_DATA, "%s:%s%d: %s: stands behind the last column", table->file,
		   word_of_line(table), row->line, row->cells[table->csv.rows[0].count]);
}

const char *import_table_value(const struct import_table *table, const char *column)
{
	const struct csv_row *head = &table->csv.rows[0];
	const struct csv_row *row = &table->csv.rows[table->row];
	for (size_t i = 0; i < head->count && i < row->count; i++)
		if (strcmp(head->cells[i], column) == 0) {
			char *value = g_strstrip(row->cells[i]);
			return *value == '\0' ? NULL : value;
		}
	return NULL;
}
