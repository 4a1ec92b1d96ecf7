#include "base/base.h"
#include "document/markup.h"
#include "document/xml.h"

#include <libxml/HTMLparser.h>

enum {
	LENGTH_MAX = 4 << 20,
	LETTER = 500,	 /* hundredths of a point: the width that every letter is given */
	LINE = 1200,	 /* from line to line */
	HEIGHT = 1000,	 /* of a letter */
	TABLES_MAX = 40, /* tables in tables */
	COLUMNS_MAX = 100,
	CHUNK = 65536,
};

struct table {
	int32_t left;
	int column;
	int span; /* of the open cell */
	int32_t row_top, row_bottom;
};

struct layout {
	struct page *page;
	int32_t left, x, y; /* of the cell's edge; of the next word */
	bool line_used;
	int hidden; /* open elements whose text is not shown */
	struct table tables[TABLES_MAX];
	int depth; /* open tables, may exceed TABLES_MAX */
	GString *word;
};

static bool is_one_of(const char *name, const char *const *names)
{
	for (; *names != NULL; names++)
		if (strcmp(*names, name) == 0)
			return true;
	return false;
}

static const char *const hidden_elements[] = {"style", "script", "title", "noscript", "template", NULL};
static const char *const block_elements[] = {"p", "div", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "li",
    "ul", "ol", "dl", "dt", "dd", "table", "tr", "section", "article", "header", "footer", "address",
    "blockquote", "pre", "center", "form", "tbody", "thead", "tfoot", "caption", "main", "nav", NULL};

static void end_word(struct layout *layout)
{
	if (layout->word->len == 0)
		return;
	int32_t width = (int32_t)MIN(g_utf8_strlen(layout->word->str, -1), 200) * LETTER;
	struct box box = {layout->x, layout->y, layout->x + width, layout->y + HEIGHT};
	page_add_word(layout->page, layout->word->str, layout->word->len, box);
	layout->x = MIN(layout->x + width + LETTER, INT32_MAX / 4);
	layout->line_used = true;
	g_string_truncate(layout->word, 0);
}

static void new_line(struct layout *layout)
{
	end_word(layout);
	if (layout->line_used && layout->y < INT32_MAX / 2)
		layout->y += LINE;
	layout->line_used = false;
	layout->x = layout->left;
}

static struct table *inner_table(struct layout *layout)
{
	return layout->depth > 0 && layout->depth <= TABLES_MAX ? &layout->tables[layout->depth - 1] : NULL;
}

/* Wide at the outside, so that tables within a cell keep their columns inside of it. */
static int32_t column_width(int depth)
{
	return depth <= 1 ? 4000000 / COLUMNS_MAX * 10 : depth == 2 ? 80000 : 60000;
}

static void open_table(struct layout *layout)
{
	new_line(layout);
	layout->depth++;
	struct table *table = inner_table(layout);
	if (table != NULL)
		*table = (struct table){layout->left, 0, 1, layout->y, layout->y};
}

static void open_row(struct layout *layout)
{
	struct table *table = inner_table(layout);
	if (table == NULL)
		return;
	end_word(layout);
	layout->y = MAX(table->row_bottom, layout->y);
	table->column = 0;
	table->span = 0;
	table->row_top = layout->y;
	table->row_bottom = layout->y;
}

static void close_cell(struct layout *layout)
{
	struct table *table = inner_table(layout);
	if (table == NULL)
		return;
	end_word(layout);
	table->row_bottom = MAX(table->row_bottom, layout->y + (layout->line_used ? LINE : 0));
	layout->line_used = false;
}

static void open_cell(struct layout *layout, const xmlChar **attributes)
{
	struct table *table = inner_table(layout);
	if (table == NULL) {
		new_line(layout);
		return;
	}
	close_cell(layout);
	table->column = MIN(table->column + table->span, COLUMNS_MAX);
	table->span = 1;
	for (const xmlChar **one = attributes; one != NULL && one[0] != NULL; one += 2)
		if (strcmp((const char *)one[0], "colspan") == 0 && one[1] != NULL)
			table->span =
			    (int)CLAMP(g_ascii_strtoll((const char *)one[1], NULL, 10), 1, COLUMNS_MAX);
	layout->left = MIN(table->left + table->column * column_width(layout->depth), INT32_MAX / 8);
	layout->x = layout->left;
	layout->y = table->row_top;
	layout->line_used = false;
}

