#include "base/base.h"
#include "dunning/effects.h"
#include "ledger/body.h"
#include "reading/reading.h"
#include "relance/reading_source.h"
#include "report/display.h"

#include <unistd.h>

/* A reading on its way out: as a line of JSON, or in a few words. */

void reading_write_line(const json_t *reading)
{
	size_t flags = READING_JSON_FLAGS | (isatty(STDOUT_FILENO) == 1 ? JSON_ENSURE_ASCII : 0);
	char *line = json_dumps(reading, flags);
	if (line == NULL)
		abort();
	puts(line);
	free(line);
}

static void append_field(struct buffer *text, const char *before, const json_t *object, const char *key)
{
	const char *value = body_text(object, key);
	if (value == NULL || *value == '\0')
		return;
	buffer_append_text(text, before);
	display_append(text, value);
}

/* The same on a line of its own; no line where there is nothing. */
static void append_line(struct buffer *text, const char *before, const json_t *object, const char *key)
{
	size_t length = text->length;
	append_field(text, before, object, key);
	if (text->length > length)
		buffer_append_char(text, '\n');
}

static void append_money(struct buffer *text, const char *before, const json_t *object, const char *amount)
{
	if (body_text(object, amount) == NULL)
		return;
	append_field(text, before, object, amount);
	append_field(text, " ", object, "currency");
}

static void describe_message(const json_t *message, struct buffer *text)
{
	const json_t *from = json_object_get(message, "from");
	append_field(text, "  ", message, "kind");
	append_field(text, " mail from ", from, "name");
	append_field(text, body_text(from, "name") == NULL ? " mail from " : " ", from, "address");
	append_field(text, ", ", message, "date");
	buffer_append_char(text, '\n');
	append_line(text, "  subject: ", message, "subject");
	if (g_strcmp0(body_text(message, "kind_rule"), "none") != 0)
		append_line(text, "  known by: ", message, "kind_rule");
}

static void describe_intent(const json_t *intent, struct buffer *text)
{
	int percent = (int)(json_number_value(json_object_get(intent, "confidence")) * 100 + 0.5);
	append_field(text, "  ", intent, "intent");
	buffer_printf(text, " (%d %%)", percent);
	append_field(text, ", on ", intent, "date");
	append_money(text, ", ", intent, "amount");
	append_field(text, ", reason: ", intent, "reason");
	append_field(text, ", what: ", intent, "what");
	append_field(text, ", contact: ", intent, "contact");
	append_field(text, ", until ", intent, "until");
	append_field(text, ": \"", intent, "span");
	append_field(text, body_text(intent, "span") != NULL ? "\" " : " ", intent, "rule");
	buffer_append_char(text, '\n');
}

static void describe_recipient(const json_t *recipient, struct buffer *text)
{
	append_field(text, "  ", recipient, "action");
	append_field(text, ": ", recipient, "address");
	append_field(text, ", ", recipient, "reason");
	append_field(text, " ", recipient, "status");
	append_field(text, " ", recipient, "diagnostic");
	buffer_append_char(text, '\n');
}

static void describe_document(const json_t *document, struct buffer *text)
{
	const json_t *invoice = json_object_get(document, "invoice");
	buffer_append_text(text, "  document");
	append_field(text, " ", document, "name");
	if (!json_is_object(invoice)) {
		append_field(text, ": no invoice, ", document, "media_type");
		buffer_append_char(text, '\n');
		return;
	}
	append_field(text, ": ", invoice, "kind");
	append_field(text, " ", invoice, "number");
	append_money(text, ", ", invoice, "payable");
	append_field(text, ", due ", invoice, "due_date");
	append_field(text, ", to ", json_object_get(invoice, "buyer"), "name");
	append_field(text, " (", invoice, "source");
	buffer_append_text(text, ")\n");
}

static void describe_each(
    const json_t *list, void (*describe)(const json_t *item, struct buffer *text), struct buffer *text)
{
	size_t index;
	json_t *item;
	json_array_foreach(list, index, item) describe(item, text);
}

void reading_describe(const json_t *reading, struct buffer *text)
{
	const json_t *reply = json_object_get(reading, "reply");
	append_field(text, "", reading, "file");
	buffer_append_char(text, '\n');
	append_line(text, "  error: ", reading, "error");
	if (body_text(reading, "error") != NULL)
		return;
	if (json_is_object(json_object_get(reading, "message")))
		describe_message(json_object_get(reading, "message"), text);
	if (json_is_object(reply)) {
		append_line(text, "  language: ", reply, "language");
		describe_each(json_object_get(reply, "intents"), describe_intent, text);
	}
	describe_each(
	    json_object_get(json_object_get(reading, "delivery"), "recipients"), describe_recipient, text);
	describe_each(json_object_get(reading, "documents"), describe_document, text);
}

void effects_describe(const GPtrArray *effects, struct buffer *text)
{
	char date[DATE_TEXT_SIZE];
	for (guint i = 0; i < effects->len; i++) {
		const struct effect *effect = g_ptr_array_index(effects, i);
		buffer_printf(text, "  %s", effect_kind_word(effect->kind));
		if (effect->receivable.number != NULL)
			buffer_printf(text, " on %s", effect->receivable.number);
		if (effect->until != DATE_NONE)
			buffer_printf(text, " until %s", date_format(effect->until, date));
		if (effect->task != NULL)
			buffer_printf(text, ", task %s", effect->task);
		if (effect->why != NULL) {
			buffer_append_text(text, ": ");
			display_append(text, effect->why);
		}
		buffer_append_char(text, '\n');
	}
	if (effects->len == 0)
		buffer_append_text(text, "  nothing\n");
}
