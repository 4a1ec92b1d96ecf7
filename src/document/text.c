#include "base/base.h"
#include "document/currency_find.h"
#include "document/layout.h"
#include "document/number_find.h"
#include "document/parties.h"
#include "document/preflight.h"
#include "document/settled.h"
#include "document/structured.h"
#include "document/sums.h"
#include "document/terms.h"
#include "document/text.h"
#include "document/title.h"
#include "document/told.h"

enum {
	DUE_MAX = 2 * 366, /* days: what lies further ahead is no due date */
	LETTERS_MIN = 20,  /* fewer on all pages: an image, a scan */
};

/* What was found on the way, besides the invoice itself. */
struct reading {
	const struct facts *facts;
	struct invoice *invoice;
	bool month_first; /* the page writes dates in the American order */
	bool verified;	  /* its sums add up */
	bool told;	  /* its amount stands in a sentence, and no other anywhere */
};

/* ---- dates ---- */

static date_t resolve(const struct reading *reading, const struct date_text *date)
{
	return reading->month_first && date->swapped != DATE_NONE ? date->swapped : date->date;
}

static const struct fact *best_fact(
    const struct facts *facts, enum label label, int least_strength, bool *conflicting)
{
	const struct fact *best = NULL;
	*conflicting = false;
	for (guint i = 0; i < facts->found->len; i++) {
		const struct fact *fact = FACT(facts, i);
		/* "Date de <something>" is another day */
		if (fact->label != label || fact->strength < least_strength ||
		    (fact->strength < LABEL_STRONG && !fact->clean))
			continue;
		if (best == NULL || fact_rank(fact) > fact_rank(best)) {
			best = fact;
			*conflicting = false;
		} else if (fact_rank(fact) == fact_rank(best) && fact->text == NULL &&
			   fact->date.date != best->date.date)
			*conflicting = true;
	}
	return best;
}

/* "Facture n° 12 du 3 mars", "Paris, le 3 mars": a weak word directly before the date, behind a title or a
 * place. */
static bool weak_date_counts(const struct reading *reading, const struct fact *fact)
{
	const struct facts *facts = reading->facts;
	const struct cell_facts *cell = &facts->cells[fact->cell];
	if (fact->clean && cell->labels->len == 1 &&
	    g_array_index(cell->labels, struct label_match, 0).first == 0)
		return true; /* "Le : 3 mars", a line of its own */
	if (fact->relation != RELATION_SAME)
		return false;
	for (guint i = 0; i < cell->labels->len; i++) {
		enum label label = g_array_index(cell->labels, struct label_match, i).label;
		if (label == LABEL_NUMBER || label == LABEL_TITLE || label == LABEL_CREDIT_TITLE)
			return true;
		if (label == LABEL_ORDER || label == LABEL_OTHER_NUMBER || label == LABEL_OTHER_DATE ||
		    label == LABEL_PRECEDING)
			return false;
	}
	const char *comma = strchr(PAGE_CELL(facts->page, fact->cell)->text, ',');
	return comma != NULL && PAGE_CELL(facts->page, fact->cell)->line < facts->page->lines->len / 2;
}

static void find_issue_date(struct reading *reading)
{
	const struct facts *facts = reading->facts;
	bool conflicting;
	const struct fact *best = best_fact(facts, LABEL_ISSUE_DATE, LABEL_STRONG, &conflicting);
	if (best == NULL)
		best = best_fact(facts, LABEL_ISSUE_DATE, LABEL_MEDIUM, &conflicting);
	for (guint i = 0; best == NULL && i < facts->found->len; i++) {
		const struct fact *fact = FACT(facts, i);
		if (fact->label == LABEL_ISSUE_DATE && weak_date_counts(reading, fact))
			best = fact;
	}
	if (best != NULL)
		reading->invoice->issue_date = resolve(reading, &best->date);
}

static bool is_taken(const struct facts *facts, guint cell)
{
	for (guint i = 0; i < facts->found->len; i++) {
		const struct fact *fact = FACT(facts, i);
		if (fact->value_cell == cell &&
		    (fact->label == LABEL_OTHER_DATE || fact->label == LABEL_DUE_DATE) &&
		    fact->strength > LABEL_WEAK)
			return true;
	}
	return false;
}

