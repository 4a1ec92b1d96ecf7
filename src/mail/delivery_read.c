#include "base/base.h"
#include "mail/delivery_read.h"

#include "mail/address.h"
#include "mail/bounce_notice.h"
#include "mail/bounce_text.h"
#include "mail/delivery_reason.h"
#include "mail/delivery_status.h"
#include "mail/folded.h"
#include "mail/html_text.h"
#include "mail/thread_ids.h"

/* A part of the report itself, not of the mail that it returns. */
static struct entity *find_report_part(struct entity *entity, const char *const types[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (entity_is(entity, types[i]))
			return entity;
	for (unsigned i = 0; entity_is_kind(entity, "multipart/") && i < entity->parts->len; i++) {
		struct entity *found = find_report_part(g_ptr_array_index(entity->parts, i), types, count);
		if (found)
			return found;
	}
	return NULL;
}

#define FIND(root, ...)                                                                                      \
	find_report_part(root, (const char *const[]){__VA_ARGS__},                                           \
	    sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

/* The report's words: its first text. */
static char *human_text(struct entity *root)
{
	struct entity *plain = FIND(root, "text/plain");
	if (plain)
		return entity_text(plain);
	struct entity *html = FIND(root, "text/html");
	if (!html) /* a multipart that has lost its boundaries */
		return root->parts->len ? g_strdup("") : entity_text(root);
	char *source = entity_text(html);
	struct text_lines lines;
	text_lines_init(&lines);
	text_lines_from_html(&lines, source, strlen(source));
	char *text = text_lines_join(&lines);
	text_lines_clear(&lines);
	g_free(source);
	return text;
}

static char *id_of_fields(const struct fields *fields, const char *name)
{
	const struct field *field = fields_find(fields, name, 0, NULL);
	return field ? thread_id_parse(field->value, field->value_length) : NULL;
}

/* The header of the mail that came back, in FIELDS (fields_clear), with TEXT owning its bytes. */
static bool returned_fields(struct entity *root, struct fields *fields, char **text)
{
	*text = NULL;
	struct entity *message = FIND(root, "message/rfc822", "message/global", "message/news");
	struct entity *headers = FIND(root, "text/rfc822-headers", "message/rfc822-headers",
	    "message/global-headers", "text/rfc822-header");
	if (message && message->parts->len) {
		const struct entity *inner = g_ptr_array_index(message->parts, 0);
		fields_init(fields, message->owned ? message->owned : message->body, inner->fields.size);
		return true;
	}
	if (!headers)
		return false;
	*text = entity_text(headers);
	const char *start = *text + strspn(*text, "\n");
	fields_init(fields, start, strlen(start));
	return true;
}

static char *sender_of(const struct entity *root)
{
	char *to = fields_raw(&root->fields, "To");
	char *address = to ? address_bare(to) : NULL;
	g_free(to);
	return address;
}

/* Exim names them in a header of their own. */
static void read_failed_header(struct delivery *delivery, const struct entity *root)
{
	const struct field *field = fields_find(&root->fields, "X-Failed-Recipients", 0, NULL);
	GPtrArray *list = g_ptr_array_new_with_free_func((GDestroyNotify)address_free);
	if (field)
		addresses_append(list, field->value, field->value_length);
	for (unsigned i = 0; i < list->len; i++) {
		const struct address *address = g_ptr_array_index(list, i);
		g_ptr_array_add(delivery->recipients, delivery_recipient_new(g_strdup(address->address)));
	}
	g_ptr_array_free(list, TRUE);
}

static bool is_specific(const char *status)
{
	return status && !g_str_has_suffix(status, ".0.0");
}

/*
 * A status that says nothing ("5.0.0") gives way to the one in the server's words, if the class is the
 * same.
 */
static void settle_status(struct delivery_recipient *recipient, const char *words)
{
	char *found = words ? delivery_find_status(words) : NULL;
	bool better = found && (!recipient->status ||
				   (!is_specific(recipient->status) && found[0] == recipient->status[0]));
	if (better) {
		g_free(recipient->status);
		recipient->status = g_steal_pointer(&found);
	}
	g_free(found);
}

static const char *reason_of(const struct delivery_recipient *recipient, const char *text)
{
	const char *reason = recipient->diagnostic ? delivery_reason_of_words(recipient->diagnostic) : NULL;
	if (!reason && is_specific(recipient->status))
		reason = delivery_reason_of_status(recipient->status);
	if (!reason)
		reason = delivery_reason_of_words(text);
	return reason ? reason : "other";
}

static void settle(struct delivery_recipient *recipient, const char *text, bool is_only)
{
	settle_status(recipient, recipient->diagnostic);
	if (is_only)
		settle_status(recipient, text);
	if (recipient->action != DELIVERY_FAILED && recipient->action != DELIVERY_DELAYED)
		return;
	recipient->reason = g_strdup(reason_of(recipient, text));
	int reply = recipient->diagnostic ? delivery_find_reply(recipient->diagnostic) : 0;
	if (!reply && is_only)
		reply = delivery_find_reply(text);
	bool permanent = recipient->status ? recipient->status[0] == '5'
			 : reply	   ? reply >= 500
					   : delivery_reason_is_permanent(recipient->reason);
	recipient->permanent = recipient->action == DELIVERY_FAILED && permanent;
	if (!recipient->status && !reply)
		recipient->status = g_strdup(delivery_status_of_reason(recipient->reason));
}

/* The worst of its recipients is what a report is about. */
static enum message_kind kind_of(const struct delivery *delivery)
{
	bool failed = false, delayed = false;
	for (unsigned i = 0; i < delivery->recipients->len; i++) {
		const struct delivery_recipient *recipient = g_ptr_array_index(delivery->recipients, i);
		failed = failed || recipient->action == DELIVERY_FAILED;
		delayed = delayed || recipient->action == DELIVERY_DELAYED;
	}
	if (failed || !delivery->recipients->len)
		return MESSAGE_DELIVERY_FAILURE;
	return delayed ? MESSAGE_DELIVERY_DELAY : MESSAGE_DELIVERY_SUCCESS;
}

/* What the status part or the header leave out and the words of the report tell: diagnoses, whose mail it
 * was. */
static void borrow_words(struct delivery *delivery, const char *text, const char *sender)
{
	struct delivery *read = delivery_new();
	bounce_text_read(read, text, sender);
	for (unsigned i = 0; i < delivery->recipients->len; i++) {
		struct delivery_recipient *recipient = g_ptr_array_index(delivery->recipients, i);
		for (unsigned k = 0; k < read->recipients->len; k++) {
			struct delivery_recipient *other = g_ptr_array_index(read->recipients, k);
			bool same = !g_ascii_strcasecmp(recipient->address, other->address);
			if (same && !recipient->diagnostic)
				recipient->diagnostic = g_steal_pointer(&other->diagnostic);
		}
	}
	if (!delivery->original_message_id)
		delivery->original_message_id = g_steal_pointer(&read->original_message_id);
	delivery_free(read);
}

/* Whose mail it was, and the recipient where no words name one. */
static void complete(struct delivery *delivery, struct entity *root, const char *text)
{
	struct fields fields;
	char *owner;
	/* relays that give mail an id of their own keep ours there */
	if (!delivery->original_message_id)
		delivery->original_message_id = id_of_fields(&root->fields, "X-Original-Message-ID");
	if (returned_fields(root, &fields, &owner)) {
		if (!delivery->original_message_id)
			delivery->original_message_id = id_of_fields(&fields, "X-Original-Message-ID");
		if (!delivery->original_message_id)
			delivery->original_message_id = id_of_fields(&fields, "Message-ID");
		char *address = delivery->recipients->len ? NULL : bounce_returned_recipient(&fields);
		if (address)
			g_ptr_array_add(delivery->recipients, delivery_recipient_new(address));
		fields_clear(&fields);
		g_free(owner);
	}
	if (!delivery->original_message_id)
		delivery->original_message_id = bounce_text_message_id(text);
}

static void settle_all(struct delivery *delivery, const char *text)
{
	char *server = bounce_text_of_server(text);
	for (unsigned i = 0; i < delivery->recipients->len; i++)
		settle(g_ptr_array_index(delivery->recipients, i), server, delivery->recipients->len == 1);
	g_free(server);
}

static void finish(struct delivery *delivery, struct entity *root, const char *text)
{
	complete(delivery, root, text);
	settle_all(delivery, text);
}

static struct delivery *read_standard(struct entity *root, struct entity *status)
{
	struct delivery *delivery = delivery_new();
	char *text = human_text(root), *sender = sender_of(root);
	delivery_status_read(delivery, status);
	if (delivery->recipients->len)
		borrow_words(delivery, text, sender);
	else
		bounce_text_read(delivery, text, sender);
	finish(delivery, root, text);
	g_free(sender);
	g_free(text);
	return delivery;
}

/* The local part without marks between words: "post_master", "Mailer-Daemon". */
static char *bare_local_part(const char *address)
{
	GString *text = g_string_new(NULL);
	for (const char *at = address; *at && *at != '@' && *at != '+' && *at != '='; at++)
		if (!strchr("-_.", *at))
			g_string_append_c(text, g_ascii_tolower(*at));
	return g_string_free(text, FALSE);
}

static bool is_among(const char *text, const char *const list[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(text, list[i]))
			return true;
	return false;
}

static bool is_daemon(const struct entity *root)
{
	static const char *const locals[] = {"mailerdaemon", "maildaemon", "postmaster", "mdaemon", "daemon",
	    "maildelivery", "bounce", "bounces", "doublebounce", "mailsystem", "mailer", "root", "mailadm",
	    "mailadministrator", "mailmaster"};
	static const char *const names[] = {"mail delivery", "mail deliver", "delivery subsystem",
	    "mailer-daemon", "postmaster", "mail system", "system administrator", "systemadministrator",
	    "administrateur système", "administrador del sistema", "amministratore di sistema",
	    "systeembeheerder", "microsoft outlook", "microsoftexchange"};
	char *from = fields_text(&root->fields, "From");
	if (!from)
		return true; /* reports of old systems have none */
	char *address = address_bare(from), *lower = lower_text(from, strlen(from));
	char *local = address ? bare_local_part(address) : NULL;
	bool found = !local || is_among(local, locals, ARRAY_LENGTH(locals));
	for (size_t i = 0; i < ARRAY_LENGTH(names); i++)
		found = found || strstr(lower, names[i]);
	g_free(local);
	g_free(lower);
	g_free(address);
	g_free(from);
	return found;
}

/* "no-reply@", which sends a mail back inside its own. */
static bool is_returning_machine(struct entity *root)
{
	static const char *const locals[] = {"noreply", "donotreply", "nepasrepondre", "noresponder"};
	char *from = fields_text(&root->fields, "From"), *address = from ? address_bare(from) : NULL;
	char *local = address ? bare_local_part(address) : NULL;
	bool found =
	    local && is_among(local, locals, ARRAY_LENGTH(locals)) && FIND(root, "message/rfc822") != NULL;
	g_free(local);
	g_free(address);
	g_free(from);
	return found;
}

static bool has_null_sender(const struct entity *root)
{
	char *path = fields_raw(&root->fields, "Return-Path");
	bool null = path && (!strcmp(path, "<>") || !g_ascii_strncasecmp(path, "<mailer-daemon", 14));
	g_free(path);
	return null;
}

/* No answer to anything: what a person reports of a failure mostly is one, or forwards. */
static bool is_first_mail(const struct entity *root)
{
	return !fields_find(&root->fields, "In-Reply-To", 0, NULL) &&
	       !fields_find(&root->fields, "References", 0, NULL);
}

/*
 * A report in somebody's own form: a daemon, a null sender or a header of Exim, and words of failure in the
 * subject or the text. One sign alone is not enough: people at postmaster@ write mails, too.
 */
static bool is_own_form(struct entity *root, const char *subject, const char *text)
{
	bool failed_header = fields_find(&root->fields, "X-Failed-Recipients", 0, NULL) != NULL;
	bool report = entity_is(root, "multipart/report") &&
		      (!root->report_type || !g_ascii_strcasecmp(root->report_type, "delivery-status"));
	bool usual_subject = subject && (bounce_subject_is_usual(subject) || bounce_text_is_delay(subject));
	if (failed_header || (report && usual_subject))
		return true;
	if (is_daemon(root))
		return usual_subject || bounce_text_is_usual(text) || bounce_text_is_delay(text);
	bool null_sender = has_null_sender(root), machine = is_returning_machine(root);
	if (!usual_subject && !null_sender && !machine)
		return false; /* what people write is not searched for the words of machines */
	bool has_reply = delivery_find_reply(text);
	bool usual_text = bounce_text_is_usual(text);
	if (usual_subject && usual_text && is_first_mail(root) && has_reply)
		return true;
	/* out-of-office notes have a null sender, too: there the words must come with a code */
	return ((null_sender && (usual_subject || has_reply)) || machine) && (usual_subject || usual_text);
}

/* Where the status fields begin in a text, or NULL. */
static const char *find_status_fields(const char *text)
{
	for (const char *at = text; *at; at += strcspn(at, "\n"), at += *at == '\n')
		if (!g_ascii_strncasecmp(at, "Reporting-MTA:", 14) ||
		    !g_ascii_strncasecmp(at, "Final-Recipient:", 16))
			return at;
	return NULL;
}

static void read_text(struct delivery *delivery, struct entity *root, const char *text)
{
	char *sender = sender_of(root);
	const char *status = find_status_fields(text);
	read_failed_header(delivery, root);
	if (!delivery->recipients->len && status)
		delivery_status_read_text(delivery, status);
	if (delivery->recipients->len)
		borrow_words(delivery, text, sender);
	else
		bounce_text_read(delivery, text, sender);
	g_free(sender);
}

static struct delivery *read_notice(struct entity *root, const char *text)
{
	struct delivery *delivery = delivery_new();
	if (bounce_notice_read(delivery, text)) {
		finish(delivery, root, text);
		return delivery;
	}
	delivery_free(delivery);
	return NULL;
}

/* Good news in words: only of a mail system, and only where it names for whom. */
static struct delivery *read_success(struct entity *root, const char *subject, const char *text)
{
	if (!is_daemon(root) || !bounce_text_is_success(subject, text))
		return NULL;
	struct delivery *delivery = delivery_new();
	read_text(delivery, root, text);
	enum delivery_action action = bounce_text_is_relay(text) ? DELIVERY_RELAYED : DELIVERY_DELIVERED;
	for (unsigned i = 0; i < delivery->recipients->len; i++)
		((struct delivery_recipient *)g_ptr_array_index(delivery->recipients, i))->action = action;
	if (delivery->recipients->len) {
		finish(delivery, root, text);
		return delivery;
	}
	delivery_free(delivery);
	return NULL;
}

static struct delivery *read_own_form(struct entity *root)
{
	char *subject = fields_text(&root->fields, "Subject"), *text = human_text(root);
	struct delivery *delivery = read_notice(root, text);
	if (!delivery)
		delivery = read_success(root, subject, text);
	if (!delivery && is_own_form(root, subject, text)) {
		delivery = delivery_new();
		read_text(delivery, root, text);
		char *server = bounce_text_of_server(text);
		bool delayed = (subject && bounce_text_is_delay(subject)) || bounce_text_is_delay(server);
		g_free(server);
		complete(delivery, root, text);
		for (unsigned i = 0; delayed && i < delivery->recipients->len; i++)
			((struct delivery_recipient *)g_ptr_array_index(delivery->recipients, i))->action =
			    DELIVERY_DELAYED;
		settle_all(delivery, text);
	}
	g_free(subject);
	g_free(text);
	return delivery;
}

#define FIND_STATUS(root) FIND(root, "message/delivery-status", "message/global-delivery-status")

/* A report inside the mail of a gateway: no person forwards it, and the mail around it names nobody. */
static struct delivery *read_nested(struct entity *root)
{
	struct entity *message =
	    is_daemon(root) || has_null_sender(root) ? FIND(root, "message/rfc822") : NULL;
	if (!message || !message->parts->len)
		return NULL;
	struct entity *inner = g_ptr_array_index(message->parts, 0), *status = FIND_STATUS(inner);
	return status && is_daemon(inner) ? read_standard(inner, status) : NULL;
}

struct delivery *delivery_read(struct entity *root, enum message_kind *kind, char **rule)
{
	struct entity *disposition =
	    FIND(root, "message/disposition-notification", "message/global-disposition-notification");
	if (disposition) {
		struct delivery *delivery = delivery_new();
		disposition_read(delivery, disposition);
		*kind = MESSAGE_READ_RECEIPT;
		*rule = g_strdup("report:disposition-notification");
		return delivery;
	}
	struct entity *status = FIND_STATUS(root);
	struct delivery *delivery = status ? read_standard(root, status) : read_own_form(root);
	struct delivery *nested =
	    status || (delivery && delivery->recipients->len) ? NULL : read_nested(root);
	if (nested) {
		delivery_free(delivery);
		delivery = nested;
	}
	if (delivery) {
		*kind = kind_of(delivery);
		*rule = g_strdup(status || nested ? "report:delivery-status" : "report:text");
	}
	return delivery;
}
