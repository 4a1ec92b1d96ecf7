/* The way of a message into the books, from its bytes: the demonstration's invoices and answers, without MTA
 * and cage. */
#include "unit.h"
#include "books.h"
#include "clerk/intake.h"
#include "ledger/act.h"
#include "ledger/rebuild.h"

#include <unistd.h>

static struct lexicon *lexicon;

static char *source_file(const char *name)
{
	const char *top = getenv("top_srcdir");
	return g_build_filename(top ? top : ".", name, NULL);
}

static GBytes *load(const char *name)
{
	g_autofree char *path = source_file(name);
	char *content;
	gsize length;
	if (!g_file_get_contents(path, &content, &length, NULL))
		fail_msg("%s cannot be read", path);
	return g_bytes_new_take(content, length);
}

static void load_lexicon(void)
{
	struct error error = {0};
	static const char *const names[] = {"conf/lexicon/common.lexicon", "conf/lexicon/fr.lexicon",
	    "conf/lexicon/en.lexicon", "conf/lexicon/bank-fr.lexicon", "conf/lexicon/bank-en.lexicon"};
	lexicon = lexicon_new();
	for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
		g_autoptr(GBytes) text = load(names[i]);
		gsize length;
		const char *bytes = g_bytes_get_data(text, &length);
		if (!lexicon_add(lexicon, names[i], bytes, length, &error))
			fail_msg("%s", error.text);
	}
	if (!lexicon_finish(lexicon, &error))
		fail_msg("%s", error.text);
}

/* The threshold is low: how sure the reader is of these mails is not the subject here. */
static const char config_text[] = "test_clock = yes\n"
				  "confidence = 0.6\n"
				  "authserv_ids = { \"mx.legoff.example\" }\n"
				  "company \"Menuiserie Le Goff SARL\" {\n"
				  "  domains = { \"legoff.example\" }\n"
				  "  senders = { \"facturation@legoff.example\" }\n"
				  "  mailboxes = { \"facturation@legoff.example\" }\n"
				  "  language = \"fr\"\n"
				  "}\n";

static int set_up(void **state)
{
	struct error error = {0};
	struct books *books = g_new0(struct books, 1);
	books_open(books);
	if (!config_parse("test", config_text, &books->config, &error))
		fail_msg("%s", error.text);
	*state = books;
	return 0;
}

static int tear_down(void **state)
{
	struct books *books = *state;
	config_clear(&books->config);
	books_close(books);
	g_free(books);
	return 0;
}

/* Takes one message to RECIPIENT (several: separated by spaces); the result's word. */
static const char *take(
    struct books *books, GBytes *bytes, bool outgoing, const char *sender, const char *recipient)
{
	struct error error = {0};
	struct envelope envelope;
	struct intake_result result;
	gsize length;
	const void *content = g_bytes_get_data(bytes, &length);
	struct reading *reading = reading_of_bytes(content, length, NULL, lexicon);
	json_t *json = reading_to_json(reading);
	GPtrArray *documents = g_ptr_array_new();
	for (guint i = 0; i < reading->documents->len; i++)
		g_ptr_array_add(documents, ((struct reading_document *)reading->documents->pdata[i])->bytes);
	envelope_init(&envelope, outgoing, books->ledger.now);
	g_free(envelope.sender);
	envelope.sender = g_strdup(sender);
	g_auto(GStrv) recipients = g_strsplit(recipient, " ", -1);
	for (char **one = recipients; *one; one++)
		envelope_add_recipient(&envelope, *one);
	struct intake intake = {&envelope, reading, json, documents, bytes};
	if (!intake_message(&books->ledger, &intake, &result, &error))
		fail_msg("%s", error.text);
	const char *what = result.what;
	intake_result_clear(&result);
	envelope_clear(&envelope);
	g_ptr_array_unref(documents);
	json_decref(json);
	reading_free(reading);
	return what;
}

/* A mail with one of the demonstration's invoices. */
static GBytes *invoice_mail(const char *number, const char *file, const char *media_type, const char *to)
{
	g_autofree char *path = g_build_filename("contrib/demo/invoices", file, NULL);
	g_autoptr(GBytes) document = load(path);
	gsize length;
	const void *content = g_bytes_get_data(document, &length);
	g_autofree char *encoded = g_base64_encode(content, length);
	GString *mail = g_string_new(NULL);
	g_string_printf(mail,
	    "From: Anne Le Goff <facturation@legoff.example>\r\nTo: %s\r\nSubject: Facture %s\r\n"
	    "Date: Fri, 30 Jan 2026 10:00:00 +0100\r\nMessage-ID: <%s@legoff.example>\r\nMIME-Version: "
	    "1.0\r\n"
	    "Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain; "
	    "charset=utf-8\r\n\r\n"
	    "Bonjour, voici notre facture %s.\r\n--b\r\nContent-Type: %s; name=\"%s\"\r\n"
	    "Content-Disposition: attachment; filename=\"%s\"\r\nContent-Transfer-Encoding: base64\r\n\r\n",
	    to, number, number, number, media_type, file, file);
	for (gsize at = 0; at < strlen(encoded); at += 76)
		g_string_append_printf(mail, "%.76s\r\n", encoded + at);
	g_string_append(mail, "--b--\r\n");
	length = mail->len;
	return g_bytes_new_take(g_string_free(mail, FALSE), length);
}

static void send_invoice(
    struct books *books, const char *number, const char *file, const char *media_type, const char *to)
{
	g_autoptr(GBytes) mail = invoice_mail(number, file, media_type, to);
	assert_string_equal(take(books, mail, true, "facturation@legoff.example", to), "invoice-opened");
}

static const char *answer(struct books *books, const char *file, bool authenticated)
{
	g_autofree char *path = g_build_filename("contrib/demo/answers", file, NULL);
	g_autoptr(GBytes) mail = load(path);
	gsize length;
	const char *content = g_bytes_get_data(mail, &length);
	g_autofree char *from = g_strndup(content, length);
	char *at = strchr(strchr(from, '<') ? strchr(from, '<') : from, '@');
	g_autofree char *domain = g_strndup(at + 1, strcspn(at + 1, "> \r\n"));
	GString *whole = g_string_new(NULL);
	if (authenticated)
		g_string_printf(whole,
		    "Authentication-Results: mx.legoff.example; dmarc=pass header.from=%s\r\n", domain);
	g_string_append_len(whole, content, (gssize)length);
	length = whole->len;
	g_autoptr(GBytes) bytes = g_bytes_new_take(g_string_free(whole, FALSE), length);
	return take(books, bytes, false, "x@y.example", "facturation@legoff.example");
}

static struct receivable find(struct books *books, const char *number)
{
	struct error error = {0};
	struct receivable receivable;
	bool found;
	assert_true(receivable_of_number(books->store, NULL, number, &receivable, &found, &error));
	if (!found)
		fail_msg("%s is not in the books", number);
	return receivable;
}

