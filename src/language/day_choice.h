/*
 * Which day an intent means: the rules of day_rules.h propose one, the model weighs it against the other days
 * of the text and against none.
 */
#ifndef RELANCE_LANGUAGE_DAY_CHOICE_H
#define RELANCE_LANGUAGE_DAY_CHOICE_H

#include "base/base.h"
#include "language/dates.h"
#include "language/fields.h"

/* What the choice of the rules has ahead for KIND of enum day_kind (model.h), in 1/MODEL_SCALE. */
int day_rules_vote(enum intent_kind kind);

/* For a KIND of enum day_kind (model.h). NULL for none. */
const struct date_found *day_choose(const struct analysis *analysis, enum intent_kind kind);

/* What DATE means as the day of KIND; DATE_NONE for NULL. */
date_t day_meant(const struct analysis *analysis, enum intent_kind kind, const struct date_found *date);

/* One of the days that are chosen from. */
struct day_choice {
	const struct date_found *date; /* NULL for "no day", which is the last one of a list */
	date_t day;
	bool by_rules;	  /* the rules chose it */
	int weight;	  /* what the rules give it, where they tell, else 0 */
	GArray *features; /* of uint32_t, sorted, each once: what the model sees of it */
};

/* All days that KIND may mean in ANALYSIS, and none: of struct day_choice. g_array_free. */
GArray *day_choices(const struct analysis *analysis, enum intent_kind kind);

#endif
