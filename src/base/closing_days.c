#include "base/base.h"
#include "base/closing_days.h"

#include "base/holidays.h"

#define LONGEST_DAYS 366

/* A day as it is written: YEAR 0 stands for every year. */
struct end {
	int year, month, day;
};

static bool is_number(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (text[i] < '0' || text[i] > '9')
			return false;
	return true;
}

static int number_of(const char *text, size_t length)
{
	int number = 0;
	for (size_t i = 0; i < length; i++)
		number = number * 10 + text[i] - '0';
	return number;
}

/* "2026-12-24" or "12-24" of LENGTH bytes. */
static bool read_end(const char *text, size_t length, struct end *end)
{
	*end = (struct end){0};
	if (length == 10 && text[4] == '-' && is_number(text, 4)) {
		end->year = number_of(text, 4);
		text += 5;
		length -= 5;
		if (end->year == 0)
			return false;
	}
	if (length != 5 || text[2] != '-' || !is_number(text, 2) || !is_number(text + 3, 2))
		return false;
	end->month = number_of(text, 2);
	end->day = number_of(text + 3, 2);
	/* 29 February of every year: of those that have one */
	return date_from_parts(end->year ? end->year : 2028, end->month, end->day) != DATE_NONE;
}

static bool read_range(const char *text, struct end *first, struct end *last)
{
	const char *dots = strstr(text, "..");
	size_t length = dots ? (size_t)(dots - text) : strlen(text);
	if (!read_end(text, length, first))
		return false;
	*last = *first;
	return !dots || (read_end(dots + 2, strlen(dots + 2), last) && !first->year == !last->year);
}

/* In the order of the calendar; years that are 0 are equal. */
static int place_of(const struct end *end)
{
	return (end->year * 100 + end->month) * 100 + end->day;
}

bool closing_days_is_valid(const char *text)
{
	struct end first, last;
	return read_range(text, &first, &last) && (!first.year || place_of(&first) <= place_of(&last));
}

static bool falls_into(const char *text, date_t day)
{
	struct end first, last;
	if (!read_range(text, &first, &last))
		return false;
	struct date_parts parts = date_parts(day);
	struct end at = {first.year ? parts.year : 0, parts.month, parts.day};
	bool begun = place_of(&at) >= place_of(&first), over = place_of(&at) > place_of(&last);
	/* from one year into the next */
	return place_of(&first) > place_of(&last) ? begun || !over : begun && !over;
}

const char *closing_days_find(const struct text_list *days, date_t day)
{
	for (size_t i = 0; days && i < days->count; i++)
		if (falls_into(days->items[i], day))
			return days->items[i];
	return NULL;
}

date_t closing_days_skip(const struct text_list *days, const char *country, const char *region, date_t day)
{
	date_t first = business_day_from(country, region, day);
	date_t open = first;
	while (closing_days_find(days, open)) {
		if (open - first > LONGEST_DAYS)
			return first;
		open = business_day_from(country, region, open + 1);
	}
	return open;
}
