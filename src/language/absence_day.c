#include "base/base.h"

#include "language/day_rules.h"
#include "language/evidence.h"

#define AHEAD_MOST  500 /* days */
#define BACK_BEFORE 6	/* words between "back" and the day */
#define BACK_AFTER  3
#define LIST_WORDS  2 /* between the days of a list: "Thursday and Friday" */
#define LIST_DAYS   4

static bool says_away(const struct analysis *analysis, const struct date_found *date)
{
	struct range clause = clause_of(&analysis->stream, date->position);
	return has_class(analysis, clause, KNOWN_ABSENT) || has_class(analysis, clause, KNOWN_AWAY);
}

static bool is_last(const struct analysis *analysis, const struct date_found *date)
{
	return date + 1 >= date_at(analysis, 0) + analysis->dates->len;
}

/* "the next payment run is again on the 20th" */
static bool is_of_payment(const struct analysis *analysis, const struct date_found *date)
{
	struct range clause = clause_of(&analysis->stream, date->position);
	static const enum known_class words[] = {
	    KNOWN_PAYRUN, KNOWN_PAYMENT, KNOWN_PAY, KNOWN_PAID, KNOWN_TRANSFER};
	if (has_class(analysis, clause, KNOWN_BACK) || has_class(analysis, clause, KNOWN_ABSENT))
		return false;
	for (size_t i = 0; i < ARRAY_LENGTH(words); i++)
		if (has_class(analysis, clause, words[i]))
			return true;
	return false;
}

/* How many of the gaps between the items FIRST to LAST have a mark in them. */
static int marks_between(const struct stream *stream, size_t first, size_t last)
{
	int marks = 0;
	for (size_t i = first; i < last; i++) {
		uint32_t from = stream_token(stream, i)->end, to = stream_token(stream, i + 1)->start;
		for (uint32_t at = from; at < to; at++)
			if (strchr(",;:(\n-", stream->words.text[at])) {
				marks++;
				break;
			}
	}
	return marks;
}

/* The words for "back" at POSITION go with DATE rather than with the day that ends before OTHER, which is
 * named before them: "on the 21st I am back; the fair is on the 18th". */
static bool goes_with(
    const struct stream *stream, size_t position, size_t other, const struct date_found *date)
{
	int before = marks_between(stream, other - 1, position),
	    after = marks_between(stream, position, date->position);
	if (before != after)
		return before > after;
	return date->position - position <= position - other + 1;
}

/* Words for "back" stand before DATE, and no other day is nearer to them. */
static bool back_before(const struct analysis *analysis, const struct date_found *date)
{
	const struct stream *stream = &analysis->stream;
	size_t first =
	    MAX(clause_of(stream, date->position).first + BACK_BEFORE, date->position) - BACK_BEFORE;
	size_t other = 0;
	for (const struct date_found *last = date; last-- > date_at(analysis, 0) && other == 0;)
		if (!last->period && !last->until && !last->till)
			other = last->position + last->length;
	for (size_t i = date->position; i-- > first && i >= other;) {
		struct range word = {i, i + 1};
		if (has_class(analysis, word, KNOWN_BACK) || has_class(analysis, word, KNOWN_BACK_AGAIN))
			return other == 0 || goes_with(stream, i, other, date);
	}
	return false;
}

/* "on the 20. We are back": the point is none of the number, for a capital follows. */
static bool sentence_ends_at(const struct stream *stream, size_t end)
{
	if (end >= stream_length(stream))
		return true;
	uint32_t from = stream_token(stream, end - 1)->end, to = stream_token(stream, end)->start;
	const char *text = stream->words.text;
	return from < to && (text[from] == '.' || text[from - 1] == '.') && text[to - 1] == ' ' &&
	       g_ascii_isupper(text[to]);
}

/* Words for "back" stand just behind DATE, and do not go with the next day. */
static bool back_behind(const struct analysis *analysis, const struct date_found *date)
{
	const struct stream *stream = &analysis->stream;
	size_t end = date->position + date->length;
	struct range behind = {
	    date->position, MIN(sentence_of(stream, date->position).end, end + BACK_AFTER)};
	if (sentence_ends_at(stream, end))
		return false;
	if (!is_last(analysis, date)) {
		if (date[1].position < sentence_of(stream, date->position).end &&
		    back_before(analysis, date + 1))
			return false;
		behind.end = CLAMP((size_t)date[1].position, MIN(end, behind.end), behind.end);
	}
	return has_class(analysis, behind, KNOWN_BACK) || has_class(analysis, behind, KNOWN_BACK_AGAIN);
}

