#include "base/base.h"
#include "reader/client.h"

#include "host/file.h"
#include "reader/protocol.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* How much longer than the worker's own limit the client waits, so that the pool can still tell the reason.
 */
#define GRACE_SECONDS 5
/* Most documents of a reading; the JSON is checked by reading_from_json(), this only bounds the allocation
 * here. */
#define MAX_BLOBS 1000

struct reader_client {
	int connection; /* -1: none */
	int timeout_seconds;
	int64_t deadline;  /* of the present request, milliseconds of the monotonic clock */
	char *socket_path; /* of the daemon's pool, or NULL: */
	char *program;	   /* an own worker */
	char *lexicon_dir;
	char *lexicon_extra_dir;
	char *layout_dir;
	int64_t memory;
	pid_t worker; /* 0: none */
};

static int64_t now_milliseconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- connections ---- */

static void hang_up(struct reader_client *client)
{
	if (client->connection >= 0)
		close(client->connection);
	client->connection = -1;
	if (client->worker > 0)
		waitpid(client->worker, NULL, 0); /* it ends with its connection */
	client->worker = 0;
}

static bool connect_pool(struct reader_client *client, struct error *error)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	if (strlen(client->socket_path) >= sizeof address.sun_path)
		return error_set(
		    error, STATUS_CONFIG, "%s: the path is too long for a socket", client->socket_path);
	memcpy(address.sun_path, client->socket_path, strlen(client->socket_path));
	int connection = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (connection < 0)
		return error_set_errno(error, STATUS_TRY_AGAIN, errno, "socket");
	if (connect(connection, (const struct sockaddr *)&address, sizeof address)) {
		error_set_errno(error, STATUS_UNAVAILABLE, errno, "%s", client->socket_path);
		close(connection);
		return false;
	}
	client->connection = connection;
	return true;
}

/* In the child: the worker gets its end as descriptor 3 and nothing else of ours. Only async-signal-safe
 * calls. */
static _Noreturn void become_reader(const struct reader_client *client, int connection, char **arguments)
{
	if (connection == 3 ? dup2(dup(connection), 3) < 0 : dup2(connection, 3) < 0)
		_exit(STATUS_SOFTWARE);
	close_range(4, ~0U, 0);
	signal(SIGPIPE, SIG_DFL);
	execv(client->program, arguments);
	_exit(STATUS_UNAVAILABLE);
}

static void add_folder(char **arguments, int *count, char *option, char *folder)
{
	if (folder == NULL)
		return;
	arguments[(*count)++] = option;
	arguments[(*count)++] = folder;
}

static bool start_worker(struct reader_client *client, struct error *error)
{
	char seconds[16], memory[32];
	snprintf(seconds, sizeof seconds, "%d", client->timeout_seconds);
	snprintf(memory, sizeof memory, "%lld", (long long)client->memory);
	char *arguments[14] = {client->program, (char[]){"--lexicon"}, client->lexicon_dir,
	    (char[]){"--connection"}, (char[]){"3"}, (char[]){"--seconds"}, seconds, (char[]){"--memory"},
	    memory};
	int count = 9;
	add_folder(arguments, &count, (char[]){"--lexicon-extra"}, client->lexicon_extra_dir);
	add_folder(arguments, &count, (char[]){"--layouts"}, client->layout_dir);
	if (access(client->program, X_OK))
		return error_set_errno(error, STATUS_UNAVAILABLE, errno, "%s", client->program);
	int ends[2];
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends))
		return error_set_errno(error, STATUS_TRY_AGAIN, errno, "socketpair");
	pid_t pid = fork();
	if (pid == 0)
		become_reader(client, ends[1], arguments);
	close(ends[1]);
	if (pid < 0) {
		close(ends[0]);
		return error_set_errno(error, STATUS_TRY_AGAIN, errno, "fork");
	}
	client->connection = ends[0];
	client->worker = pid;
	return true;
}

static bool has_hung_up(int connection)
{
	struct pollfd poll_one = {.fd = connection, .events = POLLRDHUP};
	return poll(&poll_one, 1, 0) != 0;
}

/* A connection to a live worker, the present one if it is. */
static bool renew(struct reader_client *client, struct error *error)
{
	if (client->connection >= 0 && !has_hung_up(client->connection))
		return true;
	hang_up(client);
	return client->socket_path ? connect_pool(client, error) : start_worker(client, error);
}

