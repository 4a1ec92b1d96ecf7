#include "unit.h"
#include "office.h"

#include "dunning/insolvency.h"
#include "ledger/body.h"
#include "store/rows_case.h"
#include "store/rows_plan.h"

/* Two reminders a week apart and a formal notice as a task, so that nothing but their proof holds it. */
static const char ladder[] = "ladder \"business\" {\n"
			     " step first-reminder { anchor = due offset = 7d }\n"
			     " step second-reminder { anchor = due offset = 14d }\n"
			     " step formal-notice { anchor = due offset = 21d channel = task }\n"
			     "}\nminimum_gap = 3d\nweekly_cap = 7\ndaily_cap = 0\n";

struct scene {
	struct office office;
	int64_t customer, invoice;
};

static void must(bool done, const struct error *error)
{
	if (!done)
		fail_msg("%s", error->text);
}

static struct ledger *ledger_of(struct scene *scene)
{
	return &scene->office.books.ledger;
}

static void append(struct scene *scene, enum event_kind kind, json_t *body, int64_t *id)
{
	struct error error = {0};
	must(journal_append(
		 ledger_of(scene), kind, (struct event_about){.customer = scene->customer}, body, id, &error),
	    &error);
}

/* The N-th mail to the customer, from 1. */
static char *mail_id(struct scene *scene, guint number)
{
	struct error error = {0};
	GPtrArray *mails = outbox_list_of_customer(scene->office.books.store, scene->customer, &error);
	must(mails, &error);
	assert_true(number <= mails->len);
	char *id = g_strdup(((const struct outbox *)mails->pdata[number - 1])->message_id);
	rows_free(&outbox_table, mails);
	return id;
}

static void report(struct scene *scene, guint number, const char *action)
{
	g_autofree char *id = mail_id(scene, number);
	append(scene, EVENT_DELIVERY_REPORTED,
	    json_pack(
		"{s:s, s:s, s:s}", "message_id", id, "recipient", "compta@habitat.example", "action", action),
	    NULL);
	ledger_touch_customer(ledger_of(scene), scene->customer);
}

static void answer(struct scene *scene, guint number)
{
	struct error error = {0};
	int64_t message;
	g_autofree char *id = mail_id(scene, number);
	g_autofree char *reading =
	    g_strdup_printf("{\"message\":{\"in_reply_to\":[\"%s\"],\"references\":[]}}", id);
	append(scene, EVENT_MESSAGE_RECORDED,
	    json_pack("{s:s, s:s, s:I, s:I, s:s, s:s, s:i, s:i, s:s, s:s}", "company", "Le Goff", "direction",
		"incoming", "sent_at", (json_int_t)ledger_of(scene)->now, "received_at",
		(json_int_t)ledger_of(scene)->now, "from_address", "compta@habitat.example", "kind", "human",
		"confidence", 900, "authenticated", 1, "state", "done", "reading", reading),
	    &message);
	must(act_link(ledger_of(scene), message, scene->invoice, "sure", 990, "thread", &error), &error);
}

/* Reminders left on 2026-03-02 and -09; the notice would be due on the 16th. */
static void open_scene(struct scene *scene, const char *more)
{
	g_autofree char *config = g_strconcat(ladder, more, NULL);
	office_open(&scene->office, config);
	scene->customer = books_customer(&scene->office.books, "Breizh Habitat SARL", "habitat.example");
	scene->invoice = office_invoice(&scene->office, scene->customer, "F2026-118", 118800, "2026-02-23");
	assert_int_equal(office_tick(&scene->office).submitted, 1);
	office_go(&scene->office, "2026-03-09", 10);
	assert_int_equal(office_tick(&scene->office).submitted, 1);
}

static guint open_tasks(struct scene *scene, const char *kind)
{
	struct error error = {0};
	GPtrArray *tasks = task_list_of_kind(scene->office.books.store, kind, &error);
	must(tasks, &error);
	guint count = tasks->len;
	rows_free(&task_table, tasks);
	return count;
}