/* "closed from the 24th on", though "from the 5th on" may tell who is back. */
static bool begins_absence(const struct analysis *analysis, const struct date_found *date)
{
	const struct stream *stream = &analysis->stream;
	size_t first = MAX(clause_of(stream, date->position).first + 1, date->position) - 1;
	class_id from = stream->lexicon->known[KNOWN_FROM];
	return from != CLASS_NONE && stream_has_within(stream, first, date->position + 1, from) &&
	       says_away(analysis, date) && !back_before(analysis, date);
}

/* Somebody is back on DATE: the words for it stand beside it (2), or in its clause (1). */
static int says_back(const struct analysis *analysis, const struct date_found *date)
{
	struct range clause = clause_of(&analysis->stream, date->position);
	if (is_of_payment(analysis, date) || begins_absence(analysis, date))
		return 0;
	if (back_before(analysis, date) || back_behind(analysis, date))
		return 2;
	return has_class(analysis, clause, KNOWN_BACK);
}

/* Only small words stand in [FIRST, END): "and on the", "nor". */
static bool small_words(const struct stream *stream, size_t first, size_t end)
{
	class_id negation = stream->lexicon->known[KNOWN_NEGATION];
	for (size_t i = first; i < end; i++)
		if (!language_node(stream->language, stream_item(stream, i)->node)->plain &&
		    !(negation != CLASS_NONE && stream_has(stream, i, negation)))
			return false;
	return true;
}

/* DATE goes on with the day that is named just before it: "Thursday and Friday", "the 24th and 25th". */
static bool goes_on(const struct analysis *analysis, const struct date_found *date)
{
	const struct date_found *last = date - 1;
	if (date == date_at(analysis, 0) || date->period || last->period || date->until || date->till ||
	    last->until || last->till || date->vague != last->vague || last->forward == DATE_NONE ||
	    date->forward == DATE_NONE || date->position > last->position + last->length + LIST_WORDS ||
	    stream_item(&analysis->stream, last->position)->sentence !=
		stream_item(&analysis->stream, date->position)->sentence ||
	    !small_words(&analysis->stream, last->position + last->length, date->position))
		return false;
	int days = date->forward - last->forward;
	if (last->weekday > 0 && days < 0) /* the first is today */
		days = (days + 7) % 7;
	return days > 0 && days <= (date->vague ? 7 : LIST_DAYS);
}

/* "the 24th and 25 August": the number of the day just before it, which is no day by itself. */
static bool follows_number(const struct stream *stream, const struct date_found *date)
{
	size_t items;
	if (date->position < 2 || !date->calendar || date->forward == DATE_NONE ||
	    stream_item(stream, date->position - 2)->sentence !=
		stream_item(stream, date->position)->sentence ||
	    !small_words(stream, date->position - 1, date->position))
		return false;
	int64_t number = stream_number(stream, date->position - 2, &items);
	int day = date_parts(date->forward).day;
	return number >= 1 && number < day && number + LIST_DAYS >= day;
}

/* The last day of the list that DATE stands in. */
static const struct date_found *last_of_list(const struct analysis *analysis, const struct date_found *date)
{
	while (!is_last(analysis, date) && goes_on(analysis, date + 1))
		date++;
	return date;
}

#define BESIDE 3 /* words */

/* Words for being away stand just beside DATE, and none that it begins then ("away from the 3rd"). */
static bool beside_away(const struct analysis *analysis, const struct date_found *date)
{
	size_t end = date->position + date->length;
	struct range clause = clause_of(&analysis->stream, date->position),
		     before = {MAX(clause.first + BESIDE, date->position) - BESIDE, end},
		     beside = {before.first, MIN(clause.end, end + BESIDE)};
	if (has_class(analysis, before, KNOWN_FROM))
		return false;
	for (size_t i = beside.first; i < beside.end; i++) {
		struct range word = {i, i + 1};
		if ((has_class(analysis, word, KNOWN_ABSENT) || has_class(analysis, word, KNOWN_AWAY)) &&
		    marks_between(&analysis->stream, MIN(i, end - 1), MAX(i, date->position)) == 0)
			return true;
	}
	return false;
}

