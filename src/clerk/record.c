#include "base/base.h"
#include "clerk/record.h"

#include "ledger/body.h"
#include "ledger/journal.h"
#include "store/counter.h"
#include "store/rows_message.h"

const char *record_message_id(const struct intake *intake)
{
	const char *id = intake->reading->message ? intake->reading->message->id : NULL;
	return id ? id : intake->envelope->header_message_id;
}

void record_watch(struct intake_result *result, const char *message_id)
{
	if (message_id)
		g_ptr_array_add(result->watch, g_strdup(message_id));
}

static void hash_text(GChecksum *checksum, const char *text)
{
	if (text)
		g_checksum_update(checksum, (const guchar *)text, -1);
	g_checksum_update(checksum, (const guchar *)"", 1);
}

static void hash_deliveries(GChecksum *checksum, const struct delivery *delivery)
{
	for (guint i = 0; delivery && i < delivery->recipients->len; i++) {
		const struct delivery_recipient *recipient = delivery->recipients->pdata[i];
		hash_text(checksum, recipient->address);
		hash_text(checksum, delivery_action_word(recipient->action));
	}
}

static void hash_documents(GChecksum *checksum, const GPtrArray *documents)
{
	for (guint i = 0; i < documents->len; i++) {
		gsize length = 0;
		const void *bytes =
		    documents->pdata[i] ? g_bytes_get_data(documents->pdata[i], &length) : NULL;
		if (length)
			g_checksum_update(checksum, bytes, (gssize)length);
	}
}

/*
 * By Message-ID and what the mail says: re-injected mail has other bytes, and some programs give all their
 * mails the same Message-ID (some invoicing programs, some automatic replies). Without an id, the bytes
 * themselves.
 */
static char *dedupe_key(const struct intake *intake, const char *sha256)
{
	const struct message *message = intake->reading->message;
	const char *id = record_message_id(intake);
	const char *direction = intake->envelope->is_outgoing ? "outgoing" : "incoming";
	if (!id)
		return g_strdup_printf("message:%s:%s", direction, sha256);
	g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
	if (intake->envelope->is_outgoing) {
		hash_documents(checksum, intake->documents);
	} else {
		hash_text(checksum, message->from ? message->from->address : NULL);
		hash_text(checksum, message->new_text);
		hash_deliveries(checksum, message->delivery);
	}
	return g_strdup_printf("message:%s:%s:%.16s", direction, id, g_checksum_get_string(checksum));
}

static char *join_recipients(const GPtrArray *recipients)
{
	GString *text = g_string_new(NULL);
	for (guint i = 0; i < recipients->len; i++)
		g_string_append_printf(text, "%s%s", i ? " " : "", (const char *)recipients->pdata[i]);
	return g_string_free(text, FALSE);
}

static json_t *message_body(const struct intake *intake, const struct record_facts *facts, const char *sha256)
{
	const struct message *message = intake->reading->message;
	const struct understanding *reply = intake->reading->reply;
	g_autofree char *recipients = join_recipients(intake->envelope->recipients);
	g_autofree char *from =
	    message->from && message->from->address ? g_ascii_strdown(message->from->address, -1) : NULL;
	char *reading = json_dumps(intake->reading_json, READING_JSON_FLAGS);
	json_int_t received = (json_int_t)intake->envelope->received;
	json_t *body = json_pack(
	    "{s:s, s:s, s:o, s:I, s:I, s:o, s:o, s:o, s:o, s:s, s:o, s:o, s:i, s:i, s:s, s:s, s:o, s:o}",
	    "company", facts->company, "direction", intake->envelope->is_outgoing ? "outgoing" : "incoming",
	    "message_id", json_text(record_message_id(intake)), "sent_at",
	    message->date == INSTANT_NONE ? received : (json_int_t)message->date, "received_at", received,
	    "from_address", json_text(from), "from_name",
	    json_text(message->from ? message->from->name : NULL), "recipients", json_text(recipients),
	    "subject", json_text(message->subject), "kind", message_kind_word(message->kind), "language",
	    json_text(reply && reply->language[0] ? reply->language : NULL), "intent",
	    json_text(reply && !intake->envelope->is_outgoing ? intent_kind_word(reply->primary) : NULL),
	    "confidence", reply ? reply->confidence : 0, "authenticated", facts->is_verified ? 1 : 0, "state",
	    facts->needs_review ? "review" : "done", "sha256", sha256, "queue_id",
	    json_text(intake->envelope->queue_id), "reading", json_text(reading));
	free(reading);
	return body;
}

bool record_message(struct ledger *ledger, const struct intake *intake, const struct record_facts *facts,
    struct intake_result *result, int64_t *message, struct error *error)
{
	char sha256[SHA256_TEXT_SIZE];
	gsize length;
	const void *bytes = g_bytes_get_data(intake->bytes, &length);
	sha256_text(bytes, length, sha256);
	g_autofree char *dedupe = dedupe_key(intake, sha256);
	struct event_about about = {.dedupe = dedupe};
	if (!journal_append(
		ledger, EVENT_MESSAGE_RECORDED, about, message_body(intake, facts, sha256), message, error))
		return false;
	record_watch(result, record_message_id(intake));
	return !*message || blob_put(ledger->store, bytes, length, sha256, error);
}

bool intake_message(
    struct ledger *ledger, const struct intake *intake, struct intake_result *result, struct error *error)
{
	*result =
	    (struct intake_result){.what = "unrelated", .watch = g_ptr_array_new_with_free_func(g_free)};
	bool done = true, taken = false;
	if (intake->reading->error)
		done = error_set(error, STATUS_DATA, "%s", intake->reading->error);
	else if (intake->reading->message)
		done = intake_own(ledger, intake, result, &taken, error);
	if (done && !taken && intake->reading->message)
		done = intake->envelope->is_outgoing ? intake_outgoing(ledger, intake, result, error)
						     : intake_incoming(ledger, intake, result, error);
	if (done && !strcmp(result->what, "unrelated"))
		done = counter_add(ledger->store, "unrelated", 1, error);
	if (!done)
		intake_result_clear(result);
	return done;
}

void intake_result_clear(struct intake_result *result)
{
	g_clear_pointer(&result->details, g_free);
	g_clear_pointer(&result->watch, g_ptr_array_unref);
}
