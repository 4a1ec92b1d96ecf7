#include "base/base.h"
#include "document/text_days.h"

#include "document/terms.h"

enum { DUE_MAX = 2 * 366 }; /* days: what lies further ahead is no due date */

date_t text_resolve(const struct text_reading *reading, const struct date_text *date)
{
	return reading->month_first && date->swapped != DATE_NONE ? date->swapped : date->date;
}

/* "Date" as the heading of a column with several days: those of the items. */
static bool heads_column_of_days(const struct facts *facts, const struct fact *fact)
{
	gint under = fact->relation == RELATION_BELOW ? page_cell_below(facts->page, fact->value_cell) : -1;
	for (guint i = 0; under >= 0 && i < facts->cells[under].values->len; i++) {
		const struct value *value = &g_array_index(facts->cells[under].values, struct value, i);
		if (value->is_date && value->start == 0 && value->date.date != fact->date.date &&
		    PAGE_CELL(facts->page, (guint)under)->box.left ==
			PAGE_CELL(facts->page, fact->value_cell)->box.left)
			return true;
	}
	return false;
}

const struct fact *text_best_fact(
    const struct facts *facts, enum label label, int least_strength, bool *conflicting)
{
	const struct fact *best = NULL;
	*conflicting = false;
	for (guint i = 0; i < facts->found->len; i++) {
		const struct fact *fact = FACT(facts, i);
		/* "Date de <something>" is another day */
		if (fact->label != label || fact->strength < least_strength ||
		    (fact->strength < LABEL_STRONG && !fact->clean) ||
		    (label == LABEL_ISSUE_DATE && heads_column_of_days(facts, fact)))
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
static bool weak_date_counts(const struct text_reading *reading, const struct fact *fact)
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

static void find_issue_date(struct text_reading *reading)
{
	const struct facts *facts = reading->facts;
	bool conflicting;
	const struct fact *best = text_best_fact(facts, LABEL_ISSUE_DATE, LABEL_STRONG, &conflicting);
	if (best == NULL)
		best = text_best_fact(facts, LABEL_ISSUE_DATE, LABEL_MEDIUM, &conflicting);
	for (guint i = 0; best == NULL && i < facts->found->len; i++) {
		const struct fact *fact = FACT(facts, i);
		if (fact->label == LABEL_ISSUE_DATE && weak_date_counts(reading, fact) &&
		    !heads_column_of_days(facts, fact))
			best = fact;
	}
	if (best != NULL)
		reading->invoice->issue_date = text_resolve(reading, &best->date);
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

/* Whether an amount stands beside CELL: "Rental for 4 days | 280.00". */
static bool is_on_item_line(const struct facts *facts, guint cell)
{
	const struct page_line *line = PAGE_LINE(facts->page, PAGE_CELL(facts->page, cell)->line);
	for (guint other = line->first_cell; other < line->end_cell; other++)
		for (guint i = 0; other != cell && i < facts->cells[other].values->len; i++) {
			const struct value *value =
			    &g_array_index(facts->cells[other].values, struct value, i);
			if (!value->is_date && value->amount.marked && !value->amount.percent)
				return true;
		}
	return false;
}

/* Whether VALUE is all that stands in its cell, and no amount beside it. */
static bool stands_alone(const struct facts *facts, guint cell, const struct value *value)
{
	return value->start == 0 && value->end == strlen(PAGE_CELL(facts->page, cell)->text) &&
	       !is_on_item_line(facts, cell);
}

/* The only date in the upper part of the first page that belongs to nothing else; ALONE: that stands alone.
 */
static date_t only_date(const struct text_reading *reading, bool alone)
{
	const struct facts *facts = reading->facts;
	date_t only = DATE_NONE;
	guint upper = MIN(facts->page->lines->len / 2 + 1, 30);
	for (guint i = 0; i < facts->page->cells->len && PAGE_CELL(facts->page, i)->line < upper; i++) {
		const GArray *values = facts->cells[i].values;
		for (guint one = 0; one < values->len; one++) {
			const struct value *value = &g_array_index(values, struct value, one);
			if (!value->is_date || value->date.short_year || is_taken(facts, i) ||
			    (alone && !stands_alone(facts, i, value)))
				continue;
			date_t date = text_resolve(reading, &value->date);
			if (only != DATE_NONE && only != date)
				return DATE_NONE;
			only = date;
		}
	}
	return only;
}

static void guess_issue_date(struct text_reading *reading)
{
	reading->invoice->issue_date = only_date(reading, false);
	if (reading->invoice->issue_date == DATE_NONE)
		reading->invoice->issue_date = only_date(reading, true);
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

bool text_is_plausible_due(const struct text_reading *reading, date_t due)
{
	date_t issue = reading->invoice->issue_date;
	return issue == DATE_NONE || (due >= issue && due <= issue + DUE_MAX);
}

/* "bis", "by", "before" alone are everywhere; they count in a sentence that speaks of paying, here or, where
 * it goes on BELOW, on the next line. */
static bool speaks_of_paying(const struct facts *facts, guint cell, bool below)
{
	static const char *const words[] = {"zahlen", "zahlbar", "uberweisen", "uberweisung", "begleichen",
	    "zahlung", "netto", "pay", "payment", "payable", "settle", "remit", "betalen", "voldoen", "maken",
	    "overmaken", "overboeken", "verser", "versement", "payer", "regler", "reglement", "paiement",
	    "pagar", "pago", "abonar", "pagare", "versare", "due", "balance", "schrijven", "incasseren",
	    "geincasseerd", "afgeschreven", "pagabile", "pagamento", "saldare", "betrag", "uberweist",
	    "lastschrift", "abgebucht", "eingezogen", "preleve", "prelevement", "abzug", "fallig",
	    "ausgleich", "begleichung", "ausgleichen", "debited", "collected", "adeudo", "addebito",
	    "incasso"};
	gint cells[] = {(gint)cell, below ? page_cell_below(facts->page, cell) : -1};
	for (size_t one = 0; one < ARRAY_LENGTH(cells) && cells[one] >= 0; one++) {
		const struct tokens *tokens = &facts->cells[cells[one]].tokens;
		for (guint i = 0; i < tokens->list->len; i++)
			for (size_t word = 0; word < ARRAY_LENGTH(words); word++)
				if (strcmp(TOKEN(tokens, i)->word, words[word]) == 0)
					return true;
	}
	return false;
}

/* The day of FACT; under the heading of a column of days the last of them: by the others a discount or a part
 * is due. */
static const struct date_text *last_of_column(const struct facts *facts, const struct fact *fact)
{
	const struct date_text *last = &fact->date;
	gint cell = fact->relation == RELATION_BELOW ? (gint)fact->value_cell : -1;
	int32_t left = PAGE_CELL(facts->page, fact->value_cell)->box.left;
	while (cell >= 0 && (cell = page_cell_below(facts->page, (guint)cell)) >= 0) {
		const GArray *values = facts->cells[cell].values;
		const struct value *value = values->len > 0 ? &g_array_index(values, struct value, 0) : NULL;
		if (value == NULL || !value->is_date || value->start != 0 ||
		    PAGE_CELL(facts->page, (guint)cell)->box.left != left || value->date.date <= last->date)
			break;
		last = &value->date;
	}
	return last;
}

static void find_due_date(struct text_reading *reading)
{
	const struct facts *facts = reading->facts;
	const struct fact *best = NULL;
	for (guint i = 0; i < facts->found->len; i++) {
		const struct fact *fact = FACT(facts, i);
		bool of_terms = fact->label == LABEL_TERMS && fact->relation >= RELATION_RIGHT;
		if ((fact->label != LABEL_DUE_DATE && !of_terms) || is_discount_date(facts, fact) ||
		    !text_is_plausible_due(reading, text_resolve(reading, &fact->date)))
			continue;
		if (fact->strength < LABEL_STRONG && !of_terms && !speaks_of_paying(facts, fact->cell, true))
			continue;
		if (best == NULL || fact_rank(fact) > fact_rank(best))
			best = fact;
		else if (fact_rank(fact) == fact_rank(best))
			/* of several days the last is the one by which all must be paid */
			best = fact->date.date > best->date.date ? fact : best;
	}
	if (best == NULL)
		return;
	date_t last = text_resolve(reading, last_of_column(facts, best));
	reading->invoice->due_date =
	    text_is_plausible_due(reading, last) ? last : text_resolve(reading, &best->date);
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

static void find_due_by_terms(struct text_reading *reading)
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
		if (speaks_of_paying(facts, cell, !is_on_item_line(facts, cell)) ||
		    begins_with_net(&facts->cells[cell].tokens))
			terms = terms_read(PAGE_CELL(facts->page, cell)->text);
	if (terms.found)
		reading->invoice->due_date = terms_due_date(&terms, reading->invoice->issue_date);
}

static void find_days(struct text_reading *reading)
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
static void find_days_in_either_order(struct text_reading *reading)
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

void text_days_find(struct text_reading *reading)
{
	find_days_in_either_order(reading);
	if (reading->invoice->due_date == DATE_NONE && reading->invoice->issue_date != DATE_NONE)
		find_due_by_terms(reading);
}
