/*
 * What can be told of a PDF from its bytes, stream by stream, without its structure: the invoices embedded in
 * it — however they hang in the file (name tree, the catalog's AF, an annotation, a damaged tree) and faster
 * than by opening it —, and pages that would take a renderer minutes.
 */
#ifndef RELANCE_DOCUMENT_PDF_SCAN_H
#define RELANCE_DOCUMENT_PDF_SCAN_H

#include "base/base.h"

#include <glib.h>

enum { PDF_EMBEDDED_MAX = 32 << 20 }; /* bytes of one embedded file; larger ones are left out */

struct pdf_files {
	GPtrArray
	    *xml;    /* of GByteArray *: embedded files that look like XML, the last one in the file first */
	bool others; /* embedded files are there that only a PDF library can open (encrypted, another filter)
		      */
};

/* In caller storage. */
void pdf_files_init(struct pdf_files *files, const void *bytes, size_t length);
void pdf_files_clear(struct pdf_files *files);

/* Whether a first tag follows white space, a byte order mark or nothing. */
bool pdf_looks_like_xml(const GByteArray *bytes);
/* Why its pages should not be rendered (a literal), or NULL. */
const char *pdf_excess(const void *bytes, size_t length);

#endif
