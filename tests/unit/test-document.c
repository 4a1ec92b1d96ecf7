/* The door, and the structured way. */
#include "unit.h"
#include "document/document.h"
#include "document/pdf_scan.h"

#define CII(header, settlement)                                                                              \
	"<CrossIndustryInvoice><ExchangedDocument><ID>F1</ID>" header                                        \
	"</ExchangedDocument><SupplyChainTradeTransaction>"                                                  \
	"<ApplicableHeaderTradeSettlement><InvoiceCurrencyCode>EUR</InvoiceCurrencyCode>" settlement         \
	"</ApplicableHeaderTradeSettlement></SupplyChainTradeTransaction></CrossIndustryInvoice>"
#define SUMS(inner)                                                                                          \
	"<SpecifiedTradeSettlementHeaderMonetarySummation>" inner                                            \
	"</SpecifiedTradeSettlementHeaderMonetarySummation>"
#define UBL_INVOICE "xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\""

static enum document_outcome read_text(const char *text, struct invoice **invoice, const char **reason)
{
	return document_read(text, strlen(text), NULL, NULL, invoice, reason);
}

static struct invoice *read_invoice(const char *text)
{
	struct invoice *invoice;
	const char *reason;
	assert_int_equal(read_text(text, &invoice, &reason), DOCUMENT_INVOICE);
	return invoice;
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

static void a_cut_off_file_never_gives_a_cut_off_amount(void **state)
{
	(void)state;
	static const char text[] =
	    CII("", SUMS("<GrandTotalAmount>120.00</GrandTotalAmount><DuePayableAmount>120.00"));
	size_t cut = (size_t)(strstr(text, "120.00</Specified") - text);
	for (size_t length = cut; length < cut + 6; length++) {
		struct invoice *invoice;
		const char *reason;
		assert_int_equal(
		    document_read(text, length, NULL, NULL, &invoice, &reason), DOCUMENT_INVOICE);
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
	assert_string_equal(reason, "XML with a document type declaration");
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

static bool has(const GPtrArray *list, const char *word)
{
	for (guint i = 0; i < list->len; i++)
		if (strcmp(g_ptr_array_index(list, i), word) == 0)
			return true;
	return false;
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

static void embedded_files_are_found_however_they_hang_in_the_pdf(void **state)
{
	(void)state;
	static const char text[] =
	    "%PDF-1.7\n\0binary\n1 0 obj\n<</Type /EmbeddedFile /Length "
	    "4>>\r\nstream\r\n<a/>\nendstream\nendobj\n"
	    "2 0 obj<</Type/EmbeddedFile>>stream\nnot xml\nendstream endobj\n"
	    "3 0 obj<</Type/XObject>>stream\n<x/>\nendstream endobj\n"
	    "4 0 obj<</Subtype/text#2Fxml>>stream\n<b/>\nendstream endobj\n"
	    "5 0 obj<</Type/EmbeddedFile/Filter/LZWDecode>>stream\n<c/>\nendstream endobj\n";
	GPtrArray *files = pdf_embedded_xml(text, sizeof text - 1);
	assert_int_equal(files->len, 2);
	assert_memory_equal(
	    ((GByteArray *)g_ptr_array_index(files, 0))->data, "<b/>", 4); /* the last one first */
	assert_memory_equal(((GByteArray *)g_ptr_array_index(files, 1))->data, "<a/>", 4);
	g_ptr_array_unref(files);
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
	assert_int_equal(
	    document_read("\x89PNG\0\0", 6, "image/png", "logo.png", &invoice, &reason), DOCUMENT_NO_INVOICE);
	assert_non_null(reason);
	assert_int_equal(document_read("", 0, NULL, NULL, &invoice, &reason), DOCUMENT_NO_INVOICE);
	assert_null(invoice);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(words_go_there_and_back),
	    cmocka_unit_test(what_is_left_to_pay_is_bt_115),
	    cmocka_unit_test(every_due_line_is_kept_in_order),
	    cmocka_unit_test(the_day_of_a_discount_is_no_due_line),
	    cmocka_unit_test(a_cut_off_file_never_gives_a_cut_off_amount),
	    cmocka_unit_test(amounts_that_are_no_numbers_are_absent),
	    cmocka_unit_test(hostile_xml_is_refused_with_a_reason),
	    cmocka_unit_test(other_messages_of_the_same_families_are_no_invoices),
	    cmocka_unit_test(the_pre_flight_names_what_is_missing_and_wrong),
	    cmocka_unit_test(embedded_files_are_found_however_they_hang_in_the_pdf),
	    cmocka_unit_test(pages_that_take_minutes_are_not_rendered),
	    cmocka_unit_test(what_cannot_be_opened_says_why),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
