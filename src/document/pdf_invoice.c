#include "base/base.h"
#include "document/pdf_invoice.h"

#include "document/currency_find.h"
#include "document/embedded.h"
#include "document/facts.h"
#include "document/pdf.h"
#include "document/pdf_scan.h"
#include "document/structured.h"
#include "document/text.h"

enum { NAME_LENGTH_MAX = 80 }; /* letters of a file's name that are told */

struct page *pdf_invoice_page(const void *bytes, size_t length, const char **reason)
{
	struct pdf *pdf = pdf_open(bytes, length, reason);
	if (pdf == NULL)
		return NULL;
	*reason = pdf_excess(bytes, length);
	struct page *page = *reason == NULL ? pdf_page_text(pdf, reason) : NULL;
	pdf_close(pdf);
	return page;
}

/* ---- the data embedded in it ---- */

/* The currency that the pages show: some old ZUGFeRD files name none in their XML. "" where they do not tell.
 */
static void find_currency_of_pages(const void *bytes, size_t length, char currency[CURRENCY_SIZE])
{
	const char *reason = NULL;
	struct page *page = pdf_invoice_page(bytes, length, &reason);
	currency[0] = '\0';
	if (page == NULL)
		return;
	struct facts *facts = facts_new(page);
	currency_find(facts, currency);
	facts_free(facts);
	page_free(page);
}

static bool has_xml_name(const char *name)
{
	size_t length = strlen(name);
	return length > 4 && g_ascii_strcasecmp(name + length - 4, ".xml") == 0;
}

/* A name that strangers chose, on one line. */
static char *clean_name(const char *name)
{
	GString *clean = g_string_new(NULL);
	for (glong letters = 0; *name != '\0' && letters < NAME_LENGTH_MAX; letters++) {
		gunichar letter = g_utf8_get_char(name);
		g_string_append_unichar(clean, g_unichar_isprint(letter) ? letter : '?');
		name = g_utf8_next_char(name);
	}
	return g_string_free(clean, FALSE);
}

/* Notes that FILE could not be read, unless its name says that it is something else than data. */
static void note_refused(GPtrArray *refused, const struct embedded_file *file, const char *reason)
{
	if (file->name != NULL && !has_xml_name(file->name))
		return;
	char *name = clean_name(file->name != NULL ? file->name : "a file without a name");
	g_ptr_array_add(refused, g_strdup_printf("%s: %s", name, reason));
	g_free(name);
}

/* The first of the files embedded in the PDF of BYTES that is an invoice; REASON tells a doubt, or that one
 * is of another kind. REFUSED (of char *) gets "NAME: WHY" for each that could not be read. */
static struct invoice *read_files(const void *bytes, size_t length, GPtrArray *refused, const char **reason)
{
	GPtrArray *files = embedded_files(bytes, length);
	struct invoice *invoice = NULL;
	for (guint i = 0; i < files->len && invoice == NULL; i++) {
		const struct embedded_file *file = g_ptr_array_index(files, i);
		const char *doubt = file->refused;
		enum document_outcome outcome = DOCUMENT_UNREADABLE;
		if (file->content != NULL)
			outcome =
			    structured_read(file->content->data, file->content->len, "", &invoice, &doubt);
		if (outcome == DOCUMENT_UNREADABLE)
			note_refused(refused, file, doubt);
		if (outcome == DOCUMENT_NO_INVOICE && structured_is_other(doubt))
			*reason = doubt;
		char currency[CURRENCY_SIZE];
		if (invoice == NULL)
			continue;
		*reason = doubt;
		if (invoice->currency[0] != '\0')
			continue;
		find_currency_of_pages(bytes, length, currency);
		invoice_free(invoice);
		(void)structured_read(file->content->data, file->content->len, currency, &invoice, reason);
		if (invoice != NULL && currency[0] != '\0')
			g_ptr_array_add(invoice->warnings, g_strdup("currency_from_page"));
	}
	g_ptr_array_unref(files);
	return invoice;
}

bool pdf_invoice_has_data(const void *bytes, size_t length)
{
	const char *reason = NULL;
	GPtrArray *refused = g_ptr_array_new_with_free_func(g_free);
	struct invoice *invoice = read_files(bytes, length, refused, &reason);
	bool found = invoice != NULL;
	invoice_free(invoice);
	g_ptr_array_unref(refused);
	return found;
}

/* ---- both ---- */

static enum document_outcome read_pages(const void *bytes, size_t length, const struct taught *taught,
    struct invoice **invoice, const char **reason)
{
	struct page *page = pdf_invoice_page(bytes, length, reason);
	if (page == NULL)
		return DOCUMENT_UNREADABLE;
	bool partly = *reason != NULL;
	enum document_outcome outcome =
	    text_read(page, INVOICE_SOURCE_PDF, taught->layouts, taught->count, invoice, reason);
	if (partly && *invoice != NULL)
		g_ptr_array_add((*invoice)->warnings, g_strdup("pages_left_out"));
	page_free(page);
	return outcome;
}

/* What was refused, and what is said of the pages besides. */
static char *joined_reason(const GPtrArray *refused, const char *reason)
{
	GString *text = g_string_new(NULL);
	for (guint i = 0; i < refused->len; i++)
		g_string_append_printf(
		    text, "%sembedded %s", i > 0 ? "; " : "", (const char *)g_ptr_array_index(refused, i));
	if (reason != NULL)
		g_string_append_printf(text, "%s%s", text->len > 0 ? "; " : "", reason);
	bool any = text->len > 0;
	return g_string_free(text, !any);
}

enum document_outcome pdf_invoice_read(
    const void *bytes, size_t length, const struct taught *taught, struct invoice **invoice, char **reason)
{
	const char *doubt = NULL;
	GPtrArray *refused = g_ptr_array_new_with_free_func(g_free);
	*invoice = read_files(bytes, length, refused, &doubt);
	enum document_outcome outcome = DOCUMENT_NO_INVOICE;
	if (*invoice != NULL)
		outcome = DOCUMENT_INVOICE;
	else if (!structured_is_other(doubt)) /* whatever the pages of an order look like */
		outcome = read_pages(bytes, length, taught, invoice, &doubt);
	/* the pages may be anything, but that file could have been the invoice */
	if (outcome == DOCUMENT_NO_INVOICE && refused->len > 0)
		outcome = DOCUMENT_UNREADABLE;
	for (guint i = 0; *invoice != NULL && i < refused->len; i++)
		g_ptr_array_add((*invoice)->warnings,
		    g_strdup_printf("embedded_file: %s", (const char *)g_ptr_array_index(refused, i)));
	*reason = joined_reason(refused, doubt);
	g_ptr_array_unref(refused);
	return outcome;
}
