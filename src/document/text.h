/*
 * The way by the page: an invoice from what a person sees, by labels, geometry and cross-checks. Fields that
 * are in doubt stay absent, and the confidence says how sure the amount is.
 */
#ifndef RELANCE_DOCUMENT_TEXT_H
#define RELANCE_DOCUMENT_TEXT_H

#include "base/base.h"
#include "document/document.h"
#include "document/page.h"

/*
 * PAGE must be settled. Of the COUNT taught LAYOUTS the first that recognises the page goes before what is
 * found otherwise. INVOICE and REASON as in document_read.
 */
enum document_outcome text_read(const struct page *page, enum invoice_source source,
    const struct layout *const *layouts, size_t count, struct invoice **invoice, const char **reason);

#endif
