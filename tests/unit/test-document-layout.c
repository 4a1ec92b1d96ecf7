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

static bool teach_text(const char *text, const char *number, const char *payable, const char *currency,
    struct layout **layout, struct error *error)
{
	struct sheet sheet = sheet_of(text);
	struct layout_sample sample = {.facts = sheet.facts};
	struct layout_trouble trouble;
	sample.values[LAYOUT_NUMBER] = number;
	sample.values[LAYOUT_PAYABLE] = payable;
	bool taught = layout_teach("x", &sample, 1, NULL, 0, currency, layout, &trouble, error);
	layout_trouble_clear(&trouble);
	sheet_clear(&sheet);
	return taught;
}

static void an_amount_is_not_taught_without_its_currency(void **state)
{
	(void)state;
	static const char text[] = "ACME Corp   TVA XX19812345676\n\nFacture 4711\nSomme finale   120,00\n";
	struct layout *layout = NULL;
	struct error error = {0};
	assert_false(teach_text(text, "4711", "120", "", &layout, &error));
	assert_string_equal(error.text, "the page names no currency: give it, as in currency=EUR");
	assert_true(teach_text(text, "4711", "120", "EUR", &layout, &error));
	layout_free(layout);
}

/* What is taught from FIRST is written, parsed, and read from SECOND. */
static struct invoice *taught_and_read(
    const char *one, const char *number, const char *payable, const char *currency, const char *other)
{
	struct layout *layout = NULL, *again = NULL;
	struct error error = {0};
	struct buffer text = BUFFER_EMPTY;
	assert_true(teach_text(one, number, payable, currency, &layout, &error));
	layout_write(layout, &text);
	assert_true(layout_parse(text.bytes, &again, &error));
	struct page *page = plain_page(other, strlen(other));
	struct invoice *invoice = NULL;
	const char *reason;
	const struct layout *layouts[] = {again};
	assert_int_equal(
	    text_read(page, INVOICE_SOURCE_PDF, layouts, 1, &invoice, &reason), DOCUMENT_INVOICE);
	page_free(page);
	buffer_clear(&text);
	layout_free(layout);
	layout_free(again);
	return invoice;
}

