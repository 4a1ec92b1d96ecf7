/*
 * The watchlist: hashes of the Message-IDs of known threads, in LMDB (readers never wait for the writer). The clerk writes
 * it, the front maps it read-only. Losing it costs no mail: it is rebuilt from the store. No GLib here.
 */
#ifndef RELANCE_HOST_WATCHLIST_H
#define RELANCE_HOST_WATCHLIST_H

#include "base/base.h"

struct watchlist;

/* NULL with ERROR: missing, damaged, no permission. Reading only; safe to use from many threads. */
struct watchlist *watchlist_open(const char *path, struct error *error);
/* For the one writer; makes the file. */
struct watchlist *watchlist_create(const char *path, struct error *error);
void watchlist_close(struct watchlist *watchlist);

enum watchlist_answer { WATCHLIST_NO, WATCHLIST_YES, WATCHLIST_BROKEN };
/* MESSAGE_ID with or without angle brackets, compared as the bytes between them. */
enum watchlist_answer watchlist_has(struct watchlist *watchlist, const char *message_id, size_t length);
/* Adds all in one transaction (idempotent). */
bool watchlist_add(
    struct watchlist *watchlist, const char *const *message_ids, size_t count, struct error *error);
bool watchlist_remove(
    struct watchlist *watchlist, const char *const *message_ids, size_t count, struct error *error);
/* Number of keys. */
bool watchlist_count(struct watchlist *watchlist, int64_t *count, struct error *error);

#endif
