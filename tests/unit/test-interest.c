#include "unit.h"
#include "base/buffer.h"
#include "host/file.h"
#include "ledger/interest.h"

static struct rates *rates;

static date_t day(const char *text)
{
	date_t date = DATE_NONE;
	assert_true(!text || date_parse(text, &date));
	return date;
}

static int load(void **state)
{
	(void)state;
	const char *source = getenv("srcdir");
	char path[512];
	snprintf(path, sizeof path, "%s/conf/templates", source ? source : "..");
	struct config config = {.template_dir = path};
	struct error error = {0};
	rates = rates_load(&config, &error);
	if (!rates)
		print_error("%s\n", error.text);
	return rates ? 0 : -1;
}

static int unload(void **state)
{
	(void)state;
	rates_free(rates);
	return 0;
}

struct line {
	const char *from;
	int days, rate;
	int64_t base, amount;
};

struct row {
	const char *rule, *currency;
	int64_t debt;
	const char *due, *notice, *to;
	struct interest_payment payments[2];
	int contract;
	int64_t interest, compensation;
	struct line lines[4];
};

static struct interest_payment paid(date_t on, int64_t amount)
{
	return (struct interest_payment){on, amount};
}

static void compute(const struct row *row, struct interest *interest)
{
	struct error error = {0};
	struct interest_due due = {
	    .due_on = day(row->due), .amount = row->debt, .notice_on = day(row->notice)};
	struct interest_debt debt = {.currency = row->currency,
	    .lines = &due,
	    .line_count = 1,
	    .payments = row->payments,
	    .payment_count = row->payments[1].amount   ? 2
			     : row->payments[0].amount ? 1
						       : 0,
	    .contract_rate = row->contract};
	const struct interest_rule *rule = interest_rule_find(row->rule);
	assert_non_null(rule);
	if (!interest_compute(rates, rule, &debt, day(row->to), interest, &error))
		fail_msg("%s", error.text);
}

