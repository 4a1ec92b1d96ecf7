#include "base/base.h"

#include "language/day_choice.h"
#include "language/day_rules.h"
#include "language/evidence.h"
#include "language/findings.h"
#include "language/mentions.h"
#include "language/payments.h"

#define PROMISES_MAX 6
#define PAYMENTS_MAX 4
#define PART_LEAST   9
#define PAID_WORDS   7 /* between two days of one payment in two parts */
#define STATED_LEAST 3 /* a rule that makes it likely */
#define NEIGHBOURS   4 /* days before and after one that are compared with it */

/* The words from the day before DATE, or from the beginning of its sentence. */
static struct range words_before(const struct analysis *analysis, const struct date_found *date)
{
	struct range range = {sentence_of(&analysis->stream, date->position).first, date->position};
	for (guint i = 0; i < analysis->dates->len; i++) {
		const struct date_found *other = date_at(analysis, i);
		if (other->position < date->position && other->position >= range.first)
			range.first = MIN(other->position + other->length, date->position);
	}
	return range;
}

static bool names_a_part(const struct analysis *analysis, struct range range)
{
	return has_built_in(analysis, range, CLASS_AMOUNT) || has_class(analysis, range, KNOWN_BALANCE) ||
	       has_built_in(analysis, range, CLASS_OURS) || has_class(analysis, range, KNOWN_HALF) ||
	       has_class(analysis, range, KNOWN_THIRD) || has_built_in(analysis, range, CLASS_PERCENT);
}

/* A second day is a second promise where it has a part of its own: an amount, the rest, or a number of ours.
 */
static bool stands_alone(const struct analysis *analysis, const struct date_found *date)
{
	struct range clause = clause_of(&analysis->stream, date->position);
	return names_a_part(analysis, clause) || has_built_in(analysis, clause, CLASS_CODE) ||
	       has_class(analysis, clause, KNOWN_PAY) || has_built_in(analysis, clause, CLASS_MONTH) ||
	       has_class(analysis, clause, KNOWN_INVOICE);
}

/* Two days of one clause are two promises only with an amount between them. */
static bool stands_apart(
    const struct analysis *analysis, const struct date_found *date, const struct date_found *best)
{
	const struct stream *stream = &analysis->stream;
	if (stream_item(stream, date->position)->clause != stream_item(stream, best->position)->clause)
		return true;
	struct range between = {MIN(date->position, best->position), MAX(date->position, best->position)};
	return has_built_in(analysis, between, CLASS_AMOUNT) || has_class(analysis, between, KNOWN_BALANCE) ||
	       has_class(analysis, between, KNOWN_HALF);
}

/* DATE is about documents that are named with it, and none of them with BEST. */
static bool has_own_documents(
    const struct analysis *analysis, const struct date_found *date, const struct date_found *best)
{
	GPtrArray *own = g_ptr_array_new_with_free_func(g_free);
	GPtrArray *others = g_ptr_array_new_with_free_func(g_free);
	mentions_around(analysis, date->position, own);
	mentions_around(analysis, best->position, others);
	bool apart = own->len > 0 && others->len > 0;
	for (guint i = 0; i < own->len; i++)
		for (guint k = 0; k < others->len; k++)
			apart &= strcmp(own->pdata[i], others->pdata[k]) != 0;
	g_ptr_array_free(own, TRUE);
	g_ptr_array_free(others, TRUE);
	return apart;
}

/* DATE has documents of its own, in the sentence of BEST or the next one. */
static bool is_of_others(
    const struct analysis *analysis, const struct date_found *date, const struct date_found *best)
{
	const struct stream *stream = &analysis->stream;
	return labs((long)stream_item(stream, date->position)->sentence -
		    (long)stream_item(stream, best->position)->sentence) <= 1 &&
	       labs((long)(date - best)) <= NEIGHBOURS && has_own_documents(analysis, date, best);
}

/* "1,000 on Monday. The rest in March." */
static bool is_of_the_rest(
    const struct analysis *analysis, const struct date_found *date, const struct date_found *best)
{
	const struct stream *stream = &analysis->stream;
	return date > best &&
	       stream_item(stream, date->position)->sentence ==
		   stream_item(stream, best->position)->sentence + 1 &&
	       has_class(analysis, words_before(analysis, date), KNOWN_BALANCE);
}

/* DATE is a promise beside the one for BEST, which weighs MOST. */
static bool is_another_promise(
    const struct analysis *analysis, const struct date_found *date, const struct date_found *best, int most)
{
	const struct stream *stream = &analysis->stream;
	int weight = promise_day_weigh(analysis, date, false);
	if (date->forward == best->forward || weight < PART_LEAST ||
	    promise_day_said_better(analysis, date) == best)
		return false;
	bool beside =
	    stream_item(stream, date->position)->sentence == stream_item(stream, best->position)->sentence;
	if (beside && names_a_part(analysis, words_before(analysis, date)) &&
	    stands_apart(analysis, date, best))
		return true;
	return is_of_others(analysis, date, best) || is_of_the_rest(analysis, date, best) ||
	       (weight >= most - 8 && stands_apart(analysis, date, best) && stands_alone(analysis, date));
}

