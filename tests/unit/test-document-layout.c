#include "unit.h"
#include "document/layout.h"
#include "document/markup.h"
#include "document/text.h"

static const char first[] =
    "ACME Corp   TVA FR19812345676\n\nDoc ref 4711   Emis 03/02/2026\nEcheancier 05/03/2026\n"
    "Valeur   100,00 €\nTVA 20 %   20,00 €\nSomme finale   120,00 €\n";
static const char second[] =
    "ACME Corp   TVA FR19812345676\n\nDoc ref 4799   Emis 04/02/2026\nEcheancier 06/03/2026\n"
    "Valeur   10,00 €\nTVA 20 %   2,00 €\nSomme finale   12,00 €\n";

struct sheet {
	struct page *page;
	struct facts *facts;
};

static struct sheet sheet_of(const char *text)
{
	struct sheet sheet = {.page = plain_page(text, strlen(text))};
	sheet.facts = facts_new(sheet.page);
	return sheet;
}

static void sheet_clear(struct sheet *sheet)
{
	facts_free(sheet->facts);
	page_free(sheet->page);
}

static struct layout *teach_first(void)
{
	struct sheet sheet = sheet_of(first);
	struct layout_sample sample = {.facts = sheet.facts};
	sample.values[LAYOUT_NUMBER] = "4711";
	sample.values[LAYOUT_ISSUE_DATE] = "2026-02-03";
	sample.values[LAYOUT_DUE_DATE] = "2026-03-05";
	sample.values[LAYOUT_PAYABLE] = "120";
	struct layout *layout = NULL;
	struct layout_trouble trouble;
	struct error error = {0};
	assert_true(layout_teach("acme", &sample, 1, NULL, 0, "", &layout, &trouble, &error));
	sheet_clear(&sheet);
	return layout;
}

static void one_example_is_enough_for_the_next_invoice(void **state)
{
	(void)state;
	struct layout *layout = teach_first();
	struct page *page = plain_page(second, strlen(second));
	struct invoice *invoice = NULL;
	const char *reason;
	const struct layout *layouts[] = {layout};
	assert_int_equal(
	    text_read(page, INVOICE_SOURCE_PDF, layouts, 1, &invoice, &reason), DOCUMENT_INVOICE);
	assert_string_equal(invoice->number, "4799");
	assert_int_equal(invoice->issue_date, date_from_parts(2026, 2, 4));
	assert_int_equal(invoice->due_date, date_from_parts(2026, 3, 6));
	assert_int_equal(invoice->payable.minor, 1200);
	assert_int_equal(invoice->confidence, 980);
	invoice_free(invoice);
	page_free(page);
	layout_free(layout);
}

static void the_text_form_goes_there_and_back(void **state)
{
	(void)state;
	struct layout *layout = teach_first(), *again = NULL;
	struct buffer text = BUFFER_EMPTY, same = BUFFER_EMPTY;
	struct error error = {0};
	layout_write(layout, &text);
	assert_true(layout_parse(text.bytes, &again, &error));
	layout_write(again, &same);
	assert_string_equal(same.bytes, text.bytes);
	buffer_clear(&text);
	buffer_clear(&same);
	layout_free(again);
	layout_free(layout);
}

static void a_layout_is_recognised_by_its_marks(void **state)
{
	(void)state;
	struct layout *layout = teach_first();
	struct sheet own = sheet_of(second);
	struct sheet other =
	    sheet_of("OTHER Corp   TVA FR72823456785\nDoc ref 1   Emis 04/02/2026\nSomme finale   12,00 €\n");
	struct sheet bare = sheet_of("ACME Corp   TVA FR19812345676\nNotre catalogue est arrive\n");
	assert_true(layout_recognises(layout, own.facts));
	assert_false(layout_recognises(layout, other.facts));
	assert_false(layout_recognises(layout, bare.facts)); /* the issuer's, but not this layout */
	sheet_clear(&own);
	sheet_clear(&other);
	sheet_clear(&bare);
	layout_free(layout);
}

static void what_is_not_on_the_page_cannot_be_taught(void **state)
{
	(void)state;
	struct sheet sheet = sheet_of(first);
	struct layout_sample sample = {.facts = sheet.facts};
	sample.values[LAYOUT_PAYABLE] = "121";
	struct layout *layout = NULL;
	struct layout_trouble trouble;
	struct error error = {0};
	assert_false(layout_teach("acme", &sample, 1, NULL, 0, "", &layout, &trouble, &error));
	assert_null(layout);
	assert_string_equal(error.text, "payable: \"121\" does not stand on the page");
	assert_int_equal(trouble.field, LAYOUT_PAYABLE);
	assert_string_equal(g_ptr_array_index(trouble.nearest, 0), "120");
	layout_trouble_clear(&trouble);
	sheet_clear(&sheet);
}

static void wrong_lines_are_named(void **state)
{
	(void)state;
	static const struct {
		const char *text, *wrong;
	} rows[] = {
	    {"layout a\nmark bcde\nfield price after \"c\"\n", "3: no such field"},
	    {"layout a\nmark bcde\nfield total above \"c\"\n", "3: after, below or at is expected"},
	    {"layout a\nmark bcde\nfield total after c\n", "3: words in double quotes are expected"},
	    {"layout a\nmark bcde\nfield total after \"*\"\n", "3: words in double quotes are expected"},
	    {"layout a\nmark bcde\nfield total after \"c\n", "3: words in double quotes are expected"},
	    {"layout a\nmark bcde\nfield total at 1\n", "3: two numbers are expected"},
	    {"layout a\nmark bcde\nfield total at 1 2 3\n", "3: value or words is expected behind the place"},
	    {"layout a\nfield total after \"c\" value 0\n",
		"2: value is followed by a number from 1 to 9, or by last"},
	    {"layout a\nfield total after \"c\" words 2\n", "2: words is for numbers only"},
	    {"layout a\nmark b\n", "2: a mark has at least four characters"},
	    {"layout a b\n", "1: a name has letters, digits, '-', '_' and '.', at most 64"},
	    {"layout ../a\n", "1: a name has letters, digits, '-', '_' and '.', at most 64"},
	    {"layout a\nlayout b\n", "2: the layout has a name already"},
	    {"currency EURO\n", "1: a currency by ISO 4217 is expected"},
	    {"currency EUR ever\n", "1: only always may follow the currency"},
	    {"# remark\nhello\n", "2: layout, mark, field, currency, dates, amounts, payable or titles is expected"},
	    {"layout a\n", "1: a layout needs a name, a mark and a field"},
	    {"", "1: a layout needs a name, a mark and a field"},
	    {"layout a\nmark bcd\xff\n", "1: a layout is UTF-8 text"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct layout *layout = NULL;
		struct error error = {0};
		assert_false(layout_parse(rows[i].text, &layout, &error));
		assert_string_equal(error.text, rows[i].wrong);
		assert_null(layout);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(one_example_is_enough_for_the_next_invoice),
	    cmocka_unit_test(the_text_form_goes_there_and_back),
	    cmocka_unit_test(a_layout_is_recognised_by_its_marks),
	    cmocka_unit_test(what_is_not_on_the_page_cannot_be_taught),
	    cmocka_unit_test(wrong_lines_are_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
