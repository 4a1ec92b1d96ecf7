/* Every mail in every language as its reader sees it: nothing left over of the templates, sound sentences,
 * and HTML that any mail program shows. With RELANCE_LOOK=FOLDER they are kept there to be looked at. */
#include "unit.h"
#include "scenes.h"

#include "dunning/notation.h"
#include "dunning/notice_words.h"
#include "dunning/reminder_words.h"
#include "dunning/words.h"
#include "ledger/interest.h"

static const char *const occasions[] = {"broken", "instalment", "thanks", "copy"};

static void must(bool done, const struct error *error)
{
	if (!done)
		fail_msg("%s", error->text);
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

static void lacks(const char *what, const char *text, const char *wrong)
{
	GRegex *regex = g_regex_new(wrong, 0, 0, NULL);
	GMatchInfo *match;
	assert_non_null(regex);
	if (g_regex_match(regex, text, 0, &match)) {
		g_autofree char *found = g_match_info_fetch(match, 0);
		fail_msg("%s: \"%s\" in:\n%s", what, found, text);
	}
	g_match_info_free(match);
	g_regex_unref(regex);
}

/* What is wrong in every language, or in the one whose name stands before it. */
static void knows_its_grammar(const char *what, const char *text)
{
	static const struct {
		const char *places, *wrong, *except; /* NULL: no place is excepted */
	} rows[] = {
	    /* one day is not written as many, nor one invoice */
	    {"",
		"(?<![0-9.,’\\x{202f}])1[ \\x{a0}](jours|days|Tage|días|giorni|dagen|factures|invoices|"
		"Rechnungen|facturas|fatture|facturen)",
		NULL},
	    /* articles before an eight or an eleven */
	    {"it", "\\b([Ii]l|[Dd]e?l|[Dd]al|[Aa]l|[Ss]ul) (8|11)\\x{a0}[gfmalsond]", NULL},
	    {"it", "\\b([Ii]l|[Dd]e?l|[Dd]al|[Aa]l|[Ss]ul) (08|11)[/.][0-9]", NULL},
	    /* a sign goes with its word, in French behind a space that does not break */
	    {"fr", "[^ \\n] [:;?!»](?![\\w\"])", NULL},
	    {"fr", "[a-zé)][;?!](?![\\w&#])", NULL},
	    {"en|de|es|it|nl", "[ \\x{a0}\\x{202f}][:;?!](?![\\w\"-])", NULL},
	    /* a number goes with its noun */
	    {"", "[0-9] (jour|day|Tag|día|giorn|dag|facture|invoice|Rechnung|factura|fattur|factuur)", NULL},
	    /* an article of a law goes with its number */
	    {"", "([Aa]rtt?|[Aa]rts|Abs|§|§§)\\.? [0-9LRD]", NULL},
	    {"", "L441-10 II", NULL},
	    {"de-CH|de-LI", "[Gg]rüßen|einschließlich", NULL},
	    {"en-US",
		"[Ii]nstalment(?!s, dispute)|registered post|Yours faithfully|[0-9] "
		"(January|February|March)",
		NULL},
	    {"en", "Sincerely|[Ii]nstallment|certified mail", "en-US"},
	    /* "12,15 %" or "12,15%" */
	    {"fr|de|es", "[0-9] ?%(?!;|\")(?<!100%)(?<!0%)", NULL},
	    {"en|it|nl", "[0-9][ \\x{a0}]%", NULL},
	    /* an aside between dashes that a line could part from its word */
	    {"es", " –\\w", NULL},
	};
	g_auto(GStrv) parts = g_strsplit(what, "-", 3);
	g_autofree char *home = g_strdup(parts[0]), *place = g_strdup_printf("%s-%s", parts[0], parts[1]);
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		g_auto(GStrv) places = g_strsplit(rows[i].places, "|", -1);
		const char *const *in = (const char *const *)places;
		if (g_strcmp0(rows[i].except, place) != 0 &&
		    (!*rows[i].places || g_strv_contains(in, home) || g_strv_contains(in, place)))
			lacks(what, text, rows[i].wrong);
	}
}

/* The words of HTML. g_free. */
static char *words_of_html(const char *html)
{
	const char *body = strstr(html, "<body");
	GRegex *tags = g_regex_new("<[^>]*>", 0, 0, NULL);
	char *plain = g_regex_replace_literal(tags, body, -1, 0, "", 0, NULL);
	g_regex_unref(tags);
	static const char *const names[][2] = {{"&nbsp;", "\u00a0"}, {"&quot;", "\""}, {"&amp;", "&"}};
	for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
		g_auto(GStrv) parts = g_strsplit(plain, names[i][0], -1);
		g_free(plain);
		plain = g_strjoinv(names[i][1], parts);
	}
	return plain;
}

