/* A verified customer asks for an invoice: the clerk sends it, once, in the thread of the question. */
#include "unit.h"
#include "office.h"

#include <sys/wait.h>
#include <unistd.h>

#include "dunning/effects.h"
#include "host/fault.h"

static int64_t start(struct office *office, const char *more)
{
	g_autofree char *text = g_strdup_printf("resend = yes\n%s", more);
	office_open(office, text);
	int64_t customer = books_customer(&office->books, "Breizh Habitat SARL", "habitat.example");
	return office_invoice(office, customer, "F2026-118", 118800, "2026-03-20");
}

/* FROM asks for the invoices (of which the first one's mail it answers). */
static int64_t ask(
    struct office *office, const char *from, const int64_t *invoices, size_t count, bool verified)
{
	static int serial;
	struct error error = {0};
	struct books *books = &office->books;
	int64_t message;
	g_autofree char *id = g_strdup_printf("<ask.%d@habitat.example>", ++serial);
	g_autofree char *mail = g_strdup_printf("From: %s\r\nMessage-ID: %s\r\n\r\nok\r\n", from, id);
	struct reading *reading = reading_new();
	reading->message = message_parse(mail, strlen(mail));
	reading->reply = g_new0(struct understanding, 1);
	reading->reply->primary = INTENT_REQUEST;
	reading->reply->confidence = 950;
	reading->reply->intents = g_ptr_array_new_with_free_func((GDestroyNotify)intent_free);
	struct intent *intent = intent_new(INTENT_REQUEST);
	intent->what = g_strdup("invoice_copy");
	g_ptr_array_add(reading->reply->intents, intent);
	json_t *body = json_pack("{s:s, s:s, s:s, s:I, s:I, s:s, s:s, s:i, s:i, s:s}", "company", "Le Goff",
	    "direction", "incoming", "message_id", id, "sent_at", (json_int_t)books->ledger.now,
	    "received_at", (json_int_t)books->ledger.now, "from_address", from, "kind", "human", "confidence",
	    950, "authenticated", verified, "state", verified ? "done" : "review");
	if (!journal_append(
		&books->ledger, EVENT_MESSAGE_RECORDED, (struct event_about){0}, body, &message, &error))
		fail_msg("%s", error.text);
	GPtrArray *matches = g_ptr_array_new();
	struct match found[4] = {0};
	for (size_t i = 0; i < count; i++) {
		found[i].receivable = books_load(books, invoices[i]);
		found[i].is_sure = true;
		g_ptr_array_add(matches, &found[i]);
	}
	struct effect_context context = {
	    .config = &books->config, .today = books->ledger.today, .is_verified = verified};
	struct decision decision;
	effects_decide(&context, reading, matches, &decision);
	if (!effects_apply(&books->ledger, &decision, message, &error))
		fail_msg("%s", error.text);
	decision_clear(&decision);
	for (size_t i = 0; i < count; i++)
		row_clear(&receivable_table, &found[i].receivable);
	g_ptr_array_unref(matches);
	reading_free(reading);
	return message;
}

static void expect_text(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("\"%s\" is not in:\n%s", part, text);
}

/* How many open tasks of KIND there are. */
static guint open_tasks(struct office *office, const char *kind)
{
	struct error error = {0};
	GPtrArray *tasks = task_list_of_kind(office->books.store, kind, &error);
	assert_non_null(tasks);
	guint count = tasks->len;
	rows_free(&task_table, tasks);
	return count;
}

static void who_asks_gets_the_invoice_in_the_thread(void **state)
{
	(void)state;
	struct office office;
	int64_t invoice = start(&office, "");
	ask(&office, "lea@habitat.example", &invoice, 1, true);
	assert_int_equal(open_tasks(&office, "copy"), 1);
	assert_int_equal(open_tasks(&office, "request"), 0);
	assert_int_equal(office_tick(&office).submitted, 1);
	char *mail = office_mail(&office, 1), *arguments = office_arguments(&office, 1);
	static const char *const parts[] = {"To: lea@habitat.example\n",
	    "Subject: Re: Votre facture F2026-118\n", "In-Reply-To: <ask.",
	    "References: <F2026-118@legoff.example> <ask.", "Message-ID: <relance.",
	    "Auto-Submitted: auto-generated\n", "filename=F2026-118.pdf", "RjIwMjYtMTE4"};
	for (size_t i = 0; i < ARRAY_LENGTH(parts); i++)
		expect_text(mail, parts[i]);
	expect_text(arguments, "--\nlea@habitat.example\n");
	free(mail);
	free(arguments);
	assert_int_equal(open_tasks(&office, "copy"), 0);
	struct receivable row = books_load(&office.books, invoice);
	assert_null(row.last_step);
	row_clear(&receivable_table, &row);
	office_close(&office);
}

