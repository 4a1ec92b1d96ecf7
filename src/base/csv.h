/*
 * Reading tables of text: CSV (RFC 4180) as programs and offices write it. A byte order mark is skipped; the
 * separator is the one of comma, semicolon and tab that stands most often in the first line outside quotes;
 * line ends are LF, CRLF or CR. Pure: the caller reads the file.
 */
#ifndef RELANCE_BASE_CSV_H
#define RELANCE_BASE_CSV_H

#include "base/base.h"

struct csv_row {
	char **cells; /* owned; UTF-8, without the quotes */
	size_t count;
	int line; /* on which the row begins, from 1 */
};

struct csv {
	struct csv_row *rows; /* owned; empty lines are left out */
	size_t count;
};

/*
 * Parses LENGTH bytes. False: STATUS_DATA, ERROR has "NAME:LINE: what" (a quote that is never closed, text
 * behind a closing quote, no UTF-8, a NUL byte), and CSV is left empty. CSV is in caller storage; csv_clear()
 * frees what it owns.
 */
bool csv_parse(const char *name, const char *bytes, size_t length, struct csv *csv, struct error *error);
void csv_clear(struct csv *csv);

#endif
