/* Any text is read as a page, plain and as HTML; amounts that were found agree with each other. */
#include "base/base.h"
#include "document/markup.h"
#include "document/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void read_page(struct page *page, enum invoice_source source)
{
	struct invoice *invoice = NULL;
	const char *reason = NULL;
	if (text_read(page, source, NULL, 0, &invoice, &reason) == DOCUMENT_INVOICE && invoice == NULL)
		abort();
	if (invoice != NULL && (invoice->confidence < 0 || invoice->confidence > 1000))
		abort();
	invoice_free(invoice);
	page_free(page);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	/* as a PDF's page: there a number and an amount are enough to be an invoice */
	read_page(plain_page(bytes, length), INVOICE_SOURCE_PDF);
	read_page(html_page(bytes, length), INVOICE_SOURCE_HTML);
	return 0;
}
