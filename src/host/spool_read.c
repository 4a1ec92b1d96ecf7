#include "base/base.h"
#include "host/spool.h"

#include "host/file.h"
#include "host/spool_name.h"
#include "host/spool_pool.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- what there is ---- */

/* Whether the file of that name makes a message exist. */
static bool is_message(const char *file, char stem[SPOOL_STEM_SIZE])
{
	return spool_stem_of(file, ".mail", stem) || spool_stem_of(file, ".json", stem);
}

static int compare_stems(const void *a, const void *b)
{
	return strcmp(a, b);
}

int spool_list(int directory, char (*stems)[SPOOL_STEM_SIZE], int most, struct error *error)
{
	DIR *stream = spool_stream_open(directory, error);
	if (!stream)
		return -1;
	char(*all)[SPOOL_STEM_SIZE] = NULL;
	size_t count = 0, room = 0;
	const char *file;
	while (spool_stream_next(stream, &file)) {
		if (count == room) {
			room = room ? room * 2 : 256;
			all = reallocarray(all, room, sizeof(*all));
			if (!all)
				abort();
		}
		count += is_message(file, all[count]);
	}
	closedir(stream);
	if (count)
		qsort(all, count, sizeof(*all), compare_stems);
	int listed = 0;
	for (size_t i = 0; i < count && listed < most; i++)
		if (i == 0 || compare_stems(all[i], all[i - 1]) != 0)
			memcpy(stems[listed++], all[i], sizeof(*stems));
	free(all);
	return listed;
}

bool spool_measure(int directory, int64_t *count, int64_t *bytes, struct error *error)
{
	DIR *stream = spool_stream_open(directory, error);
	if (!stream)
		return false;
	*count = 0;
	*bytes = 0;
	const char *file;
	char stem[SPOOL_STEM_SIZE];
	while (spool_stream_next(stream, &file)) {
		struct stat status;
		if (spool_pool_has(file))
			continue;
		if (fstatat(directory, file, &status, AT_SYMLINK_NOFOLLOW) == 0)
			*bytes += status.st_size;
		*count += is_message(file, stem);
	}
	closedir(stream);
	return true;
}

/* ---- reading ---- */

