/*
 * Rows as structs: a table of columns says where in the struct each column lives, and the functions here do
 * the rest. Text is owned by the row (g_malloc), dates are DATE_NONE and texts NULL for null; integers that
 * may be null are -1 then (ids, minutes, amounts that may be absent are marked in the row's header).
 */
#ifndef RELANCE_STORE_ROWS_H
#define RELANCE_STORE_ROWS_H

#include "base/base.h"
#include "store/store.h"

enum column_type { COLUMN_INTEGER, COLUMN_ID, COLUMN_TEXT, COLUMN_DATE };
/* COLUMN_ID: an int64_t reference; 0 stands for null. */

struct column {
	const char *name;
	enum column_type type;
	size_t offset;
};

struct table {
	const char *name;
	const struct column *columns; /* the first is the key */
	int column_count;
	size_t row_size;
};

/* COLUMN(struct task, INTEGER, due): checks that the field exists; the column has the field's name. */
#define ROW_COLUMN(row, type, field)                                                                         \
	{                                                                                                    \
#field, COLUMN_##type, offsetof(row, field)                                                  \
	}
#define ROW_TABLE(name, row, columns)                                                                        \
	{                                                                                                    \
		name, columns, (int)ARRAY_LENGTH(columns), sizeof(row)                                       \
	}

/* Inserts ROW as it is (its key included). */
bool row_insert(struct store *store, const struct table *table, const void *row, struct error *error);
/* Writes all columns of the row with ROW's key. */
bool row_update(struct store *store, const struct table *table, const void *row, struct error *error);
/* Fills ROW (overwritten, not freed first) with the row whose key is KEY. FOUND tells whether there is one.
 */
bool row_get(
    struct store *store, const struct table *table, int64_t key, void *row, bool *found, struct error *error);
/* A copy with texts of its own. */
void row_copy(const struct table *table, const void *row, void *copy);
/* Frees the row's texts and zeroes it. */
void row_clear(const struct table *table, void *row);
/* Heap rows (from rows_select). NULL is allowed. */
void row_free(const struct table *table, void *row);

/*
 * SELECT of all the table's columns with TAIL behind ("WHERE customer = $1 ORDER BY id"). An array of heap
 * rows, or NULL with ERROR. The array's free function is not set: free with rows_free().
 */
GPtrArray *rows_select(struct store *store, const struct table *table, struct error *error, const char *tail,
    const char *format, ...);
void rows_free(const struct table *table, GPtrArray *rows);
/* The first row of such a select. */
bool row_select(struct store *store, const struct table *table, void *row, bool *found, struct error *error,
    const char *tail, const char *format, ...);

#endif
