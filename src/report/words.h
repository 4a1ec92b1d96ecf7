/* The few words that reports show to people (titles, labels, states), in the languages of `--lang`. */
#ifndef RELANCE_REPORT_WORDS_H
#define RELANCE_REPORT_WORDS_H

#include "base/base.h"

/* TEXT, an English text of a report, in LANGUAGE ("fr", "de", …; NULL or "en": as it is). TEXT itself where
 * the table has no translation. */
const char *words_in(const char *language, const char *text);
/* Whether reports can be had in LANGUAGE. */
bool words_has_language(const char *language);

#endif
