#include "base/base.h"

#include "language/day_order.h"
#include "language/day_rules.h"
#include "language/evidence.h"

/* Days around the message in which money moves; further away another day is named. */
#define BEHIND_MOST 10
#define AHEAD_MOST  40

/* The value date of an advice is rather near. */
static date_t nearest_day(const GArray *dates, date_t sent)
{
	date_t best = DATE_NONE;
	for (guint i = 0; i < dates->len; i++) {
		const struct date_found *date = &g_array_index(dates, struct date_found, i);
		if (date->period || date->vague || date->forward == DATE_NONE ||
		    date->forward < sent - BEHIND_MOST || date->forward > sent + AHEAD_MOST)
			continue;
		if (best == DATE_NONE || abs(date->forward - sent) < abs(best - sent))
			best = date->forward;
	}
	return best;
}

/* "Out of office until 12 May", "Absent du 3 au 12 mai": only what says that it lasts, for the subject of our
 * own mail stands there, too. */
static date_t day_after_end(const GArray *dates, date_t sent)
{
	for (guint i = 0; i < dates->len; i++) {
		const struct date_found *date = &g_array_index(dates, struct date_found, i);
		if ((date->until || date->till) && date->forward != DATE_NONE && date->forward >= sent)
			return next_working_day(date->until ? date->forward + 1 : date->forward);
	}
	return DATE_NONE;
}

#define SUBJECT_BYTES 1000

date_t subject_day(const struct analysis *analysis, enum intent_kind kind)
{
	const struct understand_context *context = analysis->context;
	if (context->sent == DATE_NONE || !context->subject || !context->automatic)
		return DATE_NONE;
	struct stream subject;
	stream_init(&subject, analysis->stream.lexicon, analysis->stream.language, context->subject,
	    strlen(context->subject), SUBJECT_BYTES);
	struct date_base base = {.sent = context->sent,
	    .due = DATE_NONE,
	    .issued = DATE_NONE,
	    .order = day_order_told(&subject, analysis->references.currency)};
	GArray *dates = dates_find(&subject, &base);
	date_t day = kind == INTENT_REMITTANCE ? nearest_day(dates, context->sent)
					       : day_after_end(dates, context->sent);
	g_array_free(dates, TRUE);
	stream_clear(&subject);
	return day;
}
