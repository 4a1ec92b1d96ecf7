#include "unit.h"
#include "office.h"

#include <sys/stat.h>

#include "base/buffer.h"
#include "dunning/confirm.h"
#include "dunning/insolvency.h"
#include "host/file.h"
#include "ledger/body.h"
#include "store/rows_case.h"
#include "store/rows_journal.h"
#include "store/rows_plan.h"

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

/* Monday 2026-03-02; the invoice is not due before the 31st. */
static void open_scene(struct scene *scene, bool payments, bool instalments, const char *more)
{
	office_open(&scene->office, more);
	scene->office.books.config.companies[0].confirm_payments = payments;
	scene->office.books.config.companies[0].confirm_instalments = instalments;
	scene->customer = books_customer(&scene->office.books, "Breizh Habitat SARL", "habitat.example");
	scene->invoice = office_invoice(&scene->office, scene->customer, "F2026-118", 118800, "2026-03-31");
}

static int64_t pay(struct scene *scene, int64_t amount, const char *on)
{
	struct error error = {0};
	struct receivable row = books_load(&scene->office.books, scene->invoice);
	must(act_pay(ledger_of(scene), &row, amount, day_of(on), NULL, &error), &error);
	row_clear(&receivable_table, &row);
	GPtrArray *entries = entry_list(scene->office.books.store, scene->invoice, &error);
	must(entries, &error);
	int64_t id = ((const struct entry *)entries->pdata[entries->len - 1])->id;
	rows_free(&entry_table, entries);
	return id;
}

static void agree(struct scene *scene)
{
	struct error error = {0};
	struct receivable row = books_load(&scene->office.books, scene->invoice);
	struct plan_rate rates[] = {{day_of("2026-03-31"), 59400}, {day_of("2026-04-30"), 59400}};
	must(act_propose_plan(ledger_of(scene), &row, rates, 2, 0, NULL, &error), &error);
	must(act_accept_plan(ledger_of(scene), &row, &error), &error);
	row_clear(&receivable_table, &row);
}

static void nothing_is_told_without_the_keys(void **state)
{
	(void)state;
	struct scene scene;
	open_scene(&scene, false, false, "");
	office_tick(&scene.office);
	agree(&scene);
	pay(&scene, 1000, "2026-03-02");
	assert_int_equal(office_tick(&scene.office).composed, 0);
	office_close(&scene.office);
}

static void a_payment_is_thanked_for_once(void **state)
{
	(void)state;
	struct scene scene;
	open_scene(&scene, true, false, "");
	agree(&scene);
	pay(&scene, 1000, "2026-03-02"); /* before the first tick with the key: not told */
	assert_int_equal(office_tick(&scene.office).submitted, 0);
	pay(&scene, 20000, "2026-03-02");
	pay(&scene, 30000, "2026-02-10"); /* long ago */
	assert_int_equal(office_tick(&scene.office).submitted, 1);
	char *mail = office_mail(&scene.office, 1);
	assert_non_null(strstr(mail, "200,00=C2=A0=E2=82=AC"));
	free(mail);
	assert_int_equal(office_tick(&scene.office).submitted, 0);
	office_close(&scene.office);
}

static void thanks_are_no_contact(void **state)
{
	(void)state;
	struct scene scene;
	open_scene(&scene, true, false, "");
	int64_t other = office_invoice(&scene.office, scene.customer, "F2026-119", 10000, "2026-02-26");
	office_go(&scene.office, "2026-03-03", 10);
	assert_int_equal(office_tick(&scene.office).submitted, 0);
	pay(&scene, 20000, "2026-03-03");
	assert_int_equal(office_tick(&scene.office).submitted, 1);
	struct receivable row = books_load(&scene.office.books, scene.invoice);
	assert_int_equal(row.last_contact_on, DATE_NONE);
	assert_null(row.last_step);
	row_clear(&receivable_table, &row);
	/* the other invoice's reminder comes on its day, within the gap */
	const char *planned = office_action(&scene.office, other);
	assert_non_null(strstr(planned, "first-reminder 2026-03-05 free"));
	office_go(&scene.office, "2026-03-05", 10);
	assert_int_equal(office_tick(&scene.office).submitted, 1);
	office_close(&scene.office);
}

