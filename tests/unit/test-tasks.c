#include "unit.h"
#include "office.h"

#include "dunning/insolvency.h"
#include "dunning/outcome.h"
#include "dunning/task_steps.h"
#include "ledger/act.h"
#include "ledger/body.h"
#include "store/rows_case.h"

/* A ladder that begins with a call, two days after the due date; two invoices due on 2026-02-26 and 02-27,
 * both to be called about on Monday 2026-03-02. */
struct scene {
	struct office office;
	int64_t customer, first, second, call;
};

static const char ladder[] =
    "ladder \"business\" { step \"call\" { anchor = due offset = 2d channel = call }\n"
    " step \"first-reminder\" { offset = 7d } }\n";

static void must(bool done, const struct error *error)
{
	if (!done)
		fail_msg("%s", error->text);
}

static struct ledger *ledger_of(struct scene *scene)
{
	return &scene->office.books.ledger;
}

/* The only open task of KIND; id 0 where there is none. row_clear it. */
static struct task open_task(struct scene *scene, const char *kind)
{
	struct error error = {0};
	struct task found = {0};
	GPtrArray *tasks = task_list(scene->office.books.store, NULL, "open", &error);
	must(tasks, &error);
	for (guint i = 0; i < tasks->len; i++) {
		const struct task *task = tasks->pdata[i];
		if (strcmp(task->kind, kind) != 0)
			continue;
		if (found.id)
			fail_msg("two tasks: %s, %s", found.title, task->title);
		row_copy(&task_table, task, &found);
	}
	rows_free(&task_table, tasks);
	return found;
}

static int64_t id_of(struct scene *scene, const char *kind)
{
	struct task task = open_task(scene, kind);
	int64_t id = task.id;
	row_clear(&task_table, &task);
	return id;
}

static void open_scene(struct scene *scene)
{
	*scene = (struct scene){0};
	office_open(&scene->office, ladder);
	struct error error = {0};
	scene->customer = books_customer(&scene->office.books, "Breizh Habitat SARL", "habitat.example");
	must(journal_append(ledger_of(scene), EVENT_CUSTOMER_CHANGED,
		 (struct event_about){.customer = scene->customer},
		 json_pack("{s:s}", "phone", "02 98 11 22 33"), NULL, &error),
	    &error);
	scene->first = office_invoice(&scene->office, scene->customer, "F1", 118800, "2026-02-26");
	scene->second = office_invoice(&scene->office, scene->customer, "F2", 5000, "2026-02-27");
	assert_int_equal(office_tick(&scene->office).tasks, 1);
	scene->call = id_of(scene, "call");
	assert_true(scene->call);
}

static void one_call_is_for_all_that_is_due_and_says_what_to_say(void **state)
{
	(void)state;
	struct scene scene;
	open_scene(&scene);
	struct task call = open_task(&scene, "call");
	assert_int_equal(call.receivable, scene.first);
	assert_string_equal(
	    call.title, "Call Breizh Habitat SARL: F1, F2, 1238.00 EUR overdue for 4 days (call)");
	assert_string_equal(call.detail,
	    "contact: compta@habitat.example\n"
	    "phone: 02 98 11 22 33\n"
	    "F1: 1188.00 EUR open, due 2026-02-26, 4 days late\n"
	    "F2: 50.00 EUR open, due 2026-02-27, 3 days late\n"
	    "ask: on which day and by what means it is paid; whether the invoice is "
	    "there, and what holds it");
	row_clear(&task_table, &call);
	/* neither goes on while the call is to be made */
	office_go(&scene.office, "2026-03-10", 10);
	assert_int_equal(office_tick(&scene.office).composed, 0);
	assert_string_equal(office_action(&scene.office, scene.first), "first-reminder 2026-03-09 task-open");
	assert_string_equal(
	    office_action(&scene.office, scene.second), "first-reminder 2026-03-09 task-open");
	struct error error = {0};
	struct outcome outcome = {.code = "reached", .date = DATE_NONE};
	must(outcome_apply(ledger_of(&scene), &scene.office.site, scene.call, &outcome, &error), &error);
	office_go(&scene.office, "2026-03-13", 10);
	assert_int_equal(office_tick(&scene.office).submitted, 1);
	office_close(&scene.office);
}

