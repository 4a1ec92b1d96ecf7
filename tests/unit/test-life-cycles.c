#include "unit.h"
#include "office.h"

#include "dunning/proposal.h"
#include "ledger/interest_book.h"
#include "ledger/rebuild.h"
#include "store/rows_case.h"

/* An invoice of 1188.00 that was due on 2026-02-20 and had its first reminder on Monday 2026-03-02, so that
 * the second one would be due on the 16th. */
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

static void open_scene(struct scene *scene)
{
	*scene = (struct scene){0};
	office_open(&scene->office, "");
	scene->customer = books_customer(&scene->office.books, "Breizh Habitat SARL", "habitat.example");
	scene->invoice = office_invoice(&scene->office, scene->customer, "F2026-118", 118800, "2026-02-20");
	assert_int_equal(office_tick(&scene->office).submitted, 1);
	assert_string_equal(office_action(&scene->office, scene->invoice), "second-reminder 2026-03-16 free");
}

typedef bool receivable_act(struct ledger *ledger, const struct receivable *row, struct error *error);

static bool try(struct scene *scene, receivable_act *act, struct error *error)
{
	struct receivable row = books_load(&scene->office.books, scene->invoice);
	bool done = act(ledger_of(scene), &row, error);
	row_clear(&receivable_table, &row);
	return done;
}

static void with_invoice(struct scene *scene, receivable_act *act)
{
	struct error error = {0};
	must(try(scene, act, &error), &error);
}

static void pay(struct scene *scene, int64_t amount)
{
	struct error error = {0};
	struct receivable row = books_load(&scene->office.books, scene->invoice);
	must(act_pay(ledger_of(scene), &row, amount, ledger_of(scene)->today, NULL, &error), &error);
	row_clear(&receivable_table, &row);
}

/* "STATE: 500.00 2026-03-20, …" of the last plan */
static const char *plan_text(struct scene *scene, int64_t receivable)
{
	static char text[256];
	struct error error = {0};
	GPtrArray *plans = instalment_plan_list(scene->office.books.store, receivable, NULL, &error);
	must(plans, &error);
	if (plans->len == 0) {
		rows_free(&instalment_plan_table, plans);
		return "none";
	}
	const struct instalment_plan *plan = plans->pdata[plans->len - 1];
	GPtrArray *rates = instalment_list(scene->office.books.store, plan->id, &error);
	must(rates, &error);
	int length = snprintf(text, sizeof text, "%s:", plan->state);
	for (guint i = 0; i < rates->len; i++) {
		const struct instalment_row *rate = rates->pdata[i];
		char day[DATE_TEXT_SIZE];
		length += snprintf(text + length, sizeof text - (size_t)length, " %lld %s",
		    (long long)rate->amount, date_format(rate->due_on, day));
	}
	rows_free(&instalment_table, rates);
	rows_free(&instalment_plan_table, plans);
	return text;
}

static bool propose_half_and_half(struct ledger *ledger, const struct receivable *row, struct error *error)
{
	struct plan_rate rates[] = {{day_of("2026-03-13"), 59400}, {day_of("2026-04-13"), 59400}};
	return act_propose_plan(ledger, row, rates, 2, 0, NULL, error);
}

static void agree(struct scene *scene)
{
	with_invoice(scene, propose_half_and_half);
	with_invoice(scene, act_accept_plan);
}

static void an_agreement_holds_while_its_rates_come_in_time(void **state)
{
	(void)state;
	struct scene scene;
	open_scene(&scene);
	office_go(&scene.office, "2026-03-09", 10);
	agree(&scene);
	office_plan(&scene.office);
	assert_string_equal(plan_text(&scene, scene.invoice), "accepted: 59400 2026-03-13 59400 2026-04-13");
	assert_non_null(strstr(office_action(&scene.office, scene.invoice), "instalments-running"));
	/* Friday 13 and three days of grace */
	office_go(&scene.office, "2026-03-16", 10);
	assert_int_equal(office_tick(&scene.office).composed, 0);
	pay(&scene, 59400);
	office_go(&scene.office, "2026-04-01", 10);
	assert_int_equal(office_tick(&scene.office).composed, 0);
	office_go(&scene.office, "2026-04-16", 10);
	assert_int_equal(office_tick(&scene.office).composed, 0);
	pay(&scene, 59400);
	assert_int_equal(office_tick(&scene.office).plans_broken, 0);
	assert_string_equal(plan_text(&scene, scene.invoice), "done: 59400 2026-03-13 59400 2026-04-13");
	assert_int_equal(office_mail_count(&scene.office), 1);
	office_close(&scene.office);
}