static int64_t count(struct books *books, const char *sql)
{
	struct error error = {0};
	struct query query;
	query_open(&query, books->store, sql, "");
	int64_t number = query_row(&query) ? query_integer(&query, 0) : -1;
	if (!query_close(&query, &error))
		fail_msg("%s", error.text);
	return number;
}

static void an_invoice_opens_a_receivable_as_it_was_sent(void **state)
{
	struct books *books = *state;
	struct error error = {0};
	static const struct {
		const char *number, *file, *media_type, *to;
		int64_t total;
		date_t due;
	} rows[] = {
	    {"F2026-118", "F2026-118.pdf", "application/pdf", "compta@hotel-beaurivage.example", 118800,
		20513},
	    {"F2026-119", "F2026-119.xml", "application/xml", "compta@port-blanc.example", 264000, 20517},
	    {"F2026-120", "F2026-120.pdf", "application/octet-stream", "contact@atelier-nord.example", 45630,
		20520},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		send_invoice(books, rows[i].number, rows[i].file, rows[i].media_type, rows[i].to);
		struct receivable receivable = find(books, rows[i].number);
		assert_int_equal(receivable.total, rows[i].total);
		assert_int_equal(receivable.due_date, rows[i].due);
		assert_string_equal(receivable.currency, "EUR");
		assert_string_equal(receivable.document_name, rows[i].file);
		g_autoptr(GBytes) kept = blob_get(books->store, receivable.sha256, &error);
		g_autofree char *path = g_build_filename("contrib/demo/invoices", rows[i].file, NULL);
		g_autoptr(GBytes) sent = load(path);
		assert_true(g_bytes_equal(kept, sent));
		struct contact contact;
		bool found;
		assert_true(contact_of_address(
		    books->store, receivable.customer, rows[i].to, &contact, &found, &error));
		assert_true(found);
		row_clear(&contact_table, &contact);
		row_clear(&receivable_table, &receivable);
	}
}

static void the_same_message_again_changes_nothing(void **state)
{
	struct books *books = *state;
	struct error error = {0};
	const char *to = "compta@hotel-beaurivage.example";
	send_invoice(books, "F2026-118", "F2026-118.pdf", "application/pdf", to);
	int64_t before = count(books, "SELECT count(*) FROM journal");
	g_autoptr(GBytes) mail = invoice_mail("F2026-118", "F2026-118.pdf", "application/pdf", to);
	assert_string_equal(take(books, mail, true, "facturation@legoff.example", to), "known");
	assert_int_equal(count(books, "SELECT count(*) FROM journal"), before);
	/* the copy for another recipient only teaches a contact */
	assert_string_equal(
	    take(books, mail, true, "facturation@legoff.example", "chef@hotel-beaurivage.example"), "known");
	assert_int_equal(count(books, "SELECT count(*) FROM journal"), before + 1);
	assert_int_equal(count(books, "SELECT count(*) FROM contact"), 2);
	assert_string_equal(answer(books, "1-acknowledgement.eml", true), "answer");
	before = count(books, "SELECT count(*) FROM journal");
	assert_string_equal(answer(books, "1-acknowledgement.eml", true), "known");
	assert_int_equal(count(books, "SELECT count(*) FROM journal"), before);
	(void)error;
}

static void answers_have_their_effect(void **state)
{
	struct books *books = *state;
	struct error error = {0};
	send_invoice(
	    books, "F2026-118", "F2026-118.pdf", "application/pdf", "compta@hotel-beaurivage.example");
	send_invoice(books, "F2026-119", "F2026-119.xml", "application/xml", "compta@port-blanc.example");
	send_invoice(books, "F2026-120", "F2026-120.pdf", "application/pdf", "contact@atelier-nord.example");
	assert_string_equal(answer(books, "1-acknowledgement.eml", true), "answer");
	assert_string_equal(answer(books, "2-promise.eml", true), "answer");
	assert_string_equal(answer(books, "3-dispute.eml", true), "answer");
	struct receivable promised = find(books, "F2026-119");
	GPtrArray *promises = promise_list(books->store, promised.id, "running", &error);
	assert_int_equal(promises->len, 1);
	assert_int_equal(((struct promise *)promises->pdata[0])->promised_on, date_from_parts(2026, 3, 31));
	rows_free(&promise_table, promises);
	row_clear(&receivable_table, &promised);
	assert_int_equal(count(books, "SELECT count(*) FROM dispute WHERE state = 'open'"), 1);
	assert_int_equal(
	    count(books, "SELECT count(*) FROM hold WHERE kind = 'ack' AND state = 'running'"), 1);
	assert_int_equal(count(books, "SELECT count(*) FROM message WHERE state = 'review'"), 0);
}

static void an_unverified_promise_only_holds(void **state)
{
	struct books *books = *state;
	send_invoice(books, "F2026-119", "F2026-119.xml", "application/xml", "compta@port-blanc.example");
	assert_string_equal(answer(books, "2-promise.eml", false), "answer");
	assert_int_equal(count(books, "SELECT count(*) FROM promise"), 0);
	assert_int_equal(
	    count(books, "SELECT count(*) FROM hold WHERE kind = 'review' AND until IS NOT NULL"), 1);
	assert_int_equal(count(books, "SELECT count(*) FROM message WHERE state = 'review'"), 1);
}

/* An answer of FROM in the thread of NUMBER, on the ledger's day; AUTHENTICATED by our own server. */
static const char *written(
    struct books *books, const char *from, const char *number, const char *text, bool authenticated)
{
	static int serial;
	g_autofree char *mail =
	    g_strdup_printf("%s%s%sFrom: %s\r\nTo: facturation@legoff.example\r\n"
			    "Subject: Re: Facture %s\r\nMessage-ID: <w%d@w.example>\r\n"
			    "In-Reply-To: <%s@legoff.example>\r\nContent-Type: text/plain; "
			    "charset=utf-8\r\n\r\n%s\r\n",
		authenticated ? "Authentication-Results: mx.legoff.example; dmarc=pass header.from=" : "",
		authenticated ? strchr(from, '@') + 1 : "", authenticated ? "\r\n" : "", from, number,
		++serial, number, text);
	g_autoptr(GBytes) bytes = g_bytes_new(mail, strlen(mail));
	return take(books, bytes, false, from, "facturation@legoff.example");
}

