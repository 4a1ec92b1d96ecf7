/*
 * The front's counters, in the shared file RUN_DIR/front.stats: the front counts in place without a lock,
 * `relance status` and `relance metrics` look. They go on over restarts. No GLib here.
 */
#ifndef RELANCE_HOST_FRONT_STATS_H
#define RELANCE_HOST_FRONT_STATS_H

#include "base/base.h"

enum front_count {
	FRONT_SEEN,		/* messages whose headers were seen to their end */
	FRONT_OUTGOING,		/* spooled */
	FRONT_INCOMING,		/* spooled */
	FRONT_CUT,		/* of interest, but ended by the client or the MTA */
	FRONT_LOST_SIZE,	/* of interest, but not taken in: over max_message_size */
	FRONT_LOST_BUSY,	/* over max_messages */
	FRONT_LOST_SPOOL_FULL,	/* over max_spool_size */
	FRONT_LOST_HEADERS,	/* headers beyond what is kept in memory */
	FRONT_LOST_ERROR,	/* the spool could not be written */
	FRONT_WATCHLIST_MISSED, /* threads could not be looked up: configured addresses alone decided */
	FRONT_COUNTS
};

/* "seen", "lost_size": for reports and metrics. */
const char *front_count_name(enum front_count count);

struct front_stats;
/* For the front: maps RUN_DIR/front.stats, makes it where it is missing or of another form. NULL with ERROR.
 */
struct front_stats *front_stats_open(const char *run_dir, struct error *error);
void front_stats_close(struct front_stats *stats);
/* STATS may be NULL: then nobody counts. */
void front_stats_add(struct front_stats *stats, enum front_count count);

/* For everybody else: a look at the counters. False: there is no such file (the front never ran), or it is no
 * counters. */
bool front_stats_read(const char *run_dir, uint64_t counts[FRONT_COUNTS], struct error *error);

#endif
