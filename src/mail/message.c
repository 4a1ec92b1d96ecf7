#include "base/base.h"
#include "mail/message.h"

#include "mail/address.h"
#include "mail/attached_text.h"
#include "mail/body.h"
#include "mail/charset.h"
#include "mail/cut.h"
#include "mail/delivery.h"
#include "mail/delivery_read.h"
#include "mail/entity.h"
#include "mail/html_text.h"
#include "mail/kind.h"
#include "mail/machine_words.h"
#include "mail/mail_date.h"
#include "mail/signature.h"
#include "mail/subject_words.h"
#include "mail/thread_ids.h"

/* Authentication-Results that are kept: only the topmost of a trusted host counts. */
#define AUTHENTICATION_RESULTS_MAX 20

static const char *const kind_words[] = {
    [MESSAGE_HUMAN] = "human",
    [MESSAGE_AUTOMATIC_REPLY] = "automatic_reply",
    [MESSAGE_AUTOMATIC] = "automatic",
    [MESSAGE_LIST] = "list",
    [MESSAGE_DELIVERY_FAILURE] = "delivery_failure",
    [MESSAGE_DELIVERY_DELAY] = "delivery_delay",
    [MESSAGE_DELIVERY_SUCCESS] = "delivery_success",
    [MESSAGE_READ_RECEIPT] = "read_receipt",
};

const char *message_kind_word(enum message_kind kind)
{
	return kind_words[kind];
}

bool message_kind_from_word(const char *word, enum message_kind *kind)
{
	for (size_t i = 0; i < ARRAY_LENGTH(kind_words); i++)
		if (!strcmp(word, kind_words[i])) {
			*kind = (enum message_kind)i;
			return true;
		}
	return false;
}

void message_setup(void)
{
	static bool done;
	if (done)
		return;
	g_mime_init();
	charset_setup();
	done = true;
}

static void attachment_free(void *data)
{
	struct attachment *attachment = data;
	g_free(attachment->name);
	g_free(attachment->media_type);
	g_bytes_unref(attachment->bytes);
	g_free(attachment);
}

void message_free(struct message *message)
{
	if (!message)
		return;
	g_free(message->id);
	g_free(message->subject);
	address_free(message->from);
	g_ptr_array_free(message->to, TRUE);
	g_ptr_array_free(message->cc, TRUE);
	g_ptr_array_free(message->reply_to, TRUE);
	g_ptr_array_free(message->in_reply_to, TRUE);
	g_ptr_array_free(message->references, TRUE);
	g_free(message->kind_rule);
	delivery_free(message->delivery);
	g_ptr_array_free(message->authentication_results, TRUE);
	g_free(message->product_id);
	g_free(message->thread_index);
	g_free(message->new_text);
	g_free(message->signature);
	g_free(message->quoted_text);
	g_free(message->body_html);
	g_free(message->body_text);
	g_ptr_array_free(message->attachments, TRUE);
	g_free(message);
}

/* The addresses of all fields NAME together. */
static GPtrArray *read_addresses(const struct fields *fields, const char *name, bool *doubtful)
{
	GPtrArray *list = g_ptr_array_new_with_free_func((GDestroyNotify)address_free);
	const struct field *field;
	for (size_t at = 0; (field = fields_find(fields, name, at, &at));)
		if (!addresses_append(list, field->value, field->value_length))
			*doubtful = true;
	return list;
}

static struct address *read_from(const struct fields *fields, bool *doubtful)
{
	GPtrArray *list = read_addresses(fields, "From", doubtful);
	if (!list->len) {
		g_ptr_array_free(list, TRUE);
		list = read_addresses(fields, "Sender", doubtful);
	}
	const struct address *first = list->len ? g_ptr_array_index(list, 0) : NULL;
	struct address *from = first ? address_new(first->name, first->address) : NULL;
	g_ptr_array_free(list, TRUE);
	return from;
}

static GPtrArray *read_ids(const struct fields *fields, const char *name)
{
	const struct field *field = fields_find(fields, name, 0, NULL);
	return thread_ids_parse(field ? field->value : "", field ? field->value_length : 0);
}

static char *read_id(const struct fields *fields)
{
	const struct field *field = fields_find(fields, "Message-ID", 0, NULL);
	return field ? thread_id_parse(field->value, field->value_length) : NULL;
}

