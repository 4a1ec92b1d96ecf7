/* Where in a text something stands, and what the words around it say. */
#include "base/base.h"

#include "language/evidence.h"

#define NEIGHBOURS 4 /* days before and after one that are compared with it */

const struct hit *hit_at(const struct analysis *analysis, guint index)
{
	return &g_array_index(analysis->hits, struct hit, index);
}

/* The strongest hit of KIND, the first of equals; weak ones only where there is no other. NULL for none. */
const struct hit *best_hit(const struct analysis *analysis, enum intent_kind kind)
{
	const struct hit *best = NULL;
	for (guint i = 0; i < analysis->hits->len; i++) {
		const struct hit *hit = hit_at(analysis, i);
		if (hit->rule->kind != kind)
			continue;
		if (!best || hit->weak < best->weak ||
		    (hit->weak == best->weak && hit->rule->strength > best->rule->strength))
			best = hit;
	}
	return best;
}

/* Who writes more words without a stop writes no sentence. */
static struct range around(size_t position, size_t first, size_t end, size_t most)
{
	struct range range = {first, end};
	if (position - first > most)
		range.first = position - most;
	if (end - position > most)
		range.end = position + most;
	return range;
}

struct range sentence_of(const struct stream *stream, size_t position)
{
	const struct sentence *sentence = stream_sentence(stream, stream_item(stream, position)->sentence);
	return around(position, sentence->first, sentence->end, 120);
}

struct range clause_of(const struct stream *stream, size_t position)
{
	const struct clause *clause = stream_clause(stream, stream_item(stream, position)->clause);
	return around(position, clause->first, clause->end, 60);
}

bool has_built_in(const struct analysis *analysis, struct range range, class_id class)
{
	return stream_has_within(&analysis->stream, range.first, range.end, class);
}

bool has_class(const struct analysis *analysis, struct range range, enum known_class known)
{
	class_id class = analysis->stream.lexicon->known[known];
	return class != CLASS_NONE && has_built_in(analysis, range, class);
}

int weigh_classes(
    const struct analysis *analysis, struct range range, const struct weight *weights, size_t count)
{
	int total = 0;
	for (size_t i = 0; i < count; i++) {
		class_id class = weights[i].known < 0 ? weights[i].built_in
						      : analysis->stream.lexicon->known[weights[i].known];
		if (class != CLASS_NONE && has_built_in(analysis, range, class))
			total += weights[i].weight;
	}
	return total;
}

int weigh_hits(const struct analysis *analysis, struct range range, enum intent_kind kind)
{
	int best = 0;
	for (guint i = 0; i < analysis->hits->len; i++) {
		const struct hit *hit = hit_at(analysis, i);
		/* the place first: rules are far away in memory */
		if (hit->first < range.end && hit->end > range.first && hit->rule->kind == kind)
			best = MAX(best, hit->weak ? 1 : 2 + (int)hit->rule->strength);
	}
	return best;
}

/* All items on the line of POSITION. */
struct range line_of(const struct stream *stream, size_t position)
{
	uint32_t line = stream_item(stream, position)->line;
	struct range range = {position, position + 1};
	while (range.first > 0 && position - range.first < 60 &&
	       stream_item(stream, range.first - 1)->line == line)
		range.first--;
	while (range.end < stream_length(stream) && range.end - position < 60 &&
	       stream_item(stream, range.end)->line == line)
		range.end++;
	return range;
}

bool line_is_of_document(const struct analysis *analysis, struct range line)
{
	return (has_built_in(analysis, line, CLASS_CODE) || has_built_in(analysis, line, CLASS_OURS)) &&
	       has_built_in(analysis, line, CLASS_AMOUNT);
}

const struct date_found *date_at(const struct analysis *analysis, guint index)
{
	return &g_array_index(analysis->dates, struct date_found, index);
}

bool in_date(const struct analysis *analysis, size_t position)
{
	for (guint i = 0; i < analysis->dates->len; i++) {
		const struct date_found *date = date_at(analysis, i);
		if (position >= date->position && position < date->position + date->length)
			return true;
		if (date->position > position)
			break;
	}
	return false;
}

