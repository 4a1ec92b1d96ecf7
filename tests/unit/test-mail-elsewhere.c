#include "unit.h"
#include "mail/message.h"
#include "mail/subject_words.h"

static void the_subject_may_hold_the_answer(void **state)
{
	(void)state;
	static const struct {
		const char *subject, *topic, *quoted;
		bool answers;
		const char *words; /* NULL: none */
		bool is_guess;
	} rows[] = {
	    /* nothing new */
	    {"RE: Facture F2026-118", NULL, NULL, true, NULL, false},
	    {"RE: Facture F2026-118", "Facture F2026-118", NULL, true, NULL, false},
	    {"Facture F2026-118", NULL, NULL, true, NULL, false},
	    {"AW: WG: [EXT] Rechnung 118 - 2. Mahnung", NULL, NULL, true, NULL, false},
	    {"Re[2]: Invoice 118 - payment overdue", NULL, NULL, true, NULL, false},
	    {"R: Sollecito - fattura 118 scaduta", NULL, NULL, true, NULL, false},
	    {"RE: Le Goff - Hotel", NULL, NULL, true, NULL, false},
	    {"RE: Invoice 118", NULL, "From: Us\nSubject: Invoice 118 of March\n\nDear", true, NULL, false},
	    {"[Ticket#4711] RE: Invoice 118", NULL, NULL, true, NULL, false},
	    {"Re\xef\xbc\x9a"
	     "Rechnung 118",
		"Rechnung 118", NULL, true, NULL, false},
	    {"RE: ", NULL, NULL, true, NULL, false},
	    {"", NULL, NULL, false, NULL, false},
	    /* before the old subject */
	    {"Paid yesterday - RE: Invoice 2026-118", NULL, NULL, true, "Paid yesterday", false},
	    {"RE: Paid yesterday / RE: Invoice 2026-118", NULL, NULL, true, "Paid yesterday", false},
	    {"Bezahlt! AW: Rechnung 118", NULL, NULL, true, "Bezahlt!", false},
	    {"Pagada ayer (RE: Factura 118)", NULL, NULL, true, "Pagada ayer", false},
	    {"[PAYEE HIER] TR: Facture 118", NULL, NULL, true, "PAYEE HIER", false},
	    {"Pay\xc3\xa9 le 3 mars Facture F118", "facture  f118", NULL, true, "Pay\xc3\xa9 le 3 mars",
		false},
	    /* behind it */
	    {"RE: Invoice 118 - paid on Monday", "Invoice 118", NULL, true, "paid on Monday", false},
	    {"RE: Invoice 118 - paid on Monday", NULL, "> From: Us\n> *Subject:* Invoice 118\n", true,
		"paid on Monday", false},
	    {"RE: Facture 118 - r\xc3\xa9gl\xc3\xa9"
	     "e",
		NULL, "De\xc2\xa0: Us\nObjet\xc2\xa0: RE: Facture 118\n", true,
		"r\xc3\xa9gl\xc3\xa9"
		"e",
		false},
	    {"RE: Bonjour - Facture 118 - merci", "Facture 118", NULL, true, "Bonjour. merci", true},
	    {"RE: paid - Invoice 118 - on Monday", "Invoice 118", NULL, true, "paid. on Monday", true},
	    {"Pagata - R: Fattura 118", NULL, NULL, true, "Pagata", false},
	    {"RE: Reminder: invoice 118", "Reminder: invoice 118", "From: Us\nSubject: invoice 118\n", true,
		NULL, false},
	    /* a letter's own "Objet" is no header */
	    {"RE: Rappel - Le Goff", NULL, "Bonjour,\nObjet : relance facture 118\nMerci de payer.\n", true,
		NULL, false},
	    {"RE: Facture 118 - 2e rappel", NULL, "Objet : Facture 118\nMerci de payer.\n", true, NULL,
		false},
	    {"RE: Rappel facture", NULL, "De : Us\nObjet : Le Goff\n", true, NULL, false},
	    {"RE: settled last week", NULL, "From: Us\nSubject: Invoice 118\n", true, "settled last week",
		true},
	    /* it goes on beyond what is known of it */
	    {"RE: Unpaid invoice 118: payment expected by 25/03/2026", "Unpaid invoice 118", NULL, true,
		"payment expected by 25/03/2026", true},
	    {"RE: Rechnung 118, zahlbar bis 25.03.2026", "Rechnung 118", NULL, true, "zahlbar bis 25.03.2026",
		true},
	    {"RE: Invoice 1184 - paid", "Invoice 118", NULL, true, "4 - paid", true},
	    {"RE: Invoice 118 (please pay by 25/03/2026)", "Invoice 118", NULL, true,
		"please pay by 25/03/2026", true},
	    {"PD: Invoice 118", "Invoice 118", NULL, true, NULL, false},
	    {"XYZ: Invoice 118", "Invoice 118", NULL, true, "XYZ", true},
	    /* instead of it */
	    {"RE: we have paid", "Invoice 118", NULL, true, "we have paid", true},
	    {"RE: Unpaid invoice 118: payment expected by 25/03/2026", "Order 4", NULL, true, NULL, true},
	    {"RE: Unpaid invoice 118: payment expected by 25/03/2026", " ", "From: Us\nSubject: Order 4\n",
		true, NULL, true},
	    {"RE: Invoice 118 - paid on Monday", "", NULL, true, "paid on Monday", true},
	    {"RE: Invoice 118 - paid on Monday", "Re:", NULL, true, "paid on Monday", true},
	    /* before another "RE:", but of ours */
	    {"Unpaid invoice 118: payment expected by 25/03/2026 - RE: your mail", NULL, NULL, true,
		"Unpaid invoice 118: payment expected by 25/03/2026", true},
	    {"Facture 118 : r\xc3\xa8glement annonc\xc3\xa9 pour le 31/03/2026 (Rif: 12)", NULL, NULL, true,
		"Facture 118 : r\xc3\xa8glement annonc\xc3\xa9 pour le 31/03/2026", true},
	    {"Order 4: pay by 31/03 - RE: x", NULL, NULL, true, "Order 4: pay by 31/03", true},
	    {"Paid in part - RE: x", "Paid in part", NULL, true, "Paid in part", true},
	    {"RE: Paid in part - RE: x", NULL, "From: Us\nSubject: Paid in part - RE: x\n", true, NULL, true},
	    /* a mail of its own, or ours come back under a prefix that is unknown */
	    {"Paid yesterday", NULL, NULL, false, "Paid yesterday", false},
	    {"We paid last week", "We paid last week", NULL, false, "We paid last week", false},
	    {"Your invoice 118 is paid", NULL, NULL, false, "Your invoice 118 is paid", true},
	    {"Your invoice 118 is paid", "Your invoice 118 is paid", NULL, false, "Your invoice 118 is paid",
		true},
	    {"Unpaid invoice 118: payment expected by 25/03/2026", NULL, NULL, false,
		"Unpaid invoice 118: payment expected by 25/03/2026", true},
	    {"FYI - Payment received, thank you", NULL, NULL, false, "FYI - Payment received, thank you",
		true},
	    {"XYZ: payment expected", NULL, NULL, false, "XYZ: payment expected", true},
	    {"Payment expected by 25/03/2026", NULL, NULL, false, "Payment expected by 25/03/2026", true},
	    {"Paid yesterday", NULL, "Dear all, please pay.\n", false, "Paid yesterday", true},
	    {"Paid yesterday", NULL, "From: Us\nSubject: Invoice 118\n", false, "Paid yesterday", true},
	    {"Paid - Invoice 118", NULL, "From: Us\nSubject: Invoice 118\n", false, "Paid", true},
	    {"XYZ: Invoice 118 - pay by 31/03", NULL, "From: Us\nSubject: Invoice 118 - pay by 31/03\n",
		false, "XYZ", true},
	    {"XYZ: Invoice 118", "Invoice 118", NULL, false, "XYZ", true},
	    {"R\xc3\xa9p. : Unpaid invoice 118: payment expected by 25/03/2026", NULL, NULL, false, NULL,
		true},
	    {"YNT: Unpaid invoice 118: payment expected by 25/03/2026", NULL, NULL, false, NULL, true},
	    {"Doorgestuurd: Unpaid invoice 118: payment expected by 25/03/2026", NULL, NULL, false, NULL,
		true},
	    /* the old subject is not known */
	    {"RE: Rappel facture 118 - pay\xc3\xa9"
	     "e vendredi",
		NULL, NULL, true,
		"pay\xc3\xa9"
		"e vendredi",
		true},
	    {"AW: Rechnung 118 (storniert)", NULL, NULL, true, "storniert", true},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		const struct answered_mail answered = {
		    .topic = rows[i].topic, .quoted = rows[i].quoted, .is_known = rows[i].answers};
		bool is_guess = false;
		char *words = subject_words(&mail_words_shipped, rows[i].subject, &answered, &is_guess);
		if (g_strcmp0(words, rows[i].words) != 0)
			print_error("%s: %s\n", rows[i].subject, words ? words : "NULL");
		assert_int_equal(g_strcmp0(words, rows[i].words), 0);
		if (words && is_guess != rows[i].is_guess)
			fail_msg("%s: %s a guess", rows[i].subject, is_guess ? "is" : "is not");
		g_free(words);
	}
}

