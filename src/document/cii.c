/*
 * UN/CEFACT Cross Industry Invoice D16B (Factur-X, ZUGFeRD 2, XRechnung) and its forerunner of ZUGFeRD 1.0,
 * whose element names differ in a few places. Paths are those of EN 16931-3-3, table 2.
 */
#include "base/base.h"
#include "document/preflight.h"
#include "document/structured.h"

#define AGREEMENT  "ApplicableHeaderTradeAgreement|ApplicableSupplyChainTradeAgreement"
#define SETTLEMENT "ApplicableHeaderTradeSettlement|ApplicableSupplyChainTradeSettlement"
#define SUMMATION  "SpecifiedTradeSettlementHeaderMonetarySummation|SpecifiedTradeSettlementMonetarySummation"

static const char *syntax_of(const struct xml_tree *tree, const char *specification)
{
	if (strcmp(tree->root->name, "CrossIndustryInvoice") != 0)
		return "zugferd-1";
	if (specification == NULL)
		return NULL;
	char *lower = g_ascii_strdown(specification, -1);
	const char *syntax = NULL;
	if (strstr(lower, "xrechnung") != NULL)
		syntax = "xrechnung";
	else if (strstr(lower, "zugferd.de:2p0") != NULL || strstr(lower, "zugferd:2p0") != NULL)
		syntax = "zugferd-2";
	else if (strstr(lower, "factur-x") != NULL || strstr(lower, "en16931") != NULL)
		syntax = "factur-x";
	g_free(lower);
	return syntax;
}

static void read_party(struct party *party, const struct xml_node *node)
{
	party->name = structured_text(node, "Name");
	structured_fill(&party->name, node, "SpecifiedLegalOrganization/TradingBusinessName");
	party->legal_id = structured_text(node, "SpecifiedLegalOrganization/ID");
	for (const struct xml_node *tax = xml_next(node, "SpecifiedTaxRegistration", NULL); tax != NULL;
	     tax = xml_next(node, "SpecifiedTaxRegistration", tax)) {
		const struct xml_node *id = xml_find(tax, "ID");
		if (id != NULL && id->scheme != NULL && strcmp(id->scheme, "VA") == 0 &&
		    party->vat_id == NULL)
			party->vat_id = g_strdup(id->text);
	}
	const char *contact =
	    xml_text(node, "DefinedTradeContact/EmailURIUniversalCommunication/URIID|CompleteNumber");
	const char *address = xml_text(node, "URIUniversalCommunication/URIID");
	if (structured_is_email(contact))
		party->email = g_strdup(contact);
	else if (structured_is_email(address))
		party->email = g_strdup(address);
}

static void read_currency(struct invoice *invoice, const struct xml_node *settlement,
    const struct xml_node *sums, const char *otherwise)
{
	const char *code = xml_text(settlement, "InvoiceCurrencyCode");
	if (code != NULL) {
		(void)currency_set(invoice->currency, code);
		return;
	}
	/* ZUGFeRD 1.0 files exist that name the currency at the amounts alone. */
	const struct xml_node *amount = xml_find(sums, "DuePayableAmount|GrandTotalAmount");
	if (amount != NULL && amount->currency != NULL)
		(void)currency_set(invoice->currency, amount->currency);
	else
		(void)currency_set(invoice->currency, otherwise);
}

/* BT-110 stands beside BT-111, the tax in the currency of accounting: the one in the invoice's currency
 * counts. */
static void read_tax(struct invoice *invoice, const struct xml_node *sums)
{
	for (const struct xml_node *tax = xml_next(sums, "TaxTotalAmount", NULL); tax != NULL;
	     tax = xml_next(sums, "TaxTotalAmount", tax)) {
		if (tax->currency != NULL && strcmp(tax->currency, invoice->currency) != 0)
			continue;
		invoice->tax = structured_amount(tax, NULL, invoice->currency);
		return;
	}
}

