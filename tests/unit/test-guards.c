#include "unit.h"
#include "office.h"

#include "ledger/body.h"

/* A case in which nothing holds: a customer with one invoice whose first reminder is due. Each row below
 * makes one reason, sees it named, takes it away, and sees that nothing holds any more. */
struct scene {
	struct office office;
	int64_t customer, invoice, message, task, mail;
};

static struct ledger *ledger_of(struct scene *scene)
{
	return &scene->office.books.ledger;
}

static void must(bool done, const struct error *error)
{
	if (!done)
		fail_msg("%s", error->text);
}

static void append(
    struct scene *scene, enum event_kind kind, struct event_about about, json_t *body, int64_t *id)
{
	struct error error = {0};
	assert_non_null(body);
	must(journal_append(ledger_of(scene), kind, about, body, id, &error), &error);
}

static struct event_about about_invoice(struct scene *scene)
{
	return (struct event_about){.customer = scene->customer, .receivable = scene->invoice};
}

typedef bool receivable_act(struct scene *scene, const struct receivable *receivable, struct error *error);

static void with_invoice(struct scene *scene, receivable_act *act)
{
	struct error error = {0};
	struct receivable row = books_load(&scene->office.books, scene->invoice);
	bool done = act(scene, &row, &error);
	row_clear(&receivable_table, &row);
	must(done, &error);
}

/* settled */
static bool pay_all(struct scene *scene, const struct receivable *row, struct error *error)
{
	return act_pay(ledger_of(scene), row, row->open - 5, ledger_of(scene)->today, NULL, error);
}
static void settled_on(struct scene *scene)
{
	with_invoice(scene, pay_all);
}
static void settled_off(struct scene *scene)
{
	append(scene, EVENT_ENTRY_POSTED, about_invoice(scene),
	    json_pack("{s:s, s:s, s:s}", "kind", "correction", "amount", "500.00", "date", "2026-03-02"),
	    NULL);
}

static void no_policy_on(struct scene *scene)
{
	append(scene, EVENT_CUSTOMER_CHANGED, (struct event_about){.customer = scene->customer},
	    json_pack("{s:s}", "ladder", "nobody-wrote-it"), NULL);
}
static void no_policy_off(struct scene *scene)
{
	append(scene, EVENT_CUSTOMER_CHANGED, (struct event_about){.customer = scene->customer},
	    json_pack("{s:s}", "ladder", "business"), NULL);
}

static void change_state(struct scene *scene, const char *state)
{
	append(scene, EVENT_CUSTOMER_CHANGED, (struct event_about){.customer = scene->customer},
	    json_pack("{s:s}", "state", state), NULL);
}
static void insolvent_on(struct scene *scene)
{
	change_state(scene, "insolvent");
}
static void insolvent_off(struct scene *scene)
{
	change_state(scene, "normal");
}

static void credit_covers_on(struct scene *scene)
{
	office_invoice(&scene->office, scene->customer, "AV7", -118800, "2026-02-25");
}
static void credit_covers_off(struct scene *scene)
{
	office_invoice(&scene->office, scene->customer, "F2026-119", 1000, "2026-02-25");
}

static bool dispute_all(struct scene *scene, const struct receivable *row, struct error *error)
{
	return act_dispute(ledger_of(scene), row, "quality", 0, NULL, 0, error);
}
static bool settle(struct scene *scene, const struct receivable *row, struct error *error)
{
	return act_settle(ledger_of(scene), row, "agreed", error);
}
static void disputed_on(struct scene *scene)
{
	with_invoice(scene, dispute_all);
}
static void disputed_off(struct scene *scene)
{
	with_invoice(scene, settle);
}

static bool promise(struct scene *scene, const struct receivable *row, struct error *error)
{
	return act_promise(ledger_of(scene), row, ledger_of(scene)->today + 2, 0, 0, error);
}
static void promise_on(struct scene *scene)
{
	with_invoice(scene, promise);
}
static void go_to_march_10(struct scene *scene)
{
	office_go(&scene->office, "2026-03-10", 10);
}

