#include "unit.h"
#include "office.h"

#include <sys/wait.h>
#include <unistd.h>

#include "host/fault.h"

/* One customer with one invoice of 1,188.00 EUR due on 2026-02-20. */
static int64_t start(struct office *office, const char *more)
{
	office_open(office, more);
	int64_t customer = books_customer(&office->books, "Breizh Habitat SARL", "habitat.example");
	return office_invoice(office, customer, "F2026-118", 118800, "2026-02-20");
}

static void expect_text(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("\"%s\" is not in:\n%s", part, text);
}

static void the_first_reminder_goes_into_the_invoices_thread(void **state)
{
	(void)state;
	struct office office;
	int64_t invoice = start(&office, "");
	office_plan(&office);
	assert_string_equal(office_action(&office, invoice), "first-reminder 2026-02-27 free");
	struct dunning_tick tick = office_tick(&office);
	assert_int_equal(tick.composed, 1);
	assert_int_equal(tick.submitted, 1);
	assert_int_equal(office_mail_count(&office), 1);
	char *mail = office_mail(&office, 1), *arguments = office_arguments(&office, 1);
	static const char *const parts[] = {"From: Anne Le Goff <facturation@legoff.example>\n",
	    "To: compta@habitat.example\n", "Subject: Re: Votre facture F2026-118\n",
	    "Date: Mon, 02 Mar 2026 10:00:00 +0100\n", "In-Reply-To: <F2026-118@legoff.example>\n",
	    "References: <F2026-118@legoff.example>\n", "Auto-Submitted: auto-generated\n", "Message-ID",
	    "X-Relance-Id: <relance.", "multipart/mixed", "multipart/alternative", "text/plain", "text/html",
	    "filename=F2026-118.pdf", "application/pdf", "RjIwMjYtMTE4", "188,00=C2=A0=E2=82=AC"};
	for (size_t i = 0; i < ARRAY_LENGTH(parts); i++)
		expect_text(mail, parts[i]);
	expect_text(arguments, "-N\nsuccess,failure,delay\n-R\nhdrs\n-V\nrelance.");
	expect_text(arguments, "-f\nfacturation@legoff.example\n-i\n--\ncompta@habitat.example\n");
	free(mail);
	free(arguments);
	assert_string_equal(office_action(&office, invoice), "second-reminder 2026-03-16 free");
	office_close(&office);
}

static void no_step_is_taken_twice(void **state)
{
	(void)state;
	struct office office;
	start(&office, "");
	office_tick(&office);
	for (int i = 0; i < 3; i++) {
		struct dunning_tick tick = office_tick(&office);
		assert_int_equal(tick.composed + tick.submitted, 0);
	}
	office_go(&office, "2026-03-13", 11);
	assert_int_equal(office_tick(&office).submitted, 0);
	office_go(&office, "2026-03-16", 11);
	assert_int_equal(office_tick(&office).submitted, 1);
	assert_int_equal(office_mail_count(&office), 2);
	office_close(&office);
}

static void after_a_long_silence_each_customer_gets_one_step(void **state)
{
	(void)state;
	struct office office;
	int64_t invoice = start(&office, "");
	office_go(&office, "2026-07-01", 11);
	assert_int_equal(office_tick(&office).submitted, 1);
	assert_string_equal(office_action(&office, invoice), "second-reminder 2026-07-15 free");
	office_go(&office, "2026-07-02", 11);
	assert_int_equal(office_tick(&office).submitted, 0);
	office_close(&office);
}

