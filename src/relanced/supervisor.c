#include "base/base.h"
#include "relanced/supervisor.h"

#include "base/log.h"
#include "front/settings.h"
#include "host/file.h"
#include "host/front_stats.h"
#include "host/installation.h"
#include "host/notify.h"
#include "host/process.h"
#include "relanced/ground.h"
#include "relanced/taught.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define READY_MILLISECONDS	 15000
#define FRONT_STOP_MILLISECONDS	 5000
#define CLERK_STOP_MILLISECONDS	 15000
#define READER_STOP_MILLISECONDS 5000
#define STATUS_SECONDS		 60

enum program { FRONT, READER, CLERK, PROGRAMS };

struct supervisor {
	struct config config;
	const char *config_path;
	const char *libexec;
	struct process programs[PROGRAMS];
	int control;	     /* our end of the line to the front; -1 */
	struct buffer words; /* what the front said, not yet a whole line */
	int reader_socket;   /* listening; the reader inherits it */
	int64_t status_at;   /* when systemd is told our state again */
};

static volatile sig_atomic_t stop_wanted, reload_wanted;

static void on_signal(int number)
{
	if (number == SIGTERM || number == SIGINT)
		stop_wanted = 1;
	if (number == SIGUSR1 || number == SIGHUP)
		reload_wanted = 1;
}

void supervisor_signals(void)
{
	static const int handled[] = {SIGTERM, SIGINT, SIGUSR1, SIGHUP, SIGCHLD};
	sigset_t blocked;
	sigemptyset(&blocked);
	for (size_t i = 0; i < ARRAY_LENGTH(handled); i++) {
		struct sigaction action = {.sa_handler = on_signal};
		sigaction(handled[i], &action, NULL);
		sigaddset(&blocked, handled[i]);
	}
	signal(SIGPIPE, SIG_IGN);
	sigprocmask(SIG_BLOCK, &blocked, NULL); /* ppoll() opens them while it waits */
}

/* ---- what is started how ---- */

static void program_init(struct supervisor *supervisor, enum program program, const char *name)
{
	struct buffer path = BUFFER_EMPTY;
	buffer_printf(&path, "%s/%s", supervisor->libexec, name);
	process_init(&supervisor->programs[program], name, path.bytes);
	buffer_clear(&path);
}

/* The reader's command line follows the configuration. */
static void reader_arguments(struct supervisor *supervisor)
{
	const struct config *config = &supervisor->config;
	struct process *reader = &supervisor->programs[READER];
	process_argument(reader, "--lexicon");
	process_argument(reader, "%s", config->lexicon_dir);
	if (*config->lexicon_extra_dir && access(config->lexicon_extra_dir, F_OK) == 0) {
		process_argument(reader, "--lexicon-extra");
		process_argument(reader, "%s", config->lexicon_extra_dir);
	}
	if (*config->layout_dir) {
		process_argument(reader, "--layouts");
		process_argument(reader, "%s", config->layout_dir);
	}
	process_argument(reader, "--listen");
	process_argument(reader, "%d", supervisor->reader_socket);
	process_argument(reader, "--workers");
	process_argument(reader, "%d", config->readers);
	process_argument(reader, "--seconds");
	process_argument(reader, "%d", config->reader_seconds);
	process_argument(reader, "--memory");
	process_argument(reader, "%" PRId64, config->reader_memory);
}

struct supervisor *supervisor_new(struct config *config, const char *config_path, const char *libexec)
{
	struct supervisor *supervisor = calloc(1, sizeof(*supervisor));
	if (!supervisor)
		abort();
	supervisor->config = *config;
	memset(config, 0, sizeof(*config));
	supervisor->config_path = config_path;
	supervisor->libexec = libexec;
	supervisor->control = -1;
	supervisor->reader_socket = -1;
	buffer_init(&supervisor->words);
	program_init(supervisor, FRONT, "relance-front");
	process_argument(&supervisor->programs[FRONT], "--control");
	program_init(supervisor, READER, "relance-reader");
	program_init(supervisor, CLERK, "relance-clerk");
	process_argument(&supervisor->programs[CLERK], "-c");
	process_argument(&supervisor->programs[CLERK], "%s", config_path);
	return supervisor;
}

