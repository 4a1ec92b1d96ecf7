/* Reports: the first byte says whether the rest is a text for people or a delivery-status part. */
#include "base/base.h"
#include "mail/message.h"
#include "mail/delivery.h"

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
	(void)count, (void)arguments;
	message_setup();
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	static const char *const headers[] = {
	    "From: MAILER-DAEMON@mx.example\nReturn-Path: <>\nSubject: failure notice\nTo: us@us.example\n\n",
	    "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nSorry.\n--b\n"
	    "Content-Type: message/delivery-status\n\n",
	    "Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: "
	    "message/disposition-notification\n\n",
	    "From: x@y.example\n\n",
	};
	if (!length)
		return 0;
	GString *mail = g_string_new(headers[bytes[0] % ARRAY_LENGTH(headers)]);
	g_string_append_len(mail, (const char *)bytes + 1, (gssize)length - 1);
	struct message *message = message_parse(mail->str, mail->len);
	for (unsigned i = 0; message->delivery && i < message->delivery->recipients->len; i++) {
		const struct delivery_recipient *recipient =
		    g_ptr_array_index(message->delivery->recipients, i);
		bool bad_news = recipient->action == DELIVERY_FAILED || recipient->action == DELIVERY_DELAYED;
		bool is_receipt = message->kind == MESSAGE_READ_RECEIPT;
		if (!recipient->address || (!is_receipt && bad_news != (recipient->reason != NULL)))
			abort();
	}
	message_free(message);
	g_string_free(mail, TRUE);
	return 0;
}
