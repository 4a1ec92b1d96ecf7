/* Which language a text is in, by the words that the lexicons know. */
#ifndef RELANCE_LANGUAGE_DETECT_H
#define RELANCE_LANGUAGE_DETECT_H

#include "base/base.h"
#include "language/lexicon.h"

/* The language with the most known words in TEXT, then in SUBJECT (may be NULL); NULL where no word is known.
 */
const struct language *language_detect(
    const struct lexicon *lexicon, const char *text, size_t length, const char *subject);

#endif
