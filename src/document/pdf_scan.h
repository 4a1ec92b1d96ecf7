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

/*
 * The embedded files that look like XML, of GByteArray *, the last one in the file first (it is the newest);
 * to be unref'd. Files that are encrypted or packed otherwise than by deflate are left out: no standard for
 * invoices allows them.
 */
GPtrArray *pdf_embedded_xml(const void *bytes, size_t length);

/* Whether a first tag follows white space, a byte order mark or nothing. */
bool pdf_looks_like_xml(const GByteArray *bytes);
/* Why its pages should not be rendered (a literal), or NULL. */
const char *pdf_excess(const void *bytes, size_t length);

#endif
