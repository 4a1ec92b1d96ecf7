/* Invoices that were paid before they were sent: by card, in the shop. */
#ifndef RELANCE_DOCUMENT_SETTLED_H
#define RELANCE_DOCUMENT_SETTLED_H

#include "base/base.h"
#include "document/facts.h"

/* Whether a sentence or a stamp on the page says that all is paid; "until paid in full" does not. */
bool settled_says(const struct facts *facts);

#endif
