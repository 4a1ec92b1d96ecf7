#include "base/base.h"
#include "document/document.h"
#include "document/pdf.h"
#include "document/structured.h"
#include "document/text.h"
#include "document/xml.h"

#include <libxml/parser.h>

static const char *skip_space(const char *text, const char *end)
{
	while (text < end && g_ascii_isspace(*text))
		text++;
	return text;
}

/* ISO 32000-1 annex H: readers accept the header anywhere in the first 1024 bytes. */
static bool is_pdf(const char *bytes, size_t length)
{
	return g_strstr_len(bytes, (gssize)MIN(length, (size_t)1024), "%PDF-") != NULL;
}

static bool is_html(const char *bytes, size_t length)
{
	char *head = g_ascii_strdown(bytes, (gssize)MIN(length, (size_t)2048));
	bool found = strstr(head, "<html") != NULL || strstr(head, "<!doctype html") != NULL ||
		     strstr(head, "<table") != NULL || strstr(head, "<body") != NULL ||
		     strstr(head, "<div") != NULL;
	g_free(head);
	return found;
}

static bool is_xml(const char *bytes, size_t length)
{
	const char *end = bytes + length, *at = bytes;
	if (length >= 2 && (memcmp(at, "\xff\xfe", 2) == 0 || memcmp(at, "\xfe\xff", 2) == 0))
		return true; /* UTF-16: only XML comes so */
	if (length >= 3 && memcmp(at, "\xef\xbb\xbf", 3) == 0)
		at += 3;
	at = skip_space(at, end);
	return at < end && *at == '<' && !is_html(bytes, length);
}

static enum document_outcome read_xml(
    const void *bytes, size_t length, struct invoice **invoice, const char **reason)
{
	struct xml_tree *tree = xml_tree_read(bytes, length, structured_skip);
	*invoice = cii_read(tree);
	if (*invoice == NULL)
		*invoice = ubl_read(tree);
	enum document_outcome outcome = DOCUMENT_INVOICE;
	if (*invoice == NULL) {
		outcome = tree->whole ? DOCUMENT_NO_INVOICE : DOCUMENT_UNREADABLE;
		*reason = tree->whole ? "XML that is no invoice" : tree->reason;
	} else if (!tree->whole) {
		(*invoice)->confidence = 500;
		g_ptr_array_add((*invoice)->warnings, g_strdup("not_well_formed"));
		*reason = tree->reason;
	}
	xml_tree_free(tree);
	return outcome;
}

static bool read_embedded(const struct pdf *pdf, struct invoice **invoice, const char **reason)
{
	GPtrArray *files = pdf_embedded_xml(pdf);
	for (guint i = 0; i < files->len && *invoice == NULL; i++) {
		const struct pdf_file *file = g_ptr_array_index(files, i);
		(void)read_xml(file->bytes->data, file->bytes->len, invoice, reason);
	}
	g_ptr_array_unref(files);
	return *invoice != NULL;
}

static enum document_outcome read_pdf(
    const void *bytes, size_t length, struct invoice **invoice, const char **reason)
{
	struct pdf *pdf = pdf_open(bytes, length, reason);
	if (pdf == NULL)
		return DOCUMENT_UNREADABLE;
	enum document_outcome outcome = DOCUMENT_INVOICE;
	if (!read_embedded(pdf, invoice, reason)) {
		*reason = NULL;
		struct page *page = pdf_page_text(pdf, reason);
		outcome = text_read(page, INVOICE_SOURCE_PDF, invoice, reason);
		page_free(page);
	}
	pdf_close(pdf);
	return outcome;
}

enum document_outcome document_read(const void *bytes, size_t length, const char *media_type,
    const char *name, struct invoice **invoice, const char **reason)
{
	(void)media_type, (void)name;
	*invoice = NULL;
	*reason = NULL;
	if (is_pdf(bytes, length))
		return read_pdf(bytes, length, invoice, reason);
	if (is_xml(bytes, length))
		return read_xml(bytes, length, invoice, reason);
	*reason = "neither PDF nor XML";
	return DOCUMENT_NO_INVOICE;
}

void document_setup(void)
{
	xmlInitParser();
}
