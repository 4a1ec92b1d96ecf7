#include "base/base.h"
#include "dunning/submission.h"

#include "base/buffer.h"
#include "host/fault.h"
#include "host/file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define ARGUMENTS_MOST	 1000
#define DESCRIPTORS_MOST 4096

static char *file_of(const char *folder, const char *key)
{
	return g_build_filename(folder, key, NULL);
}

int submission_prepare(const char *folder, const char *key, struct error *error)
{
	if (!folder_make(folder, 0700, error))
		return -1;
	g_autofree char *path = file_of(folder, key);
	int descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (descriptor < 0) {
		error_set_errno(error, STATUS_IO, errno, "%s", path);
		return -1;
	}
	/* Only under the lock may it be emptied: what another clerk's submission wrote there decides whether
	 * the mail may go again. */
	struct stat status;
	if (flock(descriptor, LOCK_EX | LOCK_NB) || fstat(descriptor, &status) || status.st_nlink == 0) {
		error_set(error, STATUS_TRY_AGAIN, "%s: another clerk works on it", path);
		close(descriptor);
		return -1;
	}
	int directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool durable = ftruncate(descriptor, 0) == 0 && fsync(descriptor) == 0 && directory >= 0 &&
		       fsync(directory) == 0;
	if (!durable) {
		error_set_errno(error, STATUS_IO, errno, "%s", path);
		close(descriptor);
	}
	if (directory >= 0)
		close(directory);
	return durable ? descriptor : -1;
}

static bool note(int descriptor, const char *text)
{
	return write_all(descriptor, text, strlen(text)) && fsync(descriptor) == 0;
}

/* In the grandchild, between fork and exec: only calls that are safe there. */
static void execute(const char *const *arguments, int mail, int sink)
{
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	if (dup2(mail, STDIN_FILENO) < 0 || dup2(sink, STDOUT_FILENO) < 0 || dup2(sink, STDERR_FILENO) < 0)
		_exit(SUBMISSION_CANNOT_EXECUTE);
	execv(arguments[0], (char *const *)arguments);
	_exit(SUBMISSION_CANNOT_EXECUTE);
}

/* The exit status, -1 when time ran out (the process is killed then). */
static int wait_for(pid_t child, int seconds)
{
	sigset_t signals;
	sigemptyset(&signals);
	sigaddset(&signals, SIGCHLD);
	struct timespec until, now;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += seconds;
	for (;;) {
		int status;
		pid_t done = waitpid(child, &status, WNOHANG);
		if (done == child)
			return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
		clock_gettime(CLOCK_MONOTONIC, &now);
		if (now.tv_sec > until.tv_sec || (now.tv_sec == until.tv_sec && now.tv_nsec >= until.tv_nsec))
			break;
		struct timespec left = {until.tv_sec - now.tv_sec, 0};
		if (left.tv_sec < 1)
			left = (struct timespec){0, 100000000};
		sigtimedwait(&signals, NULL, &left);
	}
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	return -1;
}

/* "exit 75 queue file write error\n" */
static void note_exit(int descriptor, int status, int sink)
{
	char said[201] = "", text[256];
	if (lseek(sink, 0, SEEK_SET) == 0) {
		ssize_t length = read(sink, said, sizeof said - 1);
		said[length > 0 ? length : 0] = '\0';
	}
	for (char *c = said; *c; c++)
		if ((unsigned char)*c < ' ')
			*c = ' ';
	snprintf(text, sizeof text, "exit %d %s\n", status, said);
	note(descriptor, text);
}

/* One by one where the kernel (or a container's filter) does not know close_range(2). */
static void close_span(unsigned first, unsigned last)
{
	if (close_range(first, last, 0) == 0)
		return;
	for (unsigned descriptor = first; descriptor <= last && descriptor < DESCRIPTORS_MOST; descriptor++)
		close((int)descriptor);
}

/*
 * Closes all descriptors but the standard ones and COUNT others. What the clerk holds open belongs to the
 * clerk: its lock on the spool must end with it, not with a slow sendmail.
 */
static void keep_only(int *kept, size_t count)
{
	unsigned next = STDERR_FILENO + 1;
	for (size_t done = 0; done < count; done++) {
		for (size_t i = done + 1; i < count; i++)
			if (kept[i] < kept[done]) {
				int smaller = kept[i];
				kept[i] = kept[done];
				kept[done] = smaller;
			}
		if (kept[done] < (int)next)
			continue;
		if (kept[done] > (int)next)
			close_span(next, (unsigned)kept[done] - 1);
		next = (unsigned)kept[done] + 1;
	}
	close_span(next, ~0U);
}

/* The helper: holds the lock and the mail, and outlives the clerk. TELL gets a byte when "started" is
 * durable. */
static void help(int descriptor, int mail, int sink, int tell, const char *const *arguments, int seconds)
{
	keep_only((int[]){descriptor, mail, sink, tell}, 4);
	setsid();
	sigset_t signals;
	sigemptyset(&signals);
	sigaddset(&signals, SIGCHLD);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	signal(SIGINT, SIG_IGN);
	if (!note(descriptor, "started\n"))
		_exit(1);
	fault_point("dunning.helper-started");
	if (write(tell, "s", 1) < 0) {
		/* the clerk is gone: the mail goes out all the same */
	}
	close(tell);
	pid_t child = fork();
	if (child == 0)
		execute(arguments, mail, sink);
	int status = child < 0 ? SUBMISSION_CANNOT_EXECUTE : wait_for(child, seconds);
	if (status < 0)
		note(descriptor, "timeout\n");
	else
		note_exit(descriptor, status, sink);
	_exit(0);
}

