#include "unit.h"
#include "front/settings.h"

static void what_is_written_is_read(void **state)
{
	(void)state;
	struct config config;
	struct settings settings;
	struct error error = {0};
	struct buffer text = BUFFER_EMPTY;
	assert_true(config_parse("t.conf",
	    "socket = \"inet:8891@127.0.0.1\" socket_group = postfix socket_mode = 0666 test_clock = yes log "
	    "= stderr\n"
	    "max_message_size = 1MB max_spool_size = 20MB max_messages = 7 networks = {\"10.0.0.0/9\", "
	    "\"::1\"}\n"
	    "state_dir = \"/a b\" run_dir = /run/x\n"
	    "company A { domains = {a.example} senders = {s@a.example} mailboxes = {m@a.example, "
	    "n@a.example}\n"
	    "  language = fr from = \"Anne <anne@a.example>\" }\n"
	    "company B { domains = {b.example} senders = {s@b.example} language = en }\n",
	    &config, &error));
	settings_write(&config, &text);
	assert_int_equal(settings_block_length(text.bytes), text.length);
	assert_true(settings_parse(text.bytes, &settings, &error));
	assert_string_equal(settings.socket, "inet:8891@127.0.0.1");
	assert_string_equal(settings.socket_group, "postfix");
	assert_int_equal(settings.socket_mode, 0666);
	assert_string_equal(settings.spool_dir, "/a b/spool");
	assert_string_equal(settings.run_dir, "/run/x");
	assert_int_equal(settings.max_message_size, 1000000);
	assert_int_equal(settings.max_spool_size, 20000000);
	assert_int_equal(settings.max_messages, 7);
	assert_true(settings.test_clock);
	assert_false(settings.log_to_syslog);
	assert_int_equal(settings.network_count, 2);
	assert_true(settings_has_network(&settings, (const unsigned char[]){10, 127, 0, 1}, false));
	assert_false(settings_has_network(&settings, (const unsigned char[]){10, 128, 0, 1}, false));
	assert_true(settings_has_network(&settings, (const unsigned char[16]){[15] = 1}, true));
	assert_false(settings_has_network(&settings, (const unsigned char[16]){[15] = 2}, true));
	assert_int_equal(settings.senders.count, 2);
	assert_int_equal(settings.mailboxes.count, 3);
	assert_true(text_list_has(&settings.addresses, "anne@a.example"));
	assert_true(text_list_has(&settings.addresses, "s@b.example"));
	assert_true(text_list_has(&settings.domains, "b.example"));
	settings_clear(&settings);
	config_clear(&config);
	buffer_clear(&text);
}

static void what_is_not_whole_is_refused(void **state)
{
	(void)state;
#define WHOLE                                                                                                \
	"socket unix:/x\nsocket_group \nspool_dir /s\nrun_dir /r\nmax_message_size 1\nmax_spool_size "       \
	"1\nmax_messages 1\n"
	static const char *const wrong[] = {
	    "",
	    "end\n",
	    WHOLE,
	    WHOLE "colour blue\nend\n",
	    WHOLE "colour\nend\n",
	    WHOLE "network here\nend\n",
	    WHOLE "network 10.0.0.0/33\nend\n",
	    WHOLE "max_messages many\nend\n",
	    WHOLE "max_messages -1\nend\n",
	};
	struct settings settings;
	for (size_t i = 0; i < ARRAY_LENGTH(wrong); i++) {
		struct error error = {0};
		if (settings_parse(wrong[i], &settings, &error))
			fail_msg("taken: %s", wrong[i]);
		assert_non_null(strstr(error.text, "settings: "));
		assert_null(settings.socket);
	}
	struct error error = {0};
	assert_true(settings_parse(WHOLE "end\nthe next block", &settings, &error));
	settings_clear(&settings);
	assert_int_equal(settings_block_length("a b\nend"), 0);
	assert_int_equal(settings_block_length("a b\nsender end\n"), 0);
	assert_int_equal(settings_block_length("a b\nend\nc d\nend\n"), 8);
	assert_int_equal(settings_block_length("end\nx"), 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_written_is_read),
	    cmocka_unit_test(what_is_not_whole_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
