#include "unit.h"
#include "books.h"
#include "dunning/effects.h"
#include "match/lookalike.h"
#include "match/match.h"
#include "match/trust.h"

static int set_up(void **state)
{
	struct books *books = g_new0(struct books, 1);
	books_open(books);
	if (!config_parse("t.conf",
		"company \"Le Goff\" { domains = {legoff.example} senders = {facturation@legoff.example} "
		"language = fr }\n",
		&books->config, NULL))
		return -1;
	*state = books;
	return 0;
}

static int tear_down(void **state)
{
	struct books *books = *state;
	config_clear(&books->config);
	books_close(books);
	g_free(*state);
	return 0;
}

#define HEAD                                                                                                 \
	"From: Paul <compta@beaurivage.example>\r\nTo: facturation@legoff.example\r\nDate: Mon, 2 Mar 2026 " \
	"10:00:00 +0100\r\n"

/* A reading of a mail's text, with one intent. */
static struct reading *read_mail(const char *mail, struct intent *intent, int confidence)
{
	struct reading *reading = reading_new();
	reading->message = message_parse(mail, strlen(mail));
	if (!intent)
		return reading;
	reading->reply = g_new0(struct understanding, 1);
	reading->reply->primary = intent->kind;
	reading->reply->confidence = confidence;
	reading->reply->intents = g_ptr_array_new_with_free_func((GDestroyNotify)intent_free);
	g_ptr_array_add(reading->reply->intents, intent);
	return reading;
}

/* An invoice that was sent by mail under MESSAGE_ID. */
static int64_t sent_invoice(struct books *books, int64_t customer, const char *number, const char *message_id)
{
	struct error error = {0};
	int64_t message, receivable;
	bool opened;
	json_t *body = json_pack("{s:s, s:s, s:s, s:i, s:i, s:s, s:i, s:i, s:s}", "company", "Le Goff",
	    "direction", "outgoing", "message_id", message_id, "sent_at", 1, "received_at", 1, "kind",
	    "human", "confidence", 0, "authenticated", 0, "state", "done");
	assert_true(journal_append(
	    &books->ledger, EVENT_MESSAGE_RECORDED, (struct event_about){0}, body, &message, &error));
	struct receivable_draft draft = {.company = "Le Goff",
	    .customer = customer,
	    .number = number,
	    .kind = "invoice",
	    .issue_date = BOOKS_TODAY - 40,
	    .due_date = BOOKS_TODAY - 10,
	    .currency = "EUR",
	    .total = 118800,
	    .open = INT64_MIN,
	    .message = message,
	    .message_id = message_id};
	assert_true(act_open_receivable(&books->ledger, &draft, &receivable, &opened, &error));
	return receivable;
}

