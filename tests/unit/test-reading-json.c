#include "unit.h"
#include "reading/reading.h"

/* ---- a reading in which every field says something ---- */

static struct address *address(const char *name, const char *at)
{
	struct address *address = g_new0(struct address, 1);
	address->name = g_strdup(name);
	address->address = g_strdup(at);
	return address;
}

static struct message *full_message(enum message_kind kind)
{
	static const char mail[] =
	    "Message-ID: <1@a.example>\r\nDate: Tue, 17 Mar 2026 10:02:00 +0100\r\n"
	    "Subject: Facture\r\nIn-Reply-To: <0@b.example>\r\nReferences: <r@b.example>\r\n\r\n";
	struct message *message = message_parse(mail, strlen(mail));
	message->kind = kind;
	message->from = address("Hôtel", "a@a.example");
	g_ptr_array_add(message->to, address(NULL, "b@b.example"));
	g_ptr_array_add(message->cc, address("C", "c@b.example"));
	g_ptr_array_add(message->reply_to, address("D", NULL));
	g_ptr_array_add(message->authentication_results, g_strdup("mx; dkim=pass"));
	message->product_id = g_strdup("17");
	message->thread_index = g_strdup("Ac1");
	message->doubtful = true;
	return message;
}

static struct intent *full_intent(void)
{
	struct intent *intent = intent_new(INTENT_DELAY);
	intent->confidence = 975;
	intent->date = date_from_parts(2026, 3, 31);
	intent->amount = money(118800, "EUR");
	intent->reason = g_strdup("price");
	intent->what = g_strdup("portal");
	intent->never_received = true;
	intent->contact = g_strdup("compta@a.example");
	intent->until = date_from_parts(2026, 4, 1);
	struct instalment first = {date_from_parts(2026, 4, 30), money(50000, "EUR")};
	struct instalment second = {DATE_NONE, money(7000, "JPY")};
	struct instalment third = {date_from_parts(2026, 5, 31), MONEY_NONE};
	g_array_append_val(intent->proposal, first);
	g_array_append_val(intent->proposal, second);
	g_array_append_val(intent->proposal, third);
	struct remittance_line *line = g_new0(struct remittance_line, 1);
	line->invoice = g_strdup("F2026-118");
	line->amount = money(-1234567, "TND");
	g_ptr_array_add(intent->lines, line);
	g_ptr_array_add(intent->mentions, g_strdup("F 2026-118"));
	intent->span = g_strdup("Nous réglerons \"tout\"\nle 31");
	intent->rule = g_strdup("fr.delay.instalments");
	return intent;
}

static struct understanding *full_understanding(void)
{
	struct understand_context context = {.sent = DATE_NONE};
	struct lexicon *lexicon = lexicon_new();
	struct error error = {0};
	assert_true(lexicon_finish(lexicon, &error));
	struct understanding *understanding = understand(lexicon, "", &context);
	lexicon_free(lexicon);
	memcpy(understanding->language, "fr", 3);
	understanding->primary = INTENT_DELAY;
	understanding->confidence = 975;
	g_ptr_array_set_size(understanding->intents, 0);
	g_ptr_array_add(understanding->intents, full_intent());
	g_ptr_array_add(understanding->intents, intent_new(INTENT_ACK));
	return understanding;
}

static struct invoice *full_invoice(void)
{
	struct invoice *invoice = invoice_new(INVOICE_SOURCE_UBL);
	invoice->kind = INVOICE_KIND_CREDIT_NOTE;
	char **texts[] = {&invoice->syntax, &invoice->profile, &invoice->number, &invoice->seller.name,
	    &invoice->seller.legal_id, &invoice->seller.vat_id, &invoice->seller.email, &invoice->buyer.name,
	    &invoice->buyer.legal_id, &invoice->buyer.vat_id, &invoice->buyer.email,
	    &invoice->buyer_reference, &invoice->order_number, &invoice->contract_number,
	    &invoice->payment_reference, &invoice->bic};
	for (size_t i = 0; i < ARRAY_LENGTH(texts); i++)
		*texts[i] = g_strdup_printf("text %zu", i);
	invoice->issue_date = date_from_parts(2026, 1, 30);
	invoice->due_date = date_from_parts(2026, 3, 1);
	assert_true(currency_set(invoice->currency, "EUR"));
	invoice->total = money(118800, "EUR");
	invoice->paid = money(0, "EUR");
	invoice->payable = money(-5, "EUR");
	invoice->tax = money(19800, "EUR");
	struct due_line line = {date_from_parts(2026, 2, 1), money(100, "EUR")},
			none = {DATE_NONE, MONEY_NONE};
	g_array_append_val(invoice->due_lines, line);
	g_array_append_val(invoice->due_lines, none);
	g_ptr_array_add(invoice->preceding, g_strdup("F2025-1"));
	g_ptr_array_add(invoice->iban, g_strdup("FR7630006000011234567890189"));
	g_ptr_array_add(invoice->missing, g_strdup("penalty_rate"));
	g_ptr_array_add(invoice->warnings, g_strdup("iban_checksum"));
	invoice->confidence = 5;
	return invoice;
}

