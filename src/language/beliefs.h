/* How likely it is that an answer has an intent, in thousandths, and which intent that makes the primary one.
 */
#ifndef RELANCE_LANGUAGE_BELIEFS_H
#define RELANCE_LANGUAGE_BELIEFS_H

#include "base/base.h"
#include "language/intent.h"

#define INTENT_COUNT (INTENT_NONE + 1)

/* From log odds in 1/MODEL_SCALE (language/model.h). */
int belief_from_score(int score);
/* The way back, between -6 and 6 (times MODEL_SCALE). */
int belief_log_odds(int belief);

/*
 * BELIEFS in each intent by itself become those in each beside the others: a remittance advice promises
 * nothing. SELDOM: how often two intents stand in one answer, in
 * thousandths of how often they would by chance, as a triangle: the second with the first, the third with the
 * first, with the second ...; 1000 for pairs that may stand together.
 */
#define BELIEF_PAIRS (INTENT_COUNT * (INTENT_COUNT - 1) / 2)
void beliefs_weigh_together(const int seldom[BELIEF_PAIRS], int beliefs[INTENT_COUNT]);

/*
 * The primary intent by BELIEFS (thousandths): the one that is likeliest to be the first one present in the
 * order of decision. CONFIDENCE gets the chance of that, by the beliefs alone.
 */
enum intent_kind beliefs_decide(const int beliefs[INTENT_COUNT], int *confidence);

#endif
