#include "unit.h"
#include "office.h"

#include "dunning/claims.h"
#include "dunning/guards.h"
#include "dunning/letter.h"
#include "dunning/post.h"
#include "dunning/written.h"
#include "ledger/body.h"
#include "ledger/interest_book.h"
#include "ledger/notice_days.h"
#include "ledger/rebuild.h"
#include "store/rows_journal.h"
#include "store/rows_notice.h"

/* An invoice of three parts of 400.00, due on 20 February, 5 March and 20 April 2026. 2.15 + 10 = 12.15 %
 * hold in the first half of 2026: 400.00 bear 0.1331506849… a day. */
#define TO "2026-05-20"

static const char ladder[] =
    "sending = off\n"
    "ladder \"business\" {\n"
    " step first-reminder { anchor = due offset = 7d }\n"
    " step formal-notice { anchor = due offset = 20d channel = letter }\n"
    "}\n"
    "ladder \"other\" { step last-word { offset = 9d channel = task template = \"formal-notice\" } }\n"
    "minimum_gap = 3d\nweekly_cap = 7\ndelivered_after = 1d\n";

static void must(bool done, const struct error *error)
{
	if (!done)
		fail_msg("%s", error->text);
}

struct scene {
	struct office office;
	int64_t customer, invoice;
};

static struct ledger *ledger_of(struct scene *scene)
{
	return &scene->office.books.ledger;
}

static void change_customer(struct scene *scene, json_t *body)
{
	struct error error = {0};
	must(journal_append(ledger_of(scene), EVENT_CUSTOMER_CHANGED,
		 (struct event_about){.customer = scene->customer}, body, NULL, &error),
	    &error);
}

static void open_scene(struct scene *scene)
{
	struct error error = {0};
	office_open(&scene->office, ladder);
	g_free(scene->office.books.config.companies[0].address);
	scene->office.books.config.companies[0].address = strdup("3 rue du Port\n29900 Concarneau");
	scene->customer = books_customer(&scene->office.books, "Breizh Habitat SARL", "habitat.example");
	change_customer(scene, json_pack("{s:s}", "address", "12 quai de la Douane\n29200 Brest"));
	struct due_line_row lines[3] = {{.due_on = day_of("2026-02-20"), .amount = 40000},
	    {.due_on = day_of("2026-03-05"), .amount = 40000},
	    {.due_on = day_of("2026-04-20"), .amount = 40000}};
	struct receivable_draft draft = {.company = "Le Goff",
	    .customer = scene->customer,
	    .number = "F3",
	    .kind = "invoice",
	    .issue_date = day_of("2026-01-05"),
	    .due_date = lines[2].due_on,
	    .currency = "EUR",
	    .total = 120000,
	    .open = INT64_MIN,
	    .message_id = "<F3@legoff.example>",
	    .subject = "Facture",
	    .due_lines = lines,
	    .due_line_count = 3};
	bool opened;
	must(act_open_receivable(ledger_of(scene), &draft, &scene->invoice, &opened, &error), &error);
}

static void close_scene(struct scene *scene)
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
	office_close(&scene->office);
}

static void pay(struct scene *scene, int64_t amount, const char *on)
{
	struct error error = {0};
	struct receivable row = books_load(&scene->office.books, scene->invoice);
	must(act_pay(ledger_of(scene), &row, amount, day_of(on), NULL, &error), &error);
	row_clear(&receivable_table, &row);
}

static void dispute(struct scene *scene, const char *due, int64_t amount)
{
	struct error error = {0};
	struct receivable row = books_load(&scene->office.books, scene->invoice);
	must(act_dispute_line(
		 ledger_of(scene), &row, due ? day_of(due) : DATE_NONE, "price", amount, NULL, 0, &error),
	    &error);
	row_clear(&receivable_table, &row);
}

static void choose(struct scene *scene, const char *choice)
{
	struct error error = {0};
	struct receivable row = books_load(&scene->office.books, scene->invoice);
	must(interest_choose(ledger_of(scene), &row, choice, NULL, &error), &error);
	row_clear(&receivable_table, &row);
}

static int64_t open_amount(struct scene *scene)
{
	struct receivable row = books_load(&scene->office.books, scene->invoice);
	int64_t open = row.open;
	row_clear(&receivable_table, &row);
	return open;
}

/* "1185:20 1012:05 399:20 = 2596 + 4000 (0)": each stretch's amount and the day of the month on which its due
 * line fell due; interest, compensation, what is in dispute. In static storage. */
