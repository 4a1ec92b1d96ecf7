/* Which of our documents an intent is about: those that are named where it stands, or else are meant there.
 */
#ifndef RELANCE_LANGUAGE_MENTIONS_H
#define RELANCE_LANGUAGE_MENTIONS_H

#include "base/base.h"
#include "language/evidence.h"

/* Adds NUMBER to MENTIONS (of char *, owned) unless it is there. */
void mentions_add(GPtrArray *mentions, const char *number);
/* Adds the documents that the words around POSITION are about. */
void mentions_around(const struct analysis *analysis, size_t position, GPtrArray *mentions);

#endif
