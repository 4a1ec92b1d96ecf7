#include "base/base.h"
#include "dunning/reminder_words.h"

#include "base/holidays.h"
#include "dunning/claims.h"
#include "dunning/credit_shares.h"
#include "dunning/formal.h"
#include "dunning/notation.h"
#include "dunning/notice_words.h"
#include "dunning/payment_qr.h"
#include "dunning/template_set.h"
#include "dunning/words.h"
#include "dunning/written.h"

/* A character of the private use area that no template and no customer's name has: it holds the place until
 * the escaping is done. */
#define TABLE_MARK    "\uE000"
#define DECOMPTE_MARK "\uE002"
/* Days to pay that a firm reminder names. */
#define PAY_WITHIN 8

static json_t *text_of(struct buffer *buffer)
{
	json_t *text = json_string(buffer->bytes);
	buffer_clear(buffer);
	return text;
}

static json_t *amount(const struct reminder *reminder, int64_t minor)
{
	struct buffer text = BUFFER_EMPTY;
	notation_money(&text, money(minor, reminder->currency), reminder->notation);
	return text_of(&text);
}

static json_t *day(const struct reminder *reminder, date_t date, bool brief)
{
	struct buffer text = BUFFER_EMPTY;
	if (date == DATE_NONE)
		return json_null();
	if (brief)
		notation_short_date(&text, date, reminder->notation);
	else
		notation_date(&text, date, reminder->notation);
	return text_of(&text);
}

static json_t *text_or_null(const char *text)
{
	return text && *text ? json_string(text) : json_null();
}

/* One row of the table; BRIEF dates there, written out in sentences. */
static json_t *item_context(const struct reminder *reminder, const struct reminder_item *item, bool brief)
{
	const struct receivable *receivable = item->chase.receivable;
	const struct standing *standing = &item->chase.standing;
	date_t today = reminder->desk->ledger->today;
	json_t *context = json_object();
	json_object_set_new(context, "number", json_string(receivable->number));
	json_object_set_new(context, "order_number", text_or_null(receivable->order_number));
	json_object_set_new(context, "issue_date", day(reminder, receivable->issue_date, brief));
	json_object_set_new(context, "due_date", day(reminder, standing->due_on, brief));
	json_object_set_new(
	    context, "days_late", json_integer(today > standing->due_on ? today - standing->due_on : 0));
	json_object_set_new(context, "one_day", json_boolean(today == standing->due_on + 1));
	json_object_set_new(context, "amount", amount(reminder, standing->amount));
	json_object_set_new(context, "open", amount(reminder, item->amount));
	json_object_set_new(
	    context, "paid", standing->paid > 0 ? amount(reminder, standing->paid) : json_null());
	json_object_set_new(
	    context, "disputed", standing->disputed > 0 ? amount(reminder, standing->disputed) : json_null());
	return context;
}

/* What sentences say of the leading invoice: of all its due lines in the mail, the day of the earliest. */
static json_t *lead_context(const struct reminder *reminder)
{
	int64_t id = reminder->lead->chase.receivable->id, sum = 0;
	const struct reminder_item *first = NULL;
	for (guint i = 0; i < reminder->items->len; i++) {
		const struct reminder_item *item = reminder->items->pdata[i];
		if (item->chase.receivable->id != id)
			continue;
		first = first ? first : item;
		sum += item->amount;
	}
	json_t *context = item_context(reminder, first, false);
	json_object_set_new(context, "open", amount(reminder, sum));
	return context;
}

static json_t *credit_context(
    const struct reminder *reminder, const struct receivable *credit, int64_t taken_off)
{
	json_t *context = json_object();
	json_object_set_new(context, "number", json_string(credit->number));
	json_object_set_new(context, "issue_date", day(reminder, credit->issue_date, true));
	json_object_set_new(context, "amount", amount(reminder, -taken_off));
	return context;
}

