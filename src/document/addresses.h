/* Names of sender and recipient from the blocks of their addresses: some lines above each other that end in a
 * town. */
#ifndef RELANCE_DOCUMENT_ADDRESSES_H
#define RELANCE_DOCUMENT_ADDRESSES_H

#include "base/base.h"
#include "document/facts.h"
#include "document/invoice.h"

/* Fills the names of seller and buyer, and their mail addresses, where they are not set yet. */
void addresses_find(const struct facts *facts, struct invoice *invoice);

/* Whether TEXT can be a town with its postcode: "35000 Rennes", "D-12345 Berlin", "1671 AB Hoorn", "Bristol
 * BS1 4DJ". */
bool address_is_town(const char *text);
/* Whether the cell can be the name of a company or person: letters, no label, no value, no town. */
bool address_can_be_name(const struct facts *facts, guint cell);

#endif
