#include "unit.h"
#include "office.h"

#include "dunning/post.h"
#include "dunning/reminder.h"
#include "ledger/body.h"
#include "ledger/interest_book.h"
#include "ledger/act.h"
#include "ledger/rebuild.h"
#include "store/rows_case.h"
#include "store/rows_notice.h"
#include "store/rows_plan.h"
#include "store/schema.h"

#include <sqlite3.h>

/* A ladder of mails, a call and a letter; the office starts on Monday 2026-03-02. */
static const char ladder[] = "ladder \"business\" {\n"
			     " step courtesy { offset = -5d }\n"
			     " step first-reminder { anchor = due offset = 7d }\n"
			     " step second-reminder { anchor = due offset = 21d }\n"
			     " step call { anchor = due offset = 30d channel = call }\n"
			     " step firm-reminder { anchor = due offset = 40d channel = letter }\n"
			     "}\nminimum_gap = 3d\nweekly_cap = 7\n";

struct part {
	const char *due;
	int64_t amount;
};

static void must(bool done, const struct error *error)
{
	if (!done)
		fail_msg("%s", error->text);
}

static int64_t open_parts(
    struct office *office, int64_t customer, const char *number, const struct part *parts, size_t count)
{
	struct error error = {0};
	struct due_line_row lines[8] = {0};
	g_autofree char *message_id = g_strdup_printf("<%s@legoff.example>", number);
	struct receivable_draft draft = {.company = "Le Goff",
	    .customer = customer,
	    .number = number,
	    .kind = "invoice",
	    .issue_date = day_of("2026-01-05"),
	    .currency = "EUR",
	    .open = INT64_MIN,
	    .message_id = message_id,
	    .subject = "Facture",
	    .due_lines = lines,
	    .due_line_count = count};
	for (size_t i = 0; i < count; i++) {
		lines[i] = (struct due_line_row){.due_on = day_of(parts[i].due), .amount = parts[i].amount};
		draft.total += parts[i].amount;
		draft.due_date = lines[i].due_on;
	}
	int64_t id;
	bool opened;
	must(act_open_receivable(&office->books.ledger, &draft, &id, &opened, &error), &error);
	return id;
}

static const struct part thirds[] = {{"2026-02-20", 40000}, {"2026-03-05", 40000}, {"2026-04-20", 40000}};

struct scene {
	struct office office;
	int64_t customer, invoice;
};

static void open_scene(struct scene *scene, const char *more)
{
	g_autofree char *config = g_strconcat(ladder, more, NULL);
	office_open(&scene->office, config);
	scene->customer = books_customer(&scene->office.books, "Breizh Habitat SARL", "habitat.example");
	scene->invoice = open_parts(&scene->office, scene->customer, "F3", thirds, ARRAY_LENGTH(thirds));
}

/* "1 first-reminder 2026-03-02 free, …": the plans of an invoice; in static storage. */
static const char *plans(struct scene *scene)
{
	static char text[512];
	struct error error = {0};
	office_plan(&scene->office);
	GPtrArray *actions = action_list_of_receivable(scene->office.books.store, scene->invoice, &error);
	must(actions, &error);
	int length = snprintf(text, sizeof text, "%s", actions->len ? "" : "none");
	for (guint i = 0; i < actions->len; i++) {
		const struct action *action = actions->pdata[i];
		char day[DATE_TEXT_SIZE];
		length += snprintf(text + length, sizeof text - (size_t)length, "%s%lld %s %s %s",
		    i ? ", " : "", (long long)action->line, action->step, date_format(action->due_on, day),
		    action->guard ? action->guard : "free");
	}
	rows_free(&action_table, actions);
	return text;
}

/* "2026-02-20 STEP": the day and the last step that the invoice stands with. */
static const char *stands(struct scene *scene)
{
	static char text[64];
	struct receivable row = books_load(&scene->office.books, scene->invoice);
	char day[DATE_TEXT_SIZE];
	snprintf(text, sizeof text, "%s %s", date_format(row.due_date, day),
	    row.last_step ? row.last_step : "none");
	row_clear(&receivable_table, &row);
	return text;
}

static void pay(struct scene *scene, int64_t amount)
{
	struct error error = {0};
	struct receivable row = books_load(&scene->office.books, scene->invoice);
	struct ledger *ledger = &scene->office.books.ledger;
	must(act_pay(ledger, &row, amount, ledger->today, NULL, &error), &error);
	row_clear(&receivable_table, &row);
}

static void dispute(struct scene *scene, const char *due, int64_t amount)
{
	struct error error = {0};
	struct receivable row = books_load(&scene->office.books, scene->invoice);
	must(act_dispute_line(&scene->office.books.ledger, &row, due ? day_of(due) : DATE_NONE, "price",
		 amount, NULL, 0, &error),
	    &error);
	row_clear(&receivable_table, &row);
}

/* What the journal gives is what is in the books. */
static void expect_rebuilt(struct scene *scene)
{
	struct error error = {0};
	char scratch[160];
	GPtrArray *differences;
	int64_t events;
	books_commit(&scene->office.books);
	snprintf(scratch, sizeof scratch, "%s/scratch.db", scene->office.books.folder);
	must(rebuild_compare(scene->office.books.store, scratch, &differences, &events, &error), &error);
	if (differences->len)
		fail_msg("%s", (const char *)differences->pdata[0]);
	g_ptr_array_unref(differences);
	remove(scratch);
}

