#include "base/base.h"
#include "document/page.h"

enum {
	BYTES_MAX = 512 << 10, /* of text in one document: some 150 full pages */
	WORD_MAX = 200,	       /* bytes; nothing that is looked for is longer */
};

static void line_free(gpointer data)
{
	struct page_line *line = data;
	g_array_unref(line->words);
	g_free(line);
}

static void word_clear(gpointer data)
{
	struct page_word *word = data;
	g_free(word->text);
}

static void cell_clear(gpointer data)
{
	struct page_cell *cell = data;
	g_free(cell->text);
}

struct page *page_new(void)
{
	struct page *page = g_new0(struct page, 1);
	page->loose = g_array_new(FALSE, FALSE, sizeof(struct page_word));
	g_array_set_clear_func(page->loose, word_clear);
	page->lines = g_ptr_array_new_with_free_func(line_free);
	page->cells = g_array_new(FALSE, FALSE, sizeof(struct page_cell));
	g_array_set_clear_func(page->cells, cell_clear);
	return page;
}

void page_free(struct page *page)
{
	if (page == NULL)
		return;
	g_ptr_array_unref(page->lines);
	g_array_unref(page->cells);
	g_array_unref(page->loose);
	g_free(page);
}

void page_add_word(struct page *page, const char *text, size_t length, struct box box)
{
	if (length == 0 || length > WORD_MAX)
		return;
	if (page->bytes + length > BYTES_MAX) {
		page->cut = true;
		return;
	}
	page->bytes += length;
	struct page_word word = {g_strndup(text, length), box};
	g_array_append_val(page->loose, word);
}

static int32_t middle(const struct box *box)
{
	return box->top + (box->bottom - box->top) / 2;
}

static gint compare_from_top(gconstpointer a, gconstpointer b)
{
	const struct page_word *const *one = a, *const *other = b;
	int32_t y = middle(&(*one)->box), other_y = middle(&(*other)->box);
	return y != other_y ? (y < other_y ? -1 : 1) : (*one > *other) - (*one < *other);
}

static gint compare_from_left(gconstpointer a, gconstpointer b)
{
	const struct page_word *one = a, *other = b;
	return (one->box.left > other->box.left) - (one->box.left < other->box.left);
}

static void box_widen(struct box *box, const struct box *other)
{
	box->left = MIN(box->left, other->left);
	box->top = MIN(box->top, other->top);
	box->right = MAX(box->right, other->right);
	box->bottom = MAX(box->bottom, other->bottom);
}

/* A word belongs to the line when its middle lies within the inner part of the line's first words. */
static bool joins_line(const struct page_line *line, const struct page_word *word)
{
	int32_t height = line->box.bottom - line->box.top;
	int32_t y = middle(&word->box);
	int32_t line_y = middle(&line->box);
	int32_t tolerance = MIN(height, word->box.bottom - word->box.top) * 45 / 100;
	return y >= line_y - tolerance && y <= line_y + tolerance;
}

static void gather_lines(struct page *page)
{
	GPtrArray *order = g_ptr_array_sized_new(page->loose->len);
	for (guint i = 0; i < page->loose->len; i++)
		g_ptr_array_add(order, &g_array_index(page->loose, struct page_word, i));
	g_ptr_array_sort(order, compare_from_top);
	struct page_line *line = NULL;
	for (guint i = 0; i < order->len; i++) {
		struct page_word *word = g_ptr_array_index(order, i);
		if (line == NULL || !joins_line(line, word)) {
			line = g_new0(struct page_line, 1);
			line->words = g_array_new(FALSE, FALSE, sizeof(struct page_word));
			line->box = word->box;
			g_ptr_array_add(page->lines, line);
		}
		g_array_append_val(line->words, *word);
	}
	g_ptr_array_unref(order);
}

static void add_cell(struct page *page, guint line_index, guint first, guint last)
{
	struct page_line *line = PAGE_LINE(page, line_index);
	struct page_cell cell = {.line = line_index, .first = first, .last = last};
	GString *text = g_string_new(NULL);
	for (guint i = first; i <= last; i++) {
		const struct page_word *word = &g_array_index(line->words, struct page_word, i);
		if (i > first)
			g_string_append_c(text, ' ');
		g_string_append(text, word->text);
		if (i == first)
			cell.box = word->box;
		else
			box_widen(&cell.box, &word->box);
	}
	cell.text = g_string_free(text, FALSE);
	g_array_append_val(page->cells, cell);
}

/* A gap of about the height of the letters parts two cells; a space between words is a quarter of it. */
static void gather_cells(struct page *page, guint line_index)
{
	struct page_line *line = PAGE_LINE(page, line_index);
	g_array_sort(line->words, compare_from_left);
	line->first_cell = page->cells->len;
	guint first = 0;
	for (guint i = 1; i <= line->words->len; i++) {
		const struct page_word *before = &g_array_index(line->words, struct page_word, i - 1);
		if (i < line->words->len) {
			const struct page_word *word = &g_array_index(line->words, struct page_word, i);
			int32_t height =
			    MIN(word->box.bottom - word->box.top, before->box.bottom - before->box.top);
			if (word->box.left - before->box.right < height * 85 / 100)
				continue;
		}
		add_cell(page, line_index, first, i - 1);
		first = i;
	}
	line->end_cell = page->cells->len;
	for (guint i = 0; i < line->words->len; i++)
		box_widen(&line->box, &g_array_index(line->words, struct page_word, i).box);
}

void page_settle(struct page *page)
{
	gather_lines(page);
	for (guint i = 0; i < page->lines->len; i++)
		gather_cells(page, i);
}
