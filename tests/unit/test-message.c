#include "unit.h"
#include "mail/delivery.h"
#include "mail/message.h"

static struct message *parse(const char *text)
{
	return message_parse(text, strlen(text));
}

static void the_header_is_read_and_decoded(void **state)
{
	(void)state;
	struct message *message =
	    parse("Message-ID: <1@a.example>\r\nDate: Tue, 17 Mar 2026 10:02:00 +0100\r\n"
		  "From: =?utf-8?Q?H=C3?=\r\n =?utf-8?Q?=B4tel?= <Compta@Hotel.EXAMPLE>\r\n"
		  "To: a@b.example, \"C, D\" <c@d.example>\r\nSubject: =?iso-8859-1?Q?Re=E7u?= F1\r\n"
		  "In-Reply-To: <0@b.example>\r\nReferences: <r@b.example>\r\n <0@b.example>\r\n"
		  "X-Relance-Id: 17\r\n\r\nBonjour\r\n");
	assert_string_equal(message->id, "<1@a.example>");
	char date[INSTANT_TEXT_SIZE];
	assert_string_equal(
	    instant_format(message->date, message->date_offset, date), "2026-03-17T10:02:00+01:00");
	assert_string_equal(message->from->name, "H\xc3\xb4tel");
	assert_string_equal(message->from->address, "Compta@hotel.example");
	assert_int_equal(message->to->len, 2);
	const struct address *second = g_ptr_array_index(message->to, 1);
	assert_string_equal(second->name, "C, D");
	assert_string_equal(message->subject, "Re\xc3\xa7u F1");
	assert_string_equal(g_ptr_array_index(message->in_reply_to, 0), "<0@b.example>");
	assert_int_equal(message->references->len, 2);
	assert_string_equal(message->product_id, "17");
	assert_int_equal(message->kind, MESSAGE_HUMAN);
	assert_string_equal(message->new_text, "Bonjour");
	assert_null(message->delivery);
	assert_false(message->doubtful);
	message_free(message);
}

static void nothing_is_still_a_message(void **state)
{
	(void)state;
	struct message *message = message_parse("", 0);
	assert_null(message->id);
	assert_null(message->from);
	assert_int_equal(message->to->len, 0);
	assert_true(message->date == INSTANT_NONE);
	assert_string_equal(message->new_text, "");
	message_free(message);
}

static void parts_become_text_and_attachments(void **state)
{
	(void)state;
	struct message *message =
	    parse("Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"b\"\n\n"
		  "preamble\n--b\nContent-Type: text/plain; charset=iso-8859-15\n"
		  "Content-Transfer-Encoding: quoted-printable\n\n100 =A4\n"
		  "--b\nContent-Type: application/pdf; name=f.pdf\nContent-Transfer-Encoding: base64\n\n"
		  "JVBERg==\n--b--\nepilogue\n");
	assert_string_equal(message->new_text, "100 \xe2\x82\xac");
	assert_int_equal(message->attachments->len, 1);
	const struct attachment *attachment = g_ptr_array_index(message->attachments, 0);
	assert_string_equal(attachment->name, "f.pdf");
	assert_string_equal(attachment->media_type, "application/pdf");
	assert_int_equal(g_bytes_get_size(attachment->bytes), 4);
	message_free(message);
}

/* A text in DEPTH multiparts. */
static char *nested(int depth)
{
	GString *mail = g_string_new("MIME-Version: 1.0\n");
	for (int i = 0; i < depth; i++)
		g_string_append_printf(mail, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i);
	g_string_append(mail, "Content-Type: text/plain\n\ndeep\n");
	return g_string_free(mail, FALSE);
}

static void nesting_is_read_up_to_its_limit(void **state)
{
	(void)state;
	static const struct {
		int depth;
		const char *text;
	} rows[] = {{1, "deep"}, {MESSAGE_MAX_DEPTH, "deep"}, {MESSAGE_MAX_DEPTH + 1, ""}, {5000, ""}};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		char *mail = nested(rows[i].depth);
		struct message *message = message_parse(mail, strlen(mail));
		assert_string_equal(message->new_text, rows[i].text);
		assert_int_equal(message->doubtful, rows[i].depth > MESSAGE_MAX_DEPTH);
		message_free(message);
		g_free(mail);
	}
}

static void a_bomb_of_parts_is_cut(void **state)
{
	(void)state;
	GString *mail = g_string_new("Content-Type: multipart/mixed; boundary=b\n\n");
	for (int i = 0; i < 5000; i++)
		g_string_append(mail, "--b\nContent-Type: application/pdf\n\nx\n");
	struct message *message = message_parse(mail->str, mail->len);
	assert_in_range(message->attachments->len, 1, MESSAGE_MAX_PARTS);
	assert_true(message->doubtful);
	message_free(message);
	g_string_free(mail, TRUE);
}