static void who_is_not_verified_cannot_hold_for_ever(void **state)
{
	struct books *books = *state;
	struct error error = {0};
	send_invoice(books, "F2026-119", "F2026-119.xml", "application/xml", "compta@port-blanc.example");
	struct receivable invoice = find(books, "F2026-119");
	date_t start = books->ledger.today, latest = start;
	for (int day = 0; day < 80; day += 3) {
		books->ledger.today = start + day;
		books->ledger.now = BOOKS_NOW + (int64_t)day * 86400;
		assert_string_equal(written(books, "compta@port-blanc.example", "F2026-119",
					"Nous réglerons votre facture le 31 décembre.", false),
		    "answer");
		GPtrArray *holds = hold_list(books->store, invoice.customer, invoice.id, &error);
		for (guint i = 0; i < holds->len; i++)
			latest = MAX(latest, ((const struct hold *)holds->pdata[i])->until);
		rows_free(&hold_table, holds);
	}
	assert_int_equal(latest, start + 30);
	assert_int_equal(
	    count(books, "SELECT count(*) FROM task WHERE kind = 'review' AND state = 'open'"), 1);
	row_clear(&receivable_table, &invoice);
}

static void announced_accounts_are_asked_about(void **state)
{
	struct books *books = *state;
	send_invoice(books, "F2026-119", "F2026-119.xml", "application/xml", "compta@port-blanc.example");
	int64_t holds = count(books, "SELECT count(*) FROM hold");
	assert_string_equal(
	    written(books, "compta@port-b1anc.example", "F2026-119",
		"Bonjour,\r\n\r\nNotre RIB a changé, merci d'utiliser désormais DE89 3704 0044 0532 "
		"0130 00. Nous paierons le 31 mars.",
		false),
	    "answer");
	assert_int_equal(count(books, "SELECT count(*) FROM task WHERE kind = 'bank_change' AND detail LIKE "
				      "'%looks like port-blanc.example%'"),
	    1);
	assert_int_equal(count(books, "SELECT count(*) FROM hold"), holds);
	assert_int_equal(count(books, "SELECT count(*) FROM promise"), 0);
	static const char ours[] =
	    "From: facturation@legoff.example\r\nTo: compta@port-blanc.example\r\n"
	    "Subject: Re: Facture F2026-119\r\nMessage-ID: <ours@legoff.example>\r\n"
	    "In-Reply-To: <F2026-119@legoff.example>\r\n\r\nBonjour, nous avons changé "
	    "de banque : DE89370400440532013000.\r\n";
	g_autoptr(GBytes) bytes = g_bytes_new_static(ours, sizeof ours - 1);
	assert_string_equal(
	    take(books, bytes, true, "facturation@legoff.example", "compta@port-blanc.example"), "contact");
	assert_int_equal(count(books, "SELECT count(*) FROM task WHERE kind = 'bank_change' AND title LIKE "
				      "'%a mail of ours%'"),
	    1);
	/* a bank that really changes is announced in every mail, and asked about once */
	g_autofree char *second = g_strdup(ours);
	char *id = strstr(second, "<ours@");
	assert_non_null(id);
	memcpy(id, "<next@", 6);
	g_autoptr(GBytes) more = g_bytes_new(second, strlen(second));
	assert_string_equal(
	    take(books, more, true, "facturation@legoff.example", "compta@port-blanc.example"), "contact");
	assert_int_equal(count(books, "SELECT count(*) FROM task WHERE kind = 'bank_change' AND title LIKE "
				      "'%a mail of ours%'"),
	    1);
	assert_int_equal(
	    count(books, "SELECT count(*) FROM receivable WHERE iban = 'DE89370400440532013000'"), 0);
}

static void an_invoice_with_a_foreign_account_is_asked_about(void **state)
{
	struct books *books = *state;
	struct error error = {0};
	g_autofree char *text = g_strconcat(config_text, NULL);
	char *end = strstr(text, "  language");
	g_autofree char *more =
	    g_strdup_printf("%.*siban = {\"DE89 3704 0044 0532 0130 00\"}\n%s", (int)(end - text), text, end);
	config_clear(&books->config);
	assert_true(config_parse("test", more, &books->config, &error));
	send_invoice(books, "F2026-119", "F2026-119.xml", "application/xml", "compta@port-blanc.example");
	assert_int_equal(count(books, "SELECT count(*) FROM receivable WHERE iban IS NULL"), 1);
	assert_int_equal(count(books, "SELECT count(*) FROM task WHERE kind = 'iban'"), 1);
}

static void mail_of_no_concern_leaves_a_counter(void **state)
{
	struct books *books = *state;
	static const char mail[] =
	    "From: ami@ailleurs.example\r\nTo: facturation@legoff.example\r\nSubject: bonjour\r\n"
	    "Message-ID: <1@ailleurs.example>\r\nDate: Mon, 2 Mar 2026 10:00:00 +0100\r\n\r\nSalut !\r\n";
	g_autoptr(GBytes) bytes = g_bytes_new_static(mail, sizeof mail - 1);
	assert_string_equal(
	    take(books, bytes, false, "ami@ailleurs.example", "facturation@legoff.example"), "unrelated");
	assert_int_equal(count(books, "SELECT count(*) FROM journal"), 0);
	assert_int_equal(count(books, "SELECT count(*) FROM blob"), 0);
	assert_int_equal(count(books, "SELECT value FROM meta WHERE name = 'counter.unrelated'"), 1);
}

static void a_bounce_marks_the_address_and_the_invoice(void **state)
{
	struct books *books = *state;
	struct error error = {0};
	static const char mail[] =
	    "From: MAILER-DAEMON@legoff.example\r\nTo: facturation@legoff.example\r\nSubject: Undelivered\r\n"
	    "Message-ID: <bounce@legoff.example>\r\nDate: Fri, 30 Jan 2026 10:01:00 +0100\r\nMIME-Version: "
	    "1.0\r\n"
	    "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n--b\r\n"
	    "Content-Type: text/plain\r\n\r\nNo.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
	    "Reporting-MTA: dns; legoff.example\r\n\r\nFinal-Recipient: rfc822; "
	    "compta@hotel-beaurivage.example\r\n"
	    "Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 unknown user\r\n\r\n--b\r\n"
	    "Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <F2026-118@legoff.example>\r\nSubject: "
	    "Facture\r\n\r\n"
	    "--b--\r\n";
	send_invoice(
	    books, "F2026-118", "F2026-118.pdf", "application/pdf", "compta@hotel-beaurivage.example");
	g_autoptr(GBytes) bytes = g_bytes_new_static(mail, sizeof mail - 1);
	assert_string_equal(take(books, bytes, false, "", "facturation@legoff.example"), "delivery");
	struct receivable receivable = find(books, "F2026-118");
	assert_string_equal(receivable.delivery, "failed");
	row_clear(&receivable_table, &receivable);
	assert_int_equal(count(books, "SELECT count(*) FROM contact WHERE state = 'bounced'"), 1);
	assert_int_equal(
	    count(books, "SELECT count(*) FROM task WHERE kind = 'address' AND state = 'open'"), 1);
	(void)error;
}

