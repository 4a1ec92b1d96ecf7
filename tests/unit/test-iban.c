#include "unit.h"
#include "base/iban.h"

static void valid_numbers_pass_and_changed_ones_do_not(void **state)
{
	(void)state;
	assert_true(iban_is_valid("FR7630006000011234567890189"));
	assert_true(iban_is_valid("DE89370400440532013000"));
	assert_true(iban_is_valid("GB29NWBK60161331926819"));
	assert_true(iban_is_valid("NO9386011117947"));
	assert_false(iban_is_valid("DE89370400440532013001")); /* last digit */
	assert_false(iban_is_valid("DE8937040044053201300"));  /* too short */
	assert_false(iban_is_valid("ZZ89370400440532013000")); /* no such country */
	assert_false(iban_is_valid("de89370400440532013000"));
	assert_false(iban_is_valid(""));
}

static void the_form_alone_says_nothing_of_the_check_digits(void **state)
{
	(void)state;
	assert_true(iban_has_form("DE12123456789012345678"));
	assert_false(iban_has_form("1234567891234"));
	assert_false(iban_has_form("DE1212345678901234 678"));
}

static void numbers_are_found_with_their_gaps(void **state)
{
	(void)state;
	static const struct {
		const char *text, *expected;
		size_t used;
	} rows[] = {
	    {"FR76 3000 6000 0112 3456 7890 189", "FR7630006000011234567890189", 33},
	    {"FR76 3000 6000 0112 3456 7890 189 BIC X", "FR7630006000011234567890189", 33},
	    {"DE89370400440532013000", "DE89370400440532013000", 22},
	    {"NL91.ABNA.0417.1643.00,", "NL91ABNA0417164300", 22},
	    {"GB29 nwbk 6016 1331 9268 19", "GB29NWBK60161331926819", 27},
	    {"DE89370400440532013000X", "", 0},
	    {"DE89 3704  0044 0532 0130 01", "", 0},
	    {"DE89", "", 0},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		char iban[IBAN_SIZE] = "";
		assert_int_equal(iban_scan(rows[i].text, strlen(rows[i].text), iban), rows[i].used);
		if (rows[i].used != 0)
			assert_string_equal(iban, rows[i].expected);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(valid_numbers_pass_and_changed_ones_do_not),
	    cmocka_unit_test(the_form_alone_says_nothing_of_the_check_digits),
	    cmocka_unit_test(numbers_are_found_with_their_gaps),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
