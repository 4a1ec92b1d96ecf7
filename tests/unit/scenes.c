#include "unit.h"
#include "scenes.h"

#include "dunning/post.h"
#include "ledger/body.h"
#include "ledger/journal.h"
#include "store/rows_case.h"

#define LADDER                                                                                               \
	"ladder \"%s\" { step courtesy { offset = -5d channel = %s } step first-reminder { anchor = due "    \
	"offset = 7d channel = %s }\n"                                                                       \
	" step second-reminder { offset = 14d channel = %s } step firm-reminder { offset = 14d channel = "   \
	"%s }\n"                                                                                             \
	" step warning { offset = 10d channel = %s } step formal-notice { offset = 10d approval = yes "      \
	"channel = %s } }\n"

const char *const steps[] = {
    "courtesy", "first-reminder", "second-reminder", "firm-reminder", "warning", "formal-notice"};
const size_t step_count = ARRAY_LENGTH(steps);

const struct place places[] = {
    {"fr", "fr", "FR", "EUR", "3 rue du Port\n29900 Concarneau", "FR7630006000011234567890189",
	"02 98 00 00 00", "Anne Le Goff", "Breizh Habitat & Fils SARL", "12 quai de la Douane\n29200 Brest"},
    {"en", "en", "GB", "GBP", "3 Dock Lane\nBristol\nBS1 5TY", "GB29NWBK60161331926819", "0117 496 0000",
	"Anne Gough", "Harbour & Sons Ltd", "12 Quay Street\nBristol\nBS1 4RB"},
    {"de", "de", "DE", "EUR", "Am Hafen 3\n20457 Hamburg", "DE89370400440532013000", "040 6690 0000",
	"Anne Krüger", "Müller Großhandel GmbH & Co. KG", "Bahnhofstraße 12\n20095 Hamburg"},
    {"es", "es", "ES", "EUR", "Calle del Puerto, 3\n11006 Cádiz", "ES9121000418450200051332", "956 00 00 00",
	"Ana Gómez", "Construcciones Ibáñez, S.L.", "Calle Mayor, 12, 3.º B\n28013 Madrid"},
    {"it", "it", "IT", "EUR", "Via del Porto, 3\n16126 Genova GE", "IT60X0542811101000000123456",
	"010 000 0000", "Anna Gori", "Officine Bianchi S.r.l.", "Via Roma, 12\n20121 Milano MI"},
    {"nl", "nl", "NL", "EUR", "Kade 3\n3011 AA Rotterdam", "NL91ABNA0417164300", "010 000 0000",
	"Anne de Groot", "Jansen Bouwmaterialen B.V.", "Havenstraat 12\n1011 AB Amsterdam"},
    {"fr-BE", "fr", "BE", "EUR", "Quai de la Dérivation 3\n4020 Liège", "BE68539007547034", "04 000 00 00",
	"Anne Legrand", "Menuiserie Dubois SRL", "Rue du Port 12\n4000 Liège"},
    {"fr-CH", "fr", "CH", "CHF", "Quai du Mont-Blanc 3\n1201 Genève", "CH9300762011623852957",
	"022 000 00 00", "Anne Rochat", "Atelier Favre Sàrl", "Rue du Lac 12\n1003 Lausanne"},
    {"fr-LU", "fr", "LU", "EUR", "3, rue du Fossé\nL-1536 Luxembourg", "LU280019400644750000", "26 00 00 00",
	"Anne Weber", "Entreprise Schmit S.à r.l.", "12, rue de la Gare\nL-1611 Luxembourg"},
    {"en-IE", "en", "IE", "EUR", "3 Custom House Quay\nLimerick", "IE29AIBK93115212345678", "061 000 000",
	"Anne Gough", "Shannon Joinery Ltd", "12 Dock Road\nLimerick\nV94 X2Y3"},
    {"en-US", "en", "US", "USD", "3 Harbor Street\nBoston, MA 02210", "", "617-555-0100", "Anne Gough",
	"Harbor Supply Inc.", "12 Wharf Street\nPortland, ME 04101"},
    {"de-AT", "de", "AT", "EUR", "Donaulände 3\n4020 Linz", "AT611904300234573201", "0732 000 000",
	"Anna Gruber", "Steiner Holzbau GmbH", "Hauptstraße 12\n4040 Linz"},
    {"de-CH", "de", "CH", "CHF", "Hafenstrasse 3\n8590 Romanshorn", "CH9300762011623852957", "071 000 00 00",
	"Anna Keller", "Großmann Bau AG", "Seestrasse 12\n8002 Zürich"},
    {"it-CH", "it", "CH", "CHF", "Riva Caccia 3\n6900 Lugano", "CH9300762011623852957", "091 000 00 00",
	"Anna Bernasconi", "Costruzioni Rezzonico SA", "Via Nassa 12\n6900 Lugano"},
    {"nl-BE", "nl", "BE", "EUR", "Kaai 3\n9000 Gent", "BE68539007547034", "09 000 00 00", "An Peeters",
	"Schrijnwerkerij Claes BV", "Havenstraat 12\n2000 Antwerpen"},
};
const size_t place_count = ARRAY_LENGTH(places);