static bool agree(struct scene *scene, const struct receivable *row, struct error *error)
{
	struct plan_rate rates[] = {
	    {ledger_of(scene)->today + 2, 18800}, {ledger_of(scene)->today + 30, 100000}};
	return act_propose_plan(ledger_of(scene), row, rates, 2, 0, NULL, error) &&
	       act_accept_plan(ledger_of(scene), row, error);
}
static void plan_on(struct scene *scene)
{
	with_invoice(scene, agree);
}

static void delivery(struct scene *scene, const char *word)
{
	append(scene, EVENT_RECEIVABLE_DELIVERY, about_invoice(scene), json_pack("{s:s}", "delivery", word),
	    NULL);
}
static void undelivered_on(struct scene *scene)
{
	delivery(scene, "failed");
}
static void undelivered_off(struct scene *scene)
{
	delivery(scene, "relayed");
}

static bool put_hold(struct scene *scene, const struct receivable *row, struct error *error)
{
	return act_hold(ledger_of(scene), scene->customer, row, "ack", ledger_of(scene)->today + 7,
	    "we look at it", 0, error);
}
static void hold_on(struct scene *scene)
{
	with_invoice(scene, put_hold);
}
static bool put_customer_hold(struct scene *scene, const struct receivable *row, struct error *error)
{
	(void)row;
	return act_hold(ledger_of(scene), scene->customer, NULL, "manual", DATE_NONE, NULL, 0, error);
}
static void customer_hold_on(struct scene *scene)
{
	with_invoice(scene, put_customer_hold);
}
static void customer_hold_off(struct scene *scene)
{
	struct error error = {0};
	must(act_release(ledger_of(scene), scene->customer, NULL, NULL, NULL, NULL, &error), &error);
}

static void review(struct scene *scene, bool linked, const char *from)
{
	struct ledger *ledger = ledger_of(scene);
	append(scene, EVENT_MESSAGE_RECORDED, (struct event_about){.customer = scene->customer},
	    json_pack("{s:s, s:s, s:I, s:I, s:s, s:s, s:i, s:i, s:s}", "company", "Le Goff", "direction",
		"incoming", "sent_at", (json_int_t)ledger->now, "received_at", (json_int_t)ledger->now,
		"from_address", from, "kind", "human", "confidence", 300, "authenticated", 0, "state",
		"review"),
	    &scene->message);
	struct error error = {0};
	if (linked)
		must(act_link(ledger, scene->message, scene->invoice, "proposed", 500, "number", &error),
		    &error);
}
static void review_linked_on(struct scene *scene)
{
	review(scene, true, "someone@elsewhere.example");
}
static void review_address_on(struct scene *scene)
{
	review(scene, false, "pdg@habitat.example");
}
/* Somebody who is not verified writes again and again, and nobody looks. */
static void review_renewed_on(struct scene *scene)
{
	review_address_on(scene);
	scene->office.books.ledger.now += 2 * 86400;
	review(scene, false, "pdg@habitat.example");
	scene->office.books.ledger.now -= 2 * 86400;
}
static void review_off(struct scene *scene)
{
	append(scene, EVENT_MESSAGE_REVIEWED, (struct event_about){.message = scene->message},
	    json_pack("{s:s}", "decision", "none"), NULL);
}
static void go_to_march_5(struct scene *scene)
{
	office_go(&scene->office, "2026-03-05", 10); /* hold_unknown is three days */
}

static void address_state(struct scene *scene, const char *state)
{
	struct error error = {0};
	struct contact contact;
	bool found;
	must(contact_of_address(scene->office.books.store, scene->customer, "compta@habitat.example",
		 &contact, &found, &error),
	    &error);
	assert_true(found);
	must(act_contact_state(ledger_of(scene), &contact, state, "5.1.1", &error), &error);
	row_clear(&contact_table, &contact);
}
static void address_on(struct scene *scene)
{
	address_state(scene, "bounced");
}
static void address_off(struct scene *scene)
{
	address_state(scene, "good");
}

static void task_on(struct scene *scene)
{
	struct error error = {0};
	struct task_draft draft = {.company = "Le Goff",
	    .kind = "call",
	    .customer = scene->customer,
	    .receivable = scene->invoice,
	    .title = "Call"};
	must(act_open_task(ledger_of(scene), &draft, &scene->task, &error), &error);
}
static void task_off(struct scene *scene)
{
	struct error error = {0};
	must(act_finish_task(ledger_of(scene), scene->task, "reached", &error), &error);
}

