#include "unit.h"
#include "reading/reading.h"

/* ---- help ---- */

static struct lexicon *lexicon;

static char *sample_path(const char *name)
{
	const char *top = getenv("top_srcdir");
	return g_build_filename(top ? top : ".", name, NULL);
}

static struct reading *read_sample(const char *name)
{
	char *path = sample_path(name), *bytes;
	gsize length;
	if (!g_file_get_contents(path, &bytes, &length, NULL))
		fail_msg("%s is missing", path);
	struct reading *reading = reading_of_bytes(bytes, length, path, lexicon);
	g_free(bytes);
	g_free(path);
	return reading;
}

static struct reading *read_text(const char *text, const char *name)
{
	return reading_of_bytes(text, strlen(text), name, lexicon);
}

static const struct reading_document *document(const struct reading *reading, guint index)
{
	assert_true(index < reading->documents->len);
	return reading->documents->pdata[index];
}

/* ---- the shape: every key of the interface, whatever was read ---- */

/* Keys of an object in their order; those inside it are given as "key{": the object of that key, "key[": of
 * the elements of that list; null and empty lists have nothing inside. */
static const char *const top_keys[] = {
    "schema", "file", "message{", "reply{", "delivery{", "documents[", NULL};
static const char *const message_keys[] = {"id", "date", "subject", "from{", "to[", "cc[", "reply_to[",
    "in_reply_to", "references", "kind", "kind_rule", NULL};
static const char *const address_keys[] = {"name", "address", NULL};
static const char *const reply_keys[] = {
    "language", "new_text", "signature", "primary", "confidence", "intents[", NULL};
static const char *const intent_keys[] = {"intent", "confidence", "date", "amount", "currency", "reason",
    "what", "never_received", "contact", "until", "proposal[", "lines[", "mentions", "span", "rule", NULL};
static const char *const proposal_keys[] = {"date", "amount", NULL};
static const char *const line_keys[] = {"invoice", "amount", NULL};
static const char *const delivery_keys[] = {"recipients[", "original_message_id", "envelope_id", NULL};
static const char *const recipient_keys[] = {
    "address", "original", "action", "status", "permanent", "reason", "remote_mta", "diagnostic", NULL};
static const char *const document_keys[] = {"name", "media_type", "invoice{", NULL};
static const char *const invoice_keys[] = {"source", "syntax", "profile", "kind", "number", "issue_date",
    "due_date", "currency", "total", "paid", "payable", "tax", "seller{", "buyer{", "order_number",
    "contract_number", "preceding", "payment_reference", "iban", "bic", "due_lines[", "confidence", "missing",
    NULL};
static const char *const seller_keys[] = {"name", "legal_id", "vat_id", "email", NULL};
static const char *const buyer_keys[] = {"name", "legal_id", "vat_id", "email", "reference", NULL};
static const char *const due_line_keys[] = {"date", "amount", NULL};

static const struct {
	const char *name;
	const char *const *keys;
} shapes[] = {
    {"message", message_keys},
    {"from", address_keys},
    {"to", address_keys},
    {"cc", address_keys},
    {"reply_to", address_keys},
    {"reply", reply_keys},
    {"intents", intent_keys},
    {"proposal", proposal_keys},
    {"lines", line_keys},
    {"delivery", delivery_keys},
    {"recipients", recipient_keys},
    {"documents", document_keys},
    {"invoice", invoice_keys},
    {"seller", seller_keys},
    {"buyer", buyer_keys},
    {"due_lines", due_line_keys},
};

static const char *const *keys_of(const char *name)
{
	for (size_t i = 0; i < ARRAY_LENGTH(shapes); i++)
		if (!strcmp(shapes[i].name, name))
			return shapes[i].keys;
	fail_msg("no keys are known for %s", name);
	return NULL;
}

static void check_keys(const char *path, const json_t *json, const char *const *keys);

