#include "base/base.h"
#include "base/date.h"

#define FIRST_YEAR 1900
#define LAST_YEAR  2199

static bool is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int date_days_in_month(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	if (month < 1 || month > 12)
		return 0;
	return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Days from civil and back: the era arithmetic of 400-year cycles, years counted from March. */
date_t date_from_parts(int year, int month, int day)
{
	if (year < FIRST_YEAR || year > LAST_YEAR || day < 1 || day > date_days_in_month(year, month))
		return DATE_NONE;
	int shifted = month <= 2 ? year - 1 : year;
	int era = shifted / 400;
	int year_of_era = shifted - era * 400;
	int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return era * 146097 + day_of_era - 719468;
}

struct date_parts date_parts(date_t date)
{
	if (date == DATE_NONE)
		abort();
	int shifted = date + 719468;
	int era = shifted / 146097;
	int day_of_era = shifted - era * 146097;
	int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int month_from_march = (5 * day_of_year + 2) / 153;
	struct date_parts parts = {
	    .year = year_of_era + era * 400,
	    .month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9,
	    .day = day_of_year - (153 * month_from_march + 2) / 5 + 1,
	};
	if (parts.month <= 2)
		parts.year++;
	return parts;
}

enum weekday date_weekday(date_t date)
{
	if (date == DATE_NONE)
		abort();
	int since_monday = (date + 3) % 7; /* 1970-01-01 was a Thursday */
	return (enum weekday)((since_monday < 0 ? since_monday + 7 : since_monday) + 1);
}

date_t date_end_of_month(date_t date)
{
	struct date_parts parts = date_parts(date);
	return date_from_parts(parts.year, parts.month, date_days_in_month(parts.year, parts.month));
}

date_t date_add_months(date_t date, int months)
{
	struct date_parts parts = date_parts(date);
	int month = parts.year * 12 + parts.month - 1 + months;
	int year = month / 12, number = month % 12 + 1;
	int last = date_days_in_month(year, number);
	return date_from_parts(year, number, parts.day < last ? parts.day : last);
}

int date_iso_week(date_t date, int *year)
{
	date_t thursday = date - (int)date_weekday(date) + THURSDAY;
	struct date_parts parts = date_parts(thursday);
	if (year)
		*year = parts.year;
	return (thursday - date_from_parts(parts.year, 1, 1)) / 7 + 1;
}

date_t date_of_iso_week(int year, int week)
{
	date_t fourth = date_from_parts(year, 1, 4); /* always in week 1 */
	if (fourth == DATE_NONE || week < 1 || week > 53)
		return DATE_NONE;
	date_t monday = fourth - (int)date_weekday(fourth) + MONDAY + (week - 1) * 7;
	int belongs;
	return date_iso_week(monday, &belongs) == week && belongs == year ? monday : DATE_NONE;
}

/* The anonymous Gregorian computus (Meeus, Jones, Butcher). */
date_t date_easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
	int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4;
	int l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
	int sum = h + l - 7 * m + 114;
	return date_from_parts(year, sum / 31, sum % 31 + 1);
}

static bool parse_digits(const char *text, int count, int *number)
{
	*number = 0;
	for (int i = 0; i < count; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		*number = *number * 10 + (text[i] - '0');
	}
	return true;
}

bool date_parse(const char *text, date_t *date)
{
	int year, month, day;
	if (!text || strlen(text) != 10 || text[4] != '-' || text[7] != '-' || !parse_digits(text, 4, &year) ||
	    !parse_digits(text + 5, 2, &month) || !parse_digits(text + 8, 2, &day))
		return false;
	date_t parsed = date_from_parts(year, month, day);
	if (parsed == DATE_NONE)
		return false;
	*date = parsed;
	return true;
}

char *date_format(date_t date, char text[DATE_TEXT_SIZE])
{
	text[0] = '\0';
	if (date == DATE_NONE)
		return text;
	struct date_parts parts = date_parts(date);
	snprintf(text, DATE_TEXT_SIZE, "%04u-%02u-%02u", (unsigned)parts.year % 10000u, (unsigned)parts.month % 100u,
	    (unsigned)parts.day % 100u);
	return text;
}
