/*
 * Civil dates: a day of the proleptic Gregorian calendar without time or zone, as the number of days since 1970-01-01.
 * Valid from 1900-01-01 to 2199-12-31; all functions abort on DATE_NONE unless they say otherwise.
 */
#ifndef RELANCE_BASE_DATE_H
#define RELANCE_BASE_DATE_H

#include "base/base.h"

typedef int32_t date_t;
#define DATE_NONE INT32_MIN

enum weekday { MONDAY = 1, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY }; /* ISO 8601 numbers */

struct date_parts {
	int year;
	int month; /* 1..12 */
	int day;   /* 1..31 */
};

/* DATE_NONE where the day does not exist (31 April, year out of range). */
date_t date_from_parts(int year, int month, int day);
struct date_parts date_parts(date_t date);
enum weekday date_weekday(date_t date);
int date_days_in_month(int year, int month);
date_t date_end_of_month(date_t date);
/* The same day N months on (N may be negative); the last day of the month where that day does not exist. */
date_t date_add_months(date_t date, int months);
/* ISO 8601 week, 1..53, and the year it belongs to. */
int date_iso_week(date_t date, int *year);
/* The Monday of an ISO week; DATE_NONE where the year has no such week. */
date_t date_of_iso_week(int year, int week);
/* Western Easter Sunday of a year. */
date_t date_easter(int year);

/* "YYYY-MM-DD" and nothing else; false leaves DATE untouched. */
bool date_parse(const char *text, date_t *date);
#define DATE_TEXT_SIZE 11
/* Writes YYYY-MM-DD (or "" for DATE_NONE) and returns TEXT. */
char *date_format(date_t date, char text[DATE_TEXT_SIZE]);

#endif