enum deed { NOTHING, REPORT, ANSWER };

static void a_reminder_counts_by_report_answer_or_silence(void **state)
{
	(void)state;
	static const struct row {
		const char *config, *first, *second; /* a DSN's action, "answer", or NULL: silence */
		const char *on_16, *on_20;	     /* the guard on the 16th and 20th, NULL: free */
		guint proofs;			     /* tasks on the 16th */
	} rows[] = {
	    {"", "delivered", "relayed", NULL, NULL, 0},
	    {"", NULL, NULL, NULL, NULL, 0},
	    {"delivered_after = 8d\n", NULL, NULL, "two-delivered-reminders", NULL, 0},
	    {"delivered_after = 8d\n", NULL, "answer", NULL, NULL, 0},
	    {"delivered_after = 0d\n", NULL, NULL, "two-delivered-reminders", "two-delivered-reminders", 1},
	    {"delivered_after = 0d\n", "relayed", "answer", NULL, NULL, 0},
	    {"", "failed", NULL, "two-delivered-reminders", "two-delivered-reminders", 1},
	    {"", "failed", "delivered", "two-delivered-reminders", "two-delivered-reminders", 1},
	    {"", "delayed", NULL, NULL, NULL, 0},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct scene scene;
		open_scene(&scene, rows[i].config);
		const char *const words[] = {rows[i].first, rows[i].second};
		for (guint n = 0; n < 2; n++)
			if (words[n] && strcmp(words[n], "answer") == 0)
				answer(&scene, n + 1);
			else if (words[n])
				report(&scene, n + 1, words[n]);
		const char *const days[] = {"2026-03-16", "2026-03-20"};
		const char *const guards[] = {rows[i].on_16, rows[i].on_20};
		for (int d = 0; d < 2; d++) {
			office_go(&scene.office, days[d], 10);
			ledger_touch_customer(ledger_of(&scene), scene.customer);
			office_tick(&scene.office);
			const char *action = office_action(&scene.office, scene.invoice);
			const char *guard = strrchr(action, ' ');
			bool held = guard && strcmp(guard + 1, "two-delivered-reminders") == 0;
			if (held != (guards[d] != NULL))
				fail_msg("row %zu, %s: %s", i, days[d], action);
			if (d == 0 && open_tasks(&scene, "proof") != rows[i].proofs)
				fail_msg("row %zu: %u proofs", i, open_tasks(&scene, "proof"));
			assert_int_equal(open_tasks(&scene, "approve"), guards[d] ? 0 : 1);
		}
		office_close(&scene.office);
	}
}

static void a_person_who_says_that_they_arrived_is_believed(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	open_scene(&scene, "");
	report(&scene, 1, "failed");
	office_go(&scene.office, "2026-03-16", 10);
	assert_int_equal(office_tick(&scene.office).tasks, 1);
	assert_int_equal(office_tick(&scene.office).tasks, 0);
	GPtrArray *tasks = task_list_of_kind(scene.office.books.store, "proof", &error);
	must(tasks, &error);
	assert_int_equal(tasks->len, 1);
	must(act_finish_task(
		 ledger_of(&scene), ((const struct task *)tasks->pdata[0])->id, "by telephone", &error),
	    &error);
	rows_free(&task_table, tasks);
	assert_int_equal(office_tick(&scene.office).tasks, 1);
	assert_int_equal(open_tasks(&scene, "approve"), 1);
	assert_int_equal(open_tasks(&scene, "proof"), 0);
	office_close(&scene.office);
}

/* The question on the 16th is ended with WORDS. */
static void end_question(struct scene *scene, const char *words)
{
	struct error error = {0};
	open_scene(scene, "");
	report(scene, 1, "failed");
	office_go(&scene->office, "2026-03-16", 10);
	office_tick(&scene->office);
	GPtrArray *tasks = task_list_of_kind(scene->office.books.store, "proof", &error);
	must(tasks, &error);
	assert_int_equal(tasks->len, 1);
	must(act_finish_task(ledger_of(scene), ((const struct task *)tasks->pdata[0])->id, words, &error),
	    &error);
	rows_free(&task_table, tasks);
	office_tick(&scene->office);
}

