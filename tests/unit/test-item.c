/* What a reader gets of a message in the spool, which is more than a mail and whose file is used again. */
#include "unit.h"
#include "clerk/item.h"
#include "reader/protocol.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static char folder[] = "/tmp/relance-test-item-XXXXXX";
static struct spool spool;

static int folder_setup(void **state)
{
	(void)state;
	return mkdtemp(folder) && spool_open(folder, &spool, NULL) ? 0 : -1;
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

static void spool_one(struct spool_entry *entry, const char *message, size_t length)
{
	static const char envelope[] =
	    "{\"direction\":\"incoming\",\"received\":\"2026-03-02T09:00:00Z\",\"recipients\":[],"
	    "\"login\":\"secret\"}";
	assert_true(spool_begin(&spool, entry, NULL));
	assert_true(spool_append(entry, message, length, NULL));
	assert_true(spool_commit(&spool, entry, envelope, strlen(envelope), NULL));
}

/* ---- a worker that was taken over: it keeps what it gets, and hangs up ---- */

static int listen_as_pool(void)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	snprintf(address.sun_path, sizeof address.sun_path, "%s/reader.sock", folder);
	int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(listener, (const struct sockaddr *)&address, sizeof address), 0);
	assert_int_equal(listen(listener, 1), 0);
	return listener;
}

static void *keep_descriptor(void *listener)
{
	int connection = accept(*(int *)listener, NULL, NULL), kept = -1;
	struct reader_request header;
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control;
	struct iovec part = {&header, sizeof header};
	struct msghdr request = {
	    .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
	if (recvmsg(connection, &request, MSG_WAITALL | MSG_CMSG_CLOEXEC) == sizeof header &&
	    CMSG_FIRSTHDR(&request))
		memcpy(&kept, CMSG_DATA(CMSG_FIRSTHDR(&request)), sizeof kept);
	close(connection);
	return GINT_TO_POINTER(kept);
}

/* The descriptor that a worker gets for the message STEM. */
static int handed_over(const char *stem)
{
	int listener = listen_as_pool();
	GThread *worker = g_thread_new("worker", keep_descriptor, &listener);
	struct error error = {0};
	struct item item;
	item_open(&item, spool.new, stem);
	assert_int_equal(item.state, ITEM_WAITING);
	GPtrArray *clients = g_ptr_array_new_with_free_func((GDestroyNotify)reader_client_free);
	g_ptr_array_add(clients, reader_client_connect(folder, 10, &error));
	assert_non_null(clients->pdata[0]);
	assert_false(items_read(&item, 1, clients, &error)); /* the worker hung up */
	int kept = GPOINTER_TO_INT(g_thread_join(worker));
	g_ptr_array_free(clients, TRUE);
	item_clear(&item);
	close(listener);
	char *path = g_build_filename(folder, "reader.sock", NULL);
	assert_int_equal(unlink(path), 0);
	g_free(path);
	return kept;
}

/* So that the next message gets a new file, and the one after it that one again. */
static void forget_free_files(void)
{
	struct buffer command = BUFFER_EMPTY;
	buffer_printf(&command, "rm -f '%s'/tmp/*", folder);
	assert_int_equal(system(command.bytes), 0);
	buffer_clear(&command);
}

static struct stat status_of_file(const char *stem)
{
	char name[SPOOL_STEM_SIZE + 8];
	struct stat status;
	snprintf(name, sizeof name, "%s.mail", stem);
	assert_int_equal(fstatat(spool.new, name, &status, 0), 0);
	return status;
}

/* All that can be read by KEPT are the LENGTH bytes MESSAGE. */
static void assert_holds(int kept, const char *message, size_t length)
{
	struct stat status;
	assert_int_equal(fstat(kept, &status), 0);
	assert_int_equal(status.st_size, length);
	char *found = g_malloc(length + 1);
	assert_int_equal(pread(kept, found, length + 1, 0), length);
	assert_memory_equal(found, message, length);
	g_free(found);
}

static void assert_unchangeable(int kept)
{
	assert_int_equal(pwrite(kept, "x", 1, 0), -1);
	assert_int_equal(errno, EPERM);
	assert_int_equal(ftruncate(kept, 0), -1);
	assert_int_equal(ftruncate(kept, 1 << 20), -1);
	assert_true(mmap(NULL, 1, PROT_READ | PROT_WRITE, MAP_SHARED, kept, 0) == MAP_FAILED);
	assert_int_equal(fcntl(kept, F_GET_SEALS), F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL);
}

/* ---- tests ---- */

static const size_t lengths[] = {1, 5000, 70000, 300000}; /* below and above what is kept of a file */

static void a_worker_gets_the_bytes_of_the_message_and_nothing_else(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LENGTH(lengths); i++) {
		struct spool_entry entry;
		char *message = g_strnfill(lengths[i], (char)('a' + i));
		spool_one(&entry, message, lengths[i]);
		int kept = handed_over(entry.stem);
		struct stat of_spool = status_of_file(entry.stem), of_worker;
		assert_int_equal(fstat(kept, &of_worker), 0);
		assert_false(of_spool.st_dev == of_worker.st_dev && of_spool.st_ino == of_worker.st_ino);
		assert_holds(kept, message, lengths[i]);
		assert_unchangeable(kept);
		close(kept);
		assert_true(spool_remove(spool.new, entry.stem, NULL));
		g_free(message);
	}
}

static void a_kept_descriptor_shows_no_later_message(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LENGTH(lengths); i++) {
		struct spool_entry first, second;
		char *message = g_strnfill(lengths[i], 'm'), *later = g_strnfill(lengths[i], 'l');
		forget_free_files();
		spool_one(&first, message, lengths[i]);
		ino_t inode = status_of_file(first.stem).st_ino;
		int kept = handed_over(first.stem);
		assert_true(spool_remove(spool.new, first.stem, NULL));
		g_usleep(10000); /* the front looks for files to use again at most every 5 ms */
		spool_one(&second, later, lengths[i]);
		assert_int_equal(status_of_file(second.stem).st_ino, inode);
		assert_holds(kept, message, lengths[i]);
		close(kept);
		assert_true(spool_remove(spool.new, second.stem, NULL));
		g_free(message);
		g_free(later);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_worker_gets_the_bytes_of_the_message_and_nothing_else),
	    cmocka_unit_test(a_kept_descriptor_shows_no_later_message),
	};
	return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
