/* The letter's words: those of the mail, with the head that paper needs. */
#include "base/base.h"
#include "dunning/letter.h"

#include "dunning/notation.h"
#include "dunning/notice_words.h"
#include "dunning/recipients.h"
#include "dunning/reminder_words.h"

static bool window_is_right(const char *country)
{
	static const char *const right[] = {"FR", "BE", "LU", "ES", "IT", "PT"};
	for (size_t i = 0; i < ARRAY_LENGTH(right); i++)
		if (g_ascii_strcasecmp(right[i], country) == 0)
			return true;
	return false;
}

/* Both addresses must be there: a letter without one cannot be posted, a notice without one is void. */
static bool addresses_are_known(const struct reminder *reminder, struct error *error)
{
	const struct desk_customer *customer = reminder->customer;
	if (!customer->company->address || !*customer->company->address)
		return error_set(error, STATUS_NO, "company \"%s\" has no address in the configuration",
		    customer->company->name);
	if (!customer->row.address || !*customer->row.address)
		return error_set(error, STATUS_NO,
		    "no postal address of %s is known (relance import customers)", customer->row.name);
	return true;
}

/* Whether the address ends with the country: as its last line, or in that behind a comma. A street or a town
 * may be called like one. */
static bool ends_with_country(const char *address, const char *name)
{
	g_autofree char *folded = g_utf8_casefold(address, -1), *folded_name = g_utf8_casefold(name, -1);
	g_strchomp(folded);
	const char *line = strrchr(folded, '\n');
	line = line ? line + 1 : folded;
	const char *comma = strrchr(line, ',');
	g_autofree char *last = g_strdup(comma ? comma + 1 : line);
	return strcmp(g_strstrip(last), folded_name) == 0;
}

/* The last line of an address abroad, as its post wants it; NULL: it stays in its country, its country is not
 * known, or the address ends with it. g_free. */
static char *country_line(
    const struct reminder *reminder, const char *language, const char *of, const char *address)
{
	const struct desk_customer *customer = reminder->customer;
	g_autofree char *code = g_ascii_strup(of, -1);
	const char *name = notice_word(language, "country", code);
	if (name == code || g_ascii_strcasecmp(customer->company->country, customer->country) == 0)
		return NULL;
	return ends_with_country(address, name) ? NULL : g_utf8_strup(name, -1);
}

static char *recipient_of(const struct reminder *reminder)
{
	const struct desk_customer *customer = reminder->customer;
	g_autofree char *country =
	    country_line(reminder, customer->company->language, customer->country, customer->row.address);
	return g_strdup_printf("%s\n%s%s%s", customer->row.name, customer->row.address, country ? "\n" : "",
	    country ? country : "");
}

static char *sender_of(const struct reminder *reminder)
{
	const struct company_config *company = reminder->customer->company;
	GString *text = g_string_new(company->name);
	g_autofree char *name = NULL, *mail = NULL, *vat = NULL;
	g_autofree char *country =
	    country_line(reminder, reminder->language, company->country, company->address);
	mailbox_split(company->from, &name, &mail);
	if (company->vat_id && *company->vat_id)
		vat = g_strdup_printf(
		    "%s %s", notice_word(reminder->language, "label", "vat"), company->vat_id);
	const char *const lines[] = {company->address, country, company->phone, mail, company->legal_id, vat};
	for (size_t i = 0; i < ARRAY_LENGTH(lines); i++)
		if (lines[i] && *lines[i])
			g_string_append_printf(text, "\n%s", lines[i]);
	return g_string_free(text, FALSE);
}

static char *in_one_line(const struct company_config *company)
{
	g_autofree char *whole = g_strdup_printf("%s\n%s", company->name, company->address);
	g_auto(GStrv) lines = g_strsplit(whole, "\n", -1);
	return g_strjoinv(" · ", lines);
}

