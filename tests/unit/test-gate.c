#include "unit.h"
#include "front/envelope.h"
#include "front/gate.h"

#include <arpa/inet.h>

static struct settings settings;

static int settings_setup(void **state)
{
	(void)state;
	struct error error = {0};
	return settings_parse(
		   "socket unix:/x\nsocket_group \nspool_dir /s\nrun_dir /r\nmax_message_size 1000\n"
		   "max_spool_size 1000\nmax_messages 10\nnetwork 192.0.2.0/24\nnetwork 2001:db8::/33\n"
		   "sender billing@ours.example\nmailbox billing@ours.example\nmailbox ar@ours.example\n"
		   "address billing@ours.example\naddress ar@ours.example\ndomain ours.example\nend\n",
		   &settings, &error)
		   ? 0
		   : -1;
}

static int settings_teardown(void **state)
{
	(void)state;
	settings_clear(&settings);
	return 0;
}

/* The watchlist knows these. */
static bool is_known(void *context, const char *message_id, size_t length)
{
	(void)context;
	static const char *const known[] = {"invoice-1@ours.example", "reminder-1@ours.example"};
	for (size_t i = 0; i < ARRAY_LENGTH(known); i++)
		if (strlen(known[i]) == length && !memcmp(known[i], message_id, length))
			return true;
	return false;
}

struct mail {
	const char *client; /* NULL: none */
	const char *auth;
	const char *sender;
	const char *recipient; /* NULL: none at all */
	const char *header, *value;
};

static enum direction decide(const struct mail *mail, unsigned int *evidence)
{
	struct gate gate;
	unsigned char address[16];
	gate_init(&gate);
	bool ipv6 = mail->client && strchr(mail->client, ':');
	if (mail->client)
		assert_int_equal(inet_pton(ipv6 ? AF_INET6 : AF_INET, mail->client, address), 1);
	gate_client(&gate, &settings, mail->client ? address : NULL, ipv6, mail->auth);
	gate_sender(&gate, &settings, mail->sender);
	if (mail->recipient)
		gate_recipient(&gate, &settings, mail->recipient);
	if (mail->header)
		gate_header(&gate, &settings, mail->header, mail->value);
	enum direction direction = gate_decide(&gate, is_known, NULL);
	*evidence = gate.evidence;
	gate_clear(&gate);
	return direction;
}

#define OUTSIDE "203.0.113.9"
#define INSIDE	"192.0.2.17"

static void direction_needs_evidence_and_interest(void **state)
{
	(void)state;
	static const struct {
		struct mail mail;
		enum direction direction;
		unsigned int evidence;
	} rows[] = {
	    /* an invoice goes out: each evidence of being ours is enough */
	    {{INSIDE, NULL, "billing@ours.example", "c@customer.example", NULL, NULL}, DIRECTION_OUTGOING,
		EVIDENCE_NETWORK | EVIDENCE_SENDER},
	    {{OUTSIDE, "anne", "Billing@OURS.example", "c@customer.example", NULL, NULL}, DIRECTION_OUTGOING,
		EVIDENCE_AUTH | EVIDENCE_SENDER},
	    {{NULL, NULL, "billing@ours.example", "c@customer.example", NULL, NULL}, DIRECTION_OUTGOING,
		EVIDENCE_LOCAL | EVIDENCE_SENDER},
	    {{"2001:db8:7fff::1", NULL, "billing@ours.example", "c@customer.example", NULL, NULL},
		DIRECTION_OUTGOING, EVIDENCE_NETWORK | EVIDENCE_SENDER},
	    {{"::ffff:192.0.2.1", NULL, "billing@ours.example", "c@customer.example", NULL, NULL},
		DIRECTION_OUTGOING, EVIDENCE_NETWORK | EVIDENCE_SENDER},
	    {{INSIDE, NULL, "erp@ours.example", "c@customer.example", "From",
		 "Facturation <billing@ours.example>"},
		DIRECTION_OUTGOING, EVIDENCE_NETWORK | EVIDENCE_FROM},
	    /* an outside mail that claims to be ours is no invoice of ours */
	    {{OUTSIDE, NULL, "billing@ours.example", "c@customer.example", "From", "billing@ours.example"},
		DIRECTION_NONE, EVIDENCE_SENDER | EVIDENCE_FROM},
	    {{OUTSIDE, "", "billing@ours.example", "c@customer.example", NULL, NULL}, DIRECTION_NONE,
		EVIDENCE_SENDER},
	    {{"2001:db8:8000::1", NULL, "billing@ours.example", "c@customer.example", NULL, NULL},
		DIRECTION_NONE, EVIDENCE_SENDER},
	    {{OUTSIDE, NULL, "billing@ours.example", "ar@ours.example", NULL, NULL}, DIRECTION_INCOMING,
		EVIDENCE_SENDER | EVIDENCE_MAILBOX},
	    /* our people in a known thread, and our own reminder */
	    {{INSIDE, NULL, "paul@ours.example", "c@customer.example", "In-Reply-To",
		 "<invoice-1@ours.example>"},
		DIRECTION_OUTGOING, EVIDENCE_NETWORK | EVIDENCE_THREAD},
	    {{INSIDE, NULL, "noreply@ours.example", "c@customer.example", "Message-Id",
		 "<reminder-1@ours.example>"},
		DIRECTION_OUTGOING, EVIDENCE_NETWORK | EVIDENCE_OWN},
	    {{OUTSIDE, NULL, "x@spam.example", "c@customer.example", "Message-ID",
		 "<reminder-1@ours.example>"},
		DIRECTION_NONE, 0},
	    {{INSIDE, NULL, "paul@ours.example", "c@customer.example", NULL, NULL}, DIRECTION_NONE,
		EVIDENCE_NETWORK},
	    /* answers */
	    {{OUTSIDE, NULL, "c@customer.example", "ar@ours.example", NULL, NULL}, DIRECTION_INCOMING,
		EVIDENCE_MAILBOX},
	    {{OUTSIDE, NULL, "c@customer.example", "AR+x@ours.example", NULL, NULL}, DIRECTION_INCOMING,
		EVIDENCE_MAILBOX},
	    {{OUTSIDE, NULL, "c@customer.example", "paul@ours.example", "References",
		 "<a@b>\n <invoice-1@ours.example>\r\n\t<c@d>"},
		DIRECTION_INCOMING, EVIDENCE_THREAD},
	    {{INSIDE, NULL, "c@customer.example", "paul@ours.example", "in-reply-to",
		 "<invoice-1@ours.example>"},
		DIRECTION_INCOMING, EVIDENCE_NETWORK | EVIDENCE_THREAD},
	    {{OUTSIDE, NULL, "c@customer.example", "paul@ours.example", "In-Reply-To",
		 "invoice-1@ours.example"},
		DIRECTION_NONE, 0},
	    {{OUTSIDE, NULL, "c@customer.example", "paul@ours.example", "References",
		 "<<invoice-1@ours.example"},
		DIRECTION_NONE, 0},
	    /* reports */
	    {{OUTSIDE, NULL, "", "billing@ours.example", NULL, NULL}, DIRECTION_INCOMING,
		EVIDENCE_MAILBOX | EVIDENCE_REPORT},
	    {{NULL, NULL, "", "billing+1@ours.example", NULL, NULL}, DIRECTION_INCOMING,
		EVIDENCE_LOCAL | EVIDENCE_MAILBOX | EVIDENCE_REPORT},
	    {{INSIDE, NULL, "mailer-daemon@x.example", "billing@ours.example", "Content-Type",
		 " Multipart/Report; report-type=delivery-status"},
		DIRECTION_INCOMING, EVIDENCE_NETWORK | EVIDENCE_MAILBOX | EVIDENCE_REPORT},
	    {{OUTSIDE, NULL, "", "paul@ours.example", NULL, NULL}, DIRECTION_NONE, 0},
	    /* nothing to see */
	    {{OUTSIDE, NULL, "c@customer.example", "paul@ours.example", NULL, NULL}, DIRECTION_NONE, 0},
	    {{OUTSIDE, NULL, "c@customer.example", NULL, "From", "@"}, DIRECTION_NONE, 0},
	    {{NULL, NULL, "root@host.example", "root@host.example", "From", "a@b@c (billing@other.example)"},
		DIRECTION_NONE, EVIDENCE_LOCAL},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		unsigned int evidence;
		enum direction direction = decide(&rows[i].mail, &evidence);
		if (direction != rows[i].direction || evidence != rows[i].evidence) {
			struct buffer text = BUFFER_EMPTY;
			evidence_text(evidence, &text);
			fail_msg("row %zu is %s by %s", i, direction_name(direction), text.bytes);
		}
	}
}

