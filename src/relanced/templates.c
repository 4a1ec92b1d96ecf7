#include "base/base.h"
#include "relanced/templates.h"

#include "base/buffer.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#define CANNOT_EXECUTE 127

static void run_clerk(const char *program, const char *config, int output)
{
	if (dup2(output, STDOUT_FILENO) >= 0)
		execl(program, program, "-t", "-c", config, (char *)NULL);
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

bool templates_look(const char *libexec, const char *config, struct error *error)
{
	struct buffer program = BUFFER_EMPTY, said = BUFFER_EMPTY;
	int ends[2];
	buffer_printf(&program, "%s/relance-clerk", libexec);
	if (pipe2(ends, O_CLOEXEC) < 0) {
		buffer_clear(&program);
		return error_set_errno(error, STATUS_TRY_AGAIN, errno, "pipe");
	}
	pid_t child = fork();
	if (child == 0)
		run_clerk(program.bytes, config, ends[1]);
	close(ends[1]);
	int status = child > 0 ? listen_to(child, ends[0], &said) : -1;
	close(ends[0]);
	if (status == CANNOT_EXECUTE || status < 0)
		error_set(
		    error, STATUS_UNAVAILABLE, "%s: cannot be run to check the templates", program.bytes);
	else if (status)
		error_set(error, (enum exit_status)status, "%s", said.bytes);
	buffer_clear(&program);
	buffer_clear(&said);
	return status == 0;
}
