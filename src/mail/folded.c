#include "base/base.h"
#include "mail/folded.h"

/* Characters of two and three bytes that are written in more than one way. */
static const struct {
	const char *from;
	char to;
} characters[] = {
    {"\xc2\xa0", ' '},
    {"\xe2\x80\xaf", ' '},
    {"\xe2\x80\x99", '\''},
    {"\xe2\x80\x98", '\''},
    {"\xc2\xb4", '\''},
    {"\xe2\x80\x93", '-'},
    {"\xe2\x80\x94", '-'},
    {"\xe2\x94\x80", '-'},
    {WIDE_COLON, ':'},
    {"\xe2\x80\x8b", 0},
};

/* Appends the character at TEXT in lower case; returns its bytes. */
static size_t fold_character(GString *out, const char *text, size_t length)
{
	unsigned char byte = (unsigned char)*text;
	if (byte < 0x80) {
		if (byte != '*')
			g_string_append_c(
			    out, byte == '\t' || byte == '\r' ? ' ' : g_ascii_tolower((char)byte));
		return 1;
	}
	bool is_special = byte == 0xc2 || byte == 0xe2 || byte == 0xef;
	for (size_t i = 0; is_special && i < ARRAY_LENGTH(characters); i++) {
		size_t size = strlen(characters[i].from);
		if (length >= size && !memcmp(text, characters[i].from, size)) {
			if (characters[i].to)
				g_string_append_c(out, characters[i].to);
			return size;
		}
	}
	if (byte == 0xc3 && length > 1) { /* À to Þ */
		unsigned char second = (unsigned char)text[1];
		bool is_upper = second >= 0x80 && second <= 0x9e && second != 0x97;
		g_string_append_c(out, *text);
		g_string_append_c(out, (char)(is_upper ? second + 0x20 : second));
		return 2;
	}
	bool is_letter = byte >= 0xc4 && byte <= 0xd5; /* Ā to Ֆ: Latin, Greek, Cyrillic, Armenian */
	if (is_letter && length > 1 && ((unsigned char)text[1] & 0xc0) == 0x80) {
		g_string_append_unichar(out, g_unichar_tolower(g_utf8_get_char(text)));
		return 2;
	}
	g_string_append_c(out, *text);
	return 1;
}

/* Appends the ASCII that TEXT begins with, as far as there is room and without the second of two blanks;
 * returns its bytes, up to what fold_character() must look at. OUT has the line from START on. */
static size_t fold_plain(GString *out, size_t start, const char *text, size_t length)
{
	size_t count = 0, most = MIN(length, out->allocated_len - out->len - 1);
	char *to = out->str + out->len;
	bool was_blank = out->len == start || to[-1] == ' ';
	for (; count < most; count++) {
		unsigned char byte = (unsigned char)text[count];
		if (byte >= 0x80 || byte == '*')
			break;
		bool is_upper = byte >= 'A' && byte <= 'Z';
		bool is_blank = byte == ' ' || byte == '\t' || byte == '\r';
		*to = (char)(is_blank ? ' ' : byte | is_upper << 5);
		to += !(is_blank && was_blank); /* no branch: nobody can foresee where a word ends */
		was_blank = is_blank;
	}
	out->len = (gsize)(to - out->str);
	*to = '\0';
	return count;
}

static void fold(GString *out, const char *text, size_t length)
{
	size_t start = out->len;
	for (size_t i = 0; i < length;) {
		i += fold_plain(out, start, text + i, length - i); /* mostly all of it */
		if (i == length)
			break;
		i += fold_character(out, text + i, length - i);
		if (out->len > start && out->str[out->len - 1] == ' ' &&
		    (out->len == start + 1 || out->str[out->len - 2] == ' '))
			g_string_truncate(out, out->len - 1);
	}
	if (out->len > start && out->str[out->len - 1] == ' ')
		g_string_truncate(out, out->len - 1);
}

void fold_text(GString *out, const char *text, size_t length)
{
	if (length <= FOLDED_MAX)
		fold(out, text, length);
}

void folded_init(struct folded *folded, const struct text_lines *lines)
{
	folded->text = g_string_sized_new(lines->text->len + 1);
	folded->starts = g_array_sized_new(FALSE, FALSE, sizeof(size_t), lines->list->len);
	for (size_t i = 0; i < lines->list->len; i++) {
		const struct text_line *line = text_lines_at(lines, i);
		g_array_append_val(folded->starts, folded->text->len);
		fold_text(folded->text, text_line_text(lines, line), line->length);
		g_string_append_c(folded->text, '\0');
	}
}

void folded_clear(struct folded *folded)
{
	g_string_free(folded->text, TRUE);
	g_array_free(folded->starts, TRUE);
}

const char *folded_line(const struct folded *folded, size_t index)
{
	return folded->text->str + g_array_index(folded->starts, size_t, index);
}

bool starts_with_word(const char *text, const char *word)
{
	for (; *word; word++, text++)
		if (*text != *word)
			return false;
	unsigned char next = (unsigned char)*text;
	return !g_ascii_isalnum((char)next) && next < 0x80;
}

const char *find_prefix(const char *text, const char *const phrases[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (text[0] == phrases[i][0] && starts_with_word(text, phrases[i]))
			return phrases[i];
	return NULL;
}

const char *find_within(const char *text, const char *const phrases[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strstr(text, phrases[i]))
			return phrases[i];
	return NULL;
}

/* Characters whose capitals are told by their bytes alone, as fold() does: ASCII, U+0080 to U+00FF,
 * punctuation (U+2000 to U+203F) and currencies (U+2080 to U+20BF). */
static bool is_western(const char *text, size_t length)
{
	for (size_t i = 0; i < length;) {
		unsigned char first = (unsigned char)text[i], second = (unsigned char)text[i + 1];
		size_t size = first < 0x80					    ? 1
			      : first == 0xc2 || first == 0xc3			    ? 2
			      : first == 0xe2 && (second == 0x80 || second == 0x82) ? 3
										    : 0;
		if (size == 0 || i + size > length)
			return false;
		i += size;
	}
	return true;
}

char *lower_text(const char *text, size_t length)
{
	char *valid = g_utf8_make_valid(text, (gssize)length), *lower = g_utf8_strdown(valid, -1);
	g_free(valid);
	return lower;
}

char *plain_words(const char *text, size_t most)
{
	size_t length = strnlen(text, most);
	char *line = is_western(text, length) ? g_strndup(text, length) : lower_text(text, length);
	GString *words = g_string_sized_new(length + 1);
	g_strdelimit(line, "\n\v\f", ' ');
	fold(words, line, strlen(line));
	g_free(line);
	return g_string_free(words, FALSE);
}
