/* What the statistical model sees of a reply: hashes of words, of classes and their pairs within a clause, of
 * rules. */
#ifndef RELANCE_LANGUAGE_FEATURES_H
#define RELANCE_LANGUAGE_FEATURES_H

#include "base/base.h"
#include "language/hits.h"
#include "language/stream.h"

/* A clause or a sentence by itself. */
struct feature_unit {
	uint32_t first, end; /* items */
	GArray *hashes;      /* of uint32_t, sorted, each once */
};

struct features {
	GArray *document; /* of uint32_t, sorted, each once: of the whole reply */
	GArray *units;    /* of struct feature_unit */
};

/* SUBJECT may be NULL. */
struct features *features_collect(
    const struct stream *stream, const GArray *hits, const struct stream *subject, bool automatic);
void features_free(struct features *features);

#endif
