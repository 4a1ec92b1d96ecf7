/*
 * A company's own closing days, as the configuration has them: a day (2026-12-24), a range
 * (2026-12-24..2027-01-02), or either without the year, for every year (05-02, 08-01..08-21, 12-24..01-02).
 */
#ifndef RELANCE_BASE_CLOSING_DAYS_H
#define RELANCE_BASE_CLOSING_DAYS_H

#include "base/config.h"
#include "base/date.h"

/* Whether TEXT has one of these forms; a range with years must not end before it begins. */
bool closing_days_is_valid(const char *text);
/* The item of DAYS (may be NULL) that DAY falls into; NULL: none. */
const char *closing_days_find(const struct text_list *days, date_t day);
/* DAY itself or the first day after it that is a business day there and no closing day. Who is closed for a
 * whole year is taken to be open. */
date_t closing_days_skip(const struct text_list *days, const char *country, const char *region, date_t day);

#endif