static void short_words_and_other_dollars_are_taught(void **state)
{
	(void)state;
#define DESIGN(number, amount)                                                                               \
	"ACME Corp   VAT FR19812345676\n\nFattura\n" number "\nEmis 03/02/2026\n"                            \
	"Somme finale   " amount "\n"
	static const struct {
		const char *first, *second, *currency;
	} rows[] = {
	    {DESIGN("N. 4711", "120,00 €"), DESIGN("N. 4799", "12,00 €"), ""},
	    {DESIGN("# 4711", "120,00 €"), DESIGN("# 4799", "12,00 €"), ""},
	    {DESIGN("No 4711", "$120.00"), DESIGN("No 4799", "$12.00"), "CAD"},
	    {DESIGN("No 4711 CAD", "$120.00"), DESIGN("No 4799 CAD", "$12.00"), ""},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct invoice *invoice =
		    taught_and_read(rows[i].first, "4711", "120", rows[i].currency, rows[i].second);
		assert_string_equal(invoice->number, "4799");
		assert_int_equal(invoice->payable.minor, 1200);
		assert_string_equal(invoice->layout, "x");
		invoice_free(invoice);
	}
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

static void the_number_most_like_a_wrong_one_is_told_first(void **state)
{
	(void)state;
	static const struct {
		const char *want, *nearest;
	} rows[] = {{"F2026-118", "F2026/0118"}, {"118", "F2026/0118"}, {"K-4712", "K4711"}};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct sheet sheet =
		    sheet_of("ACME Corp   TVA FR19812345676\nClient 7 K4711   Page 1\nRef F2026/0118 du "
			     "03/02/2026\nSomme 12,00 €\n");
		struct layout_sample sample = {.facts = sheet.facts};
		sample.values[LAYOUT_NUMBER] = rows[i].want;
		struct layout *layout = NULL;
		struct layout_trouble trouble;
		struct error error = {0};
		assert_false(layout_teach("acme", &sample, 1, NULL, 0, "", &layout, &trouble, &error));
		assert_string_equal(g_ptr_array_index(trouble.nearest, 0), rows[i].nearest);
		layout_trouble_clear(&trouble);
		sheet_clear(&sheet);
	}
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
	    {"# remark\nhello\n",
		"2: layout, mark, field, currency, dates, amounts, payable or titles is expected"},
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

/* What the layout of TEXT reads for FIELD on PAGE_TEXT; NULL where nothing. */
static char *read_by(const char *text, const char *page_text, enum layout_field field)
{
	struct layout *layout = NULL;
	struct error error = {0};
	if (!layout_parse(text, &layout, &error))
		fail_msg("%s", error.text);
	struct sheet sheet = sheet_of(page_text);
	char *value = layout_read(layout, sheet.facts, field);
	sheet_clear(&sheet);
	layout_free(layout);
	return value;
}

static void anchors_lead_to_values(void **state)
{
	(void)state;
	static const char page[] =
	    "ACME Corp   FR19812345676\nFacture no F-12 du 3 mars 2026 pour Jean Dupont du Lac\n"
	    "Taux           Base     Taxe     Somme\n5 %          100,00     5,00    105,00\n20 %          "
	    "50,00    10,00     60,00\n"
	    "Ensemble     150,00    15,00    165,00\nRef A 7 B du client\nTotal   1,00\nTotal   2,00\n";
	static const struct {
		const char *anchor, *value;
		enum layout_field field;
	} rows[] = {
	    {"number after \"^Facture no\"", "F-12", LAYOUT_NUMBER},
	    {"issue_date after \"^Facture no * du\"", "2026-03-03", LAYOUT_ISSUE_DATE},
	    {"issue_date after \"no * pour\"", NULL, LAYOUT_ISSUE_DATE},
	    {"number after \"^Ref\" words 3", "A 7 B", LAYOUT_NUMBER},
	    {"number after \"^Ref\" words 6", NULL, LAYOUT_NUMBER},
	    {"total after \"Ensemble\"", "150", LAYOUT_TOTAL},
	    {"total after \"Ensemble\" value 2", "15", LAYOUT_TOTAL},
	    {"total after \"Ensemble\" value last", "165", LAYOUT_TOTAL},
	    {"total after \"Ensemble\" value 4", NULL, LAYOUT_TOTAL},
	    {"total below \"^Somme\"", "105", LAYOUT_TOTAL},
	    {"total below \"^Somme\" value 2", "60", LAYOUT_TOTAL},
	    {"total below \"^Somme\" value last", "165", LAYOUT_TOTAL},
	    {"total after \"^Total\"", "1", LAYOUT_TOTAL},
	    {"total after last \"^TOTAL\"", "2", LAYOUT_TOTAL},
	    {"total after \"^Nothing\"", NULL, LAYOUT_TOTAL},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		char *text = g_strdup_printf("layout a\nmark FR19812345676\nfield %s\n", rows[i].anchor);
		char *value = read_by(text, page, rows[i].field);
		if (g_strcmp0(value, rows[i].value) != 0)
			fail_msg("%s: %s, not %s", rows[i].anchor, value, rows[i].value);
		g_free(value);
		g_free(text);
	}
}

static void values_have_one_form(void **state)
{
	(void)state;
	static const struct {
		enum layout_field field;
		const char *text, *normal;
	} rows[] = {
	    {LAYOUT_PAYABLE, "1188.00", "1188"},
	    {LAYOUT_PAYABLE, "1 188,50 €", "1188.5"},
	    {LAYOUT_PAYABLE, "-12,05", "-12.05"},
	    {LAYOUT_PAYABLE, "1.188", NULL}, /* two amounts */
	    {LAYOUT_PAYABLE, "19 %", NULL},
	    {LAYOUT_PAYABLE, "12,00 x", NULL},
	    {LAYOUT_DUE_DATE, "2026-03-01", "2026-03-01"},
	    {LAYOUT_DUE_DATE, "1er mars 2026", "2026-03-01"},
	    {LAYOUT_DUE_DATE, "03/04/2026", NULL}, /* two days */
	    {LAYOUT_DUE_DATE, "25/04/2026", "2026-04-25"},
	    {LAYOUT_NUMBER, "  RE  2026 ", "RE 2026"},
	    {LAYOUT_NUMBER, " ", NULL},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		char *normal = layout_value_normal(rows[i].field, rows[i].text);
		if (g_strcmp0(normal, rows[i].normal) != 0)
			fail_msg("%s: %s, not %s", rows[i].text, normal, rows[i].normal);
		g_free(normal);
	}
}

/* The invoice that is read from TEXT by a layout of these lines; NULL: none. */
static struct invoice *invoice_by(const char *lines, const char *text)
{
	struct layout *layout = NULL;
	struct error error = {0};
	char *whole = g_strconcat("layout a\nmark FR19812345676\n", lines, NULL);
	if (!layout_parse(whole, &layout, &error))
		fail_msg("%s", error.text);
	const struct layout *layouts[] = {layout};
	struct page *page = plain_page(text, strlen(text));
	struct invoice *invoice = NULL;
	const char *reason;
	(void)text_read(page, INVOICE_SOURCE_PDF, layouts, 1, &invoice, &reason);
	page_free(page);
	layout_free(layout);
	g_free(whole);
	return invoice;
}

static void a_credit_note_keeps_its_own_number(void **state)
{
	(void)state;
	static const char text[] =
	    "ACME Corp   FR19812345676\n\nAvoir no A-7   du 3 mars 2026\nFacture no F-12\n"
	    "Total HT   -100,00 €\nTVA 20 %   -20,00 €\nTotal TTC   -120,00 €\n";
	struct invoice *invoice =
	    invoice_by("field number after \"Facture no\"\nfield payable after last \"Total TTC\"\n", text);
	assert_int_equal(invoice->kind, INVOICE_KIND_CREDIT_NOTE);
	assert_string_equal(invoice->number, "A-7");
	assert_int_equal(invoice->payable.minor, 12000);
	assert_string_equal(invoice->layout, "a");
	invoice_free(invoice);
}

static void a_part_payment_that_the_sample_had_not_is_left_out_of_what_is_to_be_paid(void **state)
{
	(void)state;
	static const char text[] =
	    "ACME Corp   FR19812345676\n\nFacture no F-12   du 3 mars 2026\nTotal HT   100,00 €\n"
	    "TVA 20 %   20,00 €\nTotal TTC   120,00 €\nAcompte   50,00 €\nNet à payer   70,00 €\n";
	static const char layout[] =
	    "field number after \"Facture no\"\nfield payable after last \"Total TTC\"\n";
	struct invoice *invoice = invoice_by(layout, text);
	assert_int_equal(invoice->payable.minor, 7000);
	invoice_free(invoice);
	char *exact = g_strconcat(layout, "payable exact\n", NULL);
	invoice = invoice_by(exact, text);
	assert_int_equal(invoice->payable.minor, 12000);
	invoice_free(invoice);
	g_free(exact);
}

static void other_documents_of_the_issuer_are_no_invoices(void **state)
{
	(void)state;
	static const char text[] =
	    "ACME Corp   FR19812345676\n\nDEVIS no D-12   du 3 mars 2026\nTotal TTC   120,00 €\n";
	static const char layout[] = "field number after \"no\"\nfield payable after last \"Total TTC\"\n";
	assert_null(invoice_by(layout, text));
	char *any = g_strconcat(layout, "titles any\n", NULL);
	struct invoice *invoice = invoice_by(any, text);
	assert_string_equal(invoice->number, "D-12");
	invoice_free(invoice);
	g_free(any);
}

static void the_currency_of_bare_pages_is_the_layouts(void **state)
{
	(void)state;
	static const char text[] =
	    "ACME Corp   FR19812345676\n\nFacture no F-12   du 3 mars 2026\nSomme   1 200,00\n";
	static const char layout[] =
	    "field number after \"Facture no\"\nfield payable after \"Somme\"\ncurrency CHF\n";
	struct invoice *invoice = invoice_by(layout, text);
	assert_string_equal(invoice->currency, "CHF");
	assert_int_equal(invoice->payable.minor, 120000);
	invoice_free(invoice);
}

static void of_two_layouts_the_one_that_reads_more_counts(void **state)
{
	(void)state;
	static const char *const texts[] = {"layout a\ntitles any\nmark FR19812345676\nfield number after "
					    "\"Doc ref\"\nfield total after \"Gesamt\"\n",
	    "layout b\ntitles any\nmark FR19812345676\nfield number after \"Doc ref\"\nfield total after "
	    "\"Somme "
	    "finale\"\n"};
	struct layout *layouts[2] = {NULL, NULL};
	struct error error = {0};
	for (size_t i = 0; i < 2; i++)
		assert_true(layout_parse(texts[i], &layouts[i], &error));
	struct sheet sheet = sheet_of(first);
	const struct layout *chosen = layout_choose((const struct layout *const *)layouts, 2, sheet.facts);
	assert_ptr_equal(chosen, layouts[1]);
	sheet_clear(&sheet);
	layout_free(layouts[0]);
	layout_free(layouts[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(one_example_is_enough_for_the_next_invoice),
	    cmocka_unit_test(the_text_form_goes_there_and_back),
	    cmocka_unit_test(an_amount_is_not_taught_without_its_currency),
	    cmocka_unit_test(short_words_and_other_dollars_are_taught),
	    cmocka_unit_test(a_layout_is_recognised_by_its_marks),
	    cmocka_unit_test(what_is_not_on_the_page_cannot_be_taught),
	    cmocka_unit_test(the_number_most_like_a_wrong_one_is_told_first),
	    cmocka_unit_test(wrong_lines_are_named),
	    cmocka_unit_test(anchors_lead_to_values),
	    cmocka_unit_test(values_have_one_form),
	    cmocka_unit_test(a_credit_note_keeps_its_own_number),
	    cmocka_unit_test(a_part_payment_that_the_sample_had_not_is_left_out_of_what_is_to_be_paid),
	    cmocka_unit_test(other_documents_of_the_issuer_are_no_invoices),
	    cmocka_unit_test(the_currency_of_bare_pages_is_the_layouts),
	    cmocka_unit_test(of_two_layouts_the_one_that_reads_more_counts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