static void each_law_gives_its_interest(void **state)
{
	(void)state;
	const struct row rows[] = {
	    /* the published French example: 203.05 + 210.63 + 40.00 */
	    {"fr-business", "EUR", 1000000, "2026-05-01", NULL, "2026-09-01", {{0}}, 0, 41368, 4000,
		{{"2026-05-01", 61, 12150, 1000000, 20305}, {"2026-07-01", 62, 12400, 1000000, 21063}}},
	    /* a public buyer: the rate of the half-year in which it began, for all of the time */
	    {"fr-public", "EUR", 1000000, "2026-05-01", NULL, "2026-09-01", {{0}}, 0, 34204, 4000,
		{{"2026-05-01", 123, 10150, 1000000, 34204}}},
	    /* a consumer: legal interest from the formal notice, nothing fixed */
	    {"fr-consumer", "EUR", 1000000, "2026-01-10", "2026-05-01", "2026-07-01", {{0}}, 0, 4379, 0,
		{{"2026-05-01", 61, 2620, 1000000, 4379}}},
	    {"fr-consumer", "EUR", 1000000, "2026-01-10", NULL, "2026-07-01", {{0}}, 0, 0, 0, {{0}}},
	    /* half of it paid on the way */
	    {"fr-business", "EUR", 1000000, "2026-05-01", NULL, "2026-07-01",
		{paid(day("2026-06-01"), 500000)}, 0, 15312, 4000,
		{{"2026-05-01", 31, 12150, 1000000, 10319}, {"2026-06-01", 30, 12150, 500000, 4993}}},
	    /* paid before it was due, in two parts */
	    {"fr-business", "EUR", 1000000, "2026-05-01", NULL, "2026-07-01",
		{paid(day("2026-04-01"), 400000), paid(day("2026-04-30"), 600000)}, 0, 0, 0, {{0}}},
	    /* a contract's rate, and one below three times the legal rate */
	    {"fr-business", "EUR", 1000000, "2026-05-01", NULL, "2026-07-01", {{0}}, 15000, 25068, 4000,
		{{"2026-05-01", 61, 15000, 1000000, 25068}}},
	    {"fr-business", "EUR", 1000000, "2026-05-01", NULL, "2026-07-01", {{0}}, 3000, 13136, 4000,
		{{"2026-05-01", 61, 7860, 1000000, 13136}}},
	    /* a contract's rate where the law's is not known */
	    {"de-business", "EUR", 100000, "2026-07-01", NULL, "2026-10-09", {{0}}, 9000, 2466, 4000,
		{{"2026-07-01", 100, 9000, 100000, 2466}}},
	    /* not due yet */
	    {"fr-business", "EUR", 1000000, "2026-05-01", NULL, "2026-05-01", {{0}}, 0, 0, 0, {{0}}},
	    /* Germany: 1.27 + 9 */
	    {"de-business", "EUR", 100000, "2026-01-01", NULL, "2026-04-11", {{0}}, 0, 2814, 4000,
		{{"2026-01-01", 100, 10270, 100000, 2814}}},
	    /* Belgium: 2.15 + 8 is rounded up to 10.5 */
	    {"be-business", "EUR", 100000, "2026-01-01", NULL, "2026-04-11", {{0}}, 0, 2877, 4000,
		{{"2026-01-01", 100, 10500, 100000, 2877}}},
	    /* United Kingdom: the rate when it became late; the bands of the compensation */
	    {"uk-business", "GBP", 99999, "2023-06-01", NULL, "2023-08-01", {{0}}, 0, 1922, 4000,
		{{"2023-06-01", 61, 11500, 99999, 1922}}},
	    {"uk-business", "GBP", 100000, "2023-06-01", NULL, "2023-08-01", {{0}}, 0, 1922, 7000, {{0}}},
	    {"uk-business", "GBP", 1000000, "2023-06-01", NULL, "2023-08-01", {{0}}, 0, 19219, 10000, {{0}}},
	    /* the band of what was unpaid when it became late: 950.00 and, paid a day late, 1,050.00 */
	    {"uk-business", "GBP", 105000, "2023-06-01", NULL, "2023-08-01", {paid(day("2023-06-01"), 10000)},
		0, 1826, 4000, {{0}}},
	    {"uk-business", "GBP", 105000, "2023-06-01", NULL, "2023-08-01", {paid(day("2023-06-02"), 10000)},
		0, 1829, 7000, {{0}}},
	    /* Ireland: the rate of the day of payment for all of it */
	    {"ie-business", "EUR", 100000, "2025-06-01", NULL, "2025-08-01", {{0}}, 0, 1696, 4000,
		{{"2025-06-01", 61, 10150, 100000, 1696}}},
	    /* what was paid on the way: at the rate of its own day (11.15 %), the rest at that of today
	     * (10.15 %)
	     */
	    {"ie-business", "EUR", 100000, "2025-06-01", NULL, "2025-08-01", {paid(day("2025-06-11"), 40000)},
		0, 1140, 4000,
		{{"2025-06-01", 10, 11150, 40000, 122}, {"2025-06-01", 61, 10150, 60000, 1018}}},
	    /* all of it, long ago */
	    {"ie-business", "EUR", 100000, "2025-06-01", NULL, "2026-08-01",
		{paid(day("2025-06-11"), 100000)}, 0, 305, 4000, {{"2025-06-01", 10, 11150, 100000, 305}}},
	    /* due on the last day of a half-year: interest begins in the next one */
	    {"fr-public", "EUR", 1000000, "2025-06-30", NULL, "2025-07-10", {{0}}, 0, 2781, 4000,
		{{"2025-06-30", 10, 10150, 1000000, 2781}}},
	    {"uk-business", "GBP", 1000000, "2023-06-30", NULL, "2023-07-10", {{0}}, 0, 3562, 10000,
		{{"2023-06-30", 10, 13000, 1000000, 3562}}},
	    {"eu-business", "EUR", 100000, "2025-06-01", NULL, "2025-08-01", {{0}}, 0, 1778, 4000,
		{{"2025-06-01", 30, 11150, 100000, 916}, {"2025-07-01", 31, 10150, 100000, 862}}},
	    /* 4,000 of 10,000 paid after 45 days, in each law */
	    {"de-business", "EUR", 1000000, "2025-05-01", NULL, "2025-09-01",
		{paid(day("2025-06-15"), 400000)}, 0, 27326, 4000,
		{{"2025-05-01", 45, 11270, 1000000, 13895}, {"2025-06-15", 16, 11270, 600000, 2964},
		    {"2025-07-01", 62, 10270, 600000, 10467}}},
	    {"be-business", "EUR", 1000000, "2026-03-01", NULL, "2026-09-01",
		{paid(day("2026-04-15"), 400000)}, 0, 36937, 4000,
		{{"2026-03-01", 45, 10500, 1000000, 12945}, {"2026-04-15", 77, 10500, 600000, 13291},
		    {"2026-07-01", 62, 10500, 600000, 10701}}},
	    {"uk-business", "GBP", 1000000, "2026-03-01", NULL, "2026-09-01",
		{paid(day("2026-04-15"), 400000)}, 0, 41334, 10000,
		{{"2026-03-01", 45, 11750, 1000000, 14486}, {"2026-04-15", 139, 11750, 600000, 26848}}},
	    {"ie-business", "EUR", 1000000, "2026-03-01", NULL, "2026-09-01",
		{paid(day("2026-04-15"), 400000)}, 0, 36462, 7000,
		{{"2026-03-01", 45, 10150, 400000, 5005}, {"2026-03-01", 184, 10400, 600000, 31457}}},
	    {"fr-consumer", "EUR", 1000000, "2026-01-10", "2026-03-01", "2026-09-01",
		{paid(day("2026-04-15"), 400000)}, 0, 9349, 0,
		{{"2026-03-01", 45, 2620, 1000000, 3230}, {"2026-04-15", 77, 2620, 600000, 3316},
		    {"2026-07-01", 62, 2750, 600000, 2803}}},
	    /* another currency than the compensation's */
	    {"eu-business", "USD", 100000, "2025-06-01", NULL, "2025-07-01", {{0}}, 0, 916, 0, {{0}}},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct interest interest;
		compute(&rows[i], &interest);
		int64_t sum = 0;
		for (guint l = 0; l < interest.lines->len; l++) {
			const struct interest_line *line =
			    &g_array_index(interest.lines, struct interest_line, l);
			const struct line *expected = &rows[i].lines[l];
			sum += line->amount;
			if (!rows[i].lines[0].from)
				continue;
			assert_non_null(expected->from);
			assert_int_equal(line->from, day(expected->from));
			assert_int_equal(line->days, expected->days);
			assert_int_equal(line->rate, expected->rate);
			assert_int_equal(line->base, expected->base);
			assert_int_equal(line->amount, expected->amount);
		}
		if (interest.interest != rows[i].interest || interest.compensation != rows[i].compensation)
			fail_msg("row %zu: %lld and %lld", i, (long long)interest.interest,
			    (long long)interest.compensation);
		assert_int_equal(sum, interest.interest);
		interest_clear(&interest);
	}
}

