/*
 * Of all numbers on the page the one of this invoice: behind a label that says so, behind the word for
 * invoice, or behind a bare "N°" that stands where an invoice has its number.
 */
#include "base/base.h"
#include "document/number_find.h"
#include "document/title.h"

enum { TITLE_LINES = 20 };

static bool line_has(const struct facts *facts, guint line, bool (*wanted)(enum label))
{
	const struct page_line *one = PAGE_LINE(facts->page, line);
	for (guint cell = one->first_cell; cell < one->end_cell; cell++)
		for (guint i = 0; i < facts->cells[cell].labels->len; i++)
			if (wanted(g_array_index(facts->cells[cell].labels, struct label_match, i).label))
				return true;
	return false;
}

static bool is_issue_date_label(enum label label)
{
	return label == LABEL_ISSUE_DATE;
}

static bool cell_has(const struct facts *facts, guint cell, bool (*wanted)(enum label))
{
	for (guint i = 0; i < facts->cells[cell].labels->len; i++)
		if (wanted(g_array_index(facts->cells[cell].labels, struct label_match, i).label))
			return true;
	return false;
}

/* "INVOICE 17", at most with a date behind it. */
static bool is_all_of_title(const struct facts *facts, const struct fact *fact)
{
	const struct cell_facts *cell = &facts->cells[fact->cell];
	return fact->relation == RELATION_SAME && fact->clean &&
	       strspn(fact->text, "0123456789") == strlen(fact->text) &&
	       (cell->tokens.list->len == 2 || (cell->tokens.list->len <= 5 && cell->values->len > 0));
}

/* "Rechnung (380) Nr. 12", not "Situation n° 4 - Facture": the title stands before the label. */
static bool follows_title(const struct facts *facts, const struct fact *fact)
{
	const struct cell_facts *cell = &facts->cells[fact->cell];
	for (guint i = 0; i < cell->labels->len; i++) {
		enum label label = g_array_index(cell->labels, struct label_match, i).label;
		if (label == fact->label)
			return false;
		if (title_is_invoice(label))
			return true;
	}
	return false;
}

/* "Situation n° 4 - Facture SIT-04": nothing but other numbers and titles are named before. */
static bool follows_numbers(const struct facts *facts, const struct fact *fact)
{
	const struct cell_facts *cell = &facts->cells[fact->cell];
	if (fact->relation != RELATION_SAME || fact->strength < LABEL_STRONG || strlen(fact->text) < 4)
		return false;
	for (guint i = 0; i < cell->labels->len; i++) {
		enum label label = g_array_index(cell->labels, struct label_match, i).label;
		if (label != LABEL_NUMBER && !title_is_invoice(label))
			return false;
	}
	return cell->labels->len > 1;
}

/* A bare "Numéro" over or under the day of the invoice, in one block of facts. */
static bool stands_by_date(const struct facts *facts, guint cell)
{
	const struct page *page = facts->page;
	guint line = PAGE_CELL(page, cell)->line;
	gint below = page_cell_below(page, cell);
	if (below >= 0 && PAGE_CELL(page, (guint)below)->line == line + 1 &&
	    cell_has(facts, (guint)below, is_issue_date_label))
		return true;
	for (guint i = line > 0 ? PAGE_LINE(page, line - 1)->first_cell : cell; i < cell; i++)
		if (PAGE_CELL(page, i)->line + 1 == line && page_cell_below(page, i) == (gint)cell &&
		    cell_has(facts, i, is_issue_date_label))
			return true;
	return false;
}

/* A title of large letters makes lines of its own with what stands beside it. */
static bool stands_below_title(const struct facts *facts, guint cell)
{
	const struct page_cell *own = PAGE_CELL(facts->page, cell);
	int32_t height = own->box.bottom - own->box.top;
	guint from = own->line > 3 ? own->line - 3 : 0;
	for (guint i = PAGE_LINE(facts->page, from)->first_cell; i < cell; i++) {
		const struct page_cell *above = PAGE_CELL(facts->page, i);
		bool aligned = abs(above->box.left - own->box.left) < height ||
			       abs(above->box.right - own->box.right) < height;
		if (above->line < own->line && aligned && cell_has(facts, i, title_is_invoice))
			return true;
	}
	return false;
}

