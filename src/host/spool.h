/*
 * The spool: messages of interest on their way from the front to the clerk. A message is one file,
 * new/STEM.mail:
 *
 *     relance-spool 1 STEM SIZE ENVELOPE CHECKSUM      one line of 128 bytes, filled up with spaces
 *     the message, untouched                           SIZE bytes
 *     the envelope, JSON (front/envelope.h)            ENVELOPE bytes
 *     zeros, or nothing
 *
 * so that `tail -c +129 FILE | head -c SIZE` is the mail. The file is written in tmp/, the line last,
 * fdatasynced, and renamed into new/. A stem is TIME.PID.SEQUENCE, so that names sort by arrival. No GLib
 * here: the front links it.
 *
 * A message is durable once its file is synced: the line tells for itself, by a checksum over message and
 * envelope, whether a file is whole and which message it is. So spool_recover() makes good a crash before the
 * rename, or a loss of power that undoes renames, and no folder is synced while a mail server waits;
 * spool_sync_names() does it afterwards. (The file systems of Linux and FreeBSD keep the name of a new file
 * with fsync of the file.)
 *
 * A message that the clerk is done with is overwritten with zeros, and its file waits in tmp/ for the next
 * one (spool_pool.h).
 *
 * failed/ holds what could not be read, for people to look at: STEM.eml (the bytes), STEM.json (the envelope)
 * and STEM.reason. What is put back into new/ from there, or was left there by an earlier Relance, is such a pair,
 * the envelope last; it is read as well.
 */
#ifndef RELANCE_HOST_SPOOL_H
#define RELANCE_HOST_SPOOL_H

#include "base/base.h"
#include "base/buffer.h"
#include "host/spool_form.h"

#include <sys/types.h>
#include <time.h>

struct spool_pool;

struct spool {
	int tmp; /* directory descriptors */
	int new;
	int failed;
	struct spool_pool *pool;
};

#define SPOOL_CLOSED ((struct spool){.tmp = -1, .new = -1, .failed = -1})

/* Opens DIR and its folders, makes what is missing (mode 0750). */
bool spool_open(const char *dir, struct spool *spool, struct error *error);
void spool_close(struct spool *spool);
/*
 * Locks a folder of the spool (tmp for the front, new for the clerk) for as long as it is open, and waits up to
 * PATIENCE milliseconds for who has it: a program whose relanced was killed may still end its work. False:
 * somebody still has it. (True as well where the file system knows no locks.)
 */
bool spool_own(int directory, int patience);
/* The time of arrival of the message STEM; false: it is not there. */
bool spool_arrival(int directory, const char *stem, time_t *arrival);
/* To be called once when the front starts, and owns tmp: finishes commits that were cut and deletes what else lies in tmp/.
 */
bool spool_recover(const struct spool *spool, struct error *error);

/* Writing. One entry belongs to one SMTP message; it holds no thread-local and no lock. */
struct spool_entry {
	char stem[SPOOL_STEM_SIZE];
	int file;     /* -1: none is open */
	int slot;     /* of the pool; -1: the file is a new one */
	int64_t size; /* of the message, so far */
	struct spool_checksum checksum;
};
bool spool_begin(const struct spool *spool, struct spool_entry *entry, struct error *error);
bool spool_append(struct spool_entry *entry, const void *bytes, size_t length, struct error *error);
/* Makes it durable: after true it survives kill -9 and power loss. After false nothing of it is left. */
bool spool_commit(const struct spool *spool, struct spool_entry *entry, const char *envelope_json,
    size_t length, struct error *error);
/* Makes the names of committed messages durable, too. To be called now and then by the front. */
bool spool_sync_names(const struct spool *spool, struct error *error);
void spool_abandon(const struct spool *spool, struct spool_entry *entry);

/* Reading. STEMS gets up to MOST stems of DIRECTORY (spool->new or spool->failed), each once, oldest first;
 * the return is their number, or -1. A stem may have a file and, put back from failed/, a pair: the file goes
 * first, and its removal leaves the pair to the next listing. */
int spool_list(int directory, char (*stems)[SPOOL_STEM_SIZE], int most, struct error *error);

/* An open message: SIZE bytes of FILE from START on. The caller closes FILE. */
struct spool_message {
	int file;
	int64_t start, size;
};
/*
 * Opens the message STEM read-only and gives its ENVELOPE. False: STATUS_NO where its removal was cut, to be
 * finished by spool_remove(); STATUS_DATA where it is damaged.
 */
bool spool_open_message(int directory, const char *stem, struct spool_message *message,
    struct buffer *envelope, struct error *error);
/* After the clerk's commit. An absent message is no error. */
bool spool_remove(int directory, const char *stem, struct error *error);
/* Moves a message from new/ to failed/ and keeps REASON beside it. */
bool spool_fail(const struct spool *spool, const char *stem, const char *reason, struct error *error);
/* Moves it back into new/. STATUS_NO where none of that name has failed. */
bool spool_retry(const struct spool *spool, const char *stem, struct error *error);
/* Number and bytes of the messages in a folder, as they lie on the disk. */
bool spool_measure(int directory, int64_t *count, int64_t *bytes, struct error *error);

#endif
