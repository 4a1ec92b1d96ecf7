#include "base/base.h"

#include "language/evidence.h"
#include "language/findings.h"
#include "language/mentions.h"
#include "language/payments.h"

#define PROMISES_MAX   6
#define PROMISE_LEAST  6
#define PART_LEAST     9
#define NEIGHBOURS     4  /* days before and after one that are compared with it */
#define LAST_WORD      13 /* by which a day may weigh less than one that is named before it */
#define SAME_DAY_ITEMS 8  /* words from a day to the one that says it better */

static const struct weight promise_weights[] = {{KNOWN_PAY, CLASS_NONE, 4}, {KNOWN_PAYMENT, CLASS_NONE, 2},
    {KNOWN_TRANSFER, CLASS_NONE, 3}, {KNOWN_CHEQUE, CLASS_NONE, 2}, {KNOWN_PAYRUN, CLASS_NONE, 3},
    {KNOWN_FUTURE, CLASS_NONE, 2}, {KNOWN_SENT, CLASS_NONE, 1}, {KNOWN_BALANCE, CLASS_NONE, 2},
    {KNOWN_WE, CLASS_NONE, 1}, {-1, CLASS_AMOUNT, 1}, {-1, CLASS_OURS, 1}, {KNOWN_PAID, CLASS_NONE, -1},
    {KNOWN_APPROVAL, CLASS_NONE, -2}, {KNOWN_REPORT, CLASS_NONE, -3}, {KNOWN_CASHFLOW, CLASS_NONE, -2},
    {KNOWN_REMINDER, CLASS_NONE, -1}, {KNOWN_TERMS, CLASS_NONE, -1}, {KNOWN_RECEIVED, CLASS_NONE, -1},
    {KNOWN_DELIVERY, CLASS_NONE, -1}, {KNOWN_BOSS, CLASS_NONE, -1}};

/* "in the first days of April, by the 6th", "in two weeks, on Friday 3": the day that says DATE better; NULL
 * for none. */
