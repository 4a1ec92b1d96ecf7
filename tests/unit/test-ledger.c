#include "unit.h"
#include "books.h"
#include "ledger/rebuild.h"
#include "store/rows_journal.h"

#include <unistd.h>

static int set_up(void **state)
{
	struct books *books = g_new0(struct books, 1);
	books_open(books);
	*state = books;
	return 0;
}

static int tear_down(void **state)
{
	books_close(*state);
	g_free(*state);
	return 0;
}

static void must(bool done, const struct error *error)
{
	if (!done)
		fail_msg("%s", error->text);
}

/* A bit of everything that the ledger knows. */
static int64_t play_a_story(struct books *books)
{
	struct error error = {0};
	struct ledger *ledger = &books->ledger;
	int64_t customer = books_customer(books, "Hôtel Beaurivage", "hotel-beaurivage.example");
	int64_t id =
	    books_receivable(books, customer, "F2026-118", 118800, BOOKS_TODAY - 31, BOOKS_TODAY - 1);
	struct receivable receivable = books_load(books, id);
	must(act_hold(ledger, customer, &receivable, "ack", BOOKS_TODAY + 7, "received", 0, &error), &error);
	must(act_hold(ledger, customer, &receivable, "ack", BOOKS_TODAY + 9, "received", 0, &error), &error);
	must(act_hold(ledger, customer, NULL, "manual", DATE_NONE, "on the telephone", 0, &error), &error);
	must(act_promise(ledger, &receivable, BOOKS_TODAY + 20, 0, 0, &error), &error);
	must(act_promise(ledger, &receivable, BOOKS_TODAY + 25, 50000, 0, &error), &error);
	must(act_dispute(ledger, &receivable, "quantity", 10000, "Anne", 0, &error), &error);
	must(act_dispute(ledger, &receivable, "quantity", 20000, "Anne", 0, &error), &error);
	must(act_pay(ledger, &receivable, 18800, BOOKS_TODAY, "VIR 7", &error), &error);
	struct task_draft task = {.company = "Le Goff",
	    .kind = "dispute",
	    .customer = customer,
	    .receivable = id,
	    .title = "Quantity of F2026-118",
	    .due_on = BOOKS_TODAY};
	must(act_open_task(ledger, &task, NULL, &error), &error);
	must(act_open_task(ledger, &task, NULL, &error), &error);
	must(act_setting(ledger, "sending.paused", "yes", &error), &error);
	row_clear(&receivable_table, &receivable);
	return id;
}

static void entries_make_the_open_amount(void **state)
{
	struct books *books = *state;
	struct error error = {0};
	int64_t id = play_a_story(books);
	struct receivable receivable = books_load(books, id);
	assert_int_equal(receivable.open, 100000);
	assert_string_equal(receivable.state, "open");
	must(act_credit(&books->ledger, &receivable, 100000, BOOKS_TODAY, NULL, &error), &error);
	row_clear(&receivable_table, &receivable);
	receivable = books_load(books, id);
	assert_int_equal(receivable.open, 0);
	assert_string_equal(receivable.state, "settled");
	assert_false(act_pay(&books->ledger, &receivable, 0, BOOKS_TODAY, NULL, &error));
	assert_int_equal(error.status, STATUS_DATA);
	row_clear(&receivable_table, &receivable);
}

static void what_is_paid_ends_its_promise_and_dispute(void **state)
{
	struct books *books = *state;
	struct error error = {0};
	int64_t id = play_a_story(books);
	struct receivable receivable = books_load(books, id);
	GPtrArray *running = promise_list(books->store, id, "running", &error);
	assert_int_equal(running->len, 1);
	assert_int_equal(((struct promise *)running->pdata[0])->promised_on, BOOKS_TODAY + 25);
	rows_free(&promise_table, running);
	must(act_pay(&books->ledger, &receivable, 100000, BOOKS_TODAY, NULL, &error), &error);
	GPtrArray *kept = promise_list(books->store, id, "kept", &error);
	assert_int_equal(kept->len, 1);
	rows_free(&promise_table, kept);
	GPtrArray *disputes = dispute_list(books->store, id, "open", &error);
	assert_int_equal(disputes->len, 0);
	rows_free(&dispute_table, disputes);
	GPtrArray *tasks = task_list_of_receivable(books->store, id, "open", &error);
	assert_int_equal(tasks->len, 0);
	rows_free(&task_table, tasks);
	row_clear(&receivable_table, &receivable);
}

static void the_same_again_changes_nothing(void **state)
{
	struct books *books = *state;
	struct error error = {0};
	int64_t id = play_a_story(books), again;
	struct receivable receivable = books_load(books, id);
	GPtrArray *disputes = dispute_list(books->store, id, NULL, &error);
	assert_int_equal(disputes->len, 1);
	rows_free(&dispute_table, disputes);
	GPtrArray *tasks = task_list(books->store, NULL, "open", &error);
	assert_int_equal(tasks->len, 1);
	rows_free(&task_table, tasks);
	GPtrArray *holds = hold_list(books->store, receivable.customer, id, &error);
	assert_int_equal(holds->len, 2); /* the replaced one is released */
	rows_free(&hold_table, holds);
	struct receivable_draft draft = {.company = "Le Goff",
	    .customer = receivable.customer,
	    .number = "f2026 118",
	    .kind = "invoice",
	    .due_date = receivable.due_date,
	    .currency = "EUR",
	    .total = 118800,
	    .open = INT64_MIN};
	bool opened;
	must(act_open_receivable(&books->ledger, &draft, &again, &opened, &error), &error);
	assert_false(opened);
	assert_int_equal(again, id);
	draft.total = 99900;
	must(act_open_receivable(&books->ledger, &draft, &again, &opened, &error), &error);
	assert_false(opened);
	tasks = task_list(books->store, NULL, "open", &error);
	assert_int_equal(tasks->len, 2);
	assert_string_equal(((struct task *)tasks->pdata[1])->kind, "duplicate");
	rows_free(&task_table, tasks);
	row_clear(&receivable_table, &receivable);
}