static void numbers_are_found_however_they_are_written(void **state)
{
	(void)state;
	static const struct {
		const char *text, *key;
		bool found;
	} rows[] = {
	    {"votre facture F2026-118 du 3", "F2026118", true},
	    {"facture F 2026/118.", "F2026118", true},
	    {"f2026118", "F2026118", true},
	    {"(F2026-118)", "F2026118", true},
	    {"F2026-1180", "F2026118", false},
	    {"F2026-118-2", "F2026118", false},
	    {"XF2026-118", "F2026118", false},
	    {"BL-2026118", "2026118", false},
	    {"n°2026118", "2026118", true},
	    {"F2026-118-A", "F2026118A", true},
	    {"F2026-118, F2026-119", "F2026119", true},
	    {"", "F2026118", false},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
		if (match_text_has_number(rows[i].text, rows[i].key) != rows[i].found)
			fail_msg("%s in \"%s\"", rows[i].key, rows[i].text);
}

static void each_sign_weighs_what_it_should(void **state)
{
	struct books *books = *state;
	struct error error = {0};
	int64_t hotel = books_customer(books, "Hôtel Beaurivage", "beaurivage.example");
	int64_t port = books_customer(books, "Port", "port.example");
	sent_invoice(books, hotel, "F2026-118", "<a@legoff.example>");
	sent_invoice(books, port, "F2026-200", "<b@legoff.example>");
	static const struct {
		const char *mail;
		guint count;
		const char *number; /* of the best */
		bool sure;
		const char *evidence;
	} rows[] = {
	    {HEAD "In-Reply-To: <a@legoff.example>\r\nSubject: Re: facture\r\n\r\nok\r\n", 1, "F2026-118",
		true, "in-reply-to counterpart"},
	    {HEAD "References: <x@y.example> <a@legoff.example>\r\nSubject: autre\r\n\r\nok\r\n", 1,
		"F2026-118", true, "references counterpart"},
	    {"From: a@inconnu.example\r\nReferences: <a@legoff.example>\r\nSubject: autre\r\n\r\nok\r\n", 1,
		"F2026-118", false, "references"},
	    {HEAD "Subject: facture F 2026 118\r\n\r\nok\r\n", 1, "F2026-118", true, "number counterpart"},
	    {"From: a@inconnu.example\r\nSubject: F2026-118\r\n\r\nok\r\n", 1, "F2026-118", false, "number"},
	    {HEAD "Subject: bonjour\r\n\r\nok\r\n", 1, "F2026-118", false, "counterpart"},
	    {"From: a@inconnu.example\r\nSubject: bonjour\r\n\r\nok\r\n", 0, NULL, false, NULL},
	    {"From: x@port.example\r\nIn-Reply-To: <b@legoff.example>\r\nSubject: F2026-118\r\n\r\nok\r\n", 2,
		"F2026-200", true, NULL},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct reading *reading = read_mail(rows[i].mail, NULL, 0);
		GPtrArray *matches = match_reading(books->store, &books->config, reading, &error);
		assert_non_null(matches);
		if (i == 7) { /* another's number in our thread: nothing of it is certain */
			for (guint m = 0; m < matches->len; m++)
				assert_false(((struct match *)matches->pdata[m])->is_sure);
		} else {
			if (matches->len != rows[i].count)
				fail_msg("row %zu: %u matches", i, matches->len);
			if (rows[i].count) {
				struct match *best = matches->pdata[0];
				g_autofree char *evidence = match_evidence(best);
				assert_string_equal(best->receivable.number, rows[i].number);
				assert_int_equal(best->is_sure, rows[i].sure);
				assert_string_equal(evidence, rows[i].evidence);
			}
		}
		g_ptr_array_unref(matches);
		reading_free(reading);
	}
}

/* What READING, which is freed, does. */
static void decide_reading(
    struct books *books, struct reading *reading, bool verified, struct decision *decision)
{
	struct error error = {0};
	GPtrArray *matches = match_reading(books->store, &books->config, reading, &error);
	assert_non_null(matches);
	struct effect_context context = {
	    .config = &books->config, .today = BOOKS_TODAY, .is_verified = verified};
	effects_decide(&context, reading, matches, decision);
	g_ptr_array_unref(matches);
	reading_free(reading);
}

/* What an answer with one intent does. */
static void decide(
    struct books *books, struct intent *intent, int confidence, bool verified, struct decision *decision)
{
	static const char mail[] =
	    HEAD "In-Reply-To: <a@legoff.example>\r\nSubject: Re: facture\r\n\r\nok\r\n";
	decide_reading(books, read_mail(mail, intent, confidence), verified, decision);
}

static void readings_become_effects_by_the_table(void **state)
{
	struct books *books = *state;
	books->config.confidence = 800;
	books->config.hold_ack = 7;
	books->config.hold_paid = 5;
	books->config.hold_unknown = 3;
	books->config.promise_grace = 3;
	int64_t hotel = books_customer(books, "Hôtel Beaurivage", "beaurivage.example");
	sent_invoice(books, hotel, "F2026-118", "<a@legoff.example>");
	static const struct {
		enum intent_kind intent;
		int confidence;
		bool verified;
		date_t date;
		enum effect_kind effect;
		date_t until;
		bool review;
	} rows[] = {
	    {INTENT_ACK, 900, true, DATE_NONE, EFFECT_HOLD, BOOKS_TODAY + 7, false},
	    {INTENT_PROMISE, 900, true, BOOKS_TODAY + 20, EFFECT_WAIT_UNTIL, BOOKS_TODAY + 20, false},
	    {INTENT_PROMISE, 900, true, DATE_NONE, EFFECT_HOLD, BOOKS_TODAY + 7, false},
	    {INTENT_PROMISE, 900, false, BOOKS_TODAY + 20, EFFECT_HOLD, BOOKS_TODAY + 23, true},
	    {INTENT_PROMISE, 900, false, BOOKS_TODAY + 400, EFFECT_HOLD, BOOKS_TODAY + 30, true},
	    {INTENT_PROMISE, 700, true, BOOKS_TODAY + 20, EFFECT_HOLD, BOOKS_TODAY + 23, true},
	    {INTENT_PROMISE, 900, true, BOOKS_TODAY + 367, EFFECT_HOLD, BOOKS_TODAY + 7, false},
	    {INTENT_PAID, 900, true, DATE_NONE, EFFECT_HOLD, BOOKS_TODAY + 5, false},
	    {INTENT_PAID, 900, true, BOOKS_TODAY + 40000, EFFECT_HOLD, BOOKS_TODAY + 65, false},
	    {INTENT_DISPUTE, 900, true, DATE_NONE, EFFECT_PAUSE, DATE_NONE, false},
	    {INTENT_DISPUTE, 900, false, DATE_NONE, EFFECT_HOLD, BOOKS_TODAY + 3, true},
	    {INTENT_INSOLVENCY, 900, true, DATE_NONE, EFFECT_STOP, DATE_NONE, false},
	    {INTENT_INSOLVENCY, 900, false, DATE_NONE, EFFECT_HOLD, BOOKS_TODAY + 3, true},
	    {INTENT_ABSENCE, 900, false, DATE_NONE, EFFECT_HOLD, BOOKS_TODAY + 7, false},
	    {INTENT_NONE, 950, true, DATE_NONE, EFFECT_HOLD, BOOKS_TODAY + 3, true},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct decision decision;
		struct intent *intent = intent_new(rows[i].intent);
		intent->date = rows[i].date;
		decide(books, intent, rows[i].confidence, rows[i].verified, &decision);
		assert_int_equal(decision.effects->len, 1);
		const struct effect *effect = decision.effects->pdata[0];
		if (effect->kind != rows[i].effect || effect->until != rows[i].until ||
		    decision.needs_review != rows[i].review)
			fail_msg("row %zu: %s, until %d, review %d", i, effect_kind_word(effect->kind),
			    effect->until - BOOKS_TODAY, decision.needs_review);
		decision_clear(&decision);
	}
}

/* The effect of a verified, sure mail; MORE is configuration text that ends the company's block. */
static struct decision decide_by(struct books *books, const char *more, struct intent *intent)
{
	static const char company[] = "company \"Le Goff\" { domains = {legoff.example} senders = "
				      "{facturation@legoff.example} language "
				      "= fr";
	struct error error = {0};
	struct decision decision;
	g_autofree char *text = g_strconcat(company, more, NULL);
	config_clear(&books->config);
	if (!config_parse("t.conf", text, &books->config, &error))
		fail_msg("%s", error.text);
	decide(books, intent, 900, true, &decision);
	return decision;
}

static void the_configuration_says_what_an_answer_does(void **state)
{
	struct books *books = *state;
	int64_t hotel = books_customer(books, "Hôtel Beaurivage", "beaurivage.example");
	sent_invoice(books, hotel, "F2026-118", "<a@legoff.example>");
	static const struct {
		const char *more;
		enum intent_kind intent;
		enum effect_kind effect;
		date_t until;
		const char *task;
		int task_days;
	} rows[] = {
	    {" }", INTENT_PAID, EFFECT_HOLD, BOOKS_TODAY + 5, "bank_data", 5},
	    {" } effect \"paid\" { days = 9d task = none }", INTENT_PAID, EFFECT_HOLD, BOOKS_TODAY + 9, NULL,
		0},
	    {" } hold_paid = 8d", INTENT_REMITTANCE, EFFECT_HOLD, BOOKS_TODAY + 8, "bank_data", 5},
	    {" effect \"paid\" { days = 2d } } effect \"paid\" { days = 9d }", INTENT_PAID, EFFECT_HOLD,
		BOOKS_TODAY + 2, "bank_data", 5},
	    {" } effect \"dispute\" { action = hold days = 20d task = call task_days = 1d }", INTENT_DISPUTE,
		EFFECT_HOLD, BOOKS_TODAY + 20, "call", 1},
	    {" } effect \"ack\" { action = note }", INTENT_ACK, EFFECT_NOTE, DATE_NONE, NULL, 0},
	    {" } effect \"redirect\" { task = none }", INTENT_REDIRECT, EFFECT_NOTE, DATE_NONE, NULL, 0},
	    {" }", INTENT_REDIRECT, EFFECT_TASK, DATE_NONE, "address", 2},
	    {" } effect \"delay\" { action = stop task = legal }", INTENT_DELAY, EFFECT_STOP, DATE_NONE,
		"legal", 2},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct decision decision = decide_by(books, rows[i].more, intent_new(rows[i].intent));
		const struct effect *effect = decision.effects->pdata[0];
		if (effect->kind != rows[i].effect || effect->until != rows[i].until ||
		    g_strcmp0(effect->task, rows[i].task) != 0 || effect->task_days != rows[i].task_days)
			fail_msg("row %zu: %s, until %d, task %s in %d", i, effect_kind_word(effect->kind),
			    effect->until - BOOKS_TODAY, effect->task, effect->task_days);
		g_autofree char *row = g_strdup_printf("effect \"%s\"", intent_kind_word(rows[i].intent));
		assert_non_null(strstr(effect->why, row));
		decision_clear(&decision);
	}
}

static void a_verified_mail_names_contacts_of_its_own_domain(void **state)
{
	struct books *books = *state;
	struct error error = {0};
	int64_t hotel = books_customer(books, "Hôtel Beaurivage", "beaurivage.example");
	sent_invoice(books, hotel, "F2026-118", "<a@legoff.example>");
	static const struct {
		enum intent_kind intent;
		const char *contact, *role, *state;
	} rows[] = {
	    {INTENT_REDIRECT, "achats@beaurivage.example", "named", "good"},
	    {INTENT_REDIRECT, "achats@groupe.example", "proposed", "proposed"},
	    {INTENT_ABSENCE, "lea@beaurivage.example", "proposed", "proposed"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct intent *intent = intent_new(rows[i].intent);
		intent->contact = g_strdup(rows[i].contact);
		struct decision decision = decide_by(books, " }", intent);
		assert_true(effects_apply(&books->ledger, &decision, 0, &error));
		decision_clear(&decision);
		struct contact contact;
		bool found;
		assert_true(
		    contact_of_address(books->store, hotel, rows[i].contact, &contact, &found, &error));
		assert_true(found);
		assert_string_equal(contact.role, rows[i].role);
		assert_string_equal(contact.state, rows[i].state);
		row_clear(&contact_table, &contact);
	}
}

static void our_own_addresses_are_no_contacts_of_a_customer(void **state)
{
	struct books *books = *state;
	struct error error = {0};
	int64_t hotel = books_customer(books, "Hôtel Beaurivage", "beaurivage.example");
	sent_invoice(books, hotel, "F2026-118", "<a@legoff.example>");
	static const char *const ours[] = {"Facturation@legoff.example", "anne@legoff.example"};
	for (size_t i = 0; i < ARRAY_LENGTH(ours); i++) {
		struct intent *intent = intent_new(INTENT_ABSENCE);
		intent->contact = g_strdup(ours[i]);
		struct decision decision = decide_by(books, " }", intent);
		assert_true(effects_apply(&books->ledger, &decision, 0, &error));
		decision_clear(&decision);
		g_autofree char *lower = g_ascii_strdown(ours[i], -1);
		struct contact contact;
		bool found;
		assert_true(contact_of_address(books->store, hotel, lower, &contact, &found, &error));
		assert_false(found);
		assert_false(act_adopt_contact(&books->ledger, hotel, ours[i], NULL, "named", &error));
		assert_non_null(strstr(error.text, "is an address of our own"));
	}
}

static void domains_that_look_like_others_are_told(void **state)
{
	(void)state;
	static const struct {
		const char *domain, *real;
		bool imitates;
	} rows[] = {
	    {"beaurivage.example", "beaurivage.example", false},
	    {"mail.beaurivage.example", "beaurivage.example", false},
	    {"beaurivage.example", "mail.beaurivage.example", false},
	    {"beaur1vage.example", "beaurivage.example", true},
	    {"beaurivaqe.example", "beaurivage.example", true},
	    {"beaurivagee.example", "beaurivage.example", true},
	    {"beauirvage.example", "beaurivage.example", true},
	    {"beaurivage.invalid", "beaurivage.example", true},
	    {"beau-rivage.example", "beaurivage.example", true},
	    {"rnairie.example", "mairie.example", true},
	    {"BEAURIVAGE.EXAMPLE", "beaurivage.example", false},
	    {"hotel-nord.example", "beaurivage.example", false},
	    {"a.example", "b.example", false},
	    {NULL, "b.example", false},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
		if (domain_imitates(rows[i].domain, rows[i].real) != rows[i].imitates)
			fail_msg("row %zu: %s", i, rows[i].domain);
}

/* What a mail about accounts does; effects' words, separated by blanks. g_free. */
static char *suspect(struct books *books, struct intent *intent, const char *change, const char *iban,
    bool verified, bool by_person, char **task)
{
	struct error error = {0};
	struct reading *reading = read_mail(
	    HEAD "In-Reply-To: <a@legoff.example>\r\nSubject: Re: facture\r\n\r\nok\r\n", intent, 900);
	reading->reply->bank_change = g_strdup(change);
	reading->reply->ibans = g_ptr_array_new_with_free_func(g_free);
	if (iban)
		g_ptr_array_add(reading->reply->ibans, g_strdup(iban));
	GPtrArray *matches = match_reading(books->store, &books->config, reading, &error);
	struct effect_context context = {.config = &books->config,
	    .today = BOOKS_TODAY,
	    .is_verified = verified,
	    .by_person = by_person,
	    .imitated = verified ? NULL : "beaurivage.example"};
	struct decision decision;
	effects_decide(&context, reading, matches, &decision);
	GString *words = g_string_new(NULL);
	*task = NULL;
	for (guint i = 0; i < decision.effects->len; i++) {
		const struct effect *effect = decision.effects->pdata[i];
		g_string_append_printf(words, "%s%s", i ? " " : "", effect_kind_word(effect->kind));
		if (effect->task && !strcmp(effect->task, "bank_change"))
			*task = g_strdup(effect->detail);
	}
	g_string_append(words, decision.needs_review ? " review" : "");
	decision_clear(&decision);
	g_ptr_array_unref(matches);
	reading_free(reading);
	return g_string_free(words, FALSE);
}

#define OUR_IBAN   "FR7630006000011234567890189"
#define OTHER_IBAN "DE89370400440532013000"

static void new_bank_details_are_verified_and_never_acted_on(void **state)
{
	struct books *books = *state;
	struct error error = {0};
	int64_t hotel = books_customer(books, "Hôtel Beaurivage", "beaurivage.example");
	sent_invoice(books, hotel, "F2026-118", "<a@legoff.example>");
	config_clear(&books->config);
	assert_true(config_parse("t.conf",
	    "company \"Le Goff\" { domains = {legoff.example} senders = {facturation@legoff.example} "
	    "language = fr iban = {" OUR_IBAN "} }\n",
	    &books->config, &error));
	static const struct {
		enum intent_kind intent;
		const char *change, *iban;
		bool verified, by_person;
		const char *effects;
		bool task;
	} rows[] = {
	    {INTENT_PROMISE, "notre RIB a changé", OTHER_IBAN, true, false, "task hold review", true},
	    {INTENT_PROMISE, "notre RIB a changé", OTHER_IBAN, false, false, "task note review", true},
	    {INTENT_INSOLVENCY, "notre RIB a changé", NULL, true, false, "task hold review", true},
	    {INTENT_PROMISE, "notre RIB a changé", OTHER_IBAN, true, true, "wait_until", false},
	    {INTENT_PAID, NULL, OTHER_IBAN, true, false, "task hold", true},
	    {INTENT_PAID, NULL, OUR_IBAN, true, false, "hold", false},
	    {INTENT_ACK, NULL, OTHER_IBAN, true, false, "note hold", false},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct intent *intent = intent_new(rows[i].intent);
		intent->date = BOOKS_TODAY + 5;
		char *task;
		g_autofree char *effects = suspect(
		    books, intent, rows[i].change, rows[i].iban, rows[i].verified, rows[i].by_person, &task);
		if (strcmp(effects, rows[i].effects) != 0 || (task != NULL) != rows[i].task)
			fail_msg("row %zu: %s, task %s", i, effects, task);
		if (task && rows[i].iban)
			assert_non_null(strstr(task, OTHER_IBAN));
		if (task && !rows[i].verified)
			assert_non_null(strstr(task, "looks like beaurivage.example"));
		g_free(task);
	}
}

static void effects_change_the_books(void **state)
{
	struct books *books = *state;
	struct error error = {0};
	struct decision decision;
	books->config.confidence = 800;
	int64_t hotel = books_customer(books, "Hôtel Beaurivage", "beaurivage.example");
	int64_t id = sent_invoice(books, hotel, "F2026-118", "<a@legoff.example>");
	struct intent *intent = intent_new(INTENT_DISPUTE);
	intent->amount = money(20000, "EUR");
	intent->reason = g_strdup("quantity");
	decide(books, intent, 900, true, &decision);
	assert_true(effects_apply(&books->ledger, &decision, 0, &error));
	decision_clear(&decision);
	GPtrArray *disputes = dispute_list(books->store, id, "open", &error);
	assert_int_equal(disputes->len, 1);
	assert_int_equal(((struct dispute *)disputes->pdata[0])->amount, 20000);
	assert_string_equal(((struct dispute *)disputes->pdata[0])->reason, "quantity");
	rows_free(&dispute_table, disputes);
	decide(books, intent_new(INTENT_INSOLVENCY), 900, true, &decision);
	assert_true(effects_apply(&books->ledger, &decision, 0, &error));
	decision_clear(&decision);
	GPtrArray *holds = hold_list(books->store, hotel, 0, &error);
	assert_int_equal(holds->len, 1);
	assert_int_equal(((struct hold *)holds->pdata[0])->until, DATE_NONE);
	rows_free(&hold_table, holds);
	GPtrArray *tasks = task_list(books->store, NULL, "open", &error);
	assert_int_equal(tasks->len, 2);
	rows_free(&task_table, tasks);
}

/* Who says that he has paid is looked for in the bank's data once, until it is settled. */
static void a_payment_is_looked_for_until_it_is_there(void **state)
{
	struct books *books = *state;
	struct error error = {0};
	struct decision decision;
	int64_t hotel = books_customer(books, "Hôtel Beaurivage", "beaurivage.example");
	int64_t id = sent_invoice(books, hotel, "F2026-118", "<a@legoff.example>");
	for (int i = 0; i < 2; i++) {
		decide(books, intent_new(INTENT_PAID), 900, true, &decision);
		assert_true(effects_apply(&books->ledger, &decision, 0, &error));
		decision_clear(&decision);
	}
	GPtrArray *tasks = task_list(books->store, NULL, "open", &error);
	assert_int_equal(tasks->len, 1);
	assert_string_equal(((struct task *)tasks->pdata[0])->kind, "bank_data");
	assert_int_equal(((struct task *)tasks->pdata[0])->due_on, BOOKS_TODAY + 5);
	rows_free(&task_table, tasks);
	struct receivable receivable = books_load(books, id);
	assert_true(act_pay(&books->ledger, &receivable, receivable.open, BOOKS_TODAY, NULL, &error));
	row_clear(&receivable_table, &receivable);
	tasks = task_list(books->store, NULL, "open", &error);
	assert_int_equal(tasks->len, 0);
	rows_free(&task_table, tasks);
}

/* Of a verified sender, too, who writes about somebody else's invoice. */
static void who_speaks_for_another_cannot_hold_for_ever(void **state)
{
	struct books *books = *state;
	struct error error = {0};
	int64_t hotel = books_customer(books, "Hôtel Beaurivage", "beaurivage.example");
	int64_t port = books_customer(books, "Port", "port.example");
	int64_t id = sent_invoice(books, hotel, "F2026-118", "<a@legoff.example>");
	date_t latest = BOOKS_TODAY;
	for (int day = 0; day < 60; day += 3) {
		struct intent *intent = intent_new(INTENT_PROMISE);
		intent->date = BOOKS_TODAY + 300;
		struct reading *reading =
		    read_mail(HEAD "In-Reply-To: <a@legoff.example>\r\n\r\nok\r\n", intent, 900);
		GPtrArray *matches = match_reading(books->store, &books->config, reading, &error);
		books->ledger.today = BOOKS_TODAY + day;
		struct effect_context context = {.config = &books->config,
		    .today = books->ledger.today,
		    .is_verified = true,
		    .customer = port};
		struct decision decision;
		effects_decide(&context, reading, matches, &decision);
		assert_true(effects_apply(&books->ledger, &decision, 0, &error));
		decision_clear(&decision);
		g_ptr_array_unref(matches);
		reading_free(reading);
		GPtrArray *holds = hold_list(books->store, hotel, id, &error);
		for (guint i = 0; i < holds->len; i++)
			latest = MAX(latest, ((const struct hold *)holds->pdata[i])->until);
		rows_free(&hold_table, holds);
	}
	assert_int_equal(latest, BOOKS_TODAY + 30);
}

/* An automatic reply needs no proof for what it does by itself; a site may not make it more. */
static void an_unverified_absence_stops_nothing(void **state)
{
	struct books *books = *state;
	struct error error = {0};
	struct decision decision;
	int64_t hotel = books_customer(books, "Hôtel Beaurivage", "beaurivage.example");
	sent_invoice(books, hotel, "F2026-118", "<a@legoff.example>");
	config_clear(&books->config);
	assert_true(config_parse("t.conf",
	    "effect \"absence\" { action = stop }\n"
	    "company \"Le Goff\" { domains = {legoff.example} senders = {facturation@legoff.example} "
	    "language = fr }\n",
	    &books->config, &error));
	decide(books, intent_new(INTENT_ABSENCE), 900, false, &decision);
	assert_int_equal(((const struct effect *)decision.effects->pdata[0])->kind, EFFECT_HOLD);
	assert_true(decision.needs_review);
	decision_clear(&decision);
}

/* "facture F2026-105" over a reminder of F2026-118: what our quoted mail names as well may be no invoice. */
static void what_names_another_invoice_only_holds_the_thread(void **state)
{
	struct books *books = *state;
	struct error error = {0};
	int64_t hotel = books_customer(books, "Hôtel Beaurivage", "beaurivage.example");
	int64_t port = books_customer(books, "Port", "port.example");
	sent_invoice(books, hotel, "F2026-118", "<a@legoff.example>");
	sent_invoice(books, port, "F2026-200", "<b@legoff.example>");
	static const struct {
		const char *mention;
		enum effect_kind effect;
		bool review;
	} rows[] = {
	    {"F2026-118", EFFECT_PAUSE, false},
	    {"F2026-105", EFFECT_HOLD, true},
	    {"F2026-200", EFFECT_HOLD, true},
	    {"PO-7781", EFFECT_PAUSE, false},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct intent *intent = intent_new(INTENT_DISPUTE);
		g_ptr_array_add(intent->mentions, g_strdup(rows[i].mention));
		struct reading *reading = read_mail(HEAD
		    "In-Reply-To: <a@legoff.example>\r\nReferences: <a@legoff.example>\r\n\r\nNon.\r\n\r\n"
		    "> F2026-118, PO-7781\r\n",
		    intent, 900);
		GPtrArray *matches = match_reading(books->store, &books->config, reading, &error);
		struct effect_context context = {
		    .config = &books->config, .today = BOOKS_TODAY, .is_verified = true, .customer = hotel};
		struct decision decision;
		effects_decide(&context, reading, matches, &decision);
		assert_int_equal(decision.effects->len, 1);
		assert_int_equal(((const struct effect *)decision.effects->pdata[0])->kind, rows[i].effect);
		assert_int_equal(decision.needs_review, rows[i].review);
		decision_clear(&decision);
		g_ptr_array_unref(matches);
		reading_free(reading);
	}
}

static void another_customers_number_leaves_the_thread_held(void **state)
{
	struct books *books = *state;
	struct error error = {0};
	int64_t hotel = books_customer(books, "Hôtel Beaurivage", "beaurivage.example");
	int64_t port = books_customer(books, "Port", "port.example");
	int64_t id = sent_invoice(books, hotel, "F2026-118", "<a@legoff.example>");
	sent_invoice(books, port, "F2026-200", "<b@legoff.example>");
	struct intent *intent = intent_new(INTENT_DISPUTE);
	g_ptr_array_add(intent->mentions, g_strdup("F2026-200"));
	struct reading *reading =
	    read_mail(HEAD "In-Reply-To: <a@legoff.example>\r\n\r\nNon, la F2026-200.\r\n", intent, 900);
	GPtrArray *matches = match_reading(books->store, &books->config, reading, &error);
	struct effect_context context = {
	    .config = &books->config, .today = BOOKS_TODAY, .is_verified = true, .customer = hotel};
	struct decision decision;
	bool held = false;
	effects_decide(&context, reading, matches, &decision);
	for (guint i = 0; i < decision.effects->len; i++) {
		const struct effect *effect = decision.effects->pdata[i];
		assert_int_equal(effect->kind, EFFECT_HOLD);
		held = held || effect->receivable.id == id;
	}
	assert_true(held);
	assert_true(decision.needs_review);
	decision_clear(&decision);
	g_ptr_array_unref(matches);
	reading_free(reading);
}

static void only_known_and_authenticated_senders_are_verified(void **state)
{
	struct books *books = *state;
	struct error error = {0};
	char *ids[] = {(char *)"mx.legoff.example"};
	books->config.authserv_ids = (struct text_list){ids, 1};
	int64_t hotel = books_customer(books, "Hôtel Beaurivage", "beaurivage.example");
	static const struct {
		const char *mail;
		bool verified;
	} rows[] = {
	    {"Authentication-Results: mx.legoff.example; dmarc=pass header.from=beaurivage.example\r\n" HEAD
	     "\r\nok\r\n",
		true},
	    {HEAD "\r\nok\r\n", false},
	    {"Authentication-Results: mx.legoff.example; dmarc=pass header.from=autre.example\r\nFrom: "
	     "a@autre.example\r\n\r\nok\r\n",
		false},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		bool verified;
		struct reading *reading = read_mail(rows[i].mail, NULL, 0);
		assert_true(
		    trust_sender(books->store, &books->config, reading->message, hotel, &verified, &error));
		if (verified != rows[i].verified)
			fail_msg("row %zu", i);
		reading_free(reading);
	}
	books->config.authserv_ids = (struct text_list){NULL, 0};
}

/* The best match of MAIL: "NUMBER sure|proposed"; "none". g_free. */
static char *best_of(struct books *books, const char *mail, guint *count)
{
	struct error error = {0};
	struct reading *reading = read_mail(mail, NULL, 0);
	GPtrArray *matches = match_reading(books->store, &books->config, reading, &error);
	assert_non_null(matches);
	const struct match *best = matches->len ? matches->pdata[0] : NULL;
	char *text = g_strdup_printf(
	    "%s %s", best ? best->receivable.number : "none", best && best->is_sure ? "sure" : "proposed");
	*count = matches->len;
	g_ptr_array_unref(matches);
	reading_free(reading);
	return text;
}

static void a_customer_with_many_invoices_is_heard_on_each(void **state)
{
	struct books *books = *state;
	struct error error = {0};
	guint count;
	int64_t hotel = books_customer(books, "Hôtel Beaurivage", "beaurivage.example");
	for (int i = 0; i < 700; i++) {
		char number[32];
		snprintf(number, sizeof number, "F2025-%04d", i);
		int64_t id = books_receivable(
		    books, hotel, number, 1000, BOOKS_TODAY - 400 + i / 2, BOOKS_TODAY - 370 + i / 2);
		struct receivable receivable = books_load(books, id);
		if (i % 3)
			assert_true(act_pay(&books->ledger, &receivable, 1000, BOOKS_TODAY, NULL, &error));
		row_clear(&receivable_table, &receivable);
	}
	g_autofree char *last = best_of(books, HEAD "Subject: facture F2025-0699\r\n\r\nok\r\n", &count);
	assert_string_equal(last, "F2025-0699 sure");
	g_autofree char *paid = best_of(books, HEAD "Subject: facture F2025-0001\r\n\r\nok\r\n", &count);
	assert_string_equal(paid, "F2025-0001 sure");
}

static void all_customers_of_a_shared_domain_are_counterparts(void **state)
{
	struct books *books = *state;
	guint count;
	int64_t north = books_customer(books, "Groupe Nord", "groupe.example");
	int64_t south = books_customer(books, "Groupe Sud", "groupe.example");
	sent_invoice(books, north, "N2026-1", "<n@legoff.example>");
	sent_invoice(books, south, "S2026-1", "<s@legoff.example>");
	g_autofree char *best =
	    best_of(books, "From: x@groupe.example\r\nSubject: S2026-1\r\n\r\nok\r\n", &count);
	assert_string_equal(best, "S2026-1 sure");
}

static void what_is_told_with_doubt_has_no_effect(void **state)
{
	struct books *books = *state;
	books->config.confidence = 800;
	int64_t hotel = books_customer(books, "Hôtel Beaurivage", "beaurivage.example");
	sent_invoice(books, hotel, "F2026-118", "<a@legoff.example>");
	static const struct {
		int confidence; /* of a second promise */
		guint effects;
	} rows[] = {{450, 1}, {920, 2}};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct intent *first = intent_new(INTENT_PROMISE), *second = intent_new(INTENT_PROMISE);
		first->date = BOOKS_TODAY + 10;
		first->confidence = 920;
		second->date = BOOKS_TODAY + 20;
		second->confidence = rows[i].confidence;
		struct reading *reading =
		    read_mail(HEAD "In-Reply-To: <a@legoff.example>\r\n\r\nok\r\n", first, 920);
		g_ptr_array_add(reading->reply->intents, second);
		struct decision decision;
		decide_reading(books, reading, true, &decision);
		assert_int_equal(decision.effects->len, rows[i].effects);
		decision_clear(&decision);
	}
}

/* "F2026-118: paid. F2026-131: paid." of which only the first is likely: the other is not chased either, but
 * held for a person to look. */
static void what_names_an_invoice_with_doubt_holds_it(void **state)
{
	struct books *books = *state;
	books->config.confidence = 800;
	int64_t hotel = books_customer(books, "Hôtel Beaurivage", "beaurivage.example");
	sent_invoice(books, hotel, "F2026-118", "<a@legoff.example>");
	sent_invoice(books, hotel, "F2026-131", "<b@legoff.example>");
	static const struct {
		int confidence; /* of the second promise */
		enum effect_kind kind;
		bool needs_review;
	} rows[] = {{450, EFFECT_HOLD, true}, {920, EFFECT_WAIT_UNTIL, false}};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct intent *first = intent_new(INTENT_PROMISE), *second = intent_new(INTENT_PROMISE);
		first->date = second->date = BOOKS_TODAY + 10;
		first->confidence = 920;
		second->confidence = rows[i].confidence;
		g_ptr_array_add(first->mentions, g_strdup("F2026-118"));
		g_ptr_array_add(second->mentions, g_strdup("F2026-131"));
		struct reading *reading =
		    read_mail(HEAD "In-Reply-To: <a@legoff.example>\r\nReferences: <b@legoff.example>\r\n\r\n"
				   "F2026-118, F2026-131\r\n",
			first, 920);
		g_ptr_array_add(reading->reply->intents, second);
		struct decision decision;
		decide_reading(books, reading, true, &decision);
		assert_int_equal(decision.effects->len, 2);
		for (guint k = 0; k < 2; k++) {
			const struct effect *effect = decision.effects->pdata[k];
			bool is_second = strcmp(effect->receivable.number, "F2026-131") == 0;
			assert_int_equal(effect->kind, is_second ? rows[i].kind : EFFECT_WAIT_UNTIL);
		}
		assert_int_equal(decision.needs_review, rows[i].needs_review);
		decision_clear(&decision);
	}
}

static void a_verified_customer_speaks_for_no_other(void **state)
{
	struct books *books = *state;
	struct error error = {0};
	books->config.confidence = 800;
	books->config.hold_unknown = 3;
	int64_t hotel = books_customer(books, "Hôtel Beaurivage", "beaurivage.example");
	int64_t port = books_customer(books, "Port", "port.example");
	sent_invoice(books, hotel, "F2026-118", "<a@legoff.example>");
	sent_invoice(books, port, "F2026-200", "<b@legoff.example>");
	struct reading *reading =
	    read_mail(HEAD "Cc: compta@port.example\r\nIn-Reply-To: <a@legoff.example>\r\n"
			   "Subject: F2026-118 F2026-200\r\n\r\nok\r\n",
		intent_new(INTENT_INSOLVENCY), 900);
	GPtrArray *matches = match_reading(books->store, &books->config, reading, &error);
	assert_non_null(matches);
	assert_int_equal(matches->len, 2);
	struct effect_context context = {
	    .config = &books->config, .today = BOOKS_TODAY, .is_verified = true, .customer = hotel};
	struct decision decision;
	effects_decide(&context, reading, matches, &decision);
	assert_int_equal(decision.effects->len, 2);
	for (guint i = 0; i < decision.effects->len; i++) {
		const struct effect *effect = decision.effects->pdata[i];
		assert_int_equal(effect->kind, effect->customer == port ? EFFECT_HOLD : EFFECT_STOP);
	}
	assert_true(decision.needs_review);
	decision_clear(&decision);
	g_ptr_array_unref(matches);
	reading_free(reading);
}

int main(void)
{
	message_setup();
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(numbers_are_found_however_they_are_written),
	    cmocka_unit_test_setup_teardown(each_sign_weighs_what_it_should, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		a_customer_with_many_invoices_is_heard_on_each, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		all_customers_of_a_shared_domain_are_counterparts, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(what_is_told_with_doubt_has_no_effect, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(what_names_an_invoice_with_doubt_holds_it, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(a_verified_customer_speaks_for_no_other, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(readings_become_effects_by_the_table, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(the_configuration_says_what_an_answer_does, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		a_verified_mail_names_contacts_of_its_own_domain, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		our_own_addresses_are_no_contacts_of_a_customer, set_up, tear_down),
	    cmocka_unit_test(domains_that_look_like_others_are_told),
	    cmocka_unit_test_setup_teardown(
		new_bank_details_are_verified_and_never_acted_on, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(a_payment_is_looked_for_until_it_is_there, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(who_speaks_for_another_cannot_hold_for_ever, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(an_unverified_absence_stops_nothing, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		another_customers_number_leaves_the_thread_held, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		what_names_another_invoice_only_holds_the_thread, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(effects_change_the_books, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		only_known_and_authenticated_senders_are_verified, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
