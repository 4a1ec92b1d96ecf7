#include "unit.h"
#include "base/buffer.h"
#include "report/display.h"
#include "report/printer.h"
#include "report/words.h"

/* One list with a column of each type, printed in the FORMAT; the output must be freed. */
static const struct field fields[] = {
    {"name", "Name", FIELD_TEXT, FIELD_ELASTIC},
    {"count", "Count", FIELD_NUMBER, 0},
    {"amount", "Amount", FIELD_MONEY, 0},
    {"currency", "Currency", FIELD_TEXT, FIELD_FOR_MACHINES},
    {"day", "Day", FIELD_DATE, 0},
    {"at", "At", FIELD_INSTANT, 0},
    {"sure", "Sure", FIELD_SHARE, 0},
    {"done", "Done", FIELD_BOOLEAN, 0},
    {"words", "Words", FIELD_TEXTS, 0},
    {"any", "Any", FIELD_JSON, FIELD_FOR_MACHINES},
};

static void print_row(struct printer *printer, const char *name, int64_t minor)
{
	const char *const words[] = {"a", "b"};
	json_t *any = json_pack("{s:i}", "x", 1);
	printer_text(printer, name);
	printer_number(printer, 7);
	printer_money(printer, money(minor, "EUR"));
	printer_text(printer, "EUR");
	printer_date(printer, date_from_parts(2026, 3, 31));
	printer_instant(printer, 0);
	printer_share(printer, 970);
	printer_boolean(printer, true);
	printer_texts(printer, words, 2);
	printer_json(printer, any);
	printer_end_row(printer);
	json_decref(any);
}

static void print_nothing(struct printer *printer)
{
	for (size_t i = 0; i < ARRAY_LENGTH(fields); i++)
		printer_absent(printer);
	printer_end_row(printer);
}

static char *print(const struct printer_options *options, void (*report)(struct printer *printer))
{
	char *text = NULL;
	size_t length = 0;
	struct error error = {0};
	FILE *out = open_memstream(&text, &length);
	struct printer *printer = printer_new(out, options);
	report(printer);
	assert_true(printer_finish(printer, &error));
	fclose(out);
	return text;
}

static void two_rows(struct printer *printer)
{
	printer_begin_list(printer, NULL, NULL, fields, ARRAY_LENGTH(fields));
	print_row(printer, "Anne, \"Le\" Goff", 118800);
	print_nothing(printer);
	printer_begin_sum(printer);
	for (size_t i = 0; i < ARRAY_LENGTH(fields); i++)
		if (i == 2)
			printer_money(printer, money(118800, "EUR"));
		else
			printer_absent(printer);
	printer_end_row(printer);
	printer_end_list(printer);
}

static void assert_prints(
    const struct printer_options *options, void (*report)(struct printer *), const char *wanted)
{
	char *text = print(options, report);
	assert_string_equal(text, wanted);
	free(text);
}

static void json_has_every_key_and_exact_values(void **state)
{
	(void)state;
	static const char object[] = "{\"schema\": 1, \"name\": \"Anne, \\\"Le\\\" Goff\", \"count\": 7, "
				     "\"amount\": \"1188.00\", \"currency\": \"EUR\","
				     " \"day\": \"2026-03-31\", \"at\": \"1970-01-01T00:00:00Z\", \"sure\": "
				     "0.970, \"done\": true, \"words\": [\"a\", \"b\"],"
				     " \"any\": {\"x\":1}}";
	static const char nothing[] =
	    "{\"schema\": 1, \"name\": null, \"count\": null, \"amount\": null, \"currency\": null,"
	    " \"day\": null, \"at\": null, \"sure\": null, \"done\": null, \"words\": [], \"any\": null}";
	char *array = NULL;
	char *lines = NULL;
	assert_true(asprintf(&array, "[%s,\n %s]\n", object, nothing) > 0);
	assert_true(asprintf(&lines, "%s\n%s\n", object, nothing) > 0);
	assert_prints(&(struct printer_options){.format = PRINTER_JSON}, two_rows, array);
	assert_prints(&(struct printer_options){.format = PRINTER_JSON, .lines = true}, two_rows, lines);
	free(array);
	free(lines);
}

static void csv_quotes_and_tsv_does_not(void **state)
{
	(void)state;
	assert_prints(&(struct printer_options){.format = PRINTER_CSV}, two_rows,
	    "name,count,amount,currency,day,at,sure,done,words,any\r\n"
	    "\"Anne, \"\"Le\"\" "
	    "Goff\",7,1188.00,EUR,2026-03-31,1970-01-01T00:00:00Z,0.970,true,a;b,\"{\"\"x\"\":1}\"\r\n"
	    ",,,,,,,,,\r\n");
	assert_prints(&(struct printer_options){.format = PRINTER_TSV}, two_rows,
	    "name\tcount\tamount\tcurrency\tday\tat\tsure\tdone\twords\tany\n"
	    "Anne, \"Le\" "
	    "Goff\t7\t1188.00\tEUR\t2026-03-31\t1970-01-01T00:00:00Z\t0.970\ttrue\ta;b\t{\"x\":1}\n"
	    "\t\t\t\t\t\t\t\t\t\n");
}