/* A mail of this customer about another invoice, so that this one's step stays where it is. */
static void compose_as(struct scene *scene, const char *step, const char *state)
{
	int64_t other = office_invoice(&scene->office, scene->customer, "F2026-90", 100, "2026-02-01");
	append(scene, EVENT_REMINDER_COMPOSED, (struct event_about){.customer = scene->customer},
	    json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:[{s:I, s:s, s:s}]}", "company", "Le Goff",
		"step", step, "channel", "mail", "message_id", "<x@legoff.example>", "sender",
		"a@legoff.example", "recipients", "compta@habitat.example", "sha256", "x", "state", state,
		"items", "receivable", (json_int_t)other, "step", "first-reminder", "amount", "1.00"),
	    &scene->mail);
}
static void compose(struct scene *scene, const char *state)
{
	compose_as(scene, "first-reminder", state);
}
static void note_mail(struct scene *scene, enum event_kind kind)
{
	append(scene, kind, (struct event_about){.customer = scene->customer},
	    json_pack("{s:I}", "outbox", (json_int_t)scene->mail), NULL);
}
static void approval_on(struct scene *scene)
{
	compose(scene, "waiting");
}
static void outbox_on(struct scene *scene)
{
	compose(scene, "ready");
}
static void outbox_off(struct scene *scene)
{
	note_mail(scene, EVENT_REMINDER_CANCELLED);
}
static void gap_on(struct scene *scene)
{
	compose(scene, "ready");
	note_mail(scene, EVENT_REMINDER_SUBMITTING);
	note_mail(scene, EVENT_REMINDER_SUBMITTED);
}
static void person_gap_on(struct scene *scene)
{
	append(scene, EVENT_CONTACT_MADE, about_invoice(scene), json_pack("{s:s}", "how", "call"), NULL);
}

static void sending_off_on(struct scene *scene)
{
	scene->office.books.config.sending = SENDING_OFF;
}
static void sending_off_off(struct scene *scene)
{
	scene->office.books.config.sending = SENDING_ON;
}
static void paused(struct scene *scene, const char *value)
{
	struct error error = {0};
	must(act_setting(ledger_of(scene), "sending.paused", value, &error), &error);
}
static void paused_on(struct scene *scene)
{
	paused(scene, "yes");
}
static void paused_off(struct scene *scene)
{
	paused(scene, "no");
}
static void unread_on(struct scene *scene)
{
	scene->office.unread = 1;
}
static void unread_off(struct scene *scene)
{
	scene->office.unread = 0;
}
static void sunday(struct scene *scene)
{
	office_go(&scene->office, "2026-03-01", 10);
}
static void easter_monday(struct scene *scene)
{
	office_go(&scene->office, "2026-04-06", 10);
}
static void tuesday(struct scene *scene)
{
	office_go(&scene->office, "2026-04-07", 10);
}
static void evening(struct scene *scene)
{
	office_go(&scene->office, "2026-03-02", 19);
}
static void early(struct scene *scene)
{
	office_go(&scene->office, "2026-03-02", 8);
}
static void morning(struct scene *scene)
{
	office_go(&scene->office, "2026-03-02", 10);
}
static void closing_on(struct scene *scene)
{
	struct text_list *list = &scene->office.books.config.companies[0].closing_days;
	list->items = calloc(1, sizeof *list->items);
	list->items[list->count++] = strdup("03-02..03-04");
}
static void bank_on(struct scene *scene)
{
	scene->office.books.config.bank_data_age = 1;
}
static void bank_old_on(struct scene *scene)
{
	struct error error = {0};
	bank_on(scene);
	/* Thursday: Friday and Monday are missing */
	must(act_bank_checked(ledger_of(scene), "Le Goff", day_of("2026-02-26"), &error), &error);
}
static void bank_off(struct scene *scene)
{
	struct error error = {0};
	must(act_bank_checked(ledger_of(scene), "Le Goff", day_of("2026-02-27"), &error), &error);
	must(act_bank_checked(ledger_of(scene), "Le Goff", day_of("2026-02-20"), &error), &error);
}
static bool overpay(struct scene *scene, const struct receivable *row, struct error *error)
{
	return act_pay(ledger_of(scene), row, row->open + 118800, ledger_of(scene)->today, NULL, error);
}
static void overpaid_on(struct scene *scene)
{
	int64_t mine = scene->invoice;
	scene->invoice = office_invoice(&scene->office, scene->customer, "F2026-7", 5000, "2026-02-10");
	with_invoice(scene, overpay);
	scene->invoice = mine;
}
static void no_ladder_of_its_own_on(struct scene *scene)
{
	append(scene, EVENT_RECEIVABLE_CHANGED, about_invoice(scene),
	    json_pack("{s:s}", "ladder", "nobody-wrote-it"), NULL);
}
static void no_ladder_of_its_own_off(struct scene *scene)
{
	append(scene, EVENT_RECEIVABLE_CHANGED, about_invoice(scene), json_pack("{s:n}", "ladder"), NULL);
}
static void cap_on(struct scene *scene)
{
	scene->office.books.config.daily_cap = 1;
	int64_t other = books_customer(&scene->office.books, "Autre SA", "autre.example");
	int64_t mine = scene->customer;
	scene->customer = other;
	compose(scene, "waiting");
	scene->customer = mine;
}
static void cap_off(struct scene *scene)
{
	scene->office.books.config.daily_cap = 0;
}

