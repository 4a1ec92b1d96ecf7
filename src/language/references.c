#include "base/base.h"

#include "language/references.h"

#define QUOTED_BYTES  65536
#define DOCUMENTS_MAX 200

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

static char *canonical_number(const struct words *words, guint index)
{
	return g_strdup(words_folded(words, index));
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

static void collect(struct references *references, const char *text, bool with_amounts)
{
	struct words words;
	words_init(&words, text, strlen(text), QUOTED_BYTES);
	for (guint i = 0; i < words.tokens->len && !references->currency[0]; i++)
		if (words_token(&words, i)->currency[0] &&
		    !currency_set(references->currency, words_token(&words, i)->currency))
			references->currency[0] = '\0';
	for (guint i = 0; i < words.tokens->len && references->documents->len < DOCUMENTS_MAX; i++) {
		const struct token *token = words_token(&words, i);
		if (!may_be_number(token))
			continue;
		char *canonical = canonical_number(&words, i);
		if (strlen(canonical) < 3 || known(references, canonical)) {
			g_free(canonical);
			continue;
		}
		struct our_document document = {
		    .number = g_strndup(words.text + token->start, token->end - token->start),
		    .canonical = canonical,
		    .amount = MONEY_NONE,
		    .issued = DATE_NONE,
		    .due = DATE_NONE};
		if (with_amounts) {
			document.amount = amount_on_line(references, &words, i);
			dates_on_line(&words, i, &document);
		}
		g_array_append_val(references->documents, document);
	}
	words_clear(&words);
}

void references_init(struct references *references, const char *quoted, const char *subject)
{
	references->documents = g_array_new(FALSE, FALSE, sizeof(struct our_document));
	references->currency[0] = '\0';
	if (quoted)
		collect(references, quoted, true);
	if (subject)
		collect(references, subject, false);
}

void references_clear(struct references *references)
{
	for (guint i = 0; i < references->documents->len; i++) {
		struct our_document *document = &g_array_index(references->documents, struct our_document, i);
		g_free(document->number);
		g_free(document->canonical);
	}
	g_array_free(references->documents, TRUE);
}

static bool ends_with(const char *whole, const char *end)
{
	size_t size = strlen(end), length = strlen(whole);
	return size <= length && strcmp(whole + length - size, end) == 0;
}

/* NUMBER in small letters and digits, without the zeros before its groups of digits; false where it is too
 * long. */
static bool without_zeros(const char *number, size_t length, char *plain, size_t size)
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
		if (count + 1 >= size)
			return false;
		plain[count++] = c;
	}
	plain[count] = '\0';
	return true;
}

/* "26-310" for "SPR-26-0310": the same groups, but for zeros and what stands between them. */
static bool is_same_groups(const struct words *words, const struct token *token, const char *number)
{
	char own[64], whole[64];
	return without_zeros(words->text + token->start, token->end - token->start, own, sizeof(own)) &&
	       without_zeros(number, strlen(number), whole, sizeof(whole)) && strlen(own) >= 4 &&
	       ends_with(whole, own);
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

const struct our_document *references_find(
    const struct references *references, const struct stream *stream, size_t position)
{
	const struct token *token = stream_token(stream, position);
	if (token->kind != TOKEN_CODE && token->kind != TOKEN_NUMBER && token->kind != TOKEN_DATE)
		return NULL;
	const char *written = words_folded(&stream->words, stream_item(stream, position)->token);
	if (token->kind == TOKEN_NUMBER && token->end - token->start < 2)
		return NULL;
	for (guint i = 0; i < references->documents->len; i++) {
		const struct our_document *document =
		    &g_array_index(references->documents, struct our_document, i);
		if (is_end_of(written, document) ||
		    (token->kind != TOKEN_NUMBER && is_same_groups(&stream->words, token, document->number)))
			return document;
	}
	return NULL;
}

void references_annotate(const struct references *references, struct stream *stream)
{
	if (references->documents->len == 0)
		return;
	for (size_t i = 0; i < stream_length(stream); i++)
		if (stream_token(stream, i)->end - stream_token(stream, i)->start >= 3 &&
		    references_find(references, stream, i))
			stream_annotate(stream, i, CLASS_OURS, 1);
	stream_sort(stream);
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
