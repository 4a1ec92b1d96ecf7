/* Any bytes become a message: within limits, all its strings UTF-8, its counts bounded. */
#include "base/base.h"
#include "mail/delivery.h"
#include "mail/message.h"

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
	(void)count, (void)arguments;
	message_setup();
	return 0;
}

static void check_text(const char *text)
{
	if (text && !g_utf8_validate(text, -1, NULL)) {
		fprintf(stderr, "no UTF-8: %s\n", text);
		abort();
	}
}

static void check_addresses(const GPtrArray *list)
{
	if (list->len > MESSAGE_MAX_ADDRESSES)
		abort();
	for (unsigned i = 0; i < list->len; i++) {
		const struct address *address = g_ptr_array_index(list, i);
		check_text(address->name);
		check_text(address->address);
	}
}

static void check_texts(const GPtrArray *list)
{
	for (unsigned i = 0; i < list->len; i++)
		check_text(g_ptr_array_index(list, i));
}

static void check_delivery(const struct delivery *delivery)
{
	for (unsigned i = 0; i < delivery->recipients->len; i++) {
		const struct delivery_recipient *recipient = g_ptr_array_index(delivery->recipients, i);
		check_text(recipient->address);
		check_text(recipient->original);
		check_text(recipient->status);
		check_text(recipient->remote_mta);
		check_text(recipient->diagnostic);
	}
	check_text(delivery->original_message_id);
	check_text(delivery->envelope_id);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct message *message = message_parse(bytes, length);
	message_is_likely(bytes, length);
	check_text(message->id);
	check_text(message->subject);
	check_text(message->kind_rule);
	check_text(message->product_id);
	check_text(message->thread_index);
	check_text(message->new_text);
	check_text(message->signature);
	check_text(message->quoted_text);
	check_text(message->body_html);
	check_text(message->body_text);
	check_addresses(message->to);
	check_addresses(message->cc);
	check_addresses(message->reply_to);
	check_texts(message->in_reply_to);
	check_texts(message->references);
	check_texts(message->authentication_results);
	for (unsigned i = 0; i < message->attachments->len; i++) {
		const struct attachment *attachment = g_ptr_array_index(message->attachments, i);
		check_text(attachment->name);
		check_text(attachment->media_type);
	}
	if (message->delivery)
		check_delivery(message->delivery);
	/* a receipt that is told by its words alone has no delivery */
	bool is_receipt = message->kind == MESSAGE_READ_RECEIPT;
	bool is_report = message->kind >= MESSAGE_DELIVERY_FAILURE;
	if ((!is_receipt && is_report != (message->delivery != NULL)) ||
	    (!message->delivery && !message->new_text))
		abort();
	message_free(message);
	return 0;
}
