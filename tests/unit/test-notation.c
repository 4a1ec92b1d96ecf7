#include "unit.h"
#include "dunning/notation.h"

static void amounts_are_written_as_the_country_does(void **state)
{
	(void)state;
	static const struct {
		const char *language, *currency;
		int64_t minor;
		const char *text;
	} rows[] = {
	    {"fr", "EUR", 118800, "1\u202f188,00\u00a0€"},
	    {"fr", "EUR", 123456789012, "1\u202f234\u202f567\u202f890,12\u00a0€"},
	    {"fr", "EUR", 99, "0,99\u00a0€"},
	    {"fr", "CHF", 118800, "1\u202f188,00\u00a0CHF"},
	    {"fr", "EUR", -5000, "-50,00\u00a0€"},
	    {"en", "EUR", 118800, "€1,188.00"},
	    {"en", "GBP", 100, "£1.00"},
	    {"en", "CHF", 118800, "CHF\u00a01,188.00"},
	    {"de", "EUR", 118800, "1.188,00\u00a0€"},
	    {"es", "EUR", 118800, "1.188,00\u00a0€"},
	    {"it", "EUR", 118800, "1.188,00\u00a0€"},
	    {"nl", "EUR", 118800, "€\u00a01.188,00"},
	    {"fr", "JPY", 1188, "1\u202f188\u00a0JPY"},
	    {"xx", "EUR", 118800, "€1,188.00"},
	    {"de-CH", "CHF", 118800, "CHF\u00a01’188.00"},
	    {"fr-BE", "EUR", 118800, "1.188,00\u00a0€"},
	    {"de-AT", "EUR", 118800, "€\u00a01.188,00"},
	    {"en", "GBP", -5000, "-£50.00"},
	    {"nl", "EUR", -5000, "€\u00a0-50,00"},
	    {"de-CH", "CHF", -118800, "CHF\u00a0-1’188.00"},
	    {"en", "USD", 118800, "USD\u00a01,188.00"},
	    {"en-US", "USD", 118800, "$1,188.00"},
	    {"en-US", "USD", -118800, "-$1,188.00"},
	    {"en-US", "EUR", 118800, "€1,188.00"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct buffer text = BUFFER_EMPTY;
		notation_money(&text, money(rows[i].minor, rows[i].currency), rows[i].language);
		assert_string_equal(text.bytes, rows[i].text);
		buffer_clear(&text);
	}
}

static void dates_are_written_as_the_country_does(void **state)
{
	(void)state;
	static const struct {
		const char *language, *day, *lengthy, *brief;
	} rows[] = {
	    {"fr", "2026-03-31", "31\u00a0mars\u00a02026", "31/03/2026"},
	    {"fr", "2026-02-01", "1er\u00a0février\u00a02026", "01/02/2026"},
	    {"en", "2026-08-01", "1\u00a0August\u00a02026", "1\u00a0Aug\u00a02026"},
	    {"en-US", "2026-08-01", "August\u00a01,\u00a02026", "Aug\u00a01,\u00a02026"},
	    {"de", "2026-03-31", "31.\u00a0März\u00a02026", "31.03.2026"},
	    {"es", "2026-03-31", "31\u00a0de\u00a0marzo\u00a0de\u00a02026", "31/03/2026"},
	    {"it", "2026-05-01", "1º\u00a0maggio\u00a02026", "01/05/2026"},
	    {"nl", "2026-03-31", "31\u00a0maart\u00a02026", "31-03-2026"},
	    {"nl-BE", "2026-03-31", "31\u00a0maart\u00a02026", "31/03/2026"},
	    {"de-AT", "2026-01-31", "31.\u00a0Jänner\u00a02026", "31.01.2026"},
	    {"it-CH", "2026-03-31", "31\u00a0marzo\u00a02026", "31.03.2026"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		date_t date = DATE_NONE;
		assert_true(date_parse(rows[i].day, &date));
		struct buffer text = BUFFER_EMPTY;
		notation_date(&text, date, rows[i].language);
		assert_string_equal(text.bytes, rows[i].lengthy);
		buffer_reset(&text);
		notation_short_date(&text, date, rows[i].language);
		assert_string_equal(text.bytes, rows[i].brief);
		buffer_clear(&text);
	}
}

static void percentages_are_written_as_the_country_does(void **state)
{
	(void)state;
	static const struct {
		const char *language;
		int rate;
		const char *text;
	} rows[] = {
	    {"fr", 12150, "12,15\u00a0%"},
	    {"en", 12150, "12.15%"},
	    {"en-US", 10000, "10.00%"},
	    {"de", 10270, "10,27\u00a0%"},
	    {"de-CH", 5000, "5.00\u00a0%"},
	    {"es", 10150, "10,15\u00a0%"},
	    {"it", 10150, "10,15%"},
	    {"nl", 10150, "10,15%"},
	    {"nl-BE", 10505, "10,505%"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct buffer text = BUFFER_EMPTY;
		notation_percent(&text, rows[i].rate, rows[i].language);
		assert_string_equal(text.bytes, rows[i].text);
		buffer_clear(&text);
	}
}

static void an_iban_is_written_in_groups(void **state)
{
	(void)state;
	struct buffer text = BUFFER_EMPTY;
	notation_iban(&text, "FR7630006000011234567890189");
	assert_string_equal(text.bytes, "FR76 3000 6000 0112 3456 7890 189");
	buffer_clear(&text);
}

static void a_tag_is_given_where_a_country_writes_otherwise(void **state)
{
	(void)state;
	assert_string_equal(notation_tag("de", "CH"), "de-CH");
	assert_string_equal(notation_tag("fr", "ch"), "fr-CH");
	assert_string_equal(notation_tag("de", "DE"), "de");
	assert_string_equal(notation_tag("fr", NULL), "fr");
	assert_string_equal(notation_tag("", "CH"), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(amounts_are_written_as_the_country_does),
	    cmocka_unit_test(dates_are_written_as_the_country_does),
	    cmocka_unit_test(percentages_are_written_as_the_country_does),
	    cmocka_unit_test(a_tag_is_given_where_a_country_writes_otherwise),
	    cmocka_unit_test(an_iban_is_written_in_groups),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