static void tables_are_aligned_and_show_sums(void **state)
{
	(void)state;
	assert_prints(&(struct printer_options){.format = PRINTER_TABLE}, two_rows,
	    "Name             Count        Amount  Day         At                Sure  Done  Words\n"
	    "Anne, \"Le\" Goff      7  1,188.00 EUR  2026-03-31  1970-01-01 00:00  97 %  yes   a, b\n"
	    "\n"
	    "-------------------------------------------------------------------------------------\n"
	    "                        1,188.00 EUR\n");
}

static void days_of_which_one_is_not_known(struct printer *printer)
{
	static const struct field dated[] = {{"day", "Day", FIELD_DATE, 0}, {"what", "What", FIELD_TEXT, 0}};
	printer_begin_list(printer, NULL, NULL, dated, ARRAY_LENGTH(dated));
	printer_date(printer, date_from_parts(2026, 3, 31));
	printer_text(printer, "call");
	printer_end_row(printer);
	printer_absent(printer);
	printer_text(printer, "held");
	printer_end_row(printer);
	printer_begin_sum(printer);
	printer_absent(printer);
	printer_text(printer, "2");
	printer_end_row(printer);
	printer_end_list(printer);
}

static void a_row_without_a_day_does_not_look_like_one_of_the_day_above(void **state)
{
	(void)state;
	assert_prints(&(struct printer_options){.format = PRINTER_TABLE}, days_of_which_one_is_not_known,
	    "Day         What\n"
	    "2026-03-31  call\n"
	    "-           held\n"
	    "----------------\n"
	    "            2\n");
}

static void a_table_that_is_too_wide_cuts_the_elastic_column(void **state)
{
	(void)state;
	assert_prints(&(struct printer_options){.format = PRINTER_TABLE, .columns = 80}, two_rows,
	    "Name        Count        Amount  Day         At                Sure  Done  Words\n"
	    "Anne, \"Le…      7  1,188.00 EUR  2026-03-31  1970-01-01 00:00  97 %  yes   a, b\n"
	    "\n"
	    "--------------------------------------------------------------------------------\n"
	    "                   1,188.00 EUR\n");
}

static const struct field record_fields[] = {
    {"invoice", "Invoice", FIELD_TEXT, 0}, {"open", "Open", FIELD_MONEY, 0}, {"why", "Why", FIELD_TEXT, 0}};
static const struct field part_fields[] = {
    {"kind", "Kind", FIELD_TEXT, 0}, {"amount", "Amount", FIELD_MONEY, 0}};

static void one_record(struct printer *printer)
{
	printer_begin_record(printer, NULL, record_fields, ARRAY_LENGTH(record_fields));
	printer_text(printer, "F2026-118");
	printer_money(printer, money(50, "EUR"));
	printer_text(printer, NULL);
	printer_begin_list(printer, "entries", "Entries", part_fields, ARRAY_LENGTH(part_fields));
	for (int i = 1; i <= 2; i++) {
		printer_text(printer, "fee");
		printer_money(printer, money(-i, "EUR"));
		printer_end_row(printer);
	}
	printer_end_list(printer);
	printer_begin_list(printer, "holds", "Holds", part_fields, ARRAY_LENGTH(part_fields));
	printer_end_list(printer);
	printer_end_record(printer);
}

static void a_record_has_its_fields_then_its_lists(void **state)
{
	(void)state;
	assert_prints(&(struct printer_options){.format = PRINTER_JSON}, one_record,
	    "[{\"schema\": 1, \"invoice\": \"F2026-118\", \"open\": \"0.50\", \"why\": null, \"entries\": "
	    "[{\"kind\": \"fee\", \"amount\": \"-0.01\"}, {\"kind\": \"fee\", \"amount\": \"-0.02\"}], "
	    "\"holds\": []}]\n");
	assert_prints(&(struct printer_options){.format = PRINTER_TABLE}, one_record,
	    "Invoice  F2026-118\nOpen     0.50 EUR\n\nEntries\nKind     Amount\nfee   -0.01 EUR\nfee   -0.02 "
	    "EUR\n");
	assert_prints(&(struct printer_options){.format = PRINTER_CSV}, one_record,
	    "invoice,open,why\r\nF2026-118,0.50,\r\n");
}