static const struct date_found *said_better(const struct analysis *analysis, const struct date_found *date)
{
	const struct stream *stream = &analysis->stream;
	for (guint i = 0; i < analysis->dates->len && !date->calendar; i++) {
		const struct date_found *other = date_at(analysis, i);
		bool same_weekday = date->weekday > 0 && other->bare_day &&
				    (int)date_weekday(other->forward) == date->weekday;
		if (!other->period && !other->vague && (date->vague || other->calendar || same_weekday) &&
		    other->position > date->position &&
		    other->position < date->position + date->length + SAME_DAY_ITEMS &&
		    stream_item(stream, other->position)->sentence ==
			stream_item(stream, date->position)->sentence &&
		    abs(other->forward - date->forward) <= (date->vague	      ? 31
							       : same_weekday ? 14
									      : 4))
			return other;
	}
	return NULL;
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

/* Of several days in its clause DATE is the nearest to WORDS: "back on the 3rd and pays on the 5th". */
static bool is_nearest_to(const struct analysis *analysis, const struct date_found *date,
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

/* The words for something else on that day, a payment to them or a meeting, count against it only beside
 * other days; the ones for what we get count for it. */
static const struct weight rival_weights[] = {
    {KNOWN_YOURS, CLASS_NONE, 3}, {KNOWN_INCOME, CLASS_NONE, -4}, {KNOWN_EVENT, CLASS_NONE, -2}};

/* The words around DATE in its clause up to the next day on each side, without what a comma parts from it
 * unless it stands alone there. */
static struct range own_words(const struct analysis *analysis, const struct date_found *date)
{
	const struct stream *stream = &analysis->stream;
	struct range range = clause_of(stream, date->position);
	size_t end = date->position + date->length;
	guint index = (guint)(date - date_at(analysis, 0));
	if (index > 0) {
		const struct date_found *last = date - 1;
		range.first = CLAMP(last->position + last->length, range.first, date->position);
	}
	if (index + 1 < analysis->dates->len)
		range.end = CLAMP((size_t)(date + 1)->position, MIN(end, range.end), range.end);
	struct range near = {date->position, end};
	while (near.first > range.first && !stream_item(stream, near.first)->after_comma)
		near.first--;
	while (near.end < range.end && !stream_item(stream, near.end)->after_comma)
		near.end++;
	return near.end - near.first > date->length + 1 ? near : range;
}

/* "Right away" is a day where nothing has to happen before. */
static bool waits(const struct analysis *analysis, const struct date_found *date)
{
	const struct stream *stream = &analysis->stream;
	uint32_t sentence = stream_item(stream, date->position)->sentence;
	struct range range = {stream_sentence(stream, sentence > 0 ? sentence - 1 : 0)->first,
	    stream_sentence(stream, sentence)->end};
	return date->at_once &&
	       (has_class(analysis, range, KNOWN_CONDITION) || has_class(analysis, range, KNOWN_AS_SOON) ||
		   has_class(analysis, range, KNOWN_INCOME));
}

/* The next day is reckoned from DATE: "we get it on Thursday 29, you the day after". */
static bool is_base(const struct analysis *analysis, const struct date_found *date)
{
	guint index = (guint)(date - date_at(analysis, 0));
	return index + 1 < analysis->dates->len && date_at(analysis, index + 1)->follows;
}

/* How well a day suits a promise; negative: not at all. TERMS: the end of a time of credit is one, too. */
static int weigh_promise_date(const struct analysis *analysis, const struct date_found *date, bool terms)
{
	date_t sent = analysis->context->sent;
	if (date->period != terms || date->forward == DATE_NONE ||
	    (sent != DATE_NONE && date->forward < sent) ||
	    (sent != DATE_NONE && date->forward > sent + 500) || waits(analysis, date))
		return -1;
	struct range clause = clause_of(&analysis->stream, date->position);
	int weight = 10 + 2 * weigh_hits(analysis, clause, INTENT_PROMISE) +
		     weigh_classes(analysis, clause, promise_weights, G_N_ELEMENTS(promise_weights));
	if (weigh_hits(analysis, clause, INTENT_PAID) >= 3 &&
	    weigh_hits(analysis, clause, INTENT_PROMISE) < 3)
		weight -= 3;
	if (in_unit(analysis, INTENT_PROMISE, date))
		weight += 3;
	if (date->forward == sent)
		weight -= 3;
	else if (date->exact)
		weight += 1;
	if (date->calendar)
		weight += 1;
	static const enum known_class paying[] = {KNOWN_PAY, KNOWN_PAYMENT, KNOWN_TRANSFER, KNOWN_PAYRUN};
	if (is_nearest_to(analysis, date, paying, ARRAY_LENGTH(paying)))
		weight += 2;
	if (has_class(analysis, clause, KNOWN_NEGATION))
		weight -= 2;
	int alone = weight; /* of one day only it is known that it is the day */
	weight +=
	    weigh_classes(analysis, own_words(analysis, date), rival_weights, G_N_ELEMENTS(rival_weights));
	if (is_base(analysis, date))
		weight -= 4;
	if (date->holiday)
		weight -= 3;
	if (date->at_once)
		weight -= 4;
	return MAX(weight, MIN(alone, PROMISE_LEAST));
}

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
	       has_class(analysis, range, KNOWN_THIRD);
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

/* DATE is a promise beside the one for BEST, which weighs MOST. */
static bool is_another(
    const struct analysis *analysis, const struct date_found *date, const struct date_found *best, int most)
{
	const struct stream *stream = &analysis->stream;
	int weight = weigh_promise_date(analysis, date, false);
	if (date->forward == best->forward || weight < PART_LEAST || said_better(analysis, date) == best)
		return false;
	uint32_t away = (uint32_t)abs((int)stream_item(stream, date->position)->sentence -
				      (int)stream_item(stream, best->position)->sentence);
	if (away == 0 && names_a_part(analysis, words_before(analysis, date)) &&
	    stands_apart(analysis, date, best))
		return true;
	if (away <= 1 && labs((long)(date - best)) <= NEIGHBOURS && has_own_documents(analysis, date, best))
		return true;
	return weight >= most - 8 && stands_apart(analysis, date, best) && stands_alone(analysis, date);
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

/* DATE comes after BEST in a clause of its own and speaks of no other thing: people tell what has to happen
 * first, and then when they pay. */
static bool comes_to_it(
    const struct analysis *analysis, const struct date_found *date, const struct date_found *best)
{
	const struct stream *stream = &analysis->stream;
	struct range own = own_words(analysis, date), other = own_words(analysis, best);
	bool apart =
	    stream_item(stream, date->position)->clause != stream_item(stream, best->position)->clause ||
	    has_class(analysis, other, KNOWN_EVENT) || has_class(analysis, other, KNOWN_INCOME);
	return apart && date->forward > analysis->context->sent && !date->holiday &&
	       !has_class(analysis, own, KNOWN_NEGATION) && !has_class(analysis, own, KNOWN_EVENT) &&
	       !has_class(analysis, own, KNOWN_INCOME);
}

/* The day that suits a promise most and its weight; NULL for none. */
static const struct date_found *best_promise_date(const struct analysis *analysis, bool terms, int *most)
{
	const struct date_found *best = NULL;
	*most = 0;
	for (guint i = 0; i < analysis->dates->len; i++) {
		int weight = weigh_promise_date(analysis, date_at(analysis, i), terms);
		bool waited = best && best->at_once && weight >= PROMISE_LEAST &&
			      date_at(analysis, i)->forward > analysis->context->sent;
		bool takes = best && comes_to_it(analysis, date_at(analysis, i), best) &&
			     weight >= MAX(PROMISE_LEAST, *most - LAST_WORD);
		if ((weight > *most && !(date_at(analysis, i)->at_once && best && *most >= PROMISE_LEAST)) ||
		    takes || waited) {
			*most = MAX(weight, *most);
			best = date_at(analysis, i);
		}
	}
	if (!best || *most < PROMISE_LEAST)
		return NULL;
	const struct date_found *better = said_better(analysis, best);
	return better ? better : best;
}

void payments_fill_promises(const struct analysis *analysis, int confidence, GPtrArray *intents)
{
	const struct hit *hit = best_hit(analysis, INTENT_PROMISE);
	int most;
	const struct date_found *best = best_promise_date(analysis, false, &most);
	if (!best)
		best = best_promise_date(analysis, true, &most);
	if (!best) {
		g_ptr_array_add(intents, finding_new(analysis, INTENT_PROMISE, confidence, hit));
		return;
	}
	g_ptr_array_add(intents, promise_on(analysis, best, confidence, hit));
	for (guint i = 0, more = 0; i < analysis->dates->len && more < PROMISES_MAX - 1; i++) {
		const struct date_found *date = date_at(analysis, i);
		if (!is_another(analysis, date, best, most))
			continue;
		g_ptr_array_add(intents, promise_on(analysis, date, confidence, hit));
		more++;
	}
}

static const struct weight paid_weights[] = {{KNOWN_PAID, CLASS_NONE, 4}, {KNOWN_PAYMENT, CLASS_NONE, 2},
    {KNOWN_TRANSFER, CLASS_NONE, 3}, {KNOWN_CHEQUE, CLASS_NONE, 3}, {KNOWN_SENT, CLASS_NONE, 2},
    {KNOWN_WE, CLASS_NONE, 1}, {-1, CLASS_AMOUNT, 1}, {-1, CLASS_OURS, 1}, {KNOWN_BANK, CLASS_NONE, 1},
    {KNOWN_FUTURE, CLASS_NONE, -2}, {KNOWN_REMINDER, CLASS_NONE, -2}, {KNOWN_APPROVAL, CLASS_NONE, -1},
    {KNOWN_DISPUTE, CLASS_NONE, -1}, {KNOWN_CREDIT_NOTE, CLASS_NONE, -3}, {KNOWN_CREDITED, CLASS_NONE, -3},
    {KNOWN_AGREED, CLASS_NONE, -2}, {KNOWN_DELIVERY, CLASS_NONE, -2}, {KNOWN_RECEIVED, CLASS_NONE, -1},
    {KNOWN_REPORT, CLASS_NONE, -2}};

#define PAID_DATE_NEUTRAL 10
#define PAID_DATE_ONLY	  7

/* How likely DATE is the day of payment: above PAID_DATE_NEUTRAL where its words say so; for the only past
 * day of a mail PAID_DATE_ONLY will do. -1: it is no past day. */
static int weigh_paid_date(const struct analysis *analysis, const struct date_found *date)
{
	date_t sent = analysis->context->sent;
	if (date->period || date->backward == DATE_NONE || (sent != DATE_NONE && date->backward > sent))
		return -1;
	if (sent != DATE_NONE && date->backward < sent - 700)
		return -1;
	struct range clause = clause_of(&analysis->stream, date->position);
	int weight = PAID_DATE_NEUTRAL + 2 * weigh_hits(analysis, clause, INTENT_PAID) +
		     weigh_classes(analysis, clause, paid_weights, G_N_ELEMENTS(paid_weights));
	if (in_unit(analysis, INTENT_PAID, date))
		weight += 4;
	weight += weigh_hits(analysis, sentence_of(&analysis->stream, date->position), INTENT_PAID);
	static const enum known_class done[] = {KNOWN_PAID, KNOWN_SENT, KNOWN_TRANSFER};
	if (is_nearest_to(analysis, date, done, ARRAY_LENGTH(done)))
		weight += 2;
	if (!date->exact && date->bare_day)
		weight -= 1;
	return weight;
}

/* "in the May run on the 30th": the past day that says BEST, a month or a week, better; NULL for none. */
static const struct date_found *narrower_past(const struct analysis *analysis, const struct date_found *best)
{
	for (guint i = 0; i < analysis->dates->len && best->vague; i++) {
		const struct date_found *date = date_at(analysis, i);
		if (!date->vague && !date->period && !date->at_once && date->position > best->position &&
		    date->position < best->position + best->length + SAME_DAY_ITEMS &&
		    stream_item(&analysis->stream, date->position)->sentence ==
			stream_item(&analysis->stream, best->position)->sentence &&
		    date->backward != DATE_NONE && date->backward <= best->backward &&
		    date->backward > best->backward - 31)
			return date;
	}
	return NULL;
}

void payments_fill_paid(const struct analysis *analysis, int confidence, GPtrArray *intents)
{
	struct intent *intent =
	    finding_new(analysis, INTENT_PAID, confidence, best_hit(analysis, INTENT_PAID));
	g_ptr_array_add(intents, intent);
	const struct date_found *best = NULL, *neutral = NULL;
	int most = PAID_DATE_NEUTRAL;
	guint past = 0;
	for (guint i = 0; i < analysis->dates->len; i++) {
		int weight = weigh_paid_date(analysis, date_at(analysis, i));
		past += weight >= 0;
		if (weight >= PAID_DATE_ONLY)
			neutral = date_at(analysis, i);
		if (weight > most) {
			most = weight;
			best = date_at(analysis, i);
		}
	}
	if (!best && past == 1)
		best = neutral;
	if (!best)
		return;
	const struct date_found *narrower = narrower_past(analysis, best);
	intent->date = narrower ? narrower->backward : best->backward;
	finding_span(analysis, intent, clause_of(&analysis->stream, best->position));
	if (intent->mentions->len == 0)
		mentions_around(analysis, best->position, intent->mentions);
	intent->amount =
	    amount_near(analysis, clause_of(&analysis->stream, best->position), best->position, false);
}

#define STATED_LEAST 3 /* a rule that makes it likely */
#define CLEAR_LEAST  12

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
	int most;
	const struct date_found *best = best_promise_date(analysis, false, &most);
	if (!best || (primary == INTENT_DELAY && is_wish(analysis, best)))
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
	return most >= CLEAR_LEAST && pays && part && !over && is_plain(analysis, best);
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
		if (!date->vague && !open && weigh_paid_date(analysis, date) > PAID_DATE_NEUTRAL + 4 &&
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