static void an_invoice_goes_once_a_day(void **state)
{
	(void)state;
	struct office office;
	int64_t invoice = start(&office, "");
	for (int i = 0; i < 3; i++) {
		ask(&office, "lea@habitat.example", &invoice, 1, true);
		office_tick(&office);
	}
	assert_int_equal(office_mail_count(&office), 1);
	assert_int_equal(open_tasks(&office, "copy"), 0);
	office_go(&office, "2026-03-03", 11);
	ask(&office, "lea@habitat.example", &invoice, 1, true);
	assert_int_equal(office_tick(&office).submitted, 1);
	assert_int_equal(office_mail_count(&office), 2);
	office_close(&office);
}

/* With "approve" it waits: what a person decides meanwhile goes before it, and a person answers then. */
static void a_copy_that_waits_is_a_persons_once_the_invoice_is_on_hold(void **state)
{
	(void)state;
	struct office office;
	struct error error = {0};
	int64_t invoice = start(&office, "sending = approve\n");
	ask(&office, "lea@habitat.example", &invoice, 1, true);
	assert_int_equal(office_tick(&office).composed, 1);
	assert_int_equal(open_tasks(&office, "request"), 0);
	struct receivable row = books_load(&office.books, invoice);
	assert_true(act_hold(&office.books.ledger, row.customer, &row, "manual", DATE_NONE, NULL, 0, &error));
	row_clear(&receivable_table, &row);
	office_tick(&office);
	GPtrArray *waiting = outbox_list_of_state(office.books.store, "waiting", &error);
	assert_int_equal(waiting->len, 0);
	rows_free(&outbox_table, waiting);
	assert_int_equal(open_tasks(&office, "request"), 1);
	assert_int_equal(office_mail_count(&office), 0);
	office_close(&office);
}

static void invoices_of_one_question_go_in_one_mail(void **state)
{
	(void)state;
	struct office office;
	int64_t invoices[2] = {start(&office, "")};
	struct receivable row = books_load(&office.books, invoices[0]);
	invoices[1] = office_invoice(&office, row.customer, "F2026-119", 60000, "2026-03-25");
	row_clear(&receivable_table, &row);
	ask(&office, "lea@habitat.example", invoices, 2, true);
	assert_int_equal(open_tasks(&office, "copy"), 2);
	office_tick(&office);
	assert_int_equal(office_mail_count(&office), 1);
	char *mail = office_mail(&office, 1);
	expect_text(mail, "filename=F2026-118.pdf");
	expect_text(mail, "filename=F2026-119.pdf");
	free(mail);
	assert_int_equal(open_tasks(&office, "copy"), 0);
	office_close(&office);
}

static void act_pause(struct office *office)
{
	struct error error = {0};
	assert_true(act_setting(&office->books.ledger, "sending.paused", "yes", &error));
}

static void nothing(struct office *office)
{
	(void)office;
}

static void at_night(struct office *office)
{
	office_go(office, "2026-03-02", 22);
}

static void on_sunday(struct office *office)
{
	office_go(office, "2026-03-08", 11);
}

static void guards_hold_copies_as_they_hold_reminders(void **state)
{
	(void)state;
	static const struct {
		const char *more;
		void (*before)(struct office *office);
		bool verified;
		const char *task; /* that stays open */
		int mails;
	} rows[] = {
	    {"", nothing, true, NULL, 1},
	    {"sending = off\n", nothing, true, "copy", 0},
	    {"sending = approve\n", nothing, true, NULL, 0},
	    {"", act_pause, true, "copy", 0},
	    {"", at_night, true, "copy", 0},
	    {"", on_sunday, true, "copy", 0},
	    {"", nothing, false, NULL, 0},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct office office;
		int64_t invoice = start(&office, rows[i].more);
		rows[i].before(&office);
		ask(&office, "lea@habitat.example", &invoice, 1, rows[i].verified);
		office_tick(&office);
		if (office_mail_count(&office) != rows[i].mails ||
		    open_tasks(&office, "copy") != (rows[i].task != NULL))
			fail_msg("row %zu: %d mails, %u tasks", i, office_mail_count(&office),
			    open_tasks(&office, "copy"));
		office_close(&office);
	}
}

static void a_hold_of_a_person_holds_copies(void **state)
{
	(void)state;
	struct office office;
	int64_t invoice = start(&office, "");
	struct error error = {0};
	struct receivable row = books_load(&office.books, invoice);
	assert_true(act_hold(
	    &office.books.ledger, row.customer, NULL, "manual", DATE_NONE, "by telephone", 0, &error));
	ask(&office, "lea@habitat.example", &invoice, 1, true);
	office_tick(&office);
	assert_int_equal(office_mail_count(&office), 0);
	assert_int_equal(open_tasks(&office, "copy"), 1);
	assert_true(act_release(&office.books.ledger, row.customer, NULL, NULL, NULL, NULL, &error));
	office_tick(&office);
	assert_int_equal(office_mail_count(&office), 1);
	row_clear(&receivable_table, &row);
	office_close(&office);
}

