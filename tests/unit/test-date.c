#include "unit.h"
#include "base/date.h"
#include "base/instant.h"

static void days_and_parts_are_inverse(void **state)
{
	(void)state;
	date_t last = date_from_parts(2199, 12, 31);
	for (date_t day = date_from_parts(1900, 1, 1); day <= last; day++) {
		struct date_parts parts = date_parts(day);
		assert_int_equal(date_from_parts(parts.year, parts.month, parts.day), day);
	}
	assert_int_equal(date_from_parts(1970, 1, 1), 0);
	assert_int_equal(date_from_parts(2026, 2, 29), DATE_NONE);
	assert_int_equal(date_from_parts(1900, 2, 29), DATE_NONE);
	assert_true(date_from_parts(2000, 2, 29) != DATE_NONE);
}

static void weekdays_weeks_and_easter(void **state)
{
	(void)state;
	assert_int_equal(date_weekday(date_from_parts(2026, 11, 21)), SATURDAY);
	assert_int_equal(date_weekday(date_from_parts(1969, 12, 28)), SUNDAY);
	int year;
	assert_int_equal(date_iso_week(date_from_parts(2027, 1, 3), &year), 53);
	assert_int_equal(year, 2026);
	assert_int_equal(date_of_iso_week(2026, 53), date_from_parts(2026, 12, 28));
	assert_int_equal(date_of_iso_week(2025, 53), DATE_NONE);
	assert_int_equal(date_easter(2026), date_from_parts(2026, 4, 5));
	assert_int_equal(date_easter(2038), date_from_parts(2038, 4, 25));
}

static void months_are_added_to_the_last_day(void **state)
{
	(void)state;
	assert_int_equal(date_add_months(date_from_parts(2026, 1, 31), 1), date_from_parts(2026, 2, 28));
	assert_int_equal(date_add_months(date_from_parts(2026, 3, 31), -13), date_from_parts(2025, 2, 28));
	assert_int_equal(date_end_of_month(date_from_parts(2028, 2, 3)), date_from_parts(2028, 2, 29));
}

static void only_iso_dates_are_read(void **state)
{
	(void)state;
	static const char *const wrong[] = {"", "2026-2-03", "2026-02-30", "2026-02-03 ", "20260203", "x026-02-03"};
	date_t date = 7;
	for (size_t i = 0; i < ARRAY_LENGTH(wrong); i++)
		assert_false(date_parse(wrong[i], &date));
	assert_int_equal(date, 7);
	assert_true(date_parse("2026-02-03", &date));
	char text[DATE_TEXT_SIZE];
	assert_string_equal(date_format(date, text), "2026-02-03");
}

static void instants_keep_their_zone(void **state)
{
	(void)state;
	instant_t instant;
	int offset;
	char text[INSTANT_TEXT_SIZE];
	assert_true(instant_parse("2026-03-17T10:02:00+01:00", &instant, &offset));
	assert_string_equal(instant_format(instant, offset, text), "2026-03-17T10:02:00+01:00");
	assert_string_equal(instant_format(instant, 0, text), "2026-03-17T09:02:00Z");
	assert_int_equal(instant_date(instant, 15 * 3600), date_from_parts(2026, 3, 18));
	assert_true(instant_parse("1969-12-31T23:59:59.25-00:30", &instant, &offset));
	assert_string_equal(instant_format(instant, 0, text), "1970-01-01T00:29:59Z");
	assert_false(instant_parse("2026-03-17T10:02:00", &instant, &offset));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(days_and_parts_are_inverse),
	    cmocka_unit_test(weekdays_weeks_and_easter),
	    cmocka_unit_test(months_are_added_to_the_last_day),
	    cmocka_unit_test(only_iso_dates_are_read),
	    cmocka_unit_test(instants_keep_their_zone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
