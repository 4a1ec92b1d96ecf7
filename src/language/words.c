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

static inline bool is_letter(unsigned char byte)
{
	return (unsigned)(byte | 0x20) - 'a' < 26;
}

static inline bool is_digit(unsigned char byte)
{
	return (unsigned)byte - '0' < 10;
}

static inline bool is_letter_or_digit(unsigned char byte)
{
	return is_letter(byte) || is_digit(byte);
}

/* Writes the comparable form of one character, which is no longer than the character, to FOLDED and its
 * length to COUNT; returns the character's bytes, or 0 where a word ends. */
static size_t fold_character(const char *text, size_t length, char *folded, size_t *count)
{
	unsigned char first = (unsigned char)text[0];
	*count = 0;
	if (first < 0x80) {
		if (!is_letter_or_digit(first))
			return 0;
		folded[(*count)++] = (char)(first | 0x20); /* makes letters small and is in all digits */
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
		while (base[*count]) {
			folded[*count] = base[*count];
			(*count)++;
		}
		return *count ? bytes : 0;
	}
	if (code >= 0x370 && code < 0x2000) {
		memcpy(folded, text, bytes);
		*count = bytes;
		return bytes;
	}
	return 0;
}

/* Whether a word can go on with the character at TEXT. */
static bool is_in_word(const char *text, size_t length)
{
	char folded[4];
	size_t count;
	return fold_character(text, length, folded, &count) > 0;
}

size_t word_fold_into(const char *text, size_t length, char *folded, size_t *count)
{
	size_t at = 0, written = 0;
	while (at < length) {
		if (is_letter_or_digit((unsigned char)text[at])) { /* most are */
			folded[written++] = (char)(text[at++] | 0x20);
			continue;
		}
		if ((unsigned char)text[at] < 0x80)
			break;
		size_t more, bytes = fold_character(text + at, length - at, folded + written, &more);
		if (bytes == 0)
			break;
		written += more;
		at += bytes;
	}
	*count = written;
	return at;
}

size_t word_fold(const char *text, size_t length, GString *folded)
{
	gsize had = folded->len;
	size_t count;
	g_string_set_size(folded, had + length);
	size_t bytes = word_fold_into(text, length, folded->str + had, &count);
	g_string_truncate(folded, had + count);
	return bytes;
}

static inline struct token *add_token(struct words *words, enum token_kind kind, size_t start, size_t end)
{
	struct token *token = ARRAY_PUSH(words->tokens, &words->room, struct token);
	*token = (struct token){.kind = kind,
	    .start = (uint32_t)start,
	    .end = (uint32_t)end,
	    .folded = (uint32_t)words->folded->len};
	return token;
}

/* Without a call: words_init() made room for all of them. */
static inline void push_folded(struct words *words, char byte)
{
	words->folded->str[words->folded->len++] = byte;
}

static inline void finish_folded(struct words *words, struct token *token)
{
	token->folded_length = (uint32_t)(words->folded->len - token->folded);
	if (token->folded_length > 0)
		token->hash = word_hash(words->folded->str + token->folded, token->folded_length);
	push_folded(words, '\0');
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
	if (at < length && last == at && (unsigned char)text[at] >= 0x80 &&
	    is_in_word(text + at, length - at))
		return 0; /* a word with an accent */
	if (digits == 0 || digits + letters < 2)
		return 0;
	if (letters > 0)
		return letters <= 12 && (digits >= 2 || (joints == 0 && letters <= 4)) ? last : 0;
	return digits >= 4 ? last : 0;
}

/* The letters and digits from START to END. */
static void push_signs(struct words *words, size_t start, size_t end)
{
	for (size_t i = start; i < end; i++)
		if (is_letter_or_digit((unsigned char)words->text[i]))
			push_folded(words, (char)(words->text[i] | 0x20));
}

static void add_code(struct words *words, size_t at, size_t length)
{
	struct token *token = add_token(words, TOKEN_CODE, at, at + length);
	number_packed_date(words->text + at, length, token);
	push_signs(words, at, at + length);
	finish_folded(words, token);
}