static void the_books_are_what_the_journal_says(struct books *books)
{
	struct error error = {0};
	books_commit(books);
	char scratch[128];
	snprintf(scratch, sizeof scratch, "%s/scratch.db", books->folder);
	GPtrArray *differences;
	int64_t events;
	if (!rebuild_compare(books->store, scratch, &differences, &events, &error))
		fail_msg("%s", error.text);
	for (guint i = 0; i < differences->len; i++)
		print_error("%s\n", (char *)differences->pdata[i]);
	assert_int_equal(differences->len, 0);
	g_ptr_array_unref(differences);
	unlink(scratch);
	if (!books_check(books->store, &differences, &error))
		fail_msg("%s", error.text);
	for (guint i = 0; i < differences->len; i++)
		print_error("%s\n", (char *)differences->pdata[i]);
	assert_int_equal(differences->len, 0);
	g_ptr_array_unref(differences);
}

static void the_whole_can_be_derived_anew(void **state)
{
	answers_have_their_effect(state);
	the_books_are_what_the_journal_says(*state);
}

/* A mail with an invoice made of the demonstration's UBL one. HEADER: the fields for recipients, with line
 * ends. */
static GBytes *ubl_mail(const char *id, const char *header, const char *number, const char *due)
{
	g_autoptr(GBytes) document = load("contrib/demo/invoices/F2026-119.xml");
	gsize length;
	const char *content = g_bytes_get_data(document, &length);
	GString *xml = g_string_new_len(content, (gssize)length);
	g_string_replace(xml, "F2026-119", number, 0);
	g_string_replace(xml, "2026-03-05", due, 0);
	g_autofree char *encoded = g_base64_encode((const guchar *)xml->str, xml->len);
	g_string_free(xml, TRUE);
	GString *mail = g_string_new(NULL);
	g_string_printf(mail,
	    "From: Anne Le Goff <facturation@legoff.example>\r\n%sSubject: Facture %s\r\n"
	    "Date: Fri, 30 Jan 2026 10:00:00 +0100\r\nMessage-ID: <%s>\r\nMIME-Version: 1.0\r\n"
	    "Content-Type: application/xml; name=\"invoice.xml\"\r\n"
	    "Content-Disposition: attachment; filename=\"invoice.xml\"\r\n"
	    "Content-Transfer-Encoding: base64\r\n\r\n",
	    header, number, id);
	for (gsize at = 0; at < strlen(encoded); at += 76)
		g_string_append_printf(mail, "%.76s\r\n", encoded + at);
	length = mail->len;
	return g_bytes_new_take(g_string_free(mail, FALSE), length);
}

static GBytes *replaced(GBytes *mail, const char *from, const char *to)
{
	gsize length;
	const char *content = g_bytes_get_data(mail, &length);
	const char *body = strstr(content, "\r\n\r\n") + 4;
	g_autofree char *joined = g_strndup(body, length - (gsize)(body - content));
	gsize size;
	g_autofree guchar *xml = g_base64_decode(joined, &size);
	GString *text = g_string_new_len((char *)xml, (gssize)size);
	g_string_replace(text, from, to, 0);
	g_autofree char *encoded = g_base64_encode((guchar *)text->str, text->len);
	g_string_free(text, TRUE);
	GString *whole = g_string_new_len(content, body - content);
	for (gsize at = 0; at < strlen(encoded); at += 76)
		g_string_append_printf(whole, "%.76s\r\n", encoded + at);
	length = whole->len;
	return g_bytes_new_take(g_string_free(whole, FALSE), length);
}

static const char *send_ubl(struct books *books, const char *id, const char *header, const char *number,
    const char *due, const char *recipients)
{
	g_autoptr(GBytes) mail = ubl_mail(id, header, number, due);
	return take(books, mail, true, "facturation@legoff.example", recipients);
}

#define TO_PORT "To: Mairie <compta@port-blanc.example>\r\n"

static const char *receive(struct books *books, const char *mail)
{
	g_autoptr(GBytes) bytes = g_bytes_new(mail, strlen(mail));
	return take(books, bytes, false, "", "facturation@legoff.example");
}

/* An answer of compta@port-blanc.example in the thread of <a@legoff.example>. */
static const char *answer_port(struct books *books, const char *id, bool authenticated, const char *text)
{
	g_autofree char *mail = g_strdup_printf(
	    "%sFrom: Mairie <compta@port-blanc.example>\r\nTo: facturation@legoff.example\r\n"
	    "Subject: Re: Facture\r\nDate: Mon, 9 Feb 2026 10:00:00 +0100\r\nMessage-ID: <%s>\r\n"
	    "In-Reply-To: <a@legoff.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n%s\r\n",
	    authenticated
		? "Authentication-Results: mx.legoff.example; dmarc=pass header.from=port-blanc.example\r\n"
		: "",
	    id, text);
	return receive(books, mail);
}

/* A report that RECIPIENT did not get <a@legoff.example>: STATUS and the words of the server. */
static const char *refuse(struct books *books, const char *id, const char *recipient, const char *status)
{
	g_autofree char *mail = g_strdup_printf(
	    "From: MAILER-DAEMON@legoff.example\r\nTo: facturation@legoff.example\r\nSubject: Undelivered\r\n"
	    "Message-ID: <%s>\r\nDate: Fri, 30 Jan 2026 10:01:00 +0100\r\nMIME-Version: 1.0\r\n"
	    "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n--b\r\n"
	    "Content-Type: text/plain\r\n\r\nNo.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
	    "Reporting-MTA: dns; legoff.example\r\n\r\nFinal-Recipient: rfc822; %s\r\nAction: failed\r\n"
	    "Status: %s\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
	    "Message-ID: <a@legoff.example>\r\nSubject: Facture\r\n\r\n--b--\r\n",
	    id, recipient, status);
	return receive(books, mail);
}

static const char *bounce(struct books *books, const char *id, const char *recipient)
{
	return refuse(books, id, recipient, "5.1.1");
}

static void a_mail_that_is_refused_leaves_its_address_good(void **state)
{
	struct books *books = *state;
	static const struct {
		const char *status, *title;
	} rows[] = {
	    {"5.7.1\r\nDiagnostic-Code: smtp; 554 5.7.1 Message rejected: spam",
		"Not delivered, refused as spam: F2026-1"},
	    {"5.3.4\r\nDiagnostic-Code: smtp; 552 5.3.4 Message too big",
		"Not delivered, the mail is too big: F2026-1"},
	    {"5.2.3", "Not delivered, the mail is too big: F2026-1"},
	};
	send_ubl(books, "a@legoff.example", TO_PORT, "F2026-1", "2026-03-05", "compta@port-blanc.example");
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		g_autofree char *id = g_strdup_printf("%zu@x.example", i);
		g_autofree char *sql =
		    g_strdup_printf("SELECT count(*) FROM task WHERE title = '%s'", rows[i].title);
		int64_t before = count(books, sql);
		assert_string_equal(
		    refuse(books, id, "compta@port-blanc.example", rows[i].status), "delivery");
		assert_int_equal(count(books, sql), before + 1);
	}
	assert_int_equal(count(books, "SELECT count(*) FROM contact WHERE state = 'bounced'"), 0);
	assert_int_equal(count(books, "SELECT count(*) FROM receivable WHERE delivery = 'failed'"), 1);
}