static json_t *company_context(const struct company_config *company)
{
	g_autofree char *name = NULL, *address = NULL;
	mailbox_split(company->from, &name, &address);
	json_t *context = json_object();
	bool person = name && strcmp(name, company->name) != 0;
	json_object_set_new(context, "name", json_string(company->name));
	json_object_set_new(context, "person", person ? json_string(name) : json_null());
	json_object_set_new(context, "email", json_string(address));
	json_object_set_new(context, "address", text_or_null(company->address));
	json_object_set_new(context, "phone", text_or_null(company->phone));
	json_object_set_new(context, "legal_id", text_or_null(company->legal_id));
	json_object_set_new(context, "vat_id", text_or_null(company->vat_id));
	/* whose law it is: only there an article of it may be named */
	json_object_set_new(context, "in_fr", json_boolean(g_ascii_strcasecmp(company->country, "FR") == 0));
	json_object_set_new(context, "in_it", json_boolean(g_ascii_strcasecmp(company->country, "IT") == 0));
	return context;
}

/* The account that the invoice named, else the company's first; NULL: none is known. */
static const char *iban_of(const struct reminder *reminder)
{
	const struct company_config *company = reminder->customer->company;
	const char *iban = reminder->lead->chase.receivable->iban;
	if (iban && *iban)
		return iban;
	return company->iban.count ? company->iban.items[0] : NULL;
}

static json_t *iban_context(const struct reminder *reminder)
{
	const char *iban = iban_of(reminder);
	if (!iban)
		return json_null();
	struct buffer text = BUFFER_EMPTY;
	notation_iban(&text, iban);
	return text_of(&text);
}

/* Under what one invoice is to be paid: what it says itself, else its creditor reference where the company
 * has them, else its number. False: several invoices have none in common. */
static bool reference_of(const struct reminder *reminder, struct buffer *text)
{
	char structured[CREDITOR_REFERENCE_SIZE];
	const struct receivable *receivable = reminder->lead->chase.receivable;
	if (reminder_invoices(reminder) != 1)
		return false;
	if (receivable->payment_reference && *receivable->payment_reference) {
		g_autofree char *plain = receivable_number_key(receivable->payment_reference);
		bool is_structured = creditor_reference_is_valid(plain);
		buffer_append_text(text, is_structured ? plain : receivable->payment_reference);
	} else if (reminder->customer->company->creditor_reference &&
		   creditor_reference_make(receivable->number, structured))
		buffer_append_text(text, structured);
	else
		buffer_append_text(text, receivable->number);
	return true;
}

/* For people; structured references in groups of four. */
static json_t *reference_context(const struct reminder *reminder)
{
	struct buffer text = BUFFER_EMPTY, grouped = BUFFER_EMPTY;
	if (!reference_of(reminder, &text))
		return json_null();
	if (!creditor_reference_is_valid(text.bytes))
		return text_of(&text);
	notation_iban(&grouped, text.bytes);
	buffer_clear(&text);
	return text_of(&grouped);
}

/* The promise that was broken: since the last step, or the one that the mail is sent for. */
static json_t *promise_context(const struct reminder *reminder)
{
	const struct chase *chase = &reminder->lead->chase;
	const struct promise *broken = NULL;
	bool is_asked = reminder->occasion || chase->broken_on != DATE_NONE;
	for (guint i = 0; is_asked && i < chase->promises->len; i++) {
		const struct promise *promise = chase->promises->pdata[i];
		bool is_broken =
		    strcmp(promise->state, "broken") == 0 || strcmp(promise->state, "partly") == 0;
		if (is_broken && promise->promised_on != DATE_NONE)
			broken = promise;
	}
	/* of an agreement on instalments that came later, that one was broken */
	if (!broken || (!reminder->occasion && broken != chase->broken))
		return json_null();
	json_t *context = json_object();
	json_object_set_new(context, "date", day(reminder, broken->promised_on, false));
	json_object_set_new(
	    context, "amount", broken->amount ? amount(reminder, broken->amount) : json_null());
	json_object_set_new(context, "partly",
	    json_boolean(
		strcmp(broken->state, "partly") == 0 || (reminder->occasion && reminder->occasion->partly)));
	return context;
}

