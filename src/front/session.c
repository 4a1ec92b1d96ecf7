#include "base/base.h"
#include "front/session.h"

#include "base/log.h"
#include "front/envelope.h"
#include "front/gate.h"
#include "host/clock.h"
#include "host/fault.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <netinet/in.h>

/* Headers wait in memory until their end decides. Postfix cuts a header at 100 kB, Sendmail all of them at 32
 * kB. */
#define HEADERS_MOST ((size_t)1 << 20)
/* Recipients that are written down; a mail to more is a mailing. */
#define RECIPIENTS_BYTES_MOST ((size_t)1 << 20)

enum stage {
	STAGE_NONE,	/* no message, or one that was accepted */
	STAGE_HEADERS,	/* envelope and headers come in */
	STAGE_TAKEN,	/* of interest: it goes to the spool */
	STAGE_GIVEN_UP, /* of interest, but dropped */
};

/* What belongs to one message. */
struct message {
	enum stage stage;
	struct settings_use *settings;
	struct gate gate;
	char *sender; /* NULL between messages */
	char *queue_id;
	char *auth;
	struct buffer recipients; /* each ended by NUL */
	struct buffer headers;	  /* as they came, each ended by CRLF */
	bool headers_too_long;
	enum direction direction;
	instant_t received;
	struct spool_entry entry;
};

struct session {
	struct shared *shared;
	struct agreement agreement;
	char *client_name;
	char *client_address; /* text; NULL for none */
	unsigned char client_bytes[16];
	bool client_ipv6;
	bool client_local; /* submitted on this machine, not by SMTP */
	char *daemon;
	struct message message;
};

static char *copy_or_null(const char *text)
{
	char *copy = text ? strdup(text) : NULL;
	if (text && !copy)
		abort();
	return copy;
}

static void replace(char **text, const char *value)
{
	free(*text);
	*text = copy_or_null(value);
}

struct session *session_new(struct shared *shared, struct agreement agreement)
{
	struct session *session = calloc(1, sizeof(*session));
	if (!session)
		abort();
	session->shared = shared;
	session->client_local = true; /* until a client is told */
	session->agreement = agreement;
	gate_init(&session->message.gate);
	buffer_init(&session->message.recipients);
	buffer_init(&session->message.headers);
	session->message.entry.file = -1;
	return session;
}

/* Forgets the message and frees what it held; SPOOLED bytes of it were committed. */
static void message_end(struct session *session, int64_t spooled)
{
	struct message *message = &session->message;
	if (message->stage == STAGE_TAKEN) {
		spool_abandon(shared_spool(session->shared), &message->entry);
		shared_leave(session->shared, spooled);
	}
	message->stage = STAGE_NONE;
	gate_clear(&message->gate);
	buffer_clear(&message->recipients);
	buffer_clear(&message->headers);
	replace(&message->sender, NULL);
	replace(&message->queue_id, NULL);
	replace(&message->auth, NULL);
	shared_settings_give(message->settings);
	message->settings = NULL;
}

/* A message that ends before its end: that of interest is counted. */
static void message_cut(struct session *session)
{
	if (session->message.stage == STAGE_TAKEN)
		front_stats_add(shared_stats(session->shared), FRONT_CUT);
	message_end(session, 0);
}

void session_free(struct session *session)
{
	if (!session)
		return;
	message_cut(session);
	free(session->client_name);
	free(session->client_address);
	free(session->daemon);
	free(session);
}

/* ---- the envelope ---- */

/* Mail that was not submitted by SMTP: Sendmail tells no address then; Postfix pretends a client of this
 * machine, but with port 0, which no real one has (NO_CLIENT_PORT in cleanup_milter_client_init()). */
