#include "base/base.h"
#include "mail/bounce_notice.h"

#include "mail/address.h"
#include "mail/delivery_status.h"

/* The string value behind "NAME": from FROM up to END, without escapes resolved but \"; NULL where there is
 * none. */
static char *string_member(const char *from, const char *end, const char *name)
{
	char *key = g_strdup_printf("\"%s\"", name);
	const char *at = g_strstr_len(from, end - from, key);
	size_t size = strlen(key);
	g_free(key);
	if (!at)
		return NULL;
	at += size;
	at += strspn(at, " \t\n");
	if (*at++ != ':')
		return NULL;
	at += strspn(at, " \t\n[");
	if (*at++ != '"')
		return NULL;
	GString *value = g_string_new(NULL);
	for (; at < end && *at && *at != '"'; at++) {
		if (*at == '\\' && at[1])
			at++;
		g_string_append_c(value, *at);
	}
	return g_string_free(value, FALSE);
}

static void add_recipient(
    struct delivery *delivery, const char *from, const char *end, enum delivery_action action)
{
	char *text = string_member(from, end, "emailAddress"), *address = text ? address_bare(text) : NULL;
	if (address && delivery->recipients->len < DELIVERY_MAX_RECIPIENTS) {
		struct delivery_recipient *recipient = delivery_recipient_new(g_steal_pointer(&address));
		char *diagnostic = string_member(from, end, "diagnosticCode");
		recipient->action = action;
		recipient->status = string_member(from, end, "status");
		if (diagnostic && g_str_has_prefix(diagnostic, "smtp; "))
			memmove(diagnostic, diagnostic + 6, strlen(diagnostic + 6) + 1);
		recipient->diagnostic = diagnostic;
		g_ptr_array_add(delivery->recipients, recipient);
	}
	g_free(address);
	g_free(text);
}

/* One object {...} a recipient in the list behind "NAME". */
static void read_objects(
    struct delivery *delivery, const char *text, const char *name, enum delivery_action action)
{
	const char *list = strstr(text, name);
	const char *end = list ? strchr(list, ']') : NULL;
	while (list && end && (list = memchr(list, '{', (size_t)(end - list)))) {
		const char *close = strchr(list, '}');
		if (!close)
			return;
		add_recipient(delivery, list, close, action);
		list = close;
		if (close > end) /* a bracket inside a string: the list goes on */
			end = strchr(close, ']');
	}
}

static void read_delivered(struct delivery *delivery, const char *text)
{
	const char *part = strstr(text, "\"delivery\"");
	char *address = part ? string_member(part, part + strlen(part), "recipients") : NULL;
	if (!address)
		return;
	struct delivery_recipient *recipient = delivery_recipient_new(address);
	recipient->action = DELIVERY_DELIVERED;
	recipient->diagnostic = string_member(part, part + strlen(part), "smtpResponse");
	recipient->remote_mta = string_member(part, part + strlen(part), "reportingMTA");
	g_ptr_array_add(delivery->recipients, recipient);
}

static bool read_notification(struct delivery *delivery, const char *start, const char *end)
{
	char *type = string_member(start, end, "notificationType");
	if (!type) /* where it is published as an event */
		type = string_member(start, end, "eventType");
	if (type && !strcmp(type, "Bounce"))
		read_objects(delivery, start, "\"bouncedRecipients\"", DELIVERY_FAILED);
	else if (type && !strcmp(type, "DeliveryDelay"))
		read_objects(delivery, start, "\"delayedRecipients\"", DELIVERY_DELAYED);
	else if (type && !strcmp(type, "Delivery"))
		read_delivered(delivery, start);
	g_free(type);
	return delivery->recipients->len > 0;
}

bool bounce_notice_read(struct delivery *delivery, const char *text)
{
	const char *start = text + strspn(text, " \t\n"), *end = start + strlen(start);
	if (*start != '{')
		return false;
	bool is_wrapped = g_strstr_len(start, MIN(end - start, 1000), "\"TopicArn\"");
	bool is_bare = g_strstr_len(start, MIN(end - start, 1000), "notificationType") ||
		       g_strstr_len(start, MIN(end - start, 1000), "eventType");
	/* SNS puts the notice into a string of its own message unless it is told to deliver it raw */
	char *message = is_wrapped ? string_member(start, end, "Message") : NULL;
	bool found = message   ? read_notification(delivery, message, message + strlen(message))
		     : is_bare ? read_notification(delivery, start, end)
			       : false;
	g_free(message);
	return found;
}
