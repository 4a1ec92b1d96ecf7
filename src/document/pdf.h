/*
 * A PDF by poppler: the text on its pages. The files embedded in it are found by embedded.h.
 */
#ifndef RELANCE_DOCUMENT_PDF_H
#define RELANCE_DOCUMENT_PDF_H

#include "base/base.h"
#include "document/page.h"

struct pdf; /* holds poppler's document; the bytes must outlive it */

/*
 * Reads a page of its own and keeps it open for good: with the last open document poppler drops its tables,
 * and it opens files to make them anew.
 */
void pdf_setup(void);
/* NULL where it cannot be opened; REASON is a literal. */
struct pdf *pdf_open(const void *bytes, size_t length, const char **reason);
void pdf_close(struct pdf *pdf);
/* Adds the files of its name tree that look like XML to FILES (of struct embedded_file *). */
void pdf_attachments(const struct pdf *pdf, GPtrArray *files);
/* The words of all pages, settled; of a long document its first and last pages. REASON as in document_read.
 */
struct page *pdf_page_text(const struct pdf *pdf, const char **reason);

#endif
