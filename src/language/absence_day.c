#include "base/base.h"

#include "language/day_rules.h"
#include "language/evidence.h"

#define AHEAD_MOST  500 /* days */
#define BACK_BEFORE 6	/* words between "back" and the day */
#define BACK_AFTER  3

/* Somebody is back on DATE: the words for it stand beside it (2), or in its clause (1). */
static int says_back(const struct analysis *analysis, const struct date_found *date)
{
	struct range clause = clause_of(&analysis->stream, date->position);
	size_t end = date->position + date->length;
	struct range beside = {
	    MAX(clause.first + BACK_BEFORE, date->position) - BACK_BEFORE, MIN(clause.end, end + BACK_AFTER)};
	if (has_class(analysis, beside, KNOWN_BACK) || has_class(analysis, beside, KNOWN_BACK_AGAIN))
		return 2;
	return has_class(analysis, clause, KNOWN_BACK);
}

#define LONG_WEEKEND 4

/* "until the 2nd, in the office from the 3rd": DATE is named after the end of the absence and a few days
 * later.
 */
static bool comes_after_end(const struct analysis *analysis, const struct date_found *date)
{
	for (const struct date_found *end = date_at(analysis, 0); end < date; end++)
		if ((end->until || end->till) && end->forward != DATE_NONE && !date->until &&
		    date->forward > end->forward && date->forward <= end->forward + LONG_WEEKEND)
			return true;
	return false;
}

static int weigh_back(const struct analysis *analysis, const struct date_found *date, int back)
{
	struct range clause = clause_of(&analysis->stream, date->position);
	int weight = 10;
	if (back > 0 && !date->until)
		weight += back > 1 ? 8 : 7;
	else if (date->until || date->till)
		weight += 6;
	if (has_class(analysis, clause, KNOWN_ABSENT))
		weight += 2;
	if (comes_after_end(analysis, date))
		weight += 9;
	if (date->vague || date->holiday)
		weight -= 3;
	if (date->forward == analysis->context->sent)
		weight -= 4;
	return weight;
}

/* The day of work that DATE means: after the last day away, and "Back on Monday" after the end that is named
 * before it. Nobody comes back on a day that is free, unless it is said. */
static date_t day_back(const struct analysis *analysis, const struct date_found *date, int back)
{
	if (date->before)
		return next_working_day(date->forward + 1); /* "not back before the 15th" */
	if ((back > 0 || comes_after_end(analysis, date)) && !date->until) {
		date_t day = date->forward;
		if (date->vague && date_weekday(day) == FRIDAY)
			return next_working_day(day - 4); /* "back next week" */
		for (const struct date_found *end = date_at(analysis, 0); end < date && date->weekday; end++)
			if ((end->until || end->till || end->calendar) && end->forward >= day &&
			    end->forward < analysis->context->sent + 120)
				day = end->forward +
				      (date->weekday - (int)date_weekday(end->forward) + 6) % 7 + 1;
		return day;
	}
	bool ends_week =
	    (date->vague || (date->till && date->calendar)) && date_weekday(date->forward) == FRIDAY;
	if (date->until || ends_week || date->holiday)
		return next_working_day(date->forward + 1);
	return next_working_day(date->forward);
}

date_t absence_day_of(const struct analysis *analysis, const struct date_found *date)
{
	date_t sent = analysis->context->sent;
	if (date->period || date->forward == DATE_NONE || sent == DATE_NONE || date->forward < sent ||
	    date->forward > sent + AHEAD_MOST || (date->vague && date->of_month) || date->at_once)
		return DATE_NONE;
	return day_back(analysis, date, says_back(analysis, date));
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
		int weight = weigh_back(analysis, date, says_back(analysis, date));
		if (weight > most || (weight == most && !date->until && date->forward > until)) {
			most = weight;
			until = day;
			best = date;
		}
	}
	return best;
}
