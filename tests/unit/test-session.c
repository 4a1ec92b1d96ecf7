/* Sessions as an MTA drives them, without libmilter and without sockets; also from many threads at once. */
#include "unit.h"
#include "front/session.h"

#include "base/log.h"
#include "host/file.h"
#include "host/watchlist.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <unistd.h>

static char folder[] = "/tmp/relance-test-session-XXXXXX";
static struct shared *shared;

static void settings_text(struct buffer *text, int max_messages, const char *more)
{
	buffer_printf(text,
	    "socket unix:/x\nsocket_group \nspool_dir %s/spool\nrun_dir %s\nmax_message_size "
	    "70000\nmax_spool_size 1000000\n"
	    "max_messages %d\nnetwork 192.0.2.0/24\nsender billing@ours.example\nmailbox ar@ours.example\n"
	    "address billing@ours.example\ndomain ours.example\n%send\n",
	    folder, folder, max_messages, more);
}

static int shared_setup(void **state)
{
	(void)state;
	struct error error = {0};
	struct settings settings;
	struct buffer text = BUFFER_EMPTY;
	if (!mkdtemp(folder))
		return -1;
	settings_text(&text, 3, "");
	bool parsed = settings_parse(text.bytes, &settings, &error);
	buffer_clear(&text);
	shared = parsed ? shared_new(&settings, &error) : NULL;
	return shared ? 0 : -1;
}

static int shared_teardown(void **state)
{
	(void)state;
	shared_free(shared);
	struct buffer command = BUFFER_EMPTY;
	buffer_printf(&command, "rm -rf '%s'", folder);
	int result = system(command.bytes);
	buffer_clear(&command);
	return result;
}

static const char *macro(void *context, const char *name)
{
	(void)context;
	if (!strcmp(name, "i"))
		return "4ABC";
	return !strcmp(name, "{msg_id}") ? "<made@mta.example>" : NULL;
}

static struct session *connection(struct agreement agreement, const char *address)
{
	struct sockaddr_in client = {.sin_family = AF_INET, .sin_port = htons(4711)};
	struct session *session = session_new(shared, agreement);
	assert_int_equal(inet_pton(AF_INET, address, &client.sin_addr), 1);
	session_connect(session, "client.example", (struct sockaddr *)(void *)&client, macro, NULL);
	return session;
}

/* Up to the end of the headers of a mail to RECIPIENT. */
static enum answer begin(struct session *session, const char *sender, const char *recipient)
{
	session_mail(session, sender, macro, NULL);
	session_recipient(session, recipient);
	session_header(session, "Subject", " x");
	return session_end_of_headers(session, macro, NULL);
}

/* The only message in the spool, which is removed; counts are asserted. */
static void take_only(struct buffer *bytes, struct buffer *envelope)
{
	struct error error = {0};
	char stems[4][SPOOL_STEM_SIZE];
	int directory = shared_spool(shared)->new;
	assert_int_equal(spool_list(directory, stems, 4, &error), 1);
	struct spool_message message;
	assert_true(spool_open_message(directory, stems[0], &message, envelope, &error));
	buffer_reset(bytes);
	buffer_reserve(bytes, (size_t)message.size);
	bytes->length = (size_t)message.size;
	assert_int_equal(pread(message.file, bytes->bytes, bytes->length, message.start), message.size);
	close(message.file);
	assert_true(spool_remove(directory, stems[0], &error));
}

static void assert_nothing_spooled(void)
{
	int64_t count, bytes;
	struct error error = {0};
	assert_true(spool_measure(shared_spool(shared)->new, &count, &bytes, &error));
	assert_int_equal(bytes, 0);
	assert_true(spool_measure(shared_spool(shared)->tmp, &count, &bytes, &error));
	assert_int_equal(bytes, 0);
	assert_int_equal(shared_messages(shared), 0);
}

static uint64_t counted(enum front_count count)
{
	uint64_t counts[FRONT_COUNTS];
	assert_true(front_stats_read(folder, counts, NULL));
	return counts[count];
}

