/* OASIS UBL 2.1 Invoice and CreditNote. Paths are those of EN 16931-3-2, table 2. */
#include "base/base.h"
#include "document/preflight.h"
#include "document/structured.h"

static void read_party(struct party *party, const struct xml_node *node)
{
	const struct xml_node *legal = xml_find(node, "PartyLegalEntity");
	party->name = structured_text(legal, "RegistrationName");
	structured_fill(&party->name, node, "PartyName/Name");
	party->legal_id = structured_text(legal, "CompanyID");
	for (const struct xml_node *tax = xml_next(node, "PartyTaxScheme", NULL); tax != NULL;
	     tax = xml_next(node, "PartyTaxScheme", tax)) {
		const char *scheme = xml_text(tax, "TaxScheme/ID");
		/* "VA" is CII's word for it and met here, too; "FC" and "TAX" are other registrations. */
		if (party->vat_id == NULL && scheme != NULL &&
		    (g_ascii_strcasecmp(scheme, "VAT") == 0 || g_ascii_strcasecmp(scheme, "VA") == 0))
			party->vat_id = structured_text(tax, "CompanyID");
	}
	const char *contact = xml_text(node, "Contact/ElectronicMail");
	const char *address = xml_text(node, "EndpointID");
	if (structured_is_email(contact))
		party->email = g_strdup(contact);
	else if (structured_is_email(address))
		party->email = g_strdup(address);
}

/* The one in the invoice's currency: BT-111 is a second TaxTotal in the currency of accounting. */
static void read_tax(struct invoice *invoice, const struct xml_node *root)
{
	for (const struct xml_node *total = xml_next(root, "TaxTotal", NULL); total != NULL;
	     total = xml_next(root, "TaxTotal", total)) {
		const struct xml_node *amount = xml_find(total, "TaxAmount");
		if (amount == NULL ||
		    (amount->currency != NULL && strcmp(amount->currency, invoice->currency) != 0))
			continue;
		invoice->tax = structured_amount(total, "TaxAmount", invoice->currency);
		return;
	}
}

static void read_payment(struct invoice *invoice, const struct xml_node *root)
{
	structured_add_due_line(invoice, structured_date(root, "DueDate"), (struct money)MONEY_NONE);
	for (const struct xml_node *means = xml_next(root, "PaymentMeans", NULL); means != NULL;
	     means = xml_next(root, "PaymentMeans", means)) {
		structured_add_iban(invoice, xml_text(means, "PayeeFinancialAccount/ID"));
		structured_fill(&invoice->bic, means, "PayeeFinancialAccount/FinancialInstitutionBranch/ID");
		structured_fill(&invoice->bic, means,
		    "PayeeFinancialAccount/FinancialInstitutionBranch/FinancialInstitution/ID");
		structured_fill(&invoice->payment_reference, means, "PaymentID");
		structured_add_due_line(
		    invoice, structured_date(means, "PaymentDueDate"), (struct money)MONEY_NONE);
	}
	for (const struct xml_node *terms = xml_next(root, "PaymentTerms", NULL); terms != NULL;
	     terms = xml_next(root, "PaymentTerms", terms)) {
		struct money amount = structured_amount(terms, "Amount", invoice->currency);
		structured_add_due_line(
		    invoice, structured_date(terms, "InstallmentDueDate|PaymentDueDate"), amount);
	}
}

static void read_sums(struct invoice *invoice, const struct xml_node *root, const char *currency)
{
	const char *code = xml_text(root, "DocumentCurrencyCode");
	const struct xml_node *sums = xml_find(root, "LegalMonetaryTotal");
	const struct xml_node *payable = xml_find(sums, "PayableAmount");
	if (code == NULL && payable != NULL)
		code = payable->currency;
	(void)currency_set(invoice->currency, code != NULL ? code : currency);
	invoice->total = structured_amount(sums, "TaxInclusiveAmount", invoice->currency);
	invoice->paid = structured_amount(sums, "PrepaidAmount", invoice->currency);
	invoice->payable = structured_amount(sums, "PayableAmount", invoice->currency);
	read_tax(invoice, root);
}

/* "#PMD#text": how UBL carries the subject code of a note */
static struct clauses read_clauses(const struct xml_node *root)
{
	struct clauses clauses = {0};
	for (const struct xml_node *one = xml_next(root, "Note", NULL); one != NULL;
	     one = xml_next(root, "Note", one)) {
		if (one->text == NULL)
			continue;
		char **parts = g_strsplit(one->text, "#", 3);
		if (g_strv_length(parts) == 3)
			clauses_from_code(&clauses, parts[1]);
		g_strfreev(parts);
		clauses_from_text(&clauses, one->text);
	}
	return clauses;
}

static const char *syntax_of(const char *specification)
{
	if (specification != NULL && strstr(specification, "xrechnung") != NULL)
		return "xrechnung";
	return "ubl-2.1";
}

struct invoice *ubl_read(const struct xml_tree *tree, const char *currency)
{
	if (tree->root == NULL || tree->root_namespace == NULL ||
	    !g_str_has_prefix(tree->root_namespace, "urn:oasis:names:specification:ubl:schema:xsd:"))
		return NULL;
	bool credit = strcmp(tree->root->name, "CreditNote") == 0;
	if (!credit && strcmp(tree->root->name, "Invoice") != 0)
		return NULL;
	const struct xml_node *root = tree->root;
	if (!structured_is_invoice_code(xml_text(root, "InvoiceTypeCode")))
		return NULL;
	struct invoice *invoice = invoice_new(INVOICE_SOURCE_UBL);
	const char *specification = xml_text(root, "CustomizationID");
	invoice->syntax = g_strdup(syntax_of(specification));
	invoice->profile = g_strdup(structured_profile(specification));
	invoice->number = structured_text(root, "ID");
	invoice->kind =
	    credit ? INVOICE_KIND_CREDIT_NOTE : structured_kind(xml_text(root, "InvoiceTypeCode"));
	invoice->issue_date = structured_date(root, "IssueDate");
	read_sums(invoice, root, currency);
	read_party(&invoice->seller, xml_find(root, "AccountingSupplierParty/Party"));
	read_party(&invoice->buyer, xml_find(root, "AccountingCustomerParty/Party"));
	invoice->buyer_reference = structured_text(root, "BuyerReference");
	invoice->order_number = structured_text(root, "OrderReference/ID");
	invoice->contract_number = structured_text(root, "ContractDocumentReference/ID");
	for (const struct xml_node *before = xml_next(root, "BillingReference", NULL); before != NULL;
	     before = xml_next(root, "BillingReference", before))
		structured_add_preceding(
		    invoice, xml_text(before, "InvoiceDocumentReference|CreditNoteDocumentReference/ID"));
	read_payment(invoice, root);
	structured_due_by_terms(invoice, root, "PaymentTerms", "Note");
	structured_settle_due_lines(invoice);
	struct clauses clauses = read_clauses(root);
	preflight(invoice, &clauses);
	return invoice;
}