static const char *statement(struct scene *scene, const char *to, const int64_t *lines, size_t count)
{
	static char text[512];
	struct error error = {0};
	const struct interest_rule *rule;
	struct interest interest;
	int64_t left_out;
	const struct interest_scope scope = {.to = day_of(to), .lines = lines, .line_count = count};
	struct receivable row = books_load(&scene->office.books, scene->invoice);
	struct rates *rates = rates_load(&scene->office.books.config, &error);
	must(rates, &error);
	must(interest_of_receivable(
		 ledger_of(scene), rates, &row, &scope, &rule, &interest, &left_out, &error),
	    &error);
	int length = 0;
	for (guint i = 0; i < interest.lines->len; i++) {
		const struct interest_line *line = &g_array_index(interest.lines, struct interest_line, i);
		char day[DATE_TEXT_SIZE];
		length += snprintf(text + length, sizeof text - (size_t)length, "%lld:%s ",
		    (long long)line->amount, date_format(line->due_on, day) + 8);
	}
	snprintf(text + length, sizeof text - (size_t)length, "= %lld + %lld (%lld)",
	    (long long)interest.interest, (long long)interest.compensation, (long long)left_out);
	interest_clear(&interest);
	rates_free(rates);
	row_clear(&receivable_table, &row);
	return text;
}

/* 89, 76 and 30 days. */
static void each_part_bears_interest_from_its_own_day(void **state)
{
	(void)state;
	struct scene scene;
	open_scene(&scene);
	assert_string_equal(statement(&scene, TO, NULL, 0), "1185:20 1012:05 399:20 = 2596 + 4000 (0)");
	static const int64_t second = 2, outer[] = {1, 3};
	assert_string_equal(statement(&scene, TO, &second, 1), "1012:05 = 1012 + 4000 (0)");
	assert_string_equal(statement(&scene, TO, outer, 2), "1185:20 399:20 = 1584 + 4000 (0)");
	/* 500.00 on 2 March: the first part is paid after ten days, of the second 300.00 are left when it is
	 * due */
	pay(&scene, 50000, "2026-03-02");
	assert_string_equal(statement(&scene, TO, NULL, 0), "133:20 759:05 400:20 = 1292 + 4000 (0)");
	assert_string_equal(statement(&scene, TO, &second, 1), "759:05 = 759 + 4000 (0)");
	close_scene(&scene);
}