static bool is_local(const struct sockaddr *address)
{
	if (!address)
		return true;
	if (address->sa_family == AF_INET) {
		const struct sockaddr_in *inet = (const void *)address;
		return !inet->sin_port && ntohl(inet->sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
	}
	if (address->sa_family == AF_INET6) {
		const struct sockaddr_in6 *inet6 = (const void *)address;
		return !inet6->sin6_port && IN6_IS_ADDR_LOOPBACK(&inet6->sin6_addr);
	}
	return true;
}

static void client_address(struct session *session, const struct sockaddr *address)
{
	char text[INET6_ADDRSTRLEN];
	const void *bytes = NULL;
	size_t length = 0;
	if (address && address->sa_family == AF_INET) {
		bytes = &((const struct sockaddr_in *)(const void *)address)->sin_addr;
		length = 4;
	} else if (address && address->sa_family == AF_INET6) {
		bytes = &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr;
		length = 16;
	}
	session->client_local = is_local(address);
	session->client_ipv6 = length == 16;
	if (bytes)
		memcpy(session->client_bytes, bytes, length);
	replace(&session->client_address,
	    bytes ? inet_ntop(address->sa_family, bytes, text, sizeof(text)) : NULL);
}

enum answer session_connect(struct session *session, const char *host_name, const struct sockaddr *address,
    macro_lookup macro, void *context)
{
	message_cut(session);
	replace(&session->client_name, host_name);
	client_address(session, address);
	replace(&session->daemon, macro(context, "{daemon_name}"));
	return session->agreement.no_reply_connect ? ANSWER_NOREPLY : ANSWER_CONTINUE;
}

/* The address in "<name@domain>"; the rest of the argument are parameters, which libmilter gives apart. */
static char *plain_address(const char *argument)
{
	argument += strspn(argument, " \t<");
	char *address = strndup(argument, strcspn(argument, ">"));
	if (!address)
		abort();
	return address;
}

enum answer session_mail(struct session *session, const char *argument, macro_lookup macro, void *context)
{
	message_cut(session);
	struct message *message = &session->message;
	message->stage = STAGE_HEADERS;
	message->settings = shared_settings_take(session->shared);
	message->headers_too_long = false;
	/* A test moves the clock between two mails, quicker than the housekeeper looks. */
	if (settings_of(message->settings)->test_clock)
		clock_load(settings_of(message->settings)->run_dir, NULL);
	message->received = clock_now();
	message->sender = plain_address(argument);
	replace(&message->auth, macro(context, "{auth_authen}"));
	gate_client(&message->gate, settings_of(message->settings),
	    session->client_local ? NULL : session->client_bytes, session->client_ipv6, message->auth);
	gate_sender(&message->gate, settings_of(message->settings), message->sender);
	return session->agreement.no_reply_mail ? ANSWER_NOREPLY : ANSWER_CONTINUE;
}

enum answer session_recipient(struct session *session, const char *argument)
{
	struct message *message = &session->message;
	if (message->stage == STAGE_HEADERS) {
		char *recipient = plain_address(argument);
		gate_recipient(&message->gate, settings_of(message->settings), recipient);
		if (*recipient && message->recipients.length < RECIPIENTS_BYTES_MOST)
			buffer_append(&message->recipients, recipient, strlen(recipient) + 1);
		free(recipient);
	}
	return session->agreement.no_reply_recipient ? ANSWER_NOREPLY : ANSWER_CONTINUE;
}

/* ---- the headers ---- */

/* A header as it stood on the wire: libmilter gives the lines of a folded one separated by LF or CRLF. */
static void keep_header(struct session *session, const char *name, const char *value)
{
	struct buffer *headers = &session->message.headers;
	buffer_append_text(headers, name);
	buffer_append_text(headers, session->agreement.leading_space ? ":" : ": ");
	for (size_t length; *value; value += length) {
		length = strcspn(value, "\r\n");
		buffer_append(headers, value, length);
		if (!value[length])
			break;
		buffer_append_text(headers, "\r\n");
		length += value[length] == '\r' && value[length + 1] == '\n' ? 2 : 1;
	}
	buffer_append_text(headers, "\r\n");
}

enum answer session_header(struct session *session, const char *name, const char *value)
{
	struct message *message = &session->message;
	if (message->stage == STAGE_HEADERS) {
		gate_header(&message->gate, settings_of(message->settings), name, value);
		if (message->headers.length + strlen(name) + strlen(value) > HEADERS_MOST)
			message->headers_too_long = true;
		if (!message->headers_too_long)
			keep_header(session, name, value);
	}
	return session->agreement.no_reply_header ? ANSWER_NOREPLY : ANSWER_CONTINUE;
}

/* ---- taking it in ---- */

/* Every way to miss a message of interest: counted, logged now and then, and never the MTA's trouble. */
static void lose(struct session *session, enum front_count reason, const char *why)
{
	static struct log_throttle throttles[FRONT_COUNTS];
	front_stats_add(shared_stats(session->shared), reason);
	log_throttled(&throttles[reason], LOG_IS_WARNING, session->message.queue_id, "lost",
	    "reason=%s direction=%s%s%s", front_count_name(reason) + strlen("lost_"),
	    direction_name(session->message.direction), *why ? " error=" : "", why);
}

/* The place, the file and the headers in it; false: lost, and nothing is held. */
static bool take_in(struct session *session)
{
	struct message *message = &session->message;
	struct error error = {0};
	if (message->headers_too_long) {
		lose(session, FRONT_LOST_HEADERS, "");
		return false;
	}
	enum admission admission = shared_admit(session->shared, settings_of(message->settings));
	if (admission != ADMITTED) {
		lose(session, admission == REFUSED_BUSY ? FRONT_LOST_BUSY : FRONT_LOST_SPOOL_FULL, "");
		return false;
	}
	message->stage = STAGE_TAKEN;
	buffer_append_text(&message->headers, "\r\n");
	if (spool_begin(shared_spool(session->shared), &message->entry, &error) &&
	    spool_append(&message->entry, message->headers.bytes, message->headers.length, &error)) {
		buffer_clear(&message->headers);
		return true;
	}
	lose(session, FRONT_LOST_ERROR, error.text);
	return false;
}

enum answer session_end_of_headers(struct session *session, macro_lookup macro, void *context)
{
	struct message *message = &session->message;
	if (message->stage != STAGE_HEADERS) {
		message_end(session, 0);
		return ANSWER_ACCEPT;
	}
	front_stats_add(shared_stats(session->shared), FRONT_SEEN);
	message->direction = gate_decide(&message->gate, shared_is_watched, session->shared);
	if (message->direction != DIRECTION_NONE) {
		replace(&message->queue_id, macro(context, "i"));
		if (take_in(session))
			return ANSWER_CONTINUE;
	}
	message_end(session, 0);
	return ANSWER_ACCEPT;
}

/* Drops a message of interest; what the MTA still sends of it is not looked at. */
static enum answer give_up(struct session *session, enum front_count reason, const char *why)
{
	lose(session, reason, why);
	message_end(session, 0);
	if (!session->agreement.skip)
		return ANSWER_ACCEPT;
	session->message.stage = STAGE_GIVEN_UP;
	return ANSWER_SKIP;
}

enum answer session_body(struct session *session, const void *bytes, size_t length)
{
	struct message *message = &session->message;
	struct error error = {0};
	if (message->stage != STAGE_TAKEN)
		return session->agreement.skip ? ANSWER_SKIP : ANSWER_CONTINUE;
	if (message->entry.size + (int64_t)length > settings_of(message->settings)->max_message_size)
		return give_up(session, FRONT_LOST_SIZE, "");
	if (!spool_append(&message->entry, bytes, length, &error))
		return give_up(session, FRONT_LOST_ERROR, error.text);
	fault_point("front.body");
	return ANSWER_CONTINUE;
}

/* ---- the end ---- */

static void write_envelope(struct session *session, const char *message_id, struct buffer *json)
{
	struct message *message = &session->message;
	buffer_append_char(&message->recipients, '\0');
	struct envelope envelope = {
	    .queue_id = message->queue_id,
	    .client_name = session->client_name,
	    .client_address = session->client_address,
	    .auth = message->auth,
	    .sender = message->sender,
	    .recipients = message->recipients.bytes,
	    .received = message->received,
	    .direction = message->direction,
	    .evidence = message->gate.evidence,
	    .daemon = session->daemon,
	    .header_message_id = message->gate.has_message_id ? NULL : message_id,
	};
	envelope_write(&envelope, json);
}

static void tell_spooled(const struct session *session)
{
	const struct message *message = &session->message;
	struct buffer evidence = BUFFER_EMPTY;
	evidence_text(message->gate.evidence, &evidence);
	log_event(LOG_IS_EVENT, message->queue_id, "spooled",
	    "direction=%s evidence=%s size=%" PRId64 " msgid=<%s> as=%s", direction_name(message->direction),
	    evidence.bytes, message->entry.size, message->gate.message_id.bytes, message->entry.stem);
	buffer_clear(&evidence);
}

enum answer session_end_of_message(struct session *session, macro_lookup macro, void *context)
{
	struct message *message = &session->message;
	if (message->stage != STAGE_TAKEN) {
		message_end(session, 0);
		return ANSWER_ACCEPT;
	}
	struct error error = {0};
	struct buffer json = BUFFER_EMPTY;
	/* Postfix may know the queue id later than the end of the headers. */
	if (!message->queue_id)
		replace(&message->queue_id, macro(context, "i"));
	write_envelope(session, macro(context, "{msg_id}"), &json);
	bool committed =
	    spool_commit(shared_spool(session->shared), &message->entry, json.bytes, json.length, &error);
	if (committed) {
		front_stats_add(shared_stats(session->shared),
		    message->direction == DIRECTION_OUTGOING ? FRONT_OUTGOING : FRONT_INCOMING);
		tell_spooled(session);
	} else {
		lose(session, FRONT_LOST_ERROR, error.text);
	}
	message_end(session, committed ? message->entry.size + (int64_t)json.length : 0);
	buffer_clear(&json);
	fault_point("front.answered");
	return ANSWER_ACCEPT;
}

enum answer session_abort(struct session *session)
{
	message_cut(session);
	return ANSWER_CONTINUE;
}
