/* HTML and plain text to the same form as a PDF's page: cells of tables beside each other, lines below each
 * other. */
#ifndef RELANCE_DOCUMENT_MARKUP_H
#define RELANCE_DOCUMENT_MARKUP_H

#include "base/base.h"
#include "document/page.h"

/* Settled pages, never NULL; of a text of many megabytes the beginning. */
struct page *html_page(const void *bytes, size_t length);
/* Quoted lines ("> ...") are left out: they are somebody else's. */
struct page *plain_page(const void *bytes, size_t length);

#endif
