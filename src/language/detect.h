/* Which language a text is in, by the words that the lexicons know. */
#ifndef RELANCE_LANGUAGE_DETECT_H
#define RELANCE_LANGUAGE_DETECT_H

#include "base/base.h"
#include "language/lexicon.h"

/* The language with the most known words in TEXT, of which the beginning tells it, then in SUBJECT; NULL
 * where no word is known. */
const struct language *language_detect(
    const struct lexicon *lexicon, const struct words *text, const struct words *subject);

#endif
