/* Where the signature begins in the lines of an author: name, company, telephone, mobile footer, small print.
 * Pure. */
#ifndef RELANCE_MAIL_SIGNATURE_H
#define RELANCE_MAIL_SIGNATURE_H

#include "base/base.h"
#include "mail/folded.h"
#include "mail/mail_words.h"

/*
 * OWN holds the numbers (size_t) of the author's lines in their order, empty ones included; the part from
 * position FROM up to TO is looked at. Returns the position where the signature begins, or TO.
 */
size_t signature_find(const struct mail_words *words, const struct text_lines *lines,
    const struct folded *folded, const GArray *own, size_t from, size_t to);

/* Whether TEXT says nothing of its own: no line, or only a greeting, a name, telephones, small print, "see
 * subject". */
bool signature_is_all(const struct mail_words *words, const char *text);
/* Whether TEXT begins with small print, or as the footer of a list does. */
bool signature_is_footer(const struct mail_words *words, const char *text);

#endif
