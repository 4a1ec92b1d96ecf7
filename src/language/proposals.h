/* The instalments that a request for more time proposes. */
#ifndef RELANCE_LANGUAGE_PROPOSALS_H
#define RELANCE_LANGUAGE_PROPOSALS_H

#include "base/base.h"
#include "language/fields.h"

/* Adds the intent with its proposal to INTENTS. */
void proposals_fill(const struct analysis *analysis, int confidence, GPtrArray *intents);

#endif