static void add_document(struct reading *reading, enum document_outcome outcome, int same_as)
{
	struct reading_document *document = reading_document_new();
	document->name = g_strdup("F2026-118.pdf");
	document->media_type = g_strdup("application/pdf");
	document->reason = g_strdup("because");
	document->outcome = outcome;
	document->same_as = same_as;
	document->invoice = outcome == DOCUMENT_INVOICE ? full_invoice() : NULL;
	g_ptr_array_add(reading->documents, document);
}

static struct reading *full_reply(void)
{
	struct reading *reading = reading_new();
	reading->file = g_strdup("x.eml");
	reading->message = full_message(MESSAGE_HUMAN);
	g_free(reading->message->new_text);
	reading->message->new_text = g_strdup("Bonjour");
	g_free(reading->message->signature);
	reading->message->signature = g_strdup("Jeanne");
	g_free(reading->message->quoted_text);
	reading->message->quoted_text = g_strdup("F2026-118");
	reading->reply = full_understanding();
	add_document(reading, DOCUMENT_INVOICE, -1);
	add_document(reading, DOCUMENT_NO_INVOICE, 0);
	add_document(reading, DOCUMENT_UNREADABLE, -1);
	return reading;
}

static struct reading *full_report(void)
{
	struct reading *reading = reading_new();
	reading->message = full_message(MESSAGE_DELIVERY_FAILURE);
	struct delivery *delivery = delivery_new();
	delivery->original_message_id = g_strdup("<o@b.example>");
	delivery->envelope_id = g_strdup("e1");
	struct delivery_recipient *recipient = g_new0(struct delivery_recipient, 1);
	recipient->address = g_strdup("a@a.example");
	recipient->original = g_strdup("b@a.example");
	recipient->action = DELIVERY_RELAYED;
	recipient->status = g_strdup("5.1.1");
	recipient->permanent = true;
	recipient->reason = g_strdup("unknown_user");
	recipient->remote_mta = g_strdup("mx.a.example");
	recipient->diagnostic = g_strdup("550 no");
	g_ptr_array_add(delivery->recipients, recipient);
	reading->message->delivery = delivery;
	return reading;
}

static json_t *json_and_free(struct reading *reading)
{
	json_t *json = reading_to_json(reading);
	reading_free(reading);
	return json;
}

/* ---- tests ---- */

static void check_way_and_back(struct reading *reading)
{
	json_t *json = json_and_free(reading);
	char *text = json_dumps(json, READING_JSON_FLAGS);
	json_t *parsed = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
	struct reading *again = NULL;
	struct error error = {0};
	if (!reading_from_json(parsed, &again, &error))
		fail_msg("%s", error.text);
	json_t *second = json_and_free(again);
	char *second_text = json_dumps(second, READING_JSON_FLAGS);
	assert_string_equal(text, second_text);
	free(text);
	free(second_text);
	json_decref(json);
	json_decref(parsed);
	json_decref(second);
}

static void a_reading_survives_the_way_to_json_and_back(void **state)
{
	(void)state;
	check_way_and_back(full_reply());
	check_way_and_back(full_report());
	struct reading *failed = reading_new();
	failed->file = g_strdup("y.eml");
	failed->error = g_strdup("No such file or directory");
	check_way_and_back(failed);
	check_way_and_back(reading_new());
}

static void an_invoice_survives_the_way_to_json_and_back(void **state)
{
	(void)state;
	struct invoice *invoice = full_invoice(), *again;
	json_t *json = invoice_to_json(invoice);
	assert_true(invoice_from_json(json, &again, NULL));
	assert_true(again->payable.minor == -5);
	assert_string_equal(again->payable.currency, "EUR");
	assert_int_equal(again->confidence, 5);
	assert_string_equal(again->buyer_reference, invoice->buyer_reference);
	json_t *second = invoice_to_json(again);
	assert_true(json_equal(json, second));
	invoice_free(invoice);
	invoice_free(again);
	json_decref(json);
	json_decref(second);
}

