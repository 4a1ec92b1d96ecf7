#include "base/base.h"
#include "host/watchlist.h"

#include <errno.h>
#include <lmdb.h>
#include <pthread.h>
#include <sys/stat.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

/* Ten million keys take about 700 MB; the map is address space only, and the writer doubles it when it is
 * full. */
#define MAP_SIZE_FIRST ((size_t)1 << 30)
#define READERS_MOST   1024

struct watchlist {
	MDB_env *env;
	MDB_dbi database;
	/* A map that the writer has grown is mapped anew, for which no transaction of this process may run.
	 */
	pthread_rwlock_t mapping;
};

static struct watchlist *give_up(
    struct watchlist *watchlist, const char *path, int result, const char *why, struct error *error)
{
	watchlist_close(watchlist);
	error_set(error, STATUS_IO, "watchlist %s: %s", path, why ? why : mdb_strerror(result));
	return NULL;
}

/* A file that is shorter than its own header says would end this process by SIGBUS as soon as a missing page
 * is read. */
static bool is_whole(MDB_env *env, const char *path)
{
	MDB_envinfo info;
	MDB_stat pages;
	struct stat status;
	if (mdb_env_info(env, &info) || mdb_env_stat(env, &pages) || stat(path, &status) < 0)
		return false;
	return (uint64_t)status.st_size >= ((uint64_t)info.me_last_pgno + 1) * pages.ms_psize;
}

static struct watchlist *open_with(const char *path, unsigned int flags, struct error *error)
{
	struct watchlist *watchlist = calloc(1, sizeof(*watchlist));
	if (!watchlist || pthread_rwlock_init(&watchlist->mapping, NULL))
		abort();
	int result = mdb_env_create(&watchlist->env);
	if (!result)
		result = mdb_env_set_mapsize(watchlist->env, MAP_SIZE_FIRST);
	if (!result)
		result = mdb_env_set_maxreaders(watchlist->env, READERS_MOST);
	/* MDB_NOTLS: a reader slot belongs to a transaction, not to a thread; libmilter has many that come
	 * and go. */
	if (!result)
		result = mdb_env_open(
		    watchlist->env, path, MDB_NOSUBDIR | MDB_NOTLS | MDB_NORDAHEAD | flags, 0640);
	if (result)
		return give_up(watchlist, path, result, NULL, error);
	if (!is_whole(watchlist->env, path))
		return give_up(watchlist, path, 0, "is shorter than it says: damaged", error);
	MDB_txn *transaction;
	result = mdb_txn_begin(watchlist->env, NULL, flags & MDB_RDONLY, &transaction);
	if (result)
		return give_up(watchlist, path, result, NULL, error);
	result = mdb_dbi_open(transaction, NULL, 0, &watchlist->database);
	if (result) {
		mdb_txn_abort(transaction);
		return give_up(watchlist, path, result, NULL, error);
	}
	result = mdb_txn_commit(transaction);
	if (result)
		return give_up(watchlist, path, result, NULL, error);
	return watchlist;
}

struct watchlist *watchlist_open(const char *path, struct error *error)
{
	return open_with(path, MDB_RDONLY, error);
}

struct watchlist *watchlist_create(const char *path, struct error *error)
{
	return open_with(path, 0, error);
}

void watchlist_close(struct watchlist *watchlist)
{
	if (!watchlist)
		return;
	if (watchlist->env)
		mdb_env_close(watchlist->env);
	pthread_rwlock_destroy(&watchlist->mapping);
	free(watchlist);
}

/* The hash of what stands between the angle brackets; 128 bits make an accidental equal one beyond belief. */
static XXH128_canonical_t key_of(const char *message_id, size_t length)
{
	while (length && (*message_id == ' ' || *message_id == '\t' || *message_id == '<')) {
		message_id++;
		length--;
	}
	while (length && strchr(" \t\r\n>", message_id[length - 1]))
		length--;
	XXH128_canonical_t key;
	XXH128_canonicalFromHash(&key, XXH3_128bits(message_id, length));
	return key;
}

