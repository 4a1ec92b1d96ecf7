/*
 * What people of the site decided about wordings: statements `learnt INTENT ... = PATTERN` of the lexicons. A
 * sentence with such words means that intent, whatever the rules and the model make of it; they say no more
 * about that sentence. All else of the text is read as before.
 */
#ifndef RELANCE_LANGUAGE_LEARNT_H
#define RELANCE_LANGUAGE_LEARNT_H

#include "base/base.h"
#include "language/fields.h"

/* Which learnt words decide an intent; RULE NULL: none. */
struct learnt_choice {
	const struct rule *rule;
	size_t first, end; /* items */
};

/* Changes BELIEFS (thousandths) by the learnt words of the text; CHOICES gets what decided each intent. */
void learnt_heed(
    const struct analysis *analysis, int beliefs[INTENT_COUNT], struct learnt_choice choices[INTENT_COUNT]);
/* Gives INTENT the words and the value that were learnt; CHOICE of its kind. */
void learnt_fill(const struct analysis *analysis, const struct learnt_choice *choice, struct intent *intent);
/* Thousandths: what was decided once is sure enough to act, what was decided more often is surer. */
int learnt_confidence(const struct learnt_choice *choice);

#endif
