#include "base/base.h"
#include "mail/html_reader.h"

#include "mail/html_entities.h"

void html_reader_init(struct html_reader *reader, const char *html, size_t length)
{
	*reader = (struct html_reader){.at = html, .end = html + length};
}

static bool starts_with(const char *at, const char *end, const char *word)
{
	size_t length = strlen(word);
	return (size_t)(end - at) >= length && !g_ascii_strncasecmp(at, word, length);
}

/* Behind the next WORD, or the end. */
static const char *behind(const char *at, const char *end, const char *word)
{
	const char *found = memmem(at, (size_t)(end - at), word, strlen(word));
	return found ? found + strlen(word) : end;
}

/* The closing quote of the attribute value that opens at AT, or NULL. */
static const char *closing_quote(struct html_reader *reader, const char *at)
{
	bool *none = &reader->no_quote[*at == '"'];
	const char *found =
	    *none || at + 1 >= reader->end ? NULL : memchr(at + 1, *at, (size_t)(reader->end - at - 1));
	*none = !found;
	return found;
}

static const char *quoted_tag_end(struct html_reader *reader, const char *at)
{
	for (const char *before = at; at < reader->end; before = at++) {
		if (*at == '>')
			return at;
		bool opens = (*at == '"' || *at == '\'') && (*before == '=' || g_ascii_isspace(*before));
		const char *closing = opens ? closing_quote(reader, at) : NULL;
		if (closing)
			at = closing;
	}
	reader->no_quoted_end = true;
	return NULL;
}

/* The > that ends the tag whose name ends at AT, or NULL. Where quotes never close, any > ends it. */
static const char *tag_end(struct html_reader *reader, const char *at)
{
	const char *end = reader->no_quoted_end ? NULL : quoted_tag_end(reader, at);
	if (!end && !reader->no_end && at < reader->end) {
		end = memchr(at, '>', (size_t)(reader->end - at));
		reader->no_end = !end;
	}
	return end;
}

static size_t read_name(const char *at, const char *end, char name[16])
{
	size_t i = 0;
	for (; at + i < end && (g_ascii_isalnum(at[i]) || at[i] == '-' || at[i] == ':' || at[i] == '_'); i++)
		if (i < 15)
			name[i] = g_ascii_tolower(at[i]);
	name[MIN(i, 15)] = '\0';
	return i;
}

/* Passes over the content of an element that is no text. */
static void skip_content(struct html_reader *reader, const char *name)
{
	char closing[20] = "</";
	memcpy(closing + 2, name, strlen(name) + 1);
	while (reader->at < reader->end) {
		reader->at = behind(reader->at, reader->end, "<");
		if (reader->at < reader->end && starts_with(reader->at - 1, reader->end, closing)) {
			reader->at = behind(reader->at, reader->end, ">");
			return;
		}
	}
}

static bool read_tag(struct html_reader *reader, struct html_token *token)
{
	const char *at = reader->at + 1;
	bool closes = at < reader->end && *at == '/';
	at += closes;
	size_t name = at < reader->end && g_ascii_isalpha(*at) ? read_name(at, reader->end, token->name) : 0;
	const char *end = name ? tag_end(reader, at + name) : NULL;
	if (!end)
		return false;
	token->type = closes ? HTML_CLOSE : HTML_OPEN;
	token->attributes = at + name;
	token->attributes_length = (size_t)(end - token->attributes);
	reader->at = end + 1;
	return true;
}

static bool is_without_text(const char *name)
{
	return !strcmp(name, "style") || !strcmp(name, "script") || !strcmp(name, "title");
}

