/* The digest: what it says, that it goes once, and the orders that answer it. */
#include "unit.h"
#include "office.h"

#include "clerk/intake.h"
#include "dunning/digest.h"
#include "dunning/orders.h"
#include "dunning/outcome.h"
#include "ledger/act.h"
#include "ledger/rebuild.h"
#include "store/rows_journal.h"

#define APPROVAL "sending = approve\nauthserv_ids = {mx.legoff.example}\n"
#define LADDER                                                                                               \
	"ladder \"business\" { step first-reminder { anchor = due offset = 7d } step second-reminder { "     \
	"offset = 14d } }\n"

static struct lexicon *lexicon;

static void ticked(struct office *office)
{
	struct error error = {0};
	int64_t done = 0;
	struct books *books = &office->books;
	office_plan(office);
	store_rollback(books->store);
	if (!digest_tick(books->store, &books->config, &office->site, books->ledger.now, &error) ||
	    !notice_tick(books->store, &books->config, &office->site, books->ledger.now, &done, &error))
		fail_msg("%s", error.text);
	assert_true(store_begin(books->store, &error));
}

static guint notice_count(struct office *office, const char *state)
{
	struct error error = {0};
	GPtrArray *rows = notice_list_of_state(office->books.store, state, &error);
	guint count = rows->len;
	rows_free(&notice_table, rows);
	return count;
}

static void expect(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("\"%s\" is not in:\n%s", part, text);
}

/* An invoice with a dispute, one with a promise for today, one whose reminder waits, and a task. */
static int64_t fill(struct office *office)
{
	struct error error = {0};
	struct ledger *ledger = &office->books.ledger;
	int64_t customer = books_customer(&office->books, "Breizh & Fils <SARL>", "habitat.example");
	int64_t disputed = office_invoice(office, customer, "F2026-101", 118800, "2026-02-20");
	int64_t promised = office_invoice(office, customer, "F2026-102", 1234567890, "2026-02-10");
	int64_t waiting = office_invoice(office, customer, "F2026-103", 50000, "2026-02-10");
	struct receivable row = books_load(&office->books, disputed);
	assert_true(act_dispute(ledger, &row, "price", 0, "anne", 0, &error));
	row_clear(&receivable_table, &row);
	row = books_load(&office->books, promised);
	assert_true(act_promise(ledger, &row, ledger->today, 0, 0, &error));
	row_clear(&receivable_table, &row);
	const struct task_draft task = {.company = "Le Goff",
	    .kind = "call",
	    .customer = customer,
	    .receivable = promised,
	    .title = "Call",
	    .due_on = day_of("2026-02-27")};
	assert_true(act_open_task(ledger, &task, NULL, &error));
	return waiting;
}

static void the_digest_says_what_waits_for_a_person(void **state)
{
	(void)state;
	static const char *const languages[] = {"fr", "en", "de", "es", "it", "nl"};
	static const char *const calls[] = {
	    "Appel à passer", "Call", "Anruf", "Llamada", "Telefonata", "Telefoontje"};
	for (size_t i = 0; i < ARRAY_LENGTH(languages); i++) {
		struct office office;
		struct error error = {0};
		struct digest digest;
		office_open(&office, APPROVAL LADDER);
		fill(&office);
		office_tick(&office);
		g_autofree char *language = g_strdup(languages[i]);
		struct company_config *company = &office.books.config.companies[0];
		char *own = company->language;
		company->language = language;
		if (!digest_compose(&office.books.ledger, company, 0, 0, &digest, &error))
			fail_msg("%s", error.text);
		company->language = own;
		assert_false(digest.is_empty);
		static const char *const parts[] = {
		    "Breizh & Fils <SARL>", "F2026-101", "F2026-102", "F2026-103", "anne"};
		for (size_t p = 0; p < ARRAY_LENGTH(parts); p++)
			expect(digest.text, parts[p]);
		expect(digest.text, calls[i]);
		for (const char *const *code = outcome_codes(); *code; code++)
			expect(digest.text, *code);
		expect(digest.html, "Breizh &amp; Fils &lt;SARL&gt;");
		expect(digest.html, "<table");
		assert_null(strstr(digest.html, "http"));
		assert_null(strstr(digest.text, "{{"));
		assert_null(strstr(digest.text, "  \n"));
		digest_clear(&digest);
		office_close(&office);
	}
}

