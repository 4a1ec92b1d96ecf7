#include "base/base.h"

#include "language/day_rules.h"
#include "language/evidence.h"

/* Days before the message: what is older in a row of the table is the day of a document. */
#define DOCUMENT_DAYS 14
/* What a day in a row must weigh more than. */
#define WEIGHT_LEAST 4
#define LABEL_ITEMS  6 /* words before a day that may tell which one it is */

/* The words of its line before DATE; OWN: from the day before it on. */
static struct range words_before(const struct analysis *analysis, const struct date_found *date, bool own)
{
	struct range line = line_of(&analysis->stream, date->position);
	size_t first = date->position > LABEL_ITEMS ? date->position - LABEL_ITEMS : 0;
	if (own && !date->bare && date > date_at(analysis, 0))
		first = CLAMP((size_t)date[-1].position + date[-1].length, first, date->position);
	return (struct range){MAX(first, line.first), date->position};
}

static bool is_named(const struct analysis *analysis, const struct date_found *date)
{
	return has_class(analysis, words_before(analysis, date, false), KNOWN_VALUE_DATE) ||
	       has_class(analysis, words_before(analysis, date, true), KNOWN_PAY_DAY);
}

/* "Our payment of the 28th", on the 2nd; "Tuesday's transfer", on Thursday: the nearer day, where nothing
 * tells of what comes. */
static bool is_over(const struct analysis *analysis, const struct date_found *date)
{
	date_t sent = analysis->context->sent;
	return !date->exact && date->backward != DATE_NONE && sent - date->backward < date->forward - sent &&
	       !(date->weekday &&
		   has_class(analysis, clause_of(&analysis->stream, date->position), KNOWN_FUTURE));
}

date_t remittance_day_of(const struct analysis *analysis, const struct date_found *date)
{
	date_t sent = analysis->context->sent;
	if (date->period || date->forward == DATE_NONE || sent == DATE_NONE)
		return DATE_NONE;
	bool of_document = date->exact && date->forward < sent - DOCUMENT_DAYS &&
			   line_is_of_document(analysis, line_of(&analysis->stream, date->position)) &&
			   !is_named(analysis, date);
	return of_document ? DATE_NONE : is_over(analysis, date) ? date->backward : date->forward;
}

/* The value date is named, near the day of the message, and stands in no line of the table. */
const struct date_found *remittance_day_by_rules(const struct analysis *analysis)
{
	date_t sent = analysis->context->sent;
	const struct date_found *best = NULL;
	int most = WEIGHT_LEAST;
	for (guint i = 0; i < analysis->dates->len; i++) {
		const struct date_found *date = date_at(analysis, i);
		date_t day = remittance_day_of(analysis, date);
		if (day == DATE_NONE)
			continue;
		struct range line = line_of(&analysis->stream, date->position);
		int weight = 10;
		if (is_named(analysis, date))
			weight += 8;
		else if (has_class(analysis, words_before(analysis, date, true), KNOWN_PRINT_DAY))
			weight -= 8;
		if (line_is_of_document(analysis, line))
			weight -= 6;
		if (day >= sent - 3 && day <= sent + 12)
			weight += 5;
		if (day > sent)
			weight += 2;
		if (date->vague)
			weight -= 4;
		if (weight > most) {
			most = weight;
			best = date;
		}
	}
	return best;
}