static void what_is_disputed_bears_none_on_the_part_that_the_dispute_names(void **state)
{
	(void)state;
	static const struct row {
		const char *due;
		int64_t amount, paid;
		const char *statement;
	} rows[] = {
	    /* the parts that are left: 76 and 30 days */
	    {"2026-02-20", 0, 0, "1012:05 399:20 = 1411 + 4000 (40000)"},
	    {"2026-03-05", 0, 0, "1185:20 399:20 = 1584 + 4000 (40000)"},
	    {"2026-04-20", 0, 0, "1185:20 1012:05 = 2197 + 4000 (40000)"},
	    /* 200.00 of the first for 89 days */
	    {"2026-02-20", 20000, 0, "593:20 1011:05 400:20 = 2004 + 4000 (20000)"},
	    /* more than the part: the rest lies on the last one, of which 200.00 are left for 30 days */
	    {"2026-02-20", 60000, 0, "1012:05 200:20 = 1212 + 4000 (60000)"},
	    /* one that names none lies on the latest */
	    {NULL, 40000, 0, "1185:20 1012:05 = 2197 + 4000 (40000)"},
	    {NULL, 60000, 0, "1185:20 506:05 = 1691 + 4000 (60000)"},
	    {NULL, 0, 0, "= 0 + 0 (120000)"},
	    /* the part that is not in dispute is paid before its day: the last alone is left */
	    {"2026-02-20", 0, 40000, "399:20 = 399 + 4000 (40000)"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct scene scene;
		open_scene(&scene);
		dispute(&scene, rows[i].due, rows[i].amount);
		if (rows[i].paid)
			pay(&scene, rows[i].paid, "2026-03-02");
		const char *told = statement(&scene, TO, NULL, 0);
		if (strcmp(told, rows[i].statement) != 0)
			fail_msg("row %zu: %s", i, told);
		close_scene(&scene);
	}
}

/* What is claimed stands on the first part; a dispute of all of that is about no other part. */
static void what_was_claimed_and_is_disputed_with_a_part_is_taken_off_no_other(void **state)
{
	(void)state;
	struct scene scene;
	open_scene(&scene);
	choose(&scene, "claim");
	/* ten days of the first part, 1.33, and 40.00 */
	assert_int_equal(open_amount(&scene), 120000 + 133 + 4000);
	dispute(&scene, "2026-02-20", 0);
	assert_string_equal(statement(&scene, TO, NULL, 0), "1012:05 399:20 = 1411 + 4000 (44133)");
	close_scene(&scene);
}

static void nothing_is_claimed_on_what_is_in_dispute(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	open_scene(&scene);
	dispute(&scene, "2026-02-20", 0);
	struct receivable row = books_load(&scene.office.books, scene.invoice);
	assert_false(interest_choose(ledger_of(&scene), &row, "claim", NULL, &error));
	assert_int_equal(error.status, STATUS_DATA);
	must(act_settle(ledger_of(&scene), &row, "decision", &error), &error);
	row_clear(&receivable_table, &row);
	choose(&scene, "claim");
	assert_int_equal(open_amount(&scene), 120000 + 133 + 4000);
	close_scene(&scene);
}

static void who_pays_a_part_with_what_was_claimed_on_it_has_paid_nothing_of_the_next(void **state)
{
	(void)state;
	struct scene scene;
	open_scene(&scene);
	choose(&scene, "claim");
	pay(&scene, 40000 + 133 + 4000, "2026-03-02");
	/* 400.00 from 5 March and from 20 April on */
	assert_string_equal(statement(&scene, TO, NULL, 0), "133:20 1012:05 400:20 = 1545 + 4000 (0)");
	close_scene(&scene);
}

/* The last entry of the invoice, by a correction as relance undo makes it. */
static int64_t take_back(struct scene *scene, int64_t id, const char *amount)
{
	struct error error = {0};
	int64_t correction;
	g_autofree char *reference = g_strdup_printf("undoes event %lld", (long long)id);
	must(journal_append(ledger_of(scene), EVENT_ENTRY_POSTED,
		 (struct event_about){.customer = scene->customer, .receivable = scene->invoice},
		 json_pack("{s:s, s:s, s:s, s:s}", "kind", "correction", "amount", amount, "date",
		     "2026-03-02", "reference", reference),
		 &correction, &error),
	    &error);
	return correction;
}

static void a_payment_that_was_taken_back_is_none(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	open_scene(&scene);
	pay(&scene, 40000, "2026-03-02");
	assert_string_equal(statement(&scene, TO, NULL, 0), "133:20 1012:05 400:20 = 1545 + 4000 (0)");
	GPtrArray *entries = entry_list(scene.office.books.store, scene.invoice, &error);
	int64_t payment = ((const struct entry *)entries->pdata[entries->len - 1])->id;
	rows_free(&entry_table, entries);
	int64_t correction = take_back(&scene, payment, "400.00");
	assert_int_equal(open_amount(&scene), 120000);
	assert_string_equal(statement(&scene, TO, NULL, 0), "1185:20 1012:05 399:20 = 2596 + 4000 (0)");
	/* and that taken back, too */
	take_back(&scene, correction, "-400.00");
	assert_int_equal(open_amount(&scene), 80000);
	assert_string_equal(statement(&scene, TO, NULL, 0), "133:20 1012:05 400:20 = 1545 + 4000 (0)");
	close_scene(&scene);
}

/* ---- consumers ---- */

static void journal(struct scene *scene, enum event_kind kind, json_t *body)
{
	struct error error = {0};
	must(journal_append(ledger_of(scene), kind,
		 (struct event_about){.customer = scene->customer, .receivable = scene->invoice}, body, NULL,
		 &error),
	    &error);
}

static void step_done(struct scene *scene, int64_t line, const char *step)
{
	journal(scene, EVENT_STEP_DONE,
	    json_pack("{s:s, s:s, s:I}", "step", step, "how", "task", "line", (json_int_t)line));
}

/* A formal notice about LINE by mail; its id. */
static int64_t composed(struct scene *scene, int64_t line)
{
	struct error error = {0};
	int64_t mail;
	g_autofree char *message_id = g_strdup_printf("<%lld@legoff.example>", (long long)line);
	must(journal_append(ledger_of(scene), EVENT_REMINDER_COMPOSED,
		 (struct event_about){.customer = scene->customer},
		 json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:n, s:s, s:s, s:[{s:I, s:I, s:s, s:s}]}",
		     "company", "Le Goff", "step", "formal-notice", "channel", "mail", "message_id",
		     message_id, "sender", "a@legoff.example", "recipients", "b@habitat.example", "subject",
		     "sha256", "0000000000000000000000000000000000000000000000000000000000000000", "state",
		     "ready", "items", "receivable", (json_int_t)scene->invoice, "line", (json_int_t)line,
		     "step", "formal-notice", "amount", "400.00"),
		 &mail, &error),
	    &error);
	return mail;
}

static void submitted(struct scene *scene, int64_t mail)
{
	struct error error = {0};
	must(journal_append(ledger_of(scene), EVENT_REMINDER_SUBMITTED,
		 (struct event_about){.customer = scene->customer},
		 json_pack("{s:I}", "outbox", (json_int_t)mail), NULL, &error),
	    &error);
}

static int64_t letter_task(struct scene *scene, int64_t line)
{
	struct error error = {0};
	int64_t task;
	const struct task_draft draft = {.company = "Le Goff",
	    .kind = "letter",
	    .customer = scene->customer,
	    .receivable = scene->invoice,
	    .title = "letter",
	    .due_on = ledger_of(scene)->today,
	    .line = line};
	must(act_open_task(ledger_of(scene), &draft, &task, &error), &error);
	return task;
}