/* DATE is one of the days that somebody is away on, of a list of them or the day of the message. */
static bool is_away_on(const struct analysis *analysis, const struct date_found *date, int back)
{
	if (back > 1 || date->until || date->till || date->before)
		return false;
	const struct date_found *last = last_of_list(analysis, date);
	bool single = last == date && !goes_on(analysis, date) && !follows_number(&analysis->stream, date) &&
		      !(date->exact && date->forward == analysis->context->sent);
	if (single && (back > 0 || (!date->calendar && date->weekday == 0) || date->vague ||
			  !beside_away(analysis, date)))
		return false;
	const struct date_found *first = date;
	while (goes_on(analysis, first))
		first--;
	for (const struct date_found *day = first; day <= last; day++)
		if (says_away(analysis, day))
			return true;
	return false;
}

#define LONG_WEEKEND 4

/* "until the 2nd, in the office from the 3rd": DATE is named after the end of the absence and a few days
 * later. Not where the day back was told before: the others are a deputy's. */
static bool comes_after_end(const struct analysis *analysis, const struct date_found *date)
{
	bool after = false;
	if (is_of_payment(analysis, date))
		return false;
	for (const struct date_found *end = date_at(analysis, 0); end < date; end++) {
		if (end->forward == DATE_NONE || end->period)
			continue;
		if ((end->until || end->till) && !date->until && date->forward > end->forward &&
		    (date->forward == next_working_day(end->forward + 1) ||
			(date->forward <= end->forward + LONG_WEEKEND && says_back(analysis, date))))
			after = true;
		else if (end->forward > date->forward && says_back(analysis, end) > 1)
			return false;
	}
	return after;
}

/* "do not look for me before the 6th", "vor dem 6. bin ich nicht da": up to the next comma. */
static bool is_not_before(const struct analysis *analysis, const struct date_found *date)
{
	const struct stream *stream = &analysis->stream;
	struct range clause = clause_of(stream, date->position),
		     around = {clause.first, date->position + date->length};
	while (around.end < clause.end && !stream_item(stream, around.end)->after_comma)
		around.end++;
	return date->before && has_class(analysis, around, KNOWN_NEGATION);
}

int absence_day_weigh(const struct analysis *analysis, const struct date_found *date)
{
	int weight = 10, back = says_back(analysis, date);
	if (date->lasts > 0)
		return weight - 1;
	if ((back > 0 && !date->until) || is_not_before(analysis, date))
		weight += back == 1 ? 7 : 8;
	else if (date->until || date->till)
		weight += 6;
	if (says_away(analysis, date))
		weight += 2;
	if (comes_after_end(analysis, date))
		weight += 9;
	if (date->vague || date->holiday)
		weight -= 3;
	if (date->forward == analysis->context->sent)
		weight -= 4;
	return weight;
}

/* "Back on Monday" after the end that is named before it. */
static date_t weekday_after_end(const struct analysis *analysis, const struct date_found *date)
{
	date_t day = date->forward;
	for (const struct date_found *end = date_at(analysis, 0); end < date && date->weekday; end++)
		if ((end->until || end->till || end->calendar) && end->weekday == 0 && end->forward >= day &&
		    end->forward < analysis->context->sent + 120)
			day = end->forward + (date->weekday - (int)date_weekday(end->forward) + 6) % 7 + 1;
	return day;
}

/* The day of work that DATE means: after the last day away, and "Back on Monday" after the end that is named
 * before it. Nobody comes back on a day that is free, unless it is said. */
static date_t day_back(const struct analysis *analysis, const struct date_found *date, int back)
{
	if (date->before)
		return next_working_day(date->forward + 1); /* "not back before the 15th" */
	if ((back > 0 || comes_after_end(analysis, date)) && !date->until) {
		if (date->vague && date_weekday(date->forward) == FRIDAY)
			return next_working_day(date->forward - 4); /* "back next week" */
		return weekday_after_end(analysis, date);
	}
	bool ends_week =
	    (date->vague || (date->till && date->calendar)) && date_weekday(date->forward) == FRIDAY;
	if (date->until || ends_week || date->holiday || date->month_end)
		return next_working_day(date->forward + 1);
	return next_working_day(date->forward);
}