static void a_rate_that_does_not_come_ends_the_agreement_one_step_on(void **state)
{
	(void)state;
	struct scene scene;
	open_scene(&scene);
	office_go(&scene.office, "2026-03-09", 10);
	agree(&scene);
	pay(&scene, 59400);
	office_go(&scene.office, "2026-04-16", 10);
	office_tick(&scene.office);
	assert_string_equal(plan_text(&scene, scene.invoice), "accepted: 59400 2026-03-13 59400 2026-04-13");
	pay(&scene, 10000);
	office_go(&scene.office, "2026-04-17", 10);
	struct dunning_tick tick = office_tick(&scene.office);
	assert_int_equal(tick.plans_broken, 1);
	assert_int_equal(tick.submitted, 1);
	assert_string_equal(plan_text(&scene, scene.invoice), "broken: 59400 2026-03-13 59400 2026-04-13");
	char *mail = office_mail(&scene.office, 2);
	assert_non_null(strstr(mail, "494,00=C2=A0=E2=82=AC"));
	assert_non_null(strstr(mail, "aviez annonc=C3=A9"));
	free(mail);
	struct receivable row = books_load(&scene.office.books, scene.invoice);
	assert_string_equal(row.last_step, "second-reminder");
	row_clear(&receivable_table, &row);
	office_close(&scene.office);
}

static void rates_must_make_what_is_open(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	open_scene(&scene);
	assert_false(try(&scene, act_accept_plan, &error));
	assert_int_equal(error.status, STATUS_NO);
	with_invoice(&scene, propose_half_and_half);
	pay(&scene, 100);
	assert_false(try(&scene, act_accept_plan, &error));
	assert_string_equal(
	    error.text, "F2026-118: the rates make 1188.00, and 1187.00 EUR is open: propose others");
	store_rollback(scene.office.books.store);
	assert_true(store_begin(scene.office.books.store, &error));
	with_invoice(&scene, propose_half_and_half);
	with_invoice(&scene, act_refuse_plan);
	assert_string_equal(plan_text(&scene, scene.invoice), "refused: 59400 2026-03-13 59400 2026-04-13");
	office_close(&scene.office);
}

static void what_was_asked_is_answered_by_a_decision(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	open_scene(&scene);
	struct receivable row = books_load(&scene.office.books, scene.invoice);
	struct task_draft draft = {.company = "Le Goff",
	    .kind = "delay",
	    .customer = scene.customer,
	    .receivable = scene.invoice,
	    .title = "Accept or refuse",
	    .due_on = DATE_NONE};
	must(act_open_task(ledger_of(&scene), &draft, NULL, &error) &&
		 act_hold(ledger_of(&scene), scene.customer, &row, "delay", day_of("2026-03-20"), NULL, 0,
		     &error) &&
		 act_promise(ledger_of(&scene), &row, day_of("2026-03-20"), 0, 0, &error),
	    &error);
	row_clear(&receivable_table, &row);
	agree(&scene);
	GPtrArray *tasks = task_list_of_receivable(scene.office.books.store, scene.invoice, "open", &error);
	GPtrArray *holds = hold_list(scene.office.books.store, scene.customer, scene.invoice, &error);
	GPtrArray *promises = promise_list(scene.office.books.store, scene.invoice, "running", &error);
	assert_int_equal(tasks->len + holds->len + promises->len, 0);
	rows_free(&task_table, tasks);
	rows_free(&hold_table, holds);
	rows_free(&promise_table, promises);
	with_invoice(&scene, act_withdraw_plan);
	office_plan(&scene.office);
	assert_string_equal(office_action(&scene.office, scene.invoice), "second-reminder 2026-03-16 free");
	office_close(&scene.office);
}

