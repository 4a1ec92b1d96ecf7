#include "base/base.h"

#include "language/dates.h"
#include "language/month_days.h"

date_t working_days_after(date_t sent, int64_t days)
{
	date_t date = sent;
	int way = days < 0 ? -1 : 1;
	for (int64_t left = MIN(days * way, 200); left > 0;) {
		date += way;
		if (date_weekday(date) <= FRIDAY)
			left--;
	}
	return date;
}

date_t next_working_day(date_t date)
{
	for (;;) {
		struct date_parts parts = date_parts(date);
		bool closed = date_weekday(date) >= SATURDAY || (parts.month == 1 && parts.day == 1) ||
			      (parts.month == 12 && parts.day == 25) || date == date_easter(parts.year) + 1;
		if (!closed)
			return date;
		date++;
	}
}

date_t month_day(date_t sent, int months, int day)
{
	struct date_parts parts = date_parts(sent);
	date_t first = date_add_months(date_from_parts(parts.year, parts.month, 1), months);
	parts = date_parts(first);
	return date_from_parts(
	    parts.year, parts.month, MIN(day, date_days_in_month(parts.year, parts.month)));
}

date_t in_month(date_t first, int day)
{
	if (first == DATE_NONE)
		return DATE_NONE;
	return month_day(first, 0, day);
}

date_t last_working_day(date_t first)
{
	date_t date = date_end_of_month(first);
	while (date_weekday(date) > FRIDAY)
		date--;
	return date;
}

date_t nth_weekday(date_t first, int weekday, int64_t n)
{
	if (first == DATE_NONE)
		return DATE_NONE;
	date_t last = date_end_of_month(first);
	if (n < 1)
		return last - ((int)date_weekday(last) - weekday + 7) % 7;
	date_t date = first + (weekday - (int)date_weekday(first) + 7) % 7 + 7 * (date_t)(MIN(n, 6) - 1);
	return date <= last ? date : DATE_NONE;
}

date_t nth_working_day(date_t first, int64_t n)
{
	if (first == DATE_NONE)
		return DATE_NONE;
	date_t date = next_working_day(first);
	for (int64_t left = n > 1 ? MIN(n, 23) - 1 : 0; left > 0; left--)
		date = next_working_day(date + 1);
	return date;
}

date_t end_of_quarter(date_t sent, int more)
{
	struct date_parts parts = date_parts(sent);
	int month = (parts.month - 1) / 3 * 3 + 3;
	return date_end_of_month(date_add_months(date_from_parts(parts.year, month, 1), 3 * more));
}
