/* The door, and the structured way. */
#include "unit.h"
#include "document/document.h"
#include "document/embedded.h"
#include "document/pdf_scan.h"

#include <gio/gio.h>

#define CII(header, settlement)                                                                              \
	"<CrossIndustryInvoice><ExchangedDocument><ID>F1</ID>" header                                        \
	"</ExchangedDocument><SupplyChainTradeTransaction>"                                                  \
	"<ApplicableHeaderTradeSettlement><InvoiceCurrencyCode>EUR</InvoiceCurrencyCode>" settlement         \
	"</ApplicableHeaderTradeSettlement></SupplyChainTradeTransaction></CrossIndustryInvoice>"
#define SUMS(inner)                                                                                          \
	"<SpecifiedTradeSettlementHeaderMonetarySummation>" inner                                            \
	"</SpecifiedTradeSettlementHeaderMonetarySummation>"
#define UBL_INVOICE "xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\""

/* What the last document said; for one assertion. */
static char said[256];

static enum document_outcome read_bytes(
    const void *bytes, size_t length, struct invoice **invoice, const char **reason)
{
	char *own = NULL;
	enum document_outcome outcome = document_read(bytes, length, NULL, NULL, invoice, &own);
	g_strlcpy(said, own != NULL ? own : "", sizeof said);
	*reason = own != NULL ? said : NULL;
	g_free(own);
	return outcome;
}

static enum document_outcome read_text(const char *text, struct invoice **invoice, const char **reason)
{
	return read_bytes(text, strlen(text), invoice, reason);
}

static struct invoice *read_invoice(const char *text)
{
	struct invoice *invoice;
	const char *reason;
	assert_int_equal(read_text(text, &invoice, &reason), DOCUMENT_INVOICE);
	return invoice;
}

static bool has(const GPtrArray *list, const char *word)
{
	for (guint i = 0; i < list->len; i++)
		if (strcmp(g_ptr_array_index(list, i), word) == 0)
			return true;
	return false;
}

static void words_go_there_and_back(void **state)
{
	(void)state;
	for (int i = INVOICE_SOURCE_CII; i <= INVOICE_SOURCE_TEXT; i++) {
		enum invoice_source source;
		assert_true(invoice_source_from_word(invoice_source_word((enum invoice_source)i), &source));
		assert_int_equal(source, i);
	}
	enum invoice_kind kind;
	assert_true(invoice_kind_from_word("credit_note", &kind));
	assert_int_equal(kind, INVOICE_KIND_CREDIT_NOTE);
	assert_false(invoice_kind_from_word("Invoice", &kind));
}

static void what_is_left_to_pay_is_bt_115(void **state)
{
	(void)state;
	struct invoice *invoice = read_invoice(CII("<TypeCode>386</TypeCode>",
	    SUMS("<TaxTotalAmount currencyID=\"SEK\">9.00</TaxTotalAmount><TaxTotalAmount "
		 "currencyID=\"EUR\">20.00"
		 "</TaxTotalAmount><GrandTotalAmount>120.00</GrandTotalAmount><TotalPrepaidAmount>20.5"
		 "</TotalPrepaidAmount><DuePayableAmount> 99.5 </DuePayableAmount>")));
	assert_int_equal(invoice->kind, INVOICE_KIND_PREPAYMENT);
	assert_int_equal(invoice->total.minor, 12000);
	assert_int_equal(invoice->paid.minor, 2050);
	assert_int_equal(invoice->payable.minor, 9950);
	assert_int_equal(invoice->tax.minor, 2000);
	assert_int_equal(invoice->warnings->len, 0);
	invoice_free(invoice);
}