static bool names_what_is_paid(const struct analysis *analysis, struct range range)
{
	return names_a_part(analysis, range) || has_built_in(analysis, range, CLASS_CODE) ||
	       has_class(analysis, range, KNOWN_OTHER_ONE);
}

/* "F-102 of 12 January": DAY is the one on which a document of ours was made out or falls due. */
static bool is_day_of_document(const struct analysis *analysis, date_t day)
{
	const GArray *documents = analysis->references.documents;
	for (guint i = 0; i < documents->len; i++) {
		const struct our_document *document = &g_array_index(documents, struct our_document, i);
		if (document->issued == day || document->due == day)
			return true;
	}
	return false;
}

/* The words around DATE name another day than that of a payment. */
static bool is_other_day(const struct analysis *analysis, const struct date_found *date)
{
	static const enum known_class others[] = {KNOWN_DELIVERY, KNOWN_APPROVAL, KNOWN_DISPUTE,
	    KNOWN_CREDITED, KNOWN_CREDIT_NOTE, KNOWN_TERMS, KNOWN_REMINDER, KNOWN_RECEIVED, KNOWN_NEGATION};
	struct range clause = clause_of(&analysis->stream, date->position);
	for (size_t i = 0; i < ARRAY_LENGTH(others); i++)
		if (has_class(analysis, clause, others[i]))
			return true;
	return false;
}

/* Told in the sentence of BEST without saying again that it was paid: "the one on the 2nd, the other on the
 * 16th". */
static bool is_told_along(
    const struct analysis *analysis, const struct date_found *date, const struct date_found *best)
{
	const struct item *item = stream_item(&analysis->stream, date->position),
			  *other = stream_item(&analysis->stream, best->position);
	struct range before = words_before(analysis, date);
	return date > best && item->sentence == other->sentence && item->line <= other->line + 1 &&
	       before.end - before.first <= PAID_WORDS && names_what_is_paid(analysis, before) &&
	       names_what_is_paid(analysis, clause_of(&analysis->stream, best->position));
}

/* DATE is that of a payment beside the one on BEST. */
static bool is_another_payment(
    const struct analysis *analysis, const struct date_found *date, const struct date_found *best)
{
	date_t day = day_meant(analysis, INTENT_PAID, date);
	return day != DATE_NONE && day != day_meant(analysis, INTENT_PAID, best) && !date->vague &&
	       !is_day_of_document(analysis, day) && !date_is_to_come(date, analysis->context->sent) &&
	       !is_other_day(analysis, date) && paid_day_weigh(analysis, date) >= PAID_DAY_NEUTRAL &&
	       is_told_along(analysis, date, best);
}

static struct intent *promise_on(
    const struct analysis *analysis, const struct date_found *date, int confidence, const struct hit *hit)
{
	const struct stream *stream = &analysis->stream;
	struct range clause = clause_of(stream, date->position);
	if (hit && (hit->end <= clause.first || hit->first >= clause.end))
		for (guint i = 0; i < analysis->hits->len; i++)
			if (hit_at(analysis, i)->rule->kind == INTENT_PROMISE &&
			    hit_at(analysis, i)->first < clause.end &&
			    hit_at(analysis, i)->end > clause.first)
				hit = hit_at(analysis, i);
	struct intent *intent = finding_new(analysis, INTENT_PROMISE, confidence, hit);
	finding_span(analysis, intent, clause);
	g_ptr_array_set_size(intent->mentions, 0);
	mentions_around(analysis, date->position, intent->mentions);
	intent->date = date->forward;
	intent->amount = amount_near(analysis, clause, date->position, false);
	return intent;
}

void payments_fill_promises(const struct analysis *analysis, int confidence, GPtrArray *intents)
{
	const struct hit *hit = best_hit(analysis, INTENT_PROMISE);
	const struct date_found *best = day_choose(analysis, INTENT_PROMISE);
	if (!best) {
		g_ptr_array_add(intents, finding_new(analysis, INTENT_PROMISE, confidence, hit));
		return;
	}
	g_ptr_array_add(intents, promise_on(analysis, best, confidence, hit));
	if (best->bare)
		return; /* there is no other day */
	int most = promise_day_weigh(analysis, best, best->period);
	for (guint i = 0, more = 0; i < analysis->dates->len && more < PROMISES_MAX - 1; i++) {
		const struct date_found *date = date_at(analysis, i);
		if (!is_another_promise(analysis, date, best, most))
			continue;
		g_ptr_array_add(intents, promise_on(analysis, date, confidence, hit));
		more++;
	}
}

