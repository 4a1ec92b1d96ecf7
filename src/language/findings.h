/* A new intent with what every intent has: the words that it rests on, the rule and the documents it is
 * about. */
#ifndef RELANCE_LANGUAGE_FINDINGS_H
#define RELANCE_LANGUAGE_FINDINGS_H

#include "base/base.h"
#include "language/evidence.h"

/* HIT may be NULL: then the model found it, in its unit. intent_free. */
struct intent *finding_new(
    const struct analysis *analysis, enum intent_kind kind, int confidence, const struct hit *hit);
/* The words of RANGE become the span. */
void finding_span(const struct analysis *analysis, struct intent *intent, struct range range);

#endif
