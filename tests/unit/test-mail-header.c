#include "unit.h"
#include "base/instant.h"
#include "mail/address.h"
#include "mail/charset.h"
#include "mail/encoded_word.h"
#include "mail/fields.h"
#include "mail/mail_date.h"
#include "mail/message.h"
#include "mail/thread_ids.h"

static void encoded_words_become_one_line_of_text(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
	    {"plain", "plain"},
	    {"  two\r\n lines ", "two lines"},
	    {"=?utf-8?Q?R=C3=A9f=5F1?=", "R\xc3\xa9"
					 "f_1"},
	    {"=?UTF-8?B?w6k=?= =?UTF-8?B?w6k=?=", "\xc3\xa9\xc3\xa9"},
	    {"=?utf-8?q?a=C3?=\r\n =?utf-8?q?=A9b?=", "a\xc3\xa9"
						      "b"}, /* cut inside a character */
	    {"a =?iso-8859-1?q?=E9?= b", "a \xc3\xa9 b"},
	    {"=?iso-8859-15*fr?q?=A4?=", "\xe2\x82\xac"},
	    {"=?nowhere-99?q?=E9?=", "\xc3\xa9"},
	    {"=?utf-8?q?never ends", "=?utf-8?q?never ends"},
	    {"=?utf-8?x?a?=", "=?utf-8?x?a?="},
	    {"raw \xe9", "raw \xc3\xa9"},
	    {"=?utf-8?q?a=0D=0AX-Evil:_1?=", "a  X-Evil: 1"},
	    {"", ""},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		char *text = encoded_words_decode(rows[i][0], strlen(rows[i][0]));
		assert_string_equal(text, rows[i][1]);
		g_free(text);
	}
}

static void addresses_are_read_as_they_are_really_written(void **state)
{
	(void)state;
	static const struct {
		const char *raw;
		const char *expected; /* "name|address" each, between semicolons */
	} rows[] = {
	    {"a@B.Example", "|a@b.example"},
	    {"Jo <a@b.example>", "Jo|a@b.example"},
	    {"\"Doe, Jo\" <a@b.example>, c@d.example", "Doe, Jo|a@b.example;|c@d.example"},
	    {"a@b.example (Jo (the) Doe)", "Jo (the) Doe|a@b.example"},
	    {"Team: a@b.example, Jo <c@d.example>;", "|a@b.example;Jo|c@d.example"},
	    {"undisclosed-recipients:;", ""},
	    {"=?utf-8?q?J=C3=A9?= <a@b.example>", "J\xc3\xa9|a@b.example"},
	    {"'a@b.example' <a@b.example>", "a@b.example|a@b.example"},
	    {"<@relay.example:a@b.example>", "|a@b.example"},
	    {"\"a b\"@c.example", "|\"a b\"@c.example"},
	    {"a@b.example; c@d.example", "|a@b.example;|c@d.example"}, /* Outlook's separator */
	    {"Jo <a@b.example", "Jo|a@b.example"},
	    {"<<a@b.example>>", "|a@b.example"},
	    {"mailto:a@b.example", "|a@b.example"},
	    {"MAILER-DAEMON (Mail Delivery System)", "Mail Delivery System|MAILER-DAEMON"},
	    {"a @ b . example", "|a@b.example"},
	    {"", ""},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		GPtrArray *list = g_ptr_array_new_with_free_func((GDestroyNotify)address_free);
		assert_true(addresses_append(list, rows[i].raw, strlen(rows[i].raw)));
		GString *text = g_string_new(NULL);
		for (unsigned k = 0; k < list->len; k++) {
			const struct address *address = g_ptr_array_index(list, k);
			g_string_append_printf(text, "%s%s|%s", k ? ";" : "",
			    address->name ? address->name : "", address->address);
		}
		assert_string_equal(text->str, rows[i].expected);
		g_string_free(text, TRUE);
		g_ptr_array_free(list, TRUE);
	}
}

static void a_bomb_of_addresses_is_cut(void **state)
{
	(void)state;
	GString *mail = g_string_new("To: ");
	for (int i = 0; i < 50000; i++)
		g_string_append(mail, "a@b,");
	g_string_append(mail, "\n\nx");
	struct message *message = message_parse(mail->str, mail->len);
	assert_int_equal(message->to->len, MESSAGE_MAX_ADDRESSES);
	assert_true(message->doubtful);
	assert_string_equal(message->new_text, "x");
	message_free(message);
	g_string_free(mail, TRUE);
}

static void thread_ids_survive_broken_syntax(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
	    {"<a@b>", "<a@b>"},
	    {"<a@b> <c@d>", "<a@b><c@d>"},
	    {"<a@b><c@d>,<e@f>", "<a@b><c@d><e@f>"},
	    {" <a\r\n\t@b>", "<a@b>"},
	    {"a@b", "<a@b>"},
	    {"a@b c@d", "<a@b><c@d>"},
	    {"Your message of Monday <a@b> (x <no@no>)", "<a@b>"},
	    {"<a@b<c@d>", "<a@b><c@d>"},
	    {"<a@b> <a@b>", "<a@b>"},
	    {"<A@b> <a@b>", "<A@b><a@b>"}, /* case counts */
	    {"<never-closed@b", "<never-closed@b>"},
	    {"<>", ""},
	    {"(never closed <a@b>", "<a@b>"},
	    {"", ""},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		GPtrArray *ids = thread_ids_parse(rows[i][0], strlen(rows[i][0]));
		GString *text = g_string_new(NULL);
		for (unsigned k = 0; k < ids->len; k++)
			g_string_append(text, g_ptr_array_index(ids, k));
		assert_string_equal(text->str, rows[i][1]);
		g_string_free(text, TRUE);
		g_ptr_array_free(ids, TRUE);
	}
	char *bare = thread_id_parse(" 20260317.1002 ", 15);
	assert_string_equal(bare, "<20260317.1002>");
	g_free(bare);
}

