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
		    day(rows[i].broken), day(rows[i].today), 3, "FR", "", NULL, NULL, NULL, -1};
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

/* Each condition of a step against what is known of the customer and the amount. */
static void steps_are_for_those_who_meet_their_conditions(void **state)
{
	(void)state;
	char *business[] = {(char *)"business"}, *german[] = {(char *)"de", (char *)"nl"};
	struct step_config two[] = {
	    {.name = (char *)"only", .offset = 7}, {.name = (char *)"all", .offset = 9}};
	struct ladder_config small = {(char *)"small", two, 2};
	static const struct {
		bool kinds, languages;
		int64_t minimum, maximum;
		const char *kind, *language;
		int64_t amount;
		const char *step;
	} rows[] = {
	    {false, false, 0, 0, "consumer", "fr", 0, "only"},
	    {true, false, 0, 0, "business", "fr", 0, "only"},
	    {true, false, 0, 0, "consumer", "fr", 0, "all"},
	    {true, false, 0, 0, NULL, NULL, -1, "only"},
	    {false, true, 0, 0, "business", "nl", 0, "only"},
	    {false, true, 0, 0, "business", "fr", 0, "all"},
	    {false, false, 100000, 0, "business", "fr", 99999, "all"},
	    {false, false, 100000, 0, "business", "fr", 100000, "only"},
	    {false, false, 100000, 500000, "business", "fr", 499999, "only"},
	    {false, false, 100000, 500000, "business", "fr", 500000, "all"},
	    {false, false, 100000, 500000, "business", "fr", -1, "only"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		two[0].kinds = rows[i].kinds ? (struct text_list){business, 1} : (struct text_list){NULL, 0};
		two[0].languages =
		    rows[i].languages ? (struct text_list){german, 2} : (struct text_list){NULL, 0};
		two[0].minimum = rows[i].minimum;
		two[0].maximum = rows[i].maximum;
		struct ladder_place place = {.last_step_on = DATE_NONE,
		    .due_on = day("2026-03-31"),
		    .broken_on = DATE_NONE,
		    .today = day("2026-04-01"),
		    .country = "FR",
		    .region = "",
		    .kind = rows[i].kind,
		    .language = rows[i].language,
		    .amount = rows[i].amount};
		struct ladder_step next;
		assert_true(ladder_next(&small, &place, &next));
		if (strcmp(next.step->name, rows[i].step) != 0)
			fail_msg("row %zu: %s", i, next.step->name);
	}
}

static void each_anchor_has_its_day(void **state)
{
	(void)state;
	static const struct {
		enum step_anchor anchor;
		const char *last_on, *broken, *on, *why;
	} rows[] = {
	    /* 2026-03-10, a Tuesday; the month ends on a Tuesday; offset 10 */
	    {ANCHOR_DUE, NULL, NULL, "2026-03-20", "10 days after the due date 2026-03-10"},
	    {ANCHOR_END_OF_MONTH, NULL, NULL, "2026-04-10",
		"10 days after the end of the due date's month, 2026-03-31"},
	    {ANCHOR_PREVIOUS, "2026-04-02", NULL, "2026-04-13",
		"10 days after the step before, of 2026-04-02"},
	    {ANCHOR_PROMISE, NULL, NULL, "2026-03-20", "10 days after the due date 2026-03-10"},
	    {ANCHOR_PROMISE, NULL, "2026-04-20", "2026-04-29", "10 days after the promised day 2026-04-19"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct step_config two[] = {{.name = (char *)"before", .offset = -90},
		    {.name = (char *)"it", .anchor = rows[i].anchor, .offset = 10}};
		struct ladder_config small = {(char *)"small", two, 2};
		struct ladder_place place = {.last_step = rows[i].last_on ? "before" : NULL,
		    .last_step_on = day(rows[i].last_on),
		    .due_on = day("2026-03-10"),
		    .broken_on = day(rows[i].broken),
		    .today = day("2026-03-11"),
		    .country = "FR",
		    .region = "",
		    .amount = -1};
		struct ladder_step next;
		char on[DATE_TEXT_SIZE];
		assert_true(ladder_next(&small, &place, &next));
		assert_string_equal(next.step->name, "it");
		assert_string_equal(date_format(next.due_on, on), rows[i].on);
		assert_string_equal(next.why, rows[i].why);
	}
}

static void no_step_falls_on_our_closing_days(void **state)
{
	(void)state;
	char *items[] = {(char *)"04-06..04-10"};
	struct text_list closing = {items, 1};
	struct ladder_place place = {NULL, DATE_NONE, day("2026-03-31"), DATE_NONE, day("2026-04-01"), 3,
	    "FR", "", &closing, NULL, NULL, -1};
	struct ladder_step next;
	assert_true(ladder_next(&ladder, &place, &next));
	assert_int_equal(next.due_on, day("2026-04-13"));
}

static void the_reason_is_said_in_words(void **state)
{
	(void)state;
	struct ladder_place place = {NULL, DATE_NONE, day("2026-03-31"), DATE_NONE, day("2026-04-01"), 3,
	    "FR", "", NULL, NULL, NULL, -1};
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
	    cmocka_unit_test(steps_are_for_those_who_meet_their_conditions),
	    cmocka_unit_test(each_anchor_has_its_day),
	    cmocka_unit_test(no_step_falls_on_our_closing_days),
	    cmocka_unit_test(the_reason_is_said_in_words),
	    cmocka_unit_test(only_notices_are_formal),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
