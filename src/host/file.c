#include "base/base.h"
#include "host/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

bool file_read_at(int directory, const char *name, int64_t most, struct buffer *content, struct error *error)
{
	buffer_reset(content);
	int file = openat(directory, name, O_RDONLY | O_CLOEXEC);
	if (file < 0) {
		int number = errno;
		error_set_errno(error, STATUS_IO, number, "%s", name);
		errno = number;
		return false;
	}
	ssize_t got;
	do {
		buffer_reserve(content, 65536);
		got = read(file, content->bytes + content->length, 65536);
		if (got > 0)
			content->length += (size_t)got;
		content->bytes[content->length] = '\0';
	} while ((got > 0 && (int64_t)content->length <= most) || (got < 0 && errno == EINTR));
	int number = errno;
	close(file);
	if (got < 0)
		return error_set_errno(error, STATUS_IO, number, "%s", name);
	errno = 0;
	if ((int64_t)content->length > most)
		return error_set(error, STATUS_DATA, "%s: is larger than %lld bytes", name, (long long)most);
	return true;
}

bool file_read(const char *path, int64_t most, struct buffer *content, struct error *error)
{
	return file_read_at(AT_FDCWD, path, most, content, error);
}

bool write_all(int descriptor, const void *bytes, size_t length)
{
	const char *at = bytes;
	while (length) {
		ssize_t done = write(descriptor, at, length);
		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return false;
		at += done;
		length -= (size_t)done;
	}
	return true;
}

bool folder_sync(int descriptor, struct error *error)
{
	if (fsync(descriptor) == 0)
		return true;
	return error_set_errno(error, STATUS_IO, errno, "fsync of a folder");
}

/* The folder that PATH lies in is synced, so that the rename before is durable. */
static bool parent_sync(const char *path, struct error *error)
{
	struct buffer parent = BUFFER_EMPTY;
	const char *slash = strrchr(path, '/');
	if (slash)
		buffer_append(&parent, path, slash == path ? 1 : (size_t)(slash - path));
	else
		buffer_append_char(&parent, '.');
	int folder = open(parent.bytes, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool synced = folder >= 0 ? folder_sync(folder, error)
				  : error_set_errno(error, STATUS_IO, errno, "%s", parent.bytes);
	if (folder >= 0)
		close(folder);
	buffer_clear(&parent);
	return synced;
}

static bool temporary_write(
    const char *path, const void *bytes, size_t length, mode_t mode, struct error *error)
{
	int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (file < 0)
		return error_set_errno(error, STATUS_CANNOT_CREATE, errno, "%s", path);
	/* fchmod, as the mode of open() is cut by the umask */
	bool written = write_all(file, bytes, length) && fchmod(file, mode) == 0 && fsync(file) == 0;
	int number = errno;
	if (close(file) < 0 && written) {
		number = errno;
		written = false;
	}
	return written || error_set_errno(error, STATUS_IO, number, "%s", path);
}

bool file_replace(const char *path, const void *bytes, size_t length, mode_t mode, struct error *error)
{
	struct buffer temporary = BUFFER_EMPTY;
	buffer_printf(&temporary, "%s.%d.tmp", path, (int)getpid());
	bool done = temporary_write(temporary.bytes, bytes, length, mode, error);
	if (done && rename(temporary.bytes, path) < 0)
		done = error_set_errno(error, STATUS_IO, errno, "%s", path);
	if (!done)
		unlink(temporary.bytes);
	buffer_clear(&temporary);
	return done && parent_sync(path, error);
}

bool folder_make(const char *path, mode_t mode, struct error *error)
{
	struct buffer part = BUFFER_EMPTY;
	bool made = true;
	for (const char *at = path; made && *at; at += strcspn(at, "/")) {
		at += strspn(at, "/");
		size_t length = (size_t)(at - path) + strcspn(at, "/");
		buffer_reset(&part);
		buffer_append(&part, path, length);
		bool last = !path[length] || !path[length + strspn(path + length, "/")];
		if (mkdir(part.bytes, last ? mode : 0755) < 0 && errno != EEXIST)
			made = error_set_errno(error, STATUS_CANNOT_CREATE, errno, "%s", part.bytes);
	}
	buffer_clear(&part);
	return made;
}
