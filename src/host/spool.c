#include "base/base.h"
#include "host/spool.h"

#include "host/clock.h"
#include "host/fault.h"
#include "host/file.h"
#include "host/spool_name.h"
#include "host/spool_pool.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdatomic.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- opening ---- */

static bool folder_open(const char *dir, const char *name, int *descriptor, struct error *error)
{
	struct buffer path = BUFFER_EMPTY;
	buffer_printf(&path, "%s/%s", dir, name);
	bool opened = folder_make(path.bytes, 0750, error);
	if (opened) {
		*descriptor = open(path.bytes, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		opened = *descriptor >= 0 || error_set_errno(error, STATUS_IO, errno, "%s", path.bytes);
	}
	buffer_clear(&path);
	return opened;
}

bool spool_open(const char *dir, struct spool *spool, struct error *error)
{
	*spool = SPOOL_CLOSED;
	if (!folder_make(dir, 0750, error) || !folder_open(dir, "tmp", &spool->tmp, error) ||
	    !folder_open(dir, "new", &spool->new, error) ||
	    !folder_open(dir, "failed", &spool->failed, error)) {
		spool_close(spool);
		return false;
	}
	spool->pool = spool_pool_new(spool->tmp);
	return true;
}

void spool_close(struct spool *spool)
{
	int descriptors[] = {spool->tmp, spool->new, spool->failed};
	for (size_t i = 0; i < ARRAY_LENGTH(descriptors); i++)
		if (descriptors[i] >= 0)
			close(descriptors[i]);
	spool_pool_free(spool->pool);
	*spool = SPOOL_CLOSED;
}

#define OWN_PAUSE 50 /* milliseconds */

bool spool_own(int directory, int patience)
{
	for (int waited = 0; flock(directory, LOCK_EX | LOCK_NB) != 0; waited += OWN_PAUSE) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return true;
		if (waited >= patience)
			return false;
		poll(NULL, 0, OWN_PAUSE);
	}
	return true;
}

/* ---- writing ---- */

/* Where the file of ENTRY lies in tmp/. */
static struct spool_name temporary_name(const struct spool_entry *entry)
{
	return entry->slot >= 0 ? spool_pool_name(entry->slot) : spool_name_of(entry->stem, ".mail");
}

/* Closes the file of ENTRY and removes it from tmp/. */
static void throw_away(const struct spool *spool, struct spool_entry *entry)
{
	close(entry->file);
	entry->file = -1;
	spool_name_drop(spool->tmp, temporary_name(entry), NULL);
	spool_pool_forget(spool->pool, entry->slot);
}

bool spool_begin(const struct spool *spool, struct spool_entry *entry, struct error *error)
{
	static atomic_uint sequence;
	int length = snprintf(entry->stem, sizeof(entry->stem), "%016" PRId64 ".%d.%u",
	    clock_now_microseconds(), (int)getpid(), atomic_fetch_add(&sequence, 1));
	if (length < 0 || (size_t)length >= sizeof(entry->stem))
		abort();
	entry->size = 0;
	spool_checksum_init(&entry->checksum);
	entry->file = spool_pool_take(spool->pool, &entry->slot);
	if (entry->file < 0)
		entry->file = openat(spool->tmp, temporary_name(entry).text,
		    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0640);
	if (entry->file < 0)
		return error_set_errno(error, STATUS_CANNOT_CREATE, errno, "spool: %s", entry->stem);
	if (lseek(entry->file, SPOOL_HEAD_SIZE, SEEK_SET) == SPOOL_HEAD_SIZE)
		return true;
	error_set_errno(error, STATUS_IO, errno, "spool: %s", entry->stem);
	throw_away(spool, entry);
	return false;
}

static bool write_on(struct spool_entry *entry, const void *bytes, size_t length)
{
	spool_checksum_add(&entry->checksum, bytes, length);
	return write_all(entry->file, bytes, length);
}

bool spool_append(struct spool_entry *entry, const void *bytes, size_t length, struct error *error)
{
	if (!write_on(entry, bytes, length))
		return error_set_errno(error, STATUS_IO, errno, "spool: %s", entry->stem);
	entry->size += (int64_t)length;
	return true;
}

/* Whether the file that was written is the one that will be renamed: another front may have thrown it away.
 */
static bool is_in_place(const struct spool *spool, const struct spool_entry *entry)
{
	struct stat written, named;
	bool same = fstat(entry->file, &written) == 0 &&
		    fstatat(spool->tmp, temporary_name(entry).text, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
		    written.st_ino == named.st_ino;
	if (!same)
		errno = ESTALE;
	return same;
}

/* The first line, which makes the file a message. */
static bool write_head(const struct spool_entry *entry, size_t envelope)
{
	struct spool_form form = {.size = entry->size, .envelope = (int64_t)envelope};
	char head[SPOOL_HEAD_SIZE];
	memcpy(form.stem, entry->stem, sizeof(form.stem));
	spool_form_write(&form, &entry->checksum, head);
	ssize_t written = pwrite(entry->file, head, sizeof(head), 0);
	if (written >= 0 && written < (ssize_t)sizeof(head))
		errno = ENOSPC;
	return written == (ssize_t)sizeof(head);
}

bool spool_commit(const struct spool *spool, struct spool_entry *entry, const char *envelope_json,
    size_t length, struct error *error)
{
	struct spool_name name = spool_name_of(entry->stem, ".mail");
	bool done = length <= SPOOL_ENVELOPE_MOST;
	if (!done)
		errno = EMSGSIZE;
	done = done && write_on(entry, envelope_json, length) && write_head(entry, length);
	fault_point("front.spool.written");
	done = done && fdatasync(entry->file) == 0;
	fault_point("front.spool.synced");
	done = done && is_in_place(spool, entry) &&
	       renameat(spool->tmp, temporary_name(entry).text, spool->new, name.text) == 0;
	if (!done) {
		error_set_errno(error, STATUS_IO, errno, "spool: %s", entry->stem);
		throw_away(spool, entry);
		return false;
	}
	fault_point("front.spool.committed");
	close(entry->file); /* its bytes are synced: nothing can be lost here */
	entry->file = -1;
	spool_pool_forget(spool->pool, entry->slot);
	return true;
}

bool spool_sync_names(const struct spool *spool, struct error *error)
{
	return folder_sync(spool->new, error) && folder_sync(spool->tmp, error);
}

void spool_abandon(const struct spool *spool, struct spool_entry *entry)
{
	if (entry->file >= 0)
		throw_away(spool, entry);
}