/* F2026-201 of 1,000.00, of which 400.00 are due on the first of the two days; its id. */
static int64_t open_in_parts(struct office *office, int64_t customer, const char *first, const char *second)
{
	struct error error = {0};
	const struct due_line_row lines[] = {
	    {.due_on = day_of(first), .amount = 40000}, {.due_on = day_of(second), .amount = 60000}};
	const struct receivable_draft draft = {.company = "Le Goff",
	    .customer = customer,
	    .number = "F2026-201",
	    .kind = "invoice",
	    .issue_date = day_of("2026-01-10"),
	    .due_date = day_of(second),
	    .currency = "EUR",
	    .total = 100000,
	    .open = INT64_MIN,
	    .message_id = "<F2026-201@legoff.example>",
	    .subject = "Facture",
	    .due_lines = lines,
	    .due_line_count = 2};
	bool opened;
	int64_t id;
	if (!act_open_receivable(&office->books.ledger, &draft, &id, &opened, &error))
		fail_msg("%s", error.text);
	return id;
}

/* An invoice of two parts that are overdue, one more of which a part is disputed. */
static void the_digest_tells_an_invoice_once_and_of_a_dispute_its_part(void **state)
{
	(void)state;
	struct office office;
	struct error error = {0};
	struct digest digest;
	office_open(&office, APPROVAL LADDER);
	struct ledger *ledger = &office.books.ledger;
	int64_t customer = books_customer(&office.books, "Breizh Habitat", "habitat.example");
	open_in_parts(&office, customer, "2026-02-19", "2026-02-20");
	int64_t disputed = office_invoice(&office, customer, "F2026-202", 118800, "2026-03-20");
	struct receivable row = books_load(&office.books, disputed);
	assert_true(act_dispute(ledger, &row, "price", 20050, "anne", 0, &error));
	row_clear(&receivable_table, &row);
	office_plan(&office);
	assert_true(digest_compose(ledger, &office.books.config.companies[0], 0, 0, &digest, &error));
	const char *first = strstr(digest.text, "F2026-201");
	assert_non_null(first);
	assert_null(strstr(first + 1, "F2026-201"));
	expect(digest.text, "200,50");
	assert_null(strstr(digest.text, "188,00"));
	digest_clear(&digest);
	office_close(&office);
}

static void a_call_about_several_is_told_with_their_sum(void **state)
{
	(void)state;
	struct office office;
	struct error error = {0};
	struct digest digest;
	office_open(
	    &office, "ladder \"business\" { step \"call\" { anchor = due offset = 2d channel = call } }\n");
	int64_t customer = books_customer(&office.books, "Breizh Habitat", "habitat.example");
	office_invoice(&office, customer, "F2026-301", 118800, "2026-02-26");
	office_invoice(&office, customer, "F2026-302", 5000, "2026-02-27");
	assert_int_equal(office_tick(&office).tasks, 1);
	assert_true(
	    digest_compose(&office.books.ledger, &office.books.config.companies[0], 0, 0, &digest, &error));
	expect(digest.text, "F2026-301, F2026-302, 1\u202f238,00\u00a0€");
	digest_clear(&digest);
	office_close(&office);
}