static void a_reused_message_id_hides_no_mail(void **state)
{
	struct books *books = *state;
	assert_string_equal(send_ubl(books, "a@legoff.example", TO_PORT, "F2026-1", "2026-03-05",
				"compta@port-blanc.example"),
	    "invoice-opened");
	assert_string_equal(send_ubl(books, "a@legoff.example", TO_PORT, "F2026-2", "2026-03-05",
				"compta@port-blanc.example"),
	    "invoice-opened");
	assert_string_equal(answer_port(books, "1@port-blanc.example", true, "Bien reçu, merci."), "answer");
	assert_string_equal(
	    answer_port(books, "1@port-blanc.example", true, "Nous contestons cette facture."), "answer");
	assert_string_equal(
	    answer_port(books, "1@port-blanc.example", true, "Nous contestons cette facture."), "known");
}

static void only_whom_the_mail_went_to_can_be_reported_dead(void **state)
{
	struct books *books = *state;
	struct error error = {0};
	send_ubl(books, "a@legoff.example", TO_PORT, "F2026-1", "2026-03-05",
	    "compta@port-blanc.example maire@port-blanc.example");
	struct receivable receivable = find(books, "F2026-1");
	assert_true(act_learn_contact(
	    &books->ledger, receivable.customer, "chef@port-blanc.example", NULL, "imported", &error));
	row_clear(&receivable_table, &receivable);
	bounce(books, "1@x.example", "chef@port-blanc.example");
	assert_int_equal(count(books, "SELECT count(*) FROM contact WHERE state = 'bounced'"), 0);
	assert_int_equal(count(books, "SELECT count(*) FROM task"), 0);
	/* one of two, reported twice, is not all */
	bounce(books, "2@x.example", "maire@port-blanc.example");
	bounce(books, "3@x.example", "Maire@Port-Blanc.example");
	assert_int_equal(count(books, "SELECT count(*) FROM contact WHERE state = 'bounced'"), 1);
	assert_int_equal(count(books, "SELECT count(*) FROM receivable WHERE delivery = 'failed'"), 0);
}

static void a_bounce_behind_a_forwarding_is_one_of_our_address(void **state)
{
	struct books *books = *state;
	send_ubl(books, "a@legoff.example", TO_PORT, "F2026-1", "2026-03-05", "compta@port-blanc.example");
	bounce(books, "1@x.example",
	    "marie@isp.example\r\nOriginal-Recipient: rfc822; autre@port-blanc.example");
	assert_int_equal(count(books, "SELECT count(*) FROM contact WHERE state = 'bounced'"), 0);
	bounce(books, "2@x.example",
	    "marie@isp.example\r\nOriginal-Recipient: rfc822; compta@port-blanc.example");
	assert_int_equal(count(books, "SELECT count(*) FROM contact WHERE state = 'bounced' AND "
				      "address = 'compta@port-blanc.example'"),
	    1);
	assert_int_equal(count(books, "SELECT count(*) FROM receivable WHERE delivery = 'failed'"), 1);
}

static void a_bounce_that_names_no_mail_is_shown_to_a_person(void **state)
{
	struct books *books = *state;
	static const char mail[] =
	    "From: MAILER-DAEMON@x.example\r\nTo: facturation@legoff.example\r\nSubject: Undelivered\r\n"
	    "Message-ID: <d@x.example>\r\nDate: Fri, 30 Jan 2026 10:01:00 +0100\r\nMIME-Version: 1.0\r\n"
	    "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n--b\r\n"
	    "Content-Type: text/plain\r\n\r\nNo.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
	    "Reporting-MTA: dns; x.example\r\n\r\nFinal-Recipient: rfc822; compta@port-blanc.example\r\n"
	    "Action: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n";
	send_ubl(books, "a@legoff.example", TO_PORT, "F2026-1", "2026-03-05", "compta@port-blanc.example");
	assert_string_equal(receive(books, mail), "delivery");
	assert_int_equal(count(books, "SELECT count(*) FROM message WHERE state = 'review'"), 1);
	assert_int_equal(count(books, "SELECT count(*) FROM contact WHERE state = 'bounced'"), 0);
}

static void an_address_that_answers_works_again(void **state)
{
	struct books *books = *state;
	send_ubl(books, "a@legoff.example", TO_PORT, "F2026-1", "2026-03-05", "compta@port-blanc.example");
	bounce(books, "1@x.example", "compta@port-blanc.example");
	assert_int_equal(count(books, "SELECT count(*) FROM contact WHERE state = 'bounced'"), 1);
	assert_string_equal(answer_port(books, "1@port-blanc.example", false, "Bien reçu, merci."), "answer");
	assert_int_equal(count(books, "SELECT count(*) FROM contact WHERE state = 'bounced'"), 1);
	assert_string_equal(answer_port(books, "2@port-blanc.example", true, "Bien reçu, merci."), "answer");
	assert_int_equal(count(books, "SELECT count(*) FROM contact WHERE state = 'bounced'"), 0);
}

static void an_invoice_that_is_sent_anew_is_no_longer_undelivered(void **state)
{
	struct books *books = *state;
	send_ubl(books, "a@legoff.example", TO_PORT, "F2026-1", "2026-03-05", "compta@port-blanc.example");
	bounce(books, "1@x.example", "compta@port-blanc.example");
	assert_int_equal(count(books, "SELECT count(*) FROM receivable WHERE delivery = 'failed'"), 1);
	assert_string_equal(send_ubl(books, "b@legoff.example", "To: maire@port-blanc.example\r\n", "F2026-1",
				"2026-03-05", "maire@port-blanc.example"),
	    "invoice-sent-again");
	assert_int_equal(count(books, "SELECT count(*) FROM receivable WHERE delivery = 'failed'"), 0);
	the_books_are_what_the_journal_says(books);
}

static void a_blind_copy_makes_no_customer(void **state)
{
	struct books *books = *state;
	send_ubl(books, "a@legoff.example", TO_PORT "Cc: <maire@port-blanc.example>\r\n", "F2026-1",
	    "2026-03-05",
	    "archive@compta-externe.example compta@port-blanc.example maire@port-blanc.example");
	assert_int_equal(
	    count(books, "SELECT count(*) FROM customer WHERE domain = 'port-blanc.example'"), 1);
	assert_int_equal(count(books, "SELECT count(*) FROM customer"), 1);
	assert_int_equal(
	    count(books, "SELECT count(*) FROM contact WHERE address = 'archive@compta-externe.example'"), 0);
	assert_int_equal(count(books, "SELECT count(*) FROM contact WHERE role = 'invoice'"), 1);
	assert_int_equal(count(books, "SELECT count(*) FROM contact WHERE role = 'copied'"), 1);
}

