#include "unit.h"
#include "base/closing_days.h"

static date_t day(const char *text)
{
	date_t date = DATE_NONE;
	assert_true(date_parse(text, &date));
	return date;
}

static void closing_days_are_days_and_ranges_of_one_or_of_every_year(void **state)
{
	(void)state;
	static const struct {
		const char *item, *day;
		bool closed;
	} rows[] = {
	    {"2026-05-15", "2026-05-15", true},
	    {"2026-05-15", "2027-05-15", false},
	    {"2026-12-24..2027-01-02", "2026-12-23", false},
	    {"2026-12-24..2027-01-02", "2026-12-24", true},
	    {"2026-12-24..2027-01-02", "2027-01-02", true},
	    {"2026-12-24..2027-01-02", "2027-01-03", false},
	    {"2026-12-24..2027-01-02", "2027-12-31", false},
	    {"05-02", "2031-05-02", true},
	    {"05-02", "2031-05-03", false},
	    {"08-01..08-21", "2026-07-31", false},
	    {"08-01..08-21", "2026-08-01", true},
	    {"08-01..08-21", "2029-08-21", true},
	    {"08-01..08-21", "2029-08-22", false},
	    {"12-24..01-02", "2026-12-31", true},
	    {"12-24..01-02", "2027-01-02", true},
	    {"12-24..01-02", "2027-01-03", false},
	    {"12-24..01-02", "2027-12-23", false},
	    {"02-29", "2028-02-29", true},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		char *items[] = {(char *)"1999-01-01", (char *)rows[i].item};
		struct text_list list = {items, 2};
		assert_true(closing_days_is_valid(rows[i].item));
		const char *found = closing_days_find(&list, day(rows[i].day));
		if (rows[i].closed != (found == rows[i].item))
			fail_msg("%s on %s: %s", rows[i].item, rows[i].day, found ? found : "open");
	}
	assert_null(closing_days_find(NULL, day("2026-01-01")));
}

static void other_forms_are_refused(void **state)
{
	(void)state;
	static const char *const wrong[] = {"", "2026", "2026-02-30", "13-01", "02-30", "1-1",
	    "2026-12-24..01-02", "12-24..2027-01-02", "2027-01-02..2026-12-24", "05-02...05-03", "05-02..",
	    "..05-02", "05-02-", "aa-bb", "0000-01-01", "05-02..05-03..05-04"};
	for (size_t i = 0; i < ARRAY_LENGTH(wrong); i++)
		if (closing_days_is_valid(wrong[i]))
			fail_msg("\"%s\" is taken", wrong[i]);
}

static void the_next_day_is_open_here_and_a_business_day_there(void **state)
{
	(void)state;
	char *items[] = {(char *)"2026-07-10..2026-07-13", (char *)"07-15"};
	struct text_list list = {items, 2};
	/* Friday 10 to Monday 13 we are closed, the 14th is a public holiday in France, the 15th we are
	 * closed again */
	assert_int_equal(closing_days_skip(&list, "FR", "", day("2026-07-10")), day("2026-07-16"));
	assert_int_equal(closing_days_skip(&list, "DE", "", day("2026-07-10")), day("2026-07-14"));
	assert_int_equal(closing_days_skip(&list, "FR", "", day("2026-07-09")), day("2026-07-09"));
	assert_int_equal(closing_days_skip(NULL, "FR", "", day("2026-07-11")), day("2026-07-13"));
	char *always[] = {(char *)"01-01..12-31"};
	assert_int_equal(closing_days_skip(&(struct text_list){always, 1}, "FR", "", day("2026-07-11")),
	    day("2026-07-13"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(closing_days_are_days_and_ranges_of_one_or_of_every_year),
	    cmocka_unit_test(other_forms_are_refused),
	    cmocka_unit_test(the_next_day_is_open_here_and_a_business_day_there),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
