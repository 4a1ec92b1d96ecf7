#include "base/base.h"
#include "base/instant.h"

#include <ctype.h>

#define DAY 86400

static bool two_digits(const char *text, int most, int *number)
{
	if (!isdigit((unsigned char)text[0]) || !isdigit((unsigned char)text[1]))
		return false;
	*number = (text[0] - '0') * 10 + (text[1] - '0');
	return *number <= most;
}

static bool parse_zone(const char *text, int *offset)
{
	if ((text[0] == 'Z' || text[0] == 'z') && !text[1]) {
		*offset = 0;
		return true;
	}
	int hours, minutes;
	if ((text[0] != '+' && text[0] != '-') || strlen(text) != 6 || text[3] != ':' ||
	    !two_digits(text + 1, 23, &hours) || !two_digits(text + 4, 59, &minutes))
		return false;
	*offset = (hours * 60 + minutes) * 60 * (text[0] == '-' ? -1 : 1);
	return true;
}

bool instant_parse(const char *text, instant_t *instant, int *offset)
{
	if (!text || strlen(text) < 20 || (text[10] != 'T' && text[10] != 't' && text[10] != ' '))
		return false;
	char day[DATE_TEXT_SIZE];
	memcpy(day, text, 10);
	day[10] = '\0';
	date_t date;
	int hour, minute, second, zone;
	if (!date_parse(day, &date) || text[13] != ':' || text[16] != ':' || !two_digits(text + 11, 23, &hour) ||
	    !two_digits(text + 14, 59, &minute) || !two_digits(text + 17, 60, &second))
		return false;
	const char *rest = text + 19;
	if (*rest == '.')
		for (rest++; isdigit((unsigned char)*rest);)
			rest++;
	if (!parse_zone(rest, &zone))
		return false;
	*instant = instant_from_date(date, (hour * 60 + minute) * 60 + second, zone);
	if (offset)
		*offset = zone;
	return true;
}

date_t instant_date(instant_t instant, int offset)
{
	int64_t local = instant + offset;
	int64_t day = local / DAY - (local % DAY < 0 ? 1 : 0);
	return (date_t)day;
}

int instant_second_of_day(instant_t instant, int offset)
{
	int64_t second = (instant + offset) % DAY;
	return (int)(second < 0 ? second + DAY : second);
}

instant_t instant_from_date(date_t date, int second, int offset)
{
	return (instant_t)date * DAY + second - offset;
}

char *instant_format(instant_t instant, int offset, char text[INSTANT_TEXT_SIZE])
{
	text[0] = '\0';
	if (instant == INSTANT_NONE)
		return text;
	char day[DATE_TEXT_SIZE];
	date_format(instant_date(instant, offset), day);
	int second = instant_second_of_day(instant, offset);
	int length = snprintf(
	    text, INSTANT_TEXT_SIZE, "%sT%02d:%02d:%02d", day, second / 3600, second / 60 % 60, second % 60);
	int zone = offset < 0 ? -offset : offset;
	if (offset == 0)
		snprintf(text + length, INSTANT_TEXT_SIZE - (size_t)length, "Z");
	else
		snprintf(text + length, INSTANT_TEXT_SIZE - (size_t)length, "%c%02d:%02d", offset < 0 ? '-' : '+',
		    zone / 3600 % 100, zone / 60 % 60);
	return text;
}