/* Of 1,000.00 only the first 400.00 are due: CALL, or what goes tomorrow. */
static void what_is_about_a_part_is_told_with_its_amount(void **state)
{
	(void)state;
	static const struct row {
		const char *ladder, *due;
		const char *told;
	} rows[] = {
	    {"ladder \"business\" { step \"call\" { anchor = due offset = 2d channel = call } }\n",
		"2026-02-26", "F2026-201"},
	    {"ladder \"business\" { step \"decide\" { anchor = due offset = 2d channel = task } }\n",
		"2026-02-26", "F2026-201"},
	    {"ladder \"business\" { step first-reminder { anchor = due offset = 7d } }\n", "2026-02-24",
		"F2026-201"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct office office;
		struct error error = {0};
		struct digest digest;
		office_open(&office, rows[i].ladder);
		struct ledger *ledger = &office.books.ledger;
		int64_t customer = books_customer(&office.books, "Breizh Habitat", "habitat.example");
		open_in_parts(&office, customer, rows[i].due, "2026-12-31");
		office_tick(&office);
		assert_true(digest_compose(ledger, &office.books.config.companies[0], 0, 0, &digest, &error));
		expect(digest.text, rows[i].told);
		expect(digest.text, "400,00\u00a0€");
		assert_null(strstr(digest.text, "000,00"));
		digest_clear(&digest);
		office_close(&office);
	}
}

static void nothing_is_sent_when_there_is_nothing(void **state)
{
	(void)state;
	struct office office;
	office_open(&office, LADDER);
	office_go(&office, "2026-03-03", 9);
	ticked(&office);
	assert_int_equal(office_mail_count(&office), 0);
	office_close(&office);
}

static void it_goes_once_a_business_day_after_its_hour(void **state)
{
	(void)state;
	static const struct {
		const char *day;
		int hour, mails;
	} rows[] = {{"2026-03-02", 6, 0}, {"2026-03-02", 8, 1}, {"2026-03-02", 9, 1}, {"2026-03-02", 23, 1},
	    {"2026-03-03", 7, 1}, {"2026-03-03", 15, 2}, {"2026-03-07", 9, 2}, {"2026-03-08", 9, 2},
	    {"2026-03-09", 9, 3}};
	struct office office;
	office_open(&office, APPROVAL LADDER);
	fill(&office);
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		office_go(&office, rows[i].day, rows[i].hour);
		ticked(&office);
		ticked(&office);
		if (office_mail_count(&office) != rows[i].mails)
			fail_msg("%s %d: %d mails", rows[i].day, rows[i].hour, office_mail_count(&office));
	}
	char *arguments = office_arguments(&office, 1), *mail = office_mail(&office, 1);
	expect(arguments, "anne@legoff.example\npaul@legoff.example\n");
	expect(arguments, "-N\nfailure\n");
	expect(mail, "Auto-Submitted: auto-generated");
	expect(mail, "Message-ID: <relance.digest.");
	free(arguments);
	free(mail);
	office_close(&office);
}

static void it_waits_for_sending_to_be_allowed(void **state)
{
	(void)state;
	struct office office;
	struct error error = {0};
	office_open(&office, "sending = off\n" LADDER);
	fill(&office);
	ticked(&office);
	assert_int_equal(office_mail_count(&office), 0);
	office.books.config.sending = SENDING_ON;
	assert_true(act_setting(&office.books.ledger, "sending.paused", "yes", &error));
	ticked(&office);
	assert_int_equal(notice_count(&office, "ready"), 0);
	assert_true(act_setting(&office.books.ledger, "sending.paused", "no", &error));
	ticked(&office);
	assert_int_equal(office_mail_count(&office), 1);
	office_close(&office);
}

static void what_sendmail_refuses_goes_again_later(void **state)
{
	(void)state;
	struct office office;
	office_open(&office, APPROVAL LADDER);
	fill(&office);
	office_sendmail(&office, "exit 75");
	ticked(&office);
	assert_int_equal(notice_count(&office, "ready"), 1);
	office_sendmail(&office, "exit 0");
	ticked(&office);
	assert_int_equal(office_mail_count(&office), 1);
	office.books.ledger.now += 120;
	ticked(&office);
	assert_int_equal(office_mail_count(&office), 2);
	assert_int_equal(notice_count(&office, "submitted"), 1);
	office_close(&office);
}

/* ---- orders ---- */

struct reply {
	const char *from, *login, *results, *thread, *body;
	bool outgoing, past;
};

