/* What the statistical model sees of a reply: hashes of words, of classes and their pairs within a clause, of
 * rules. */
#ifndef RELANCE_LANGUAGE_FEATURES_H
#define RELANCE_LANGUAGE_FEATURES_H

#include "base/base.h"
#include "language/hits.h"
#include "language/model.h"
#include "language/stream.h"

/* A clause or a sentence by itself. */
struct feature_unit {
	uint32_t first, end; /* items */
	size_t from, count;  /* its keys, in those of all */
};

struct features {
	uint32_t *keys;		   /* none 0: of the whole reply, then of each unit; each once a list */
	size_t document;	   /* how many are of the whole reply */
	GArray *units;		   /* of struct feature_unit */
	int support[INTENT_COUNT]; /* the strength of the best rule for each intent: 0 none, 1 hint ... 3 sure
				    */
	int weak[INTENT_COUNT];	   /* the same of rules that a negation, a condition ... weakens */
	int words;		   /* bits of the number of words */
	bool automatic;
	bool question;
};

/* SUBJECT may be NULL. MODEL, whose keys they get (language/model.h), may be NULL too: then the keys are the
 * features themselves, none left out. */
struct features *features_collect(const struct stream *stream, const GArray *hits,
    const struct stream *subject, bool automatic, const struct model *model);
void features_free(struct features *features);

#endif
