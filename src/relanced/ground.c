#include "base/base.h"
#include "relanced/ground.h"

#include "host/clock.h"
#include "host/file.h"
#include "host/installation.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

bool ground_check(const struct config *config, struct error *error)
{
	struct zone *zone = zone_new(config->time_zone, error);
	if (!zone)
		return error_prefix(error, "time_zone");
	zone_free(zone);
	return true;
}

/* The user to run as; NULL without ERROR set: nothing to change. */
static const struct passwd *wanted_user(const struct config *config, struct error *error)
{
	if (geteuid() != 0 || !*config->user)
		return NULL;
	const struct passwd *user = getpwnam(config->user);
	if (!user)
		error_set(error, STATUS_CONFIG,
		    "user: there is no user \"%s\" (adduser --system --group %s makes one); allowed: a "
		    "user's name, or \"\" to stay root",
		    config->user, config->user);
	return user;
}

bool ground_folders(const struct config *config, struct error *error)
{
	const char *folders[] = {config->run_dir, config->state_dir, config->spool_dir};
	struct error unknown = {0};
	const struct passwd *user = wanted_user(config, &unknown);
	for (size_t i = 0; i < ARRAY_LENGTH(folders); i++) {
		bool there = access(folders[i], F_OK) == 0;
		if (!folder_make(folders[i], 0750, error))
			return false;
		/* One that was there is the sysadmin's; its rights are not ours to change. */
		if (!there && user && chown(folders[i], user->pw_uid, user->pw_gid) < 0)
			return error_set_errno(error, STATUS_NO_PERMISSION, errno, "%s", folders[i]);
	}
	return true;
}

/* Who connects: the configured group, else Postfix's own where the socket lies in its queue. */
static bool socket_group(const struct config *config, const char *folder, gid_t *group)
{
	static const char postfix[] = "/var/spool/postfix/";
	const char *name = *config->socket_group			       ? config->socket_group
			   : strncmp(folder, postfix, sizeof postfix - 1) == 0 ? "postfix"
									       : NULL;
	const struct group *entry = name ? getgrnam(name) : NULL;
	if (entry)
		*group = entry->gr_gid;
	return entry;
}

/* FOLDER for USER, whose sockets in it belong to the group of those who connect. */
static bool socket_folder_make(
    const struct config *config, const struct passwd *user, const char *folder, struct error *error)
{
	gid_t group = user->pw_gid;
	bool shared = socket_group(config, folder, &group);
	bool made = mkdir(folder, 0750) == 0 && chown(folder, user->pw_uid, group) == 0 &&
		    (!shared || chmod(folder, 02750) == 0);
	return made || error_set_errno(error, STATUS_CANNOT_CREATE, errno,
			   "socket: %s (without Postfix, \"socket\" names another place)", folder);
}

bool ground_socket_folder(const struct config *config, struct error *error)
{
	struct error unknown = {0};
	const struct passwd *user = wanted_user(config, &unknown);
	const char *path = strchr(config->socket, '/');
	if (!user || strncmp(config->socket, "inet", 4) == 0 || !path)
		return true;
	char *folder = strndup(path, (size_t)(strrchr(path, '/') - path));
	bool done = folder && (access(folder, F_OK) == 0 || !*folder ||
				  socket_folder_make(config, user, folder, error));
	free(folder);
	return done;
}

bool ground_become_user(const struct config *config, struct error *error)
{
	struct error unknown = {0};
	const struct passwd *user = wanted_user(config, &unknown);
	if (!user) {
		if (unknown.text[0])
			*error = unknown;
		return !unknown.text[0];
	}
	if (initgroups(user->pw_name, user->pw_gid) < 0 || setgid(user->pw_gid) < 0 ||
	    setuid(user->pw_uid) < 0)
		return error_set_errno(
		    error, STATUS_NO_PERMISSION, errno, "becoming user \"%s\"", config->user);
	return true;
}

static void streams_detach(bool keep_standard_error)
{
	int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (nothing < 0)
		return;
	dup2(nothing, STDIN_FILENO);
	dup2(nothing, STDOUT_FILENO);
	if (!keep_standard_error)
		dup2(nothing, STDERR_FILENO);
	close(nothing);
}

bool ground_detach(int *line, struct error *error)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC) < 0)
		return error_set_errno(error, STATUS_TRY_AGAIN, errno, "pipe");
	pid_t child = fork();
	if (child < 0)
		return error_set_errno(error, STATUS_TRY_AGAIN, errno, "fork");
	if (child > 0) {
		close(ends[1]);
		unsigned char status = STATUS_SOFTWARE; /* of one that died without a word */
		ssize_t got = read(ends[0], &status, 1);
		_exit(got == 1 ? status : STATUS_SOFTWARE);
	}
	close(ends[0]);
	setsid();
	if (chdir("/") < 0)
		return error_set_errno(error, STATUS_IO, errno, "/");
	*line = ends[1];
	return true;
}

void ground_tell(int line, enum exit_status status, bool keep_standard_error)
{
	unsigned char byte = (unsigned char)status;
	if (line < 0)
		return;
	ssize_t written = write(line, &byte, 1);
	(void)written; /* who waited may be gone */
	close(line);
	streams_detach(keep_standard_error);
}

bool ground_pid_file(const struct config *config, struct error *error)
{
	char *path = installation_place(config->run_dir, PLACE_PID);
	int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	char text[32];
	int length = snprintf(text, sizeof(text), "%d\n", (int)getpid());
	bool written = file >= 0;
	if (!written)
		error_set_errno(error, STATUS_CANNOT_CREATE, errno, "%s", path);
	else if (fcntl(file, F_SETLK, &lock) < 0)
		written = error_set(error, STATUS_TRY_AGAIN, "%s: another relanced runs", path);
	else if (ftruncate(file, 0) < 0 || !write_all(file, text, (size_t)length))
		written = error_set_errno(error, STATUS_IO, errno, "%s", path);
	free(path);
	return written; /* the descriptor stays open: it holds the lock */
}
