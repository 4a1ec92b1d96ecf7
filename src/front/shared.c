#include "base/base.h"
#include "front/shared.h"

#include "base/log.h"
#include "host/clock.h"
#include "host/watchlist.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>

struct settings_use {
	atomic_int users;
	struct settings settings;
};

struct shared {
	pthread_mutex_t settings_lock; /* of the pointer alone, for the moment of taking or replacing it */
	struct settings_use *settings;
	struct spool spool;
	struct front_stats *stats;
	atomic_int messages;
	_Atomic int64_t spool_bytes; /* as measured at the last tick, and what came since */
	int measure_after;	     /* ticks; the housekeeper's own */
	atomic_bool names_new;	     /* messages were committed since their names were last made durable */

	pthread_rwlock_t watchlist_lock; /* written only while the file is opened or closed */
	struct watchlist *watchlist;
	atomic_bool watchlist_broken; /* a look-up failed: to be opened anew */
	bool watchlist_told;	      /* its absence was logged; the housekeeper's own */
	dev_t watchlist_device;
	ino_t watchlist_inode;
};

static void watchlist_tick(struct shared *shared);

static struct settings_use *use_new(struct settings *settings)
{
	struct settings_use *use = calloc(1, sizeof(*use));
	if (!use)
		abort();
	atomic_init(&use->users, 1);
	use->settings = *settings;
	memset(settings, 0, sizeof(*settings));
	return use;
}

#define OWN_PATIENCE 4000 /* milliseconds: longer than a front that is told to leave takes */

/* What a front left behind that still lives is not waste. */
static bool own_spool(const struct spool *spool, struct error *error)
{
	if (spool_own(spool->tmp, OWN_PATIENCE))
		return spool_recover(spool, error);
	log_event(LOG_IS_ERROR, NULL, "spool",
	    "error=another front still writes there: what it leaves is looked at by the next one");
	return true;
}

struct shared *shared_new(struct settings *settings, struct error *error)
{
	struct shared *shared = calloc(1, sizeof(*shared));
	if (!shared || pthread_mutex_init(&shared->settings_lock, NULL) ||
	    pthread_rwlock_init(&shared->watchlist_lock, NULL))
		abort();
	shared->spool = SPOOL_CLOSED;
	shared->settings = use_new(settings);
	const struct settings *taken = &shared->settings->settings;
	shared->stats = front_stats_open(taken->run_dir, error);
	if (!shared->stats || !spool_open(taken->spool_dir, &shared->spool, error) ||
	    !own_spool(&shared->spool, error)) {
		shared_free(shared);
		return NULL;
	}
	shared_tick(shared);
	return shared;
}

void shared_free(struct shared *shared)
{
	spool_close(&shared->spool);
	watchlist_close(shared->watchlist);
	front_stats_close(shared->stats);
	shared_settings_give(shared->settings);
	pthread_mutex_destroy(&shared->settings_lock);
	pthread_rwlock_destroy(&shared->watchlist_lock);
	free(shared);
}

/* ---- settings ---- */

struct settings_use *shared_settings_take(struct shared *shared)
{
	pthread_mutex_lock(&shared->settings_lock);
	struct settings_use *use = shared->settings;
	atomic_fetch_add(&use->users, 1);
	pthread_mutex_unlock(&shared->settings_lock);
	return use;
}

void shared_settings_give(struct settings_use *use)
{
	if (!use || atomic_fetch_sub(&use->users, 1) != 1)
		return;
	settings_clear(&use->settings);
	free(use);
}

const struct settings *settings_of(const struct settings_use *use)
{
	return &use->settings;
}

bool shared_settings_replace(struct shared *shared, struct settings *settings, struct error *error)
{
	/* The socket and the folders are open; only this thread replaces the pointer, so it may read it. */
	const struct settings *old = &shared->settings->settings;
	if (strcmp(old->socket, settings->socket) || strcmp(old->spool_dir, settings->spool_dir) ||
	    strcmp(old->run_dir, settings->run_dir)) {
		settings_clear(settings);
		return error_set(
		    error, STATUS_CONFIG, "socket, spool_dir and run_dir change only at a restart");
	}
	struct settings_use *fresh = use_new(settings);
	pthread_mutex_lock(&shared->settings_lock);
	struct settings_use *replaced = shared->settings;
	shared->settings = fresh;
	pthread_mutex_unlock(&shared->settings_lock);
	shared_settings_give(replaced);
	return true;
}

const struct spool *shared_spool(const struct shared *shared)
{
	return &shared->spool;
}

