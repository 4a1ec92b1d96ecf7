#include "base/base.h"

#include "language/mentions.h"

#include "language/other_numbers.h"

/* Sentences back in which a document may have been named that a later one still speaks of. */
#define SENTENCES_BACK 2

void mentions_add(GPtrArray *mentions, const char *number)
{
	for (guint i = 0; i < mentions->len; i++)
		if (strcmp(mentions->pdata[i], number) == 0)
			return;
	g_ptr_array_add(mentions, g_strdup(number));
}

static void add_named(const struct analysis *analysis, struct range range, GPtrArray *mentions)
{
	for (size_t i = range.first; i < range.end; i++) {
		const struct our_document *document = references_named(&analysis->references, i);
		if (document)
			mentions_add(mentions, document->number);
	}
}

/* The same, and the numbers that our mail does not name. */
static void add_written(const struct analysis *analysis, struct range range, GPtrArray *mentions)
{
	const GArray *others = analysis->references.others;
	add_named(analysis, range, mentions);
	for (guint i = 0; others && i < others->len; i++) {
		const struct other_number *other = &g_array_index(others, struct other_number, i);
		if (other->position >= range.first && other->position < range.end)
			mentions_add(mentions, other->number);
	}
}

static const struct our_document *document_at(const struct analysis *analysis, guint index)
{
	return &g_array_index(analysis->references.documents, struct our_document, index);
}

/* The documents of a month that is named and is no part of a day: "the two February invoices". */
static void add_of_month(const struct analysis *analysis, size_t position, GPtrArray *mentions)
{
	int month = stream_month(&analysis->stream, position);
	if (month == 0 || in_date(analysis, position))
		return;
	for (guint i = 0; i < analysis->references.documents->len; i++) {
		const struct our_document *document = document_at(analysis, i);
		if (document->issued != DATE_NONE && date_parts(document->issued).month == month)
			mentions_add(mentions, document->number);
	}
}

/* The document of that very amount, where only one has it: "the £2,260 later". */
static void add_of_amount(const struct analysis *analysis, size_t position, GPtrArray *mentions)
{
	const struct token *token = stream_token(&analysis->stream, position);
	if (token->kind != TOKEN_AMOUNT && token->kind != TOKEN_DECIMAL && token->kind != TOKEN_NUMBER)
		return;
	struct money amount = references_amount(&analysis->references, token);
	const struct our_document *only = NULL;
	for (guint i = 0; i < analysis->references.documents->len; i++) {
		const struct our_document *document = document_at(analysis, i);
		if (money_is_none(amount) || money_is_none(document->amount) ||
		    document->amount.minor != amount.minor)
			continue;
		if (only)
			return;
		only = document;
	}
	if (only)
		mentions_add(mentions, only->number);
}

/* "the other one": the one of two that the text does not name. */
static void add_other(const struct analysis *analysis, struct range range, GPtrArray *mentions)
{
	if (analysis->references.documents->len != 2 || !has_class(analysis, range, KNOWN_OTHER_ONE))
		return;
	GPtrArray *named = g_ptr_array_new_with_free_func(g_free);
	add_named(analysis, (struct range){0, stream_length(&analysis->stream)}, named);
	if (named->len == 1)
		for (guint i = 0; i < 2; i++)
			if (strcmp(document_at(analysis, i)->number, named->pdata[0]) != 0)
				mentions_add(mentions, document_at(analysis, i)->number);
	g_ptr_array_free(named, TRUE);
}

/* The documents that RANGE means without their numbers; with one document alone there is no choice. */
static void add_meant(const struct analysis *analysis, struct range range, GPtrArray *mentions)
{
	if (analysis->references.documents->len < 2)
		return;
	for (size_t i = range.first; i < range.end; i++) {
		add_of_month(analysis, i, mentions);
		add_of_amount(analysis, i, mentions);
	}
	if (mentions->len == 0)
		add_other(analysis, range, mentions);
	if (mentions->len == analysis->references.documents->len)
		g_ptr_array_set_size(mentions, 0); /* all: none is singled out */
}

/* The numbers in the sentences before, the nearest first; where all is about one document, in any sentence.
 */
static void add_from_afar(const struct analysis *analysis, size_t position, GPtrArray *mentions)
{
	const struct stream *stream = &analysis->stream;
	uint32_t sentence = stream_item(stream, position)->sentence;
	for (uint32_t back = 1; back <= SENTENCES_BACK && back <= sentence && mentions->len == 0; back++)
		add_written(
		    analysis, sentence_of(stream, stream_sentence(stream, sentence - back)->first), mentions);
	if (mentions->len > 0 || analysis->references.documents->len > 1)
		return;
	add_written(analysis, (struct range){0, stream_length(stream)}, mentions);
	if (mentions->len > 1)
		g_ptr_array_set_size(mentions, 0);
}

void mentions_around(const struct analysis *analysis, size_t position, GPtrArray *mentions)
{
	struct range clause = clause_of(&analysis->stream, position);
	struct range sentence = sentence_of(&analysis->stream, position);
	const GArray *others = analysis->references.others;
	if (analysis->references.documents->len == 0 && (!others || others->len == 0))
		return;
	add_written(analysis, clause, mentions);
	if (mentions->len == 0)
		add_meant(analysis, clause, mentions);
	if (mentions->len == 0)
		add_written(analysis, sentence, mentions);
	if (mentions->len == 0)
		add_meant(analysis, sentence, mentions);
	if (mentions->len == 0)
		add_from_afar(analysis, position, mentions);
}