/* When it was written before, and the days of those reminders that came after the due date: a courtesy note
 * asked for nothing that was late. */
static bool add_written(const struct reminder *reminder, json_t *context, struct error *error)
{
	GArray *days = written_days(reminder, error);
	struct buffer text = BUFFER_EMPTY;
	guint told = 0;
	if (!days)
		return false;
	for (guint i = 0; i < days->len; i++) {
		date_t on = g_array_index(days, date_t, i);
		if (on <= reminder->lead->chase.standing.due_on)
			continue;
		if (told && i + 1 == days->len)
			buffer_printf(&text, " %s ", notice_word(reminder->language, "list", "and"));
		else
			buffer_append_text(&text, told ? ", " : "");
		told++;
		notation_date(&text, on, reminder->notation);
	}
	json_object_set_new(context, "reminded_on", text_of(&text));
	json_object_set_new(context, "reminded_once", json_boolean(told == 1));
	if (days->len)
		json_object_set_new(context, "previous",
		    json_pack(
			"{s:o}", "date", day(reminder, g_array_index(days, date_t, days->len - 1), false)));
	g_array_unref(days);
	return true;
}

/* The invoice, and the due line where the statement has several of it: "F2026-118 (01/05/2026)". */
static json_t *number_of_claim(const struct reminder *reminder, const struct claim_line *claim)
{
	struct buffer text = BUFFER_EMPTY;
	buffer_append_text(&text, claim->receivable->number);
	if (claim->of_part) {
		buffer_append_text(&text, " (");
		notation_short_date(&text, claim->line.due_on, reminder->notation);
		buffer_append_char(&text, ')');
	}
	return text_of(&text);
}

/* The interest line by line: of what, from the first to the last day, both counted, at which rate. */
static json_t *decompte_context(const struct reminder *reminder, const struct claims *claims)
{
	json_t *lines = json_array();
	int64_t carried = 0;
	for (guint i = 0; i < claims->lines->len; i++) {
		const struct claim_line *claim = &g_array_index(claims->lines, struct claim_line, i);
		struct buffer rate = BUFFER_EMPTY;
		json_t *row = json_object();
		json_object_set_new(row, "number", number_of_claim(reminder, claim));
		int64_t interest = claim->claimed ? -claim->claimed : claim->line.amount;
		carried += interest;
		json_object_set_new(row, "amount", amount(reminder, interest));
		json_object_set_new(row, "carried", amount(reminder, carried));
		if (claim->claimed) {
			json_object_set_new(row, "claimed", json_true());
		} else {
			notation_percent(&rate, claim->line.rate, reminder->notation);
			json_object_set_new(row, "from", day(reminder, claim->line.from + 1, true));
			json_object_set_new(row, "to", day(reminder, claim->line.to, true));
			json_object_set_new(row, "days", json_integer(claim->line.days));
			json_object_set_new(row, "one_day", json_boolean(claim->line.days == 1));
			json_object_set_new(row, "base", amount(reminder, claim->line.base));
			json_object_set_new(row, "rate", text_of(&rate));
		}
		json_array_append_new(lines, row);
	}
	return lines;
}

/* The law that claims rest on: where a directive is the rule's source, the act of the company's country. */
static const char *law_of(const struct reminder *reminder, const struct interest_rule *rule)
{
	const struct desk_customer *customer = reminder->customer;
	g_autofree char *country = g_ascii_strup(customer->company->country, -1);
	g_autofree char *of_kind = g_strdup_printf("%s (%s, %s)", rule->law, country, customer->row.kind);
	g_autofree char *of_country = g_strdup_printf("%s (%s)", rule->law, country);
	const char *const names[] = {of_kind, of_country};
	for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
		const char *law = notice_word(reminder->language, "law", names[i]);
		if (law != names[i])
			return law;
	}
	return notice_word(reminder->language, "law", rule->law);
}

