/*
 * read-mail FILE...: what src/mail says of each mail, one JSON object a line, for the score scripts. Like the
 * messages of `relance read --json`, without language and documents. With -t only the time (of the processor)
 * is printed, and the mails are read without output.
 */
#include "base/base.h"
#include "base/buffer.h"
#include "mail/delivery.h"
#include "mail/message.h"

#include <time.h>

static void append_member(struct buffer *out, const char *name, const char *value)
{
	buffer_printf(out, ",\"%s\":", name);
	buffer_append_json_string(out, value);
}

static void append_ids(struct buffer *out, const char *name, const GPtrArray *ids)
{
	buffer_printf(out, ",\"%s\":[", name);
	for (unsigned i = 0; i < ids->len; i++) {
		buffer_append_text(out, i ? "," : "");
		buffer_append_json_string(out, g_ptr_array_index(ids, i));
	}
	buffer_append_char(out, ']');
}

static void append_delivery(struct buffer *out, const struct delivery *delivery)
{
	buffer_append_text(out, ",\"delivery\":{\"recipients\":[");
	for (unsigned i = 0; i < delivery->recipients->len; i++) {
		const struct delivery_recipient *recipient = g_ptr_array_index(delivery->recipients, i);
		buffer_printf(
		    out, "%s{\"permanent\":%s", i ? "," : "", recipient->permanent ? "true" : "false");
		append_member(out, "address", recipient->address);
		append_member(out, "action", delivery_action_word(recipient->action));
		append_member(out, "status", recipient->status);
		append_member(out, "reason", recipient->reason);
		append_member(out, "remote_mta", recipient->remote_mta);
		append_member(out, "diagnostic", recipient->diagnostic);
		buffer_append_char(out, '}');
	}
	buffer_append_char(out, ']');
	append_member(out, "original_message_id", delivery->original_message_id);
	append_member(out, "envelope_id", delivery->envelope_id);
	buffer_append_char(out, '}');
}

static void append_message(struct buffer *out, const char *file, const struct message *message)
{
	buffer_append_text(out, "{\"file\":");
	buffer_append_json_string(out, file);
	append_member(out, "kind", message_kind_word(message->kind));
	append_member(out, "kind_rule", message->kind_rule);
	append_member(out, "id", message->id);
	append_member(out, "subject", message->subject);
	append_member(out, "from", message->from ? message->from->address : NULL);
	append_ids(out, "in_reply_to", message->in_reply_to);
	append_ids(out, "references", message->references);
	append_member(out, "new_text", message->new_text);
	append_member(out, "signature", message->signature);
	append_member(out, "quoted_text", message->quoted_text);
	buffer_printf(out, ",\"doubtful\":%s", message->doubtful ? "true" : "false");
	buffer_printf(out, ",\"partly_read\":%s", message->partly_read ? "true" : "false");
	if (message->delivery)
		append_delivery(out, message->delivery);
	buffer_append_text(out, "}\n");
}

static double milliseconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

int main(int argc, char *argv[])
{
	bool only_time = argc > 1 && !strcmp(argv[1], "-t");
	double slowest = 0, total = 0;
	const char *slowest_file = "";
	message_setup();
	for (int i = 1 + only_time; i < argc; i++) {
		char *bytes;
		size_t length;
		if (!g_file_get_contents(argv[i], &bytes, &length, NULL)) {
			fprintf(stderr, "read-mail: %s: cannot be read\n", argv[i]);
			return STATUS_IO;
		}
		double start = milliseconds();
		struct message *message = message_parse(bytes, length);
		double took = milliseconds() - start;
		total += took;
		if (took > slowest) {
			slowest = took;
			slowest_file = argv[i];
		}
		struct buffer out = BUFFER_EMPTY;
		append_message(&out, argv[i], message);
		if (!only_time)
			fputs(out.bytes, stdout);
		buffer_clear(&out);
		message_free(message);
		g_free(bytes);
	}
	if (only_time)
		printf("%d mails, %.3f ms each, slowest %.1f ms: %s\n", argc - 2, total / (argc - 2), slowest,
		    slowest_file);
	return STATUS_DONE;
}
