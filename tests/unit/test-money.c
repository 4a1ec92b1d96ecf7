#include "unit.h"
#include "base/money.h"

static void amounts_keep_their_currencys_digits(void **state)
{
	(void)state;
	static const struct {
		const char *text, *currency, *expected;
	} rows[] = {
	    {"1188.00", "EUR", "1188.00"},
	    {"1188", "EUR", "1188.00"},
	    {"-0.05", "EUR", "-0.05"},
	    {"+7.5", "USD", "7.50"},
	    {"12.3400", "EUR", "12.34"},
	    {"500", "JPY", "500"},
	    {"1.234", "TND", "1.234"},
	    {"92233720368547758.07", "EUR", "92233720368547758.07"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct money amount;
		char text[MONEY_TEXT_SIZE];
		assert_true(money_parse(rows[i].text, rows[i].currency, &amount));
		assert_string_equal(money_format(amount, text), rows[i].expected);
	}
}

static void wrong_amounts_are_refused(void **state)
{
	(void)state;
	static const struct {
		const char *text, *currency;
	} rows[] = {{"", "EUR"}, {"1,5", "EUR"}, {"1.", "EUR"}, {".5", "EUR"}, {"1.234", "EUR"}, {"1.5", "JPY"},
	    {"1", "XXX"}, {"1", "eur"}, {"92233720368547758.08", "EUR"}, {"1 000", "EUR"}, {"--1", "EUR"}};
	struct money amount = money(5, "EUR");
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
		assert_false(money_parse(rows[i].text, rows[i].currency, &amount));
	assert_int_equal(amount.minor, 5);
}

static void further_digits_round_half_away_from_zero(void **state)
{
	(void)state;
	struct money amount;
	assert_true(money_parse_rounding("2.345", "EUR", &amount));
	assert_int_equal(amount.minor, 235);
	assert_true(money_parse_rounding("-2.345", "EUR", &amount));
	assert_int_equal(amount.minor, -235);
	assert_true(money_parse_rounding("2.3449999", "EUR", &amount));
	assert_int_equal(amount.minor, 234);
}

static void sums_refuse_overflow_and_mixed_currencies(void **state)
{
	(void)state;
	struct money sum;
	assert_true(money_add(money(1, "EUR"), money(2, "EUR"), &sum));
	assert_int_equal(sum.minor, 3);
	assert_false(money_add(money(1, "EUR"), money(2, "USD"), &sum));
	assert_false(money_add(money(INT64_MAX, "EUR"), money(1, "EUR"), &sum));
	assert_false(money_subtract(money(INT64_MIN, "EUR"), money(1, "EUR"), &sum));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(amounts_keep_their_currencys_digits),
	    cmocka_unit_test(wrong_amounts_are_refused),
	    cmocka_unit_test(further_digits_round_half_away_from_zero),
	    cmocka_unit_test(sums_refuse_overflow_and_mixed_currencies),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
