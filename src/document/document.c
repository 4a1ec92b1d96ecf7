#include "base/base.h"
#include "document/document.h"
#include "document/labels.h"
#include "document/markup.h"
#include "document/pdf.h"
#include "document/structured.h"
#include "document/sums.h"
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

/* CURRENCY: what counts where the XML names none, or "". */
static enum document_outcome read_xml(
    const void *bytes, size_t length, const char *currency, struct invoice **invoice, const char **reason)
{
	struct xml_tree *tree = xml_tree_read(bytes, length, structured_skip);
	*invoice = cii_read(tree, currency);
	if (*invoice == NULL)
		*invoice = ubl_read(tree, currency);
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

/* The currency that the pages show: some old ZUGFeRD files name none in their XML. */
static void read_with_currency_of_page(
    const struct pdf *pdf, const struct pdf_file *file, struct invoice **invoice, const char **reason)
{
	struct page *page = pdf_page_text(pdf, reason);
	struct facts *facts = facts_new(page);
	char currency[CURRENCY_SIZE];
	currency_find(facts, currency);
	facts_free(facts);
	page_free(page);
	if (currency[0] == '\0')
		return;
	invoice_free(*invoice);
	*invoice = NULL;
	(void)read_xml(file->bytes->data, file->bytes->len, currency, invoice, reason);
	if (*invoice != NULL)
		g_ptr_array_add((*invoice)->warnings, g_strdup("currency_from_page"));
}

/* The first of FILES that is an invoice. FILES is unref'd. */
static bool read_files(const struct pdf *pdf, GPtrArray *files, struct invoice **invoice, const char **reason)
{
	for (guint i = 0; i < files->len && *invoice == NULL; i++) {
		const struct pdf_file *file = g_ptr_array_index(files, i);
		(void)read_xml(file->bytes->data, file->bytes->len, "", invoice, reason);
		if (*invoice != NULL && (*invoice)->currency[0] == '\0')
			read_with_currency_of_page(pdf, file, invoice, reason);
	}
	g_ptr_array_unref(files);
	return *invoice != NULL;
}

static enum document_outcome read_page(
    struct page *page, enum invoice_source source, struct invoice **invoice, const char **reason)
{
	enum document_outcome outcome = text_read(page, source, invoice, reason);
	page_free(page);
	return outcome;
}

static enum document_outcome read_pdf(
    const void *bytes, size_t length, struct invoice **invoice, const char **reason)
{
	struct pdf *pdf = pdf_open(bytes, length, reason);
	if (pdf == NULL)
		return DOCUMENT_UNREADABLE;
	enum document_outcome outcome = DOCUMENT_INVOICE;
	if (!read_files(pdf, pdf_embedded_xml(pdf), invoice, reason) &&
	    !read_files(pdf, pdf_scan_for_xml(bytes, length), invoice, reason)) {
		*reason = NULL;
		outcome = read_page(pdf_page_text(pdf, reason), INVOICE_SOURCE_PDF, invoice, reason);
	}
	pdf_close(pdf);
	return outcome;
}

/* Text of any encoding has no NUL. */
static bool is_text(const char *bytes, size_t length)
{
	return memchr(bytes, '\0', MIN(length, (size_t)4096)) == NULL;
}

static bool is_called_text(const char *media_type, const char *name)
{
	if (media_type == NULL && name == NULL)
		return true;
	return (media_type != NULL && g_ascii_strncasecmp(media_type, "text/", 5) == 0) ||
	       (name != NULL && (g_str_has_suffix(name, ".txt") || g_str_has_suffix(name, ".TXT")));
}

enum document_outcome document_read(const void *bytes, size_t length, const char *media_type,
    const char *name, struct invoice **invoice, const char **reason)
{
	*invoice = NULL;
	*reason = NULL;
	if (length == 0) {
		*reason = "empty";
		return DOCUMENT_NO_INVOICE;
	}
	if (is_pdf(bytes, length))
		return read_pdf(bytes, length, invoice, reason);
	if (is_xml(bytes, length))
		return read_xml(bytes, length, "", invoice, reason);
	if (is_text(bytes, length) && is_html(bytes, length))
		return read_page(html_page(bytes, length), INVOICE_SOURCE_HTML, invoice, reason);
	if (is_text(bytes, length) && is_called_text(media_type, name))
		return read_page(plain_page(bytes, length), INVOICE_SOURCE_TEXT, invoice, reason);
	*reason = "neither PDF nor XML nor text";
	return DOCUMENT_NO_INVOICE;
}

/* The C library loads a module for each encoding and keeps it as long as somebody has it open. */
static void hold_encodings(void)
{
	static const char *const encodings[] = {
	    "UTF-16", "UTF-16LE", "UTF-16BE", "ISO-8859-1", "ISO-8859-15", "WINDOWS-1252", "UTF-8"};
	static GIConv held[ARRAY_LENGTH(encodings)];
	for (size_t i = 0; i < ARRAY_LENGTH(encodings); i++)
		if (held[i] == NULL)
			held[i] = g_iconv_open("UTF-8", encodings[i]);
}

void document_setup(void)
{
	static const char text[] = "<html><body>word</body></html>";
	struct invoice *invoice;
	const char *reason;
	xmlInitParser();
	hold_encodings();
	labels_setup();
	pdf_setup();
	(void)document_read(text, sizeof text - 1, NULL, NULL, &invoice, &reason);
}
