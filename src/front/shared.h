/*
 * What all sessions of the front share: the settings, the spool, the watchlist, the counters and the caps.
 * Each function may be called from any thread; no lock is held when it returns.
 */
#ifndef RELANCE_FRONT_SHARED_H
#define RELANCE_FRONT_SHARED_H

#include "base/base.h"
#include "front/settings.h"
#include "host/front_stats.h"
#include "host/spool.h"

struct shared;

/* Takes SETTINGS over. Opens the spool (and finishes what a crash cut), the counters and, where it is there,
 * the watchlist. */
struct shared *shared_new(struct settings *settings, struct error *error);
/* After the last session. */
void shared_free(struct shared *shared);

/* Settings in use by a session: they stay as they are until it gives them back, whatever comes in between. */
struct settings_use;
struct settings_use *shared_settings_take(struct shared *shared);
void shared_settings_give(struct settings_use *use);
const struct settings *settings_of(const struct settings_use *use);
/* Takes SETTINGS over for sessions to come. False, and SETTINGS cleared: they differ in what only a restart
 * can change. */
bool shared_settings_replace(struct shared *shared, struct settings *settings, struct error *error);

const struct spool *shared_spool(const struct shared *shared);
struct front_stats *shared_stats(const struct shared *shared);

/* A gate_lookup; CONTEXT is the struct shared. "No" where the watchlist cannot tell, which is counted and
 * logged once. */
bool shared_is_watched(void *context, const char *message_id, size_t length);

/* A place among the messages that are being taken in. */
enum admission { ADMITTED, REFUSED_BUSY, REFUSED_SPOOL_FULL };
enum admission shared_admit(struct shared *shared, const struct settings *settings);
/* Gives the place back; SPOOLED bytes were committed. */
void shared_leave(struct shared *shared, int64_t spooled);
int shared_messages(const struct shared *shared);

/* Housekeeping, once a second from one thread: measures the spool, opens the watchlist when it comes (back),
 * moves the test clock. */
void shared_tick(struct shared *shared);

#endif
