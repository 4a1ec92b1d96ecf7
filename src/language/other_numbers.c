#include "base/base.h"

#include "language/other_numbers.h"

#define OTHERS_MAX   100
#define LENGTH_LEAST 3
#define LENGTH_MOST  40
/* Digits of a number alone that make it an invoice's behind a word for one: fewer may be an amount. */
#define DIGITS_LEAST 5
/* Items before a number in which a word says what it numbers. */
#define WORDS_BACK 3

/* How words for an invoice begin, in small letters without accents; those for other papers with numbers; and
 * those that stand between such a word and the number. Compared as prefixes where `is_start`. */
enum meaning { MEANS_INVOICE, MEANS_OTHER, MEANS_NUMBER, MEANS_NOTHING };

static const struct {
	const char *word;
	bool is_start;
	enum meaning meaning;
} meanings[] = {
    {"factu", true, MEANS_INVOICE},
    {"faktu", true, MEANS_INVOICE},
    {"fatur", true, MEANS_INVOICE},
    {"fattur", true, MEANS_INVOICE},
    {"invoice", true, MEANS_INVOICE},
    {"rechnung", true, MEANS_INVOICE},
    {"command", true, MEANS_OTHER},
    {"order", true, MEANS_OTHER},
    {"bestel", true, MEANS_OTHER},
    {"auftrag", true, MEANS_OTHER},
    {"ordin", true, MEANS_OTHER},
    {"pedido", true, MEANS_OTHER},
    {"livraison", true, MEANS_OTHER},
    {"deliver", true, MEANS_OTHER},
    {"liefer", true, MEANS_OTHER},
    {"lever", true, MEANS_OTHER},
    {"virement", true, MEANS_OTHER},
    {"transfer", true, MEANS_OTHER},
    {"ticket", true, MEANS_OTHER},
    {"dossier", true, MEANS_OTHER},
    {"client", true, MEANS_OTHER},
    {"kunde", true, MEANS_OTHER},
    {"po", false, MEANS_OTHER},
    {"bl", false, MEANS_OTHER},
    {"n", false, MEANS_NUMBER},
    {"no", false, MEANS_NUMBER},
    {"nr", false, MEANS_NUMBER},
    {"num", false, MEANS_NUMBER},
    {"numero", false, MEANS_NUMBER},
    {"number", false, MEANS_NUMBER},
    {"nummer", false, MEANS_NUMBER},
};

static enum meaning meaning_at(const struct stream *stream, size_t position)
{
	const char *word = words_folded(&stream->words, stream_item(stream, position)->token);
	for (size_t i = 0; i < ARRAY_LENGTH(meanings); i++)
		if (meanings[i].is_start ? g_str_has_prefix(word, meanings[i].word)
					 : !strcmp(word, meanings[i].word))
			return meanings[i].meaning;
	return MEANS_NOTHING;
}

/* What the words right before POSITION say of the number there. NUMBERED: a word for "number" is among them.
 */
static enum meaning named_before(const struct stream *stream, size_t position, bool *numbered)
{
	uint32_t sentence = stream_item(stream, position)->sentence;
	*numbered = false;
	for (size_t back = 1; back <= WORDS_BACK && back <= position; back++) {
		if (stream_item(stream, position - back)->sentence != sentence)
			break;
		enum meaning meaning = meaning_at(stream, position - back);
		if (meaning != MEANS_NUMBER)
			return meaning;
		*numbered = true;
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
		size_t end = written_end(stream, token->start);
		done = MAX(end, token->end);
		g_autofree char *number = g_strndup(stream->words.text + token->start, end - token->start);
		bool may_be =
		    token->kind == TOKEN_CODE || token->kind == TOKEN_NUMBER || token->kind == TOKEN_DATE;
		if (!may_be || is_ours(references, stream, i, end) ||
		    !is_other(references, stream, i, number))
			continue;
		struct other_number other = {.position = i, .number = g_steal_pointer(&number)};
		g_array_append_val(others, other);
	}
	return others;
}