static void a_date_centuries_away_is_not_believed(void **state)
{
	struct books *books = *state;
	assert_string_equal(send_ubl(books, "a@legoff.example", TO_PORT, "F2026-1", "2199-12-31",
				"compta@port-blanc.example"),
	    "unreadable");
	assert_int_equal(count(books, "SELECT count(*) FROM receivable"), 0);
	assert_int_equal(
	    count(books, "SELECT count(*) FROM task WHERE kind = 'unreadable' AND title LIKE "
			 "'%.xml cannot be read as an invoice: its dates are not of these years'"),
	    1);
}

static void what_we_bought_is_no_receivable(void **state)
{
	struct books *books = *state;
	struct company_config *company = &books->config.companies[0];
	static const struct {
		const char *vat_id, *legal_id;
		bool ours;
	} rows[] = {
	    {"FR 30 212202444", "", false},
	    {"", "212 202 444", false},
	    {"", "212 202 444 00017", false},
	    {"", "552 100 554", false},
	    {"", "RCS Saint-Brieuc B 812 345 676", true},
	    {"", "812 345 676 00011", true},
	    {"FR19812345676", "", true},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		g_autofree char *number = g_strdup_printf("F2026-%zu", i);
		g_autofree char *id = g_strdup_printf("%zu@legoff.example", i);
		g_free(company->vat_id);
		g_free(company->legal_id);
		company->vat_id = g_strdup(rows[i].vat_id);
		company->legal_id = g_strdup(rows[i].legal_id);
		const char *what =
		    send_ubl(books, id, TO_PORT, number, "2026-03-05", "compta@port-blanc.example");
		if (!strcmp(what, "invoice-opened") != rows[i].ours)
			fail_msg("row %zu: %s", i, what);
	}
}

static void what_a_corrected_invoice_names_waits_for_a_person(void **state)
{
	struct books *books = *state;
	send_ubl(books, "a@legoff.example", TO_PORT, "F2026-1", "2026-03-05", "compta@port-blanc.example");
	g_autoptr(GBytes) plain = ubl_mail("b@legoff.example", TO_PORT, "F2026-2", "2026-03-05");
	g_autoptr(GBytes) typed = replaced(plain, "<cbc:InvoiceTypeCode>380<", "<cbc:InvoiceTypeCode>384<");
	g_autoptr(GBytes) mail = replaced(typed, "<cac:AccountingSupplierParty>",
	    "<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>F2026-1</cbc:ID>"
	    "</cac:InvoiceDocumentReference></cac:BillingReference><cac:AccountingSupplierParty>");
	assert_string_equal(
	    take(books, mail, true, "facturation@legoff.example", "compta@port-blanc.example"),
	    "invoice-opened");
	struct receivable earlier = find(books, "F2026-1");
	g_autofree char *sql =
	    g_strdup_printf("SELECT count(*) FROM task WHERE kind = 'duplicate' AND receivable = %lld",
		(long long)earlier.id);
	assert_int_equal(count(books, sql), 1);
	row_clear(&receivable_table, &earlier);
}

static void a_correction_that_takes_back_is_a_credit_note(void **state)
{
	struct books *books = *state;
	send_ubl(books, "a@legoff.example", TO_PORT, "F2026-1", "2026-03-05", "compta@port-blanc.example");
	g_autoptr(GBytes) plain = ubl_mail("b@legoff.example", TO_PORT, "F2026-2", "2026-03-05");
	g_autoptr(GBytes) typed = replaced(plain, "<cbc:InvoiceTypeCode>380<", "<cbc:InvoiceTypeCode>384<");
	g_autoptr(GBytes) negative = replaced(typed, ">2640.00<", ">-2640.00<");
	g_autoptr(GBytes) mail = replaced(negative, "<cac:AccountingSupplierParty>",
	    "<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>F2026-1</cbc:ID>"
	    "</cac:InvoiceDocumentReference></cac:BillingReference><cac:AccountingSupplierParty>");
	assert_string_equal(
	    take(books, mail, true, "facturation@legoff.example", "compta@port-blanc.example"),
	    "invoice-opened");
	assert_int_equal(count(books, "SELECT open FROM receivable WHERE number = 'F2026-1'"), 0);
	assert_int_equal(count(books, "SELECT open FROM receivable WHERE number = 'F2026-2'"), 0);
	assert_int_equal(
	    count(books, "SELECT count(*) FROM receivable WHERE number = 'F2026-2' AND kind = 'credit_note'"),
	    1);
	assert_int_equal(count(books, "SELECT count(*) FROM task WHERE kind = 'duplicate'"), 0);
}

/* The number of the credit note stands in the mail's subject; MORE is put before the seller in the XML. */
static const char *send_credit_note(
    struct books *books, const char *id, const char *number, const char *subject, const char *more)
{
	g_autofree char *header = g_strdup_printf("%sX-Subject: %s\r\n", TO_PORT, subject);
	g_autofree char *before = g_strdup_printf("%s<cac:AccountingSupplierParty>", more);
	g_autoptr(GBytes) plain = ubl_mail(id, header, number, "2026-03-05");
	g_autoptr(GBytes) typed = replaced(plain, "<cbc:InvoiceTypeCode>380<", "<cbc:InvoiceTypeCode>381<");
	g_autoptr(GBytes) mail = replaced(typed, "<cac:AccountingSupplierParty>", before);
	gsize length;
	const char *content = g_bytes_get_data(mail, &length);
	GString *text = g_string_new_len(content, (gssize)length);
	g_autofree char *was = g_strdup_printf("Subject: Facture %s\r\nDate", number);
	g_string_replace(text, was, "Date", 1);
	g_string_replace(text, "X-Subject:", "Subject:", 1);
	length = text->len;
	g_autoptr(GBytes) whole = g_bytes_new_take(g_string_free(text, FALSE), length);
	return take(books, whole, true, "facturation@legoff.example", "compta@port-blanc.example");
}

#define OPEN_OF(number) "SELECT open FROM receivable WHERE number = '" number "'"