static void every_due_line_is_kept_in_order(void **state)
{
	(void)state;
#define TERMS(date, amount)                                                                                  \
	"<SpecifiedTradePaymentTerms><DueDateDateTime><DateTimeString format=\"102\">" date                  \
	"</DateTimeString></DueDateDateTime><PartialPaymentAmount>" amount                                   \
	"</PartialPaymentAmount></SpecifiedTradePaymentTerms>"
	struct invoice *invoice = read_invoice(CII("",
	    TERMS("20260301", "70.00") TERMS("20260201", "50.00") SUMS(
		"<GrandTotalAmount>120.00</GrandTotalAmount><DuePayableAmount>120.00</DuePayableAmount>")));
	assert_int_equal(invoice->due_lines->len, 2);
	const struct due_line *first = &g_array_index(invoice->due_lines, struct due_line, 0);
	assert_int_equal(first->date, date_from_parts(2026, 2, 1));
	assert_int_equal(first->amount.minor, 5000);
	assert_int_equal(invoice->due_date, date_from_parts(2026, 3, 1));
	invoice_free(invoice);
}

static void the_day_of_a_discount_is_no_due_line(void **state)
{
	(void)state;
#define DUE_SUMS                                                                                             \
	SUMS("<GrandTotalAmount>120.00</GrandTotalAmount><DuePayableAmount>120.00</DuePayableAmount>")
	static const char *const rows[] = {
	    CII("", TERMS("20260210", "") TERMS("20260301", "") DUE_SUMS),
	    CII("", TERMS("20260210", "") TERMS("20260301", "120.00") DUE_SUMS),
	    "\n\n<?xml version=\"1.0\"?>" CII("", TERMS("20260301", "120.00") TERMS("20260410", "") DUE_SUMS),
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct invoice *invoice = read_invoice(rows[i]);
		assert_int_equal(invoice->due_lines->len, 1);
		const struct due_line *only = &g_array_index(invoice->due_lines, struct due_line, 0);
		assert_int_equal(only->date, date_from_parts(2026, 3, 1));
		assert_int_equal(only->amount.minor, 12000);
		invoice_free(invoice);
	}
}

static void terms_in_several_texts_count_together(void **state)
{
	(void)state;
	struct invoice *invoice =
	    read_invoice("<Invoice " UBL_INVOICE "><ID>1</ID><IssueDate>2026-03-12</IssueDate>"
			 "<PaymentTerms><Note>#SKONTO#TAGE=10#PROZENT=2.00#</Note></PaymentTerms>"
			 "<PaymentTerms><Note>30 Tage netto</Note></PaymentTerms></Invoice>");
	assert_int_equal(invoice->due_date, date_from_parts(2026, 4, 11));
	invoice_free(invoice);
}

static void the_envelope_of_the_network_is_opened(void **state)
{
	(void)state;
	struct invoice *invoice = read_invoice(
	    "<StandardBusinessDocument "
	    "xmlns=\"http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader\">"
	    "<StandardBusinessDocumentHeader/><Invoice " UBL_INVOICE "><ID>1</ID><DocumentCurrencyCode>EUR"
	    "</DocumentCurrencyCode><LegalMonetaryTotal><PayableAmount>90</PayableAmount></"
	    "LegalMonetaryTotal>"
	    "</Invoice></StandardBusinessDocument>");
	assert_int_equal(invoice->payable.minor, 9000);
	invoice_free(invoice);
}

static void a_cut_off_file_never_gives_a_cut_off_amount(void **state)
{
	(void)state;
	static const char text[] =
	    CII("", SUMS("<GrandTotalAmount>120.00</GrandTotalAmount><DuePayableAmount>120.00"));
	size_t cut = (size_t)(strstr(text, "120.00</Specified") - text);
	for (size_t length = cut; length < cut + 6; length++) {
		struct invoice *invoice;
		const char *reason;
		assert_int_equal(read_bytes(text, length, &invoice, &reason), DOCUMENT_INVOICE);
		assert_int_equal(invoice->total.minor, 12000);
		assert_true(money_is_none(invoice->payable));
		assert_true(invoice->confidence < 1000);
		assert_non_null(reason);
		invoice_free(invoice);
	}
}

