#include "base/base.h"
#include "store/rows.h"

#include "base/buffer.h"

static void *field_at(const void *row, const struct column *column)
{
	return (char *)row + column->offset;
}

/* "name, name, …" */
static void append_names(struct buffer *sql, const struct table *table)
{
	for (int i = 0; i < table->column_count; i++) {
		buffer_append_text(sql, i ? ", " : "");
		buffer_append_text(sql, table->columns[i].name);
	}
}

static bool run_row(
    struct store *store, const struct table *table, const void *row, const char *sql, struct error *error)
{
	struct query query;
	query_open(&query, store, sql, "");
	for (int i = 0; i < table->column_count; i++) {
		const struct column *column = &table->columns[i];
		const void *field = field_at(row, column);
		int64_t integer;
		date_t date;
		char text[DATE_TEXT_SIZE];
		switch (column->type) {
		case COLUMN_INTEGER:
			memcpy(&integer, field, sizeof integer);
			query_bind_integer(&query, i + 1, integer);
			break;
		case COLUMN_ID:
			memcpy(&integer, field, sizeof integer);
			if (integer)
				query_bind_integer(&query, i + 1, integer);
			else
				query_bind_text(&query, i + 1, NULL);
			break;
		case COLUMN_TEXT:
			query_bind_text(&query, i + 1, *(char *const *)field);
			break;
		case COLUMN_DATE:
			memcpy(&date, field, sizeof date);
			query_bind_text(&query, i + 1, date == DATE_NONE ? NULL : date_format(date, text));
			break;
		}
	}
	while (query_row(&query))
		;
	return query_close(&query, error) || error_prefix(error, "%s", table->name);
}

static const char *make_insert(struct store *store, const struct table *table)
{
	struct buffer sql = BUFFER_EMPTY;
	buffer_printf(&sql, "INSERT INTO %s (", table->name);
	append_names(&sql, table);
	buffer_append_text(&sql, ") VALUES (");
	for (int i = 0; i < table->column_count; i++)
		buffer_printf(&sql, "%s$%d", i ? ", " : "", i + 1);
	buffer_append_char(&sql, ')');
	const char *kept = store_keep_text(store, &table->name, g_strdup(sql.bytes));
	buffer_clear(&sql);
	return kept;
}

bool row_insert(struct store *store, const struct table *table, const void *row, struct error *error)
{
	const char *sql = store_text(store, &table->name);
	return run_row(store, table, row, sql ? sql : make_insert(store, table), error);
}

/* Kept under the addresses of the table's own fields. */
static const char *make_update(struct store *store, const struct table *table)
{
	struct buffer sql = BUFFER_EMPTY;
	buffer_printf(&sql, "UPDATE %s SET ", table->name);
	for (int i = 1; i < table->column_count; i++)
		buffer_printf(&sql, "%s%s = $%d", i > 1 ? ", " : "", table->columns[i].name, i + 1);
	buffer_printf(&sql, " WHERE %s = $1", table->columns[0].name);
	const char *kept = store_keep_text(store, &table->columns, g_strdup(sql.bytes));
	buffer_clear(&sql);
	return kept;
}

bool row_update(struct store *store, const struct table *table, const void *row, struct error *error)
{
	const char *sql = store_text(store, &table->columns);
	return run_row(store, table, row, sql ? sql : make_update(store, table), error);
}

static void read_row(struct query *query, const struct table *table, void *row)
{
	memset(row, 0, table->row_size);
	for (int i = 0; i < table->column_count; i++) {
		const struct column *column = &table->columns[i];
		void *field = field_at(row, column);
		int64_t integer;
		date_t date;
		switch (column->type) {
		case COLUMN_INTEGER:
		case COLUMN_ID:
			integer = query_integer(query, i);
			memcpy(field, &integer, sizeof integer);
			break;
		case COLUMN_TEXT:
			*(char **)field = g_strdup(query_text(query, i));
			break;
		case COLUMN_DATE:
			date = query_date(query, i);
			memcpy(field, &date, sizeof date);
			break;
		}
	}
}

static void append_select(struct buffer *sql, const struct table *table, const char *tail)
{
	buffer_append_text(sql, "SELECT ");
	append_names(sql, table);
	buffer_append_text(sql, " FROM ");
	buffer_append_text(sql, table->name);
	buffer_append_char(sql, ' ');
	buffer_append_text(sql, tail);
}

static bool row_select_list(struct store *store, const struct table *table, void *row, bool *found,
    struct error *error, const char *tail, const char *format, va_list values)
{
	struct buffer sql = BUFFER_EMPTY;
	append_select(&sql, table, tail);
	struct query query;
	query_open_list(&query, store, sql.bytes, format, values);
	buffer_clear(&sql);
	*found = query_row(&query);
	if (*found)
		read_row(&query, table, row);
	if (query_close(&query, error))
		return true;
	if (*found)
		row_clear(table, row);
	*found = false;
	return error_prefix(error, "%s", table->name);
}

bool row_select(struct store *store, const struct table *table, void *row, bool *found, struct error *error,
    const char *tail, const char *format, ...)
{
	va_list values;
	va_start(values, format);
	bool done = row_select_list(store, table, row, found, error, tail, format, values);
	va_end(values);
	return done;
}

bool row_get(
    struct store *store, const struct table *table, int64_t key, void *row, bool *found, struct error *error)
{
	char tail[64];
	snprintf(tail, sizeof tail, "WHERE %s = $1", table->columns[0].name);
	return row_select(store, table, row, found, error, tail, "i", key);
}

GPtrArray *rows_select(struct store *store, const struct table *table, struct error *error, const char *tail,
    const char *format, ...)
{
	struct buffer sql = BUFFER_EMPTY;
	append_select(&sql, table, tail);
	struct query query;
	va_list values;
	va_start(values, format);
	query_open_list(&query, store, sql.bytes, format, values);
	va_end(values);
	buffer_clear(&sql);
	GPtrArray *rows = g_ptr_array_new();
	while (query_row(&query)) {
		void *row = g_malloc0(table->row_size);
		read_row(&query, table, row);
		g_ptr_array_add(rows, row);
	}
	if (query_close(&query, error))
		return rows;
	error_prefix(error, "%s", table->name);
	rows_free(table, rows);
	return NULL;
}

void row_copy(const struct table *table, const void *row, void *copy)
{
	memcpy(copy, row, table->row_size);
	for (int i = 0; i < table->column_count; i++)
		if (table->columns[i].type == COLUMN_TEXT) {
			char **field = field_at(copy, &table->columns[i]);
			*field = g_strdup(*field);
		}
}

void row_clear(const struct table *table, void *row)
{
	for (int i = 0; i < table->column_count; i++)
		if (table->columns[i].type == COLUMN_TEXT)
			g_free(*(char **)field_at(row, &table->columns[i]));
	memset(row, 0, table->row_size);
}

void row_free(const struct table *table, void *row)
{
	if (!row)
		return;
	row_clear(table, row);
	g_free(row);
}

void rows_free(const struct table *table, GPtrArray *rows)
{
	if (!rows)
		return;
	for (guint i = 0; i < rows->len; i++)
		row_free(table, rows->pdata[i]);
	g_ptr_array_free(rows, TRUE);
}
