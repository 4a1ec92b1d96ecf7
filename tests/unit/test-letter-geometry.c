/* Letters as they lie on the paper, in all languages: nothing beyond the margins, nothing over each other,
 * the address in the envelope's window, the table's head on every page. With RELANCE_LOOK=FOLDER they are
 * kept there to be looked at. */
#include "unit.h"
#include "office.h"

#include <poppler.h>

#include "dunning/letter.h"
#include "dunning/reminder.h"
#include "ledger/body.h"
#include "ledger/journal.h"

#define LADDER                                                                                               \
	"ladder \"business\" { step courtesy { offset = -5d } step first-reminder { anchor = due offset = "  \
	"7d }\n"                                                                                             \
	" step second-reminder { offset = 14d } step firm-reminder { offset = 14d }\n"                       \
	" step warning { offset = 10d } step formal-notice { offset = 10d approval = yes } }\n"

static const char *const languages[] = {"fr", "en", "de", "es", "it", "nl"};
static const char *const countries[] = {"FR", "FR", "DE", "ES", "IT", "NL"};
static const char *const steps[] = {
    "courtesy", "first-reminder", "second-reminder", "firm-reminder", "warning", "formal-notice"};

/* One kind of letter: how much is in it, and how long its names are. */
struct load {
	const char *name;
	int invoices;
	int64_t total;
	const char *customer, *address, *number, *currency;
	bool is_partly; /* a payment, a dispute, a credit note */
};
static const struct load loads[] = {
    {"one", 1, 118800, "Breizh Habitat & Fils SARL", "12 quai de la Douane\n29200 Brest", "F2026-", "EUR",
	false},
    {"partly", 3, 1234567890, "Breizh Habitat & Fils SARL", "12 quai de la Douane\n29200 Brest", "F2026-",
	"GBP", true},
    {"sixty", 60, 1234567890, "Breizh Habitat & Fils SARL", "12 quai de la Douane\n29200 Brest", "F2026-",
	"EUR", false},
    /* eighty characters without a space */
    {"unbroken", 3, 999999999999,
	"GesellschaftfürdieVerwaltungundInstandhaltungvonMehrfamilienhäuserninBretagneGmbH",
	"ZonedactivitésindustriellesdelaLandeduGrosCaillousurMerprèsdesDunesdelaBaieduNord\n29200 Brest",
	"FACTURE2026MULTISITESBRETAGNEETNORMANDIESERVICEMAINTENANCEETTRAVAUXNUMERO0000", "CHF", true},
    {"long", 12, 999999999999,
	"Gesellschaft für die Verwaltung und Instandhaltung von Mehrfamilienhäusern in Bretagne und "
	"Normandie "
	"mit beschränkter Haftung & Co. Kommanditgesellschaft",
	"Service comptabilité fournisseurs, bâtiment C, troisième étage, porte 312\nZone industrielle de la "
	"Lande-du-Gros-Caillou-sur-Mer\nBP 12345\n29200 Brest Cedex 9",
	"FACT-2026-BZH-MULTI-SITES-000000000", "USD", false},
};

static void change(struct office *office, int64_t customer, const char *name, const char *value)
{
	struct error error = {0};
	if (!journal_append(&office->books.ledger, EVENT_CUSTOMER_CHANGED,
		(struct event_about){.customer = customer}, json_pack("{s:s}", name, value), NULL, &error))
		fail_msg("%s", error.text);
}

static void replace_text(char **text, const char *with)
{
	g_free(*text);
	*text = strdup(with);
}

static void must(bool done, const struct error *error)
{
	if (!done)
		fail_msg("%s", error->text);
}

/* The INDEX-th invoice of LOAD; behind the last one a credit note. */
static int64_t open_one(struct office *office, int64_t customer, const struct load *load, int index)
{
	struct error error = {0};
	bool is_note = index == load->invoices, opened;
	g_autofree char *number = g_strdup_printf("%s%d", load->number, 118 + index);
	struct receivable_draft draft = {
	    .company = "Le Goff",
	    .customer = customer,
	    .number = number,
	    .kind = is_note ? "credit_note" : "invoice",
	    .issue_date = day_of("2025-12-21"),
	    .due_date = day_of("2026-01-20"),
	    .currency = load->currency,
	    .total = is_note ? load->total / 10 : load->total + index * 1000,
	    .open = INT64_MIN,
	};
	int64_t id;
	must(act_open_receivable(&office->books.ledger, &draft, &id, &opened, &error), &error);
	return id;
}

