/*
 * The reading of the interface. The objects of the message, the reply, the delivery and the documents are
 * tables; only the top, where the JSON is cut differently than our structs, is written out.
 */
#include "base/base.h"
#include "reading/invoice_json.h"
#include "reading/reading.h"
#include "reading/shape.h"

#include <glib.h>

/* ---- words ---- */

#define WORDS(name, type, word, from_word)                                                                   \
	static const char *name##_word(const void *value)                                                    \
	{                                                                                                    \
		return word(*(const enum type *)value);                                                      \
	}                                                                                                    \
	static bool name##_from_word(const char *text, void *value)                                          \
	{                                                                                                    \
		return from_word(text, value);                                                               \
	}                                                                                                    \
	static const struct shape_words name##_words = {name##_word, name##_from_word}

WORDS(kind, message_kind, message_kind_word, message_kind_from_word);
WORDS(action, delivery_action, delivery_action_word, delivery_action_from_word);
WORDS(intent, intent_kind, intent_kind_word, intent_kind_from_word);
WORDS(outcome, document_outcome, document_outcome_word, document_outcome_from_word);

static const char *const dispute_reasons[] = {"price", "quantity", "quality", "not_delivered", "duplicate",
    "not_ordered", "wrong_party", "tax", "terms", "already_credited", "refusal", "other", NULL};
static const char *const request_things[] = {"invoice_copy", "purchase_order", "delivery_proof",
    "bank_details", "statement", "credit_note", "details", "portal", "other", NULL};
static const char *const delivery_reasons[] = {"unknown_user", "mailbox_full", "too_big", "blocked", "policy",
    "no_such_domain", "host_unreachable", "expired", "auth", "spam", "suspended", "has_moved", "content",
    "network", "system", "other", NULL};

/* ---- message ---- */

static void *address_make(void)
{
	return g_new0(struct address, 1);
}

static void address_discard(void *pointer)
{
	struct address *address = pointer;
	g_free(address->name);
	g_free(address->address);
	g_free(address);
}

static const struct shape_field address_fields[] = {
    {.key = "name", .kind = SHAPE_TEXT, .offset = offsetof(struct address, name)},
    {.key = "address", .kind = SHAPE_TEXT, .offset = offsetof(struct address, address)},
};
static const struct shape address_shape = {.fields = address_fields,
    .count = ARRAY_LENGTH(address_fields),
    .make = address_make,
    .discard = address_discard};

#define MESSAGE(field) offsetof(struct message, field)
static const struct shape_field message_fields[] = {
    {.key = "id", .kind = SHAPE_TEXT, .offset = MESSAGE(id)},
    {.key = "date", .kind = SHAPE_INSTANT, .offset = MESSAGE(date), .zone_offset = MESSAGE(date_offset)},
    {.key = "subject", .kind = SHAPE_TEXT, .offset = MESSAGE(subject)},
    {.key = "from", .kind = SHAPE_POINTER, .offset = MESSAGE(from), .shape = &address_shape},
    {.key = "to", .kind = SHAPE_POINTERS, .offset = MESSAGE(to), .shape = &address_shape},
    {.key = "cc", .kind = SHAPE_POINTERS, .offset = MESSAGE(cc), .shape = &address_shape},
    {.key = "reply_to", .kind = SHAPE_POINTERS, .offset = MESSAGE(reply_to), .shape = &address_shape},
    {.key = "in_reply_to", .kind = SHAPE_TEXTS, .offset = MESSAGE(in_reply_to)},
    {.key = "references", .kind = SHAPE_TEXTS, .offset = MESSAGE(references)},
    {.key = "kind", .kind = SHAPE_WORD, .offset = MESSAGE(kind), .words = &kind_words},
    {.key = "kind_rule", .kind = SHAPE_TEXT, .offset = MESSAGE(kind_rule)},
    {.key = "product_id", .kind = SHAPE_TEXT, .offset = MESSAGE(product_id), .optional = true},
    {.key = "thread_index", .kind = SHAPE_TEXT, .offset = MESSAGE(thread_index), .optional = true},
    {.key = "authentication_results",
	.kind = SHAPE_TEXTS,
	.offset = MESSAGE(authentication_results),
	.optional = true},
    {.key = "doubtful", .kind = SHAPE_BOOL, .offset = MESSAGE(doubtful), .optional = true},
};
static const struct shape message_shape = {.fields = message_fields, .count = ARRAY_LENGTH(message_fields)};

