/*
 * Public holidays by rule, business days and bank days. Pure: a table of laws in holidays_rules.c, no files.
 * Holds for days from 2020 on; earlier years follow today's rules where no row says otherwise.
 *
 * COUNTRY is ISO 3166-1 alpha-2; REGION is the second half of an ISO 3166-2 code ("67", "BY", "SCT"; "FR-67"
 * and the French overseas departments' numbers are understood, too), NULL or "" for none: then only the days
 * that hold in the whole country count. A country without rules has week-ends only (holiday_country_known
 * tells).
 */
#ifndef RELANCE_BASE_HOLIDAYS_H
#define RELANCE_BASE_HOLIDAYS_H

#include "base/base.h"
#include "base/date.h"

bool holiday_country_known(const char *country);
/* The day's name in the country's own language, NULL where it is no public holiday. */
const char *holiday_name(const char *country, const char *region, date_t day);
/* Monday to Friday and no public holiday. */
bool business_day(const char *country, const char *region, date_t day);
/* DAY itself or the first business day after it. */
date_t business_day_from(const char *country, const char *region, date_t day);
/* COUNT business days after DAY (before it where COUNT is negative); 0: DAY itself. */
date_t business_day_add(const char *country, const char *region, date_t day, int count);
/* TARGET (SEPA) is open: payments in euros arrive. Closed on week-ends, 1 January, Good Friday, Easter
 * Monday, 1 May, 25 and 26 December (ECB, long-term calendar for TARGET closing days). */
bool bank_day(date_t day);

/* One rule. The table ends with a NULL country. */
enum holiday_kind {
	HOLIDAY_FIXED,	 /* MONTH, DAY */
	HOLIDAY_EASTER,	 /* OFFSET days after Easter Sunday */
	HOLIDAY_WEEKDAY, /* the first WEEKDAY on or after MONTH, DAY; then OFFSET days on */
};
struct holiday_rule {
	const char *country;
	const char *regions; /* separated by spaces; NULL: the whole country; "-SCT": all but these */
	enum holiday_kind kind;
	int month, day;
	int offset;
	enum weekday weekday;
	enum weekday itself; /* HOLIDAY_WEEKDAY: MONTH, DAY itself where it is such a day; 0: no such rule */
	int saturday, sunday; /* days by which one that falls on such a day gets a substitute; 0: none */
	bool moves;	      /* the substitute replaces the day itself */
	int first, last;      /* years; 0: no bound */
	const char *name;
};
extern const struct holiday_rule holiday_rules[];

#endif
