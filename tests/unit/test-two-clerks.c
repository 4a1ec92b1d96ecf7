/* Several clerks share one store: each step is done by one of them, once. */
#include "unit.h"
#include "office.h"

#include <sys/wait.h>
#include <unistd.h>

#define CUSTOMERS 30
#define CLERKS	  3
#define ROUNDS	  40

/* One clerk's life in a process of its own: ticks until it is told nothing more for a while. */
static int work(const struct office *office)
{
	struct error error = {0};
	struct store *store = store_open(office->books.path, STORE_WRITE, &error);
	if (!store)
		return 1;
	for (int i = 0; i < ROUNDS; i++) {
		struct dunning_tick tick = {0};
		bool done = dunning_tick(
		    store, &office->books.config, &office->site, office->books.ledger.now, &tick, &error);
		if (!done && error.status != STATUS_TRY_AGAIN) {
			print_error("%s\n", error.text);
			return 2;
		}
		if (done && !tick.composed && !tick.submitted)
			usleep(5000);
	}
	store_close(store);
	return 0;
}

static int by_text(const void *left, const void *right)
{
	return strcmp(*(char *const *)left, *(char *const *)right);
}

static void each_customer_gets_one_mail_from_three_clerks(void **state)
{
	(void)state;
	struct office office;
	struct error error = {0};
	office_open(&office, "daily_cap = 0\n");
	office_sendmail(&office, "printf '%s\\n' \"$*\" >>../sent");
	for (int i = 0; i < CUSTOMERS; i++) {
		char name[32], domain[48], number[32];
		snprintf(name, sizeof name, "Client %d", i);
		snprintf(domain, sizeof domain, "client%d.example", i);
		snprintf(number, sizeof number, "F2026-%d", 1000 + i);
		office_invoice(
		    &office, books_customer(&office.books, name, domain), number, 10000 + i, "2026-02-20");
	}
	office_plan(&office);
	assert_true(store_commit(office.books.store, &error));
	pid_t clerks[CLERKS];
	for (int i = 0; i < CLERKS; i++) {
		clerks[i] = fork();
		assert_true(clerks[i] >= 0);
		if (!clerks[i])
			_exit(work(&office));
	}
	for (int i = 0; i < CLERKS; i++) {
		int status;
		assert_int_equal(waitpid(clerks[i], &status, 0), clerks[i]);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 0);
	}
	char path[160];
	char *sent;
	snprintf(path, sizeof path, "%s/sent", office.books.folder);
	assert_true(g_file_get_contents(path, &sent, NULL, NULL));
	char **lines = g_strsplit(g_strchomp(sent), "\n", -1);
	guint count = g_strv_length(lines);
	qsort(lines, count, sizeof *lines, by_text);
	for (guint i = 1; i < count; i++)
		if (!strcmp(lines[i - 1], lines[i]))
			fail_msg("sent twice: %s", lines[i]);
	assert_int_equal(count, CUSTOMERS);
	g_strfreev(lines);
	g_free(sent);
	unlink(path);
	assert_true(store_begin(office.books.store, &error));
	int64_t events;
	assert_true(journal_verify(office.books.store, &events, &error));
	office_close(&office);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_customer_gets_one_mail_from_three_clerks),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
