#include "base/base.h"
#include "dunning/words.h"

#include <glib.h>

/* A character of the private use area that no template and no customer's name has: it holds the place until
 * the escaping is done. */
#define CONTENT_MARK "\uE001"
#define LINE_MOST    76

/* Where a country spells a language, or closes a letter in it, in a way of its own. */
static const struct spelling {
	const char *tag, *from, *to;
} spellings[] = {
    {"de-CH", "ß", "ss"},
    {"de-LI", "ß", "ss"},
    {"en-US", "nstalment", "nstallment"},
    {"en-US", "registered post", "certified mail"},
    {"en-US", "Dear Sir or Madam,", "Dear Sir or Madam:"},
    {"en-US", "Yours faithfully,", "Sincerely,"},
};

static void spell(struct template *template, const char *tag)
{
	for (size_t i = 0; tag && i < ARRAY_LENGTH(spellings); i++)
		if (strcmp(spellings[i].tag, tag) == 0)
			template_respell(template, spellings[i].from, spellings[i].to);
}

char *words_spelled(const char *word, const char *tag)
{
	char *spelled = g_strdup(word);
	for (size_t i = 0; i < ARRAY_LENGTH(spellings); i++) {
		if (strcmp(spellings[i].tag, tag) != 0)
			continue;
		g_auto(GStrv) parts = g_strsplit(spelled, spellings[i].from, -1);
		g_free(spelled);
		spelled = g_strjoinv(spellings[i].to, parts);
	}
	return spelled;
}

/* Italian articles before a day whose number begins with a vowel: "il 8 marzo" is "l’8 marzo". Days are
 * written with a no-break space before their month (notation.c), or as 08/03/2026; numbers of invoices are
 * not. */
static char *with_elisions(const char *text)
{
#define DAY "(?=(8|11)\\x{a0}(gen|feb|mar|apr|mag|giu|lug|ago|set|ott|nov|dic)|(08|11)[/.]\\d\\d[/.]\\d{4})"
	static const char *const rules[][2] = {{"\\b([Dd]e|[Aa]|[Dd]a|[Nn]e|[Ss]u)l " DAY, "\\1ll’"},
	    {"\\bil " DAY, "l’"}, {"\\bIl " DAY, "L’"}};
#undef DAY
	char *elided = g_strdup(text);
	for (size_t i = 0; i < ARRAY_LENGTH(rules); i++) {
		GRegex *rule = g_regex_new(rules[i][0], 0, 0, NULL);
		char *next = g_regex_replace(rule, elided, -1, 0, rules[i][1], 0, NULL);
		g_regex_unref(rule);
		if (!next)
			break;
		g_free(elided);
		elided = next;
	}
	return elided;
}

char *words_render(const struct config *config, const char *language, const char *name, const json_t *context,
    enum template_place place, struct error *error)
{
	struct template *template = template_load(config, language, name, error);
	if (!template)
		return NULL;
	/* the digest names orders, which are spelled in one way only */
	if (!g_str_has_prefix(name, "digest."))
		spell(template, json_string_value(json_object_get(context, "language")));
	struct buffer text = BUFFER_EMPTY;
	template_render(template, context, place, &text);
	template_free(template);
	bool italian = language && strncmp(language, "it", 2) == 0;
	char *copy = italian ? with_elisions(text.bytes) : g_strdup(text.bytes);
	buffer_clear(&text);
	return copy;
}

char *words_replaced(const char *text, const char *mark, const char *instead)
{
	g_auto(GStrv) parts = g_strsplit(text, mark, 2);
	return g_strjoinv(instead, parts);
}

static size_t character_count(const char *text, size_t length)
{
	size_t count = 0;
	for (size_t i = 0; i < length; i++)
		count += ((unsigned char)text[i] & 0xc0) != 0x80;
	return count;
}

