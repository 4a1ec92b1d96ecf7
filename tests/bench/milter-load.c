/*
 * A mail server's side of the milter protocol: sends messages to a milter and tells how long its answers
 * take.
 *
 *   milter-load SOCKET [messages=N] [connections=N] [size=BYTES] [sender=ADDRESS] [recipient=ADDRESS]
 * [client=IPV4] [file=FILE] [first=N] [together=yes]
 *
 * Each connection is a thread with one session; messages are shared out among them. FILE is a message whose
 * @NUMBER@ is replaced by the message's number (from FIRST); without it one of SIZE bytes is made. TOGETHER:
 * all connections wait for each other before end-of-message, so that all messages are open at once. Prints
 * one line of JSON: seconds, messages, accepted at end-of-headers, and p50, p99 and the worst of both answers
 * in microseconds.
 */
#include "base/base.h"
#include "base/buffer.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sysexits.h>
#include <unistd.h>

#define CHUNK		65535
#define OFFERED_STEPS	0x001fffffU /* everything that protocol version 6 knows */
#define OFFERED_VERSION 6U
/* Steps that matter here (mfdef.h): without a reply, not wanted. */
#define NO_CONNECT		0x000001U
#define NO_MAIL			0x000004U
#define NO_RECIPIENT		0x000008U
#define NO_BODY			0x000010U
#define NO_HEADERS		0x000020U
#define NO_END_OF_HEADERS	0x000040U
#define NO_REPLY_HEADER		0x000080U
#define NO_DATA			0x000200U
#define NO_REPLY_CONNECT	0x001000U
#define NO_REPLY_MAIL		0x004000U
#define NO_REPLY_RECIPIENT	0x008000U
#define NO_REPLY_DATA		0x010000U
#define NO_REPLY_END_OF_HEADERS 0x040000U
#define NO_REPLY_BODY		0x080000U
#define NO_HELO			0x000002U

struct options {
	const char *socket;
	int64_t messages;
	int64_t connections;
	int64_t size;
	int64_t first;
	const char *sender;
	const char *recipient;
	const char *client;
	struct buffer file; /* empty: a message is made */
	bool together;
};

static struct options options = {
    .messages = 1000,
    .connections = 1,
    .size = 5000,
    .first = 1,
    .sender = "facturation@legoff.example",
    .recipient = "compta@client.example",
    .client = "127.0.0.1",
    .file = {buffer_nothing, 0, 0},
};

static pthread_barrier_t before_end;

/* One session: its socket, what was negotiated, and its measurements in microseconds. */
struct session {
	int socket;
	uint32_t steps;
	int64_t first, count;
	int64_t *headers, *ends; /* COUNT each; -1: there was no such answer */
	pthread_t thread;
};

static void fail(const char *what)
{
	perror(what);
	exit(EX_UNAVAILABLE);
}

