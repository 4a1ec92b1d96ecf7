#include "unit.h"
#include "host/spool.h"

#include "host/file.h"

#include <fcntl.h>
#include <sys/file.h>
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

/* The message STEM in new/ is BYTES, and its envelope ENVELOPE. */
static void assert_message(const char *stem, const char *bytes, size_t length, const char *envelope)
{
	struct error error = {0};
	struct buffer json = BUFFER_EMPTY;
	struct spool_message message;
	char found[256];
	assert_true(spool_open_message(spool.new, stem, &message, &json, &error));
	assert_int_equal(message.size, length);
	assert_in_range(length, 0, sizeof(found));
	assert_int_equal(pread(message.file, found, length, message.start), length);
	assert_memory_equal(found, bytes, length);
	assert_string_equal(json.bytes, envelope);
	buffer_clear(&json);
	close(message.file);
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
	assert_message(first.stem, "one\0two", 7, "{\"a\":1}");
	int64_t count, size;
	assert_true(spool_measure(spool.new, &count, &size, &error));
	assert_int_equal(count, 2);
	assert_int_equal(size, 2 * SPOOL_HEAD_SIZE + 7 + 7 + 5 + 2);
	assert_true(spool_remove(spool.new, first.stem, &error));
	assert_true(spool_remove(spool.new, first.stem, &error));
	assert_true(spool_remove(spool.new, second.stem, &error));
	assert_true(spool_measure(spool.new, &count, &size, &error));
	assert_int_equal(count, 0);
	assert_int_equal(size, 0);
}

/* The form that people are told of: head and tail(1) find the mail in the file. */
static void the_message_stands_in_its_file_as_the_first_line_tells(void **state)
{
	(void)state;
	struct spool_entry entry;
	struct error error = {0};
	struct buffer file = BUFFER_EMPTY, expected = BUFFER_EMPTY;
	char name[SPOOL_STEM_SIZE + 8];
	spool_one(&entry, "To: b\r\n\r\nHello\r\n");
	snprintf(name, sizeof(name), "%s.mail", entry.stem);
	assert_true(file_read_at(spool.new, name, 1000, &file, &error));
	buffer_printf(&expected, "relance-spool 1 %s 16 2 ", entry.stem);
	assert_memory_equal(file.bytes, expected.bytes, expected.length);
	assert_int_equal(file.bytes[SPOOL_HEAD_SIZE - 1], '\n');
	assert_string_equal(file.bytes + SPOOL_HEAD_SIZE, "To: b\r\n\r\nHello\r\n{}");
	assert_true(spool_remove(spool.new, entry.stem, &error));
	buffer_clear(&file);
	buffer_clear(&expected);
}

static int free_files(void)
{
	int count = 0;
	for (int i = 0; i < 1024; i++) {
		char suffix[32];
		snprintf(suffix, sizeof(suffix), ".%d.%d", (int)getpid(), i);
		count += there(spool.tmp, "free", suffix);
	}
	return count;
}

/* What the free files hold that is no zero. */
static int free_bytes(void)
{
	struct buffer file = BUFFER_EMPTY;
	int count = 0;
	for (int i = 0; i < 1024; i++) {
		char name[64];
		snprintf(name, sizeof(name), "free.%d.%d", (int)getpid(), i);
		if (file_read_at(spool.tmp, name, 1000000, &file, NULL))
			for (size_t at = 0; at < file.length; at++)
				count += file.bytes[at] != '\0';
	}
	buffer_clear(&file);
	return count;
}

/* Files of messages that are done with are used again, and nothing of the old one is in the new one. */
static void a_used_file_holds_only_the_new_message(void **state)
{
	(void)state;
	struct error error = {0};
	for (int round = 0; round < 600; round++) {
		struct spool_entry entry;
		char expected[64];
		int length = snprintf(expected, sizeof(expected), "%.*s%d", (600 - round) % 40,
		    "oooooooooooooooooooooooooooooooooooooooo", round);
		spool_one(&entry, expected);
		assert_message(entry.stem, expected, (size_t)length, "{}");
		assert_true(spool_remove(spool.new, entry.stem, &error));
		usleep(100); /* the pool is not looked at all the time */
	}
	assert_int_equal(count_of(spool.new), 0);
	assert_in_range(free_files(), 1, 200);
	assert_int_equal(free_bytes(), 0);
	assert_true(spool_recover(&spool, &error));
	assert_int_equal(free_files(), 0);
}