static void long_references_are_read_from_both_ends(void **state)
{
	(void)state;
	GString *text = g_string_new(NULL);
	for (int i = 0; i < 20000; i++)
		g_string_append_printf(text, "<%05d@b.example>\r\n ", i);
	GPtrArray *ids = thread_ids_parse(text->str, text->len);
	assert_int_equal(ids->len, THREAD_IDS_MAX);
	assert_string_equal(g_ptr_array_index(ids, 0), "<00000@b.example>");
	assert_string_equal(g_ptr_array_index(ids, ids->len - 1), "<19999@b.example>");
	g_ptr_array_free(ids, TRUE);
	g_string_free(text, TRUE);
}

static void dates_are_read_in_old_and_broken_forms(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
	    {"Tue, 17 Mar 2026 10:02:00 +0100", "2026-03-17T10:02:00+01:00"},
	    {"17 Mar 2026 10:02 GMT", "2026-03-17T10:02:00Z"},
	    {"Tue, 17 Mar 26 10:02:00 EST", "2026-03-17T10:02:00-05:00"},
	    {"Tue Mar 17 10:02:00 2026", "2026-03-17T10:02:00Z"},
	    {"Tue, 17 Mar 2026 10:02:00 +0100 (CET)", "2026-03-17T10:02:00+01:00"},
	    {"Tue, 17 March 2026 10.02.00 +01:00", "2026-03-17T10:02:00+01:00"},
	    {"17-Mar-2026 10:02:00 -0330", "2026-03-17T10:02:00-03:30"},
	    {"yesterday", ""},
	    {"31 Feb 2026 10:02:00", ""},
	    {"", ""},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		instant_t instant = INSTANT_NONE;
		int offset = 0;
		char text[INSTANT_TEXT_SIZE];
		assert_int_equal(mail_date_parse(rows[i][0], &instant, &offset), rows[i][1][0] != '\0');
		assert_string_equal(instant_format(instant, offset, text), rows[i][1]);
	}
}

static void charsets_fall_back_without_loss(void **state)
{
	(void)state;
	static const struct {
		const char *bytes;
		const char *declared;
		const char *expected;
		bool fits;
	} rows[] = {
	    {"caf\xe9", "iso-8859-1", "caf\xc3\xa9", true},
	    {"\x80", "iso-8859-1", "\xe2\x82\xac", true}, /* windows-1252 in disguise */
	    {"caf\xc3\xa9", "us-ascii", "caf\xc3\xa9", true},
	    {"caf\xe9", "utf-8", "caf\xc3\xa9", false},
	    {"caf\xe9", NULL, "caf\xc3\xa9", false},
	    {"\xc3\xa9\xc3\xa9\xc3", "utf-8", "\xc3\xa9\xc3\xa9\xef\xbf\xbd", false},
	    {"\xa4", "iso-8859-15", "\xe2\x82\xac", true},
	    {"\xb1", "ISO-8859-2", "\xc4\x85", true},
	    {"\x1b$B$\"\x1b(B", "iso-2022-jp", "\xe3\x81\x82", true},
	    {"abc", "no-such-charset", "abc", false},
	    {"\xef\xbb\xbf"
	     "a",
		"utf-8", "a", true},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		GString *text = g_string_new(NULL);
		bool fits = charset_append(text, rows[i].bytes, strlen(rows[i].bytes), rows[i].declared);
		assert_string_equal(text->str, rows[i].expected);
		assert_int_equal(fits, rows[i].fits);
		g_string_free(text, TRUE);
	}
}

static void fields_are_found_in_any_case_and_with_lost_folds(void **state)
{
	(void)state;
	const char *mail = "From a@b Tue Mar 17\nSUBJECT : x\nContent-Type: multipart/mixed;\nboundary=b\nX: "
			   "1\nX: 2\n\nbody";
	struct fields fields;
	fields_init(&fields, mail, strlen(mail));
	char *subject = fields_text(&fields, "Subject"), *type = fields_raw(&fields, "content-type");
	assert_string_equal(subject, "x");
	assert_string_equal(type, "multipart/mixed;boundary=b");
	size_t next;
	const struct field *first = fields_find(&fields, "X", 0, &next);
	const struct field *second = fields_find(&fields, "X", next, &next);
	assert_non_null(first);
	assert_memory_equal(second->value, " 2", 2);
	assert_null(fields_find(&fields, "X", next, NULL));
	assert_string_equal(mail + fields.size, "body");
	g_free(subject);
	g_free(type);
	fields_clear(&fields);
}

static int setup(void **state)
{
	(void)state;
	message_setup();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(encoded_words_become_one_line_of_text),
	    cmocka_unit_test(addresses_are_read_as_they_are_really_written),
	    cmocka_unit_test(a_bomb_of_addresses_is_cut),
	    cmocka_unit_test(thread_ids_survive_broken_syntax),
	    cmocka_unit_test(long_references_are_read_from_both_ends),
	    cmocka_unit_test(dates_are_read_in_old_and_broken_forms),
	    cmocka_unit_test(charsets_fall_back_without_loss),
	    cmocka_unit_test(fields_are_found_in_any_case_and_with_lost_folds),
	};
	return cmocka_run_group_tests(tests, setup, NULL);
}
