/* The way by the page, on plain text: what is taken, and above all what is not. */
#include "unit.h"
#include "document/markup.h"
#include "document/text.h"

static struct invoice *read_page(const char *text)
{
	struct invoice *invoice = NULL;
	const char *reason = NULL;
	struct page *page = plain_page(text, strlen(text));
	(void)text_read(page, INVOICE_SOURCE_PDF, NULL, 0, &invoice, &reason);
	page_free(page);
	return invoice;
}

static void amounts_count_where_they_agree(void **state)
{
	(void)state;
	static const struct {
		const char *text, *total, *payable;
	} rows[] = {
	    /* net and tax confirm a bare "Total" */
	    {"Facture n° 17\nTotal HT   100,00 €\nTVA 20 %   20,00 €\nTotal   120,00 €\n", "120.00",
		"120.00"},
	    /* a part payment with the rest labelled */
	    {"Facture n° 17\nTotal HT   100,00 €\nTVA   20,00 €\nTotal TTC   120,00 €\nAcompte   50,00 €\n"
	     "Net à payer   70,00 €\n",
		"120.00", "70.00"},
	    /* a part payment, and the rest shown under a word that no table has */
	    {"Facture n° 17\nTotal HT   100,00 €\nTVA   20,00 €\nTotal TTC   120,00 €\nAcompte   50,00 €\n"
	     "Bleibt noch   70,00 €\n",
		"120.00", "70.00"},
	    /* a part payment and the rest, both under words that no table has */
	    {"Facture n° 17\nTotal HT   100,00 €\nTVA   20,00 €\nTotal TTC   120,00 €\nVirement SEPA   50,00 "
	     "€\n"
	     "Bleibt noch   70,00 €\n",
		"120.00", ""},
	    /* the breakdown of the tax below the total is none */
	    {"Facture n° 17\nTotal TTC   120,00 €\nTaux    Base       Montant\n20 %    100,00 €   20,00 €\n",
		"120.00", "120.00"},
	    /* a part payment without the rest: what is left to pay is not computed */
	    {"Facture n° 17\nTotal HT   100,00 €\nTVA   20,00 €\nTotal TTC   120,00 €\nAcompte   50,00 €\n",
		"120.00", ""},
	    /* more to pay than the total: an older debt is in it */
	    {"Facture n° 17\nTotal HT   100,00 €\nTVA   20,00 €\nTotal TTC   120,00 €\nNet à payer   170,00 "
	     "€\n",
		"120.00", ""},
	    /* two amounts to pay that differ, and nothing to choose by */
	    {"Facture n° 17\nNet à payer   70,00 €\nNet à payer   90,00 €\n", "", ""},
	    /* the heading of a column of lines is no total */
	    {"Facture n° 17\nDésignation      Total\nPorte        100,00 €\nTable        300,00 €\n", "", ""},
	    /* one row of sums under their headings */
	    {"Invoice no. 17\nNet         VAT        Total\n100.00 €    20.00 €    120.00 €\n", "120.00",
		"120.00"},
	    /* several rates */
	    {"Rechnung Nr. 17\nNetto   200,00 €\nMwSt. 7 %   7,00 €\nMwSt. 19 %   19,00 €\nGesamtbetrag   "
	     "226,00 €\n",
		"226.00", "226.00"},
	    /* without a currency no amount is one */
	    {"Facture n° 17\nTotal HT   100,00\nTVA   20,00\nTotal TTC   120,00\n", "", ""},
	    /* no tax: the sure label alone */
	    {"Facture n° 17\nTotal TTC   120,00 €\n", "120.00", "120.00"},
	    /* a sentence */
	    {"Invoice no. 17\nSubtotal   100.00 €\nVAT 20%   20.00 €\nPlease pay €120.00 by 3 March 2026.\n",
		"120.00", "120.00"},
	    {"Facture n° 17\nCapital de 50 000,00 €\nTotal TTC   120,00 €\n", "120.00", "120.00"},
	    /* all was paid before, says a sentence or a stamp; of a condition or a deposit nothing follows */
	    {"Rechnung Nr. 17\nGesamtbetrag   120,00 €\nDer Betrag wurde bereits beglichen.\n", "120.00",
		"0.00"},
	    {"Invoice no. 17      PAID\nGrand total   120.00 €\n", "120.00", "0.00"},
	    {"Invoice no. 17\nGrand total   120.00 €\nOurs until it has been paid.\n", "120.00", "120.00"},
	    {"Invoice no. 17\nGrand total   120.00 €\nThe deposit has been paid.\n", "120.00", "120.00"},
	    {"Invoice no. 17      PAID\nGrand total   120.00 €\nBalance due   120.00 €\n", "120.00", ""},
	    /* an older debt is of other invoices; a total is made round */
	    {"Invoice no. 17\nPrevious balance   50.00 €\nInvoice total   120.00 €\nAmount due   170.00 €\n",
		"120.00", "120.00"},
	    {"Invoice no. 17\nPrevious balance   50.00 €\nAmount due   170.00 €\n", "", ""},
	    {"Rechnung Nr. 17\nGesamtbetrag   108,12 €\nRundung   -0,02 €\nRechnungsendbetrag   108,10 €\n",
		"108.12", "108.10"},
	    /* what is taken off under an unknown word leaves something unknown */
	    {"Facture n° 17\nTotal HT   100,00 €\nTVA   20,00 €\nTotal TTC   120,00 €\nXyz   -30,00 €\n",
		"120.00", ""},
	    /* withheld before the total is named */
	    {"Factura n.º 17\nBase imponible   100,00 €\nIVA 21%   21,00 €\nIRPF -15%   -15,00 €\nTotal "
	     "factura   106,00 "
	     "€\n",
		"121.00", "106.00"},
	    /* a row for each rate */
	    {"Rechnung Nr. 17\nNetto      USt      Gesamtbetrag\n100,00 €   19,00 €\n200,00 €   14,00 €   "
	     "333,00 €\n",
		"333.00", "333.00"},
	    {"Invoice #17\nTotal (incl. 20.00 € VAT)   120.00 €\n", "120.00", "120.00"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct invoice *invoice = read_page(rows[i].text);
		char total[MONEY_TEXT_SIZE], payable[MONEY_TEXT_SIZE];
		assert_non_null(invoice);
		money_format(invoice->total, total);
		money_format(invoice->payable, payable);
		if (strcmp(total, rows[i].total) != 0 || strcmp(payable, rows[i].payable) != 0)
			print_message("%s-> total %s payable %s\n", rows[i].text, total, payable);
		assert_string_equal(total, rows[i].total);
		assert_string_equal(payable, rows[i].payable);
		invoice_free(invoice);
	}
}

static void numbers_and_dates_are_told_from_others(void **state)
{
	(void)state;
	static const struct {
		const char *text, *number, *issue, *due;
	} rows[] = {
	    {"Facture n° F2026-118 du 30/01/2026\nÉchéance : 01/03/2026\nTotal TTC 10,00 €", "F2026-118",
		"2026-01-30", "2026-03-01"},
	    {"Facture n°2026-014\nDate : 12 mars 2026\nTotal   900,00 €\nÀ régler sous 30 jours par virement",
		"2026-014", "2026-03-12", "2026-04-11"},
	    {"Invoice #17\nDate: 3 Feb 2026\nTotal due: £10.00", "17", "2026-02-03", ""},
	    {"FACTURE   F2026-118\nDate   30/01/2026\nTotal TTC   10,00 €", "F2026-118", "2026-01-30", ""},
	    {"Rechnung\nKundennummer   4711\nRechnungsnummer   2026/17\nDatum   30.01.2026\nGesamtbetrag   "
	     "10,00 €",
		"2026/17", "2026-01-30", ""},
	    {"INVOICE\nInvoice No.     Date          Order No.\nINV 00123       30 Jan 2026   PO-77\nTotal "
	     "due   10.00 €",
		"INV 00123", "2026-01-30", ""},
	    {"Factura   N.º A/26-17\nFecha   30/01/2026\nVencimiento   28/02/2026\nTotal a pagar   10,00 €",
		"A/26-17", "2026-01-30", "2026-02-28"},
	    {"Rechnung Nr. 17 vom 30.01.2026\nLieferdatum   15.01.2026\nGesamtbetrag   10,00 €\n"
	     "3 % Skonto bis zum 10.02.2026, zahlbar bis 28.02.2026 netto",
		"17", "2026-01-30", "2026-02-28"},
	    {"Facture n° 17\nDate   30/01/2026\nTotal TTC   10,00 €\nConditions de paiement   30 jours fin "
	     "de mois",
		"17", "2026-01-30", "2026-03-31"},
	    /* a due day before the invoice is none */
	    {"Facture n° 17\nDate   30/01/2026\nÉchéance   01/01/2026\nTotal TTC   10,00 €", "17",
		"2026-01-30", ""},
	    {"Invoice number   17\nInvoice date   01/03/2026\nDue date   01/31/2026\nTotal   $10.00", "17",
		"2026-01-03", "2026-01-31"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct invoice *invoice = read_page(rows[i].text);
		char issue[DATE_TEXT_SIZE], due[DATE_TEXT_SIZE];
		assert_non_null(invoice);
		date_format(invoice->issue_date, issue);
		date_format(invoice->due_date, due);
		if (g_strcmp0(invoice->number, rows[i].number) != 0 || strcmp(issue, rows[i].issue) != 0 ||
		    strcmp(due, rows[i].due) != 0)
			print_message("%s\n-> %s %s %s\n", rows[i].text, invoice->number, issue, due);
		assert_string_equal(invoice->number != NULL ? invoice->number : "", rows[i].number);
		assert_string_equal(issue, rows[i].issue);
		assert_string_equal(due, rows[i].due);
		invoice_free(invoice);
	}
}

static void a_schedule_gives_the_due_lines(void **state)
{
	(void)state;
	struct invoice *invoice = read_page(
	    "Fattura n. 17\nData   15/01/2026\nImponibile   100,00 €\nIVA 22%   22,00 €\nTotale   122,00 €\n"
	    "Scadenze\n15/02/2026   61,00 €\n15/03/2026   61,00 €\n");
	assert_non_null(invoice);
	assert_int_equal(invoice->payable.minor, 12200);
	assert_int_equal(invoice->due_lines->len, 2);
	assert_int_equal(
	    g_array_index(invoice->due_lines, struct due_line, 0).date, date_from_parts(2026, 2, 15));
	assert_int_equal(g_array_index(invoice->due_lines, struct due_line, 1).amount.minor, 6100);
	assert_int_equal(invoice->due_date, date_from_parts(2026, 3, 15));
	invoice_free(invoice);
}

static void other_documents_are_no_invoices(void **state)
{
	(void)state;
	static const char *const rows[] = {
	    "DEVIS n° D-17\nTotal TTC   120,00 €\n",
	    "Lieferschein Nr. 17\nDatum   30.01.2026\n",
	    "Statement of account\nInvoice 17   120.00 €\nBalance   120.00 €\n",
	    "RAPPEL\nFacture n° 17   Reste dû   120,00 €\n",
	    "MAHNUNG\nRechnung Nr. 17   120,00 €\n",
	    "Conditions générales de vente\nArticle 1\nLes prix sont payables à réception de la facture.\n",
	    "Bonjour, je vous remercie de votre visite et vous souhaite une bonne journée.\n",
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct invoice *invoice = read_page(rows[i]);
		if (invoice != NULL)
			print_message("%s\n", rows[i]);
		assert_null(invoice);
	}
}

static enum document_outcome read_mail(const char *text, struct invoice **invoice)
{
	g_autofree char *reason = NULL;
	return document_read(text, strlen(text), "text/plain", NULL, invoice, &reason);
}

static void a_mail_that_speaks_of_an_invoice_is_none(void **state)
{
	(void)state;
	struct invoice *invoice;
	assert_int_equal(
	    read_mail("Bonjour,\nvotre facture n° F2026-118 de 1 188,00 € reste impayée.\nCordialement\n",
		&invoice),
	    DOCUMENT_NO_INVOICE);
	assert_int_equal(read_mail("> Facture n° F1 du 30/01/2026\n> Total HT 100,00 €\n> TVA 20,00 €\n> "
				   "Total TTC 120,00 €\nPayé hier.\n",
			     &invoice),
	    DOCUMENT_NO_INVOICE);
	assert_int_equal(
	    read_mail(
		"Facture n° F1 du 30/01/2026\nTotal HT   100,00 €\nTVA   20,00 €\nTotal TTC   120,00 €\n",
		&invoice),
	    DOCUMENT_INVOICE);
	assert_int_equal(invoice->source, INVOICE_SOURCE_TEXT);
	assert_int_equal(invoice->payable.minor, 12000);
	invoice_free(invoice);
}

static void tables_of_html_are_columns(void **state)
{
	(void)state;
	static const char text[] = "<html><style>td{x:y}</style><body><h1>Rechnung</"
				   "h1><table><tr><th>Rechnungsnummer<th>Rechnungsdatum<th>F&auml;llig am"
				   "<tr><td>RE-17<td>30.01.2026<td>28.02.2026</table><table><tr><td>Netto</"
				   "td><td>1.000,00&nbsp;&euro;</td></tr>"
				   "<tr><td>MwSt. 19 %</td><td>190,00&nbsp;&euro;</td></tr><tr><td><b>Zu "
				   "zahlen</b></td><td>1.190,00 &euro;</td>"
				   "</tr></table></body></html>";
	struct invoice *invoice;
	g_autofree char *reason = NULL;
	assert_int_equal(document_read(text, strlen(text), NULL, NULL, &invoice, &reason), DOCUMENT_INVOICE);
	assert_int_equal(invoice->source, INVOICE_SOURCE_HTML);
	assert_string_equal(invoice->number, "RE-17");
	assert_int_equal(invoice->due_date, date_from_parts(2026, 2, 28));
	assert_int_equal(invoice->payable.minor, 119000);
	invoice_free(invoice);
}

static void an_amount_in_a_sentence_counts_where_it_is_the_only_one(void **state)
{
	(void)state;
#define TOLD(amounts) "Our invoice INV-12 dated 10 March 2026 is due on 9 April 2026.\n" amounts "\n"
	static const struct {
		const char *text;
		int64_t minor; /* 0: it is no invoice */
	} rows[] = {
	    {TOLD("It is EUR 1,234.00 for the visit."), 123400},
	    {TOLD("It is EUR 1,234.00 for the visit; please transfer EUR 1,234.00."), 123400},
	    {TOLD("It is EUR 100.00 for the visit and EUR 234.00 for parts."), 0},
	    {TOLD("It is EUR 1,234.00, and still unpaid."), 0},
	    {TOLD("EUR 1,234.00 were received with thanks."), 0},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct invoice *invoice = NULL;
		g_autofree char *reason = NULL;
		enum document_outcome outcome =
		    document_read(rows[i].text, strlen(rows[i].text), "text/plain", NULL, &invoice, &reason);
		assert_int_equal(outcome, rows[i].minor != 0 ? DOCUMENT_INVOICE : DOCUMENT_NO_INVOICE);
		if (invoice != NULL)
			assert_int_equal(invoice->payable.minor, rows[i].minor);
		invoice_free(invoice);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_amount_in_a_sentence_counts_where_it_is_the_only_one),
	    cmocka_unit_test(amounts_count_where_they_agree),
	    cmocka_unit_test(numbers_and_dates_are_told_from_others),
	    cmocka_unit_test(a_schedule_gives_the_due_lines),
	    cmocka_unit_test(other_documents_are_no_invoices),
	    cmocka_unit_test(a_mail_that_speaks_of_an_invoice_is_none),
	    cmocka_unit_test(tables_of_html_are_columns),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