static void only_who_says_that_they_arrived_vouches(void **state)
{
	(void)state;
	static const struct {
		const char *words;
		guint notices;
	} ends[] = {{"reached", 1}, {"reached: Mme Martin has them", 1}, {NULL, 1},
	    {"invoice_not_received", 0}, {"wrong_contact: the number is dead", 0}, {"unreachable", 0},
	    {"clerk: insolvency proceedings", 0}, {"insolvency proceedings", 0}, {"no", 0},
	    {"No: nobody has seen them", 0}, {"not by mail, they say, but by fax", 1}};
	for (size_t i = 0; i < ARRAY_LENGTH(ends); i++) {
		struct scene scene;
		end_question(&scene, ends[i].words);
		if (open_tasks(&scene, "approve") != ends[i].notices)
			fail_msg("\"%s\": %u notices", ends[i].words ? ends[i].words : "",
			    open_tasks(&scene, "approve"));
		office_close(&scene.office);
	}
}

static void an_insolvency_that_ended_vouches_for_nothing(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	struct customer customer;
	bool found;
	open_scene(&scene, "");
	report(&scene, 1, "failed");
	office_go(&scene.office, "2026-03-16", 10);
	office_tick(&scene.office);
	assert_int_equal(open_tasks(&scene, "proof"), 1);
	must(customer_get(scene.office.books.store, scene.customer, &customer, &found, &error), &error);
	must(insolvency_enter(ledger_of(&scene), &customer, DATE_NONE, &error), &error);
	row_clear(&customer_table, &customer);
	assert_int_equal(open_tasks(&scene, "proof"), 0);
	must(customer_get(scene.office.books.store, scene.customer, &customer, &found, &error), &error);
	must(insolvency_end(ledger_of(&scene), &customer, &error), &error);
	row_clear(&customer_table, &customer);
	office_tick(&scene.office);
	assert_int_equal(open_tasks(&scene, "approve"), 0);
	assert_int_equal(open_tasks(&scene, "proof"), 1);
	office_close(&scene.office);
}

static void a_question_about_proof_ends_when_the_report_comes(void **state)
{
	(void)state;
	struct scene scene;
	open_scene(&scene, "delivered_after = 0d\n");
	report(&scene, 1, "relayed");
	office_go(&scene.office, "2026-03-16", 10);
	office_tick(&scene.office);
	assert_int_equal(open_tasks(&scene, "proof"), 1);
	/* while something else holds the notice it stays the same question */
	struct error error = {0};
	struct receivable row = books_load(&scene.office.books, scene.invoice);
	must(act_hold(ledger_of(&scene), scene.customer, &row, "manual", DATE_NONE, NULL, 0, &error), &error);
	for (int i = 0; i < 3; i++)
		office_tick(&scene.office);
	assert_int_equal(open_tasks(&scene, "proof"), 1);
	must(act_release(ledger_of(&scene), scene.customer, &row, "manual", NULL, NULL, &error), &error);
	row_clear(&receivable_table, &row);
	office_tick(&scene.office);
	GPtrArray *done = task_list_of_receivable(scene.office.books.store, scene.invoice, "done", &error);
	assert_int_equal(done->len, 0);
	rows_free(&task_table, done);
	assert_int_equal(open_tasks(&scene, "proof"), 1);
	assert_int_equal(open_tasks(&scene, "approve"), 0);
	report(&scene, 2, "relayed");
	office_tick(&scene.office);
	assert_int_equal(open_tasks(&scene, "proof"), 0);
	office_tick(&scene.office);
	assert_int_equal(open_tasks(&scene, "approve"), 1);
	office_close(&scene.office);
}

