#include "base/base.h"
#include "base/holidays.h"

#include <strings.h>

static bool list_has(const char *list, const char *word)
{
	size_t length = strlen(word);
	for (const char *item = list; *item;) {
		size_t size = strcspn(item, " ");
		if (size == length && strncasecmp(item, word, length) == 0)
			return true;
		item += size + strspn(item + size, " ");
	}
	return false;
}

/* "FR-67" and "67" name the same region, so do 974 and RE. */
static const char *region_word(const char *country, const char *region)
{
	static const struct {
		const char *number, *code;
	} overseas[] = {{"971", "GP"}, {"972", "MQ"}, {"973", "GF"}, {"974", "RE"}, {"976", "YT"},
	    {"977", "BL"}, {"978", "MF"}};
	if (!region)
		return "";
	size_t length = strlen(country);
	if (strncasecmp(region, country, length) == 0 && region[length] == '-')
		region += length + 1;
	for (size_t i = 0; i < ARRAY_LENGTH(overseas); i++)
		if (strcmp(region, overseas[i].number) == 0)
			return overseas[i].code;
	return region;
}

static bool holds_in(const struct holiday_rule *rule, const char *region)
{
	if (!rule->regions)
		return true;
	if (rule->regions[0] == '-')
		return !list_has(rule->regions + 1, region);
	return list_has(rule->regions, region);
}

static date_t day_of_rule(const struct holiday_rule *rule, int year)
{
	if ((rule->first && year < rule->first) || (rule->last && year > rule->last))
		return DATE_NONE;
	if (rule->kind == HOLIDAY_EASTER)
		return date_easter(year) + rule->offset;
	date_t day = date_from_parts(year, rule->month, rule->day);
	if (rule->kind == HOLIDAY_WEEKDAY && date_weekday(day) != rule->itself)
		day += ((int)rule->weekday - (int)date_weekday(day) + 7) % 7 + rule->offset;
	return day;
}

static bool falls_on(const struct holiday_rule *rule, date_t day)
{
	date_t itself = day_of_rule(rule, date_parts(day).year);
	if (itself == DATE_NONE)
		return false;
	enum weekday weekday = date_weekday(itself);
	int shift = weekday == SATURDAY ? rule->saturday : weekday == SUNDAY ? rule->sunday : 0;
	if (shift && day == itself + shift)
		return true;
	return day == itself && !(shift && rule->moves);
}

bool holiday_country_known(const char *country)
{
	for (const struct holiday_rule *rule = holiday_rules; rule->country; rule++)
		if (country && strcasecmp(rule->country, country) == 0)
			return true;
	return false;
}

const char *holiday_name(const char *country, const char *region, date_t day)
{
	if (!country || !*country)
		return NULL;
	region = region_word(country, region);
	for (const struct holiday_rule *rule = holiday_rules; rule->country; rule++)
		if (strcasecmp(rule->country, country) == 0 && holds_in(rule, region) && falls_on(rule, day))
			return rule->name;
	return NULL;
}

bool business_day(const char *country, const char *region, date_t day)
{
	return date_weekday(day) < SATURDAY && !holiday_name(country, region, day);
}

date_t business_day_from(const char *country, const char *region, date_t day)
{
	while (!business_day(country, region, day))
		day++;
	return day;
}

date_t business_day_add(const char *country, const char *region, date_t day, int count)
{
	int step = count < 0 ? -1 : 1;
	while (count != 0) {
		day += step;
		if (business_day(country, region, day))
			count -= step;
	}
	return day;
}

bool bank_day(date_t day)
{
	struct date_parts parts = date_parts(day);
	date_t easter = date_easter(parts.year);
	bool closed = (parts.month == 1 && parts.day == 1) || (parts.month == 5 && parts.day == 1) ||
		      (parts.month == 12 && (parts.day == 25 || parts.day == 26)) || day == easter - 2 ||
		      day == easter + 1;
	return date_weekday(day) < SATURDAY && !closed;
}