static int64_t microseconds(void)
{
	struct timespec now;
	if (clock_gettime(CLOCK_MONOTONIC, &now))
		fail("clock");
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void write_all(int socket, const void *bytes, size_t length)
{
	const char *at = bytes;
	while (length > 0) {
		ssize_t written = send(socket, at, length, MSG_NOSIGNAL);
		if (written <= 0)
			fail("send");
		at += written;
		length -= (size_t)written;
	}
}

static void read_all(int socket, void *bytes, size_t length)
{
	char *at = bytes;
	while (length > 0) {
		ssize_t received = recv(socket, at, length, 0);
		if (received <= 0)
			fail("the milter hung up");
		at += received;
		length -= (size_t)received;
	}
}

static void send_packet(const struct session *session, char command, const void *data, size_t length)
{
	struct buffer packet = BUFFER_EMPTY;
	uint32_t size = htonl((uint32_t)(length + 1));
	buffer_append(&packet, &size, sizeof size);
	buffer_append_char(&packet, command);
	buffer_append(&packet, data, length);
	write_all(session->socket, packet.bytes, packet.length);
	buffer_clear(&packet);
}

/* Waits for an answer and gives its command; the data of a negotiation goes to DATA (12 bytes). */
static char receive(const struct session *session, void *data)
{
	uint32_t size;
	read_all(session->socket, &size, sizeof size);
	size = ntohl(size);
	char packet[4096];
	if (size == 0 || size > sizeof packet) {
		fputs("milter-load: an answer of impossible size\n", stderr);
		exit(EX_PROTOCOL);
	}
	read_all(session->socket, packet, size);
	if (data && size >= 13)
		memcpy(data, packet + 1, 12);
	return packet[0];
}

/* Sends unless the milter refused the step, and waits unless it said that it does not answer there. */
static char step(
    const struct session *session, char command, const struct buffer *data, uint32_t refused, uint32_t silent)
{
	if (session->steps & refused)
		return 'c';
	send_packet(session, command, data->bytes, data->length);
	return session->steps & silent ? 'c' : receive(session, NULL);
}

static void macro(const struct session *session, char of, const char *name, const char *value)
{
	struct buffer data = BUFFER_EMPTY;
	buffer_append_char(&data, of);
	buffer_append(&data, name, strlen(name) + 1);
	buffer_append(&data, value, strlen(value) + 1);
	send_packet(session, 'D', data.bytes, data.length);
	buffer_clear(&data);
}

static void negotiate(struct session *session)
{
	uint32_t offer[3] = {htonl(OFFERED_VERSION), htonl(0x1ff), htonl(OFFERED_STEPS)};
	uint32_t wanted[3] = {0};
	send_packet(session, 'O', offer, sizeof offer);
	if (receive(session, wanted) != 'O')
		fail("negotiation");
	session->steps = ntohl(wanted[2]);
}

static int open_socket(void)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	const char *path = strncmp(options.socket, "unix:", 5) == 0 ? options.socket + 5 : options.socket;
	if (strlen(path) >= sizeof address.sun_path)
		fail("the socket's name is too long");
	memcpy(address.sun_path, path, strlen(path) + 1);
	int found = socket(AF_UNIX, SOCK_STREAM, 0);
	if (found < 0 || connect(found, (struct sockaddr *)&address, sizeof address))
		fail(path);
	return found;
}

static void begin_session(struct session *session)
{
	session->socket = open_socket();
	negotiate(session);
	struct buffer data = BUFFER_EMPTY;
	uint16_t port = htons(40000);
	buffer_append(&data, "client.example", sizeof "client.example");
	buffer_append_char(&data, '4');
	buffer_append(&data, &port, sizeof port);
	buffer_append(&data, options.client, strlen(options.client) + 1);
	macro(session, 'C', "j", "mail.legoff.example");
	step(session, 'C', &data, NO_CONNECT, NO_REPLY_CONNECT);
	buffer_clear(&data);
}

/* Appends TEXT with each @NUMBER@ replaced. */
static void append_numbered(struct buffer *to, const char *text, int64_t number)
{
	static const char word[] = "@NUMBER@";
	for (const char *mark; (mark = strstr(text, word)); text = mark + strlen(word)) {
		buffer_append(to, text, (size_t)(mark - text));
		buffer_printf(to, "%" PRId64, number);
	}
	buffer_append_text(to, text);
}

/* The message of NUMBER, lines ending in CRLF. */
static void make_message(int64_t number, struct buffer *message)
{
	buffer_reset(message);
	if (options.file.length > 0) {
		append_numbered(message, options.file.bytes, number);
		return;
	}
	buffer_printf(message,
	    "From: <%s>\r\nTo: <%s>\r\nSubject: Message %" PRId64 "\r\nMessage-ID: <load.%" PRId64
	    "@legoff.example>\r\nDate: Tue, 03 Mar 2026 09:00:00 +0100\r\n\r\n",
	    options.sender, options.recipient, number, number);
	while ((int64_t)message->length < options.size)
		buffer_append_text(
		    message, "0123456789012345678901234567890123456789012345678901234567890123456789\r\n");
}

/* MAIL or RCPT with ADDRESS in angle brackets. */
static void send_address(const struct session *session, char command, const char *address, int64_t number,
    uint32_t refused, uint32_t silent)
{
	struct buffer data = BUFFER_EMPTY;
	buffer_append_char(&data, '<');
	append_numbered(&data, address, number);
	buffer_append_char(&data, '>');
	buffer_append_char(&data, '\0');
	step(session, command, &data, refused, silent);
	buffer_clear(&data);
}