static void amounts_that_are_no_numbers_are_absent(void **state)
{
	(void)state;
	static const char *const rows[] = {
	    "1,188.00", "1 188.00", "1188,00", "1e3", "", "NaN", "--1", "99999999999999999999"};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		char *text =
		    g_strdup_printf(CII("", SUMS("<DuePayableAmount>%s</DuePayableAmount>")), rows[i]);
		struct invoice *invoice = read_invoice(text);
		assert_true(money_is_none(invoice->payable));
		invoice_free(invoice);
		g_free(text);
	}
}

static void hostile_xml_is_refused_with_a_reason(void **state)
{
	(void)state;
	struct invoice *invoice;
	const char *reason = NULL;
	assert_int_equal(
	    read_text("<!DOCTYPE a [<!ENTITY b \"c\">]><CrossIndustryInvoice>&b;</CrossIndustryInvoice>",
		&invoice, &reason),
	    DOCUMENT_UNREADABLE);
	assert_null(invoice);
	assert_string_equal(reason, "XML with a document type declaration (entities are refused)");
	GString *deep = g_string_new(NULL);
	for (int i = 0; i < 1000; i++)
		g_string_append(deep, "<a>");
	assert_int_equal(read_text(deep->str, &invoice, &reason), DOCUMENT_UNREADABLE);
	assert_string_equal(reason, "XML nested too deeply");
	g_string_assign(deep, "<a ");
	for (int i = 0; i < 20000; i++)
		g_string_append_printf(deep, "a%d=\"\" ", i);
	g_string_append(deep, "/>");
	assert_int_equal(read_text(deep->str, &invoice, &reason), DOCUMENT_UNREADABLE);
	assert_string_equal(reason, "XML with a tag that does not end");
	g_string_free(deep, TRUE);
}

static void other_messages_of_the_same_families_are_no_invoices(void **state)
{
	(void)state;
	static const char *const rows[] = {
	    "<SCRDMCCBDACIOMessageStructure><ExchangedDocument><ID>O1</ID></ExchangedDocument></"
	    "SCRDMCCBDACIOMessageStructure>",
	    "<CrossDomainAcknowledgementAndResponse><ExchangedDocument><ID>1</ID></ExchangedDocument>"
	    "</CrossDomainAcknowledgementAndResponse>",
	    "<Order xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Order-2\"><ID>1</ID></Order>",
	    "<Invoice><ID>1</ID></Invoice>",
	    "<Invoice " UBL_INVOICE "><ID>1</ID><InvoiceTypeCode>325</InvoiceTypeCode></Invoice>",
	    CII("<TypeCode>325</TypeCode>", ""),
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct invoice *invoice;
		const char *reason;
		assert_int_equal(read_text(rows[i], &invoice, &reason), DOCUMENT_NO_INVOICE);
		assert_null(invoice);
	}
}

static void the_pre_flight_names_what_is_missing_and_wrong(void **state)
{
	(void)state;
	struct invoice *invoice =
	    read_invoice("<Invoice " UBL_INVOICE
			 "><ID>1</ID><IssueDate>2026-01-01</IssueDate><DueDate>2026-04-01</DueDate>"
			 "<Note>#PMT#Indemnité de 40 "
			 "€</Note><DocumentCurrencyCode>EUR</DocumentCurrencyCode><PaymentMeans>"
			 "<PayeeFinancialAccount><ID>FR7630006000011234567890188</ID></"
			 "PayeeFinancialAccount></PaymentMeans>"
			 "<LegalMonetaryTotal><TaxInclusiveAmount>100</TaxInclusiveAmount><PayableAmount>90</"
			 "PayableAmount>"
			 "</LegalMonetaryTotal></Invoice>");
	assert_true(has(invoice->missing, "penalty_rate"));
	assert_true(has(invoice->missing, "discount_terms"));
	assert_false(has(invoice->missing, "fixed_compensation"));
	assert_true(has(invoice->missing, "buyer_name"));
	assert_true(has(invoice->warnings, "term_too_long"));
	assert_true(has(invoice->warnings, "iban_checksum"));
	assert_true(has(invoice->warnings, "totals_do_not_add_up"));
	invoice_free(invoice);
	invoice = read_invoice(
	    "<Invoice " UBL_INVOICE "><ID>1</ID><IssueDate>2026-01-01</IssueDate><PaymentMeans>"
	    "<PayeeFinancialAccount><ID>DE89370400440532013000</ID></PayeeFinancialAccount></PaymentMeans>"
	    "</Invoice>");
	assert_false(has(invoice->missing, "penalty_rate")); /* French law asks French sellers */
	assert_true(has(invoice->missing, "due_date"));
	assert_int_equal(invoice->warnings->len, 0);
	invoice_free(invoice);
}

