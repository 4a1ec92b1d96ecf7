#include "unit.h"
#include "base/holidays.h"

#include <jansson.h>
#include <unistd.h>

static date_t day(const char *text)
{
	date_t date = DATE_NONE;
	assert_true(date_parse(text, &date));
	return date;
}

struct row {
	const char *country, *region, *day, *name;
};

static void each_country_has_its_days(void **state)
{
	(void)state;
	static const struct row rows[] = {
	    {"FR", NULL, "2026-05-14", "Ascension"},
	    {"FR", NULL, "2026-04-03", NULL},
	    {"FR", "67", "2026-04-03", "Vendredi saint"},
	    {"FR", "FR-67", "2026-12-26", "Saint-Étienne"},
	    {"FR", "974", "2026-12-20", "Abolition de l’esclavage"},
	    {"DE", "SN", "2026-11-18", "Buß- und Bettag"},
	    {"DE", "BE", "2026-11-18", NULL},
	    {"DE", "BY", "2026-06-04", "Fronleichnam"},
	    {"DE", "BE", "2025-05-08", "Tag der Befreiung"},
	    {"DE", "BE", "2026-05-08", NULL},
	    {"AT", "", "2026-10-26", "Nationalfeiertag"},
	    {"CH", "GE", "2026-09-10", "Jeûne genevois"},
	    {"CH", "VD", "2026-09-21", "Lundi du Jeûne fédéral"},
	    {"ES", "CT", "2026-04-02", NULL},
	    {"ES", "MD", "2026-04-02", "Jueves Santo"},
	    {"NL", NULL, "2025-04-26", "Koningsdag"},
	    {"NL", NULL, "2025-04-27", NULL},
	    {"GB", "ENG", "2021-12-27", "Christmas Day"},
	    {"GB", "ENG", "2021-12-28", "Boxing Day"},
	    {"GB", "ENG", "2022-12-27", "Christmas Day"},
	    {"GB", "ENG", "2022-01-03", "New Year’s Day"},
	    {"GB", "SCT", "2022-01-04", "2nd January"},
	    {"GB", "SCT", "2023-01-03", "New Year’s Day"},
	    {"GB", "SCT", "2026-04-06", NULL},
	    {"GB", "", "2026-08-31", "Summer bank holiday"},
	    {"GB", "", "2022-05-30", NULL},
	    {"IE", NULL, "2026-02-02", "St Brigid’s Day"},
	    {"IE", NULL, "2022-02-07", NULL},
	    {"IE", NULL, "2030-02-01", "St Brigid’s Day"},
	    {"IE", NULL, "2030-02-04", NULL},
	    {"IE", NULL, "2031-02-03", "St Brigid’s Day"},
	    {"IE", NULL, "2036-02-01", "St Brigid’s Day"},
	    {"IE", NULL, "2036-02-04", NULL},
	    {"IE", NULL, "2026-10-26", "October holiday"},
	    {"US", NULL, "2026-12-25", NULL},
	    {NULL, NULL, "2026-12-25", NULL},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		const char *name = holiday_name(rows[i].country, rows[i].region, day(rows[i].day));
		if (rows[i].name)
			assert_string_equal(name ? name : "(none)", rows[i].name);
		else if (name)
			fail_msg("%s %s should be no holiday", rows[i].country, rows[i].day);
	}
	assert_true(holiday_country_known("fr"));
	assert_false(holiday_country_known("US"));
}

static void business_days_skip_weekends_and_holidays(void **state)
{
	(void)state;
	/* Friday 1 May 2026, and Friday 8 May */
	assert_false(business_day("FR", NULL, day("2026-05-01")));
	assert_int_equal(business_day_from("FR", NULL, day("2026-05-01")), day("2026-05-04"));
	assert_int_equal(business_day_from("FR", NULL, day("2026-05-04")), day("2026-05-04"));
	assert_int_equal(business_day_add("FR", NULL, day("2026-04-30"), 5), day("2026-05-11"));
	assert_int_equal(business_day_add("FR", NULL, day("2026-05-11"), -5), day("2026-04-30"));
	assert_int_equal(business_day_add("FR", NULL, day("2026-05-02"), 0), day("2026-05-02"));
	assert_false(business_day("", NULL, day("2026-05-02")));
}

static void bank_days_are_those_of_target(void **state)
{
	(void)state;
	static const char *const closed[] = {
	    "2026-01-01", "2026-04-03", "2026-04-06", "2026-05-01", "2026-12-25", "2026-12-26", "2026-07-18"};
	for (size_t i = 0; i < ARRAY_LENGTH(closed); i++)
		assert_false(bank_day(day(closed[i])));
	assert_true(bank_day(day("2026-07-14"))); /* French, not TARGET's */
	assert_true(bank_day(day("2026-05-14")));
}

/* Every day of the file is ours, and every other day of its year is none. */
static void compare_with_fixture(const char *folder, const char *country, const char *region, int year)
{
	char path[512];
	snprintf(path, sizeof path, "%s/%s%s%s-%d.json", folder, country, region ? "-" : "",
	    region ? region : "", year);
	if (access(path, R_OK) != 0)
		return;
	json_t *days = json_load_file(path, 0, NULL);
	assert_non_null(days);
	date_t first = date_from_parts(year, 1, 1), last = date_from_parts(year, 12, 31);
	for (date_t date = first; date <= last; date++) {
		char text[DATE_TEXT_SIZE];
		date_format(date, text);
		const char *theirs = NULL;
		size_t i;
		json_t *entry;
		json_array_foreach(days, i,
		    entry) if (strcmp(json_string_value(json_object_get(entry, "type")), "public") == 0 &&
			       strncmp(json_string_value(json_object_get(entry, "date")), text, 10) == 0)
		    theirs = json_string_value(json_object_get(entry, "name"));
		const char *ours = holiday_name(country, region, date);
		/* a Maundy Thursday that two of Spain's seventeen communities work on is theirs to observe */
		bool spanish_thursday = strcmp(country, "ES") == 0 && date == date_easter(year) - 3;
		if (!ours != !theirs && !spanish_thursday)
			fail_msg("%s %s: ours %s, theirs %s", path, text, ours ? ours : "none",
			    theirs ? theirs : "none");
	}
	json_decref(days);
}

static void the_collection_of_other_people_agrees(void **state)
{
	(void)state;
	const char *corpora = getenv("RELANCE_CORPORA");
	char folder[400];
	snprintf(folder, sizeof folder, "%s/holidays/date-holidays/test/fixtures", corpora ? corpora : "");
	if (!corpora || access(folder, R_OK) != 0) {
		print_message("RELANCE_CORPORA is not there: skipped\n");
		skip();
	}
	static const char *const places[][2] = {{"FR", NULL}, {"FR", "57"}, {"FR", "67"}, {"FR", "68"},
	    {"FR", "BL"}, {"FR", "GF"}, {"FR", "GP"}, {"FR", "MF"}, {"FR", "MQ"}, {"FR", "RE"}, {"FR", "YT"},
	    {"BE", NULL}, {"LU", NULL}, {"DE", NULL}, {"CH", NULL}, {"ES", NULL}, {"IT", NULL}, {"NL", NULL},
	    {"PT", NULL}};
	for (size_t i = 0; i < ARRAY_LENGTH(places); i++)
		for (int year = 2020; year <= 2030; year++)
			compare_with_fixture(folder, places[i][0], places[i][1], year);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_country_has_its_days),
	    cmocka_unit_test(business_days_skip_weekends_and_holidays),
	    cmocka_unit_test(bank_days_are_those_of_target),
	    cmocka_unit_test(the_collection_of_other_people_agrees),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
