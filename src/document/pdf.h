/* A PDF by poppler: the files embedded in it and the text on its pages. */
#ifndef RELANCE_DOCUMENT_PDF_H
#define RELANCE_DOCUMENT_PDF_H

#include "base/base.h"
#include "document/page.h"

struct pdf; /* holds poppler's document; the bytes must outlive it */

struct pdf_file {
	char *name; /* or NULL */
	GByteArray *bytes;
};

enum { PDF_EMBEDDED_MAX = 32 << 20 }; /* bytes of one embedded file; larger ones are left out */

void pdf_file_free(gpointer file);
/* Whether a first tag follows white space, a byte order mark or nothing. */
bool pdf_looks_like_xml(const GByteArray *bytes);
/*
 * Reads a page of its own and keeps it open for good: with the last open document poppler drops its tables,
 * and it opens files to make them anew.
 */
void pdf_setup(void);
/* NULL where it cannot be opened; REASON is a literal. */
struct pdf *pdf_open(const void *bytes, size_t length, const char **reason);
void pdf_close(struct pdf *pdf);
/* The embedded files that may hold an invoice (XML), those with a name of the standards first. Free with
 * unref. */
GPtrArray *pdf_embedded_xml(const struct pdf *pdf);
/*
 * The same by looking for embedded streams in the bytes themselves, the last one first: for files that hang
 * in a structure that poppler does not follow (the catalog's AF alone, an annotation, a damaged name tree).
 */
GPtrArray *pdf_scan_for_xml(const void *bytes, size_t length);
/* The words of all pages, settled; of a long document its first and last pages. REASON as in document_read.
 */
struct page *pdf_page_text(const struct pdf *pdf, const char **reason);

#endif