static const struct agreement modern = {true, true, true, true, true, true};
static const struct agreement ancient = {false, false, false, false, false, false};

static void the_spool_has_the_bytes_as_they_came(void **state)
{
	(void)state;
	static const struct {
		struct agreement agreement;
		const char *value, *expected;
	} rows[] = {
	    {{.leading_space = true}, " folded\n\tand\r\n more", "Subject: folded\r\n\tand\r\n more\r\n"},
	    {{.leading_space = true}, "\ttab", "Subject:\ttab\r\n"},
	    {{.leading_space = true}, "", "Subject:\r\n"},
	    {{.leading_space = false}, "plain", "Subject: plain\r\n"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct buffer bytes = BUFFER_EMPTY, envelope = BUFFER_EMPTY, expected = BUFFER_EMPTY;
		struct session *session = connection(rows[i].agreement, "203.0.113.9");
		session_mail(session, "<c@customer.example>", macro, NULL);
		session_recipient(session, "<ar@ours.example>");
		session_header(session, "Subject", rows[i].value);
		assert_int_equal(session_end_of_headers(session, macro, NULL), ANSWER_CONTINUE);
		assert_int_equal(session_body(session, "one\r\n", 5), ANSWER_CONTINUE);
		assert_int_equal(session_body(session, "\0two\n\r", 6), ANSWER_CONTINUE);
		assert_int_equal(session_end_of_message(session, macro, NULL), ANSWER_ACCEPT);
		take_only(&bytes, &envelope);
		buffer_printf(&expected, "%s\r\none\r\n", rows[i].expected);
		buffer_append(&expected, "\0two\n\r", 6);
		assert_int_equal(bytes.length, expected.length);
		assert_memory_equal(bytes.bytes, expected.bytes, expected.length);
		assert_non_null(strstr(envelope.bytes, "\"queue_id\":\"4ABC\""));
		assert_non_null(strstr(envelope.bytes, "\"client_address\":\"203.0.113.9\""));
		assert_non_null(strstr(envelope.bytes, "\"sender\":\"c@customer.example\""));
		assert_non_null(strstr(envelope.bytes, "\"header_message_id\":\"<made@mta.example>\""));
		assert_non_null(strstr(envelope.bytes, "\"direction\":\"incoming\""));
		session_free(session);
		assert_nothing_spooled();
		buffer_clear(&bytes);
		buffer_clear(&envelope);
		buffer_clear(&expected);
	}
}

static void local_submission_is_told_from_a_client_of_this_machine(void **state)
{
	(void)state;
	static const struct {
		const char *address; /* NULL: none */
		uint16_t port;
		bool ours;
	} rows[] = {{NULL, 0, true}, {"127.0.0.1", 0, true}, {"::1", 0, true}, {"127.0.0.1", 4711, false},
	    {"::1", 4711, false}, {"203.0.113.9", 0, false}, {"192.0.2.1", 4711, true}};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct sockaddr_in inet = {.sin_family = AF_INET, .sin_port = htons(rows[i].port)};
		struct sockaddr_in6 inet6 = {.sin6_family = AF_INET6, .sin6_port = htons(rows[i].port)};
		const void *address = NULL;
		if (rows[i].address && inet_pton(AF_INET, rows[i].address, &inet.sin_addr) == 1)
			address = &inet;
		else if (rows[i].address && inet_pton(AF_INET6, rows[i].address, &inet6.sin6_addr) == 1)
			address = &inet6;
		struct session *session = session_new(shared, modern);
		session_connect(session, "localhost", address, macro, NULL);
		enum answer answer = begin(session, "<billing@ours.example>", "<c@customer.example>");
		assert_int_equal(answer, rows[i].ours ? ANSWER_CONTINUE : ANSWER_ACCEPT);
		session_free(session);
	}
}