/* What the law adds; only a formal step asks for it (ASKED grows). A formal step is refused while a rate is
 * missing; others say nothing about it then. */
static bool add_claims(const struct reminder *reminder, json_t *context, int64_t *asked, struct error *error)
{
	struct claims claims;
	struct error missing = {0};
	if (!claims_compute(reminder, &claims, &missing)) {
		if (missing.status == STATUS_NO && !reminder_is_formal(reminder))
			return true;
		return error_set(error, missing.status, "%s", missing.text);
	}
	if (!claims.rule || (claims.interest == 0 && claims.compensation == 0)) {
		claims_clear(&claims);
		return true;
	}
	json_object_set_new(context, "decompte", decompte_context(reminder, &claims));
	if (reminder_is_formal(reminder))
		*asked += claims.interest + claims.compensation;
	json_t *object = json_object();
	struct buffer rate = BUFFER_EMPTY;
	notation_percent(&rate, claims.rate, reminder->notation);
	json_object_set_new(
	    object, "interest", claims.interest ? amount(reminder, claims.interest) : json_null());
	json_object_set_new(object, "compensation",
	    claims.compensation ? amount(reminder, claims.compensation) : json_null());
	json_object_set_new(object, "each", claims.each ? amount(reminder, claims.each) : json_null());
	json_object_set_new(object, "rate", claims.rate ? text_of(&rate) : json_null());
	json_object_set_new(object, "law", json_string(law_of(reminder, claims.rule)));
	json_object_set_new(
	    object, "sum", amount(reminder, reminder->total + claims.interest + claims.compensation));
	buffer_clear(&rate);
	json_object_set_new(context, "claims", object);
	claims_clear(&claims);
	return true;
}

/* What only some templates ask for. */
static bool add_extras(const struct reminder *reminder, json_t *context, int64_t *asked, struct error *error)
{
	g_autofree char *name = g_strdup_printf("%s.txt", reminder_template(reminder));
	struct template *template =
	    template_load(reminder->desk->ledger->config, reminder->language, name, error);
	if (!template)
		return false;
	bool claims = template_mentions(template, "claims"),
	     written = template_mentions(template, "reminded_on") || template_mentions(template, "previous");
	template_free(template);
	return (!claims || add_claims(reminder, context, asked, error)) &&
	       (!written || add_written(reminder, context, error));
}

/* One code for the whole sum; several invoices are named in its text. */
static GBytes *make_qr(const struct reminder *reminder, int64_t asked)
{
	struct buffer reference = BUFFER_EMPTY, text = BUFFER_EMPTY, png = BUFFER_EMPTY;
	bool single = reference_of(reminder, &reference);
	for (guint i = 0; !single && i < reminder->items->len; i++) {
		const struct reminder_item *item = reminder->items->pdata[i];
		if (!reminder_is_first(reminder, item))
			continue;
		buffer_append_text(&reference, i ? " " : "");
		buffer_append_text(&reference, item->chase.receivable->number);
	}
	struct payment_qr payment = {
	    .name = reminder->customer->company->name,
	    .iban = iban_of(reminder),
	    .bic = reminder->customer->company->bic,
	    .amount = money(asked, reminder->currency),
	    .reference = reference.bytes,
	};
	GBytes *picture = NULL;
	if (payment_qr_text(&payment, &text) && payment_qr_png(text.bytes, &png))
		picture = g_bytes_new(png.bytes, png.length);
	buffer_clear(&reference);
	buffer_clear(&text);
	buffer_clear(&png);
	return picture;
}

