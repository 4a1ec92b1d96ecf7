#include "unit.h"
#include "office.h"

#include <gmime/gmime.h>

#include "dunning/template_set.h"
#include "ledger/body.h"

#define LADDER                                                                                               \
	"ladder \"business\" { step courtesy { offset = -5d } step first-reminder { anchor = due offset = "  \
	"7d }\n"                                                                                             \
	" step second-reminder { offset = 14d } step firm-reminder { offset = 14d }\n"                       \
	" step warning { offset = 10d } step formal-notice { offset = 10d approval = yes } }\n"

static const char *const languages[] = {"fr", "en", "de", "es", "it", "nl"};
static const char *const steps[] = {
    "courtesy", "first-reminder", "second-reminder", "firm-reminder", "warning", "formal-notice"};

/* The first text part of a kind, decoded; g_free. */
static char *part_of(GBytes *mail, const char *subtype)
{
	gsize length;
	const char *bytes = g_bytes_get_data(mail, &length);
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, length);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
	GMimePartIter *iter = g_mime_part_iter_new(GMIME_OBJECT(message));
	char *text = NULL;
	do {
		GMimeObject *part = g_mime_part_iter_get_current(iter);
		GMimeContentType *type = part ? g_mime_object_get_content_type(part) : NULL;
		if (!text && type && g_mime_content_type_is_type(type, "text", subtype))
			text = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
	} while (g_mime_part_iter_next(iter));
	g_mime_part_iter_free(iter);
	g_object_unref(message);
	g_object_unref(parser);
	g_object_unref(stream);
	return text;
}

static void expect(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("\"%s\" is not in:\n%s", part, text);
}

static GBytes *preview(struct office *office, int64_t invoice, const char *step)
{
	struct error error = {0};
	struct receivable row = books_load(&office->books, invoice);
	GBytes *mail = dunning_preview(&office->books.ledger, &office->site, &row, step, &error);
	row_clear(&receivable_table, &row);
	if (!mail)
		fail_msg("%s: %s", step, error.text);
	return mail;
}

static int64_t customer_in(struct office *office, const char *language)
{
	struct error error = {0};
	int64_t customer = books_customer(&office->books, "Breizh & Fils <SARL>", "habitat.example");
	if (!journal_append(&office->books.ledger, EVENT_CUSTOMER_CHANGED,
		(struct event_about){.customer = customer}, json_pack("{s:s}", "language", language), NULL,
		&error))
		fail_msg("%s", error.text);
	return customer;
}

/* Nothing of a template's own syntax, no double spaces, no hole where a word should be. */
static void look_over(const char *text, const char *step, const char *language)
{
	static const char *const wrong[] = {
	    "{{", "}}", " ,", " .\n", "()", "(null)", "\n\n\n", "\xee\x80\x80", "\xee\x80\x81"};
	for (size_t i = 0; i < ARRAY_LENGTH(wrong); i++)
		if (strstr(text, wrong[i]))
			fail_msg("%s %s: \"%s\" in:\n%s", language, step, wrong[i], text);
	for (const char *line = text; *line;
	     line += strcspn(line, "\n") + (line[strcspn(line, "\n")] == '\n')) {
		size_t count = 0;
		for (size_t i = 0; i < strcspn(line, "\n"); i++)
			count += ((unsigned char)line[i] & 0xc0) != 0x80;
		if (count > 90)
			fail_msg("%s %s: a long line: %.100s", language, step, line);
	}
}