/* What was paid of the first invoice, and disputed of the second. */
static void happen(struct office *office, const int64_t *invoices)
{
	struct error error = {0};
	struct ledger *ledger = &office->books.ledger;
	struct receivable row = books_load(&office->books, invoices[0]);
	must(act_pay(ledger, &row, row.total / 3, day_of("2026-02-20"), "VIR 1", &error), &error);
	row_clear(&receivable_table, &row);
	row = books_load(&office->books, invoices[1]);
	must(act_dispute(ledger, &row, "quality", row.total / 4, "anne", 0, &error), &error);
	row_clear(&receivable_table, &row);
}

/* The invoices of LOAD. */
static void start(struct office *office, const struct load *load, size_t language, int64_t *invoices)
{
	office_open(office, "sending = off\n" LADDER);
	struct company_config *company = &office->books.config.companies[0];
	replace_text(&company->address, "3 rue du Port\n29900 Concarneau");
	replace_text(&company->country, countries[language]);
	company->creditor_reference = true;
	int64_t customer = books_customer(&office->books, load->customer, "habitat.example");
	change(office, customer, "address", load->address);
	change(office, customer, "language", languages[language]);
	for (int i = 0; i < load->invoices + load->is_partly; i++)
		invoices[i] = open_one(office, customer, load, i);
	if (load->is_partly)
		happen(office, invoices);
}

struct page_look {
	const char *what;
	PopplerRectangle *boxes;
	guint count;
	gunichar *letters;
	double width, height;
};

static double mm(double points)
{
	return points * 25.4 / 72;
}

static bool is_ink(gunichar letter)
{
	return g_unichar_isgraph(letter);
}

/* Text keeps within the margins: 25 mm at the sides (an envelope's window reaches 20 mm), 10 mm above, 8
 * below. */
static void within_margins(const struct page_look *look, int page)
{
	for (guint i = 0; i < look->count; i++) {
		const PopplerRectangle *box = &look->boxes[i];
		if (!is_ink(look->letters[i]))
			continue;
		if (mm(box->x1) < 24 || mm(look->width - box->x2) < 19.5 || mm(box->y1) < 10 ||
		    mm(look->height - box->y2) < 8)
			fail_msg("%s, page %d: a letter at %.1f to %.1f, %.1f mm", look->what, page,
			    mm(box->x1), mm(box->x2), mm(box->y1));
	}
}

/* No two letters share more than a little room. */
static void not_over_each_other(const struct page_look *look, int page)
{
	for (guint i = 0; i < look->count; i++) {
		const PopplerRectangle *one = &look->boxes[i];
		for (guint j = i + 1; is_ink(look->letters[i]) && j < look->count; j++) {
			const PopplerRectangle *other = &look->boxes[j];
			if (!is_ink(look->letters[j]))
				continue;
			double wide = MIN(one->x2, other->x2) - MAX(one->x1, other->x1);
			double high = MIN(one->y2, other->y2) - MAX(one->y1, other->y1);
			double least = MIN(one->y2 - one->y1, other->y2 - other->y1);
			if (wide > 1.5 && high > 0.5 * least)
				fail_msg("%s, page %d: two letters at %.1f, %.1f mm", look->what, page,
				    mm(one->x1), mm(one->y1));
		}
	}
}

/* The address lies in the window: DL, 45 by 90 mm (DIN) or 35 by 100 mm (the right one). */
static void address_in_window(const struct page_look *look, const char *text, bool right, const char *address)
{
	g_auto(GStrv) lines = g_strsplit(address, "\n", -1);
	const char *last = lines[g_strv_length(lines) - 1];
	const char *at = strstr(text, last);
	if (!at)
		fail_msg("%s: \"%s\" is not on it", look->what, last);
	guint index = (guint)g_utf8_pointer_to_offset(text, at);
	const PopplerRectangle *box = &look->boxes[index];
	double x = mm(box->x1), y = mm(box->y1);
	if (right ? x < 105 || x > 195 || y < 45 || y > 80 : x < 20 || x > 110 || y < 60 || y > 90)
		fail_msg("%s: the address ends at %.1f, %.1f mm", look->what, x, y);
}

