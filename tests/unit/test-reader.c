/* Client, pool and worker together, with a reader that does what the message says. */
#include "unit.h"
#include "reader/client.h"
#include "reader/pool.h"
#include "reader/protocol.h"
#include "reader/setup.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define MEMORY (128 << 20)

/* ---- the reader of these tests ---- */

static struct reading *crash(void)
{
	abort();
}

static struct reading *touch_nothing(void)
{
	volatile char *nothing = NULL;
	*nothing = 1;
	abort();
}

static struct reading *compute_for_ever(void)
{
	for (volatile unsigned i = 0; i < 7; i ^= 1)
		;
	return NULL;
}

static struct reading *wait_for_ever(void)
{
	poll(NULL, 0, -1);
	abort();
}

static struct reading *take_memory_in_small_pieces(void)
{
	for (volatile unsigned i = 0; i < 7; i ^= 1)
		memset(g_malloc(4096), 1, 4096);
	return NULL;
}

static struct reading *take_memory_at_once(void)
{
	memset(g_malloc((gsize)1 << 40), 1, 4096);
	abort();
}

static struct reading *leave(void)
{
	_exit(0);
}

static struct reading *call_out(void)
{
	int out = socket(AF_INET, SOCK_STREAM, 0);
	close(out);
	abort();
}

/* More JSON than an answer may have. */
static struct reading *say_too_much(void)
{
	struct reading *reading = reading_new();
	for (int i = 0; i < 5; i++) {
		struct reading_document *document = reading_document_new();
		document->name = g_strnfill(1000000, 'x');
		g_ptr_array_add(reading->documents, document);
	}
	return reading;
}

static struct reading *give_documents(void)
{
	struct reading *reading = reading_new();
	for (int i = 0; i < 3; i++) {
		struct reading_document *document = reading_document_new();
		char *bytes = g_strnfill(1000000, (char)('a' + i));
		if (i != 1)
			document->bytes = g_bytes_new(bytes, 1000000);
		g_free(bytes);
		g_ptr_array_add(reading->documents, document);
	}
	return reading;
}

static struct reading *give_too_many_bytes(void)
{
	struct reading *reading = reading_new();
	static const char big[1 << 20];
	for (int i = 0; i < 65; i++) {
		struct reading_document *document = reading_document_new();
		document->bytes = g_bytes_new_static(big, sizeof big);
		g_ptr_array_add(reading->documents, document);
	}
	return reading;
}

static const struct {
	const char *text;
	struct reading *(*act)(void);
} acts[] = {
    {"crash", crash},
    {"touch nothing", touch_nothing},
    {"compute", compute_for_ever},
    {"wait", wait_for_ever},
    {"small pieces", take_memory_in_small_pieces},
    {"at once", take_memory_at_once},
    {"leave", leave},
    {"call out", call_out},
    {"say too much", say_too_much},
    {"documents", give_documents},
    {"too many bytes", give_too_many_bytes},
};

static struct reading *read_act(const void *bytes, size_t length, const char *name,
    const struct lexicon *lexicon, const GPtrArray *layouts)
{
	(void)lexicon, (void)layouts;
	for (size_t i = 0; i < ARRAY_LENGTH(acts); i++)
		if (length == strlen(acts[i].text) && !memcmp(bytes, acts[i].text, length))
			return acts[i].act();
	struct reading *reading = reading_new();
	reading->file = g_strdup(name);
	reading->error = g_strndup(bytes, length);
	return reading;
}

static struct reading *read_alone(const void *bytes, size_t length, const char *name,
    const struct lexicon *lexicon, const GPtrArray *layouts)
{
	(void)bytes, (void)length, (void)lexicon, (void)layouts;
	struct reading *reading = reading_new();
	reading->file = g_strdup(name);
	return reading;
}

/* ---- a pool in a folder of its own ---- */

struct world {
	char dir[64];
	pid_t pool;
};