static void envelope(const struct session *session, int64_t number)
{
	char queue_id[32];
	struct buffer nothing = BUFFER_EMPTY;
	snprintf(queue_id, sizeof queue_id, "L%" PRId64, number);
	send_address(session, 'M', options.sender, number, NO_MAIL, NO_REPLY_MAIL);
	macro(session, 'R', "i", queue_id);
	send_address(session, 'R', options.recipient, number, NO_RECIPIENT, NO_REPLY_RECIPIENT);
	step(session, 'T', &nothing, NO_DATA, NO_REPLY_DATA);
	macro(session, 'N', "i", queue_id);
}

/* Sends the header fields of MESSAGE and returns where its body starts. */
static const char *headers(const struct session *session, const struct buffer *message)
{
	const char *line = message->bytes;
	while (strncmp(line, "\r\n", 2) != 0) {
		const char *end = strstr(line, "\r\n");
		while (end[2] == ' ' || end[2] == '\t')
			end = strstr(end + 2, "\r\n");
		const char *colon = memchr(line, ':', (size_t)(end - line));
		if (!colon) {
			fputs("milter-load: a header line without a colon\n", stderr);
			exit(EX_DATAERR);
		}
		struct buffer data = BUFFER_EMPTY;
		const char *value = colon + 1 + (colon[1] == ' ');
		buffer_append(&data, line, (size_t)(colon - line));
		buffer_append_char(&data, '\0');
		for (; value < end; value++)
			if (*value != '\r')
				buffer_append_char(&data, *value);
		buffer_append_char(&data, '\0');
		step(session, 'L', &data, NO_HEADERS, NO_REPLY_HEADER);
		buffer_clear(&data);
		line = end + 2;
	}
	return line + 2;
}

/* One message; the two measurements go to HEADERS_TIME and END_TIME. */
static void send_message(
    struct session *session, int64_t number, struct buffer *message, int64_t *headers_time, int64_t *end_time)
{
	*headers_time = *end_time = -1;
	make_message(number, message);
	envelope(session, number);
	const char *body = headers(session, message);
	struct buffer nothing = BUFFER_EMPTY;
	int64_t start = microseconds();
	char answer = step(session, 'N', &nothing, NO_END_OF_HEADERS, NO_REPLY_END_OF_HEADERS);
	*headers_time = microseconds() - start;
	size_t left = message->length - (size_t)(body - message->bytes);
	while (answer == 'c' && left > 0 && !(session->steps & NO_BODY)) {
		size_t length = left < CHUNK ? left : CHUNK;
		send_packet(session, 'B', body, length);
		answer = session->steps & NO_REPLY_BODY ? 'c' : receive(session, NULL);
		body += length;
		left -= length;
	}
	if (options.together)
		pthread_barrier_wait(&before_end);
	if (answer == 'a') {
		send_packet(session, 'A', NULL, 0);
		return;
	}
	macro(session, 'E', "i", "at-end");
	start = microseconds();
	send_packet(session, 'E', NULL, 0);
	answer = receive(session, NULL);
	*end_time = microseconds() - start;
	if (answer != 'a' && answer != 'c') {
		fprintf(stderr, "milter-load: the milter answered '%c'\n", answer);
		exit(EX_PROTOCOL);
	}
}

static void *run_session(void *argument)
{
	struct session *session = argument;
	struct buffer message = BUFFER_EMPTY;
	begin_session(session);
	for (int64_t i = 0; i < session->count; i++)
		send_message(session, session->first + i, &message, &session->headers[i], &session->ends[i]);
	send_packet(session, 'Q', NULL, 0);
	close(session->socket);
	buffer_clear(&message);
	return NULL;
}

static int by_size(const void *one, const void *other)
{
	int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
	return (a > b) - (a < b);
}

