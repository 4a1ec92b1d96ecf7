/* The number of an invoice among all that its page has. */
#ifndef RELANCE_DOCUMENT_NUMBER_FIND_H
#define RELANCE_DOCUMENT_NUMBER_FIND_H

#include "base/base.h"
#include "document/facts.h"

/* NULL where none is sure enough; borrowed from FACTS. */
const char *number_find(const struct facts *facts);

#endif