static const struct row {
	const char *guard;
	void (*on)(struct scene *);
	void (*off)(struct scene *);
	const char *until; /* NULL: by a person or an event */
} rows[] = {
    {"settled", settled_on, settled_off, NULL},
    {"no-policy", no_policy_on, no_policy_off, NULL},
    {"insolvent", insolvent_on, insolvent_off, NULL},
    {"credit-covers", credit_covers_on, credit_covers_off, NULL},
    {"disputed", disputed_on, disputed_off, NULL},
    {"promise-running", promise_on, go_to_march_10, "2026-03-08"},
    {"instalments-running", plan_on, go_to_march_10, "2026-03-08"},
    {"undelivered", undelivered_on, undelivered_off, NULL},
    {"hold", hold_on, go_to_march_10, "2026-03-09"},
    {"hold", customer_hold_on, customer_hold_off, NULL},
    {"answer-in-review", review_linked_on, review_off, "2026-03-05"},
    {"answer-in-review", review_address_on, go_to_march_5, "2026-03-05"},
    {"answer-in-review", review_renewed_on, go_to_march_5, "2026-03-05"},
    {"no-good-address", address_on, address_off, NULL},
    {"task-open", task_on, task_off, NULL},
    {"no-policy", no_ladder_of_its_own_on, no_ladder_of_its_own_off, NULL},
    {"credit-covers", overpaid_on, credit_covers_off, NULL},
    {"awaiting-approval", approval_on, outbox_off, NULL},
    {"in-outbox", outbox_on, outbox_off, NULL},
    {"bank-data-old", bank_on, bank_off, NULL},
    {"bank-data-old", bank_old_on, bank_off, NULL},
    {"closing-day", closing_on, go_to_march_5, "2026-03-05"},
    {"minimum-gap", gap_on, go_to_march_5, "2026-03-05"},
    {"minimum-gap", person_gap_on, go_to_march_5, "2026-03-05"},
    {"sending-off", sending_off_on, sending_off_off, NULL},
    {"sending-paused", paused_on, paused_off, NULL},
    {"unread-answer", unread_on, unread_off, NULL},
    {"holiday", sunday, morning, "2026-03-02"},
    {"holiday", easter_monday, tuesday, "2026-04-07"},
    {"outside-hours", evening, morning, "2026-03-03"},
    {"outside-hours", early, morning, "2026-03-02"},
    {"daily-cap", cap_on, cap_off, "2026-03-03"},
};

static GArray *ask(struct scene *scene, const char *step)
{
	struct error error = {0};
	struct receivable row = books_load(&scene->office.books, scene->invoice);
	struct action action = {.step = (char *)step};
	GArray *verdicts =
	    plan_guards(ledger_of(scene), &scene->office.site, &row, step ? &action : NULL, &error);
	row_clear(&receivable_table, &row);
	if (!verdicts)
		fail_msg("%s", error.text);
	return verdicts;
}