/* What only a mail of its own kind says: the payment that arrived, the instalments that were agreed. */
static void add_occasion(const struct reminder *reminder, json_t *context)
{
	const struct reminder_occasion *occasion = reminder->occasion;
	json_t *payment = json_object(), *instalments = json_array();
	json_object_set_new(
	    payment, "amount", occasion->paid ? amount(reminder, occasion->paid) : json_null());
	json_object_set_new(payment, "date", day(reminder, occasion->paid_on, false));
	json_object_set_new(context, "payment", payment);
	for (size_t i = 0; i < occasion->instalment_count; i++) {
		const struct reminder_instalment *one = &occasion->instalments[i];
		json_t *row = json_object();
		json_object_set_new(row, "date", day(reminder, one->due_on, false));
		json_object_set_new(row, "amount", amount(reminder, one->amount));
		json_array_append_new(instalments, row);
	}
	json_object_set_new(context, "instalments", instalments);
}

static bool is_disputed(const struct reminder *reminder)
{
	for (guint i = 0; i < reminder->items->len; i++)
		if (((const struct reminder_item *)reminder->items->pdata[i])->chase.standing.disputed > 0)
			return true;
	return false;
}

static void add_row(json_t *rows, json_t *row, json_t *carried)
{
	json_object_set_new(row, "carried", carried);
	json_array_append_new(rows, row);
}

/* How many days the step gives to pay: "eight", "9". */
static json_t *term_context(const struct reminder *reminder)
{
	const struct step_config *step = reminder->occasion ? reminder->occasion->step : reminder->lead->step;
	const struct desk_customer *customer = reminder->customer;
	int term = step ? step_term(step, customer->company->country, customer->row.kind) : PAY_WITHIN;
	char days[16];
	snprintf(days, sizeof days, "%d", term);
	g_autofree char *word =
	    words_spelled(notice_word(reminder->language, "term", days), reminder->notation);
	return json_string(word);
}

/* What of the credit that has share *INDEX is taken off the items; goes on to the next credit. */
static int64_t take_off(const struct reminder *reminder, guint *index)
{
	const GArray *shares = reminder->credits;
	int64_t sum = 0;
	const struct receivable *credit = g_array_index(shares, struct credit_share, *index).credit;
	for (; *index < shares->len; (*index)++) {
		const struct credit_share *share = &g_array_index(shares, struct credit_share, *index);
		if (share->credit != credit)
			break;
		sum += share->asked ? share->amount : 0;
	}
	return sum;
}

static json_t *make_context(const struct reminder *reminder, bool attached)
{
	const struct desk_customer *customer = reminder->customer;
	date_t today = reminder->desk->ledger->today;
	json_t *context = json_object(), *items = json_array(), *credits = json_array();
	int64_t carried = 0; /* down the table, row by row */
	for (guint i = 0; i < reminder->items->len; i++) {
		const struct reminder_item *item = reminder->items->pdata[i];
		carried += item->amount;
		add_row(items, item_context(reminder, item, true), amount(reminder, carried));
	}
	for (guint i = 0; i < reminder->credits->len;) {
		const struct receivable *credit =
		    g_array_index(reminder->credits, struct credit_share, i).credit;
		int64_t taken_off = take_off(reminder, &i);
		carried -= taken_off;
		if (taken_off)
			add_row(
			    credits, credit_context(reminder, credit, taken_off), amount(reminder, carried));
	}
	date_t pay_by = business_day_from(customer->country, customer->region, today + PAY_WITHIN);
	json_object_set_new(context, "language", json_string(reminder->notation));
	json_object_set_new(context, "today", day(reminder, today, false));
	json_object_set_new(context, "pay_by", day(reminder, pay_by, false));
	json_object_set_new(context, "term", term_context(reminder));
	json_object_set_new(context, "total", amount(reminder, reminder->total));
	guint invoices = reminder_invoices(reminder);
	json_object_set_new(context, "count", json_integer((json_int_t)invoices));
	json_object_set_new(context, "one", json_boolean(invoices == 1));
	json_object_set_new(context, "many", json_boolean(invoices != 1));
	json_object_set_new(
	    context, "before_due", json_boolean(reminder->lead->chase.standing.due_on >= today));
	json_object_set_new(context, "attached", json_boolean(attached));
	json_object_set_new(context, "items", items);
	json_object_set_new(context, "credits", credits);
	const struct reminder_item *oldest = reminder->items->pdata[0];
	json_object_set_new(context, "oldest_due_date", day(reminder, oldest->chase.standing.due_on, false));
	json_object_set_new(context, "lead", lead_context(reminder));
	json_object_set_new(context, "promise", promise_context(reminder));
	json_object_set_new(context, "company", company_context(customer->company));
	json_object_set_new(context, "customer",
	    json_pack(
		"{s:s, s:o}", "name", customer->row.name, "address", text_or_null(customer->row.address)));
	json_object_set_new(context, "iban", iban_context(reminder));
	/* what is disputed is neither asked for nor paid */
	json_object_set_new(context, "settled", json_boolean(reminder->total <= 0 && !is_disputed(reminder)));
	json_object_set_new(context, "owing", json_boolean(reminder->total > 0));
	if (reminder->occasion)
		add_occasion(reminder, context);
	json_object_set_new(context, "bic", text_or_null(customer->company->bic));
	json_object_set_new(context, "reference", reference_context(reminder));
	return context;
}

