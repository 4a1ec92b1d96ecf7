#include "unit.h"
#include "base/config.h"
#include "base/config_value.h"

#define COMPANY                                                                                              \
	"company \"Le Goff\" { domains = {\"LeGoff.example\"} senders = {\"Billing@legoff.example\"} "       \
	"language = fr }\n"

static void a_minimal_file_gets_every_default(void **state)
{
	(void)state;
	struct config config;
	struct error error = {0};
	assert_true(config_parse("t.conf", COMPANY, &config, &error));
	assert_int_equal(config.company_count, 1);
	const struct company_config *company = &config.companies[0];
	assert_string_equal(company->name, "Le Goff");
	assert_string_equal(company->domains.items[0], "legoff.example");
	assert_string_equal(company->senders.items[0], "billing@legoff.example");
	assert_int_equal(company->mailboxes.count, 1);
	assert_string_equal(company->mailboxes.items[0], "billing@legoff.example");
	assert_string_equal(company->from, "Le Goff <billing@legoff.example>");
	assert_string_equal(company->country, "FR");
	assert_string_equal(company->currency, "EUR");
	assert_string_equal(company->bic, "");
	assert_string_equal(config.time_zone, "Europe/Paris");
	assert_int_equal(config.sending, SENDING_OFF);
	assert_int_equal(config.socket_mode, 0660);
	assert_int_equal(config.max_message_size, 25000000);
	assert_int_equal(config.business_start, 9 * 3600);
	assert_int_equal(config.confidence, 800);
	assert_int_equal(config.networks.count, 2);
	assert_int_equal(config.hold_ack, 7);
	assert_false(config.test_clock);
	assert_non_null(strstr(config.spool_dir, "/lib/relance/spool"));
	config_clear(&config);
}

static void the_shipped_ladder_has_four_steps(void **state)
{
	(void)state;
	static const struct step_config expected[] = {
	    {"first-reminder", ANCHOR_DUE, 7, false, CHANNEL_MAIL, "first-reminder", false, 8, {0}, {0}, 0,
		0},
	    {"second-reminder", ANCHOR_PREVIOUS, 14, false, CHANNEL_MAIL, "second-reminder", false, 8, {0},
		{0}, 0, 0},
	    {"call", ANCHOR_PREVIOUS, 7, false, CHANNEL_CALL, "call", false, 8, {0}, {0}, 0, 0},
	    {"formal-notice", ANCHOR_PREVIOUS, 10, false, CHANNEL_LETTER, "formal-notice", true, 8, {0}, {0},
		0, 0},
	};
	struct config config;
	struct error error = {0};
	assert_true(config_parse("t.conf", COMPANY, &config, &error));
	const struct ladder_config *ladder = config_ladder(&config, config.companies[0].ladder);
	assert_int_equal(ladder->step_count, ARRAY_LENGTH(expected));
	for (size_t i = 0; i < ARRAY_LENGTH(expected); i++) {
		assert_string_equal(ladder->steps[i].name, expected[i].name);
		assert_string_equal(ladder->steps[i].template, expected[i].template);
		assert_int_equal(ladder->steps[i].anchor, expected[i].anchor);
		assert_int_equal(ladder->steps[i].offset, expected[i].offset);
		assert_int_equal(ladder->steps[i].channel, expected[i].channel);
		assert_int_equal(ladder->steps[i].approval, expected[i].approval);
		assert_int_equal(ladder->steps[i].term, expected[i].term);
	}
	config_clear(&config);
}