static void insolvency_ends_the_tasks_of_steps(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	struct customer customer;
	bool found;
	open_scene(&scene, "");
	struct task_draft draft = {.company = "Le Goff",
	    .kind = "call",
	    .customer = scene.customer,
	    .receivable = scene.invoice,
	    .title = "Call",
	    .due_on = ledger_of(&scene)->today};
	int64_t call;
	must(act_open_task(ledger_of(&scene), &draft, &call, &error), &error);
	draft.kind = "dispute";
	must(act_open_task(ledger_of(&scene), &draft, NULL, &error), &error);
	must(customer_get(scene.office.books.store, scene.customer, &customer, &found, &error), &error);
	must(insolvency_enter(ledger_of(&scene), &customer, DATE_NONE, &error), &error);
	row_clear(&customer_table, &customer);
	struct task task;
	must(task_get(scene.office.books.store, call, &task, &found, &error), &error);
	assert_string_equal(task.state, "done");
	assert_string_equal(task.outcome, "clerk: insolvency proceedings");
	row_clear(&task_table, &task);
	assert_int_equal(open_tasks(&scene, "dispute"), 1);
	assert_int_equal(open_tasks(&scene, "insolvency"), 1);
	office_close(&scene.office);
}

/* ---- mails of one run in several currencies ---- */

static int64_t dollars(struct scene *scene, const char *number, const char *due)
{
	struct error error = {0};
	g_autofree char *message_id = g_strdup_printf("<%s@legoff.example>", number);
	struct receivable_draft draft = {.company = "Le Goff",
	    .customer = scene->customer,
	    .number = number,
	    .kind = "invoice",
	    .issue_date = day_of("2026-01-05"),
	    .due_date = day_of(due),
	    .currency = "USD",
	    .total = 50000,
	    .open = INT64_MIN,
	    .message_id = message_id,
	    .subject = "Invoice"};
	int64_t id;
	bool opened;
	must(act_open_receivable(ledger_of(scene), &draft, &id, &opened, &error), &error);
	return id;
}

/* One mail of a customer at a time: the next minute's tick writes the next. */
static int64_t submitted_today(struct scene *scene)
{
	int64_t sum = 0, now;
	do {
		now = office_tick(&scene->office).submitted;
		sum += now;
	} while (now);
	return sum;
}

static void a_second_currency_does_not_wait_for_the_gap(void **state)
{
	(void)state;
	struct scene scene;
	office_open(&scene.office, ladder);
	scene.customer = books_customer(&scene.office.books, "Breizh Habitat SARL", "habitat.example");
	scene.invoice = office_invoice(&scene.office, scene.customer, "F2026-118", 118800, "2026-02-23");
	dollars(&scene, "F2026-119", "2026-02-23");
	assert_int_equal(submitted_today(&scene), 2);
	/* but on another day it does, whatever the currency */
	dollars(&scene, "F2026-120", "2026-02-23");
	office_invoice(&scene.office, scene.customer, "F2026-121", 100, "2026-02-23");
	assert_int_equal(office_tick(&scene.office).submitted, 0);
	office_go(&scene.office, "2026-03-03", 10);
	assert_int_equal(office_tick(&scene.office).submitted, 0);
	office_go(&scene.office, "2026-03-05", 10);
	assert_int_equal(submitted_today(&scene), 2);
	office_close(&scene.office);
}

static void what_a_person_said_today_holds_every_currency(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	office_open(&scene.office, ladder);
	scene.customer = books_customer(&scene.office.books, "Breizh Habitat SARL", "habitat.example");
	int64_t called = dollars(&scene, "F2026-119", "2026-03-23");
	dollars(&scene, "F2026-120", "2026-02-23");
	assert_int_equal(office_tick(&scene.office).submitted, 1);
	office_invoice(&scene.office, scene.customer, "F2026-118", 118800, "2026-02-23");
	must(journal_append(ledger_of(&scene), EVENT_CONTACT_MADE,
		 (struct event_about){.customer = scene.customer, .receivable = called},
		 json_pack("{s:s}", "how", "call"), NULL, &error),
	    &error);
	assert_int_equal(submitted_today(&scene), 0);
	office_close(&scene.office);
}

