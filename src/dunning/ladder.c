#include "base/base.h"
#include "dunning/ladder.h"

#include "base/closing_days.h"
#include "base/holidays.h"

#include <strings.h>

#define TERM_OF_PROTOCOL 30

int ladder_index(const struct ladder_config *ladder, const char *name)
{
	for (size_t i = 0; name && i < ladder->step_count; i++)
		if (strcmp(ladder->steps[i].name, name) == 0)
			return (int)i;
	return -1;
}

bool step_is_formal(const struct step_config *step)
{
	static const char *const formal[] = {"formal-notice", "legal"};
	for (size_t i = 0; i < ARRAY_LENGTH(formal); i++)
		if (strcmp(step->name, formal[i]) == 0 ||
		    (step->template && strcmp(step->template, formal[i]) == 0))
			return true;
	return false;
}

int step_term(const struct step_config *step, const char *country, const char *kind)
{
	bool protocol = strcasecmp(country, "GB") == 0 && strcmp(kind, "consumer") == 0;
	return protocol && step->term < TERM_OF_PROTOCOL ? TERM_OF_PROTOCOL : step->term;
}

/* The day from which a step's offset counts. */
static date_t anchor_day(const struct step_config *step, const struct ladder_place *place)
{
	switch (step->anchor) {
	case ANCHOR_PREVIOUS:
		return place->last_step_on != DATE_NONE ? place->last_step_on : place->due_on;
	case ANCHOR_END_OF_MONTH:
		return date_end_of_month(place->due_on);
	case ANCHOR_PROMISE:
		return place->broken_on != DATE_NONE ? place->broken_on - 1 : place->due_on;
	case ANCHOR_DUE:
		break;
	}
	return place->due_on;
}

static const char *anchor_words(const struct step_config *step, const struct ladder_place *place)
{
	switch (step->anchor) {
	case ANCHOR_PREVIOUS:
		return place->last_step_on != DATE_NONE ? "the step before, of" : "the due date";
	case ANCHOR_END_OF_MONTH:
		return "the end of the due date's month,";
	case ANCHOR_PROMISE:
		return place->broken_on != DATE_NONE ? "the promised day" : "the due date";
	case ANCHOR_DUE:
		break;
	}
	return "the due date";
}

static date_t days_on(const struct step_config *step, const struct ladder_place *place, date_t from)
{
	return step->business_days ? business_day_add(place->country, place->region, from, step->offset)
				   : from + step->offset;
}

/* How far a step stands behind the one before it when both count from the same day. */
static int distance(const struct step_config *before, const struct step_config *step)
{
	bool comparable = before->anchor == step->anchor && before->business_days == step->business_days &&
			  step->anchor != ANCHOR_PREVIOUS;
	return comparable && step->offset > before->offset ? step->offset - before->offset : 0;
}

static void explain(
    const struct step_config *step, const struct ladder_place *place, struct ladder_step *next)
{
	char from[DATE_TEXT_SIZE];
	date_format(anchor_day(step, place), from);
	int days = step->offset < 0 ? -step->offset : step->offset;
	snprintf(next->why, sizeof next->why, "%d %s%s %s %s %s", days,
	    step->business_days ? "business " : "", days == 1 ? "day" : "days",
	    step->offset < 0 ? "before" : "after", anchor_words(step, place), from);
}

bool step_applies(const struct step_config *step, const struct ladder_place *place)
{
	if (place->kind && step->kinds.count && !text_list_has(&step->kinds, place->kind))
		return false;
	if (place->language && step->languages.count && !text_list_has(&step->languages, place->language))
		return false;
	return place->amount < step->minimum ? place->amount < 0
					     : !step->maximum || place->amount < step->maximum;
}

bool step_comes_too_late(const struct step_config *step, date_t due_on, date_t today)
{
	return step->anchor == ANCHOR_DUE && step->offset < 0 && today >= due_on;
}

bool ladder_next(
    const struct ladder_config *ladder, const struct ladder_place *place, struct ladder_step *next)
{
	int last = ladder_index(ladder, place->last_step);
	size_t index = (size_t)(last + 1);
	while (index < ladder->step_count &&
	       (step_comes_too_late(&ladder->steps[index], place->due_on, place->today) ||
		   !step_applies(&ladder->steps[index], place)))
		index++;
	if (index >= ladder->step_count)
		return false;

	const struct step_config *step = &ladder->steps[index];
	next->step = step;
	next->due_on = days_on(step, place, anchor_day(step, place));
	explain(step, place, next);
	if (place->broken_on != DATE_NONE && step->anchor == ANCHOR_PROMISE) {
		if (next->due_on < place->broken_on)
			next->due_on = place->broken_on;
	} else if (place->broken_on != DATE_NONE) {
		next->due_on = place->broken_on;
		char day[DATE_TEXT_SIZE];
		snprintf(next->why, sizeof next->why, "the promise was not kept by %s",
		    date_format(place->broken_on - 1, day));
	} else if (last >= 0 && place->last_step_on != DATE_NONE) {
		date_t spaced = place->last_step_on + distance(&ladder->steps[last], step);
		if (spaced > next->due_on) {
			next->due_on = spaced;
			snprintf(next->why, sizeof next->why,
			    "%d days after the step before, which came late", spaced - place->last_step_on);
		}
	}
	if (place->last_step_on != DATE_NONE && next->due_on < place->last_step_on + place->minimum_gap)
		next->due_on = place->last_step_on + place->minimum_gap;
	next->due_on = closing_days_skip(place->closing, place->country, place->region, next->due_on);
	return true;
}