void supervisor_free(struct supervisor *supervisor)
{
	for (size_t i = 0; i < PROGRAMS; i++)
		process_clear(&supervisor->programs[i]);
	if (supervisor->control >= 0)
		close(supervisor->control);
	if (supervisor->reader_socket >= 0)
		close(supervisor->reader_socket);
	buffer_clear(&supervisor->words);
	config_clear(&supervisor->config);
	free(supervisor);
}

static bool reader_socket_open(struct supervisor *supervisor, struct error *error)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	char *path = installation_place(supervisor->config.run_dir, PLACE_READER_SOCKET);
	size_t length = strlen(path);
	bool fits = length < sizeof(address.sun_path);
	if (fits)
		memcpy(address.sun_path, path, length);
	unlink(path);
	mode_t before = umask(0177);
	int listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool opened =
	    fits && listening >= 0 &&
	    bind(listening, (const struct sockaddr *)(const void *)&address, sizeof(address)) == 0 &&
	    listen(listening, 64) == 0;
	if (!opened)
		error_set_errno(error, STATUS_CANNOT_CREATE, fits ? errno : ENAMETOOLONG, "%s", path);
	umask(before);
	free(path);
	supervisor->reader_socket = listening;
	return opened;
}

/* ---- the front ---- */

static bool settings_send(struct supervisor *supervisor, struct error *error)
{
	struct buffer text = BUFFER_EMPTY;
	settings_write(&supervisor->config, &text);
	bool sent = write_all(supervisor->control, text.bytes, text.length) ||
		    error_set_errno(error, STATUS_IO, errno, "sending settings to the front");
	buffer_clear(&text);
	return sent;
}

static void control_close(struct supervisor *supervisor)
{
	if (supervisor->control >= 0)
		close(supervisor->control);
	supervisor->control = -1;
	buffer_reset(&supervisor->words);
}

static bool front_start(struct supervisor *supervisor, struct error *error)
{
	int ends[2];
	control_close(supervisor);
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
		return error_set_errno(error, STATUS_TRY_AGAIN, errno, "socketpair");
	supervisor->control = ends[0];
	struct process *front = &supervisor->programs[FRONT];
	free(front->arguments[2]);
	front->arguments[2] = NULL;
	process_argument(front, "%d", ends[1]);
	bool started = process_start(front, ends[1], error) && settings_send(supervisor, error);
	close(ends[1]);
	return started;
}

/* Takes a whole line of what the front says; false while there is none. */
static bool front_line(struct supervisor *supervisor, struct buffer *line)
{
	char *end = strchr(supervisor->words.bytes, '\n');
	if (!end)
		return false;
	size_t length = (size_t)(end - supervisor->words.bytes);
	buffer_reset(line);
	buffer_append(line, supervisor->words.bytes, length);
	memmove(supervisor->words.bytes, end + 1, supervisor->words.length - length);
	supervisor->words.length -= length + 1;
	return true;
}

/* Reads what is there; false: the front has closed its end. */
static bool front_listen(struct supervisor *supervisor)
{
	char bytes[1024];
	ssize_t got = read(supervisor->control, bytes, sizeof(bytes));
	if (got > 0)
		buffer_append(&supervisor->words, bytes, (size_t)got);
	return got > 0 || (got < 0 && errno == EINTR);
}