/* Of a task that is open; its id. */
static int64_t printed(struct scene *scene, int64_t line)
{
	int64_t task = letter_task(scene, line);
	json_t *body = json_pack("{s:s, s:s, s:I, s:s}", "company", "Le Goff", "step", "formal-notice",
	    "task", (json_int_t)task, "sha256",
	    "0000000000000000000000000000000000000000000000000000000000000000");
	if (line)
		json_object_set_new(body, "lines", json_pack("[I]", (json_int_t)line));
	journal(scene, EVENT_LETTER_PRINTED, body);
	return task;
}

/* The days of the notices; in static storage. */
static const char *notices(struct scene *scene)
{
	static char text[64];
	struct error error = {0};
	date_t days[3];
	char day[3][DATE_TEXT_SIZE];
	struct receivable row = books_load(&scene->office.books, scene->invoice);
	must(notice_days(ledger_of(scene), &row, days, &error), &error);
	row_clear(&receivable_table, &row);
	snprintf(text, sizeof text, "%s, %s, %s", date_format(days[0], day[0]), date_format(days[1], day[1]),
	    date_format(days[2], day[2]));
	return text;
}

/* Legal interest of 2.62 %: 61 days from 1 May, 16 from 15 June of 400.00 each: 1.75 and 0.46. */
static void a_consumers_part_bears_interest_from_the_notice_about_it(void **state)
{
	(void)state;
	struct scene scene;
	open_scene(&scene);
	change_customer(&scene, json_pack("{s:s}", "kind", "consumer"));
	assert_string_equal(statement(&scene, "2026-07-01", NULL, 0), "= 0 + 0 (0)");
	office_go(&scene.office, "2026-04-28", 10);
	step_done(&scene, 1, "formal-notice");
	/* the letter is to be written: nothing was said yet */
	assert_string_equal(notices(&scene), ", , ");
	assert_string_equal(statement(&scene, "2026-07-01", NULL, 0), "= 0 + 0 (0)");
	office_go(&scene.office, "2026-05-04", 10);
	journal(&scene, EVENT_LETTER_POSTED,
	    json_pack(
		"{s:s, s:s, s:s}", "company", "Le Goff", "step", "formal-notice", "posted_on", "2026-05-01"));
	assert_string_equal(notices(&scene), "2026-05-01, , ");
	office_go(&scene.office, "2026-06-15", 10);
	/* by another name, with its words, in person */
	step_done(&scene, 2, "last-word");
	assert_string_equal(notices(&scene), "2026-05-01, 2026-06-15, ");
	assert_string_equal(statement(&scene, "2026-07-01", NULL, 0), "175:20 46:05 = 221 + 0 (0)");
	/* later steps and notices change nothing */
	office_go(&scene.office, "2026-06-20", 10);
	step_done(&scene, 1, "formal-notice");
	step_done(&scene, 1, "legal");
	assert_string_equal(notices(&scene), "2026-05-01, 2026-06-15, ");
	/* by mail, about the third */
	int64_t mail = composed(&scene, 3);
	assert_string_equal(notices(&scene), "2026-05-01, 2026-06-15, ");
	office_go(&scene.office, "2026-06-22", 10);
	submitted(&scene, mail);
	assert_string_equal(notices(&scene), "2026-05-01, 2026-06-15, 2026-06-22");
	office_close(&scene.office);
}

/* The first part's letter is posted after the second part came to the step. */
static void the_post_tells_of_the_parts_that_the_letter_names(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	open_scene(&scene);
	change_customer(&scene, json_pack("{s:s}", "kind", "consumer"));
	office_go(&scene.office, "2026-03-10", 10);
	step_done(&scene, 1, "formal-notice");
	printed(&scene, 1);
	office_go(&scene.office, "2026-03-25", 10);
	step_done(&scene, 2, "formal-notice");
	GPtrArray *letters = letter_list(scene.office.books.store, scene.invoice, &error);
	journal(&scene, EVENT_LETTER_POSTED,
	    json_pack("{s:s, s:s, s:I, s:s}", "company", "Le Goff", "step", "formal-notice", "letter",
		(json_int_t)((const struct letter_row *)letters->pdata[0])->id, "posted_on", "2026-03-26"));
	rows_free(&letter_table, letters);
	assert_string_equal(notices(&scene), "2026-03-26, , ");
	close_scene(&scene);
}

/* ---- letters ---- */

/* What a formal notice about the parts that came to it on the day ON asks for on top: "1185:20 = 1185 +
 * 4000", a claim that stands in the books already as "-133". In static storage. */