bool html_reader_next(struct html_reader *reader, struct html_token *token)
{
	while (reader->at < reader->end) {
		const char *start = reader->at;
		if (*start != '<') {
			const char *next = memchr(start, '<', (size_t)(reader->end - start));
			reader->at = next ? next : reader->end;
		} else if (starts_with(start, reader->end, "<!--")) {
			reader->at = behind(start + 4, reader->end, "-->");
			continue;
		} else if (starts_with(start, reader->end, "<!") || starts_with(start, reader->end, "<?")) {
			reader->at = behind(start, reader->end, ">");
			continue;
		} else if (read_tag(reader, token)) {
			if (token->type == HTML_OPEN && is_without_text(token->name)) {
				skip_content(reader, token->name);
				continue;
			}
			return true;
		} else { /* brackets in text */
			reader->at++;
			while (reader->at + 1 < reader->end && *reader->at == '<' && reader->at[1] == '<')
				reader->at++;
		}
		token->type = HTML_TEXT;
		token->text = start;
		token->length = (size_t)(reader->at - start);
		return true;
	}
	return false;
}

bool html_next_attribute(const struct html_token *token, size_t *at, struct html_attribute *attribute)
{
	const char *text = token->attributes, *end = text + token->attributes_length;
	const char *here = text + *at;
	while (here < end && !g_ascii_isalpha(*here))
		here++;
	if (here >= end)
		return false;
	here += read_name(here, end, attribute->name);
	attribute->value = here;
	attribute->length = 0;
	while (here < end && g_ascii_isspace(*here))
		here++;
	if (here < end && *here == '=') {
		here++;
		while (here < end && g_ascii_isspace(*here))
			here++;
		bool quoted = here < end && (*here == '"' || *here == '\'');
		const char *closing = quoted ? memchr(here + 1, *here, (size_t)(end - here - 1)) : NULL;
		attribute->value = here + quoted;
		if (!closing)
			for (closing = attribute->value; closing < end && !g_ascii_isspace(*closing);)
				closing++;
		attribute->length = (size_t)(closing - attribute->value);
		here = closing < end ? closing + 1 : end;
	}
	*at = (size_t)(here - text);
	return true;
}

/* What "&#146;" means to all who write it: windows-1252, as HTML has it (WHATWG, 13.2.5.80). */
static uint32_t of_windows(uint32_t code_point)
{
	static const uint16_t table[] = {0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6,
	    0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
	    0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d, 0x17e, 0x178};
	return code_point >= 0x80 && code_point <= 0x9f ? table[code_point - 0x80] : code_point;
}

/* The character reference at RAW ("&eacute;", "&#233;", "&#xe9;"); its size goes to SIZE. 0: none. */
static uint32_t read_reference(const char *raw, size_t length, size_t *size)
{
	size_t i = 1;
	uint32_t code_point = 0;
	if (i < length && raw[i] == '#') {
		bool is_hex = i + 1 < length && (raw[i + 1] | 0x20) == 'x';
		i += is_hex ? 2 : 1;
		size_t digits = i;
		for (; i < length && i - digits < 8; i++) {
			int digit = is_hex ? g_ascii_xdigit_value(raw[i]) : g_ascii_digit_value(raw[i]);
			if (digit < 0)
				break;
			code_point = code_point * (is_hex ? 16 : 10) + (uint32_t)digit;
		}
	} else {
		while (i < length && i < 10 && g_ascii_isalnum(raw[i]))
			i++;
		code_point = html_entity_code_point(raw + 1, i - 1);
	}
	*size = i < length && raw[i] == ';' ? i + 1 : i;
	bool is_character =
	    code_point && code_point < 0x110000 && !(code_point >= 0xd800 && code_point < 0xe000);
	return is_character ? of_windows(code_point) : 0;
}

void html_append_text(GString *text, const char *raw, size_t length)
{
	while (length) {
		const char *reference = memchr(raw, '&', length);
		size_t run = reference ? (size_t)(reference - raw) : length;
		g_string_append_len(text, raw, (gssize)run);
		raw += run;
		length -= run;
		if (!length)
			return;
		size_t size = 1;
		uint32_t code_point = read_reference(raw, length, &size);
		if (code_point) {
			g_string_append_unichar(text, code_point);
		} else {
			size = 1;
			g_string_append_c(text, '&');
		}
		raw += size;
		length -= size;
	}
}