static const char *take_reply(struct office *office, const struct reply *reply, const char *id)
{
	struct error error = {0};
	struct envelope envelope;
	struct intake_result result;
	g_autofree char *text = g_strdup_printf(
	    "%s%s%sFrom: %s\r\nTo: facturation@legoff.example\r\nSubject: Re: Relances\r\nMessage-ID: "
	    "<%s>\r\nIn-Reply-To: %s\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; "
	    "charset=utf-8\r\n\r\n%s",
	    reply->results ? "Authentication-Results: " : "", reply->results ? reply->results : "",
	    reply->results ? "\r\n" : "", reply->from, id, reply->thread, reply->body);
	GBytes *bytes = g_bytes_new(text, strlen(text));
	struct reading *reading = reading_of_bytes(text, strlen(text), NULL, lexicon);
	json_t *json = reading_to_json(reading);
	GPtrArray *documents = g_ptr_array_new();
	envelope_init(&envelope, reply->outgoing, office->books.ledger.now);
	envelope.login = g_strdup(reply->login);
	envelope.is_live = !reply->past;
	envelope_add_recipient(&envelope, "facturation@legoff.example");
	struct intake intake = {&envelope, reading, json, documents, bytes};
	if (!intake_message(&office->books.ledger, &intake, &result, &error))
		fail_msg("%s", error.text);
	const char *what = result.what;
	intake_result_clear(&result);
	envelope_clear(&envelope);
	g_ptr_array_unref(documents);
	json_decref(json);
	reading_free(reading);
	g_bytes_unref(bytes);
	return what;
}

/* The Message-ID of the digest that was sent; g_free. */
static char *digest_id(struct office *office)
{
	struct error error = {0};
	GPtrArray *rows = notice_list_of_state(office->books.store, "submitted", &error);
	assert_int_equal(rows->len, 1);
	char *id = g_strdup(((struct notice *)rows->pdata[0])->message_id);
	rows_free(&notice_table, rows);
	return id;
}

static int64_t waiting_mail(struct office *office, const char *state)
{
	struct error error = {0};
	GPtrArray *rows = outbox_list_of_state(office->books.store, state, &error);
	int64_t id = rows->len ? ((struct outbox *)rows->pdata[0])->id : 0;
	rows_free(&outbox_table, rows);
	return id;
}