static struct reader_client *client_new(int timeout_seconds)
{
	struct reader_client *client = g_new0(struct reader_client, 1);
	client->connection = -1;
	client->timeout_seconds = timeout_seconds;
	return client;
}

static struct reader_client *first_connection(struct reader_client *client, struct error *error)
{
	if (renew(client, error))
		return client;
	reader_client_free(client);
	return NULL;
}

struct reader_client *reader_client_connect(const char *run_dir, int timeout_seconds, struct error *error)
{
	struct reader_client *client = client_new(timeout_seconds);
	client->socket_path = g_strdup_printf("%s/reader.sock", run_dir);
	return first_connection(client, error);
}

struct reader_client *reader_client_start(const char *program, const char *lexicon_dir,
    const char *lexicon_extra_dir, const char *layout_dir, int timeout_seconds, int64_t memory,
    struct error *error)
{
	struct reader_client *client = client_new(timeout_seconds);
	client->program = g_strdup(program);
	client->lexicon_dir = g_strdup(lexicon_dir);
	client->lexicon_extra_dir = g_strdup(lexicon_extra_dir);
	client->layout_dir = g_strdup(layout_dir);
	client->memory = memory;
	return first_connection(client, error);
}

void reader_client_free(struct reader_client *client)
{
	if (!client)
		return;
	hang_up(client);
	g_free(client->socket_path);
	g_free(client->program);
	g_free(client->lexicon_dir);
	g_free(client->lexicon_extra_dir);
	g_free(client->layout_dir);
	g_free(client);
}

int reader_client_descriptor(const struct reader_client *client)
{
	return client->connection;
}

/* ---- the request ---- */

/* What a worker is to read. */
struct source {
	int file;	  /* all of it */
	const char *name; /* may be NULL */
	uint32_t flags;
};

static bool send_request(int connection, const struct source *source)
{
	const char *name = source->name ? source->name : "";
	size_t length = strnlen(name, READER_MAX_NAME);
	struct reader_request header = {.name_length = (uint32_t)length, .flags = source->flags};
	struct iovec parts[] = {{&header, sizeof header}, {(void *)(uintptr_t)name, length}};
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control = {.bytes = {0}};
	struct msghdr request = {
	    .msg_iov = parts, .msg_iovlen = 2, .msg_control = &control, .msg_controllen = sizeof control};
	struct cmsghdr *rights = CMSG_FIRSTHDR(&request);
	rights->cmsg_level = SOL_SOCKET;
	rights->cmsg_type = SCM_RIGHTS;
	rights->cmsg_len = CMSG_LEN(sizeof source->file);
	memcpy(CMSG_DATA(rights), &source->file, sizeof source->file);
	return sendmsg(connection, &request, MSG_NOSIGNAL) == (ssize_t)(sizeof header + length);
}

static enum reader_outcome send_source(
    struct reader_client *client, const struct source *source, struct error *error)
{
	if (!renew(client, error))
		return READER_LOST;
	int64_t seconds = (int64_t)client->timeout_seconds * READER_CLOCK_FACTOR + GRACE_SECONDS;
	client->deadline = now_milliseconds() + seconds * 1000;
	if (send_request(client->connection, source))
		return READER_DONE;
	error_set_errno(error, STATUS_TRY_AGAIN, errno, "the reader took no request");
	hang_up(client);
	return READER_LOST;
}

enum reader_outcome reader_client_send(
    struct reader_client *client, int message, const char *name, struct error *error)
{
	struct source source = {message, name, 0};
	return send_source(client, &source, error);
}

enum reader_outcome reader_client_send_alone(
    struct reader_client *client, int message, const char *name, struct error *error)
{
	struct source source = {message, name, READER_ALONE};
	return send_source(client, &source, error);
}