static void broken_structure_still_gives_the_text(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
	    {"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nno end\n", "no end"},
	    {"Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b  \r\n\r\nblanks\r\n--b--\r\n",
		"blanks"},
	    {"Content-Type: multipart/mixed\n\nno boundary\n", "no boundary"},
	    {"Content-Type: nonsense\n\ntext\n", "text"},
	    {"Content-Type: text/plain; charset=\"x-unknown\"\n\ncaf\xe9\n", "caf\xc3\xa9"},
	    {"Content-Transfer-Encoding: base64\n\nT3Vp!!\n", "Oui"},
	    {"Content-Transfer-Encoding: quoted-printable\n\n100 % =ZZ =C3=A9\n", "100 % =ZZ \xc3\xa9"},
	    {"Subject: x\nnot a field\nmore\n", "not a field\nmore"},
	    {"\n\nno header\n", "no header"},
	    {"Content-Type: text/html\n\n<p>only HTML", "only HTML"},
	    {"Content-Type: multipart/mixed; boundary=a\n\n--a\n\none\n--a\nContent-Type: "
	     "application/pdf\n\nx\n--a\n\ntwo\n--a--\n",
		"one\ntwo"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct message *message = parse(rows[i][0]);
		assert_string_equal(message->new_text, rows[i][1]);
		message_free(message);
	}
}

static void texts_between_attachments_are_one_body(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
	    /* Apple Mail: the HTML form is in two pieces */
	    {"Content-Type: multipart/alternative; boundary=a\n\n--a\n\none two\n--a\nContent-Type: "
	     "multipart/mixed; boundary=m\n\n"
	     "--m\nContent-Type: text/html\n\n<p>one</p>\n--m\nContent-Type: "
	     "application/pdf\n\nx\n--m\nContent-Type: text/html\n\n"
	     "<p>two</p>\n--m--\n--a--\n",
		"one\ntwo"},
	    /* a footer in HTML that a gateway has added to a plain text */
	    {"Content-Type: multipart/mixed; boundary=m\n\n--m\n\nWe paid.\n--m\nContent-Type: "
	     "text/html\n\n<p>Scanned.</p>\n--m--\n",
		"We paid.\nScanned."},
	    /* a document that is shown in the mail */
	    {"Content-Type: multipart/mixed; boundary=m\n\n--m\n\nWe paid.\n--m\nContent-Type: text/html; "
	     "name=s.html\n"
	     "Content-Disposition: inline; filename=s.html\n\n<p>Statement</p>\n--m--\n",
		"We paid."},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct message *message = parse(rows[i][0]);
		GString *lines = g_string_new(NULL); /* without empty ones */
		g_auto(GStrv) all = g_strsplit(message->new_text, "\n", -1);
		for (size_t k = 0; all[k]; k++)
			if (*all[k])
				g_string_append_printf(lines, "%s%s", lines->len ? "\n" : "", all[k]);
		assert_string_equal(lines->str, rows[i][1]);
		g_string_free(lines, TRUE);
		message_free(message);
	}
}

static void names_of_attachments_are_decoded(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
	    {"Content-Disposition: attachment; filename=\"F 1.pdf\"", "F 1.pdf"},
	    {"Content-Disposition: attachment; filename*=utf-8''Re%C3%A7u.pdf", "Re\xc3\xa7u.pdf"},
	    {"Content-Disposition: attachment; filename*0*=utf-8''Re%C3%A7; filename*1=\"u.pdf\"",
		"Re\xc3\xa7u.pdf"},
	    {"Content-Disposition: attachment; filename=\"=?iso-8859-1?Q?Re=E7u.pdf?=\"", "Re\xc3\xa7u.pdf"},
	    {"Content-Disposition: attachment", NULL},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		char *mail = g_strdup_printf("Content-Type: application/pdf\n%s\n\nx", rows[i][0]);
		struct message *message = parse(mail);
		assert_int_equal(message->attachments->len, 1);
		const struct attachment *attachment = g_ptr_array_index(message->attachments, 0);
		assert_int_equal(g_strcmp0(attachment->name, rows[i][1]), 0);
		message_free(message);
		g_free(mail);
	}
}

static void a_text_that_cannot_be_opened_is_doubtful(void **state)
{
	(void)state;
	struct message *message = parse("Content-Type: application/pkcs7-mime; smime-type=signed-data\n\nx");
	assert_true(message->doubtful);
	message_free(message);
	message = parse("Content-Type: application/pdf\n\nx");
	assert_false(message->doubtful);
	message_free(message);
}

/* Made by hand: SignedData around "Content-Type: text/plain", a blank line and "We paid." */
#define PACKED(name, base64)                                                                                 \
	"Content-Type: application/pkcs7-mime; smime-type=signed-data; name=" name                           \
	"\nContent-Transfer-Encoding: base64\n\n" base64 "\n"
#define WHOLE                                                                                                \
	"MEoGCSqGSIb3DQEHAqA9MDsCAQExADAyBgkqhkiG9w0BBwGgJQQjQ29udGVudC1UeXBlOiB0ZXh0L3BsYWluCgpXZSBwYWlkLg" \
	"ox"                                                                                                 \
	"AA=="

