/*
 * The files embedded in a PDF that can be invoices, however they hang in it: name tree, the catalog's AF, an
 * annotation, a damaged tree. Of a PDF that is encrypted but opens without a password, those of the name
 * tree.
 */
#ifndef RELANCE_DOCUMENT_EMBEDDED_H
#define RELANCE_DOCUMENT_EMBEDDED_H

#include "base/base.h"

#include <glib.h>

enum {
	EMBEDDED_MAX = 32 << 20, /* bytes of one embedded file; larger ones are refused */
	EMBEDDED_FILES_MAX = 16, /* of one PDF; the others are left out */
};
#define EMBEDDED_TOO_LARGE "larger than 32 MB when unpacked"

struct embedded_file {
	char *name;	     /* UTF-8, or NULL where the PDF does not tell */
	GByteArray *content; /* it looks like XML; NULL where it was refused */
	const char *refused; /* why (a literal), or NULL */
};

/*
 * What of the LENGTH bytes looks like XML, or is called so and could not be unpacked: an array of struct
 * embedded_file *, the last one in the file first (it is the newest); to be unref'd.
 */
GPtrArray *embedded_files(const void *bytes, size_t length);
void embedded_file_free(struct embedded_file *file);

/* Whether a first tag follows white space, a byte order mark or nothing. */
bool embedded_looks_like_xml(const GByteArray *bytes);
/* Adds PART to the KEPT bytes (a GByteArray): false where they do not look like XML, or are too many; then
 * none are left. A pdf_take_part (pdf_scan.h). */
bool embedded_keep_part(const char *part, size_t length, void *kept);

#endif
