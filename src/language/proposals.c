#include "base/base.h"

#include "language/evidence.h"
#include "language/findings.h"
#include "language/proposals.h"

#define INSTALMENTS_MAX 24
#define PROPOSAL_LEAST	1
#define PROPOSAL_SPREAD 3 /* how much lighter than the heaviest one another day may weigh */

static const struct weight delay_weights[] = {{KNOWN_PROPOSE, CLASS_NONE, 3},
    {KNOWN_MORE_TIME, CLASS_NONE, 3}, {KNOWN_INSTALMENT, CLASS_NONE, 3}, {KNOWN_PAY, CLASS_NONE, 2},
    {KNOWN_PLEASE, CLASS_NONE, 1}, {-1, CLASS_AMOUNT, 2}, {KNOWN_BALANCE, CLASS_NONE, 1},
    {KNOWN_CASHFLOW, CLASS_NONE, -1}, {KNOWN_PAID, CLASS_NONE, -2}, {KNOWN_REMINDER, CLASS_NONE, -2},
    {KNOWN_DELIVERY, CLASS_NONE, -1}};

/* A day that may be one of the proposal. */
struct part {
	const struct date_found *date;
	struct money amount;
	bool rest; /* "and the rest on" */
	int weight;
};

static bool same_sentence(const struct analysis *analysis, size_t a, size_t b)
{
	return stream_item(&analysis->stream, a)->sentence == stream_item(&analysis->stream, b)->sentence;
}

#define NARROWED_ITEMS 8 /* words from a month to the day in it */

/* DAY says DATE better, a week or a month: "in September, for example the 15th". */
static bool is_narrowed(const struct date_found *date, const struct date_found *day)
{
	if (!date->vague || day->vague || day->period || date->forward == DATE_NONE ||
	    day->forward == DATE_NONE || day->position <= date->position ||
	    day->position >= date->position + date->length + NARROWED_ITEMS)
		return false;
	struct date_parts month = date_parts(date->forward), own = date_parts(day->forward);
	if (date->of_month)
		return month.month == own.month && month.year == own.year;
	return abs(day->forward - date->forward) <= 31;
}

/* The words from the day before (or the beginning of the sentence) to date INDEX. */
static struct range words_before(const struct analysis *analysis, guint index)
{
	const struct date_found *date = date_at(analysis, index);
	size_t from = sentence_of(&analysis->stream, date->position).first;
	while (index > 0 && is_narrowed(date_at(analysis, index - 1), date))
		index--;
	if (index > 0 && date_at(analysis, index - 1)->position >= from)
		from = date_at(analysis, index - 1)->position + date_at(analysis, index - 1)->length;
	return (struct range){from, date->position};
}

/* The words from date INDEX to the next one or the end of the sentence. */
static struct range words_after(const struct analysis *analysis, guint index)
{
	const struct date_found *date = date_at(analysis, index);
	size_t to = sentence_of(&analysis->stream, date->position).end;
	if (index + 1 < analysis->dates->len && date_at(analysis, index + 1)->position < to)
		to = date_at(analysis, index + 1)->position;
	return (struct range){date->position + date->length, MAX(to, date->position + date->length)};
}

/* "500 on 1 August" or "1 August: 500": the first day to come of the sentence shows how it is written. */
static bool day_comes_first(const struct analysis *analysis, guint index)
{
	guint first = index;
	size_t position = date_at(analysis, index)->position;
	for (guint i = index; i-- > 0 && same_sentence(analysis, date_at(analysis, i)->position, position);)
		if (date_is_to_come(date_at(analysis, i), analysis->context->sent))
			first = i;
	position = date_at(analysis, first)->position;
	return money_is_none(amount_near(analysis, words_before(analysis, first), position, true)) &&
	       !money_is_none(amount_near(analysis, words_after(analysis, first), position, true));
}

/* The model found the wish in this sentence. */
static bool is_in_unit(const struct analysis *analysis, struct range sentence)
{
	return in_unit_at(analysis, INTENT_DELAY, sentence.first) ||
	       in_unit_at(analysis, INTENT_DELAY, (sentence.first + sentence.end) / 2) ||
	       in_unit_at(analysis, INTENT_DELAY, sentence.end - 1);
}

/* The amount next to date INDEX. */
static struct money amount_of_date(const struct analysis *analysis, guint index)
{
	struct range range =
	    day_comes_first(analysis, index) ? words_after(analysis, index) : words_before(analysis, index);
	size_t position = date_at(analysis, index)->position;
	struct money amount = amount_near(analysis, range, position, true);
	if (money_is_none(amount) && has_class(analysis, range, KNOWN_BALANCE))
		amount = amount_near(analysis, words_after(analysis, index), position, false);
	amount.minor = llabs(amount.minor); /* "the rest (-1 440)" */
	return amount;
}

