/*
 * The ladder: which step comes next for a receivable, and on which day. Pure.
 */
#ifndef RELANCE_DUNNING_LADDER_H
#define RELANCE_DUNNING_LADDER_H

#include "base/config.h"
#include "base/date.h"

/* Where a receivable stands on its ladder. */
struct ladder_place {
	const char *last_step; /* name of the last step done; NULL before the first */
	date_t last_step_on;   /* DATE_NONE before the first */
	date_t due_on;	       /* of what is to be reminded of */
	date_t broken_on; /* first day after a promise that was broken since the last step, or DATE_NONE */
	date_t today;
	int minimum_gap;		 /* days between two steps at least */
	const char *country, *region;	 /* whose business days count */
	const struct text_list *closing; /* our closing days; NULL: none */
	/* what the conditions of steps look at; NULL and negative: unknown, the step is taken */
	const char *kind, *language;
	int64_t amount; /* what is open, in thousandths of the currency's unit */
};

struct ladder_step {
	const struct step_config *step;
	date_t due_on; /* a business day */
	char why[160]; /* for people: "7 days after the due date 2026-03-31" */
};

/*
 * The next step. False where the ladder has been climbed. No step is left out but one that belongs before the
 * due date and comes too late for that, and those whose conditions are not met; a step that comes late
 * (downtime, late activation) moves those behind it, so that the ladder's own distances hold between what the
 * customer really got. A broken promise brings the next step forward.
 */
bool ladder_next(
    const struct ladder_config *ladder, const struct ladder_place *place, struct ladder_step *next);
/* Whether STEP belongs before the due date and TODAY is too late for that: its words would be wrong. */
bool step_comes_too_late(const struct step_config *step, date_t due_on, date_t today);
/* Whether the conditions of STEP are met by what PLACE says of the customer and the amount. */
bool step_applies(const struct step_config *step, const struct ladder_place *place);
/* Of the step that is called NAME; -1 where there is none (or NAME is NULL). */
int ladder_index(const struct ladder_config *ladder, const char *name);
/* Whether a step must not be taken before two reminders were delivered: formal notice, legal. */
bool step_is_formal(const struct step_config *step);
/* The days that STEP gives to pay to a customer of KIND (business, public, consumer) of a company in COUNTRY.
 * England and Wales: a letter of claim to an individual must wait 30 days for a reply (Pre-Action Protocol
 * for Debt Claims, in force since 1 October 2017); so long at least in all of the United Kingdom. */
int step_term(const struct step_config *step, const char *country, const char *kind);

#endif
