/* Where the clauses of a stream end, and what weakens them. */
#include "base/base.h"

#include "language/push.h"
#include "language/stream.h"

static void close_clause(struct stream *stream, size_t first, size_t end)
{
	if (first >= end)
		return;
	struct clause clause = {
	    .first = (uint32_t)first, .end = (uint32_t)end, .sentence = stream_item(stream, first)->sentence};
	for (size_t i = first; i < end; i++)
		g_array_index(stream->items, struct item, i).clause = stream->clauses->len;
	*ARRAY_PUSH(stream->clauses, &stream->clause_room, struct clause) = clause;
}

/* A new clause begins at a conjunction, and after a comma where enough words stand on both sides. */
static bool begins_clause(const struct stream *stream, size_t first, size_t position, size_t end,
    class_id conjunction, class_id condition)
{
	if (stream_has(stream, position, condition))
		return position > first;
	if (stream_has(stream, position, conjunction))
		return position >= first + 2 && end - position >= 2;
	return stream_item(stream, position)->after_comma && position >= first + 3 && end - position >= 3;
}

static void cut_clauses(struct stream *stream)
{
	class_id conjunction = stream->lexicon->known[KNOWN_CONJUNCTION];
	class_id condition = stream->lexicon->known[KNOWN_CONDITION];
	for (guint s = 0; s < stream->sentences->len; s++) {
		const struct sentence *sentence = stream_sentence(stream, s);
		size_t first = sentence->first;
		for (size_t i = first + 1; i < sentence->end; i++)
			if (begins_clause(stream, first, i, sentence->end, conjunction, condition)) {
				close_clause(stream, first, i);
				first = i;
			}
		close_clause(stream, first, sentence->end);
	}
}

/* Who begins a sentence with a denial has told before it what somebody else says: "You write that we refuse.
 * Not at all." */
static void deny_what_was_told(struct stream *stream)
{
	class_id not_so = stream->lexicon->known[KNOWN_NOT_SO];
	for (guint i = 1; i < stream->clauses->len; i++) {
		const struct clause *clause = stream_clause(stream, i);
		uint32_t sentence = stream_clause(stream, i - 1)->sentence;
		if (sentence == clause->sentence ||
		    !stream_has_within(stream, clause->first, MIN(clause->first + 2, clause->end), not_so))
			continue;
		for (guint k = i; k-- > 0 && stream_clause(stream, k)->sentence == sentence;)
			g_array_index(stream->clauses, struct clause, k).reported = true;
	}
}

static void weaken_clauses(struct stream *stream)
{
	class_id condition = stream->lexicon->known[KNOWN_CONDITION];
	class_id negation = stream->lexicon->known[KNOWN_NEGATION];
	class_id report = stream->lexicon->known[KNOWN_REPORT];
	class_id would_have = stream->lexicon->known[KNOWN_WOULD_HAVE];
	class_id somebody_else = stream->lexicon->known[KNOWN_SOMEBODY_ELSE];
	for (guint i = 0; i < stream->clauses->len; i++) {
		struct clause *clause = &g_array_index(stream->clauses, struct clause, i);
		clause->negated = stream_has_within(stream, clause->first, clause->end, negation);
		clause->conditional =
		    stream_has_within(stream, clause->first, MIN(clause->first + 2, clause->end), condition);
		bool same = i > 0 && stream_clause(stream, i - 1)->sentence == clause->sentence;
		clause->reported = (same && stream_clause(stream, i - 1)->reported) ||
				   stream_has_within(stream, clause->first, clause->end, report) ||
				   stream_item(stream, clause->first)->quoted;
		clause->unreal = stream_has_within(stream, clause->first, clause->end, would_have);
		clause->of_others = stream_has_within(stream, clause->first, clause->end, somebody_else);
		if (clause->conditional)
			g_array_index(stream->sentences, struct sentence, clause->sentence).condition = true;
	}
	for (guint i = 0; i < stream->clauses->len; i++) {
		struct clause *clause = &g_array_index(stream->clauses, struct clause, i);
		clause->consequence =
		    !clause->conditional && stream_sentence(stream, clause->sentence)->condition;
	}
}

void stream_find_clauses(struct stream *stream)
{
	g_array_set_size(stream->clauses, 0);
	cut_clauses(stream);
	weaken_clauses(stream);
	deny_what_was_told(stream);
}
