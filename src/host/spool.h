/*
 * The spool: messages of interest on their way from the front to the clerk. A message is two files of the
 * same stem: STEM.eml, the untouched bytes, and STEM.json, the envelope. Both are written and fdatasynced in
 * tmp/, then renamed into new/, the envelope last: its presence in new/ is what makes a message exist. A stem
 * is TIME.PID.SEQUENCE, so that names sort by arrival. No GLib here: the front links it.
 *
 * A message is durable once both files are synced: a crash before the renames, or a loss of power that undoes
 * them, is made good by spool_recover(). So no folder is synced while a mail server waits; spool_sync_names()
 * does it afterwards. (The file systems of Linux and FreeBSD keep the name of a new file with fsync of the
 * file.)
 */
#ifndef RELANCE_HOST_SPOOL_H
#define RELANCE_HOST_SPOOL_H

#include "base/base.h"
#include "base/buffer.h"

#include <sys/types.h>

#define SPOOL_STEM_SIZE 64

struct spool {
	int tmp; /* directory descriptors */
	int new;
	int failed; /* what could not be read, with STEM.reason */
};

/* Opens DIR and its folders, makes what is missing (mode 0750). */
bool spool_open(const char *dir, struct spool *spool, struct error *error);
void spool_close(struct spool *spool);
/*
 * To be called once when the front starts: finishes commits that were cut - the envelope's name in tmp/ holds
 * the message's size, so that whole pairs are known -, and deletes what else lies in tmp/.
 */
bool spool_recover(const struct spool *spool, struct error *error);

/* Writing. One entry belongs to one SMTP message; it holds no thread-local and no lock. */
struct spool_entry {
	char stem[SPOOL_STEM_SIZE];
	int eml; /* -1: none is open */
	int64_t size;
};
bool spool_begin(const struct spool *spool, struct spool_entry *entry, struct error *error);
bool spool_append(struct spool_entry *entry, const void *bytes, size_t length, struct error *error);
/* Makes it durable: after true it survives kill -9 and power loss. After false nothing of it is left. */
bool spool_commit(const struct spool *spool, struct spool_entry *entry, const char *envelope_json,
    size_t length, struct error *error);
/* Makes the names of committed messages durable, too. To be called now and then by the front. */
bool spool_sync_names(const struct spool *spool, struct error *error);
void spool_abandon(const struct spool *spool, struct spool_entry *entry);

/* Reading. STEMS gets up to MOST stems of DIRECTORY (spool->new or spool->failed), oldest first; the return
 * is their number, or -1. */
int spool_list(int directory, char (*stems)[SPOOL_STEM_SIZE], int most, struct error *error);
/* Opens STEM.eml read-only; -1 with ERROR. */
int spool_open_message(int directory, const char *stem, struct error *error);
bool spool_read_envelope(int directory, const char *stem, struct buffer *json, struct error *error);
/* After the clerk's commit: removes both files, the envelope first; emptied at once, they wait in tmp/ to be
 * used for the next messages. Absent files are no error. */
bool spool_remove(int directory, const char *stem, struct error *error);
/* Moves a message from new/ to failed/ and keeps REASON beside it. */
bool spool_fail(const struct spool *spool, const char *stem, const char *reason, struct error *error);
/* Moves it back into new/. */
bool spool_retry(const struct spool *spool, const char *stem, struct error *error);
/* Number and bytes of the messages in a folder. */
bool spool_measure(int directory, int64_t *count, int64_t *bytes, struct error *error);

#endif