static void only_an_authenticated_controller_gives_orders(void **state)
{
	(void)state;
	static const char pass[] = "mx.legoff.example; dkim=pass header.d=legoff.example";
	static const char forged[] = "mx.elsewhere.example; dkim=pass header.d=legoff.example";
	static const char unaligned[] = "mx.legoff.example; dkim=pass header.d=elsewhere.example";
	static const struct {
		const char *from, *login, *results;
		bool outgoing, past;
		const char *what;
	} rows[] = {
	    {"anne@legoff.example", NULL, NULL, false, false, "orders-refused"},
	    {"anne@legoff.example", NULL, forged, false, false, "orders-refused"},
	    {"anne@legoff.example", NULL, unaligned, false, false, "orders-refused"},
	    {"anne@legoff.example", "bob", NULL, true, false, "orders-refused"},
	    {"anne@legoff.example", "anne@legoff.example", NULL, true, true, "orders-refused"},
	    {"bob@legoff.example", "bob", NULL, true, false, "orders-refused"},
	    {"compta@habitat.example", NULL, NULL, false, false, "answer"},
	    {"anne@legoff.example", "anne@legoff.example", NULL, true, false, "orders"},
	    {"anne@legoff.example", "Anne", NULL, false, false, "orders"},
	    {"paul@legoff.example", NULL, pass, false, false, "orders"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct office office;
		office_open(&office, APPROVAL LADDER);
		fill(&office);
		office_tick(&office);
		ticked(&office);
		g_autofree char *thread = digest_id(&office);
		g_autofree char *body =
		    g_strdup_printf("approve %lld\r\n", (long long)waiting_mail(&office, "waiting"));
		struct reply reply = {rows[i].from, rows[i].login, rows[i].results, thread, body,
		    rows[i].outgoing, rows[i].past};
		const char *what = take_reply(&office, &reply, "order-1@legoff.example");
		if (strcmp(what, rows[i].what) != 0)
			fail_msg("row %zu: %s", i, what);
		bool obeyed = strcmp(what, "orders") == 0;
		assert_int_equal(waiting_mail(&office, "ready") != 0, obeyed);
		assert_int_equal(notice_count(&office, "ready"), obeyed ? 1 : 0);
		office_close(&office);
	}
}

static int64_t event_count(struct office *office)
{
	struct error error = {0};
	char head[SHA256_TEXT_SIZE];
	int64_t count;
	assert_true(journal_head_get(office->books.store, &count, head, &error));
	return count;
}

static void the_same_orders_twice_change_nothing_and_the_journal_says_who(void **state)
{
	(void)state;
	struct office office;
	struct error error = {0};
	office_open(&office, APPROVAL LADDER);
	fill(&office);
	office_tick(&office);
	ticked(&office);
	g_autofree char *thread = digest_id(&office);
	struct reply reply = {"anne@legoff.example", "anne", NULL, thread,
	    "Bonjour,\r\npaid F2026-103 200,00\r\nhold F2026-102 until 2026-04-30\r\n\r\n> release "
	    "F2026-102\r\n> paid F2026-101\r\n",
	    false, false};
	assert_string_equal(take_reply(&office, &reply, "order-1@legoff.example"), "orders");
	int64_t events = event_count(&office);
	assert_string_equal(take_reply(&office, &reply, "order-1@legoff.example"), "known");
	assert_int_equal(event_count(&office), events);
	struct query query;
	query_open(&query, office.books.store,
	    "SELECT count(*) FROM journal WHERE actor = 'mail:anne@legoff.example' AND kind IN "
	    "('entry.posted', 'hold.set')",
	    "");
	assert_true(query_row(&query));
	assert_int_equal(query_integer(&query, 0), 2);
	assert_true(query_close(&query, &error));
	ticked(&office);
	char *answer = office_mail(&office, 2), *arguments = office_arguments(&office, 2);
	expect(arguments, "anne@legoff.example\n");
	expect(answer, "In-Reply-To: <order-1@legoff.example>");
	expect(answer, "Auto-Submitted: auto-replied");
	expect(answer, "paid F2026-103 200,00");
	expect(answer, "Bonjour,");
	assert_null(strstr(answer, "F2026-101"));
	free(answer);
	free(arguments);
	office_close(&office);
}

/* The number of the call that is open, else of the last one; g_free. */
static char *open_call(struct office *office, bool open)
{
	struct error error = {0};
	GPtrArray *tasks = task_list(office->books.store, NULL, open ? "open" : "done", &error);
	char *number = NULL;
	for (guint i = 0; i < tasks->len; i++) {
		const struct task *task = tasks->pdata[i];
		if (strcmp(task->kind, "call") != 0)
			continue;
		g_free(number);
		number = g_strdup_printf("%lld", (long long)task->id);
	}
	rows_free(&task_table, tasks);
	return number;
}

/* What is unknown among several numbers is told of that one alone. */
static void each_number_of_an_order_has_its_result(void **state)
{
	(void)state;
	struct office office;
	struct error error = {0};
	office_open(&office, APPROVAL LADDER);
	fill(&office);
	office_tick(&office);
	GPtrArray *waiting = outbox_list_of_state(office.books.store, "waiting", &error);
	assert_int_equal(waiting->len, 1);
	long long id = (long long)((const struct outbox *)waiting->pdata[0])->id;
	rows_free(&outbox_table, waiting);
	g_autofree char *line = g_strdup_printf("approve 999999, %lld %lld", id, id);
	GPtrArray *results =
	    orders_run(&office.books.ledger, &office.site, &office.books.config.companies[0], line, &error);
	if (!results)
		fail_msg("%s", error.text);
	static const char *const outcomes[] = {"unknown", "done", "already"};
	assert_int_equal(results->len, ARRAY_LENGTH(outcomes));
	g_autofree char *one = g_strdup_printf("approve %lld", id);
	for (guint i = 0; i < results->len; i++) {
		const struct order_result *result = results->pdata[i];
		assert_string_equal(result->outcome, outcomes[i]);
		assert_string_equal(result->line, i ? one : "approve 999999");
	}
	g_ptr_array_unref(results);
	office_close(&office);
}

/* 400.00 of 1,000.00 are due: what "paid" alone means is not known before a person says it. */
static void of_an_invoice_in_parts_the_amount_is_asked_for(void **state)
{
	(void)state;
	static const struct row {
		const char *line, *outcome;
		int64_t open;
	} rows[] = {
	    {"paid F2026-201", "refused", 100000},
	    {"paid F2026-201 400.00", "done", 60000},
	    /* the rest is all of one part */
	    {"paid F2026-201", "done", 0},
	};
	struct office office;
	struct error error = {0};
	office_open(&office, APPROVAL LADDER);
	struct ledger *ledger = &office.books.ledger;
	int64_t customer = books_customer(&office.books, "Breizh Habitat", "habitat.example");
	int64_t id = open_in_parts(&office, customer, "2026-02-20", "2026-12-31");
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		GPtrArray *results =
		    orders_run(ledger, &office.site, &office.books.config.companies[0], rows[i].line, &error);
		assert_non_null(results);
		assert_string_equal(
		    ((const struct order_result *)results->pdata[0])->outcome, rows[i].outcome);
		g_ptr_array_unref(results);
		struct receivable row = books_load(&office.books, id);
		assert_int_equal(row.open, rows[i].open);
		row_clear(&receivable_table, &row);
	}
	office_close(&office);
}

