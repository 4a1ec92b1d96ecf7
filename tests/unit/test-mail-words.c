/* Every mail in every language as its reader sees it: nothing left over of the templates, sound sentences,
 * and HTML that any mail program shows. With RELANCE_LOOK=FOLDER they are kept there to be looked at. */
#include "unit.h"
#include "office.h"

#include "dunning/reminder.h"
#include "dunning/reminder_words.h"
#include "ledger/body.h"
#include "ledger/journal.h"
#include "store/rows_case.h"

#define LADDER                                                                                               \
	"ladder \"business\" { step courtesy { offset = -5d } step first-reminder { anchor = due offset = "  \
	"7d }\n"                                                                                             \
	" step second-reminder { offset = 14d } step firm-reminder { offset = 14d }\n"                       \
	" step warning { offset = 10d } step formal-notice { offset = 10d approval = yes } }\n"

static const char *const languages[] = {"fr", "en", "de", "es", "it", "nl"};
static const char *const steps[] = {
    "courtesy", "first-reminder", "second-reminder", "firm-reminder", "warning", "formal-notice"};
static const char *const occasions[] = {"broken", "instalment", "thanks", "copy"};

/* How much a mail is about. */
struct load {
	const char *name, *currency, *number, *customer;
	int invoices;
	int64_t total;
	const char *due; /* days late count up to 2026-03-02 */
	bool is_partly;	 /* a payment, a dispute, a credit note */
};
static const struct load loads[] = {
    {"one", "EUR", "F2026-", "Breizh Habitat & Fils SARL", 1, 118800, "2026-01-20", false},
    {"day", "CHF", "F2026-", "Breizh Habitat & Fils SARL", 1, 118800, "2026-03-01", false},
    {"several", "EUR", "F2026-", "Breizh Habitat & Fils SARL", 3, 118800, "2026-02-08", true},
    {"sixty", "EUR", "FACT-2026-MULTISITES",
	"Gesellschaftfürdieverwaltungundinstandhaltungvonmehrfamilienhäuserninbretagnembh", 60, 123456789012,
	"2026-01-11", false},
};

static void must(bool done, const struct error *error)
{
	if (!done)
		fail_msg("%s", error->text);
}

static int64_t open_invoice(struct office *office, int64_t customer, const struct load *load, int index)
{
	struct error error = {0};
	bool opened;
	int64_t id;
	g_autofree char *number = g_strdup_printf("%s%d", load->number, 118 + index);
	bool is_note = load->is_partly && index == load->invoices;
	struct receivable_draft draft = {
	    .company = "Le Goff",
	    .customer = customer,
	    .number = number,
	    .kind = is_note ? "credit_note" : "invoice",
	    .issue_date = day_of(load->due) - 30,
	    .due_date = day_of(load->due),
	    .currency = load->currency,
	    .total = is_note ? 5000 : load->total + index * 1000,
	    .open = INT64_MIN,
	    .order_number = index == 1 ? "4500012345" : NULL,
	};
	must(act_open_receivable(&office->books.ledger, &draft, &id, &opened, &error), &error);
	return id;
}

/* A promise that was kept in part and a payment on the first invoice, a dispute about the second. */
static void happen(struct office *office, const int64_t *invoices)
{
	struct error error = {0};
	struct ledger *ledger = &office->books.ledger;
	struct receivable row = books_load(&office->books, invoices[0]);
	must(act_pay(ledger, &row, 18800, day_of("2026-02-20"), "VIR 1", &error), &error);
	row_clear(&receivable_table, &row);
	row = books_load(&office->books, invoices[0]);
	office_go(office, "2026-02-05", 10);
	must(act_promise(ledger, &row, day_of("2026-02-11"), 100000, 0, &error), &error);
	office_go(office, "2026-03-02", 10);
	row_clear(&receivable_table, &row);
	GPtrArray *promises = promise_list(ledger->store, invoices[0], "running", &error);
	must(promises && act_end_promise(ledger, promises->pdata[0], "partly", &error), &error);
	rows_free(&promise_table, promises);
	row = books_load(&office->books, invoices[1]);
	must(act_dispute(ledger, &row, "quality", 20000, "anne", 0, &error), &error);
	row_clear(&receivable_table, &row);
}