static void a_large_message_gives_its_blocks_back(void **state)
{
	(void)state;
	struct error error = {0};
	struct spool_entry entry;
	static char large[200000];
	struct stat status;
	char name[64];
	memset(large, 'x', sizeof(large));
	assert_true(spool_begin(&spool, &entry, &error));
	assert_true(spool_append(&entry, large, sizeof(large), &error));
	assert_true(spool_commit(&spool, &entry, "{}", 2, &error));
	assert_true(spool_remove(spool.new, entry.stem, &error));
	assert_int_equal(free_files(), 1);
	for (int i = 0; i < 1024; i++) {
		snprintf(name, sizeof(name), "free.%d.%d", (int)getpid(), i);
		if (fstatat(spool.tmp, name, &status, 0) == 0)
			assert_int_equal(status.st_size, 0);
	}
	assert_true(spool_recover(&spool, &error));
}

/* Somebody's backup of a message stays as it is. */
static void a_file_with_another_name_is_left_as_it_is(void **state)
{
	(void)state;
	struct error error = {0};
	struct spool_entry entry;
	struct buffer kept = BUFFER_EMPTY;
	char name[SPOOL_STEM_SIZE + 8];
	spool_one(&entry, "kept");
	snprintf(name, sizeof(name), "%s.mail", entry.stem);
	assert_int_equal(linkat(spool.new, name, spool.failed, "backup", 0), 0);
	assert_true(spool_remove(spool.new, entry.stem, &error));
	assert_int_equal(free_files(), 0);
	assert_false(there(spool.new, entry.stem, ".mail"));
	assert_true(file_read_at(spool.failed, "backup", 1000, &kept, &error));
	assert_string_equal(kept.bytes + SPOOL_HEAD_SIZE, "kept{}");
	assert_int_equal(unlinkat(spool.failed, "backup", 0), 0);
	buffer_clear(&kept);
}

static void an_abandoned_message_leaves_nothing(void **state)
{
	(void)state;
	struct spool_entry entry;
	struct error error = {0};
	for (int round = 0; round < 2; round++) { /* a new file, and one from the pool */
		assert_true(spool_begin(&spool, &entry, &error));
		assert_int_equal(entry.slot >= 0, round);
		assert_true(spool_append(&entry, "x", 1, &error));
		spool_abandon(&spool, &entry);
		spool_abandon(&spool, &entry);
		assert_false(there(spool.tmp, entry.stem, ".mail"));
		assert_int_equal(free_files(), 0);
		assert_int_equal(count_of(spool.new), 0);
		spool_one(&entry, "for the pool");
		assert_true(spool_remove(spool.new, entry.stem, &error));
		usleep(6000);
	}
	assert_true(spool_recover(&spool, &error));
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
	assert_int_equal(entry.file, -1);
	assert_false(there(spool.tmp, entry.stem, ".mail"));
}

/* The bytes of a file that holds MESSAGE, as the front writes it, and of which nothing is in the spool. */
static void take_file(const char *message, char stem[SPOOL_STEM_SIZE], struct buffer *bytes)
{
	struct spool_entry entry;
	struct error error = {0};
	char name[SPOOL_STEM_SIZE + 8];
	spool_one(&entry, message);
	memcpy(stem, entry.stem, SPOOL_STEM_SIZE);
	snprintf(name, sizeof(name), "%s.mail", stem);
	assert_true(file_read_at(spool.new, name, 1000, bytes, &error));
	assert_int_equal(unlinkat(spool.new, name, 0), 0);
}

static void put_bytes(int directory, const char *name, const struct buffer *bytes)
{
	int file = openat(directory, name, O_WRONLY | O_CREAT | O_TRUNC, 0640);
	assert_true(file >= 0 && write_all(file, bytes->bytes, bytes->length));
	close(file);
}