/* ---- reply ---- */

/* The reply of the interface has what the mail says and what the words mean side by side. Texts are borrowed.
 */
struct reply {
	char language[3];
	char *new_text;
	char *signature;
	char *quoted_text;
	enum intent_kind primary;
	int confidence;
	GPtrArray *intents;
	char *bank_change;
	GPtrArray *ibans;
};

#define INSTALMENT(field) offsetof(struct instalment, field)
static const struct shape_field instalment_fields[] = {
    {.key = "date", .kind = SHAPE_DATE, .offset = INSTALMENT(date)},
    {.key = "amount", .kind = SHAPE_AMOUNT, .offset = INSTALMENT(amount)},
    {.key = "currency", .kind = SHAPE_CURRENCY_OF, .offset = INSTALMENT(amount), .optional = true},
};

static void instalment_empty(void *pointer)
{
	struct instalment *instalment = pointer;
	instalment->date = DATE_NONE;
}

static const struct shape instalment_shape = {
    .fields = instalment_fields, .count = ARRAY_LENGTH(instalment_fields), .empty = instalment_empty};

#define LINE(field) offsetof(struct remittance_line, field)
static const struct shape_field line_fields[] = {
    {.key = "invoice", .kind = SHAPE_TEXT, .offset = LINE(invoice)},
    {.key = "amount", .kind = SHAPE_AMOUNT, .offset = LINE(amount)},
    {.key = "currency", .kind = SHAPE_CURRENCY_OF, .offset = LINE(amount), .optional = true},
};

static void *line_make(void)
{
	return g_new0(struct remittance_line, 1);
}

static void line_discard(void *pointer)
{
	struct remittance_line *line = pointer;
	g_free(line->invoice);
	g_free(line);
}

static const struct shape line_shape = {
    .fields = line_fields, .count = ARRAY_LENGTH(line_fields), .make = line_make, .discard = line_discard};

#define INTENT(field) offsetof(struct intent, field)
static const struct shape_field intent_fields[] = {
    {.key = "intent", .kind = SHAPE_WORD, .offset = INTENT(kind), .words = &intent_words},
    {.key = "confidence", .kind = SHAPE_THOUSANDTHS, .offset = INTENT(confidence)},
    {.key = "date", .kind = SHAPE_DATE, .offset = INTENT(date)},
    {.key = "amount", .kind = SHAPE_AMOUNT, .offset = INTENT(amount)},
    {.key = "currency", .kind = SHAPE_CURRENCY_OF, .offset = INTENT(amount)},
    {.key = "reason", .kind = SHAPE_OPTION, .offset = INTENT(reason), .options = dispute_reasons},
    {.key = "what", .kind = SHAPE_OPTION, .offset = INTENT(what), .options = request_things},
    {.key = "never_received", .kind = SHAPE_BOOL, .offset = INTENT(never_received)},
    {.key = "contact", .kind = SHAPE_TEXT, .offset = INTENT(contact)},
    {.key = "until", .kind = SHAPE_DATE, .offset = INTENT(until)},
    {.key = "proposal", .kind = SHAPE_STRUCTS, .offset = INTENT(proposal), .shape = &instalment_shape},
    {.key = "lines", .kind = SHAPE_POINTERS, .offset = INTENT(lines), .shape = &line_shape},
    {.key = "mentions", .kind = SHAPE_TEXTS, .offset = INTENT(mentions)},
    {.key = "span", .kind = SHAPE_TEXT, .offset = INTENT(span)},
    {.key = "rule", .kind = SHAPE_TEXT, .offset = INTENT(rule)},
};

static void *intent_make(void)
{
	return intent_new(INTENT_NONE);
}

static void intent_discard(void *intent)
{
	intent_free(intent);
}

static const struct shape intent_shape = {.fields = intent_fields,
    .count = ARRAY_LENGTH(intent_fields),
    .make = intent_make,
    .discard = intent_discard};