/* "Re: " and the subject of the invoice's mail, which keeps the mails of a thread together. */
static char *subject_of(const struct reminder *reminder, const json_t *context, struct error *error)
{
	const char *subject = reminder->lead->chase.receivable->subject;
	if (subject && *subject && reminder->lead->chase.receivable->message_id &&
	    !reminder_is_formal(reminder))
		return g_ascii_strncasecmp(subject, "re:", 3) == 0 ? g_strdup(subject)
								   : g_strdup_printf("Re: %s", subject);
	g_autofree char *name = g_strdup_printf("%s.subject", reminder_template(reminder));
	char *line = words_render(
	    reminder->desk->ledger->config, reminder->language, name, context, TEMPLATE_LINE, error);
	return line ? g_strdelimit(g_strstrip(line), "\r\n", ' ') : NULL;
}

static bool make_text(const struct reminder *reminder, json_t *context, const char *table, char **raw,
    char **text, struct error *error)
{
	g_autofree char *name = g_strdup_printf("%s.txt", reminder_template(reminder));
	json_object_set_new(context, "table", json_string(TABLE_MARK));
	g_autofree char *rendered = words_render(
	    reminder->desk->ledger->config, reminder->language, name, context, TEMPLATE_TEXT, error);
	if (!rendered)
		return false;
	*raw = words_without_gaps(rendered);
	g_autofree char *whole = words_replaced(*raw, TABLE_MARK, table);
	g_autofree char *tidy = words_without_gaps(whole);
	struct buffer wrapped = BUFFER_EMPTY;
	text_wrap(&wrapped, tidy, true);
	*text = g_strdup(wrapped.bytes);
	buffer_clear(&wrapped);
	return true;
}

static char *make_html(
    const struct reminder *reminder, json_t *context, const char *raw, const char *table, struct error *error)
{
	g_autofree char *own = g_strdup_printf("%s.html", reminder_template(reminder));
	if (template_exists(reminder->desk->ledger->config, reminder->language, own)) {
		g_autofree char *whole = words_render(
		    reminder->desk->ledger->config, reminder->language, own, context, TEMPLATE_HTML, error);
		return whole ? words_replaced(whole, TABLE_MARK, table) : NULL;
	}
	struct buffer content = BUFFER_EMPTY;
	text_to_html(&content, raw, TABLE_MARK, table);
	char *html = words_in_layout(reminder->desk->ledger->config, context, content.bytes, error);
	buffer_clear(&content);
	return html;
}