static void each_part_has_a_plan_of_its_own(void **state)
{
	(void)state;
	struct scene scene;
	open_scene(&scene, "");
	assert_string_equal(plans(&scene), "1 first-reminder 2026-02-27 free, 2 courtesy 2026-03-02 free, "
					   "3 courtesy 2026-04-15 free");
	/* one mail: the highest step leads, each part is asked for by what is due of it */
	assert_int_equal(office_tick(&scene.office).submitted, 1);
	assert_string_equal(plans(&scene),
	    "1 second-reminder 2026-03-16 free, 2 first-reminder 2026-03-16 free, "
	    "3 courtesy 2026-04-15 free");
	assert_string_equal(stands(&scene), "2026-02-20 first-reminder");
	office_go(&scene.office, "2026-03-16", 10);
	assert_int_equal(office_tick(&scene.office).submitted, 1);
	char *mail = office_mail(&scene.office, 2);
	assert_non_null(strstr(mail, "20/02/2026"));
	assert_non_null(strstr(mail, "05/03/2026"));
	assert_null(strstr(mail, "20/04/2026"));
	assert_non_null(strstr(mail, "800,00=C2=A0=E2=82=AC"));
	free(mail);
	assert_string_equal(plans(&scene), "1 call 2026-03-25 free, 2 second-reminder 2026-03-30 free, "
					   "3 courtesy 2026-04-15 free");
	expect_rebuilt(&scene);
	office_close(&scene.office);
}

static void a_paid_part_hands_on_to_the_next(void **state)
{
	(void)state;
	struct scene scene;
	open_scene(&scene, "");
	office_tick(&scene.office);
	pay(&scene, 39900);
	assert_string_equal(stands(&scene), "2026-02-20 first-reminder");
	pay(&scene, 100);
	assert_string_equal(stands(&scene), "2026-03-05 courtesy");
	assert_string_equal(plans(&scene), "2 first-reminder 2026-03-16 free, 3 courtesy 2026-04-15 free");
	pay(&scene, 50000);
	assert_string_equal(stands(&scene), "2026-04-20 none");
	pay(&scene, 30000);
	assert_string_equal(plans(&scene), "none");
	assert_string_equal(stands(&scene), "2026-04-20 none");
	expect_rebuilt(&scene);
	office_close(&scene.office);
}

