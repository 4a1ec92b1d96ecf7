/* Payment terms in words to the day that they mean: "30 jours fin de mois", "net 30", "à réception", "30 gg
 * d.f. f.m.". */
#ifndef RELANCE_DOCUMENT_TERMS_H
#define RELANCE_DOCUMENT_TERMS_H

#include "base/base.h"
#include "base/date.h"

struct terms {
	bool found;
	int days;	      /* 0: on receipt */
	int months;	      /* "within one month" */
	bool end_of_decade;   /* "fin de décade": on to the 10th, the 20th or the end of the month */
	bool end_of_month;    /* then to the end of the month */
	bool month_end_first; /* "fin de mois + 30 jours": the end of the month first, then the days */
	int day_of_month;     /* "le 10": then on to that day; 0: none */
};

/*
 * The terms in TEXT (UTF-8, any language of the house). What is said of a discount for early payment is left
 * out; of several periods the longest counts. A TEXT without terms gives found = false.
 */
struct terms terms_read(const char *text);
/* Counted from the day of the invoice. */
date_t terms_due_date(const struct terms *terms, date_t issue_date);

#endif
