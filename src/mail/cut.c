#include "base/base.h"
#include "mail/cut.h"

void cut_lines(const struct text_lines *lines, struct cut *cut)
{
	GString *own = g_string_new(NULL), *quoted = g_string_new(NULL);
	bool history = false;
	for (size_t i = 0; i < lines->list->len; i++) {
		const struct text_line *line = text_lines_at(lines, i);
		const char *text = text_line_text(lines, line);
		history = history || (line->marks & LINE_HISTORY);
		GString *to = history || line->quote || (line->marks & LINE_ATTRIBUTION) ? quoted : own;
		g_string_append_len(to, text, (gssize)line->length + 1);
	}
	cut->new_text = g_strstrip(g_string_free(own, FALSE));
	cut->quoted = g_string_free(quoted, FALSE);
	cut->signature = NULL;
}

void cut_clear(struct cut *cut)
{
	g_free(cut->new_text);
	g_free(cut->signature);
	g_free(cut->quoted);
}
