/* What a page calls itself: invoice, credit note, quotation. */
#ifndef RELANCE_DOCUMENT_TITLE_H
#define RELANCE_DOCUMENT_TITLE_H

#include "base/base.h"
#include "document/facts.h"

/* Whether LABEL is the title of some kind of invoice. */
bool title_is_invoice(enum label label);
/* The title that is written largest in the first lines, of an invoice or of another document
 * (LABEL_OTHER_TITLE); LABEL_COUNT where there is none. */
enum label title_find(const struct facts *facts);

/* Whether a word for an invoice, its number or a credit note stands anywhere on the page. */
bool title_names_invoice(const struct facts *facts);

#endif
