#include "base/base.h"

#include "language/dates.h"
#include "language/fields.h"
#include "language/hits.h"

#define PROMISES_MAX 8

/* A range of items that an intent rests on. */
struct range {
	size_t first, end;
};

static const struct hit *hit_at(const struct analysis *analysis, guint index)
{
	return &g_array_index(analysis->hits, struct hit, index);
}

/* The strongest hit of KIND, the first of equals; weak ones only where there is no other. NULL for none. */
static const struct hit *best_hit(const struct analysis *analysis, enum intent_kind kind)
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

static struct range sentence_of(const struct stream *stream, size_t position)
{
	const struct sentence *sentence = stream_sentence(stream, stream_item(stream, position)->sentence);
	return (struct range){sentence->first, sentence->end};
}

static struct range clause_of(const struct stream *stream, size_t position)
{
	const struct clause *clause = stream_clause(stream, stream_item(stream, position)->clause);
	return (struct range){clause->first, clause->end};
}

static void add_mention(GPtrArray *mentions, const char *number)
{
	for (guint i = 0; i < mentions->len; i++)
		if (strcmp(mentions->pdata[i], number) == 0)
			return;
	g_ptr_array_add(mentions, g_strdup(number));
}

static void add_mentions(const struct analysis *analysis, struct range range, GPtrArray *mentions)
{
	for (size_t i = range.first; i < range.end; i++) {
		if (!stream_has(&analysis->stream, i, CLASS_OURS))
			continue;
		const struct our_document *document =
		    references_find(&analysis->references, &analysis->stream, i);
		if (document)
			add_mention(mentions, document->number);
	}
}

static struct intent *new_intent(
    const struct analysis *analysis, enum intent_kind kind, int confidence, const struct hit *hit)
{
	struct intent *intent = intent_new(kind);
	intent->confidence = confidence;
	if (!hit) {
		intent->rule = g_strdup_printf("model.%s", intent_kind_word(kind));
		return intent;
	}
	const struct stream *stream = &analysis->stream;
	struct range clause = clause_of(stream, hit->end - 1);
	size_t first = MIN(clause.first, hit->first), end = MAX(clause.end, hit->end);
	if (end - first > 30) {
		first = hit->first;
		end = hit->end;
	}
	intent->span = stream_span(stream, first, end);
	intent->rule = g_strdup(hit->rule->name);
	add_mentions(analysis, clause, intent->mentions);
	if (intent->mentions->len == 0)
		add_mentions(analysis, sentence_of(stream, hit->first), intent->mentions);
	return intent;
}

static const struct date_found *date_at(const struct analysis *analysis, guint index)
{
	return &g_array_index(analysis->dates, struct date_found, index);
}

static bool inside(const struct date_found *date, struct range range)
{
	return date->position >= range.first && date->position < range.end;
}

/* The day to come that a promise in RANGE names: the first, by FROM if possible. */
static const struct date_found *future_in(const struct analysis *analysis, struct range range, size_t from)
{
	const struct date_found *best = NULL;
	for (guint i = 0; i < analysis->dates->len; i++) {
		const struct date_found *date = date_at(analysis, i);
		if (date->period || !inside(date, range) || date->forward == DATE_NONE ||
		    date->forward < analysis->context->sent)
			continue;
		if (!best || (best->position < from && date->position >= from))
			best = date;
	}
	return best;
}

static const struct date_found *past_in(const struct analysis *analysis, struct range range, size_t from)
{
	const struct date_found *best = NULL;
	for (guint i = 0; i < analysis->dates->len; i++) {
		const struct date_found *date = date_at(analysis, i);
		if (date->period || !inside(date, range) || date->backward == DATE_NONE ||
		    date->backward > analysis->context->sent)
			continue;
		if (!best || (best->position < from && date->position >= from))
			best = date;
	}
	return best;
}

static struct range whole(const struct analysis *analysis)
{
	return (struct range){0, stream_length(&analysis->stream)};
}

static struct money amount_in(const struct analysis *analysis, struct range range)
{
	struct money none = MONEY_NONE;
	for (size_t i = range.first; i < range.end; i++) {
		const struct token *token = stream_token(&analysis->stream, i);
		if (token->kind == TOKEN_AMOUNT)
			return references_amount(&analysis->references, token);
	}
	return none;
}