static void each_value_takes_its_documented_form(void **state)
{
	(void)state;
	json_t *json = json_and_free(full_reply());
	char *text = json_dumps(json, READING_JSON_FLAGS);
	static const char *const parts[] = {
	    "{\"schema\":1,\"file\":\"x.eml\",\"message\":{\"id\":\"<1@a.example>\",\"date\":\"2026-03-17T10:"
	    "02:00+01:00\",",
	    "\"language\":\"fr\",\"new_text\":\"Bonjour\",\"signature\":\"Jeanne\",\"primary\":\"delay\","
	    "\"confidence\":0.975,",
	    "\"intent\":\"delay\",\"confidence\":0.975,\"date\":\"2026-03-31\",\"amount\":\"1188.00\","
	    "\"currency\":\"EUR\",",
	    "{\"date\":\"2026-04-30\",\"amount\":\"500.00\",\"currency\":\"EUR\"},"
	    "{\"date\":null,\"amount\":\"7000\",\"currency\":\"JPY\"},"
	    "{\"date\":\"2026-05-31\",\"amount\":null,\"currency\":null}",
	    "{\"invoice\":\"F2026-118\",\"amount\":\"-1234.567\",\"currency\":\"TND\"}",
	    "\"payable\":\"-0.05\"",
	    "\"paid\":\"0.00\"",
	    "\"due_lines\":[{\"date\":\"2026-02-01\",\"amount\":\"1.00\"},{\"date\":null,\"amount\":null}],"
	    "\"confidence\":0.005,",
	    "\"delivery\":null",
	};
	for (size_t i = 0; i < ARRAY_LENGTH(parts); i++)
		if (!strstr(text, parts[i]))
			fail_msg("%s is not in %s", parts[i], text);
	free(text);
	json_decref(json);
}

static void a_failed_reading_is_its_file_and_the_error_alone(void **state)
{
	(void)state;
	struct reading *reading = reading_new();
	reading->file = g_strdup("x.eml");
	reading->error = g_strdup("too large");
	json_t *json = json_and_free(reading);
	char *text = json_dumps(json, READING_JSON_FLAGS);
	assert_string_equal(text, "{\"schema\":1,\"file\":\"x.eml\",\"error\":\"too large\"}");
	free(text);
	json_decref(json);
}

static void all_thousandths_are_written_with_three_digits_and_read_back(void **state)
{
	(void)state;
	struct invoice *invoice = full_invoice(), *again;
	for (int i = 0; i <= 1000; i++) {
		invoice->confidence = i;
		json_t *json = invoice_to_json(invoice);
		char *text =
		    json_dumps(json_object_get(json, "confidence"), READING_JSON_FLAGS | JSON_ENCODE_ANY);
		assert_in_range(strlen(text), 3, 5);
		assert_true(invoice_from_json(json, &again, NULL));
		assert_int_equal(again->confidence, i);
		invoice_free(again);
		free(text);
		json_decref(json);
	}
	invoice_free(invoice);
}

static void texts_that_no_json_can_hold_are_mended_or_cut(void **state)
{
	(void)state;
	struct reading *reading = reading_new();
	reading->message = full_message(MESSAGE_HUMAN);
	g_free(reading->message->subject);
	reading->message->subject = g_strdup("caf\xe9");
	reading->reply = full_understanding();
	g_free(reading->message->new_text);
	reading->message->new_text = g_malloc(2000001);
	for (size_t i = 0; i < 2000000; i += 2)
		memcpy(reading->message->new_text + i, "é", 2);
	reading->message->new_text[2000000] = '\0';
	reading->message->date = INT64_MAX / 2;
	reading->message->date_offset = INT32_MAX;
	json_t *json = json_and_free(reading);
	json_t *message = json_object_get(json, "message");
	assert_string_equal(json_string_value(json_object_get(message, "subject")), "caf\xef\xbf\xbd");
	assert_true(json_is_null(json_object_get(message, "date")));
	json_t *text = json_object_get(json_object_get(json, "reply"), "new_text");
	assert_int_equal(json_string_length(text), 1024 * 1024);
	struct reading *again;
	assert_true(reading_from_json(json, &again, NULL));
	reading_free(again);
	json_decref(json);
}

/* Walks "reply.intents[0].date" down to the last key, which is left in KEY. */
static json_t *walk(json_t *json, const char *path, char key[64])
{
	while (true) {
		size_t length = strcspn(path, ".[");
		memcpy(key, path, length);
		key[length] = '\0';
		path += length;
		if (!*path)
			return json;
		json = json_object_get(json, key);
		while (*path == '[') {
			json = json_array_get(json, (size_t)strtoll(path + 1, NULL, 10));
			path = strchr(path, ']') + 1;
		}
		if (*path == '.')
			path++;
		else
			abort();
	}
}

