#include "unit.h"
#include "dunning/payment_qr.h"

static void the_code_holds_the_payment(void **state)
{
	(void)state;
	static const struct {
		struct payment_qr payment;
		const char *text;
	} rows[] = {
	    {{"Menuiserie Le Goff SARL", "FR7630006000011234567890189", "AGRIFRPP", {118800, "EUR"},
		 "F2026-118"},
		"BCD\n002\n1\nSCT\nAGRIFRPP\nMenuiserie Le Goff "
		"SARL\nFR7630006000011234567890189\nEUR1188.00\n\n\nF2026-118"},
	    {{"A", "FR7630006000011234567890189", NULL, {1, "EUR"}, "RF18539007547034"},
		"BCD\n002\n1\nSCT\n\nA\nFR7630006000011234567890189\nEUR0.01\n\nRF18539007547034"},
	    {{"A", "FR7630006000011234567890189", "", {100, "EUR"}, NULL},
		"BCD\n002\n1\nSCT\n\nA\nFR7630006000011234567890189\nEUR1.00"},
	    {{"A", "FR7630006000011234567890189", "", {100, "GBP"}, NULL}, NULL},
	    {{"A", "FR7630006000011234567890189", "", {0, "EUR"}, NULL}, NULL},
	    {{"A", "FR7630006000011234567890189", "", {-5, "EUR"}, NULL}, NULL},
	    {{"A", NULL, "", {100, "EUR"}, NULL}, NULL},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct buffer text = BUFFER_EMPTY;
		assert_int_equal(payment_qr_text(&rows[i].payment, &text), rows[i].text != NULL);
		if (rows[i].text)
			assert_string_equal(text.bytes, rows[i].text);
		buffer_clear(&text);
	}
}

static void creditor_references_have_check_digits(void **state)
{
	(void)state;
	assert_true(creditor_reference_is_valid("RF18539007547034"));
	assert_true(creditor_reference_is_valid("RF712348231"));
	assert_false(creditor_reference_is_valid("RF19539007547034"));
	assert_false(creditor_reference_is_valid("RF18 5390"));
	assert_false(creditor_reference_is_valid("F2026-118"));
	assert_false(creditor_reference_is_valid("RF"));
}

static void creditor_references_are_made_of_numbers(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
	    {"539007547034", "RF18539007547034"},
	    {"2348231", "RF712348231"},
	    {"G72UUR", "RF45G72UUR"},
	    {"F2026-118", "RF71F2026118"},
	    {"f 2026/118", "RF71F2026118"},
	    {"123456789012345678901", "RF40123456789012345678901"},
	    {"1234567890123456789012", NULL},
	    {"-/.", NULL},
	    {"", NULL},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		char text[CREDITOR_REFERENCE_SIZE] = "";
		assert_int_equal(creditor_reference_make(rows[i][0], text), rows[i][1] != NULL);
		if (!rows[i][1])
			continue;
		if (strcmp(text, rows[i][1]) != 0)
			fail_msg("%s: %s", rows[i][0], text);
		assert_true(creditor_reference_is_valid(text));
	}
}

static void the_picture_is_a_png(void **state)
{
	(void)state;
	struct buffer png = BUFFER_EMPTY;
	assert_true(payment_qr_png("BCD\n002\n1\nSCT\n\nA\nFR7630006000011234567890189\nEUR1.00", &png));
	assert_memory_equal(png.bytes, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
	/* width and height are those of a small code with its quiet zone: (17 + 4 * version + 8) * 4 */
	unsigned width = (unsigned char)png.bytes[18] * 256U + (unsigned char)png.bytes[19];
	assert_int_equal(width % 4, 0);
	assert_int_equal((width / 4 - 8 - 17) % 4, 0);
	assert_memory_equal(png.bytes + png.length - 12, "\0\0\0\0IEND\xae\x42\x60\x82", 12);
	buffer_clear(&png);
	char lengthy[2000];
	memset(lengthy, 'x', sizeof lengthy - 1);
	lengthy[sizeof lengthy - 1] = '\0';
	assert_false(payment_qr_png(lengthy, &png));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_code_holds_the_payment),
	    cmocka_unit_test(creditor_references_have_check_digits),
	    cmocka_unit_test(creditor_references_are_made_of_numbers),
	    cmocka_unit_test(the_picture_is_a_png),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