static char *date_of(const struct reminder *reminder)
{
	struct buffer text = BUFFER_EMPTY;
	if (strcmp(reminder->language, "fr") == 0)
		buffer_append_text(&text, "Le ");
	notation_date(&text, reminder->desk->ledger->today, reminder->notation);
	char *copy = g_strdup(text.bytes);
	buffer_clear(&text);
	return copy;
}

/* "Objet : …", where the language's letters have it. g_free. */
static char *subject_line(const char *language, const char *subject)
{
	static const char *const marks[][2] = {
	    {"fr", "Objet\u00a0: "}, {"es", "Asunto: "}, {"it", "Oggetto: "}, {"nl", "Betreft: "}};
	for (size_t i = 0; i < ARRAY_LENGTH(marks); i++)
		if (strcmp(marks[i][0], language) == 0)
			return g_strdup_printf("%s%s", marks[i][1], subject);
	return g_strdup(subject);
}

static GBytes *render(const struct reminder *reminder, struct error *error)
{
	struct letter_words words;
	if (!reminder_letter_words(reminder, &words, error))
		return NULL;
	if (!addresses_are_known(reminder, error)) {
		letter_words_clear(&words);
		return NULL;
	}
	const struct desk_customer *customer = reminder->customer;
	g_autofree char *sender = sender_of(reminder), *date = date_of(reminder);
	g_autofree char *sender_line = in_one_line(customer->company);
	g_autofree char *footer = g_strdup_printf("%s – %s", customer->company->name, words.subject);
	g_autofree char *subject = subject_line(reminder->language, words.subject);
	g_autofree char *recipient = recipient_of(reminder);
	struct letter letter = {
	    .sender = sender,
	    .sender_line = sender_line,
	    .recipient = recipient,
	    .footer = footer,
	    .date = date,
	    .subject = subject,
	    .body = words.text,
	    .tables = {{words.mark, words.table, 3}, {words.decompte_mark, words.decompte, 3}},
	    .table_count = 2,
	    .qr = words.qr,
	    .window_right = window_is_right(customer->company->country),
	    /* the same letter of the same day has the same bytes */
	    .created_at = zone_instant(reminder->desk->site->zone, reminder->desk->ledger->today, 0),
	};
	GBytes *pdf = letter_render(&letter, error);
	letter_words_clear(&words);
	return pdf;
}

/* From whom, to whom, and the names of what is attached. */
static char *mail_head_of(const struct reminder *reminder, const GPtrArray *recipients)
{
	GString *head = g_string_new(reminder->customer->company->from);
	g_string_append(head, "\n");
	for (guint i = 0; i < recipients->len; i++)
		g_string_append_printf(
		    head, "%s%s", i ? ", " : "\u2192 ", (const char *)recipients->pdata[i]);
	for (guint i = 0; i < reminder->items->len; i++) {
		const struct reminder_item *item = reminder->items->pdata[i];
		const struct receivable *receivable = item->chase.receivable;
		if (receivable->sha256 && reminder_is_first(reminder, item))
			g_string_append_printf(head, "\n\u2014 %s",
			    receivable->document_name ? receivable->document_name : receivable->number);
	}
	return g_string_free(head, FALSE);
}

/* Of each invoice. */
static bool have_documents(const struct reminder *reminder)
{
	for (guint i = 0; i < reminder->items->len; i++)
		if (!((const struct reminder_item *)reminder->items->pdata[i])->chase.receivable->sha256)
			return false;
	return true;
}

static GBytes *render_sheet(const struct reminder *reminder, struct error *error)
{
	struct letter_words words;
	GPtrArray *recipients = recipients_of(&reminder->lead->chase, error);
	if (!recipients || !reminder_sheet_words(reminder, have_documents(reminder), &words, error)) {
		g_clear_pointer(&recipients, g_ptr_array_unref);
		return NULL;
	}
	g_autofree char *head = mail_head_of(reminder, recipients);
	struct letter letter = {
	    .mail_head = head,
	    .footer = words.subject,
	    .subject = words.subject,
	    .body = words.text,
	    .tables = {{words.mark, words.table, 3}, {words.decompte_mark, words.decompte, 3}},
	    .table_count = 2,
	    .qr = words.qr,
	    .created_at = zone_instant(reminder->desk->site->zone, reminder->desk->ledger->today, 0),
	};
	GBytes *pdf = letter_render(&letter, error);
	letter_words_clear(&words);
	g_ptr_array_unref(recipients);
	return pdf;
}