/* A file of BYTES alone that nobody can change any more, not even we; -1 where it cannot be had. */
static int sealed_file(const void *bytes, size_t length, struct error *error)
{
	const int seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;
	int file = memfd_create("message", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (file >= 0 && write_all(file, bytes, length) && !fcntl(file, F_ADD_SEALS, seals))
		return file;
	error_set_errno(error, STATUS_TRY_AGAIN, errno, "the copy of a message for the reader");
	if (file >= 0)
		close(file);
	return -1;
}

enum reader_outcome reader_client_send_bytes(struct reader_client *client, const void *bytes, size_t length,
    bool alone, const char *name, struct error *error)
{
	/* of a message that is too long, as much as shows that */
	int file = sealed_file(bytes, MIN(length, (size_t)READER_MAX_MESSAGE + 1), error);
	if (file < 0)
		return READER_LOST;
	struct source source = {file, name, alone ? READER_ALONE : 0};
	enum reader_outcome outcome = send_source(client, &source, error);
	close(file);
	return outcome;
}

/* ---- the answer ---- */

/* READER_DONE, or what the missing bytes mean. */
static enum reader_outcome receive(
    const struct reader_client *client, void *to, size_t length, struct error *error)
{
	for (char *at = to; length;) {
		int64_t left = client->deadline - now_milliseconds();
		struct pollfd poll_one = {.fd = client->connection, .events = POLLIN};
		int ready = left > 0 ? poll(&poll_one, 1, (int)left) : 0;
		if (ready < 0 && errno == EINTR)
			continue;
		if (ready <= 0) {
			error_set(error, STATUS_DATA, "reading it took more than %d seconds",
			    client->timeout_seconds);
			return READER_TIMED_OUT;
		}
		ssize_t got = read(client->connection, at, length);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0) {
			error_set(error, STATUS_TRY_AGAIN, "the reader hung up");
			return READER_LOST;
		}
		at += got;
		length -= (size_t)got;
	}
	return READER_DONE;
}

static const struct {
	enum reader_outcome outcome;
	const char *text;
} verdicts[] = {
    [VERDICT_CRASHED] = {READER_CRASHED, "the reader crashed on it"},
    [VERDICT_TIME] = {READER_TIMED_OUT, "reading it took more time than it may"},
    [VERDICT_MEMORY] = {READER_TIMED_OUT, "reading it took more memory than it may"},
    [VERDICT_OUTPUT] = {READER_TIMED_OUT, "what was read in it is too large"},
    [VERDICT_FORBIDDEN] = {READER_CRASHED, "the reader tried what its cage forbids"},
};

static enum reader_outcome take_verdict(uint64_t verdict, struct error *error)
{
	if (verdict >= ARRAY_LENGTH(verdicts))
		verdict = VERDICT_CRASHED;
	error_set(error, STATUS_DATA, "%s", verdicts[verdict].text);
	return verdicts[verdict].outcome;
}

/* A worker that sends nonsense has been taken over, or is of another version. */
static enum reader_outcome nonsense(struct error *error, const char *what)
{
	error_set(error, STATUS_DATA, "the reader's answer is none: %s", what);
	return READER_CRASHED;
}

static enum reader_outcome receive_json(
    const struct reader_client *client, uint64_t length, json_t **json, struct error *error)
{
	if (length > READER_MAX_JSON)
		return nonsense(error, "too long");
	char *text = g_malloc(length + 1);
	enum reader_outcome outcome = receive(client, text, length, error);
	json_error_t why;
	if (outcome == READER_DONE) {
		*json = json_loadb(text, length, JSON_REJECT_DUPLICATES, &why);
		if (!*json)
			outcome = nonsense(error, why.text);
	}
	g_free(text);
	return outcome;
}

static void blob_free(void *blob)
{
	if (blob)
		g_bytes_unref(blob);
}

static enum reader_outcome receive_blob(
    const struct reader_client *client, size_t *room, GPtrArray *documents, struct error *error)
{
	uint64_t length;
	enum reader_outcome outcome = receive(client, &length, sizeof length, error);
	if (outcome != READER_DONE)
		return outcome;
	if (length == READER_NO_BLOB) {
		g_ptr_array_add(documents, NULL);
		return READER_DONE;
	}
	if (length > *room)
		return nonsense(error, "too many bytes of documents");
	*room -= length;
	void *bytes = g_malloc(length);
	outcome = receive(client, bytes, length, error);
	g_ptr_array_add(documents, g_bytes_new_take(bytes, length));
	return outcome;
}

static enum reader_outcome receive_blobs(
    const struct reader_client *client, uint64_t count, GPtrArray *documents, struct error *error)
{
	size_t room = READER_MAX_BLOBS;
	if (count > MAX_BLOBS)
		return nonsense(error, "too many documents");
	enum reader_outcome outcome = READER_DONE;
	for (uint64_t i = 0; i < count && outcome == READER_DONE; i++)
		outcome = receive_blob(client, &room, documents, error);
	return outcome;
}

/* One blob, or its absence, for each document of the reading. */
static bool is_count_right(const json_t *reading, uint64_t count)
{
	return json_array_size(json_object_get(reading, "documents")) == count;
}

