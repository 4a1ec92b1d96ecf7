#include "base/base.h"
#include "document/currency_find.h"
#include "document/layout.h"
#include "document/number_find.h"
#include "document/parties.h"
#include "document/preflight.h"
#include "document/settled.h"
#include "document/structured.h"
#include "document/sums.h"
#include "document/text.h"
#include "document/text_days.h"
#include "document/title.h"
#include "document/told.h"

enum {
	LETTERS_MIN = 20, /* fewer on all pages: an image, a scan */
};

/* ---- instalments ---- */

/* The one date and the one amount of a line; false where it has more, or none. */
static bool dated_amount(const struct text_reading *reading, guint index, struct due_line *due)
{
	const struct page_line *line = PAGE_LINE(reading->facts->page, index);
	guint dates = 0, amounts = 0;
	for (guint cell = line->first_cell; cell < line->end_cell; cell++) {
		const GArray *values = reading->facts->cells[cell].values;
		for (guint i = 0; i < values->len; i++) {
			const struct value *value = &g_array_index(values, struct value, i);
			if (value->is_date) {
				due->date = text_resolve(reading, &value->date);
				dates++;
			} else if (value->amount.marked && !value->amount.percent &&
				   amount_text_money(
				       &value->amount, reading->invoice->currency, &due->amount))
				amounts++;
		}
	}
	return dates == 1 && amounts == 1 && due->amount.minor > 0 &&
	       text_is_plausible_due(reading, due->date);
}

/* Lines below each other with a day and an amount each that add up to SUM: the last such run on the pages. */
static GArray *find_instalments(const struct text_reading *reading, int64_t sum)
{
	GArray *found = NULL, *run = g_array_new(FALSE, FALSE, sizeof(struct due_line));
	int64_t so_far = 0;
	for (guint i = 0; i < reading->facts->page->lines->len; i++) {
		struct due_line due;
		bool goes_on =
		    dated_amount(reading, i, &due) &&
		    (run->len == 0 || g_array_index(run, struct due_line, run->len - 1).date < due.date);
		if (!goes_on || __builtin_add_overflow(so_far, due.amount.minor, &so_far)) {
			g_array_set_size(run, 0);
			so_far = 0;
			continue;
		}
		g_array_append_val(run, due);
		if (run->len >= 2 && so_far == sum) {
			if (found != NULL)
				g_array_unref(found);
			found = g_array_copy(run);
		}
	}
	g_array_unref(run);
	return found;
}

/* A schedule of instalments that add up to the total gives the due lines, and says that all of it is to be
 * paid. */
static void read_instalments(struct text_reading *reading)
{
	struct invoice *invoice = reading->invoice;
	const struct money *sum = money_is_none(invoice->payable) ? &invoice->total : &invoice->payable;
	GArray *instalments = money_is_none(*sum) ? NULL : find_instalments(reading, sum->minor);
	if (instalments == NULL)
		return;
	if (money_is_none(invoice->payable)) {
		invoice->payable = invoice->total;
		g_ptr_array_set_size(invoice->warnings, 0);
	}
	g_array_set_size(invoice->due_lines, 0);
	for (guint i = 0; i < instalments->len; i++) {
		const struct due_line *due = &g_array_index(instalments, struct due_line, i);
		structured_add_due_line(invoice, due->date, due->amount);
		invoice->due_date = due->date;
	}
	g_array_unref(instalments);
}

/* ---- numbers and kind ---- */

static char *number_of(const struct facts *facts, enum label label)
{
	bool conflicting;
	const struct fact *best = text_best_fact(facts, label, LABEL_STRONG, &conflicting);
	return best != NULL ? g_strdup(best->text) : NULL;
}

/* What a credit note or a correction names as the invoice that it is about. */
static void find_preceding(struct text_reading *reading)
{
	struct invoice *invoice = reading->invoice;
	if (invoice->kind != INVOICE_KIND_CREDIT_NOTE && invoice->kind != INVOICE_KIND_CORRECTIVE)
		return;
	for (guint i = 0; i < reading->facts->found->len; i++) {
		const struct fact *fact = FACT(reading->facts, i);
		if (fact->label == LABEL_PRECEDING && fact->strength == LABEL_STRONG && fact->text != NULL &&
		    fact->relation >= RELATION_RIGHT && g_strcmp0(fact->text, invoice->number) != 0)
			structured_add_preceding(invoice, fact->text);
	}
}

