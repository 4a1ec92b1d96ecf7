#include "base/base.h"
#include "language/learnt.h"

#include "language/evidence.h"

/* What is left of other opinions about a sentence that was decided. */
#define OVERRULED 50

/* "habitat.example" is a domain, "lea@mail.example" one address; NULL is everybody. */
static bool is_from(const char *who, const char *address)
{
	if (!who)
		return true;
	const char *at = address ? strrchr(address, '@') : NULL;
	return at && !g_ascii_strcasecmp(strchr(who, '@') ? address : at + 1, who);
}

/* Whether the opinion that the text has KIND rests on something in SENTENCE, or on nothing in particular:
 * what a rule finds elsewhere stands. */
static bool rests_on(const struct analysis *analysis, enum intent_kind kind, struct range sentence)
{
	for (guint i = 0; i < analysis->hits->len; i++) {
		const struct hit *hit = hit_at(analysis, i);
		bool elsewhere = hit->first >= sentence.end || hit->end <= sentence.first;
		if (hit->rule->kind == kind && !hit->weak && elsewhere)
			return false;
	}
	if (!analysis->features || analysis->units[kind] == NO_UNIT)
		return true;
	const struct feature_unit *unit =
	    &g_array_index(analysis->features->units, struct feature_unit, analysis->units[kind]);
	return unit->first < sentence.end && unit->end > sentence.first;
}

static void heed(const struct analysis *analysis, const struct rule *rule, size_t first, size_t end,
    int beliefs[INTENT_COUNT], struct learnt_choice choices[INTENT_COUNT])
{
	struct range sentence = sentence_of(&analysis->stream, first);
	for (int kind = 0; kind < INTENT_COUNT; kind++) {
		const struct learnt_choice *choice = &choices[kind];
		bool elsewhere =
		    choice->rule && (choice->first >= sentence.end || choice->end <= sentence.first);
		if (elsewhere || !rests_on(analysis, (enum intent_kind)kind, sentence))
			continue;
		beliefs[kind] = MIN(beliefs[kind], OVERRULED);
		choices[kind] = (struct learnt_choice){0};
	}
	beliefs[rule->kind] = 950;
	choices[rule->kind] = (struct learnt_choice){rule, first, end};
}

/* The learnt words that begin at POSITION. */
static void heed_at(const struct analysis *analysis, size_t position, int beliefs[INTENT_COUNT],
    struct learnt_choice choices[INTENT_COUNT])
{
	const struct stream *stream = &analysis->stream;
	const struct language *language = stream->language;
	const uint32_t *starts = (const uint32_t *)(const void *)stream->starts->data;
	size_t limit = stream_sentence(stream, stream_item(stream, position)->sentence)->end;
	for (uint32_t a = starts[position]; a < starts[position + 1]; a++) {
		class_id class = g_array_index(stream->annotations, struct annotation, a).class;
		const struct class_lists *lists = &language->learnt_by_class;
		for (uint32_t k = lists->starts[class]; k < lists->starts[class + 1]; k++) {
			const struct rule *rule =
			    &g_array_index(language->learnt, struct rule, lists->all[k].rule);
			if (!is_from(rule->from, analysis->context->from_address))
				continue;
			size_t length = stream_match(stream, &rule->pattern, position, limit, false);
			if (length && !hit_of(stream, rule, position, position + length).weak)
				heed(analysis, rule, position, position + length, beliefs, choices);
		}
	}
}

void learnt_heed(
    const struct analysis *analysis, int beliefs[INTENT_COUNT], struct learnt_choice choices[INTENT_COUNT])
{
	memset(choices, 0, INTENT_COUNT * sizeof *choices);
	const struct language *language = analysis->stream.language;
	if (!language || language->learnt->len == 0)
		return;
	for (size_t i = 0; i < stream_length(&analysis->stream); i++)
		heed_at(analysis, i, beliefs, choices);
}

void learnt_fill(const struct analysis *analysis, const struct learnt_choice *choice, struct intent *intent)
{
	g_free(intent->rule);
	g_free(intent->span);
	intent->rule = g_strdup(choice->rule->name);
	intent->span = stream_span(&analysis->stream, choice->first, choice->end);
	if (choice->rule->value) {
		char **value = intent->kind == INTENT_DISPUTE ? &intent->reason : &intent->what;
		g_free(*value);
		*value = g_strdup(choice->rule->value);
	}
	intent->never_received = intent->never_received || choice->rule->never_received;
}

int learnt_confidence(const struct learnt_choice *choice)
{
	static const int confidences[] = {
	    [STRENGTH_HINT] = 600, [STRENGTH_LIKELY] = 850, [STRENGTH_SURE] = 950};
	return confidences[choice->rule->strength];
}
