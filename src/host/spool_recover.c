#include "base/base.h"
#include "host/spool.h"

#include "host/file.h"
#include "host/spool_name.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- files that hold a message ---- */

enum remnant {
	REMNANT_MESSAGE, /* written to its end */
	REMNANT_WASTE,
	REMNANT_UNKNOWN, /* it cannot be read now */
};

static enum remnant look_at(const struct spool *spool, const char *file, struct spool_form *form)
{
	int opened = openat(spool->tmp, file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (opened < 0)
		return errno == ENOENT || errno == ELOOP ? REMNANT_WASTE : REMNANT_UNKNOWN;
	errno = 0;
	bool whole = spool_form_read(opened, form) == SPOOL_WHOLE && spool_form_holds(opened, form);
	enum remnant remnant = whole ? REMNANT_MESSAGE : errno == EIO ? REMNANT_UNKNOWN : REMNANT_WASTE;
	close(opened);
	return remnant;
}

/* It goes to new/ under the name that its first line tells. */
static bool bring_home(
    const struct spool *spool, const char *file, const struct spool_form *form, struct error *error)
{
	struct spool_name home = spool_name_of(form->stem, ".mail");
	if (renameat(spool->tmp, file, spool->new, home.text) == 0)
		return true;
	return error_set_errno(error, STATUS_IO, errno, "spool: moving %s", home.text);
}

/* ---- pairs, as an earlier Relance wrote them ---- */

static int64_t size_of(int directory, struct spool_name name)
{
	struct stat status;
	return fstatat(directory, name.text, &status, AT_SYMLINK_NOFOLLOW) == 0 ? status.st_size : -1;
}

/* Splits the name of an envelope in tmp/, which was STEM.SIZE.json: SIZE is that of its message. */
static bool temporary_split(const char *file, char stem[SPOOL_STEM_SIZE], int64_t *size)
{
	if (!spool_stem_of(file, ".json", stem))
		return false;
	char *dot = strrchr(stem, '.');
	char *end;
	if (!dot || dot[1] < '0' || dot[1] > '9')
		return false;
	*size = strtoll(dot + 1, &end, 10);
	*dot = '\0';
	return !*end;
}

/* Whether the envelope was written to its end, which is a newline. */
static bool is_whole_envelope(int directory, const char *file)
{
	struct buffer json = BUFFER_EMPTY;
	bool whole = file_read_at(directory, file, SPOOL_ENVELOPE_MOST, &json, NULL) && json.length &&
		     json.bytes[json.length - 1] == '\n';
	buffer_clear(&json);
	return whole;
}

/* An envelope in tmp/ whose message is whole, there or already in new/: the commit is finished. */
static bool recover_pair(const struct spool *spool, const char *file, struct error *error)
{
	char stem[SPOOL_STEM_SIZE];
	int64_t size;
	if (!temporary_split(file, stem, &size) || !is_whole_envelope(spool->tmp, file))
		return true;
	struct spool_name eml = spool_name_of(stem, ".eml"), json = spool_name_of(stem, ".json");
	if (size_of(spool->tmp, eml) == size && !spool_name_move(spool->tmp, spool->new, eml, error))
		return false;
	if (size_of(spool->new, eml) != size || renameat(spool->tmp, file, spool->new, json.text) == 0)
		return true;
	return error_set_errno(error, STATUS_IO, errno, "spool: moving %s", file);
}

/* Whether FILE is the message of an envelope in new/, whose rename alone outlived a loss of power. */
static bool is_awaited(const struct spool *spool, const char *file)
{
	char stem[SPOOL_STEM_SIZE];
	return spool_stem_of(file, ".eml", stem) &&
	       spool_name_exists(spool->new, spool_name_of(stem, ".json"));
}

/* ---- the folders ---- */

/* False: it is not ours. */
static bool name_from(const char *file, struct spool_name *name)
{
	if (strlen(file) >= sizeof(name->text))
		return false;
	memcpy(name->text, file, strlen(file) + 1);
	return true;
}

/* What is left in tmp/: a message that was written to its end, or waste. */
static bool recover_rest(const struct spool *spool, const char *file, struct error *error)
{
	struct spool_form form;
	struct spool_name name;
	if (!name_from(file, &name))
		return true;
	if (is_awaited(spool, file))
		return spool_name_move(spool->tmp, spool->new, name, error);
	switch (look_at(spool, file, &form)) {
	case REMNANT_MESSAGE:
		return bring_home(spool, file, &form, error);
	case REMNANT_WASTE:
		return spool_name_drop(spool->tmp, name, error);
	case REMNANT_UNKNOWN:
		break; /* it may be a mail: it stays for the next start */
	}
	return true;
}

/*
 * Of pairs, a message in new/ without an envelope is what a removal leaves that was cut, as the envelope goes
 * first. Files that hold a message are the clerk's: it looks at all of them anyway, and takes what one holds,
 * whatever its name.
 */
static bool recover_new(const struct spool *spool, const char *file, struct error *error)
{
	char stem[SPOOL_STEM_SIZE];
	if (!spool_stem_of(file, ".eml", stem) || spool_name_exists(spool->new, spool_name_of(stem, ".json")))
		return true;
	return spool_name_drop(spool->new, spool_name_of(stem, ".eml"), error);
}

static bool recover_folder(const struct spool *spool, int folder,
    bool (*recover)(const struct spool *, const char *, struct error *), struct error *error)
{
	DIR *stream = spool_stream_open(folder, error);
	if (!stream)
		return false;
	bool done = true;
	const char *file;
	while (done && spool_stream_next(stream, &file))
		done = recover(spool, file, error);
	closedir(stream);
	return done;
}

bool spool_recover(const struct spool *spool, struct error *error)
{
	return recover_folder(spool, spool->tmp, recover_pair, error) &&
	       recover_folder(spool, spool->new, recover_new, error) &&
	       recover_folder(spool, spool->tmp, recover_rest, error) && spool_sync_names(spool, error);
}