/* "away from the 3rd for two weeks": reckoned from a day of the same clause, else from that of the message.
 */
static date_t day_after_length(const struct analysis *analysis, const struct date_found *date)
{
	uint32_t clause = stream_item(&analysis->stream, date->position)->clause;
	date_t from = analysis->context->sent;
	for (guint i = 0; i < analysis->dates->len; i++) {
		const struct date_found *start = date_at(analysis, i);
		if (!start->period && start->forward != DATE_NONE && start->forward > from && !start->until &&
		    !start->till && start->calendar &&
		    stream_item(&analysis->stream, start->position)->clause == clause)
			from = start->forward;
	}
	return next_working_day(from + date->lasts);
}

/* "from tomorrow for the rest of the week": NEXT is the week in which DATE is. */
static bool rest_of_week(
    const struct analysis *analysis, const struct date_found *date, const struct date_found *next)
{
	size_t end = date->position + date->length;
	return next == date + 1 && next->vague && !next->of_month && !date->vague &&
	       date->forward <= next->forward && says_away(analysis, next) &&
	       small_words(&analysis->stream, end, next->position);
}

/* DATE is where a length begins that is told behind it: "from today for two weeks". */
static bool begins_length(const struct analysis *analysis, const struct date_found *date)
{
	uint32_t clause = stream_item(&analysis->stream, date->position)->clause;
	const struct date_found *end = date_at(analysis, 0) + analysis->dates->len;
	for (const struct date_found *next = date + 1; next < end; next++)
		if (stream_item(&analysis->stream, next->position)->clause == clause &&
		    (next->lasts > 0 || rest_of_week(analysis, date, next)))
			return true;
	return false;
}

/* "I only work on Mondays and Thursdays": the one of the list of DATE that comes first; else DATE_NONE. */
static date_t day_of_work(const struct analysis *analysis, const struct date_found *date)
{
	struct range clause = clause_of(&analysis->stream, date->position);
	if (date->weekday == 0 || !has_class(analysis, clause, KNOWN_WORKS))
		return DATE_NONE;
	date_t first = date->forward;
	for (guint i = 0; i < analysis->dates->len; i++) {
		const struct date_found *other = date_at(analysis, i);
		if (other->weekday > 0 && other->position >= clause.first && other->position < clause.end)
			first = MIN(first, other->forward);
	}
	return first;
}

/* "off on Friday" on a Friday is today. */
static date_t last_day_away(const struct analysis *analysis, const struct date_found *date)
{
	const struct date_found *last = last_of_list(analysis, date);
	bool today = last->weekday > 0 && last->forward == analysis->context->sent + 7;
	return today ? analysis->context->sent : last->forward;
}

date_t absence_day_of(const struct analysis *analysis, const struct date_found *date)
{
	date_t sent = analysis->context->sent;
	if (sent != DATE_NONE && date->lasts > 0)
		return day_after_length(analysis, date);
	if (date->period || date->forward == DATE_NONE || sent == DATE_NONE || date->forward < sent ||
	    date->forward > sent + AHEAD_MOST || date->at_once)
		return DATE_NONE;
	if (begins_length(analysis, date) && !date->until && !date->till)
		return DATE_NONE;
	int back = says_back(analysis, date);
	date_t work = day_of_work(analysis, date);
	if (work != DATE_NONE)
		return date->until || date->till ? DATE_NONE : work;
	if (date->vague && date->of_month && !date->calendar && (back > 1 || !date->month_end))
		return DATE_NONE; /* "back in September", "back at the end of August" */
	if (is_away_on(analysis, date, back))
		return next_working_day(last_day_away(analysis, date) + 1);
	return day_back(analysis, date, back);
}

const struct date_found *absence_day_by_rules(const struct analysis *analysis)
{
	const struct date_found *best = NULL;
	int most = 0;
	date_t until = DATE_NONE;
	for (guint i = 0; i < analysis->dates->len; i++) {
		const struct date_found *date = date_at(analysis, i);
		date_t day = absence_day_of(analysis, date);
		if (day == DATE_NONE)
			continue;
		int weight = absence_day_weigh(analysis, date);
		if (weight > most || (weight == most && !date->until && date->forward > until)) {
			most = weight;
			until = day;
			best = date;
		}
	}
	return best;
}
