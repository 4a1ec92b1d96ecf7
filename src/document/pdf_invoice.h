/* The invoice of a PDF: by the data embedded in it, else by its pages. */
#ifndef RELANCE_DOCUMENT_PDF_INVOICE_H
#define RELANCE_DOCUMENT_PDF_INVOICE_H

#include "base/base.h"
#include "document/document.h"
#include "document/page.h"

/* The layouts that were taught. */
struct taught {
	const struct layout *const *layouts;
	size_t count;
};

/*
 * INVOICE and REASON (owned by the caller) as in document_read_taught. What is embedded and could not be read
 * is told by REASON, and by a warning of the invoice that the pages gave all the same.
 */
enum document_outcome pdf_invoice_read(
    const void *bytes, size_t length, const struct taught *taught, struct invoice **invoice, char **reason);
/* Whether an invoice is embedded as data. */
bool pdf_invoice_has_data(const void *bytes, size_t length);
/* The page that people see; NULL with REASON (a literal). With a page, REASON tells what was left out, or is
 * NULL. */
struct page *pdf_invoice_page(const void *bytes, size_t length, const char **reason);

#endif
