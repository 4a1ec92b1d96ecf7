/*
 * The header fields of a mail or of one of its parts (RFC 5322), as slices of the mail's bytes. Our own
 * reader, in front of GMime: its time is linear whatever the header looks like, and its limits are those of
 * message.h. Pure.
 */
#ifndef RELANCE_MAIL_FIELDS_H
#define RELANCE_MAIL_FIELDS_H

#include "base/base.h"

#include <glib.h>

#define FIELDS_MAX 2000

struct field {
	const char *name; /* borrowed, not ended by a NUL */
	size_t name_length;
	const char *value; /* raw, with its folds */
	size_t value_length;
};

struct fields {
	GArray *list; /* of struct field */
	bool cut;     /* limits were reached */
	size_t size;  /* bytes of the header with its closing empty line: where the body begins */
};

/* Reads the header at the start of BYTES, which are borrowed for the life of FIELDS. fields_clear. */
void fields_init(struct fields *fields, const char *bytes, size_t length);
void fields_clear(struct fields *fields);
/* The first field NAME (any case) from position FROM on; its position + 1 goes to NEXT (may be NULL). NULL:
 * none. */
const struct field *fields_find(const struct fields *fields, const char *name, size_t from, size_t *next);
/* The first field's value decoded (RFC 2047) in one line of UTF-8, or NULL; g_free. */
char *fields_text(const struct fields *fields, const char *name);
/* The first field's value unfolded, white space around it cut, not decoded, UTF-8, or NULL; g_free. */
char *fields_raw(const struct fields *fields, const char *name);
/* fields_raw of any field. */
char *field_raw(const struct field *field);

#endif