struct front_stats *shared_stats(const struct shared *shared)
{
	return shared->stats;
}

/* ---- caps ---- */

enum admission shared_admit(struct shared *shared, const struct settings *settings)
{
	if (atomic_load(&shared->spool_bytes) >= settings->max_spool_size)
		return REFUSED_SPOOL_FULL;
	if (atomic_fetch_add(&shared->messages, 1) >= settings->max_messages) {
		atomic_fetch_sub(&shared->messages, 1);
		return REFUSED_BUSY;
	}
	return ADMITTED;
}

void shared_leave(struct shared *shared, int64_t spooled)
{
	atomic_fetch_add(&shared->spool_bytes, spooled);
	if (spooled)
		atomic_store(&shared->names_new, true);
	atomic_fetch_sub(&shared->messages, 1);
}

int shared_messages(const struct shared *shared)
{
	return atomic_load(&shared->messages);
}

/* ---- the watchlist ---- */

bool shared_is_watched(void *context, const char *message_id, size_t length)
{
	struct shared *shared = context;
	enum watchlist_answer answer = WATCHLIST_BROKEN;
	pthread_rwlock_rdlock(&shared->watchlist_lock);
	if (shared->watchlist) {
		answer = watchlist_has(shared->watchlist, message_id, length);
		if (answer == WATCHLIST_BROKEN)
			atomic_store(&shared->watchlist_broken, true);
	}
	pthread_rwlock_unlock(&shared->watchlist_lock);
	if (answer == WATCHLIST_BROKEN)
		front_stats_add(shared->stats, FRONT_WATCHLIST_MISSED);
	return answer == WATCHLIST_YES;
}

/* LMDB allows one opening of a file in a process: the old one is closed before. */
static void watchlist_change(struct shared *shared, const char *path, const struct stat *status)
{
	static struct log_throttle throttle;
	struct error error = {0};
	bool was_broken = atomic_exchange(&shared->watchlist_broken, false);
	pthread_rwlock_wrlock(&shared->watchlist_lock);
	watchlist_close(shared->watchlist);
	shared->watchlist = status ? watchlist_open(path, &error) : NULL;
	bool opened = shared->watchlist != NULL;
	pthread_rwlock_unlock(&shared->watchlist_lock);
	if (opened) {
		shared->watchlist_device = status->st_dev;
		shared->watchlist_inode = status->st_ino;
	}
	if (opened && was_broken) /* the next look-up may find it so again */
		log_throttled(
		    &throttle, LOG_IS_WARNING, NULL, "watchlist", "state=broken opened=anew path=%s", path);
	else if (opened)
		log_event(LOG_IS_EVENT, NULL, "watchlist", "state=open path=%s", path);
	else if (!shared->watchlist_told)
		log_event(LOG_IS_WARNING, NULL, "watchlist",
		    "state=missing only=configured-addresses path=%s%s%s", path, status ? " error=" : "",
		    error.text);
	shared->watchlist_told = !opened;
}

static void watchlist_tick(struct shared *shared)
{
	struct buffer path = BUFFER_EMPTY;
	struct stat status;
	buffer_printf(&path, "%s/watchlist", shared->settings->settings.run_dir);
	bool there = stat(path.bytes, &status) == 0;
	bool same = there && shared->watchlist && status.st_dev == shared->watchlist_device &&
		    status.st_ino == shared->watchlist_inode && !atomic_load(&shared->watchlist_broken);
	/* Where there was none and is none, the first call says so, and the others have nothing to do. */
	if (!same && (there || shared->watchlist || !shared->watchlist_told))
		watchlist_change(shared, path.bytes, there ? &status : NULL);
	buffer_clear(&path);
}

void shared_tick(struct shared *shared)
{
	int64_t count, bytes;
	struct error error = {0};
	/* A look at every file, so the more there are the rarer: 5000 take about a hundredth of a second. */
	if (shared->measure_after-- <= 0 && spool_measure(shared->spool.new, &count, &bytes, &error)) {
		atomic_store(&shared->spool_bytes, bytes);
		shared->measure_after = (int)(count / 5000);
	}
	static struct log_throttle throttle;
	if (atomic_exchange(&shared->names_new, false) && !spool_sync_names(&shared->spool, &error))
		log_throttled(&throttle, LOG_IS_ERROR, NULL, "spool", "error=%s", error.text);
	watchlist_tick(shared);
	const struct settings *settings = &shared->settings->settings;
	if (settings->test_clock)
		clock_load(
		    settings->run_dir, NULL); /* a wrong file leaves the clock as it is; the clerk tells */
}
