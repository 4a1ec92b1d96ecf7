/* What the statistical model sees of a reply: hashes of words, of classes and their pairs within a clause, of
 * rules. */
#ifndef RELANCE_LANGUAGE_FEATURES_H
#define RELANCE_LANGUAGE_FEATURES_H

#include "base/base.h"
#include "language/hits.h"
#include "language/stream.h"

/* Of uint32_t, sorted, each once. SUBJECT may be NULL. g_array_free. */
GArray *features_collect(
    const struct stream *stream, const GArray *hits, const struct stream *subject, bool automatic);

#endif