static void the_last_three_things_are_told(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	office_open(&scene.office,
	    "ladder \"business\" { step \"first-reminder\" { anchor = due offset = 2d }\n"
	    " step \"call\" { offset = 3d channel = call } }\n");
	scene.customer = books_customer(&scene.office.books, "Breizh Habitat SARL", "habitat.example");
	scene.first = office_invoice(&scene.office, scene.customer, "F1", 118800, "2026-02-26");
	assert_int_equal(office_tick(&scene.office).submitted, 1);
	struct receivable row = books_load(&scene.office.books, scene.first);
	office_go(&scene.office, "2026-03-03", 10);
	must(act_promise(ledger_of(&scene), &row, day_of("2026-03-04"), 0, 0, &error), &error);
	office_go(&scene.office, "2026-03-04", 10);
	must(act_promise(ledger_of(&scene), &row, day_of("2026-03-05"), 0, 0, &error), &error);
	office_go(&scene.office, "2026-03-05", 10);
	must(act_promise(ledger_of(&scene), &row, day_of("2026-03-06"), 0, 0, &error), &error);
	row_clear(&receivable_table, &row);
	office_go(&scene.office, "2026-03-10", 10);
	assert_int_equal(office_tick(&scene.office).tasks, 1);
	struct task call = open_task(&scene, "call");
	const char *history = strstr(call.detail, "\n2026");
	assert_non_null(history);
	assert_true(g_str_has_prefix(history, "\n2026-03-05 promised for 2026-03-06: broken\n"
					      "2026-03-04 promised for 2026-03-05: withdrawn\n"
					      "2026-03-03 promised for 2026-03-04: withdrawn\nask:"));
	row_clear(&task_table, &call);
	office_close(&scene.office);
}

/* What the plan says of both invoices after each outcome of the call on 2 March, and which tasks are open. */
static void each_outcome_has_its_effect(void **state)
{
	(void)state;
	static const struct {
		struct outcome outcome;
		const char *first, *second, *task, *due;
		bool contact;
	} rows[] = {
	    {{"reached", DATE_NONE, 0, NULL, NULL}, "free", "free", NULL, NULL, true},
	    {{"voicemail", DATE_NONE, 0, NULL, NULL}, "task-open", "task-open", "call", "2026-03-04", true},
	    {{"unreachable", DATE_NONE, 0, NULL, NULL}, "task-open", "task-open", "call", "2026-03-04",
		false},
	    {{"wrong_contact", DATE_NONE, 0, NULL, NULL}, "free", "free", "address", NULL, false},
	    {{"invoice_not_received", DATE_NONE, 0, NULL, NULL}, "free", "free", "request", NULL, true},
	    {{"document_missing", DATE_NONE, 0, NULL, NULL}, "free", "free", "request", NULL, true},
	    {{"waiting_approval", DATE_NONE, 0, NULL, NULL}, "free", "free", NULL, NULL, true},
	    {{"in_payment", DATE_NONE, 0, NULL, NULL}, "free", "free", NULL, NULL, true},
	    {{"payment_sent", DATE_NONE, 0, NULL, NULL}, "free", "free", "bank_data", NULL, true},
	    {{"promised", 20540, 0, NULL, NULL}, "promise-running", "promise-running", NULL, NULL, true},
	    {{"promised", 20540, 1000, NULL, NULL}, "promise-running", "free", NULL, NULL, true},
	    {{"instalments", DATE_NONE, 0, NULL, NULL}, "free", "free", "delay", NULL, true},
	    {{"dispute", DATE_NONE, 0, "price", NULL}, "disputed", "disputed", "dispute", NULL, true},
	    {{"dispute", DATE_NONE, 1000, "price", NULL}, "free", "free", "dispute", NULL, true},
	    {{"insolvent", DATE_NONE, 0, NULL, NULL}, "insolvent", "insolvent", "insolvency", "2026-03-16",
		true},
	    {{NULL, DATE_NONE, 0, NULL, "they are nice"}, "free", "free", NULL, NULL, false},
	};
	size_t codes = 0;
	while (outcome_codes()[codes])
		codes++;
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct scene scene;
		struct error error = {0};
		open_scene(&scene);
		must(outcome_apply(
			 ledger_of(&scene), &scene.office.site, scene.call, &rows[i].outcome, &error),
		    &error);
		office_plan(&scene.office);
		const char *action = office_action(&scene.office, scene.first);
		if (!g_str_has_suffix(action, rows[i].first))
			fail_msg("%s: F1 is %s", rows[i].outcome.code, action);
		action = office_action(&scene.office, scene.second);
		if (!g_str_has_suffix(action, rows[i].second))
			fail_msg("%s: F2 is %s", rows[i].outcome.code, action);
		GPtrArray *open = task_list(scene.office.books.store, NULL, "open", &error);
		if (open->len != (rows[i].task != NULL))
			fail_msg("%s: %u tasks are open", rows[i].outcome.code, open->len);
		if (rows[i].task) {
			const struct task *task = open->pdata[0];
			char due[DATE_TEXT_SIZE];
			assert_string_equal(task->kind, rows[i].task);
			if (rows[i].due)
				assert_string_equal(date_format(task->due_on, due), rows[i].due);
		}
		rows_free(&task_table, open);
		struct receivable row = books_load(&scene.office.books, scene.first);
		assert_int_equal(row.last_contact_on != DATE_NONE, rows[i].contact);
		row_clear(&receivable_table, &row);
		office_close(&scene.office);
	}
	for (size_t c = 0; c < codes; c++) {
		bool tested = false;
		for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
			tested = tested || g_strcmp0(rows[i].outcome.code, outcome_codes()[c]) == 0;
		if (!tested)
			fail_msg("no test for %s", outcome_codes()[c]);
	}
}