static void prefixes_of_further_languages_are_compared_folded(void **state)
{
	(void)state;
	static const char *const rows[] = {"R\xc3\xa9\xe2\x80\x93"
					   "A: x",
	    "r\xc3\x89-a : x",
	    "*R\xc3\xa9\xe2\x80\x94"
	    "a* [2]: x",
	    "D\xe2\x80\x99"
	    "accord\xef\xbc\x9a"
	    "x",
	    "d'accord(3): x"};
	struct mail_words *words = mail_words_new();
	const struct answered_mail answered = {0};
	bool is_guess;
	mail_words_add(words, MAIL_REPLY, "R\xc3\xa9\xe2\x80\x93*a");
	mail_words_add(words, MAIL_REPLY,
	    "d\xe2\x80\x99"
	    "accord");
	mail_words_add(words, MAIL_DUNNING,
	    "l\xe2\x80\x99"
	    "ad");
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		char *unknown = subject_words(&mail_words_shipped, rows[i], &answered, &is_guess);
		assert_non_null(unknown);
		g_free(unknown);
		assert_null(subject_words(words, rows[i], &answered, &is_guess));
	}
	char *own = subject_words(words, "Paid l'Addition", &answered, &is_guess);
	assert_string_equal(own, "Paid l'Addition");
	assert_true(is_guess);
	g_free(own);
	mail_words_free(words);
}