static void set_kind(struct invoice *invoice, enum label title)
{
	switch (title) {
	case LABEL_CREDIT_TITLE:
		invoice->kind = INVOICE_KIND_CREDIT_NOTE;
		break;
	case LABEL_PREPAYMENT_TITLE:
		invoice->kind = INVOICE_KIND_PREPAYMENT;
		break;
	case LABEL_CORRECTIVE_TITLE:
		invoice->kind = INVOICE_KIND_CORRECTIVE;
		break;
	default:
		break;
	}
}

/* ---- the whole ---- */

static size_t count_letters(const struct page *page)
{
	size_t letters = 0;
	for (guint i = 0; i < page->cells->len; i++)
		letters += strlen(PAGE_CELL(page, i)->text);
	return letters;
}

/* The page says that all is paid: then nothing is left, unless a label says so. */
static void settle_paid_before(const struct facts *facts, struct sums *sums)
{
	bool left = sums->labelled && !money_is_none(sums->payable) && sums->payable.minor != 0;
	if (money_is_none(sums->total) || sums->total.minor <= 0 || !settled_says(facts))
		return;
	sums->conflicting |= left;
	if (left)
		sums->payable = (struct money)MONEY_NONE;
	if (left || (!money_is_none(sums->payable) && sums->payable.minor == 0))
		return;
	sums->paid = sums->total;
	sums->payable = sums->total;
	sums->payable.minor = 0;
	sums->conflicting = false;
	sums->confidence = MIN(sums->confidence, 800);
}

static void read_amounts(struct text_reading *reading, const char *currency)
{
	struct invoice *invoice = reading->invoice;
	struct sums sums = sums_find(reading->facts, currency, invoice->kind == INVOICE_KIND_PREPAYMENT);
	settle_paid_before(reading->facts, &sums);
	memcpy(invoice->currency, currency, CURRENCY_SIZE);
	invoice->total = sums.total;
	invoice->paid = sums.paid;
	invoice->payable = sums.payable;
	invoice->tax = sums.tax;
	invoice->withheld = sums.withheld;
	invoice->confidence = sums.confidence;
	reading->verified = sums.verified;
	if (sums.conflicting)
		g_ptr_array_add(invoice->warnings, g_strdup("amounts_conflict"));
}

/* Where no amount is labelled and there is but one. */
static void read_told_amount(struct text_reading *reading)
{
	enum { TOLD_CONFIDENCE = 700 };
	struct invoice *invoice = reading->invoice;
	if (!money_is_none(invoice->payable) || invoice->number == NULL || invoice->due_date == DATE_NONE ||
	    !told_amount(reading->facts, invoice->currency, &invoice->payable))
		return;
	reading->told = true;
	g_ptr_array_set_size(invoice->warnings, 0);
	invoice->confidence = TOLD_CONFIDENCE;
	if (money_is_none(invoice->total))
		invoice->total = invoice->payable;
	g_array_set_size(invoice->due_lines, 0);
	structured_add_due_line(invoice, invoice->due_date, invoice->payable);
}

static void read_dates(struct text_reading *reading)
{
	struct invoice *invoice = reading->invoice;
	text_days_find(reading);
	if (invoice->due_date != DATE_NONE)
		structured_add_due_line(invoice, invoice->due_date, invoice->payable);
}

static void negate(struct money *amount)
{
	amount->minor = -amount->minor;
}

/* "Avoir … -233,47": the word says it already. A credit note's amounts are positive, as EN 16931 has them. */
static void settle_sign(struct invoice *invoice)
{
	const struct money *sum = !money_is_none(invoice->payable) ? &invoice->payable : &invoice->total;
	if (invoice->kind != INVOICE_KIND_CREDIT_NOTE || sum->minor >= 0)
		return;
	negate(&invoice->total);
	negate(&invoice->paid);
	negate(&invoice->payable);
	negate(&invoice->tax);
	for (guint i = 0; i < invoice->due_lines->len; i++)
		negate(&g_array_index(invoice->due_lines, struct due_line, i).amount);
}