static void check_inside(const char *path, const char *name, char bracket, const json_t *value)
{
	if (bracket == '{' && !json_is_null(value))
		check_keys(path, value, keys_of(name));
	if (bracket != '[')
		return;
	assert_true(json_is_array(value));
	for (size_t i = 0; i < json_array_size(value); i++)
		check_keys(path, json_array_get(value, i), keys_of(name));
}

static void check_keys(const char *path, const json_t *json, const char *const *keys)
{
	for (; *keys; keys++) {
		char name[64];
		size_t length = strcspn(*keys, "{[");
		memcpy(name, *keys, length);
		name[length] = '\0';
		const json_t *value = json_object_get(json, name);
		if (!value)
			fail_msg("%s: %s is missing", path, name);
		char *inside = g_strdup_printf("%s.%s", path, name);
		check_inside(inside, name, (*keys)[length], value);
		g_free(inside);
	}
}

static void check_shape(struct reading *reading)
{
	json_t *json = reading_to_json(reading);
	check_keys(reading->file ? reading->file : "-", json, top_keys);
	struct reading *again;
	struct error error = {0};
	if (!reading_from_json(json, &again, &error))
		fail_msg("%s: %s", reading->file, error.text);
	json_t *second = reading_to_json(again);
	assert_true(json_equal(json, second));
	json_decref(json);
	json_decref(second);
	reading_free(again);
	reading_free(reading);
}

static void every_reading_has_every_documented_key(void **state)
{
	(void)state;
	static const char *const samples[] = {"tests/data/mail/reply-promise.eml",
	    "tests/data/mail/bounce.eml", "tests/data/mail/read-receipt.eml",
	    "tests/data/mail/invoice-pdf-xml.eml", "tests/data/mail/invoice-two.eml",
	    "tests/data/mail/invoice-body.eml", "contrib/demo/invoices/F2026-118.pdf",
	    "contrib/demo/invoices/F2026-119.xml", "contrib/demo/invoices/F2026-120.pdf"};
	for (size_t i = 0; i < ARRAY_LENGTH(samples); i++)
		check_shape(read_sample(samples[i]));
	static const char *const texts[][2] = {
	    {"Facture F2026-118\nTotal 10,00 EUR\n", "invoice.txt"},
	    {"<html><body><p>Facture</p></body></html>", "invoice.html"},
	    {"<Invoice", "broken.xml"},
	    {"\x01\x02\xff\xfe garbage", "garbage"},
	    {"\x01\x02\xff\xfe garbage", "garbage.eml"},
	    {"%PDF-1.7\nnothing", "broken.pdf"},
	    {"", "empty"},
	    {"", "empty.eml"},
	    {"\n\n\n", NULL},
	    {"Subject: x\n", NULL},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(texts); i++)
		check_shape(read_text(texts[i][0], texts[i][1]));
}

/* ---- what is in it ---- */

static void a_reply_has_its_thread_and_its_words(void **state)
{
	(void)state;
	struct reading *reading = read_sample("tests/data/mail/reply-promise.eml");
	assert_non_null(reading->message);
	assert_string_equal(reading->message->in_reply_to->pdata[0], "<f118@legoff.example>");
	assert_non_null(reading->reply);
	assert_non_null(strstr(reading->message->new_text, "Nous réglerons cette facture le 31 mars."));
	assert_null(strstr(reading->message->new_text, "est échue"));
	assert_non_null(strstr(reading->message->quoted_text, "est échue"));
	assert_int_equal(reading->documents->len, 0);
	reading_free(reading);
}

static struct lexicon *english(void)
{
	static const char *const names[] = {"common.lexicon", "en.lexicon"};
	struct lexicon *words = lexicon_new();
	struct error error = {0};
	for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
		char *place = g_build_filename("conf", "lexicon", names[i], NULL), *path = sample_path(place);
		char *text;
		gsize length;
		assert_true(g_file_get_contents(path, &text, &length, NULL));
		if (!lexicon_add(words, names[i], text, length, &error))
			fail_msg("%s", error.text);
		g_free(text);
		g_free(path);
		g_free(place);
	}
	if (!lexicon_finish(words, &error))
		fail_msg("%s", error.text);
	return words;
}

