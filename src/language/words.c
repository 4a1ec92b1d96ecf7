#include "base/base.h"

#include "base/money.h"
#include "base/utf8.h"
#include "language/number.h"
#include "language/push.h"
#include "language/words.h"

/* Base letters of U+00C0..U+017F; "" is no letter. */
static const char *const latin_base[] = {
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",  /* C0 */
    "d", "n", "o", "o", "o", "o", "o", "", "o", "u", "u", "u", "u", "y", "th", "ss",  /* D0 */
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",  /* E0 */
    "d", "n", "o", "o", "o", "o", "o", "", "o", "u", "u", "u", "u", "y", "th", "y",   /* F0 */
    "a", "a", "a", "a", "a", "a", "c", "c", "c", "c", "c", "c", "c", "c", "d", "d",   /* 100 */
    "d", "d", "e", "e", "e", "e", "e", "e", "e", "e", "e", "e", "g", "g", "g", "g",   /* 110 */
    "g", "g", "g", "g", "h", "h", "h", "h", "i", "i", "i", "i", "i", "i", "i", "i",   /* 120 */
    "i", "i", "ij", "ij", "j", "j", "k", "k", "k", "l", "l", "l", "l", "l", "l", "l", /* 130 */
    "l", "l", "l", "n", "n", "n", "n", "n", "n", "n", "n", "n", "o", "o", "o", "o",   /* 140 */
    "o", "o", "oe", "oe", "r", "r", "r", "r", "r", "r", "s", "s", "s", "s", "s", "s", /* 150 */
    "s", "s", "t", "t", "t", "t", "t", "t", "u", "u", "u", "u", "u", "u", "u", "u",   /* 160 */
    "u", "u", "u", "u", "w", "w", "y", "y", "y", "z", "z", "z", "z", "z", "z", "s",   /* 170 */
};

static bool is_letter_or_digit(unsigned char byte)
{
	return g_ascii_isalnum((gchar)byte);
}

/* Appends the comparable form of one character; returns its bytes, or 0 where a word ends. */
static size_t fold_character(const char *text, size_t length, GString *folded)
{
	unsigned char first = (unsigned char)text[0];
	if (first < 0x80) {
		if (!is_letter_or_digit(first))
			return 0;
		if (folded)
			g_string_append_c(folded, g_ascii_tolower((gchar)first));
		return 1;
	}
	size_t bytes = utf8_sequence_length(text, length);
	if (bytes == 0)
		return 0;
	uint32_t code = utf8_code_point(text);
	if (code >= 0x300 && code <= 0x36F)
		return bytes; /* combining accents: é in two characters */
	if (code == 0xAD || code == 0x200B || code == 0x200C || code == 0x200D || code == 0xFEFF)
		return bytes; /* soft hyphen and the invisible ones */
	if (code >= 0xC0 && code < 0xC0 + G_N_ELEMENTS(latin_base)) {
		const char *base = latin_base[code - 0xC0];
		if (base[0] && folded)
			g_string_append(folded, base);
		return base[0] ? bytes : 0;
	}
	if (code >= 0x370 && code < 0x2000) {
		if (folded)
			g_string_append_len(folded, text, (gssize)bytes);
		return bytes;
	}
	return 0;
}

size_t word_fold(const char *text, size_t length, GString *folded)
{
	size_t at = 0;
	while (at < length) {
		size_t plain = 0;
		while (at + plain < length && is_letter_or_digit((unsigned char)text[at + plain]))
			plain++;
		if (plain > 0) {
			gsize had = folded->len;
			g_string_set_size(folded, had + plain);
			for (size_t i = 0; i < plain; i++) /* 0x20 makes letters small and is in all digits */
				folded->str[had + i] = (char)(text[at + i] | 0x20);
			at += plain;
			continue;
		}
		size_t bytes = fold_character(text + at, length - at, folded);
		if (bytes == 0)
			break;
		at += bytes;
	}
	return at;
}

static struct token *add_token(struct words *words, enum token_kind kind, size_t start, size_t end)
{
	struct token *token = ARRAY_PUSH(words->tokens, &words->room, struct token);
	*token = (struct token){.kind = kind,
	    .start = (uint32_t)start,
	    .end = (uint32_t)end,
	    .folded = (uint32_t)words->folded->len};
	return token;
}

static void finish_folded(struct words *words, struct token *token)
{
	token->folded_length = (uint32_t)(words->folded->len - token->folded);
	g_string_append_c(words->folded, '\0');
}

static bool is_mail_byte(unsigned char byte)
{
	return is_letter_or_digit(byte) || byte == '.' || byte == '_' || byte == '-' || byte == '+' ||
	       byte == '%';
}