/* A subject begins with a capital, or with the number of an invoice. */
static void begins_well(const char *what, const char *subject)
{
	gunichar first = g_utf8_get_char(subject);
	if (!g_unichar_isupper(first) && !g_unichar_isdigit(first))
		fail_msg("%s: \"%s\"", what, subject);
}

/* Lines are filled to 76 characters: only a word, or what no space breaks, is longer. */
static void lines_are_short(const char *what, const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line; line++)
		if (g_utf8_strlen(*line, -1) > 76 && strchr(g_strchug(*line), ' '))
			fail_msg("%s: a long line: %s", what, *line);
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

/* The code is there for euros, where there is an account and the sum has room in it. */
static void shows_code(const struct scene *scene, const char *what, const struct reminder_words *words)
{
	const struct load *load = scene->load;
	const char *currency = load->currency ? load->currency : scene->place->currency;
	bool may_have = strcmp(currency, "EUR") == 0 && *scene->place->iban && !load->is_bare &&
			!load->is_settled && load->total < 99999999999;
	if ((words->qr != NULL) != may_have)
		fail_msg("%s: it has %s code", what, words->qr ? "a" : "no");
	if (!words->qr && strstr(words->html, "<img"))
		fail_msg("%s: a picture without a code", what);
}

static void look_at(const struct scene *scene, const struct reminder *reminder, const char *name)
{
	struct error error = {0};
	struct reminder_words words;
	g_autofree char *what = scene_name(scene, name);
	if (!reminder_words(reminder, true, &words, &error))
		fail_msg("%s: %s", what, error.text);
	reads_well(what, words.text);
	reads_well(what, words.subject);
	knows_its_grammar(what, words.text);
	knows_its_grammar(what, words.subject);
	begins_well(what, words.subject);
	lines_are_short(what, words.text);
	g_autofree char *shown = words_of_html(words.html);
	knows_its_grammar(what, shown);
	is_plain_html(what, words.html);
	shows_code(scene, what, &words);
	assert_true(g_utf8_strlen(words.subject, -1) < 120);
	g_autofree char *whole = g_strdup_printf("%s\n\n%s", words.subject, words.text);
	scene_keep(what, "txt", whole, strlen(whole));
	scene_keep(what, "html", words.html, strlen(words.html));
	if (words.qr) {
		gsize length;
		const void *bytes = g_bytes_get_data(words.qr, &length);
		scene_keep(what, "png", bytes, length);
	}
	reminder_words_clear(&words);
}

static void look_at_step(struct scene *scene, const char *name)
{
	struct error error = {0};
	struct reminder reminder = {0};
	scene_go_to(scene, name);
	struct receivable row = books_load(&scene->office.books, scene->invoices[0]);
	must(reminder_collect_named(&reminder, &scene->desk, &row, name, &error), &error);
	look_at(scene, &reminder, name);
	reminder_clear(&reminder);
	row_clear(&receivable_table, &row);
}

static void look_at_occasion(struct scene *scene, const char *name)
{
	struct error error = {0};
	struct reminder reminder = {0};
	struct reminder_instalment instalments[] = {{day_of("2026-03-09"), 60000}, {day_of("2026-04-09"), 0}};
	struct reminder_occasion occasion = {.template = name,
	    .paid = 18800,
	    .paid_on = day_of("2026-02-08"),
	    .instalments = instalments,
	    .instalment_count = ARRAY_LENGTH(instalments)};
	scene_go_to(scene, name);
	must(reminder_collect_occasion(
		 &reminder, &scene->desk, scene->invoices, (size_t)scene->load->invoices, &occasion, &error),
	    &error);
	instalments[1].amount = reminder.total - instalments[0].amount;
	look_at(scene, &reminder, name);
	reminder_clear(&reminder);
}

/* Nobody asks for what is paid. */
static bool has_occasion(const struct load *load, const char *name)
{
	return !load->is_settled || strcmp(name, "thanks") == 0 || strcmp(name, "copy") == 0;
}

static void every_mail_reads_well_in_every_language(void **state)
{
	(void)state;
	for (size_t p = 0; p < place_count; p++)
		for (size_t i = 0; i < load_count; i++) {
			struct scene scene;
			scene_start(&scene, &places[p], &loads[i], "mail");
			for (size_t s = 0; s < step_count; s++)
				if (scene_has_step(&scene, steps[s]))
					look_at_step(&scene, steps[s]);
			for (size_t o = 0; o < ARRAY_LENGTH(occasions); o++)
				if (has_occasion(&loads[i], occasions[o]))
					look_at_occasion(&scene, occasions[o]);
			scene_end(&scene);
		}
}

/* ---- what controllers get ---- */

static const char *const digest_steps[] = {"courtesy", "first-reminder", "second-reminder", "firm-reminder",
    "warning", "call", "formal-notice", "legal", NULL};