struct scene {
	struct office office;
	struct desk desk;
	const struct load *load;
	const char *language;
	int64_t invoices[64];
};

static void start(struct scene *scene, const struct load *load, const char *language)
{
	struct error error = {0};
	*scene = (struct scene){.load = load, .language = language};
	office_open(&scene->office, "sending = off\n" LADDER);
	struct books *books = &scene->office.books;
	struct company_config *company = &books->config.companies[0];
	free(company->address);
	company->address = strdup("3 rue du Port\n29900 Concarneau");
	int64_t customer = books_customer(books, load->customer, "habitat.example");
	must(
	    journal_append(&books->ledger, EVENT_CUSTOMER_CHANGED, (struct event_about){.customer = customer},
		json_pack("{s:s, s:s}", "language", language, "address", "12 quai de la Douane\n29200 Brest"),
		NULL, &error),
	    &error);
	for (int i = 0; i < load->invoices + load->is_partly; i++)
		scene->invoices[i] = open_invoice(&scene->office, customer, load, i);
	if (load->is_partly)
		happen(&scene->office, scene->invoices);
	must(desk_init(&scene->desk, &books->ledger, &scene->office.site, &error), &error);
}

static void end(struct scene *scene)
{
	desk_clear(&scene->desk);
	office_close(&scene->office);
}

static void keep(const char *what, const char *kind, const void *bytes, size_t length)
{
	const char *folder = getenv("RELANCE_LOOK");
	if (!folder)
		return;
	g_autofree char *path = g_strdup_printf("%s/%s.%s", folder, what, kind);
	assert_true(g_file_set_contents(path, bytes, (gssize)length, NULL));
}

/* Marks of a sentence that was put together badly, in any language. */
static void reads_well(const char *what, const char *text)
{
	static const char *const wrong[] = {"{{", "}}", " ,", " .", "..", ",.", ",,", "()", "( ", " )",
	    "\uE000", "\uE001", "\uE002", "(null)", "\n\n\n"};
	for (size_t i = 0; i < ARRAY_LENGTH(wrong); i++)
		if (strstr(text, wrong[i]))
			fail_msg("%s: \"%s\" in:\n%s", what, wrong[i], text);
	/* two spaces stand at the beginning of a line only */
	GRegex *gap = g_regex_new("\\S  +\\S", 0, 0, NULL);
	if (g_regex_match(gap, text, 0, NULL))
		fail_msg("%s: two spaces in:\n%s", what, text);
	g_regex_unref(gap);
	assert_true(g_utf8_validate(text, -1, NULL));
}

/* One day is not written as many, and Italian articles are elided before an eight or an eleven. */
static void knows_its_grammar(const char *what, const char *text)
{
	static const char *const wrong = "(?<![0-9])1 (jours|days|Tage|días|giorni|dagen)"
					 "|\\b([Ii]l|[Dd]el|[Dd]al|[Aa]l) (8|11)\\x{a0}[gfmalsond]";
	GRegex *regex = g_regex_new(wrong, 0, 0, NULL);
	GMatchInfo *match;
	if (g_regex_match(regex, text, 0, &match)) {
		g_autofree char *found = g_match_info_fetch(match, 0);
		fail_msg("%s: \"%s\" in:\n%s", what, found, text);
	}
	g_match_info_free(match);
	g_regex_unref(regex);
}

/* Nothing is fetched from anywhere; each amount's cell is right-aligned for programs without CSS as well. */
static void is_plain_html(const char *what, const char *html)
{
	static const char *const wrong[] = {
	    "http:", "https:", "url(", "<script", "<link", "src=\"/", "position:", "float:", "display:flex"};
	for (size_t i = 0; i < ARRAY_LENGTH(wrong); i++)
		if (strstr(html, wrong[i]))
			fail_msg("%s: \"%s\" in its HTML", what, wrong[i]);
	for (const char *image = strstr(html, "src="); image; image = strstr(image + 1, "src="))
		if (strncmp(image, "src=\"cid:", 9) != 0)
			fail_msg("%s: a picture from elsewhere: %.60s", what, image);
	for (const char *cell = strstr(html, "text-align:right"); cell;
	     cell = strstr(cell + 1, "text-align:right")) {
		const char *open = cell;
		while (*open != '<')
			open--;
		g_autofree char *tag = g_strndup(open, strcspn(open, ">"));
		if (!strstr(tag, "align=\"right\""))
			fail_msg("%s: %s", what, tag);
	}
}