static void thanks_wait_for_hours_and_days(void **state)
{
	(void)state;
	static const struct {
		const char *day;
		int hour;
		bool paused;
		int sent;
	} rows[] = {{"2026-03-02", 22, false, 0}, {"2026-03-07", 10, false, 0}, {"2026-03-03", 10, true, 0},
	    {"2026-03-03", 10, false, 1}};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct scene scene;
		struct error error = {0};
		open_scene(&scene, true, false, "");
		office_tick(&scene.office);
		office_go(&scene.office, rows[i].day, rows[i].hour);
		pay(&scene, 20000, rows[i].day);
		if (rows[i].paused)
			must(act_setting(ledger_of(&scene), "sending.paused", "yes", &error), &error);
		assert_int_equal(office_tick(&scene.office).submitted, rows[i].sent);
		/* and are not lost */
		must(act_setting(ledger_of(&scene), "sending.paused", NULL, &error) ||
			 act_setting(ledger_of(&scene), "sending.paused", "no", &error),
		    &error);
		office_go(&scene.office, "2026-03-09", 10);
		assert_int_equal(office_tick(&scene.office).submitted, 1 - rows[i].sent);
		office_close(&scene.office);
	}
}

/* An invoice that comes into the books half paid. */
static void take_in(struct scene *scene, const char *number)
{
	struct error error = {0};
	g_autofree char *message_id = g_strdup_printf("<%s@legoff.example>", number);
	struct receivable_draft draft = {.company = "Le Goff",
	    .customer = scene->customer,
	    .number = number,
	    .kind = "invoice",
	    .issue_date = day_of("2026-02-20"),
	    .due_date = day_of("2026-03-31"),
	    .currency = "EUR",
	    .total = 50000,
	    .open = 20000,
	    .message_id = message_id,
	    .subject = "Facture"};
	int64_t id;
	bool opened;
	must(act_open_receivable(ledger_of(scene), &draft, &id, &opened, &error), &error);
}

static void what_was_paid_before_an_import_is_not_thanked_for(void **state)
{
	(void)state;
	struct scene scene;
	open_scene(&scene, true, false, "");
	office_tick(&scene.office);
	take_in(&scene, "F2026-1");
	take_in(&scene, "F2026-2");
	assert_int_equal(office_tick(&scene.office).composed, 0);
	pay(&scene, 20000, "2026-03-02");
	assert_int_equal(office_tick(&scene.office).submitted, 1);
	office_close(&scene.office);
}

static void thanks_keep_to_the_daily_cap(void **state)
{
	(void)state;
	struct scene scene;
	open_scene(&scene, true, false, "daily_cap = 1\n");
	office_tick(&scene.office);
	pay(&scene, 20000, "2026-03-02");
	scene.invoice = office_invoice(&scene.office, scene.customer, "F2026-119", 10000, "2026-03-31");
	pay(&scene, 5000, "2026-03-02");
	assert_int_equal(office_tick(&scene.office).submitted, 1);
	office_go(&scene.office, "2026-03-03", 10);
	assert_int_equal(office_tick(&scene.office).submitted, 1);
	office_close(&scene.office);
}

static void a_payment_taken_back_or_without_address_is_not_thanked_for(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	open_scene(&scene, true, false, "");
	office_tick(&scene.office);
	pay(&scene, 20000, "2026-03-02");
	must(journal_append(ledger_of(&scene), EVENT_ENTRY_POSTED,
		 (struct event_about){.customer = scene.customer, .receivable = scene.invoice},
		 json_pack("{s:s, s:s, s:s}", "kind", "correction", "amount", "200.00", "date", "2026-03-02"),
		 NULL, &error),
	    &error);
	assert_int_equal(office_tick(&scene.office).submitted, 0);
	GPtrArray *contacts = contact_list(scene.office.books.store, scene.customer, &error);
	must(contacts, &error);
	for (guint i = 0; i < contacts->len; i++)
		must(
		    journal_append(ledger_of(&scene), EVENT_CONTACT_CHANGED,
			(struct event_about){.customer = scene.customer},
			json_pack("{s:I, s:s}", "contact",
			    (json_int_t)((const struct contact *)contacts->pdata[i])->id, "state", "bounced"),
			NULL, &error),
		    &error);
	rows_free(&contact_table, contacts);
	pay(&scene, 30000, "2026-03-02");
	assert_int_equal(office_tick(&scene.office).submitted, 0);
	office_close(&scene.office);
}