const struct load loads[] = {
    {"one", 1, 118800, "2026-01-20", NULL, 0, false, NULL, NULL, false, false, false},
    {"once", 1, 118800, "2026-01-20", NULL, 1, false, NULL, NULL, false, false, false},
    {"partly", 3, 118800, "2026-01-20", NULL, 2, true, NULL, NULL, false, false, false},
    {"day", 1, 118800, "2026-03-01", "USD", 0, false, NULL, NULL, false, false, false},
    {"promise", 1, 118800, "2026-01-20", NULL, 1, false, "broken", NULL, false, false, false},
    {"promises", 3, 118800, "2026-01-20", NULL, 1, false, "partly", NULL, false, false, false},
    {"consumer", 1, 118800, "2026-01-20", NULL, 2, false, NULL, "consumer", false, false, false},
    {"public", 2, 118800, "2025-11-08", NULL, 3, false, NULL, "public", false, false, false},
    {"bare", 1, 118800, "2026-01-20", NULL, 0, false, NULL, NULL, false, true, false},
    {"settled", 1, 118800, "2026-01-20", NULL, 0, false, NULL, NULL, false, false, true},
    {"settled-all", 2, 118800, "2026-01-20", NULL, 0, false, NULL, NULL, false, false, true},
    {"sixty", 60, 123456789012, "2026-01-11", NULL, 2, false, NULL, NULL, true, false, false},
};
const size_t load_count = ARRAY_LENGTH(loads);

static void must(bool done, const struct error *error)
{
	if (!done)
		fail_msg("%s", error->text);
}

static void replace_text(char **text, const char *with)
{
	free(*text);
	*text = strdup(with);
}

static void set_up_company(struct company_config *company, const struct place *place, bool is_bare)
{
	g_autofree char *from = g_strdup_printf(
	    is_bare ? "%s <facturation@legoff.example>" : "%.0s%s <facturation@legoff.example>",
	    company->name, place->person);
	replace_text(&company->address, place->address);
	replace_text(&company->country, place->country);
	replace_text(&company->language, place->language);
	replace_text(&company->phone, is_bare ? "" : place->phone);
	replace_text(&company->from, from);
	if (is_bare || !*place->iban)
		while (company->iban.count > 0)
			free(company->iban.items[--company->iban.count]);
	else
		replace_text(&company->iban.items[0], place->iban);
	if (is_bare || strcmp(place->country, "FR") != 0)
		replace_text(&company->bic, "");
}

static int64_t start_customer(struct scene *scene)
{
	struct error error = {0};
	struct books *books = &scene->office.books;
	const struct place *place = scene->place;
	scene->customer = g_strdup(scene->load->is_long ? "Gesellschaftfürdieverwaltungundinstandhaltungvonme"
							  "hrfamilienhäuserninbretagnembh"
							: place->customer);
	int64_t customer = books_customer(books, scene->customer, "habitat.example");
	must(
	    journal_append(&books->ledger, EVENT_CUSTOMER_CHANGED, (struct event_about){.customer = customer},
		json_pack("{s:s, s:s, s:s, s:s}", "language", place->language, "address",
		    place->customer_address, "country", place->country, "kind",
		    scene->load->kind ? scene->load->kind : "business"),
		NULL, &error),
	    &error);
	return customer;
}

static int64_t open_invoice(struct scene *scene, int64_t customer, int index)
{
	struct error error = {0};
	const struct load *load = scene->load;
	bool opened, is_note = load->is_partly && index == load->invoices;
	int64_t id;
	g_autofree char *number =
	    g_strdup_printf("%s%d", load->is_long ? "FACT-2026-MULTISITES" : "F2026-", 118 + index);
	struct receivable_draft draft = {
	    .company = "Le Goff",
	    .customer = customer,
	    .number = number,
	    .kind = is_note ? "credit_note" : "invoice",
	    .issue_date = load->is_bare ? DATE_NONE : day_of(load->due) - 30,
	    .due_date = day_of(load->due),
	    .currency = load->currency ? load->currency : scene->place->currency,
	    .total = is_note ? 5000 : load->total + index * 1000,
	    .open = INT64_MIN,
	    .order_number = index == 1 ? "4500012345" : NULL,
	};
	must(act_open_receivable(&scene->office.books.ledger, &draft, &id, &opened, &error), &error);
	return id;
}