static const char *claims_of(struct scene *scene, const char *on)
{
	static char text[512];
	struct error error = {0};
	struct desk desk;
	struct reminder letter;
	struct claims claims;
	date_t day = day_of(on);
	const struct reminder_occasion occasion = {
	    .paid_on = DATE_NONE, .line_step = "formal-notice", .line_on = &day};
	must(desk_init(&desk, ledger_of(scene), &scene->office.site, &error), &error);
	must(reminder_collect_occasion(&letter, &desk, &scene->invoice, 1, &occasion, &error), &error);
	must(reminder_net_credits(&letter, &error), &error);
	must(claims_compute(&letter, &claims, &error), &error);
	int length = 0;
	for (guint i = 0; i < claims.lines->len; i++) {
		const struct claim_line *claim = &g_array_index(claims.lines, struct claim_line, i);
		char due[DATE_TEXT_SIZE];
		length += claim->claimed
			      ? snprintf(text + length, sizeof text - (size_t)length, "-%lld ",
				    (long long)claim->claimed)
			      : snprintf(text + length, sizeof text - (size_t)length, "%lld:%s%s ",
				    (long long)claim->line.amount, date_format(claim->line.due_on, due) + 8,
				    claim->of_part ? "*" : "");
	}
	snprintf(text + length, sizeof text - (size_t)length, "= %lld + %lld of %lld",
	    (long long)claims.interest, (long long)claims.compensation, (long long)letter.total);
	claims_clear(&claims);
	reminder_clear(&letter);
	desk_clear(&desk);
	return text;
}

/* 18 days of the first part on 10 March; 20 of the second on 25 March; 26 of the second and 39 of the first
 * on 31 March. */
static void a_notice_about_a_part_claims_for_that_part_and_the_compensation_once(void **state)
{
	(void)state;
	/* NAMED: the letter's event names its lines, as it does now */
	for (int named = 0; named < 2; named++) {
		struct scene scene;
		open_scene(&scene);
		office_go(&scene.office, "2026-03-10", 10);
		step_done(&scene, 1, "formal-notice");
		assert_string_equal(claims_of(&scene, "2026-03-10"), "240:20 = 240 + 4000 of 40000");
		printed(&scene, named);
		/* printed once more it is the same letter */
		assert_string_equal(claims_of(&scene, "2026-03-10"), "240:20 = 240 + 4000 of 40000");
		office_go(&scene.office, "2026-03-25", 10);
		step_done(&scene, 2, "formal-notice");
		assert_string_equal(claims_of(&scene, "2026-03-25"), "266:05 = 266 + 0 of 40000");
		printed(&scene, 2 * named);
		assert_string_equal(claims_of(&scene, "2026-03-25"), "266:05 = 266 + 0 of 40000");
		close_scene(&scene);
	}
}

static void a_notice_by_mail_claims_the_compensation_once_too(void **state)
{
	(void)state;
	for (int cancelled = 0; cancelled < 2; cancelled++) {
		struct scene scene;
		open_scene(&scene);
		office_go(&scene.office, "2026-03-10", 10);
		int64_t mail = composed(&scene, 1);
		if (cancelled)
			journal(&scene, EVENT_REMINDER_CANCELLED,
			    json_pack("{s:I, s:s}", "outbox", (json_int_t)mail, "reason", "x"));
		else
			submitted(&scene, mail);
		office_go(&scene.office, "2026-03-25", 10);
		step_done(&scene, 2, "formal-notice");
		assert_string_equal(claims_of(&scene, "2026-03-25"),
		    cancelled ? "266:05 = 266 + 4000 of 40000" : "266:05 = 266 + 0 of 40000");
		office_close(&scene.office);
	}
}

/* The first part was paid before its letter was made: nobody was asked for the compensation yet. */
static void a_notice_that_never_went_has_claimed_nothing(void **state)
{
	(void)state;
	struct scene scene;
	open_scene(&scene);
	office_go(&scene.office, "2026-03-10", 10);
	step_done(&scene, 1, "formal-notice");
	pay(&scene, 40000, "2026-03-10");
	office_go(&scene.office, "2026-03-25", 10);
	step_done(&scene, 2, "formal-notice");
	assert_string_equal(claims_of(&scene, "2026-03-25"), "266:05 = 266 + 4000 of 40000");
	close_scene(&scene);
}

static void a_notice_about_two_parts_names_them(void **state)
{
	(void)state;
	struct scene scene;
	open_scene(&scene);
	office_go(&scene.office, "2026-03-25", 10);
	step_done(&scene, 1, "formal-notice");
	step_done(&scene, 2, "formal-notice");
	/* 33 and 20 days */
	assert_string_equal(claims_of(&scene, "2026-03-25"), "439:20* 267:05* = 706 + 4000 of 80000");
	close_scene(&scene);
}

