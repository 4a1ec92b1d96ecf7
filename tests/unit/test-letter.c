#include "unit.h"
#include "office.h"

#include <poppler.h>

#include "dunning/letter.h"
#include "dunning/post.h"
#include "ledger/body.h"
#include "store/rows_notice.h"

#define LADDER                                                                                               \
	"ladder business { step firm-reminder { offset = 7d channel = letter }\n step formal-notice { "      \
	"offset = 7d channel = letter approval = yes } }\n"

static void change(struct office *office, int64_t customer, json_t *body)
{
	struct error error = {0};
	if (!journal_append(&office->books.ledger, EVENT_CUSTOMER_CHANGED,
		(struct event_about){.customer = customer}, body, NULL, &error))
		fail_msg("%s", error.text);
}

static int64_t start(struct office *office, int invoices)
{
	office_open(office, "sending = off\n" LADDER);
	int64_t customer = books_customer(&office->books, "Breizh Habitat & Fils SARL", "habitat.example");
	int64_t first = 0;
	for (int i = 0; i < invoices; i++) {
		char number[32];
		snprintf(number, sizeof number, "F2026-%d", 118 + i);
		int64_t id = office_invoice(office, customer, number, 118800 + i * 1000, "2026-02-01");
		first = first ? first : id;
	}
	change(office, customer, json_pack("{s:s}", "address", "12 quai de la Douane\n29200 Brest"));
	g_free(office->books.config.companies[0].address);
	office->books.config.companies[0].address = strdup("3 rue du Port\n29900 Concarneau");
	return first;
}

static GBytes *make(struct office *office, int64_t invoice, const char *step, struct error *error)
{
	struct receivable row = books_load(&office->books, invoice);
	GBytes *pdf = dunning_letter(&office->books.ledger, &office->site, &row, step, error);
	row_clear(&receivable_table, &row);
	return pdf;
}

/* All pages' text; PAGES gets their number. */
static char *text_of(GBytes *pdf, int *pages)
{
	PopplerDocument *document = poppler_document_new_from_bytes(pdf, NULL, NULL);
	assert_non_null(document);
	*pages = poppler_document_get_n_pages(document);
	GString *text = g_string_new(NULL);
	for (int i = 0; i < *pages; i++) {
		PopplerPage *page = poppler_document_get_page(document, i);
		g_autofree char *one = poppler_page_get_text(page);
		g_string_append(text, one);
		g_object_unref(page);
	}
	g_object_unref(document);
	return g_string_free(text, FALSE);
}

static void expect(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("\"%s\" is not in:\n%s", part, text);
}

static void the_notice_names_all_that_it_must(void **state)
{
	(void)state;
	struct office office;
	struct error error = {0};
	int64_t invoice = start(&office, 1);
	GBytes *pdf = make(&office, invoice, "formal-notice", &error);
	if (!pdf)
		fail_msg("%s", error.text);
	int pages;
	g_autofree char *text = text_of(pdf, &pages);
	static const char *const parts[] = {"Le Goff", "3 rue du Port", "Breizh Habitat & Fils SARL",
	    "12 quai de la Douane", "29200 Brest", "Le 2 mars 2026", "Mise en demeure de payer", "F2026-118",
	    "188,00", "40,00", "huit jours", "L441-10", "FR76 3000 6000", "juridiction"};
	for (size_t i = 0; i < ARRAY_LENGTH(parts); i++)
		expect(text, parts[i]);
	assert_in_range(pages, 1, 2);
	GBytes *again = make(&office, invoice, "formal-notice", &error);
	assert_true(g_bytes_equal(pdf, again));
	g_bytes_unref(again);
	g_bytes_unref(pdf);
	office_close(&office);
}

/* What is disputed is neither asked for nor bears interest here. */
static void a_notice_leaves_out_what_is_disputed(void **state)
{
	(void)state;
	struct office office;
	struct error error = {0};
	int64_t invoice = start(&office, 1);
	struct receivable row = books_load(&office.books, invoice);
	assert_true(act_dispute(&office.books.ledger, &row, "quality", row.open - 100000, NULL, 0, &error));
	row_clear(&receivable_table, &row);
	GBytes *pdf = make(&office, invoice, "formal-notice", &error);
	if (!pdf)
		fail_msg("%s", error.text);
	int pages;
	g_autofree char *text = text_of(pdf, &pages);
	expect(text, "en cours d’examen");
	/* 29 days at 12.15 % of 1,000.00, not of 1,188.00 */
	expect(text, "9,65");
	assert_null(strstr(text, "11,47"));
	g_bytes_unref(pdf);
	office_close(&office);
}

