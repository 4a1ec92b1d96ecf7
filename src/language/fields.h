/* The fields of an intent, read from the words around the rules that found it. */
#ifndef RELANCE_LANGUAGE_FIELDS_H
#define RELANCE_LANGUAGE_FIELDS_H

#include "base/base.h"
#include "language/dates.h"
#include "language/features.h"
#include "language/model.h"
#include "language/references.h"
#include "language/stream.h"
#include "language/understand.h"

/* What day_choose() chose, so that it is asked once. */
struct chosen_days {
	bool asked[DAY_KINDS];
	const struct date_found *days[DAY_KINDS]; /* NULL for none */
};

/* All that is known of one text. */
struct analysis {
	const struct understand_context *context;
	struct stream stream;
	struct stream subject;
	struct references references;
	struct date_base base;	   /* from which days are reckoned */
	GArray *dates;		   /* of struct date_found */
	GArray *bare_dates;	   /* of struct date_found: they count where no other does */
	GArray *hits;		   /* of struct hit */
	struct features *features; /* NULL without a model */
	uint32_t
	    units[INTENT_COUNT]; /* the unit of the features that speaks most for each intent, or NO_UNIT */
	struct chosen_days *chosen; /* owned; what is found out late, though the rest stays as it is */
};

/* Adds to INTENTS the intents of KIND that the text has: at least one. */
void fields_fill(const struct analysis *analysis, enum intent_kind kind, int confidence, GPtrArray *intents);

#endif
