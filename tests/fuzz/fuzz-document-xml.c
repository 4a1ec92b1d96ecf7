/* Any bytes read as CII or UBL give an invoice whose amounts are in its currency, or none. */
#include "base/base.h"
#include "document/document.h"
#include "document/structured.h"
#include "document/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void check_amount(struct money amount, const struct invoice *invoice)
{
	if (!money_is_none(amount) && strcmp(amount.currency, invoice->currency) != 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct xml_tree *tree = xml_tree_read(bytes, length, structured_skip);
	struct invoice *invoices[] = {cii_read(tree, ""), ubl_read(tree, "EUR")};
	for (size_t i = 0; i < ARRAY_LENGTH(invoices); i++) {
		if (invoices[i] == NULL)
			continue;
		check_amount(invoices[i]->total, invoices[i]);
		check_amount(invoices[i]->paid, invoices[i]);
		check_amount(invoices[i]->payable, invoices[i]);
		check_amount(invoices[i]->tax, invoices[i]);
		invoice_free(invoices[i]);
	}
	xml_tree_free(tree);
	return 0;
}
