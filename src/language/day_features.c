#include "base/base.h"

#include "language/day_features.h"
#include "language/evidence.h"

#define WORDS_AROUND 12 /* before a day and after it that count */
#define WORDS_NEAR   4

/* The lowest three bits tell the training how common the kind of feature is (tests/tools/train-days.c). */
enum group { GROUP_SHAPE = 1, GROUP_CLASS = 2, GROUP_PAIR = 3, GROUP_WORD = 4, GROUP_WORDS = 5 };

/* Classes that the model of the intents does not see, for they say something of a day only. */
static const enum known_class of_days[] = {
    KNOWN_MONTHLY, KNOWN_OTHER_ONE, KNOWN_AS_SOON, KNOWN_BACK_AGAIN, KNOWN_YOURS, KNOWN_INCOME, KNOWN_EVENT};

static uint32_t mix(uint32_t hash, uint32_t more)
{
	hash ^= more + 0x9e3779b9u + (hash << 6) + (hash >> 2);
	hash *= 0x85ebca6bu;
	return hash ^ hash >> 15;
}

static void add(GArray *features, enum group group, char kind, uint32_t a, uint32_t b)
{
	uint32_t feature = mix(mix((uint32_t)(unsigned char)kind * 0x01000193u, a), b);
	feature = (feature & ~UINT32_C(7)) | (uint32_t)group;
	g_array_append_val(features, feature);
}

/* The classes of the items FIRST to END, as seen from a day: REGION says where they stand. */
static void add_classes(
    GArray *features, const struct analysis *analysis, char region, size_t first, size_t end)
{
	const struct stream *stream = &analysis->stream;
	if (first >= end)
		return;
	const uint32_t *starts = (const uint32_t *)(const void *)stream->starts->data;
	for (uint32_t i = starts[first]; i < starts[end]; i++) {
		class_id class = g_array_index(stream->annotations, struct annotation, i).class;
		if (stream->lexicon->concept_hashes[class])
			add(features, GROUP_CLASS, region, stream->lexicon->concept_hashes[class], 0);
	}
	struct range range = {first, end};
	for (size_t i = 0; i < ARRAY_LENGTH(of_days); i++)
		if (has_class(analysis, range, of_days[i]))
			add(features, GROUP_CLASS, region, (uint32_t)of_days[i] + 1, 1);
}

static uint32_t word_at(const struct stream *stream, size_t position)
{
	uint64_t hash = stream_item(stream, position)->hash;
	const struct token *token = stream_token(stream, position);
	return token->kind == TOKEN_WORD ? (uint32_t)(hash ^ hash >> 32) : (uint32_t)token->kind;
}

/* Where the words around a day begin and end: its sentence, no further than the days beside it. */
static struct range around(const struct analysis *analysis, const struct date_found *date)
{
	struct range range = sentence_of(&analysis->stream, date->position);
	size_t end = date->position + date->length;
	guint index = (guint)(date - date_at(analysis, 0));
	range.first = MAX(range.first, date->position - MIN(date->position, WORDS_AROUND));
	range.end = MIN(range.end, end + WORDS_AROUND);
	if (index > 0)
		range.first = CLAMP((size_t)date[-1].position + date[-1].length, range.first, date->position);
	if (index + 1 < analysis->dates->len)
		range.end = CLAMP((size_t)date[1].position, MIN(end, range.end), range.end);
	return range;
}

static void add_words(GArray *features, const struct analysis *analysis, const struct date_found *date)
{
	const struct stream *stream = &analysis->stream;
	struct range range = around(analysis, date);
	size_t end = date->position + date->length;
	for (size_t i = date->position; i > range.first && date->position - i < WORDS_AROUND; i--) {
		uint32_t away = (uint32_t)(date->position - i), word = word_at(stream, i - 1);
		if (away < 3)
			add(features, GROUP_WORD, 'w', word, away);
		add(features, GROUP_WORDS, 'W', word, 0);
		if (away == 0 && i > range.first + 1)
			add(features, GROUP_WORDS, 'u', word, word_at(stream, i - 2));
	}
	for (size_t i = end; i < range.end; i++) {
		uint32_t away = (uint32_t)(i - end), word = word_at(stream, i);
		if (away < 2)
			add(features, GROUP_WORD, 'v', word, away);
		add(features, GROUP_WORDS, 'V', word, 0);
	}
	add(features, GROUP_SHAPE, 'e', date->position == range.first, end >= range.end);
}

