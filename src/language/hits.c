#include "base/base.h"

#include "language/class_set.h"
#include "language/hits.h"

static bool has_step(const struct rule *rule, class_id class)
{
	for (guint i = 0; i < rule->pattern.steps->len; i++)
		if (g_array_index(rule->pattern.steps, struct step, i).class == class)
			return true;
	return false;
}

/* A negation that is part of a phrase of the rule itself ("not received") does not negate it. */
static bool belongs_to_rule(const struct stream *stream, const struct hit *hit, size_t position)
{
	const uint32_t *starts = (const uint32_t *)(const void *)stream->starts->data;
	size_t from = position > hit->first + 6 ? position - 6 : hit->first;
	for (size_t i = from; i <= position; i++)
		for (uint32_t a = starts[i]; a < starts[i + 1]; a++) {
			const struct annotation *at =
			    &g_array_index(stream->annotations, struct annotation, a);
			if (i + at->length > position && has_step(hit->rule, at->class))
				return true;
		}
	return false;
}

static bool is_negated(const struct stream *stream, const struct hit *hit, class_id negation)
{
	if (negation == CLASS_NONE || has_step(hit->rule, negation))
		return false;
	const struct clause *clause = stream_clause(stream, hit->clause);
	size_t from = hit->first > 3 ? hit->first - 3 : 0;
	from = MAX(from, MIN(clause->first, hit->first));
	size_t to = MIN((size_t)hit->end + 2, MAX(clause->end, hit->end));
	for (size_t i = from; i < to; i++)
		if (stream_has(stream, i, negation) && !belongs_to_rule(stream, hit, i))
			return true;
	return false;
}

/* A question about these is not a statement; asking for something or proposing is done in questions. */
static bool may_be_asked(enum intent_kind kind)
{
	return kind == INTENT_DELAY || kind == INTENT_REQUEST || kind == INTENT_REDIRECT;
}

/* What would have been paid was not. */
static bool is_of_payment(enum intent_kind kind)
{
	return kind == INTENT_PAID || kind == INTENT_PROMISE;
}

static void weigh(const struct stream *stream, struct hit *hit, class_id negation)
{
	const struct rule *rule = hit->rule;
	const struct clause *clause = stream_clause(stream, hit->clause);
	hit->negated = is_negated(stream, hit, negation);
	hit->asked = stream_sentence(stream, clause->sentence)->question;
	hit->conditional = clause->conditional;
	hit->consequence = clause->consequence;
	hit->reported = clause->reported;
	hit->unreal = clause->unreal && is_of_payment(rule->kind);
	hit->of_others = clause->of_others && rule->kind == INTENT_INSOLVENCY;
	hit->weak = (hit->negated && !rule->negated_too) ||
		    (hit->asked && !rule->asked_too && !rule->question && !may_be_asked(rule->kind)) ||
		    (hit->conditional && !rule->conditional_too) || (hit->reported && !rule->reported_too) ||
		    (hit->consequence && rule->kind == INTENT_PROMISE && !rule->conditional_too) ||
		    (hit->unreal && !rule->conditional_too) || hit->of_others;
}

struct hit hit_of(const struct stream *stream, const struct rule *rule, size_t first, size_t end)
{
	struct hit hit = {.rule = rule, .first = (uint32_t)first, .end = (uint32_t)end};
	hit.clause = stream_item(stream, end - 1)->clause;
	weigh(stream, &hit, stream->lexicon->known[KNOWN_NEGATION]);
	return hit;
}

/* A rule for questions where none is asked. */
static bool is_out_of_question(const struct stream *stream, const struct rule *rule, guint clause)
{
	return rule->question && !stream_sentence(stream, stream_clause(stream, clause)->sentence)->question;
}

static void add_hit(const struct stream *stream, GArray *hits, const struct rule *rule, size_t first,
    size_t end, class_id negation)
{
	struct hit hit = {.rule = rule, .first = (uint32_t)first, .end = (uint32_t)end};
	hit.clause = stream_item(stream, end - 1)->clause;
	if (is_out_of_question(stream, rule, hit.clause))
		return;
	for (guint i = hits->len; i-- > 0;) {
		const struct hit *other = &g_array_index(hits, struct hit, i);
		if (other->clause + 1 < hit.clause)
			break;
		if (other->rule == rule && other->clause == hit.clause)
			return;
		if (hits->len - i > 400)
			break;
	}
	weigh(stream, &hit, negation);
	g_array_append_val(hits, hit);
}