static void read_date(struct message *message, const struct fields *fields)
{
	char *text = fields_raw(fields, "Date");
	if (text)
		mail_date_parse(text, &message->date, &message->date_offset);
	g_free(text);
}

static GPtrArray *read_authentication_results(const struct fields *fields)
{
	GPtrArray *values = g_ptr_array_new_with_free_func(g_free);
	const struct field *field;
	for (size_t at = 0; values->len < AUTHENTICATION_RESULTS_MAX &&
			    (field = fields_find(fields, "Authentication-Results", at, &at));)
		g_ptr_array_add(values, field_raw(field));
	return values;
}

static void read_header(struct message *message, const struct fields *fields)
{
	message->id = read_id(fields);
	read_date(message, fields);
	message->subject = fields_text(fields, "Subject");
	message->from = read_from(fields, &message->doubtful);
	message->to = read_addresses(fields, "To", &message->doubtful);
	message->cc = read_addresses(fields, "Cc", &message->doubtful);
	message->reply_to = read_addresses(fields, "Reply-To", &message->doubtful);
	message->in_reply_to = read_ids(fields, "In-Reply-To");
	message->references = read_ids(fields, "References");
	message->authentication_results = read_authentication_results(fields);
	message->product_id = fields_raw(fields, "X-Relance-Id");
	message->thread_index = fields_raw(fields, "Thread-Index");
}

static void add_attachment(struct message *message, const struct entity *entity)
{
	struct attachment *attachment = g_new0(struct attachment, 1);
	attachment->name = entity->file_name ? g_utf8_make_valid(entity->file_name, -1) : NULL;
	attachment->media_type = g_utf8_make_valid(entity->media_type, -1);
	attachment->bytes = entity_bytes(entity);
	attachment->is_inline = entity->is_inline && !entity->is_attachment;
	g_ptr_array_add(message->attachments, attachment);
}

/* Some programs send a page as plain text. */
static bool is_page(const char *text)
{
	static const char *const starts[] = {"<html", "<!doctype html", "<body"};
	text += strspn(text, " \t\n");
	for (size_t i = 0; i < ARRAY_LENGTH(starts); i++)
		if (!g_ascii_strncasecmp(text, starts[i], strlen(starts[i])))
			return true;
	return false;
}

static void add_plain(struct text_lines *lines, struct entity *part)
{
	char *text = entity_text(part);
	if (is_page(text))
		text_lines_from_html(lines, text, strlen(text));
	else
		text_lines_from_plain(lines, text, part->is_flowed, part->is_delsp);
	g_free(text);
}

static void add_html(struct text_lines *lines, struct entity *part)
{
	char *html = entity_text(part);
	text_lines_from_html(lines, html, strlen(html));
	g_free(html);
}

/* The texts of the body, each in HTML or as plain text where it was sent in both. */
static void body_lines(struct text_lines *lines, const struct body *body, bool prefer_html)
{
	for (unsigned i = 0; i < body->texts->len; i++) {
		const struct body_text *text = g_ptr_array_index(body->texts, i);
		bool use_html = text->html->len && (prefer_html || !text->plain->len);
		const GPtrArray *parts = use_html ? text->html : text->plain;
		for (unsigned k = 0; k < parts->len; k++)
			(use_html ? add_html : add_plain)(lines, g_ptr_array_index(parts, k));
	}
}

/* Whether some text was sent in both forms. */
static bool has_both_forms(const struct body *body)
{
	for (unsigned i = 0; i < body->texts->len; i++) {
		const struct body_text *text = g_ptr_array_index(body->texts, i);
		if (text->plain->len && text->html->len)
			return true;
	}
	return false;
}

/* HTML carries the structure; the plain text is taken where HTML is absent or leaves nothing. */
static void cut_body(struct message *message, const struct mail_words *words, const struct body *body,
    const struct text_lines *plain)
{
	struct cut cut;
	struct text_lines html;
	text_lines_init(&html);
	if (has_both_forms(body))
		body_lines(&html, body, true);
	message->doubtful = message->doubtful || html.cut;
	cut_lines(words, html.list->len ? &html : plain, &cut);
	if (!cut.new_text[0] && html.list->len && plain->list->len) {
		cut_clear(&cut);
		cut_lines(words, plain, &cut);
	}
	message->new_text = cut.new_text;
	message->signature = cut.signature;
	message->quoted_text = cut.quoted;
	message->partly_read = cut.is_partial;
	text_lines_clear(&html);
}