/* Whatever name a loss of power leaves a file with: what it holds tells whose message it is. */
static void recovery_knows_a_whole_message_by_its_bytes(void **state)
{
	(void)state;
	struct error error = {0};
	char stem[SPOOL_STEM_SIZE], other[SPOOL_STEM_SIZE], name[SPOOL_STEM_SIZE + 8];
	struct buffer bytes = BUFFER_EMPTY, longer = BUFFER_EMPTY;
	take_file("whole and sound", stem, &bytes);
	take_file("another", other, &longer);
	buffer_append(&longer, "\0\0\0\0\0\0\0\0", 8);
	put_bytes(spool.tmp, "free.1.17", &bytes);
	put_bytes(spool.new, "0001.1.1.mail", &longer);
	assert_true(spool_recover(&spool, &error));
	assert_int_equal(count_of(spool.new), 2);
	assert_int_equal(count_of(spool.tmp), 0);
	assert_false(there(spool.tmp, "free", ".1.17"));
	assert_message(stem, "whole and sound", 15, "{}");
	assert_message("0001.1.1", "another", 7, "{}"); /* in new/ it may keep the name */
	assert_true(spool_remove(spool.new, stem, &error));
	assert_true(spool_remove(spool.new, "0001.1.1", &error));
	/* every byte that did not reach the disk, and every length */
	for (size_t i = 0; i < bytes.length; i++) {
		char right = bytes.bytes[i];
		bytes.bytes[i] = i % 2 ? '\0' : (char)(right ^ 1);
		put_bytes(spool.tmp, "free.1.18", &bytes);
		assert_true(spool_recover(&spool, &error));
		assert_int_equal(count_of(spool.new), 0);
		assert_false(there(spool.tmp, "free", ".1.18"));
		bytes.bytes[i] = right;
	}
	for (size_t length = bytes.length; length-- > 0;) {
		bytes.length = length;
		put_bytes(spool.tmp, "free.1.19", &bytes);
		assert_true(spool_recover(&spool, &error));
		assert_int_equal(count_of(spool.new), 0);
		assert_false(there(spool.tmp, "free", ".1.19"));
	}
	snprintf(name, sizeof(name), "%s.mail", stem);
	assert_false(there(spool.new, stem, ".mail"));
	buffer_clear(&bytes);
	buffer_clear(&longer);
}

/* Its first line is gone first; the clerk finishes what it or a clerk before it began. */
static void a_cut_removal_is_no_message(void **state)
{
	(void)state;
	struct error error = {0};
	struct spool_message message;
	struct buffer envelope = BUFFER_EMPTY, zeros = BUFFER_EMPTY;
	for (int i = 0; i < 300; i++)
		buffer_append_char(&zeros, i < 200 ? '\0' : 'x');
	put_bytes(spool.new, "0001.1.1.mail", &zeros);
	assert_false(spool_open_message(spool.new, "0001.1.1", &message, &envelope, &error));
	assert_int_equal(error.status, STATUS_NO);
	assert_true(spool_remove(spool.new, "0001.1.1", &error));
	assert_int_equal(count_of(spool.new), 0);
	assert_true(spool_recover(&spool, &error)); /* the used file is gone, too */
	buffer_clear(&envelope);
	buffer_clear(&zeros);
}

static void a_damaged_message_is_kept_in_failed(void **state)
{
	(void)state;
	struct error error = {0};
	struct spool_message message;
	char stem[SPOOL_STEM_SIZE], name[SPOOL_STEM_SIZE + 8];
	struct buffer bytes = BUFFER_EMPTY, envelope = BUFFER_EMPTY;
	take_file("damaged", stem, &bytes);
	bytes.bytes[SPOOL_HEAD_SIZE + 3] = 'X';
	snprintf(name, sizeof(name), "%s.mail", stem);
	put_bytes(spool.new, name, &bytes);
	assert_true(spool_recover(&spool, &error));
	assert_false(spool_open_message(spool.new, stem, &message, &envelope, &error));
	assert_int_equal(error.status, STATUS_DATA);
	assert_true(spool_fail(&spool, stem, error.text, &error));
	assert_int_equal(count_of(spool.new), 0);
	assert_int_equal(count_of(spool.failed), 1);
	assert_true(there(spool.failed, stem, ".reason"));
	assert_true(spool_retry(&spool, stem, &error));
	assert_int_equal(count_of(spool.failed), 0);
	assert_int_equal(count_of(spool.new), 1);
	assert_true(spool_remove(spool.new, stem, &error));
	assert_int_equal(count_of(spool.new), 0);
	assert_true(spool_recover(&spool, &error));
	buffer_clear(&bytes);
	buffer_clear(&envelope);
}