/* The holds of the answers that mean the same. */
static void what_they_say_by_telephone_holds_like_a_mail(void **state)
{
	(void)state;
	static const struct {
		const char *code, *until;
	} rows[] = {{"invoice_not_received", "2026-03-09"}, {"document_missing", "2026-03-09"},
	    {"waiting_approval", "2026-03-09"}, {"in_payment", "2026-03-07"}, {"payment_sent", "2026-03-07"},
	    {"instalments", "2026-03-09"}};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct scene scene;
		struct error error = {0};
		open_scene(&scene);
		struct outcome outcome = {.code = rows[i].code, .date = DATE_NONE};
		must(outcome_apply(ledger_of(&scene), &scene.office.site, scene.call, &outcome, &error),
		    &error);
		int64_t both[] = {scene.first, scene.second};
		for (size_t n = 0; n < 2; n++) {
			GPtrArray *holds =
			    hold_list(scene.office.books.store, scene.customer, both[n], &error);
			char until[DATE_TEXT_SIZE];
			assert_int_equal(holds->len, 1);
			assert_string_equal(
			    date_format(((struct hold *)holds->pdata[0])->until, until), rows[i].until);
			rows_free(&hold_table, holds);
		}
		office_close(&scene.office);
	}
}

static void whom_nobody_reaches_is_called_three_times(void **state)
{
	(void)state;
	static const char *const days[] = {"2026-03-02", "2026-03-04", "2026-03-06"};
	struct scene scene;
	struct error error = {0};
	open_scene(&scene);
	for (size_t i = 0; i < ARRAY_LENGTH(days); i++) {
		office_go(&scene.office, days[i], 10);
		struct outcome outcome = {.code = "voicemail", .date = DATE_NONE, .text = "left a message"};
		must(outcome_apply(
			 ledger_of(&scene), &scene.office.site, id_of(&scene, "call"), &outcome, &error),
		    &error);
	}
	assert_int_equal(id_of(&scene, "call"), 0);
	office_close(&scene.office);
}

static void pay(struct scene *scene, int64_t receivable)
{
	struct error error = {0};
	struct receivable row;
	bool found;
	must(receivable_get(scene->office.books.store, receivable, &row, &found, &error), &error);
	must(act_pay(ledger_of(scene), &row, row.open, ledger_of(scene)->today, NULL, &error), &error);
	row_clear(&receivable_table, &row);
}

static void nobody_is_called_about_what_is_paid(void **state)
{
	(void)state;
	struct scene scene;
	open_scene(&scene);
	pay(&scene, scene.first);
	assert_int_equal(id_of(&scene, "call"), scene.call);
	pay(&scene, scene.second);
	assert_int_equal(id_of(&scene, "call"), 0);
	office_close(&scene.office);
}