static void a_line_is_an_order_or_nothing(void **state)
{
	(void)state;
	static const struct {
		const char *line, *outcome; /* NULL: not understood */
	} rows[] = {
	    {"paid F2026-103 200.00", "done"},
	    {"Paid f2026-103, 100,00 on 2026-03-01.", "done"},
	    {"paid F2026-103 1.188", "amount"},
	    {"paid F2026-103 5000.00", "amount"},
	    {"paid F2026-103 10.00 on 2026-05-01", "date"},
	    {"paid F2026-103 10.00 on", NULL},
	    {"paid F2026-103", "done"},
	    {"paid F2026-103", "already"},
	    {"paid F2026-999", "unknown"},
	    {"paid", NULL},
	    {"paid in full last week", "unknown"},
	    {"hold F2026-102", "done"},
	    {"hold F2026-102", "already"},
	    {"hold F2026-102 until 2026-04-30", "done"},
	    {"hold F2026-102 until tomorrow", "date"},
	    {"hold F2026-102 until 2026-02-30", "date"},
	    {"hold F2026-102 until 2026-01-30", "date"},
	    {"hold breizh & fils <sarl>", "done"},
	    {"release Breizh & Fils <SARL>", "done"},
	    {"release F2026-102", "done"},
	    {"release F2026-102", "already"},
	    {"promise F2026-101 2026-04-15", "done"},
	    {"promise F2026-101 2026-04-15", "already"},
	    {"promise F2026-101 2026-04-20 100.00", "done"},
	    {"promise F2026-101 2026-01-15", "date"},
	    {"promise F2026-101 soon", "date"},
	    {"promise F2026-101", NULL},
	    {"approve 999999", "unknown"},
	    {"approve all", NULL},
	    {"approve 12 F2026-103", NULL},
	    {"done 999999", "unknown"},
	    {"done TASK nonsense", NULL},
	    {"done TASK promised", NULL},
	    {"done TASK promised 2026-01-15", "date"},
	    {"done TASK promised soon", "date"},
	    {"done TASK reached 100.00", NULL},
	    {"done TASK dispute price 99999999999.00", "amount"},
	    {"done TASK Voicemail", "done"},
	    {"done TASK voicemail", "already"},
	    {"done AGAIN promised 2026-04-15 100.00", "done"},
	    {"done AGAIN", "already"},
	    {"Merci beaucoup", NULL},
	    {"please hold F2026-102", NULL},
	};
	struct office office;
	struct error error = {0};
	office_open(&office, APPROVAL LADDER);
	fill(&office);
	GPtrArray *calls = task_list_of_kind(office.books.store, "call", &error);
	g_autofree char *task =
	    g_strdup_printf("done %lld", (long long)((const struct task *)calls->pdata[0])->id);
	rows_free(&task_table, calls);
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		GString *line = g_string_new(rows[i].line);
		g_string_replace(line, "done TASK", task, 0);
		if (strstr(line->str, "AGAIN")) { /* whom nobody reached is called again */
			g_autofree char *again = open_call(&office, strstr(rows[i].line, "promised"));
			g_string_replace(line, "AGAIN", again, 0);
		}
		GPtrArray *results = orders_run(
		    &office.books.ledger, &office.site, &office.books.config.companies[0], line->str, &error);
		g_string_free(line, TRUE);
		if (!results)
			fail_msg("%s: %s", rows[i].line, error.text);
		assert_int_equal(results->len, 1);
		const struct order_result *result = results->pdata[0];
		if (!result->outcome != !rows[i].outcome ||
		    (result->outcome && strcmp(result->outcome, rows[i].outcome) != 0))
			fail_msg("%s: %s (%s)", rows[i].line, result->outcome ? result->outcome : "nothing",
			    result->detail ? result->detail : "");
		g_ptr_array_unref(results);
	}
	office_close(&office);
}

