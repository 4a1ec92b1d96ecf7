/* The reminder as a mail: headers, text and HTML, the invoices' documents. */
#include "base/base.h"
#include "dunning/reminder.h"

#include "dunning/mail_parts.h"
#include "dunning/recipients.h"
#include "dunning/reminder_words.h"

/* Documents beyond this stay away, the oldest invoices' go first: mail systems refuse what is larger. */
#define ATTACHED_MOST 8000000

void mailbox_split(const char *mailbox, char **name, char **address)
{
	const char *open = strrchr(mailbox, '<');
	*name = NULL;
	if (!open) {
		*address = g_strstrip(g_strdup(mailbox));
		return;
	}
	*address = g_strndup(open + 1, strcspn(open + 1, ">"));
	char *display = g_strstrip(g_strndup(mailbox, (gsize)(open - mailbox)));
	size_t length = strlen(display);
	if (length >= 2 && display[0] == '"' && display[length - 1] == '"') {
		memmove(display, display + 1, length - 2);
		display[length - 2] = '\0';
	}
	if (*display)
		*name = display;
	else
		g_free(display);
}

void reminder_mail_clear(struct reminder_mail *mail)
{
	g_free(mail->message_id);
	g_free(mail->sender);
	g_free(mail->recipients);
	g_free(mail->subject);
	g_clear_pointer(&mail->bytes, g_bytes_unref);
	*mail = (struct reminder_mail){0};
}

/* The invoices' documents as they were sent. */
struct attachment {
	const struct receivable *receivable;
	GBytes *bytes;
};

static void attachment_free(void *data)
{
	struct attachment *attachment = data;
	g_bytes_unref(attachment->bytes);
	g_free(attachment);
}

static bool is_attached(const GPtrArray *attachments, const char *sha256)
{
	for (guint i = 0; i < attachments->len; i++) {
		const struct attachment *attachment = attachments->pdata[i];
		if (strcmp(attachment->receivable->sha256, sha256) == 0)
			return true;
	}
	return false;
}

/* Who is thanked, or has agreed, needs no invoice. */
static bool has_documents(const struct reminder *reminder)
{
	static const char *const without[] = {"instalment", "thanks"};
	for (size_t i = 0; i < ARRAY_LENGTH(without); i++)
		if (strcmp(reminder_template(reminder), without[i]) == 0)
			return false;
	return true;
}

static GPtrArray *load_attachments(const struct reminder *reminder, struct error *error)
{
	GPtrArray *attachments = g_ptr_array_new_with_free_func(attachment_free);
	gsize total = 0;
	for (guint i = 0; i < reminder->items->len; i++) {
		const struct reminder_item *item = reminder->items->pdata[i];
		const struct receivable *receivable = item->chase.receivable;
		if (!receivable->sha256 || is_attached(attachments, receivable->sha256))
			continue;
		GBytes *bytes = blob_get(reminder->desk->ledger->store, receivable->sha256, error);
		if (!bytes) {
			g_ptr_array_unref(attachments);
			return NULL;
		}
		if (total + g_bytes_get_size(bytes) > ATTACHED_MOST) {
			g_bytes_unref(bytes);
			continue;
		}
		total += g_bytes_get_size(bytes);
		struct attachment *attachment = g_new(struct attachment, 1);
		*attachment = (struct attachment){receivable, bytes};
		g_ptr_array_add(attachments, attachment);
	}
	return attachments;
}

/* The words say that the invoices are attached: only where each of them is. */
static bool are_all_attached(const struct reminder *reminder, const GPtrArray *attachments)
{
	for (guint i = 0; i < reminder->items->len; i++) {
		const struct reminder_item *item = reminder->items->pdata[i];
		const char *sha256 = item->chase.receivable->sha256;
		if (!sha256 || !is_attached(attachments, sha256))
			return false;
	}
	return true;
}

static GMimeObject *picture_part(GBytes *png)
{
	GMimePart *part = g_mime_part_new_with_type("image", "png");
	mail_set_content(part, png);
	g_mime_part_set_content_id(part, REMINDER_QR_ID);
	g_mime_object_set_disposition(GMIME_OBJECT(part), GMIME_DISPOSITION_INLINE);
	g_mime_part_set_filename(part, "payment-qr.png");
	return GMIME_OBJECT(part);
}

static GMimeObject *attachment_part(const struct attachment *attachment)
{
	const struct receivable *receivable = attachment->receivable;
	const char *type = receivable->document_type ? receivable->document_type : "application/octet-stream";
	const char *slash = strchr(type, '/');
	g_autofree char *major = slash ? g_strndup(type, (gsize)(slash - type)) : g_strdup("application");
	GMimePart *part = g_mime_part_new_with_type(major, slash ? slash + 1 : "octet-stream");
	mail_set_content(part, attachment->bytes);
	g_mime_object_set_disposition(GMIME_OBJECT(part), GMIME_DISPOSITION_ATTACHMENT);
	g_mime_part_set_filename(
	    part, receivable->document_name ? receivable->document_name : receivable->number);
	return GMIME_OBJECT(part);
}

