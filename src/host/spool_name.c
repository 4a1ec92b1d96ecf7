#include "base/base.h"
#include "host/spool_name.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

struct spool_name spool_name_of(const char *stem, const char *suffix)
{
	struct spool_name name;
	int length = snprintf(name.text, sizeof(name.text), "%s%s", stem, suffix);
	if (length < 0 || (size_t)length >= sizeof(name.text))
		abort(); /* stems are bounded where they are made and where they are listed */
	return name;
}

bool spool_stem_of(const char *name, const char *suffix, char stem[SPOOL_STEM_SIZE])
{
	size_t length = strlen(name), tail = strlen(suffix);
	if (length <= tail || length - tail >= SPOOL_STEM_SIZE || strcmp(name + length - tail, suffix))
		return false;
	memcpy(stem, name, length - tail);
	stem[length - tail] = '\0';
	return true;
}

bool spool_name_exists(int directory, struct spool_name name)
{
	struct stat status;
	return fstatat(directory, name.text, &status, AT_SYMLINK_NOFOLLOW) == 0;
}

bool spool_name_move(int from, int to, struct spool_name name, struct error *error)
{
	if (renameat(from, name.text, to, name.text) == 0)
		return true;
	return error_set_errno(error, STATUS_IO, errno, "spool: moving %s", name.text);
}

bool spool_name_drop(int directory, struct spool_name name, struct error *error)
{
	if (unlinkat(directory, name.text, 0) == 0 || errno == ENOENT)
		return true;
	return error_set_errno(error, STATUS_IO, errno, "spool: removing %s", name.text);
}

DIR *spool_stream_open(int directory, struct error *error)
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

bool spool_stream_next(DIR *stream, const char **name)
{
	struct dirent *entry;
	do
		entry = readdir(stream);
	while (entry && entry->d_name[0] == '.');
	*name = entry ? entry->d_name : NULL;
	return entry != NULL;
}