static struct intent *paid_on(const struct analysis *analysis, const struct date_found *date, int confidence)
{
	struct intent *intent =
	    finding_new(analysis, INTENT_PAID, confidence, best_hit(analysis, INTENT_PAID));
	if (!date)
		return intent;
	intent->date = day_meant(analysis, INTENT_PAID, date);
	struct range clause = clause_of(&analysis->stream, date->position);
	finding_span(analysis, intent, clause);
	if (intent->mentions->len == 0)
		mentions_around(analysis, date->position, intent->mentions);
	intent->amount = amount_near(analysis, clause, date->position, false);
	return intent;
}

void payments_fill_paid(const struct analysis *analysis, int confidence, GPtrArray *intents)
{
	const struct date_found *best = day_choose(analysis, INTENT_PAID);
	g_ptr_array_add(intents, paid_on(analysis, best, confidence));
	if (!best || best->bare)
		return;
	for (guint i = 0, more = 0; i < analysis->dates->len && more < PAYMENTS_MAX - 1; i++) {
		const struct date_found *date = date_at(analysis, i);
		if (!is_another_payment(analysis, date, best))
			continue;
		struct intent *intent = paid_on(analysis, date, confidence);
		g_ptr_array_set_size(intent->mentions, 0);
		mentions_around(analysis, date->position, intent->mentions);
		g_ptr_array_add(intents, intent);
		more++;
	}
}

#define CLEAR_LEAST 12

/* The sentence of DATE asks and supposes nothing, and its clause denies nothing. */
static bool is_plain(const struct analysis *analysis, const struct date_found *date)
{
	const struct stream *stream = &analysis->stream;
	struct range sentence = sentence_of(stream, date->position),
		     clause = clause_of(stream, date->position);
	return !stream_sentence(stream, stream_item(stream, date->position)->sentence)->question &&
	       !has_class(analysis, sentence, KNOWN_CONDITION) &&
	       !has_class(analysis, sentence, KNOWN_AS_SOON) &&
	       !has_class(analysis, clause, KNOWN_NEGATION) && !has_class(analysis, clause, KNOWN_REPORT) &&
	       !has_class(analysis, clause, KNOWN_CREDIT_NOTE);
}

/* The sentence of DATE asks for something. */
static bool is_wish(const struct analysis *analysis, const struct date_found *date)
{
	const struct stream *stream = &analysis->stream;
	struct range sentence = sentence_of(stream, date->position);
	return stream_sentence(stream, stream_item(stream, date->position)->sentence)->question ||
	       weigh_hits(analysis, sentence, INTENT_DELAY) > 0 ||
	       has_class(analysis, sentence, KNOWN_PROPOSE) ||
	       has_class(analysis, sentence, KNOWN_MORE_TIME) ||
	       has_class(analysis, sentence, KNOWN_INSTALMENT);
}

static bool date_is_ahead(const struct analysis *analysis, const struct date_found *date)
{
	return date->exact && date->forward > analysis->context->sent;
}

static bool states_promise(const struct analysis *analysis, enum intent_kind primary)
{
	const struct date_found *best = promise_day_by_rules(analysis);
	if (!best || best->period || (primary == INTENT_DELAY && is_wish(analysis, best)))
		return false;
	struct range sentence = sentence_of(&analysis->stream, best->position);
	struct range clause = clause_of(&analysis->stream, best->position);
	bool pays = has_class(analysis, sentence, KNOWN_PAY) ||
		    has_class(analysis, sentence, KNOWN_TRANSFER) ||
		    has_class(analysis, sentence, KNOWN_PAYRUN) ||
		    weigh_hits(analysis, clause, INTENT_PROMISE) >= STATED_LEAST;
	bool part = names_a_part(analysis, sentence) ||
		    (primary != INTENT_DELAY && (best->calendar || date_is_ahead(analysis, best)));
	bool over = has_class(analysis, clause, KNOWN_PAID) && !date_is_ahead(analysis, best);
	return promise_day_weigh(analysis, best, false) >= CLEAR_LEAST && pays && part && !over &&
	       is_plain(analysis, best);
}

static bool states_payment(const struct analysis *analysis, enum intent_kind primary)
{
	date_t sent = analysis->context->sent;
	for (guint i = 0; i < analysis->dates->len; i++) {
		const struct date_found *date = date_at(analysis, i);
		struct range clause = clause_of(&analysis->stream, date->position);
		bool open = date_is_to_come(date, sent) &&
			    (primary == INTENT_PROMISE || has_class(analysis, clause, KNOWN_FUTURE) ||
				has_class(analysis, clause, KNOWN_PAY));
		if (!date->vague && !open && paid_day_weigh(analysis, date) > PAID_DAY_NEUTRAL + 4 &&
		    has_class(analysis, clause, KNOWN_PAID) && is_plain(analysis, date) &&
		    weigh_hits(analysis, clause, INTENT_PAID) >= STATED_LEAST)
			return true;
	}
	return false;
}

bool payments_are_stated(const struct analysis *analysis, enum intent_kind kind, enum intent_kind primary)
{
	if (primary < INTENT_DISPUTE)
		return false;
	if (kind == INTENT_PROMISE)
		return states_promise(analysis, primary);
	return kind == INTENT_PAID && states_payment(analysis, primary);
}