/* ---- what stands elsewhere, where the body says nothing ---- */

/* Puts TEXT (taken over; NULL for none) before the little that the body has. */
static void say(struct message *message, char *text)
{
	if (!text)
		return;
	char *body = message->new_text;
	message->new_text = *body ? g_strdup_printf("%s\n\n%s", text, body) : g_strdup(text);
	g_free(body);
	g_free(text);
}

/*
 * An attached text may be anybody's: our reminder, saved, or a receipt of somebody else's. The rest of the
 * body is the author's; footers and small print in it are not what he says.
 */
static void read_attached_text(
    struct message *message, const struct mail_words *words, const struct body *body)
{
	unsigned at = 0;
	for (bool is_said = false; !is_said;) {
		struct text_lines lines;
		struct cut cut;
		bool continues;
		text_lines_init(&lines);
		if (!attached_text_next(body, &at, &lines, &continues)) {
			text_lines_clear(&lines);
			return;
		}
		cut_lines(words, &lines, &cut);
		bool is_footer = continues && (signature_is_all(words, cut.new_text) ||
						  signature_is_footer(words, cut.new_text));
		is_said = *cut.new_text && !is_footer;
		if (is_said)
			say(message, g_steal_pointer(&cut.new_text));
		message->partly_read = message->partly_read || cut.is_partial || (is_said && !continues);
		cut_clear(&cut);
		text_lines_clear(&lines);
	}
}

static bool is_same_author(const struct message *message, const struct message *inner)
{
	return message->from && inner->from &&
	       !g_ascii_strcasecmp(message->from->address, inner->from->address);
}

static const char *domain_of(const char *address)
{
	const char *at = strrchr(address, '@');
	return at ? at + 1 : "";
}

static bool is_among(const GPtrArray *list, const char *address)
{
	for (unsigned i = 0; i < list->len; i++) {
		const struct address *one = g_ptr_array_index(list, i);
		if (!g_ascii_strcasecmp(one->address, address))
			return true;
	}
	return false;
}

/* The author himself and his colleagues get a copy of what he writes to others, too. */
static bool shares_recipient(const struct message *message, const struct message *inner)
{
	const GPtrArray *lists[] = {message->to, message->cc};
	const char *own = domain_of(message->from->address);
	for (size_t i = 0; i < ARRAY_LENGTH(lists); i++)
		for (unsigned k = 0; k < lists[i]->len; k++) {
			const struct address *one = g_ptr_array_index(lists[i], k);
			if (g_ascii_strcasecmp(domain_of(one->address), own) != 0 &&
			    (is_among(inner->to, one->address) || is_among(inner->cc, one->address)))
				return true;
		}
	return false;
}

/* The author's own mail counts with its own date; one to somebody else may be about other matters. */
static void say_attached(struct message *message, const struct message *inner)
{
	bool is_dated =
	    inner->date != INSTANT_NONE && (message->date == INSTANT_NONE || inner->date <= message->date);
	if (is_dated) {
		message->said = inner->date;
		message->said_offset = inner->date_offset;
	}
	message->partly_read = message->partly_read || inner->partly_read || !is_dated ||
			       inner->kind != MESSAGE_HUMAN || !shares_recipient(message, inner);
	say(message, g_strdup(inner->new_text));
}

static struct message *parse(
    const void *bytes, size_t length, const struct mail_words *words, bool is_attached);

/* Whether ENTITY, an attached mail, is the author's own and says something. */
static bool read_inner_mail(
    struct message *message, const struct mail_words *words, const struct entity *entity)
{
	GBytes *bytes = entity_bytes(entity);
	gsize length;
	const void *data = g_bytes_get_data(bytes, &length);
	struct message *inner = parse(length ? data : "", length, words, true);
	bool speaks = is_same_author(message, inner) && inner->new_text && *inner->new_text;
	if (speaks)
		say_attached(message, inner);
	message_free(inner);
	g_bytes_unref(bytes);
	return speaks;
}

/* More attached mails are an archive. */
#define ATTACHED_MAILS_MAX 10

/* "I answered on 3 March, see attached": the first of the author's own. */
static void read_attached_mail(
    struct message *message, const struct mail_words *words, const struct body *body)
{
	unsigned mails = 0;
	for (unsigned i = 0; i < body->attachments->len && mails < ATTACHED_MAILS_MAX; i++) {
		const struct entity *entity = g_ptr_array_index(body->attachments, i);
		if (!entity_is(entity, "message/rfc822"))
			continue;
		mails++;
		if (read_inner_mail(message, words, entity))
			return;
	}
}

