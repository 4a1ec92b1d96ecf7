/*
 * The clock of the programs. With `test_clock = yes` it can be shifted: `--now INSTANT` for one command, or for all
 * programs of an installation by the file RUN_DIR/clock, which holds the shift in seconds (`relance clock INSTANT`).
 */
#ifndef RELANCE_HOST_CLOCK_H
#define RELANCE_HOST_CLOCK_H

#include "base/base.h"
#include "base/instant.h"

/* Seconds that this process's clock is ahead of the machine's; 0 at start. */
void clock_shift(int64_t seconds);
/* Sets the shift from RUN_DIR/clock; a missing file is no shift. */
bool clock_load(const char *run_dir, struct error *error);
/* Writes RUN_DIR/clock so that it is INSTANT now, and shifts this process, too. */
bool clock_save(const char *run_dir, instant_t now, struct error *error);

instant_t clock_now(void);
/* For file names and latencies: microseconds, of the same shifted clock. */
int64_t clock_now_microseconds(void);

/* A zone of the tz database ("Europe/Paris"); aborts only on memory. NULL: unknown name, with ERROR. */
struct zone;
struct zone *zone_new(const char *name, struct error *error);
void zone_free(struct zone *zone);
/* Seconds east of UTC that hold at INSTANT. */
int zone_offset(const struct zone *zone, instant_t instant);
/* The civil day at INSTANT, and the instant of SECOND of a civil day. */
date_t zone_date(const struct zone *zone, instant_t instant);
instant_t zone_instant(const struct zone *zone, date_t date, int second);

#endif
