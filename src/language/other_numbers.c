#include "base/base.h"

#include "language/other_numbers.h"

#define OTHERS_MAX   100
#define LENGTH_LEAST 3
#define LENGTH_MOST  40
/* Digits of a number alone that make it an invoice's behind a word for one: fewer may be an amount. */
#define DIGITS_LEAST 5
/* Words and phrases before a number of which one says what it numbers. */
#define WORDS_BACK 3

/* What the words before a number say that it is the number of. */
enum meaning { MEANS_NOTHING, MEANS_INVOICE, MEANS_OTHER };

/* What the words right before POSITION say of the number there. NUMBERED: a word for "number" is among them.
 */
static enum meaning named_before(const struct stream *stream, size_t position, bool *numbered)
{
	const class_id *known = stream->lexicon->known;
	*numbered = false;
	for (size_t words = 0; words < WORDS_BACK; words++) {
		if (stream_ends_before(stream, position, known[KNOWN_INVOICE_NUMBER]))
			return MEANS_INVOICE;
		if (stream_ends_before(stream, position, known[KNOWN_OTHER_NUMBER]))
			return MEANS_OTHER;
		size_t length = stream_ends_before(stream, position, known[KNOWN_NUMBER_WORD]);
		if (length == 0)
			break;
		*numbered = true;
		position -= length;
	}
	return MEANS_NOTHING;
}

/* A run of letters or of digits. */
static size_t run_length(const char *text)
{
	size_t length = 0;
	bool digit = g_ascii_isdigit(text[0]);
	while (g_ascii_isalnum(text[length]) && g_ascii_isdigit(text[length]) == digit)
		length++;
	return length;
}

static const char *skip_joints(const char *text)
{
	while (*text && !g_ascii_isalnum(*text))
		text++;
	return text;
}

/* The same letters, and as many digits at the same places; the last group may have one more or less: numbers
 * grow. A single group of digits has no look of its own. */
static bool looks_like(const char *number, const char *known)
{
	guint runs = 0;
	for (number = skip_joints(number), known = skip_joints(known); *number && *known; runs++) {
		size_t length = run_length(number), other = run_length(known);
		bool digit = g_ascii_isdigit(*number);
		const char *next = skip_joints(number + length), *known_next = skip_joints(known + other);
		size_t apart = length > other ? length - other : other - length;
		if (digit != (bool)g_ascii_isdigit(*known) ||
		    apart > (digit && !*next && !*known_next && runs ? 1U : 0U) ||
		    (!digit && g_ascii_strncasecmp(number, known, length) != 0))
			return false;
		number = next;
		known = known_next;
	}
	return !*number && !*known && runs >= 2;
}

static bool looks_like_ours(const struct references *references, const char *number)
{
	for (guint i = 0; i < references->documents->len; i++)
		if (looks_like(number, g_array_index(references->documents, struct our_document, i).number))
			return true;
	return false;
}

static guint count_signs(const char *number, bool digits)
{
	guint count = 0;
	for (; *number; number++)
		count += digits ? g_ascii_isdigit(*number) : g_ascii_isalpha(*number);
	return count;
}

/* The letters and digits from token START on, joined by - / _ or points. */
static size_t written_end(const struct stream *stream, size_t start)
{
	size_t end = start;
	for (size_t at = start; at < stream->words.length && at < start + LENGTH_MOST; at++) {
		if (g_ascii_isalnum(stream->words.text[at]))
			end = at + 1;
		else if (!strchr("-/_.", stream->words.text[at]))
			break;
	}
	return end;
}

/* Whether what is written at a token may go on behind it. */
static bool is_joined(const struct stream *stream, const struct token *token)
{
	if (token->end >= stream->words.length)
		return false;
	char next = stream->words.text[token->end];
	return g_ascii_isalnum(next) || next == '-' || next == '/' || next == '_' || next == '.' || !next;
}

/* Whether something of ours is named before END of the text, from POSITION on. */
static bool is_ours(
    const struct references *references, const struct stream *stream, size_t position, size_t end)
{
	for (; position < stream_length(stream) && stream_token(stream, position)->start < end; position++)
		if (references_find(references, position))
			return true;
	return false;
}

static bool is_other(
    const struct references *references, const struct stream *stream, size_t position, const char *number)
{
	const struct token *token = stream_token(stream, position);
	guint digits = count_signs(number, true), letters = count_signs(number, false);
	bool numbered, is_year = token->value >= 1990 && token->value < 2100;
	enum meaning meaning = named_before(stream, position, &numbered);
	if (meaning == MEANS_OTHER || digits < 2 || digits + letters < LENGTH_LEAST ||
	    (token->kind == TOKEN_DATE && !letters))
		return false;
	if (looks_like_ours(references, number))
		return true;
	if (meaning != MEANS_INVOICE)
		return false;
	if (token->kind == TOKEN_CODE)
		return true;
	return token->kind == TOKEN_NUMBER &&
	       (letters || digits >= DIGITS_LEAST || (numbered && digits >= LENGTH_LEAST && !is_year));
}

static void other_number_clear(void *data)
{
	g_free(((struct other_number *)data)->number);
}

GArray *other_numbers_find(const struct references *references, const struct stream *stream)
{
	GArray *others = g_array_new(FALSE, FALSE, sizeof(struct other_number));
	g_array_set_clear_func(others, other_number_clear);
	size_t done = 0;
	for (size_t i = 0; i < stream_length(stream) && others->len < OTHERS_MAX; i++) {
		const struct token *token = stream_token(stream, i);
		if (token->start < done)
			continue;
		bool may_be =
		    token->kind == TOKEN_CODE || token->kind == TOKEN_NUMBER || token->kind == TOKEN_DATE;
		if (!may_be && !is_joined(stream, token))
			continue; /* most are words that end here */
		size_t end = written_end(stream, token->start);
		done = MAX(end, token->end);
		if (!may_be)
			continue;
		g_autofree char *number = g_strndup(stream->words.text + token->start, end - token->start);
		if (is_ours(references, stream, i, end) || !is_other(references, stream, i, number))
			continue;
		struct other_number other = {.position = i, .number = g_steal_pointer(&number)};
		g_array_append_val(others, other);
	}
	return others;
}