/* ---- files embedded in a PDF ---- */

#define MARKED(inner, body) "1 0 obj<</Type/EmbeddedFile" inner ">>stream\n" body "\nendstream endobj\n"
#define SPECIFICATION	    "7 0 obj<</Type/Filespec/F(factur-x.xml)/EF<</F 1 0 R>>>>endobj\n"

static const struct embedded_file *nth(const GPtrArray *files, guint index)
{
	return g_ptr_array_index(files, index);
}

static void embedded_files_are_found_however_they_hang_in_the_pdf(void **state)
{
	(void)state;
	static const char text[] =
	    "%PDF-1.7\n\0binary\n1 0 obj\n<</Type /EmbeddedFile /Length "
	    "4>>\r\nstream\r\n<a/>\nendstream\nendobj\n"
	    "2 0 obj<</Type/EmbeddedFile>>stream\nnot xml\nendstream endobj\n"
	    "3 0 obj<</Type/XObject>>stream\n<x/>\nendstream endobj\n"
	    "4 0 obj<</Subtype/text#2Fxml>>stream\n<b/>\nendstream endobj\n"
	    "5 0 obj<</Type/EmbeddedFile/Filter/LZWDecode>>stream\n<c/>\nendstream endobj\n"
	    "6 0 obj<</F(old.xml)/UF<FEFF006E00E9002E0078006D006C>/EF<</F 4 0 R/UF 4 0 R>>>>endobj\n"
	    "7 0 obj<</Type/Filespec/EF<</F 1 0 R>>/F(a\\(\\351\\).xml)>>endobj\n";
	GPtrArray *files = embedded_files(text, sizeof text - 1);
	assert_int_equal(files->len, 3);
	assert_string_equal(nth(files, 0)->refused, "packed in a way that is not read");
	assert_null(nth(files, 0)->name);
	assert_memory_equal(nth(files, 1)->content->data, "<b/>", 4); /* the last one first */
	assert_string_equal(nth(files, 1)->name, "n\u00e9.xml");
	assert_memory_equal(nth(files, 2)->content->data, "<a/>", 4);
	assert_string_equal(nth(files, 2)->name, "a(\u00e9).xml");
	g_ptr_array_unref(files);
}

static void a_file_may_be_known_by_its_specification_alone(void **state)
{
	(void)state;
	static const char text[] = "%PDF-1.7\n1 0 obj<</Length 4>>stream\n<a/>\nendstream endobj\n"
				   "2 0 obj<</Length 4>>stream\n<b/>\nendstream endobj\n" SPECIFICATION;
	GPtrArray *files = embedded_files(text, sizeof text - 1);
	assert_int_equal(files->len, 1);
	assert_memory_equal(nth(files, 0)->content->data, "<a/>", 4);
	assert_string_equal(nth(files, 0)->name, "factur-x.xml");
	g_ptr_array_unref(files);
}

