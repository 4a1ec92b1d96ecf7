#include "base/base.h"
#include "clerk/envelope.h"

#include <jansson.h>

void envelope_init(struct envelope *envelope, bool is_outgoing, instant_t received)
{
	*envelope = (struct envelope){
	    .queue_id = g_strdup(""),
	    .sender = g_strdup(""),
	    .recipients = g_ptr_array_new_with_free_func(g_free),
	    .received = received,
	    .is_outgoing = is_outgoing,
	};
}

void envelope_add_recipient(struct envelope *envelope, const char *address)
{
	g_ptr_array_add(envelope->recipients, g_ascii_strdown(address, -1));
}

void envelope_clear(struct envelope *envelope)
{
	g_free(envelope->queue_id);
	g_free(envelope->sender);
	g_free(envelope->header_message_id);
	g_free(envelope->login);
	g_clear_pointer(&envelope->recipients, g_ptr_array_unref);
	*envelope = (struct envelope){0};
}

static char *text_of(const json_t *object, const char *key)
{
	return g_strdup(json_string_value(json_object_get(object, key)));
}

static bool read_fields(const json_t *object, struct envelope *envelope, struct error *error)
{
	const char *direction = json_string_value(json_object_get(object, "direction"));
	const char *received = json_string_value(json_object_get(object, "received"));
	const json_t *recipients = json_object_get(object, "recipients"), *recipient;
	instant_t at;
	size_t index;
	if (!direction || (strcmp(direction, "outgoing") && strcmp(direction, "incoming")))
		return error_set(error, STATUS_DATA, "envelope: direction is wrong");
	if (!received || !instant_parse(received, &at, NULL))
		return error_set(error, STATUS_DATA, "envelope: received is wrong");
	if (!json_is_array(recipients))
		return error_set(error, STATUS_DATA, "envelope: recipients is wrong");
	envelope_init(envelope, !strcmp(direction, "outgoing"), at);
	json_array_foreach(recipients, index, recipient) if (json_is_string(recipient))
	    envelope_add_recipient(envelope, json_string_value(recipient));
	char *queue_id = text_of(object, "queue_id"), *sender = text_of(object, "sender");
	if (queue_id) {
		g_free(envelope->queue_id);
		envelope->queue_id = queue_id;
	}
	if (sender) {
		g_free(envelope->sender);
		envelope->sender = sender;
	}
	envelope->header_message_id = text_of(object, "header_message_id");
	envelope->login = text_of(object, "auth");
	envelope->is_live = true;
	return true;
}

bool envelope_parse(const char *json, struct envelope *envelope, struct error *error)
{
	json_error_t where;
	json_t *object = json_loads(json, 0, &where);
	if (!json_is_object(object)) {
		json_decref(object);
		return error_set(error, STATUS_DATA, "envelope: it is no JSON object: %s", where.text);
	}
	bool done = read_fields(object, envelope, error);
	json_decref(object);
	return done;
}