static void answers_follow_what_was_agreed(void **state)
{
	(void)state;
	struct session *quiet = connection(modern, "203.0.113.9"),
		       *talking = connection(ancient, "203.0.113.9");
	assert_int_equal(session_connect(quiet, "x", NULL, macro, NULL), ANSWER_NOREPLY);
	assert_int_equal(session_connect(talking, "x", NULL, macro, NULL), ANSWER_CONTINUE);
	assert_int_equal(session_mail(quiet, "<>", macro, NULL), ANSWER_NOREPLY);
	assert_int_equal(session_mail(talking, "<>", macro, NULL), ANSWER_CONTINUE);
	assert_int_equal(session_recipient(quiet, "<x@y>"), ANSWER_NOREPLY);
	assert_int_equal(session_recipient(talking, "<x@y>"), ANSWER_CONTINUE);
	assert_int_equal(session_header(quiet, "A", "b"), ANSWER_NOREPLY);
	assert_int_equal(session_header(talking, "A", "b"), ANSWER_CONTINUE);
	session_free(quiet);
	session_free(talking);
}

static void mail_of_no_interest_ends_with_its_headers(void **state)
{
	(void)state;
	struct session *session = connection(modern, "203.0.113.9");
	uint64_t seen = counted(FRONT_SEEN);
	assert_int_equal(begin(session, "<a@b.example>", "<c@d.example>"), ANSWER_ACCEPT);
	assert_int_equal(counted(FRONT_SEEN), seen + 1);
	assert_nothing_spooled();
	assert_int_equal(session_end_of_message(session, macro, NULL), ANSWER_ACCEPT);
	session_free(session);
}

static void no_order_of_calls_does_harm(void **state)
{
	(void)state;
	/* m mail, r recipient, h header, e end of headers, b body, E end of message, a abort, c connect */
	static const char *const orders[] = {"", "a", "aaa", "E", "e", "b", "h", "r", "rhebE", "ma", "mraa",
	    "mrha", "mrhea", "mrheba", "mrhebEa", "mrhebEaamrhebE", "mm", "mrhem", "mrhebm", "mrhecm", "mhe",
	    "mhebE", "mrheE", "mrheee", "mrhebEbE", "mrhebEE", "cccc", "mrhecmrhebE"};
	for (size_t i = 0; i < ARRAY_LENGTH(orders); i++) {
		struct session *session = session_new(shared, i % 2 ? modern : ancient);
		for (const char *call = orders[i]; *call; call++) {
			if (*call == 'c')
				session_connect(session, NULL, NULL, macro, NULL);
			else if (*call == 'm')
				session_mail(session, "<c@customer.example>", macro, NULL);
			else if (*call == 'r')
				session_recipient(session, "<ar@ours.example>");
			else if (*call == 'h')
				session_header(session, "A", "b");
			else if (*call == 'e')
				session_end_of_headers(session, macro, NULL);
			else if (*call == 'b')
				session_body(session, "x", 1);
			else if (*call == 'E')
				session_end_of_message(session, macro, NULL);
			else
				session_abort(session);
		}
		session_free(session);
		char stems[4][SPOOL_STEM_SIZE];
		int count = spool_list(shared_spool(shared)->new, stems, 4, NULL);
		for (int n = 0; n < count; n++)
			assert_true(spool_remove(shared_spool(shared)->new, stems[n], NULL));
		assert_nothing_spooled();
	}
	session_free(NULL);
}

static void a_cut_message_is_counted_and_gone(void **state)
{
	(void)state;
	uint64_t before = counted(FRONT_CUT);
	struct session *session = connection(modern, "203.0.113.9");
	assert_int_equal(begin(session, "<c@customer.example>", "<ar@ours.example>"), ANSWER_CONTINUE);
	assert_int_equal(shared_messages(shared), 1);
	session_abort(session);
	assert_int_equal(counted(FRONT_CUT), before + 1);
	assert_nothing_spooled();
	session_abort(session);
	session_free(session);
	assert_int_equal(counted(FRONT_CUT), before + 1);
}