#define REPLY(field) offsetof(struct reply, field)
static const struct shape_field reply_fields[] = {
    {.key = "language", .kind = SHAPE_LANGUAGE, .offset = REPLY(language)},
    {.key = "new_text", .kind = SHAPE_TEXT, .offset = REPLY(new_text)},
    {.key = "signature", .kind = SHAPE_TEXT, .offset = REPLY(signature)},
    {.key = "primary", .kind = SHAPE_WORD, .offset = REPLY(primary), .words = &intent_words},
    {.key = "confidence", .kind = SHAPE_THOUSANDTHS, .offset = REPLY(confidence)},
    {.key = "intents", .kind = SHAPE_POINTERS, .offset = REPLY(intents), .shape = &intent_shape},
    {.key = "bank_change", .kind = SHAPE_TEXT, .offset = REPLY(bank_change), .optional = true},
    {.key = "ibans", .kind = SHAPE_TEXTS, .offset = REPLY(ibans), .optional = true},
    {.key = "quoted_text", .kind = SHAPE_TEXT, .offset = REPLY(quoted_text), .optional = true},
};
static const struct shape reply_shape = {.fields = reply_fields, .count = ARRAY_LENGTH(reply_fields)};

/* ---- delivery ---- */

static void *recipient_make(void)
{
	return g_new0(struct delivery_recipient, 1);
}

#define RECIPIENT(field) offsetof(struct delivery_recipient, field)
static const struct shape_field recipient_fields[] = {
    {.key = "address", .kind = SHAPE_TEXT, .offset = RECIPIENT(address)},
    {.key = "original", .kind = SHAPE_TEXT, .offset = RECIPIENT(original), .optional = true},
    {.key = "action", .kind = SHAPE_WORD, .offset = RECIPIENT(action), .words = &action_words},
    {.key = "status", .kind = SHAPE_TEXT, .offset = RECIPIENT(status)},
    {.key = "permanent", .kind = SHAPE_BOOL, .offset = RECIPIENT(permanent)},
    {.key = "reason", .kind = SHAPE_OPTION, .offset = RECIPIENT(reason), .options = delivery_reasons},
    {.key = "remote_mta", .kind = SHAPE_TEXT, .offset = RECIPIENT(remote_mta)},
    {.key = "diagnostic", .kind = SHAPE_TEXT, .offset = RECIPIENT(diagnostic)},
};
static const struct shape recipient_shape = {.fields = recipient_fields,
    .count = ARRAY_LENGTH(recipient_fields),
    .make = recipient_make,
    .discard = delivery_recipient_free};

#define DELIVERY(field) offsetof(struct delivery, field)
static const struct shape_field delivery_fields[] = {
    {.key = "recipients", .kind = SHAPE_POINTERS, .offset = DELIVERY(recipients), .shape = &recipient_shape},
    {.key = "original_message_id", .kind = SHAPE_TEXT, .offset = DELIVERY(original_message_id)},
    {.key = "envelope_id", .kind = SHAPE_TEXT, .offset = DELIVERY(envelope_id)},
};
static const struct shape delivery_shape = {
    .fields = delivery_fields, .count = ARRAY_LENGTH(delivery_fields)};

/* ---- documents ---- */

static void *document_make(void)
{
	return reading_document_new();
}

static void document_discard(void *document)
{
	reading_document_free(document);
}

#define DOCUMENT(field) offsetof(struct reading_document, field)
static const struct shape_field document_fields[] = {
    {.key = "name", .kind = SHAPE_TEXT, .offset = DOCUMENT(name)},
    {.key = "media_type", .kind = SHAPE_TEXT, .offset = DOCUMENT(media_type)},
    {.key = "outcome",
	.kind = SHAPE_WORD,
	.offset = DOCUMENT(outcome),
	.words = &outcome_words,
	.optional = true},
    {.key = "reason", .kind = SHAPE_TEXT, .offset = DOCUMENT(reason), .optional = true},
    {.key = "same_as", .kind = SHAPE_INDEX, .offset = DOCUMENT(same_as), .optional = true},
    {.key = "invoice", .kind = SHAPE_POINTER, .offset = DOCUMENT(invoice), .shape = &invoice_shape},
};
static const struct shape document_shape = {.fields = document_fields,
    .count = ARRAY_LENGTH(document_fields),
    .make = document_make,
    .discard = document_discard};

/* ---- the top ---- */

/* NULL where nothing is quoted. */
static char *shorten_quote(const char *text)
{
	if (!text || !*text)
		return NULL;
	size_t length = strnlen(text, READING_MAX_QUOTE + 1);
	if (length <= READING_MAX_QUOTE)
		return g_strdup(text);
	const char *end = g_utf8_find_prev_char(text, text + READING_MAX_QUOTE);
	return g_strndup(text, end ? (gsize)(end - text) : 0);
}