/* In California it is still Monday when it is Tuesday here. */
static void tomorrow_in_an_attached_mail_is_reckoned_where_it_was_written(void **state)
{
	(void)state;
	static const char mail[] =
	    "From: Jo <jo@x.example>\nTo: us@us.example\nDate: Mon, 16 Mar 2026 10:00:00 +0100\n"
	    "Subject: RE: Invoice 118\nIn-Reply-To: <1@us.example>\nMIME-Version: 1.0\n"
	    "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nSee attached.\n--b\n"
	    "Content-Type: message/rfc822\n\nFrom: jo@x.example\nTo: us@us.example\n"
	    "Date: Mon, 2 Feb 2026 23:30:00 -0800\n\nWe will pay the invoice tomorrow.\n--b--\n";
	struct lexicon *words = english();
	struct reading *reading = reading_of_bytes(mail, strlen(mail), "x.eml", words);
	assert_non_null(reading->reply);
	const struct intent *intent = reading->reply->intents->pdata[0];
	assert_int_equal(intent->kind, INTENT_PROMISE);
	assert_int_equal(intent->date, date_from_parts(2026, 2, 3));
	reading_free(reading);
	lexicon_free(words);
}

static void a_report_has_a_delivery_and_no_reply(void **state)
{
	(void)state;
	struct reading *reading = read_sample("tests/data/mail/bounce.eml");
	assert_int_equal(reading->message->kind, MESSAGE_DELIVERY_FAILURE);
	assert_null(reading->reply);
	const struct delivery_recipient *recipient = reading->message->delivery->recipients->pdata[0];
	assert_string_equal(recipient->address, "compta@beaurivage.example");
	assert_string_equal(recipient->status, "5.1.1");
	reading_free(reading);
	reading = read_sample("tests/data/mail/read-receipt.eml");
	assert_int_equal(reading->message->kind, MESSAGE_READ_RECEIPT);
	assert_null(reading->reply);
	reading_free(reading);
}

static void a_bare_document_has_neither_message_nor_reply(void **state)
{
	(void)state;
	struct reading *reading = read_sample("contrib/demo/invoices/F2026-119.xml");
	assert_null(reading->message);
	assert_null(reading->reply);
	assert_string_equal(document(reading, 0)->name, "F2026-119.xml");
	assert_string_equal(document(reading, 0)->media_type, "application/xml");
	assert_string_equal(document(reading, 0)->invoice->number, "F2026-119");
	assert_non_null(document(reading, 0)->bytes);
	reading_free(reading);
}

static void the_name_decides_where_the_first_line_could_be_a_header(void **state)
{
	(void)state;
	static const char text[] = "Subject: x\nFrom: a@b.example\n\nhello\n";
	struct reading *reading = read_text(text, "x.html");
	assert_null(reading->message);
	reading_free(reading);
	reading = read_text(text, "x");
	assert_non_null(reading->message);
	reading_free(reading);
	reading = read_text("no header at all", "dir/x.EML");
	assert_non_null(reading->message);
	reading_free(reading);
}

static void the_same_invoice_as_pdf_and_xml_is_one(void **state)
{
	(void)state;
	struct reading *reading = read_sample("tests/data/mail/invoice-pdf-xml.eml");
	assert_int_equal(reading->documents->len, 2); /* and the logo is none */
	assert_string_equal(document(reading, 0)->name, "F2026-118.pdf");
	assert_string_equal(document(reading, 0)->invoice->number, "F2026-118");
	assert_string_equal(document(reading, 1)->name, "factur-x.xml");
	assert_null(document(reading, 1)->invoice);
	assert_int_equal(document(reading, 1)->outcome, DOCUMENT_NO_INVOICE);
	assert_int_equal(document(reading, 1)->same_as, 0);
	reading_free(reading);
}

