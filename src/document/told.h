/* An invoice that is told in a sentence: "The amount of EUR 1,234.00 is due on 9 April." */
#ifndef RELANCE_DOCUMENT_TOLD_H
#define RELANCE_DOCUMENT_TOLD_H

#include "base/base.h"
#include "base/money.h"
#include "document/facts.h"

/* Whether the words remind of a debt, thank for a payment, offer or take back something: no invoice then. */
bool told_otherwise(const struct facts *facts);
/*
 * The amount in CURRENCY where the text has no other, and neither reminds of a debt nor thanks for a payment
 * nor offers something; false otherwise. It is what is to be paid only where number and day to pay by are
 * told, too.
 */
bool told_amount(const struct facts *facts, const char *currency, struct money *amount);

#endif