static json_t *write_reply(const struct message *message, const struct understanding *understanding)
{
	struct reply reply = {
	    .new_text = message ? message->new_text : NULL,
	    .signature = message ? message->signature : NULL,
	    .quoted_text = message ? shorten_quote(message->quoted_text) : NULL,
	    .primary = understanding->primary,
	    .confidence = understanding->confidence,
	    .intents = understanding->intents,
	    .bank_change = understanding->bank_change,
	    .ibans = understanding->ibans,
	};
	memcpy(reply.language, understanding->language, sizeof reply.language);
	GPtrArray *none = g_ptr_array_new();
	if (!reply.ibans)
		reply.ibans = none;
	json_t *json = shape_write(&reply_shape, &reply);
	g_ptr_array_unref(none);
	g_free(reply.quoted_text);
	return json;
}

static json_t *write_documents(const GPtrArray *documents)
{
	json_t *list = json_array();
	for (guint i = 0; i < documents->len; i++)
		json_array_append_new(list, shape_write(&document_shape, documents->pdata[i]));
	return list;
}

json_t *reading_to_json(const struct reading *reading)
{
	json_t *json = json_object();
	json_object_set_new(json, "schema", json_integer(1));
	json_object_set_new(json, "file", shape_text(reading->file));
	if (reading->error) {
		json_object_set_new(json, "error", shape_text(reading->error));
		return json;
	}
	const struct message *message = reading->message;
	json_object_set_new(json, "message", message ? shape_write(&message_shape, message) : json_null());
	json_object_set_new(
	    json, "reply", reading->reply ? write_reply(message, reading->reply) : json_null());
	json_object_set_new(json, "delivery",
	    message && message->delivery ? shape_write(&delivery_shape, message->delivery) : json_null());
	json_object_set_new(json, "documents", write_documents(reading->documents));
	return json;
}

static bool read_reply(const json_t *json, struct reading *reading, struct error *error)
{
	if (!reading->message)
		return error_set(error, STATUS_DATA, "reply: there is no message that it could belong to");
	struct understanding *understanding = g_new0(struct understanding, 1);
	understanding->intents = g_ptr_array_new_with_free_func(intent_discard);
	reading->reply = understanding;
	understanding->ibans = g_ptr_array_new_with_free_func(g_free);
	struct reply reply = {.intents = understanding->intents, .ibans = understanding->ibans};
	bool read = shape_read(&reply_shape, json, "reply", &reply, error);
	if (read && !reply.intents->len)
		read = error_set(error, STATUS_DATA, "reply.intents: at least one is expected");
	reading->message->new_text = reply.new_text;
	reading->message->signature = reply.signature;
	reading->message->quoted_text = reply.quoted_text;
	understanding->bank_change = reply.bank_change;
	understanding->primary = reply.primary;
	understanding->confidence = reply.confidence;
	memcpy(understanding->language, reply.language, sizeof reply.language);
	return read;
}

static bool is_report(enum message_kind kind)
{
	return kind == MESSAGE_DELIVERY_FAILURE || kind == MESSAGE_DELIVERY_DELAY ||
	       kind == MESSAGE_DELIVERY_SUCCESS || kind == MESSAGE_READ_RECEIPT;
}

static bool read_delivery(const json_t *json, struct reading *reading, struct error *error)
{
	if (!reading->message || !is_report(reading->message->kind))
		return error_set(error, STATUS_DATA, "delivery: the message is no report");
	reading->message->delivery = delivery_new();
	return shape_read(&delivery_shape, json, "delivery", reading->message->delivery, error);
}

/* What the tables cannot see: an invoice where the outcome says so and only there, and links that lead
 * somewhere. */
static bool check_document(const struct reading *reading, guint index, struct error *error)
{
	const struct reading_document *document = reading->documents->pdata[index];
	if ((document->outcome == DOCUMENT_INVOICE) != (document->invoice != NULL))
		return error_set(
		    error, STATUS_DATA, "documents[%u].invoice: it does not go with the outcome", index);
	if (document->same_as < 0)
		return true;
	const struct reading_document *other = (guint)document->same_as < reading->documents->len
						   ? reading->documents->pdata[document->same_as]
						   : NULL;
	return (other && other->invoice) ||
	       error_set(error, STATUS_DATA, "documents[%u].same_as: there is no such invoice", index);
}