/* The only date in the upper part of the first page that belongs to nothing else. */
static void guess_issue_date(struct reading *reading)
{
	const struct facts *facts = reading->facts;
	date_t only = DATE_NONE;
	guint upper = MIN(facts->page->lines->len / 2 + 1, 30);
	for (guint i = 0; i < facts->page->cells->len && PAGE_CELL(facts->page, i)->line < upper; i++) {
		const GArray *values = facts->cells[i].values;
		for (guint one = 0; one < values->len; one++) {
			const struct value *value = &g_array_index(values, struct value, one);
			if (!value->is_date || value->date.short_year || is_taken(facts, i))
				continue;
			date_t date = resolve(reading, &value->date);
			if (only != DATE_NONE && only != date)
				return;
			only = date;
		}
	}
	reading->invoice->issue_date = only;
}

/* Whether a discount for early payment is spoken of between START and END of the cell; "ohne Skonto" is none.
 */
static bool is_discount_between(const struct cell_facts *cell, guint start, guint end)
{
	static const char *const words[] = {
	    "skonto", "escompte", "discount", "descuento", "sconto", "korting"};
	static const char *const denials[] = {
	    "ohne", "kein", "sans", "pas", "without", "no", "sin", "senza", "zonder"};
	bool found = false;
	for (guint i = 0; i < cell->tokens.list->len; i++) {
		const struct token *token = TOKEN(&cell->tokens, i);
		if (token->start < start || token->end > end)
			continue;
		for (size_t word = 0; word < ARRAY_LENGTH(denials); word++)
			if (strcmp(token->word, denials[word]) == 0)
				return false;
		for (size_t word = 0; word < ARRAY_LENGTH(words); word++)
			found |= strcmp(token->word, words[word]) == 0;
	}
	return found;
}

/* Whether one is spoken of in the same part of a sentence: from the last comma before the date to it, or from
 * it to the next comma or date. */
static bool is_discount_date(const struct facts *facts, const struct fact *fact)
{
	const struct cell_facts *cell = &facts->cells[fact->value_cell];
	const char *text = PAGE_CELL(facts->page, fact->value_cell)->text;
	guint length = (guint)strlen(text), start = length, end = length, next = length;
	for (guint i = 0; i < cell->values->len; i++) {
		const struct value *value = &g_array_index(cell->values, struct value, i);
		if (value->is_date && value->date.date == fact->date.date && value->start < start) {
			start = value->start;
			end = value->end;
		} else if (value->is_date && value->start > end)
			next = MIN(next, value->start);
	}
	guint before = start;
	while (before > 0 && strchr(",;", text[before - 1]) == NULL)
		before--;
	/* "22.03.2026 2,000 % Skonto": no comma that parts */
	guint behind = end;
	while (behind < next && (strchr(",;", text[behind]) == NULL || g_ascii_isdigit(text[behind + 1])))
		behind++;
	return is_discount_between(cell, before, start) || is_discount_between(cell, end, behind);
}

static bool is_plausible_due(const struct reading *reading, date_t due)
{
	date_t issue = reading->invoice->issue_date;
	return issue == DATE_NONE || (due >= issue && due <= issue + DUE_MAX);
}

/* "bis", "by", "before" alone are everywhere; they count in a sentence that speaks of paying, here or on the
 * next line. */
static bool speaks_of_paying(const struct facts *facts, guint cell)
{
	static const char *const words[] = {"zahlen", "zahlbar", "uberweisen", "uberweisung", "begleichen",
	    "zahlung", "netto", "pay", "payment", "payable", "settle", "remit", "betalen", "voldoen", "maken",
	    "payer", "regler", "reglement", "paiement", "pagar", "pago", "abonar", "pagare", "versare", "due",
	    "balance", "schrijven", "incasseren", "geincasseerd", "afgeschreven", "pagabile", "pagamento",
	    "saldare", "betrag", "uberweist", "lastschrift", "abgebucht", "eingezogen", "preleve",
	    "prelevement", "abzug", "fallig", "ausgleich", "begleichung", "ausgleichen", "debited",
	    "collected", "adeudo", "addebito", "incasso"};
	gint cells[] = {(gint)cell, page_cell_below(facts->page, cell)};
	for (size_t one = 0; one < ARRAY_LENGTH(cells) && cells[one] >= 0; one++) {
		const struct tokens *tokens = &facts->cells[cells[one]].tokens;
		for (guint i = 0; i < tokens->list->len; i++)
			for (size_t word = 0; word < ARRAY_LENGTH(words); word++)
				if (strcmp(TOKEN(tokens, i)->word, words[word]) == 0)
					return true;
	}
	return false;
}

