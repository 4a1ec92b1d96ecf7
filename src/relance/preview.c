#include "base/base.h"
#include "dunning/send.h"
#include "mail/message.h"
#include "relance/session.h"
#include "report/display.h"

struct preview_options {
	const char *step;
	bool eml;
};
const struct option_row preview_option_rows[] = {
    {0, "step", OPTION_TEXT, offsetof(struct preview_options, step), "NAME", "another step than the next",
	NULL},
    {0, "eml", OPTION_FLAG, offsetof(struct preview_options, eml), NULL,
	"the mail itself, as it would be sent", NULL},
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

static void print_mail(GBytes *mail, bool raw)
{
	size_t length;
	const void *bytes = g_bytes_get_data(mail, &length);
	if (raw) {
		fwrite(bytes, 1, length, stdout); /* main looks at the stream's error */
		return;
	}
	struct buffer text = BUFFER_EMPTY;
	message_setup();
	struct message *message = message_parse(bytes, length);
	append_mail(&text, message);
	fputs(text.bytes, stdout);
	message_free(message);
	buffer_clear(&text);
}

bool run_preview(struct session *session, struct error *error)
{
	const struct preview_options *options = session->options;
	struct receivable receivable;
	if (!session_receivable(session, session->arguments[0], &receivable, error))
		return false;
	GBytes *mail = dunning_preview(&session->ledger, &session->site, &receivable, options->step, error);
	row_clear(&receivable_table, &receivable);
	if (mail == NULL)
		return false;
	print_mail(mail, options->eml);
	g_bytes_unref(mail);
	return true;
}