/* Waits for the first word of the front that was just started. */
static bool front_await(struct supervisor *supervisor, struct error *error)
{
	struct buffer line = BUFFER_EMPTY;
	int64_t end = process_milliseconds() + READY_MILLISECONDS;
	bool told = false;
	bool listening = true;
	while (listening && !(told = front_line(supervisor, &line)) && process_milliseconds() < end) {
		struct pollfd waited = {supervisor->control, POLLIN, 0};
		if (poll(&waited, 1, 100) > 0)
			listening = front_listen(supervisor);
	}
	bool ready = told && !strcmp(line.bytes, "ready");
	if (told && !ready)
		error_set(error, STATUS_UNAVAILABLE, "front: %s", line.bytes + strcspn(line.bytes, " ") + 1);
	else if (!told)
		error_set(error, STATUS_UNAVAILABLE, "front: %s does not start",
		    supervisor->programs[FRONT].arguments[0]);
	buffer_clear(&line);
	return ready;
}

static void front_tells(struct supervisor *supervisor)
{
	struct buffer line = BUFFER_EMPTY;
	if (!front_listen(supervisor))
		control_close(supervisor);
	while (front_line(supervisor, &line))
		if (strcmp(line.bytes, "ready"))
			log_event(LOG_IS_ERROR, NULL, "front", "%s", line.bytes);
	buffer_clear(&line);
}

/* ---- starting, dying, starting again ---- */

static bool program_start(struct supervisor *supervisor, enum program program, struct error *error)
{
	if (program == FRONT)
		return front_start(supervisor, error);
	return process_start(
	    &supervisor->programs[program], program == READER ? supervisor->reader_socket : -1, error);
}

bool supervisor_start(struct supervisor *supervisor, struct error *error)
{
	if (!reader_socket_open(supervisor, error))
		return false;
	reader_arguments(supervisor);
	taught_check(&supervisor->config, taught_log);
	/* The front first, and alone: it brings answers home that a loss of power left in tmp/. The clerk
	 * must not chase before it has seen them. */
	bool started = program_start(supervisor, FRONT, error) && front_await(supervisor, error);
	for (size_t i = 0; started && i < PROGRAMS; i++)
		if (i != FRONT)
			started = program_start(supervisor, (enum program)i, error);
	/* An injected fault is for the first life of a program: the second one shows what became of it. */
	unsetenv("RELANCE_FAULT");
	if (started)
		return true;
	supervisor_stop(supervisor);
	return false;
}

static void tell_death(const struct process *process, int status)
{
	int64_t pause = process->start_at - process_milliseconds();
	log_event(LOG_IS_ERROR, NULL, "died", "program=%s %s=%d again-in=%" PRId64 "ms", process->name,
	    WIFSIGNALED(status) ? "signal" : "status",
	    WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status), pause > 0 ? pause : 0);
}

static void reap(struct supervisor *supervisor)
{
	int status;
	pid_t ended;
	while ((ended = waitpid(-1, &status, WNOHANG)) > 0)
		for (size_t i = 0; i < PROGRAMS; i++)
			if (supervisor->programs[i].pid == ended) {
				process_ended(&supervisor->programs[i]);
				tell_death(&supervisor->programs[i], status);
			}
}

static void start_the_due(struct supervisor *supervisor)
{
	for (size_t i = 0; i < PROGRAMS; i++) {
		struct error error = {0};
		if (!process_is_due(&supervisor->programs[i]))
			continue;
		if (program_start(supervisor, (enum program)i, &error))
			log_event(
			    LOG_IS_EVENT, NULL, "restarted", "program=%s", supervisor->programs[i].name);
		else
			log_error("restart", &error);
	}
}

/* ---- a new configuration ---- */

/* What was opened at the start and given to all stays until the end. */
static bool is_reloadable(const struct config *old, const struct config *new, struct error *error)
{
	const struct {
		const char *key, *old, *new;
	} fixed[] = {
	    {"socket", old->socket, new->socket},
	    {"socket_group", old->socket_group, new->socket_group},
	    {"user", old->user, new->user},
	    {"state_dir", old->state_dir, new->state_dir},
	    {"spool_dir", old->spool_dir, new->spool_dir},
	    {"run_dir", old->run_dir, new->run_dir},
	    {"log", old->log, new->log},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(fixed); i++)
		if (strcmp(fixed[i].old, fixed[i].new))
			return error_set(error, STATUS_CONFIG, "%s: changes only at a restart", fixed[i].key);
	return old->socket_mode == new->socket_mode ||
	       error_set(error, STATUS_CONFIG, "socket_mode: changes only at a restart");
}

