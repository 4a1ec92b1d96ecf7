#include "base/base.h"
#include "dunning/letter.h"
#include "dunning/reminder_words.h"
#include "dunning/send.h"
#include "dunning/words.h"
#include "host/file.h"
#include "mail/message.h"
#include "relance/picture.h"
#include "relance/session.h"
#include "report/display.h"

#include <unistd.h>

struct preview_options {
	const char *step;
	bool eml, html, png, pdf;
	const char *output;
};
const struct option_row preview_option_rows[] = {
    {0, "step", OPTION_TEXT, offsetof(struct preview_options, step), "NAME", "another step than the next",
	NULL},
    {0, "eml", OPTION_FLAG, offsetof(struct preview_options, eml), NULL,
	"the mail itself, as it would be sent", NULL},
    {0, "html", OPTION_FLAG, offsetof(struct preview_options, html), NULL,
	"its HTML part, with the payment's code in it", NULL},
    {0, "pdf", OPTION_FLAG, offsetof(struct preview_options, pdf), NULL, "what it says, on paper", NULL},
    {0, "png", OPTION_FLAG, offsetof(struct preview_options, png), NULL, "what it says, as a picture", NULL},
    {'o', "output", OPTION_TEXT, offsetof(struct preview_options, output), "FILE",
	"where to write it (default: standard output)", NULL},
    OPTIONS_END,
};

static void append_addresses(struct buffer *text, const char *label, const GPtrArray *addresses)
{
	for (guint i = 0; i < addresses->len; i++) {
		const struct address *address = g_ptr_array_index(addresses, i);
		buffer_append_text(text, i == 0 ? label : ", ");
		display_append(text, address->address);
	}
	if (addresses->len > 0)
		buffer_append_char(text, '\n');
}

/* The mail as its reader sees it: who, what about, the text, the attachments. */
static void append_mail(struct buffer *text, const struct message *message)
{
	if (message->from != NULL) {
		buffer_append_text(text, "From:     ");
		display_append(text, message->from->name != NULL ? message->from->name : "");
		buffer_printf(text, "%s<", message->from->name != NULL ? " " : "");
		display_append(text, message->from->address);
		buffer_append_text(text, ">\n");
	}
	append_addresses(text, "To:       ", message->to);
	append_addresses(text, "Cc:       ", message->cc);
	buffer_append_text(text, "Subject:  ");
	display_append(text, message->subject);
	buffer_append_char(text, '\n');
	for (guint i = 0; i < message->attachments->len; i++) {
		const struct attachment *attachment = g_ptr_array_index(message->attachments, i);
		buffer_append_text(text, "Attached: ");
		display_append(text, attachment->name != NULL ? attachment->name : attachment->media_type);
		buffer_append_char(text, '\n');
	}
	buffer_append_char(text, '\n');
	display_append_lines(text, message->body_text, "");
}

/* The mail as text. g_bytes_unref. */
static GBytes *as_text(GBytes *mail)
{
	gsize length;
	const void *bytes = g_bytes_get_data(mail, &length);
	struct buffer text = BUFFER_EMPTY;
	message_setup();
	struct message *message = message_parse(bytes, length);
	append_mail(&text, message);
	message_free(message);
	GBytes *copy = g_bytes_new(text.bytes, text.length);
	buffer_clear(&text);
	return copy;
}

/* The HTML part; the picture that it shows by its Content-ID is put into it, as no mail is around it here. */
static GBytes *as_html(GBytes *mail)
{
	gsize length;
	const void *bytes = g_bytes_get_data(mail, &length);
	message_setup();
	struct message *message = message_parse(bytes, length);
	char *html = g_strdup(message->body_html != NULL ? message->body_html : "");
	for (guint i = 0; i < message->attachments->len; i++) {
		const struct attachment *attachment = g_ptr_array_index(message->attachments, i);
		if (!attachment->is_inline || strcmp(attachment->media_type, "image/png") != 0)
			continue;
		gsize size;
		const guchar *picture = g_bytes_get_data(attachment->bytes, &size);
		g_autofree char *encoded = g_base64_encode(picture, size);
		g_autofree char *source = g_strdup_printf("data:image/png;base64,%s", encoded);
		char *whole = words_replaced(html, "cid:" REMINDER_QR_ID, source);
		g_free(html);
		html = whole;
	}
	message_free(message);
	return g_bytes_new_take(html, strlen(html));
}

static bool write_out(const struct preview_options *options, GBytes *content, struct error *error)
{
	gsize length;
	const void *bytes = g_bytes_get_data(content, &length);
	if (options->output != NULL)
		return file_replace(options->output, bytes, length, 0640, error);
	if ((options->png || options->pdf) && isatty(STDOUT_FILENO))
		return error_set(error, STATUS_USAGE, "a picture is nothing for a terminal: -o FILE");
	fwrite(bytes, 1, length, stdout); /* main looks at the stream's error */
	return true;
}

/* The invoice itself, or of a customer that whose step comes first. */
static bool find_receivable(struct session *session, struct receivable *receivable, struct error *error)
{
	struct subject subject;
	if (!session_subject(session, session->arguments[0], &subject, error))
		return false;
	if (subject.receivable.id != 0) {
		receivable_copy(&subject.receivable, receivable);
		subject_clear(&subject);
		return true;
	}
	bool found = false;
	GPtrArray *actions = action_list_of_customer(session->store, subject.customer.id, error);
	bool done = actions != NULL;
	if (done && actions->len > 0) {
		const struct action *first = g_ptr_array_index(actions, 0);
		done = receivable_get(session->store, first->receivable, receivable, &found, error);
	}
	rows_free(&action_table, actions);
	if (done && !found)
		done = error_set(error, STATUS_NO, "%s: nothing is planned for it", subject.customer.name);
	subject_clear(&subject);
	return done;
}

static GBytes *make(struct session *session, const struct preview_options *options,
    const struct receivable *receivable, struct error *error)
{
	if (options->pdf || options->png) {
		GBytes *pdf =
		    dunning_mail_sheet(&session->ledger, &session->site, receivable, options->step, error);
		if (pdf == NULL || options->pdf)
			return pdf;
		GBytes *png = picture_of_pdf(pdf, error);
		g_bytes_unref(pdf);
		return png;
	}
	GBytes *mail = dunning_preview(&session->ledger, &session->site, receivable, options->step, error);
	if (mail == NULL || options->eml)
		return mail;
	GBytes *content = options->html ? as_html(mail) : as_text(mail);
	g_bytes_unref(mail);
	return content;
}

bool run_preview(struct session *session, struct error *error)
{
	const struct preview_options *options = session->options;
	struct receivable receivable;
	if (options->eml + options->html + options->png + options->pdf > 1)
		return error_set(error, STATUS_USAGE, "preview: one of --eml, --html, --png and --pdf");
	if (!find_receivable(session, &receivable, error))
		return false;
	GBytes *content = make(session, options, &receivable, error);
	row_clear(&receivable_table, &receivable);
	if (content == NULL)
		return false;
	bool done = write_out(options, content, error);
	g_bytes_unref(content);
	return done;
}