static void pay(struct scene *scene, int64_t invoice, int64_t amount)
{
	struct error error = {0};
	struct receivable row = books_load(&scene->office.books, invoice);
	must(act_pay(&scene->office.books.ledger, &row, amount ? amount : row.open, day_of("2026-02-20"),
		 "VIR 1", &error),
	    &error);
	row_clear(&receivable_table, &row);
}

static void dispute(struct scene *scene, int64_t invoice, int64_t amount)
{
	struct error error = {0};
	struct receivable row = books_load(&scene->office.books, invoice);
	must(act_dispute(&scene->office.books.ledger, &row, "quality", amount, "anne", 0, &error), &error);
	row_clear(&receivable_table, &row);
}

/* A promise that ended as the load says. */
static void promise(struct scene *scene, int64_t invoice)
{
	struct error error = {0};
	struct ledger *ledger = &scene->office.books.ledger;
	struct receivable row = books_load(&scene->office.books, invoice);
	office_go(&scene->office, "2026-02-05", 10);
	must(act_promise(ledger, &row, day_of("2026-02-11"), 100000, 0, &error), &error);
	row_clear(&receivable_table, &row);
	office_go(&scene->office, "2026-03-02", 10);
	GPtrArray *promises = promise_list(ledger->store, invoice, "running", &error);
	must(promises && act_end_promise(ledger, promises->pdata[0], scene->load->promise, &error), &error);
	rows_free(&promise_table, promises);
}

/* It was written COUNT times before. */
static void remind(struct scene *scene, int64_t invoice, int count)
{
	static const char *const days[] = {"2026-01-27", "2026-02-09", "2026-02-23"};
	/* what was promised later is what is spoken of */
	int first = scene->load->promise ? 0 : 3 - count;
	struct error error = {0};
	for (int i = 0; i < count; i++) {
		struct post_note note = {.step = steps[i + 1], .on = day_of(days[first + i])};
		struct receivable row = books_load(&scene->office.books, invoice);
		must(post_done(&scene->office.books.ledger, &row, &note, &error), &error);
		row_clear(&receivable_table, &row);
	}
}

static void happen(struct scene *scene)
{
	const struct load *load = scene->load;
	for (int i = 0; i < load->invoices; i++)
		remind(scene, scene->invoices[i], load->reminded);
	if (load->is_partly) {
		pay(scene, scene->invoices[0], 18800);
		dispute(scene, scene->invoices[1], 20000);
	}
	if (load->promise)
		promise(scene, scene->invoices[0]);
	for (int i = 0; load->is_settled && i < load->invoices; i++)
		pay(scene, scene->invoices[i], 0);
}

void scene_start(struct scene *scene, const struct place *place, const struct load *load, const char *channel)
{
	struct error error = {0};
	*scene = (struct scene){.place = place, .load = load};
	const char *ladder = load->kind ? load->kind : "business", *c = channel;
	g_autofree char *more = g_strdup_printf("sending = off\n" LADDER, ladder, c, c, c, c, c, c);
	office_open(&scene->office, more);
	struct books *books = &scene->office.books;
	set_up_company(&books->config.companies[0], place, load->is_bare);
	int64_t customer = start_customer(scene);
	for (int i = 0; i < load->invoices + load->is_partly; i++)
		scene->invoices[i] = open_invoice(scene, customer, i);
	happen(scene);
	must(desk_init(&scene->desk, &books->ledger, &scene->office.site, &error), &error);
}

void scene_end(struct scene *scene)
{
	desk_clear(&scene->desk);
	office_close(&scene->office);
	g_free(scene->customer);
}

bool scene_has_step(const struct scene *scene, const char *step)
{
	bool is_formal = strcmp(step, "formal-notice") == 0;
	bool has_account = !scene->load->is_bare && *scene->place->iban;
	return !scene->load->is_settled && (has_account || !is_formal);
}

void scene_go_to(struct scene *scene, const char *step)
{
	char day[DATE_TEXT_SIZE];
	bool early = strcmp(step, "courtesy") == 0;
	office_go(&scene->office, early ? date_format(day_of(scene->load->due) - 5, day) : "2026-03-02", 10);
}

char *scene_name(const struct scene *scene, const char *step)
{
	return g_strdup_printf("%s-%s-%s", scene->place->name, step, scene->load->name);
}

void scene_keep(const char *name, const char *kind, const void *bytes, size_t length)
{
	const char *folder = getenv("RELANCE_LOOK");
	if (!folder)
		return;
	g_autofree char *path = g_strdup_printf("%s/%s.%s", folder, name, kind);
	assert_true(g_file_set_contents(path, bytes, (gssize)length, NULL));
}