/* The first part is paid while its letter lies in the drawer, and its task is given up. */
static void a_letter_that_was_never_posted_has_claimed_nothing(void **state)
{
	(void)state;
	for (int posted = 0; posted < 2; posted++) {
		struct scene scene;
		struct error error = {0};
		open_scene(&scene);
		office_go(&scene.office, "2026-03-10", 10);
		step_done(&scene, 1, "formal-notice");
		int64_t task = printed(&scene, 1);
		struct receivable row = books_load(&scene.office.books, scene.invoice);
		const struct post_note note = {task, NULL, NULL, day_of("2026-03-10")};
		if (posted)
			must(post_done(ledger_of(&scene), &row, &note, &error), &error);
		else
			must(act_finish_task(ledger_of(&scene), task, "paid", &error), &error);
		row_clear(&receivable_table, &row);
		pay(&scene, 40000, "2026-03-10");
		office_go(&scene.office, "2026-03-25", 10);
		step_done(&scene, 2, "formal-notice");
		assert_string_equal(claims_of(&scene, "2026-03-25"),
		    posted ? "266:05 = 266 + 0 of 40000" : "266:05 = 266 + 4000 of 40000");
		close_scene(&scene);
	}
}

/* Claimed on 10 March: 18 and 5 days, 2.40 and 0.66, and 40.00, all of it on the first part. */
static void what_was_claimed_is_taken_off_by_part(void **state)
{
	(void)state;
	struct scene scene;
	open_scene(&scene);
	office_go(&scene.office, "2026-03-10", 10);
	choose(&scene, "claim");
	assert_int_equal(open_amount(&scene), 120000 + 306 + 4000);
	office_go(&scene.office, "2026-03-25", 10);
	step_done(&scene, 2, "formal-notice");
	/* of 20 days 5 were claimed: 0.67 by itself */
	assert_string_equal(claims_of(&scene, "2026-03-25"), "266:05 -67 = 199 + 0 of 40000");
	office_go(&scene.office, "2026-03-26", 10);
	step_done(&scene, 1, "formal-notice");
	/* of 34 days 18, and both in the sum that is open */
	assert_string_equal(claims_of(&scene, "2026-03-26"), "453:20 -240 = 213 + 0 of 44306");
	choose(&scene, "waive");
	assert_string_equal(claims_of(&scene, "2026-03-26"), "= 0 + 0 of 40000");
	choose(&scene, "keep");
	assert_string_equal(claims_of(&scene, "2026-03-26"), "453:20 = 453 + 4000 of 40000");
	close_scene(&scene);
}

/* From the ladder to the paper: the letter of the first part, posted, and that of the second. */
static void the_print_batch_has_a_letter_for_the_part_that_came_to_it(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	open_scene(&scene);
	office_go(&scene.office, "2026-03-12", 10);
	step_done(&scene, 1, "formal-notice");
	struct task_draft draft = {.company = "Le Goff",
	    .kind = "letter",
	    .customer = scene.customer,
	    .receivable = scene.invoice,
	    .title = "letter",
	    .due_on = day_of("2026-03-12"),
	    .line = 1};
	must(act_open_task(ledger_of(&scene), &draft, NULL, &error), &error);
	GPtrArray *letters = post_list(ledger_of(&scene), NULL, &error);
	must(letters, &error);
	assert_int_equal(letters->len, 1);
	struct post_letter *letter = letters->pdata[0];
	assert_int_equal(letter->sum.minor, 40000);
	/* a quarter of it is disputed: what the letter asks for is what its row tells */
	dispute(&scene, "2026-02-20", 10000);
	GBytes *pdf = post_print(ledger_of(&scene), &scene.office.site, letter, &error);
	must(pdf, &error);
	g_bytes_unref(pdf);
	assert_int_equal(letter->sum.minor, 30000);
	g_ptr_array_unref(letters);
	GPtrArray *events = journal_list_of_kind(scene.office.books.store, "letter.printed", &error);
	assert_int_equal(events->len, 1);
	assert_non_null(strstr(((const struct event *)events->pdata[0])->body, "\"lines\":[1]"));
	rows_free(&journal_table, events);
	struct receivable row = books_load(&scene.office.books, scene.invoice);
	const struct post_note note = {0, NULL, "1A", day_of("2026-03-12")};
	must(post_done(ledger_of(&scene), &row, &note, &error), &error);
	row_clear(&receivable_table, &row);
	office_go(&scene.office, "2026-03-25", 10);
	step_done(&scene, 2, "formal-notice");
	draft.line = 2;
	must(act_open_task(ledger_of(&scene), &draft, NULL, &error), &error);
	letters = post_list(ledger_of(&scene), NULL, &error);
	must(letters, &error);
	assert_int_equal(letters->len, 1);
	letter = letters->pdata[0];
	assert_int_equal(letter->sum.minor, 40000);
	assert_string_equal(claims_of(&scene, "2026-03-25"), "266:05 = 266 + 0 of 40000");
	pdf = post_print(ledger_of(&scene), &scene.office.site, letter, &error);
	must(pdf, &error);
	g_bytes_unref(pdf);
	assert_int_equal(letter->sum.minor, 40000);
	g_ptr_array_unref(letters);
	close_scene(&scene);
}