static void read_settlement(struct invoice *invoice, const struct xml_node *settlement, const char *currency)
{
	const struct xml_node *sums = xml_find(settlement, SUMMATION);
	read_currency(invoice, settlement, sums, currency);
	invoice->total = structured_amount(sums, "GrandTotalAmount", invoice->currency);
	invoice->paid = structured_amount(sums, "TotalPrepaidAmount", invoice->currency);
	invoice->payable = structured_amount(sums, "DuePayableAmount", invoice->currency);
	read_tax(invoice, sums);
	invoice->payment_reference = structured_text(settlement, "PaymentReference");
	for (const struct xml_node *means =
		 xml_next(settlement, "SpecifiedTradeSettlementPaymentMeans", NULL);
	     means != NULL; means = xml_next(settlement, "SpecifiedTradeSettlementPaymentMeans", means)) {
		structured_add_iban(invoice, xml_text(means, "PayeePartyCreditorFinancialAccount/IBANID"));
		if (xml_text(means, "PayeePartyCreditorFinancialAccount/IBANID") == NULL)
			structured_add_iban(
			    invoice, xml_text(means, "PayeePartyCreditorFinancialAccount/ProprietaryID"));
		structured_fill(&invoice->bic, means, "PayeeSpecifiedCreditorFinancialInstitution/BICID");
	}
	for (const struct xml_node *terms = xml_next(settlement, "SpecifiedTradePaymentTerms", NULL);
	     terms != NULL; terms = xml_next(settlement, "SpecifiedTradePaymentTerms", terms)) {
		date_t date = structured_date(terms, "DueDateDateTime/DateTimeString|DateTime");
		if (date == DATE_NONE)
			date = structured_date(terms, "DueDateDateTime");
		structured_add_due_line(
		    invoice, date, structured_amount(terms, "PartialPaymentAmount", invoice->currency));
	}
	for (const struct xml_node *before = xml_next(settlement, "InvoiceReferencedDocument", NULL);
	     before != NULL; before = xml_next(settlement, "InvoiceReferencedDocument", before))
		structured_add_preceding(invoice, xml_text(before, "IssuerAssignedID|ID"));
}

static void read_agreement(struct invoice *invoice, const struct xml_node *agreement)
{
	read_party(&invoice->seller, xml_find(agreement, "SellerTradeParty"));
	read_party(&invoice->buyer, xml_find(agreement, "BuyerTradeParty"));
	invoice->buyer_reference = structured_text(agreement, "BuyerReference");
	invoice->order_number =
	    structured_text(agreement, "BuyerOrderReferencedDocument/IssuerAssignedID|ID");
	invoice->contract_number =
	    structured_text(agreement, "ContractReferencedDocument/IssuerAssignedID|ID");
}

static struct clauses read_clauses(const struct xml_node *document)
{
	struct clauses clauses = {0};
	for (const struct xml_node *one = xml_next(document, "IncludedNote", NULL); one != NULL;
	     one = xml_next(document, "IncludedNote", one)) {
		const char *text = xml_text(one, "Content");
		clauses_from_code(&clauses, xml_text(one, "SubjectCode"));
		if (text != NULL)
			clauses_from_text(&clauses, text);
	}
	return clauses;
}

/* Order-X has the same children under another root. "Invoice" was the root in a draft of ZUGFeRD 1.0. */
static bool is_cii(const struct xml_tree *tree)
{
	if (tree->root == NULL)
		return false;
	const char *name = tree->root->name;
	return strcmp(name, "CrossIndustryInvoice") == 0 || strcmp(name, "CrossIndustryDocument") == 0 ||
	       (strcmp(name, "Invoice") == 0 && xml_find(tree->root, "HeaderExchangedDocument") != NULL);
}

struct invoice *cii_read(const struct xml_tree *tree, const char *currency)
{
	const struct xml_node *document =
	    is_cii(tree) ? xml_find(tree->root, "ExchangedDocument|HeaderExchangedDocument") : NULL;
	if (!is_cii(tree) || !structured_is_invoice_code(xml_text(document, "TypeCode")))
		return NULL;
	struct invoice *invoice = invoice_new(INVOICE_SOURCE_CII);
	const char *specification =
	    xml_text(tree->root, "ExchangedDocumentContext|SpecifiedExchangedDocumentContext/"
				 "GuidelineSpecifiedDocumentContextParameter/ID");
	invoice->syntax = g_strdup(syntax_of(tree, specification));
	invoice->profile = g_strdup(structured_profile(specification));
	invoice->number = structured_text(document, "ID");
	invoice->kind = structured_kind(xml_text(document, "TypeCode"));
	invoice->issue_date = structured_date(document, "IssueDateTime/DateTimeString|DateTime");
	if (invoice->issue_date == DATE_NONE)
		invoice->issue_date = structured_date(document, "IssueDateTime");
	struct clauses clauses = read_clauses(document);
	const struct xml_node *transaction =
	    xml_find(tree->root, "SupplyChainTradeTransaction|SpecifiedSupplyChainTradeTransaction");
	read_agreement(invoice, xml_find(transaction, AGREEMENT));
	const struct xml_node *settlement = xml_find(transaction, SETTLEMENT);
	read_settlement(invoice, settlement, currency);
	structured_due_by_terms(invoice, settlement, "SpecifiedTradePaymentTerms", "Description");
	structured_settle_due_lines(invoice);
	preflight(invoice, &clauses);
	return invoice;
}
