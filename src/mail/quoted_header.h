/* The header of an old mail inside a body ("De : ... Envoyé : ... Objet : ..."), and the lines that announce
 * one. Pure. */
#ifndef RELANCE_MAIL_QUOTED_HEADER_H
#define RELANCE_MAIL_QUOTED_HEADER_H

#include "base/base.h"
#include "mail/folded.h"
#include "mail/mail_words.h"

/* Whether a quoted header begins at line FIRST; only lines with the same quote depth are looked at. */
bool quoted_header_at(const struct mail_words *words, const struct text_lines *lines,
    const struct folded *folded, size_t first);

/* The value of "Subject:", "Objet :" in the first header in TEXT, or NULL; g_free. */
char *quoted_header_subject(const struct mail_words *words, const char *text);

enum separator { SEPARATOR_NONE, SEPARATOR_ORIGINAL, SEPARATOR_FORWARD, SEPARATOR_REPLY_ABOVE };
/* What a folded line announces. */
enum separator separator_of(const struct mail_words *phrases, const char *line);
/* A line of nothing but dashes, underscores and the like. */
bool is_rule_line(const char *line);

#endif