/* -N and -V are understood by Postfix and Sendmail alike; -R hdrs keeps reports small. */
static const char **arguments_of(const struct submission *submission, char **recipients)
{
	const char **arguments = g_new0(const char *, ARGUMENTS_MOST);
	const char *const head[] = {submission->sendmail, "-N",
	    submission->notify ? submission->notify : "success,failure,delay", "-R", "hdrs", "-V",
	    submission->envelope_id, "-f", submission->sender, "-i", "--"};
	size_t count = 0;
	for (size_t i = 0; i < ARRAY_LENGTH(head); i++)
		arguments[count++] = head[i];
	for (char **recipient = recipients; *recipient && count + 1 < ARGUMENTS_MOST; recipient++)
		if (**recipient)
			arguments[count++] = *recipient;
	return arguments;
}

static int memory_file(const char *name, const void *bytes, size_t length)
{
	int descriptor = memfd_create(name, MFD_CLOEXEC);
	if (descriptor >= 0 &&
	    (!write_all(descriptor, bytes, length) || lseek(descriptor, 0, SEEK_SET) != 0)) {
		close(descriptor);
		return -1;
	}
	return descriptor;
}

/* Reads the file's words. */
static void parse(const char *words, struct submission_result *result)
{
	const char *exited = strstr(words, "exit ");
	result->state = *words ? SUBMISSION_DOUBTFUL : SUBMISSION_NEVER_STARTED;
	if (strncmp(words, "started\n", 8) != 0 || !exited)
		return;
	char *end;
	result->status = (int)strtol(exited + 5, &end, 10);
	result->state = SUBMISSION_EXITED;
	snprintf(result->text, sizeof result->text, "%s", *end == ' ' ? end + 1 : "");
	g_strstrip(result->text);
}

static void read_result(int descriptor, struct submission_result *result)
{
	char words[512];
	ssize_t length = pread(descriptor, words, sizeof words - 1, 0);
	words[length > 0 ? length : 0] = '\0';
	parse(words, result);
}

bool submission_run(int descriptor, const struct submission *submission, struct submission_result *result,
    struct error *error)
{
	*result = (struct submission_result){0};
	int tell[2] = {-1, -1};
	int mail = memory_file("mail", submission->mail, submission->length),
	    sink = memory_file("said", "", 0);
	g_auto(GStrv) recipients = g_strsplit(submission->recipients, " ", -1);
	const char **arguments = arguments_of(submission, recipients);
	pid_t helper = -1;
	if (mail >= 0 && sink >= 0 && pipe2(tell, O_CLOEXEC) == 0)
		helper = fork();
	if (helper == 0)
		help(descriptor, mail, sink, tell[1], arguments, submission->seconds);
	bool running =
	    helper > 0 || error_set_errno(error, STATUS_TRY_AGAIN, errno, "%s", submission->sendmail);
	g_free(arguments);
	const int ours[] = {mail, sink, tell[1]};
	for (size_t i = 0; i < ARRAY_LENGTH(ours); i++)
		if (ours[i] >= 0)
			close(ours[i]);
	char started;
	if (running && read(tell[0], &started, 1) == 1)
		fault_point("dunning.started");
	if (tell[0] >= 0)
		close(tell[0]);
	while (running && waitpid(helper, NULL, 0) < 0 && errno == EINTR)
		;
	if (running)
		read_result(descriptor, result);
	close(descriptor);
	return running;
}

/* Opens and locks; STATE says why not (-1). */
static int open_locked(const char *folder, const char *key, enum submission_state *state, int *failure)
{
	g_autofree char *path = file_of(folder, key);
	int descriptor = open(path, O_RDWR | O_CLOEXEC | O_APPEND);
	*failure = descriptor < 0 && errno != ENOENT ? errno : 0;
	*state = SUBMISSION_ABSENT;
	if (descriptor < 0)
		return -1;
	if (flock(descriptor, LOCK_EX | LOCK_NB) == 0)
		return descriptor;
	*state = SUBMISSION_RUNNING;
	close(descriptor);
	return -1;
}

bool submission_look(
    const char *folder, const char *key, struct submission_result *result, struct error *error)
{
	*result = (struct submission_result){0};
	int failure, descriptor = open_locked(folder, key, &result->state, &failure);
	if (failure)
		return error_set_errno(error, STATUS_IO, failure, "%s/%s", folder, key);
	if (descriptor < 0)
		return true;
	read_result(descriptor, result);
	close(descriptor);
	return true;
}

int submission_take(const char *folder, const char *key)
{
	struct submission_result result = {0};
	int failure, descriptor = open_locked(folder, key, &result.state, &failure);
	if (descriptor < 0)
		return -1;
	read_result(descriptor, &result);
	if (result.state == SUBMISSION_NEVER_STARTED)
		return descriptor;
	close(descriptor);
	return -1;
}

void submission_forget(const char *folder, const char *key)
{
	g_autofree char *path = file_of(folder, key);
	unlink(path);
}