static void instalments_bear_interest_each_from_its_day(void **state)
{
	(void)state;
	const struct interest_due lines[] = {
	    {.due_on = day("2026-01-01"), .amount = 50000}, {.due_on = day("2026-02-01"), .amount = 50000}};
	const struct interest_payment payment = {day("2026-02-11"), 60000};
	const struct interest_debt debt = {
	    .currency = "EUR", .lines = lines, .line_count = 2, .payments = &payment, .payment_count = 1};
	struct interest interest;
	struct error error = {0};
	assert_true(interest_compute(
	    rates, interest_rule_find("fr-business"), &debt, day("2026-03-01"), &interest, &error));
	static const struct line expected[] = {{"2026-01-01", 41, 12150, 50000, 0},
	    {"2026-02-01", 10, 12150, 50000, 0}, {"2026-02-11", 18, 12150, 40000, 0}};
	assert_int_equal(interest.lines->len, 3);
	for (guint i = 0; i < 3; i++) {
		const struct interest_line *line = &g_array_index(interest.lines, struct interest_line, i);
		assert_int_equal(line->from, day(expected[i].from));
		assert_int_equal(line->days, expected[i].days);
		assert_int_equal(line->base, expected[i].base);
	}
	/* (50,000 * 41 + 50,000 * 10 + 40,000 * 18) * 12.15 % / 365 */
	assert_int_equal(interest.interest, 1089);
	assert_int_equal(interest.compensation, 4000);
	interest_clear(&interest);
}

