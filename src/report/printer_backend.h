/* What a printer's back end must do. Only src/report/printer*.c include this. */
#ifndef RELANCE_REPORT_PRINTER_BACKEND_H
#define RELANCE_REPORT_PRINTER_BACKEND_H

#include "report/printer.h"

struct cell {
	bool absent;
	enum emphasis emphasis;
	int64_t number; /* number, share, boolean, instant */
	struct money money;
	date_t date;
	const char *text;
	const char *const *texts;
	size_t text_count;
	const json_t *json;
};

struct printer_list {
	const char *name; /* NULL: a record's own fields */
	const char *title;
	const struct field *fields;
	size_t count;
	size_t next; /* the column of the next cell */
	bool sum;    /* a sum row is being written */
};

struct printer;

struct printer_backend {
	bool for_people;
	void (*begin_list)(struct printer *printer);
	void (*cell)(struct printer *printer, const struct field *field, const struct cell *cell);
	void (*end_row)(struct printer *printer);
	void (*end_list)(struct printer *printer);
	void (*begin_record)(struct printer *printer);
	void (*end_fields)(struct printer *printer); /* the last of the record's own fields was given */
	void (*end_record)(struct printer *printer);
	/* APART: after a blank line. NULL: not for people. */
	void (*note)(struct printer *printer, bool apart, const char *text);
	void (*finish)(struct printer *printer);
	void (*clear)(struct printer *printer); /* frees what the back end keeps */
};

struct printer {
	const struct printer_backend *backend;
	struct printer_options options;
	FILE *out;
	bool failed;
	bool in_list, in_record, in_fields;
	struct printer_list list; /* the present one, or the record's fields */
	enum emphasis emphasis;	  /* of the next cell */
	int64_t top_count;	  /* rows and records written at the top */
	int64_t part_count;	  /* titles written: for blank lines between them */
	void *state;		  /* the back end's own */
	struct buffer text;	  /* scratch of the back end */
};

extern const struct printer_backend printer_table_backend;
extern const struct printer_backend printer_csv_backend;
extern const struct printer_backend printer_tsv_backend;
extern const struct printer_backend printer_json_backend;
extern const struct printer_backend printer_html_backend;

/* Writes bytes and remembers a failure. */
void printer_write(struct printer *printer, const char *bytes, size_t length);
void printer_write_text(struct printer *printer, const char *text);
/* Whether the back end shows the column at all. */
bool printer_shows(const struct printer *printer, const struct field *field);
/* The cell as people read it: one safe line. */
void printer_human_cell(
    const struct printer *printer, const struct field *field, const struct cell *cell, struct buffer *text);
/* The cell as csv and tsv have it: plain text, absent is empty. */
void printer_machine_cell(
    const struct printer *printer, const struct field *field, const struct cell *cell, struct buffer *text);

#endif