static enum reader_outcome receive_answer(
    const struct reader_client *client, struct reader_answer *answer, bool *retires, struct error *error)
{
	struct reader_header header;
	enum reader_outcome outcome = receive(client, &header, sizeof header, error);
	if (outcome != READER_DONE)
		return outcome;
	*retires = header.blob_count & READER_RETIRES;
	header.blob_count &= ~READER_RETIRES;
	if (header.json_length == READER_VERDICT)
		return take_verdict(header.blob_count, error);
	answer->documents = g_ptr_array_new_with_free_func(blob_free);
	outcome = receive_json(client, header.json_length, &answer->reading, error);
	if (outcome == READER_DONE && !is_count_right(answer->reading, header.blob_count))
		return nonsense(error, "its documents are not those of the reading");
	return outcome == READER_DONE ? receive_blobs(client, header.blob_count, answer->documents, error)
				      : outcome;
}

enum reader_outcome reader_client_receive(
    struct reader_client *client, struct reader_answer *answer, struct error *error)
{
	bool retires = false;
	*answer = (struct reader_answer){0};
	enum reader_outcome outcome = receive_answer(client, answer, &retires, error);
	if (outcome != READER_DONE)
		reader_answer_clear(answer);
	if (outcome != READER_DONE || retires)
		hang_up(client);
	return outcome;
}

static enum reader_outcome read_once(struct reader_client *client, int message, const char *name,
    uint32_t flags, struct reader_answer *answer, struct error *error)
{
	*answer = (struct reader_answer){0};
	struct source source = {message, name, flags};
	enum reader_outcome outcome = send_source(client, &source, error);
	return outcome == READER_DONE ? reader_client_receive(client, answer, error) : outcome;
}

/* Where the documents break the reader, the words of the mail are still worth having. */
enum reader_outcome reader_client_read(struct reader_client *client, int message, const char *name,
    struct reader_answer *answer, struct error *error)
{
	enum reader_outcome outcome = read_once(client, message, name, 0, answer, error);
	struct error second = {0};
	if (outcome != READER_CRASHED && outcome != READER_TIMED_OUT)
		return outcome;
	if (read_once(client, message, name, READER_ALONE, answer, &second) != READER_DONE)
		return outcome;
	if (!json_object_get(answer->reading, "error"))
		return READER_DONE;
	reader_answer_clear(answer);
	return outcome;
}

enum reader_outcome reader_client_teach(
    struct reader_client *client, int lesson, json_t **answer, struct error *error)
{
	struct reader_answer whole;
	enum reader_outcome outcome = read_once(client, lesson, NULL, READER_LESSON, &whole, error);
	if (outcome == READER_DONE)
		*answer = json_incref(whole.reading);
	reader_answer_clear(&whole);
	return outcome;
}

void reader_answer_clear(struct reader_answer *answer)
{
	if (answer->reading)
		json_decref(answer->reading);
	if (answer->documents)
		g_ptr_array_free(answer->documents, TRUE);
	*answer = (struct reader_answer){0};
}

/* ---- files ---- */

static json_t *error_object(const char *path, const char *why)
{
	char *valid_path = g_utf8_make_valid(path, -1), *valid_why = g_utf8_make_valid(why, -1);
	json_t *json = json_object();
	json_object_set_new(json, "schema", json_integer(1));
	json_object_set_new(json, "file", json_string(valid_path));
	json_object_set_new(json, "error", json_string(valid_why));
	g_free(valid_path);
	g_free(valid_why);
	return json;
}

static json_t *take_reading(struct reader_answer *answer)
{
	json_t *reading = json_incref(answer->reading);
	reader_answer_clear(answer);
	return reading;
}

json_t *reader_client_read_file(struct reader_client *client, const char *path, enum exit_status *status)
{
	*status = STATUS_DATA;
	int message = open(path, O_RDONLY | O_CLOEXEC);
	if (message < 0)
		return error_object(path, g_strerror(errno));
	struct reader_answer answer;
	struct error error = {0};
	enum reader_outcome outcome = reader_client_read(client, message, path, &answer, &error);
	close(message);
	if (outcome == READER_LOST)
		*status = STATUS_UNAVAILABLE;
	if (outcome != READER_DONE)
		return error_object(path, error.text);
	json_t *reading = take_reading(&answer);
	if (!json_object_get(reading, "error"))
		*status = STATUS_DONE;
	return reading;
}