/* What the digest itself says must never be taken for orders when somebody's mail program quotes it badly. */
static void the_digest_quoted_without_marks_orders_nothing(void **state)
{
	(void)state;
	struct office office;
	struct error error = {0};
	struct digest digest;
	office_open(&office, APPROVAL LADDER);
	fill(&office);
	office_tick(&office);
	assert_true(
	    digest_compose(&office.books.ledger, &office.books.config.companies[0], 0, 0, &digest, &error));
	int64_t events = event_count(&office);
	GPtrArray *results = orders_run(
	    &office.books.ledger, &office.site, &office.books.config.companies[0], digest.text, &error);
	assert_non_null(results);
	for (guint i = 0; i < results->len; i++) {
		const struct order_result *result = results->pdata[i];
		if (result->outcome && strcmp(result->outcome, "done") == 0)
			fail_msg("done: %s", result->line);
	}
	assert_int_equal(event_count(&office), events);
	g_ptr_array_unref(results);
	digest_clear(&digest);
	office_close(&office);
}

static void the_digest_on_its_way_is_nobodys_mail(void **state)
{
	(void)state;
	struct office office;
	struct error error = {0};
	office_open(&office, APPROVAL LADDER);
	fill(&office);
	ticked(&office);
	char *mail = office_mail(&office, 1);
	GBytes *bytes = g_bytes_new(mail, strlen(mail));
	struct reading *reading = reading_of_bytes(mail, strlen(mail), NULL, lexicon);
	json_t *json = reading_to_json(reading);
	GPtrArray *documents = g_ptr_array_new();
	struct envelope envelope;
	struct intake_result result;
	envelope_init(&envelope, true, office.books.ledger.now);
	envelope_add_recipient(&envelope, "anne@legoff.example");
	struct intake intake = {&envelope, reading, json, documents, bytes};
	assert_true(intake_message(&office.books.ledger, &intake, &result, &error));
	assert_string_equal(result.what, "notice-seen");
	assert_int_equal(result.watch->len, 1);
	assert_int_equal(notice_count(&office, "seen"), 1);
	intake_result_clear(&result);
	envelope_clear(&envelope);
	g_ptr_array_unref(documents);
	json_decref(json);
	reading_free(reading);
	g_bytes_unref(bytes);
	free(mail);
	office_close(&office);
}

int main(void)
{
	message_setup();
	lexicon = lexicon_new();
	struct error error = {0};
	if (!lexicon_finish(lexicon, &error))
		return 1;
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_digest_says_what_waits_for_a_person),
	    cmocka_unit_test(the_digest_tells_an_invoice_once_and_of_a_dispute_its_part),
	    cmocka_unit_test(a_call_about_several_is_told_with_their_sum),
	    cmocka_unit_test(what_is_about_a_part_is_told_with_its_amount),
	    cmocka_unit_test(nothing_is_sent_when_there_is_nothing),
	    cmocka_unit_test(it_goes_once_a_business_day_after_its_hour),
	    cmocka_unit_test(it_waits_for_sending_to_be_allowed),
	    cmocka_unit_test(what_sendmail_refuses_goes_again_later),
	    cmocka_unit_test(only_an_authenticated_controller_gives_orders),
	    cmocka_unit_test(the_same_orders_twice_change_nothing_and_the_journal_says_who),
	    cmocka_unit_test(each_number_of_an_order_has_its_result),
	    cmocka_unit_test(of_an_invoice_in_parts_the_amount_is_asked_for),
	    cmocka_unit_test(a_line_is_an_order_or_nothing),
	    cmocka_unit_test(the_digest_quoted_without_marks_orders_nothing),
	    cmocka_unit_test(the_digest_on_its_way_is_nobodys_mail),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	lexicon_free(lexicon);
	return failed;
}
