#include "unit.h"
#include "office.h"

#include <gmime/gmime.h>

#include "dunning/notice_words.h"
#include "dunning/reminder.h"
#include "dunning/template_set.h"
#include "ledger/act.h"
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
		(struct event_about){.customer = customer},
		json_pack("{s:s, s:s}", "language", language, "address", "12 quai de la Douane\n29200 Brest"),
		NULL, &error))
		fail_msg("%s", error.text);
	g_free(office->books.config.companies[0].address);
	office->books.config.companies[0].address = strdup("3 rue du Port\n29900 Concarneau");
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
				/* nothing is fetched, nobody is followed */
				assert_null(strstr(html, "http"));
				assert_null(strstr(html, "<script"));
				g_bytes_unref(mail);
			}
			office_close(&office);
		}
	}
}

static GBytes *occasion_mail(
    struct office *office, const int64_t *invoices, size_t count, const struct reminder_occasion *occasion)
{
	struct error error = {0};
	struct desk desk;
	struct reminder reminder = {0};
	struct reminder_mail mail = {0};
	if (!desk_init(&desk, &office->books.ledger, &office->site, &error) ||
	    !reminder_collect_occasion(&reminder, &desk, invoices, count, occasion, &error) ||
	    !reminder_compose(&reminder, "<test@legoff.example>", &mail, &error))
		fail_msg("%s: %s", occasion->template, error.text);
	GBytes *bytes = g_bytes_ref(mail.bytes);
	reminder_mail_clear(&mail);
	reminder_clear(&reminder);
	desk_clear(&desk);
	return bytes;
}

/* A promise of 500.00 for the 16th of February that was not kept. */
static void break_promise(struct office *office, int64_t invoice)
{
	struct error error = {0};
	struct receivable row = books_load(&office->books, invoice);
	assert_true(act_promise(&office->books.ledger, &row, day_of("2026-02-16"), 50000, 0, &error));
	GPtrArray *promises = promise_list(office->books.store, invoice, "running", &error);
	assert_int_equal(promises->len, 1);
	assert_true(act_end_promise(&office->books.ledger, promises->pdata[0], "broken", &error));
	rows_free(&promise_table, promises);
	row_clear(&receivable_table, &row);
}

static void every_occasion_is_said_in_six_languages(void **state)
{
	(void)state;
	const struct reminder_instalment rates[] = {
	    {day_of("2026-04-15"), 60000}, {day_of("2026-05-15"), 58800}};
	static const char *const amounts[] = {"500", "600", "188", "188"};
	const struct reminder_occasion occasions[] = {
	    {.template = "broken", .paid_on = DATE_NONE},
	    {.template = "instalment", .paid_on = DATE_NONE, .instalments = rates, .instalment_count = 2},
	    {.template = "thanks", .paid = 118800, .paid_on = day_of("2026-03-02")},
	    {.template = "copy", .paid_on = DATE_NONE},
	};
	for (size_t l = 0; l < ARRAY_LENGTH(languages); l++) {
		struct office office;
		office_open(&office, "sending = off\n" LADDER);
		int64_t customer = customer_in(&office, languages[l]);
		int64_t invoices[] = {office_invoice(&office, customer, "F2026-118", 118800, "2026-02-20"),
		    office_invoice(&office, customer, "F2026-119", 1234567890, "2026-01-31")};
		break_promise(&office, invoices[0]);
		for (size_t o = 0; o < ARRAY_LENGTH(occasions); o++)
			for (size_t count = 1; count <= 2; count++) {
				GBytes *mail = occasion_mail(&office, invoices, count, &occasions[o]);
				g_autofree char *text = part_of(mail, "plain"), *html = part_of(mail, "html");
				look_over(text, occasions[o].template, languages[l]);
				expect(text, amounts[o]);
				expect(text, "FR76 3000 6000 0112 3456 7890 189");
				expect(html, amounts[o]);
				g_bytes_unref(mail);
			}
		office_close(&office);
	}
}