static const char *const digest_tasks[] = {"address", "approve", "bank_change", "bank_data", "call", "delay",
    "dispute", "due_date", "duplicate", "failed", "insolvency", "legal", "letter", "proof", "request",
    "review", "submission", "unreadable", NULL};
static const char *const digest_mails[] = {"absence", "ack", "automatic", "automatic_reply", "delay",
    "delivery_delay", "delivery_failure", "delivery_success", "dispute", "insolvency", "legal", "list",
    "none", "paid", "promise", "read_receipt", "redirect", "remittance", "request", "ticket", NULL};
static const char *const digest_reasons[] = {"already_credited", "duplicate", "not_delivered", "not_ordered",
    "other", "price", "quality", "quantity", "refusal", "tax", "terms", "wrong_party", NULL};
static const struct {
	const char *list, *name, *kind;
	const char *const *words;
} digest_lists[] = {{"waiting", "step", "step", digest_steps}, {"tasks", "kind", "task", digest_tasks},
    {"arrived", "kind", "mail", digest_mails}, {"tomorrow", "step", "step", digest_steps},
    {"promises", NULL, NULL, digest_steps}, {"disputes", "kind", "reason", digest_reasons}};

/* One row of a list of the digest; every third has a long name and a ten-digit sum. */
static json_t *digest_row(const struct place *place, const char *tag, size_t list, size_t index)
{
	struct buffer sum = BUFFER_EMPTY, date = BUFFER_EMPTY;
	bool is_long = index % 3 == 2;
	notation_money(&sum, money(is_long ? 123456789012 : 118800 + (int64_t)index, place->currency), tag);
	notation_short_date(&date, day_of("2026-02-27") + (date_t)index, tag);
	json_t *row = json_pack("{s:I, s:s, s:s, s:s, s:s, s:s, s:b, s:b, s:i}", "id", (json_int_t)index + 11,
	    "customer",
	    is_long
		? "Gesellschaft für die Verwaltung und Instandhaltung von Mehrfamilienhäusern in Bretagne mbH"
		: place->customer,
	    "number", is_long ? "FACT-2026-BZH-MULTI-SITES-000000000118" : "F2026-118, F2026-119", "amount",
	    sum.bytes, "date", date.bytes, "from", "Jean Durand", "late", index < 3, "review", index == 1,
	    "days", (int)index + 1);
	if (index % 2)
		json_object_set_new(row, "owner", json_string("anne"));
	if (digest_lists[list].name)
		json_object_set_new(row, digest_lists[list].name,
		    json_string(notice_word(
			place->language, digest_lists[list].kind, digest_lists[list].words[index])));
	buffer_clear(&sum);
	buffer_clear(&date);
	return row;
}

/* All lists with a row for each word, or for the first alone. */
static json_t *digest_of(const struct place *place, const char *tag, bool is_full)
{
	struct buffer today = BUFFER_EMPTY, next = BUFFER_EMPTY;
	notation_date(&today, day_of("2026-03-02"), tag);
	notation_date(&next, day_of("2026-03-03"), tag);
	json_t *context = json_pack("{s:s, s:{s:s}, s:s, s:s}", "language", tag, "company", "name", "Le Goff",
	    "today", today.bytes, "next_day", next.bytes);
	for (size_t i = 0; i < ARRAY_LENGTH(digest_lists); i++) {
		json_t *rows = json_array();
		for (size_t w = 0; digest_lists[i].words[w] && (is_full || w == 0); w++)
			json_array_append_new(rows, digest_row(place, tag, i, w));
		g_autofree char *counter = g_strdup_printf("%s_count", digest_lists[i].list);
		json_object_set_new(context, counter, json_integer((json_int_t)json_array_size(rows)));
		json_object_set_new(context, digest_lists[i].list, rows);
	}
	if (is_full)
		json_object_set_new(context, "tasks_more", json_integer(7));
	buffer_clear(&today);
	buffer_clear(&next);
	return context;
}

static char *rendered(
    const struct scene *scene, const char *name, const json_t *context, enum template_place at)
{
	struct error error = {0};
	char *words =
	    words_render(&scene->office.books.config, scene->place->language, name, context, at, &error);
	must(words, &error);
	return words;
}

/* No line ends within a date of a table: "27-02-2026" has places to break. */
static void dates_are_whole(const char *what, const char *html, const char *tag)
{
	struct buffer date = BUFFER_EMPTY;
	notation_short_date(&date, day_of("2026-02-27"), tag);
	for (const char *at = strstr(html, date.bytes); at; at = strstr(at + 1, date.bytes))
		if (strncmp(at - strlen("nowrap\">"), "nowrap\">", strlen("nowrap\">")) != 0)
			fail_msg("%s: a date that can be broken: %.40s", what, at - 20);
	buffer_clear(&date);
}