static void expect_free(struct scene *scene, const char *after)
{
	GArray *verdicts = ask(scene, "first-reminder");
	if (verdicts->len)
		fail_msg("%s: %s still holds: %s", after,
		    g_array_index(verdicts, struct guard_verdict, 0).name,
		    g_array_index(verdicts, struct guard_verdict, 0).why);
	g_array_unref(verdicts);
}

static void expect_held(struct scene *scene, const char *step, const char *guard, const char *until)
{
	GArray *verdicts = ask(scene, step);
	const struct guard_verdict *found = NULL;
	for (guint i = 0; i < verdicts->len; i++)
		if (strcmp(g_array_index(verdicts, struct guard_verdict, i).name, guard) == 0)
			found = &g_array_index(verdicts, struct guard_verdict, i);
	if (!found)
		fail_msg("%s does not hold", guard);
	char day[DATE_TEXT_SIZE];
	assert_string_equal(date_format(found->until, day), until ? until : "");
	assert_true(strlen(found->why) > 3);
	g_array_unref(verdicts);
}

static void scene_open_with(struct scene *scene, const char *more)
{
	*scene = (struct scene){0};
	office_open(&scene->office, more);
	scene->customer = books_customer(&scene->office.books, "Breizh Habitat SARL", "habitat.example");
	scene->invoice = office_invoice(&scene->office, scene->customer, "F2026-118", 118800, "2026-02-20");
	delivery(scene, "relayed");
}

static void scene_open(struct scene *scene)
{
	scene_open_with(scene, "");
}

static void every_guard_holds_and_lets_go(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct scene scene;
		scene_open(&scene);
		expect_free(&scene, "at first");
		rows[i].on(&scene);
		expect_held(&scene, "first-reminder", rows[i].guard, rows[i].until);
		rows[i].off(&scene);
		expect_free(&scene, rows[i].guard);
		office_close(&scene.office);
	}
}

static void thanks_and_confirmations_hold_no_reminder(void **state)
{
	(void)state;
	static const char *const steps[] = {"thanks", "instalment"}, *const states[] = {"waiting", "ready"};
	for (size_t i = 0; i < ARRAY_LENGTH(steps); i++)
		for (size_t j = 0; j < ARRAY_LENGTH(states); j++) {
			struct scene scene;
			scene_open(&scene);
			compose_as(&scene, steps[i], states[j]);
			expect_free(&scene, steps[i]);
			office_close(&scene.office);
		}
}

static void deliver_reminder(struct scene *scene, int number, const char *action)
{
	char message_id[64];
	snprintf(message_id, sizeof message_id, "<%d@legoff.example>", number);
	append(scene, EVENT_REMINDER_COMPOSED, (struct event_about){.customer = scene->customer},
	    json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:[{s:I, s:s, s:s}]}", "company", "Le Goff",
		"step", "first-reminder", "channel", "mail", "message_id", message_id, "sender",
		"a@legoff.example", "recipients", "compta@habitat.example", "sha256", "x", "state", "ready",
		"items", "receivable", (json_int_t)scene->invoice, "step", "first-reminder", "amount",
		"1.00"),
	    &scene->mail);
	note_mail(scene, EVENT_REMINDER_SUBMITTING);
	note_mail(scene, EVENT_REMINDER_SUBMITTED);
	append(scene, EVENT_DELIVERY_REPORTED, (struct event_about){.customer = scene->customer},
	    json_pack("{s:s, s:s, s:s}", "message_id", message_id, "recipient", "compta@habitat.example",
		"action", action),
	    NULL);
}

