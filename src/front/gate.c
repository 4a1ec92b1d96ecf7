#include "base/base.h"
#include "front/gate.h"

#include <ctype.h>
#include <strings.h>

/* A thread's references name its root first and its latest message last; mail that names more than this is no
 * dialogue. */
#define THREADS_MOST 200
/* RFC 5322 has no bound for a Message-ID, but for the line it stands on. */
#define MESSAGE_ID_MOST 998

#define EVIDENCE_OURS (EVIDENCE_AUTH | EVIDENCE_NETWORK | EVIDENCE_LOCAL)

const char *const evidence_names[] = {
    "auth", "network", "local", "sender", "from", "own", "thread", "mailbox", "report", NULL};

void gate_init(struct gate *gate)
{
	memset(gate, 0, sizeof(*gate));
	buffer_init(&gate->message_id);
	buffer_init(&gate->threads);
}

void gate_clear(struct gate *gate)
{
	buffer_clear(&gate->message_id);
	buffer_clear(&gate->threads);
	gate_init(gate);
}

void gate_client(struct gate *gate, const struct settings *settings, const unsigned char *address, bool ipv6,
    const char *authenticated)
{
	if (authenticated && *authenticated)
		gate->evidence |= EVIDENCE_AUTH;
	if (!address)
		gate->evidence |= EVIDENCE_LOCAL;
	else if (settings_has_network(settings, address, ipv6))
		gate->evidence |= EVIDENCE_NETWORK;
}

static bool domain_is_ours(const struct settings *settings, const char *address)
{
	const char *at = strrchr(address, '@');
	return at && text_list_has(&settings->domains, at + 1);
}

void gate_sender(struct gate *gate, const struct settings *settings, const char *sender)
{
	gate->sender_null = !*sender;
	if (text_list_has(&settings->senders, sender))
		gate->evidence |= EVIDENCE_SENDER;
	gate->our_domain |= domain_is_ours(settings, sender);
}

/* Whether LIST has ADDRESS, as it is or without a "+detail" (RFC 5233) in its local part. */
static bool list_has_recipient(const struct text_list *list, const char *address)
{
	if (text_list_has(list, address))
		return true;
	const char *plus = strchr(address, '+'), *at = strrchr(address, '@');
	if (!plus || !at || plus > at)
		return false;
	struct buffer plain = BUFFER_EMPTY;
	buffer_append(&plain, address, (size_t)(plus - address));
	buffer_append_text(&plain, at);
	bool has = text_list_has(list, plain.bytes);
	buffer_clear(&plain);
	return has;
}

void gate_recipient(struct gate *gate, const struct settings *settings, const char *recipient)
{
	if (list_has_recipient(&settings->mailboxes, recipient))
		gate->evidence |= EVIDENCE_MAILBOX;
	gate->our_address |= list_has_recipient(&settings->addresses, recipient);
}

static bool is_address_byte(char one)
{
	return one && !isspace((unsigned char)one) && !strchr("<>(),;:\"[]@", one);
}

/* Every "local@domain" that stands in the From header, display names and comments included: they can only add
 * interest to mail whose client is ours by evidence. */
static void from_header(struct gate *gate, const struct settings *settings, const char *value)
{
	for (const char *at = strchr(value, '@'); at; at = strchr(at + 1, '@')) {
		const char *start = at, *end = at + 1;
		while (start > value && is_address_byte(start[-1]))
			start--;
		while (is_address_byte(*end))
			end++;
		char address[321];
		size_t length = (size_t)(end - start);
		if (length >= sizeof(address))
			continue;
		memcpy(address, start, length);
		address[length] = '\0';
		if (text_list_has(&settings->senders, address))
			gate->evidence |= EVIDENCE_FROM;
		gate->our_domain |= domain_is_ours(settings, address);
	}
}

/* Each <...> of a header that names threads. */
static void thread_header(struct gate *gate, const char *value)
{
	const char *open = strchr(value, '<');
	while (open && gate->thread_count < THREADS_MOST) {
		size_t length = strcspn(open + 1, "<> \t\r\n");
		if (open[1 + length] == '>' && length && length <= MESSAGE_ID_MOST) {
			buffer_append(&gate->threads, open + 1, length);
			buffer_append_char(&gate->threads, '\0');
			gate->thread_count++;
		}
		open = strchr(open + 1, '<');
	}
}

static void message_id_header(struct gate *gate, const char *value)
{
	value += strspn(value, " \t\r\n<");
	size_t length = strcspn(value, "> \t\r\n");
	if (gate->has_message_id || !length || length > MESSAGE_ID_MOST)
		return;
	gate->has_message_id = true;
	buffer_append(&gate->message_id, value, length);
}

void gate_header(struct gate *gate, const struct settings *settings, const char *name, const char *value)
{
	if (!strcasecmp(name, "From"))
		from_header(gate, settings, value);
	else if (!strcasecmp(name, "In-Reply-To") || !strcasecmp(name, "References"))
		thread_header(gate, value);
	else if (!strcasecmp(name, "Message-ID"))
		message_id_header(gate, value);
	else if (!strcasecmp(name, "Content-Type"))
		gate->report |= !strncasecmp(value + strspn(value, " \t\r\n"), "multipart/report", 16);
}

static bool in_known_thread(const struct gate *gate, gate_lookup lookup, void *context)
{
	const char *id = gate->threads.bytes;
	for (size_t i = 0; i < gate->thread_count; i++) {
		size_t length = strlen(id);
		if (lookup(context, id, length))
			return true;
		id += length + 1;
	}
	return false;
}

enum direction gate_decide(struct gate *gate, gate_lookup lookup, void *context)
{
	if ((gate->sender_null || gate->report) && gate->our_address)
		gate->evidence |= EVIDENCE_REPORT;
	if (in_known_thread(gate, lookup, context))
		gate->evidence |= EVIDENCE_THREAD;
	bool ours = gate->evidence & EVIDENCE_OURS;
	if (ours && gate->has_message_id && lookup(context, gate->message_id.bytes, gate->message_id.length))
		gate->evidence |= EVIDENCE_OWN;

	if (gate->evidence & EVIDENCE_REPORT)
		return DIRECTION_INCOMING;
	if (ours && gate->evidence & (EVIDENCE_SENDER | EVIDENCE_FROM | EVIDENCE_OWN))
		return DIRECTION_OUTGOING;
	if (ours && gate->our_domain && gate->evidence & EVIDENCE_THREAD)
		return DIRECTION_OUTGOING;
	if (gate->evidence & (EVIDENCE_MAILBOX | EVIDENCE_THREAD))
		return DIRECTION_INCOMING;
	return DIRECTION_NONE;
}