static void an_outcome_needs_what_it_is_about(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	open_scene(&scene);
	struct outcome promised = {.code = "promised", .date = DATE_NONE};
	assert_false(outcome_apply(ledger_of(&scene), &scene.office.site, scene.call, &promised, &error));
	assert_int_equal(error.status, STATUS_DATA);
	promised.date = day_of("2026-03-01");
	assert_false(outcome_apply(ledger_of(&scene), &scene.office.site, scene.call, &promised, &error));
	assert_false(outcome_apply(ledger_of(&scene), &scene.office.site, 4711, &promised, &error));
	assert_int_equal(error.status, STATUS_NO);
	office_close(&scene.office);
}

static void an_address_is_replaced_and_the_invoice_sent_again(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	struct contact contact;
	bool found;
	open_scene(&scene);
	must(contact_of_address(scene.office.books.store, scene.customer, "compta@habitat.example", &contact,
		 &found, &error),
	    &error);
	must(act_contact_state(ledger_of(&scene), &contact, "bounced", "5.1.1", &error), &error);
	must(journal_append(ledger_of(&scene), EVENT_RECEIVABLE_DELIVERY,
		 (struct event_about){.customer = scene.customer, .receivable = scene.first},
		 json_pack("{s:s}", "delivery", "failed"), NULL, &error),
	    &error);
	struct task_draft draft = {.company = "Le Goff",
	    .kind = "address",
	    .customer = scene.customer,
	    .receivable = scene.first,
	    .title = "Find an address",
	    .due_on = DATE_NONE};
	must(act_open_task(ledger_of(&scene), &draft, NULL, &error), &error);
	must(act_replace_contact(ledger_of(&scene), &contact, "Facture@habitat.example", &error), &error);
	row_clear(&contact_table, &contact);
	must(contact_of_address(scene.office.books.store, scene.customer, "compta@habitat.example", &contact,
		 &found, &error),
	    &error);
	assert_string_equal(contact.state, "replaced");
	row_clear(&contact_table, &contact);
	must(contact_of_address(scene.office.books.store, scene.customer, "facture@habitat.example", &contact,
		 &found, &error),
	    &error);
	assert_true(found);
	assert_string_equal(contact.state, "good");
	row_clear(&contact_table, &contact);
	assert_int_equal(id_of(&scene, "address"), 0);
	struct task again = open_task(&scene, "request");
	assert_int_equal(again.receivable, scene.first);
	row_clear(&task_table, &again);
	office_close(&scene.office);
}

static void a_claim_is_declared_within_the_months_that_the_law_gives(void **state)
{
	(void)state;
	static const struct {
		const char *company_country, *company_region, *customer_country, *published, *deadline;
	} rows[] = {
	    {"FR", "", NULL, "2026-01-15", "2026-03-15"},
	    {"FR", "FR-67", "FR", "2025-12-31", "2026-02-28"},
	    {"FR", "974", "FR", "2026-01-15", "2026-05-15"},
	    {"BE", "", "FR", "2026-01-15", "2026-05-15"},
	    {"FR", "", "BE", "2026-01-15", ""},
	    {"FR", "", "FR", NULL, ""},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct company_config company = {.name = (char *)"C",
		    .country = (char *)rows[i].company_country,
		    .region = (char *)rows[i].company_region};
		struct config config = {.companies = &company, .company_count = 1};
		struct customer customer = {
		    .company = (char *)"C", .country = (char *)rows[i].customer_country};
		char day[DATE_TEXT_SIZE];
		date_t published = rows[i].published ? day_of(rows[i].published) : DATE_NONE;
		assert_string_equal(
		    date_format(insolvency_deadline(&config, &customer, published), day), rows[i].deadline);
	}
}