/* A mail that takes no step. */
static void deliver_copy(struct scene *scene)
{
	append(scene, EVENT_REMINDER_COMPOSED, (struct event_about){.customer = scene->customer},
	    json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:[{s:I, s:s, s:s}]}", "company", "Le Goff",
		"step", "copy", "channel", "mail", "message_id", "<copy@legoff.example>", "sender",
		"a@legoff.example", "recipients", "compta@habitat.example", "sha256", "x", "state", "ready",
		"items", "receivable", (json_int_t)scene->invoice, "step", "", "amount", "1.00"),
	    &scene->mail);
	note_mail(scene, EVENT_REMINDER_SUBMITTING);
	note_mail(scene, EVENT_REMINDER_SUBMITTED);
	append(scene, EVENT_DELIVERY_REPORTED, (struct event_about){.customer = scene->customer},
	    json_pack("{s:s, s:s, s:s}", "message_id", "<copy@legoff.example>", "recipient",
		"compta@habitat.example", "action", "delivered"),
	    NULL);
}

static void a_formal_notice_wants_two_delivered_reminders(void **state)
{
	(void)state;
	struct scene scene;
	scene_open(&scene);
	deliver_reminder(&scene, 1, "relayed");
	deliver_reminder(&scene, 2, "failed");
	deliver_copy(&scene);
	office_go(&scene.office, "2026-04-14", 10);
	expect_held(&scene, "formal-notice", "two-delivered-reminders", NULL);
	expect_free(&scene, "an ordinary step");
	deliver_reminder(&scene, 3, "delivered");
	office_go(&scene.office, "2026-04-21", 10);
	GArray *verdicts = ask(&scene, "formal-notice");
	for (guint i = 0; i < verdicts->len; i++)
		assert_string_not_equal(
		    g_array_index(verdicts, struct guard_verdict, i).name, "two-delivered-reminders");
	g_array_unref(verdicts);
	office_close(&scene.office);
}

static void two_mails_a_week_are_enough(void **state)
{
	(void)state;
	struct scene scene;
	scene_open(&scene);
	deliver_reminder(&scene, 1, "relayed");
	office_go(&scene.office, "2026-03-05", 10);
	expect_free(&scene, "one mail");
	deliver_reminder(&scene, 2, "relayed");
	office_go(&scene.office, "2026-03-08", 10);
	expect_held(&scene, "first-reminder", "weekly-cap", "2026-03-09");
	scene.office.books.config.weekly_cap = 0;
	GArray *verdicts = ask(&scene, "first-reminder");
	for (guint i = 0; i < verdicts->len; i++)
		assert_string_not_equal(g_array_index(verdicts, struct guard_verdict, i).name, "weekly-cap");
	g_array_unref(verdicts);
	scene.office.books.config.weekly_cap = 2;
	office_go(&scene.office, "2026-03-09", 10);
	expect_free(&scene, "a week later");
	office_close(&scene.office);
}

/* The customer of the scene as another company of ours knows it, with a mail that left on 2 March. */
static void write_to_twin(struct scene *scene, const char *domain, const char *vat_id)
{
	struct error error = {0};
	int64_t mine = scene->customer;
	struct customer draft = {.company = (char *)"Voisin",
	    .name = (char *)"Habitat",
	    .domain = (char *)domain,
	    .vat_id = (char *)vat_id};
	must(act_open_customer(ledger_of(scene), &draft, &scene->customer, &error), &error);
	append(scene, EVENT_REMINDER_COMPOSED, (struct event_about){.customer = scene->customer},
	    json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:[]}", "company", "Voisin", "step",
		"first-reminder", "channel", "mail", "message_id", domain ? domain : vat_id, "sender",
		"a@voisin.example", "recipients", "x@habitat.example", "sha256", "x", "state", "ready",
		"items"),
	    &scene->mail);
	note_mail(scene, EVENT_REMINDER_SUBMITTING);
	note_mail(scene, EVENT_REMINDER_SUBMITTED);
	scene->customer = mine;
}

static void the_weekly_cap_counts_the_mails_of_all_our_companies(void **state)
{
	(void)state;
	struct scene scene;
	scene_open_with(&scene,
	    "company \"Voisin\" { domains = {voisin.example} senders = {a@voisin.example} language = fr }\n");
	append(&scene, EVENT_CUSTOMER_CHANGED, (struct event_about){.customer = scene.customer},
	    json_pack("{s:s}", "vat_id", "FR11111111111"), NULL);
	write_to_twin(&scene, "habitat.example", NULL);
	write_to_twin(&scene, "other.example", "FR22222222222");
	expect_free(&scene, "one mail of another company");
	write_to_twin(&scene, NULL, "FR11111111111");
	expect_held(&scene, "first-reminder", "weekly-cap", "2026-03-09");
	office_go(&scene.office, "2026-03-09", 10);
	expect_free(&scene, "a week later");
	office_close(&scene.office);
}