static void what_is_packed_with_its_signature_is_read(void **state)
{
	(void)state;
	static const struct {
		const char *mail;
		const char *new_text;
		bool doubtful;
		unsigned attachments;
	} rows[] = {
	    {PACKED("smime.p7m", WHOLE), "We paid.", false, 0},
	    /* of indefinite length, in two parts */
	    {PACKED("smime.p7m",
		 "MIAGCSqGSIb3DQEHAqCAMIACAQExADCABgkqhkiG9w0BBwGggCSABBRDb250ZW50LVR5cGU6IHRleHQ"
		 "vcAQPbGFpbgoKV2UgcGFpZC4KAAAAAAAAAAAAAAAA"),
		"We paid.", false, 0},
	    /* encrypted, a signature alone, no mail, cut off, a document */
	    {PACKED("smime.p7m",
		 "MEoGCSqGSIb3DQEHA6A9MDsCAQExADAyBgkqhkiG9w0BBwGgJQQjQ29udGVudC1UeXBlOiB0ZXh0L3B"
		 "sYWluCgpXZSBwYWlkLgoxAA=="),
		"", true, 1},
	    {PACKED("smime.p7m", "MCMGCSqGSIb3DQEHAqAWMBQCAQExADALBgkqhkiG9w0BBwExAA=="), "", true, 1},
	    {PACKED("smime.p7m", "MCsGCSqGSIb3DQEHAqAeMBwCAQExADATBgkqhkiG9w0BBwGgBgQEPGEvPjEA"), "", true,
		1},
	    {PACKED("smime.p7m", "MEoGCSqGSIb3DQEHAqA9MDsCAQExADAy"), "", true, 1},
	    {PACKED("smime.p7m", ""), "", true, 1},
	    {PACKED("invoice.xml.p7m", WHOLE), "", true, 1},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct message *message = parse(rows[i].mail);
		assert_string_equal(message->new_text, rows[i].new_text);
		assert_int_equal(message->doubtful, rows[i].doubtful);
		assert_int_equal(message->attachments->len, rows[i].attachments);
		message_free(message);
	}
}

static void a_delivery_report_is_read(void **state)
{
	(void)state;
	struct message *message = parse(
	    "From: MAILER-DAEMON@mx.example\nContent-Type: multipart/report; report-type=delivery-status; "
	    "boundary=b\n\n"
	    "--b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n"
	    "Original-Envelope-Id: E17\n\nFinal-Recipient: rfc822; joe@Customer.example\nAction: "
	    "failed\nStatus: 5.1.1\n"
	    "Remote-MTA: dns; mail.customer.example\nDiagnostic-Code: smtp; 550 5.1.1 no such user\n\n"
	    "--b\nContent-Type: message/rfc822\n\nMessage-ID: <1@us.example>\n\nhello\n--b--\n");
	assert_int_equal(message->kind, MESSAGE_DELIVERY_FAILURE);
	assert_null(message->new_text);
	assert_string_equal(message->delivery->original_message_id, "<1@us.example>");
	assert_string_equal(message->delivery->envelope_id, "E17");
	assert_int_equal(message->delivery->recipients->len, 1);
	const struct delivery_recipient *recipient = g_ptr_array_index(message->delivery->recipients, 0);
	assert_string_equal(recipient->address, "joe@customer.example");
	assert_string_equal(recipient->status, "5.1.1");
	assert_true(recipient->permanent);
	assert_string_equal(recipient->remote_mta, "mail.customer.example");
	assert_string_equal(recipient->diagnostic, "550 5.1.1 no such user");
	message_free(message);
}

static void mail_and_bare_documents_are_told_apart(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool likely;
	} rows[] = {
	    {"From: a@b.example\nSubject: x\n\ny", true},
	    {"From a@b.example Tue Mar 17\nReceived: x\nDate: y\n\nz", true},
	    {"%PDF-1.7\n", false},
	    {"<?xml version=\"1.0\"?><Invoice/>", false},
	    {"Invoice: 17\nDate: 2026-03-17\nTotal: 12\n", false},
	    {"", false},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
		assert_int_equal(message_is_likely(rows[i].text, strlen(rows[i].text)), rows[i].likely);
}

static int setup(void **state)
{
	(void)state;
	message_setup();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_header_is_read_and_decoded),
	    cmocka_unit_test(nothing_is_still_a_message),
	    cmocka_unit_test(parts_become_text_and_attachments),
	    cmocka_unit_test(nesting_is_read_up_to_its_limit),
	    cmocka_unit_test(a_bomb_of_parts_is_cut),
	    cmocka_unit_test(broken_structure_still_gives_the_text),
	    cmocka_unit_test(texts_between_attachments_are_one_body),
	    cmocka_unit_test(names_of_attachments_are_decoded),
	    cmocka_unit_test(a_text_that_cannot_be_opened_is_doubtful),
	    cmocka_unit_test(what_is_packed_with_its_signature_is_read),
	    cmocka_unit_test(a_delivery_report_is_read),
	    cmocka_unit_test(mail_and_bare_documents_are_told_apart),
	};
	return cmocka_run_group_tests(tests, setup, NULL);
}