static void sixty_items_go_over_the_page(void **state)
{
	(void)state;
	struct office office;
	struct error error = {0};
	int64_t invoice = start(&office, 60);
	GBytes *pdf = make(&office, invoice, "firm-reminder", &error);
	if (!pdf)
		fail_msg("%s", error.text);
	int pages;
	g_autofree char *text = text_of(pdf, &pages);
	assert_in_range(pages, 2, 4);
	expect(text, "F2026-177");
	g_autofree char *last = g_strdup_printf("%d/%d", pages, pages);
	expect(text, last);
	g_bytes_unref(pdf);
	office_close(&office);
}

static void what_is_missing_is_named(void **state)
{
	(void)state;
	struct office office;
	struct error error = {0};
	int64_t invoice = start(&office, 1);
	office.books.config.companies[0].address[0] = '\0';
	assert_null(make(&office, invoice, "formal-notice", &error));
	assert_int_equal(error.status, STATUS_NO);
	expect(error.text, "the company's postal address");
	office_close(&office);

	invoice = start(&office, 1);
	struct receivable row = books_load(&office.books, invoice);
	change(&office, row.customer, json_pack("{s:n}", "address"));
	row_clear(&receivable_table, &row);
	assert_null(make(&office, invoice, "formal-notice", &error));
	expect(error.text, "the customer's postal address");
	office_close(&office);

	invoice = start(&office, 1);
	office_go(&office, "2027-02-01", 10);
	assert_null(make(&office, invoice, "formal-notice", &error));
	expect(error.text, "first half of 2027");
	office_close(&office);
}

static guint open_letters(struct office *office)
{
	struct error error = {0};
	GPtrArray *letters = post_list(&office->books.ledger, NULL, &error);
	assert_non_null(letters);
	guint count = letters->len;
	g_ptr_array_unref(letters);
	return count;
}

static void print_all(struct office *office)
{
	struct error error = {0};
	GPtrArray *letters = post_list(&office->books.ledger, NULL, &error);
	assert_int_equal(letters->len, 1);
	GBytes *pdf = post_print(&office->books.ledger, &office->site, letters->pdata[0], &error);
	if (!pdf)
		fail_msg("%s", error.text);
	g_bytes_unref(pdf);
	g_ptr_array_unref(letters);
}

static void a_posted_letter_counts_as_its_step_on_that_day(void **state)
{
	(void)state;
	struct office office;
	struct error error = {0};
	int64_t invoice = start(&office, 3);
	office_plan(&office);
	struct dunning_tick tick = office_tick(&office);
	/* one letter, one task */
	assert_int_equal(tick.tasks, 1);
	GPtrArray *letters = post_list(&office.books.ledger, "Le Goff", &error);
	assert_int_equal(letters->len, 1);
	struct post_letter *letter = letters->pdata[0];
	assert_string_equal(letter->numbers, "F2026-118, F2026-119, F2026-120");
	assert_int_equal(letter->sum.minor, 3 * 118800 + 3000);
	GBytes *pdf = post_print(&office.books.ledger, &office.site, letter, &error);
	if (!pdf)
		fail_msg("%s", error.text);
	int pages;
	g_autofree char *text = text_of(pdf, &pages);
	expect(text, "F2026-120");
	GBytes *again = post_print(&office.books.ledger, &office.site, letter, &error);
	assert_true(g_bytes_equal(pdf, again));
	g_bytes_unref(again);
	g_bytes_unref(pdf);
	g_ptr_array_unref(letters);
	GPtrArray *rows = letter_list(office.books.store, invoice, &error);
	assert_int_equal(rows->len, 1);
	rows_free(&letter_table, rows);

	office_go(&office, "2026-03-06", 10);
	struct receivable row = books_load(&office.books, invoice);
	const struct post_note note = {0, NULL, "1A 123 456 7890 1", day_of("2026-03-04")};
	if (!post_done(&office.books.ledger, &row, &note, &error))
		fail_msg("%s", error.text);
	row_clear(&receivable_table, &row);
	row = books_load(&office.books, invoice);
	assert_string_equal(row.last_step, "firm-reminder");
	assert_int_equal(row.last_step_on, day_of("2026-03-04"));
	assert_int_equal(row.last_contact_on, day_of("2026-03-04"));
	row_clear(&receivable_table, &row);
	rows = letter_list(office.books.store, invoice, &error);
	const struct letter_row *posted = rows->pdata[0];
	assert_string_equal(posted->state, "posted");
	assert_string_equal(posted->tracking, "1A 123 456 7890 1");
	rows_free(&letter_table, rows);
	/* the same letter was about all three */
	assert_int_equal(open_letters(&office), 0);
	office_plan(&office);
	office_close(&office);
}

