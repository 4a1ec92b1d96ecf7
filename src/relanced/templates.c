#include "base/base.h"
#include "relanced/templates.h"

#include "base/buffer.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#define CANNOT_EXECUTE 127

static void run(const char *const *arguments, int output)
{
	if (dup2(output, STDOUT_FILENO) >= 0)
		execv(arguments[0], (char *const *)arguments);
	_exit(CANNOT_EXECUTE);
}

/* What it prints, without the end of the line; its exit status, -1 where it died. */
static int listen_to(pid_t child, int input, struct buffer *said)
{
	char bytes[1024];
	ssize_t got;
	int status;
	while ((got = read(input, bytes, sizeof bytes)) > 0 || (got < 0 && errno == EINTR))
		if (got > 0)
			buffer_append(said, bytes, (size_t)got);
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	if (said->length)
		said->bytes[strcspn(said->bytes, "\n")] = '\0';
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Runs ARGUMENTS, whose first is the program; what it says where it does not end well is the ERROR. */
static bool look(const char *const *arguments, const char *what, struct error *error)
{
	struct buffer said = BUFFER_EMPTY;
	int ends[2];
	if (pipe2(ends, O_CLOEXEC) < 0)
		return error_set_errno(error, STATUS_TRY_AGAIN, errno, "pipe");
	pid_t child = fork();
	if (child == 0)
		run(arguments, ends[1]);
	close(ends[1]);
	int status = child > 0 ? listen_to(child, ends[0], &said) : -1;
	close(ends[0]);
	if (status == CANNOT_EXECUTE || status < 0)
		error_set(error, STATUS_UNAVAILABLE, "%s: cannot be run to check the %s", arguments[0], what);
	else if (status)
		error_set(error, (enum exit_status)status, "%s", said.bytes ? said.bytes : what);
	buffer_clear(&said);
	return status == 0;
}

bool templates_look(const char *libexec, const char *config, struct error *error)
{
	struct buffer program = BUFFER_EMPTY;
	buffer_printf(&program, "%s/relance-clerk", libexec);
	bool sound = look((const char *const[]){program.bytes, "-t", "-c", config, NULL}, "templates", error);
	buffer_clear(&program);
	return sound;
}

bool lexicons_look(const char *libexec, const struct config *config, struct error *error)
{
	struct buffer program = BUFFER_EMPTY;
	const char *extra = config->lexicon_extra_dir;
	bool has_extra = *extra && access(extra, F_OK) == 0;
	buffer_printf(&program, "%s/relance-reader", libexec);
	bool sound = look((const char *const[]){program.bytes, "--check", "--lexicon", config->lexicon_dir,
			      has_extra ? "--lexicon-extra" : NULL, extra, NULL},
	    "lexicons", error);
	buffer_clear(&program);
	return sound;
}
