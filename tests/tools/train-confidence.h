/* How sure a choice is: learnt from how choices of examples that were not seen turned out. */
#ifndef RELANCE_TESTS_TRAIN_CONFIDENCE_H
#define RELANCE_TESTS_TRAIN_CONFIDENCE_H

#include "base/base.h"
#include "language/model.h"

#include <glib.h>

struct outcome {
	int signs[MODEL_SIGNS];
	int raw; /* log odds in 1/MODEL_SCALE */
	bool right;
	bool held_out; /* nobody wrote words and rules for it */
	double chance; /* to be right, of all that look as sure: of the line through all */
};

/* Learns the SIGNS of right answers from OUTCOMES (of struct outcome), and judges each outcome by signs that
 * were learnt without it; sorts them by how sure they are. */
void confidence_learn(GArray *outcomes, double signs[MODEL_SIGNS + 1]);
/* What share is sure, and how often that is right. */
void confidence_print(GArray *outcomes);
/* The lines of a model, from outcomes that confidence_learn judged. */
void confidence_write(const GArray *outcomes, const double signs[MODEL_SIGNS + 1], FILE *file);

#endif