static void who_has_paid_is_thanked_and_asked_for_nothing(void **state)
{
	(void)state;
	struct office office;
	struct error error = {0};
	office_open(&office, "sending = off\n" LADDER);
	int64_t invoice =
	    office_invoice(&office, customer_in(&office, "en"), "F2026-118", 118800, "2026-02-20");
	struct receivable row = books_load(&office.books, invoice);
	assert_true(act_pay(&office.books.ledger, &row, 118800, day_of("2026-03-02"), NULL, &error));
	row_clear(&receivable_table, &row);
	const struct reminder_occasion thanks = {
	    .template = "thanks", .paid = 118800, .paid_on = day_of("2026-03-02")};
	GBytes *mail = occasion_mail(&office, &invoice, 1, &thanks);
	g_autofree char *text = part_of(mail, "plain");
	expect(text, "now paid in full");
	assert_null(strstr(text, "IBAN"));
	g_bytes_unref(mail);
	office_close(&office);
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

static void the_creditor_reference_stands_in_the_mail(void **state)
{
	(void)state;
	struct office office;
	office_open(&office, "sending = off\n" LADDER);
	int64_t customer = customer_in(&office, "fr");
	int64_t invoice = office_invoice(&office, customer, "539007547034", 118800, "2026-02-20");
	GBytes *plain = preview(&office, invoice, "first-reminder");
	office.books.config.companies[0].creditor_reference = true;
	GBytes *mail = preview(&office, invoice, "first-reminder");
	g_autofree char *before = part_of(plain, "plain"), *text = part_of(mail, "plain");
	assert_null(strstr(before, "RF18"));
	expect(text, "RF18 5390 0754 7034");
	g_bytes_unref(plain);
	g_bytes_unref(mail);
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

/* The document of INVOICE has SIZE bytes; 0: there is none. */
static void set_document(struct office *office, int64_t invoice, size_t size, char content)
{
	struct error error = {0};
	char sha256[SHA256_TEXT_SIZE];
	struct receivable row = books_load(&office->books, invoice);
	g_autofree char *bytes = g_strnfill(size, content);
	g_clear_pointer(&row.sha256, g_free);
	if (size) {
		assert_true(blob_put(office->books.store, bytes, size, sha256, &error));
		row.sha256 = g_strdup(sha256);
	}
	assert_true(row_update(office->books.store, &receivable_table, &row, &error));
	row_clear(&receivable_table, &row);
}

static void the_oldest_documents_are_attached_and_said_to_be_only_if_all_are(void **state)
{
	(void)state;
	static const struct row {
		size_t older, newer;
		bool has_older, has_newer, said;
	} rows[] = {
	    {1000, 1000, true, true, true},
	    {5000000, 5000000, true, false, false},
	    {9000000, 1000, false, true, false},
	    {1000, 0, true, false, false},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct office office;
		office_open(&office, "sending = off\n" LADDER);
		int64_t customer = customer_in(&office, "en");
		int64_t newer = office_invoice(&office, customer, "F2026-119", 118800, "2026-02-20");
		int64_t older = office_invoice(&office, customer, "F2026-118", 118800, "2026-02-10");
		set_document(&office, newer, rows[i].newer, 'n');
		set_document(&office, older, rows[i].older, 'o');
		GBytes *mail = preview(&office, newer, "second-reminder");
		g_autofree char *text = part_of(mail, "plain");
		const char *bytes = g_bytes_get_data(mail, NULL);
		gssize length = (gssize)g_bytes_get_size(mail);
		if ((g_strstr_len(bytes, length, "F2026-118.pdf") != NULL) != rows[i].has_older ||
		    (g_strstr_len(bytes, length, "F2026-119.pdf") != NULL) != rows[i].has_newer)
			fail_msg("row %zu: what is attached", i);
		if ((strstr(text, "attached") != NULL) != rows[i].said)
			fail_msg("row %zu: what is said: %s", i, text);
		g_bytes_unref(mail);
		office_close(&office);
	}
}

/* "term" of the step; individuals in the United Kingdom have thirty days at least. */
static void a_formal_notice_names_the_days_that_it_gives(void **state)
{
	(void)state;
	static const struct row {
		const char *language, *country, *kind, *term;
		const char *says;
	} rows[] = {
	    {"fr", "FR", "business", "", "dans un délai de huit jours"},
	    {"fr", "FR", "consumer", "term = 15d", "dans un délai de quinze jours"},
	    {"fr", "FR", "business", "term = 12d", "dans un délai de 12 jours"},
	    {"en", "GB", "business", "", "within eight days"},
	    {"en", "GB", "consumer", "", "within thirty days"},
	    {"en", "GB", "consumer", "term = 14d", "within thirty days"},
	    {"en", "GB", "consumer", "term = 45d", "within 45 days"},
	    {"en", "IE", "consumer", "", "within eight days"},
	    {"de", "DE", "business", "term = 14d", "innerhalb von vierzehn Tagen"},
	    {"es", "ES", "business", "", "plazo de ocho días"},
	    {"it", "IT", "business", "term = 15d", "entro quindici giorni"},
	    {"nl", "NL", "business", "term = 10d", "binnen tien dagen"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct office office;
		struct error error = {0};
		g_autofree char *config = g_strdup_printf(
		    "sending = off\nladder \"%s\" { step formal-notice { anchor = due offset = 10d %s } }\n",
		    rows[i].kind, rows[i].term);
		office_open(&office, config);
		struct company_config *company = &office.books.config.companies[0];
		g_free(company->country);
		company->country = strdup(rows[i].country);
		int64_t customer = customer_in(&office, rows[i].language);
		assert_true(journal_append(&office.books.ledger, EVENT_CUSTOMER_CHANGED,
		    (struct event_about){.customer = customer}, json_pack("{s:s}", "kind", rows[i].kind),
		    NULL, &error));
		int64_t invoice = office_invoice(&office, customer, "F2026-118", 1000000, "2026-02-01");
		GBytes *mail = preview(&office, invoice, "formal-notice");
		g_autofree char *text = part_of(mail, "plain");
		g_strdelimit(text, "\n", ' ');
		expect(text, rows[i].says);
		g_bytes_unref(mail);
		office_close(&office);
	}
}

/* They are looked up in a table that must be in order. */
static void our_own_mails_have_a_word_for_each_kind_of_task(void **state)
{
	(void)state;
	static const char *const kinds[] = {"address", "approve", "bank_data", "call", "delay", "dispute",
	    "insolvency", "legal", "letter", "proof", "request", "review", "submission", "unreadable"};
	for (size_t i = 0; i < ARRAY_LENGTH(kinds); i++)
		if (strcmp(notice_word("en", "task", kinds[i]), kinds[i]) == 0)
			fail_msg("%s: no word", kinds[i]);
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
	    cmocka_unit_test(every_occasion_is_said_in_six_languages),
	    cmocka_unit_test(who_has_paid_is_thanked_and_asked_for_nothing),
	    cmocka_unit_test(the_formal_notice_has_what_the_law_asks),
	    cmocka_unit_test(the_creditor_reference_stands_in_the_mail),
	    cmocka_unit_test(a_consumer_is_asked_for_nothing_more),
	    cmocka_unit_test(the_oldest_documents_are_attached_and_said_to_be_only_if_all_are),
	    cmocka_unit_test(a_formal_notice_names_the_days_that_it_gives),
	    cmocka_unit_test(our_own_mails_have_a_word_for_each_kind_of_task),
	    cmocka_unit_test(all_shipped_templates_are_sound),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