static void find_due_date(struct reading *reading)
{
	const struct facts *facts = reading->facts;
	const struct fact *best = NULL;
	for (guint i = 0; i < facts->found->len; i++) {
		const struct fact *fact = FACT(facts, i);
		bool of_terms = fact->label == LABEL_TERMS && fact->relation >= RELATION_RIGHT;
		if ((fact->label != LABEL_DUE_DATE && !of_terms) || is_discount_date(facts, fact) ||
		    !is_plausible_due(reading, resolve(reading, &fact->date)))
			continue;
		if (fact->strength < LABEL_STRONG && !of_terms && !speaks_of_paying(facts, fact->cell))
			continue;
		if (best == NULL || fact_rank(fact) > fact_rank(best))
			best = fact;
		else if (fact_rank(fact) == fact_rank(best))
			/* of several days the last is the one by which all must be paid */
			best = fact->date.date > best->date.date ? fact : best;
	}
	if (best != NULL)
		reading->invoice->due_date = resolve(reading, &best->date);
}

/* The text of the label's cell and of what stands to its right or below it. */
static char *terms_text(const struct facts *facts, guint cell)
{
	const struct page *page = facts->page;
	GString *text = g_string_new(PAGE_CELL(page, cell)->text);
	gint right = page_cell_right(page, cell), below = page_cell_below(page, cell);
	if (right >= 0)
		g_string_append_printf(text, " %s", PAGE_CELL(page, (guint)right)->text);
	if (below >= 0 && !facts_is_label_cell(facts, (guint)below))
		g_string_append_printf(text, "\n%s", PAGE_CELL(page, (guint)below)->text);
	return g_string_free(text, FALSE);
}

/* "Net 60 from date of invoice" */
static bool begins_with_net(const struct tokens *tokens)
{
	return tokens->list->len > 1 && strcmp(TOKEN(tokens, 0)->word, "net") == 0 &&
	       g_ascii_isdigit(TOKEN(tokens, 1)->word[0]);
}

static void find_due_by_terms(struct reading *reading)
{
	const struct facts *facts = reading->facts;
	struct terms terms = {0};
	for (int strength = LABEL_STRONG; strength >= LABEL_MEDIUM && !terms.found; strength--)
		for (guint cell = 0; cell < facts->page->cells->len && !terms.found; cell++) {
			const GArray *labels = facts->cells[cell].labels;
			for (guint i = 0; i < labels->len && !terms.found; i++) {
				const struct label_match *match =
				    &g_array_index(labels, struct label_match, i);
				if ((match->label != LABEL_TERMS && match->label != LABEL_DUE_DATE) ||
				    match->strength != strength)
					continue;
				char *text = terms_text(facts, cell);
				terms = terms_read(text);
				g_free(text);
			}
		}
	for (guint cell = 0; cell < facts->page->cells->len && !terms.found; cell++)
		if (speaks_of_paying(facts, cell) || begins_with_net(&facts->cells[cell].tokens))
			terms = terms_read(PAGE_CELL(facts->page, cell)->text);
	if (terms.found)
		reading->invoice->due_date = terms_due_date(&terms, reading->invoice->issue_date);
}

/* ---- instalments ---- */

/* The one date and the one amount of a line; false where it has more, or none. */
static bool dated_amount(const struct reading *reading, guint index, struct due_line *due)
{
	const struct page_line *line = PAGE_LINE(reading->facts->page, index);
	guint dates = 0, amounts = 0;
	for (guint cell = line->first_cell; cell < line->end_cell; cell++) {
		const GArray *values = reading->facts->cells[cell].values;
		for (guint i = 0; i < values->len; i++) {
			const struct value *value = &g_array_index(values, struct value, i);
			if (value->is_date) {
				due->date = resolve(reading, &value->date);
				dates++;
			} else if (value->amount.marked && !value->amount.percent &&
				   amount_text_money(
				       &value->amount, reading->invoice->currency, &due->amount))
				amounts++;
		}
	}
	return dates == 1 && amounts == 1 && due->amount.minor > 0 && is_plausible_due(reading, due->date);
}

/* Lines below each other with a day and an amount each that add up to SUM: the last such run on the pages. */
static GArray *find_instalments(const struct reading *reading, int64_t sum)
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
static void read_instalments(struct reading *reading)
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
	const struct fact *best = best_fact(facts, label, LABEL_STRONG, &conflicting);
	return best != NULL ? g_strdup(best->text) : NULL;
}