/* STEM.NAME read-only, -1 with ERROR; NUMBER is its errno. */
static int open_named(int directory, struct spool_name name, int *number, struct error *error)
{
	int file = openat(directory, name.text, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	*number = file < 0 ? errno : 0;
	if (file < 0)
		error_set_errno(error, STATUS_IO, errno, "spool: %s", name.text);
	return file;
}

static bool open_pair(int directory, const char *stem, struct spool_message *message, struct buffer *envelope,
    struct error *error)
{
	struct stat status;
	int number;
	if (!file_read_at(directory, spool_name_of(stem, ".json").text, SPOOL_ENVELOPE_MOST, envelope, error))
		return false;
	int file = open_named(directory, spool_name_of(stem, ".eml"), &number, error);
	if (file < 0)
		return false;
	if (fstat(file, &status) < 0) {
		error_set_errno(error, STATUS_IO, errno, "spool: %s.eml", stem);
		close(file);
		return false;
	}
	*message = (struct spool_message){file, 0, status.st_size};
	return true;
}

static bool read_exactly(int file, void *to, size_t length, int64_t from)
{
	char *at = to;
	while (length) {
		ssize_t got = pread(file, at, length, (off_t)from);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		at += got;
		from += got;
		length -= (size_t)got;
	}
	return true;
}

/* Checks FILE and reads its envelope. */
static bool take_in(
    int file, const char *stem, struct spool_form *form, struct buffer *envelope, struct error *error)
{
	enum spool_state state = spool_form_read(file, form);
	if (state == SPOOL_EMPTY)
		return error_set(error, STATUS_NO, "spool: %s was being removed", stem);
	if (state == SPOOL_DAMAGED || !spool_form_holds(file, form))
		return error_set(error, STATUS_DATA, "spool: %s.mail is damaged", stem);
	buffer_reset(envelope);
	buffer_reserve(envelope, (size_t)form->envelope);
	if (!read_exactly(file, envelope->bytes, (size_t)form->envelope, SPOOL_HEAD_SIZE + form->size))
		return error_set(error, STATUS_IO, "spool: %s.mail cannot be read", stem);
	envelope->length = (size_t)form->envelope;
	envelope->bytes[envelope->length] = '\0';
	return true;
}

bool spool_open_message(int directory, const char *stem, struct spool_message *message,
    struct buffer *envelope, struct error *error)
{
	struct spool_form form;
	int number;
	message->file = -1;
	int file = open_named(directory, spool_name_of(stem, ".mail"), &number, error);
	if (file < 0)
		return number == ENOENT && open_pair(directory, stem, message, envelope, error);
	if (!take_in(file, stem, &form, envelope, error)) {
		close(file);
		return false;
	}
	*message = (struct spool_message){file, SPOOL_HEAD_SIZE, form.size};
	return true;
}

/* ---- removing ---- */

static bool drop_mail(int directory, const char *stem, struct error *error)
{
	struct spool_name mail = spool_name_of(stem, ".mail");
	return spool_pool_give(directory, mail, stem) || spool_name_drop(directory, mail, error);
}

bool spool_arrival(int directory, const char *stem, time_t *arrival)
{
	struct stat status;
	if (fstatat(directory, spool_name_of(stem, ".mail").text, &status, AT_SYMLINK_NOFOLLOW) != 0 &&
	    fstatat(directory, spool_name_of(stem, ".json").text, &status, AT_SYMLINK_NOFOLLOW) != 0)
		return false;
	*arrival = status.st_mtime;
	return true;
}

bool spool_remove(int directory, const char *stem, struct error *error)
{
	/* Not synced: a message that comes back after a power loss is one that the clerk already knows. */
	if (spool_name_exists(directory, spool_name_of(stem, ".mail")))
		return drop_mail(directory, stem, error);
	return spool_name_drop(directory, spool_name_of(stem, ".json"), error) &&
	       spool_name_drop(directory, spool_name_of(stem, ".eml"), error);
}

/* ---- what failed ---- */

/* Makes NAME in DIRECTORY hold LENGTH bytes of FROM from START on, or of TEXT where FROM is -1; synced. */
static bool copy_out(int directory, struct spool_name name, const char *text, int from, int64_t start,
    int64_t length, struct error *error)
{
	char part[16384];
	int file = openat(directory, name.text, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
	if (file < 0)
		return error_set_errno(error, STATUS_CANNOT_CREATE, errno, "spool: %s", name.text);
	bool written = from >= 0 || write_all(file, text, (size_t)length);
	for (int64_t done = 0; from >= 0 && written && done < length;) {
		size_t some = length - done < (int64_t)sizeof(part) ? (size_t)(length - done) : sizeof(part);
		written = read_exactly(from, part, some, start + done) && write_all(file, part, some);
		done += (int64_t)some;
	}
	written = written && fdatasync(file) == 0;
	int number = errno;
	if (close(file) < 0 && written) {
		number = errno;
		written = false;
	}
	return written || error_set_errno(error, STATUS_IO, number, "spool: %s", name.text);
}

/* Moves a pair. The message's bytes are linked before and unlinked after the envelope moves, so that a cut
 * leaves a whole message on one side, and at worst bytes without an envelope on the other. */
static bool move_pair(int from, int to, const char *stem, struct error *error)
{
	struct spool_name eml = spool_name_of(stem, ".eml"), json = spool_name_of(stem, ".json");
	if (linkat(from, eml.text, to, eml.text, 0) < 0 && errno != EEXIST && errno != ENOENT)
		return error_set_errno(error, STATUS_IO, errno, "spool: moving %s", eml.text);
	return folder_sync(to, error) && spool_name_move(from, to, json, error) && folder_sync(to, error) &&
	       spool_name_drop(from, eml, error) && folder_sync(from, error);
}

/* Moves what is no pair and cannot be made one. */
static bool move_mail(int from, int to, const char *stem, struct error *error)
{
	return spool_name_move(from, to, spool_name_of(stem, ".mail"), error) && folder_sync(to, error) &&
	       folder_sync(from, error);
}

/* Writes a pair into failed/, the envelope last, and removes the message from new/. */
static bool split(const struct spool *spool, const char *stem, const struct spool_message *message,
    const struct buffer *envelope, struct error *error)
{
	return copy_out(spool->failed, spool_name_of(stem, ".eml"), NULL, message->file, message->start,
		   message->size, error) &&
	       copy_out(spool->failed, spool_name_of(stem, ".json"), envelope->bytes, -1, 0,
		   (int64_t)envelope->length, error) &&
	       folder_sync(spool->failed, error) && spool_remove(spool->new, stem, error);
}

static bool fail_mail(const struct spool *spool, const char *stem, struct error *error)
{
	struct spool_message message;
	struct buffer envelope = BUFFER_EMPTY;
	bool opened = spool_open_message(spool->new, stem, &message, &envelope, NULL);
	bool failed = opened ? split(spool, stem, &message, &envelope, error)
			     : move_mail(spool->new, spool->failed, stem, error);
	if (opened)
		close(message.file);
	buffer_clear(&envelope);
	return failed;
}

bool spool_fail(const struct spool *spool, const char *stem, const char *reason, struct error *error)
{
	if (!copy_out(
		spool->failed, spool_name_of(stem, ".reason"), reason, -1, 0, (int64_t)strlen(reason), error))
		return false;
	return spool_name_exists(spool->new, spool_name_of(stem, ".mail"))
		   ? fail_mail(spool, stem, error)
		   : move_pair(spool->new, spool->failed, stem, error);
}

/* STEM may be whatever somebody typed. */
static bool has_failed(const struct spool *spool, const char *stem)
{
	return strlen(stem) < SPOOL_STEM_SIZE && !strchr(stem, '/') &&
	       (spool_name_exists(spool->failed, spool_name_of(stem, ".mail")) ||
		   spool_name_exists(spool->failed, spool_name_of(stem, ".eml")));
}

bool spool_retry(const struct spool *spool, const char *stem, struct error *error)
{
	if (!has_failed(spool, stem))
		return error_set(error, STATUS_NO, "%.100s: no message of that name has failed", stem);
	/* The reason goes first: the clerk may fail the message again at once, and writes its own. */
	return spool_name_drop(spool->failed, spool_name_of(stem, ".reason"), error) &&
	       (spool_name_exists(spool->failed, spool_name_of(stem, ".mail"))
		       ? move_mail(spool->failed, spool->new, stem, error)
		       : move_pair(spool->failed, spool->new, stem, error));
}