static void start_pool(struct world *world, int workers, int messages, int seconds)
{
	memcpy(world->dir, "/tmp/relance-reader.XXXXXX", sizeof "/tmp/relance-reader.XXXXXX");
	assert_non_null(mkdtemp(world->dir));
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	snprintf(address.sun_path, sizeof address.sun_path, "%s/reader.sock", world->dir);
	int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(listener, (const struct sockaddr *)&address, sizeof address), 0);
	assert_int_equal(listen(listener, 16), 0);
	world->pool = fork();
	if (world->pool == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL); /* where a test fails */
		for (int i = 1; i < SIGSYS; i++)
			signal(i, SIG_DFL); /* cmocka's own handlers */
		struct pool_settings settings = {.listen = listener,
		    .connection = -1,
		    .workers = workers,
		    .worker = {.read = read_act,
			.read_alone = read_alone,
			.seconds = seconds,
			.memory = MEMORY,
			.messages = messages}};
		struct error error = {0};
		if (!pool_try_cage(MEMORY, &error)) {
			fprintf(stderr, "%s\n", error.text);
			_exit(1);
		}
		pool_run(&settings);
		_exit(0);
	}
	close(listener);
}

static void stop_pool(struct world *world)
{
	int status;
	kill(world->pool, SIGTERM);
	assert_int_equal(waitpid(world->pool, &status, 0), world->pool);
	assert_int_equal(status, 0);
	char *path = g_build_filename(world->dir, "reader.sock", NULL);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(world->dir), 0);
	g_free(path);
}

static struct reader_client *connect_to(const struct world *world)
{
	struct error error = {0};
	struct reader_client *client = reader_client_connect(world->dir, 10, &error);
	if (!client)
		fail_msg("%s", error.text);
	return client;
}

static int message_of(const char *text)
{
	int message = memfd_create("message", MFD_CLOEXEC);
	assert_int_equal(write(message, text, strlen(text)), (ssize_t)strlen(text));
	return message;
}

static enum reader_outcome ask(
    struct reader_client *client, const char *text, struct reader_answer *answer, struct error *error)
{
	int message = message_of(text);
	*answer = (struct reader_answer){0};
	enum reader_outcome outcome = reader_client_send(client, message, "x.eml", error);
	if (outcome == READER_DONE)
		outcome = reader_client_receive(client, answer, error);
	close(message);
	return outcome;
}

/* The plain case: the reader gives the text back as an error, with the name. */
static void check_echo(struct reader_client *client, const char *text)
{
	struct reader_answer answer;
	struct error error = {0};
	if (ask(client, text, &answer, &error) != READER_DONE)
		fail_msg("%s: %s", text, error.text);
	assert_string_equal(json_string_value(json_object_get(answer.reading, "error")), text);
	assert_string_equal(json_string_value(json_object_get(answer.reading, "file")), "x.eml");
	reader_answer_clear(&answer);
}

/* ---- tests ---- */

static void messages_are_read_one_after_the_other(void **state)
{
	(void)state;
	struct world world;
	start_pool(&world, 1, 1000, 1);
	struct reader_client *client = connect_to(&world);
	check_echo(client, "one");
	check_echo(client, "");
	check_echo(client, "three");
	reader_client_free(client);
	stop_pool(&world);
}

static void documents_come_with_their_bytes(void **state)
{
	(void)state;
	struct world world;
	start_pool(&world, 1, 1000, 1);
	struct reader_client *client = connect_to(&world);
	struct reader_answer answer;
	assert_int_equal(ask(client, "documents", &answer, NULL), READER_DONE);
	assert_int_equal(answer.documents->len, 3);
	gsize length;
	const char *last = g_bytes_get_data(answer.documents->pdata[2], &length);
	assert_int_equal(length, 1000000);
	assert_int_equal(last[999999], 'c');
	assert_null(answer.documents->pdata[1]);
	reader_answer_clear(&answer);
	check_echo(client, "next");
	reader_client_free(client);
	stop_pool(&world);
}

/* What becomes of a message on which the worker dies, and that the client can go on afterwards. */
static void the_end_of_a_worker_is_told_and_survived(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum reader_outcome outcome;
		const char *why;
		bool needs_limits; /* which a sanitizer does not stand */
	} rows[] = {
	    {"crash", READER_CRASHED, "the reader crashed on it", false},
	    {"touch nothing", READER_CRASHED, "the reader crashed on it", false},
	    {"leave", READER_CRASHED, "the reader crashed on it", false},
	    {"call out", READER_CRASHED, "the reader tried what its cage forbids", false},
	    {"compute", READER_TIMED_OUT, "reading it took more time than it may", false},
	    {"wait", READER_TIMED_OUT, "reading it took more time than it may", false},
	    {"small pieces", READER_TIMED_OUT, "reading it took more memory than it may", true},
	    {"at once", READER_TIMED_OUT, "reading it took more memory than it may", true},
	    {"say too much", READER_TIMED_OUT, "what was read in it is too large", false},
	    {"too many bytes", READER_TIMED_OUT, "what was read in it is too large", false},
	};
	struct world world;
	start_pool(&world, 2, 1000, 1);
	struct reader_client *client = connect_to(&world);
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
#ifdef RELANCE_SANITIZED
		if (rows[i].needs_limits)
			continue;