#define ATTACHED(name) "Content-Type: text/plain\nContent-Disposition: attachment; filename=" name "\n\n"
#define HEAD                                                                                                 \
	"From: Jo <jo@x.example>\nTo: us@us.example, al@x.example\nMIME-Version: 1.0\nIn-Reply-To: "         \
	"<1@us.example>\n"
#define MIXED                                                                                                \
	"Date: Tue, 17 Mar 2026 10:00:00 +0100\nSubject: RE: Invoice 118\nContent-Type: multipart/mixed; "   \
	"boundary=b\n\n--b\n\n"

static void what_a_body_leaves_out_is_looked_for(void **state)
{
	(void)state;
	static const struct {
		const char *mail;
		const char *new_text;
		bool partly;
	} rows[] = {
	    {HEAD "Subject: Paid yesterday - RE: Invoice 118\n\n", "Paid yesterday", false},
	    {HEAD "Subject: Paid yesterday - RE: Invoice 118\n\n> From: Us\n> Subject: Invoice 118\n",
		"Paid yesterday", false},
	    {HEAD "Subject: Paid yesterday - RE: Invoice 118\n\nSent from my iPhone\n", "Paid yesterday",
		false},
	    {HEAD "Subject: Paid yesterday - RE: Invoice 118\n\nJo Miller\nACME Ltd\nTel. 020 123456\n",
		"Paid yesterday\n\nJo Miller\nACME Ltd\nTel. 020 123456", false},
	    {HEAD "Subject: Paid yesterday - RE: Invoice 118\n\nSee subject.\n",
		"Paid yesterday\n\nSee subject.", false},
	    /* a body that speaks is enough; a machine's subject says nothing */
	    {HEAD "Subject: Paid yesterday - RE: Invoice 118\n\nWe will pay on Friday.\n",
		"We will pay on Friday.", false},
	    {HEAD "Subject: Away - RE: Invoice 118\nAuto-Submitted: auto-replied\n\n", "", false},
	    {HEAD "Subject: RE: Invoice 118\n\n", "", false},
	    {HEAD "Subject: RE: Invoice 118 - settled\n\n", "settled", true},
	    {"From: Jo <jo@x.example>\nSubject: Paid yesterday\n\n", "Paid yesterday", false},
	    {"From: Jo <jo@x.example>\nSubject: Invoice 118: due on 31/03/2026\n\n",
		"Invoice 118: due on 31/03/2026", true},
	    /* attached texts */
	    {HEAD MIXED "\n--b\nContent-Type: text/plain; name=answer.txt\nContent-Disposition: attachment; "
			"filename=answer.txt\n\nWe paid.\n\n> old\n--b--\n",
		"We paid.", true},
	    {HEAD MIXED "Dear all,\nplease see attached\n--b\nContent-Type: application/octet-stream; "
			"name=answer.txt\nContent-Transfer-Encoding: base64\n\nV2UgcGFpZC4=\n--b--\n",
		"We paid.\n\nDear all,\nplease see attached", true},
	    {HEAD MIXED "\n--b\nContent-Type: text/html; name=ATT00001.htm\nContent-Disposition: attachment; "
			"filename=ATT00001.htm\n\n<p>We <b>paid</b>.</p>\n--b--\n",
		"We paid.", false},
	    {HEAD MIXED "We will pay.\n--b\nContent-Type: text/plain\nContent-Disposition: attachment; "
			"filename=answer.txt\n\nWe paid.\n--b--\n",
		"We will pay.", false},
	    {HEAD MIXED "\n--b\nContent-Type: text/plain\nContent-Disposition: attachment; "
			"filename=import.log\n\nWe paid.\n--b--\n",
		"", false},
	    /* a text that a server has taken off the body, and its small print */
	    {HEAD MIXED "\n--b\n" ATTACHED("ATT00001.txt") "See my answers in red below.\n\n> Paid? "
							   "YES\n--b--\n",
		"See my answers in red below.", true},
	    {HEAD MIXED "\n--b\n" ATTACHED("ATT2026.txt") "We paid.\n--b--\n", "We paid.", true},
	    {HEAD MIXED
		"\n--b\n" ATTACHED("ATT00001.txt") "________\nThis email and any attachments are "
						   "confidential. Legal action may be taken.\n"
						   "--b\n" ATTACHED("ATT00002.txt") "We paid.\n--b--\n",
		"We paid.", false},
	    {HEAD MIXED "\n--b\n" ATTACHED("ATT00001.txt") "_______________________________________________\n"
							   "billing mailing list\n--b--\n",
		"", false},
	    {HEAD MIXED "\n--b\n" ATTACHED("old.txt") "From: Us <us@us.example>\nSent: Monday\nSubject: "
						      "Invoice\n\nYou will pay.\n--b--\n",
		"", false},
	    /* attached mails: the author's own, not somebody else's */
	    {HEAD MIXED "\n--b\nContent-Type: message/rfc822\n\nFrom: jo@X.example\nTo: Us@us.example\nDate: "
			"Mon, 2 Mar 2026 "
			"10:00:00 +0100\n\nWe pay tomorrow.\n\nOn 1 Mar 2026 at 10:00, us@us.example "
			"wrote:\n> old\n--b--\n",
		"We pay tomorrow.", false},
	    {HEAD MIXED "\n--b\nContent-Type: message/rfc822\n\nFrom: us@us.example\n\nPay!\n--b--\n", "",
		false},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct message *message = message_parse(rows[i].mail, strlen(rows[i].mail));
		if (strcmp(message->new_text, rows[i].new_text) != 0)
			print_error("%s\n-- %s\n", rows[i].mail, message->new_text);
		assert_string_equal(message->new_text, rows[i].new_text);
		assert_int_equal(message->partly_read, rows[i].partly);
		bool is_earlier = strstr(rows[i].new_text, "tomorrow") != NULL;
		assert_int_equal(message->said != INSTANT_NONE && message->said < message->date, is_earlier);
		message_free(message);
	}
}