/* Pairs of an earlier Relance, wherever it was cut. */
static void recovery_finishes_cut_commits_of_pairs_and_clears_waste(void **state)
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
		char stem[SPOOL_STEM_SIZE];
		snprintf(stem, sizeof(stem), "000%d.1.1", i + 1);
		assert_string_equal(stems[i], stem);
		assert_message(stem, "whole", 5, "{}\n");
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
	for (int round = 0; round < 2; round++) { /* as it came, and once more after a retry */
		assert_true(spool_fail(&spool, entry.stem, "the reader crashed twice", &error));
		assert_int_equal(count_of(spool.new), 0);
		assert_int_equal(count_of(spool.failed), 1);
		struct buffer text = BUFFER_EMPTY;
		static const char *const kept[][2] = {
		    {"reason", "the reader crashed twice"}, {"eml", "strange"}, {"json", "{}"}};
		for (size_t i = 0; i < ARRAY_LENGTH(kept); i++) {
			char name[SPOOL_STEM_SIZE + 8];
			snprintf(name, sizeof(name), "%s.%s", entry.stem, kept[i][0]);
			assert_true(file_read_at(spool.failed, name, 100, &text, &error));
			assert_string_equal(text.bytes, kept[i][1]);
		}
		buffer_clear(&text);
		assert_true(spool_retry(&spool, entry.stem, &error));
		assert_int_equal(count_of(spool.new), 1);
		int64_t count, size;
		assert_true(spool_measure(spool.failed, &count, &size, &error));
		assert_int_equal(size, 0);
		assert_message(entry.stem, "strange", 7, "{}");
	}
	assert_true(spool_remove(spool.new, entry.stem, &error));
	assert_int_equal(count_of(spool.new), 0);
}

/* The sum does not depend on the pieces in which the bytes come. */
static void a_folder_has_one_owner(void **state)
{
	(void)state;
	struct spool other;
	struct error error = {0};
	assert_true(spool_own(spool.tmp, 0));
	assert_true(spool_open(folder, &other, &error));
	assert_false(spool_own(other.tmp, 60));
	assert_true(spool_own(other.new, 0));
	spool_close(&other);
	assert_int_equal(flock(spool.tmp, LOCK_UN), 0);
}

/* Another front may take the file for waste, and the clerk may give its name to a used one. */
static void a_message_whose_file_was_thrown_away_is_not_called_spooled(void **state)
{
	(void)state;
	struct spool_entry entry;
	struct error error = {0};
	char name[SPOOL_STEM_SIZE + 8];
	assert_true(spool_begin(&spool, &entry, &error));
	assert_true(spool_append(&entry, "lost", 4, &error));
	if (entry.slot >= 0)
		snprintf(name, sizeof(name), "free.%d.%d", (int)getpid(), entry.slot);
	else
		snprintf(name, sizeof(name), "%s.mail", entry.stem);
	assert_int_equal(unlinkat(spool.tmp, name, 0), 0);
	put(spool.tmp, name, "");
	assert_false(spool_commit(&spool, &entry, "{}", 2, &error));
	assert_int_equal(count_of(spool.new), 0);
}

static void an_envelope_that_could_not_be_read_back_is_refused(void **state)
{
	(void)state;
	struct spool_entry entry;
	struct error error = {0};
	char *envelope = calloc(1, SPOOL_ENVELOPE_MOST + 2);
	assert_non_null(envelope);
	memset(envelope, ' ', SPOOL_ENVELOPE_MOST + 1);
	assert_true(spool_begin(&spool, &entry, &error));
	assert_false(spool_commit(&spool, &entry, envelope, SPOOL_ENVELOPE_MOST + 1, &error));
	assert_int_equal(count_of(spool.new), 0);
	free(envelope);
}