/* What was paid is paid on the first line, which has had no notice and bears nothing yet. */
static void payments_fill_lines_that_bear_no_interest(void **state)
{
	(void)state;
	struct interest_due lines[] = {{.due_on = day("2026-01-01"), .amount = 50000, .notice_on = DATE_NONE},
	    {.due_on = day("2026-02-01"), .amount = 50000, .notice_on = day("2026-03-01")}};
	const struct interest_payment payment = {day("2026-02-11"), 60000};
	const struct interest_debt debt = {
	    .currency = "EUR", .lines = lines, .line_count = 2, .payments = &payment, .payment_count = 1};
	struct interest interest;
	struct error error = {0};
	assert_true(interest_compute(
	    rates, interest_rule_find("fr-consumer"), &debt, day("2026-04-01"), &interest, &error));
	/* 400.00 for 31 days at 2.62 % */
	assert_int_equal(interest.interest, 89);
	assert_int_equal(interest.lines->len, 1);
	assert_int_equal(g_array_index(interest.lines, struct interest_line, 0).base, 40000);
	assert_int_equal(g_array_index(interest.lines, struct interest_line, 0).due_on, day("2026-02-01"));
	interest_clear(&interest);
	/* nor do they pass by a line that is not asked about */
	lines[0].left_out = true;
	assert_true(interest_compute(
	    rates, interest_rule_find("fr-business"), &debt, day("2026-03-01"), &interest, &error));
	/* (50,000 * 10 + 40,000 * 18) * 12.15 % / 365 */
	assert_int_equal(interest.interest, 406);
	interest_clear(&interest);
}

/* Three times the legal rate, as it is published for each half-year: below that no contract goes. */
static void the_floors_that_are_published(void **state)
{
	(void)state;
	static const struct {
		const char *due;
		int rate;
	} rows[] = {{"2025-01-02", 11130}, {"2025-07-02", 8280}, {"2026-01-02", 7860}, {"2026-07-02", 8250}};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct error error = {0};
		struct interest interest;
		struct interest_due due = {.due_on = day(rows[i].due), .amount = 100000};
		struct interest_debt debt = {
		    .currency = "EUR", .lines = &due, .line_count = 1, .contract_rate = 1000};
		assert_true(interest_compute(
		    rates, interest_rule_find("fr-business"), &debt, due.due_on + 10, &interest, &error));
		assert_int_equal(g_array_index(interest.lines, struct interest_line, 0).rate, rows[i].rate);
		interest_clear(&interest);
	}
}

static void a_missing_half_year_is_named(void **state)
{
	(void)state;
	struct interest_due due = {.due_on = day("2026-05-01"), .amount = 1000000};
	struct interest_debt debt = {.currency = "EUR", .lines = &due, .line_count = 1};
	struct interest interest;
	struct error error = {0};
	assert_false(interest_compute(
	    rates, interest_rule_find("fr-business"), &debt, day("2027-02-01"), &interest, &error));
	assert_int_equal(error.status, STATUS_NO);
	assert_string_equal(error.text, "the table of rates has no ecb-mro for the first half of 2027");
	error = (struct error){0};
	assert_false(interest_compute(
	    rates, interest_rule_find("de-business"), &debt, day("2026-08-01"), &interest, &error));
	assert_int_equal(error.status, STATUS_NO);
	assert_string_equal(error.text, "the table of rates has no de-base for the second half of 2026");
}

static void a_site_adds_its_own_rates(void **state)
{
	(void)state;
	struct rates *own = rates_new();
	struct error error = {0};
	int rate;
	bool confirmed = true;
	assert_true(rates_add(own, "own", "# mine\necb-mro\t2027-01-01\t2.65\tyes\tecb.europa.eu\n", &error));
	assert_true(rates_add(own, "own", "ecb-mro\t2027-01-01\t2.900\tno\tnews\n", &error));
	assert_true(rates_get(own, "ecb-mro", day("2027-06-30"), &rate, &confirmed, &error));
	assert_int_equal(rate, 2900);
	assert_false(confirmed);
	static const char *const wrong[] = {"ecb-mro\t2027-02-01\t2.65\tyes\tx",
	    "ecb-mro\t2027-01-01\t2,65\tyes\tx", "ecb-mro\t2027-01-01\t2.65\tmaybe\tx",
	    "ecb-mro\t2027-01-01\t2.65\tyes", "ecb-mro\t2027-01-01\t2.65\tyes\t"};
	for (size_t i = 0; i < ARRAY_LENGTH(wrong); i++) {
		error = (struct error){0};
		assert_false(rates_add(own, "own", wrong[i], &error));
		assert_memory_equal(error.text, "own:1: ", 7);
	}
	rates_free(own);
}

