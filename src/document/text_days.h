/* The days of an invoice from its page: that of the invoice itself, and that by which it must be paid. */
#ifndef RELANCE_DOCUMENT_TEXT_DAYS_H
#define RELANCE_DOCUMENT_TEXT_DAYS_H

#include "base/base.h"
#include "document/facts.h"
#include "document/invoice.h"

/* What was found of a page on the way, besides the invoice itself. */
struct text_reading {
	const struct facts *facts;
	struct invoice *invoice;
	bool month_first; /* the page writes dates in the American order */
	bool verified;	  /* its sums add up */
	bool told;	  /* its amount stands in a sentence, and no other anywhere */
};

/* Fills issue_date and due_date; may find out that the months come first. */
void text_days_find(struct text_reading *reading);
/* The day that DATE means on this page. */
date_t text_resolve(const struct text_reading *reading, const struct date_text *date);
/* Whether an invoice of its day can be due then. */
bool text_is_plausible_due(const struct text_reading *reading, date_t due);
/* The fact of LABEL, of LEAST_STRENGTH at least, that is worth most; NULL where there is none. CONFLICTING:
 * two such tell different days. */
const struct fact *text_best_fact(
    const struct facts *facts, enum label label, int least_strength, bool *conflicting);

#endif
