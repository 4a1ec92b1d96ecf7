#include "base/base.h"

#include "language/references.h"

#include "language/other_numbers.h"

#define QUOTED_BYTES  65536
#define DOCUMENTS_MAX 200

/* No document is named at a position. */
#define NOT_OURS UINT16_MAX

/* What stands at a position. */
struct named {
	uint16_t document; /* index, or NOT_OURS */
	bool surely;	   /* the words are long enough or the whole of the number to mean nothing else */
};

static struct money token_amount(const struct token *token, const char *currency)
{
	struct money none = MONEY_NONE;
	const char *code = token->currency[0] ? token->currency : currency;
	int exponent = currency_exponent(code);
	if (exponent < 0)
		return none;
	int64_t minor = token->value;
	for (int i = token->exponent; i < exponent; i++) {
		if (minor > INT64_MAX / 100 || minor < INT64_MIN / 100)
			return none;
		minor *= 10;
	}
	for (int i = exponent; i < token->exponent; i++)
		minor /= 10;
	return money(minor, code);
}

static bool known(const struct references *references, const char *canonical)
{
	for (guint i = 0; i < references->documents->len; i++)
		if (strcmp(g_array_index(references->documents, struct our_document, i).canonical,
			canonical) == 0)
			return true;
	return false;
}

static bool may_be_number(const struct token *token)
{
	return token->kind == TOKEN_CODE || (token->kind == TOKEN_NUMBER && token->end - token->start >= 4 &&
						!(token->value >= 1990 && token->value < 2100));
}

/* The first amount with a currency on the line of token INDEX, after it. */
static struct money amount_on_line(
    const struct references *references, const struct words *words, guint index)
{
	struct money none = MONEY_NONE;
	for (guint i = index + 1; i < words->tokens->len && i < index + 12; i++) {
		const struct token *token = words_token(words, i);
		if (token->kind == TOKEN_LINE)
			return none;
		if ((token->kind == TOKEN_AMOUNT || token->kind == TOKEN_DECIMAL) &&
		    (token->currency[0] || references->currency[0]))
			return token_amount(token, references->currency);
	}
	return none;
}

/* The dates on the line of token INDEX: the last one, and the first of several. */
static void dates_on_line(const struct words *words, guint index, struct our_document *document)
{
	date_t first = DATE_NONE;
	document->issued = document->due = DATE_NONE;
	for (guint i = index + 1; i < words->tokens->len && i < index + 12; i++) {
		const struct token *token = words_token(words, i);
		if (token->kind == TOKEN_LINE)
			break;
		if (token->kind != TOKEN_DATE || !token->year)
			continue;
		document->due = date_from_parts(token->year, token->month, token->day);
		if (first == DATE_NONE)
			first = document->due;
		else
			document->issued = first;
	}
}

/* ONE where all agree: SO_FAR is what those before said. */
static bool agrees(date_t *so_far, date_t one)
{
	if (one == DATE_NONE)
		return true;
	if (*so_far != DATE_NONE && *so_far != one)
		return false;
	*so_far = one;
	return true;
}

date_t references_due(const struct references *references)
{
	date_t due = DATE_NONE;
	for (guint i = 0; i < references->documents->len; i++)
		if (!agrees(&due, g_array_index(references->documents, struct our_document, i).due))
			return DATE_NONE;
	return due;
}

date_t references_issued(const struct references *references)
{
	date_t issued = DATE_NONE;
	for (guint i = 0; i < references->documents->len; i++)
		if (!agrees(&issued, g_array_index(references->documents, struct our_document, i).issued))
			return DATE_NONE;
	return issued;
}

static bool is_joint(char c)
{
	return c == '-' || c == '/' || c == '_' || c == '.';
}