struct hostile_row {
	bool report;	   /* in the full report instead of the full reply */
	const char *path;  /* the key that is replaced; it stands in front of the refusal, too */
	const char *value; /* JSON; NULL removes the key */
	const char *why;
};

static const struct hostile_row hostile_rows[] = {
    {false, "schema", "2", "schema: 1 is expected"},
    {false, "schema", "\"1\"", "schema: 1 is expected"},
    {false, "file", "7", "file: a text is expected"},
    {false, "file", NULL, "file: the key is missing"},
    {false, "error", "null", "error: a text is expected"},
    {false, "message", NULL, "message: the key is missing"},
    {false, "message", "[]", "message: an object is expected"},
    {false, "message", "null", "reply: there is no message that it could belong to"},
    {false, "message.id", "{}", "message.id: a text is expected"},
    {false, "message.id", NULL, "message.id: the key is missing"},
    {false, "message.id", "\"a\\u0000b\"", "message.id: the text is too long or holds a NUL"},
    {false, "message.date", "\"2026-02-30T10:00:00Z\"", "message.date: there is no such instant"},
    {false, "message.date", "\"yesterday\"", "message.date: there is no such instant"},
    {false, "message.kind", "\"robot\"", "message.kind: the word is not in the closed list"},
    {false, "message.kind", "null", "message.kind: a text is expected"},
    {false, "message.from", "\"x\"", "message.from: an object is expected"},
    {false, "message.to", "{}", "message.to: a list is expected"},
    {false, "message.to", "[{\"name\":null}]", "message.to[0].address: the key is missing"},
    {false, "message.references", "[\"<a>\",7]", "message.references[1]: a text is expected"},
    {false, "message.doubtful", "1", "message.doubtful: true or false is expected"},
    {false, "reply.language", "\"FR\"", "reply.language: two small letters are expected"},
    {false, "reply.language", "\"fra\"", "reply.language: the text is too long or holds a NUL"},
    {false, "reply.primary", "\"love\"", "reply.primary: the word is not in the closed list"},
    {false, "reply.confidence", "1.01", "reply.confidence: a number from 0 to 1 is expected"},
    {false, "reply.confidence", "-0.1", "reply.confidence: a number from 0 to 1 is expected"},
    {false, "reply.confidence", "\"0.9\"", "reply.confidence: a number is expected"},
    {false, "reply.intents", "[]", "reply.intents: at least one is expected"},
    {false, "reply.intents[0].date", "\"2026-04-31\"", "reply.intents[0].date: there is no such day"},
    {false, "reply.intents[0].date", "20260431", "reply.intents[0].date: a text is expected"},
    {false, "reply.intents[0].amount", "1188.00", "reply.intents[0].amount: a text is expected"},
    {false, "reply.intents[0].amount", "\"1188.005\"",
	"reply.intents[0].amount: this is no amount of the currency"},
    {false, "reply.intents[0].amount", "\"1e9\"",
	"reply.intents[0].amount: this is no amount of the currency"},
    {false, "reply.intents[0].amount", "\"99999999999999999999\"",
	"reply.intents[0].amount: this is no amount of the currency"},
    {false, "reply.intents[0].currency", "\"XXX\"", "reply.intents[0].currency: there is no such currency"},
    {false, "reply.intents[0].currency", "null", "reply.intents[0].amount: an amount without a currency"},
    {false, "reply.intents[0].reason", "\"mood\"",
	"reply.intents[0].reason: the word is not in the closed list"},
    {false, "reply.intents[0].what", "\"cake\"", "reply.intents[0].what: the word is not in the closed list"},
    {false, "reply.intents[0].proposal", "[{\"date\":null,\"amount\":\"x\",\"currency\":\"EUR\"}]",
	"reply.intents[0].proposal[0].amount: this is no amount of the currency"},
    {false, "reply.intents[0].lines", "[{\"invoice\":1,\"amount\":null}]",
	"reply.intents[0].lines[0].invoice: a text is expected"},
    {false, "reply.intents[1].rule", NULL, "reply.intents[1].rule: the key is missing"},
    {false, "delivery", "{}", "delivery: the message is no report"},
    {false, "documents", "null", "documents: a list of at most 101 is expected"},
    {false, "documents[0].invoice", "null", "documents[0].invoice: it does not go with the outcome"},
    {false, "documents[1].same_as", "1", "documents[1].same_as: there is no such invoice"},
    {false, "documents[1].same_as", "99", "documents[1].same_as: there is no such invoice"},
    {false, "documents[1].same_as", "-1", "documents[1].same_as: an index is expected"},
    {false, "documents[0].invoice.payable", "\"1,50\"",
	"documents[0].invoice.payable: this is no amount of the currency"},
    {false, "documents[0].invoice.currency", "null",
	"documents[0].invoice.total: an amount without a currency"},
    {false, "documents[0].invoice.seller", "null", "documents[0].invoice.seller: an object is expected"},
    {false, "documents[0].invoice.buyer.reference", NULL,
	"documents[0].invoice.buyer.reference: the key is missing"},
    {false, "documents[0].invoice.source", "\"fax\"",
	"documents[0].invoice.source: the word is not in the closed list"},
    {true, "delivery.recipients[0].action", "\"lost\"",
	"delivery.recipients[0].action: the word is not in the closed list"},
    {true, "delivery.recipients[0].reason", "\"mood\"",
	"delivery.recipients[0].reason: the word is not in the closed list"},
    {true, "delivery.recipients", "7", "delivery.recipients: a list is expected"},
};

