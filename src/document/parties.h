/* Who sends and who receives an invoice, and to which account it is to be paid, from the page. */
#ifndef RELANCE_DOCUMENT_PARTIES_H
#define RELANCE_DOCUMENT_PARTIES_H

#include "base/base.h"
#include "document/facts.h"
#include "document/invoice.h"

/* Fills seller, buyer, iban and bic of INVOICE. */
void parties_find(const struct facts *facts, struct invoice *invoice);

#endif