static GMimeObject *body_of(
    const struct reminder_words *words, const GPtrArray *attachments, const char *message_id)
{
	GMimeMultipart *alternative = mail_multipart("alternative", message_id, 2);
	mail_add_part(alternative, mail_text_part("plain", words->text));
	GMimeObject *html = mail_text_part("html", words->html);
	if (words->qr) {
		GMimeMultipart *related = mail_multipart("related", message_id, 3);
		mail_add_part(related, html);
		mail_add_part(related, picture_part(words->qr));
		html = GMIME_OBJECT(related);
	}
	mail_add_part(alternative, html);
	if (attachments->len == 0)
		return GMIME_OBJECT(alternative);
	GMimeMultipart *mixed = mail_multipart("mixed", message_id, 1);
	mail_add_part(mixed, GMIME_OBJECT(alternative));
	for (guint i = 0; i < attachments->len; i++)
		mail_add_part(mixed, attachment_part(attachments->pdata[i]));
	return GMIME_OBJECT(mixed);
}

/* In the thread of the leading invoice; the other invoices' mails are named as well. */
static void set_thread(GMimeMessage *message, const struct reminder *reminder)
{
	const char *lead = reminder->lead->chase.receivable->message_id;
	GString *references = g_string_new(NULL);
	for (guint i = 0; i < reminder->items->len; i++) {
		const char *id =
		    ((const struct reminder_item *)reminder->items->pdata[i])->chase.receivable->message_id;
		if (id && (!lead || strcmp(id, lead) != 0) && !strstr(references->str, id))
			g_string_append_printf(references, "%s ", id);
	}
	const char *answers = reminder->occasion ? reminder->occasion->answers : NULL;
	if (lead)
		g_string_append_printf(references, "%s ", lead);
	if (answers && !strstr(references->str, answers))
		g_string_append(references, answers);
	g_strchomp(references->str);
	if (answers || lead)
		mail_set_header(message, "In-Reply-To", answers ? answers : lead);
	if (*references->str)
		mail_set_header(message, "References", references->str);
	g_string_free(references, TRUE);
}

static GBytes *build(const struct reminder *reminder, const struct reminder_mail *mail,
    const GPtrArray *recipients, const struct reminder_words *words, const GPtrArray *attachments)
{
	g_mime_init();
	GMimeMessage *message = g_mime_message_new(TRUE);
	g_autofree char *name = NULL, *address = NULL;
	mailbox_split(reminder->customer->company->from, &name, &address);
	g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_FROM, name, address);
	for (guint i = 0; i < recipients->len; i++)
		g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_TO, NULL, recipients->pdata[i]);
	g_mime_message_set_subject(message, words->subject, "utf-8");
	mail_set_date(message, reminder->desk->site->zone, reminder->desk->ledger->now);
	mail_set_header(message, "Message-ID", mail->message_id);
	set_thread(message, reminder);
	mail_set_header(message, "Auto-Submitted", "auto-generated");
	mail_set_header(message, "X-Relance-Id", mail->message_id);
	GMimeObject *body = body_of(words, attachments, mail->message_id);
	g_mime_message_set_mime_part(message, body);
	g_object_unref(body);
	GBytes *bytes = mail_bytes(message);
	g_object_unref(message);
	return bytes;
}

static char *joined(const GPtrArray *recipients)
{
	GString *text = g_string_new(NULL);
	for (guint i = 0; i < recipients->len; i++)
		g_string_append_printf(text, "%s%s", i ? " " : "", (const char *)recipients->pdata[i]);
	return g_string_free(text, FALSE);
}

static GPtrArray *recipients_for(const struct reminder *reminder, struct error *error)
{
	if (!reminder->occasion || !reminder->occasion->recipient)
		return recipients_of(&reminder->lead->chase, error);
	GPtrArray *addresses = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(addresses, g_strdup(reminder->occasion->recipient));
	return addresses;
}

bool reminder_compose(
    const struct reminder *reminder, const char *message_id, struct reminder_mail *mail, struct error *error)
{
	*mail = (struct reminder_mail){0};
	GPtrArray *recipients = recipients_for(reminder, error);
	GPtrArray *attachments = !recipients		   ? NULL
				 : has_documents(reminder) ? load_attachments(reminder, error)
							   : g_ptr_array_new();
	struct reminder_words words = {0};
	bool done =
	    attachments && reminder_words(reminder, are_all_attached(reminder, attachments), &words, error);
	if (done && recipients->len == 0)
		done = error_set(
		    error, STATUS_NO, "no address of %s is known to work", reminder->customer->row.name);
	if (done) {
		g_autofree char *name = NULL;
		mailbox_split(reminder->customer->company->from, &name, &mail->sender);
		mail->message_id = g_strdup(message_id);
		mail->recipients = joined(recipients);
		mail->subject = g_strdup(words.subject);
		mail->bytes = build(reminder, mail, recipients, &words, attachments);
	}
	reminder_words_clear(&words);
	g_clear_pointer(&attachments, g_ptr_array_unref);
	g_clear_pointer(&recipients, g_ptr_array_unref);
	return done;
}