static void add_regions(GArray *features, const struct analysis *analysis, const struct date_found *date)
{
	const struct stream *stream = &analysis->stream;
	struct range own = around(analysis, date), clause = clause_of(stream, date->position),
		     sentence = sentence_of(stream, date->position);
	size_t end = date->position + date->length;
	add_classes(features, analysis, 'B', own.first, date->position);
	add_classes(features, analysis, 'A', end, own.end);
	add_classes(features, analysis, 'C', clause.first, clause.end);
	add_classes(features, analysis, 'S', sentence.first, date->position);
	add_classes(features, analysis, 'T', end, sentence.end);
	struct range near = {
	    MAX(own.first + WORDS_NEAR, date->position) - WORDS_NEAR, MIN(own.end, end + WORDS_NEAR)};
	add_classes(features, analysis, 'b', near.first, date->position);
	add_classes(features, analysis, 'a', end, near.end);
	uint32_t number = stream_item(stream, date->position)->sentence;
	if (number > 0 && stream_sentence(stream, number)->first > 0) {
		struct range last = sentence_of(stream, stream_sentence(stream, number)->first - 1);
		add_classes(features, analysis, 'P', last.first, last.end);
	}
	const struct clause *said = stream_clause(stream, stream_item(stream, date->position)->clause);
	add(features, GROUP_SHAPE, 'c', 1, said->negated);
	add(features, GROUP_SHAPE, 'c', 2, said->conditional);
	add(features, GROUP_SHAPE, 'c', 3, said->consequence);
	add(features, GROUP_SHAPE, 'c', 4, said->reported);
	add(features, GROUP_SHAPE, 'c', 5, stream_sentence(stream, number)->question);
}

/* How the day is said. */
static uint32_t form_of(const struct date_found *date)
{
	return (uint32_t)((date->weekday > 0) | date->bare_day << 1 | date->calendar << 2 | date->vague << 3 |
			  date->period << 4 | date->at_once << 5 | date->follows << 6 | date->before << 7 |
			  (date->until || date->till) << 8 | date->holiday << 9);
}

static void add_form(GArray *features, const struct analysis *analysis, const struct date_found *date)
{
	uint32_t form = form_of(date);
	add(features, GROUP_SHAPE, 'f', form, 0);
	for (uint32_t bit = 0; bit < 10; bit++)
		if (form >> bit & 1)
			add(features, GROUP_SHAPE, 'F', bit, 0);
	add(features, GROUP_SHAPE, 'F', 20, date->exact);
	add(features, GROUP_SHAPE, 'F', 21, date->of_month);
	if (date->position > 0)
		add(features, GROUP_PAIR, 'x', form, word_at(&analysis->stream, date->position - 1));
}

/* How far TO lies behind FROM; what has no day (a period) is far on its side. */
static uint32_t bucket(date_t from, date_t to)
{
	static const int limits[] = {-32, -15, -8, -3, -1, 0, 1, 2, 4, 8, 15, 32, 63};
	if (from != to && (from == DATE_NONE || to == DATE_NONE))
		return to == DATE_NONE ? ARRAY_LENGTH(limits) : 0;
	int days = to - from;
	uint32_t i = 0;
	while (i < ARRAY_LENGTH(limits) && days > limits[i])
		i++;
	return i;
}