/* Each proposal of a mail about one or two invoices, as it is entered. */
static void what_a_customer_proposes_becomes_a_plan_for_each_invoice(void **state)
{
	(void)state;
	static const struct {
		int64_t amounts[3]; /* -1: no amount, -2: no day, 0: no more */
		bool both;
		const char *first, *second;
	} rows[] = {
	    {{59400, 59400}, false, "proposed: 59400 2026-04-01 59400 2026-05-01", "none"},
	    {{-1}, false, "proposed: 118800 2026-04-01", "none"},
	    {{-1, -1, -1}, false, "proposed: 39600 2026-04-01 39600 2026-05-01 39600 2026-05-31", "none"},
	    {{50000, -1, -1}, false, "proposed: 50000 2026-04-01 34400 2026-05-01 34400 2026-05-31", "none"},
	    {{50000}, false, "proposed: 50000 2026-04-01", "none"},
	    {{118800, -1}, false, "none", "none"},
	    {{59400, -2}, false, "none", "none"},
	    {{60000, 60000}, true, "proposed: 60000 2026-04-01 58800 2026-05-01",
		"proposed: 1200 2026-05-01"},
	    {{-1, -1}, true, "proposed: 60000 2026-04-01 58800 2026-05-01", "proposed: 1200 2026-05-01"},
	    {{60000, 50000}, true, "none", "none"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct scene scene;
		struct error error = {0};
		open_scene(&scene);
		int64_t other =
		    office_invoice(&scene.office, scene.customer, "F2026-119", 1200, "2026-02-25");
		struct receivable one = books_load(&scene.office.books, scene.invoice),
				  two = books_load(&scene.office.books, other);
		GArray *proposal = g_array_new(FALSE, TRUE, sizeof(struct instalment));
		for (int n = 0; n < 3 && rows[i].amounts[n]; n++) {
			int64_t amount = rows[i].amounts[n];
			struct instalment part = {day_of("2026-04-01") + 30 * n, MONEY_NONE};
			if (amount > 0)
				part.amount = money(amount, "EUR");
			if (amount == -2)
				part.date = DATE_NONE;
			g_array_append_val(proposal, part);
		}
		GPtrArray *receivables = g_ptr_array_new();
		if (rows[i].both)
			g_ptr_array_add(receivables, &two);
		g_ptr_array_add(receivables, &one);
		must(proposal_enter(ledger_of(&scene), receivables, proposal, 0, &error), &error);
		assert_string_equal(plan_text(&scene, scene.invoice), rows[i].first);
		assert_string_equal(plan_text(&scene, other), rows[i].second);
		g_ptr_array_unref(receivables);
		g_array_unref(proposal);
		row_clear(&receivable_table, &one);
		row_clear(&receivable_table, &two);
		office_close(&scene.office);
	}
}

static bool promise_all(struct ledger *ledger, const struct receivable *row, struct error *error)
{
	return act_promise(ledger, row, day_of("2026-03-05"), 0, 0, error);
}

static bool promise_part(struct ledger *ledger, const struct receivable *row, struct error *error)
{
	return act_promise(ledger, row, day_of("2026-03-05"), 50000, 0, error);
}

/* 5 March and three days of grace: on Monday 9 it is judged. */
static void a_promise_is_kept_kept_in_part_or_broken(void **state)
{
	(void)state;
	static const struct {
		receivable_act *promise;
		int64_t paid;
		const char *at_once, *state, *action;
		const char *words; /* of the mail that follows; NULL: none */
	} rows[] = {
	    {promise_all, 118800, "kept", "kept", "none", NULL},
	    {promise_all, 0, "running", "broken", "call 2026-03-16 free", "pas parvenu :"},
	    {promise_all, 20000, "running", "partly", "call 2026-03-16 free", "pas parvenu en totalit"},
	    {promise_part, 50000, "kept", "kept", "second-reminder 2026-03-16 free", NULL},
	    {promise_part, 49999, "kept", "kept", "second-reminder 2026-03-16 free", NULL},
	    {promise_part, 100, "running", "partly", "call 2026-03-16 free", "pas parvenu en totalit"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct scene scene;
		struct error error = {0};
		open_scene(&scene);
		with_invoice(&scene, rows[i].promise);
		if (rows[i].paid)
			pay(&scene, rows[i].paid);
		const char *wanted[] = {rows[i].at_once, rows[i].state};
		for (int n = 0; n < 2; n++) {
			GPtrArray *promises =
			    promise_list(scene.office.books.store, scene.invoice, NULL, &error);
			assert_string_equal(((struct promise *)promises->pdata[0])->state, wanted[n]);
			rows_free(&promise_table, promises);
			office_go(&scene.office, "2026-03-09", 10);
			office_tick(&scene.office);
		}
		assert_string_equal(office_action(&scene.office, scene.invoice), rows[i].action);
		assert_int_equal(office_mail_count(&scene.office), rows[i].words ? 2 : 1);
		if (rows[i].words) {
			char *mail = office_mail(&scene.office, 2);
			GString *flat = g_string_new(mail);
			g_string_replace(flat, "=\n", "", 0);
			g_string_replace(flat, "\n", " ", 0);
			g_string_replace(flat, "=20", " ", 0);
			g_string_replace(flat, "=C2=A0", " ", 0);
			if (!strstr(flat->str, rows[i].words))
				fail_msg("row %zu does not say \"%s\": %s", i, rows[i].words, flat->str);
			g_string_free(flat, TRUE);
			free(mail);
		}
		office_close(&scene.office);
	}
}

static bool credit(struct ledger *ledger, const struct receivable *row, struct error *error)
{
	return act_credit(ledger, row, 18800, ledger->today, "AV1", error);
}
static bool small_credit(struct ledger *ledger, const struct receivable *row, struct error *error)
{
	return act_credit(ledger, row, 18799, ledger->today, "AV1", error);
}
static bool pay_all(struct ledger *ledger, const struct receivable *row, struct error *error)
{
	return act_pay(ledger, row, row->open, ledger->today, NULL, error);
}
static bool give_up(struct ledger *ledger, const struct receivable *row, struct error *error)
{
	return act_write_off(ledger, row, row->open, ledger->today, NULL, error);
}
static bool decide(struct ledger *ledger, const struct receivable *row, struct error *error)
{
	return act_settle(ledger, row, "decision", error);
}

static void a_dispute_ends_by_decision_credit_or_payment(void **state)
{
	(void)state;
	static const struct {
		receivable_act *act;
		int64_t disputed; /* 0: all */
		const char *state, *outcome;
	} rows[] = {
	    {decide, 18800, "settled", "decision"},
	    {credit, 18800, "settled", "credit"},
	    {small_credit, 18800, "open", NULL},
	    {credit, 0, "open", NULL},
	    {pay_all, 18800, "settled", "payment"},
	    {pay_all, 0, "settled", "payment"},
	    {give_up, 0, "settled", "decision"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct scene scene;
		struct error error = {0};
		open_scene(&scene);
		struct receivable row = books_load(&scene.office.books, scene.invoice);
		must(act_dispute(ledger_of(&scene), &row, "price", rows[i].disputed, "anne", 0, &error),
		    &error);
		row_clear(&receivable_table, &row);
		with_invoice(&scene, rows[i].act);
		GPtrArray *disputes = dispute_list(scene.office.books.store, scene.invoice, NULL, &error);
		const struct dispute *dispute = disputes->pdata[0];
		if (strcmp(dispute->state, rows[i].state) != 0 ||
		    g_strcmp0(dispute->outcome, rows[i].outcome) != 0)
			fail_msg("row %zu: %s %s", i, dispute->state, dispute->outcome);
		assert_string_equal(dispute->owner, "anne");
		rows_free(&dispute_table, disputes);
		office_close(&scene.office);
	}
}

/* The words of a formal notice, without the line ends of its encoding; g_free. */
/* A notice asks for the addresses of both. */
static void know_addresses(struct scene *scene)
{
	struct error error = {0};
	struct event_about about = {.customer = scene->customer};
	json_t *body = json_pack("{s:s}", "address", "12 quai de la Douane\n29200 Brest");
	must(journal_append(ledger_of(scene), EVENT_CUSTOMER_CHANGED, about, body, NULL, &error), &error);
	char **ours = &scene->office.books.config.companies[0].address;
	g_free(*ours);
	*ours = g_strdup("3 rue du Port\n29900 Concarneau");
}

static char *notice(struct scene *scene)
{
	struct error error = {0};
	know_addresses(scene);
	struct receivable row = books_load(&scene->office.books, scene->invoice);
	GBytes *bytes = dunning_preview(ledger_of(scene), &scene->office.site, &row, "formal-notice", &error);
	row_clear(&receivable_table, &row);
	must(bytes, &error);
	GString *text = g_string_new_len(g_bytes_get_data(bytes, NULL), (gssize)g_bytes_get_size(bytes));
	g_bytes_unref(bytes);
	g_string_replace(text, "=\n", "", 0);
	return g_string_free(text, FALSE);
}

/* 1188.00 at 12.15 % for the ten days from 20 February to 2 March: 3.95, and 40.00. */
static void interest_is_kept_waived_or_claimed_and_letters_and_books_follow(void **state)
{
	(void)state;
	static const struct {
		const char *choices[3];
		int64_t open;
		bool forty_in_notice;
		const char *asked; /* by the notice in all */
	} rows[] = {
	    {{NULL}, 118800, true, "1=E2=80=AF231,95"},
	    {{"keep"}, 118800, true, "1=E2=80=AF231,95"},
	    {{"waive"}, 118800, false, "1=E2=80=AF188,00"},
	    {{"claim"}, 123195, false, "1=E2=80=AF231,95"},
	    {{"claim", "claim"}, 123195, false, "1=E2=80=AF231,95"},
	    {{"claim", "waive"}, 118800, false, "1=E2=80=AF188,00"},
	    {{"claim", "keep"}, 118800, true, "1=E2=80=AF231,95"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct scene scene;
		struct error error = {0};
		open_scene(&scene);
		for (int n = 0; n < 3 && rows[i].choices[n]; n++) {
			struct receivable row = books_load(&scene.office.books, scene.invoice);
			must(interest_choose(ledger_of(&scene), &row, rows[i].choices[n], "agreed", &error),
			    &error);
			row_clear(&receivable_table, &row);
		}
		struct receivable row = books_load(&scene.office.books, scene.invoice);
		assert_int_equal(row.open, rows[i].open);
		row_clear(&receivable_table, &row);
		char *text = notice(&scene);
		if (!strstr(text, rows[i].asked))
			fail_msg("row %zu does not ask for %s", i, rows[i].asked);
		if (rows[i].forty_in_notice != (strstr(text, "40,00=C2=A0=E2=82=AC") != NULL))
			fail_msg("row %zu: 40 euros", i);
		g_free(text);
		GPtrArray *findings;
		must(books_check(scene.office.books.store, &findings, &error), &error);
		assert_int_equal(findings->len, 0);
		g_ptr_array_unref(findings);
		office_close(&scene.office);
	}
}

static void what_is_claimed_is_owed_when_the_debt_is_paid(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	open_scene(&scene);
	struct receivable row = books_load(&scene.office.books, scene.invoice);
	must(interest_choose(ledger_of(&scene), &row, "claim", NULL, &error), &error);
	row_clear(&receivable_table, &row);
	pay(&scene, 118800);
	row = books_load(&scene.office.books, scene.invoice);
	assert_string_equal(row.state, "open");
	assert_int_equal(row.open, 4395);
	row_clear(&receivable_table, &row);
	/* the debt is paid: no more interest comes */
	office_go(&scene.office, "2026-06-01", 10);
	row = books_load(&scene.office.books, scene.invoice);
	must(interest_choose(ledger_of(&scene), &row, "claim", NULL, &error), &error);
	row_clear(&receivable_table, &row);
	row = books_load(&scene.office.books, scene.invoice);
	assert_int_equal(row.open, 4395);
	scene.office.books.config.waive_interest = false;
	assert_false(interest_choose(ledger_of(&scene), &row, "waive", NULL, &error));
	row_clear(&receivable_table, &row);
	office_close(&scene.office);
}

/* Three due lines of 400.00: one is paid by half, one overdue, one to come. */
static void each_overdue_line_of_an_invoice_is_a_row_of_its_own(void **state)
{
	(void)state;
	struct office office;
	struct error error = {0};
	office_open(&office, "");
	int64_t customer = books_customer(&office.books, "Breizh Habitat SARL", "habitat.example"), invoice;
	const struct due_line_row lines[] = {{.due_on = day_of("2026-01-20"), .amount = 40000},
	    {.due_on = day_of("2026-02-20"), .amount = 40000},
	    {.due_on = day_of("2026-03-20"), .amount = 40000}};
	struct receivable_draft draft = {.company = "Le Goff",
	    .customer = customer,
	    .number = "F3",
	    .kind = "invoice",
	    .issue_date = day_of("2026-01-01"),
	    .due_date = day_of("2026-03-20"),
	    .currency = "EUR",
	    .total = 120000,
	    .open = INT64_MIN,
	    .due_lines = lines,
	    .due_line_count = 3};
	bool opened;
	must(act_open_receivable(&office.books.ledger, &draft, &invoice, &opened, &error), &error);
	struct receivable row = books_load(&office.books, invoice);
	must(act_pay(&office.books.ledger, &row, 20000, day_of("2026-02-01"), NULL, &error), &error);
	row_clear(&receivable_table, &row);
	assert_int_equal(office_tick(&office).submitted, 1);
	char *mail = office_mail(&office, 1);
	assert_non_null(strstr(mail, "20/01/2026"));
	assert_non_null(strstr(mail, "20/02/2026"));
	assert_null(strstr(mail, "20/03/2026"));
	assert_non_null(strstr(mail, "200,00=C2=A0=E2=82=AC"));
	assert_non_null(strstr(mail, "400,00=C2=A0=E2=82=AC"));
	assert_non_null(strstr(mail, "600,00=C2=A0=E2=82=AC"));
	free(mail);
	office_close(&office);
}

/* All actions, a line each; g_free. */
static char *all_actions(struct scene *scene)
{
	struct error error = {0};
	GPtrArray *actions = action_list(scene->office.books.store, NULL, &error);
	must(actions, &error);
	GString *text = g_string_new(NULL);
	for (guint i = 0; i < actions->len; i++) {
		const struct action *action = actions->pdata[i];
		g_string_append_printf(text, "%lld %s %d %s %d %s\n", (long long)action->receivable,
		    action->step, action->due_on, action->guard ? action->guard : "free", action->held_until,
		    action->why);
	}
	rows_free(&action_table, actions);
	return g_string_free(text, FALSE);
}

/* Several customers at once, from rows that are loaded together, as one by one. */
static void all_planned_at_once_is_planned_as_one_by_one(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	int64_t count;
	open_scene(&scene);
	with_invoice(&scene, promise_part);
	for (int i = 0; i < 5; i++) {
		g_autofree char *domain = g_strdup_printf("d%d.example", i);
		int64_t customer = books_customer(&scene.office.books, domain, domain);
		for (int n = 0; n < i; n++) {
			g_autofree char *number = g_strdup_printf("N%d-%d", i, n);
			int64_t id = office_invoice(
			    &scene.office, customer, number, 10000 + n, n % 2 ? "2026-02-20" : "2026-03-20");
			struct receivable row = books_load(&scene.office.books, id);
			if (n == 1)
				must(act_dispute(ledger_of(&scene), &row, "price", 0, NULL, 0, &error),
				    &error);
			if (n == 2)
				must(act_pay(ledger_of(&scene), &row, row.open + 500,
					 ledger_of(&scene)->today, NULL, &error),
				    &error);
			if (n == 3)
				must(act_hold(ledger_of(&scene), customer, &row, "ack", day_of("2026-03-09"),
					 NULL, 0, &error),
				    &error);
			row_clear(&receivable_table, &row);
		}
	}
	office_plan(&scene.office);
	g_autofree char *one_by_one = all_actions(&scene);
	must(plan_all(ledger_of(&scene), &scene.office.site, &count, &error), &error);
	g_autofree char *again = all_actions(&scene);
	assert_string_equal(again, one_by_one);
	struct action stale = {.receivable = 0};
	GPtrArray *settled = receivable_list(scene.office.books.store, NULL, "settled", &error);
	assert_true(settled->len > 0);
	const struct receivable *row = settled->pdata[0];
	stale = (struct action){
	    row->id, 0, row->customer, (char *)"x", (char *)"mail", 20000, NULL, DATE_NONE, NULL};
	must(store_run(scene.office.books.store, &error, "DELETE FROM action WHERE receivable % 2 = 0", "") &&
		 store_run(scene.office.books.store, &error, "UPDATE action SET step = 'x'", "") &&
		 action_insert(scene.office.books.store, &stale, &error),
	    &error);
	rows_free(&receivable_table, settled);
	must(plan_all(ledger_of(&scene), &scene.office.site, &count, &error), &error);
	g_autofree char *afresh = all_actions(&scene);
	assert_string_equal(afresh, one_by_one);
	assert_int_equal(count, 9);
	office_close(&scene.office);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_agreement_holds_while_its_rates_come_in_time),
	    cmocka_unit_test(a_rate_that_does_not_come_ends_the_agreement_one_step_on),
	    cmocka_unit_test(rates_must_make_what_is_open),
	    cmocka_unit_test(what_was_asked_is_answered_by_a_decision),
	    cmocka_unit_test(what_a_customer_proposes_becomes_a_plan_for_each_invoice),
	    cmocka_unit_test(a_promise_is_kept_kept_in_part_or_broken),
	    cmocka_unit_test(a_dispute_ends_by_decision_credit_or_payment),
	    cmocka_unit_test(interest_is_kept_waived_or_claimed_and_letters_and_books_follow),
	    cmocka_unit_test(what_is_claimed_is_owed_when_the_debt_is_paid),
	    cmocka_unit_test(each_overdue_line_of_an_invoice_is_a_row_of_its_own),
	    cmocka_unit_test(all_planned_at_once_is_planned_as_one_by_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
