/* Letters as they lie on the paper, in all languages: nothing beyond the margins, nothing over each other,
 * the address in the envelope's window, the table's head on every page. With RELANCE_LOOK=FOLDER they are
 * kept there to be looked at. */
#include "unit.h"
#include "scenes.h"

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

/* One kind of letter: how much is in it, and how long its names are. */
struct bulk {
	const char *name;
	int invoices;
	int64_t total;
	const char *customer, *address, *number, *currency;
	bool is_partly; /* a payment, a dispute, a credit note */
};
static const struct bulk bulks[] = {
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
    /* seven lines in the window, a name of seventy letters */
    {"seven", 1, 118800, "Société coopérative agricole et maritime des producteurs du Pays de Léon",
	"Direction financière\nService comptabilité fournisseurs\nBâtiment C, troisième étage\n12 quai de la "
	"Douane\nBP 12345\n29200 Brest Cedex 9",
	"F2026-", "EUR", false},
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

/* The INDEX-th invoice of BULK; behind the last one a credit note. */
static int64_t open_one(struct office *office, int64_t customer, const struct bulk *bulk, int index)
{
	struct error error = {0};
	bool is_note = index == bulk->invoices, opened;
	g_autofree char *number = g_strdup_printf("%s%d", bulk->number, 118 + index);
	struct receivable_draft draft = {
	    .company = "Le Goff",
	    .customer = customer,
	    .number = number,
	    .kind = is_note ? "credit_note" : "invoice",
	    .issue_date = day_of("2025-12-21"),
	    .due_date = day_of("2026-01-20"),
	    .currency = bulk->currency,
	    .total = is_note ? bulk->total / 10 : bulk->total + index * 1000,
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

/* The invoices of BULK. */
static void start(struct office *office, const struct bulk *bulk, size_t language, int64_t *invoices)
{
	office_open(office, "sending = off\n" LADDER);
	struct company_config *company = &office->books.config.companies[0];
	replace_text(&company->address, "3 rue du Port\n29900 Concarneau");
	replace_text(&company->country, countries[language]);
	company->creditor_reference = true;
	int64_t customer = books_customer(&office->books, bulk->customer, "habitat.example");
	change(office, customer, "address", bulk->address);
	change(office, customer, "language", languages[language]);
	for (int i = 0; i < bulk->invoices + bulk->is_partly; i++)
		invoices[i] = open_one(office, customer, bulk, i);
	if (bulk->is_partly)
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

/* What a letter must show. */
struct expected {
	const char *what, *name, *address, *country;
	const char *language;
	bool is_carried; /* its tables go on over pages */
	bool has_code;
};

static bool window_is_right(const char *country)
{
	return strcmp(country, "FR") == 0 || strcmp(country, "BE") == 0 || strcmp(country, "LU") == 0 ||
	       strcmp(country, "ES") == 0 || strcmp(country, "IT") == 0;
}

/* Whether the letter begins a line in the window: DL, 45 by 90 mm (DIN) or 35 by 100 mm (the right one). */
static bool is_in_window(const PopplerRectangle *box, const char *country)
{
	double x = mm(box->x1), y = mm(box->y1), foot = mm(box->y2);
	return window_is_right(country) ? x >= 105 && x <= 195 && y >= 45 && foot <= 80
					: x >= 20 && x <= 110 && y >= 60 && foot <= 92;
}

/* The name and each line of the address begin in the window, one below the other. */
static void address_in_window(const struct page_look *look, const char *text, const struct expected *expected)
{
	g_autofree char *whole = g_strdup_printf("%s\n%s", expected->name, expected->address);
	g_auto(GStrv) lines = g_strsplit(whole, "\n", -1);
	double above = 0;
	for (guint i = 0; lines[i]; i++) {
		/* a long line may be broken behind its beginning */
		g_autofree char *begin = g_utf8_substring(lines[i], 0, MIN(g_utf8_strlen(lines[i], -1), 12));
		const PopplerRectangle *found = NULL;
		for (const char *at = strstr(text, begin); at && !found; at = strstr(at + 1, begin)) {
			const PopplerRectangle *box = &look->boxes[g_utf8_pointer_to_offset(text, at)];
			if (is_in_window(box, expected->country) && box->y1 > above)
				found = box;
		}
		if (!found)
			fail_msg("%s: \"%s\" is not in the window, in its place", look->what, begin);
		above = found->y1;
	}
}

static guint occurrences(const char *text, const char *part)
{
	guint count = 0;
	for (const char *at = strstr(text, part); at; at = strstr(at + 1, part))
		count++;
	return count;
}

/* The last words of the heads of both tables, and what a sum is called at a page's end and begin. */
static const struct tongue {
	const char *language, *table_head, *statement_head, *foot, *head;
} tongues[] = {
    {"fr", "Reste dû", "Taux", "À reporter", "Report"},
    {"en", "Outstanding", "Rate", "Carried forward", "Brought forward"},
    {"de", "Offen", "Zinssatz", "Übertrag", "Übertrag"},
    {"es", "Pendiente", "Tipo", "Suma y sigue", "Suma anterior"},
    {"it", "Da pagare", "Tasso", "A riportare", "Riporto"},
    {"nl", "Openstaand", "Rentevoet", "Te transporteren", "Transport"},
};

static const struct tongue *tongue_of(const char *language)
{
	for (size_t i = 0; i < ARRAY_LENGTH(tongues); i++)
		if (strcmp(tongues[i].language, language) == 0)
			return &tongues[i];
	fail_msg("%s", language);
	return NULL;
}

/* One letter of a page, for sorting. */
static gint by_place(gconstpointer a, gconstpointer b, gpointer data)
{
	const PopplerRectangle *boxes = data;
	double left = boxes[*(const guint *)a].x1, right = boxes[*(const guint *)b].x1;
	return left < right ? -1 : left > right;
}

/* What stands on the line of letter INDEX, from there to the right. g_free. */
static char *line_from(const struct page_look *look, guint index)
{
	GArray *places = g_array_new(FALSE, FALSE, sizeof(guint));
	const PopplerRectangle *first = &look->boxes[index];
	GString *line = g_string_new(NULL);
	for (guint i = 0; i < look->count; i++) {
		const PopplerRectangle *box = &look->boxes[i];
		bool beside = box->y1 < first->y1 + 2 && box->y1 > first->y1 - 2 && box->x1 >= first->x1;
		if (beside && is_ink(look->letters[i]))
			g_array_append_val(places, i);
	}
	g_array_sort_with_data(places, by_place, look->boxes);
	for (guint i = 0; i < places->len; i++)
		g_string_append_unichar(line, look->letters[g_array_index(places, guint, i)]);
	g_array_unref(places);
	return g_string_free(line, FALSE);
}

/* What stands behind WORD at the left margin of the page's foot or head; NULL: it is not there. g_free. */
static char *sum_beside(const struct page_look *look, const char *text, const char *word, bool at_foot)
{
	for (const char *at = strstr(text, word); at; at = strstr(at + 1, word)) {
		guint index = (guint)g_utf8_pointer_to_offset(text, at);
		double x = mm(look->boxes[index].x1), y = mm(look->boxes[index].y1);
		if (x > 26 || (at_foot ? y < 250 : y > 40))
			continue;
		g_autofree char *line = line_from(look, index);
		g_auto(GStrv) words = g_strsplit(word, " ", -1);
		g_autofree char *tight = g_strjoinv("", words);
		if (g_str_has_prefix(line, tight))
			return g_strdup(line + strlen(tight));
	}
	return NULL;
}

/* CARRIED: what the page before carries forward, then what this one does; NULL: nothing. */
static void look_at_page(
    const struct expected *expected, PopplerPage *page, int number, int pages, char **carried)
{
	struct page_look look = {.what = expected->what};
	const struct tongue *tongue = tongue_of(expected->language);
	g_autofree char *text = poppler_page_get_text(page);
	g_autofree gunichar *letters = g_utf8_to_ucs4_fast(text, -1, NULL);
	poppler_page_get_size(page, &look.width, &look.height);
	assert_true(poppler_page_get_text_layout(page, &look.boxes, &look.count));
	assert_int_equal(look.count, g_utf8_strlen(text, -1));
	look.letters = letters;
	within_margins(&look, number);
	not_over_each_other(&look, number);
	if (number == 1)
		address_in_window(&look, text, expected);
	/* a page with rows of the table has its head */
	if (expected->is_carried && occurrences(text, "2026-1") > 3 && !strstr(text, tongue->table_head) &&
	    !strstr(text, tongue->statement_head))
		fail_msg("%s, page %d: the table has no head", expected->what, number);
	/* the line above a table is on its page */
	if ((strstr(text, "365)") || strstr(text, "365\u00a0Tagen)")) &&
	    !strstr(text, tongue->statement_head))
		fail_msg("%s, page %d: the statement of interest is on another page", expected->what, number);
	g_autofree char *counter = g_strdup_printf("%d/%d", number, pages);
	if (pages > 1 && !strstr(text, counter))
		fail_msg("%s, page %d: it has no number", expected->what, number);
	g_autofree char *brought = sum_beside(&look, text, tongue->head, false);
	if (g_strcmp0(*carried, brought) != 0)
		fail_msg("%s, page %d: it brings %s, the one before carries %s", expected->what, number,
		    brought ? brought : "nothing", *carried ? *carried : "nothing");
	g_free(*carried);
	*carried = sum_beside(&look, text, tongue->foot, true);
	g_free(look.boxes);
}

static guint pictures_of(PopplerPage *page)
{
	GList *images = poppler_page_get_image_mapping(page);
	guint count = g_list_length(images);
	poppler_page_free_image_mapping(images);
	return count;
}

static void look_at(const struct expected *expected, GBytes *pdf)
{
	PopplerDocument *document = poppler_document_new_from_bytes(pdf, NULL, NULL);
	int pages = poppler_document_get_n_pages(document);
	guint pictures = 0, sums = 0;
	char *carried = NULL;
	for (int p = 0; p < pages; p++) {
		PopplerPage *page = poppler_document_get_page(document, p);
		look_at_page(expected, page, p + 1, pages, &carried);
		sums += carried != NULL;
		pictures += pictures_of(page);
		g_object_unref(page);
	}
	if (carried || (expected->is_carried && !sums))
		fail_msg("%s: the sums that are carried forward do not add up", expected->what);
	if (pictures != expected->has_code)
		fail_msg("%s: %u pictures", expected->what, pictures);
	g_object_unref(document);
}

static void keep(const char *what, GBytes *pdf)
{
	gsize length;
	const void *bytes = g_bytes_get_data(pdf, &length);
	scene_keep(what, "pdf", bytes, length);
}

/* The letter with STEP about the first invoice and what stands beside it; ALL: about all invoices, as it is
 * printed for the post. */
static void look_at_letter(struct office *office, const struct bulk *bulk, size_t l, const int64_t *invoices,
    const char *step, bool all)
{
	struct error error = {0};
	struct receivable row = books_load(&office->books, invoices[0]);
	g_autofree char *what =
	    g_strdup_printf("%s-%s-%s%s", languages[l], step, bulk->name, all ? "-all" : "");
	GBytes *pdf = all ? dunning_letter_about(&office->books.ledger, &office->site, invoices, NULL,
				(size_t)bulk->invoices, step, NULL, &error)
			  : dunning_letter(&office->books.ledger, &office->site, &row, step, &error);
	row_clear(&receivable_table, &row);
	if (!pdf)
		fail_msg("%s: %s", what, error.text);
	struct expected expected = {what, bulk->customer, bulk->address, countries[l], languages[l],
	    bulk->invoices == 60 && (all || strcmp(step, "formal-notice") != 0),
	    strcmp(bulk->currency, "EUR") == 0};
	keep(what, pdf);
	look_at(&expected, pdf);
	g_bytes_unref(pdf);
}

static void letters_lie_well_on_the_paper(void **state)
{
	(void)state;
	for (size_t l = 0; l < ARRAY_LENGTH(languages); l++)
		for (size_t i = 0; i < ARRAY_LENGTH(bulks); i++) {
			struct office office;
			int64_t invoices[64];
			start(&office, &bulks[i], l, invoices);
			for (size_t s = 0; s < step_count; s++)
				look_at_letter(&office, &bulks[i], l, invoices, steps[s], false);
			look_at_letter(&office, &bulks[i], l, invoices, "formal-notice", true);
			office_close(&office);
		}
}

/* The letter with STEP in a SCENE. */
static void look_at_scene(struct scene *scene, const char *step)
{
	struct error error = {0};
	scene_go_to(scene, step);
	struct receivable row = books_load(&scene->office.books, scene->invoices[0]);
	const struct load *load = scene->load;
	g_autofree char *what = scene_name(scene, step);
	const char *currency = load->currency ? load->currency : scene->place->currency;
	bool formal = strcmp(step, "formal-notice") == 0, early = strcmp(step, "courtesy") == 0;
	struct expected expected = {what, scene->customer, scene->place->customer_address,
	    scene->place->country, scene->place->language, load->invoices == 60 && !formal && !early,
	    /* the code has no room for a thousand millions */
	    strcmp(currency, "EUR") == 0 && !load->is_bare && load->total < 99999999999};
	GBytes *pdf = dunning_letter(&scene->office.books.ledger, &scene->office.site, &row, step, &error);
	row_clear(&receivable_table, &row);
	if (!pdf)
		fail_msg("%s: %s", what, error.text);
	keep(what, pdf);
	look_at(&expected, pdf);
	g_bytes_unref(pdf);
}

/* Every load at the languages' homes; elsewhere what is written otherwise: of one, and of several. */
static bool is_looked_at(size_t place, size_t load)
{
	return place < HOME_PLACES ? !loads[load].is_settled : load == 0 || loads[load].is_partly;
}

static void letters_of_every_place_lie_well_on_the_paper(void **state)
{
	(void)state;
	for (size_t p = 0; p < place_count; p++)
		for (size_t i = 0; i < load_count; i++) {
			struct scene scene;
			if (!is_looked_at(p, i))
				continue;
			scene_start(&scene, &places[p], &loads[i], "letter");
			for (size_t s = 0; s < step_count; s++)
				if (scene_has_step(&scene, steps[s]))
					look_at_scene(&scene, steps[s]);
			scene_end(&scene);
		}
}

/* An address abroad ends with its country in capitals, in the sender's language; that of the sender in the
 * reader's. */
static void letters_abroad_name_the_countries(void **state)
{
	(void)state;
	struct scene scene;
	struct error error = {0};
	scene_start(&scene, &places[0], &loads[0], "letter");
	struct receivable row = books_load(&scene.office.books, scene.invoices[0]);
	struct ledger *ledger = &scene.office.books.ledger;
	change(&scene.office, row.customer, "country", "DE");
	change(&scene.office, row.customer, "language", "de");
	GBytes *pdf = dunning_letter(ledger, &scene.office.site, &row, "first-reminder", &error);
	if (!pdf)
		fail_msg("%s", error.text);
	struct expected expected = {"abroad", scene.customer, "12 quai de la Douane\n29200 Brest\nALLEMAGNE",
	    "FR", "de", false, true};
	keep("abroad", pdf);
	look_at(&expected, pdf);
	PopplerDocument *document = poppler_document_new_from_bytes(pdf, NULL, NULL);
	PopplerPage *page = poppler_document_get_page(document, 0);
	g_autofree char *text = poppler_page_get_text(page);
	assert_non_null(strstr(text, "29900 Concarneau\nFRANKREICH"));
	g_object_unref(page);
	g_object_unref(document);
	g_bytes_unref(pdf);
	row_clear(&receivable_table, &row);
	scene_end(&scene);
}

static void an_address_names_its_country_at_its_end_once(void **state)
{
	(void)state;
	static const struct row {
		const char *address, *end;
	} rows[] = {
	    {"12 place d'Allemagne\n10115 Berlin", "\n10115 Berlin\nALLEMAGNE\n"},
	    {"12 Ring\nAllemagne-du-Nord", "\nAllemagne-du-Nord\nALLEMAGNE\n"},
	    {"12 Ring\n10115 Berlin\nAllemagne", "\n10115 Berlin\nAllemagne\n"},
	    {"12 Ring\n10115 Berlin, allemagne\n", "\n10115 Berlin, allemagne\n"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct scene scene;
		struct error error = {0};
		scene_start(&scene, &places[0], &loads[0], "letter");
		struct receivable row = books_load(&scene.office.books, scene.invoices[0]);
		change(&scene.office, row.customer, "country", "DE");
		change(&scene.office, row.customer, "address", rows[i].address);
		GBytes *pdf = dunning_letter(
		    &scene.office.books.ledger, &scene.office.site, &row, "first-reminder", &error);
		if (!pdf)
			fail_msg("%s", error.text);
		PopplerDocument *document = poppler_document_new_from_bytes(pdf, NULL, NULL);
		PopplerPage *page = poppler_document_get_page(document, 0);
		g_autofree char *text = poppler_page_get_text(page);
		const char *end = strstr(text, rows[i].end);
		if (!end || g_str_has_prefix(end + strlen(rows[i].end), "ALLEMAGNE"))
			fail_msg("row %zu: %s", i, text);
		g_object_unref(page);
		g_object_unref(document);
		g_bytes_unref(pdf);
		row_clear(&receivable_table, &row);
		scene_end(&scene);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(letters_lie_well_on_the_paper),
	    cmocka_unit_test(letters_abroad_name_the_countries),
	    cmocka_unit_test(an_address_names_its_country_at_its_end_once),
	    cmocka_unit_test(letters_of_every_place_lie_well_on_the_paper)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