/* "Acompte -100,00": what was paid is an amount, whatever its sign in the column. */
static void settle_paid(struct invoice *invoice)
{
	if (!money_is_none(invoice->paid) && invoice->paid.minor < 0)
		negate(&invoice->paid);
}

/* Every field in doubt takes from the confidence of the whole. */
static void settle_confidence(struct invoice *invoice)
{
	int confidence = MIN(invoice->confidence, 950);
	if (money_is_none(invoice->payable))
		confidence = MIN(confidence, 300);
	if (invoice->number == NULL)
		confidence = MIN(confidence, 400);
	if (invoice->issue_date == DATE_NONE)
		confidence -= 100;
	if (invoice->due_date == DATE_NONE)
		confidence -= 50;
	invoice->confidence = MAX(confidence, 0);
}

/* Whether a sure label has an amount of its own beside it, on a line of facts. */
static bool has_labelled_amount(const struct facts *facts)
{
	for (guint i = 0; i < facts->found->len; i++) {
		const struct fact *fact = FACT(facts, i);
		if ((fact->label == LABEL_TOTAL || fact->label == LABEL_PAYABLE) && fact->clean &&
		    fact->strength == LABEL_STRONG && fact->relation >= RELATION_RIGHT)
			return true;
	}
	return false;
}

/*
 * The body of a mail that speaks of an invoice is none: besides number and amount it must show sums that add
 * up, two more labelled facts, or one where nothing in it speaks of something else.
 */
static bool body_is_invoice(const struct text_reading *reading)
{
	static const enum label others[] = {LABEL_ISSUE_DATE, LABEL_DUE_DATE, LABEL_NET, LABEL_TAX};
	const struct invoice *invoice = reading->invoice;
	if (invoice->number == NULL || money_is_none(invoice->payable))
		return false;
	unsigned kinds = invoice->due_date != DATE_NONE ? 1u << ARRAY_LENGTH(others) : 0;
	for (guint i = 0; i < reading->facts->found->len; i++) {
		const struct fact *fact = FACT(reading->facts, i);
		for (size_t other = 0; other < ARRAY_LENGTH(others); other++)
			if (fact->label == others[other] && fact->clean && fact->strength >= LABEL_MEDIUM)
				kinds |= 1u << other;
	}
	bool plain = kinds != 0 && has_labelled_amount(reading->facts) && !told_otherwise(reading->facts);
	return reading->verified || reading->told || (kinds & (kinds - 1)) != 0 || plain;
}

enum { TAUGHT = 980 }; /* the confidence in what was taught by example */

/* A taught amount or number is not in doubt any more; the others are as before. */
static void settle_taught(struct invoice *invoice, bool all, const bool read[LAYOUT_FIELD_COUNT])
{
	if (read[LAYOUT_PAYABLE])
		g_ptr_array_set_size(invoice->warnings, 0);
	if (money_is_none(invoice->payable) || invoice->number == NULL)
		return;
	/* nothing was paid yet, so that the page has no other sum to pay than the total that was taught */
	bool whole = read[LAYOUT_TOTAL] && invoice->payable.minor == invoice->total.minor;
	if (all || (read[LAYOUT_NUMBER] && (read[LAYOUT_PAYABLE] || whole)))
		invoice->confidence = TAUGHT;
}

/* A taught layout goes first. True where it gave number or amount and nothing of the two is missing: then
 * this is an invoice, whatever it is called. */
static bool apply_layout(struct text_reading *reading, const struct layout *layout)
{
	bool read[LAYOUT_FIELD_COUNT];
	struct invoice *invoice = reading->invoice;
	bool all = layout_apply(layout, reading->facts, invoice, read);
	settle_taught(invoice, all, read);
	return (read[LAYOUT_PAYABLE] || read[LAYOUT_TOTAL] || read[LAYOUT_NUMBER]) &&
	       invoice->number != NULL && !money_is_none(invoice->payable);
}

