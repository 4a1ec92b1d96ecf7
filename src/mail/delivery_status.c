#include "base/base.h"
#include "mail/delivery_status.h"

#include "mail/address.h"
#include "mail/encoded_word.h"
#include "mail/thread_ids.h"

struct delivery_recipient *delivery_recipient_new(char *address)
{
	struct delivery_recipient *recipient = g_new0(struct delivery_recipient, 1);
	recipient->address = address;
	recipient->action = DELIVERY_FAILED;
	return recipient;
}

/* The text behind the type of a typed field ("smtp; 550 ...", "dns; mx.example"), encoded words decoded;
 * g_free. */
static char *typed_value(const struct fields *fields, const char *name)
{
	char *value = fields_text(fields, name);
	char *semicolon = value ? strchr(value, ';') : NULL;
	size_t type = semicolon ? (size_t)(semicolon - value) : 0;
	if (!semicolon || type > 30 || strcspn(g_strchug(value), " \t") < type)
		return value;
	char *rest = g_strstrip(g_strdup(value + type + 1));
	g_free(value);
	return rest;
}

/* Resolves the \x{HEX} of the utf-8 type (RFC 6533, 3) in place; what is no character stays as it is. */
static void resolve_unitext(char *text)
{
	char *out = text;
	for (const char *at = text; *at;) {
		size_t digits = !strncmp(at, "\\x{", 3) ? strspn(at + 3, "0123456789abcdefABCDEF") : 0;
		bool is_complete = digits && digits <= 6 && at[3 + digits] == '}';
		gunichar character = is_complete ? (gunichar)g_ascii_strtoull(at + 3, NULL, 16) : 0;
		bool is_usual = character == '+' || character == '=' || character >= 0xa0;
		if (is_usual && g_unichar_validate(character)) {
			out += g_unichar_to_utf8(character, out); /* never longer than its digits */
			at += 4 + digits;
		} else {
			*out++ = *at++;
		}
	}
	*out = '\0';
}

/* A server's name without the comment behind it. */
static char *server_name(const struct fields *fields, const char *name)
{
	char *value = typed_value(fields, name);
	char *comment = value ? strstr(value, " (") : NULL;
	if (comment && comment > value)
		*comment = '\0';
	return value ? g_strchomp(value) : NULL;
}

static char *address_in(const struct fields *fields, const char *name)
{
	char *value = typed_value(fields, name);
	if (value)
		resolve_unitext(value);
	char *address = value ? address_bare(value) : NULL;
	g_free(value);
	return address;
}

/* "IMCEAEX-_O=...@x.example": Exchange's wrapping of an address that is none of the Internet's. */
static bool is_internet_address(const char *address)
{
	return strchr(address, '@') && g_ascii_strncasecmp(address, "IMCEA", 5) != 0;
}

/* "rfc822;a@b", "RFC822; <a@b>", "a@b"; the utf-8 type writes other characters as \x{...} (RFC 6533, 3). */
static char *recipient_address(const struct fields *fields)
{
	static const char *const names[] = {"Final-Recipient", "Original-Recipient", "X-Actual-Recipient"};
	char *second_best = NULL;
	for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
		char *address = address_in(fields, names[i]);
		if (address && is_internet_address(address)) {
			g_free(second_best);
			return address;
		}
		if (!second_best || (address && !strchr(second_best, '@') && strchr(address, '@'))) {
			g_free(second_best);
			second_best = address;
		} else {
			g_free(address);
		}
	}
	return second_best;
}

static bool read_action(const struct fields *fields, enum delivery_action *action)
{
	char *value = fields_raw(fields, "Action");
	if (!value)
		return false;
	char *word = g_ascii_strdown(value, (gssize)strcspn(value, " \t;(,"));
	bool known = delivery_action_from_word(word, action);
	if (!known && g_str_has_prefix(word, "fail"))
		*action = DELIVERY_FAILED; /* "failure" */
	else if (!known && g_str_has_prefix(word, "delay"))
		*action = DELIVERY_DELAYED;
	else if (!known && g_str_has_prefix(word, "deliver")) /* "deliverable" of Postfix's probes */
		*action = DELIVERY_DELIVERED;
	g_free(word);
	g_free(value);
	return true;
}

/* "5.1.1", "5.1.1 (permanent failure)", "5.0.0 5.1.1"; NULL for what is no code. */
static char *read_status_code(const struct fields *fields)
{
	char *value = fields_raw(fields, "Status");
	if (!value)
		return NULL;
	size_t length = strspn(value, "0123456789.");
	bool is_code = length >= 5 && length < 12 && strchr("245", value[0]) && value[1] == '.';
	char *code = is_code ? g_strndup(value, length) : NULL;
	g_free(value);
	return code;
}

static void read_recipient(struct delivery *delivery, const struct fields *fields)
{
	char *address = recipient_address(fields);
	enum delivery_action action = DELIVERY_FAILED;
	bool has_action = read_action(fields, &action);
	if (!address && !has_action)
		return;
	struct delivery_recipient *recipient = delivery_recipient_new(address ? address : g_strdup(""));
	char *original = address_in(fields, "Original-Recipient");
	if (original && is_internet_address(original) && g_ascii_strcasecmp(original, recipient->address))
		recipient->original = g_steal_pointer(&original);
	g_free(original);
	recipient->action = action;
	recipient->status = read_status_code(fields);
	if (!has_action && recipient->status && recipient->status[0] == '2')
		recipient->action = DELIVERY_DELIVERED;
	recipient->remote_mta = server_name(fields, "Remote-MTA");
	recipient->diagnostic = typed_value(fields, "Diagnostic-Code");
	g_ptr_array_add(delivery->recipients, recipient);
}

void delivery_status_read_text(struct delivery *delivery, const char *text)
{
	size_t length = strlen(text), at = 0;
	while (at < length && delivery->recipients->len < DELIVERY_MAX_RECIPIENTS) {
		struct fields fields;
		fields_init(&fields, text + at, length - at);
		if (!delivery->envelope_id)
			delivery->envelope_id = fields_raw(&fields, "Original-Envelope-Id");
		const struct field *id = fields_find(&fields, "X-Original-Message-ID", 0, NULL);
		if (!delivery->original_message_id && id) /* Google's, whose mail came back under another */
			delivery->original_message_id = thread_id_parse(id->value, id->value_length);
		read_recipient(delivery, &fields);
		at += MAX(fields.size, 1);
		if (fields.size == 0) /* a line that is no field: on to the next */
			at += strcspn(text + at, "\n");
		fields_clear(&fields);
	}
}

void delivery_status_read(struct delivery *delivery, struct entity *status)
{
	char *text = entity_text(status);
	delivery_status_read_text(delivery, text);
	g_free(text);
}

void disposition_read(struct delivery *delivery, struct entity *disposition)
{
	char *text = entity_text(disposition);
	struct fields fields;
	fields_init(&fields, text, strlen(text));
	char *address = recipient_address(&fields);
	struct delivery_recipient *recipient = delivery_recipient_new(address ? address : g_strdup(""));
	recipient->action = DELIVERY_DELIVERED;
	recipient->diagnostic = fields_raw(&fields, "Disposition");
	g_ptr_array_add(delivery->recipients, recipient);
	const struct field *id = fields_find(&fields, "Original-Message-ID", 0, NULL);
	if (id)
		delivery->original_message_id = thread_id_parse(id->value, id->value_length);
	fields_clear(&fields);
	g_free(text);
}
