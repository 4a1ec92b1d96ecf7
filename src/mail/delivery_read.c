#include "base/base.h"
#include "mail/delivery_read.h"

#include "mail/address.h"
#include "mail/thread_ids.h"

/* Status blocks above this are left out: one mail has few recipients. */
#define RECIPIENTS_MAX 500

/* The text behind the type of a typed field ("smtp; 550 ...", "dns; mx.example"); g_free. */
static char *typed_value(const struct fields *fields, const char *name)
{
	char *value = fields_raw(fields, name);
	char *semicolon = value ? strchr(value, ';') : NULL;
	if (!semicolon || strcspn(value, " \t") < (size_t)(semicolon - value))
		return value;
	char *rest = g_strdup(g_strchug(semicolon + 1));
	g_free(value);
	return rest;
}

static char *recipient_address(const struct fields *fields)
{
	static const char *const names[] = {"Final-Recipient", "Original-Recipient", "X-Actual-Recipient"};
	for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
		char *value = typed_value(fields, names[i]);
		char *address = value ? address_bare(value) : NULL;
		g_free(value);
		if (address)
			return address;
	}
	return NULL;
}

static void read_recipient(struct delivery *delivery, const struct fields *fields)
{
	char *address = recipient_address(fields);
	char *action = fields_raw(fields, "Action");
	if (!address && !action)
		return;
	struct delivery_recipient *recipient = g_new0(struct delivery_recipient, 1);
	recipient->address = address ? address : g_strdup("");
	recipient->action = DELIVERY_FAILED;
	if (action) {
		char *word = g_ascii_strdown(action, (gssize)strcspn(action, " \t;("));
		delivery_action_from_word(word, &recipient->action);
		g_free(word);
	}
	recipient->status = fields_raw(fields, "Status");
	if (recipient->status)
		recipient->status[strspn(recipient->status, "0123456789.")] = '\0';
	recipient->permanent =
	    recipient->action == DELIVERY_FAILED && (!recipient->status || recipient->status[0] != '4');
	recipient->remote_mta = typed_value(fields, "Remote-MTA");
	recipient->diagnostic = typed_value(fields, "Diagnostic-Code");
	recipient->reason = recipient->action == DELIVERY_FAILED ? g_strdup("other") : NULL;
	g_ptr_array_add(delivery->recipients, recipient);
	g_free(action);
}

static void read_status(struct delivery *delivery, const struct entity *status)
{
	char *text = entity_text(status);
	size_t length = strlen(text), at = 0;
	while (at < length && delivery->recipients->len < RECIPIENTS_MAX) {
		struct fields fields;
		fields_init(&fields, text + at, length - at);
		char *envelope_id = fields_raw(&fields, "Original-Envelope-Id");
		if (envelope_id && !delivery->envelope_id)
			delivery->envelope_id = g_strdup(envelope_id);
		g_free(envelope_id);
		read_recipient(delivery, &fields);
		at += MAX(fields.size, 1);
		fields_clear(&fields);
	}
	g_free(text);
}

static char *original_id(struct entity *root)
{
	struct entity *message = entity_find(root, "message/rfc822");
	const struct field *field = NULL;
	if (message && message->parts->len) {
		const struct entity *inner = g_ptr_array_index(message->parts, 0);
		field = fields_find(&inner->fields, "Message-ID", 0, NULL);
	}
	return field ? thread_id_parse(field->value, field->value_length) : NULL;
}

struct delivery *delivery_read(struct entity *root, enum message_kind *kind, char **rule)
{
	struct entity *status = entity_find(root, "message/delivery-status");
	if (!status || !entity_is(root, "multipart/report"))
		return NULL;
	struct delivery *delivery = delivery_new();
	read_status(delivery, status);
	delivery->original_message_id = original_id(root);
	*kind = MESSAGE_DELIVERY_FAILURE;
	*rule = g_strdup("report:delivery-status");
	for (unsigned i = 0; i < delivery->recipients->len; i++) {
		const struct delivery_recipient *recipient = g_ptr_array_index(delivery->recipients, i);
		if (recipient->action == DELIVERY_DELAYED)
			*kind = MESSAGE_DELIVERY_DELAY;
		else if (recipient->action != DELIVERY_FAILED)
			*kind = MESSAGE_DELIVERY_SUCCESS;
	}
	return delivery;
}