static void an_event_with_the_same_key_is_written_once(void **state)
{
	struct books *books = *state;
	struct error error = {0};
	int64_t first, second;
	struct event_about about = {.dedupe = "message:incoming:<a@b.example>"};
	must(journal_append(
		 &books->ledger, EVENT_NOTE, about, json_pack("{s:s}", "text", "one"), &first, &error),
	    &error);
	must(journal_append(
		 &books->ledger, EVENT_NOTE, about, json_pack("{s:s}", "text", "two"), &second, &error),
	    &error);
	assert_int_equal(first, 1);
	assert_int_equal(second, 0);
}

static void the_books_can_be_derived_anew(void **state)
{
	struct books *books = *state;
	struct error error = {0};
	char scratch[128];
	snprintf(scratch, sizeof scratch, "%s/scratch.db", books->folder);
	play_a_story(books);
	books_commit(books);
	GPtrArray *differences;
	int64_t events;
	must(rebuild_compare(books->store, scratch, &differences, &events, &error), &error);
	for (guint i = 0; i < differences->len; i++)
		print_error("%s\n", (char *)differences->pdata[i]);
	assert_int_equal(differences->len, 0);
	assert_true(events > 10);
	g_ptr_array_unref(differences);
	unlink(scratch);

	must(store_run(books->store, &error, "UPDATE receivable SET open = 1", ""), &error);
	must(rebuild_compare(books->store, scratch, &differences, &events, &error), &error);
	assert_int_equal(differences->len, 1);
	g_ptr_array_unref(differences);
	unlink(scratch);
	GPtrArray *findings;
	must(books_check(books->store, &findings, &error), &error);
	assert_int_equal(findings->len, 1);
	g_ptr_array_unref(findings);

	books_commit(books);
	must(store_commit(books->store, &error), &error);
	must(rebuild_adopt(books->store, &events, &error), &error);
	must(store_begin(books->store, &error), &error);
	must(books_check(books->store, &findings, &error), &error);
	assert_int_equal(findings->len, 0);
	g_ptr_array_unref(findings);
}

static void a_changed_journal_is_found(void **state)
{
	struct books *books = *state;
	struct error error = {0};
	int64_t count;
	play_a_story(books);
	must(journal_verify(books->store, &count, &error), &error);
	static const char *const changes[] = {
	    "UPDATE journal SET body = replace(body, '188.00', '189.00') WHERE kind = 'entry.posted'",
	    "UPDATE journal SET actor = 'user:mallory' WHERE sequence = 3",
	    "DELETE FROM journal WHERE sequence = 4",
	    "DELETE FROM journal WHERE sequence = (SELECT max(sequence) FROM journal)",
	    "UPDATE journal SET at = at + 1 WHERE sequence = 2",
	};
	must(store_commit(books->store, &error), &error);
	for (size_t i = 0; i < ARRAY_LENGTH(changes); i++) {
		must(store_begin(books->store, &error), &error);
		must(store_run(books->store, &error, changes[i], ""), &error);
		assert_false(journal_verify(books->store, &count, &error));
		assert_int_equal(error.status, STATUS_DATA);
		store_rollback(books->store);
	}
	must(store_begin(books->store, &error), &error);
	must(journal_verify(books->store, &count, &error), &error);
}

static void a_cancelled_reminder_gives_its_step_back(void **state)
{
	struct books *books = *state;
	struct error error = {0};
	int64_t id = play_a_story(books), outbox;
	struct receivable receivable = books_load(books, id);
	json_t *body = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:[{s:I, s:s, s:s}]}", "company",
	    "Le Goff", "step", "first-reminder", "channel", "mail", "message_id",
	    "<relance.1@legoff.example>", "sender", "facturation@legoff.example", "recipients",
	    "compta@hotel-beaurivage.example", "sha256", "00", "state", "waiting", "items", "receivable",
	    (json_int_t)id, "step", "first-reminder", "amount", "1000.00");
	struct event_about about = {.customer = receivable.customer};
	must(journal_append(&books->ledger, EVENT_REMINDER_COMPOSED, about, body, &outbox, &error), &error);
	row_clear(&receivable_table, &receivable);
	receivable = books_load(books, id);
	assert_string_equal(receivable.last_step, "first-reminder");
	row_clear(&receivable_table, &receivable);
	body = json_pack("{s:I}", "outbox", (json_int_t)outbox);
	must(journal_append(&books->ledger, EVENT_REMINDER_CANCELLED, about, body, NULL, &error), &error);
	receivable = books_load(books, id);
	assert_null(receivable.last_step);
	row_clear(&receivable_table, &receivable);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(entries_make_the_open_amount, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(what_is_paid_ends_its_promise_and_dispute, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(the_same_again_changes_nothing, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(an_event_with_the_same_key_is_written_once, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(the_books_can_be_derived_anew, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(a_changed_journal_is_found, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(a_cancelled_reminder_gives_its_step_back, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