/* How the day lies among the others in the text and in time. */
static void add_place(GArray *features, const struct analysis *analysis, const struct day_field *field,
    const struct date_found *date, guint index, date_t day)
{
	guint left = field->count - 1 - index;
	uint32_t chosen = date == field->by_rules;
	add(features, GROUP_SHAPE, 'r', chosen, field->by_rules != NULL);
	add(features, GROUP_SHAPE, 'r', 2 + chosen, MIN(field->count, 4));
	if (field->most > 0) {
		add(features, GROUP_SHAPE, 'q', (uint32_t)MAX(field->weight, 0), 0);
		add(features, GROUP_SHAPE, 'q', (uint32_t)MIN(field->most - field->weight, 10), 1);
		add(features, GROUP_SHAPE, 'q',
		    has_class(analysis, clause_of(&analysis->stream, date->position), KNOWN_AWAY), 2);
	}
	add(features, GROUP_SHAPE, 'i', MIN(index, 3), 0);
	add(features, GROUP_SHAPE, 'j', MIN(left, 3), 0);
	add(features, GROUP_SHAPE, 'k', MIN(field->count, 4), form_of(date));
	add(features, GROUP_SHAPE, 'd', bucket(analysis->context->sent, day), 0);
	add(features, GROUP_SHAPE, 'd', bucket(analysis->context->sent, day), 1 + (field->count > 1));
	if (field->count > 1) {
		add(features, GROUP_SHAPE, 't', day == field->latest, day == field->earliest);
		add(features, GROUP_SHAPE, 'j', 10 + MIN(left, 3), day == field->latest);
	}
	guint at = (guint)(date - date_at(analysis, 0));
	if (at + 1 < analysis->dates->len) {
		add(features, GROUP_SHAPE, 'n', date[1].follows, form_of(&date[1]));
		add(features, GROUP_SHAPE, 'n', 2, bucket(date->forward, date[1].forward));
	}
	if (at > 0) {
		add(features, GROUP_SHAPE, 'l', date[-1].period, form_of(&date[-1]));
		add(features, GROUP_SHAPE, 'l', 2, bucket(date[-1].forward, date->forward));
	}
	bool again = false, before = false;
	for (guint i = 0; i < analysis->dates->len; i++)
		if (i != at && date_at(analysis, i)->forward == date->forward &&
		    !date_at(analysis, i)->period) {
			again |= i > at;
			before |= i < at;
		}
	add(features, GROUP_SHAPE, 's', again, before);
}

static void add_hits(GArray *features, const struct analysis *analysis, const struct date_found *date)
{
	struct range clause = clause_of(&analysis->stream, date->position);
	for (guint i = 0; i < analysis->hits->len; i++) {
		const struct hit *hit = hit_at(analysis, i);
		if (hit->first < clause.end && hit->end > clause.first)
			add(features, GROUP_CLASS, 'h', (uint32_t)hit->rule->kind,
			    hit->weak ? 9 : (uint32_t)hit->rule->strength);
	}
}

static gint by_value(gconstpointer a, gconstpointer b)
{
	uint32_t first = *(const uint32_t *)a, second = *(const uint32_t *)b;
	return first < second ? -1 : first > second;
}

static void keep_one_each(GArray *features)
{
	g_array_sort(features, by_value);
	guint kept = 0;
	uint32_t *all = (uint32_t *)(void *)features->data;
	for (guint i = 0; i < features->len; i++)
		if (kept == 0 || all[kept - 1] != all[i])
			all[kept++] = all[i];
	g_array_set_size(features, kept);
}

static void add_none(GArray *features, const struct day_field *field)
{
	add(features, GROUP_SHAPE, 'z', 0, 0);
	add(features, GROUP_SHAPE, 'z', 1, field->by_rules != NULL);
	add(features, GROUP_SHAPE, 'z', 2 + (field->by_rules != NULL), MIN(field->count, 4));
}

GArray *day_features(const struct analysis *analysis, const struct day_field *field,
    const struct date_found *date, guint index, date_t day)
{
	GArray *features = g_array_sized_new(FALSE, FALSE, sizeof(uint32_t), 128);
	if (!date) {
		add_none(features, field);
	} else {
		add_place(features, analysis, field, date, index, day);
		add_form(features, analysis, date);
		add_words(features, analysis, date);
		add_regions(features, analysis, date);
		add_hits(features, analysis, date);
	}
	keep_one_each(features);
	return features;
}