/* What a credit note or a correction names as the invoice that it is about. */
static void find_preceding(struct reading *reading)
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

static void read_amounts(struct reading *reading, const char *currency)
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

/* In the text of a mail without labelled amounts. */
static void read_told_amount(struct reading *reading)
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

static void find_days(struct reading *reading)
{
	reading->invoice->issue_date = DATE_NONE;
	find_issue_date(reading);
	if (reading->invoice->issue_date == DATE_NONE)
		guess_issue_date(reading);
	find_due_date(reading);
}

/* Whether a sure label has a day to pay by, right or not. */
static bool names_due_date(const struct facts *facts)
{
	for (guint i = 0; i < facts->found->len; i++)
		if (FACT(facts, i)->label == LABEL_DUE_DATE && FACT(facts, i)->strength == LABEL_STRONG)
			return true;
	return false;
}

/* "03/05/2026", due "04/04/2026": in the other order the days are in order. */
static void find_days_in_either_order(struct reading *reading)
{
	struct invoice *invoice = reading->invoice;
	find_days(reading);
	if (invoice->due_date != DATE_NONE || reading->month_first || facts_day_first(reading->facts) ||
	    !names_due_date(reading->facts))
		return;
	date_t issue_date = invoice->issue_date;
	reading->month_first = true;
	find_days(reading);
	if (invoice->due_date == DATE_NONE) {
		reading->month_first = false;
		invoice->issue_date = issue_date;
	}
}

static void read_dates(struct reading *reading)
{
	struct invoice *invoice = reading->invoice;
	find_days_in_either_order(reading);
	if (invoice->due_date == DATE_NONE && invoice->issue_date != DATE_NONE)
		find_due_by_terms(reading);
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

/*
 * The body of a mail that speaks of an invoice is none: besides number and amount it must show sums that add
 * up, or a third labelled fact.
 */
static bool body_is_invoice(const struct reading *reading)
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
	return reading->verified || reading->told || (kinds & (kinds - 1)) != 0;
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
static bool apply_layout(struct reading *reading, const struct layout *layout)
{
	bool read[LAYOUT_FIELD_COUNT];
	struct invoice *invoice = reading->invoice;
	bool all = layout_apply(layout, reading->facts, invoice, read);
	settle_taught(invoice, all, read);
	return (read[LAYOUT_PAYABLE] || read[LAYOUT_TOTAL] || read[LAYOUT_NUMBER]) &&
	       invoice->number != NULL && !money_is_none(invoice->payable);
}

/* Why what the page calls itself makes it no invoice; NULL where it may be one. */
static const char *object_to_name(const struct reading *reading, enum label title, bool body)
{
	if (title == LABEL_OTHER_TITLE)
		return "another kind of document";
	if (number_is_one_of_list(reading->facts))
		return "a list of invoices";
	bool bare = body && reading->invoice->number == NULL;
	return bare || !title_names_invoice(reading->facts) ? "no invoice in its text" : NULL;
}

/* Why number and amounts make it no invoice; NULL where it may be one. */
static const char *object_to_amounts(const struct reading *reading, bool body)
{
	const struct invoice *invoice = reading->invoice;
	bool something =
	    invoice->number != NULL || !money_is_none(invoice->total) || !money_is_none(invoice->payable);
	return something && (!body || body_is_invoice(reading)) ? NULL : "no invoice in its text";
}

static void check(struct reading *reading)
{
	struct clauses clauses = {0};
	for (guint i = 0; i < reading->facts->page->cells->len; i++)
		clauses_from_text(&clauses, PAGE_CELL(reading->facts->page, i)->text);
	preflight(reading->invoice, &clauses);
}

static void read_parties(struct reading *reading)
{
	struct invoice *invoice = reading->invoice;
	parties_find(reading->facts, invoice);
	invoice->order_number = number_of(reading->facts, LABEL_ORDER);
	invoice->contract_number = number_of(reading->facts, LABEL_CONTRACT);
	invoice->buyer_reference = number_of(reading->facts, LABEL_BUYER_REFERENCE);
}

/* Fills the invoice; NULL on success, else why there is none. Without LAYOUT most letters are told apart from
 * invoices by their first facts. */
static const char *read_facts(struct reading *reading, const struct layout *layout, bool body)
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
	if (body)
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
	struct reading reading = {.facts = facts, .invoice = invoice_new(source)};
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
