/*
 * Expressions of a day in a text, reckoned from the day of the message: the definitions of the reply corpus
 * (conf/lexicon has the words, this file the reckoning).
 */
#ifndef RELANCE_LANGUAGE_DATES_H
#define RELANCE_LANGUAGE_DATES_H

#include "base/base.h"
#include "base/date.h"
#include "language/stream.h"

/* A reply speaks of fewer; what follows is a table or an attack and is not looked at. */
#define DATES_MAX 150

/* What days are reckoned from; DATE_NONE where it is not known. */
struct date_base {
	date_t sent;	      /* the day of the message */
	date_t due;	      /* when all our documents fall due */
	date_t issued;	      /* when all our documents were made out */
	enum day_order order; /* of the days in numbers that leave it open: day_order_told() */
};

struct date_found {
	uint32_t position, length; /* items */
	date_t forward;		   /* read as something to come; DATE_NONE where it cannot be reckoned */
	date_t backward;	   /* read as something past */
	bool exact;		   /* both are the same because the words leave no choice */
	bool until;		   /* the end of a time that lasts ("jusqu'au 14 inclus") */
	bool period;	 /* a length of time, no day; with the day where it ends for "30 days net" */
	bool vague;	 /* a month, a week, a part of them */
	bool whole;	 /* of these a whole one, whose last day stands for it: no day of what is past */
	bool bare_day;	 /* "the 25th" without a month */
	bool of_month;	 /* a day, the end, the middle or the beginning of a named month */
	bool calendar;	 /* the day is written out: "12 May", "12/5", "Friday 12" */
	bool at_once;	 /* "right away": the day of the message, where nothing has to happen before */
	bool follows;	 /* reckoned from the day that is named before it: "the day after" */
	bool before;	 /* the last day before the one that is named: "not before the 15th" */
	bool till;	 /* the end of a time, which may be the day after it: "until the 14th" */
	bool holiday;	 /* a day that has a name: Christmas, Ascension Day */
	bool bare;	 /* of dates_find_bare: in no list of days that are weighed */
	bool month_end;	 /* the end of a month, in these words */
	uint16_t lasts;	 /* days of an absence whose length is told: "away for two weeks"; else 0 */
	uint8_t weekday; /* of a bare weekday, else 0 */
};

/* The days that STREAM speaks of, in order; also annotates them as @date, @future, @past, @today.
 * g_array_free. */
GArray *dates_find(struct stream *stream, const struct date_base *base);

/* What may be a day beside DATES, which dates_find gave for the same stream, but is said too barely to count
 * where there is another one ("25th as always", "48 hours"): `maybe` of the lexicon. A few, in order, not
 * annotated; none where there are many others. g_array_free. */
GArray *dates_find_bare(const struct stream *stream, const struct date_base *base, const GArray *dates);

/* FOUND is after SENT (or that day, where the words leave it open) and likely meant so. */
bool date_is_to_come(const struct date_found *found, date_t sent);

/* DATE itself where it is a working day, else the next one; bank holidays aside but New Year's Day, Easter
 * Monday and Christmas Day. */
date_t next_working_day(date_t date);

#endif