static void what_is_too_large_is_dropped_and_accepted(void **state)
{
	(void)state;
	static char chunk[60000];
	memset(chunk, 'x', sizeof(chunk));
	for (int skip = 0; skip < 2; skip++) {
		uint64_t before = counted(FRONT_LOST_SIZE);
		struct session *session = connection((struct agreement){.skip = skip}, "203.0.113.9");
		assert_int_equal(
		    begin(session, "<c@customer.example>", "<ar@ours.example>"), ANSWER_CONTINUE);
		assert_int_equal(session_body(session, chunk, sizeof(chunk)), ANSWER_CONTINUE);
		assert_int_equal(
		    session_body(session, chunk, sizeof(chunk)), skip ? ANSWER_SKIP : ANSWER_ACCEPT);
		assert_int_equal(counted(FRONT_LOST_SIZE), before + 1);
		assert_nothing_spooled();
		assert_int_equal(session_end_of_message(session, macro, NULL), ANSWER_ACCEPT);
		session_free(session);
		assert_nothing_spooled();
	}
}

static void headers_without_end_are_accepted_unseen(void **state)
{
	(void)state;
	static char value[60001];
	memset(value, 'x', sizeof(value) - 1);
	uint64_t before = counted(FRONT_LOST_HEADERS);
	struct session *session = connection(modern, "203.0.113.9");
	session_mail(session, "<c@customer.example>", macro, NULL);
	session_recipient(session, "<ar@ours.example>");
	for (int i = 0; i < 40; i++)
		session_header(session, "X-Long", value);
	assert_int_equal(session_end_of_headers(session, macro, NULL), ANSWER_ACCEPT);
	assert_int_equal(counted(FRONT_LOST_HEADERS), before + 1);
	session_free(session);
	assert_nothing_spooled();
}

static void counters_go_on_and_a_foreign_file_is_replaced(void **state)
{
	(void)state;
	struct error error = {0};
	struct buffer other = BUFFER_EMPTY, path = BUFFER_EMPTY;
	uint64_t counts[FRONT_COUNTS];
	buffer_printf(&other, "%s/other", folder);
	buffer_printf(&path, "%s/front.stats", other.bytes);
	assert_true(folder_make(other.bytes, 0700, &error));
	assert_false(front_stats_read(other.bytes, counts, &error));
	assert_true(file_replace(path.bytes, "nonsense", 8, 0600, &error));
	assert_false(front_stats_read(other.bytes, counts, &error));
	for (uint64_t life = 1; life <= 2; life++) {
		struct front_stats *stats = front_stats_open(other.bytes, &error);
		assert_non_null(stats);
		front_stats_add(stats, FRONT_LOST_ERROR);
		front_stats_close(stats);
		assert_true(front_stats_read(other.bytes, counts, &error));
		assert_int_equal(counts[FRONT_LOST_ERROR], life);
		assert_int_equal(counts[FRONT_SEEN], 0);
	}
	for (int i = 0; i < FRONT_COUNTS; i++)
		assert_non_null(front_count_name((enum front_count)i));
	buffer_clear(&other);
	buffer_clear(&path);
}

static void over_the_cap_of_messages_mail_passes(void **state)
{
	(void)state;
	struct session *sessions[4];
	uint64_t before = counted(FRONT_LOST_BUSY);
	for (size_t i = 0; i < ARRAY_LENGTH(sessions); i++) {
		sessions[i] = connection(modern, "203.0.113.9");
		assert_int_equal(begin(sessions[i], "<c@customer.example>", "<ar@ours.example>"),
		    i < 3 ? ANSWER_CONTINUE : ANSWER_ACCEPT);
	}
	assert_int_equal(counted(FRONT_LOST_BUSY), before + 1);
	for (size_t i = 0; i < ARRAY_LENGTH(sessions); i++)
		session_free(sessions[i]);
	assert_nothing_spooled();
}