static void all_that_is_overdue_stands_in_one_mail(void **state)
{
	(void)state;
	struct office office;
	start(&office, "");
	int64_t customer = books_customer(&office.books, "Autre SA", "autre.example");
	int64_t first = office_invoice(&office, customer, "A1", 10000, "2026-02-10");
	int64_t second =
	    office_invoice(&office, customer, "A2", 20000, "2026-02-22"); /* due for its step tomorrow */
	int64_t later = office_invoice(&office, customer, "A3", 40000, "2026-03-20");
	int64_t credit = office_invoice(&office, customer, "AV1", -5000, "2026-02-20");
	assert_int_equal(office_tick(&office).submitted, 2);
	assert_int_equal(office_mail_count(&office), 2);
	char *mail = office_mail(&office, 2);
	expect_text(mail, "A1.pdf");
	expect_text(mail, "A2.pdf");
	expect_text(mail, "250,00"); /* 100 + 200 - 50 */
	assert_null(strstr(mail, "A3.pdf"));
	free(mail);
	assert_string_equal(office_action(&office, first), "second-reminder 2026-03-16 free");
	assert_string_equal(office_action(&office, second), "second-reminder 2026-03-16 free");
	assert_string_equal(office_action(&office, later), "first-reminder 2026-03-27 free");
	assert_string_equal(office_action(&office, credit), "none");
	office_close(&office);
}

static void approval_comes_before_sending(void **state)
{
	(void)state;
	struct office office;
	start(&office, "sending = approve\n");
	struct dunning_tick tick = office_tick(&office);
	assert_int_equal(tick.composed, 1);
	assert_int_equal(tick.submitted, 0);
	struct error error = {0};
	int64_t count;
	assert_true(dunning_approve(&office.books.ledger, 0, &count, &error));
	assert_int_equal(count, 1);
	assert_int_equal(office_tick(&office).submitted, 1);
	assert_false(dunning_approve(&office.books.ledger, 4711, &count, &error));
	assert_int_equal(error.status, STATUS_NO);
	office_close(&office);
}

static struct outbox the_mail(struct office *office)
{
	struct error error = {0};
	GPtrArray *mails = outbox_list_of_customer(office->books.store, 1, &error);
	assert_non_null(mails);
	assert_true(mails->len > 0);
	struct outbox mail;
	bool found;
	int64_t id = ((struct outbox *)mails->pdata[mails->len - 1])->id;
	rows_free(&outbox_table, mails);
	assert_true(outbox_get(office->books.store, id, &mail, &found, &error) && found);
	return mail;
}

static void expect_state(struct office *office, const char *state)
{
	struct outbox mail = the_mail(office);
	assert_string_equal(mail.state, state);
	row_clear(&outbox_table, &mail);
}

static void many_that_wait_keep_nobody_busy(void **state)
{
	(void)state;
	struct office office;
	start(&office, "sending = approve\n");
	for (int i = 0; i < 120; i++) {
		char name[32], domain[48], number[32];
		snprintf(name, sizeof name, "Client %d", i);
		snprintf(domain, sizeof domain, "client%d.example", i);
		snprintf(number, sizeof number, "C%d", i);
		office_invoice(
		    &office, books_customer(&office.books, name, domain), number, 10000, "2026-02-10");
	}
	struct dunning_tick tick = office_tick(&office);
	assert_int_equal(tick.composed, 121);
	assert_true(tick.next > office.books.ledger.now);
	struct error error = {0};
	int64_t count;
	assert_true(dunning_approve(&office.books.ledger, 0, &count, &error));
	assert_int_equal(count, 121);
	assert_int_equal(office_tick(&office).submitted, 121);
	office_close(&office);
}

static void what_is_paid_while_it_waits_never_goes(void **state)
{
	(void)state;
	struct office office;
	int64_t invoice = start(&office, "sending = approve\n");
	office_tick(&office);
	struct error error = {0};
	struct receivable row = books_load(&office.books, invoice);
	assert_true(act_pay(&office.books.ledger, &row, 118800, day_of("2026-03-02"), NULL, &error));
	row_clear(&receivable_table, &row);
	int64_t count;
	assert_true(dunning_approve(&office.books.ledger, 0, &count, &error));
	assert_int_equal(office_tick(&office).submitted, 0);
	assert_int_equal(office_mail_count(&office), 0);
	expect_state(&office, "cancelled");
	office_close(&office);
}