static GBytes *render_as_sent(const struct reminder *reminder, struct error *error)
{
	return reminder->lead->step->channel == CHANNEL_LETTER ? render(reminder, error)
							       : render_sheet(reminder, error);
}

static GBytes *collect_and_render(struct ledger *ledger, const struct dunning_site *site,
    const struct receivable *receivable, const char *step,
    GBytes *(*renderer)(const struct reminder *reminder, struct error *error), struct error *error)
{
	struct desk desk;
	if (!desk_init(&desk, ledger, site, error))
		return NULL;
	struct reminder reminder = {0};
	GBytes *pdf = NULL;
	if (reminder_collect_named(&reminder, &desk, receivable, step, error))
		pdf = renderer(&reminder, error);
	reminder_clear(&reminder);
	desk_clear(&desk);
	return pdf;
}

GBytes *dunning_letter(struct ledger *ledger, const struct dunning_site *site,
    const struct receivable *receivable, const char *step, struct error *error)
{
	return collect_and_render(ledger, site, receivable, step, render, error);
}

GBytes *dunning_mail_sheet(struct ledger *ledger, const struct dunning_site *site,
    const struct receivable *receivable, const char *step, struct error *error)
{
	return collect_and_render(ledger, site, receivable, step, render_as_sent, error);
}

/* The step of that name on the customer's ladder, else on any: it may have been another one's when it was
 * taken. */
static const struct step_config *step_named(
    const struct desk_customer *customer, const struct config *config, const char *name, struct error *error)
{
	int index = customer->ladder ? ladder_index(customer->ladder, name) : -1;
	if (index >= 0)
		return &customer->ladder->steps[index];
	for (size_t i = 0; i < config->ladder_count; i++)
		if ((index = ladder_index(&config->ladders[i], name)) >= 0)
			return &config->ladders[i].steps[index];
	error_set(error, STATUS_NO, "no ladder has a step \"%s\"", name);
	return NULL;
}

/* That something is left to ask for, once the credits are taken off. */
static bool is_asked_for(struct reminder *reminder, struct error *error)
{
	const char *number = reminder->lead->chase.receivable->number;
	bool disputed = false;
	for (guint i = 0; i < reminder->items->len; i++)
		disputed =
		    disputed ||
		    ((const struct reminder_item *)reminder->items->pdata[i])->chase.standing.disputed > 0;
	if (reminder->total <= 0)
		return error_set(error, STATUS_NO, "%s: %s", number,
		    disputed ? "all that is open is in dispute" : "nothing of it is to be paid");
	if (!reminder_net_credits(reminder, error))
		return false;
	return reminder->total > 0 || error_set(error, STATUS_NO, "%s: credits cover what is open", number);
}

GBytes *dunning_letter_about(struct ledger *ledger, const struct dunning_site *site,
    const int64_t *receivables, const date_t *days, size_t count, const char *name, int64_t *asked,
    struct error *error)
{
	struct desk desk;
	if (!desk_init(&desk, ledger, site, error))
		return NULL;
	struct reminder reminder = {0};
	struct reminder_occasion occasion = {.paid_on = DATE_NONE, .line_step = name, .line_on = days};
	GBytes *pdf = NULL;
	if (reminder_collect_occasion(&reminder, &desk, receivables, count, &occasion, error)) {
		occasion.step = step_named(reminder.customer, ledger->config, name, error);
		occasion.template = occasion.step ? occasion.step->template : NULL;
		if (occasion.step && is_asked_for(&reminder, error))
			pdf = render(&reminder, error);
		if (asked)
			*asked = reminder.total;
	}
	reminder_clear(&reminder);
	desk_clear(&desk);
	return pdf;
}