static void over_the_cap_of_the_spool_mail_passes(void **state)
{
	(void)state;
	uint64_t before = counted(FRONT_LOST_SPOOL_FULL);
	struct settings_use *use = shared_settings_take(shared);
	assert_int_equal(shared_admit(shared, settings_of(use)), ADMITTED);
	shared_settings_give(use);
	shared_leave(shared, 2000000);
	struct session *session = connection(modern, "203.0.113.9");
	assert_int_equal(begin(session, "<c@customer.example>", "<ar@ours.example>"), ANSWER_ACCEPT);
	assert_int_equal(counted(FRONT_LOST_SPOOL_FULL), before + 1);
	shared_tick(shared); /* measures it: it is empty */
	assert_int_equal(begin(session, "<c@customer.example>", "<ar@ours.example>"), ANSWER_CONTINUE);
	session_free(session);
	assert_nothing_spooled();
}

static void an_unwritable_spool_is_nobodys_trouble(void **state)
{
	(void)state;
	uint64_t before = counted(FRONT_LOST_ERROR);
	struct buffer path = BUFFER_EMPTY, moved = BUFFER_EMPTY;
	buffer_printf(&path, "%s/spool/new", folder);
	buffer_printf(&moved, "%s/spool/gone", folder);
	struct session *session = connection(modern, "203.0.113.9");
	assert_int_equal(begin(session, "<c@customer.example>", "<ar@ours.example>"), ANSWER_CONTINUE);
	assert_int_equal(rename(path.bytes, moved.bytes), 0);
	assert_int_equal(rmdir(moved.bytes), 0);
	assert_int_equal(session_end_of_message(session, macro, NULL), ANSWER_ACCEPT);
	assert_int_equal(counted(FRONT_LOST_ERROR), before + 1);
	assert_int_equal(shared_messages(shared), 0);
	session_free(session);
	shared_teardown(NULL);
	memcpy(folder + strlen(folder) - 6, "XXXXXX", 6);
	assert_int_equal(shared_setup(NULL), 0);
	buffer_clear(&path);
	buffer_clear(&moved);
}

static void threads_are_known_when_the_watchlist_comes(void **state)
{
	(void)state;
	struct error error = {0};
	struct buffer path = BUFFER_EMPTY;
	buffer_printf(&path, "%s/watchlist", folder);
	struct session *session = connection(modern, "203.0.113.9");
	uint64_t missed = counted(FRONT_WATCHLIST_MISSED);
	for (int round = 0; round < 3; round++) { /* 0: not there yet, 1: there, 2: gone again */
		if (round == 1) {
			struct watchlist *list = watchlist_create(path.bytes, &error);
			static const char *const ids[] = {"<invoice-1@ours.example>"};
			assert_non_null(list);
			assert_true(watchlist_add(list, ids, 1, &error));
			watchlist_close(list);
		} else if (round == 2) {
			assert_int_equal(unlink(path.bytes), 0);
		}
		shared_tick(shared);
		session_mail(session, "<c@customer.example>", macro, NULL);
		session_recipient(session, "<paul@ours.example>");
		session_header(session, "In-Reply-To", "<invoice-1@ours.example>");
		assert_int_equal(session_end_of_headers(session, macro, NULL),
		    round == 1 ? ANSWER_CONTINUE : ANSWER_ACCEPT);
	}
	assert_int_equal(counted(FRONT_WATCHLIST_MISSED), missed + 2);
	session_free(session);
	buffer_clear(&path);
	assert_nothing_spooled();
}

static void new_settings_hold_from_the_next_message_on(void **state)
{
	(void)state;
	struct error error = {0};
	struct settings settings;
	struct buffer text = BUFFER_EMPTY;
	struct session *session = connection(modern, "203.0.113.9");
	session_mail(session, "<c@customer.example>", macro, NULL);
	settings_text(&text, 3, "mailbox paul@ours.example\n");
	assert_true(settings_parse(text.bytes, &settings, &error));
	assert_true(shared_settings_replace(shared, &settings, &error));
	session_recipient(session, "<paul@ours.example>");
	assert_int_equal(session_end_of_headers(session, macro, NULL), ANSWER_ACCEPT);
	assert_int_equal(begin(session, "<c@customer.example>", "<paul@ours.example>"), ANSWER_CONTINUE);
	session_free(session);
	buffer_reset(&text);
	buffer_append_text(&text,
	    "socket unix:/other\nsocket_group \nspool_dir /s\nrun_dir /r\nmax_message_size 1\n"
	    "max_spool_size 1\nmax_messages 1\nend\n");
	assert_true(settings_parse(text.bytes, &settings, &error));
	assert_false(shared_settings_replace(shared, &settings, &error));
	assert_non_null(strstr(error.text, "restart"));
	buffer_clear(&text);
}

