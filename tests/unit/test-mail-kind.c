#include "unit.h"
#include "mail/folded.h"
#include "mail/machine_words.h"
#include "mail/mail_words.h"
#include "mail/message.h"

static void the_header_tells_people_from_machines(void **state)
{
	(void)state;
	static const struct {
		const char *header;
		enum message_kind kind;
		const char *rule;
	} rows[] = {
	    {"Subject: Re: Facture 118", MESSAGE_HUMAN, "none"},
	    {"Auto-Submitted: no", MESSAGE_HUMAN, "none"},
	    {"Auto-Submitted: auto-replied", MESSAGE_AUTOMATIC_REPLY, "header:Auto-Submitted"},
	    {"Auto-Submitted: auto-replied (vacation)", MESSAGE_AUTOMATIC_REPLY, "header:Auto-Submitted"},
	    {"Auto-Submitted: auto-generated", MESSAGE_AUTOMATIC, "header:Auto-Submitted"},
	    {"X-Autoreply: yes", MESSAGE_AUTOMATIC_REPLY, "header:X-Autoreply"},
	    {"X-Autoreply: no", MESSAGE_HUMAN, "none"},
	    {"Precedence: auto_reply", MESSAGE_AUTOMATIC_REPLY, "header:Precedence"},
	    {"Precedence: bulk", MESSAGE_LIST, "header:Precedence"},
	    {"List-Id: <x.example>", MESSAGE_LIST, "header:List-Id"},
	    {"X-FC-MachineGenerated: true", MESSAGE_AUTOMATIC, "header:X-FC-MachineGenerated"},
	    /* Exchange puts these on people's mail */
	    {"X-Auto-Response-Suppress: All", MESSAGE_HUMAN, "none"},
	    {"X-Auto-Response-Suppress: DR, OOF, AutoReply", MESSAGE_HUMAN, "none"},
	    {"X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent", MESSAGE_HUMAN, "none"},
	    {"X-MS-Exchange-Inbox-Rules-Loop: jo@x.example", MESSAGE_HUMAN, "none"},
	    {"X-MS-Exchange-Inbox-Rules-Loop: jo@x.example\nX-Auto-Response-Suppress: All",
		MESSAGE_AUTOMATIC_REPLY, "header:X-Auto-Response-Suppress"},
	    {"Return-Path: <>", MESSAGE_HUMAN, "none"},
	    /* subjects of those who set no header */
	    {"Subject: Automatic reply: Invoice 118", MESSAGE_AUTOMATIC_REPLY, "subject"},
	    {"Subject: =?utf-8?q?R=C3=A9ponse_automatique_:_Facture?=", MESSAGE_AUTOMATIC_REPLY, "subject"},
	    {"Subject: [EXT] Abwesenheitsnotiz: Rechnung", MESSAGE_AUTOMATIC_REPLY, "subject"},
	    /* somebody answers a machine */
	    {"Subject: Re: Automatic reply: Invoice 118", MESSAGE_HUMAN, "none"},
	    {"Subject: AW: Automatische Antwort: Rechnung", MESSAGE_HUMAN, "none"},
	    {"Subject: [EXTERNAL] RE: R\xc3\xa9ponse automatique : Facture", MESSAGE_HUMAN, "none"},
	    {"Subject: Re: Automatic reply: Invoice 118\nAuto-Submitted: auto-replied",
		MESSAGE_AUTOMATIC_REPLY, "header:Auto-Submitted"},
	    {"Subject: Respuesta autom\xc3\xa1tica: Factura", MESSAGE_AUTOMATIC_REPLY, "subject"},
	    {"Subject: Risposta automatica: Fattura", MESSAGE_AUTOMATIC_REPLY, "subject"},
	    {"Subject: Automatisch antwoord: Factuur", MESSAGE_AUTOMATIC_REPLY, "subject"},
	    {"Subject: Automatic reply: x\nPrecedence: bulk", MESSAGE_AUTOMATIC_REPLY, "subject"},
	    {"Subject: Automatic payments and your reply", MESSAGE_HUMAN, "none"},
	    {"Subject: Afwezig", MESSAGE_AUTOMATIC_REPLY, "subject"},
	    {"From: ACME <no-reply@acme.example>", MESSAGE_AUTOMATIC, "header:From"},
	    {"From: ACME <no-replying@acme.example>", MESSAGE_HUMAN, "none"},
	    {"Subject: Absence", MESSAGE_AUTOMATIC_REPLY, "subject"},
	    {"Subject: Cong\xc3\xa9s : Re: Facture 118", MESSAGE_AUTOMATIC_REPLY, "subject"},
	    {"Subject: Urlaub: Rechnung 118", MESSAGE_AUTOMATIC_REPLY, "subject"},
	    {"Subject: In ferie", MESSAGE_AUTOMATIC_REPLY, "subject"},
	    {"Subject: Ausente", MESSAGE_AUTOMATIC_REPLY, "subject"},
	    {"Subject: Out of the office Re: Invoice", MESSAGE_AUTOMATIC_REPLY, "subject"},
	    {"Subject: Absence - Re: Facture", MESSAGE_AUTOMATIC_REPLY, "subject"},
	    {"Subject: AUTO: Jo ist abwesend (R\xc3\xbc"
	     "ckkehr am 20.03.2026)",
		MESSAGE_AUTOMATIC_REPLY, "subject"},
	    {"Subject: Auto: Rechnung der Werkstatt", MESSAGE_HUMAN, "none"},
	    {"Subject: Message automatique : Facture", MESSAGE_AUTOMATIC_REPLY, "subject"},
	    {"Subject: Re: Absence", MESSAGE_HUMAN, "none"},
	    {"Subject: Urlaub und Ihre Rechnung", MESSAGE_HUMAN, "none"},
	    /* mail systems in words that nobody knows, and people at their addresses */
	    {"From: MAILER-DAEMON@x.example\nIn-Reply-To: <1@us.example>\nSubject: Re: x", MESSAGE_AUTOMATIC,
		"header:From"},
	    {"From: postmaster@x.example\nIn-Reply-To: <1@us.example>\nSubject: Relay\xc3\xa9 : Facture",
		MESSAGE_AUTOMATIC, "header:From"},
	    {"From: Microsoft Outlook <postmaster@x.example>\nSubject: Delivered: Facture", MESSAGE_AUTOMATIC,
		"header:From"},
	    {"From: postmaster@x.example\nIn-Reply-To: <1@us.example>\nSubject: Re: Facture", MESSAGE_HUMAN,
		"none"},
	    {"From: Jo Durand <postmaster@x.example>\nSubject: Facture", MESSAGE_HUMAN, "none"},
	    {"Subject: Absence de paiement", MESSAGE_HUMAN, "none"},
	    {"Content-Type: multipart/report; report-type=feedback-report; boundary=b", MESSAGE_AUTOMATIC,
		"report:feedback-report"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		GString *mail = g_string_new(NULL);
		g_string_append_printf(mail, "%s\n\nHello\n", rows[i].header);
		struct message *message = message_parse(mail->str, mail->len);
		if (message->kind != rows[i].kind)
			print_error("%s: %s\n", rows[i].header, message_kind_word(message->kind));
		assert_int_equal(message->kind, rows[i].kind);
		assert_string_equal(message->kind_rule, rows[i].rule);
		message_free(message);
		g_string_free(mail, TRUE);
	}
}

static void words_tell_receipts_and_challenges(void **state)
{
	(void)state;
	static const struct {
		const char *subject;
		const char *text;
		enum message_kind kind;
	} rows[] = {
	    {"Read: Facture 118", "Your message\n\n  To: compta\n\nwas read on 17/03/2026 10:00.",
		MESSAGE_READ_RECEIPT},
	    {"Lu : Facture 118", "Votre message\n  A : compta\na \xc3\xa9t\xc3\xa9 lu le 17/03/2026 10:00.",
		MESSAGE_READ_RECEIPT},
	    {"Gelesen: Rechnung", "Ihre Nachricht\n\nwurde am 17.03.2026 10:00 gelesen.",
		MESSAGE_READ_RECEIPT},
	    {"Return Receipt (displayed) - Facture",
		"Return Receipt\n\nYour document: Facture\nwas received by: Jo/CLIENT", MESSAGE_READ_RECEIPT},
	    {"Read: Facture 118", "We have read it and will pay on Friday.", MESSAGE_HUMAN},
	    {"Re: Facture 118", "Your letter was read on Monday; we will pay.", MESSAGE_HUMAN},
	    {"Your email requires verification verify#Xx1",
		"Your message is being held. Please confirm you are human by replying.", MESSAGE_AUTOMATIC},
	    {"Re: Facture 118", "The payment is being held until you confirm your bank details.",
		MESSAGE_HUMAN},
	    {"Re: Facture 118", "I hope you are human and give us two weeks.", MESSAGE_HUMAN},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		char *mail =
		    g_strdup_printf("From: Jo <jo@x.example>\nSubject: %s\nContent-Type: text/plain; "
				    "charset=utf-8\n\n%s\n",
			rows[i].subject, rows[i].text);
		struct message *message = message_parse(mail, strlen(mail));
		if (message->kind != rows[i].kind)
			print_error("%s: %s\n", rows[i].text, message_kind_word(message->kind));
		assert_int_equal(message->kind, rows[i].kind);
		assert_string_equal(message->kind_rule, rows[i].kind == MESSAGE_HUMAN ? "none" : "text");
		message_free(message);
		g_free(mail);
	}
}

static void words_and_kinds_go_both_ways(void **state)
{
	(void)state;
	for (enum message_kind kind = MESSAGE_HUMAN; kind <= MESSAGE_READ_RECEIPT; kind++) {
		enum message_kind back = MESSAGE_HUMAN;
		assert_true(message_kind_from_word(message_kind_word(kind), &back));
		assert_int_equal(back, kind);
	}
	enum message_kind kind;
	assert_false(message_kind_from_word("person", &kind));
}

static int setup(void **state)
{
	(void)state;
	message_setup();
	return 0;
}

static void words_are_plain_in_every_alphabet(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
	    {"We HOLD\n your  Mail", "we hold your mail"},
	    {"\u00c0 L\u2019\u00c9T\u00c9 \u00d7 \u00de \u20ac \u2013 \u00ff",
		"\u00e0 l'\u00e9t\u00e9 \u00d7 \u00fe \u20ac - \u00ff"},
	    {"\u00c9T\u00c9 \u0141\u00d3D\u0179", "\u00e9t\u00e9 \u0142\u00f3d\u017a"},
	    {"\u041f\u0418\u0421\u042c\u041c\u041e X", "\u043f\u0438\u0441\u044c\u043c\u043e x"},
	    {"\u039f\u0394\u039f A", "\u03bf\u03b4\u03bf a"},
	    {"\u1e3e *A*\u00a0\uff1a \u2014 ", "\u1e3f a : -"},
	    {"cut \xf0\x9f\x98", "cut \ufffd\ufffd\ufffd"},
	    {"A \xe9t\xe9", "a \ufffdt\ufffd"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		char *words = plain_words(rows[i][0], 100);
		assert_string_equal(words, rows[i][1]);
		g_free(words);
	}
}

static void phrases_of_further_languages_are_compared_folded(void **state)
{
	(void)state;
	static const struct {
		const char *subject;
		const char *text;
		enum message_kind kind;
	} rows[] = {
	    {"Seen \u2013 Invoice", "It was \u2013 seen\u2013by him.", MESSAGE_READ_RECEIPT},
	    {"seen - Invoice", "It was seen-by him.", MESSAGE_READ_RECEIPT},
	    {"Wait", "Here\u2019s a stop\u2014list: show you are *no* bot.", MESSAGE_AUTOMATIC},
	    {"A stop-list", "Show you are no bot.", MESSAGE_AUTOMATIC},
	    {"Seen", "It was seen by him.", MESSAGE_HUMAN},
	};
	struct mail_words *words = mail_words_new();
	mail_words_add(words, MAIL_RECEIPT_SUBJECT, "Seen \u2013");
	mail_words_add(words, MAIL_RECEIPT, "seen\u2013by");
	mail_words_add(words, MAIL_HOLD, "stop\u2013list");
	mail_words_add(words, MAIL_HUMAN, "you are *no* bot");
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		bool is_receipt = machine_words_are_receipt(words, rows[i].subject, rows[i].text);
		bool is_challenge = machine_words_are_challenge(words, rows[i].subject, rows[i].text);
		assert_int_equal(is_receipt, rows[i].kind == MESSAGE_READ_RECEIPT);
		assert_int_equal(is_challenge, rows[i].kind == MESSAGE_AUTOMATIC);
	}
	mail_words_free(words);
}

/* Else they could match nothing. */
static void shipped_phrases_are_folded(void **state)
{
	(void)state;
	for (size_t kind = 0; kind < MAIL_WORD_KINDS; kind++)
		for (size_t i = 0; i < mail_words_shipped.phrases[kind].count; i++) {
			const char *phrase = mail_words_shipped.phrases[kind].list[i];
			char *folded = plain_words(phrase, strlen(phrase)),
			     *bare = g_strstrip(g_strdup(phrase));
			assert_string_equal(bare, folded);
			g_free(bare);
			g_free(folded);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(words_are_plain_in_every_alphabet),
	    cmocka_unit_test(the_header_tells_people_from_machines),
	    cmocka_unit_test(words_tell_receipts_and_challenges),
	    cmocka_unit_test(phrases_of_further_languages_are_compared_folded),
	    cmocka_unit_test(shipped_phrases_are_folded),
	    cmocka_unit_test(words_and_kinds_go_both_ways),
	};
	return cmocka_run_group_tests(tests, setup, NULL);
}