static void look_at_digest(struct scene *scene, bool is_full)
{
	struct error error = {0};
	const char *tag = notation_tag(scene->place->language, scene->place->country);
	json_t *context = digest_of(scene->place, tag, is_full);
	g_autofree char *what = g_strdup_printf("%s-digest-%s", scene->place->name, is_full ? "full" : "one");
	g_autofree char *subject = rendered(scene, "digest.subject", context, TEMPLATE_LINE);
	g_autofree char *text = rendered(scene, "digest.txt", context, TEMPLATE_TEXT);
	g_autofree char *content = rendered(scene, "digest.html", context, TEMPLATE_HTML);
	json_object_set_new(context, "subject", json_string(g_strstrip(subject)));
	g_autofree char *html = words_in_layout(&scene->office.books.config, context, content, &error);
	must(html, &error);
	g_autofree char *tidy = words_without_gaps(text);
	reads_well(what, subject);
	begins_well(what, subject);
	knows_its_grammar(what, tidy);
	g_autofree char *shown = words_of_html(html);
	knows_its_grammar(what, shown);
	is_plain_html(what, html);
	dates_are_whole(what, html, tag);
	g_autofree char *whole = g_strdup_printf("%s\n\n%s", subject, tidy);
	scene_keep(what, "txt", whole, strlen(whole));
	scene_keep(what, "html", html, strlen(html));
	json_decref(context);
}

/* What is answered to orders: all words for what became of them, and lines that none was. */
static void look_at_answer(struct scene *scene, bool is_understood)
{
	static const char *const outcomes[] = {
	    "done", "already", "ambiguous", "amount", "date", "refused", "unknown"};
	json_t *orders = json_array(), *odd = json_array();
	for (size_t i = 0; is_understood && i < ARRAY_LENGTH(outcomes); i++)
		json_array_append_new(orders, json_pack("{s:s, s:s}", "line", "approve 12", "outcome",
						  notice_word(scene->place->language, "order", outcomes[i])));
	json_array_append_new(odd, json_pack("{s:s}", "line", "approve all of them"));
	json_t *context = json_pack("{s:{s:s}, s:I, s:I, s:o, s:o}", "company", "name", "Le Goff",
	    "orders_count", (json_int_t)json_array_size(orders), "not_understood_count",
	    (json_int_t)json_array_size(odd), "orders", orders, "not_understood", odd);
	g_autofree char *text = rendered(scene, "answer.txt", context, TEMPLATE_TEXT);
	g_autofree char *tidy = words_without_gaps(text);
	g_autofree char *what =
	    g_strdup_printf("%s-answer-%s", scene->place->name, is_understood ? "orders" : "none");
	reads_well(what, tidy);
	scene_keep(what, "txt", tidy, strlen(tidy));
	json_decref(context);
}

static void mails_to_controllers_read_well_in_every_language(void **state)
{
	(void)state;
	for (size_t p = 0; p < place_count; p++) {
		struct scene scene;
		scene_start(&scene, &places[p], &loads[0], "mail");
		look_at_digest(&scene, true);
		look_at_digest(&scene, false);
		look_at_answer(&scene, true);
		look_at_answer(&scene, false);
		scene_end(&scene);
	}
}

/* Each law that interest rests on has its words, and so has each code that the digest tells. */
static void laws_and_codes_have_words_in_every_language(void **state)
{
	(void)state;
	static const char *const countries[] = {
	    "FR", "BE", "LU", "DE", "AT", "ES", "IT", "NL", "PT", "GB", "IE", NULL};
	static const char *const kinds[] = {"business", "public", "consumer", NULL};
	for (size_t c = 0; countries[c]; c++)
		for (size_t k = 0; kinds[k]; k++) {
			const struct interest_rule *rule = interest_rule_for(countries[c], kinds[k]);
			if (rule && notice_word("fr", "law", rule->law) == rule->law)
				fail_msg("%s", rule->law);
		}
	for (size_t i = 0; i < ARRAY_LENGTH(digest_lists); i++)
		for (size_t w = 0; digest_lists[i].kind && digest_lists[i].words[w]; w++) {
			const char *name = digest_lists[i].words[w];
			if (notice_word("de", digest_lists[i].kind, name) == name)
				fail_msg("%s.%s", digest_lists[i].kind, name);
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
	scene_start(&scene, &places[0], &loads[0], "mail");
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
	scene_end(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(every_mail_reads_well_in_every_language),
	    cmocka_unit_test(mails_to_controllers_read_well_in_every_language),
	    cmocka_unit_test(laws_and_codes_have_words_in_every_language),
	    cmocka_unit_test(what_is_disputed_is_not_said_to_be_paid)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