static int weigh_part(const struct analysis *analysis, const struct part *part)
{
	const struct date_found *date = part->date;
	const struct stream *stream = &analysis->stream;
	struct range sentence = sentence_of(stream, date->position);
	struct range clause = clause_of(stream, date->position);
	int weight = weigh_hits(analysis, sentence, INTENT_DELAY) +
		     weigh_classes(analysis, sentence, delay_weights, G_N_ELEMENTS(delay_weights));
	if (stream_sentence(stream, stream_item(stream, date->position)->sentence)->question)
		weight += 3;
	if (is_in_unit(analysis, sentence))
		weight += 2;
	if (part->rest || !money_is_none(part->amount))
		weight += 3;
	if (date->forward == analysis->context->sent)
		weight -= money_is_none(part->amount) ? 8 : 2;
	if (has_class(analysis, clause, KNOWN_CASHFLOW))
		weight -= 1;
	if (money_is_none(part->amount) && has_class(analysis, clause, KNOWN_INCOME))
		weight -= 4;
	if (money_is_none(part->amount) && (has_class(analysis, clause, KNOWN_EVENT) || date->holiday))
		weight -= 2;
	if (weigh_hits(analysis, sentence, INTENT_PROMISE) >= 4 &&
	    weigh_hits(analysis, sentence, INTENT_DELAY) < 2)
		weight -= 3;
	return weight;
}

/* A week or month goes where a day in it is named beside it. */
static bool is_said_better(const struct analysis *analysis, const struct date_found *date)
{
	for (guint i = 0; i < analysis->dates->len && date->vague; i++) {
		const struct date_found *other = date_at(analysis, i);
		if (!other->period && other->forward != DATE_NONE && is_narrowed(date, other) &&
		    same_sentence(analysis, date->position, other->position))
			return true;
	}
	return false;
}

/* Of struct part: all days to come, weighed. */
static GArray *days_to_come(const struct analysis *analysis)
{
	GArray *parts = g_array_new(FALSE, FALSE, sizeof(struct part));
	date_t sent = analysis->context->sent;
	for (guint i = 0; i < analysis->dates->len && sent != DATE_NONE; i++) {
		const struct date_found *date = date_at(analysis, i);
		bool to_come = date_is_to_come(date, sent) || (date->exact && date->forward == sent);
		if (date->period || !to_come || date->forward > sent + 800 || is_said_better(analysis, date))
			continue;
		struct part part = {.date = date, .amount = amount_of_date(analysis, i)};
		if (date->at_once && money_is_none(part.amount))
			continue;
		part.rest = has_class(analysis, words_before(analysis, i), KNOWN_BALANCE);
		part.weight = weigh_part(analysis, &part);
		g_array_append_val(parts, part);
	}
	return parts;
}

#define ROW_ITEMS 5

/* "30/12, 30/1 and 27/2" */
static bool follows_at_once(const struct part *part, const struct part *next)
{
	return next->date->position <= part->date->position + part->date->length + ROW_ITEMS &&
	       next->date->forward > part->date->forward;
}

/* What is asked for without any word for it ("Would the 27th do?"): the day that is named last,
 * with those in a row before it. */
static void keep_last(const struct analysis *analysis, GArray *parts)
{
	for (guint i = parts->len; i-- > 0;) {
		const struct part *part = &g_array_index(parts, struct part, i);
		if (part->date->forward == analysis->context->sent || part->date->holiday)
			g_array_remove_index(parts, i);
	}
	guint first = parts->len;
	while (first > 0 &&
	       (first == parts->len || follows_at_once(&g_array_index(parts, struct part, first - 1),
					   &g_array_index(parts, struct part, first))))
		first--;
	if (first > 0)
		g_array_remove_range(parts, 0, first);
}

/* Of struct part: the days to come that the words around them propose. g_array_free. */
static GArray *collect_parts(const struct analysis *analysis)
{
	GArray *parts = days_to_come(analysis);
	int most = INT_MIN;
	for (guint i = 0; i < parts->len; i++)
		most = MAX(most, g_array_index(parts, struct part, i).weight);
	if (most < PROPOSAL_LEAST) {
		keep_last(analysis, parts);
		return parts;
	}
	for (guint i = parts->len; i-- > 0;)
		if (g_array_index(parts, struct part, i).weight < MAX(most - PROPOSAL_SPREAD, PROPOSAL_LEAST))
			g_array_remove_index(parts, i);
	return parts;
}

