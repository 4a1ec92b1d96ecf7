/* What tells whose invoice a page is: the marks of a layout. */
#include "base/base.h"
#include "document/layout.h"
#include "document/layout_words.h"
#include "document/parties.h"

/* Whether the customer's words are all of it. */
static bool is_customer(const char *text, GHashTable *variable)
{
	struct tokens tokens;
	tokens_init(&tokens, text);
	bool all = tokens.list->len > 0;
	for (guint i = 0; i < tokens.list->len; i++)
		all &= g_hash_table_contains(variable, TOKEN(&tokens, i)->word);
	tokens_clear(&tokens);
	return all;
}

/* Adds MARK where it stands on all pages, once. */
static void add_mark(struct layout *layout, const char *mark, char **pages)
{
	if (mark == NULL || g_utf8_strlen(mark, -1) < 4 || layout->marks->len == LAYOUT_MARKS_MOST ||
	    strpbrk(mark, "\n\r") != NULL)
		return;
	for (guint i = 0; i < layout->marks->len; i++)
		if (g_ascii_strcasecmp(g_ptr_array_index(layout->marks, i), mark) == 0)
			return;
	for (; *pages != NULL; pages++)
		if (!layout_mark_stands(mark, *pages))
			return;
	g_ptr_array_add(layout->marks, g_strdup(mark));
}

/* Where nothing else tells the issuer: what is written largest in the upper third and is no label, no value
 * and not the customer. */
static const char *largest_text(const struct layout_sample *samples, GHashTable *variable)
{
	const struct facts *facts = samples[0].facts;
	const char *largest = NULL;
	int32_t height = 0;
	for (guint cell = 0; cell < facts->page->cells->len; cell++) {
		const struct page_cell *one = PAGE_CELL(facts->page, cell);
		if (one->box.top > facts->page->first_bottom / 3 ||
		    one->box.bottom - one->box.top <= height || strpbrk(one->text, "0123456789") != NULL ||
		    facts->cells[cell].labels->len > 0 || facts->cells[cell].tokens.list->len == 0 ||
		    is_customer(one->text, variable))
			continue;
		largest = one->text;
		height = one->box.bottom - one->box.top;
	}
	return largest;
}

/* The issuer's numbers and addresses, as far as all samples have them; else his name. */
static void guess_marks(
    struct layout *layout, const struct layout_sample *samples, GHashTable *variable, char **pages)
{
	struct invoice *invoice = invoice_new(INVOICE_SOURCE_PDF);
	parties_find(samples[0].facts, invoice);
	add_mark(layout, invoice->seller.vat_id, pages);
	add_mark(layout, invoice->seller.legal_id, pages);
	add_mark(layout, invoice->seller.email, pages);
	for (guint i = 0; i < invoice->iban->len; i++)
		add_mark(layout, g_ptr_array_index(invoice->iban, i), pages);
	if (layout->marks->len == 0)
		add_mark(layout, invoice->seller.name, pages);
	if (layout->marks->len == 0)
		add_mark(layout, largest_text(samples, variable), pages);
	invoice_free(invoice);
}

/* What tells the issuer. */
bool layout_find_marks(struct layout *layout, const struct layout_sample *samples, size_t count,
    GHashTable *variable, const char *const *marks, size_t mark_count, struct error *error)
{
	char **pages = g_new0(char *, count + 1);
	for (size_t i = 0; i < count; i++)
		pages[i] = layout_page_text(samples[i].facts);
	for (size_t i = 0; i < mark_count; i++)
		add_mark(layout, marks[i], pages);
	if (layout->marks->len == 0)
		guess_marks(layout, samples, variable, pages);
	g_strfreev(pages);
	return layout->marks->len > 0 ||
	       error_set(error, STATUS_DATA, "nothing on the page tells whose invoice it is");
}