static void one_customers_holiday_holds_nobody_elses_thanks(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	open_scene(&scene, true, false, "");
	office_go(&scene.office, "2026-05-15", 10);
	office_tick(&scene.office);
	/* Whit Monday: a holiday in France, a day of work in Italy */
	office_go(&scene.office, "2026-05-25", 10);
	pay(&scene, 20000, "2026-05-25");
	int64_t other = books_customer(&scene.office.books, "Altra S.r.l.", "altra.example");
	must(journal_append(ledger_of(&scene), EVENT_CUSTOMER_CHANGED,
		 (struct event_about){.customer = other}, json_pack("{s:s}", "country", "IT"), NULL, &error),
	    &error);
	scene.invoice = office_invoice(&scene.office, other, "F2026-119", 10000, "2026-06-30");
	pay(&scene, 5000, "2026-05-25");
	assert_int_equal(office_tick(&scene.office).composed, 1);
	assert_int_equal(office_tick(&scene.office).composed, 0);
	office_go(&scene.office, "2026-05-26", 10);
	assert_int_equal(office_tick(&scene.office).composed, 1);
	office_close(&scene.office);
}

static void two_payments_of_one_moment_are_thanked_for_together(void **state)
{
	(void)state;
	struct scene scene;
	open_scene(&scene, true, false, "");
	office_tick(&scene.office);
	pay(&scene, 20000, "2026-03-02");
	pay(&scene, 30000, "2026-03-02");
	assert_int_equal(office_tick(&scene.office).submitted, 1);
	char *mail = office_mail(&scene.office, 1);
	assert_non_null(strstr(mail, "500,00=C2=A0=E2=82=AC"));
	free(mail);
	pay(&scene, 10000, "2026-03-02");
	assert_int_equal(office_tick(&scene.office).submitted, 1);
	assert_int_equal(office_tick(&scene.office).composed, 0);
	office_close(&scene.office);
}

static void a_wrong_template_holds_no_reminder(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	char path[160];
	static const char text[] = "{{#never-ended}}";
	open_scene(&scene, true, false, "");
	office_tick(&scene.office);
	snprintf(path, sizeof path, "%s/fr", scene.office.books.folder);
	assert_int_equal(mkdir(path, 0700), 0);
	snprintf(path, sizeof path, "%s/fr/thanks.txt", scene.office.books.folder);
	must(file_replace(path, text, sizeof text - 1, 0600, &error), &error);
	char *without = scene.office.books.config.template_extra_dir;
	scene.office.books.config.template_extra_dir = scene.office.books.folder;
	pay(&scene, 20000, "2026-03-02");
	office_invoice(&scene.office, scene.customer, "F2026-119", 10000, "2026-02-20");
	assert_int_equal(office_tick(&scene.office).submitted, 1);
	scene.office.books.config.template_extra_dir = without;
	assert_int_equal(office_tick(&scene.office).submitted, 1);
	office_close(&scene.office);
}

static void who_is_stopped_is_not_thanked(void **state)
{
	(void)state;
	static const char *const kinds[] = {"manual", "legal", "insolvency"};
	static const char *const states[] = {"legal", "insolvent"};
	for (size_t i = 0; i < ARRAY_LENGTH(kinds) + ARRAY_LENGTH(states); i++) {
		struct scene scene;
		struct error error = {0};
		open_scene(&scene, true, true, "");
		office_tick(&scene.office);
		agree(&scene);
		pay(&scene, 20000, "2026-03-02");
		if (i < ARRAY_LENGTH(kinds))
			must(act_hold(ledger_of(&scene), scene.customer, NULL, kinds[i], DATE_NONE, NULL, 0,
				 &error),
			    &error);
		else
			must(journal_append(ledger_of(&scene), EVENT_CUSTOMER_CHANGED,
				 (struct event_about){.customer = scene.customer},
				 json_pack("{s:s}", "state", states[i - ARRAY_LENGTH(kinds)]), NULL, &error),
			    &error);
		assert_int_equal(office_tick(&scene.office).composed, 0);
		office_close(&scene.office);
	}
}

static void an_agreement_is_confirmed_once(void **state)
{
	(void)state;
	struct scene scene;
	open_scene(&scene, false, true, "");
	assert_int_equal(office_tick(&scene.office).submitted, 0);
	pay(&scene, 1000, "2026-03-02");
	struct error error = {0};
	struct receivable row = books_load(&scene.office.books, scene.invoice);
	struct plan_rate rates[] = {{day_of("2026-03-31"), 59400}, {day_of("2026-04-30"), 58400}};
	must(act_propose_plan(ledger_of(&scene), &row, rates, 2, 0, NULL, &error), &error);
	assert_int_equal(office_tick(&scene.office).submitted, 0);
	must(act_accept_plan(ledger_of(&scene), &row, &error), &error);
	row_clear(&receivable_table, &row);
	assert_int_equal(office_tick(&scene.office).submitted, 1);
	char *mail = office_mail(&scene.office, 1);
	assert_non_null(strstr(mail, "584,00=C2=A0=E2=82=AC"));
	free(mail);
	assert_int_equal(office_tick(&scene.office).submitted, 0);
	office_close(&scene.office);
}

