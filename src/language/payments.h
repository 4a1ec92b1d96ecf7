/* The days and amounts of what is promised, paid and proposed. */
#ifndef RELANCE_LANGUAGE_PAYMENTS_H
#define RELANCE_LANGUAGE_PAYMENTS_H

#include "base/base.h"
#include "language/fields.h"

/* Each adds at least one intent of its kind to INTENTS. */
void payments_fill_promises(const struct analysis *analysis, int confidence, GPtrArray *intents);
void payments_fill_paid(const struct analysis *analysis, int confidence, GPtrArray *intents);

/* The words state a promise or a payment (KIND) with its day beside the PRIMARY intent, although the model
 * makes little of it: after a long complaint "the rest goes out on Friday" is short. */
bool payments_are_stated(const struct analysis *analysis, enum intent_kind kind, enum intent_kind primary);

#endif
