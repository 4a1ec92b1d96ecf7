#include "base/base.h"
#include "host/spool.h"

#include "host/clock.h"
#include "host/fault.h"
#include "host/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <unistd.h>

#define ENVELOPE_SIZE_MOST 4000000

/* A stem and what comes behind it: ".eml", ".json", ".reason". */
struct name {
	char text[SPOOL_STEM_SIZE + 8];
};

static struct name name_of(const char *stem, const char *suffix)
{
	struct name name;
	int length = snprintf(name.text, sizeof(name.text), "%s%s", stem, suffix);
	if (length < 0 || (size_t)length >= sizeof(name.text))
		abort(); /* stems are bounded where they are made and where they are listed */
	return name;
}

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
	*spool = (struct spool){-1, -1, -1};
	if (folder_make(dir, 0750, error) && folder_open(dir, "tmp", &spool->tmp, error) &&
	    folder_open(dir, "new", &spool->new, error) && folder_open(dir, "failed", &spool->failed, error))
		return true;
	spool_close(spool);
	return false;
}

void spool_close(struct spool *spool)
{
	int descriptors[] = {spool->tmp, spool->new, spool->failed};
	for (size_t i = 0; i < ARRAY_LENGTH(descriptors); i++)
		if (descriptors[i] >= 0)
			close(descriptors[i]);
	*spool = (struct spool){-1, -1, -1};
}

/* ---- walking a folder ---- */

/* The folder's stream over a descriptor of its own, since streams share the position of theirs. */
static DIR *stream_open(int directory, struct error *error)
{
	int own = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *stream = own >= 0 ? fdopendir(own) : NULL;
	if (!stream) {
		error_set_errno(error, STATUS_IO, errno, "spool folder");
		if (own >= 0)
			close(own);
	}
	return stream;
}

/* False at the end; a failing readdir(3) is taken as the end, the next walk sees the rest. */
static bool stream_next(DIR *stream, const char **name)
{
	struct dirent *entry;
	do
		entry = readdir(stream);
	while (entry && entry->d_name[0] == '.');
	*name = entry ? entry->d_name : NULL;
	return entry != NULL;
}

/* Copies the stem of NAME where it ends in SUFFIX. */
static bool stem_of(const char *name, const char *suffix, char stem[SPOOL_STEM_SIZE])
{
	size_t length = strlen(name), tail = strlen(suffix);
	if (length <= tail || length - tail >= SPOOL_STEM_SIZE || strcmp(name + length - tail, suffix))
		return false;
	memcpy(stem, name, length - tail);
	stem[length - tail] = '\0';
	return true;
}

static bool exists(int directory, struct name name)
{
	struct stat status;
	return fstatat(directory, name.text, &status, AT_SYMLINK_NOFOLLOW) == 0;
}

static bool move(int from, int to, struct name name, struct error *error)
{
	if (renameat(from, name.text, to, name.text) == 0)
		return true;
	return error_set_errno(error, STATUS_IO, errno, "spool: moving %s", name.text);
}

/* Removes NAME; a missing one is no error. */
static bool drop(int directory, struct name name, struct error *error)
{
	if (unlinkat(directory, name.text, 0) == 0 || errno == ENOENT)
		return true;
	return error_set_errno(error, STATUS_IO, errno, "spool: removing %s", name.text);
}

/* ---- files that are used again ----
 *
 * ext4 looks past every inode that was deleted in the last minutes when it makes a file. A spool that makes
 * and deletes two files a message spends most of its time there, so what the clerk has done with waits in
 * tmp/, empty, for the front.
 */

#define FREE_FILES 256
#define FREE_TRIES 16

static struct name free_name(unsigned int number)
{
	struct name name;
	snprintf(name.text, sizeof(name.text), "free.%u", number % FREE_FILES);
	return name;
}

/* Gives NAME in tmp/ to a free file; false: there is none within reach. */
static bool take_free(const struct spool *spool, struct name name)
{
	static atomic_uint next;
	unsigned int first = atomic_fetch_add(&next, 1);
	for (unsigned int i = 0; i < FREE_TRIES; i++)
		if (renameat(spool->tmp, free_name(first + i).text, spool->tmp, name.text) == 0)
			return true;
	atomic_fetch_add(&next, FREE_TRIES);
	return false;
}