#endif
		struct reader_answer answer;
		struct error error = {0};
		enum reader_outcome outcome = ask(client, rows[i].text, &answer, &error);
		if (outcome != rows[i].outcome || strcmp(error.text, rows[i].why))
			fail_msg("%s: outcome %d, %s", rows[i].text, (int)outcome, error.text);
		assert_null(answer.reading);
		check_echo(client, "and on");
	}
	reader_client_free(client);
	stop_pool(&world);
}

static void documents_that_break_the_reader_can_be_left_out(void **state)
{
	(void)state;
	struct world world;
	start_pool(&world, 1, 1000, 1);
	struct reader_client *client = connect_to(&world);
	struct reader_answer answer;
	int message = message_of("crash");
	assert_int_equal(reader_client_send_alone(client, message, "x.eml", NULL), READER_DONE);
	assert_int_equal(reader_client_receive(client, &answer, NULL), READER_DONE);
	assert_string_equal(json_string_value(json_object_get(answer.reading, "file")), "x.eml");
	reader_answer_clear(&answer);
	assert_int_equal(reader_client_read(client, message, "x.eml", &answer, NULL), READER_DONE);
	assert_null(json_object_get(answer.reading, "error"));
	reader_answer_clear(&answer);
	close(message);
	reader_client_free(client);
	stop_pool(&world);
}

static void a_worker_that_retires_is_replaced_without_notice(void **state)
{
	(void)state;
	struct world world;
	start_pool(&world, 1, 3, 1);
	struct reader_client *client = connect_to(&world);
	for (int i = 0; i < 20; i++)
		check_echo(client, "again");
	reader_client_free(client);
	stop_pool(&world);
}

static void a_client_waits_while_all_workers_are_taken(void **state)
{
	(void)state;
	struct world world;
	start_pool(&world, 1, 1000, 1);
	struct reader_client *first = connect_to(&world), *second = connect_to(&world);
	check_echo(first, "one");
	int message = message_of("two");
	assert_int_equal(reader_client_send(second, message, "x.eml", NULL), READER_DONE);
	struct pollfd waiting = {.fd = reader_client_descriptor(second), .events = POLLIN};
	assert_int_equal(poll(&waiting, 1, 100), 0);
	reader_client_free(first);
	struct reader_answer answer;
	assert_int_equal(reader_client_receive(second, &answer, NULL), READER_DONE);
	reader_answer_clear(&answer);
	close(message);
	reader_client_free(second);
	stop_pool(&world);
}

static void a_client_that_goes_takes_its_worker_along(void **state)
{
	(void)state;
	struct world world;
	start_pool(&world, 1, 1000, 3600); /* which no test waits for */
	struct reader_client *first = connect_to(&world);
	int message = message_of("wait");
	assert_int_equal(reader_client_send(first, message, NULL, NULL), READER_DONE);
	reader_client_free(first);
	struct reader_client *second = connect_to(&world);
	check_echo(second, "now");
	close(message);
	reader_client_free(second);
	stop_pool(&world);
}

static void two_workers_read_at_the_same_time(void **state)
{
	(void)state;
	struct world world;
	start_pool(&world, 2, 1000, 1);
	struct reader_client *slow = connect_to(&world), *quick = connect_to(&world);
	int message = message_of("wait");
	assert_int_equal(reader_client_send(slow, message, NULL, NULL), READER_DONE);
	for (int i = 0; i < 50; i++)
		check_echo(quick, "quick");
	struct reader_answer answer;
	assert_int_equal(reader_client_receive(slow, &answer, NULL), READER_TIMED_OUT);
	close(message);
	reader_client_free(slow);
	reader_client_free(quick);
	stop_pool(&world);
}

static void a_pool_that_is_gone_is_no_fault_of_the_message(void **state)
{
	(void)state;
	struct world world;
	start_pool(&world, 1, 1000, 1);
	struct reader_client *client = connect_to(&world);
	check_echo(client, "one");
	stop_pool(&world);
	struct reader_answer answer;
	struct error error = {0};
	assert_int_equal(ask(client, "two", &answer, &error), READER_LOST);
	assert_non_null(strstr(error.text, "reader.sock"));
	reader_client_free(client);
	assert_null(reader_client_connect(world.dir, 10, &error));
}

