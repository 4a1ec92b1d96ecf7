#include "base/base.h"
#include "front/envelope.h"

const char *direction_name(enum direction direction)
{
	static const char *const names[] = {
	    [DIRECTION_NONE] = "none", [DIRECTION_OUTGOING] = "outgoing", [DIRECTION_INCOMING] = "incoming"};
	return names[direction];
}

void evidence_text(unsigned int evidence, struct buffer *text)
{
	for (size_t i = 0; evidence_names[i]; i++)
		if (evidence & 1u << i)
			buffer_printf(text, "%s%s", text->length ? "," : "", evidence_names[i]);
}

static void write_member(struct buffer *json, const char *name, const char *value)
{
	buffer_append_text(json, ",\"");
	buffer_append_text(json, name);
	buffer_append_text(json, "\":");
	buffer_append_json_string(json, value);
}

static void write_recipients(struct buffer *json, const char *recipients)
{
	buffer_append_text(json, ",\"recipients\":[");
	for (const char *one = recipients; *one; one += strlen(one) + 1) {
		buffer_append_text(json, one == recipients ? "" : ",");
		buffer_append_json_string(json, one);
	}
	buffer_append_char(json, ']');
}

static void write_evidence(struct buffer *json, unsigned int evidence)
{
	buffer_append_text(json, ",\"evidence\":[");
	const char *comma = "";
	for (size_t i = 0; evidence_names[i]; i++)
		if (evidence & 1u << i) {
			buffer_printf(json, "%s\"%s\"", comma, evidence_names[i]);
			comma = ",";
		}
	buffer_append_char(json, ']');
}

void envelope_write(const struct envelope *envelope, struct buffer *json)
{
	char received[INSTANT_TEXT_SIZE];
	buffer_append_text(json, "{\"schema\":1");
	write_member(json, "queue_id", envelope->queue_id);
	write_member(json, "client_name", envelope->client_name);
	write_member(json, "client_address", envelope->client_address);
	write_member(json, "auth", envelope->auth);
	write_member(json, "sender", envelope->sender);
	write_recipients(json, envelope->recipients);
	write_member(json, "received", instant_format(envelope->received, 0, received));
	write_member(json, "direction", direction_name(envelope->direction));
	write_evidence(json, envelope->evidence);
	write_member(json, "daemon", envelope->daemon);
	write_member(json, "header_message_id", envelope->header_message_id);
	buffer_append_text(json, "}\n");
}
