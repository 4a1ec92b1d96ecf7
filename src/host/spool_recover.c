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

/* The message of FILE goes to new/ under its own name, wherever a loss of power left it. */
static bool bring_home(const struct spool *spool, int folder, const char *file, const struct spool_form *form,
    struct error *error)
{
	struct spool_name home = spool_name_of(form->stem, ".mail");
	if (renameat(folder, file, spool->new, home.text) == 0)
		return true;
	return error_set_errno(error, STATUS_IO, errno, "spool: moving %s", home.text);
}

/* What FILE holds; in new/ only the first line is looked at where its name is right: the clerk looks at the
 * rest. */
static enum spool_state state_of(
    const struct spool *spool, int folder, const char *file, struct spool_form *form)
{
	int opened = openat(folder, file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (opened < 0)
		return SPOOL_EMPTY;
	enum spool_state state = spool_form_read(opened, form);
	bool at_home = state == SPOOL_WHOLE && folder == spool->new &&
		       !strcmp(file, spool_name_of(form->stem, ".mail").text);
	if (state == SPOOL_WHOLE && !at_home && !spool_form_holds(opened, form))
		state = SPOOL_DAMAGED;
	close(opened);
	return state;
}

/* ---- pairs, as Relance 0.1 wrote them ---- */

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
	if (state_of(spool, spool->tmp, file, &form) == SPOOL_WHOLE)
		return bring_home(spool, spool->tmp, file, &form, error);
	return spool_name_drop(spool->tmp, name, error);
}

/*
 * A message in new/ that lost its first line is what a removal left that was cut, and one of another name was
 * written by a front whose renames were lost. Of pairs, a message without an envelope was being removed.
 */
static bool recover_new(const struct spool *spool, const char *file, struct error *error)
{
	char stem[SPOOL_STEM_SIZE];
	struct spool_form form;
	if (spool_stem_of(file, ".eml", stem) && !spool_name_exists(spool->new, spool_name_of(stem, ".json")))
		return spool_name_drop(spool->new, spool_name_of(stem, ".eml"), error);
	if (!spool_stem_of(file, ".mail", stem))
		return true;
	enum spool_state state = state_of(spool, spool->new, file, &form);
	if (state == SPOOL_EMPTY)
		return spool_name_drop(spool->new, spool_name_of(stem, ".mail"), error);
	return state != SPOOL_WHOLE || !strcmp(stem, form.stem) ||
	       bring_home(spool, spool->new, file, &form, error);
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
