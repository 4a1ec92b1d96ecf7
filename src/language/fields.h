/* The fields of an intent, read from the words around the rules that found it. */
#ifndef RELANCE_LANGUAGE_FIELDS_H
#define RELANCE_LANGUAGE_FIELDS_H

#include "base/base.h"
#include "language/features.h"
#include "language/model.h"
#include "language/references.h"
#include "language/stream.h"
#include "language/understand.h"

/* All that is known of one text. */
struct analysis {
	const struct understand_context *context;
	struct stream stream;
	struct stream subject;
	struct references references;
	GArray *dates;		   /* of struct date_found */
	GArray *bare_dates;	   /* of struct date_found: they count where no other does */
	GArray *hits;		   /* of struct hit */
	struct features *features; /* NULL without a model */
	uint32_t
	    units[INTENT_COUNT]; /* the unit of the features that speaks most for each intent, or NO_UNIT */
};

/* Adds to INTENTS the intents of KIND that the text has: at least one. */
void fields_fill(const struct analysis *analysis, enum intent_kind kind, int confidence, GPtrArray *intents);

#endif
