/*
 * The guards: each a named reason not to take a step. guards.c has the table; relance(1) documents it.
 */
#ifndef RELANCE_DUNNING_GUARDS_H
#define RELANCE_DUNNING_GUARDS_H

#include "dunning/chase.h"

/* What a guard may look at: the case, the step, and for when it is asked. */
struct guard_question {
	const struct chase *chase;
	const struct step_config *step; /* NULL: none in particular */
	date_t day;			/* the day on which the step would be taken: today or later */
	instant_t now;
	int64_t own_mail; /* the outbox mail that asks about itself before it is submitted; 0: none */
};

/* CASE: reasons in the books. MOMENT: the clock and the site's settings; a plan for a later day does not ask
 * them. */
enum guard_scope { GUARD_CASE = 1, GUARD_MOMENT = 2, GUARD_ANY = 3 };

/* The first guard of SCOPE that holds; VERDICT->name is NULL where none does. False only on failure of the
 * store. */
bool guard_first(const struct guard_question *question, enum guard_scope scope, struct guard_verdict *verdict,
    struct error *error);
/* All that hold, of struct guard_verdict, appended. */
bool guard_all(
    const struct guard_question *question, enum guard_scope scope, GArray *verdicts, struct error *error);

#endif
