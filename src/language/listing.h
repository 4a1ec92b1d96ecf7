/* The rules of a language by the classes with which they begin, and what else each of them needs. For
 * lexicon.c.
 */
#ifndef RELANCE_LANGUAGE_LISTING_H
#define RELANCE_LANGUAGE_LISTING_H

#include "base/base.h"
#include "language/lexicon.h"

/* Fills the lists by class of LANGUAGE, whose nodes have all their classes. */
void listing_init(const struct lexicon *lexicon, struct language *language);
void listing_clear(struct language *language);

#endif