static void endless_references_end(void **state)
{
	(void)state;
	struct gate gate;
	struct buffer value = BUFFER_EMPTY;
	gate_init(&gate);
	for (int i = 0; i < 5000; i++)
		buffer_printf(&value, "<%d@x>", i);
	gate_header(&gate, &settings, "References", value.bytes);
	gate_header(&gate, &settings, "References", value.bytes);
	assert_int_equal(gate.thread_count, 200);
	buffer_reset(&value);
	for (int i = 0; i < 3000; i++)
		buffer_append_char(&value, 'x');
	gate_header(&gate, &settings, "Message-ID", value.bytes);
	assert_false(gate.has_message_id);
	buffer_clear(&value);
	gate_clear(&gate);
}

static void the_envelope_is_json_with_nulls_for_what_is_not_known(void **state)
{
	(void)state;
	struct buffer json = BUFFER_EMPTY;
	struct envelope envelope = {.sender = "",
	    .recipients = "a@b.example\0\"c\xff\"@d\0",
	    .received = 1789639320,
	    .direction = DIRECTION_INCOMING,
	    .evidence = EVIDENCE_MAILBOX | EVIDENCE_REPORT};
	envelope_write(&envelope, &json);
	assert_string_equal(json.bytes,
	    "{\"schema\":1,\"queue_id\":null,\"client_name\":null,\"client_address\":null,\"auth\":null,"
	    "\"sender\":\"\","
	    "\"recipients\":[\"a@b.example\",\"\\\"c\xef\xbf\xbd\\\"@d\"],\"received\":\"2026-09-17T10:02:"
	    "00Z\","
	    "\"direction\":\"incoming\",\"evidence\":[\"mailbox\",\"report\"],\"daemon\":null,"
	    "\"header_message_id\":null}\n");
	buffer_reset(&json);
	envelope.queue_id = "4ABC";
	envelope.recipients = "";
	envelope.evidence = 0;
	envelope_write(&envelope, &json);
	assert_non_null(strstr(json.bytes, "\"queue_id\":\"4ABC\""));
	assert_non_null(strstr(json.bytes, "\"recipients\":[],"));
	assert_non_null(strstr(json.bytes, "\"evidence\":[],"));
	buffer_clear(&json);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(direction_needs_evidence_and_interest),
	    cmocka_unit_test(endless_references_end),
	    cmocka_unit_test(the_envelope_is_json_with_nulls_for_what_is_not_known),
	};
	return cmocka_run_group_tests(tests, settings_setup, settings_teardown);
}