/* The sequences that begin with the class of FIRST and end by LIMIT, the end of its sentence, whose classes
 * are PRESENT. */
static void match_at(const struct stream *stream, GArray *hits, const struct annotation *first, size_t limit,
    const struct class_set *present, class_id negation)
{
	const struct language *language = stream->language;
	const struct class_lists *lists = &language->rules_by_class;
	uint32_t end = lists->starts[first->class + 1];
	for (uint32_t k = lists->starts[first->class]; k < end; k++) {
		const struct listed_pattern *listed = &lists->all[k];
		if (!class_set_suits(present, listed))
			continue;
		const struct rule *rule = &g_array_index(language->rules, struct rule, listed->rule);
		size_t length = stream_match(stream, &rule->pattern, first->position, limit, false);
		if (length)
			add_hit(stream, hits, rule, first->position, first->position + length, negation);
	}
}

static void match_sequences(
    const struct stream *stream, GArray *hits, struct class_set *set, class_id negation)
{
	const uint32_t *starts = (const uint32_t *)(const void *)stream->starts->data;
	const struct annotation *all = (const struct annotation *)(const void *)stream->annotations->data;
	for (guint s = 0; s < stream->sentences->len; s++) {
		const struct sentence *sentence = stream_sentence(stream, s);
		class_set_fill(set, stream, sentence->first, sentence->end);
		uint32_t end = starts[sentence->end];
		for (uint32_t a = starts[sentence->first]; a < end; a += CHOSEN) {
			const struct annotation *first[CHOSEN];
			uint32_t count = annotations_of_use(all + a, MIN(end - a, CHOSEN), USE_RULE, first);
			for (uint32_t i = 0; i < count; i++)
				match_at(stream, hits, first[i], sentence->end, set, negation);
		}
	}
}

static bool bag_fits(const struct pattern *pattern, const struct class_set *set)
{
	const struct step *steps = (const struct step *)(const void *)pattern->steps->data;
	for (guint i = 0; i < pattern->steps->len; i++)
		if (class_set_has(set, steps[i].class) == steps[i].excluded)
			return false;
	return true;
}

/* The bags that fit clause INDEX: each is listed under one class, so that it is found once. */
static void match_clause(
    const struct stream *stream, GArray *hits, guint index, const struct class_set *set, class_id negation)
{
	const struct language *language = stream->language;
	const struct clause *clause = stream_clause(stream, index);
	for (guint i = 0; i < set->count; i++) {
		const struct class_lists *lists = &language->bags_by_class;
		uint32_t end = lists->starts[set->members[i] + 1];
		for (uint32_t k = lists->starts[set->members[i]]; k < end; k++) {
			if (!class_set_suits(set, &lists->all[k]))
				continue;
			const struct rule *rule =
			    &g_array_index(language->rules, struct rule, lists->all[k].rule);
			if (!bag_fits(&rule->pattern, set) || is_out_of_question(stream, rule, index))
				continue;
			struct hit hit = {
			    .rule = rule, .first = clause->first, .end = clause->end, .clause = index};
			weigh(stream, &hit, negation);
			g_array_append_val(hits, hit);
		}
	}
}

static void match_bags(const struct stream *stream, GArray *hits, struct class_set *set, class_id negation)
{
	for (guint i = 0; i < stream->clauses->len; i++) {
		const struct clause *clause = stream_clause(stream, i);
		class_set_fill_list(set, stream, clause->first, clause->end);
		match_clause(stream, hits, i, set, negation);
	}
}

static gint by_place(gconstpointer a, gconstpointer b)
{
	const struct hit *left = a, *right = b;
	if (left->clause != right->clause)
		return left->clause < right->clause ? -1 : 1;
	return left->rule < right->rule ? -1 : left->rule > right->rule;
}

GArray *hits_find(const struct stream *stream)
{
	GArray *hits = g_array_new(FALSE, FALSE, sizeof(struct hit));
	if (!stream->language || stream_length(stream) == 0)
		return hits;
	class_id negation = stream->lexicon->known[KNOWN_NEGATION];
	struct class_set set;
	class_set_init(&set, stream->lexicon);
	match_sequences(stream, hits, &set, negation);
	match_bags(stream, hits, &set, negation);
	class_set_clear(&set);
	g_array_sort(hits, by_place);
	return hits;
}