/* MDB_MAP_RESIZED: the writer has grown the file beyond our map. */
static bool map_anew(struct watchlist *watchlist)
{
	pthread_rwlock_wrlock(&watchlist->mapping);
	bool mapped = mdb_env_set_mapsize(watchlist->env, 0) == 0;
	pthread_rwlock_unlock(&watchlist->mapping);
	return mapped;
}

static int look_up(struct watchlist *watchlist, MDB_val *key)
{
	MDB_txn *transaction;
	MDB_val value;
	pthread_rwlock_rdlock(&watchlist->mapping);
	int result = mdb_txn_begin(watchlist->env, NULL, MDB_RDONLY, &transaction);
	if (!result) {
		result = mdb_get(transaction, watchlist->database, key, &value);
		mdb_txn_abort(transaction);
	}
	pthread_rwlock_unlock(&watchlist->mapping);
	return result;
}

enum watchlist_answer watchlist_has(struct watchlist *watchlist, const char *message_id, size_t length)
{
	XXH128_canonical_t hash = key_of(message_id, length);
	MDB_val key = {sizeof(hash), &hash};
	int result = look_up(watchlist, &key);
	if (result == MDB_MAP_RESIZED && map_anew(watchlist))
		result = look_up(watchlist, &key);
	return result == 0 ? WATCHLIST_YES : result == MDB_NOTFOUND ? WATCHLIST_NO : WATCHLIST_BROKEN;
}

/* One transaction that puts or deletes all of MESSAGE_IDS. */
static int write_all_of(struct watchlist *watchlist, const char *const *message_ids, size_t count, bool add)
{
	MDB_txn *transaction;
	int result = mdb_txn_begin(watchlist->env, NULL, 0, &transaction);
	if (result)
		return result;
	for (size_t i = 0; i < count && !result; i++) {
		XXH128_canonical_t hash = key_of(message_ids[i], strlen(message_ids[i]));
		MDB_val key = {sizeof(hash), &hash}, nothing = {0, NULL};
		result = add ? mdb_put(transaction, watchlist->database, &key, &nothing, 0)
			     : mdb_del(transaction, watchlist->database, &key, NULL);
		if (!add && result == MDB_NOTFOUND)
			result = 0;
	}
	if (!result)
		return mdb_txn_commit(transaction);
	mdb_txn_abort(transaction);
	return result;
}

static bool change(
    struct watchlist *watchlist, const char *const *message_ids, size_t count, bool add, struct error *error)
{
	int dead;
	mdb_reader_check(
	    watchlist->env, &dead); /* slots of killed readers would keep old pages alive for ever */
	int result = write_all_of(watchlist, message_ids, count, add);
	MDB_envinfo info;
	while (result == MDB_MAP_FULL && !mdb_env_info(watchlist->env, &info)) {
		result = mdb_env_set_mapsize(watchlist->env, info.me_mapsize * 2);
		if (!result)
			result = write_all_of(watchlist, message_ids, count, add);
	}
	return !result || error_set(error, STATUS_IO, "watchlist: %s", mdb_strerror(result));
}

bool watchlist_add(
    struct watchlist *watchlist, const char *const *message_ids, size_t count, struct error *error)
{
	return change(watchlist, message_ids, count, true, error);
}

bool watchlist_remove(
    struct watchlist *watchlist, const char *const *message_ids, size_t count, struct error *error)
{
	return change(watchlist, message_ids, count, false, error);
}

bool watchlist_count(struct watchlist *watchlist, int64_t *count, struct error *error)
{
	MDB_stat entries;
	int result = mdb_env_stat(watchlist->env, &entries);
	if (result)
		return error_set(error, STATUS_IO, "watchlist: %s", mdb_strerror(result));
	*count = (int64_t)entries.ms_entries;
	return true;
}
