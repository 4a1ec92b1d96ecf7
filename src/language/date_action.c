/* How the lexicon files name the ways to reckon a day (conf/lexicon/README). */
#include "base/base.h"

#include "base/date.h"
#include "language/lexicon.h"

static const struct {
	const char *word;
	enum date_action action;
} date_actions[] = {
    {"day-month", DATE_DAY_MONTH},
    {"day", DATE_DAY},
    {"numeric", DATE_NUMERIC},
    {"weekday", DATE_WEEKDAY},
    {"weekday-day", DATE_WEEKDAY_DAY},
    {"offset", DATE_OFFSET},
    {"at-once", DATE_AT_ONCE},
    {"days", DATE_DAYS},
    {"workdays", DATE_WORKDAYS},
    {"weeks", DATE_WEEKS},
    {"months", DATE_MONTHS},
    {"end-of-month", DATE_END_OF_MONTH},
    {"end-of-named-month", DATE_END_OF_NAMED_MONTH},
    {"middle-of-month", DATE_MIDDLE_OF_MONTH},
    {"middle-of-named-month", DATE_MIDDLE_OF_NAMED_MONTH},
    {"start-of-month", DATE_START_OF_MONTH},
    {"start-of-named-month", DATE_START_OF_NAMED_MONTH},
    {"day-of-month", DATE_DAY_OF_MONTH},
    {"named-month", DATE_NAMED_MONTH},
    {"week", DATE_WEEK},
    {"iso-week", DATE_ISO_WEEK},
    {"weekday-of-week", DATE_WEEKDAY_OF_WEEK},
    {"end-of-year", DATE_END_OF_YEAR},
    {"end-of-quarter", DATE_END_OF_QUARTER},
    {"half-month", DATE_HALF_MONTH},
    {"monday-of-week", DATE_MONDAY_OF_WEEK},
    {"fixed", DATE_FIXED},
    {"easter", DATE_EASTER},
    {"first-from", DATE_FIRST_FROM},
    {"due", DATE_DUE},
    {"nth-weekday", DATE_NTH_WEEKDAY},
    {"last-workday", DATE_LAST_WORKDAY},
    {"nth-workday", DATE_NTH_WORKDAY},
    {"month", DATE_MONTH},
    {"end-of-week", DATE_END_OF_WEEK},
    {"week-of-month", DATE_WEEK_OF_MONTH},
    {"decade", DATE_DECADE},
    {"next-of-days", DATE_NEXT_OF_DAYS},
    {"range-of-days", DATE_RANGE_OF_DAYS},
    {"terms", DATE_TERMS},
    {"following", DATE_FOLLOWING},
    {"following-weekday", DATE_FOLLOWING_WEEKDAY},
    {"following-month", DATE_FOLLOWING_MONTH},
    {"following-days", DATE_FOLLOWING_DAYS},
    {"following-same-day", DATE_FOLLOWING_SAME_DAY},
    {"day-of-that-month", DATE_DAY_OF_THAT_MONTH},
    {"before", DATE_BEFORE},
    {"after", DATE_AFTER},
    {"next-day", DATE_NEXT_DAY},
    {"days-after", DATE_DAYS_AFTER},
    {"weekday-after", DATE_WEEKDAY_AFTER},
    {"weekday-before", DATE_WEEKDAY_BEFORE},
    {"week-of", DATE_WEEK_OF},
    {"until", DATE_UNTIL},
    {"till", DATE_TILL},
    {"same", DATE_SAME},
    {"last", DATE_LAST},
    {"period", DATE_PERIOD},
    {"lasting", DATE_LASTING},
    {"ignore", DATE_IGNORE},
};

bool date_action_from_word(const char *word, enum date_action *action)
{
	for (size_t i = 0; i < ARRAY_LENGTH(date_actions); i++)
		if (strcmp(word, date_actions[i].word) == 0) {
			*action = date_actions[i].action;
			return true;
		}
	return false;
}

/* MMDD: a day of a leap year. */
static bool is_day_of_year(int number)
{
	return number > 0 && date_from_parts(2024, number / 100, number % 100) != DATE_NONE;
}

#define MONTHS_MOST 120 /* nobody names a month that is further away */

bool date_action_takes(enum date_action action, int argument)
{
	switch (action) {
	case DATE_MONTH:
	case DATE_END_OF_MONTH:
	case DATE_MIDDLE_OF_MONTH:
	case DATE_DAY_OF_MONTH:
	case DATE_END_OF_QUARTER:
	case DATE_FOLLOWING_MONTH:
	case DATE_DAY_OF_THAT_MONTH:
		return abs(argument) <= MONTHS_MOST;
	case DATE_FIXED:
		return is_day_of_year(argument);
	case DATE_FIRST_FROM:
		return is_day_of_year(argument / 10) && argument % 10 >= 1 && argument % 10 <= 7;
	default:
		return true;
	}
}