static void a_credit_note_lowers_what_it_names(void **state)
{
	struct books *books = *state;
	send_ubl(books, "a@legoff.example", TO_PORT, "F2026-1", "2026-03-05", "compta@port-blanc.example");
	send_ubl(books, "b@legoff.example", TO_PORT, "F2026-2", "2026-03-05", "compta@port-blanc.example");
	send_credit_note(books, "c@legoff.example", "AV2026-1", "Avoir",
	    "<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>F2026-2</cbc:ID>"
	    "</cac:InvoiceDocumentReference></cac:BillingReference>");
	assert_int_equal(count(books, OPEN_OF("F2026-1")), 264000);
	assert_int_equal(count(books, OPEN_OF("F2026-2")), 0);
	assert_int_equal(count(books, OPEN_OF("AV2026-1")), 0);
	assert_int_equal(count(books, "SELECT count(*) FROM task"), 0);
	the_books_are_what_the_journal_says(books);
}

static void a_credit_note_lowers_what_its_mail_names(void **state)
{
	struct books *books = *state;
	send_ubl(books, "a@legoff.example", TO_PORT, "F2026-1", "2026-03-05", "compta@port-blanc.example");
	send_ubl(books, "b@legoff.example", TO_PORT, "F2026-2", "2026-03-05", "compta@port-blanc.example");
	send_credit_note(books, "c@legoff.example", "AV2026-1", "Votre avoir sur la facture F 2026-1", "");
	assert_int_equal(count(books, OPEN_OF("F2026-1")), 0);
	assert_int_equal(count(books, OPEN_OF("F2026-2")), 264000);
	assert_int_equal(count(books, OPEN_OF("AV2026-1")), 0);
}

static void which_of_two_that_its_mail_names_a_credit_note_lowers_is_asked(void **state)
{
	struct books *books = *state;
	send_ubl(books, "a@legoff.example", TO_PORT, "F2026-1", "2026-03-05", "compta@port-blanc.example");
	send_ubl(books, "b@legoff.example", TO_PORT, "F2026-2", "2026-03-05", "compta@port-blanc.example");
	send_credit_note(books, "c@legoff.example", "AV2026-1", "Avoir sur F2026-2, F2026-1 reste due", "");
	assert_int_equal(count(books, OPEN_OF("F2026-1")), 264000);
	assert_int_equal(count(books, OPEN_OF("F2026-2")), 264000);
	assert_int_equal(
	    count(books,
		"SELECT count(*) FROM task WHERE kind = 'credit_note' AND detail LIKE "
		"'%F2026-1 (the mail names it): relance credit F2026-1 2640.00 --ref AV2026-1%' AND detail "
		"LIKE '%F2026-2 (the mail names it)%'"),
	    1);
}

static void a_credit_note_that_names_nothing_is_proposed_to_a_person(void **state)
{
	struct books *books = *state;
	send_ubl(books, "a@legoff.example", TO_PORT, "F2026-1", "2026-03-05", "compta@port-blanc.example");
	send_credit_note(books, "c@legoff.example", "AV2026-1", "Avoir", "");
	assert_int_equal(count(books, OPEN_OF("F2026-1")), 264000);
	assert_int_equal(count(books, OPEN_OF("AV2026-1")), -264000);
	assert_int_equal(
	    count(books, "SELECT count(*) FROM task WHERE kind = 'credit_note' AND detail LIKE "
			 "'F2026-1 (the same amount): relance credit F2026-1 2640.00 --ref AV2026-1%'"),
	    1);
	struct receivable note = find(books, "AV2026-1"), invoice = find(books, "F2026-1");
	struct error error = {0};
	assert_true(
	    act_use_credit_note(&books->ledger, &note, &invoice, 100000, books->ledger.today, &error));
	assert_int_equal(count(books, "SELECT count(*) FROM task WHERE state = 'open'"), 1);
	row_clear(&receivable_table, &note);
	note = find(books, "AV2026-1");
	assert_int_equal(note.open, -164000);
	assert_true(
	    act_use_credit_note(&books->ledger, &note, &invoice, 164000, books->ledger.today, &error));
	assert_int_equal(count(books, "SELECT count(*) FROM task WHERE state = 'open'"), 0);
	assert_int_equal(count(books, OPEN_OF("F2026-1")), 0);
	row_clear(&receivable_table, &note);
	row_clear(&receivable_table, &invoice);
	the_books_are_what_the_journal_says(books);
}

static void a_credit_note_credits_no_other_customer(void **state)
{
	struct books *books = *state;
	g_autoptr(GBytes) plain =
	    ubl_mail("a@legoff.example", "To: <x@hotel-beaurivage.example>\r\n", "F2026-1", "2026-03-05");
	g_autoptr(GBytes) other = replaced(plain, "Port-Blanc", "Beaurivage");
	take(books, other, true, "facturation@legoff.example", "x@hotel-beaurivage.example");
	send_credit_note(books, "c@legoff.example", "AV2026-1", "Avoir sur F2026-1", "");
	assert_int_equal(count(books, "SELECT count(*) FROM customer"), 2);
	assert_int_equal(count(books, OPEN_OF("F2026-1")), 264000);
	assert_int_equal(count(books, "SELECT count(*) FROM task WHERE kind = 'credit_note'"), 1);
}

static void an_account_that_is_not_ours_is_shown_to_a_person(void **state)
{
	struct books *books = *state;
	struct company_config *company = &books->config.companies[0];
	char *items[] = {"FR76 3000 6000 0112 3456 7890 189"};
	struct text_list kept = company->iban;
	company->iban = (struct text_list){items, 1};
	send_ubl(books, "a@legoff.example", TO_PORT, "F2026-1", "2026-03-05", "compta@port-blanc.example");
	company->iban = kept;
	assert_int_equal(
	    count(books, "SELECT count(*) FROM task WHERE kind = 'iban' AND state = 'open' AND title "
			 "LIKE '%which is not an account of%'"),
	    1);
	assert_int_equal(
	    count(books, "SELECT count(*) FROM message WHERE reading LIKE '%iban_not_ours%'"), 1);
}

static void an_account_with_wrong_check_digits_is_told_as_such(void **state)
{
	struct books *books = *state;
	g_autoptr(GBytes) plain = ubl_mail("a@legoff.example", TO_PORT, "F2026-1", "2026-03-05");
	g_autoptr(GBytes) mail =
	    replaced(plain, "FR0930003012340001234567896", "FR1930003012340001234567896");
	take(books, mail, true, "facturation@legoff.example", "compta@port-blanc.example");
	assert_int_equal(count(books, "SELECT count(*) FROM task WHERE kind = 'iban' AND title LIKE "
				      "'%no IBAN: its length or check digits are wrong'"),
	    1);
}

