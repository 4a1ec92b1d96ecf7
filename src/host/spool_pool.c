#include "base/base.h"
#include "host/spool_pool.h"

#include "host/fault.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define SLOTS 1024
/* A longer file gives its blocks back: all slots together keep 64 MB at most. */
#define KEPT_SIZE_MOST 65536
/* So many slots are looked at for a free one. */
#define GIVE_TRIES 8
/* Between two looks into tmp/. */
#define LOOK_PAUSE_MICROSECONDS 5000

struct spool_pool {
	pthread_mutex_t lock; /* of what follows, for a moment */
	int tmp;
	bool taken[SLOTS];
	int known[SLOTS]; /* slots with a file, as found at the last look and not taken since */
	int known_count;
	int64_t looked_at; /* microseconds of the monotonic clock */
};

struct spool_pool *spool_pool_new(int tmp)
{
	struct spool_pool *pool = calloc(1, sizeof(*pool));
	if (!pool || pthread_mutex_init(&pool->lock, NULL))
		abort();
	pool->tmp = tmp;
	return pool;
}

void spool_pool_free(struct spool_pool *pool)
{
	if (!pool)
		return;
	pthread_mutex_destroy(&pool->lock);
	free(pool);
}

/* ---- the front ---- */

bool spool_pool_has(const char *file)
{
	return !strncmp(file, "free.", strlen("free."));
}

struct spool_name spool_pool_name(int slot)
{
	struct spool_name name;
	snprintf(name.text, sizeof(name.text), "free.%d.%d", (int)getpid(), slot);
	return name;
}

static int64_t microseconds(void)
{
	struct timespec now;
	if (clock_gettime(CLOCK_MONOTONIC, &now))
		abort();
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* Learns which slots have a file. */
static void look(struct spool_pool *pool)
{
	char prefix[32];
	const char *file;
	DIR *stream = spool_stream_open(pool->tmp, NULL);
	size_t length = (size_t)snprintf(prefix, sizeof(prefix), "free.%d.", (int)getpid());
	while (stream && spool_stream_next(stream, &file)) {
		char *end;
		if (strncmp(file, prefix, length))
			continue;
		long slot = strtol(file + length, &end, 10);
		if (!*end && slot >= 0 && slot < SLOTS && !pool->taken[slot] && pool->known_count < SLOTS)
			pool->known[pool->known_count++] = (int)slot;
	}
	if (stream)
		closedir(stream);
}

static int next_known(struct spool_pool *pool)
{
	int slot = -1;
	pthread_mutex_lock(&pool->lock);
	if (!pool->known_count && microseconds() - pool->looked_at > LOOK_PAUSE_MICROSECONDS) {
		look(pool);
		pool->looked_at = microseconds();
	}
	if (pool->known_count) {
		slot = pool->known[--pool->known_count];
		pool->taken[slot] = true;
	}
	pthread_mutex_unlock(&pool->lock);
	return slot;
}

int spool_pool_take(struct spool_pool *pool, int *slot)
{
	while ((*slot = next_known(pool)) >= 0) {
		int file = openat(pool->tmp, spool_pool_name(*slot).text, O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
		if (file >= 0)
			return file;
		spool_pool_forget(pool, *slot);
	}
	return -1;
}

void spool_pool_forget(struct spool_pool *pool, int slot)
{
	if (slot < 0)
		return;
	pthread_mutex_lock(&pool->lock);
	pool->taken[slot] = false;
	pthread_mutex_unlock(&pool->lock);
}

/* ---- the clerk ---- */

/* Overwrites the message in FILE, its first line first: without that there is none. */
static bool overwrite(int file, const struct stat *status)
{
	static const char zeros[KEPT_SIZE_MOST];
	struct spool_form form;
	int64_t used = status->st_size;
	if (used > KEPT_SIZE_MOST)
		return ftruncate(file, 0) == 0;
	if (spool_form_read(file, &form) == SPOOL_WHOLE) /* behind it there are zeros already */
		used = SPOOL_HEAD_SIZE + form.size + form.envelope;
	return pwrite(file, zeros, (size_t)used, 0) == used;
}

/* The file may be overwritten unless it has another name elsewhere, such as in somebody's backup. */
static bool overwrite_named(int directory, struct spool_name name)
{
	struct stat status;
	int file = openat(directory, name.text, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
	if (file < 0)
		return false;
	bool done = fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_nlink == 1 &&
		    overwrite(file, &status);
	return close(file) == 0 && done;
}

/* A name for it in tmp/ that no file has: the front of STEM and a free slot. */
static bool find_slot(int directory, const char *stem, struct spool_name *name)
{
	static atomic_uint next;
	const char *pid = strchr(stem, '.');
	size_t length = pid ? strspn(pid + 1, "0123456789") : 0;
	if (!length || length > 10 || pid[1 + length] != '.')
		return false;
	for (int i = 0; i < GIVE_TRIES; i++) {
		snprintf(name->text, sizeof(name->text), "../tmp/free.%.*s.%u", (int)length, pid + 1,
		    atomic_fetch_add(&next, 1) % SLOTS);
		if (!spool_name_exists(directory, *name))
			return true;
	}
	return false;
}

bool spool_pool_give(int directory, struct spool_name name, const char *stem)
{
	struct spool_name slot;
	if (!find_slot(directory, stem, &slot) || !overwrite_named(directory, name))
		return false;
	fault_point("clerk.overwritten");
	return renameat(directory, name.text, directory, slot.text) == 0;
}
