/* Header text to UTF-8: encoded words (RFC 2047), folds, and bytes that nobody declared. Pure. */
#ifndef RELANCE_MAIL_ENCODED_WORD_H
#define RELANCE_MAIL_ENCODED_WORD_H

#include "base/base.h"

/* One line of UTF-8 without white space around it. Words that are cut inside a character are put together.
 * g_free. */
char *encoded_words_decode(const char *raw, size_t length);

#endif