/* How much a fact is worth as the number of this document; 0: nothing. */
static int number_rank(const struct facts *facts, const struct fact *fact)
{
	guint line = PAGE_CELL(facts->page, fact->cell)->line;
	size_t length = fact->text != NULL ? strlen(fact->text) : 0;
	if (length == 0)
		return 0;
	if (fact->label == LABEL_NUMBER && fact->strength >= LABEL_MEDIUM)
		return fact_rank(fact) + (fact->clean ? 20 : 5);
	if (fact->label == LABEL_NUMBER) {
		/* "Rechnung (380) Nr. 12"; a bare "N°" on the line of the title or of the date */
		if (follows_title(facts, fact))
			return fact_rank(fact) + 30;
		bool near = line_has(facts, line, title_is_invoice) ||
			    line_has(facts, line, is_issue_date_label) ||
			    (line > 0 && line_has(facts, line - 1, title_is_invoice)) ||
			    stands_below_title(facts, fact->cell) || stands_by_date(facts, fact->cell);
		return near && fact->clean ? fact_rank(fact) + 5 : 0;
	}
	/* The word for invoice with a number behind it: long enough or all that stands there, and no year or
	 * page. */
	if (!title_is_invoice(fact->label) || (length < 3 && !is_all_of_title(facts, fact)))
		return 0;
	bool year = length == 4 && (g_str_has_prefix(fact->text, "19") || g_str_has_prefix(fact->text, "20"));
	if (year || (!fact->clean && !follows_numbers(facts, fact)))
		return 0;
	return fact->relation == RELATION_SAME ? fact_rank(fact) : fact_rank(fact) - 25;
}

/* Whether a cell with LABEL may end with the number of this document: none of those names another one. */
static bool may_stand_before(enum label label)
{
	switch (label) {
	case LABEL_OTHER_TITLE:
	case LABEL_ORDER:
	case LABEL_CONTRACT:
	case LABEL_BUYER_REFERENCE:
	case LABEL_PRECEDING:
	case LABEL_PAYMENT_REFERENCE:
	case LABEL_OTHER_NUMBER:
	case LABEL_PAID:
	case LABEL_FORMER:
		return false;
	default:
		return true;
	}
}

/* "Facture de charges AF-2026-014": the last word of a title, with digits, and none of a date or a year. NULL
 * where there is none. */
static const char *number_at_end(const struct facts *facts, guint cell)
{
	enum { WORDS_MAX = 7, LENGTH_LEAST = 5 };
	const struct cell_facts *have = &facts->cells[cell];
	const char *text = PAGE_CELL(facts->page, cell)->text, *last = strrchr(text, ' ');
	if (last == NULL || have->tokens.list->len > WORDS_MAX)
		return NULL;
	for (guint i = 0; i < have->values->len; i++)
		if (g_array_index(have->values, struct value, i).is_date ||
		    g_array_index(have->values, struct value, i).amount.marked)
			return NULL;
	for (guint i = 0; i < have->labels->len; i++)
		if (!may_stand_before(g_array_index(have->labels, struct label_match, i).label))
			return NULL;
	last++;
	bool digits = strpbrk(last, "0123456789") != NULL && strlen(last) >= LENGTH_LEAST;
	return digits && strspn(last, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-/._") == strlen(last) ? last
												  : NULL;
}

static const char *number_of_title(const struct facts *facts)
{
	const char *found = NULL;
	for (guint cell = 0;
	     cell < facts->page->cells->len && PAGE_CELL(facts->page, cell)->line < TITLE_LINES; cell++) {
		const char *one = cell_has(facts, cell, title_is_invoice) ? number_at_end(facts, cell) : NULL;
		if (one != NULL && found != NULL && strcmp(one, found) != 0)
			return NULL;
		found = one != NULL ? one : found;
	}
	return found;
}

static const struct fact *best_number(const struct facts *facts)
{
	const struct fact *best = NULL;
	int best_rank = 0;
	for (guint i = 0; i < facts->found->len; i++) {
		const struct fact *fact = FACT(facts, i);
		int its_rank = number_rank(facts, fact);
		if (its_rank > best_rank) {
			best = fact;
			best_rank = its_rank;
		}
	}
	return best;
}

const char *number_find(const struct facts *facts)
{
	const struct fact *best = best_number(facts);
	return best != NULL ? best->text : number_of_title(facts);
}

/* Whether both are written alike: digits and letters at the same places. */
static bool is_alike(const char *one, const char *other)
{
	for (; *one != '\0' && *other != '\0'; one++, other++)
		if (g_ascii_isdigit(*one) != g_ascii_isdigit(*other) ||
		    (!g_ascii_isdigit(*one) && *one != *other))
			return false;
	return *one == *other;
}

static bool line_has_values(const struct facts *facts, guint line)
{
	const struct page_line *one = PAGE_LINE(facts->page, line);
	for (guint cell = one->first_cell; cell < one->end_cell; cell++)
		if (facts->cells[cell].values->len > 0)
			return true;
	return false;
}

bool number_is_one_of_list(const struct facts *facts)
{
	const struct fact *best = best_number(facts);
	if (best == NULL || best->relation != RELATION_BELOW)
		return false;
	guint line = PAGE_CELL(facts->page, best->value_cell)->line;
	gint under = page_cell_below(facts->page, best->value_cell);
	if (under < 0 || !line_has_values(facts, line) ||
	    !line_has_values(facts, PAGE_CELL(facts->page, (guint)under)->line))
		return false;
	char *next = document_number_scan(PAGE_CELL(facts->page, (guint)under)->text);
	bool list = next != NULL && is_alike(best->text, next) && strcmp(best->text, next) != 0;
	g_free(next);
	return list;
}
