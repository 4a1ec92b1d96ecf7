#include "unit.h"
#include "mail/bounce_text.h"
#include "mail/delivery.h"
#include "mail/delivery_reason.h"
#include "mail/message.h"

#define DAEMON	 "From: Mail Delivery System <MAILER-DAEMON@mx.example>\nTo: us@us.example\n"
#define STANDARD DAEMON "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\n"
#define STATUS	 "\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"

/* "address action status permanent reason" of each recipient, between "; ". */
static char *summary(const struct message *message)
{
	GString *text = g_string_new(message_kind_word(message->kind));
	for (unsigned i = 0; message->delivery && i < message->delivery->recipients->len; i++) {
		const struct delivery_recipient *recipient =
		    g_ptr_array_index(message->delivery->recipients, i);
		g_string_append_printf(text, "; %s %s %s%s%s%s", recipient->address,
		    delivery_action_word(recipient->action), recipient->status ? recipient->status : "-",
		    recipient->permanent ? " permanent" : "", recipient->reason ? " " : "",
		    recipient->reason ? recipient->reason : "");
	}
	return g_string_free(text, FALSE);
}

static const struct {
	const char *name;
	const char *mail;
	const char *expected;
} reports[] = {
    {"failed, delayed, relayed: the failure counts",
	STANDARD "Sorry." STATUS "Final-Recipient: rfc822; a@x.example\nAction: failed\nStatus: 5.2.2 "
		 "(full)\nDiagnostic-Code: smtp; 552 full\n\n"
		 "Final-Recipient: rfc822; b@x.example\nAction: delayed\nStatus: 4.4.1\n\n"
		 "Final-Recipient: rfc822; c@x.example\nAction: relayed\nStatus: 2.1.9\n\n--b--\n",
	"delivery_failure; a@x.example failed 5.2.2 permanent mailbox_full; b@x.example delayed 4.4.1 "
	"host_unreachable; "
	"c@x.example relayed 2.1.9"},
    {"only late",
	STANDARD "Still trying." STATUS
		 "Final-Recipient: rfc822; a@x.example\nAction: delayed\nStatus: 4.0.0\n\n--b--\n",
	"delivery_delay; a@x.example delayed 4.0.0 other"},
    {"good news",
	STANDARD "Done." STATUS
		 "Final-Recipient: rfc822; a@x.example\nAction: delivered\nStatus: 2.0.0\n\n--b--\n",
	"delivery_success; a@x.example delivered 2.0.0"},
    {"the server's words know more than 5.0.0",
	STANDARD
	"Sorry." STATUS "Final-Recipient: rfc822; a@x.example\nAction: failed\nStatus: 5.0.0\n"
	"Diagnostic-Code: smtp; 550 5.1.1 <a@x.example>: Recipient address rejected: User unknown\n\n--b--\n",
	"delivery_failure; a@x.example failed 5.1.1 permanent unknown_user"},
    {"an international address (RFC 6533)",
	DAEMON
	"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nSorry.\n--b\n"
	"Content-Type: message/global-delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
	"Final-Recipient: utf-8; j\xc3\xb6@x.example\nAction: failed\nStatus: 5.1.1\n\n--b--\n",
	"delivery_failure; j\xc3\xb6@x.example failed 5.1.1 permanent unknown_user"},
    {"an international address in ASCII (RFC 6533, 3)",
	STANDARD "Sorry." STATUS
		 "Final-Recipient: utf-8; jos\\x{E9}\\x{2B}a\\x{1}@x.example\nAction: failed\nStatus: "
		 "5.1.1\n\n--b--\n",
	"delivery_failure; jos\xc3\xa9+a\\x{1}@x.example failed 5.1.1 permanent unknown_user"},
    {"Exchange's own address gives way to the one that we wrote to",
	STANDARD "Sorry." STATUS
		 "Original-Recipient: rfc822; a@x.example\nFinal-Recipient: rfc822; IMCEAEX-_O=x@x.example\n"
		 "Action: failed\nStatus: 5.1.1\n\n--b--\n",
	"delivery_failure; a@x.example failed 5.1.1 permanent unknown_user"},
    {"a gateway forwards a report",
	DAEMON "Subject: Fwd: Undeliverable\nContent-Type: multipart/mixed; boundary=m\n\n--m\n\nA bounce "
	       "follows.\n--m\nContent-Type: message/rfc822\n\n"
	       "From: postmaster@y.example\nContent-Type: multipart/report; report-type=delivery-status; "
	       "boundary=b\n\n--b\n"
	       "Content-Type: message/delivery-status\n\nReporting-MTA: dns; y\n\nFinal-Recipient: rfc822; "
	       "a@x.example\nAction: failed\nStatus: 5.1.1\n\n"
	       "--b--\n--m--\n",
	"delivery_failure; a@x.example failed 5.1.1 permanent unknown_user"},
    {"qmail",
	DAEMON
	"Subject: failure notice\n\nHi. This is the qmail-send program at mx.example.\n"
	"I'm afraid I wasn't able to deliver your message to the following addresses.\n\n"
	"<a@x.example>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 no such user here\nGiving "
	"up on 192.0.2.1.\n\n"
	"<b@x.example>:\nSorry, I couldn't find any host named x.example. (#5.1.2)\n\n"
	"--- Below this line is a copy of the message.\n\nMessage-ID: <1@us.example>\nTo: a@x.example\n",
	"delivery_failure; a@x.example failed - permanent unknown_user; b@x.example failed 5.1.2 permanent "
	"no_such_domain"},
    {"Exim names the recipients in a header",
	DAEMON
	"X-Failed-Recipients: a@x.example\nSubject: Mail delivery failed: returning message to sender\n\n"
	"A message that you sent could not be delivered.\n\n  a@x.example\n    host mx.x.example "
	"[192.0.2.1]:\n"
	"    452 4.2.2 Mailbox full\n\n------ This is a copy of the message, including all the headers. "
	"------\n",
	"delivery_failure; a@x.example failed 4.2.2 mailbox_full"},
    {"Office 365 in words",
	"From: postmaster@x.example\nTo: us@us.example\nSubject: Undeliverable: Facture\n\n"
	"Delivery has failed to these recipients or groups:\n\na@x.example<mailto:a@x.example>\n"
	"The email address wasn't found at the destination domain.\n\nDiagnostic information for "
	"administrators:\n\n"
	"Generating server: y.prod.outlook.com\n\na@x.example\nRemote Server returned '550 5.1.10 "
	"RESOLVER.ADR.RecipientNotFound; "
	"Recipient not found'\n\nOriginal message headers:\n\nMessage-ID: <1@us.example>\n",
	"delivery_failure; a@x.example failed 5.1.10 permanent unknown_user"},
    {"Notes",
	"From: postmaster@x.example\nTo: us@us.example\nSubject: DELIVERY FAILURE: User joe not listed in "
	"Domino Directory\n\n"
	"Your message\n\n  Subject: Invoice\n\nwas not delivered to:\n\n  joe@x.example\n\nbecause:\n\n"
	"  User joe (joe@x.example) not listed in Domino Directory\n",
	"delivery_failure; joe@x.example failed 5.1.1 permanent unknown_user"},
    {"Gmail",
	"From: Mail Delivery Subsystem <mailer-daemon@gmail.example>\nTo: us@us.example\nSubject: Delivery "
	"Status Notification (Failure)\n\n"
	"Delivery to the following recipient failed permanently:\n\n     a@x.example\n\nTechnical details of "
	"permanent failure:\n"
	"The error that the other server returned was: 550 550 5.7.1 Message rejected as spam (state "
	"14).\n\n----- Original message -----\n",
	"delivery_failure; a@x.example failed 5.7.1 permanent spam"},
    {"a warning is no failure",
	DAEMON
	"Subject: Warning: could not send message for past 4 hours\n\n    "
	"**********************************************\n"
	"    **      THIS IS A WARNING MESSAGE ONLY      **\n    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  "
	"**\n"
	"    **********************************************\n\n   ----- Transcript of session follows -----\n"
	"<a@x.example>... Deferred: Connection timed out with x.example.\n",
	"delivery_delay; a@x.example delayed 4.4.1 host_unreachable"},
    {"an Italian mail system",
	DAEMON "Subject: Mancato recapito\n\nIl messaggio non \xc3\xa8 stato consegnato a "
	       "a@x.example: casella piena\n",
	"delivery_failure; a@x.example failed 5.2.2 permanent mailbox_full"},
    {"a French mail system tries again",
	DAEMON "Subject: Remise diff\xc3\xa9r\xc3\xa9"
	       "e\n\nVotre message adress\xc3\xa9 \xc3\xa0 a@x.example n'a pas pu \xc3\xaa"
	       "tre distribu\xc3\xa9 pour le moment. Une nouvelle tentative sera effectu\xc3\xa9"
	       "e.\n",
	"delivery_delay; a@x.example delayed - other"},
    {"late, in a text that has said that others got it",
	DAEMON
	"Subject: Entrega retrasada\n\nYour message was successfully delivered to some. Entrega retrasada:\n"
	"<a@x.example>: 550 5.1.1 refused\n",
	"delivery_delay; a@x.example delayed 5.1.1 unknown_user"},
    {"Exchange's good news in words",
	"From: Microsoft Outlook <postmaster@x.example>\nTo: us@us.example\nSubject: Delivered: Invoice 7\n\n"
	"Your message has been delivered to the following "
	"recipients:\n\njo@x.example<mailto:jo@x.example>\n\n"
	"Subject: Invoice 7\n",
	"delivery_success; jo@x.example delivered -"},
    {"Exchange's in French, handed on",
	"From: postmaster@x.example\nTo: us@us.example\nContent-Type: text/plain; charset=utf-8\n"
	"Subject: =?utf-8?q?Relay=C3=A9_=3A_Facture?=\n\n"
	"La remise \xc3\xa0 ces destinataires ou groupes est termin\xc3\xa9"
	"e, mais aucune notification de "
	"remise n'a \xc3\xa9t\xc3\xa9 envoy\xc3\xa9"
	"e par le serveur de destination :\n\n"
	"jo@x.example (jo@x.example)\n\nObjet : Facture\n",
	"delivery_success; jo@x.example relayed -"},
    {"Postfix's as plain text",
	DAEMON "Subject: Successful Mail Delivery Report\n\nThis is the mail system at host mx.example.\n\n"
	       "Your message was successfully delivered to the destination(s)\nlisted below.\n\n"
	       "<jo@x.example>: delivery via mx.x.example[192.0.2.1]: 250 2.0.0 Ok: queued as 123\n",
	"delivery_success; jo@x.example delivered -"},
    {"good news for one, and bad news for another",
	DAEMON "Subject: Delivery Status Notification\n\nYour message was successfully delivered to:\n\n"
	       "<jo@x.example>\n\nIt could not be delivered to:\n\n<al@x.example>: 550 5.1.1 User unknown\n",
	"delivery_failure; jo@x.example delivered -; al@x.example failed 5.1.1 permanent unknown_user"},
    {"good news that names nobody is no report",
	"From: postmaster@x.example\nTo: us@us.example\nSubject: Delivered: Invoice\n\nHello\n", "automatic"},
    {"a person who has delivered something",
	"From: Jo <jo@x.example>\nTo: us@us.example\nSubject: Delivered: pallets\n\n"
	"Your goods were successfully delivered to a@x.example.\n",
	"human"},
    {"Amazon's notice inside a message of SNS",
	"From: no-reply@sns.example\nFeedback-ID: x\nSubject: AWS Notification Message\n\n"
	"{\n \"Type\" : \"Notification\",\n \"TopicArn\" : \"arn:x\",\n \"Message\" : "
	"\"{\\\"notificationType\\\":\\\"Bounce\\\",\\\"bounce\\\":{\\\"bouncedRecipients\\\":"
	"[{\\\"emailAddress\\\":\\\"a@x.example\\\",\\\"action\\\":\\\"failed\\\",\\\"status\\\":"
	"\\\"5.1.1\\\",\\\"diagnosticCode\\\":\\\"smtp; 550 5.1.1 user unknown\\\"}]}}\"\n}\n",
	"delivery_failure; a@x.example failed 5.1.1 permanent unknown_user"},
    {"a complaint through SNS",
	"From: SES <no-reply@sns.example>\nx-amz-sns-message-id: 1\nFeedback-ID: x\nSubject: AWS\n\n"
	"{\"notificationType\":\"Complaint\",\"complaint\":{}}\n",
	"automatic"},
    {"a person at postmaster@ writes a mail",
	"From: Jo <postmaster@x.example>\nTo: us@us.example\nSubject: Re: your invoice\n\nWe will pay on "
	"Friday.\n",
	"human"},
    {"an out-of-office note with a null sender",
	"Return-Path: <>\nFrom: jo@x.example\nTo: us@us.example\nSubject: Bin im Urlaub\n\n"
	"Meine Antwort kommt verz\xc3\xb6"
	"gert. Your mail has been received by our mail system.\n",
	"human"},
    {"a person forwards a report",
	"From: Jo <jo@x.example>\nTo: us@us.example\nIn-Reply-To: <1@us.example>\nSubject: Fwd: Undelivered "
	"Mail Returned to Sender\n\n"
	"Your mail could not be delivered:\n> <a@x.example>: 550 5.1.1 User unknown\n",
	"human"},
    {"a report inside a forwarded mail is somebody else's",
	"From: Jo <jo@x.example>\nContent-Type: multipart/mixed; boundary=m\n\n--m\n\nLook at "
	"this.\n--m\nContent-Type: message/rfc822\n\n"
	"From: MAILER-DAEMON@y.example\nContent-Type: multipart/report; report-type=delivery-status; "
	"boundary=b\n\n--b\n"
	"Content-Type: message/delivery-status\n\nReporting-MTA: dns; y\n\nFinal-Recipient: rfc822; "
	"a@x.example\nAction: failed\nStatus: 5.1.1\n\n"
	"--b--\n--m--\n",
	"human"},
    {"a read receipt",
	"From: a@x.example\nContent-Type: multipart/report; report-type=disposition-notification; "
	"boundary=b\n\n--b\n\nRead.\n--b\n"
	"Content-Type: message/disposition-notification\n\nFinal-Recipient: rfc822; a@x.example\n"
	"Original-Message-ID: <1@us.example>\nDisposition: manual-action/MDN-sent-manually; "
	"displayed\n\n--b--\n",
	"read_receipt; a@x.example delivered -"},
};

