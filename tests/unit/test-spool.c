#include "unit.h"
#include "host/spool.h"

#include "host/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/relance-test-spool-XXXXXX";
static struct spool spool;

static int folder_setup(void **state)
{
	(void)state;
	struct error error = {0};
	return mkdtemp(folder) && spool_open(folder, &spool, &error) ? 0 : -1;
}

static int folder_teardown(void **state)
{
	(void)state;
	spool_close(&spool);
	struct buffer command = BUFFER_EMPTY;
	buffer_printf(&command, "rm -rf '%s'", folder);
	int result = system(command.bytes);
	buffer_clear(&command);
	return result;
}

static int count_of(int directory)
{
	static char stems[64][SPOOL_STEM_SIZE];
	return spool_list(directory, stems, 64, NULL);
}

static bool there(int directory, const char *stem, const char *suffix)
{
	char name[SPOOL_STEM_SIZE + 8];
	snprintf(name, sizeof(name), "%s%s", stem, suffix);
	return faccessat(directory, name, F_OK, 0) == 0;
}

static void put(int directory, const char *name, const char *text)
{
	int file = openat(directory, name, O_WRONLY | O_CREAT | O_TRUNC, 0640);
	assert_true(file >= 0 && write_all(file, text, strlen(text)));
	close(file);
}

static void spool_one(struct spool_entry *entry, const char *message)
{
	struct error error = {0};
	assert_true(spool_begin(&spool, entry, &error));
	assert_true(spool_append(entry, message, strlen(message), &error));
	assert_true(spool_commit(&spool, entry, "{}", 2, &error));
}

static void a_committed_message_is_read_back_in_order(void **state)
{
	(void)state;
	struct spool_entry first, second;
	struct error error = {0};
	assert_true(spool_begin(&spool, &first, &error));
	assert_true(spool_append(&first, "one", 3, &error));
	assert_true(spool_append(&first, "\0two", 4, &error));
	assert_int_equal(first.size, 7);
	assert_int_equal(count_of(spool.new), 0);
	assert_true(spool_commit(&spool, &first, "{\"a\":1}", 7, &error));
	spool_one(&second, "later");
	char stems[4][SPOOL_STEM_SIZE];
	assert_int_equal(spool_list(spool.new, stems, 1, &error), 1);
	assert_string_equal(stems[0], first.stem);
	assert_int_equal(spool_list(spool.new, stems, 4, &error), 2);
	assert_string_equal(stems[1], second.stem);
	struct buffer json = BUFFER_EMPTY;
	assert_true(spool_read_envelope(spool.new, first.stem, &json, &error));
	assert_string_equal(json.bytes, "{\"a\":1}");
	buffer_clear(&json);
	char bytes[16];
	int file = spool_open_message(spool.new, first.stem, &error);
	assert_int_equal(read(file, bytes, sizeof(bytes)), 7);
	assert_memory_equal(bytes, "one\0two", 7);
	close(file);
	int64_t count, size;
	assert_true(spool_measure(spool.new, &count, &size, &error));
	assert_int_equal(count, 2);
	assert_int_equal(size, 7 + 7 + 5 + 2);
	assert_true(spool_remove(spool.new, first.stem, &error));
	assert_true(spool_remove(spool.new, first.stem, &error));
	assert_true(spool_remove(spool.new, second.stem, &error));
	assert_true(spool_measure(spool.new, &count, &size, &error));
	assert_int_equal(count, 0);
	assert_int_equal(size, 0);
}

static int free_files(void)
{
	int count = 0;
	for (int i = 0; i < 256; i++) {
		char suffix[16];
		snprintf(suffix, sizeof(suffix), ".%d", i);
		count += there(spool.tmp, "free", suffix);
	}
	return count;
}

/* Files of messages that are done with are used again, and nothing of the old one is in the new one. */
static void a_used_file_holds_only_the_new_message(void **state)
{
	(void)state;
	struct error error = {0};
	for (int round = 0; round < 600; round++) {
		struct spool_entry entry;
		char expected[64], bytes[64];
		int length = snprintf(expected, sizeof(expected), "%.*s%d", (600 - round) % 40,
		    "oooooooooooooooooooooooooooooooooooooooo", round);
		spool_one(&entry, expected);
		int file = spool_open_message(spool.new, entry.stem, &error);
		assert_int_equal(read(file, bytes, sizeof(bytes)), length);
		assert_memory_equal(bytes, expected, (size_t)length);
		close(file);
		assert_true(spool_remove(spool.new, entry.stem, &error));
	}
	assert_int_equal(count_of(spool.new), 0);
	assert_in_range(free_files(), 1, 64);
	assert_true(spool_recover(&spool, &error));
	assert_int_equal(free_files(), 0);
}

static void an_abandoned_message_leaves_nothing(void **state)
{
	(void)state;
	struct spool_entry entry;
	struct error error = {0};
	assert_true(spool_begin(&spool, &entry, &error));
	assert_true(spool_append(&entry, "x", 1, &error));
	spool_abandon(&spool, &entry);
	spool_abandon(&spool, &entry);
	assert_false(there(spool.tmp, entry.stem, ".eml"));
	assert_int_equal(count_of(spool.new), 0);
}

static void a_failed_commit_leaves_nothing(void **state)
{
	(void)state;
	struct spool_entry entry;
	struct error error = {0};
	assert_true(spool_begin(&spool, &entry, &error));
	struct spool broken = spool;
	broken.new = open("/dev/null", O_RDONLY);
	assert_false(spool_commit(&broken, &entry, "{}", 2, &error));
	assert_true(error.text[0]);
	close(broken.new);
	assert_false(there(spool.tmp, entry.stem, ".eml"));
	assert_false(there(spool.tmp, entry.stem, ".json"));
}

