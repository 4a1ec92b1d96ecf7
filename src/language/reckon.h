/* How one expression of a day is reckoned from the day of the message. */
#ifndef RELANCE_LANGUAGE_RECKON_H
#define RELANCE_LANGUAGE_RECKON_H

#include "base/base.h"
#include "language/dates.h"

/* Fills the days of FOUND as the words [FIRST, FIRST + LENGTH) of STREAM say under RULE; they stay DATE_NONE
 * where nothing can be reckoned. BEFORE is the day named last before it, NULL for none. */
void reckon(struct date_found *found, const struct stream *stream, const struct date_rule *rule,
    const struct date_base *base, const struct date_found *before);

/* The same for a rule around a day that is found already (before, after, week-of ...). COUNT is the number
 * that stands before that day, -1 for none. */
void reckon_change(struct date_found *date, const struct date_rule *rule, int64_t count);

#endif