static void different_invoices_in_one_mail_stay_apart(void **state)
{
	(void)state;
	struct reading *reading = read_sample("tests/data/mail/invoice-two.eml");
	assert_int_equal(reading->documents->len, 2);
	assert_string_equal(document(reading, 0)->invoice->number, "F2026-119");
	assert_string_equal(document(reading, 1)->invoice->number, "F2026-118");
	assert_int_equal(document(reading, 1)->same_as, -1);
	reading_free(reading);
}

static void an_invoice_in_the_body_is_found_but_not_in_an_answer(void **state)
{
	(void)state;
	struct reading *reading = read_sample("tests/data/mail/invoice-body.eml");
	assert_int_equal(reading->documents->len, 1);
	assert_null(document(reading, 0)->name);
	assert_null(document(reading, 0)->bytes);
	assert_string_equal(document(reading, 0)->invoice->number, "F2026-121");
	assert_true(document(reading, 0)->invoice->payable.minor == 96000);
	reading_free(reading);
	char *path = sample_path("tests/data/mail/invoice-body.eml"), *bytes;
	assert_true(g_file_get_contents(path, &bytes, NULL, NULL));
	char *answer = g_strconcat("In-Reply-To: <x@beaurivage.example>\r\n", bytes, NULL);
	reading = read_text(answer, "x.eml");
	assert_int_equal(reading->documents->len, 0);
	reading_free(reading);
	g_free(answer);
	g_free(bytes);
	g_free(path);
}

static char *ubl(const char *number, const char *payable)
{
	return g_strdup_printf(
	    "<Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\" "
	    "xmlns:cac=\"urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2\" "
	    "xmlns:cbc=\"urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2\">"
	    "<cbc:ID>%s</cbc:ID><cbc:IssueDate>2026-01-30</cbc:IssueDate>"
	    "<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode><cac:LegalMonetaryTotal>"
	    "<cbc:PayableAmount currencyID=\"EUR\">%s</cbc:PayableAmount></cac:LegalMonetaryTotal>"
	    "</Invoice>",
	    number, payable);
}

static struct reading *read_attached(const char *first, const char *second)
{
	char *mail =
	    g_strdup_printf("Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
			    "--b\nContent-Type: application/xml; name=a.xml\n\n%s\n"
			    "--b\nContent-Type: application/xml; name=b.xml\n\n%s\n--b--\n",
		first, second);
	struct reading *reading = read_text(mail, "x.eml");
	g_free(mail);
	return reading;
}

static void a_copy_with_another_amount_leaves_a_warning(void **state)
{
	(void)state;
	char *first = ubl("F 2026-118", "1188.00"), *second = ubl("f2026118", "1188.10");
	struct reading *reading = read_attached(first, second);
	assert_int_equal(reading->documents->len, 2);
	const struct invoice *kept = document(reading, 0)->invoice;
	assert_non_null(kept);
	assert_null(document(reading, 1)->invoice);
	bool warned = false;
	for (guint i = 0; i < kept->warnings->len; i++)
		warned |= !strcmp(kept->warnings->pdata[i], "other_copy_differs");
	assert_true(warned);
	reading_free(reading);
	g_free(first);
	g_free(second);
}

/* INNER as attachment of a mail from SENDER. */
static char *passed_on(const char *sender, const char *inner, int boundary)
{
	return g_strdup_printf("From: %s\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; "
			       "boundary=b%d\n\n--b%d\nContent-Type: text/plain\n\nSee below.\n"
			       "--b%d\nContent-Type: message/rfc822\n\n%s\n--b%d--\n",
	    sender, boundary, boundary, boundary, inner, boundary);
}

