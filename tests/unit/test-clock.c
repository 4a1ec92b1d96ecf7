#include "unit.h"
#include "host/clock.h"

#include "base/buffer.h"
#include "host/file.h"
#include "host/fault.h"

#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/relance-test-clock-XXXXXX";

static int folder_setup(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int folder_teardown(void **state)
{
	(void)state;
	struct buffer command = BUFFER_EMPTY;
	buffer_printf(&command, "rm -rf '%s'", folder);
	int result = system(command.bytes);
	buffer_clear(&command);
	return result;
}

static void a_saved_clock_moves_this_process_and_the_next(void **state)
{
	(void)state;
	struct error error = {0};
	instant_t then, now = clock_now();
	assert_true(instant_parse("2027-03-01T10:00:00Z", &then, NULL));
	assert_true(clock_save(folder, then, &error));
	assert_true(clock_now() - then <= 2 && clock_now() >= then);
	clock_shift(0);
	assert_true(clock_now() - now <= 2);
	assert_true(clock_load(folder, &error));
	assert_true(clock_now() - then <= 2 && clock_now() >= then);
	assert_true(clock_now_microseconds() / 1000000 - then <= 2);
}

static void no_file_is_no_shift_and_nonsense_an_error(void **state)
{
	(void)state;
	struct error error = {0};
	struct buffer path = BUFFER_EMPTY;
	buffer_printf(&path, "%s/clock", folder);
	assert_true(file_replace(path.bytes, "soon\n", 5, 0644, &error));
	assert_false(clock_load(folder, &error));
	assert_int_equal(unlink(path.bytes), 0);
	clock_shift(1000000);
	instant_t shifted = clock_now();
	assert_true(clock_load(folder, &error));
	assert_true(clock_now() < shifted - 900000);
	buffer_clear(&path);
}

static void zones_know_summer_time(void **state)
{
	(void)state;
	struct error error = {0};
	assert_null(zone_new("Europe/Nowhere", &error));
	assert_non_null(strstr(error.text, "Europe/Nowhere"));
	struct zone *paris = zone_new("Europe/Paris", &error);
	assert_non_null(paris);
	static const struct {
		const char *instant;
		int offset;
		const char *date;
	} rows[] = {
	    {"2026-01-15T12:00:00Z", 3600, "2026-01-15"},
	    {"2026-07-15T22:30:00Z", 7200, "2026-07-16"},
	    {"2026-03-29T00:59:59Z", 3600, "2026-03-29"},
	    {"2026-03-29T01:00:00Z", 7200, "2026-03-29"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		instant_t instant;
		char text[DATE_TEXT_SIZE];
		assert_true(instant_parse(rows[i].instant, &instant, NULL));
		assert_int_equal(zone_offset(paris, instant), rows[i].offset);
		assert_string_equal(date_format(zone_date(paris, instant), text), rows[i].date);
	}
	zone_free(paris);
}

static void a_second_of_a_civil_day_is_one_instant(void **state)
{
	(void)state;
	struct error error = {0};
	struct zone *paris = zone_new("Europe/Paris", &error);
	assert_non_null(paris);
	static const struct {
		int year, month, day, second;
		const char *instant;
	} rows[] = {
	    {2026, 1, 15, 9 * 3600, "2026-01-15T08:00:00Z"}, {2026, 7, 15, 9 * 3600, "2026-07-15T07:00:00Z"},
	    {2026, 3, 29, 9000, "2026-03-29T01:00:00Z"},  /* 02:30 is skipped: 03:00 */
	    {2026, 10, 25, 9000, "2026-10-25T00:30:00Z"}, /* 02:30 comes twice: the first */
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		char text[INSTANT_TEXT_SIZE];
		date_t date = date_from_parts(rows[i].year, rows[i].month, rows[i].day);
		instant_format(zone_instant(paris, date, rows[i].second), 0, text);
		assert_string_equal(text, rows[i].instant);
	}
	zone_free(paris);
}

/* How a child ends that passes "a" then twice "b" with SPECIFICATION. */
static int end_of_child(const char *specification)
{
	pid_t child = fork();
	if (child == 0) {
		fault_setup(specification);
		fault_point("a");
		fault_point("b");
		fault_point("b");
		_exit(0);
	}
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

static void a_fault_point_kills_at_its_passage(void **state)
{
	(void)state;
	static const struct {
		const char *specification;
		bool killed;
	} rows[] = {{NULL, false}, {"", false}, {"a", true}, {"a:2", false}, {"b:2", true}, {"b:3", false},
	    {"c", false}, {"b:x", false}};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
		assert_int_equal(WIFSIGNALED(end_of_child(rows[i].specification)), rows[i].killed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_saved_clock_moves_this_process_and_the_next),
	    cmocka_unit_test(no_file_is_no_shift_and_nonsense_an_error),
	    cmocka_unit_test(zones_know_summer_time),
	    cmocka_unit_test(a_second_of_a_civil_day_is_one_instant),
	    cmocka_unit_test(a_fault_point_kills_at_its_passage),
	};
	return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