static void a_part_payment_makes_a_new_mail(void **state)
{
	(void)state;
	struct office office;
	int64_t invoice = start(&office, "sending = approve\n");
	office_tick(&office);
	struct error error = {0};
	struct receivable row = books_load(&office.books, invoice);
	assert_true(act_pay(&office.books.ledger, &row, 18800, day_of("2026-03-02"), NULL, &error));
	row_clear(&receivable_table, &row);
	office_tick(&office);
	expect_state(&office, "cancelled");
	assert_int_equal(office_tick(&office).composed, 1);
	expect_state(&office, "waiting");
	struct outbox mail = the_mail(&office);
	GBytes *bytes = blob_get(office.books.store, mail.sha256, &error);
	gsize length;
	expect_text(g_bytes_get_data(bytes, &length), "000,00=C2=A0=E2=82=AC");
	g_bytes_unref(bytes);
	row_clear(&outbox_table, &mail);
	office_close(&office);
}

static void sending_off_plans_and_composes_nothing(void **state)
{
	(void)state;
	struct office office;
	int64_t invoice = start(&office, "sending = off\n");
	assert_int_equal(office_tick(&office).composed, 0);
	assert_string_equal(office_action(&office, invoice), "first-reminder 2026-02-27 free");
	office_close(&office);
}

static void a_temporary_failure_is_tried_again_later(void **state)
{
	(void)state;
	struct office office;
	start(&office, "");
	/* what it says is in no known encoding */
	office_sendmail(&office, "printf 'queue is full \\351\\n' >&2; rm -f $n.mail; exit 75");
	struct dunning_tick tick = office_tick(&office);
	assert_int_equal(tick.submitted, 0);
	assert_int_equal(tick.failed, 1);
	struct outbox mail = the_mail(&office);
	assert_string_equal(mail.state, "ready");
	expect_text(mail.failure, "exit status 75: queue is full");
	row_clear(&outbox_table, &mail);
	assert_int_equal(office_tick(&office).failed, 0); /* not at once */
	office_sendmail(&office, "exit 0");
	office.books.ledger.now += 61;
	assert_int_equal(office_tick(&office).submitted, 1);
	assert_int_equal(office_mail_count(&office), 1);
	office_close(&office);
}

static void a_lasting_failure_becomes_a_task(void **state)
{
	(void)state;
	struct office office;
	int64_t invoice = start(&office, "");
	office_sendmail(&office, "exit 64");
	office_tick(&office);
	expect_state(&office, "failed");
	struct error error = {0};
	GPtrArray *tasks = task_list_of_receivable(office.books.store, invoice, "open", &error);
	assert_int_equal(tasks->len, 1);
	assert_string_equal(((struct task *)tasks->pdata[0])->kind, "failed");
	rows_free(&task_table, tasks);
	office_go(&office, "2026-04-20", 11);
	assert_int_equal(office_tick(&office).composed, 0);
	office_close(&office);
}

/* Runs a tick in a process of its own that dies at POINT; then what a restarted clerk does. */
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

static void wait_for_helper(void)
{
	usleep(300000);
}

static void a_crash_at_any_point_sends_exactly_once(void **state)
{
	(void)state;
	static const char *const points[] = {"dunning.composed", "dunning.submitting", "dunning.started",
	    "dunning.exec-done", "dunning.submitted"};
	for (size_t i = 0; i < ARRAY_LENGTH(points); i++) {
		struct office office;
		int64_t invoice = start(&office, "");
		crash_at(&office, points[i]);
		wait_for_helper();
		struct error error = {0};
		store_rollback(office.books.store);
		assert_true(dunning_recover(
		    office.books.store, &office.books.config, &office.site, office.books.ledger.now, &error));
		assert_true(store_begin(office.books.store, &error));
		office_tick(&office);
		if (office_mail_count(&office) != 1)
			fail_msg("%s: %d mails", points[i], office_mail_count(&office));
		expect_state(&office, "submitted");
		assert_string_equal(office_action(&office, invoice), "second-reminder 2026-03-16 free");
		office_close(&office);
	}
}

