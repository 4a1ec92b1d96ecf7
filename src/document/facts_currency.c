#include "base/base.h"
#include "document/facts_currency.h"

enum { COLUMN_MAX = 40, HEADING_WORDS = 4, HEADINGS_MAX = 20 };

/* The currency that heads a column: a cell without values that ends with its sign or code, "Betrag EUR". */
static bool heading_currency(const struct facts *facts, guint cell, char currency[CURRENCY_SIZE])
{
	const char *text = PAGE_CELL(facts->page, cell)->text, *word = strrchr(text, ' ');
	word = word != NULL ? word + 1 : text;
	word += strspn(word, "([");
	size_t length = strcspn(word, ")]");
	return facts->cells[cell].values->len == 0 && facts->cells[cell].tokens.list->len <= HEADING_WORDS &&
	       length > 0 && currency_text_scan(word, length, currency) == length && currency[0] != '\0';
}

/* The amounts of CELL that name no currency get that of the column. */
static void set_currency(const struct cell_facts *cell, const char *currency)
{
	for (guint i = 0; i < cell->values->len; i++) {
		struct value *value = &g_array_index(cell->values, struct value, i);
		if (!value->is_date && value->amount.currency[0] == '\0')
			(void)currency_set(value->amount.currency, currency);
	}
}

/* Amounts in two currencies stand in columns of their own beside each other: those under the heading. */
static void head_column(const struct facts *facts, guint cell, const char *currency)
{
	const struct page *page = facts->page;
	const struct box *heading = &PAGE_CELL(page, cell)->box;
	int32_t height = heading->bottom - heading->top, bottom = heading->bottom;
	guint first = PAGE_CELL(page, cell)->line + 1;
	for (guint i = first; i < page->lines->len && i < first + COLUMN_MAX; i++) {
		const struct page_line *line = PAGE_LINE(page, i);
		if (line->box.top > bottom + 4 * height)
			return;
		bottom = MAX(bottom, line->box.bottom);
		for (guint one = line->first_cell; one < line->end_cell; one++)
			if (abs(PAGE_CELL(page, one)->box.right - heading->right) < height / 2 ||
			    abs(PAGE_CELL(page, one)->box.left - heading->left) < height / 2)
				set_currency(&facts->cells[one], currency);
	}
}

static bool has_word(const char *text, const char *word)
{
	size_t length = strlen(word);
	for (const char *at = strstr(text, word); at != NULL; at = strstr(at + 1, word))
		if ((at == text || !g_ascii_isalpha(at[-1])) && !g_ascii_isalpha(at[length]))
			return true;
	return false;
}

/* "$" is the sign of several currencies: where the page names one of the others by its code, and never that
 * of the United States, it means that one. */
static const char *named_dollar(const struct page *page)
{
	static const char *const codes[] = {"CAD", "AUD", "NZD", "SGD", "HKD"};
	const char *named = NULL;
	for (guint i = 0; i < page->cells->len; i++) {
		const char *text = PAGE_CELL(page, i)->text;
		if (has_word(text, "USD") || strstr(text, "US$") != NULL)
			return NULL;
		for (size_t code = 0; code < ARRAY_LENGTH(codes); code++)
			if (has_word(text, codes[code])) {
				if (named != NULL && named != codes[code])
					return NULL;
				named = codes[code];
			}
	}
	return named;
}

static void settle_dollars(struct facts *facts)
{
	const char *dollar = named_dollar(facts->page);
	facts->dollar = dollar != NULL ? dollar : "USD";
	for (guint i = 0; dollar != NULL && i < facts->page->cells->len; i++)
		for (guint one = 0; one < facts->cells[i].values->len; one++) {
			struct value *value = &g_array_index(facts->cells[i].values, struct value, one);
			if (!value->is_date && strcmp(value->amount.currency, "USD") == 0)
				(void)currency_set(value->amount.currency, dollar);
		}
}

static void find_headed_columns(const struct facts *facts)
{
	guint headings = 0;
	for (guint cell = 0; cell < facts->page->cells->len && headings < HEADINGS_MAX; cell++) {
		char currency[CURRENCY_SIZE];
		if (!heading_currency(facts, cell, currency))
			continue;
		head_column(facts, cell, currency);
		headings++;
	}
}

void facts_settle_currencies(struct facts *facts)
{
	settle_dollars(facts);
	find_headed_columns(facts);
}
