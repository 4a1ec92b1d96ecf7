/*
 * How a report leaves: the report says what it has, in typed columns; the printer's back end knows the
 *layout. One printer writes the whole output of one command.
 *
 *	printer_begin_list(printer, "entries", "Entries", columns, count);
 *	for each row: printer_date(printer, …); printer_money(printer, …); printer_end_row(printer);
 *	printer_end_list(printer);
 *
 * Cells come in the order of the columns, each by the function of its type; anything else is an own bug and
 *aborts. A list stands at the top or inside a record (one thing with its fields, then its lists). JSON is one
 *array of the rows or records of the top, or one object a line; csv and tsv print a record as one row and
 *leave its lists out.
 */
#ifndef RELANCE_REPORT_PRINTER_H
#define RELANCE_REPORT_PRINTER_H

#include "base/base.h"
#include "base/buffer.h"
#include "base/date.h"
#include "base/instant.h"
#include "base/money.h"

#include <jansson.h>
#include <stdio.h>

struct zone;

enum printer_format { PRINTER_TABLE, PRINTER_CSV, PRINTER_TSV, PRINTER_JSON, PRINTER_HTML };

enum field_type {
	FIELD_TEXT,
	FIELD_NUMBER,
	FIELD_MONEY, /* machine forms print the amount without its currency: give them a column for it */
	FIELD_DATE,
	FIELD_INSTANT,
	FIELD_SHARE,   /* thousandths: 0.970 for machines, 97 % for people */
	FIELD_BOOLEAN, /* true/false, yes/no */
	FIELD_TEXTS,   /* a list of texts */
	FIELD_JSON,    /* any JSON value */
};

enum {
	FIELD_FOR_MACHINES = 1, /* not in table and html */
	FIELD_FOR_PEOPLE = 2,	/* only in table and html */
	FIELD_ELASTIC = 4,	/* may be cut with "…" where the table is too wide */
	FIELD_WRAPPED = 8,	/* goes on in further lines instead */
};

struct field {
	const char *name;  /* stable, snake_case: the key of JSON, the head of csv */
	const char *label; /* for people, English: translated by the printer */
	enum field_type type;
	int flags;
};

enum emphasis { EMPHASIS_NONE, EMPHASIS_GOOD, EMPHASIS_WARNING, EMPHASIS_BAD, EMPHASIS_QUIET };

struct printer_options {
	enum printer_format format;
	bool lines;		 /* JSON: one object a line, no array */
	const char *language;	 /* of labels and amounts for people; NULL: English */
	const struct zone *zone; /* for instants; NULL: UTC; borrowed */
	int columns;		 /* width of the table; 0: that of the terminal, or 100 */
	bool colour;
};

struct printer;

/* OUT is borrowed. Never fails; writing errors show at printer_finish(). */
struct printer *printer_new(FILE *out, const struct printer_options *options);
/* Ends the output and frees the printer. False: the output could not be written (STATUS_IO). */
bool printer_finish(struct printer *printer, struct error *error);
/* Ends without completing the output (after an error elsewhere). */
void printer_abandon(struct printer *printer);

/* NAME: the key of a list inside a record. TITLE: over the table; NULL for none. */
void printer_begin_list(
    struct printer *printer, const char *name, const char *title, const struct field *fields, size_t count);
void printer_end_row(struct printer *printer);
/* What follows up to the next printer_end_row is a sum row: only people see it. */
void printer_begin_sum(struct printer *printer);
void printer_end_list(struct printer *printer);
/* TITLE may be NULL. After the fields come lists, or printer_end_record. */
void printer_begin_record(
    struct printer *printer, const char *title, const struct field *fields, size_t count);
void printer_end_record(struct printer *printer);

/* Cells. NULL, DATE_NONE, MONEY_NONE, INSTANT_NONE are absent. */
void printer_text(struct printer *printer, const char *text);
void printer_format(struct printer *printer, const char *format, ...) PRINTF_LIKE(2, 3);
void printer_number(struct printer *printer, int64_t number);
void printer_money(struct printer *printer, struct money amount);
void printer_date(struct printer *printer, date_t date);
void printer_instant(struct printer *printer, instant_t instant);
void printer_share(struct printer *printer, int64_t thousandths);
void printer_boolean(struct printer *printer, bool value);
/* COUNT texts. */
void printer_texts(struct printer *printer, const char *const *texts, size_t count);
/* VALUE is borrowed; NULL is absent. */
void printer_json(struct printer *printer, const json_t *value);
/* A cell of any type that has no value. */
void printer_absent(struct printer *printer);
/* The next cell is printed so on a terminal. */
void printer_emphasis(struct printer *printer, enum emphasis emphasis);

/* A line for people alone, between lists (table and html); made safe. */
void printer_note(struct printer *printer, const char *format, ...) PRINTF_LIKE(2, 3);
/* The same without a blank line before it. */
void printer_line(struct printer *printer, const char *format, ...) PRINTF_LIKE(2, 3);
/* A word of the reports in the printer's language; TEXT itself where there is no translation. */
const char *printer_say(const struct printer *printer, const char *text);
bool printer_is_for_people(const struct printer *printer);

#endif