/* Lines of at most LINE_MOST characters. One that is indented goes on with twice its indent. */
static void wrap_line(struct buffer *wrapped, const char *line, size_t length)
{
	size_t indent = strspn(line, " "), column = indent;
	buffer_append(wrapped, line, indent);
	for (size_t at = indent; at < length;) {
		size_t word = 0;
		while (at + word < length && line[at + word] != ' ')
			word++;
		size_t width = character_count(line + at, word);
		if (at > indent && column + 1 + width > LINE_MOST) {
			buffer_printf(wrapped, "\n%*s", (int)(2 * indent), "");
			column = 2 * indent;
		} else if (at > indent) {
			buffer_append_char(wrapped, ' ');
			column++;
		}
		buffer_append(wrapped, line + at, word);
		column += width;
		at += word;
		while (at < length && line[at] == ' ')
			at++;
	}
}

void text_wrap(struct buffer *wrapped, const char *text, bool indented)
{
	for (const char *line = text; *line;) {
		size_t length = strcspn(line, "\n");
		if (*line == ' ' && !indented)
			buffer_append(wrapped, line, length);
		else
			wrap_line(wrapped, line, length);
		buffer_append_char(wrapped, '\n');
		line += length + (line[length] == '\n');
	}
}

static void append_escaped(struct buffer *html, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		switch (text[i]) {
		case '&':
			buffer_append_text(html, "&amp;");
			break;
		case '<':
			buffer_append_text(html, "&lt;");
			break;
		case '>':
			buffer_append_text(html, "&gt;");
			break;
		default:
			buffer_append_char(html, text[i]);
		}
}

/* A paragraph of LENGTH characters with its lines, INDENT steps from the left: what does not fit on a phone
 * goes on below its words, not at the margin. IS_LAST: room follows. */
static void append_lines(struct buffer *html, const char *text, size_t length, size_t indent, bool is_last)
{
	const char *below = is_last ? "14px" : "2px";
	if (indent)
		buffer_printf(
		    html, "<p style=\"margin:0 0 %s %zupx;text-indent:-12px\">", below, 8 * indent + 12);
	else
		buffer_printf(html, "<p style=\"margin:0 0 %s 0\">", below);
	for (size_t at = 0; at < length;) {
		size_t line = strcspn(text + at, "\n");
		if (line > length - at)
			line = length - at;
		append_escaped(html, text + at, line);
		at += line + 1;
		if (at < length)
			buffer_append_text(html, "<br>\n");
	}
	buffer_append_text(html, "</p>\n");
}

/* Lines that begin with blanks are paragraphs of their own, what stands between them together is one. */
static void append_paragraph(struct buffer *html, const char *text)
{
	while (*text) {
		size_t indent = strspn(text, " "), length = 0;
		do
			length += (length > 0) + strcspn(text + length + (length > 0), "\n");
		while (!indent && text[length] && text[length + 1] != ' ');
		append_lines(html, text + indent, length - indent, indent, !text[length]);
		text += length + (text[length] == '\n');
	}
}

void text_to_html(struct buffer *html, const char *text, const char *mark, const char *instead)
{
	g_auto(GStrv) paragraphs = g_strsplit(text, "\n\n", -1);
	for (char **paragraph = paragraphs; *paragraph; paragraph++) {
		const char *words = g_strchomp(*paragraph);
		words += strspn(words, "\n");
		if (*words && strcmp(words, mark) == 0)
			buffer_append_text(html, instead);
		else
			append_paragraph(html, words);
	}
}

char *words_without_gaps(const char *text)
{
	GString *tidy = g_string_new(NULL);
	int breaks = 2;
	for (const char *c = text; *c; c++) {
		breaks = *c == '\n' ? breaks + 1 : 0;
		if (breaks <= 2)
			g_string_append_c(tidy, *c);
	}
	while (tidy->len && tidy->str[tidy->len - 1] == '\n')
		g_string_truncate(tidy, tidy->len - 1);
	g_string_append_c(tidy, '\n');
	return g_string_free(tidy, FALSE);
}

char *words_in_layout(const struct config *config, json_t *context, const char *content, struct error *error)
{
	json_object_set_new(context, "content", json_string(CONTENT_MARK));
	g_autofree char *layout = words_render(config, NULL, "layout.html", context, TEMPLATE_HTML, error);
	return layout ? words_replaced(layout, CONTENT_MARK, content) : NULL;
}
