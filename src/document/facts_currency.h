/* Which currency the amounts of a page are in that do not say it themselves, or say it with a sign of
 * several. */
#ifndef RELANCE_DOCUMENT_FACTS_CURRENCY_H
#define RELANCE_DOCUMENT_FACTS_CURRENCY_H

#include "base/base.h"
#include "document/facts.h"

/* For FACTS whose values are found and whose labels' facts are not yet: sets their currencies, and
 * facts->dollar. */
void facts_settle_currencies(struct facts *facts);

#endif
