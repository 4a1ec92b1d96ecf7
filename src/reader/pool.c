#include "base/base.h"
#include "reader/pool.h"

#include "reader/protocol.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* One worker at work. */
struct slot {
	pid_t pid;	/* 0: free */
	int connection; /* our copy: for the verdict, and to see the client hang up */
	struct worker_note *note;
	bool hung_up;
};

struct pool {
	const struct pool_settings *settings;
	struct slot *slots;
	struct pollfd *watched; /* one for each slot, and the listener */
	int busy;
};

/* ---- signals ---- */

static volatile sig_atomic_t stop_wanted;

static void on_stop(int number)
{
	(void)number;
	stop_wanted = 1;
}

/* Only so that ppoll() comes back. */
static void on_child(int number)
{
	(void)number;
}

static const int watched_signals[] = {SIGCHLD, SIGTERM, SIGINT};

/* They are delivered in ppoll() alone; OLD gets the mask to be used there. */
static void watch_signals(sigset_t *old)
{
	sigset_t blocked;
	sigemptyset(&blocked);
	for (size_t i = 0; i < ARRAY_LENGTH(watched_signals); i++) {
		struct sigaction action = {.sa_handler = watched_signals[i] == SIGCHLD ? on_child : on_stop};
		sigaction(watched_signals[i], &action, NULL);
		sigaddset(&blocked, watched_signals[i]);
	}
	sigprocmask(SIG_BLOCK, &blocked, old);
	for (size_t i = 0; i < ARRAY_LENGTH(watched_signals); i++)
		sigdelset(old, watched_signals[i]);
	stop_wanted = 0;
}