static void a_disputed_amount_lies_on_the_latest_parts_unless_it_names_one(void **state)
{
	(void)state;
	static const struct row {
		const char *due;
		int64_t amount;
		const char *plans;
	} rows[] = {
	    {NULL, 40000,
		"1 first-reminder 2026-02-27 free, 2 courtesy 2026-03-02 free, "
		"3 courtesy 2026-04-15 disputed"},
	    {NULL, 60000,
		"1 first-reminder 2026-02-27 free, 2 courtesy 2026-03-02 free, "
		"3 courtesy 2026-04-15 disputed"},
	    {NULL, 80000,
		"1 first-reminder 2026-02-27 free, 2 courtesy 2026-03-02 disputed, "
		"3 courtesy 2026-04-15 disputed"},
	    {"2026-02-20", 40000,
		"1 first-reminder 2026-02-27 disputed, 2 courtesy 2026-03-02 free, "
		"3 courtesy 2026-04-15 free"},
	    {"2026-03-05", 0,
		"1 first-reminder 2026-02-27 free, 2 courtesy 2026-03-02 disputed, "
		"3 courtesy 2026-04-15 free"},
	    {"2026-02-20", 80000,
		"1 first-reminder 2026-02-27 disputed, 2 courtesy 2026-03-02 free, "
		"3 courtesy 2026-04-15 disputed"},
	    {NULL, 0,
		"1 first-reminder 2026-02-27 disputed, 2 courtesy 2026-03-02 disputed, "
		"3 courtesy 2026-04-15 disputed"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct scene scene;
		struct error error = {0};
		open_scene(&scene, "");
		dispute(&scene, rows[i].due, rows[i].amount);
		assert_string_equal(plans(&scene), rows[i].plans);
		struct receivable row = books_load(&scene.office.books, scene.invoice);
		assert_false(act_dispute_line(
		    &scene.office.books.ledger, &row, day_of("2026-02-21"), "quality", 0, NULL, 0, &error));
		assert_int_equal(error.status, STATUS_DATA);
		row_clear(&receivable_table, &row);
		expect_rebuilt(&scene);
		office_close(&scene.office);
	}
}

/* The customer pays the part that is not in dispute: payments fill the earliest one, the dispute moves on. */
static void a_disputed_part_is_not_asked_for_by_way_of_the_next_that_was_paid(void **state)
{
	(void)state;
	static const struct row {
		const char *due;
		int64_t amount, paid;
		const char *plans;
	} rows[] = {
	    {"2026-02-20", 0, 40000, "2 courtesy 2026-03-02 disputed, 3 courtesy 2026-04-15 free"},
	    {"2026-02-20", 40000, 40000, "2 courtesy 2026-03-02 disputed, 3 courtesy 2026-04-15 free"},
	    {"2026-02-20", 0, 80000, "3 courtesy 2026-04-15 disputed"},
	    {"2026-03-05", 0, 80000, "3 courtesy 2026-04-15 disputed"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct scene scene;
		open_scene(&scene, "");
		dispute(&scene, rows[i].due, rows[i].amount);
		pay(&scene, rows[i].paid);
		assert_string_equal(plans(&scene), rows[i].plans);
		expect_rebuilt(&scene);
		office_close(&scene.office);
	}
}

/* Else the part would be left open by who pays what the mail asks for. */
static void what_was_claimed_is_asked_for_with_the_first_part(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	open_scene(&scene, "");
	struct receivable row = books_load(&scene.office.books, scene.invoice);
	must(interest_choose(&scene.office.books.ledger, &row, "claim", NULL, &error), &error);
	row_clear(&receivable_table, &row);
	row = books_load(&scene.office.books, scene.invoice);
	int64_t asked = row.open - 80000;
	assert_true(asked > 40000);
	row_clear(&receivable_table, &row);
	assert_int_equal(office_tick(&scene.office).submitted, 1);
	g_autofree char *text =
	    g_strdup_printf("=C2=A0: %lld,%02lld=C2", (long long)(asked / 100), (long long)(asked % 100));
	char *bytes = office_mail(&scene.office, 1);
	GString *mail = g_string_new(bytes);
	free(bytes);
	g_string_replace(mail, "=\n", "", 0); /* soft line breaks */
	assert_non_null(strstr(mail->str, text));
	g_string_free(mail, TRUE);
	pay(&scene, asked);
	assert_string_equal(stands(&scene), "2026-03-05 courtesy");
	expect_rebuilt(&scene);
	office_close(&scene.office);
}

static void of_a_part_without_anything_left_nothing_is_disputed(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	open_scene(&scene, "");
	pay(&scene, 40000);
	dispute(&scene, "2026-03-05", 0);
	struct receivable row = books_load(&scene.office.books, scene.invoice);
	struct ledger *ledger = &scene.office.books.ledger;
	assert_false(act_dispute_line(ledger, &row, day_of("2026-02-20"), "price", 0, NULL, 0, &error));
	assert_int_equal(error.status, STATUS_DATA);
	assert_false(act_dispute_line(ledger, &row, day_of("2026-03-05"), "quality", 0, NULL, 0, &error));
	assert_int_equal(error.status, STATUS_DATA);
	row_clear(&receivable_table, &row);
	assert_string_equal(plans(&scene), "2 courtesy 2026-03-02 disputed, 3 courtesy 2026-04-15 free");
	office_close(&scene.office);
}

/* Of 400.00 disputed by half, the other half is asked for. */
static void of_a_part_disputed_by_half_the_other_half_is_asked_for(void **state)
{
	(void)state;
	struct scene scene;
	open_scene(&scene, "");
	dispute(&scene, "2026-02-20", 20000);
	assert_int_equal(office_tick(&scene.office).submitted, 1);
	char *mail = office_mail(&scene.office, 1);
	/* and the courtesy note's part beside it */
	assert_non_null(strstr(mail, "200,00=C2=A0=E2=82=AC"));
	assert_non_null(strstr(mail, "600,00=C2=A0=E2=82=AC"));
	free(mail);
	office_close(&scene.office);
}

static void a_broken_promise_hastens_nothing_that_is_not_due(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	open_scene(&scene, "");
	office_tick(&scene.office);
	struct receivable row = books_load(&scene.office.books, scene.invoice);
	must(act_promise(&scene.office.books.ledger, &row, day_of("2026-03-09"), 40000, 0, &error), &error);
	row_clear(&receivable_table, &row);
	office_go(&scene.office, "2026-03-16", 10);
	assert_int_equal(office_tick(&scene.office).promises_broken, 1);
	char *mail = office_mail(&scene.office, 2);
	assert_null(strstr(mail, "20/04/2026"));
	free(mail);
	assert_non_null(strstr(plans(&scene), "3 courtesy 2026-04-15"));
	office_close(&scene.office);
}

/* "I pay on Friday": of the parts that are due. */
static void a_promise_is_kept_by_who_pays_what_is_due(void **state)
{
	(void)state;
	static const struct row {
		int64_t paid;
		const char *state;
	} rows[] = {{80000, "kept"}, {40000, "partly"}, {0, "broken"}};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct scene scene;
		struct error error = {0};
		open_scene(&scene, "");
		struct receivable row = books_load(&scene.office.books, scene.invoice);
		must(act_promise(&scene.office.books.ledger, &row, day_of("2026-03-09"), 0, 0, &error),
		    &error);
		row_clear(&receivable_table, &row);
		if (rows[i].paid)
			pay(&scene, rows[i].paid);
		office_go(&scene.office, "2026-03-16", 10);
		office_tick(&scene.office);
		GPtrArray *promises =
		    promise_list(scene.office.books.store, scene.invoice, rows[i].state, &error);
		must(promises, &error);
		if (promises->len != 1)
			fail_msg("%s: no such promise", rows[i].state);
		rows_free(&promise_table, promises);
		office_close(&scene.office);
	}
}

static void a_cancelled_mail_takes_each_part_back_to_where_it_was(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	open_scene(&scene, "sending = approve\n");
	g_autofree char *before = g_strdup(plans(&scene));
	office_tick(&scene.office);
	assert_string_equal(stands(&scene), "2026-02-20 first-reminder");
	GPtrArray *mails = outbox_list_of_state(scene.office.books.store, "waiting", &error);
	must(mails, &error);
	assert_int_equal(mails->len, 1);
	const struct outbox *mail = mails->pdata[0];
	must(journal_append(&scene.office.books.ledger, EVENT_REMINDER_CANCELLED,
		 (struct event_about){.customer = scene.customer},
		 json_pack("{s:I}", "outbox", (json_int_t)mail->id), NULL, &error),
	    &error);
	rows_free(&outbox_table, mails);
	assert_string_equal(plans(&scene), before);
	assert_string_equal(stands(&scene), "2026-02-20 none");
	expect_rebuilt(&scene);
	office_close(&scene.office);
}

/* A part that is paid while the mail waits for approval: the mail must not go. */
static void a_mail_about_a_part_that_was_paid_since_never_leaves(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	int64_t count;
	open_scene(&scene, "sending = approve\n");
	office_tick(&scene.office);
	pay(&scene, 40000);
	must(dunning_approve(&scene.office.books.ledger, 0, &count, &error), &error);
	assert_int_equal(office_tick(&scene.office).submitted, 0);
	assert_string_equal(plans(&scene), "2 courtesy 2026-03-02 free, 3 courtesy 2026-04-15 free");
	expect_rebuilt(&scene);
	office_close(&scene.office);
}

/* Part 2 is due on the 5th: a courtesy note that is approved on the 6th would speak of a day to come. */
static void a_courtesy_note_that_waited_too_long_never_leaves(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	int64_t count;
	open_scene(&scene, "sending = approve\n");
	office_tick(&scene.office);
	office_go(&scene.office, "2026-03-06", 10);
	must(dunning_approve(&scene.office.books.ledger, 0, &count, &error), &error);
	assert_int_equal(count, 1);
	assert_int_equal(office_tick(&scene.office).submitted, 0);
	assert_non_null(strstr(plans(&scene), "2 first-reminder 2026-03-12"));
	office_close(&scene.office);
}

static void a_call_is_about_the_parts_that_it_is_due_for(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	open_scene(&scene, "");
	office_tick(&scene.office);
	office_go(&scene.office, "2026-03-16", 10);
	office_tick(&scene.office);
	office_go(&scene.office, "2026-03-25", 10);
	assert_int_equal(office_tick(&scene.office).tasks, 1);
	GPtrArray *tasks = task_list_of_receivable(scene.office.books.store, scene.invoice, "open", &error);
	must(tasks, &error);
	assert_int_equal(tasks->len, 1);
	const struct task *task = tasks->pdata[0];
	assert_string_equal(task->kind, "call");
	assert_int_equal(task->line, 1);
	rows_free(&task_table, tasks);
	assert_string_equal(plans(&scene),
	    "1 firm-reminder 2026-04-07 task-open, 2 second-reminder 2026-03-30 "
	    "task-open, 3 courtesy 2026-04-15 task-open");
	expect_rebuilt(&scene);
	office_close(&scene.office);
}

/* Part LINE of INVOICE came to STEP today. */
static void step_done(struct scene *scene, int64_t invoice, int64_t line, const char *step)
{
	struct error error = {0};
	must(journal_append(&scene->office.books.ledger, EVENT_STEP_DONE,
		 (struct event_about){.customer = scene->customer, .receivable = invoice},
		 json_pack("{s:s, s:s, s:I}", "step", step, "how", "task", "line", (json_int_t)line), NULL,
		 &error),
	    &error);
}

/* Parts 1 and 2 of F4, and part 1 of F3, came to the letter; part 1 of both is paid since. */
static void a_letter_is_about_no_part_that_never_came_to_its_step(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	struct desk desk;
	struct reminder letter;
	open_scene(&scene, "");
	int64_t both[] = {
	    scene.invoice, open_parts(&scene.office, scene.customer, "F4", thirds, ARRAY_LENGTH(thirds))};
	step_done(&scene, both[0], 1, "firm-reminder");
	step_done(&scene, both[1], 1, "firm-reminder");
	step_done(&scene, both[1], 2, "firm-reminder");
	pay(&scene, 40000);
	scene.invoice = both[1];
	pay(&scene, 40000);
	const struct reminder_occasion occasion = {.paid_on = DATE_NONE, .line_step = "firm-reminder"};
	must(desk_init(&desk, &scene.office.books.ledger, &scene.office.site, &error), &error);
	must(reminder_collect_occasion(&letter, &desk, both, 2, &occasion, &error), &error);
	assert_int_equal(letter.items->len, 1);
	assert_int_equal(letter.lead->chase.receivable->id, both[1]);
	assert_int_equal(letter.lead->chase.line, 2);
	assert_int_equal(letter.total, 40000);
	reminder_clear(&letter);
	assert_false(reminder_collect_occasion(&letter, &desk, both, 1, &occasion, &error));
	assert_int_equal(error.status, STATUS_NO);
	desk_clear(&desk);
	office_close(&scene.office);
}

/* A call or letter (KIND) about part LINE of INVOICE. */
static int64_t open_step(
    struct scene *scene, int64_t invoice, int64_t line, const char *kind, const char *step)
{
	struct error error = {0};
	struct task_draft draft = {.company = "Le Goff",
	    .kind = kind,
	    .customer = scene->customer,
	    .receivable = invoice,
	    .title = kind,
	    .due_on = scene->office.books.ledger.today,
	    .line = line};
	int64_t task;
	must(act_open_task(&scene->office.books.ledger, &draft, &task, &error), &error);
	step_done(scene, invoice, line, step);
	return task;
}

static bool is_open(struct scene *scene, int64_t id)
{
	struct error error = {0};
	struct task task;
	bool found;
	must(task_get(scene->office.books.store, id, &task, &found, &error), &error);
	bool open = found && strcmp(task.state, "open") == 0;
	row_clear(&task_table, &task);
	return open;
}

/* The call (the letter) hangs on part 1 of F3; part STEP_OF_F4 of F4 is in it, 0: none. */
static void a_call_or_letter_ends_once_all_parts_that_it_is_about_are_paid(void **state)
{
	(void)state;
	static const struct row {
		const char *what, *kind, *step;
		int64_t step_of_f4;
		int64_t paid_f3, paid_f4; /* in this order */
		bool open;
	} rows[] = {
	    {"its part is paid, others are not", "call", "call", 0, 40000, 0, false},
	    {"its part is paid, others are not", "letter", "firm-reminder", 0, 40000, 0, false},
	    {"its part is paid by half", "call", "call", 0, 20000, 0, true},
	    {"a part of another invoice is left", "call", "call", 1, 120000, 0, true},
	    {"a part of another invoice is left", "letter", "firm-reminder", 1, 40000, 0, true},
	    {"that is paid, too", "call", "call", 1, 40000, 40000, false},
	    {"that is paid, too", "letter", "firm-reminder", 1, 120000, 40000, false},
	    {"only that is paid", "call", "call", 1, 0, 40000, true},
	    {"of that the second part is left", "call", "call", 2, 40000, 40000, true},
	    {"what it is not about is paid", "call", "call", 0, 0, 120000, true},
	    {"its part is paid, others are not", "approve", "decide", 0, 40000, 0, false},
	    {"its part is paid, others are not", "legal", "legal", 0, 40000, 0, false},
	    {"its part is paid by half", "approve", "decide", 0, 20000, 0, true},
	    {"all is paid", "legal", "legal", 0, 120000, 0, false},
	    {"what it is not about is paid", "approve", "decide", 1, 0, 120000, true},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct scene scene;
		open_scene(&scene, "");
		int64_t third = scene.invoice;
		int64_t fourth =
		    open_parts(&scene.office, scene.customer, "F4", thirds, ARRAY_LENGTH(thirds));
		int64_t task = open_step(&scene, third, 1, rows[i].kind, rows[i].step);
		if (rows[i].step_of_f4)
			step_done(&scene, fourth, rows[i].step_of_f4, rows[i].step);
		office_go(&scene.office, "2026-03-03", 10);
		if (rows[i].paid_f3)
			pay(&scene, rows[i].paid_f3);
		scene.invoice = fourth;
		if (rows[i].paid_f4)
			pay(&scene, rows[i].paid_f4);
		if (is_open(&scene, task) != rows[i].open)
			fail_msg("%s, %s: the task is %s", rows[i].kind, rows[i].what,
			    rows[i].open ? "done" : "open");
		expect_rebuilt(&scene);
		office_close(&scene.office);
	}
}

/* The last entry of RECEIVABLE. */
static void take_back(struct scene *scene, int64_t receivable)
{
	struct error error = {0};
	struct event event;
	bool found;
	GPtrArray *entries = entry_list(scene->office.books.store, receivable, &error);
	must(entries, &error);
	const struct entry *last = entries->pdata[entries->len - 1];
	must(journal_get(scene->office.books.store, last->id, &event, &found, &error), &error);
	must(act_take_back(&scene->office.books.ledger, &event, &error), &error);
	row_clear(&journal_table, &event);
	rows_free(&entry_table, entries);
}

/* The task hangs on part 1 (0: all) of F3, part 1 of F4 is in it where it is SHARED. F3 is paid first, and
 * what was paid last is taken back. */
static void what_a_payment_ended_is_open_again_once_that_is_taken_back(void **state)
{
	(void)state;
	static const struct row {
		const char *kind, *step;
		int64_t line;
		int64_t paid_f3, paid_f3_then, paid_f4;
		bool shared, by_hand, anew;
		bool open;
	} rows[] = {
	    {"letter", "firm-reminder", 1, 120000, 0, 0, false, false, false, true},
	    {"letter", "firm-reminder", 1, 40000, 0, 0, false, false, false, true},
	    {"call", "call", 1, 40000, 0, 0, false, false, false, true},
	    {"approve", "decide", 1, 40000, 0, 0, false, false, false, true},
	    {"legal", "legal", 0, 120000, 0, 0, false, false, false, true},
	    /* the part that it is about stays paid */
	    {"letter", "firm-reminder", 1, 40000, 80000, 0, false, false, false, false},
	    {"letter", "firm-reminder", 1, 80000, 40000, 0, false, false, false, false},
	    /* the part is paid by two payments */
	    {"letter", "firm-reminder", 1, 30000, 50000, 0, false, false, false, true},
	    /* of the other invoice */
	    {"letter", "firm-reminder", 1, 40000, 0, 40000, true, false, false, true},
	    {"letter", "firm-reminder", 1, 40000, 0, 40000, false, false, false, false},
	    /* a person did it, or asked for it anew */
	    {"letter", "firm-reminder", 1, 40000, 0, 0, false, true, false, false},
	    {"letter", "firm-reminder", 1, 40000, 0, 0, false, false, true, false},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct scene scene;
		struct error error = {0};
		open_scene(&scene, "");
		int64_t third = scene.invoice;
		int64_t fourth =
		    open_parts(&scene.office, scene.customer, "F4", thirds, ARRAY_LENGTH(thirds));
		int64_t task = open_step(&scene, third, rows[i].line, rows[i].kind, rows[i].step);
		if (rows[i].shared)
			step_done(&scene, fourth, 1, rows[i].step);
		office_go(&scene.office, "2026-03-03", 10);
		if (rows[i].by_hand)
			must(act_finish_task(&scene.office.books.ledger, task, "posted", &error), &error);
		pay(&scene, rows[i].paid_f3);
		if (rows[i].paid_f3_then)
			pay(&scene, rows[i].paid_f3_then);
		scene.invoice = fourth;
		if (rows[i].paid_f4)
			pay(&scene, rows[i].paid_f4);
		assert_false(is_open(&scene, task));
		if (rows[i].anew)
			open_step(&scene, third, rows[i].line, rows[i].kind, rows[i].step);
		take_back(&scene, rows[i].paid_f4 ? fourth : third);
		if (is_open(&scene, task) != rows[i].open)
			fail_msg("row %zu: the task is %s", i, rows[i].open ? "done" : "open");
		/* the correction is taken back, too: it is paid after all */
		take_back(&scene, rows[i].paid_f4 ? fourth : third);
		assert_false(is_open(&scene, task));
		expect_rebuilt(&scene);
		office_close(&scene.office);
	}
}

/* "2026-03-02": the day of the last step of part LINE; in static storage. */
static const char *step_day(struct scene *scene, guint line)
{
	static char day[DATE_TEXT_SIZE];
	struct error error = {0};
	GPtrArray *lines = due_line_list(scene->office.books.store, scene->invoice, &error);
	must(lines, &error);
	date_format(((const struct due_line_row *)lines->pdata[line - 1])->last_step_on, day);
	rows_free(&due_line_table, lines);
	return day;
}

/* Parts 2 and 3 came to the letter later than part 1, whose letter was posted before. */
static void a_posted_letter_counts_for_the_parts_that_it_was_about(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	open_scene(&scene, "");
	step_done(&scene, scene.invoice, 1, "firm-reminder");
	for (int64_t line = 1; line <= 2; line++) {
		static const char *const days[] = {"2026-03-04", "2026-03-20"};
		const struct post_note note = {0, "firm-reminder", "", day_of(days[line - 1])};
		office_go(&scene.office, days[line - 1], 10);
		struct receivable row = books_load(&scene.office.books, scene.invoice);
		must(post_done(&scene.office.books.ledger, &row, &note, &error), &error);
		row_clear(&receivable_table, &row);
		if (line == 1) {
			assert_string_equal(step_day(&scene, 1), "2026-03-04");
			office_go(&scene.office, "2026-03-19", 10);
			step_done(&scene, scene.invoice, 2, "firm-reminder");
			step_done(&scene, scene.invoice, 3, "firm-reminder");
		}
	}
	assert_string_equal(step_day(&scene, 1), "2026-03-04");
	assert_string_equal(step_day(&scene, 2), "2026-03-20");
	assert_string_equal(step_day(&scene, 3), "2026-03-20");
	expect_rebuilt(&scene);
	office_close(&scene.office);
}

static void printed(struct scene *scene, int64_t task, int64_t line, const char *sha256)
{
	struct error error = {0};
	must(journal_append(&scene->office.books.ledger, EVENT_LETTER_PRINTED,
		 (struct event_about){.customer = scene->customer, .receivable = scene->invoice},
		 json_pack("{s:s, s:s, s:I, s:s, s:[I]}", "company", "Le Goff", "step", "firm-reminder",
		     "task", (json_int_t)task, "sha256", sha256, "lines", (json_int_t)line),
		 NULL, &error),
	    &error);
}

/* The letter of part 1 was printed, and paid before it was posted; then part 2 comes to its letter. The one
 * of part 2 is posted, printed or not; or that of part 1 by a mistake of its task's number. */
static void a_letter_that_stayed_in_the_drawer_is_not_the_one_that_is_posted(void **state)
{
	(void)state;
	static const struct row {
		bool printed_second, first_task, by_number;
		const char *states; /* of the letters, in order */
		bool open;	    /* the task of part 2 */
	} rows[] = {
	    {false, false, false, "printed posted ", false},
	    {false, false, true, "printed posted ", false},
	    {true, false, false, "printed posted ", false},
	    {true, false, true, "printed posted ", false},
	    {false, true, false, "posted ", true},
	    {true, true, false, "posted printed ", true},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct scene scene;
		struct error error = {0};
		open_scene(&scene, "");
		int64_t first = open_step(&scene, scene.invoice, 1, "letter", "firm-reminder");
		printed(&scene, first, 1, "1111");
		office_go(&scene.office, "2026-03-03", 10);
		pay(&scene, 40000);
		assert_false(is_open(&scene, first));
		office_go(&scene.office, "2026-03-25", 10);
		int64_t second = open_step(&scene, scene.invoice, 2, "letter", "firm-reminder");
		if (rows[i].printed_second)
			printed(&scene, second, 2, "2222");
		struct receivable row = books_load(&scene.office.books, scene.invoice);
		int64_t task = rows[i].by_number ? 0 : rows[i].first_task ? first : second;
		const struct post_note note = {task, "firm-reminder", "", day_of("2026-03-25")};
		must(post_done(&scene.office.books.ledger, &row, &note, &error), &error);
		row_clear(&receivable_table, &row);
		GString *states = g_string_new(NULL);
		GPtrArray *letters = letter_list(scene.office.books.store, scene.invoice, &error);
		for (guint k = 0; k < letters->len; k++)
			g_string_append_printf(
			    states, "%s ", ((const struct letter_row *)letters->pdata[k])->state);
		rows_free(&letter_table, letters);
		if (strcmp(states->str, rows[i].states) != 0 || is_open(&scene, second) != rows[i].open)
			fail_msg("row %zu: letters %s, task %s", i, states->str,
			    is_open(&scene, second) ? "open" : "done");
		g_string_free(states, TRUE);
		expect_rebuilt(&scene);
		office_close(&scene.office);
	}
}

/* On Friday the 13th part 2 has its first reminder; the formal notice of part 1 has its day on Monday. */
static void a_formal_notice_of_next_week_pushes_no_reminder_of_today_aside(void **state)
{
	(void)state;
	struct scene scene;
	office_open(&scene.office, "ladder \"business\" { step first-reminder { anchor = due offset = 7d }\n"
				   " step second-reminder { anchor = due offset = 11d }\n"
				   " step formal-notice { anchor = due offset = 21d approval = yes } }\n"
				   "minimum_gap = 3d\nweekly_cap = 7\ndelivered_after = 3d\n");
	scene.customer = books_customer(&scene.office.books, "Breizh Habitat SARL", "habitat.example");
	scene.invoice = open_parts(&scene.office, scene.customer, "F3", thirds, ARRAY_LENGTH(thirds));
	office_plan(&scene.office);
	assert_int_equal(office_tick(&scene.office).submitted, 1);
	office_go(&scene.office, "2026-03-06", 10);
	assert_int_equal(office_tick(&scene.office).submitted, 1);
	office_go(&scene.office, "2026-03-13", 10);
	assert_string_equal(plans(&scene), "1 formal-notice 2026-03-16 free, 2 first-reminder 2026-03-12 "
					   "free, 3 first-reminder 2026-04-27 free");
	assert_int_equal(office_tick(&scene.office).submitted, 1);
	char *mail = office_mail(&scene.office, 3);
	assert_non_null(strstr(mail, "20/02/2026"));
	assert_non_null(strstr(mail, "05/03/2026"));
	free(mail);
	assert_string_equal(step_day(&scene, 1), "2026-03-06");
	assert_string_equal(step_day(&scene, 2), "2026-03-13");
	office_close(&scene.office);
}

/* 500.00 to the customer's credit: the part of 400.00 that is overdue is covered, though 1200.00 are open. */
static void a_credit_covers_what_is_overdue_and_not_what_is_to_come(void **state)
{
	(void)state;
	struct scene scene;
	open_scene(&scene, "");
	office_invoice(&scene.office, scene.customer, "A1", -50000, "2026-02-20");
	assert_string_equal(plans(&scene), "1 first-reminder 2026-02-27 credit-covers, "
					   "2 courtesy 2026-03-02 credit-covers, 3 courtesy 2026-04-15 free");
	office_close(&scene.office);
}

/* ---- a store of before ---- */

static void run_sql(sqlite3 *db, const char *sql)
{
	char *message = NULL;
	if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
		fail_msg("%s: %s", sql, message);
}

static void make_version_4(sqlite3 *db)
{
	static const char *const words[][2] = {
	    {"{integer}", "INTEGER"}, {"{blob}", "BLOB"}, {"{table}", "STRICT"}};
	for (int i = 0; i < 4; i++) {
		GString *sql = g_string_new(schema_versions[i]);
		for (size_t w = 0; w < ARRAY_LENGTH(words); w++)
			g_string_replace(sql, words[w][0], words[w][1], 0);
		run_sql(db, sql->str);
		g_string_free(sql, TRUE);
	}
	run_sql(db, "INSERT INTO meta VALUES ('schema_version', '4'); DELETE FROM journal_head");
}

/* What a version 4 program had in its tables for the same journal: one day and one step an invoice. */
static void fill_version_4(sqlite3 *db, const char *from)
{
	static const char *const tables[] = {"journal", "journal_head", "blob", "customer", "contact",
	    "message", "receivable", "due_line", "entry", "outbox", "outbox_item", "setting"};
	g_autofree char *attach = g_strdup_printf("ATTACH '%s' AS books", from);
	run_sql(db, attach);
	for (size_t i = 0; i < ARRAY_LENGTH(tables); i++) {
		sqlite3_stmt *statement;
		g_autofree char *select = g_strdup_printf("SELECT * FROM main.%s", tables[i]);
		assert_int_equal(sqlite3_prepare_v2(db, select, -1, &statement, NULL), SQLITE_OK);
		GString *names = g_string_new(NULL);
		for (int c = 0; c < sqlite3_column_count(statement); c++)
			g_string_append_printf(
			    names, "%s%s", c ? ", " : "", sqlite3_column_name(statement, c));
		sqlite3_finalize(statement);
		g_autofree char *insert = g_strdup_printf("INSERT INTO main.%s (%s) SELECT %s FROM books.%s",
		    tables[i], names->str, names->str, tables[i]);
		run_sql(db, insert);
		g_string_free(names, TRUE);
	}
	run_sql(db, "UPDATE main.receivable SET due_date = (SELECT max(due_on) FROM main.due_line l"
		    " WHERE l.receivable = receivable.id)");
	run_sql(db, "DETACH books");
}

static void note(struct scene *scene, enum event_kind kind, json_t *body, int64_t *id)
{
	struct error error = {0};
	must(journal_append(&scene->office.books.ledger, kind,
		 (struct event_about){.customer = scene->customer, .receivable = scene->invoice}, body, id,
		 &error),
	    &error);
}

/* A mail as it was noted then: of the invoice, of no line of it. */
static int64_t old_mail(struct scene *scene, const char *step)
{
	int64_t mail;
	g_autofree char *message_id =
	    g_strdup_printf("<%s-%lld@legoff.example>", step, (long long)scene->office.books.ledger.today);
	note(scene, EVENT_REMINDER_COMPOSED,
	    json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:[{s:I, s:s, s:s}]}", "company", "Le Goff",
		"step", step, "channel", "mail", "message_id", message_id, "sender", "a@legoff.example",
		"recipients", "compta@habitat.example", "sha256", "x", "state", "ready", "items",
		"receivable", (json_int_t)scene->invoice, "step", step, "amount", "1.00"),
	    &mail);
	return mail;
}