/* The end of the letters and digits that go on from START without a blank, joined by - / _ or points. */
static size_t joined_end(const struct words *words, size_t start)
{
	size_t end = start;
	for (size_t at = start; at < words->length && at < start + 40; at++) {
		if (g_ascii_isalnum(words->text[at]))
			end = at + 1;
		else if (!is_joint(words->text[at]))
			break;
	}
	return end;
}

static bool has_letter(const char *text, size_t start, size_t end)
{
	for (size_t at = start; at < end; at++)
		if (g_ascii_isalpha(text[at]))
			return true;
	return false;
}

/* "SIP 441": a word in capitals before a number. */
static bool is_series(const struct words *words, guint index)
{
	const struct token *word = words_token(words, index), *number;
	if (index + 1 >= words->tokens->len || word->kind != TOKEN_WORD || !word->capitals ||
	    word->end - word->start > 5)
		return false;
	number = words_token(words, index + 1);
	return number->start == word->end + 1 && words->text[word->end] == ' ' &&
	       (number->kind == TOKEN_NUMBER || number->kind == TOKEN_DATE || number->kind == TOKEN_CODE);
}

/* The end of the document number that begins with token INDEX; 0 where none does. */
static size_t number_end(const struct references *references, const struct words *words, guint index)
{
	const struct token *token = words_token(words, index);
	size_t end = joined_end(words, token->start);
	if (token->kind == TOKEN_NUMBER && has_letter(words->text, token->start, end) &&
	    is_joint(words->text[token->end]) && !token->ordinal)
		return end; /* "88/A", "2024-FV-818" */
	if (is_series(words, index) && !money_is_none(amount_on_line(references, words, index + 1)))
		return joined_end(words, words_token(words, index + 1)->start);
	return may_be_number(token) ? token->end : 0;
}

static char *canonical_text(const char *text, size_t length)
{
	GString *canonical = g_string_new(NULL);
	for (size_t i = 0; i < length; i++)
		if (g_ascii_isalnum(text[i]))
			g_string_append_c(canonical, g_ascii_tolower(text[i]));
	return g_string_free(canonical, FALSE);
}

/* NUMBER in small letters and digits, without the zeros before its groups of digits; "" where it is too long.
 */
static void without_zeros(const char *number, size_t length, char *plain, size_t size)
{
	size_t count = 0;
	bool digits = false;
	for (size_t i = 0; i < length; i++) {
		char c = g_ascii_tolower(number[i]);
		if (!g_ascii_isalnum(c)) {
			digits = false;
			continue;
		}
		if (c == '0' && !digits && i + 1 < length && g_ascii_isdigit(number[i + 1]))
			continue;
		digits = g_ascii_isdigit(c);
		if (count + 1 >= size) {
			plain[0] = '\0';
			return;
		}
		plain[count++] = c;
	}
	plain[count] = '\0';
}

/* The lines of TEXT that have digits: numbers of documents, amounts and days stand on no others, and end with
 * their line. g_free. */
static char *lines_with_digits(const char *text)
{
	size_t length = strnlen(text, QUOTED_BYTES), kept = 0;
	char *lines = g_malloc(length + 1);
	for (size_t at = 0; at < length;) {
		const char *line = text + at, *end = memchr(line, '\n', length - at);
		size_t size = end ? (size_t)(end - line) + 1 : length - at;
		size_t digit = 0;
		while (digit < size && !g_ascii_isdigit(line[digit]))
			digit++;
		if (digit < size) {
			memcpy(lines + kept, line, size);
			kept += size;
		}
		at += size;
	}
	lines[kept] = '\0';
	return lines;
}

static char last_sign(const char *text)
{
	size_t length = strlen(text);
	return length ? text[length - 1] : '\0';
}

