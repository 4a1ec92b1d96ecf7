/* The number of an invoice among all that its page has. */
#ifndef RELANCE_DOCUMENT_NUMBER_FIND_H
#define RELANCE_DOCUMENT_NUMBER_FIND_H

#include "base/base.h"
#include "document/facts.h"

/* NULL where none is sure enough; borrowed from FACTS. */
const char *number_find(const struct facts *facts);
/* Whether that number is the first of a column of such numbers, with days or amounts beside them: a
 * statement, a reminder, no invoice. */
bool number_is_one_of_list(const struct facts *facts);

#endif