static void new_bank_data_let_the_plan_go_on(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	scene_open_with(&scene, "bank_data_age = 1d\n");
	office_plan(&scene.office);
	assert_string_equal(
	    office_action(&scene.office, scene.invoice), "first-reminder 2026-02-27 bank-data-old");
	assert_int_equal(office_tick(&scene.office).composed, 0);
	must(act_bank_checked(ledger_of(&scene), "Le Goff", day_of("2026-03-01"), &error), &error);
	office_plan(&scene.office);
	assert_string_equal(office_action(&scene.office, scene.invoice), "first-reminder 2026-02-27 free");
	assert_int_equal(office_tick(&scene.office).submitted, 1);
	assert_false(act_bank_checked(ledger_of(&scene), "Le Goff", day_of("2026-03-03"), &error));
	office_close(&scene.office);
}

static void the_undisputed_part_is_still_chased(void **state)
{
	(void)state;
	struct scene scene;
	scene_open(&scene);
	struct error error = {0};
	struct receivable row = books_load(&scene.office.books, scene.invoice);
	must(act_dispute(ledger_of(&scene), &row, "price", 18800, NULL, 0, &error), &error);
	row_clear(&receivable_table, &row);
	expect_free(&scene, "a dispute about a part");
	assert_int_equal(office_tick(&scene.office).submitted, 1);
	char *mail = office_mail(&scene.office, 1);
	assert_non_null(strstr(mail, "000,00=C2=A0=E2=82=AC"));
	free(mail);
	office_close(&scene.office);
}

static void all_guards_are_named_once(void **state)
{
	(void)state;
	size_t count;
	const char *const *names = guard_names(&count);
	for (size_t i = 0; i < count; i++) {
		bool tested =
		    strcmp(names[i], "two-delivered-reminders") == 0 || strcmp(names[i], "weekly-cap") == 0;
		for (size_t j = 0; j < ARRAY_LENGTH(rows); j++)
			tested = tested || strcmp(names[i], rows[j].guard) == 0;
		if (!tested)
			fail_msg("no test for %s", names[i]);
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(names[i], names[j]);
	}
}

static bool hold_with_long_words(struct scene *scene, const struct receivable *row, struct error *error)
{
	GString *reason = g_string_new("x");
	for (int i = 0; i < 200; i++)
		g_string_append(reason, "é");
	bool done =
	    act_hold(ledger_of(scene), scene->customer, row, "request", DATE_NONE, reason->str, 0, error);
	g_string_free(reason, TRUE);
	return done;
}

/* Words of a mail are shortened, and what comes out goes into JSON. */
static void long_words_are_cut_between_characters(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	struct action action;
	bool found;
	scene_open(&scene);
	with_invoice(&scene, hold_with_long_words);
	office_plan(&scene.office);
	struct receivable row;
	assert_true(receivable_of_number(scene.office.books.store, NULL, "F2026-118", &row, &found, &error));
	assert_true(found);
	assert_true(action_get(scene.office.books.store, row.id, &action, &found, &error));
	assert_true(found);
	assert_non_null(strstr(action.why, "xéé"));
	assert_true(g_utf8_validate(action.why, -1, NULL));
	row_clear(&action_table, &action);
	row_clear(&receivable_table, &row);
	office_close(&scene.office);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_guard_holds_and_lets_go),
	    cmocka_unit_test(thanks_and_confirmations_hold_no_reminder),
	    cmocka_unit_test(a_formal_notice_wants_two_delivered_reminders),
	    cmocka_unit_test(two_mails_a_week_are_enough),
	    cmocka_unit_test(the_weekly_cap_counts_the_mails_of_all_our_companies),
	    cmocka_unit_test(new_bank_data_let_the_plan_go_on),
	    cmocka_unit_test(the_undisputed_part_is_still_chased),
	    cmocka_unit_test(all_guards_are_named_once),
	    cmocka_unit_test(long_words_are_cut_between_characters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
