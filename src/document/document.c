#include "base/base.h"
#include "document/document.h"
#include "document/labels.h"
#include "document/markup.h"
#include "document/pdf.h"
#include "document/pdf_invoice.h"
#include "document/structured.h"
#include "document/text.h"

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
	return memmem(bytes, MIN(length, (size_t)1024), "%PDF-", 5) != NULL;
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

static enum document_outcome read_page(struct page *page, enum invoice_source source,
    const struct taught *taught, struct invoice **invoice, const char **reason)
{
	enum document_outcome outcome =
	    text_read(page, source, taught->layouts, taught->count, invoice, reason);
	page_free(page);
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

static bool is_called_xml(const char *media_type, const char *name)
{
	if (media_type == NULL && name == NULL)
		return true;
	return (media_type != NULL && g_str_has_suffix(media_type, "xml")) ||
	       (name != NULL && strlen(name) > 4 && g_ascii_strcasecmp(name + strlen(name) - 4, ".xml") == 0);
}

/* What is no PDF. */
static enum document_outcome read_other(const void *bytes, size_t length, const char *media_type,
    const char *name, const struct taught *taught, struct invoice **invoice, const char **reason)
{
	if (is_xml(bytes, length)) {
		enum document_outcome outcome = structured_read(bytes, length, "", invoice, reason);
		/* what only begins like XML is somebody's text, not an invoice that could not be read */
		return outcome == DOCUMENT_UNREADABLE && !is_called_xml(media_type, name)
			   ? DOCUMENT_NO_INVOICE
			   : outcome;
	}
	if (is_text(bytes, length) && is_html(bytes, length))
		return read_page(html_page(bytes, length), INVOICE_SOURCE_HTML, taught, invoice, reason);
	if (is_text(bytes, length) && is_called_text(media_type, name))
		return read_page(plain_page(bytes, length), INVOICE_SOURCE_TEXT, taught, invoice, reason);
	*reason = "neither PDF nor XML nor text";
	return DOCUMENT_NO_INVOICE;
}

enum document_outcome document_read_taught(const void *bytes, size_t length, const char *media_type,
    const char *name, const struct layout *const *layouts, size_t count, struct invoice **invoice,
    char **reason)
{
	struct taught taught = {layouts, count};
	const char *literal = length == 0 ? "empty" : NULL;
	enum document_outcome outcome = DOCUMENT_NO_INVOICE;
	*invoice = NULL;
	*reason = NULL;
	if (length > 0 && is_pdf(bytes, length))
		return pdf_invoice_read(bytes, length, &taught, invoice, reason);
	if (length > 0)
		outcome = read_other(bytes, length, media_type, name, &taught, invoice, &literal);
	*reason = g_strdup(literal);
	return outcome;
}

enum document_outcome document_read(const void *bytes, size_t length, const char *media_type,
    const char *name, struct invoice **invoice, char **reason)
{
	return document_read_taught(bytes, length, media_type, name, NULL, 0, invoice, reason);
}

struct page *document_page(const void *bytes, size_t length, const char *media_type, const char *name,
    bool *structured, const char **reason)
{
	*structured = false;
	*reason = "neither PDF nor HTML nor text";
	if (length == 0)
		return NULL;
	if (is_pdf(bytes, length)) {
		*structured = pdf_invoice_has_data(bytes, length);
		return pdf_invoice_page(bytes, length, reason);
	}
	if (is_xml(bytes, length)) {
		*structured = true;
		*reason = "it is data, which is read without any layout";
		return NULL;
	}
	if (is_text(bytes, length) && is_html(bytes, length))
		return html_page(bytes, length);
	return is_text(bytes, length) && is_called_text(media_type, name) ? plain_page(bytes, length) : NULL;
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
	char *reason;
	xmlInitParser();
	hold_encodings();
	labels_setup();
	pdf_setup();
	(void)document_read(text, sizeof text - 1, NULL, NULL, &invoice, &reason);
	g_free(reason);
}