/* "in four instalments of 150": how many, from the words or from the amount; 0 where they do not say. */
static int64_t count_instalments(const struct analysis *analysis, size_t position, struct money amount)
{
	const struct stream *stream = &analysis->stream;
	struct range sentence = sentence_of(stream, position);
	for (size_t i = sentence.first; i < sentence.end; i++) {
		struct range here = {i, i + 1};
		if (!has_class(analysis, here, KNOWN_INSTALMENT) && !has_class(analysis, here, KNOWN_TIMES))
			continue;
		for (size_t k = MAX(sentence.first + 2, i) - 2; k < MIN(i + 2, sentence.end); k++) {
			size_t items;
			int64_t number = stream_number(stream, k, &items);
			if (number >= 2 && number <= INSTALMENTS_MAX && !in_date(analysis, k) &&
			    stream_token(stream, k)->kind != TOKEN_AMOUNT)
				return number;
		}
	}
	struct money total = references_total(&analysis->references);
	if (money_is_none(total) || money_is_none(amount) || amount.minor <= 0)
		return 0;
	int64_t count = (total.minor + amount.minor / 2) / amount.minor;
	bool even = llabs(total.minor - count * amount.minor) < count * 2;
	return count >= 2 && count <= INSTALMENTS_MAX && even ? count : 0;
}

static void add_instalment(GArray *proposal, date_t date, struct money amount)
{
	for (guint i = 0; i < proposal->len && date != DATE_NONE; i++)
		if (g_array_index(proposal, struct instalment, i).date == date)
			return;
	struct instalment part = {.date = date, .amount = amount};
	if (proposal->len < INSTALMENTS_MAX)
		g_array_append_val(proposal, part);
}

/* The same day of every month from the one that is named. */
static void add_series(GArray *proposal, date_t first, int64_t count, struct money amount)
{
	bool ends = first == date_end_of_month(first);
	for (int i = 0; i < count; i++) {
		date_t date = date_add_months(first, i);
		add_instalment(proposal, ends ? date_end_of_month(date) : date, amount);
	}
}

/* One amount for several days is that of each, unless a rest is spoken of; RATE where none is beside a day.
 */
static void share_amount(GArray *parts, struct money rate)
{
	struct money one = MONEY_NONE;
	for (guint i = 0; i < parts->len; i++) {
		const struct part *part = &g_array_index(parts, struct part, i);
		if (part->rest)
			return;
		if (money_is_none(part->amount))
			continue;
		if (!money_is_none(one) && one.minor != part->amount.minor)
			return;
		one = part->amount;
	}
	if (money_is_none(one))
		one = rate;
	for (guint i = 0; i < parts->len; i++)
		g_array_index(parts, struct part, i).amount = one;
}

/* Where some days have an amount, a day without one is another matter. */
static void drop_without_amount(GArray *parts)
{
	bool some = false;
	for (guint i = 0; i < parts->len; i++)
		some |= !money_is_none(g_array_index(parts, struct part, i).amount);
	for (guint i = parts->len; some && i-- > 0;) {
		const struct part *part = &g_array_index(parts, struct part, i);
		if (money_is_none(part->amount) && !part->rest)
			g_array_remove_index(parts, i);
	}
}

static bool is_monthly(const struct analysis *analysis, size_t position)
{
	struct range sentence = sentence_of(&analysis->stream, position);
	return has_class(analysis, sentence, KNOWN_MONTHLY) ||
	       has_class(analysis, sentence, KNOWN_INSTALMENT);
}

/* An amount every so often ("would 50 a week do?"); MONEY_NONE for none. */
static struct money monthly_rate(const struct analysis *analysis)
{
	const struct stream *stream = &analysis->stream;
	struct money amount = MONEY_NONE;
	for (size_t i = 0; i < stream_length(stream) && money_is_none(amount); i++)
		if (stream_has(stream, i, stream->lexicon->known[KNOWN_MONTHLY]))
			amount = amount_near(analysis, clause_of(stream, i), i, true);
	return amount;
}

void proposals_fill(const struct analysis *analysis, int confidence, GPtrArray *intents)
{
	struct intent *intent =
	    finding_new(analysis, INTENT_DELAY, confidence, best_hit(analysis, INTENT_DELAY));
	g_ptr_array_add(intents, intent);
	GArray *parts = collect_parts(analysis);
	share_amount(parts, monthly_rate(analysis));
	drop_without_amount(parts);
	for (guint i = 0; i < parts->len; i++) {
		const struct part *part = &g_array_index(parts, struct part, i);
		int64_t count = parts->len == 1 && is_monthly(analysis, part->date->position)
				    ? count_instalments(analysis, part->date->position, part->amount)
				    : 0;
		add_series(intent->proposal, part->date->forward, MAX(count, 1), part->amount);
	}
	struct money rate = monthly_rate(analysis);
	if (parts->len == 0 && !money_is_none(rate))
		add_instalment(intent->proposal, DATE_NONE, rate);
	g_array_free(parts, TRUE);
}