static void close_table(struct layout *layout)
{
	struct table *table = inner_table(layout);
	if (table != NULL) {
		close_cell(layout);
		layout->y = MAX(layout->y, table->row_bottom);
		layout->left = table->left;
		layout->x = layout->left;
	}
	if (layout->depth > 0)
		layout->depth--;
}

static void on_start(void *context, const xmlChar *element, const xmlChar **attributes)
{
	struct layout *layout = context;
	const char *name = (const char *)element;
	if (is_one_of(name, hidden_elements))
		layout->hidden++;
	else if (strcmp(name, "table") == 0)
		open_table(layout);
	else if (strcmp(name, "tr") == 0)
		open_row(layout);
	else if (strcmp(name, "td") == 0 || strcmp(name, "th") == 0)
		open_cell(layout, attributes);
	else if (is_one_of(name, block_elements))
		new_line(layout);
}

static void on_end(void *context, const xmlChar *element)
{
	struct layout *layout = context;
	const char *name = (const char *)element;
	if (is_one_of(name, hidden_elements))
		layout->hidden = MAX(layout->hidden - 1, 0);
	else if (strcmp(name, "table") == 0)
		close_table(layout);
	else if (strcmp(name, "td") == 0 || strcmp(name, "th") == 0 || strcmp(name, "tr") == 0)
		close_cell(layout);
	else if (is_one_of(name, block_elements))
		new_line(layout);
}

static void on_text(void *context, const xmlChar *text, int length)
{
	struct layout *layout = context;
	if (layout->hidden > 0)
		return;
	char *valid = g_utf8_make_valid((const char *)text, length);
	for (const char *at = valid; *at != '\0'; at = g_utf8_next_char(at)) {
		gunichar letter = g_utf8_get_char(at);
		if (g_unichar_isspace(letter))
			end_word(layout);
		else if (!g_unichar_iscntrl(letter) && !g_unichar_iszerowidth(letter) &&
			 layout->word->len < 1000)
			g_string_append_unichar(layout->word, letter);
	}
	g_free(valid);
}

static void on_message(void *context, const char *message, ...)
{
	(void)context, (void)message;
}

struct page *html_page(const void *bytes, size_t length)
{
	struct layout layout = {.page = page_new(), .word = g_string_new(NULL)};
	htmlSAXHandler events = {
	    .startElement = on_start,
	    .endElement = on_end,
	    .characters = on_text,
	    .cdataBlock = on_text,
	    .warning = on_message,
	    .error = on_message,
	    .fatalError = on_message,
	};
	xml_silence();
	length = MIN(length, (size_t)LENGTH_MAX);
	xmlCharEncoding encoding =
	    g_utf8_validate(bytes, (gssize)length, NULL) ? XML_CHAR_ENCODING_UTF8 : XML_CHAR_ENCODING_NONE;
	htmlParserCtxtPtr parser = htmlCreatePushParserCtxt(&events, &layout, NULL, 0, NULL, encoding);
	g_assert(parser != NULL);
	(void)htmlCtxtUseOptions(parser, HTML_PARSE_RECOVER | HTML_PARSE_NONET);
	const char *rest = bytes;
	while (length > 0) {
		int part = (int)MIN(length, (size_t)CHUNK);
		(void)htmlParseChunk(parser, rest, part, 0);
		rest += part;
		length -= (size_t)part;
	}
	(void)htmlParseChunk(parser, rest, 0, 1);
	new_line(&layout);
	htmlFreeParserCtxt(parser);
	g_string_free(layout.word, TRUE);
	layout.page->first_bottom = layout.y + LINE;
	page_settle(layout.page);
	return layout.page;
}