static void more_than_is_open_cannot_be_proposed(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	open_scene(&scene, false, false, "");
	struct receivable row = books_load(&scene.office.books, scene.invoice);
	struct plan_rate rates[] = {{day_of("2026-03-31"), 59400}, {day_of("2026-04-30"), 59406}};
	assert_false(act_propose_plan(ledger_of(&scene), &row, rates, 2, 0, NULL, &error));
	assert_int_equal(error.status, STATUS_DATA);
	assert_non_null(strstr(error.text, "the rates make 1188.06, and 1188.00 EUR is open"));
	rates[1].amount = 59400;
	must(act_propose_plan(ledger_of(&scene), &row, rates, 2, 0, NULL, &error), &error);
	row_clear(&receivable_table, &row);
	office_close(&scene.office);
}

/* Composed at night by a person's command, as who is on hold is not written to by the program. */
static void thanks_that_wait_are_cancelled_by_what_comes_after(void **state)
{
	(void)state;
	enum { NOTHING, HOLD, CUSTOMER_HOLD, INSOLVENCY, TAKEN_BACK, OTHER_HOLD, HOLD_BEFORE };
	static const struct row {
		int what;
		int submitted;
		const char *reason;
	} rows[] = {
	    {NOTHING, 1, NULL},
	    {HOLD, 0, "hold: manual since it was composed"},
	    {CUSTOMER_HOLD, 0, "hold: manual since it was composed"},
	    {INSOLVENCY, 0, "hold: insolvency since it was composed"},
	    {TAKEN_BACK, 0, "F2026-118: a payment was taken back"},
	    /* an answer's hold asks for patience with reminders */
	    {OTHER_HOLD, 1, NULL},
	    {HOLD_BEFORE, 1, NULL},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct scene scene;
		struct error error = {0};
		struct customer customer;
		bool found;
		open_scene(&scene, false, false, "");
		office_go(&scene.office, "2026-03-02", 22);
		struct ledger *ledger = ledger_of(&scene);
		pay(&scene, 20000, "2026-03-02");
		struct receivable row = books_load(&scene.office.books, scene.invoice);
		if (rows[i].what == HOLD_BEFORE)
			must(act_hold(ledger, scene.customer, &row, "manual", DATE_NONE, NULL, 0, &error),
			    &error);
		must(confirm_payment(ledger, &scene.office.site, &row, 20000, ledger->today, &error), &error);
		if (rows[i].what == HOLD || rows[i].what == CUSTOMER_HOLD)
			must(act_hold(ledger, scene.customer, rows[i].what == HOLD ? &row : NULL, "manual",
				 DATE_NONE, NULL, 0, &error),
			    &error);
		if (rows[i].what == OTHER_HOLD)
			must(act_hold(ledger, scene.customer, &row, "absence", day_of("2026-03-20"), NULL, 0,
				 &error),
			    &error);
		must(customer_get(scene.office.books.store, scene.customer, &customer, &found, &error),
		    &error);
		if (rows[i].what == INSOLVENCY)
			must(insolvency_enter(ledger, &customer, DATE_NONE, &error), &error);
		row_clear(&customer_table, &customer);
		if (rows[i].what == TAKEN_BACK)
			must(
			    journal_append(ledger, EVENT_ENTRY_POSTED,
				(struct event_about){.customer = scene.customer, .receivable = scene.invoice},
				json_pack("{s:s, s:s, s:s, s:n}", "kind", "correction", "amount", "200.00",
				    "date", "2026-03-02", "reference"),
				NULL, &error),
			    &error);
		row_clear(&receivable_table, &row);
		office_go(&scene.office, "2026-03-03", 10);
		if (office_tick(&scene.office).submitted != rows[i].submitted)
			fail_msg("row %zu: %d mails", i, 1 - rows[i].submitted);
		GPtrArray *events =
		    journal_list_of_kind(scene.office.books.store, "reminder.cancelled", &error);
		assert_int_equal(events->len, !rows[i].submitted);
		if (rows[i].reason && !strstr(((const struct event *)events->pdata[0])->body, rows[i].reason))
			fail_msg("row %zu: %s", i, ((const struct event *)events->pdata[0])->body);
		rows_free(&journal_table, events);
		office_close(&scene.office);
	}
}