static void reports_of_all_makers_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LENGTH(reports); i++) {
		struct message *message = message_parse(reports[i].mail, strlen(reports[i].mail));
		char *text = summary(message);
		if (strcmp(text, reports[i].expected) != 0)
			print_error("%s\n", reports[i].name);
		assert_string_equal(text, reports[i].expected);
		assert_true((message->delivery != NULL) == (message->new_text == NULL));
		g_free(text);
		message_free(message);
	}
}

static void the_original_mail_is_known_wherever_it_is_quoted(void **state)
{
	(void)state;
	static const char *const mails[] = {
	    STANDARD "x" STATUS "Final-Recipient: rfc822; a@x.example\nAction: failed\nStatus: "
		     "5.1.1\n\n--b\nContent-Type: message/rfc822\n\n"
		     "Message-ID: <1@us.example>\n\nhello\n--b--\n",
	    STANDARD
	    "x" STATUS "Final-Recipient: rfc822; a@x.example\nAction: failed\nStatus: 5.1.1\n\n--b\n"
	    "Content-Type: text/rfc822-headers\n\nSubject: x\nMessage-ID:\n <1@us.example>\n\n--b--\n",
	    DAEMON "X-Original-Message-ID: <1@us.example>\nSubject: Delivery failure\n\nYour mail could not "
		   "be delivered.\n\n  a@x.example\n",
	    DAEMON
	    "Subject: failure notice\n\nI wasn't able to deliver your message.\n\n<a@x.example>:\n550 no\n\n"
	    "--- Below this line is a copy of the message.\n\nReceived: x\nMessage-Id: <1@us.example>\n",
	    DAEMON
	    "X-Failed-Recipients: a@x.example\nSubject: Mail delivery failed: returning message to sender\n\n"
	    "A message that you sent could not be delivered.\n\n  a@x.example\n    550 no\n\n"
	    "------ This is a copy of the message, including all the headers. ------\n\n"
	    "Received: x\nMessage-ID: <1@us.example>\n",
	    /* in the words alone */
	    DAEMON
	    "Subject: Delivery has failed\n\nThis relates to a message with these fields:\n\n"
	    "  Message-id: <1@us.example>\n\nIt cannot be delivered to:\n\n  a@x.example\n  User unknown\n",
	    /* a relay has given the mail another id */
	    STANDARD "x\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n"
		     "X-Original-Message-ID: <1@us.example>\n\n"
		     "Final-Recipient: rfc822; a@x.example\nAction: failed\nStatus: 5.1.1\n\n--b\n"
		     "Content-Type: text/rfc822-headers\n\nMessage-ID: <2@relay.example>\n\n--b--\n",
	    STANDARD "x" STATUS "Final-Recipient: rfc822; a@x.example\nAction: failed\nStatus: 5.1.1\n\n--b\n"
		     "Content-Type: text/rfc822-headers\n\nMessage-ID: <2@relay.example>\n"
		     "X-Original-Message-ID: <1@us.example>\n\n--b--\n",
	};
	for (size_t i = 0; i < ARRAY_LENGTH(mails); i++) {
		struct message *message = message_parse(mails[i], strlen(mails[i]));
		assert_non_null(message->delivery);
		assert_string_equal(message->delivery->original_message_id, "<1@us.example>");
		message_free(message);
	}
}