/* A new or a used file of that name in tmp/, empty and open for writing; -1 with ERROR. */
static int file_make(const struct spool *spool, struct name name, struct error *error)
{
	int how = take_free(spool, name) ? O_TRUNC : O_CREAT | O_EXCL;
	int file = openat(spool->tmp, name.text, O_WRONLY | O_NOFOLLOW | O_CLOEXEC | how, 0640);
	if (file < 0)
		error_set_errno(error, STATUS_CANNOT_CREATE, errno, "spool: %s", name.text);
	return file;
}

/* Empties FILE in DIRECTORY, where nobody else knows its name, unless it has another name elsewhere. */
static bool make_empty(int directory, const char *file)
{
	struct stat status;
	int open_file = openat(directory, file, O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
	if (open_file < 0)
		return false;
	bool emptied = fstat(open_file, &status) == 0 && S_ISREG(status.st_mode) && status.st_nlink == 1 &&
		       ftruncate(open_file, 0) == 0;
	return close(open_file) == 0 && emptied;
}

/* Removes NAME from DIRECTORY, a sister of tmp/, and keeps its file for the next message where there is room.
 */
static bool drop_and_keep(int directory, struct name name, struct error *error)
{
	static atomic_uint next;
	char used[SPOOL_STEM_SIZE + 24], kept[SPOOL_STEM_SIZE + 24];
	struct stat status;
	struct name slot = free_name(atomic_fetch_add(&next, 1));
	snprintf(used, sizeof(used), "../tmp/used.%s", name.text);
	snprintf(kept, sizeof(kept), "../tmp/%s", slot.text);
	if (fstatat(directory, kept, &status, AT_SYMLINK_NOFOLLOW) == 0 ||
	    renameat(directory, name.text, directory, used) < 0)
		return drop(directory, name, error);
	if (!make_empty(directory, used) || renameat(directory, used, directory, kept) < 0)
		unlinkat(directory, used, 0);
	return true;
}

/* ---- recovery ---- */

/* The envelope's name in tmp/ until its commit: it tells the size of the message that it belongs to. */
static struct name temporary_envelope(const char *stem, int64_t size)
{
	char suffix[32];
	snprintf(suffix, sizeof(suffix), ".%" PRId64 ".json", size);
	return name_of(stem, suffix);
}

/* Splits such a name. */
static bool temporary_split(const char *file, char stem[SPOOL_STEM_SIZE], int64_t *size)
{
	if (!stem_of(file, ".json", stem))
		return false;
	char *dot = strrchr(stem, '.');
	char *end;
	if (!dot || dot[1] < '0' || dot[1] > '9')
		return false;
	*size = strtoll(dot + 1, &end, 10);
	*dot = '\0';
	return !*end;
}

static int64_t size_of(int directory, struct name name)
{
	struct stat status;
	return fstatat(directory, name.text, &status, AT_SYMLINK_NOFOLLOW) == 0 ? status.st_size : -1;
}

/* Whether the envelope was written to its end, which is a newline. */
static bool is_whole_envelope(int directory, const char *file)
{
	struct buffer json = BUFFER_EMPTY;
	bool whole = file_read_at(directory, file, ENVELOPE_SIZE_MOST, &json, NULL) && json.length &&
		     json.bytes[json.length - 1] == '\n';
	buffer_clear(&json);
	return whole;
}

static struct name name_from(const char *file)
{
	struct name name = {""};
	if (strlen(file) < sizeof(name.text))
		memcpy(name.text, file, strlen(file) + 1);
	return name;
}

/* An envelope in tmp/ whose message is whole, there or already in new/: the commit is finished. */
static bool recover_pair(const struct spool *spool, const char *file, struct error *error)
{
	char stem[SPOOL_STEM_SIZE];
	int64_t size;
	if (!temporary_split(file, stem, &size) || !is_whole_envelope(spool->tmp, file))
		return true;
	struct name eml = name_of(stem, ".eml"), json = name_of(stem, ".json");
	if (size_of(spool->tmp, eml) == size && !move(spool->tmp, spool->new, eml, error))
		return false;
	if (size_of(spool->new, eml) != size ||
	    renameat(spool->tmp, name_from(file).text, spool->new, json.text) == 0)
		return true;
	return error_set_errno(error, STATUS_IO, errno, "spool: moving %s", file);
}

/* What is left in tmp/: waste, or the message of an envelope whose rename alone outlived a loss of power. */
static bool recover_rest(const struct spool *spool, const char *file, struct error *error)
{
	char stem[SPOOL_STEM_SIZE];
	struct name name = name_from(file);
	if (!*name.text)
		return true; /* not ours */
	if (stem_of(file, ".eml", stem) && exists(spool->new, name_of(stem, ".json")))
		return move(spool->tmp, spool->new, name, error);
	return drop(spool->tmp, name, error);
}

/* A message in new/ without an envelope is what a removal leaves that was cut, as the envelope goes first. */
static bool recover_new(const struct spool *spool, const char *file, struct error *error)
{
	char stem[SPOOL_STEM_SIZE];
	if (!stem_of(file, ".eml", stem) || exists(spool->new, name_of(stem, ".json")))
		return true;
	return drop(spool->new, name_of(stem, ".eml"), error);
}

static bool recover_folder(const struct spool *spool, int folder,
    bool (*recover)(const struct spool *, const char *, struct error *), struct error *error)
{
	DIR *stream = stream_open(folder, error);
	if (!stream)
		return false;
	bool done = true;
	const char *file;
	while (done && stream_next(stream, &file))
		done = recover(spool, file, error);
	closedir(stream);
	return done;
}

bool spool_recover(const struct spool *spool, struct error *error)
{
	return recover_folder(spool, spool->tmp, recover_pair, error) &&
	       recover_folder(spool, spool->tmp, recover_rest, error) &&
	       recover_folder(spool, spool->new, recover_new, error) && spool_sync_names(spool, error);
}

/* ---- writing ---- */

bool spool_begin(const struct spool *spool, struct spool_entry *entry, struct error *error)
{
	static atomic_uint sequence;
	int length = snprintf(entry->stem, sizeof(entry->stem), "%016" PRId64 ".%d.%u",
	    clock_now_microseconds(), (int)getpid(), atomic_fetch_add(&sequence, 1));
	if (length < 0 || (size_t)length >= sizeof(entry->stem))
		abort();
	entry->size = 0;
	entry->eml = file_make(spool, name_of(entry->stem, ".eml"), error);
	return entry->eml >= 0;
}

bool spool_append(struct spool_entry *entry, const void *bytes, size_t length, struct error *error)
{
	if (!write_all(entry->eml, bytes, length))
		return error_set_errno(error, STATUS_IO, errno, "spool: %s", entry->stem);
	entry->size += (int64_t)length;
	return true;
}

/* Starts writing FILE out without waiting, so that it is in the same journal commit as the next file that is
 * synced. */
static void start_writing(int file)
{
#ifdef SYNC_FILE_RANGE_WRITE
	sync_file_range(file, 0, 0, SYNC_FILE_RANGE_WRITE);
#else
	(void)file;
#endif
}

/* Syncs and closes FILE, whatever fails. */
static bool sync_and_close(int *file, const char *stem, struct error *error)
{
	bool synced = fdatasync(*file) == 0;
	int number = errno;
	if (close(*file) < 0 && synced) {
		number = errno;
		synced = false;
	}
	*file = -1;
	return synced || error_set_errno(error, STATUS_IO, number, "spool: %s", stem);
}

static bool text_write(int directory, struct name name, const char *text, size_t length, struct error *error)
{
	int file = openat(directory, name.text, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
	if (file < 0)
		return error_set_errno(error, STATUS_CANNOT_CREATE, errno, "spool: %s", name.text);
	bool written = write_all(file, text, length) && fdatasync(file) == 0;
	int number = errno;
	if (close(file) < 0 && written) {
		number = errno;
		written = false;
	}
	return written || error_set_errno(error, STATUS_IO, number, "spool: %s", name.text);
}

/* Writes the envelope into tmp/ and gives its open file; -1 with ERROR. */
static int envelope_write_out(
    const struct spool *spool, struct name name, const char *json, size_t length, struct error *error)
{
	int file = file_make(spool, name, error);
	if (file >= 0 && !write_all(file, json, length)) {
		error_set_errno(error, STATUS_IO, errno, "spool: %s", name.text);
		close(file);
		file = -1;
	}
	return file;
}

bool spool_commit(const struct spool *spool, struct spool_entry *entry, const char *envelope_json,
    size_t length, struct error *error)
{
	struct name eml = name_of(entry->stem, ".eml"), json = name_of(entry->stem, ".json");
	struct name temporary = temporary_envelope(entry->stem, entry->size);
	int envelope = envelope_write_out(spool, temporary, envelope_json, length, error);
	bool done = envelope >= 0;
	if (done)
		start_writing(envelope);
	done = sync_and_close(&entry->eml, entry->stem, done ? error : NULL) && done;
	fault_point("front.spool.eml-synced");
	done = (envelope < 0 || sync_and_close(&envelope, entry->stem, done ? error : NULL)) && done;
	fault_point("front.spool.json-synced");
	done = done && move(spool->tmp, spool->new, eml, error);
	fault_point("front.spool.eml-renamed");
	if (done && renameat(spool->tmp, temporary.text, spool->new, json.text) < 0)
		done = error_set_errno(error, STATUS_IO, errno, "spool: moving %s", json.text);
	fault_point("front.spool.committed");
	if (!done) {
		drop(spool->new, eml, NULL);
		drop(spool->tmp, temporary, NULL);
		drop(spool->tmp, eml, NULL);
	}
	return done;
}

bool spool_sync_names(const struct spool *spool, struct error *error)
{
	return folder_sync(spool->new, error) && folder_sync(spool->tmp, error);
}

void spool_abandon(const struct spool *spool, struct spool_entry *entry)
{
	if (entry->eml < 0)
		return;
	close(entry->eml);
	entry->eml = -1;
	drop(spool->tmp, name_of(entry->stem, ".eml"), NULL);
}

/* ---- reading ---- */

static int compare_stems(const void *a, const void *b)
{
	return strcmp(a, b);
}

int spool_list(int directory, char (*stems)[SPOOL_STEM_SIZE], int most, struct error *error)
{
	DIR *stream = stream_open(directory, error);
	if (!stream)
		return -1;
	char(*all)[SPOOL_STEM_SIZE] = NULL;
	size_t count = 0, room = 0;
	const char *file;
	while (stream_next(stream, &file)) {
		if (count == room) {
			room = room ? room * 2 : 256;
			all = reallocarray(all, room, sizeof(*all));
			if (!all)
				abort();
		}
		count += stem_of(file, ".json", all[count]);
	}
	closedir(stream);
	if (count)
		qsort(all, count, sizeof(*all), compare_stems);
	int listed = count < (size_t)most ? (int)count : most;
	for (int i = 0; i < listed; i++)
		memcpy(stems[i], all[i], sizeof(*stems));
	free(all);
	return listed;
}

int spool_open_message(int directory, const char *stem, struct error *error)
{
	int file = openat(directory, name_of(stem, ".eml").text, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (file < 0)
		error_set_errno(error, STATUS_IO, errno, "spool: %s.eml", stem);
	return file;
}

bool spool_read_envelope(int directory, const char *stem, struct buffer *json, struct error *error)
{
	return file_read_at(directory, name_of(stem, ".json").text, ENVELOPE_SIZE_MOST, json, error);
}

bool spool_remove(int directory, const char *stem, struct error *error)
{
	/* Not synced: a message that comes back after a power loss is one that the clerk already knows. */
	return drop_and_keep(directory, name_of(stem, ".json"), error) &&
	       drop_and_keep(directory, name_of(stem, ".eml"), error) &&
	       drop(directory, name_of(stem, ".reason"), error);
}

/* Moves both files. The message's bytes are linked before and unlinked after the envelope moves, so that a
 * cut leaves a whole message on one side, and at worst bytes without an envelope on the other. */
static bool entry_move(int from, int to, const char *stem, struct error *error)
{
	struct name eml = name_of(stem, ".eml"), json = name_of(stem, ".json");
	if (linkat(from, eml.text, to, eml.text, 0) < 0 && errno != EEXIST && errno != ENOENT)
		return error_set_errno(error, STATUS_IO, errno, "spool: moving %s", eml.text);
	return folder_sync(to, error) && move(from, to, json, error) && folder_sync(to, error) &&
	       drop(from, eml, error) && folder_sync(from, error);
}

bool spool_fail(const struct spool *spool, const char *stem, const char *reason, struct error *error)
{
	return text_write(spool->failed, name_of(stem, ".reason"), reason, strlen(reason), error) &&
	       entry_move(spool->new, spool->failed, stem, error);
}

bool spool_retry(const struct spool *spool, const char *stem, struct error *error)
{
	/* The reason goes first: the clerk may fail the message again at once, and writes its own. */
	return drop(spool->failed, name_of(stem, ".reason"), error) &&
	       entry_move(spool->failed, spool->new, stem, error);
}

bool spool_measure(int directory, int64_t *count, int64_t *bytes, struct error *error)
{
	DIR *stream = stream_open(directory, error);
	if (!stream)
		return false;
	*count = 0;
	*bytes = 0;
	const char *file;
	char stem[SPOOL_STEM_SIZE];
	while (stream_next(stream, &file)) {
		struct stat status;
		if (fstatat(directory, file, &status, AT_SYMLINK_NOFOLLOW) == 0)
			*bytes += status.st_size;
		*count += stem_of(file, ".json", stem);
	}
	closedir(stream);
	return true;
}