/* A letter that was not printed by us: its task says what it was about, by whichever invoice it is named. */
static void a_letter_sent_by_hand_is_about_all_that_its_task_asks_for(void **state)
{
	(void)state;
	struct office office;
	struct error error = {0};
	int64_t invoice = start(&office, 3);
	office_plan(&office);
	assert_int_equal(office_tick(&office).tasks, 1);
	/* what was paid meanwhile is not in it */
	struct receivable row = books_load(&office.books, invoice);
	assert_true(act_pay(&office.books.ledger, &row, row.open, day_of("2026-03-03"), NULL, &error));
	row_clear(&receivable_table, &row);
	GPtrArray *letters = post_list(&office.books.ledger, NULL, &error);
	assert_int_equal(letters->len, 1);
	assert_string_equal(((const struct post_letter *)letters->pdata[0])->numbers, "F2026-119, F2026-120");
	g_ptr_array_unref(letters);
	office_go(&office, "2026-03-06", 10);
	row = books_load(&office.books, invoice + 1);
	const struct post_note note = {0, NULL, "", day_of("2026-03-04")};
	assert_true(post_done(&office.books.ledger, &row, &note, &error));
	row_clear(&receivable_table, &row);
	assert_int_equal(open_letters(&office), 0);
	for (int i = 1; i < 3; i++) {
		row = books_load(&office.books, invoice + i);
		assert_int_equal(row.last_step_on, day_of("2026-03-04"));
		row_clear(&receivable_table, &row);
	}
	GPtrArray *open = task_list(office.books.store, NULL, "open", &error);
	assert_int_equal(open->len, 0);
	rows_free(&task_table, open);
	office_plan(&office);
	office_close(&office);
}

/* The task hangs on the first invoice; PRINTED before it was paid, or after, or not by us. */
static void a_letter_whose_own_invoice_is_paid_meanwhile_is_posted_for_the_others(void **state)
{
	(void)state;
	enum { BY_HAND, PRINTED_AFTER, PRINTED_BEFORE, BY_NUMBER };
	for (int how = BY_HAND; how <= BY_NUMBER; how++) {
		struct office office;
		struct error error = {0};
		int64_t invoice = start(&office, 3);
		office_plan(&office);
		assert_int_equal(office_tick(&office).tasks, 1);
		GPtrArray *tasks = task_list(office.books.store, NULL, "open", &error);
		assert_int_equal(tasks->len, 1);
		int64_t task = ((const struct task *)tasks->pdata[0])->id;
		assert_int_equal(((const struct task *)tasks->pdata[0])->receivable, invoice);
		rows_free(&task_table, tasks);
		if (how == PRINTED_BEFORE)
			print_all(&office);
		struct receivable row = books_load(&office.books, invoice);
		assert_true(
		    act_pay(&office.books.ledger, &row, row.open, day_of("2026-03-03"), NULL, &error));
		row_clear(&receivable_table, &row);
		if (how == PRINTED_AFTER)
			print_all(&office);
		office_go(&office, "2026-03-06", 10);
		row = books_load(&office.books, invoice);
		const struct post_note note = {how == BY_NUMBER ? 0 : task, NULL, "1A", day_of("2026-03-04")};
		if (!post_done(&office.books.ledger, &row, &note, &error))
			fail_msg("%d: %s", how, error.text);
		row_clear(&receivable_table, &row);
		for (int i = 1; i < 3; i++) {
			row = books_load(&office.books, invoice + i);
			if (row.last_step_on != day_of("2026-03-04"))
				fail_msg("%d: invoice %d was not posted", how, i);
			row_clear(&receivable_table, &row);
		}
		tasks = task_list(office.books.store, NULL, "open", &error);
		assert_int_equal(tasks->len, 0);
		rows_free(&task_table, tasks);
		/* the paid one was in the letter only where that was printed before */
		GPtrArray *letters = letter_list(office.books.store, invoice, &error);
		assert_int_equal(letters->len, how == PRINTED_BEFORE);
		rows_free(&letter_table, letters);
		office_plan(&office);
		office_close(&office);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_notice_names_all_that_it_must),
	    cmocka_unit_test(a_notice_leaves_out_what_is_disputed),
	    cmocka_unit_test(sixty_items_go_over_the_page),
	    cmocka_unit_test(what_is_missing_is_named),
	    cmocka_unit_test(a_posted_letter_counts_as_its_step_on_that_day),
	    cmocka_unit_test(a_letter_sent_by_hand_is_about_all_that_its_task_asks_for),
	    cmocka_unit_test(a_letter_whose_own_invoice_is_paid_meanwhile_is_posted_for_the_others),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
