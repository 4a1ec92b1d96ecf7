#include "unit.h"
#include "dunning/ladder.h"

static date_t day(const char *text)
{
	date_t date = DATE_NONE;
	assert_true(!text || date_parse(text, &date));
	return date;
}

static struct step_config steps[] = {
    {.name = (char *)"courtesy", .anchor = ANCHOR_DUE, .offset = -5},
    {.name = (char *)"first-reminder", .anchor = ANCHOR_DUE, .offset = 7},
    {.name = (char *)"second-reminder", .anchor = ANCHOR_DUE, .offset = 21},
    {.name = (char *)"call",
	.anchor = ANCHOR_PREVIOUS,
	.offset = 5,
	.business_days = true,
	.channel = CHANNEL_CALL},
    {.name = (char *)"formal-notice", .anchor = ANCHOR_PREVIOUS, .offset = 10, .channel = CHANNEL_TASK},
};
static struct ladder_config ladder = {(char *)"business", steps, ARRAY_LENGTH(steps)};

struct row {
	const char *last, *last_on, *due, *broken, *today;
	const char *step, *on;
};

static void the_next_step_and_its_day_follow_from_the_ladder(void **state)
{
	(void)state;
	static const struct row rows[] = {
	    /* 2026-03-31 is a Tuesday, 14 July a holiday, Easter Monday 6 April */
	    {NULL, NULL, "2026-03-31", NULL, "2026-03-20", "courtesy", "2026-03-26"},
	    {NULL, NULL, "2026-03-31", NULL, "2026-03-31", "first-reminder", "2026-04-07"},
	    {NULL, NULL, "2026-07-07", NULL, "2026-07-10", "first-reminder", "2026-07-15"},
	    {NULL, NULL, "2026-03-30", NULL, "2026-04-01", "first-reminder", "2026-04-07"},
	    {"courtesy", "2026-03-26", "2026-03-31", NULL, "2026-03-27", "first-reminder", "2026-04-07"},
	    {"first-reminder", "2026-04-07", "2026-03-31", NULL, "2026-04-08", "second-reminder",
		"2026-04-21"},
	    {"second-reminder", "2026-04-21", "2026-03-31", NULL, "2026-04-21", "call", "2026-04-28"},
	    {"call", "2026-04-28", "2026-03-31", NULL, "2026-04-28", "formal-notice", "2026-05-11"},
	    /* activated two months late: one step now, the next at the ladder's distance from it */
	    {NULL, NULL, "2026-03-31", NULL, "2026-06-01", "first-reminder", "2026-04-07"},
	    {"first-reminder", "2026-06-01", "2026-03-31", NULL, "2026-06-02", "second-reminder",
		"2026-06-15"},
	    /* a broken promise brings the next step forward, but not upon the heels of the last one */
	    {"first-reminder", "2026-04-07", "2026-03-31", "2026-04-14", "2026-04-14", "second-reminder",
		"2026-04-14"},
	    {"first-reminder", "2026-04-07", "2026-03-31", "2026-04-08", "2026-04-08", "second-reminder",
		"2026-04-10"},
	    /* the top */
	    {"formal-notice", "2026-05-11", "2026-03-31", NULL, "2026-05-12", NULL, NULL},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct ladder_place place = {rows[i].last, day(rows[i].last_on), day(rows[i].due),
		    day(rows[i].broken), day(rows[i].today), 3, "FR", ""};
		struct ladder_step next;
		bool found = ladder_next(&ladder, &place, &next);
		assert_int_equal(found, rows[i].step != NULL);
		if (!found)
			continue;
		char on[DATE_TEXT_SIZE];
		assert_string_equal(next.step->name, rows[i].step);
		assert_string_equal(date_format(next.due_on, on), rows[i].on);
	}
}

static void the_reason_is_said_in_words(void **state)
{
	(void)state;
	struct ladder_place place = {
	    NULL, DATE_NONE, day("2026-03-31"), DATE_NONE, day("2026-04-01"), 3, "FR", ""};
	struct ladder_step next;
	assert_true(ladder_next(&ladder, &place, &next));
	assert_string_equal(next.why, "7 days after the due date 2026-03-31");
	place.last_step = "second-reminder";
	place.last_step_on = day("2026-04-21");
	assert_true(ladder_next(&ladder, &place, &next));
	assert_string_equal(next.why, "5 business days after the step before, of 2026-04-21");
}

static void only_notices_are_formal(void **state)
{
	(void)state;
	assert_true(step_is_formal(&steps[4]));
	assert_false(step_is_formal(&steps[1]));
	struct step_config named = {.name = (char *)"last-letter", .template = (char *)"formal-notice"};
	assert_true(step_is_formal(&named));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_next_step_and_its_day_follow_from_the_ladder),
	    cmocka_unit_test(the_reason_is_said_in_words),
	    cmocka_unit_test(only_notices_are_formal),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