static void reader_renew(struct supervisor *supervisor)
{
	struct process *reader = &supervisor->programs[READER];
	process_stop(reader, READER_STOP_MILLISECONDS);
	process_clear(reader);
	program_init(supervisor, READER, "relance-reader");
	reader_arguments(supervisor);
}

static void reload(struct supervisor *supervisor)
{
	struct config fresh;
	struct error error = {0};
	if (!installation_load(supervisor->config_path, &fresh, &error)) {
		log_error("the configuration is kept as it was", &error);
		return;
	}
	if (!ground_check(&fresh, &error) || !is_reloadable(&supervisor->config, &fresh, &error)) {
		config_clear(&fresh);
		log_error("the configuration is kept as it was", &error);
		return;
	}
	config_clear(&supervisor->config);
	supervisor->config = fresh;
	if (supervisor->control >= 0 && !settings_send(supervisor, &error))
		log_error("reload", &error);
	taught_check(&supervisor->config, taught_log);
	reader_renew(supervisor);
	if (supervisor->programs[CLERK].pid)
		kill(supervisor->programs[CLERK].pid, SIGUSR1);
	log_event(LOG_IS_EVENT, NULL, "reloaded", "config=%s", supervisor->config_path);
}

/* ---- the loop ---- */

static void tell_state(struct supervisor *supervisor)
{
	uint64_t counts[FRONT_COUNTS];
	if (process_milliseconds() < supervisor->status_at)
		return;
	supervisor->status_at = process_milliseconds() + STATUS_SECONDS * 1000;
	if (!front_stats_read(supervisor->config.run_dir, counts, NULL))
		return;
	struct buffer state = BUFFER_EMPTY;
	buffer_printf(&state, "STATUS=seen %" PRIu64 ", outgoing %" PRIu64 ", incoming %" PRIu64,
	    counts[FRONT_SEEN], counts[FRONT_OUTGOING], counts[FRONT_INCOMING]);
	notify_service(state.bytes);
	buffer_clear(&state);
}

/* Until something happens, or the next program is due. */
static void wait_for_news(struct supervisor *supervisor)
{
	int64_t pause = 1000;
	for (size_t i = 0; i < PROGRAMS; i++) {
		int64_t due = supervisor->programs[i].start_at - process_milliseconds();
		if (!supervisor->programs[i].pid && due < pause)
			pause = due > 0 ? due : 0;
	}
	struct timespec timeout = {pause / 1000, pause % 1000 * 1000000};
	struct pollfd waited = {supervisor->control, POLLIN, 0};
	sigset_t none;
	sigemptyset(&none);
	if (ppoll(&waited, supervisor->control >= 0 ? 1 : 0, &timeout, &none) > 0)
		front_tells(supervisor);
}

void supervisor_run(struct supervisor *supervisor)
{
	while (!stop_wanted) {
		wait_for_news(supervisor);
		reap(supervisor);
		if (reload_wanted && !stop_wanted) {
			reload_wanted = 0;
			notify_service("RELOADING=1");
			reload(supervisor);
			notify_service("READY=1");
		}
		if (!stop_wanted)
			start_the_due(supervisor);
		tell_state(supervisor);
	}
}

void supervisor_stop(struct supervisor *supervisor)
{
	control_close(supervisor); /* which the front takes as the word to stop */
	process_await(&supervisor->programs[FRONT], FRONT_STOP_MILLISECONDS);
	process_stop(&supervisor->programs[CLERK], CLERK_STOP_MILLISECONDS);
	process_stop(&supervisor->programs[READER], READER_STOP_MILLISECONDS);
	char *path = installation_place(supervisor->config.run_dir, PLACE_READER_SOCKET);
	unlink(path);
	free(path);
}