static void every_step_is_said_in_six_languages(void **state)
{
	(void)state;
	for (size_t l = 0; l < ARRAY_LENGTH(languages); l++) {
		for (int many = 0; many < 2; many++) {
			struct office office;
			office_open(&office, "sending = off\n" LADDER);
			int64_t customer = customer_in(&office, languages[l]);
			int64_t invoice =
			    office_invoice(&office, customer, "F2026-118", 118800, "2026-02-20");
			if (many)
				office_invoice(&office, customer, "F2026-119", 1234567890, "2026-01-31");
			for (size_t s = 0; s < ARRAY_LENGTH(steps); s++) {
				GBytes *mail = preview(&office, invoice, steps[s]);
				g_autofree char *text = part_of(mail, "plain"), *html = part_of(mail, "html");
				look_over(text, steps[s], languages[l]);
				expect(text, "F2026-118");
				expect(text, "FR76 3000 6000 0112 3456 7890 189");
				expect(text, "188");
				expect(html, "cid:payment-qr@relance");
				/* a formal notice speaks of nothing but what it is about */
				bool formal = strcmp(steps[s], "formal-notice") == 0;
				expect(html, many && !formal ? "F2026-119" : "F2026-118");
				assert_null(strstr(html, "<SARL>"));
				g_bytes_unref(mail);
			}
			office_close(&office);
		}
	}
}

static void the_formal_notice_has_what_the_law_asks(void **state)
{
	(void)state;
	struct office office;
	office_open(&office, "sending = off\n" LADDER);
	int64_t customer = customer_in(&office, "fr");
	int64_t invoice = office_invoice(&office, customer, "F2026-118", 1000000, "2026-05-01");
	office_go(&office, "2026-09-01", 10);
	GBytes *mail = preview(&office, invoice, "formal-notice");
	g_autofree char *text = part_of(mail, "plain");
	static const char *const parts[] = {"MISE EN DEMEURE", "Breizh & Fils <SARL>", "Le Goff", "F2026-118",
	    "413,68", "40,00", "10\u202f453,68", "huit jours", "L441-10", "juridiction"};
	for (size_t i = 0; i < ARRAY_LENGTH(parts); i++)
		expect(text, parts[i]);
	g_bytes_unref(mail);
	office_go(&office, "2027-02-01", 10);
	struct error error = {0};
	struct receivable row = books_load(&office.books, invoice);
	assert_null(dunning_preview(&office.books.ledger, &office.site, &row, "formal-notice", &error));
	expect(error.text, "first half of 2027");
	GBytes *firm = dunning_preview(&office.books.ledger, &office.site, &row, "firm-reminder", &error);
	assert_non_null(firm);
	g_bytes_unref(firm);
	row_clear(&receivable_table, &row);
	office_close(&office);
}

static void a_consumer_is_asked_for_nothing_more(void **state)
{
	(void)state;
	struct office office;
	struct error error = {0};
	office_open(&office, "sending = off\n" LADDER);
	int64_t customer = customer_in(&office, "fr");
	assert_true(journal_append(&office.books.ledger, EVENT_CUSTOMER_CHANGED,
	    (struct event_about){.customer = customer}, json_pack("{s:s}", "kind", "consumer"), NULL,
	    &error));
	int64_t invoice = office_invoice(&office, customer, "F2026-118", 1000000, "2026-02-01");
	GBytes *mail = preview(&office, invoice, "firm-reminder");
	g_autofree char *text = part_of(mail, "plain");
	assert_null(strstr(text, "40,00"));
	assert_null(strstr(text, "L441-10"));
	g_bytes_unref(mail);
	office_close(&office);
}

static void all_shipped_templates_are_sound(void **state)
{
	(void)state;
	for (size_t l = 0; l < ARRAY_LENGTH(languages); l++) {
		struct office office;
		struct error error = {0};
		office_open(&office, LADDER);
		g_autofree char *language = g_strdup(languages[l]);
		char *own = office.books.config.companies[0].language;
		office.books.config.companies[0].language = language;
		if (!templates_check(&office.books.config, &error))
			fail_msg("%s", error.text);
		office.books.config.companies[0].language = own;
		office_close(&office);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_step_is_said_in_six_languages),
	    cmocka_unit_test(the_formal_notice_has_what_the_law_asks),
	    cmocka_unit_test(a_consumer_is_asked_for_nothing_more),
	    cmocka_unit_test(all_shipped_templates_are_sound),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