static void the_name_of_a_server_is_without_its_comment(void **state)
{
	(void)state;
	static const char mail[] =
	    STANDARD "x" STATUS "Final-Recipient: rfc822; a@x.example\nAction: failed\nStatus: 5.1.1\n"
		     "Remote-MTA: dns; mx.x.example (192.0.2.1, the server for x.example)\n\n--b--\n";
	struct message *message = message_parse(mail, strlen(mail));
	const struct delivery_recipient *recipient = g_ptr_array_index(message->delivery->recipients, 0);
	assert_string_equal(recipient->remote_mta, "mx.x.example");
	message_free(message);
}

static void words_and_codes_give_the_reason(void **state)
{
	(void)state;
	static const char *const words[][2] = {
	    {"550 5.1.1 <a@b>... User Unknown", "unknown_user"},
	    {"452 4.2.2 Over quota", "mailbox_full"},
	    {"La boîte aux lettres du destinataire est pleine.", "mailbox_full"},
	    {"552 Message size exceeds fixed maximum message size", "too_big"},
	    {"554 Service unavailable; Client host blocked using zen.spamhaus.org", "blocked"},
	    {"550 5.7.26 Unauthenticated email is not accepted due to DMARC", "auth"},
	    {"Host or domain name not found. Name service error for name=x type=A", "no_such_domain"},
	    {"connect to mx[192.0.2.1]:25: Connection refused", "host_unreachable"},
	    {"554 5.4.6 Too many hops", "network"},
	    {"550 Recipient address rejected: Access denied", "unknown_user"},
	    {"551 User has moved to <b@c>", "has_moved"},
	    {"550 The account has been suspended", "suspended"},
	    {"550 5.1.1 unknown or illegal alias: jo@x.example", "unknown_user"},
	    {"552-5.2.2 The recipient's inbox is out of storage space", "mailbox_full"},
	    {"450-4.2.1 The user you are trying to contact is receiving mail too quickly", "blocked"},
	    {"550 5.5.0 Boite du destinataire archivee. Archived recipient LPN007_404", "suspended"},
	    {"550 5.4.310 DNS domain x.example does not exist [Message=InfoDomainNonexistent]",
		"no_such_domain"},
	    {"550 Domaine du destinataire inexistant", "no_such_domain"},
	    {"Unbekannter Empf\xc3\xa4nger", "unknown_user"},
	    {"Impossibile trovare l'indirizzo", "unknown_user"},
	    /* the address says nothing */
	    {"550 <spam@spf.x.example>: User unknown", "unknown_user"},
	    {"550 5.1.1 <does-not.exist@quota-exceeded.example> mailbox full", "mailbox_full"},
	    {"550 marbles: no such user", "unknown_user"},
	    {"550 5.7.708 Access denied, traffic not accepted from this IP", "blocked"},
	    {"550 5.2.1 This mailbox has been blocked due to inactivity", "suspended"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(words); i++)
		assert_string_equal(delivery_reason_of_words(words[i][0]), words[i][1]);
	assert_null(delivery_reason_of_words("250 fine"));
	assert_string_equal(delivery_reason_of_status("4.2.2"), "mailbox_full");
	assert_null(delivery_reason_of_status("5.0.0"));
	assert_string_equal(delivery_reason_of_status("5.4.300"), "expired");
	assert_string_equal(delivery_reason_of_status("4.4.316"), "host_unreachable");
	char *status = delivery_find_status("host 192.0.2.5 (v4.1.2x) said: 550-5.1.1 no");
	assert_string_equal(status, "5.1.1");
	g_free(status);
	assert_null(delivery_find_status("192.5.1.1 4.2"));
	assert_int_equal(delivery_find_reply("on 4500 of 550: 552-full"), 552);
	assert_int_equal(delivery_find_reply("tel 5501 4.50"), 0);
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
	    cmocka_unit_test(reports_of_all_makers_are_read),
	    cmocka_unit_test(the_original_mail_is_known_wherever_it_is_quoted),
	    cmocka_unit_test(the_name_of_a_server_is_without_its_comment),
	    cmocka_unit_test(words_and_codes_give_the_reason),
	};
	return cmocka_run_group_tests(tests, setup, NULL);
}
