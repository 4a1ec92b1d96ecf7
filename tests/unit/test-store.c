#include "unit.h"
#include "books.h"
#include "store/rows_journal.h"

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

/* Every column of every row struct exists in the schema, in its name and number. */
static void rows_and_schema_agree(void **state)
{
	struct books *books = *state;
	static const struct table *const tables[] = {&customer_table, &contact_table, &message_table,
	    &receivable_table, &due_line_table, &entry_table, &link_table, &promise_table, &dispute_table,
	    &hold_table, &task_table, &action_table, &outbox_table, &outbox_item_table, &delivery_table,
	    &journal_table};
	for (size_t i = 0; i < ARRAY_LENGTH(tables); i++) {
		struct error error = {0};
		char sql[64];
		struct query query;
		snprintf(sql, sizeof sql, "SELECT * FROM %s", tables[i]->name);
		query_open(&query, books->store, sql, "");
		assert_int_equal(query_column_count(&query), tables[i]->column_count);
		for (int c = 0; c < tables[i]->column_count; c++)
			assert_string_equal(query_column_name(&query, c), tables[i]->columns[c].name);
		assert_true(query_close(&query, &error));
	}
}

static void rows_keep_what_they_are_given(void **state)
{
	struct books *books = *state;
	struct error error = {0};
	int64_t customer = books_customer(books, "Café d'Été; DROP", "ete.example");
	struct task task = {.id = 77,
	    .company = (char *)"Le Goff",
	    .kind = (char *)"call",
	    .customer = customer,
	    .title = (char *)"it's \"quoted\" \xe2\x82\xac",
	    .due_on = DATE_NONE,
	    .state = (char *)"open",
	    .opened_at = INT64_C(1) << 40};
	assert_true(row_insert(books->store, &task_table, &task, &error));
	struct task loaded;
	bool found;
	assert_true(task_get(books->store, 77, &loaded, &found, &error));
	assert_true(found);
	assert_string_equal(loaded.title, task.title);
	assert_null(loaded.detail);
	assert_int_equal(loaded.due_on, DATE_NONE);
	assert_int_equal(loaded.opened_at, task.opened_at);
	assert_int_equal(loaded.receivable, 0);
	row_clear(&task_table, &loaded);
	assert_true(task_get(books->store, 78, &loaded, &found, &error));
	assert_false(found);
}

static void a_row_that_refers_to_nothing_is_refused(void **state)
{
	struct books *books = *state;
	struct error error = {0};
	struct entry entry = {
	    .id = 5, .receivable = 12345, .kind = (char *)"payment", .entered_on = BOOKS_TODAY};
	assert_false(row_insert(books->store, &entry_table, &entry, &error));
	assert_int_equal(error.status, STATUS_DATA);
}

static void bytes_come_back_and_damage_is_seen(void **state)
{
	struct books *books = *state;
	struct error error = {0};
	char sha256[SHA256_TEXT_SIZE], again[SHA256_TEXT_SIZE];
	static const char bytes[] = "a\0b\0c facture facture facture facture facture facture";
	assert_true(blob_put(books->store, bytes, sizeof bytes, sha256, &error));
	assert_true(blob_put(books->store, bytes, sizeof bytes, again, &error));
	assert_string_equal(sha256, again);
	GBytes *got = blob_get(books->store, sha256, &error);
	assert_non_null(got);
	assert_int_equal(g_bytes_get_size(got), sizeof bytes);
	assert_memory_equal(g_bytes_get_data(got, NULL), bytes, sizeof bytes);
	g_bytes_unref(got);
	assert_true(store_run(books->store, &error, "UPDATE blob SET size = size - 1", ""));
	assert_null(blob_get(books->store, sha256, &error));
	assert_int_equal(error.status, STATUS_IO);
	assert_null(blob_get(books->store, "ff", &error));
	assert_int_equal(error.status, STATUS_DATA);
}

static void a_second_writer_waits_and_a_reader_sees_the_past(void **state)
{
	struct books *books = *state;
	struct error error = {0};
	books_customer(books, "Un", "un.example");
	struct store *reader = store_open(books->path, STORE_READ, &error);
	assert_non_null(reader);
	GPtrArray *customers = customer_list(reader, NULL, &error);
	assert_int_equal(customers->len, 0);
	rows_free(&customer_table, customers);
	assert_false(store_run(reader, &error, "DELETE FROM customer", ""));
	books_commit(books);
	customers = customer_list(reader, NULL, &error);
	assert_int_equal(customers->len, 1);
	rows_free(&customer_table, customers);
	store_close(reader);
}

static void customers_are_found_by_address_domain_and_name(void **state)
{
	struct books *books = *state;
	struct error error = {0};
	int64_t un = books_customer(books, "Hôtel Beaurivage", "beaurivage.example");
	books_customer(books, "Hotel du Port", "port.example");
	struct customer customer;
	bool found;
	assert_true(customer_of_address(
	    books->store, "Le Goff", "COMPTA@beaurivage.example", &customer, &found, &error));
	assert_true(found);
	assert_int_equal(customer.id, un);
	row_clear(&customer_table, &customer);
	assert_true(customer_of_address(books->store, NULL, "autre@port.example", &customer, &found, &error));
	assert_true(found);
	assert_string_equal(customer.name, "Hotel du Port");
	row_clear(&customer_table, &customer);
	assert_true(
	    customer_of_address(books->store, "Autre", "autre@port.example", &customer, &found, &error));
	assert_false(found);
	assert_true(customer_of_name(books->store, NULL, "hotel d", &customer, &found, &error));
	assert_true(found);
	row_clear(&customer_table, &customer);
	assert_true(customer_of_name(books->store, NULL, "H", &customer, &found, &error));
	assert_false(found);
}

static void a_newer_or_missing_store_is_refused(void **state)
{
	struct books *books = *state;
	struct error error = {0};
	assert_null(store_open("/tmp/relance-no-such-store.db", STORE_READ, &error));
	assert_int_equal(error.status, STATUS_UNAVAILABLE);
	assert_true(store_run(
	    books->store, &error, "UPDATE meta SET value = '9999' WHERE name = 'schema_version'", ""));
	books_commit(books);
	assert_null(store_open(books->path, STORE_WRITE, &error));
	assert_int_equal(error.status, STATUS_CONFIG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(rows_and_schema_agree, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(rows_keep_what_they_are_given, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(a_row_that_refers_to_nothing_is_refused, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(bytes_come_back_and_damage_is_seen, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		a_second_writer_waits_and_a_reader_sees_the_past, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		customers_are_found_by_address_domain_and_name, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(a_newer_or_missing_store_is_refused, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