/* p50, p99 and the worst of the answers that there were. */
static void print_times(const char *name, int64_t *times, int64_t count)
{
	qsort(times, (size_t)count, sizeof *times, by_size);
	int64_t absent = 0;
	while (absent < count && times[absent] < 0)
		absent++;
	int64_t given = count - absent;
	printf(", \"%s\": {\"count\": %" PRId64, name, given);
	if (given > 0)
		printf(", \"p50\": %" PRId64 ", \"p99\": %" PRId64 ", \"worst\": %" PRId64,
		    times[absent + given / 2], times[absent + given * 99 / 100], times[count - 1]);
	printf("}");
}

static bool number_option(const char *argument, const char *name, int64_t *number)
{
	size_t length = strlen(name);
	if (strncmp(argument, name, length) != 0 || argument[length] != '=')
		return false;
	char *end;
	*number = strtoll(argument + length + 1, &end, 10);
	return *end == '\0' && *number >= 0;
}

static bool text_option(const char *argument, const char *name, const char **text)
{
	size_t length = strlen(name);
	if (strncmp(argument, name, length) != 0 || argument[length] != '=')
		return false;
	*text = argument + length + 1;
	return true;
}

/* A message in a file, its lines ended by LF or CRLF. */
static void read_file(const char *path)
{
	FILE *file = fopen(path, "r");
	if (!file)
		fail(path);
	for (int last = 0, byte; (byte = getc(file)) != EOF; last = byte) {
		if (byte == '\n' && last != '\r')
			buffer_append_char(&options.file, '\r');
		buffer_append_char(&options.file, (char)byte);
	}
	fclose(file);
	buffer_append_char(&options.file, '\0');
	options.file.length--;
}

static bool parse_options(int argc, char **argv)
{
	if (argc < 2)
		return false;
	options.socket = argv[1];
	for (int i = 2; i < argc; i++) {
		const char *text = NULL;
		if (text_option(argv[i], "file", &text))
			read_file(text);
		else if (text_option(argv[i], "together", &text))
			options.together = strcmp(text, "yes") == 0;
		else if (!number_option(argv[i], "messages", &options.messages) &&
			 !number_option(argv[i], "connections", &options.connections) &&
			 !number_option(argv[i], "size", &options.size) &&
			 !number_option(argv[i], "first", &options.first) &&
			 !text_option(argv[i], "sender", &options.sender) &&
			 !text_option(argv[i], "recipient", &options.recipient) &&
			 !text_option(argv[i], "client", &options.client))
			return false;
	}
	return options.connections > 0 && options.messages >= options.connections;
}

int main(int argc, char **argv)
{
	if (!parse_options(argc, argv)) {
		fputs("usage: milter-load SOCKET [messages=N] [connections=N] [size=BYTES] [first=N] "
		      "[sender=ADDRESS]\n"
		      "       [recipient=ADDRESS] [client=IPV4] [file=FILE] [together=yes]\n",
		    stderr);
		return EX_USAGE;
	}
	int64_t each = options.messages / options.connections, count = each * options.connections;
	int64_t *header_times = calloc((size_t)count, sizeof *header_times),
		*end_times = calloc((size_t)count, sizeof *end_times);
	struct session *sessions = calloc((size_t)options.connections, sizeof *sessions);
	if (!header_times || !end_times || !sessions ||
	    pthread_barrier_init(&before_end, NULL, (unsigned int)options.connections))
		fail("memory");
	int64_t start = microseconds();
	for (int64_t i = 0; i < options.connections; i++) {
		sessions[i] = (struct session){.first = options.first + i * each,
		    .count = each,
		    .headers = header_times + i * each,
		    .ends = end_times + i * each};
		if (pthread_create(&sessions[i].thread, NULL, run_session, &sessions[i]))
			fail("thread");
	}
	for (int64_t i = 0; i < options.connections; i++)
		pthread_join(sessions[i].thread, NULL);
	printf(
	    "{\"messages\": %" PRId64 ", \"milliseconds\": %" PRId64, count, (microseconds() - start) / 1000);
	print_times("end_of_headers", header_times, count);
	print_times("end_of_message", end_times, count);
	puts("}");
	free(header_times);
	free(end_times);
	free(sessions);
	buffer_clear(&options.file);
	return EX_OK;
}