bool reminder_words(
    const struct reminder *reminder, bool attached, struct reminder_words *words, struct error *error)
{
	*words = (struct reminder_words){0};
	json_t *context = make_context(reminder, attached);
	g_autofree char *raw = NULL, *text_table = NULL, *html_table = NULL;
	int64_t asked = reminder->total;
	bool done = formal_check(reminder, error) && add_extras(reminder, context, &asked, error);
	json_object_set_new(context, "principal", json_boolean(asked > reminder->total));
	words->qr = done ? make_qr(reminder, asked) : NULL;
	json_object_set_new(context, "qr", words->qr ? json_string(REMINDER_QR_ID) : json_null());
	done = done && (words->subject = subject_of(reminder, context, error));
	if (done)
		json_object_set_new(context, "subject", json_string(words->subject));
	done = done &&
	       (text_table = words_render(reminder->desk->ledger->config, reminder->language, "table.txt",
		    context, TEMPLATE_TEXT, error)) &&
	       (html_table = words_render(reminder->desk->ledger->config, reminder->language, "table.html",
		    context, TEMPLATE_HTML, error)) &&
	       make_text(reminder, context, text_table, &raw, &words->text, error) &&
	       (words->html = make_html(reminder, context, raw, html_table, error));
	json_decref(context);
	if (!done)
		reminder_words_clear(words);
	return done;
}

void reminder_words_clear(struct reminder_words *words)
{
	g_free(words->subject);
	g_free(words->text);
	g_free(words->html);
	g_clear_pointer(&words->qr, g_bytes_unref);
	*words = (struct reminder_words){0};
}

/* The parts of the letter that templates give. */
static bool render_letter(
    const struct reminder *reminder, json_t *context, struct letter_words *words, struct error *error)
{
	const struct config *config = reminder->desk->ledger->config;
	const char *language = reminder->language;
	g_autofree char *subject = g_strdup_printf("%s.subject", reminder_template(reminder));
	g_autofree char *name = g_strdup_printf("%s.txt", reminder_template(reminder));
	g_autofree char *raw = NULL;
	bool done =
	    (words->subject = words_render(config, language, subject, context, TEMPLATE_LINE, error)) &&
	    (raw = words_render(config, language, name, context, TEMPLATE_TEXT, error)) &&
	    (words->table = words_render(config, language, "table.letter", context, TEMPLATE_TEXT, error)) &&
	    (words->decompte =
		    words_render(config, language, "decompte.letter", context, TEMPLATE_TEXT, error));
	if (!done)
		return false;
	g_strstrip(words->subject);
	words->text = words_without_gaps(raw);
	return true;
}

static bool letter_or_sheet(const struct reminder *reminder, bool on_paper, bool attached,
    struct letter_words *words, struct error *error)
{
	*words = (struct letter_words){.mark = TABLE_MARK, .decompte_mark = DECOMPTE_MARK};
	json_t *context = make_context(reminder, attached);
	int64_t asked = reminder->total;
	json_object_set_new(context, "letter", json_boolean(on_paper));
	json_object_set_new(context, "table", json_string(TABLE_MARK));
	json_object_set_new(context, "decompte_table", json_string(DECOMPTE_MARK));
	bool done = formal_check(reminder, error) && add_extras(reminder, context, &asked, error);
	json_object_set_new(context, "principal", json_boolean(asked > reminder->total));
	words->qr = done ? make_qr(reminder, asked) : NULL;
	json_object_set_new(context, "qr", words->qr ? json_string(REMINDER_QR_ID) : json_null());
	done = done && render_letter(reminder, context, words, error);
	if (done && !on_paper) {
		g_free(words->subject);
		done = (words->subject = subject_of(reminder, context, error));
	}
	json_decref(context);
	if (!done)
		letter_words_clear(words);
	return done;
}

bool reminder_letter_words(const struct reminder *reminder, struct letter_words *words, struct error *error)
{
	return letter_or_sheet(reminder, true, false, words, error);
}

bool reminder_sheet_words(
    const struct reminder *reminder, bool attached, struct letter_words *words, struct error *error)
{
	return letter_or_sheet(reminder, false, attached, words, error);
}

void letter_words_clear(struct letter_words *words)
{
	g_free(words->subject);
	g_free(words->text);
	g_free(words->table);
	g_free(words->decompte);
	g_clear_pointer(&words->qr, g_bytes_unref);
	*words = (struct letter_words){0};
}