/* What libmilter does: each callback of a session on whichever thread is free. */
#define PARALLEL 8
#define ROUNDS	 40

static void *one_client(void *unused)
{
	(void)unused;
	for (int round = 0; round < ROUNDS; round++) {
		struct session *session = connection(modern, round % 2 ? "192.0.2.1" : "203.0.113.9");
		enum answer answer = begin(session, "<c@customer.example>", "<ar@ours.example>");
		if (answer == ANSWER_CONTINUE && round % 5) {
			session_body(session, "text\r\n", 6);
			session_end_of_message(session, macro, NULL);
		}
		session_free(session);
	}
	return NULL;
}

static void *reloader(void *unused)
{
	(void)unused;
	for (int round = 0; round < ROUNDS; round++) {
		struct error error = {0};
		struct settings settings;
		struct buffer text = BUFFER_EMPTY;
		settings_text(&text, PARALLEL, "");
		bool replaced = settings_parse(text.bytes, &settings, &error) &&
				shared_settings_replace(shared, &settings, &error);
		buffer_clear(&text);
		if (!replaced)
			abort();
		shared_tick(shared);
	}
	return NULL;
}

static void many_clients_and_a_reload_do_not_mix(void **state)
{
	(void)state;
	pthread_t threads[PARALLEL + 1];
	uint64_t before = counted(FRONT_INCOMING) + counted(FRONT_LOST_BUSY) + counted(FRONT_LOST_SPOOL_FULL);
	uint64_t cut = counted(FRONT_CUT);
	for (size_t i = 0; i < ARRAY_LENGTH(threads); i++)
		assert_int_equal(pthread_create(&threads[i], NULL, i ? one_client : reloader, NULL), 0);
	for (size_t i = 0; i < ARRAY_LENGTH(threads); i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	uint64_t after = counted(FRONT_INCOMING) + counted(FRONT_LOST_BUSY) + counted(FRONT_LOST_SPOOL_FULL);
	assert_int_equal(after - before + counted(FRONT_CUT) - cut, PARALLEL * ROUNDS);
	static char stems[PARALLEL * ROUNDS][SPOOL_STEM_SIZE];
	int count = spool_list(shared_spool(shared)->new, stems, PARALLEL * ROUNDS, NULL);
	assert_true(count > 0);
	for (int i = 0; i < count; i++)
		assert_true(spool_remove(shared_spool(shared)->new, stems[i], NULL));
	assert_nothing_spooled();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_spool_has_the_bytes_as_they_came),
	    cmocka_unit_test(local_submission_is_told_from_a_client_of_this_machine),
	    cmocka_unit_test(answers_follow_what_was_agreed),
	    cmocka_unit_test(mail_of_no_interest_ends_with_its_headers),
	    cmocka_unit_test(no_order_of_calls_does_harm),
	    cmocka_unit_test(a_cut_message_is_counted_and_gone),
	    cmocka_unit_test(what_is_too_large_is_dropped_and_accepted),
	    cmocka_unit_test(headers_without_end_are_accepted_unseen),
	    cmocka_unit_test(counters_go_on_and_a_foreign_file_is_replaced),
	    cmocka_unit_test(over_the_cap_of_messages_mail_passes),
	    cmocka_unit_test(over_the_cap_of_the_spool_mail_passes),
	    cmocka_unit_test(an_unwritable_spool_is_nobodys_trouble),
	    cmocka_unit_test(threads_are_known_when_the_watchlist_comes),
	    cmocka_unit_test(new_settings_hold_from_the_next_message_on),
	    cmocka_unit_test(many_clients_and_a_reload_do_not_mix),
	};
	return cmocka_run_group_tests(tests, shared_setup, shared_teardown);
}