static void a_slow_helper_is_waited_for(void **state)
{
	(void)state;
	struct office office;
	start(&office, "");
	office_sendmail(&office, "sleep 0.5; exit 0");
	crash_at(&office, "dunning.started");
	office_tick(&office); /* it still runs: hands off */
	expect_state(&office, "submitting");
	usleep(900000);
	assert_int_equal(office_tick(&office).submitted, 1);
	assert_int_equal(office_mail_count(&office), 1);
	office_close(&office);
}

/* Each of our own mails that passes is unread for a moment: the clerk ticks again when it is read. */
static void a_tick_that_unread_mail_held_back_says_so(void **state)
{
	(void)state;
	struct office office;
	struct error error = {0};
	struct dunning_tick tick;
	start(&office, "");
	office_plan(&office);
	struct books *books = &office.books;
	for (int unread = 1; unread >= 0; unread--) {
		office.unread = unread;
		store_rollback(books->store);
		assert_true(dunning_tick(
		    books->store, &books->config, &office.site, books->ledger.now, &tick, &error));
		assert_true(store_begin(books->store, &error));
		assert_int_equal(tick.submitted, !unread);
		assert_int_equal(tick.unread, unread);
	}
	office_close(&office);
}

static void a_doubtful_submission_waits_for_its_receipt(void **state)
{
	(void)state;
	struct office office;
	start(&office, "");
	office_sendmail(
	    &office, "kill -9 $PPID; exit 0"); /* the helper dies with the machine, the mail was taken */
	office_tick(&office);
	expect_state(&office, "submitting");
	assert_int_equal(office_tick(&office).submitted, 0);
	struct outbox mail = the_mail(&office);
	struct error error = {0};
	bool ours;
	assert_true(dunning_seen(&office.books.ledger, mail.message_id, &ours, &error));
	assert_true(ours);
	assert_true(dunning_seen(&office.books.ledger, "<other@example>", &ours, &error));
	assert_false(ours);
	row_clear(&outbox_table, &mail);
	office.books.ledger.now += 86400 * 2;
	office_tick(&office);
	expect_state(&office, "seen");
	assert_int_equal(office_mail_count(&office), 1);
	office_close(&office);
}

static void without_a_receipt_it_goes_again_once_a_later_mail_was_seen(void **state)
{
	(void)state;
	struct office office;
	start(&office, "");
	office_sendmail(&office, "rm $n.mail; kill -9 $PPID; exit 0");
	office_tick(&office);
	expect_state(&office, "submitting");
	office_sendmail(&office, "exit 0");
	office.books.ledger.now += 700; /* receipt_wait is ten minutes */
	office_tick(&office);
	expect_state(&office, "submitting");
	int64_t customer = books_customer(&office.books, "Autre SA", "autre.example");
	office_invoice(&office, customer, "A1", 10000, "2026-02-10");
	assert_int_equal(office_tick(&office).submitted, 1);
	struct error error = {0};
	GPtrArray *mails = outbox_list_of_customer(office.books.store, customer, &error);
	bool ours;
	assert_true(dunning_seen(
	    &office.books.ledger, ((struct outbox *)mails->pdata[0])->message_id, &ours, &error));
	rows_free(&outbox_table, mails);
	struct outbox before = the_mail(&office);
	office.books.ledger.now += 120;
	assert_int_equal(office_tick(&office).submitted, 1);
	struct outbox after = the_mail(&office);
	assert_string_equal(before.message_id, after.message_id);
	assert_int_equal(after.attempts, 2);
	row_clear(&outbox_table, &before);
	row_clear(&outbox_table, &after);
	office_close(&office);
}