static void a_mail_of_the_same_house_that_is_passed_on_gives_its_invoices(void **state)
{
	(void)state;
	static const struct {
		const char *outer, *inner;
		int depth;
		guint documents;
	} rows[] = {
	    {"jean@legoff.example", "facturation@LeGoff.example", 1, 1},
	    {"jean@legoff.example", "facturation@legoff.example", 3, 1},
	    {"jean@legoff.example", "facturation@legoff.example", 4, 0},
	    {"jean@legoff.example", "billing@supplier.example", 1, 0},
	};
	char *xml = ubl("F2026-118", "1188.00");
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		char *mail = g_strdup_printf("From: %s\nSubject: y\nMIME-Version: 1.0\nContent-Type: "
					     "application/xml; name=a.xml\n\n%s",
		    rows[i].inner, xml);
		for (int depth = 0; depth < rows[i].depth; depth++) {
			char *outer = passed_on(rows[i].outer, mail, depth);
			g_free(mail);
			mail = outer;
		}
		struct reading *reading = read_text(mail, "x.eml");
		assert_int_equal(reading->documents->len, rows[i].documents);
		for (guint one = 0; one < rows[i].documents; one++)
			assert_string_equal(document(reading, one)->invoice->number, "F2026-118");
		reading_free(reading);
		g_free(mail);
	}
	g_free(xml);
}

static void many_attachments_make_a_message_doubtful(void **state)
{
	(void)state;
	GString *mail =
	    g_string_new("Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n");
	for (int i = 0; i < READING_MAX_DOCUMENTS + 20; i++)
		g_string_append(mail, "--b\nContent-Type: application/pdf\n\nx\n");
	g_string_append(mail, "--b--\n");
	struct reading *reading = read_text(mail->str, "x.eml");
	assert_int_equal(reading->documents->len, READING_MAX_DOCUMENTS);
	assert_true(reading->message->doubtful);
	check_shape(reading);
	g_string_free(mail, TRUE);
}

static void a_mail_read_alone_keeps_its_words_and_leaves_its_documents_unread(void **state)
{
	(void)state;
	char *path = sample_path("tests/data/mail/invoice-pdf-xml.eml"), *bytes;
	gsize length;
	assert_true(g_file_get_contents(path, &bytes, &length, NULL));
	struct reading *reading = reading_of_bytes_alone(bytes, length, path, lexicon, NULL);
	assert_non_null(strstr(reading->message->new_text, "Veuillez trouver"));
	assert_int_equal(reading->documents->len, 2);
	assert_int_equal(document(reading, 0)->outcome, DOCUMENT_UNREADABLE);
	assert_null(document(reading, 0)->invoice);
	assert_non_null(document(reading, 0)->bytes);
	check_shape(reading);
	reading = reading_of_bytes_alone("%PDF-1.7", 8, "x.pdf", lexicon, NULL);
	assert_non_null(reading->error);
	reading_free(reading);
	g_free(bytes);
	g_free(path);
}

static int make_lexicon(void **state)
{
	(void)state;
	struct error error = {0};
	message_setup();
	document_setup();
	lexicon = lexicon_new();
	return lexicon_finish(lexicon, &error) ? 0 : -1;
}

static int free_lexicon(void **state)
{
	(void)state;
	lexicon_free(lexicon);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_reading_has_every_documented_key),
	    cmocka_unit_test(a_reply_has_its_thread_and_its_words),
	    cmocka_unit_test(tomorrow_in_an_attached_mail_is_reckoned_where_it_was_written),
	    cmocka_unit_test(a_report_has_a_delivery_and_no_reply),
	    cmocka_unit_test(a_bare_document_has_neither_message_nor_reply),
	    cmocka_unit_test(the_name_decides_where_the_first_line_could_be_a_header),
	    cmocka_unit_test(the_same_invoice_as_pdf_and_xml_is_one),
	    cmocka_unit_test(different_invoices_in_one_mail_stay_apart),
	    cmocka_unit_test(an_invoice_in_the_body_is_found_but_not_in_an_answer),
	    cmocka_unit_test(a_copy_with_another_amount_leaves_a_warning),
	    cmocka_unit_test(a_mail_read_alone_keeps_its_words_and_leaves_its_documents_unread),
	    cmocka_unit_test(a_mail_of_the_same_house_that_is_passed_on_gives_its_invoices),
	    cmocka_unit_test(many_attachments_make_a_message_doubtful),
	};
	return cmocka_run_group_tests(tests, make_lexicon, free_lexicon);
}