/* The length of a mail address at TEXT, 0 for none. */
static size_t mail_length(const char *text, size_t length)
{
	size_t at = 0;
	while (at < length && at < 64 && is_mail_byte((unsigned char)text[at]))
		at++;
	if (at == 0 || at >= length || text[at] != '@')
		return 0;
	size_t domain = ++at;
	size_t dot = 0;
	while (at < length && at - domain < 200 &&
	       (is_letter_or_digit((unsigned char)text[at]) || text[at] == '-' || text[at] == '.')) {
		if (text[at] == '.')
			dot = at;
		at++;
	}
	while (at > domain && (text[at - 1] == '.' || text[at - 1] == '-'))
		at--;
	return dot > domain && at > domain + 3 ? at : 0;
}

static size_t link_length(const char *text, size_t length)
{
	static const char *const openings[] = {"http://", "https://", "www."};
	if (length == 0 || strchr("hHwW", text[0]) == NULL)
		return 0;
	for (size_t i = 0; i < G_N_ELEMENTS(openings); i++) {
		size_t opening = strlen(openings[i]);
		if (length > opening && g_ascii_strncasecmp(text, openings[i], opening) == 0) {
			size_t at = opening;
			while (at < length && (unsigned char)text[at] > ' ' && text[at] != '>' &&
			       text[at] != '<')
				at++;
			while (at > opening && strchr(".,;:)!?", text[at - 1]))
				at--;
			return at;
		}
	}
	return 0;
}

/*
 * The length of a document code at TEXT: letters and digits, joined by - / _ or points, with at least one
 * digit and either a letter or four digits. 0 for none.
 */
static size_t code_length(const char *text, size_t length)
{
	size_t at = 0, digits = 0, letters = 0, joints = 0, last = 0;
	while (at < length && at < 40) {
		unsigned char byte = (unsigned char)text[at];
		if (g_ascii_isdigit((gchar)byte)) {
			digits++;
			last = at + 1;
		} else if (g_ascii_isalpha((gchar)byte)) {
			letters++;
			last = at + 1;
		} else if (strchr("-/_.#", byte) && last == at && at > 0) {
			joints++;
		} else {
			break;
		}
		at++;
	}
	if (at < length && last == at && (unsigned char)text[at] >= 0x80) {
		size_t bytes = fold_character(text + at, length - at, NULL);
		if (bytes)
			return 0; /* a word with an accent */
	}
	if (digits == 0 || digits + letters < 2)
		return 0;
	if (letters > 0)
		return letters <= 12 && (digits >= 2 || (joints == 0 && letters <= 4)) ? last : 0;
	return digits >= 4 ? last : 0;
}

static void add_code(struct words *words, size_t at, size_t length)
{
	struct token *token = add_token(words, TOKEN_CODE, at, at + length);
	for (size_t i = 0; i < length; i++)
		if (is_letter_or_digit((unsigned char)words->text[at + i]))
			g_string_append_c(words->folded, g_ascii_tolower(words->text[at + i]));
	finish_folded(words, token);
}

static size_t add_word(struct words *words, size_t at, size_t limit)
{
	struct token *token = add_token(words, TOKEN_WORD, at, at);
	size_t bytes = word_fold(words->text + at, limit - at, words->folded);
	token->end = (uint32_t)(at + bytes);
	finish_folded(words, token);
	bool lower = false;
	for (size_t i = at; i < at + bytes; i++)
		lower |= g_ascii_islower(words->text[i]);
	token->capitals = !lower && bytes > 1;
	return bytes;
}

static size_t add_mark(struct words *words, size_t at, size_t limit)
{
	const char *text = words->text + at;
	unsigned char first = (unsigned char)text[0];
	size_t bytes = first < 0x80 ? 1 : utf8_sequence_length(text, limit - at);
	if (bytes == 0)
		return 1;
	char mark = 0;
	if (first < 0x80) {
		if (strchr(".!?,;:()\"@#&*%+=<>|", first))
			mark = (char)first;
		else if (first == '-' && (at == 0 || text[-1] == ' ' || text[-1] == '\n'))
			mark = '-';
	} else {
		switch (utf8_code_point(text)) {
		case 0xAB: /* « */
		case 0x201C:
		case 0x201D:
		case 0x201E:
			mark = '"';
			break;
		case 0xBB:
			mark = '"';
			break;
		case 0x2013:
		case 0x2014:
			mark = '-';
			break;
		case 0x2026:
			mark = '.';
			break;
		case 0xBF: /* ¿ opens a question */
			mark = 'q';
			break;
		default:
			break;
		}
	}
	if (mark && !(mark == '.' && words->tokens->len > 0 &&
			words_token(words, words->tokens->len - 1)->mark == '.')) {
		struct token *token = add_token(words, TOKEN_MARK, at, at + bytes);
		token->mark = mark;
		finish_folded(words, token);
	}
	return bytes;
}