static void read_subject(
    struct message *message, const struct mail_words *phrases, const struct fields *fields)
{
	char *topic = fields_text(fields, "Thread-Topic");
	const struct answered_mail answered = {.topic = topic,
	    .quoted = message->quoted_text,
	    .is_known = message->in_reply_to->len || message->references->len};
	bool is_guess;
	char *words = subject_words(phrases, message->subject, &answered, &is_guess);
	message->partly_read = message->partly_read || (words && is_guess);
	say(message, words);
	g_free(topic);
}

static void read_elsewhere(struct message *message, const struct mail_words *words, const struct body *body,
    const struct entity *root)
{
	bool speaks = message->kind == MESSAGE_HUMAN || message->kind == MESSAGE_LIST;
	if (!speaks || !message->new_text || !signature_is_all(words, message->new_text))
		return;
	read_attached_text(message, words, body);
	if (signature_is_all(words, message->new_text))
		read_attached_mail(message, words, body);
	if (message->subject && signature_is_all(words, message->new_text))
		read_subject(message, words, &root->fields);
}

static void read_body(struct message *message, const struct mail_words *words, struct body *body)
{
	struct text_lines plain;
	text_lines_init(&plain);
	body_lines(&plain, body, false);
	message->doubtful = message->doubtful || plain.cut || (body->is_sealed && !body->texts->len);
	if (body->html)
		message->body_html = entity_text(body->html);
	if (plain.list->len)
		message->body_text = text_lines_join(&plain);
	if (!message->delivery)
		cut_body(message, words, body, &plain);
	for (unsigned i = 0; i < body->attachments->len; i++)
		add_attachment(message, g_ptr_array_index(body->attachments, i));
	text_lines_clear(&plain);
}

/* What its header makes a person's may be a machine's by its words. */
static void settle_kind(struct message *message, const struct mail_words *words)
{
	if (message->kind != MESSAGE_HUMAN || !message->body_text)
		return;
	if (machine_words_are_receipt(words, message->subject, message->body_text))
		message->kind = MESSAGE_READ_RECEIPT;
	else if (machine_words_are_challenge(words, message->subject, message->body_text))
		message->kind = MESSAGE_AUTOMATIC;
	else
		return;
	g_free(message->kind_rule);
	message->kind_rule = g_strdup("text");
}

static struct message *parse(
    const void *bytes, size_t length, const struct mail_words *words, bool is_attached)
{
	struct message *message = g_new0(struct message, 1);
	struct body body;
	message->date = message->said = INSTANT_NONE;
	message->attachments = g_ptr_array_new_with_free_func(attachment_free);
	struct entity *root = entity_parse(bytes, length, &message->doubtful);
	body_init(&body, root);
	read_header(message, &root->fields);
	message->delivery = delivery_read(root, &message->kind, &message->kind_rule);
	if (!message->delivery)
		message->kind = kind_of_mail(words, root, message->subject, &message->kind_rule);
	read_body(message, words, &body);
	settle_kind(message, words);
	if (!is_attached)
		read_elsewhere(message, words, &body, root);
	body_clear(&body);
	entity_free(root);
	return message;
}

struct message *message_parse_with(const void *bytes, size_t length, const struct mail_words *words)
{
	return parse(bytes, length, words, false);
}

struct message *message_parse(const void *bytes, size_t length)
{
	return message_parse_with(bytes, length, &mail_words_shipped);
}

/* Fields that mail has and other texts with colons in their first line do not. */
bool message_is_likely(const void *bytes, size_t length)
{
	static const char *const usual[] = {"From", "To", "Date", "Subject", "Message-ID", "Received",
	    "Return-Path", "MIME-Version", "Content-Type", "Delivered-To", "References", "In-Reply-To",
	    "X-Mailer", "DKIM-Signature"};
	struct fields fields;
	fields_init(&fields, bytes, MIN(length, MESSAGE_MAX_HEADER_BYTES));
	unsigned found = 0;
	for (size_t i = 0; i < ARRAY_LENGTH(usual); i++)
		found += fields_find(&fields, usual[i], 0, NULL) != NULL;
	fields_clear(&fields);
	return found >= 2;
}