static bool read_documents(const json_t *json, struct reading *reading, struct error *error)
{
	if (!json_is_array(json) || json_array_size(json) > READING_MAX_DOCUMENTS + 1)
		return error_set(error, STATUS_DATA, "documents: a list of at most %d is expected",
		    READING_MAX_DOCUMENTS + 1);
	for (size_t i = 0; i < json_array_size(json); i++) {
		struct reading_document *document = reading_document_new();
		g_ptr_array_add(reading->documents, document);
		char path[64];
		snprintf(path, sizeof path, "documents[%zu]", i);
		const json_t *value = json_array_get(json, i);
		if (!shape_read(&document_shape, value, path, document, error))
			return false;
		if (!json_object_get(value, "outcome"))
			document->outcome = document->invoice ? DOCUMENT_INVOICE : DOCUMENT_NO_INVOICE;
	}
	for (guint i = 0; i < reading->documents->len; i++)
		if (!check_document(reading, i, error))
			return false;
	return true;
}

static bool read_error(const json_t *json, struct reading *reading, struct error *error)
{
	const struct shape_field field = {
	    .key = "error", .kind = SHAPE_TEXT, .offset = offsetof(struct reading, error)};
	const struct shape shape = {.fields = &field, .count = 1};
	if (!shape_read(&shape, json, "", reading, error))
		return false;
	return reading->error || error_set(error, STATUS_DATA, "error: a text is expected");
}

static bool read_file(const json_t *json, struct reading *reading, struct error *error)
{
	const struct shape_field field = {
	    .key = "file", .kind = SHAPE_TEXT, .offset = offsetof(struct reading, file)};
	const struct shape shape = {.fields = &field, .count = 1};
	return shape_read(&shape, json, "", reading, error);
}

/* As message_parse() makes it of nothing; message_free() frees it. */
static struct message *message_blank(void)
{
	struct message *message = g_new0(struct message, 1);
	message->date = INSTANT_NONE;
	message->to = g_ptr_array_new_with_free_func(address_discard);
	message->cc = g_ptr_array_new_with_free_func(address_discard);
	message->reply_to = g_ptr_array_new_with_free_func(address_discard);
	message->in_reply_to = g_ptr_array_new_with_free_func(g_free);
	message->references = g_ptr_array_new_with_free_func(g_free);
	message->authentication_results = g_ptr_array_new_with_free_func(g_free);
	message->attachments = g_ptr_array_new();
	return message;
}

static bool read_message(const json_t *json, struct reading *reading, struct error *error)
{
	reading->message = message_blank();
	return shape_read(&message_shape, json, "message", reading->message, error);
}

/* The parts that may be null, in the order in which one needs the other. */
static const struct {
	const char *key;
	bool (*read)(const json_t *json, struct reading *reading, struct error *error);
} parts[] = {{"message", read_message}, {"reply", read_reply}, {"delivery", read_delivery}};

static bool read_parts(const json_t *json, struct reading *reading, struct error *error)
{
	for (size_t i = 0; i < ARRAY_LENGTH(parts); i++) {
		const json_t *part = json_object_get(json, parts[i].key);
		if (!part)
			return error_set(error, STATUS_DATA, "%s: the key is missing", parts[i].key);
		if (!json_is_null(part) && !parts[i].read(part, reading, error))
			return false;
	}
	return read_documents(json_object_get(json, "documents"), reading, error);
}

static bool read_top(const json_t *json, struct reading *reading, struct error *error)
{
	if (!json_is_object(json))
		return error_set(error, STATUS_DATA, "(top): an object is expected");
	const json_t *schema = json_object_get(json, "schema");
	if (!json_is_integer(schema) || json_integer_value(schema) != 1)
		return error_set(error, STATUS_DATA, "schema: 1 is expected");
	if (!read_file(json, reading, error))
		return false;
	if (json_object_get(json, "error"))
		return read_error(json, reading, error);
	return read_parts(json, reading, error);
}

bool reading_from_json(const json_t *json, struct reading **reading, struct error *error)
{
	struct reading *made = reading_new();
	if (!read_top(json, made, error)) {
		reading_free(made);
		return false;
	}
	*reading = made;
	return true;
}
