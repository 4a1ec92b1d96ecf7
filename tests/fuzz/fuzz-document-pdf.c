/* Any bytes that begin like a PDF are read to an end: by the files embedded in it, and by its pages. */
#include "base/base.h"
#include "document/document.h"
#include "document/pdf.h"

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
	(void)count, (void)arguments;
	document_setup();
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	char *reason = NULL;
	struct invoice *invoice = NULL;
	enum document_outcome outcome =
	    document_read(bytes, length, "application/pdf", "x.pdf", &invoice, &reason);
	if ((outcome == DOCUMENT_INVOICE) != (invoice != NULL) || (invoice == NULL && reason == NULL))
		abort();
	invoice_free(invoice);
	g_free(reason);
	return 0;
}
