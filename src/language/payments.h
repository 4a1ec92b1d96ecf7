/* The days and amounts of what is promised, paid and proposed. */
#ifndef RELANCE_LANGUAGE_PAYMENTS_H
#define RELANCE_LANGUAGE_PAYMENTS_H

#include "base/base.h"
#include "language/fields.h"

/* Each adds at least one intent of its kind to INTENTS. */
void payments_fill_promises(const struct analysis *analysis, int confidence, GPtrArray *intents);
void payments_fill_paid(const struct analysis *analysis, int confidence, GPtrArray *intents);

#endif
