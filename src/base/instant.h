/*
 * Instants: seconds since 1970-01-01T00:00:00Z, without leap seconds. A zone is an argument (seconds east of UTC), never
 * read from the environment.
 */
#ifndef RELANCE_BASE_INSTANT_H
#define RELANCE_BASE_INSTANT_H

#include "base/base.h"
#include "base/date.h"

typedef int64_t instant_t;
#define INSTANT_NONE INT64_MIN

/* RFC 3339 with zone ("2026-03-17T10:02:00+01:00", "...Z", fraction ignored). OFFSET (may be NULL) gets the zone. */
bool instant_parse(const char *text, instant_t *instant, int *offset);
#define INSTANT_TEXT_SIZE 32
/* RFC 3339 in the zone OFFSET seconds east of UTC ("Z" for 0); "" for INSTANT_NONE. Returns TEXT. */
char *instant_format(instant_t instant, int offset, char text[INSTANT_TEXT_SIZE]);
/* The civil date of an instant in the zone OFFSET. */
date_t instant_date(instant_t instant, int offset);
/* Second of the civil day, 0..86399. */
int instant_second_of_day(instant_t instant, int offset);
/* The instant of SECOND of a civil day in the zone OFFSET. */
instant_t instant_from_date(date_t date, int second, int offset);

#endif