static void forget_signals(void)
{
	sigset_t none;
	for (size_t i = 0; i < ARRAY_LENGTH(watched_signals); i++)
		signal(watched_signals[i], SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* ---- the life of a worker ---- */

/* Seconds of CPU that a worker may use in all: it retires long before unless it cheats its timers. */
static int whole_life(const struct worker_settings *worker)
{
	int most = worker->seconds * 20;
	return most < 3600 ? 3600 : most;
}

/* What the pool knows of the other workers is not for this one. */
static void forget_others(const struct pool *pool, const struct slot *own)
{
	for (int i = 0; i < pool->settings->workers; i++)
		if (pool->slots[i].note && &pool->slots[i] != own)
			munmap(pool->slots[i].note, sizeof *own->note);
}

/* In the child. */
static _Noreturn void become_worker(const struct pool *pool, const struct slot *slot)
{
	const struct worker_settings *worker = &pool->settings->worker;
	forget_signals();
	forget_others(pool, slot);
	prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	struct cage_limits limits = {.memory = worker->memory, .cpu_seconds = whole_life(worker)};
	struct error error = {0};
	if (!cage_enter(slot->connection, &limits, &error))
		_exit(STATUS_SOFTWARE);
	_exit(worker_serve(worker, slot->note));
}

static struct slot *free_slot(struct pool *pool)
{
	for (int i = 0; i < pool->settings->workers; i++)
		if (!pool->slots[i].pid)
			return &pool->slots[i];
	return NULL;
}

static void empty_slot(struct pool *pool, struct slot *slot)
{
	close(slot->connection);
	munmap(slot->note, sizeof *slot->note);
	*slot = (struct slot){0};
	pool->busy--;
}

/* Takes CONNECTION over. Where no worker can be made, the client is hung up on and tries again later. */
static void start_worker(struct pool *pool, int connection)
{
	struct slot *slot = free_slot(pool);
	void *note =
	    mmap(NULL, sizeof *slot->note, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (!slot || note == MAP_FAILED) {
		close(connection);
		return;
	}
	*slot = (struct slot){.connection = connection, .note = note};
	pool->busy++;
	slot->pid = fork();
	if (slot->pid == 0)
		become_worker(pool, slot);
	if (slot->pid < 0)
		empty_slot(pool, slot);
}

/* ---- the death of a worker ---- */

static enum reader_verdict verdict_of(int status, const struct worker_note *note)
{
	if (!WIFSIGNALED(status))
		return VERDICT_CRASHED;
	switch (WTERMSIG(status)) {
	case SIGXCPU:
	case SIGPROF:
	case SIGALRM:
		return VERDICT_TIME;
	case SIGKILL: /* not by us: the kernel was out of memory */
		return VERDICT_MEMORY;
	case SIGSYS:
		return VERDICT_FORBIDDEN;
	default:
		return note->out_of_memory ? VERDICT_MEMORY : VERDICT_CRASHED;
	}
}

/* A worker that died while reading has sent nothing of its answer yet, so that the stream is at the start of
 * one. */
static void tell_verdict(const struct slot *slot, int status)
{
	if (slot->hung_up || slot->note->state != WORKER_READING)
		return;
	struct reader_header header = {READER_VERDICT, READER_RETIRES | verdict_of(status, slot->note)};
	(void)!send(slot->connection, &header, sizeof header, MSG_DONTWAIT | MSG_NOSIGNAL);
}

static void bury(struct pool *pool, pid_t pid, int status)
{
	for (int i = 0; i < pool->settings->workers; i++)
		if (pool->slots[i].pid == pid) {
			tell_verdict(&pool->slots[i], status);
			empty_slot(pool, &pool->slots[i]);
		}
}

static void bury_the_dead(struct pool *pool)
{
	int status;
	pid_t pid;
	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		bury(pool, pid, status);
}

static void kill_all(struct pool *pool)
{
	for (int i = 0; i < pool->settings->workers; i++)
		if (pool->slots[i].pid) {
			kill(pool->slots[i].pid, SIGKILL);
			waitpid(pool->slots[i].pid, NULL, 0);
			empty_slot(pool, &pool->slots[i]);
		}
}

/* ---- waiting ---- */

static void watch_all(struct pool *pool)
{
	int workers = pool->settings->workers;
	for (int i = 0; i < workers; i++) {
		const struct slot *slot = &pool->slots[i];
		pool->watched[i] = (struct pollfd){
		    .fd = slot->pid && !slot->hung_up ? slot->connection : -1, .events = POLLRDHUP};
	}
	pool->watched[workers] =
	    (struct pollfd){.fd = pool->busy < workers ? pool->settings->listen : -1, .events = POLLIN};
}

/* A client that has gone does not wait for its answer: the worker may be far from one. */
static void stop_forsaken(struct pool *pool)
{
	for (int i = 0; i < pool->settings->workers; i++)
		if (pool->watched[i].revents) {
			pool->slots[i].hung_up = true;
			kill(pool->slots[i].pid, SIGKILL);
		}
}

static void serve(struct pool *pool, const sigset_t *mask)
{
	while (!stop_wanted && (pool->settings->listen >= 0 || pool->busy)) {
		bury_the_dead(pool);
		watch_all(pool);
		int workers = pool->settings->workers;
		if (pool->settings->listen < 0 && !pool->busy)
			break;
		if (ppoll(pool->watched, (nfds_t)workers + 1, NULL, mask) <= 0)
			continue;
		stop_forsaken(pool);
		if (!pool->watched[workers].revents)
			continue;
		int connection = accept4(pool->settings->listen, NULL, NULL, SOCK_CLOEXEC);
		if (connection >= 0)
			start_worker(pool, connection);
		else
			(void)poll(NULL, 0,
			    100); /* out of descriptors or memory: not to spin until there are some */
	}
}

bool pool_begin_trial(int64_t memory, struct cage_trial *trial, struct error *error)
{
	int tell[2];
	if (pipe2(tell, O_CLOEXEC))
		return error_set_errno(error, STATUS_SOFTWARE, errno, "cage");
	*trial = (struct cage_trial){.process = fork(), .told = tell[0]};
	if (trial->process == 0) {
		struct cage_limits limits = {.memory = memory, .cpu_seconds = 1};
		struct error inner = {0};
		bool entered = cage_enter(tell[1], &limits, &inner);
		if (!entered && write(tell[1], inner.text, strlen(inner.text)) < 0)
			(void)!write(CAGE_CONNECTION, inner.text, strlen(inner.text));
		_exit(entered ? STATUS_DONE : STATUS_SOFTWARE);
	}
	close(tell[1]);
	return true;
}

bool pool_end_trial(const struct cage_trial *trial, struct error *error)
{
	char text[512] = "";
	int status;
	ssize_t length = read(trial->told, text, sizeof text - 1);
	close(trial->told);
	if (trial->process < 0 || waitpid(trial->process, &status, 0) != trial->process)
		return error_set(error, STATUS_SOFTWARE, "cage: no process can be made");
	if (WIFEXITED(status) && WEXITSTATUS(status) == STATUS_DONE)
		return true;
	return error_set(error, STATUS_SOFTWARE, "%s", length > 0 ? text : "cage: it does not hold here");
}

bool pool_try_cage(int64_t memory, struct error *error)
{
	struct cage_trial trial;
	return pool_begin_trial(memory, &trial, error) && pool_end_trial(&trial, error);
}

void pool_run(const struct pool_settings *settings)
{
	struct pool pool = {
	    .settings = settings,
	    .slots = g_new0(struct slot, (gsize)settings->workers),
	    .watched = g_new0(struct pollfd, (gsize)settings->workers + 1),
	};
	sigset_t mask;
	watch_signals(&mask);
	if (settings->connection >= 0)
		start_worker(&pool, settings->connection);
	serve(&pool, &mask);
	kill_all(&pool);
	forget_signals();
	g_free(pool.slots);
	g_free(pool.watched);
}
