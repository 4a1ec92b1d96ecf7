/* The amounts of an invoice from what stands beside labels, checked against each other. What does not agree
 * stays absent. */
#ifndef RELANCE_DOCUMENT_SUMS_H
#define RELANCE_DOCUMENT_SUMS_H

#include "base/base.h"
#include "base/money.h"
#include "document/facts.h"

struct sums {
	struct money total, paid, payable, tax; /* MONEY_NONE where absent or doubtful */
	struct money withheld; /* what is kept back makes the total into what is payable; MONEY_NONE else */
	int confidence;	       /* thousandths, of the payable amount; of the total where that is absent */
	bool labelled;	       /* a label says what is to be paid */
	bool verified;	       /* net and tax add up to the total */
	bool conflicting;      /* amounts that contradict each other were found */
};

/* CURRENCY "" gives nothing. A prepayment invoice has no part payments. */
struct sums sums_find(const struct facts *facts, const char *currency, bool is_prepayment);

#endif