/* What the authorities print for a half-year: the rate that the statement's line has. */
static void rates_are_those_that_are_published(void **state)
{
	(void)state;
	static const struct {
		const char *rule, *due;
		int rate;
	} rows[] = {
	    /* France: 10 points; DGCCRF */
	    {"fr-business", "2024-01-02", 14500},
	    {"fr-business", "2024-07-02", 14250},
	    {"fr-business", "2025-01-02", 13150},
	    {"fr-business", "2025-07-02", 12150},
	    /* France, public buyers: 8 points; DAJ of the ministry */
	    {"fr-public", "2024-01-02", 12500},
	    {"fr-public", "2025-01-02", 11150},
	    {"fr-public", "2025-07-02", 10150},
	    /* Belgium: up to the next half point; Moniteur belge */
	    {"be-business", "2024-01-02", 12500},
	    {"be-business", "2024-07-02", 12500},
	    {"be-business", "2025-01-02", 11500},
	    {"be-business", "2025-07-02", 10500},
	    /* Germany: base rate of 3.62, 3.37, 2.27, 1.27 and nine points; Deutsche Bundesbank */
	    {"de-business", "2024-01-02", 12620},
	    {"de-business", "2024-07-02", 12370},
	    {"de-business", "2025-01-02", 11270},
	    {"de-business", "2025-07-02", 10270},
	    /* Ireland: Department of Enterprise, Trade and Employment */
	    {"ie-business", "2024-01-02", 12500},
	    {"ie-business", "2024-07-02", 12250},
	    {"ie-business", "2025-01-02", 11150},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct error error = {0};
		struct interest interest;
		struct interest_due due = {.due_on = day(rows[i].due), .amount = 100000};
		struct interest_debt debt = {.currency = "EUR", .lines = &due, .line_count = 1};
		assert_true(interest_compute(
		    rates, interest_rule_find(rows[i].rule), &debt, due.due_on + 10, &interest, &error));
		assert_int_equal(interest.lines->len, 1);
		assert_int_equal(g_array_index(interest.lines, struct interest_line, 0).rate, rows[i].rate);
		interest_clear(&interest);
	}
}

/* gov.uk, "Charging interest on commercial debt": 1,000 pounds at a base rate of 0.5 % cost 85 pounds a year.
 */
static void the_example_of_the_british_government(void **state)
{
	(void)state;
	struct error error = {0};
	struct interest interest;
	struct interest_due due = {.due_on = day("2018-03-01"), .amount = 100000};
	struct interest_debt debt = {.currency = "GBP", .lines = &due, .line_count = 1};
	assert_true(interest_compute(
	    rates, interest_rule_find("uk-business"), &debt, day("2019-03-01"), &interest, &error));
	assert_int_equal(interest.interest, 8500);
	assert_int_equal(interest.compensation, 7000);
	interest_clear(&interest);
}

static void countries_have_their_rule(void **state)
{
	(void)state;
	assert_string_equal(interest_rule_for("FR", "public")->name, "fr-public");
	assert_string_equal(interest_rule_for("gb", "business")->name, "uk-business");
	assert_string_equal(interest_rule_for("NL", "business")->name, "eu-business");
	assert_null(interest_rule_for("NL", "consumer"));
	assert_null(interest_rule_for("US", "business"));
	assert_null(interest_rule_find("moon"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_law_gives_its_interest),
	    cmocka_unit_test(instalments_bear_interest_each_from_its_day),
	    cmocka_unit_test(payments_fill_lines_that_bear_no_interest),
	    cmocka_unit_test(the_floors_that_are_published),
	    cmocka_unit_test(a_missing_half_year_is_named),
	    cmocka_unit_test(a_site_adds_its_own_rates),
	    cmocka_unit_test(rates_are_those_that_are_published),
	    cmocka_unit_test(the_example_of_the_british_government),
	    cmocka_unit_test(countries_have_their_rule),
	};
	return cmocka_run_group_tests(tests, load, unload);
}