static void the_shipped_effects_are_changed_by_what_the_file_names(void **state)
{
	(void)state;
	struct config config;
	struct error error = {0};
	assert_true(config_parse("t.conf",
	    "hold_ack = 4d resend = yes effect \"none\" { days = 6d }\n"
	    "company \"Acme\" { domains = {acme.example} senders = {a@acme.example} language = en resend = "
	    "no\n"
	    " effect \"paid\" { task = none } }\n" COMPANY,
	    &config, &error));
	assert_int_equal(config_effect(&config, NULL, "ack")->days, 4);
	assert_int_equal(config_effect(&config, "Acme", "none")->days, 6);
	assert_int_equal(config_effect(&config, NULL, "doubtful")->days, 3);
	assert_string_equal(config_effect(&config, "Acme", "paid")->task, "none");
	assert_int_equal(config_effect(&config, "Acme", "paid")->days, 5);
	assert_string_equal(config_effect(&config, "Le Goff", "paid")->task, "bank_data");
	assert_int_equal(config_effect(&config, NULL, "insolvency")->action, ANSWER_STOP);
	assert_int_equal(config_effect(&config, NULL, "redirect")->contact, ANSWER_CONTACT_ADOPT);
	assert_int_equal(config_effect(&config, NULL, "bounce")->action, ANSWER_ADDRESS);
	assert_false(config_company(&config, "Acme")->resend);
	assert_true(config_company(&config, "Le Goff")->resend);
	config_clear(&config);
}