static void a_doubt_of_a_day_becomes_a_task(void **state)
{
	(void)state;
	struct office office;
	int64_t invoice = start(&office, "");
	office_sendmail(&office, "kill -9 $PPID; exit 0");
	office_tick(&office);
	office_go(&office, "2026-03-03", 16);
	office_tick(&office);
	struct error error = {0};
	GPtrArray *tasks = task_list_of_receivable(office.books.store, invoice, "open", &error);
	assert_int_equal(tasks->len, 1);
	assert_string_equal(((struct task *)tasks->pdata[0])->kind, "submission");
	rows_free(&task_table, tasks);
	expect_state(&office, "submitting");
	office_close(&office);
}

static void finish_task(struct office *office, int64_t receivable)
{
	struct error error = {0};
	GPtrArray *tasks = task_list_of_receivable(office->books.store, receivable, "open", &error);
	assert_int_equal(tasks->len, 1);
	assert_true(act_finish_task(
	    &office->books.ledger, ((struct task *)tasks->pdata[0])->id, "voicemail", &error));
	rows_free(&task_table, tasks);
}

static void a_call_is_a_task_that_holds_the_ladder(void **state)
{
	(void)state;
	struct office office;
	int64_t invoice = start(&office, "delivered_after = 0d\n");
	office_tick(&office);
	office_go(&office, "2026-03-16", 11);
	office_tick(&office);
	office_go(&office, "2026-03-23", 11);
	struct dunning_tick tick = office_tick(&office);
	assert_int_equal(tick.tasks, 1);
	assert_int_equal(tick.composed, 0);
	assert_string_equal(office_action(&office, invoice), "formal-notice 2026-04-02 task-open");
	office_go(&office, "2026-04-02", 11);
	assert_int_equal(office_tick(&office).tasks, 0);
	finish_task(&office, invoice);
	office_tick(&office);
	assert_string_equal(
	    office_action(&office, invoice), "formal-notice 2026-04-02 two-delivered-reminders");
	office_close(&office);
}

static void a_broken_promise_goes_one_step_on(void **state)
{
	(void)state;
	struct office office;
	int64_t invoice = start(&office, "");
	office_tick(&office);
	struct error error = {0};
	struct receivable row = books_load(&office.books, invoice);
	assert_true(act_promise(&office.books.ledger, &row, day_of("2026-03-06"), 0, 0, &error));
	row_clear(&receivable_table, &row);
	office_plan(&office);
	assert_string_equal(office_action(&office, invoice), "second-reminder 2026-03-16 free");
	office_go(&office, "2026-03-09", 11); /* 6 March and three days of grace */
	assert_int_equal(office_tick(&office).promises_broken, 0);
	office_go(&office, "2026-03-10", 11);
	struct dunning_tick tick = office_tick(&office);
	assert_int_equal(tick.promises_broken, 1);
	assert_int_equal(tick.submitted, 1);
	char *mail = office_mail(&office, 2);
	expect_text(mail, "6=C2=A0mars=C2=A02026");
	expect_text(mail, "aviez annonc=C3=A9");
	free(mail);
	office_close(&office);
}

static void a_promise_paid_in_part_as_promised_is_kept(void **state)
{
	(void)state;
	struct office office;
	int64_t invoice = start(&office, "");
	struct error error = {0};
	struct receivable row = books_load(&office.books, invoice);
	assert_true(act_promise(&office.books.ledger, &row, day_of("2026-03-06"), 50000, 0, &error));
	assert_true(act_pay(&office.books.ledger, &row, 50000, day_of("2026-03-05"), NULL, &error));
	row_clear(&receivable_table, &row);
	office_go(&office, "2026-03-10", 11);
	struct dunning_tick tick = office_tick(&office);
	assert_int_equal(tick.promises_broken, 0);
	GPtrArray *kept = promise_list(office.books.store, invoice, "kept", &error);
	assert_int_equal(kept->len, 1);
	rows_free(&promise_table, kept);
	office_close(&office);
}