static void hostile_json_is_refused_with_its_place(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LENGTH(hostile_rows); i++) {
		const struct hostile_row *row = &hostile_rows[i];
		json_t *json = json_and_free(row->report ? full_report() : full_reply());
		char key[64];
		json_t *object = walk(json, row->path, key);
		if (row->value)
			json_object_set_new(
			    object, key, json_loads(row->value, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL));
		else
			json_object_del(object, key);
		struct reading *reading;
		struct error error = {0};
		if (reading_from_json(json, &reading, &error))
			fail_msg("%s = %s was accepted", row->path, row->value);
		assert_string_equal(error.text, row->why);
		assert_int_equal(error.status, STATUS_DATA);
		json_decref(json);
	}
}

static void lists_and_texts_without_end_are_refused(void **state)
{
	(void)state;
	json_t *json = json_and_free(full_reply());
	json_t *message = json_object_get(json, "message"), *list = json_array();
	for (int i = 0; i < 10001; i++)
		json_array_append_new(list, json_string("<a>"));
	json_object_set_new(message, "references", list);
	struct reading *reading;
	struct error error = {0};
	assert_false(reading_from_json(json, &reading, &error));
	assert_string_equal(error.text, "message.references: the list is too long");
	json_object_set_new(message, "references", json_array());
	char *text = g_strnfill(1024 * 1024 + 1, 'x');
	json_object_set_new(message, "subject", json_string(text));
	assert_false(reading_from_json(json, &reading, &error));
	assert_string_equal(error.text, "message.subject: the text is too long or holds a NUL");
	g_free(text);
	json_decref(json);
}

static void keys_that_came_later_may_be_absent_and_unknown_ones_present(void **state)
{
	(void)state;
	json_t *json = json_and_free(full_reply());
	static const char *const later[] = {"message.product_id", "message.doubtful", "reply.quoted_text",
	    "documents[0].outcome", "documents[1].same_as", "documents[0].invoice.warnings",
	    "reply.intents[0].proposal[0].currency"};
	char key[64];
	for (size_t i = 0; i < ARRAY_LENGTH(later); i++) {
		json_t *object = walk(json, later[i], key);
		assert_int_equal(json_object_del(object, key), 0);
	}
	json_object_set_new(json, "surprise", json_true());
	struct reading *reading;
	struct error error = {0};
	if (!reading_from_json(json, &reading, &error))
		fail_msg("%s", error.text);
	const struct reading_document *document = reading->documents->pdata[0];
	assert_int_equal(document->outcome, DOCUMENT_INVOICE);
	const struct intent *intent = reading->reply->intents->pdata[0];
	const struct instalment *first = &g_array_index(intent->proposal, struct instalment, 0);
	assert_string_equal(first->amount.currency, "EUR");
	reading_free(reading);
	json_decref(json);
}

int main(void)
{
	message_setup();
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_reading_survives_the_way_to_json_and_back),
	    cmocka_unit_test(an_invoice_survives_the_way_to_json_and_back),
	    cmocka_unit_test(each_value_takes_its_documented_form),
	    cmocka_unit_test(a_failed_reading_is_its_file_and_the_error_alone),
	    cmocka_unit_test(all_thousandths_are_written_with_three_digits_and_read_back),
	    cmocka_unit_test(texts_that_no_json_can_hold_are_mended_or_cut),
	    cmocka_unit_test(hostile_json_is_refused_with_its_place),
	    cmocka_unit_test(lists_and_texts_without_end_are_refused),
	    cmocka_unit_test(keys_that_came_later_may_be_absent_and_unknown_ones_present),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
