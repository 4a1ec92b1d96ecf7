/*
 * The guards: each a named reason not to take a step. guards.c has the table; relance(1) documents it.
 */
#ifndef RELANCE_DUNNING_GUARDS_H
#define RELANCE_DUNNING_GUARDS_H

#include "dunning/chase.h"

/* What a guard may look at: the case, the step, and for when it is asked. */
struct guard_question {
	const struct desk *desk;
	const struct chase *chase;	/* NULL: only guards of the site are asked */
	const struct step_config *step; /* NULL: none in particular */
	date_t day;			/* the day on which the step would be taken: today or later */
	int64_t own_mail; /* the outbox mail that asks about itself before it is submitted; 0: none */
};

/* CASE: reasons in the books. MOMENT: the day itself. SITE: the clock and settings that hold everybody's
 * mail. A plan for a later day asks only those of the case. */
enum guard_scope { GUARD_CASE = 1, GUARD_MOMENT = 2, GUARD_SITE = 4, GUARD_ANY = 7 };

/* The first guard of SCOPE that holds; VERDICT->name is NULL where none does. False only on failure of the
 * store. */
bool guard_first(const struct guard_question *question, enum guard_scope scope, struct guard_verdict *verdict,
    struct error *error);
/* All that hold, of struct guard_verdict, appended. */
bool guard_all(
    const struct guard_question *question, enum guard_scope scope, GArray *verdicts, struct error *error);

#endif
