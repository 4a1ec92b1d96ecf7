#include "base/base.h"
#include "document/markup.h"

enum { LENGTH_MAX = 4 << 20, LETTER = 600, LINE = 1200, HEIGHT = 1000, COLUMN_MAX = 100000 };

static void add_line(struct page *page, const char *line, int32_t y)
{
	int32_t column = 0, start_column = 0;
	const char *start = NULL, *at = line;
	for (;; at = g_utf8_next_char(at)) {
		for (; start != NULL && g_ascii_isalnum(*at) && column <= COLUMN_MAX; at++) /* mostly */
			column++;
		gunichar letter = *at != '\0' ? g_utf8_get_char(at) : ' ';
		/* a bar or a run of dots parts columns as white space does */
		bool space = g_unichar_isspace(letter) || g_unichar_iscntrl(letter) || letter == '|';
		if (space && start != NULL) {
			struct box box = {start_column * LETTER, y, column * LETTER, y + HEIGHT};
			page_add_word(page, start, (size_t)(at - start), box);
			start = NULL;
		} else if (!space && start == NULL) {
			start = at;
			start_column = column;
		}
		if (*at == '\0' || column > COLUMN_MAX)
			return;
		column = letter == '\t' ? (column / 8 + 1) * 8 : column + (letter == '|' ? 2 : 1);
	}
}

struct page *plain_page(const void *bytes, size_t length)
{
	struct page *page = page_new();
	char *text = g_utf8_validate(bytes, (gssize)MIN(length, (size_t)LENGTH_MAX), NULL)
			 ? g_strndup(bytes, MIN(length, (size_t)LENGTH_MAX))
			 : g_convert(bytes, (gssize)MIN(length, (size_t)LENGTH_MAX), "UTF-8", "ISO-8859-1",
			       NULL, NULL, NULL);
	char **lines = g_strsplit(text != NULL ? text : "", "\n", -1);
	int32_t y = 0;
	for (char **line = lines; *line != NULL && y < INT32_MAX / 2; line++) {
		if ((*line)[0] != '>')
			add_line(page, *line, y);
		y += LINE;
	}
	g_strfreev(lines);
	g_free(text);
	page->first_bottom = y;
	page_settle(page);
	return page;
}