static void no_rows(struct printer *printer)
{
	printer_begin_list(printer, NULL, NULL, fields, ARRAY_LENGTH(fields));
	printer_end_list(printer);
}

static void an_empty_list_is_an_empty_array_and_an_empty_table(void **state)
{
	(void)state;
	assert_prints(&(struct printer_options){.format = PRINTER_JSON}, no_rows, "[]\n");
	assert_prints(&(struct printer_options){.format = PRINTER_JSON, .lines = true}, no_rows, "");
	assert_prints(&(struct printer_options){.format = PRINTER_TABLE}, no_rows, "");
}

static void what_could_steer_a_terminal_is_made_harmless(void **state)
{
	(void)state;
	static const struct {
		const char *raw, *safe;
	} rows[] = {
	    {"plain é 日本", "plain é 日本"},
	    {"two\nlines\tand\r\ntabs", "two lines and tabs"},
	    {"\033[31mred\007", "\xef\xbf\xbd[31mred\xef\xbf\xbd"},
	    {"\xc2\x9b"
	     "31m",
		"\xef\xbf\xbd"
		"31m"},
	    {"a\xe2\x80\xae"
	     "b",
		"a\xef\xbf\xbd"
		"b"},
	    {"a\xe2\x81\xa6"
	     "b\xd8\x9c",
		"a\xef\xbf\xbd"
		"b\xef\xbf\xbd"},
	    {"broken \xff utf8", "broken \xef\xbf\xbd utf8"},
	    {"\xe2\x80\xa8", "\xef\xbf\xbd"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		char *safe = display_text(rows[i].raw);
		assert_string_equal(safe, rows[i].safe);
		free(safe);
	}
}

static void widths_are_those_of_a_terminal(void **state)
{
	(void)state;
	assert_int_equal(display_width("abc"), 3);
	assert_int_equal(display_width("é"), 1);
	assert_int_equal(display_width("e\xcc\x81"), 1); /* e and a combining acute */
	assert_int_equal(display_width("日本"), 4);
	assert_int_equal(display_fit("日本", 3), 3); /* only the first fits */
	size_t next;
	assert_int_equal(display_wrap("one two three", 8, &next), 7);
	assert_int_equal(next, 8);
	assert_int_equal(display_wrap("onetwothree", 4, &next), 4);
	assert_int_equal(next, 4);
}

static void amounts_are_written_as_the_language_does(void **state)
{
	(void)state;
	static const struct {
		int64_t minor;
		const char *currency, *language, *text;
	} rows[] = {
	    {123456789, "EUR", "en", "1,234,567.89 EUR"},
	    {123456789, "EUR", "fr", "1 234 567,89 EUR"},
	    {123456789, "EUR", "de", "1.234.567,89 EUR"},
	    {-100000, "EUR", NULL, "-1,000.00 EUR"},
	    {1000, "JPY", "en", "1,000 JPY"},
	    {999, "EUR", "it", "9,99 EUR"},
	    {1234567, "TND", "en", "1,234.567 TND"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct buffer text = BUFFER_EMPTY;
		display_append_money(&text, money(rows[i].minor, rows[i].currency), rows[i].language);
		assert_string_equal(text.bytes, rows[i].text);
		buffer_clear(&text);
	}
}

static void words_are_found_in_every_language_that_there_is(void **state)
{
	(void)state;
	static const struct {
		const char *language, *english, *word;
	} rows[] = {{"fr", "yes", "oui"}, {"fr", "1-30 days", "1-30 jours"}, {"de", "Customer", "Kunde"},
	    {"es", "Due", "Vencimiento"}, {"it", "Why", "Perché"}, {"nl", "Overdue", "Vervallen"},
	    {"en", "Due", "Due"}, {NULL, "Due", "Due"}, {"fr", "no such word", "no such word"}};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
		assert_string_equal(words_in(rows[i].language, rows[i].english), rows[i].word);
	assert_true(words_has_language("nl"));
	assert_false(words_has_language("pt"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(json_has_every_key_and_exact_values),
	    cmocka_unit_test(csv_quotes_and_tsv_does_not),
	    cmocka_unit_test(tables_are_aligned_and_show_sums),
	    cmocka_unit_test(a_row_without_a_day_does_not_look_like_one_of_the_day_above),
	    cmocka_unit_test(a_table_that_is_too_wide_cuts_the_elastic_column),
	    cmocka_unit_test(a_record_has_its_fields_then_its_lists),
	    cmocka_unit_test(an_empty_list_is_an_empty_array_and_an_empty_table),
	    cmocka_unit_test(what_could_steer_a_terminal_is_made_harmless),
	    cmocka_unit_test(widths_are_those_of_a_terminal),
	    cmocka_unit_test(amounts_are_written_as_the_language_does),
	    cmocka_unit_test(words_are_found_in_every_language_that_there_is),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
