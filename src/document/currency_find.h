/* In which currency a document counts. */
#ifndef RELANCE_DOCUMENT_CURRENCY_FIND_H
#define RELANCE_DOCUMENT_CURRENCY_FIND_H

#include "base/base.h"
#include "base/money.h"
#include "document/facts.h"

/*
 * The currency that the document names, or most of its amounts carry. Where it names none: that of the
 * country whose VAT ids, bank accounts and registers it shows. "" where there is none, or several are as
 * good.
 */
void currency_find(const struct facts *facts, char currency[CURRENCY_SIZE]);

#endif