static void recovery_finishes_cut_commits_and_clears_waste(void **state)
{
	(void)state;
	struct error error = {0};
	/* cut between the renames; before them; the second rename alone survived */
	put(spool.new, "0001.1.1.eml", "whole");
	put(spool.tmp, "0001.1.1.5.json", "{}\n");
	put(spool.tmp, "0002.1.1.eml", "whole");
	put(spool.tmp, "0002.1.1.5.json", "{}\n");
	put(spool.tmp, "0003.1.1.eml", "whole");
	put(spool.new, "0003.1.1.json", "{}\n");
	/* a message that is not whole, an envelope that is not, one without the other, and files of nobody */
	put(spool.tmp, "0004.1.1.eml", "whol");
	put(spool.tmp, "0004.1.1.5.json", "{}\n");
	put(spool.tmp, "0005.1.1.eml", "whole");
	put(spool.tmp, "0005.1.1.5.json", "{");
	put(spool.tmp, "0006.1.1.eml", "whole");
	put(spool.tmp, "0006.1.1.5.json", "");
	put(spool.tmp, "0007.1.1.eml", "half");
	put(spool.tmp, "0008.1.1.5.json", "{}\n");
	put(spool.tmp, "0009.json", "{}\n");
	put(spool.tmp, "x.json", "{}\n");
	put(spool.tmp, "core", "x");
	put(spool.new, "0010.1.1.eml", "its envelope was removed");
	assert_true(spool_recover(&spool, &error));
	char stems[8][SPOOL_STEM_SIZE];
	assert_int_equal(spool_list(spool.new, stems, 8, &error), 3);
	for (int i = 0; i < 3; i++) {
		char stem[16];
		snprintf(stem, sizeof(stem), "000%d.1.1", i + 1);
		assert_string_equal(stems[i], stem);
		assert_true(there(spool.new, stem, ".eml"));
	}
	assert_false(there(spool.new, "0010.1.1", ".eml"));
	int64_t count, size;
	assert_true(spool_measure(spool.tmp, &count, &size, &error));
	assert_int_equal(size, 0);
	assert_true(spool_measure(spool.new, &count, &size, &error));
	assert_int_equal(size, 3 * 8);
	for (int i = 0; i < 3; i++)
		assert_true(spool_remove(spool.new, stems[i], &error));
	assert_true(spool_recover(&spool, &error));
}

static void what_failed_is_kept_with_its_reason_and_can_come_back(void **state)
{
	(void)state;
	struct spool_entry entry;
	struct error error = {0};
	spool_one(&entry, "strange");
	assert_true(spool_fail(&spool, entry.stem, "the reader crashed twice", &error));
	assert_int_equal(count_of(spool.new), 0);
	assert_int_equal(count_of(spool.failed), 1);
	assert_false(there(spool.new, entry.stem, ".eml"));
	assert_true(there(spool.failed, entry.stem, ".eml"));
	struct buffer reason = BUFFER_EMPTY;
	char name[SPOOL_STEM_SIZE + 8];
	snprintf(name, sizeof(name), "%s.reason", entry.stem);
	assert_true(file_read_at(spool.failed, name, 100, &reason, &error));
	assert_string_equal(reason.bytes, "the reader crashed twice");
	buffer_clear(&reason);
	assert_true(spool_retry(&spool, entry.stem, &error));
	assert_int_equal(count_of(spool.new), 1);
	int64_t count, size;
	assert_true(spool_measure(spool.failed, &count, &size, &error));
	assert_int_equal(size, 0);
	assert_true(spool_remove(spool.new, entry.stem, &error));
}

static void a_file_is_replaced_whole_and_with_its_mode(void **state)
{
	(void)state;
	struct error error = {0};
	struct buffer path = BUFFER_EMPTY, content = BUFFER_EMPTY;
	buffer_printf(&path, "%s/a/b/c", folder);
	assert_true(folder_make(path.bytes, 0700, &error));
	assert_true(folder_make(path.bytes, 0700, &error));
	buffer_append_text(&path, "/file");
	mode_t before = umask(077);
	assert_true(file_replace(path.bytes, "12345", 5, 0644, &error));
	umask(before);
	assert_true(file_replace(path.bytes, "678", 3, 0640, &error));
	struct stat status;
	assert_int_equal(stat(path.bytes, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0640);
	assert_true(file_read(path.bytes, 3, &content, &error));
	assert_string_equal(content.bytes, "678");
	assert_false(file_read(path.bytes, 2, &content, &error));
	assert_false(file_read("/nowhere/at/all", 2, &content, &error));
	assert_false(file_replace("/nowhere/at/all", "x", 1, 0600, &error));
	buffer_clear(&path);
	buffer_clear(&content);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_committed_message_is_read_back_in_order),
	    cmocka_unit_test(a_used_file_holds_only_the_new_message),
	    cmocka_unit_test(an_abandoned_message_leaves_nothing),
	    cmocka_unit_test(a_failed_commit_leaves_nothing),
	    cmocka_unit_test(recovery_finishes_cut_commits_and_clears_waste),
	    cmocka_unit_test(what_failed_is_kept_with_its_reason_and_can_come_back),
	    cmocka_unit_test(a_file_is_replaced_whole_and_with_its_mode),
	};
	return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