/* Three customers of whom one may be written to a day, after a week in which nothing ran. */
static void the_cap_spreads_what_a_downtime_left(void **state)
{
	(void)state;
	struct office office;
	office_open(&office, "daily_cap = 1\n");
	for (int i = 0; i < 3; i++) {
		g_autofree char *domain = g_strdup_printf("d%d.example", i),
				*number = g_strdup_printf("N%d", i);
		int64_t customer = books_customer(&office.books, domain, domain);
		office_invoice(&office, customer, number, 10000, "2026-02-20");
	}
	office_plan(&office);
	static const char *const days[] = {"2026-03-09", "2026-03-10", "2026-03-11", "2026-03-12"};
	for (int i = 0; i < 4; i++) {
		office_go(&office, days[i], 10);
		struct dunning_tick tick = office_tick(&office);
		assert_int_equal(tick.submitted, i < 3);
		office_go(&office, days[i], 11);
		assert_int_equal(office_tick(&office).submitted, 0);
	}
	for (int i = 1; i <= 3; i++) {
		char *mail = office_mail(&office, i);
		assert_null(strstr(mail, "second"));
		free(mail);
	}
	office_close(&office);
}

/* An invoice that was long overdue when sending was switched on: the first step first, each at the ladder's
 * distance. */
static void a_late_activation_begins_at_the_first_step(void **state)
{
	(void)state;
	struct office office;
	office_open(&office, "sending = off\n");
	struct error error = {0};
	int64_t customer = books_customer(&office.books, "Breizh Habitat SARL", "habitat.example");
	int64_t invoice = office_invoice(&office, customer, "F2026-118", 118800, "2025-09-01");
	static const struct {
		const char *day;
		int submitted;
		const char *step;
	} rows[] = {
	    {"2026-03-09", 1, "first-reminder"},
	    {"2026-03-10", 0, "first-reminder"},
	    {"2026-03-20", 0, "first-reminder"},
	    {"2026-03-23", 1, "second-reminder"},
	    {"2026-03-24", 0, "second-reminder"},
	};
	assert_int_equal(office_tick(&office).composed, 0);
	office.books.config.sending = SENDING_ON;
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		office_go(&office, rows[i].day, 10);
		int64_t count;
		assert_true(plan_all(&office.books.ledger, &office.site, &count, &error));
		assert_int_equal(office_tick(&office).submitted, rows[i].submitted);
		struct receivable row = books_load(&office.books, invoice);
		assert_string_equal(row.last_step, rows[i].step);
		row_clear(&receivable_table, &row);
	}
	office_close(&office);
}

static void what_cannot_be_composed_holds_nobody_else(void **state)
{
	(void)state;
	struct office office;
	int64_t invoice = start(&office, "");
	int64_t customer = books_customer(&office.books, "Autre SA", "autre.example");
	office_invoice(&office, customer, "A1", 10000, "2026-02-10");
	struct error error = {0};
	assert_true(store_run(office.books.store, &error,
	    "DELETE FROM blob WHERE sha256 = "
	    "(SELECT sha256 FROM receivable WHERE id = $1)",
	    "i", invoice));
	struct dunning_tick tick = office_tick(&office);
	assert_int_equal(tick.submitted, 1);
	assert_int_equal(tick.failed, 1);
	GPtrArray *tasks = task_list_of_receivable(office.books.store, invoice, "open", &error);
	assert_int_equal(tasks->len, 1);
	assert_string_equal(((struct task *)tasks->pdata[0])->kind, "failed");
	rows_free(&task_table, tasks);
	office_plan(&office);
	assert_string_equal(office_action(&office, invoice), "first-reminder 2026-02-27 task-open");
	office_close(&office);
}