static void collect(struct references *references, const struct number_words *number_words, const char *text,
    bool with_amounts)
{
	struct words words;
	char *lines = lines_with_digits(text);
	words_init(&words, number_words, lines, strlen(lines), QUOTED_BYTES);
	for (guint i = 0; i < words.tokens->len && !references->currency[0]; i++)
		if (words_token(&words, i)->currency[0] &&
		    !currency_set(references->currency, words_token(&words, i)->currency))
			references->currency[0] = '\0';
	size_t done = 0;
	for (guint i = 0; i < words.tokens->len && references->documents->len < DOCUMENTS_MAX; i++) {
		const struct token *token = words_token(&words, i);
		size_t end = token->start >= done ? number_end(references, &words, i) : 0;
		if (end == 0)
			continue;
		done = end;
		char *canonical = canonical_text(words.text + token->start, end - token->start);
		if (strlen(canonical) < 3 || known(references, canonical)) {
			g_free(canonical);
			continue;
		}
		struct our_document document = {
		    .number = g_strndup(words.text + token->start, end - token->start),
		    .canonical = canonical,
		    .plain = may_be_number(token) ||
			     (token->kind == TOKEN_WORD && may_be_number(words_token(&words, i + 1))),
		    .amount = MONEY_NONE,
		    .issued = DATE_NONE,
		    .due = DATE_NONE};
		document.last = last_sign(document.canonical);
		without_zeros(document.number, end - token->start, document.groups, sizeof(document.groups));
		if (with_amounts) {
			document.amount = amount_on_line(references, &words, i);
			dates_on_line(&words, i, &document);
		}
		g_array_append_val(references->documents, document);
	}
	words_clear(&words);
	g_free(lines);
}

static void clear_document(gpointer pointer)
{
	struct our_document *document = pointer;
	g_free(document->number);
	g_free(document->canonical);
}

void references_init(struct references *references, const struct number_words *number_words,
    const char *quoted, const char *subject)
{
	references->documents = g_array_new(FALSE, FALSE, sizeof(struct our_document));
	g_array_set_clear_func(references->documents, clear_document);
	references->named = g_array_new(FALSE, FALSE, sizeof(struct named));
	references->others = NULL;
	references->currency[0] = '\0';
	if (quoted)
		collect(references, number_words, quoted, true);
	if (subject)
		collect(references, number_words, subject, false);
}

void references_clear(struct references *references)
{
	g_array_unref(references->documents);
	g_array_free(references->named, TRUE);
	if (references->others)
		g_array_unref(references->others);
}

void references_of_part(struct references *part, const struct references *whole)
{
	*part = *whole;
	g_array_ref(part->documents);
	part->named = g_array_new(FALSE, FALSE, sizeof(struct named));
	part->others = NULL;
}

static bool ends_with(const char *whole, const char *end)
{
	size_t size = strlen(end), length = strlen(whole);
	return size <= length && strcmp(whole + length - size, end) == 0;
}

/* "118" for "F2026-118", "SB26377" for "SB-26-377", "210" for "AEB-26-210": the end of the number, at least
 * two digits. */
static bool is_end_of(const char *written, const struct our_document *document)
{
	size_t size = strlen(written);
	if (!ends_with(document->canonical, written))
		return false;
	if (size >= 3 || size == strlen(document->canonical))
		return true;
	/* two digits only where they are a group of their own */
	size_t end = strlen(document->number);
	return size == 2 && end > 2 && !g_ascii_isalnum(document->number[end - 3]);
}

/* The forms of what stands at a position in which a number of ours is looked for. */
struct written {
	const char *folded;	     /* the token */
	char joined[64], groups[64]; /* with all that is joined to it, and that without zeros */
	char series[64];	     /* and with the word before it: "SPV 2" */
	bool is_long;
};

static void plain_text(const char *text, size_t length, char *plain, size_t size)
{
	size_t count = 0;
	for (size_t i = 0; i < length && count + 1 < size; i++)
		if (g_ascii_isalnum(text[i]))
			plain[count++] = g_ascii_tolower(text[i]);
	plain[count] = '\0';
}