static void look_at(const struct scene *scene, const struct reminder *reminder, const char *name)
{
	struct error error = {0};
	struct reminder_words words;
	g_autofree char *what = g_strdup_printf("%s-%s-%s", scene->language, name, scene->load->name);
	if (!reminder_words(reminder, true, &words, &error))
		fail_msg("%s: %s", what, error.text);
	reads_well(what, words.text);
	reads_well(what, words.subject);
	knows_its_grammar(what, words.text);
	knows_its_grammar(what, words.html);
	is_plain_html(what, words.html);
	assert_true(g_utf8_strlen(words.subject, -1) < 120);
	g_autofree char *whole = g_strdup_printf("%s\n\n%s", words.subject, words.text);
	keep(what, "txt", whole, strlen(whole));
	keep(what, "html", words.html, strlen(words.html));
	if (words.qr) {
		gsize length;
		const void *bytes = g_bytes_get_data(words.qr, &length);
		keep(what, "png", bytes, length);
	}
	reminder_words_clear(&words);
}

static void look_at_step(struct scene *scene, const char *name)
{
	struct error error = {0};
	struct reminder reminder = {0};
	struct receivable row = books_load(&scene->office.books, scene->invoices[0]);
	must(reminder_collect_named(&reminder, &scene->desk, &row, name, &error), &error);
	look_at(scene, &reminder, name);
	reminder_clear(&reminder);
	row_clear(&receivable_table, &row);
}

static void look_at_occasion(struct scene *scene, const char *name)
{
	static const struct reminder_instalment instalments[] = {{20521, 60000}, {20552, 58800}};
	struct error error = {0};
	struct reminder reminder = {0};
	struct reminder_occasion occasion = {.template = name,
	    .paid = 18800,
	    .paid_on = day_of("2026-02-08"),
	    .partly = true,
	    .instalments = instalments,
	    .instalment_count = 2};
	must(reminder_collect_occasion(
		 &reminder, &scene->desk, scene->invoices, (size_t)scene->load->invoices, &occasion, &error),
	    &error);
	look_at(scene, &reminder, name);
	reminder_clear(&reminder);
}

static void every_mail_reads_well_in_every_language(void **state)
{
	(void)state;
	for (size_t l = 0; l < ARRAY_LENGTH(languages); l++)
		for (size_t i = 0; i < ARRAY_LENGTH(loads); i++) {
			struct scene scene;
			start(&scene, &loads[i], languages[l]);
			for (size_t s = 0; s < ARRAY_LENGTH(steps); s++)
				look_at_step(&scene, steps[s]);
			for (size_t o = 0; o < ARRAY_LENGTH(occasions); o++)
				look_at_occasion(&scene, occasions[o]);
			end(&scene);
		}
}

/* A part was paid and the rest is disputed: it is neither asked for nor called paid. */
static void what_is_disputed_is_not_said_to_be_paid(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	struct reminder reminder = {0};
	struct reminder_words words;
	const struct reminder_occasion occasion = {.template = "thanks", .paid = 18800, .paid_on = DATE_NONE};
	start(&scene, &loads[0], "fr");
	struct receivable row = books_load(&scene.office.books, scene.invoices[0]);
	must(act_dispute(&scene.office.books.ledger, &row, "quality", 0, "anne", 0, &error), &error);
	row_clear(&receivable_table, &row);
	must(reminder_collect_occasion(&reminder, &scene.desk, scene.invoices, 1, &occasion, &error), &error);
	must(reminder_words(&reminder, false, &words, &error), &error);
	assert_non_null(strstr(words.text, "188,00"));
	assert_null(strstr(words.text, "entièrement"));
	assert_null(strstr(words.text, "Il reste"));
	reminder_words_clear(&words);
	reminder_clear(&reminder);
	end(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(every_mail_reads_well_in_every_language),
	    cmocka_unit_test(what_is_disputed_is_not_said_to_be_paid)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
