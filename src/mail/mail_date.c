#include "base/base.h"
#include "mail/mail_date.h"

#include <glib.h>

static const char months[12][4] = {
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};

static const struct {
	const char *name;
	int hours;
} zones[] = {{"ut", 0}, {"utc", 0}, {"gmt", 0}, {"z", 0}, {"est", -5}, {"edt", -4}, {"cst", -6}, {"cdt", -5},
    {"mst", -7}, {"mdt", -6}, {"pst", -8}, {"pdt", -7}, {"wet", 0}, {"west", 1}, {"cet", 1}, {"mez", 1},
    {"cest", 2}, {"mesz", 2}, {"eet", 2}, {"eest", 3}, {"bst", 1}, {"msk", 3}, {"jst", 9}};

struct draft {
	int day, month, year;
	int seconds; /* of the day, -1: none yet */
	int offset;
};

static bool read_month(const char *word, size_t length, struct draft *draft)
{
	for (int i = 0; i < 12; i++)
		if (length >= 3 && !g_ascii_strncasecmp(word, months[i], 3)) {
			draft->month = i + 1;
			return true;
		}
	return false;
}

static void read_zone_name(const char *word, size_t length, struct draft *draft)
{
	for (size_t i = 0; i < ARRAY_LENGTH(zones); i++)
		if (strlen(zones[i].name) == length && !g_ascii_strncasecmp(word, zones[i].name, length))
			draft->offset = zones[i].hours * 3600;
}

/* Two digits or more at most nine; what is behind them goes to END. */
static int read_number(const char *text, const char **end)
{
	int number = 0;
	const char *at = text;
	for (; g_ascii_isdigit(*at); at++)
		if (at - text < 9)
			number = number * 10 + (*at - '0');
	*end = at;
	return number;
}

/* "10:02", "10:02:30", "10.02.30" behind its first number. */
static const char *read_time(const char *at, int hours, struct draft *draft)
{
	int minutes = read_number(at + 1, &at), seconds = 0;
	if ((*at == ':' || *at == '.') && g_ascii_isdigit(at[1]))
		seconds = read_number(at + 1, &at);
	if (hours < 24 && minutes < 60 && seconds <= 60)
		draft->seconds = hours * 3600 + minutes * 60 + MIN(seconds, 59);
	return at;
}

/* "+0100", "+01:00", "+1". */
static const char *read_offset(const char *at, struct draft *draft)
{
	int sign = *at == '-' ? -1 : 1;
	const char *start = at + 1;
	int number = read_number(start, &at), hours, minutes = 0;
	if (at - start <= 2) {
		hours = number;
		if (*at == ':' && g_ascii_isdigit(at[1]))
			minutes = read_number(at + 1, &at);
	} else {
		hours = number / 100;
		minutes = number % 100;
	}
	if (hours <= 14 && minutes < 60)
		draft->offset = sign * (hours * 3600 + minutes * 60);
	return at;
}

static int full_year(int year, ptrdiff_t digits)
{
	if (digits >= 4)
		return year;
	return digits == 3 ? 1900 + year : year < 50 ? 2000 + year : 1900 + year; /* RFC 5322, 4.3 */
}

static void take_number(int number, ptrdiff_t digits, struct draft *draft)
{
	if (!draft->day && digits <= 2 && number >= 1 && number <= 31)
		draft->day = number;
	else if (!draft->year && draft->month)
		draft->year = full_year(number, digits);
}

bool mail_date_parse(const char *text, instant_t *instant, int *offset)
{
	struct draft draft = {.seconds = -1};
	const char *at = text;
	while (*at) {
		if (g_ascii_isalpha(*at)) {
			const char *word = at;
			while (g_ascii_isalpha(*at))
				at++;
			size_t length = (size_t)(at - word);
			if (draft.month || !read_month(word, length, &draft))
				read_zone_name(word, length, &draft);
		} else if (g_ascii_isdigit(*at)) {
			const char *number_text = at;
			int number = read_number(at, &at);
			bool is_time = draft.seconds < 0 && draft.month && (*at == ':' || *at == '.') &&
				       g_ascii_isdigit(at[1]);
			if (is_time)
				at = read_time(at, number, &draft);
			else
				take_number(number, at - number_text, &draft);
		} else if ((*at == '+' || *at == '-') && g_ascii_isdigit(at[1]) && draft.seconds >= 0) {
			at = read_offset(at, &draft);
		} else if (*at == '(') { /* the zone's name again */
			break;
		} else {
			at++;
		}
	}
	if (!draft.day || !draft.month || !draft.year)
		return false;
	date_t date = date_from_parts(draft.year, draft.month, draft.day);
	if (date == DATE_NONE)
		return false;
	*instant = instant_from_date(date, MAX(draft.seconds, 0), draft.offset);
	*offset = draft.offset;
	return true;
}
