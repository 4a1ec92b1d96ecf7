#include "base/base.h"
#include "ledger/journal.h"
#include "relance/session.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sys/stat.h>
#include <unistd.h>

/* backup and restore: a copy counts only once it was read back and is on the disk. */

static bool sync_path(const char *path, struct error *error)
{
	int descriptor = open(path, O_RDONLY | O_CLOEXEC);
	bool ok = descriptor >= 0 && fsync(descriptor) == 0;
	int reason = errno;
	if (descriptor >= 0)
		close(descriptor);
	return ok || error_set_errno(error, STATUS_IO, reason, "%s", path);
}

static bool sync_folder_of(const char *path, struct error *error)
{
	char *copy = g_strdup(path);
	bool ok = sync_path(dirname(copy), error);
	g_free(copy);
	return ok;
}

/* The copy's files, journal chain and schema. COUNT gets its number of events. */
static bool verify(const char *file, int64_t *count, struct error *error)
{
	struct store *copy = store_open(file, STORE_READ, error);
	if (copy == NULL) {
		error->status = STATUS_DATA;
		return error_prefix(error, "%s", file);
	}
	bool ok = store_check(copy, error) && journal_verify(copy, count, error);
	store_close(copy);
	return ok || error_prefix(error, "%s", file);
}

/* Copies STORE to FILE by way of a temporary file beside it. */
static bool copy_store(struct store *store, const char *file, int64_t *count, struct error *error)
{
	char *temporary = g_strdup_printf("%s.part", file);
	int made = open(temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0640);
	bool ok = made >= 0 || error_set_errno(error, STATUS_CANNOT_CREATE, errno, "%s", temporary);
	if (made >= 0)
		close(made);
	ok = ok && store_backup(store, temporary, error) && verify(temporary, count, error) &&
	     sync_path(temporary, error);
	if (ok && rename(temporary, file) != 0)
		ok = error_set_errno(error, STATUS_IO, errno, "%s", file);
	if (!ok && made >= 0)
		unlink(temporary);
	g_free(temporary);
	return ok && sync_folder_of(file, error);
}

bool run_backup(struct session *session, struct error *error)
{
	int64_t count;
	const char *file = session->arguments[0];
	if (access(file, F_OK) == 0)
		return error_set(error, STATUS_CANNOT_CREATE, "%s: is there already", file);
	char *location = session_store_location(session);
	struct store *store = store_open(location, STORE_READ, error);
	free(location);
	if (store == NULL)
		return false;
	bool ok = copy_store(store, file, &count, error);
	store_close(store);
	if (ok && session->common.verbose)
		printf("%s: %lld events\n", file, (long long)count);
	return ok;
}

struct restore_options {
	bool verify;
};
const struct option_row restore_option_rows[] = {
    {0, "verify", OPTION_FLAG, offsetof(struct restore_options, verify), NULL, "only check the copy", NULL},
    OPTIONS_END,
};

/* What is there now is kept beside, whole. */
static bool keep_present(const struct session *session, const char *location, struct error *error)
{
	char stamp[INSTANT_TEXT_SIZE];
	int64_t count;
	if (access(location, F_OK) != 0)
		return true;
	struct store *present = store_open(location, STORE_READ, error);
	if (present == NULL)
		return false;
	instant_format(session->now, 0, stamp);
	char *kept = g_strdup_printf("%s.before-%s", location, stamp);
	bool ok = copy_store(present, kept, &count, error);
	store_close(present);
	g_free(kept);
	return ok;
}

/* A present store that is damaged is moved aside as it is; its log goes with it. */
static bool move_aside(const struct session *session, const char *location, struct error *error)
{
	static const char *const endings[] = {"", "-wal", "-shm"};
	char stamp[INSTANT_TEXT_SIZE];
	instant_format(session->now, 0, stamp);
	for (size_t i = 0; i < ARRAY_LENGTH(endings); i++) {
		char *from = g_strconcat(location, endings[i], NULL);
		char *to = g_strdup_printf("%s.damaged-%s%s", location, stamp, endings[i]);
		bool ok = rename(from, to) == 0 || errno == ENOENT ||
			  error_set_errno(error, STATUS_IO, errno, "%s", from);
		g_free(from);
		g_free(to);
		if (!ok)
			return false;
	}
	return true;
}

/* The old owner keeps the file, and the write-ahead log of the old store must not be read with the new one.
 */
static bool put_in_place(const char *fresh, const char *location, struct error *error)
{
	static const char *const logs[] = {"-wal", "-shm"};
	struct stat old;
	if (stat(location, &old) == 0 && geteuid() == 0 && chown(fresh, old.st_uid, old.st_gid) != 0)
		return error_set_errno(error, STATUS_IO, errno, "%s", fresh);
	for (size_t i = 0; i < ARRAY_LENGTH(logs); i++) {
		char *log = g_strconcat(location, logs[i], NULL);
		bool gone = unlink(log) == 0 || errno == ENOENT ||
			    error_set_errno(error, STATUS_IO, errno, "%s", log);
		g_free(log);
		if (!gone)
			return false;
	}
	return rename(fresh, location) == 0 || error_set_errno(error, STATUS_IO, errno, "%s", location);
}

static bool restore(
    const struct session *session, const char *file, const char *location, struct error *error)
{
	int64_t count;
	char *fresh = g_strdup_printf("%s.restored", location);
	struct store *source = store_open(file, STORE_READ, error);
	struct error why = {0};
	bool ok = source != NULL && copy_store(source, fresh, &count, error);
	if (source != NULL)
		store_close(source);
	ok = ok && (keep_present(session, location, &why) || move_aside(session, location, error));
	ok = ok && put_in_place(fresh, location, error) && sync_folder_of(location, error);
	if (ok && !session->common.quiet)
		printf("%lld events restored\n", (long long)count);
	g_free(fresh);
	return ok;
}

bool run_restore(struct session *session, struct error *error)
{
	const struct restore_options *options = session->options;
	const char *file = session->arguments[0];
	int64_t count;
	if (!verify(file, &count, error))
		return false;
	if (options->verify)
		return printf("%s: %lld events, the chain holds\n", file, (long long)count) > 0;
	char *location = session_store_location(session);
	bool ok = session_daemon_is_down(session, error) && restore(session, file, location, error);
	free(location);
	return ok;
}
