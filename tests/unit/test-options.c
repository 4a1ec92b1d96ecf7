#include "unit.h"
#include "relance/options.h"

struct sample {
	bool all;
	const char *reason;
	int64_t days;
	struct date_option until;
	int state;
};

static const char *const states[] = {"open", "settled", NULL};
static const struct option_row rows[] = {
    {'a', "all", OPTION_FLAG, offsetof(struct sample, all), NULL, "everything", NULL},
    {0, "reason", OPTION_TEXT, offsetof(struct sample, reason), "TEXT", "why", NULL},
    {'n', "days", OPTION_NUMBER, offsetof(struct sample, days), "N", "how many", NULL},
    {0, "until", OPTION_DATE, offsetof(struct sample, until), "DATE", "first free day", NULL},
    {0, "state", OPTION_WORD, offsetof(struct sample, state), "STATE", "which", states},
    OPTIONS_END,
};

/* Parses the words; what is left is LEFT words long. */
static bool parse(
    struct sample *sample, int *left, struct error *error, const char *const *words, int count, bool stop)
{
	char *arguments[16];
	struct option_set set = {rows, sample};
	for (int i = 0; i < count; i++)
		arguments[i] = (char *)words[i];
	options_init(&set);
	return options_parse(&set, 1, arguments, count, stop, left, error);
}
#define PARSE(sample, left, error, stop, ...)                                                                \
	parse(sample, left, error, (const char *const[]){__VA_ARGS__},                                       \
	    (int)(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *)), stop)

static void options_fill_their_fields_wherever_they_stand(void **state)
{
	(void)state;
	struct sample sample;
	struct error error = {0};
	int left;
	assert_true(PARSE(&sample, &left, &error, false, "INV", "--reason=a b", "-an", "5", "--until", "+8d",
	    "12", "--state", "settled", "--", "--all"));
	assert_int_equal(left, 3); /* INV, 12, --all */
	assert_true(sample.all);
	assert_string_equal(sample.reason, "a b");
	assert_int_equal(sample.days, 5);
	assert_string_equal(sample.until.text, "+8d");
	assert_int_equal(sample.state, 1);
}

static void what_is_not_given_keeps_its_default(void **state)
{
	(void)state;
	struct sample sample;
	struct error error = {0};
	int left;
	assert_true(PARSE(&sample, &left, &error, false, "INV"));
	assert_false(sample.all);
	assert_null(sample.reason);
	assert_int_equal(sample.days, -1);
	assert_int_equal(sample.until.date, DATE_NONE);
	assert_int_equal(sample.state, -1);
}

static void parsing_can_end_at_the_first_argument(void **state)
{
	(void)state;
	struct sample sample;
	struct error error = {0};
	int left;
	assert_true(PARSE(&sample, &left, &error, true, "-a", "list", "--unknown"));
	assert_int_equal(left, 2);
	assert_true(sample.all);
}

static void wrong_options_are_usage_errors(void **state)
{
	(void)state;
	static const struct {
		const char *words[2];
		const char *message;
	} wrong[] = {
	    {{"--nothing", "x"}, "unknown option --nothing"},
	    {{"-x", "x"}, "unknown option -x"},
	    {{"INV", "--reason"}, "option --reason wants TEXT"},
	    {{"INV", "-n"}, "option -n wants N"},
	    {{"--all=yes", "x"}, "option --all takes no value"},
	    {{"--days", "-3"}, "--days -3: not a number"},
	    {{"--state", "gone"}, "--state gone: not one of open, settled"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(wrong); i++) {
		struct sample sample;
		struct error error = {0};
		int left;
		assert_false(parse(&sample, &left, &error, wrong[i].words, 2, false));
		assert_int_equal(error.status, STATUS_USAGE);
		assert_string_equal(error.text, wrong[i].message);
	}
}

static void dates_may_be_words_and_distances(void **state)
{
	(void)state;
	static const struct {
		const char *text, *date; /* "" for what is none */
	} dates[] = {{"2026-02-28", "2026-02-28"}, {"today", "2026-01-31"}, {"tomorrow", "2026-02-01"},
	    {"yesterday", "2026-01-30"}, {"+8d", "2026-02-08"}, {"-1d", "2026-01-30"}, {"+2w", "2026-02-14"},
	    {"+1m", "2026-02-28"}, {"2026-02-29", ""}, {"+8", ""}, {"+d", ""}, {"+8days", ""}, {"8d", ""},
	    {"", ""}, {"+99999d", ""}, {"Today", ""}};
	date_t today = date_from_parts(2026, 1, 31);
	for (size_t i = 0; i < ARRAY_LENGTH(dates); i++) {
		char text[DATE_TEXT_SIZE];
		date_t date = DATE_NONE;
		assert_int_equal(date_from_words(dates[i].text, today, &date), *dates[i].date != '\0');
		assert_string_equal(date_format(date, text), dates[i].date);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(options_fill_their_fields_wherever_they_stand),
	    cmocka_unit_test(what_is_not_given_keeps_its_default),
	    cmocka_unit_test(parsing_can_end_at_the_first_argument),
	    cmocka_unit_test(wrong_options_are_usage_errors),
	    cmocka_unit_test(dates_may_be_words_and_distances),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
