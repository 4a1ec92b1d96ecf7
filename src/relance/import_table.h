/* A file of rows with named fields, CSV or JSON (an array of objects), for the imports. */
#ifndef RELANCE_RELANCE_IMPORT_TABLE_H
#define RELANCE_RELANCE_IMPORT_TABLE_H

#include "base/csv.h"
#include "relance/session.h"

struct import_table {
	const char *file; /* borrowed */
	struct csv csv;	  /* the first row has the names of the columns; JSON is brought into this form */
	bool is_json;	  /* lines count records then */
	size_t row;	  /* the present one; 0 before the first */
};

/*
 * Reads FILE, whose columns may only be KNOWN (ends with NULL); each of REQUIRED must be there. Text that is
 * not UTF-8 is taken for Windows-1252, which is what office programs write. STATUS_DATA with file, line and
 * field.
 */
bool import_table_read(const char *file, const char *const *known, const char *const *required,
    struct import_table *table, struct error *error);
void import_table_clear(struct import_table *table);
/* Goes to the next row; false after the last. */
bool import_table_next(struct import_table *table);
/* False with STATUS_DATA where the present row has more cells than there are columns. */
bool import_table_fits(const struct import_table *table, struct error *error);
/* The present row's field, or NULL where the column is not there or the cell is empty. */
const char *import_table_value(const struct import_table *table, const char *column);
/* "FILE:LINE: COLUMN: …" with STATUS_DATA; returns false. */
bool import_table_error(const struct import_table *table, const char *column, struct error *error,
    const char *format, ...) PRINTF_LIKE(4, 5);

#endif
