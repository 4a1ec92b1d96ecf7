#include "base/base.h"
#include "mail/text_lines.h"

void text_lines_init(struct text_lines *lines)
{
	lines->text = g_string_new(NULL);
	lines->list = g_array_new(FALSE, FALSE, sizeof(struct text_line));
	lines->cut = false;
}

void text_lines_clear(struct text_lines *lines)
{
	g_string_free(lines->text, TRUE);
	g_array_free(lines->list, TRUE);
}

void text_lines_add(struct text_lines *lines, const char *text, size_t length, unsigned quote, unsigned marks)
{
	if (lines->list->len >= TEXT_LINES_MAX) {
		lines->cut = true;
		return;
	}
	struct text_line line = {.start = lines->text->len, .length = length, .quote = quote, .marks = marks};
	g_string_append_len(lines->text, text, (gssize)length);
	g_string_append_c(lines->text, '\n');
	g_array_append_val(lines->list, line);
}

const char *text_line_text(const struct text_lines *lines, const struct text_line *line)
{
	return lines->text->str + line->start;
}

struct text_line *text_lines_at(const struct text_lines *lines, size_t index)
{
	return &g_array_index(lines->list, struct text_line, index);
}

/* "AM> " of The Bat!: the initials of the one who is quoted, or nothing; how many bytes they take. */
static size_t initials(const char *line, size_t length)
{
	size_t capitals = 0;
	while (capitals < length && capitals < 4 && g_ascii_isupper(line[capitals]))
		capitals++;
	bool is_quote = capitals && capitals < 4 && capitals < length && line[capitals] == '>' &&
			(capitals + 1 == length || strchr("> ", line[capitals + 1]));
	return is_quote ? capitals : 0;
}

/*
 * The quote depth of a plain line; MARKS gets the bytes of "> > >" with the blank behind. An arrow (">>> here
 * <<<") is no quote.
 */
static unsigned quote_depth(const char *line, size_t length, size_t *marks)
{
	unsigned depth = 0;
	size_t i = initials(line, length);
	*marks = 0;
	while (i < length) {
		size_t blank = i;
		while (blank < length && blank - i < 3 && line[blank] == ' ')
			blank++;
		if (blank == length || line[blank] != '>')
			break;
		depth++;
		i = blank + 1;
	}
	if (!depth || g_strstr_len(line + i, (gssize)(length - i), "<<<"))
		return 0;
	*marks = i < length && line[i] == ' ' ? i + 1 : i;
	return depth;
}

static size_t without_blanks_behind(const char *line, size_t length)
{
	while (length && (line[length - 1] == ' ' || line[length - 1] == '\t'))
		length--;
	return length;
}

void text_lines_add_marked(
    struct text_lines *lines, const char *text, size_t length, unsigned quote, unsigned marks)
{
	size_t skip;
	quote += quote_depth(text, length, &skip);
	text_lines_add(lines, text + skip, without_blanks_behind(text + skip, length - skip), quote, marks);
}

/* In a text signed by PGP, "- " stands before lines that begin with a dash (RFC 9580, 7.2). */
static bool is_clearsigned(const char *text)
{
	return g_str_has_prefix(text + strspn(text, " \t\n"), "-----BEGIN PGP SIGNED MESSAGE-----");
}

void text_lines_from_plain(struct text_lines *lines, const char *text, bool is_flowed, bool is_delsp)
{
	GString *joined = g_string_new(NULL); /* a paragraph of soft line ends */
	unsigned joined_quote = 0;
	bool soft = false, is_escaped = is_clearsigned(text);
	const char *at = text;
	while (*at && !lines->cut) {
		size_t size = strcspn(at, "\n"), marks;
		const char *line = at;
		at += size + (at[size] == '\n');
		if (is_escaped && size >= 2 && !memcmp(line, "- ", 2)) {
			line += 2;
			size -= 2;
		}
		if (!is_flowed) {
			text_lines_add_marked(lines, line, size, 0, 0);
			continue;
		}
		unsigned quote = quote_depth(line, size, &marks);
		line += marks;
		size_t length = size - marks;
		bool is_delimiter = length == 3 && !memcmp(line, "-- ", 3);
		if (soft && (quote != joined_quote || is_delimiter)) {
			text_lines_add(lines, joined->str, without_blanks_behind(joined->str, joined->len),
			    joined_quote, 0);
			g_string_truncate(joined, 0);
		}
		if (!quote && length && line[0] == ' ') { /* space-stuffed */
			line++;
			length--;
		}
		soft = length && line[length - 1] == ' ' && !is_delimiter;
		g_string_append_len(joined, line, (gssize)(soft && is_delsp ? length - 1 : length));
		joined_quote = quote;
		if (!soft) {
			text_lines_add(
			    lines, joined->str, without_blanks_behind(joined->str, joined->len), quote, 0);
			g_string_truncate(joined, 0);
		}
	}
	if (soft)
		text_lines_add(
		    lines, joined->str, without_blanks_behind(joined->str, joined->len), joined_quote, 0);
	g_string_free(joined, TRUE);
}

char *text_lines_join(const struct text_lines *lines)
{
	GString *text = g_string_sized_new(lines->text->len + lines->list->len);
	for (size_t i = 0; i < lines->list->len; i++) {
		const struct text_line *line = text_lines_at(lines, i);
		for (unsigned depth = 0; depth < MIN(line->quote, 9); depth++)
			g_string_append_c(text, '>');
		if (line->quote && line->length)
			g_string_append_c(text, ' ');
		g_string_append_len(text, text_line_text(lines, line), (gssize)line->length);
		g_string_append_c(text, '\n');
	}
	return g_string_free(text, FALSE);
}