static size_t add_word(struct words *words, size_t at, size_t limit)
{
	struct token *token = add_token(words, TOKEN_WORD, at, at);
	size_t count, bytes = word_fold_into(
			  words->text + at, limit - at, words->folded->str + words->folded->len, &count);
	words->folded->len += count;
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

static inline bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n' || byte == '\0';
}

static size_t add_line(struct words *words, size_t at, size_t limit)
{
	size_t next = at + 1;
	bool paragraph = false;
	while (next < limit && is_blank(words->text[next])) {
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
	push_signs(words, at, at + bytes);
	finish_folded(words, added);
	return bytes;
}

/* What makes a word something else, an address, a link, a code, where it stands behind it. */
static inline bool joins(unsigned char byte)
{
	switch (byte) {
	case '@':
	case '.':
	case '_':
	case '-':
	case '+':
	case '%':
	case '/':
	case '#':
		return true;
	default:
		return false;
	}
}

/* A word of letters that what stands behind it makes nothing else (an address, a link, a code); 0 where it
 * may be. */
static size_t add_letters(struct words *words, size_t at, size_t limit)
{
	const char *text = words->text;
	size_t end = at + 1;
	while (end < limit && is_letter((unsigned char)text[end]))
		end++;
	unsigned char next = end < limit ? (unsigned char)text[end] : ' ',
		      after = end + 1 < limit ? (unsigned char)text[end + 1] : ' ';
	if (next >= 0x80)
		return add_word(words, at, limit);
	bool stop = next == '.' && (after == ' ' || after == '\n');
	if (is_digit(next) || (joins(next) && !stop) || (next == ':' && after == '/'))
		return 0;
	struct token *token = add_token(words, TOKEN_WORD, at, end);
	char *folded = words->folded->str + words->folded->len;
	unsigned char any = 0; /* bit 5 is what small letters have */
	for (size_t i = 0; i < end - at; i++) {
		unsigned char byte = (unsigned char)text[at + i];
		any |= byte;
		folded[i] = (char)(byte | 0x20);
	}
	words->folded->len += end - at;
	finish_folded(words, token);
	token->capitals = !(any & 0x20) && end - at > 1;
	return end - at;
}

static size_t add_unfolded(struct words *words, size_t at, size_t bytes, enum token_kind kind)
{
	finish_folded(words, add_token(words, kind, at, at + bytes));
	return bytes;
}

/* What begins with a letter or a digit. */
static size_t add_plain(struct words *words, size_t at, size_t limit)
{
	const char *text = words->text + at;
	size_t left = limit - at, bytes;
	if (is_letter((unsigned char)text[0]) && (bytes = add_letters(words, at, limit)) > 0)
		return bytes;
	if ((bytes = mail_length(text, left)) > 0)
		return add_unfolded(words, at, bytes, TOKEN_MAIL);
	if ((bytes = link_length(text, left)) > 0)
		return add_unfolded(words, at, bytes, TOKEN_LINK);
	if ((bytes = add_number(words, at, limit)) > 0)
		return bytes;
	if ((bytes = code_length(text, left)) > 0) {
		add_code(words, at, bytes);
		return bytes;
	}
	return add_word(words, at, limit);
}

static size_t add_next(struct words *words, size_t at, size_t limit)
{
	const char *text = words->text + at;
	unsigned char first = (unsigned char)text[0];
	if (first == ' ' || first == '\t' || first == '\r')
		return 1;
	if (is_letter_or_digit(first))
		return add_plain(words, at, limit);
	if (first == '\n')
		return add_line(words, at, limit);
	if (first >= 0x80 && is_in_word(text, limit - at))
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
	/* what each token is made of has at least as many bytes as its form, and each form ends in one more
	 */
	words->folded = g_string_sized_new(2 * words->length + 1);
	for (size_t at = 0; at < words->length;)
		at += add_next(words, at, words->length);
}

void words_clear(struct words *words)
{
	g_array_free(words->tokens, TRUE);
	g_string_free(words->folded, TRUE);
}