/* The day of a letter about the first part is no day on which the second was asked for. */
static void a_notice_names_the_days_on_which_its_parts_were_asked_for(void **state)
{
	(void)state;
	static const struct row {
		int64_t line, mailed;
		int days; /* 10, 11 March */
	} rows[] = {{1, 1, 2}, {2, 1, 0}, {1, 2, 1}, {2, 2, 1}};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct scene scene;
		struct error error = {0};
		struct desk desk;
		struct reminder letter;
		open_scene(&scene);
		office_go(&scene.office, "2026-03-10", 10);
		printed(&scene, 1);
		GPtrArray *letters = letter_list(scene.office.books.store, scene.invoice, &error);
		journal(&scene, EVENT_LETTER_POSTED,
		    json_pack("{s:s, s:s, s:I, s:s}", "company", "Le Goff", "step", "formal-notice", "letter",
			(json_int_t)((const struct letter_row *)letters->pdata[0])->id, "posted_on",
			"2026-03-10"));
		rows_free(&letter_table, letters);
		office_go(&scene.office, "2026-03-11", 10);
		submitted(&scene, composed(&scene, rows[i].mailed));
		office_go(&scene.office, "2026-03-25", 10);
		step_done(&scene, rows[i].line, "formal-notice");
		date_t day = day_of("2026-03-25");
		const struct reminder_occasion occasion = {
		    .paid_on = DATE_NONE, .line_step = "formal-notice", .line_on = &day};
		must(desk_init(&desk, ledger_of(&scene), &scene.office.site, &error), &error);
		must(reminder_collect_occasion(&letter, &desk, &scene.invoice, 1, &occasion, &error), &error);
		GArray *days = written_days(&letter, &error);
		must(days, &error);
		if ((int)days->len != rows[i].days)
			fail_msg("row %zu: %u days", i, days->len);
		g_array_unref(days);
		reminder_clear(&letter);
		desk_clear(&desk);
		office_close(&scene.office);
	}
}

/* ---- credits ---- */

static void credit_note(struct scene *scene, int64_t amount)
{
	struct error error = {0};
	bool opened;
	const struct receivable_draft draft = {.company = "Le Goff",
	    .customer = scene->customer,
	    .number = "A1",
	    .kind = "credit_note",
	    .issue_date = day_of("2026-02-01"),
	    .due_date = day_of("2026-02-01"),
	    .currency = "EUR",
	    .total = amount,
	    .open = INT64_MIN};
	must(act_open_receivable(ledger_of(scene), &draft, NULL, &opened, &error), &error);
}

/* What the letter about LINE asks for, of lines that came to its step one by one; 0: why not, in REASON. */
static int64_t letter_asks(struct scene *scene, int64_t line, const char *on, struct error *reason)
{
	int64_t asked = 0;
	date_t day = day_of(on);
	office_go(&scene->office, on, 10);
	step_done(scene, line, "formal-notice");
	GBytes *pdf = dunning_letter_about(
	    ledger_of(scene), &scene->office.site, &scene->invoice, &day, 1, "formal-notice", &asked, reason);
	if (pdf)
		g_bytes_unref(pdf);
	return pdf ? asked : 0;
}