/* About the very invoice that a mail of today was about. */
static void what_a_person_said_today_about_what_was_mailed_holds_too(void **state)
{
	(void)state;
	/* whether somebody called, wrote a letter, or nobody did anything */
	for (int how = 0; how < 3; how++) {
		struct scene scene;
		struct error error = {0};
		office_open(&scene.office, ladder);
		scene.customer =
		    books_customer(&scene.office.books, "Breizh Habitat SARL", "habitat.example");
		int64_t mailed = dollars(&scene, "F2026-120", "2026-02-23");
		assert_int_equal(office_tick(&scene.office).submitted, 1);
		office_invoice(&scene.office, scene.customer, "F2026-118", 118800, "2026-02-23");
		struct event_about about = {.customer = scene.customer, .receivable = mailed};
		if (how == 0)
			must(journal_append(ledger_of(&scene), EVENT_CONTACT_MADE, about,
				 json_pack("{s:s}", "how", "call"), NULL, &error),
			    &error);
		if (how == 1)
			must(journal_append(ledger_of(&scene), EVENT_LETTER_POSTED, about,
				 json_pack("{s:s, s:s, s:s}", "company", "Le Goff", "step", "first-reminder",
				     "posted_on", "2026-03-02"),
				 NULL, &error),
			    &error);
		assert_int_equal(submitted_today(&scene), how == 2);
		office_close(&scene.office);
	}
}

static void the_weekly_cap_limits_mails_in_all_currencies(void **state)
{
	(void)state;
	struct scene scene;
	g_autofree char *config = g_strconcat(ladder, "", NULL);
	char *cap = strstr(config, "weekly_cap = 7");
	memcpy(cap, "weekly_cap = 1", strlen("weekly_cap = 1"));
	office_open(&scene.office, config);
	scene.customer = books_customer(&scene.office.books, "Breizh Habitat SARL", "habitat.example");
	office_invoice(&scene.office, scene.customer, "F2026-118", 118800, "2026-02-23");
	dollars(&scene, "F2026-119", "2026-02-23");
	assert_int_equal(submitted_today(&scene), 1);
	office_close(&scene.office);
}

static void a_question_about_proof_ends_with_what_asks_for_it(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	open_scene(&scene, "delivered_after = 0d\n");
	office_go(&scene.office, "2026-03-16", 10);
	office_tick(&scene.office);
	assert_int_equal(open_tasks(&scene, "proof"), 1);
	struct receivable row = books_load(&scene.office.books, scene.invoice);
	must(act_hold(ledger_of(&scene), scene.customer, &row, "manual", DATE_NONE, NULL, 0, &error), &error);
	must(act_pay(ledger_of(&scene), &row, row.open, day_of("2026-03-16"), NULL, &error), &error);
	row_clear(&receivable_table, &row);
	office_tick(&scene.office);
	assert_int_equal(open_tasks(&scene, "proof"), 0);
	office_close(&scene.office);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_reminder_counts_by_report_answer_or_silence),
	    cmocka_unit_test(a_person_who_says_that_they_arrived_is_believed),
	    cmocka_unit_test(only_who_says_that_they_arrived_vouches),
	    cmocka_unit_test(an_insolvency_that_ended_vouches_for_nothing),
	    cmocka_unit_test(a_question_about_proof_ends_when_the_report_comes),
	    cmocka_unit_test(a_question_about_proof_ends_with_what_asks_for_it),
	    cmocka_unit_test(insolvency_ends_the_tasks_of_steps),
	    cmocka_unit_test(a_second_currency_does_not_wait_for_the_gap),
	    cmocka_unit_test(what_a_person_said_today_holds_every_currency),
	    cmocka_unit_test(what_a_person_said_today_about_what_was_mailed_holds_too),
	    cmocka_unit_test(the_weekly_cap_limits_mails_in_all_currencies),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
