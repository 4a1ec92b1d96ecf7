#include "base/base.h"
#include "mail/encoded_word.h"

#include "mail/charset.h"

#include <glib.h>
#include <gmime/gmime.h>

/* One "=?charset?B?text?=" at the start of a text. */
struct word {
	const char *charset;
	size_t charset_length; /* without the language of RFC 2231, 5 */
	char encoding;	       /* 'b' or 'q' */
	const char *text;
	size_t text_length;
	size_t size; /* of the whole word */
};

/* RFC 2047 allows 75 bytes; what is met in the wild is longer. */
#define WORD_MAX 2000

static bool read_word(const char *raw, size_t length, struct word *word)
{
	length = MIN(length, WORD_MAX);
	if (length < 8 || raw[0] != '=' || raw[1] != '?')
		return false;
	const char *end = raw + length;
	const char *mark = memchr(raw + 2, '?', length - 2);
	if (!mark || end - mark < 4 || mark[2] != '?')
		return false;
	word->charset = raw + 2;
	word->charset_length = (size_t)(mark - word->charset);
	const char *language = memchr(word->charset, '*', word->charset_length);
	if (language)
		word->charset_length = (size_t)(language - word->charset);
	word->encoding = (char)(mark[1] | 0x20);
	if (!word->charset_length || (word->encoding != 'b' && word->encoding != 'q'))
		return false;
	word->text = mark + 3;
	for (const char *at = word->text; end - at >= 2; at++) {
		if (*at == '?' && at[1] == '=') {
			word->text_length = (size_t)(at - word->text);
			word->size = (size_t)(at + 2 - raw);
			return true;
		}
		if (*at == '\n') /* a word does not go over a fold */
			return false;
	}
	return false;
}

static void append_decoded_bytes(GString *bytes, const struct word *word)
{
	GMimeEncoding state;
	if (word->encoding == 'b')
		g_mime_encoding_init_decode(&state, GMIME_CONTENT_ENCODING_BASE64);
	else
		g_mime_encoding_init_decode(&state, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
	char *text = g_strndup(word->text, word->text_length);
	if (word->encoding == 'q')
		g_strdelimit(text, "_", ' ');
	char *decoded = g_malloc(g_mime_encoding_outlen(&state, word->text_length) + 4);
	size_t size = g_mime_encoding_flush(&state, text, word->text_length, decoded);
	g_string_append_len(bytes, decoded, (gssize)size);
	g_free(decoded);
	g_free(text);
}

/* Bytes of neighbouring words in one charset, converted together. */
struct run {
	GString *bytes;
	char charset[64];
};

static void run_end(struct run *run, GString *text)
{
	if (run->bytes->len)
		charset_append(text, run->bytes->str, run->bytes->len, run->charset[0] ? run->charset : NULL);
	g_string_truncate(run->bytes, 0);
	run->charset[0] = '\0';
}

static void run_add(struct run *run, GString *text, const struct word *word)
{
	char charset[sizeof(run->charset)];
	size_t length = MIN(word->charset_length, sizeof(charset) - 1);
	memcpy(charset, word->charset, length);
	charset[length] = '\0';
	if (g_ascii_strcasecmp(charset, run->charset))
		run_end(run, text);
	memcpy(run->charset, charset, sizeof(charset));
	append_decoded_bytes(run->bytes, word);
}

static size_t blanks(const char *raw, size_t length)
{
	size_t count = 0;
	while (count < length &&
	       (raw[count] == ' ' || raw[count] == '\t' || raw[count] == '\r' || raw[count] == '\n'))
		count++;
	return count;
}

/* Decoded words may bring line ends and other controls: one line it stays. */
static char *one_line(GString *text)
{
	for (size_t i = 0; i < text->len; i++)
		if ((unsigned char)text->str[i] < ' ')
			text->str[i] = ' ';
	return g_strstrip(g_string_free(text, FALSE));
}

static void append_plain(GString *text, const char *bytes, size_t length)
{
	if (length)
		charset_append(text, bytes, length, NULL);
}

char *encoded_words_decode(const char *raw, size_t length)
{
	GString *text = g_string_sized_new(length);
	struct run run = {.bytes = g_string_new(NULL)};
	size_t plain = 0;	 /* where bytes begin that are not yet in TEXT */
	bool after_word = false; /* a word ends at PLAIN */
	size_t i = 0;
	while (i < length) {
		struct word word;
		size_t blank = blanks(raw + i, length - i);
		bool joins = after_word && i == plain; /* white space between two words is none */
		if ((blank == 0 || joins) && read_word(raw + i + blank, length - i - blank, &word)) {
			if (!joins) {
				run_end(&run, text);
				append_plain(text, raw + plain, i - plain);
			}
			run_add(&run, text, &word);
			i += blank + word.size;
			plain = i;
			after_word = true;
		} else if (blank > 0 && (memchr(raw + i, '\n', blank) ||
					    memchr(raw + i, '\r', blank))) { /* a fold is one blank */
			run_end(&run, text);
			append_plain(text, raw + plain, i - plain);
			g_string_append_c(text, ' ');
			i += blank;
			plain = i;
			after_word = false;
		} else {
			i += MAX(blank, 1);
		}
	}
	run_end(&run, text);
	append_plain(text, raw + plain, length - plain);
	g_string_free(run.bytes, TRUE);
	return one_line(text);
}
