#include "base/base.h"

#include "language/day_rules.h"
#include "language/evidence.h"

#define BEHIND_MOST    700 /* days: what was paid before was paid for something else */
#define PAID_DAY_ONLY  7   /* enough for the only past day of a mail */
#define LABEL_ITEMS    3   /* words before a day that may tell which one it is */
#define ANOTHER_DAY    12  /* what they count against it */
#define SAME_DAY_ITEMS 8   /* words from a day to the one that says it better */

static const struct weight paid_weights[] = {{KNOWN_PAID, CLASS_NONE, 4}, {KNOWN_PAYMENT, CLASS_NONE, 2},
    {KNOWN_TRANSFER, CLASS_NONE, 3}, {KNOWN_CHEQUE, CLASS_NONE, 3}, {KNOWN_SENT, CLASS_NONE, 2},
    {KNOWN_WE, CLASS_NONE, 1}, {-1, CLASS_AMOUNT, 1}, {-1, CLASS_OURS, 1}, {KNOWN_BANK, CLASS_NONE, 1},
    {KNOWN_FUTURE, CLASS_NONE, -2}, {KNOWN_REMINDER, CLASS_NONE, -2}, {KNOWN_APPROVAL, CLASS_NONE, -1},
    {KNOWN_DISPUTE, CLASS_NONE, -1}, {KNOWN_CREDIT_NOTE, CLASS_NONE, -3}, {KNOWN_CREDITED, CLASS_NONE, -3},
    {KNOWN_AGREED, CLASS_NONE, -2}, {KNOWN_DELIVERY, CLASS_NONE, -2}, {KNOWN_RECEIVED, CLASS_NONE, -1},
    {KNOWN_REPORT, CLASS_NONE, -2}};

date_t paid_day_of(const struct analysis *analysis, const struct date_found *date)
{
	date_t sent = analysis->context->sent;
	if (date->period || date->whole ||
	    (sent != DATE_NONE && (date->backward > sent || date->backward < sent - BEHIND_MOST)))
		return DATE_NONE;
	return date->backward;
}

/* "due 12 March", "invoice date 12 March": the words right before DATE name another day than that of a
 * payment. */
static bool is_another_day(const struct analysis *analysis, const struct date_found *date)
{
	struct range sentence = sentence_of(&analysis->stream, date->position);
	struct range before = {date->position - MIN(date->position, LABEL_ITEMS), date->position};
	before.first = MAX(before.first, sentence.first);
	if (date > date_at(analysis, 0))
		before.first = CLAMP((size_t)date[-1].position + date[-1].length, before.first, before.end);
	before.end += date->length; /* "échéance 12/03" is one expression */
	return (has_class(analysis, before, KNOWN_PRINT_DAY) || has_class(analysis, before, KNOWN_TERMS)) &&
	       !has_class(analysis, before, KNOWN_PAID) && !has_class(analysis, before, KNOWN_PAY_DAY);
}

int paid_day_weigh(const struct analysis *analysis, const struct date_found *date)
{
	if (paid_day_of(analysis, date) == DATE_NONE)
		return -1;
	struct range clause = clause_of(&analysis->stream, date->position);
	int weight = PAID_DAY_NEUTRAL + 2 * weigh_hits(analysis, clause, INTENT_PAID) +
		     weigh_classes(analysis, clause, paid_weights, G_N_ELEMENTS(paid_weights));
	if (in_unit(analysis, INTENT_PAID, date))
		weight += 4;
	weight += weigh_hits(analysis, sentence_of(&analysis->stream, date->position), INTENT_PAID);
	static const enum known_class done[] = {KNOWN_PAID, KNOWN_SENT, KNOWN_TRANSFER};
	if (date_is_nearest_to(analysis, date, done, ARRAY_LENGTH(done)))
		weight += 2;
	if (has_class(analysis, clause, KNOWN_NEGATION))
		weight -= 3;
	if (!date->exact && date->bare_day)
		weight -= 1;
	if (is_another_day(analysis, date))
		weight -= ANOTHER_DAY;
	return MAX(weight, 0);
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

const struct date_found *paid_day_by_rules(const struct analysis *analysis)
{
	const struct date_found *best = NULL, *neutral = NULL;
	int most = PAID_DAY_NEUTRAL;
	guint past = 0;
	for (guint i = 0; i < analysis->dates->len; i++) {
		int weight = paid_day_weigh(analysis, date_at(analysis, i));
		past += weight >= 0;
		if (weight >= PAID_DAY_ONLY)
			neutral = date_at(analysis, i);
		if (weight > most) {
			most = weight;
			best = date_at(analysis, i);
		}
	}
	if (!best && past == 1)
		best = neutral;
	const struct date_found *narrower = best ? narrower_past(analysis, best) : NULL;
	return narrower ? narrower : best;
}