static void an_attached_mail_counts_where_it_went_to_us(void **state)
{
	(void)state;
#define INNER(header, text) "\n--b\nContent-Type: message/rfc822\n\n" header "\n\n" text "\n"
#define OWN		    "From: jo@x.example\nTo: us@us.example\n"
#define EARLIER		    "Date: Mon, 2 Feb 2026 23:30:00 -0800"
	static const struct {
		const char *mails;
		const char *new_text;
		const char *said; /* NULL: with the mail around it */
		bool partly;
	} rows[] = {
	    {INNER(OWN EARLIER, "We pay."), "We pay.", "2026-02-02T23:30:00-08:00", false},
	    {INNER("From: jo@x.example\nTo: al@x.example\nCc: US@us.example\n" EARLIER, "We pay."), "We pay.",
		"2026-02-02T23:30:00-08:00", false},
	    /* to others, with a colleague in copy; to nobody */
	    {INNER("From: jo@x.example\nTo: paul@other.example\nCc: al@x.example\n" EARLIER, "We pay."),
		"We pay.", "2026-02-02T23:30:00-08:00", true},
	    {INNER("From: jo@x.example\n" EARLIER, "We pay."), "We pay.", "2026-02-02T23:30:00-08:00", true},
	    /* not dated, or after the mail that holds it */
	    {INNER(OWN "X-A: b", "We pay."), "We pay.", NULL, true},
	    {INNER(OWN "Date: Tue, 3 Mar 2099 09:00:00 +0100", "We pay."), "We pay.", NULL, true},
	    /* itself read in part, or no person's */
	    {INNER(OWN EARLIER, "See my answers below in red.\n\n> Paid? YES"),
		"See my answers below in red.", "2026-02-02T23:30:00-08:00", true},
	    {INNER(OWN EARLIER "\nAuto-Submitted: auto-replied", "I am away."), "I am away.",
		"2026-02-02T23:30:00-08:00", true},
	    {"\n--b\nContent-Type: message/rfc822\n\n", "", NULL, false},
	    /* the first of several that is his and says something */
	    {INNER("From: us@us.example", "Pay!") INNER(OWN EARLIER, "") INNER(OWN EARLIER, "We pay."),
		"We pay.", "2026-02-02T23:30:00-08:00", false},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		char *mail = g_strconcat(HEAD MIXED, rows[i].mails, "--b--\n", NULL);
		struct message *message = message_parse(mail, strlen(mail));
		char said[INSTANT_TEXT_SIZE];
		instant_format(message->said, message->said_offset, said);
		if (strcmp(message->new_text, rows[i].new_text) != 0 ||
		    message->partly_read != rows[i].partly)
			print_error("%s\n-- %s\n", rows[i].mails, message->new_text);
		assert_string_equal(message->new_text, rows[i].new_text);
		assert_string_equal(said, rows[i].said ? rows[i].said : "");
		assert_int_equal(message->partly_read, rows[i].partly);
		message_free(message);
		g_free(mail);
	}
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
	    cmocka_unit_test(the_subject_may_hold_the_answer),
	    cmocka_unit_test(prefixes_of_further_languages_are_compared_folded),
	    cmocka_unit_test(what_a_body_leaves_out_is_looked_for),
	    cmocka_unit_test(an_attached_mail_counts_where_it_went_to_us),
	};
	return cmocka_run_group_tests(tests, setup, NULL);
}