/* Composed at night, for 200.00 of 1188.00. */
static void thanks_that_wait_are_said_anew_when_another_amount_is_left(void **state)
{
	(void)state;
	static const struct row {
		int64_t paid, disputed;
		bool thanked; /* that one, too */
		int mails;
		const char *first, *wrong; /* the first mail's words, and what no mail says */
	} rows[] = {
	    {0, 0, false, 1, "988,00", "788,00"},
	    {20000, 0, false, 1, "400,00", "988,00"},
	    {20000, 0, true, 2, "788,00", "988,00"},
	    {98800, 0, false, 1, "1=E2=80=AF188,00", "988,00"},
	    {0, 30000, false, 1, "688,00", "988,00"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct scene scene;
		struct error error = {0};
		open_scene(&scene, false, false, "");
		office_go(&scene.office, "2026-03-02", 22);
		struct ledger *ledger = ledger_of(&scene);
		pay(&scene, 20000, "2026-03-02");
		struct receivable row = books_load(&scene.office.books, scene.invoice);
		must(confirm_payment(ledger, &scene.office.site, &row, 20000, ledger->today, &error), &error);
		if (rows[i].paid)
			pay(&scene, rows[i].paid, "2026-03-02");
		if (rows[i].disputed)
			must(act_dispute(ledger, &row, "price", rows[i].disputed, NULL, 0, &error), &error);
		row_clear(&receivable_table, &row);
		row = books_load(&scene.office.books, scene.invoice);
		if (rows[i].thanked)
			must(confirm_payment(
				 ledger, &scene.office.site, &row, rows[i].paid, ledger->today, &error),
			    &error);
		row_clear(&receivable_table, &row);
		office_go(&scene.office, "2026-03-03", 10);
		int64_t submitted = office_tick(&scene.office).submitted;
		submitted += office_tick(&scene.office).submitted;
		submitted += office_tick(&scene.office).submitted;
		if (submitted != rows[i].mails)
			fail_msg("row %zu: %lld mails", i, (long long)submitted);
		for (int k = 1; k <= rows[i].mails; k++) {
			char *mail = office_mail(&scene.office, k);
			if (strstr(mail, rows[i].wrong) || (k == 1 && !strstr(mail, rows[i].first)))
				fail_msg("row %zu: %s", i, mail);
			free(mail);
		}
		office_close(&scene.office);
	}
}

/* Composed at night. */
static void a_confirmation_goes_only_of_the_agreement_that_runs(void **state)
{
	(void)state;
	for (int again = 0; again < 3; again++) {
		struct scene scene;
		struct error error = {0};
		open_scene(&scene, false, false, "");
		office_go(&scene.office, "2026-03-02", 22);
		agree(&scene);
		struct receivable row = books_load(&scene.office.books, scene.invoice);
		must(confirm_instalments(ledger_of(&scene), &scene.office.site, &row, &error), &error);
		if (again < 2)
			must(act_withdraw_plan(ledger_of(&scene), &row, &error), &error);
		row_clear(&receivable_table, &row);
		if (again == 1)
			agree(&scene);
		office_go(&scene.office, "2026-03-03", 10);
		assert_int_equal(office_tick(&scene.office).submitted, again == 2);
		GPtrArray *events =
		    journal_list_of_kind(scene.office.books.store, "reminder.cancelled", &error);
		assert_int_equal(events->len, again < 2);
		rows_free(&journal_table, events);
		office_close(&scene.office);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(nothing_is_told_without_the_keys),
	    cmocka_unit_test(a_payment_is_thanked_for_once),
	    cmocka_unit_test(thanks_are_no_contact),
	    cmocka_unit_test(thanks_wait_for_hours_and_days),
	    cmocka_unit_test(what_was_paid_before_an_import_is_not_thanked_for),
	    cmocka_unit_test(thanks_keep_to_the_daily_cap),
	    cmocka_unit_test(a_payment_taken_back_or_without_address_is_not_thanked_for),
	    cmocka_unit_test(one_customers_holiday_holds_nobody_elses_thanks),
	    cmocka_unit_test(two_payments_of_one_moment_are_thanked_for_together),
	    cmocka_unit_test(a_wrong_template_holds_no_reminder),
	    cmocka_unit_test(who_is_stopped_is_not_thanked),
	    cmocka_unit_test(an_agreement_is_confirmed_once),
	    cmocka_unit_test(more_than_is_open_cannot_be_proposed),
	    cmocka_unit_test(thanks_that_wait_are_cancelled_by_what_comes_after),
	    cmocka_unit_test(thanks_that_wait_are_said_anew_when_another_amount_is_left),
	    cmocka_unit_test(a_confirmation_goes_only_of_the_agreement_that_runs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