/* The amount that a token or a word for a share states; MONEY_NONE for none. */
struct money amount_at(const struct analysis *analysis, size_t position)
{
	struct money none = MONEY_NONE;
	const struct stream *stream = &analysis->stream;
	const struct token *token = stream_token(stream, position);
	if (token->kind == TOKEN_AMOUNT)
		return references_amount(&analysis->references, token);
	int64_t numerator = 0, denominator = 1;
	if (token->kind == TOKEN_PERCENT && token->value > 0) {
		numerator = token->value;
		denominator = 100;
		for (int i = 0; i < token->exponent; i++)
			denominator *= 10;
	} else if (stream_has(stream, position, stream->lexicon->known[KNOWN_HALF])) {
		numerator = 1;
		denominator = 2;
	} else if (stream_has(stream, position, stream->lexicon->known[KNOWN_THIRD])) {
		numerator = 1;
		denominator = 3;
	}
	struct money total = references_total(&analysis->references);
	if (numerator == 0 || numerator > denominator || money_is_none(total) ||
	    llabs(total.minor) > INT64_MAX / 200000)
		return none;
	return money((total.minor * numerator + denominator / 2) / denominator, total.currency);
}

/* A bare number before or after the word for money or in a list of instalments ("500 on 1 August"). */
struct money bare_amount_at(const struct analysis *analysis, size_t position)
{
	struct money none = MONEY_NONE;
	const struct stream *stream = &analysis->stream;
	const struct token *token = stream_token(stream, position);
	if (token->kind == TOKEN_AMOUNT || token->kind == TOKEN_PERCENT || token->kind == TOKEN_WORD)
		return amount_at(analysis, position);
	if (token->kind != TOKEN_NUMBER || token->ordinal || token->value < 40 || token->value > 99999 ||
	    (token->value >= 1990 && token->value < 2100) || stream_has(stream, position, CLASS_OURS))
		return none;
	return references_amount(&analysis->references, token);
}

/* The amount in RANGE that is nearest to POSITION. */
struct money amount_near(const struct analysis *analysis, struct range range, size_t position, bool bare)
{
	struct money best = MONEY_NONE;
	size_t distance = SIZE_MAX;
	for (size_t i = range.first; i < range.end; i++) {
		struct money amount = bare ? bare_amount_at(analysis, i) : amount_at(analysis, i);
		if (money_is_none(amount) || in_date(analysis, i))
			continue;
		size_t away = i > position ? i - position : position - i;
		if (away < distance) {
			distance = away;
			best = amount;
		}
	}
	return best;
}

bool in_unit_at(const struct analysis *analysis, enum intent_kind kind, size_t position)
{
	if (!analysis->features || analysis->units[kind] == NO_UNIT)
		return false;
	const struct feature_unit *unit =
	    &g_array_index(analysis->features->units, struct feature_unit, analysis->units[kind]);
	return position >= unit->first && position < unit->end;
}

bool in_unit(const struct analysis *analysis, enum intent_kind kind, const struct date_found *date)
{
	return in_unit_at(analysis, kind, date->position);
}

/* Words between DATE and the nearest of COUNT kinds of WORDS in its clause. */
static size_t away_from(const struct analysis *analysis, const struct date_found *date,
    const enum known_class *words, size_t count)
{
	const struct stream *stream = &analysis->stream;
	struct range clause = clause_of(stream, date->position);
	size_t away = SIZE_MAX, end = date->position + date->length;
	for (size_t i = clause.first; i < clause.end; i++)
		for (size_t k = 0; k < count; k++)
			if (stream_has(stream, i, stream->lexicon->known[words[k]]))
				away =
				    MIN(away, i < date->position ? date->position - i : i + 1 - MIN(end, i));
	return away;
}

bool date_is_nearest_to(const struct analysis *analysis, const struct date_found *date,
    const enum known_class *words, size_t count)
{
	const struct stream *stream = &analysis->stream;
	uint32_t clause = stream_item(stream, date->position)->clause;
	size_t away = away_from(analysis, date, words, count);
	bool several = false;
	guint index = (guint)(date - date_at(analysis, 0));
	for (guint i = MAX(index, NEIGHBOURS) - NEIGHBOURS; i < MIN(index + NEIGHBOURS, analysis->dates->len);
	     i++) {
		const struct date_found *other = date_at(analysis, i);
		if (other == date || other->period || stream_item(stream, other->position)->clause != clause)
			continue;
		several = true;
		if (away_from(analysis, other, words, count) <= away)
			return false;
	}
	return several && away != SIZE_MAX;
}