static void a_number_with_another_content_is_a_warning_and_a_task(void **state)
{
	struct books *books = *state;
	send_ubl(books, "a@legoff.example", TO_PORT, "F2026-1", "2026-03-05", "compta@port-blanc.example");
	g_autoptr(GBytes) plain = ubl_mail("b@legoff.example", TO_PORT, "F2026-1", "2026-03-05");
	g_autoptr(GBytes) mail = replaced(plain, "2640.00", "2650.00");
	take(books, mail, true, "facturation@legoff.example", "compta@port-blanc.example");
	assert_int_equal(count(books, OPEN_OF("F2026-1")), 264000);
	assert_int_equal(count(books, "SELECT count(*) FROM task WHERE kind = 'duplicate'"), 1);
	assert_int_equal(
	    count(books, "SELECT count(*) FROM message WHERE reading LIKE '%duplicate_number%'"), 1);
}

static void an_invoice_sent_again_on_a_later_day_is_a_contact(void **state)
{
	struct books *books = *state;
	send_ubl(books, "a@legoff.example", TO_PORT, "F2026-1", "2026-03-05", "compta@port-blanc.example");
	send_ubl(books, "b@legoff.example", TO_PORT, "F2026-1", "2026-03-05", "maire@port-blanc.example");
	assert_int_equal(count(books, "SELECT count(*) FROM journal WHERE kind = 'contact.made'"), 0);
	books->ledger.now += 40 * 86400;
	books->ledger.today += 40;
	send_ubl(books, "c@legoff.example", TO_PORT, "F2026-1", "2026-03-05", "compta@port-blanc.example");
	assert_int_equal(count(books, "SELECT count(*) FROM journal WHERE kind = 'contact.made'"), 1);
	assert_int_equal(
	    count(books, "SELECT count(*) FROM receivable WHERE last_contact_on IS NOT NULL"), 1);
}

static void insolvency_stops_everything_and_a_task_has_the_deadline(void **state)
{
	struct books *books = *state;
	char day[DATE_TEXT_SIZE];
	send_ubl(books, "a@legoff.example", TO_PORT, "F2026-1", "2026-03-05", "compta@port-blanc.example");
	answer_port(books, "1@port-blanc.example", true,
	    "Notre société a été placée en redressement judiciaire par jugement du tribunal de commerce.");
	assert_int_equal(count(books, "SELECT count(*) FROM customer WHERE state = 'insolvent'"), 1);
	g_autofree char *sql = g_strdup_printf(
	    "SELECT count(*) FROM task WHERE kind = 'insolvency' AND detail LIKE '%%R622-24%%by %s'",
	    date_format(date_add_months(books->ledger.today, 2), day));
	assert_int_equal(count(books, sql), 1);
}

static void a_newsletter_of_a_customer_holds_nothing(void **state)
{
	struct books *books = *state;
	send_ubl(books, "a@legoff.example", TO_PORT, "F2026-1", "2026-03-05", "compta@port-blanc.example");
	static const char mail[] =
	    "From: compta@port-blanc.example\r\nTo: facturation@legoff.example\r\nSubject: Nos offres\r\n"
	    "List-Id: <offres.port-blanc.example>\r\nList-Unsubscribe: <mailto:x@port-blanc.example>\r\n"
	    "Precedence: bulk\r\nMessage-ID: <n@port-blanc.example>\r\n"
	    "Date: Mon, 9 Feb 2026 10:00:00 +0100\r\n\r\nDes prix !\r\n";
	assert_string_equal(receive(books, mail), "unrelated");
	assert_int_equal(count(books, "SELECT count(*) FROM hold"), 0);
}

/* Ticket systems, group addresses and sending services put such headers on people's answers. */
static void an_answer_is_heard_whatever_list_it_went_through(void **state)
{
	struct books *books = *state;
	send_ubl(books, "a@legoff.example", TO_PORT, "F2026-1", "2026-03-05", "compta@port-blanc.example");
	static const char mail[] =
	    "Authentication-Results: mx.legoff.example; dmarc=pass header.from=port-blanc.example\r\n"
	    "From: Mairie <compta@port-blanc.example>\r\nTo: facturation@legoff.example\r\n"
	    "Subject: Re: Facture\r\nDate: Mon, 9 Feb 2026 10:00:00 +0100\r\n"
	    "Message-ID: <1@port-blanc.example>\r\nIn-Reply-To: <a@legoff.example>\r\n"
	    "List-Id: <compta.port-blanc.example>\r\nList-Unsubscribe: <mailto:x@port-blanc.example>\r\n"
	    "Precedence: bulk\r\nFeedback-ID: 1.eu-west-1.x:AmazonSES\r\n"
	    "Content-Type: text/plain; charset=utf-8\r\n\r\n"
	    "Nous contestons cette facture : deux lignes ne correspondent pas à notre commande.\r\n";
	assert_string_equal(receive(books, mail), "answer");
	assert_int_equal(count(books, "SELECT count(*) FROM message WHERE kind = 'list'"), 1);
	assert_int_equal(count(books, "SELECT count(*) FROM dispute"), 1);
}

int main(void)
{
	message_setup();
	load_lexicon();
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(an_invoice_opens_a_receivable_as_it_was_sent, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(the_same_message_again_changes_nothing, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(answers_have_their_effect, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(an_unverified_promise_only_holds, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(announced_accounts_are_asked_about, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		an_invoice_with_a_foreign_account_is_asked_about, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(who_is_not_verified_cannot_hold_for_ever, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(mail_of_no_concern_leaves_a_counter, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(a_bounce_marks_the_address_and_the_invoice, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(the_whole_can_be_derived_anew, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(a_reused_message_id_hides_no_mail, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		only_whom_the_mail_went_to_can_be_reported_dead, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		a_bounce_behind_a_forwarding_is_one_of_our_address, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		a_bounce_that_names_no_mail_is_shown_to_a_person, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(an_address_that_answers_works_again, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		an_invoice_that_is_sent_anew_is_no_longer_undelivered, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(a_blind_copy_makes_no_customer, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(a_date_centuries_away_is_not_believed, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(what_we_bought_is_no_receivable, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		what_a_corrected_invoice_names_waits_for_a_person, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(a_correction_that_takes_back_is_a_credit_note, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(a_credit_note_lowers_what_it_names, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(a_credit_note_lowers_what_its_mail_names, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		which_of_two_that_its_mail_names_a_credit_note_lowers_is_asked, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		a_credit_note_that_names_nothing_is_proposed_to_a_person, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(a_credit_note_credits_no_other_customer, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		an_account_that_is_not_ours_is_shown_to_a_person, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		an_account_with_wrong_check_digits_is_told_as_such, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		a_number_with_another_content_is_a_warning_and_a_task, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		an_invoice_sent_again_on_a_later_day_is_a_contact, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(a_newsletter_of_a_customer_holds_nothing, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		an_answer_is_heard_whatever_list_it_went_through, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		a_mail_that_is_refused_leaves_its_address_good, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		insolvency_stops_everything_and_a_task_has_the_deadline, set_up, tear_down),
	};
	int failures = cmocka_run_group_tests(tests, NULL, NULL);
	lexicon_free(lexicon);
	return failures;
}