static void a_credit_is_taken_off_one_part_and_its_rest_off_the_next(void **state)
{
	(void)state;
	static const struct row {
		int64_t credit, first, second;
		bool is_disputed;
		const char *reason; /* of the first */
	} rows[] = {
	    {0, 40000, 40000, false, ""},
	    {30000, 10000, 40000, false, ""},
	    {45000, 0, 35000, false, "F3: credits cover what is open"},
	    /* the part in dispute takes nothing of it */
	    {30000, 0, 10000, true, "F3: all that is open is in dispute"},
	    {0, 0, 40000, true, "F3: all that is open is in dispute"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct scene scene;
		struct error reason = {0};
		open_scene(&scene);
		if (rows[i].credit)
			credit_note(&scene, rows[i].credit);
		if (rows[i].is_disputed)
			dispute(&scene, "2026-02-20", 0);
		int64_t first = letter_asks(&scene, 1, "2026-03-12", &reason);
		if (first != rows[i].first || strcmp(reason.text, rows[i].reason) != 0)
			fail_msg("row %zu: first %lld %s", i, (long long)first, reason.text);
		int64_t second = letter_asks(&scene, 2, "2026-03-25", &reason);
		if (second != rows[i].second)
			fail_msg("row %zu: second %lld %s", i, (long long)second, reason.text);
		close_scene(&scene);
	}
}

/* A note of 1 February: off the first part from its own day on; what that leaves of it off the second. */
static void no_interest_is_asked_on_what_a_credit_took_off(void **state)
{
	(void)state;
	static const struct row {
		int64_t credit;
		const char *first, *second;
	} rows[] = {
	    /* 20 days of 400.00, 100.00, 0; 20 days of 400.00 and 350.00 from 5 March on */
	    {0, "266:20 = 266 + 4000 of 40000", "266:05 = 266 + 4000 of 40000"},
	    {30000, "67:20 = 67 + 4000 of 10000", "266:05 = 266 + 4000 of 40000"},
	    {45000, "= 0 + 0 of 0", "233:05 = 233 + 4000 of 35000"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct scene scene;
		open_scene(&scene);
		if (rows[i].credit)
			credit_note(&scene, rows[i].credit);
		office_go(&scene.office, "2026-03-12", 10);
		step_done(&scene, 1, "formal-notice");
		const char *told = claims_of(&scene, "2026-03-12");
		if (strcmp(told, rows[i].first) != 0)
			fail_msg("row %zu: first %s", i, told);
		office_go(&scene.office, "2026-03-25", 10);
		step_done(&scene, 2, "formal-notice");
		told = claims_of(&scene, "2026-03-25");
		if (strcmp(told, rows[i].second) != 0)
			fail_msg("row %zu: second %s", i, told);
		close_scene(&scene);
	}
}

/* 1500.00 of another invoice were paid with 1800.00 on 22 March: from that day on. */
static void an_overpayment_counts_from_the_day_on_which_it_came(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	open_scene(&scene);
	int64_t other = books_receivable(
	    &scene.office.books, scene.customer, "F2", 150000, day_of("2026-01-10"), day_of("2026-02-10"));
	struct receivable row = books_load(&scene.office.books, other);
	must(act_pay(ledger_of(&scene), &row, 180000, day_of("2026-03-22"), NULL, &error), &error);
	row_clear(&receivable_table, &row);
	office_go(&scene.office, "2026-03-25", 10);
	step_done(&scene, 1, "formal-notice");
	/* 30 days of 300.00 and of 100.00 3 more */
	assert_string_equal(claims_of(&scene, "2026-03-25"), "399:20 10:20 = 409 + 4000 of 10000");
	close_scene(&scene);
}

/* 450.00 against 400.00 and 400.00: no notice about the first is to be made, one about the second is. */
static void no_notice_is_due_about_a_part_that_credits_cover(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	struct desk desk;
	struct chase chase;
	const struct step_config notice = {
	    .name = (char *)"formal-notice", .template = (char *)"formal-notice"};
	open_scene(&scene);
	credit_note(&scene, 45000);
	office_go(&scene.office, "2026-03-25", 10);
	struct receivable row = books_load(&scene.office.books, scene.invoice);
	must(desk_init(&desk, ledger_of(&scene), &scene.office.site, &error), &error);
	must(chase_init(&chase, &desk, &row, &error), &error);
	for (int line = 1; line <= 2; line++) {
		struct guard_verdict verdict;
		const struct guard_question question = {&desk, &chase, &notice, day_of("2026-03-25"), 0};
		chase_select(&chase, line);
		must(guard_first(&question, GUARD_CASE, &verdict, &error), &error);
		if (line == 1)
			assert_string_equal(verdict.name, "credit-covers");
		else if (verdict.name)
			assert_string_not_equal(verdict.name, "credit-covers");
	}
	chase_clear(&chase);
	desk_clear(&desk);
	row_clear(&receivable_table, &row);
	close_scene(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_part_bears_interest_from_its_own_day),
	    cmocka_unit_test(what_is_disputed_bears_none_on_the_part_that_the_dispute_names),
	    cmocka_unit_test(what_was_claimed_and_is_disputed_with_a_part_is_taken_off_no_other),
	    cmocka_unit_test(nothing_is_claimed_on_what_is_in_dispute),
	    cmocka_unit_test(who_pays_a_part_with_what_was_claimed_on_it_has_paid_nothing_of_the_next),
	    cmocka_unit_test(a_payment_that_was_taken_back_is_none),
	    cmocka_unit_test(a_consumers_part_bears_interest_from_the_notice_about_it),
	    cmocka_unit_test(the_post_tells_of_the_parts_that_the_letter_names),
	    cmocka_unit_test(a_notice_about_a_part_claims_for_that_part_and_the_compensation_once),
	    cmocka_unit_test(a_notice_by_mail_claims_the_compensation_once_too),
	    cmocka_unit_test(a_notice_that_never_went_has_claimed_nothing),
	    cmocka_unit_test(a_letter_that_was_never_posted_has_claimed_nothing),
	    cmocka_unit_test(a_notice_about_two_parts_names_them),
	    cmocka_unit_test(what_was_claimed_is_taken_off_by_part),
	    cmocka_unit_test(a_notice_names_the_days_on_which_its_parts_were_asked_for),
	    cmocka_unit_test(a_credit_is_taken_off_one_part_and_its_rest_off_the_next),
	    cmocka_unit_test(no_interest_is_asked_on_what_a_credit_took_off),
	    cmocka_unit_test(an_overpayment_counts_from_the_day_on_which_it_came),
	    cmocka_unit_test(no_notice_is_due_about_a_part_that_credits_cover),
	    cmocka_unit_test(the_print_batch_has_a_letter_for_the_part_that_came_to_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