static guint occurrences(const char *text, const char *part)
{
	guint count = 0;
	for (const char *at = strstr(text, part); at; at = strstr(at + 1, part))
		count++;
	return count;
}

/* The last words of the heads of both tables. */
static const char *const table_heads[] = {
    "Reste dû", "Outstanding", "Offen", "Pendiente", "Da pagare", "Openstaand"};
static const char *const statement_heads[] = {"Taux", "Rate", "Zinssatz", "Tipo", "Tasso", "Tarief"};

static void look_at(const char *what, GBytes *pdf, const struct load *load, size_t language)
{
	PopplerDocument *document = poppler_document_new_from_bytes(pdf, NULL, NULL);
	int pages = poppler_document_get_n_pages(document);
	for (int p = 0; p < pages; p++) {
		PopplerPage *page = poppler_document_get_page(document, p);
		struct page_look look = {.what = what};
		g_autofree char *text = poppler_page_get_text(page);
		g_autofree gunichar *letters = g_utf8_to_ucs4_fast(text, -1, NULL);
		poppler_page_get_size(page, &look.width, &look.height);
		assert_true(poppler_page_get_text_layout(page, &look.boxes, &look.count));
		assert_int_equal(look.count, g_utf8_strlen(text, -1));
		look.letters = letters;
		within_margins(&look, p + 1);
		not_over_each_other(&look, p + 1);
		if (p == 0)
			address_in_window(&look, text, language != 2 && language != 5, load->address);
		/* a page with rows of the table has its head */
		if (load->invoices == 60 && occurrences(text, "F2026-1") > 3 &&
		    !strstr(text, table_heads[language]) && !strstr(text, statement_heads[language]))
			fail_msg("%s, page %d: the table has no head", what, p + 1);
		if (pages > 1) {
			g_autofree char *number = g_strdup_printf("%d/%d", p + 1, pages);
			if (!strstr(text, number))
				fail_msg("%s, page %d: it has no number", what, p + 1);
		}
		g_free(look.boxes);
		g_object_unref(page);
	}
	g_object_unref(document);
}

static void keep(const char *what, GBytes *pdf)
{
	const char *folder = getenv("RELANCE_LOOK");
	gsize length;
	const char *bytes = g_bytes_get_data(pdf, &length);
	if (!folder)
		return;
	g_autofree char *name = g_strdup_printf("%s.pdf", what);
	g_autofree char *path = g_build_filename(folder, name, NULL);
	assert_true(g_file_set_contents(path, bytes, (gssize)length, NULL));
}

/* The letter with STEP about the first invoice and what stands beside it; ALL: about all invoices, as it is
 * printed for the post. */
static void look_at_letter(struct office *office, const struct load *load, size_t l, const int64_t *invoices,
    const char *step, bool all)
{
	struct error error = {0};
	struct receivable row = books_load(&office->books, invoices[0]);
	g_autofree char *what =
	    g_strdup_printf("%s-%s-%s%s", languages[l], step, load->name, all ? "-all" : "");
	GBytes *pdf = all ? dunning_letter_about(&office->books.ledger, &office->site, invoices, NULL,
				(size_t)load->invoices, step, NULL, &error)
			  : dunning_letter(&office->books.ledger, &office->site, &row, step, &error);
	row_clear(&receivable_table, &row);
	if (!pdf)
		fail_msg("%s: %s", what, error.text);
	keep(what, pdf);
	look_at(what, pdf, load, l);
	g_bytes_unref(pdf);
}

static void letters_lie_well_on_the_paper(void **state)
{
	(void)state;
	for (size_t l = 0; l < ARRAY_LENGTH(languages); l++)
		for (size_t i = 0; i < ARRAY_LENGTH(loads); i++) {
			struct office office;
			int64_t invoices[64];
			start(&office, &loads[i], l, invoices);
			for (size_t s = 0; s < ARRAY_LENGTH(steps); s++)
				look_at_letter(&office, &loads[i], l, invoices, steps[s], false);
			look_at_letter(&office, &loads[i], l, invoices, "formal-notice", true);
			office_close(&office);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(letters_lie_well_on_the_paper)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