static void a_store_of_before_is_brought_up_to_what_its_journal_gives(void **state)
{
	(void)state;
	static const struct row {
		int64_t paid;
		bool cancelled;
		const char *stands;
		/* the step that the old program had for the invoice */
		const char *old_step, *old_day;
		bool early; /* before the first part is due */
	} rows[] = {
	    {0, false, "2026-02-20 second-reminder", "second-reminder", "2026-03-16", false},
	    {0, true, "2026-02-20 first-reminder", "first-reminder", "2026-03-02", false},
	    {50000, false, "2026-03-05 second-reminder", "second-reminder", "2026-03-16", false},
	    {50000, true, "2026-03-05 none", "first-reminder", "2026-03-02", false},
	    {80000, false, "2026-04-20 none", "second-reminder", "2026-03-16", false},
	    {120000, false, "2026-04-20 none", "second-reminder", "2026-03-16", false},
	    {0, false, "2026-03-20 second-reminder", "second-reminder", "2026-03-16", true},
	    {0, true, "2026-03-20 first-reminder", "first-reminder", "2026-03-02", true},
	    {50000, false, "2026-04-05 none", "second-reminder", "2026-03-16", true},
	};
	static const struct part later[] = {
	    {"2026-03-20", 40000}, {"2026-04-05", 40000}, {"2026-04-20", 40000}};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct scene scene;
		struct error error = {0};
		char old[160];
		open_scene(&scene, "");
		if (rows[i].early)
			scene.invoice =
			    open_parts(&scene.office, scene.customer, "F4", later, ARRAY_LENGTH(later));
		old_mail(&scene, "first-reminder");
		office_go(&scene.office, "2026-03-16", 10);
		int64_t mail = old_mail(&scene, "second-reminder");
		if (rows[i].cancelled)
			note(&scene, EVENT_REMINDER_CANCELLED, json_pack("{s:I}", "outbox", (json_int_t)mail),
			    NULL);
		if (rows[i].paid)
			pay(&scene, rows[i].paid);
		assert_string_equal(stands(&scene), rows[i].stands);
		expect_rebuilt(&scene);
		snprintf(old, sizeof old, "%s/old.db", scene.office.books.folder);
		sqlite3 *db;
		assert_int_equal(sqlite3_open(old, &db), SQLITE_OK);
		make_version_4(db);
		fill_version_4(db, scene.office.books.path);
		g_autofree char *step = g_strdup_printf(
		    "UPDATE receivable SET last_step = '%s', last_step_on = '%s' WHERE id = %lld",
		    rows[i].old_step, rows[i].old_day, (long long)scene.invoice);
		run_sql(db, step);
		run_sql(db, "UPDATE outbox_item SET previous_step = 'first-reminder', previous_step_on = "
			    "'2026-03-02' WHERE step = 'second-reminder'");
		sqlite3_close(db);
		must(store_migrate(old, &error), &error);
		struct store *migrated = store_open(old, STORE_WRITE, &error);
		must(migrated, &error);
		char scratch[160];
		GPtrArray *differences;
		int64_t events;
		snprintf(scratch, sizeof scratch, "%s/scratch.db", scene.office.books.folder);
		must(rebuild_compare(migrated, scratch, &differences, &events, &error), &error);
		if (differences->len)
			fail_msg("row %zu: %s", i, (const char *)differences->pdata[0]);
		g_ptr_array_unref(differences);
		store_close(migrated);
		remove(scratch);
		remove(old);
		office_close(&scene.office);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_part_has_a_plan_of_its_own),
	    cmocka_unit_test(a_paid_part_hands_on_to_the_next),
	    cmocka_unit_test(a_disputed_amount_lies_on_the_latest_parts_unless_it_names_one),
	    cmocka_unit_test(a_disputed_part_is_not_asked_for_by_way_of_the_next_that_was_paid),
	    cmocka_unit_test(what_was_claimed_is_asked_for_with_the_first_part),
	    cmocka_unit_test(of_a_part_without_anything_left_nothing_is_disputed),
	    cmocka_unit_test(of_a_part_disputed_by_half_the_other_half_is_asked_for),
	    cmocka_unit_test(a_broken_promise_hastens_nothing_that_is_not_due),
	    cmocka_unit_test(a_promise_is_kept_by_who_pays_what_is_due),
	    cmocka_unit_test(a_cancelled_mail_takes_each_part_back_to_where_it_was),
	    cmocka_unit_test(a_mail_about_a_part_that_was_paid_since_never_leaves),
	    cmocka_unit_test(a_courtesy_note_that_waited_too_long_never_leaves),
	    cmocka_unit_test(a_call_is_about_the_parts_that_it_is_due_for),
	    cmocka_unit_test(a_letter_is_about_no_part_that_never_came_to_its_step),
	    cmocka_unit_test(a_call_or_letter_ends_once_all_parts_that_it_is_about_are_paid),
	    cmocka_unit_test(what_a_payment_ended_is_open_again_once_that_is_taken_back),
	    cmocka_unit_test(a_posted_letter_counts_for_the_parts_that_it_was_about),
	    cmocka_unit_test(a_letter_that_stayed_in_the_drawer_is_not_the_one_that_is_posted),
	    cmocka_unit_test(a_formal_notice_of_next_week_pushes_no_reminder_of_today_aside),
	    cmocka_unit_test(a_credit_covers_what_is_overdue_and_not_what_is_to_come),
	    cmocka_unit_test(a_store_of_before_is_brought_up_to_what_its_journal_gives),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