static void written_at(struct written *written, const struct stream *stream, size_t position)
{
	const struct token *token = stream_token(stream, position);
	const char *text = stream->words.text;
	size_t end = joined_end(&stream->words, token->start);
	*written =
	    (struct written){.folded = words_folded(&stream->words, stream_item(stream, position)->token),
		.is_long = token->end - token->start >= 2};
	plain_text(text + token->start, end - token->start, written->joined, sizeof(written->joined));
	if (token->kind != TOKEN_NUMBER)
		without_zeros(
		    text + token->start, token->end - token->start, written->groups, sizeof(written->groups));
	if (position == 0)
		return;
	size_t start = stream_token(stream, position - 1)->start;
	if (end - start < sizeof(written->series))
		plain_text(text + start, end - start, written->series, sizeof(written->series));
}

/* The whole number is written out, however short it is. */
static bool is_written_out(const struct written *written, const struct our_document *document)
{
	return strcmp(written->joined, document->canonical) == 0 ||
	       strcmp(written->series, document->canonical) == 0;
}

/* "26-310" for "SPR-26-0310": the same groups, but for zeros and what stands between them. */
static bool has_same_groups(const struct written *written, const struct our_document *document)
{
	return strlen(written->groups) >= 4 && ends_with(document->groups, written->groups);
}

static struct named look_for(
    const struct references *references, const struct stream *stream, size_t position)
{
	struct named named = {NOT_OURS, false};
	const struct token *token = stream_token(stream, position);
	if (token->kind != TOKEN_CODE && token->kind != TOKEN_NUMBER && token->kind != TOKEN_DATE)
		return named;
	struct written written;
	written_at(&written, stream, position);
	char last = last_sign(written.folded), joined_last = last_sign(written.joined);
	for (guint i = 0; i < references->documents->len; i++) {
		const struct our_document *document =
		    &g_array_index(references->documents, struct our_document, i);
		if (document->last != last && document->last != joined_last)
			continue;
		if ((written.is_long && is_end_of(written.folded, document)) ||
		    has_same_groups(&written, document) || is_written_out(&written, document)) {
			named.document = (uint16_t)i;
			named.surely = token->end - token->start >= 3 || is_written_out(&written, document);
			break;
		}
	}
	return named;
}

static void annotate_ours(struct references *references, struct stream *stream)
{
	g_array_set_size(references->named, (guint)stream_length(stream));
	for (size_t i = 0; i < stream_length(stream); i++) {
		const struct token *token = stream_token(stream, i);
		struct named named = look_for(references, stream, i);
		g_array_index(references->named, struct named, i) = named;
		if (named.document != NOT_OURS && token->end - token->start >= 3 &&
		    g_array_index(references->documents, struct our_document, named.document).plain)
			stream_annotate(stream, i, CLASS_OURS, 1);
	}
	stream_sort(stream);
}

void references_annotate(struct references *references, struct stream *stream)
{
	if (references->documents->len > 0)
		annotate_ours(references, stream);
	references->others = other_numbers_find(references, stream);
}

const struct our_document *references_find(const struct references *references, size_t position)
{
	if (position >= references->named->len)
		return NULL;
	const struct named *named = &g_array_index(references->named, struct named, position);
	return named->document == NOT_OURS
		   ? NULL
		   : &g_array_index(references->documents, struct our_document, named->document);
}

const struct our_document *references_named(const struct references *references, size_t position)
{
	const struct our_document *document = references_find(references, position);
	return document && g_array_index(references->named, struct named, position).surely ? document : NULL;
}

struct money references_total(const struct references *references)
{
	struct money total = MONEY_NONE, none = MONEY_NONE;
	for (guint i = 0; i < references->documents->len; i++) {
		struct money amount = g_array_index(references->documents, struct our_document, i).amount;
		if (money_is_none(amount))
			continue;
		if (money_is_none(total))
			total = amount;
		else if (!money_add(total, amount, &total))
			return none;
	}
	return total;
}

struct money references_amount(const struct references *references, const struct token *token)
{
	return token_amount(token, references->currency);
}
