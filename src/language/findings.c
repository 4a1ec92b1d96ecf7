#include "base/base.h"

#include "language/findings.h"
#include "language/mentions.h"

void finding_span(const struct analysis *analysis, struct intent *intent, struct range range)
{
	if (range.end - range.first > 40)
		range.end = range.first + 40;
	g_free(intent->span);
	intent->span = stream_span(&analysis->stream, range.first, range.end);
}

static struct range longest_clause(const struct stream *stream)
{
	struct range best = {0, 0};
	for (guint i = 0; i < stream->clauses->len; i++) {
		struct range range = {stream_clause(stream, i)->first, stream_clause(stream, i)->end};
		if (range.end - range.first > best.end - best.first)
			best = range;
	}
	return best;
}

/* Where the model found KIND, as far as it says. */
static struct range model_clause(const struct analysis *analysis, enum intent_kind kind)
{
	if (!analysis->features || analysis->units[kind] == NO_UNIT)
		return longest_clause(&analysis->stream);
	const struct feature_unit *unit =
	    &g_array_index(analysis->features->units, struct feature_unit, analysis->units[kind]);
	return unit->end > unit->first ? (struct range){unit->first, unit->end}
				       : longest_clause(&analysis->stream);
}

struct intent *finding_new(
    const struct analysis *analysis, enum intent_kind kind, int confidence, const struct hit *hit)
{
	const struct stream *stream = &analysis->stream;
	struct intent *intent = intent_new(kind);
	intent->confidence = confidence;
	struct range range;
	if (hit) {
		struct range clause = clause_of(stream, hit->end - 1);
		range = (struct range){MIN(clause.first, hit->first), MAX(clause.end, hit->end)};
		intent->rule = g_strdup(hit->rule->name);
	} else {
		range = model_clause(analysis, kind);
		intent->rule = g_strdup_printf("model.%s", intent_kind_word(kind));
	}
	finding_span(analysis, intent, range);
	if (range.end > range.first)
		mentions_around(analysis, hit ? hit->end - 1 : range.end - 1, intent->mentions);
	return intent;
}