static void printable_packing_is_undone(void **state)
{
	(void)state;
	/* "<invoice/>" in base 85 and hexadecimal, the latter besides deflated (stored) */
	static const char *const rows[] = {
	    "%PDF-1.7\n" MARKED("/Filter/ASCII85Decode", "4DA\\VDeW]m00T~>"),
	    "%PDF-1.7\n" MARKED("/Filter [ /ASCIIHexDecode ]", "3C 69 6E 76 6F 69 63 65 2F 3E>"),
	    "%PDF-1.7\n" MARKED(
		"/Filter[/AHx/FlateDecode]", "7801 01 0A00 F5FF 3C696E766F6963652F3E 14BB0397>"),
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		GPtrArray *files = embedded_files(rows[i], strlen(rows[i]));
		assert_int_equal(files->len, 1);
		assert_int_equal(nth(files, 0)->content->len >= 10, true);
		assert_memory_equal(nth(files, 0)->content->data, "<invoice/>", 10);
		g_ptr_array_unref(files);
	}
}

/* One page that says WORDS, and what is embedded as factur-x.xml. */
static GString *pdf_with(const char *words, const char *packing, const void *bytes, size_t length)
{
	GString *pdf = g_string_new("%PDF-1.4\n1 0 obj<</Type/EmbeddedFile");
	g_string_append_printf(pdf, "%s/Length %zu>>stream\n", packing, length);
	g_string_append_len(pdf, bytes, (gssize)length);
	g_string_append_printf(pdf,
	    "\nendstream endobj\n" SPECIFICATION
	    "2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox"
	    "[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont"
	    "/Helvetica>>>>>>>>endobj 4 0 obj<</Length %zu>>stream\n%s\nendstream endobj\n"
	    "5 0 obj<</Type/Catalog/Pages 2 0 R/AF[7 0 R]>>endobj trailer<</Root 5 0 R/Size 8>>\n%%%%EOF\n",
	    strlen(words), words);
	return pdf;
}

/* 40 MB of spaces behind a first tag, deflated. */
static GByteArray *bomb(void)
{
	GByteArray *plain = g_byte_array_new(), *packed = g_byte_array_new();
	g_byte_array_set_size(plain, 40 << 20);
	memset(plain->data, ' ', plain->len);
	plain->data[0] = '<';
	g_byte_array_set_size(packed, 1 << 20);
	GConverter *deflater = G_CONVERTER(g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9));
	gsize read, written;
	assert_int_equal(g_converter_convert(deflater, plain->data, plain->len, packed->data, packed->len,
			     G_CONVERTER_INPUT_AT_END, &read, &written, NULL),
	    G_CONVERTER_FINISHED);
	g_byte_array_set_size(packed, (guint)written);
	g_object_unref(deflater);
	g_byte_array_unref(plain);
	return packed;
}

#define INVOICE_WORDS                                                                                        \
	"BT /F 10 Tf 50 700 Td (Invoice INV-118) Tj 0 -20 Td (Date: 2026-03-12) Tj "                         \
	"0 -20 Td (Total due: EUR 1,188.00) Tj ET"
#define ENTITIES "<!DOCTYPE x [<!ENTITY a \"b\"><!ENTITY c \"&a;&a;\">]><x>&c;</x>"