static void fill_promise(const struct analysis *analysis, int confidence, GPtrArray *intents)
{
	const struct hit *hit = best_hit(analysis, INTENT_PROMISE);
	struct intent *intent = new_intent(analysis, INTENT_PROMISE, confidence, hit);
	g_ptr_array_add(intents, intent);
	const struct date_found *date = NULL;
	if (hit) {
		date = future_in(analysis, clause_of(&analysis->stream, hit->end - 1), hit->first);
		if (!date)
			date = future_in(analysis, sentence_of(&analysis->stream, hit->first), hit->first);
		intent->amount = amount_in(analysis, clause_of(&analysis->stream, hit->end - 1));
	}
	if (!date)
		date = future_in(analysis, whole(analysis), hit ? hit->first : 0);
	if (date)
		intent->date = date->forward;
}

static void fill_paid(
    const struct analysis *analysis, enum intent_kind kind, int confidence, GPtrArray *intents)
{
	const struct hit *hit = best_hit(analysis, kind);
	struct intent *intent = new_intent(analysis, kind, confidence, hit);
	g_ptr_array_add(intents, intent);
	const struct date_found *date = NULL;
	if (hit) {
		date = past_in(analysis, clause_of(&analysis->stream, hit->end - 1), hit->first);
		if (!date)
			date = past_in(analysis, sentence_of(&analysis->stream, hit->first), hit->first);
	}
	if (!date)
		date = past_in(analysis, whole(analysis), hit ? hit->first : 0);
	if (date)
		intent->date = date->backward;
}

static void fill_contact(const struct analysis *analysis, struct intent *intent)
{
	for (size_t i = 0; i < stream_length(&analysis->stream) && !intent->contact; i++) {
		const struct token *token = stream_token(&analysis->stream, i);
		if (token->kind == TOKEN_MAIL)
			intent->contact =
			    g_strndup(analysis->stream.words.text + token->start, token->end - token->start);
	}
}

static void fill_absence(const struct analysis *analysis, int confidence, GPtrArray *intents)
{
	const struct hit *hit = best_hit(analysis, INTENT_ABSENCE);
	struct intent *intent = new_intent(analysis, INTENT_ABSENCE, confidence, hit);
	g_ptr_array_add(intents, intent);
	fill_contact(analysis, intent);
	const struct date_found *last = NULL;
	for (guint i = 0; i < analysis->dates->len; i++) {
		const struct date_found *date = date_at(analysis, i);
		if (!date->period && date->forward != DATE_NONE && date->forward >= analysis->context->sent &&
		    (!last || date->forward >= last->forward))
			last = date;
	}
	if (last)
		intent->until = last->until ? next_working_day(last->forward + 1) : last->forward;
}

static void fill_value(
    const struct analysis *analysis, enum intent_kind kind, int confidence, GPtrArray *intents)
{
	const struct hit *hit = best_hit(analysis, kind);
	struct intent *intent = new_intent(analysis, kind, confidence, hit);
	g_ptr_array_add(intents, intent);
	const char *value = hit && hit->rule->value ? hit->rule->value : "other";
	if (kind == INTENT_DISPUTE)
		intent->reason = g_strdup(value);
	if (kind == INTENT_REQUEST) {
		intent->what = g_strdup(value);
		for (guint i = 0; i < analysis->hits->len; i++)
			intent->never_received |=
			    hit_at(analysis, i)->rule->never_received && !hit_at(analysis, i)->weak;
	}
}

void fields_fill(const struct analysis *analysis, enum intent_kind kind, int confidence, GPtrArray *intents)
{
	switch (kind) {
	case INTENT_PROMISE:
		fill_promise(analysis, confidence, intents);
		break;
	case INTENT_PAID:
	case INTENT_REMITTANCE:
		fill_paid(analysis, kind, confidence, intents);
		break;
	case INTENT_ABSENCE:
		fill_absence(analysis, confidence, intents);
		break;
	case INTENT_DISPUTE:
	case INTENT_REQUEST:
		fill_value(analysis, kind, confidence, intents);
		break;
	default: {
		struct intent *intent = new_intent(analysis, kind, confidence, best_hit(analysis, kind));
		if (kind == INTENT_REDIRECT)
			fill_contact(analysis, intent);
		g_ptr_array_add(intents, intent);
		break;
	}
	}
}
