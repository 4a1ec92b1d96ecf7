#include "base/base.h"

#include "language/day_rules.h"
#include "language/evidence.h"

date_t remittance_day_of(const struct analysis *analysis, const struct date_found *date)
{
	return date->period || analysis->context->sent == DATE_NONE ? DATE_NONE : date->forward;
}

/* The value date is named, near the day of the message, and stands in no line of the table. */
const struct date_found *remittance_day_by_rules(const struct analysis *analysis)
{
	date_t sent = analysis->context->sent;
	const struct date_found *best = NULL;
	int most = 0;
	for (guint i = 0; i < analysis->dates->len; i++) {
		const struct date_found *date = date_at(analysis, i);
		date_t day = remittance_day_of(analysis, date);
		if (day == DATE_NONE)
			continue;
		struct range line = line_of(&analysis->stream, date->position);
		struct range before = {
		    date->position > 5 ? MAX(date->position - 5, line.first) : line.first, date->position};
		int weight = 10;
		if (has_class(analysis, before, KNOWN_VALUE_DATE))
			weight += 8;
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
