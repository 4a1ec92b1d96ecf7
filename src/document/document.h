/* The door of this folder: the bytes of one document, whatever it is, to the invoice in it. Pure: no file, no
 * clock. */
#ifndef RELANCE_DOCUMENT_DOCUMENT_H
#define RELANCE_DOCUMENT_DOCUMENT_H

#include "base/base.h"
#include "document/invoice.h"

enum document_outcome {
	DOCUMENT_INVOICE,    /* an invoice was read */
	DOCUMENT_NO_INVOICE, /* read, and it is none (terms of sale, a logo, a statement, Order-X) */
	DOCUMENT_UNREADABLE, /* could be one and cannot be read: encrypted, scanned, damaged; a person must
				look */
};

/*
 * Reads LENGTH bytes. MEDIA_TYPE ("application/pdf", ...) and NAME (a file name) are hints and may be NULL;
 * the content decides. INVOICE gets an invoice, or NULL; REASON, or NULL, says why there is none or what was
 * doubtful. Both are owned by the caller.
 */
enum document_outcome document_read(const void *bytes, size_t length, const char *media_type,
    const char *name, struct invoice **invoice, char **reason);

struct layout;

/*
 * As document_read; for what is read from pages, the first of the COUNT taught layouts (layout.h) that
 * recognises the page goes before what is found otherwise.
 */
enum document_outcome document_read_taught(const void *bytes, size_t length, const char *media_type,
    const char *name, const struct layout *const *layouts, size_t count, struct invoice **invoice,
    char **reason);

struct page;

/*
 * The page that people see, of a PDF, HTML or plain text: what layouts are taught from. NULL with REASON
 * where there is none. STRUCTURED: the bytes have an invoice as data too (Factur-X), which goes before any
 * layout.
 */
struct page *document_page(const void *bytes, size_t length, const char *media_type, const char *name,
    bool *structured, const char **reason);

/*
 * To be called once, before the process gives up its right to open files: makes the libraries load now what
 * they would load on first use (poppler its character maps and encodings, libxml2 its tables). Afterwards
 * document_read opens none.
 */
void document_setup(void);

#endif
