/* "My answers are below in red": remarks that say where in the quoted mail the answers stand. Pure. */
#ifndef RELANCE_MAIL_POINTING_H
#define RELANCE_MAIL_POINTING_H

#include "base/base.h"
#include "mail/mail_words.h"

struct pointing {
	bool points;   /* the answers stand in the quoted mail */
	unsigned hues; /* in these colours (enum hue); 0: none is named */
};

/* Of a folded line (folded.h). */
struct pointing pointing_of(const struct mail_words *words, const char *line);

#endif