static void a_wrong_effect_is_told_with_its_line(void **state)
{
	(void)state;
	static const struct {
		const char *text, *wrong;
	} rows[] = {
	    {"effect \"paied\" { }\n" COMPANY,
		"t.conf:1: effect: \"paied\" is not allowed; allowed: insolvency"},
	    {"\neffect \"paid\" { days = never }\n" COMPANY,
		"t.conf:2: days: \"never\" is not allowed; allowed: days from "},
	    {"effect \"paid\" { action = refund }\n" COMPANY,
		"t.conf:1: action: \"refund\" is not allowed; allowed: note"},
	    {"effect \"paid\" { task = bake }\n" COMPANY,
		"t.conf:1: task: \"bake\" is not allowed; allowed: none"},
	    {"effect \"paid\" { hold = 3d }\n" COMPANY,
		"t.conf:1: hold: there is no such key; allowed: action days"},
	    {"effect \"unverified\" {\n action = stop }\n" COMPANY,
		"t.conf:2: action: \"stop\" is not allowed in effect \"unverified\"; allowed: note or hold"},
	    {"effect \"paid\" { action = address }\n" COMPANY,
		"t.conf:1: action: \"address\" is not allowed in effect \"paid\"; allowed: note, hold"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct config config;
		struct error error = {0};
		assert_false(config_parse("t.conf", rows[i].text, &config, &error));
		if (strncmp(error.text, rows[i].wrong, strlen(rows[i].wrong)) != 0)
			fail_msg("row %zu: %s", i, error.text);
	}
}

static void what_the_file_says_is_taken(void **state)
{
	(void)state;
	struct config config;
	struct error error = {0};
	assert_true(config_parse("t.conf",
	    COMPANY
	    "networks = {\"192.0.2.0/24\", \"2001:db8::/32\"}\n"
	    "max_message_size = 5MiB # comment with ${HOME}\n"
	    "business_start = 08:30 sending = approve test_clock = yes receipt_wait = 2min socket_mode = "
	    "0666\n"
	    "socket = \"inet:8891@127.0.0.1\" networks += {\"198.51.100.7\"}\n"
	    "ladder \"business\" { step \"one\" { offset = 5bd } step \"two\" { offset = 3d template = other "
	    "} }\n"
	    "company 'Acme \"Ltd\"' { domains = {acme.example} senders = {a@acme.example, b@acme.example}\n"
	    " mailboxes = {ar@acme.example} language = en iban = {\"gb82 WEST 1234 5698 7654 32\"} }\n",
	    &config, &error));
	assert_int_equal(config.networks.count, 3);
	assert_int_equal(config.max_message_size, 5 * 1048576);
	assert_int_equal(config.business_start, 8 * 3600 + 1800);
	assert_int_equal(config.sending, SENDING_APPROVE);
	assert_true(config.test_clock);
	assert_int_equal(config.receipt_wait, 120);
	assert_int_equal(config.socket_mode, 0666);
	assert_int_equal(config.ladder_count, 3);
	assert_int_equal(config.ladders[0].step_count, 2);
	assert_true(config.ladders[0].steps[0].business_days);
	assert_int_equal(config.ladders[0].steps[0].anchor, ANCHOR_DUE);
	assert_int_equal(config.ladders[0].steps[1].anchor, ANCHOR_PREVIOUS);
	assert_string_equal(config.ladders[0].steps[1].template, "other");
	const struct company_config *company = config_company(&config, "Acme \"Ltd\"");
	assert_non_null(company);
	assert_string_equal(company->country, "GB");
	assert_string_equal(company->currency, "GBP");
	assert_string_equal(company->iban.items[0], "GB82WEST12345698765432");
	assert_ptr_equal(config_company_of_sender(&config, "B@Acme.example"), company);
	assert_ptr_equal(config_company_of_mailbox(&config, "ar@acme.example"), company);
	assert_ptr_equal(config_company_of_domain(&config, "x@ACME.example"), company);
	assert_null(config_company_of_domain(&config, "acme.example"));
	assert_null(config_company_of_sender(&config, "ar@acme.example"));
	config_clear(&config);
}

static void an_error_names_file_line_key_and_what_is_allowed(void **state)
{
	(void)state;
	static const struct {
		const char *text, *expected;
	} rows[] = {
	    {"", "t.conf: company: is missing"},
	    {COMPANY "\nsendin = on\n", "t.conf:3: sendin: there is no such key; allowed: socket"},
	    {COMPANY "sending = maybe\n",
		"t.conf:2: sending: \"maybe\" is not allowed; allowed: off, approve or on"},
	    {COMPANY "\n\nmax_message_size = 25XB\n",
		"t.conf:4: max_message_size: \"25XB\" is not allowed; allowed: bytes"},
	    {COMPANY "max_messages = 0\n", "t.conf:2: max_messages: \"0\" is not allowed"},
	    {COMPANY "networks = {\"127.0.0.0/8\", \"nowhere\"}\n",
		"t.conf:2: networks: \"nowhere\" is not allowed"},
	    {COMPANY "networks = {\n\"bad\",\n\"::1/128\"}\n", "t.conf:3: networks: \"bad\" is not allowed"},
	    {COMPANY "business_end = 08:00\n", "t.conf: business_end: is not after business_start"},
	    {COMPANY "user = \"${USER}\"\n", "t.conf:2: ${: environment variables are not expanded"},
	    {COMPANY "user = ${USER}\n", "t.conf:2: ${: environment variables"},
	    {"company \"X\" {\n domains = {x.example}\n senders = {a@x.example}\n}\n",
		"language: is missing in company \"X\"; allowed: fr, en"},
	    {"company \"X\" {\n domains = {x.example}\n senders = {nobody}\n}\n",
		"t.conf:3: senders: \"nobody\" is not"},
	    {"company \"X\" {\n domain = {x.example}\n}\n",
		"t.conf:2: domain: there is no such key; allowed: domains"},
	    {"ladder \"l\" {\n step \"s\" {\n ofset = 7d\n } }\n",
		"t.conf:3: ofset: there is no such key; allowed: anchor"},
	    {"ladder \"l\" {\n step \"s\" {\n offset = 7\n } }\n", "t.conf:3: offset: \"7\" is not allowed"},
	    {"ladder \"l\" {\n step \"s\" {\n anchor = previous offset = 7d\n } }\n" COMPANY,
		"this is the first step"},
	    {"ladder \"l\" {\n }\n" COMPANY, "step: is missing in ladder \"l\""},
	    {"company \"X\" { domains = {x.example} senders = {a@x.example} language = fr ladder = none }\n",
		"names \"none\", which is not there"},
	    {COMPANY
		"company \"Y\" { domains = {y.example} senders = {billing@legoff.example} language = fr }\n",
		"belongs to company \"Le Goff\" and to \"Y\""},
	    {"company \"X\" {\n", "t.conf:2: "},
	    {COMPANY "sending on\n", "t.conf:2: "},
	    {COMPANY "user = \"\xff\"\n", "is not UTF-8"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct config config;
		struct error error = {0};
		if (config_parse("t.conf", rows[i].text, &config, &error))
			fail_msg("taken: %s", rows[i].text);
		assert_int_equal(error.status, STATUS_CONFIG);
		if (!strstr(error.text, rows[i].expected))
			fail_msg("\"%s\" has no \"%s\"", error.text, rows[i].expected);
		assert_int_equal(config.company_count, 0);
		assert_null(config.socket);
	}
}

static void the_dump_is_read_back_as_the_same(void **state)
{
	(void)state;
	struct config config, again;
	struct error error = {0};
	struct buffer first = BUFFER_EMPTY, second = BUFFER_EMPTY;
	assert_true(config_parse("t.conf",
	    COMPANY
	    "company 'O\\'Neill \\\\ Sons' { domains = {o.example} senders = {a@o.example} language = nl\n"
	    "address = \"1 Main St\\nDublin\" country = IE } business_end = 24:00\n",
	    &config, &error));
	config_dump(&config, &first);
	if (!config_parse("dump", first.bytes, &again, &error))
		fail_msg("%s", error.text);
	assert_string_equal(again.companies[1].name, "O'Neill \\ Sons");
	assert_string_equal(again.companies[1].address, "1 Main St\nDublin");
	config_dump(&again, &second);
	assert_string_equal(first.bytes, second.bytes);
	buffer_clear(&first);
	buffer_clear(&second);
	config_clear(&config);
	config_clear(&again);
}

static void every_default_that_reads_as_a_value_is_allowed(void **state)
{
	(void)state;
	size_t count;
	const struct config_key_info *keys = config_keys(&count);
	for (size_t i = 0; i < count; i++) {
		assert_true(keys[i].allowed && *keys[i].allowed);
		for (size_t n = 0; n < i; n++)
			assert_true(
			    strcmp(keys[i].section, keys[n].section) || strcmp(keys[i].name, keys[n].name));
	}
}

static void values_are_read_whole_or_not_at_all(void **state)
{
	(void)state;
	static const struct {
		bool (*read)(const char *, int64_t *);
		const char *text;
		int64_t expected; /* INT64_MIN: refused */
	} rows[] = {
	    {value_bytes, "25MB", 25000000},
	    {value_bytes, "64 KiB", 65536},
	    {value_bytes, "1", 1},
	    {value_bytes, "25mb", INT64_MIN},
	    {value_bytes, "", INT64_MIN},
	    {value_bytes, "9999999999GB", INT64_MIN},
	    {value_bytes, "0x10", INT64_MIN},
	    {value_seconds, "10min", 600},
	    {value_seconds, "2h", 7200},
	    {value_seconds, "2m", INT64_MIN},
	    {value_days, "-3d", -3},
	    {value_days, "3", 3},
	    {value_days, "3bd", INT64_MIN},
	    {value_time_of_day, "09:00", 32400},
	    {value_time_of_day, "24:00", 86400},
	    {value_time_of_day, "24:01", INT64_MIN},
	    {value_time_of_day, "9:00", INT64_MIN},
	    {value_time_of_day, "09:60", INT64_MIN},
	    {value_time_of_day, "09::0", INT64_MIN},
	    {value_mode, "0660", 0660},
	    {value_mode, "660", 0660},
	    {value_mode, "0880", INT64_MIN},
	    {value_thousandths, "0.80", 800},
	    {value_thousandths, "1", 1000},
	    {value_thousandths, "1.001", INT64_MIN},
	    {value_thousandths, "0.8005", INT64_MIN},
	    {value_thousandths, ".5", INT64_MIN},
	    {value_amount, "100", 100000},
	    {value_amount, "99.5", 99500},
	    {value_amount, "0.125", 125},
	    {value_amount, "0.1255", INT64_MIN},
	    {value_amount, "5.", INT64_MIN},
	    {value_amount, "-5", INT64_MIN},
	    {value_amount, "1e3", INT64_MIN},
	    {value_switch, "on", 1},
	    {value_switch, "no", 0},
	    {value_switch, "1", INT64_MIN},
	    {value_integer, "99999999999999999999", INT64_MIN},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		int64_t number = INT64_MIN;
		bool read = rows[i].read(rows[i].text, &number);
		if (read != (rows[i].expected != INT64_MIN) || number != rows[i].expected)
			fail_msg("\"%s\" gives %lld", rows[i].text, (long long)number);
	}
}

static void texts_have_their_forms(void **state)
{
	(void)state;
	static const struct {
		bool (*is)(const char *);
		const char *text;
		bool expected;
	} rows[] = {
	    {value_is_address, "a@b.example", true},
	    {value_is_address, "a@", false},
	    {value_is_address, "@b", false},
	    {value_is_address, "a b@c.example", false},
	    {value_is_address, "<a@b.example>", false},
	    {value_is_mailbox, "A B <a@b.example>", true},
	    {value_is_mailbox, "a@b.example", true},
	    {value_is_mailbox, "A <a@b.example> x", false},
	    {value_is_mailbox, "A\r\nBcc: <a@b.example>", false},
	    {value_is_network, "10.0.0.0/8", true},
	    {value_is_network, "10.0.0.0/33", false},
	    {value_is_network, "::1", true},
	    {value_is_network, "10.0.0.0/", false},
	    {value_is_network, "10.0.0.0/-1", false},
	    {value_is_socket, "unix:/run/x", true},
	    {value_is_socket, "unix:x", false},
	    {value_is_socket, "inet:8891@localhost", true},
	    {value_is_socket, "inet:localhost:8891", false},
	    {value_is_zone, "Europe/Paris", true},
	    {value_is_zone, "/etc/passwd", false},
	    {value_is_zone, "A/../b", false},
	    {value_is_iban, "FR14 2004 1010 0505 0001 3M02 606", true},
	    {value_is_iban, "FR14 2004 1010 0505 0001 3M02 607", false},
	    {value_is_region, "DE-BY", true},
	    {value_is_region, "DE", false},
	    {value_is_bic, "COBADEFFXXX", true},
	    {value_is_bic, "COBA", false},
	    {value_is_name, "first-reminder", true},
	    {value_is_name, "../x", false},
	    {value_is_currency, "EUR", true},
	    {value_is_currency, "EURO", false},
	    {value_is_domain, "b.example", true},
	    {value_is_domain, "a@b", false},
	    {value_is_text, "Caf\xc3\xa9", true},
	    {value_is_text, "a\tb", false},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
		if (rows[i].is(rows[i].text) != rows[i].expected)
			fail_msg("\"%s\" should %sbe taken", rows[i].text, rows[i].expected ? "" : "not ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_minimal_file_gets_every_default),
	    cmocka_unit_test(the_shipped_ladder_has_four_steps),
	    cmocka_unit_test(the_shipped_effects_are_changed_by_what_the_file_names),
	    cmocka_unit_test(a_wrong_effect_is_told_with_its_line),
	    cmocka_unit_test(what_the_file_says_is_taken),
	    cmocka_unit_test(an_error_names_file_line_key_and_what_is_allowed),
	    cmocka_unit_test(the_dump_is_read_back_as_the_same),
	    cmocka_unit_test(every_default_that_reads_as_a_value_is_allowed),
	    cmocka_unit_test(values_are_read_whole_or_not_at_all),
	    cmocka_unit_test(texts_have_their_forms),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