static void without_resend_a_person_is_asked(void **state)
{
	(void)state;
	struct office office;
	int64_t invoice = start(&office, "resend = no\n");
	ask(&office, "lea@habitat.example", &invoice, 1, true);
	assert_int_equal(open_tasks(&office, "request"), 1);
	office_tick(&office);
	assert_int_equal(office_mail_count(&office), 0);
	office_close(&office);
}

/* Somebody whom the books do not know gets nothing, even if a person let his question count. */
static void a_stranger_gets_no_copy(void **state)
{
	(void)state;
	struct office office;
	int64_t invoice = start(&office, "");
	ask(&office, "x@stranger.example", &invoice, 1, true);
	office_tick(&office);
	assert_int_equal(office_mail_count(&office), 1);
	char *arguments = office_arguments(&office, 1);
	expect_text(arguments, "--\ncompta@habitat.example\n");
	assert_null(strstr(arguments, "stranger"));
	free(arguments);
	office_close(&office);
}

static void what_cannot_be_composed_is_a_persons(void **state)
{
	(void)state;
	struct office office;
	int64_t invoice = start(&office, "");
	struct error error = {0};
	ask(&office, "lea@habitat.example", &invoice, 1, true);
	assert_true(store_run(office.books.store, &error, "DELETE FROM blob", ""));
	assert_int_equal(office_tick(&office).failed, 1);
	assert_int_equal(office_tick(&office).failed, 0);
	assert_int_equal(open_tasks(&office, "copy"), 0);
	assert_int_equal(open_tasks(&office, "request"), 1);
	office_close(&office);
}

/* As after an import of past mail, or a long pause. */
static void an_old_question_is_a_persons(void **state)
{
	(void)state;
	struct office office;
	int64_t invoice = start(&office, "");
	ask(&office, "lea@habitat.example", &invoice, 1, true);
	office_go(&office, "2026-03-10", 11);
	office_tick(&office);
	assert_int_equal(office_mail_count(&office), 0);
	assert_int_equal(open_tasks(&office, "copy"), 0);
	assert_int_equal(open_tasks(&office, "request"), 1);
	office_close(&office);
}

/* Runs a tick in a process of its own that dies at POINT. */
static void crash_at(struct office *office, const char *point)
{
	struct error error = {0};
	office_plan(office);
	store_rollback(office->books.store);
	instant_t now = office->books.ledger.now;
	pid_t child = fork();
	if (child == 0) {
		struct dunning_tick tick;
		struct store *store = store_open(office->books.path, STORE_WRITE, &error);
		fault_setup(point);
		for (int i = 0; store && i < 3; i++)
			dunning_tick(store, &office->books.config, &office->site, now, &tick, &error);
		_exit(0);
	}
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	if (!WIFSIGNALED(status))
		fail_msg("nobody died at %s", point);
	assert_true(store_begin(office->books.store, &error));
}

static void a_crash_at_any_point_sends_exactly_one_copy(void **state)
{
	(void)state;
	static const char *const points[] = {"dunning.copy-composed", "dunning.submitting", "dunning.started",
	    "dunning.exec-done", "dunning.submitted"};
	for (size_t i = 0; i < ARRAY_LENGTH(points); i++) {
		struct office office;
		int64_t invoice = start(&office, "");
		struct error error = {0};
		ask(&office, "lea@habitat.example", &invoice, 1, true);
		crash_at(&office, points[i]);
		usleep(300000);
		store_rollback(office.books.store);
		assert_true(dunning_recover(
		    office.books.store, &office.books.config, &office.site, office.books.ledger.now, &error));
		assert_true(store_begin(office.books.store, &error));
		office_tick(&office);
		if (office_mail_count(&office) != 1 || open_tasks(&office, "copy"))
			fail_msg("%s: %d mails", points[i], office_mail_count(&office));
		office_close(&office);
	}
}

int main(void)
{
	message_setup();
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(who_asks_gets_the_invoice_in_the_thread),
	    cmocka_unit_test(an_invoice_goes_once_a_day),
	    cmocka_unit_test(a_copy_that_waits_is_a_persons_once_the_invoice_is_on_hold),
	    cmocka_unit_test(invoices_of_one_question_go_in_one_mail),
	    cmocka_unit_test(guards_hold_copies_as_they_hold_reminders),
	    cmocka_unit_test(a_hold_of_a_person_holds_copies),
	    cmocka_unit_test(without_resend_a_person_is_asked),
	    cmocka_unit_test(a_stranger_gets_no_copy),
	    cmocka_unit_test(what_cannot_be_composed_is_a_persons),
	    cmocka_unit_test(an_old_question_is_a_persons),
	    cmocka_unit_test(a_crash_at_any_point_sends_exactly_one_copy),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
