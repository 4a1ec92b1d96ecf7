/*
 * relance-front: the milter. Started by relanced, which sends the settings over the descriptor --control FD
 * and learns there that the socket is open. Links libmilter and LMDB, nothing that reads mail.
 */
#include "base/base.h"

#include "base/log.h"
#include "front/milter.h"
#include "front/shared.h"
#include "host/fault.h"
#include "host/file.h"

#include <errno.h>
#include <malloc.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#define STOP_WAIT_MILLISECONDS 3000

struct front {
	int control;
	struct buffer received; /* of settings, not yet a whole block */
	struct shared *shared;
	char *socket_path;  /* NULL where it is none of the file system */
	struct stat socket; /* of the file as this front made it */
};

/* ---- settings from relanced ---- */

/* Waits for a whole block of settings and gives its text; false: relanced has closed the line, or TIMEOUT
 * passed. */
static bool block_receive(struct front *front, int timeout_milliseconds, struct buffer *block, bool *closed)
{
	*closed = false;
	size_t length;
	while (!(length = settings_block_length(front->received.bytes))) {
		struct pollfd waited = {front->control, POLLIN, 0};
		int ready = poll(&waited, 1, timeout_milliseconds);
		if (ready < 0 && errno == EINTR)
			continue;
		if (ready <= 0)
			return false;
		buffer_reserve(&front->received, 4096);
		ssize_t got = read(front->control, front->received.bytes + front->received.length, 4096);
		*closed = got == 0 || (got < 0 && errno != EINTR);
		if (*closed)
			return false;
		front->received.length += got > 0 ? (size_t)got : 0;
		front->received.bytes[front->received.length] = '\0';
	}
	buffer_reset(block);
	buffer_append(block, front->received.bytes, length);
	memmove(front->received.bytes, front->received.bytes + length, front->received.length - length + 1);
	front->received.length -= length;
	return true;
}

/* One line back: "ready" or "error: TEXT". relanced that is gone is seen at the next reading. */
static void tell(const struct front *front, const struct error *error)
{
	struct buffer line = BUFFER_EMPTY;
	buffer_append_text(&line, error ? "error: " : "ready");
	buffer_append_text(&line, error ? error->text : "");
	buffer_append_char(&line, '\n');
	if (!write_all(front->control, line.bytes, line.length))
		log_event(LOG_IS_WARNING, NULL, "control", "relanced does not listen");
	buffer_clear(&line);
}

static void settings_renew(struct front *front, const char *text)
{
	struct settings settings;
	struct error error = {0};
	bool renewed = settings_parse(text, &settings, &error) &&
		       shared_settings_replace(front->shared, &settings, &error);
	if (renewed)
		log_event(LOG_IS_EVENT, NULL, "reloaded", "settings=new");
	else
		log_error("settings are kept as they were", &error);
	tell(front, renewed ? NULL : &error);
}

/* ---- the housekeeper: the thread beside libmilter's ---- */

/* Only our own: when relanced was killed and started again, the next front has its socket there already, and
 * mail would pass it unseen without that file. */
static void socket_remove(const struct front *front)
{
	struct stat present;
	if (front->socket_path && lstat(front->socket_path, &present) == 0 &&
	    present.st_dev == front->socket.st_dev && present.st_ino == front->socket.st_ino)
		unlink(front->socket_path);
}

/* relanced wants the end, or is gone. Messages that are just being taken in get a moment; the others the MTA
 * carries on by itself. Not through libmilter's own way out, which takes up to five seconds. */
static void leave(struct front *front)
{
	socket_remove(front);
	for (int waited = 0; shared_messages(front->shared) && waited < STOP_WAIT_MILLISECONDS; waited += 20)
		poll(NULL, 0, 20);
	log_event(LOG_IS_EVENT, NULL, "stopped", "messages-cut=%d", shared_messages(front->shared));
	_exit(STATUS_DONE);
}

static void *housekeeper(void *argument)
{
	struct front *front = argument;
	struct buffer block = BUFFER_EMPTY;
	for (;;) {
		bool closed;
		if (block_receive(front, 1000, &block, &closed))
			settings_renew(front, block.bytes);
		if (closed)
			leave(front);
		shared_tick(front->shared);
	}
	return NULL;
}

/* TERM, INT and HUP are for libmilter's own thread; USR1 and USR2, which would end us, are nobody's. */
static void signals_block(void)
{
	sigset_t signals;
	static const int blocked[] = {SIGTERM, SIGINT, SIGHUP, SIGUSR1, SIGUSR2, SIGPIPE};
	sigemptyset(&signals);
	for (size_t i = 0; i < ARRAY_LENGTH(blocked); i++)
		sigaddset(&signals, blocked[i]);
	if (pthread_sigmask(SIG_BLOCK, &signals, NULL))
		abort();
}

static bool housekeeper_start(struct front *front, struct error *error)
{
	pthread_t thread;
	int result = pthread_create(&thread, NULL, housekeeper, front);
	if (!result)
		pthread_detach(thread);
	return !result || error_set_errno(error, STATUS_UNAVAILABLE, result, "thread");
}

/* ---- start ---- */

static bool control_descriptor(int count, char **arguments, int *control)
{
	char *end;
	if (count != 3 || strcmp(arguments[1], "--control"))
		return false;
	long number = strtol(arguments[2], &end, 10);
	*control = (int)number;
	return end != arguments[2] && !*end && number > STDERR_FILENO && number < 1024;
}

static void socket_remember(struct front *front, const struct settings *settings)
{
	const char *path = strchr(settings->socket, ':');
	if (path && path[1] == '/' && !(front->socket_path = strdup(path + 1)))
		abort();
}

static bool front_start(struct front *front, struct error *error)
{
	struct buffer block = BUFFER_EMPTY;
	struct settings settings;
	bool closed;
	if (!block_receive(front, -1, &block, &closed))
		return error_set(error, STATUS_UNAVAILABLE, "control: relanced sent no settings");
	bool parsed = settings_parse(block.bytes, &settings, error);
	buffer_clear(&block);
	if (!parsed)
		return false;
	log_open("relance-front", settings.log_to_syslog, false);
	fault_setup(settings.test_clock ? getenv("RELANCE_FAULT") : NULL);
	front->shared = shared_new(&settings, error);
	if (!front->shared)
		return false;
	struct settings_use *use = shared_settings_take(front->shared);
	socket_remember(front, settings_of(use));
	bool opened = milter_open(front->shared, settings_of(use), error);
	shared_settings_give(use);
	if (opened && front->socket_path && lstat(front->socket_path, &front->socket))
		return error_set_errno(error, STATUS_IO, errno, "%s", front->socket_path);
	return opened && housekeeper_start(front, error);
}

int main(int count, char **arguments)
{
	struct front front = {.received = BUFFER_EMPTY};
	struct error error = {0};
	if (!control_descriptor(count, arguments, &front.control)) {
		fprintf(stderr, "usage: relance-front --control FD (relanced starts it)\n");
		return STATUS_USAGE;
	}
	mallopt(M_ARENA_MAX,
	    2); /* libmilter's threads come and go; an arena for each would keep what they freed */
	signals_block();
	if (!front_start(&front, &error)) {
		log_error("front", &error);
		tell(&front, &error);
		buffer_clear(&front.received);
		free(front.socket_path);
		return (int)error.status;
	}
	log_event(LOG_IS_EVENT, NULL, "started", "version=%s", PACKAGE_VERSION);
	tell(&front, NULL);
	if (!milter_run(&error)) {
		log_error("front", &error);
		return (int)error.status;
	}
	leave(&front);
}
