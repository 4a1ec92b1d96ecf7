#include "unit.h"
#include "host/watchlist.h"

#include "base/buffer.h"
#include "host/file.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/relance-test-watchlist-XXXXXX";
static char path[64];

static int folder_setup(void **state)
{
	(void)state;
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof(path), "%s/watchlist", folder);
	return 0;
}

static int folder_teardown(void **state)
{
	(void)state;
	struct buffer command = BUFFER_EMPTY;
	buffer_printf(&command, "rm -rf '%s'", folder);
	int result = system(command.bytes);
	buffer_clear(&command);
	return result;
}

static enum watchlist_answer has(struct watchlist *watchlist, const char *id)
{
	return watchlist_has(watchlist, id, strlen(id));
}

static void an_id_is_known_with_and_without_brackets(void **state)
{
	(void)state;
	struct error error = {0};
	struct watchlist *list = watchlist_create(path, &error);
	assert_non_null(list);
	static const char *const ids[] = {"<a@b.example>", "c@d.example"};
	assert_int_equal(has(list, "<a@b.example>"), WATCHLIST_NO);
	assert_true(watchlist_add(list, ids, 2, &error));
	assert_true(watchlist_add(list, ids, 2, &error));
	assert_int_equal(has(list, "a@b.example"), WATCHLIST_YES);
	assert_int_equal(has(list, " <c@d.example>\r\n"), WATCHLIST_YES);
	assert_int_equal(has(list, "<C@d.example>"), WATCHLIST_NO);
	assert_int_equal(has(list, ""), WATCHLIST_NO);
	int64_t count;
	assert_true(watchlist_count(list, &count, &error));
	assert_int_equal(count, 2);
	assert_true(watchlist_remove(list, ids, 1, &error));
	assert_true(watchlist_remove(list, ids, 1, &error));
	assert_int_equal(has(list, "a@b.example"), WATCHLIST_NO);
	assert_true(watchlist_count(list, &count, &error));
	assert_int_equal(count, 1);
	watchlist_close(list);
}

/* Answers 0 when it sees ID in the list within some seconds, as another process does. */
static int reader_sees(const char *id, int ready)
{
	struct error error = {0};
	struct watchlist *list = watchlist_open(path, &error);
	if (!list || has(list, id) != WATCHLIST_NO || write(ready, "x", 1) != 1)
		return 1;
	for (int i = 0; i < 5000; i++) {
		enum watchlist_answer answer = has(list, id);
		if (answer != WATCHLIST_NO)
			return answer == WATCHLIST_YES ? 0 : 2;
		usleep(1000);
	}
	return 3;
}

static void another_process_sees_what_the_writer_adds(void **state)
{
	(void)state;
	struct error error = {0};
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	if (child == 0)
		_exit(reader_sees("<later@b.example>", ends[1]));
	struct watchlist *list = watchlist_create(path, &error);
	assert_non_null(list);
	char byte;
	close(ends[1]);
	assert_int_equal(read(ends[0], &byte, 1), 1);
	close(ends[0]);
	static const char *const ids[] = {"<later@b.example>"};
	assert_true(watchlist_add(list, ids, 1, &error));
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	watchlist_close(list);
}

static void missing_and_damaged_files_are_refused(void **state)
{
	(void)state;
	struct error error = {0};
	struct buffer other = BUFFER_EMPTY;
	buffer_printf(&other, "%s/other", folder);
	assert_null(watchlist_open(other.bytes, &error));
	assert_non_null(strstr(error.text, "other"));
	static char garbage[20000];
	memset(garbage, 'x', sizeof(garbage));
	assert_true(file_replace(other.bytes, garbage, sizeof(garbage), 0640, &error));
	assert_null(watchlist_open(other.bytes, &error));
	assert_int_equal(unlink(other.bytes), 0);

	struct watchlist *list = watchlist_create(other.bytes, &error);
	assert_non_null(list);
	for (int i = 0; i < 2000; i++) {
		char id[32];
		snprintf(id, sizeof(id), "<%d@b.example>", i);
		const char *ids[] = {id};
		if (i % 100 == 0)
			assert_true(watchlist_add(list, ids, 1, &error));
	}
	watchlist_close(list);
	struct stat status;
	assert_int_equal(stat(other.bytes, &status), 0);
	assert_int_equal(truncate(other.bytes, 8192), 0);
	assert_true(status.st_size > 8192);
	assert_null(watchlist_open(other.bytes, &error));
	assert_non_null(strstr(error.text, "damaged"));
	buffer_clear(&other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_id_is_known_with_and_without_brackets),
	    cmocka_unit_test(another_process_sees_what_the_writer_adds),
	    cmocka_unit_test(missing_and_damaged_files_are_refused),
	};
	return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