/* F1 is paid by half and F2 wholly since the call was asked for. */
static void an_open_call_is_shown_with_the_sums_of_today(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	struct desk desk;
	open_scene(&scene);
	struct task call = open_task(&scene, "call");
	const struct {
		int64_t invoice, amount;
	} payments[] = {{scene.first, 59400}, {scene.second, 5000}};
	office_go(&scene.office, "2026-03-05", 10);
	for (size_t i = 0; i < ARRAY_LENGTH(payments); i++) {
		struct receivable row = books_load(&scene.office.books, payments[i].invoice);
		must(act_pay(ledger_of(&scene), &row, payments[i].amount, ledger_of(&scene)->today, NULL, &error),
		    &error);
		row_clear(&receivable_table, &row);
	}
	char *title, *text;
	must(desk_init(&desk, ledger_of(&scene), &scene.office.site, &error), &error);
	must(task_live_words(&desk, &call, &title, &text, &error), &error);
	assert_string_equal(title, "Call Breizh Habitat SARL: F1, 594.00 EUR overdue for 7 days (call)");
	assert_non_null(strstr(text, "\nF1: 594.00 EUR open"));
	assert_null(strstr(text, "F2"));
	g_free(title);
	g_free(text);
	desk_clear(&desk);
	row_clear(&task_table, &call);
	office_close(&scene.office);
}

static void insolvency_stops_everything_and_has_its_day(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	struct customer customer;
	bool found;
	open_scene(&scene);
	must(customer_get(scene.office.books.store, scene.customer, &customer, &found, &error), &error);
	must(insolvency_enter(ledger_of(&scene), &customer, DATE_NONE, &error), &error);
	struct task task = open_task(&scene, "insolvency");
	assert_string_equal(task.title, "Declare the claim against Breizh Habitat SARL in time");
	assert_string_equal(task.detail, "1238.00 EUR to declare; find the day of the publication");
	row_clear(&task_table, &task);
	must(insolvency_enter(ledger_of(&scene), &customer, day_of("2026-02-10"), &error), &error);
	task = open_task(&scene, "insolvency");
	assert_string_equal(task.title, "Declare the claim against Breizh Habitat SARL by 2026-04-10");
	assert_int_equal(task.due_on, day_of("2026-04-10"));
	row_clear(&task_table, &task);
	row_clear(&customer_table, &customer);
	must(customer_get(scene.office.books.store, scene.customer, &customer, &found, &error), &error);
	assert_int_equal(customer.insolvent_on, day_of("2026-02-10"));
	office_plan(&scene.office);
	assert_true(g_str_has_suffix(office_action(&scene.office, scene.first), "insolvent"));
	must(insolvency_end(ledger_of(&scene), &customer, &error), &error);
	office_plan(&scene.office);
	/* the call that was open was closed by it */
	assert_true(g_str_has_suffix(office_action(&scene.office, scene.first), "free"));
	row_clear(&customer_table, &customer);
	office_close(&scene.office);
}

/* The invoice that the call hangs on is paid; the other one is not. */
static void what_is_left_of_a_call_goes_on(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	open_scene(&scene);
	pay(&scene, scene.first);
	struct outcome outcome = {.code = "voicemail", .date = DATE_NONE};
	must(outcome_apply(ledger_of(&scene), &scene.office.site, scene.call, &outcome, &error), &error);
	struct task again = open_task(&scene, "call");
	assert_int_equal(again.receivable, scene.second);
	struct desk desk;
	char *title, *text;
	must(desk_init(&desk, ledger_of(&scene), &scene.office.site, &error), &error);
	must(task_live_words(&desk, &again, &title, &text, &error), &error);
	assert_non_null(strstr(text, "F2: 50.00 EUR open"));
	assert_null(strstr(text, "F1"));
	g_free(title);
	g_free(text);
	desk_clear(&desk);
	row_clear(&task_table, &again);
	office_close(&scene.office);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(one_call_is_for_all_that_is_due_and_says_what_to_say),
	    cmocka_unit_test(the_last_three_things_are_told),
	    cmocka_unit_test(each_outcome_has_its_effect),
	    cmocka_unit_test(what_they_say_by_telephone_holds_like_a_mail),
	    cmocka_unit_test(whom_nobody_reaches_is_called_three_times),
	    cmocka_unit_test(nobody_is_called_about_what_is_paid),
	    cmocka_unit_test(an_outcome_needs_what_it_is_about),
	    cmocka_unit_test(an_address_is_replaced_and_the_invoice_sent_again),
	    cmocka_unit_test(a_claim_is_declared_within_the_months_that_the_law_gives),
	    cmocka_unit_test(an_open_call_is_shown_with_the_sums_of_today),
	    cmocka_unit_test(insolvency_stops_everything_and_has_its_day),
	    cmocka_unit_test(what_is_left_of_a_call_goes_on),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
