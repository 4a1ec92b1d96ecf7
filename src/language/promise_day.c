#include "base/base.h"

#include "language/day_rules.h"
#include "language/evidence.h"

#define AHEAD_MOST     500 /* days: who pays later promises nothing */
#define PROMISE_LEAST  6
#define LAST_WORD      13 /* by which a day may weigh less than one that is named before it */
#define MONTH_ITEMS    12 /* words from a day of the month to the month */
#define SAME_DAY_ITEMS 8  /* words from a day to the one that says it better */

static const struct weight promise_weights[] = {{KNOWN_PAY, CLASS_NONE, 4}, {KNOWN_PAYMENT, CLASS_NONE, 2},
    {KNOWN_TRANSFER, CLASS_NONE, 3}, {KNOWN_CHEQUE, CLASS_NONE, 2}, {KNOWN_PAYRUN, CLASS_NONE, 3},
    {KNOWN_FUTURE, CLASS_NONE, 2}, {KNOWN_SENT, CLASS_NONE, 1}, {KNOWN_BALANCE, CLASS_NONE, 2},
    {KNOWN_WE, CLASS_NONE, 1}, {-1, CLASS_AMOUNT, 1}, {-1, CLASS_OURS, 1}, {KNOWN_PAID, CLASS_NONE, -1},
    {KNOWN_APPROVAL, CLASS_NONE, -2}, {KNOWN_REPORT, CLASS_NONE, -3}, {KNOWN_CASHFLOW, CLASS_NONE, -2},
    {KNOWN_REMINDER, CLASS_NONE, -1}, {KNOWN_TERMS, CLASS_NONE, -1}, {KNOWN_RECEIVED, CLASS_NONE, -1},
    {KNOWN_DELIVERY, CLASS_NONE, -1}, {KNOWN_BOSS, CLASS_NONE, -1}};

date_t promise_day_of(const struct analysis *analysis, const struct date_found *date)
{
	date_t sent = analysis->context->sent;
	if (sent != DATE_NONE && (date->forward < sent || date->forward > sent + AHEAD_MOST))
		return DATE_NONE;
	return date->forward;
}

/* "our day is the 25th, so you are in this month's run": OTHER is named before DATE, the month that it is in,
 * and nothing else happens then, nor is it denied. */
static bool is_day_of_month(
    const struct analysis *analysis, const struct date_found *other, const struct date_found *date)
{
	const struct stream *stream = &analysis->stream;
	struct range clause = clause_of(stream, other->position);
	return date->vague && other->bare_day && !other->vague && other->position < date->position &&
	       date->position < other->position + other->length + MONTH_ITEMS &&
	       stream_item(stream, other->position)->sentence ==
		   stream_item(stream, date->position)->sentence &&
	       date_end_of_month(date->forward) == date->forward &&
	       date_end_of_month(other->forward) == date->forward &&
	       !has_class(analysis, clause, KNOWN_NEGATION) && !has_class(analysis, clause, KNOWN_INCOME) &&
	       !has_class(analysis, clause, KNOWN_EVENT);
}

/* "in the first days of April, by the 6th", "in two weeks, on Friday 3": the day that says DATE better; NULL
 * for none. */
const struct date_found *promise_day_said_better(
    const struct analysis *analysis, const struct date_found *date)
{
	const struct stream *stream = &analysis->stream;
	for (guint i = 0; i < analysis->dates->len && !date->calendar; i++) {
		const struct date_found *other = date_at(analysis, i);
		bool same_weekday = date->weekday > 0 && other->bare_day &&
				    (int)date_weekday(other->forward) == date->weekday;
		if (is_day_of_month(analysis, other, date))
			return other;
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

int promise_day_weigh(const struct analysis *analysis, const struct date_found *date, bool terms)
{
	date_t sent = analysis->context->sent;
	if (date->period != terms || promise_day_of(analysis, date) == DATE_NONE || waits(analysis, date))
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
	if (date_is_nearest_to(analysis, date, paying, ARRAY_LENGTH(paying)))
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

/* The day that suits a promise most; NULL for none. */
static const struct date_found *best_day(const struct analysis *analysis, bool terms)
{
	const struct date_found *best = NULL;
	int most = 0;
	for (guint i = 0; i < analysis->dates->len; i++) {
		int weight = promise_day_weigh(analysis, date_at(analysis, i), terms);
		bool waited = best && best->at_once && weight >= PROMISE_LEAST &&
			      date_at(analysis, i)->forward > analysis->context->sent;
		bool takes = best && comes_to_it(analysis, date_at(analysis, i), best) &&
			     weight >= MAX(PROMISE_LEAST, most - LAST_WORD);
		if ((weight > most && !(date_at(analysis, i)->at_once && best && most >= PROMISE_LEAST)) ||
		    takes || waited) {
			most = MAX(weight, most);
			best = date_at(analysis, i);
		}
	}
	if (!best || most < PROMISE_LEAST)
		return NULL;
	const struct date_found *better = promise_day_said_better(analysis, best);
	return better ? better : best;
}

const struct date_found *promise_day_by_rules(const struct analysis *analysis)
{
	const struct date_found *best = best_day(analysis, false);
	return best ? best : best_day(analysis, true);
}
