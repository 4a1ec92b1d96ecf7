/* Dates as people write them in French, English, German, Spanish, Italian and Dutch. */
#ifndef RELANCE_DOCUMENT_NOTATION_H
#define RELANCE_DOCUMENT_NOTATION_H

#include "base/base.h"
#include "base/date.h"

struct date_text {
	date_t date;	  /* day before month, where both orders are possible */
	date_t swapped;	  /* the other reading of "03/04/2026"; DATE_NONE where there is only one */
	bool month_first; /* "03/25/2026": written in the American order, beyond doubt */
	bool day_first;	  /* "25/03/2026" */
	bool short_year;  /* "25.03.26" */
};

/*
 * Reads the date at the very start of TEXT (UTF-8, LENGTH bytes): "2026-03-12", "12.03.2026", "12/3/26", "12
 * mars 2026", "1er mars 2026", "12. März 2026", "March 12th, 2026", "12-Mar-2026", "12 de marzo de 2026",
 * with the name of a weekday before it. Returns its length, 0 where there is none. Years are 1990 to 2099.
 */
size_t date_text_scan(const char *text, size_t length, struct date_text *date);

#endif
