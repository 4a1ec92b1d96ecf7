/* "Le 3 mars 2026 à 10:02, X a écrit :": the line or lines with which mail programs introduce what they
 * quote. Pure. */
#ifndef RELANCE_MAIL_ATTRIBUTION_H
#define RELANCE_MAIL_ATTRIBUTION_H

#include "base/base.h"
#include "mail/folded.h"
#include "mail/mail_words.h"

enum attribution_strength {
	ATTRIBUTION_NONE,
	ATTRIBUTION_WEAK,   /* only where quoted lines follow */
	ATTRIBUTION_STRONG, /* also before a text without quote marks */
};

struct attribution {
	size_t first;	   /* its first line; the last is the one asked about */
	size_t own_length; /* bytes of new text that stand before it in the first line, mostly 0 */
};

/* Attributions are at most this many lines long. */
#define ATTRIBUTION_MAX_LINES 6

/* Whether an attribution ends with line LAST; it may begin at LOWEST at the earliest. */
enum attribution_strength attribution_find(const struct mail_words *words, const struct text_lines *lines,
    const struct folded *folded, size_t lowest, size_t last, struct attribution *attribution);

/* Whether a time of day stands in a folded TEXT: "9:00", "09h00". */
bool attribution_has_time(const char *text);

#endif