static size_t add_line(struct words *words, size_t at, size_t limit)
{
	size_t next = at + 1;
	bool paragraph = false;
	while (next < limit && strchr(" \t\r\n", words->text[next])) {
		paragraph |= words->text[next] == '\n';
		next++;
	}
	struct token *token = add_token(words, TOKEN_LINE, at, at + 1);
	token->mark = paragraph ? 'p' : 'l';
	finish_folded(words, token);
	return next - at;
}

/* Numbers of all kinds; 0 where there is none. */
static size_t add_number(struct words *words, size_t at, size_t limit)
{
	struct token token = {.kind = TOKEN_WORD};
	size_t bytes = number_read(words->number_words, words->text, at, limit, &token);
	if (bytes == 0)
		return 0;
	struct token *added = add_token(words, token.kind, at, at + bytes);
	token.start = added->start;
	token.end = added->end;
	token.folded = added->folded;
	*added = token;
	for (size_t i = at; i < at + bytes; i++)
		if (is_letter_or_digit((unsigned char)words->text[i]))
			g_string_append_c(words->folded, g_ascii_tolower(words->text[i]));
	finish_folded(words, added);
	return bytes;
}

/* The length of a word of plain letters at TEXT that cannot be the beginning of anything else (a number with
 * its currency, an address, a code, a word with accents); 0 where it may be. */
static size_t plain_length(const char *text, size_t length)
{
	size_t at = 0;
	while (at < length && g_ascii_isalpha(text[at]))
		at++;
	if (at == 0 || at + 1 >= length)
		return 0;
	switch (text[at]) {
	case ' ':
	case '\n':
		return g_ascii_isalpha(text[at + 1]) ? at : 0;
	case ',':
	case '\'':
		return at;
	case '.':
		return text[at + 1] == ' ' || text[at + 1] == '\n' ? at : 0;
	default:
		return 0;
	}
}

static size_t add_plain(struct words *words, size_t at, size_t length)
{
	struct token *token = add_token(words, TOKEN_WORD, at, at + length);
	size_t folded = words->folded->len;
	g_string_set_size(words->folded, folded + length);
	bool lower = false;
	for (size_t i = 0; i < length; i++) {
		char byte = words->text[at + i];
		lower |= g_ascii_islower(byte);
		words->folded->str[folded + i] = (char)(byte | 0x20); /* letters only */
	}
	finish_folded(words, token);
	token->capitals = !lower && length > 1;
	return length;
}

static size_t add_next(struct words *words, size_t at, size_t limit)
{
	const char *text = words->text + at;
	unsigned char first = (unsigned char)text[0];
	size_t left = limit - at;
	if (first == '\n')
		return add_line(words, at, limit);
	if (first == ' ' || first == '\t' || first == '\r')
		return 1;
	bool plain = is_letter_or_digit(first);
	size_t bytes;
	if (plain && (bytes = plain_length(text, left)) > 0)
		return add_plain(words, at, bytes);
	if (plain) {
		if ((bytes = mail_length(text, left)) > 0) {
			struct token *token = add_token(words, TOKEN_MAIL, at, at + bytes);
			finish_folded(words, token);
			return bytes;
		}
		if ((bytes = link_length(text, left)) > 0) {
			struct token *token = add_token(words, TOKEN_LINK, at, at + bytes);
			finish_folded(words, token);
			return bytes;
		}
	}
	if ((bytes = add_number(words, at, limit)) > 0)
		return bytes;
	if (plain && (bytes = code_length(text, left)) > 0) {
		add_code(words, at, bytes);
		return bytes;
	}
	if (fold_character(text, left, NULL) > 0)
		return add_word(words, at, limit);
	return add_mark(words, at, limit);
}

void words_init(struct words *words, const struct number_words *number_words, const char *text, size_t length,
    size_t limit)
{
	words->number_words = number_words;
	words->text = text;
	words->length = length < limit ? length : limit;
	words->room = (guint)(words->length / 5 + 16); /* mostly enough */
	words->tokens = g_array_sized_new(FALSE, FALSE, sizeof(struct token), words->room);
	words->folded = g_string_sized_new(words->length + 64);
	for (size_t at = 0; at < words->length;)
		at += add_next(words, at, words->length);
}

void words_clear(struct words *words)
{
	g_array_free(words->tokens, TRUE);
	g_string_free(words->folded, TRUE);
}