/* After a loss of power a name may tell another message than what was put back from failed/ under it. */
static void a_pair_outlives_the_file_of_its_name(void **state)
{
	(void)state;
	struct spool_entry entry;
	struct error error = {0};
	char name[SPOOL_STEM_SIZE + 8], stems[8][SPOOL_STEM_SIZE];
	spool_one(&entry, "file");
	for (int i = 0; i < 2; i++) {
		snprintf(name, sizeof(name), "%s%s", entry.stem, i ? ".json" : ".eml");
		put(spool.new, name, "{}\n");
	}
	assert_int_equal(spool_list(spool.new, stems, 8, &error), 1);
	assert_true(spool_remove(spool.new, stems[0], &error));
	assert_int_equal(spool_list(spool.new, stems, 8, &error), 1);
	assert_true(there(spool.new, entry.stem, ".eml"));
	assert_true(spool_remove(spool.new, stems[0], &error));
	assert_int_equal(count_of(spool.new), 0);
}

static void a_message_tells_when_it_came(void **state)
{
	(void)state;
	struct spool_entry entry;
	struct error error = {0};
	time_t arrival;
	spool_one(&entry, "now");
	assert_true(spool_arrival(spool.new, entry.stem, &arrival));
	assert_in_range(arrival, time(NULL) - 60, time(NULL) + 60);
	assert_true(spool_remove(spool.new, entry.stem, &error));
	assert_false(spool_arrival(spool.new, entry.stem, &arrival));
	put(spool.new, "0001.1.1.json", "{}\n");
	assert_true(spool_arrival(spool.new, "0001.1.1", &arrival));
	assert_int_equal(unlinkat(spool.new, "0001.1.1.json", 0), 0);
}

static void the_checksum_is_one_of_all_bytes(void **state)
{
	(void)state;
	unsigned char bytes[100];
	struct spool_checksum whole;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (unsigned char)(i * 37);
	spool_checksum_init(&whole);
	spool_checksum_add(&whole, bytes, sizeof(bytes));
	for (size_t piece = 1; piece < sizeof(bytes); piece++) {
		struct spool_checksum parts;
		spool_checksum_init(&parts);
		for (size_t at = 0; at < sizeof(bytes); at += piece)
			spool_checksum_add(
			    &parts, bytes + at, at + piece < sizeof(bytes) ? piece : sizeof(bytes) - at);
		assert_int_equal(spool_checksum_value(&parts), spool_checksum_value(&whole));
	}
	struct spool_checksum shorter;
	spool_checksum_init(&shorter);
	spool_checksum_add(&shorter, "", 0);
	uint64_t none = spool_checksum_value(&shorter);
	spool_checksum_add(&shorter, "\0", 1);
	assert_int_not_equal(spool_checksum_value(&shorter), none);
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
	    cmocka_unit_test(the_message_stands_in_its_file_as_the_first_line_tells),
	    cmocka_unit_test(a_used_file_holds_only_the_new_message),
	    cmocka_unit_test(a_large_message_gives_its_blocks_back),
	    cmocka_unit_test(a_file_with_another_name_is_left_as_it_is),
	    cmocka_unit_test(an_abandoned_message_leaves_nothing),
	    cmocka_unit_test(a_failed_commit_leaves_nothing),
	    cmocka_unit_test(recovery_knows_a_whole_message_by_its_bytes),
	    cmocka_unit_test(a_cut_removal_is_no_message),
	    cmocka_unit_test(a_damaged_message_is_kept_in_failed),
	    cmocka_unit_test(recovery_finishes_cut_commits_of_pairs_and_clears_waste),
	    cmocka_unit_test(what_failed_is_kept_with_its_reason_and_can_come_back),
	    cmocka_unit_test(a_folder_has_one_owner),
	    cmocka_unit_test(a_message_whose_file_was_thrown_away_is_not_called_spooled),
	    cmocka_unit_test(an_envelope_that_could_not_be_read_back_is_refused),
	    cmocka_unit_test(a_pair_outlives_the_file_of_its_name),
	    cmocka_unit_test(a_message_tells_when_it_came),
	    cmocka_unit_test(the_checksum_is_one_of_all_bytes),
	    cmocka_unit_test(a_file_is_replaced_whole_and_with_its_mode),
	};
	return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
