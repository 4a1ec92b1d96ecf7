/* Answers that stand in the quoted mail and are told by their colour alone. Pure. */
#ifndef RELANCE_MAIL_COLOURED_H
#define RELANCE_MAIL_COLOURED_H

#include "base/base.h"
#include "mail/folded.h"
#include "mail/mail_words.h"

enum coloured {
	COLOURED_NONE,	   /* nothing there has the colour */
	COLOURED_DOUBTFUL, /* some of it may be somebody else's, or be missing */
	COLOURED_SURE,
};

/*
 * The author says that his words are those in HUES (enum hue) in the quoted mail. CLASSES has a letter for
 * each line: 'h' and 'q' are quoted; the quoted mail begins at line FIRST. Only the mail that is answered is
 * looked at, not older ones below it. A colour tells nothing where that mail has no other text, or before it:
 * whom he answers may write in colour, too. FOUND (of size_t) gets the numbers of the lines that end in his
 * words.
 */
enum coloured coloured_find(const struct mail_words *words, const struct text_lines *lines,
    const struct folded *folded, const char *classes, size_t first, unsigned hues, GArray *found);

#endif
