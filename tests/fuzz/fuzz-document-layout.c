/*
 * A text as a layout: what is taken is written and read again unchanged, and reads an invoice that has some
 * of its words without harm. The bytes behind a line "---" are a page to read by it.
 */
#include "base/base.h"
#include "document/layout.h"
#include "document/markup.h"
#include "document/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static const char invoice_text[] =
    "ACME Corp   TVA FR19812345676\nFacture n° F2026-118 du 3 mars 2026\n"
    "Echeance   05/03/2026\nTotal   100,00   20,00   120,00 €\nNet a payer   120,00\n";

static void read_by(const struct layout *layout, const void *text, size_t length)
{
	struct page *page = plain_page(text, length);
	struct invoice *invoice = NULL;
	const char *reason = NULL;
	const struct layout *layouts[] = {layout};
	if (text_read(page, INVOICE_SOURCE_PDF, layouts, 1, &invoice, &reason) == DOCUMENT_INVOICE &&
	    (invoice == NULL || invoice->confidence < 0 || invoice->confidence > 1000))
		abort();
	invoice_free(invoice);
	page_free(page);
}

static void write_again(const struct layout *layout)
{
	struct buffer once = BUFFER_EMPTY, twice = BUFFER_EMPTY;
	struct layout *again = NULL;
	struct error error = {0};
	layout_write(layout, &once);
	if (!layout_parse(once.bytes, &again, &error))
		abort();
	layout_write(again, &twice);
	if (strcmp(once.bytes, twice.bytes) != 0)
		abort();
	layout_free(again);
	buffer_clear(&once);
	buffer_clear(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	const char *cut = memmem(bytes, length, "\n---\n", 5);
	size_t head = cut != NULL ? (size_t)(cut + 1 - (const char *)bytes) : length;
	char *text = g_strndup((const char *)bytes, head);
	struct layout *layout = NULL;
	struct error error = {0};
	if (layout_parse(text, &layout, &error)) {
		write_again(layout);
		read_by(layout, invoice_text, sizeof invoice_text - 1);
		if (cut != NULL)
			read_by(layout, cut + 5, length - head - 4);
	} else if (error.text[0] == '\0')
		abort();
	layout_free(layout);
	g_free(text);
	return 0;
}