static void nonsense_on_the_connection_only_ends_its_worker(void **state)
{
	(void)state;
	struct world world;
	start_pool(&world, 1, 1000, 1);
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	snprintf(address.sun_path, sizeof address.sun_path, "%s/reader.sock", world.dir);
	static const struct reader_request requests[] = {{5, 0}, {READER_MAX_NAME + 1, 0}, {0, 3}, {0, 2}};
	for (size_t i = 0; i < ARRAY_LENGTH(requests); i++) {
		int connection = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
		assert_int_equal(connect(connection, (const struct sockaddr *)&address, sizeof address), 0);
		assert_int_equal(write(connection, &requests[i], sizeof requests[i]), sizeof requests[i]);
		char byte;
		assert_int_equal(
		    read(connection, &byte, 1), 0); /* hung up: a request comes with a descriptor */
		close(connection);
	}
	struct reader_client *client = connect_to(&world);
	check_echo(client, "fine");
	reader_client_free(client);
	stop_pool(&world);
}

/* ---- the program itself ---- */

static char *program_path(void)
{
	const char *build = getenv("top_builddir");
	return g_build_filename(build ? build : ".", "relance-reader", NULL);
}

static char *lexicon_dir(void)
{
	const char *source = getenv("top_srcdir");
	return g_build_filename(source ? source : ".", "conf", "lexicon", NULL);
}

static struct reader_client *start_program(struct error *error)
{
	char *program = program_path(), *lexicon = lexicon_dir();
	struct reader_client *client = reader_client_start(program, lexicon, NULL, NULL, 10, MEMORY, error);
	g_free(program);
	g_free(lexicon);
	return client;
}

static void a_command_reads_files_by_a_worker_of_its_own(void **state)
{
	(void)state;
	struct error error = {0};
	struct reader_client *client = start_program(&error);
	if (!client)
		fail_msg("%s", error.text);
	const char *source = getenv("top_srcdir");
	char *path = g_build_filename(source ? source : ".", "tests/data/mail/reply-promise.eml", NULL);
	enum exit_status status;
	json_t *json = reader_client_read_file(client, path, &status);
	assert_int_equal(status, STATUS_DONE);
	assert_string_equal(json_string_value(json_object_get(json, "file")), path);
	struct reading *reading;
	assert_true(reading_from_json(json, &reading, NULL));
	assert_string_equal(reading->message->id, "<r118@legoff.example>");
	reading_free(reading);
	json_decref(json);
	json = reader_client_read_file(client, "/nonexistent/x.eml", &status);
	assert_int_equal(status, STATUS_DATA);
	char *text = json_dumps(json, JSON_COMPACT);
	assert_string_equal(
	    text, "{\"schema\":1,\"file\":\"/nonexistent/x.eml\",\"error\":\"No such file or directory\"}");
	free(text);
	json_decref(json);
	json = reader_client_read_file(client, "/", &status);
	assert_int_equal(status, STATUS_DATA);
	json_decref(json);
	g_free(path);
	reader_client_free(client);
}

static void a_program_that_is_not_there_is_named(void **state)
{
	(void)state;
	struct error error = {0};
	assert_null(
	    reader_client_start("/nonexistent/relance-reader", "/tmp", NULL, NULL, 1, MEMORY, &error));
	assert_non_null(strstr(error.text, "/nonexistent/relance-reader"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(messages_are_read_one_after_the_other),
	    cmocka_unit_test(documents_come_with_their_bytes),
	    cmocka_unit_test(the_end_of_a_worker_is_told_and_survived),
	    cmocka_unit_test(documents_that_break_the_reader_can_be_left_out),
	    cmocka_unit_test(a_worker_that_retires_is_replaced_without_notice),
	    cmocka_unit_test(a_client_waits_while_all_workers_are_taken),
	    cmocka_unit_test(a_client_that_goes_takes_its_worker_along),
	    cmocka_unit_test(two_workers_read_at_the_same_time),
	    cmocka_unit_test(a_pool_that_is_gone_is_no_fault_of_the_message),
	    cmocka_unit_test(nonsense_on_the_connection_only_ends_its_worker),
	    cmocka_unit_test(a_command_reads_files_by_a_worker_of_its_own),
	    cmocka_unit_test(a_program_that_is_not_there_is_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