/* Why what the page calls itself makes it no invoice; NULL where it may be one. */
static const char *object_to_name(const struct text_reading *reading, enum label title, bool body)
{
	if (title == LABEL_OTHER_TITLE)
		return "another kind of document";
	if (number_is_one_of_list(reading->facts))
		return "a list of invoices";
	bool bare = body && reading->invoice->number == NULL;
	return bare || !title_names_invoice(reading->facts) ? "no invoice in its text" : NULL;
}

/* Why number and amounts make it no invoice; NULL where it may be one. */
static const char *object_to_amounts(const struct text_reading *reading, bool body)
{
	const struct invoice *invoice = reading->invoice;
	bool something =
	    invoice->number != NULL || !money_is_none(invoice->total) || !money_is_none(invoice->payable);
	return something && (!body || body_is_invoice(reading)) ? NULL : "no invoice in its text";
}

static void check(struct text_reading *reading)
{
	struct clauses clauses = {0};
	for (guint i = 0; i < reading->facts->page->cells->len; i++)
		clauses_from_text(&clauses, PAGE_CELL(reading->facts->page, i)->text);
	preflight(reading->invoice, &clauses);
}

static void read_parties(struct text_reading *reading)
{
	struct invoice *invoice = reading->invoice;
	parties_find(reading->facts, invoice);
	invoice->order_number = number_of(reading->facts, LABEL_ORDER);
	invoice->contract_number = number_of(reading->facts, LABEL_CONTRACT);
	invoice->buyer_reference = number_of(reading->facts, LABEL_BUYER_REFERENCE);
}

/* Fills the invoice; NULL on success, else why there is none. Without LAYOUT most letters are told apart from
 * invoices by their first facts. */
static const char *read_facts(struct text_reading *reading, const struct layout *layout, bool body)
{
	struct invoice *invoice = reading->invoice;
	enum label title = title_find(reading->facts);
	char currency[CURRENCY_SIZE];
	invoice->number = g_strdup(number_find(reading->facts));
	const char *reason = object_to_name(reading, title, body);
	if (reason != NULL && layout == NULL)
		return reason;
	currency_find(reading->facts, currency);
	reading->month_first = facts_month_first(reading->facts, currency);
	set_kind(invoice, title);
	read_amounts(reading, currency);
	read_dates(reading);
	read_instalments(reading);
	read_told_amount(reading);
	find_preceding(reading);
	if (layout == NULL && (reason = object_to_amounts(reading, body)) != NULL)
		return reason;
	read_parties(reading);
	settle_confidence(invoice);
	bool taught = layout != NULL && apply_layout(reading, layout);
	settle_sign(invoice);
	settle_paid(invoice);
	check(reading);
	if (taught)
		return NULL;
	reason = object_to_name(reading, title, body);
	return reason != NULL ? reason : object_to_amounts(reading, body);
}

enum document_outcome text_read(const struct page *page, enum invoice_source source,
    const struct layout *const *layouts, size_t count, struct invoice **invoice, const char **reason)
{
	if (count_letters(page) < LETTERS_MIN) {
		bool pdf = source == INVOICE_SOURCE_PDF;
		*reason = pdf ? "no text on its pages (a scan?)" : "hardly any text";
		return pdf ? DOCUMENT_UNREADABLE : DOCUMENT_NO_INVOICE;
	}
	struct facts *facts = facts_new(page);
	struct text_reading reading = {.facts = facts, .invoice = invoice_new(source)};
	bool body = source == INVOICE_SOURCE_HTML || source == INVOICE_SOURCE_TEXT;
	const char *objection = read_facts(&reading, layout_choose(layouts, count, facts), body);
	facts_free(facts);
	if (objection != NULL) {
		*reason = objection;
		invoice_free(reading.invoice);
		return DOCUMENT_NO_INVOICE;
	}
	*invoice = reading.invoice;
	return DOCUMENT_INVOICE;
}