static void kinds_of_customers_have_their_ladders(void **state)
{
	(void)state;
	static const char *const rows[][2] = {{"business", "first-reminder 2026-02-27 free"},
	    {"public", "first-reminder 2026-03-02 free"}, {"consumer", "first-reminder 2026-02-27 free"}};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct office office;
		struct error error = {0};
		office_open(&office, "");
		int64_t customer = books_customer(&office.books, "Mairie", "mairie.example");
		assert_true(journal_append(&office.books.ledger, EVENT_CUSTOMER_CHANGED,
		    (struct event_about){.customer = customer}, json_pack("{s:s}", "kind", rows[i][0]), NULL,
		    &error));
		int64_t invoice = office_invoice(&office, customer, "F1", 118800, "2026-02-20");
		office_plan(&office);
		assert_string_equal(office_action(&office, invoice), rows[i][1]);
		office_close(&office);
	}
}

static void a_preview_changes_nothing(void **state)
{
	(void)state;
	struct office office;
	int64_t invoice = start(&office, "sending = off\n");
	struct error error = {0};
	struct receivable row = books_load(&office.books, invoice);
	GBytes *next = dunning_preview(&office.books.ledger, &office.site, &row, NULL, &error);
	GBytes *second = dunning_preview(&office.books.ledger, &office.site, &row, "second-reminder", &error);
	if (!next || !second)
		fail_msg("%s", error.text);
	gsize length;
	expect_text(g_bytes_get_data(next, &length), "Sauf erreur de notre part");
	expect_text(g_bytes_get_data(second, &length), "Nous revenons vers vous");
	assert_null(dunning_preview(&office.books.ledger, &office.site, &row, "no-such-step", &error));
	g_bytes_unref(next);
	g_bytes_unref(second);
	row_clear(&receivable_table, &row);
	GPtrArray *mails = outbox_list_of_customer(office.books.store, 1, &error);
	assert_int_equal(mails->len, 0);
	rows_free(&outbox_table, mails);
	office_close(&office);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_first_reminder_goes_into_the_invoices_thread),
	    cmocka_unit_test(no_step_is_taken_twice),
	    cmocka_unit_test(after_a_long_silence_each_customer_gets_one_step),
	    cmocka_unit_test(all_that_is_overdue_stands_in_one_mail),
	    cmocka_unit_test(approval_comes_before_sending),
	    cmocka_unit_test(many_that_wait_keep_nobody_busy),
	    cmocka_unit_test(what_is_paid_while_it_waits_never_goes),
	    cmocka_unit_test(a_part_payment_makes_a_new_mail),
	    cmocka_unit_test(sending_off_plans_and_composes_nothing),
	    cmocka_unit_test(a_temporary_failure_is_tried_again_later),
	    cmocka_unit_test(a_lasting_failure_becomes_a_task),
	    cmocka_unit_test(a_crash_at_any_point_sends_exactly_once),
	    cmocka_unit_test(a_slow_helper_is_waited_for),
	    cmocka_unit_test(a_tick_that_unread_mail_held_back_says_so),
	    cmocka_unit_test(a_doubtful_submission_waits_for_its_receipt),
	    cmocka_unit_test(without_a_receipt_it_goes_again_once_a_later_mail_was_seen),
	    cmocka_unit_test(a_doubt_of_a_day_becomes_a_task),
	    cmocka_unit_test(a_call_is_a_task_that_holds_the_ladder),
	    cmocka_unit_test(a_broken_promise_goes_one_step_on),
	    cmocka_unit_test(a_promise_paid_in_part_as_promised_is_kept),
	    cmocka_unit_test(the_cap_spreads_what_a_downtime_left),
	    cmocka_unit_test(a_late_activation_begins_at_the_first_step),
	    cmocka_unit_test(what_cannot_be_composed_holds_nobody_else),
	    cmocka_unit_test(kinds_of_customers_have_their_ladders),
	    cmocka_unit_test(a_preview_changes_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
