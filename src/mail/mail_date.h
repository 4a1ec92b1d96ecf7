/* The Date header (RFC 5322, 3.3; with the obsolete and the merely usual forms). No zone table, no locale.
 * Pure. */
#ifndef RELANCE_MAIL_MAIL_DATE_H
#define RELANCE_MAIL_MAIL_DATE_H

#include "base/base.h"
#include "base/instant.h"

/* False (and both untouched) where no date can be read. OFFSET: seconds east of UTC, 0 where the zone is
 * unknown. */
bool mail_date_parse(const char *text, instant_t *instant, int *offset);

#endif
