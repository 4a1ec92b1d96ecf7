#include "unit.h"
#include "base/amount_text.h"

static void every_notation_gives_the_same_amount(void **state)
{
	(void)state;
	static const struct {
		const char *text, *currency, *expected;
		size_t used; /* 0: all of it */
	} rows[] = {
	    {"1188.00", "EUR", "1188.00", 0},
	    {"1188,00", "EUR", "1188.00", 0},
	    {"1.188,00", "EUR", "1188.00", 0},
	    {"1,188.00", "EUR", "1188.00", 0},
	    {"1 188,00", "EUR", "1188.00", 0},
	    {"1\xc2\xa0"
	     "188,00\xc2\xa0€",
		"EUR", "1188.00", 0},
	    {"1\xe2\x80\xaf"
	     "188,00 €",
		"EUR", "1188.00", 0},
	    {"1'188.00", "CHF", "1188.00", 0},
	    {"1\xe2\x80\x99"
	     "188.00",
		"CHF", "1188.00", 0},
	    {"CHF 1'188.05", "CHF", "1188.05", 0},
	    {"Fr. 20.-", "CHF", "20.00", 0},
	    {"EUR 1,188.00", "EUR", "1188.00", 0},
	    {"€1,188.00", "EUR", "1188.00", 0},
	    {"€ 1.188,00", "EUR", "1188.00", 0},
	    {"1188 €", "EUR", "1188.00", 0},
	    {"1188 euros", "EUR", "1188.00", 0},
	    {"1.188", "EUR", "1188.00", 0},
	    {"1.188,5", "EUR", "1188.50", 0},
	    {"12.345.678,90", "EUR", "12345678.90", 0},
	    {"1188,-", "EUR", "1188.00", 0},
	    {"1.188,-- €", "EUR", "1188.00", 0},
	    {"-1.188,00", "EUR", "-1188.00", 0},
	    {"\xe2\x88\x92"
	     "1.188,00 €",
		"EUR", "-1188.00", 0},
	    {"1.188,00-", "EUR", "-1188.00", 0},
	    {"1.188,00 €-", "EUR", "-1188.00", 0},
	    {"(1,188.00)", "EUR", "-1188.00", 0},
	    {"€ -5.00", "EUR", "-5.00", 0},
	    {"-€5.00", "EUR", "-5.00", 0},
	    {"0,00", "EUR", "0.00", 0},
	    {"¥ 12,000", "JPY", "12000", 0},
	    {"1.234 TND", "JPY", "", 0}, /* another currency */
	    {"1.234", "TND", "", 0},	 /* two readings */
	    {"1.2345", "EUR", "", 0},	 /* more digits than cents */
	    {"12,3400", "EUR", "12.34", 0},
	    {"0,125", "EUR", "", 0},
	    {"25,00 und mehr", "EUR", "25.00", 5},
	    {"25,00.", "EUR", "25.00", 5},
	    {"2 500,00 3 000,00", "EUR", "2500.00", 8},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct amount_text amount;
		struct money money = MONEY_NONE;
		char text[MONEY_TEXT_SIZE];
		size_t used = amount_text_scan(rows[i].text, strlen(rows[i].text), &amount);
		assert_int_equal(used, rows[i].used != 0 ? rows[i].used : strlen(rows[i].text));
		bool good = amount_text_money(&amount, rows[i].currency, &money);
		assert_string_equal(good ? money_format(money, text) : "", rows[i].expected);
	}
}

static void what_is_no_amount_is_refused(void **state)
{
	(void)state;
	static const char *const rows[] = {"", "abc", "12.03.2026", "12/03/2026", "2026-03-12", "12a",
	    "12€50", "1.18.00", "1,1880,00", "F2026", "10:30", "(12,00", "1234567890123456", "- -5",
	    "1.188.00", "12_3"};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct amount_text amount;
		assert_int_equal(amount_text_scan(rows[i], strlen(rows[i]), &amount), 0);
	}
}

static void percentages_and_bare_numbers_are_told_apart(void **state)
{
	(void)state;
	struct amount_text amount;
	assert_int_equal(amount_text_scan("19,0 %", 6, &amount), 4);
	assert_true(amount.percent);
	assert_int_equal(amount_text_scan("19", 2, &amount), 2);
	assert_false(amount.marked);
	assert_false(amount.percent);
	assert_int_equal(amount_text_scan("19 kr", 5, &amount), 5);
	assert_true(amount.marked);
	assert_string_equal(amount.currency, "");
}

static void bytes_that_are_no_text_do_not_lead_outside(void **state)
{
	(void)state;
	struct amount_text amount;
	assert_int_equal(amount_text_scan("12\xe2\x80", 4, &amount), 2);
	assert_int_equal(amount_text_scan("12,34", 2, &amount), 2);
	assert_int_equal(amount.digits, 12);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_notation_gives_the_same_amount),
	    cmocka_unit_test(what_is_no_amount_is_refused),
	    cmocka_unit_test(percentages_and_bare_numbers_are_told_apart),
	    cmocka_unit_test(bytes_that_are_no_text_do_not_lead_outside),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