static void what_is_embedded_and_cannot_be_read_is_named(void **state)
{
	(void)state;
	GByteArray *packed = bomb();
	struct {
		const char *packing;
		const void *bytes;
		size_t length;
		const char *finding;
	} rows[] = {
	    {"/Filter/FlateDecode", packed->data, packed->len,
		"factur-x.xml: larger than 32 MB when unpacked"},
	    {"", ENTITIES, strlen(ENTITIES),
		"factur-x.xml: XML with a document type declaration (entities are refused)"},
	    {"", "<Invoice><ID>", 13, "factur-x.xml: XML that is not well-formed"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		char *warning = g_strconcat("embedded_file: ", rows[i].finding, NULL);
		char *told = g_strconcat("embedded ", rows[i].finding, NULL);
		struct invoice *invoice;
		const char *reason;
		GString *pdf = pdf_with(INVOICE_WORDS, rows[i].packing, rows[i].bytes, rows[i].length);
		assert_int_equal(read_bytes(pdf->str, pdf->len, &invoice, &reason), DOCUMENT_INVOICE);
		assert_int_equal(invoice->payable.minor, 118800);
		assert_true(has(invoice->warnings, warning));
		assert_string_equal(reason, told);
		invoice_free(invoice);
		g_string_free(pdf, TRUE);
		/* a page that tells nothing: then the file and the reason are all there is */
		static const char *const pages[] = {"", "BT /F 10 Tf 50 700 Td (Delivery note) Tj ET"};
		for (size_t j = 0; j < ARRAY_LENGTH(pages); j++) {
			pdf = pdf_with(pages[j], rows[i].packing, rows[i].bytes, rows[i].length);
			assert_int_equal(
			    read_bytes(pdf->str, pdf->len, &invoice, &reason), DOCUMENT_UNREADABLE);
			assert_null(invoice);
			assert_true(g_str_has_prefix(reason, told));
			g_string_free(pdf, TRUE);
		}
		g_free(warning);
		g_free(told);
	}
	g_byte_array_unref(packed);
}

static void pages_that_take_minutes_are_not_rendered(void **state)
{
	(void)state;
	GString *text = g_string_new("%PDF-1.4\n4 0 obj<</Length 1>>stream\n");
	for (int i = 0; i < 10001; i++)
		g_string_append(text, "(a) Tj ");
	g_string_append(text, "\nendstream endobj\n");
	assert_string_equal(pdf_excess(text->str, text->len), "PDF with too much on a page");
	g_string_assign(
	    text, "%PDF-1.4\n4 0 obj<</Filter[/FlateDecode /FlateDecode]>>stream\nx\nendstream endobj\n");
	assert_string_equal(pdf_excess(text->str, text->len), "PDF whose pages are packed twice");
	g_string_assign(text, "%PDF-1.4\n4 0 obj<</Length 6>>stream\n(a) Tj\nendstream endobj\n");
	assert_null(pdf_excess(text->str, text->len));
	g_string_free(text, TRUE);
}

static void what_cannot_be_opened_says_why(void **state)
{
	(void)state;
	struct invoice *invoice;
	const char *reason = NULL;
	assert_int_equal(read_text("%PDF-1.4\nnothing", &invoice, &reason), DOCUMENT_UNREADABLE);
	assert_string_equal(reason, "damaged PDF");
	assert_int_equal(read_bytes("\x89PNG\0\0", 6, &invoice, &reason), DOCUMENT_NO_INVOICE);
	assert_non_null(reason);
	assert_int_equal(read_bytes("", 0, &invoice, &reason), DOCUMENT_NO_INVOICE);
	assert_null(invoice);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(words_go_there_and_back),
	    cmocka_unit_test(what_is_left_to_pay_is_bt_115),
	    cmocka_unit_test(every_due_line_is_kept_in_order),
	    cmocka_unit_test(the_day_of_a_discount_is_no_due_line),
	    cmocka_unit_test(terms_in_several_texts_count_together),
	    cmocka_unit_test(the_envelope_of_the_network_is_opened),
	    cmocka_unit_test(a_cut_off_file_never_gives_a_cut_off_amount),
	    cmocka_unit_test(amounts_that_are_no_numbers_are_absent),
	    cmocka_unit_test(hostile_xml_is_refused_with_a_reason),
	    cmocka_unit_test(other_messages_of_the_same_families_are_no_invoices),
	    cmocka_unit_test(the_pre_flight_names_what_is_missing_and_wrong),
	    cmocka_unit_test(embedded_files_are_found_however_they_hang_in_the_pdf),
	    cmocka_unit_test(a_file_may_be_known_by_its_specification_alone),
	    cmocka_unit_test(printable_packing_is_undone),
	    cmocka_unit_test(what_is_embedded_and_cannot_be_read_is_named),
	    cmocka_unit_test(pages_that_take_minutes_are_not_rendered),
	    cmocka_unit_test(what_cannot_be_opened_says_why),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
