#include "base/base.h"
#include "host/process.h"

#include "base/buffer.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/wait.h>
#include <unistd.h>

#define PAUSE_FIRST	   100	 /* ms */
#define PAUSE_LONGEST	   30000 /* ms */
#define QUICK_DEATH	   60000 /* ms: who lived longer starts with the first pause again */
#define STATUS_NOT_STARTED 127

int64_t process_milliseconds(void)
{
	struct timespec now;
	if (clock_gettime(CLOCK_MONOTONIC, &now) < 0)
		abort();
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void process_argument(struct process *process, const char *format, ...)
{
	struct buffer text = BUFFER_EMPTY;
	va_list arguments;
	va_start(arguments, format);
	buffer_vprintf(&text, format, arguments);
	va_end(arguments);
	size_t count = 0;
	while (process->arguments[count])
		count++;
	if (count >= PROCESS_ARGUMENTS_MOST)
		abort();
	process->arguments[count] = buffer_take(&text);
}

void process_init(struct process *process, const char *name, const char *program)
{
	memset(process, 0, sizeof(*process));
	process->name = name;
	process_argument(process, "%s", program);
}

void process_clear(struct process *process)
{
	for (size_t i = 0; process->arguments[i]; i++)
		free(process->arguments[i]);
	memset(process, 0, sizeof(*process));
}

/* In the child. */
static void become(const struct process *process, int inherited)
{
	sigset_t none;
	sigemptyset(&none);
	for (int number = 1; number < 32; number++)
		signal(number, SIG_DFL);
	sigprocmask(SIG_SETMASK, &none, NULL);
	setpgid(0, 0);
#ifdef __linux__
	prctl(PR_SET_PDEATHSIG, SIGTERM);
#endif
	if (inherited >= 0)
		fcntl(inherited, F_SETFD, 0);
	execv(process->arguments[0], process->arguments);
	fprintf(stderr, "%s: %s\n", process->arguments[0], strerror(errno));
	_exit(STATUS_NOT_STARTED);
}

bool process_start(struct process *process, int inherited, struct error *error)
{
	process->started = process_milliseconds();
	pid_t child = fork();
	if (child == 0)
		become(process, inherited);
	if (child < 0) {
		process_ended(process);
		return error_set_errno(error, STATUS_TRY_AGAIN, errno, "%s", process->name);
	}
	process->pid = child;
	return true;
}

void process_ended(struct process *process)
{
	int64_t now = process_milliseconds();
	process->pid = 0;
	if (now - process->started > QUICK_DEATH)
		process->failures = 0;
	int64_t pause = PAUSE_FIRST;
	for (int i = 0; i < process->failures && pause < PAUSE_LONGEST; i++)
		pause *= 2;
	process->failures++;
	process->start_at = now + (pause < PAUSE_LONGEST ? pause : PAUSE_LONGEST);
}

bool process_is_due(const struct process *process)
{
	return !process->pid && process_milliseconds() >= process->start_at;
}

/* Whether it is gone within MILLISECONDS. */
static bool gone_within(struct process *process, int milliseconds)
{
	int64_t end = process_milliseconds() + milliseconds;
	while (process->pid) {
		pid_t ended = waitpid(process->pid, NULL, WNOHANG);
		if (ended == process->pid || (ended < 0 && errno == ECHILD))
			process->pid = 0;
		else if (process_milliseconds() >= end)
			return false;
		else
			poll(NULL, 0, 10);
	}
	return true;
}

void process_stop(struct process *process, int milliseconds)
{
	if (!process->pid)
		return;
	kill(process->pid, SIGTERM);
	if (gone_within(process, milliseconds))
		return;
	kill(process->pid, SIGKILL);
	gone_within(process, 10000);
}

void process_await(struct process *process, int milliseconds)
{
	if (process->pid && !gone_within(process, milliseconds))
		process_stop(process, 1000);
}
