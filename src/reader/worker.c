#include "base/base.h"
#include "reader/worker.h"

#include "reader/cage.h"
#include "reader/protocol.h"
#include "reading/lesson.h"

#include <errno.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

/* A worker that has used this share of its memory at its peak retires: what is fragmented or leaked goes with
 * it. */
#define RETIRE_SHARE 2

/* ---- the end by lack of memory, told apart from other ends ---- */

static struct worker_note *own_note;

/* Libraries answer a failed allocation by abort(): if some megabytes cannot be had now, that was the reason.
 */
static void on_abort(int number)
{
	void *probe = mmap(NULL, 16 << 20, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (probe == MAP_FAILED)
		own_note->out_of_memory = true;
	signal(number, SIG_DFL);
	raise(number);
}

/* GLib's allocator names its reason; other messages of libraries about hostile bytes are of no interest. */
static void on_library_message(const char *domain, GLogLevelFlags level, const char *message, void *data)
{
	(void)domain, (void)level, (void)data;
	if (message && strstr(message, "failed to allocate"))
		own_note->out_of_memory = true;
}

static void watch_memory(struct worker_note *note)
{
	own_note = note;
	signal(SIGABRT, on_abort);
	signal(SIGTRAP, on_abort);
	g_log_set_default_handler(on_library_message, NULL);
}

/* ---- the request ---- */

struct request {
	char *name;
	int message;
	uint32_t flags;
};

static bool receive_all(void *to, size_t length)
{
	for (char *at = to; length;) {
		ssize_t got = read(CAGE_CONNECTION, at, length);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		at += got;
		length -= (size_t)got;
	}
	return true;
}

static int take_descriptor(struct msghdr *message)
{
	int descriptor = -1;
	const struct cmsghdr *control = CMSG_FIRSTHDR(message);
	if (control && control->cmsg_level == SOL_SOCKET && control->cmsg_type == SCM_RIGHTS &&
	    control->cmsg_len == CMSG_LEN(sizeof descriptor))
		memcpy(&descriptor, CMSG_DATA(control), sizeof descriptor);
	return descriptor;
}

/* False: the client has hung up, or says what is no request. */
static bool receive_request(struct request *request)
{
	struct reader_request header;
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control;
	struct iovec part = {&header, sizeof header};
	struct msghdr message = {
	    .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
	if (recvmsg(CAGE_CONNECTION, &message, MSG_WAITALL | MSG_CMSG_CLOEXEC) != sizeof header)
		return false;
	request->message = take_descriptor(&message);
	if (request->message < 0 || header.name_length > READER_MAX_NAME || header.flags > READER_LESSON)
		return false;
	request->flags = header.flags;
	request->name = g_malloc0(header.name_length + 1);
	return receive_all(request->name, header.name_length);
}

/* ---- the message ---- */

static ssize_t read_some(int message, char *to, size_t length, int64_t at)
{
	ssize_t got = pread(message, to, length, (off_t)at);
	return got < 0 && errno == ESPIPE ? read(message, to, length) : got;
}

/* NULL on success; else why the bytes could not be had. */
static const char *load(const struct request *request, GByteArray *bytes)
{
	size_t length = 0;
	for (;;) {
		g_byte_array_set_size(bytes, (guint)(length + MAX(length, (size_t)65536)));
		ssize_t got = read_some(
		    request->message, (char *)bytes->data + length, bytes->len - length, (int64_t)length);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return "its bytes cannot be read";
		length += (size_t)got;
		if (length > READER_MAX_MESSAGE)
			return "it is larger than 128 MB";
		if (!got)
			break;
	}
	g_byte_array_set_size(bytes, (guint)length);
	return NULL;
}

static struct reading *failed_reading(const char *name, const char *why)
{
	struct reading *reading = reading_new();
	reading->file = g_strdup(name);
	reading->error = g_strdup(why);
	return reading;
}

static struct reading *read_message(const struct worker_settings *settings, const struct request *request)
{
	const char *name = *request->name ? request->name : NULL;
	GByteArray *bytes = g_byte_array_new();
	const char *why = load(request, bytes);
	worker_read *read = request->flags == READER_ALONE ? settings->read_alone : settings->read;
	struct reading *reading =
	    why ? failed_reading(name, why)
		: read(bytes->data, bytes->len, name, settings->lexicon, settings->layouts);
	g_byte_array_free(bytes, TRUE);
	return reading;
}

static json_t *read_lesson(const struct worker_settings *settings, const struct request *request)
{
	GByteArray *bytes = g_byte_array_new();
	const char *why = load(request, bytes);
	json_t *answer = why ? lesson_failed(why) : lesson_read(bytes->data, bytes->len, settings->layouts);
	g_byte_array_free(bytes, TRUE);
	return answer;
}

/* ---- the answer ---- */

static bool send_all(const void *bytes, size_t length)
{
	for (const char *at = bytes; length;) {
		ssize_t sent = send(CAGE_CONNECTION, at, length, MSG_NOSIGNAL);
		if (sent < 0 && errno == EINTR)
			continue;
		if (sent <= 0)
			return false;
		at += sent;
		length -= (size_t)sent;
	}
	return true;
}

static bool send_header(uint64_t json_length, uint64_t blob_count)
{
	struct reader_header header = {json_length, blob_count};
	return send_all(&header, sizeof header);
}

static size_t blob_bytes(const struct reading *reading)
{
	size_t sum = 0;
	for (guint i = 0; i < reading->documents->len; i++) {
		const struct reading_document *document = reading->documents->pdata[i];
		sum += document->bytes ? g_bytes_get_size(document->bytes) : 0;
	}
	return sum;
}

static bool send_blobs(const struct reading *reading)
{
	for (guint i = 0; i < reading->documents->len; i++) {
		const struct reading_document *document = reading->documents->pdata[i];
		gsize size = 0;
		const void *bytes = document->bytes ? g_bytes_get_data(document->bytes, &size) : NULL;
		uint64_t length = document->bytes ? size : READER_NO_BLOB;
		if (!send_all(&length, sizeof length) || !send_all(bytes, size))
			return false;
	}
	return true;
}

/* JSON is the answer; READING has the documents that go with it, NULL: none. */
static bool send_answer(const json_t *json, const struct reading *reading, bool retires)
{
	char *text = json_dumps(json, READING_JSON_FLAGS);
	size_t length = text ? strlen(text) : 0;
	uint64_t documents = reading ? reading->documents->len : 0;
	bool sent;
	if (!text || length > READER_MAX_JSON || (reading && blob_bytes(reading) > READER_MAX_BLOBS))
		sent = send_header(READER_VERDICT, VERDICT_OUTPUT | (retires ? READER_RETIRES : 0));
	else
		sent = send_header(length, documents | (retires ? READER_RETIRES : 0)) &&
		       send_all(text, length) && (!reading || send_blobs(reading));
	g_free(text);
	return sent;
}

/* What the request asks for, as JSON; READING gets the reading whose documents go with it, or NULL. */
static json_t *work(
    const struct worker_settings *settings, const struct request *request, struct reading **reading)
{
	*reading = NULL;
	if (request->flags == READER_LESSON)
		return read_lesson(settings, request);
	*reading = read_message(settings, request);
	return reading_to_json(*reading);
}

/* ---- one after the other ---- */

static int64_t peak_memory(void)
{
	struct rusage usage;
	return getrusage(RUSAGE_SELF, &usage) ? 0 : (int64_t)usage.ru_maxrss * 1024;
}

int worker_serve(const struct worker_settings *settings, struct worker_note *note)
{
	watch_memory(note);
	json_set_alloc_funcs(g_malloc, g_free);
	const int64_t retire_at = peak_memory() + settings->memory / RETIRE_SHARE;
	struct request request = {0};
	for (int served = 1; receive_request(&request); served++) {
		note->state = WORKER_READING;
		cage_time(settings->seconds, settings->seconds * READER_CLOCK_FACTOR);
		struct reading *reading;
		json_t *json = work(settings, &request, &reading);
		bool retires = served >= settings->messages || peak_memory() > retire_at;
		cage_time(0, 0);
		note->state = WORKER_ANSWERING;
		bool sent = send_answer(json, reading, retires);
		note->state = WORKER_IDLE;
		reading_free(reading);
		json_decref(json);
		close(request.message);
		g_free(request.name);
		if (!sent || retires)
			return STATUS_DONE;
	}
	return STATUS_DONE;
}
