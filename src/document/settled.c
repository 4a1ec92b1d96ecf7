#include "base/base.h"
#include "document/settled.h"

static bool is_among(const char *word, const char *const *words)
{
	for (; *words != NULL; words++)
		if (strcmp(*words, word) == 0)
			return true;
	return false;
}

/* "Sollte der Betrag bereits bezahlt sein", "until the invoice has been paid", "has not been paid" */
static bool is_conditional(const struct tokens *tokens)
{
	static const char *const words[] = {"sollte", "sollten", "wenn", "falls", "bis", "sofern", "soweit",
	    "sobald", "if", "unless", "until", "once", "when", "should", "si", "sauf", "jusqu", "tant",
	    "lorsque", "hasta", "cuando", "se", "qualora", "fino", "finche", "salvo", "indien", "als", "tot",
	    "totdat", "zodra", "wanneer", "nicht", "not", "pas", "non", "no", "niet", NULL};
	for (guint i = 0; i < tokens->list->len; i++)
		if (is_among(TOKEN(tokens, i)->word, words))
			return true;
	return false;
}

static bool has_fact(const struct facts *facts, guint cell)
{
	for (guint i = 0; i < facts->found->len; i++)
		if (FACT(facts, i)->cell == cell)
			return true;
	return false;
}

/* "PAID", by itself: no label of an amount, and no heading of a column. */
static bool is_stamp(const struct facts *facts, guint cell)
{
	static const char *const words[] = {"paid", "bezahlt", "payee", "paye", "acquittee", "acquitte",
	    "pagado", "pagada", "pagata", "pagato", "saldata", "betaald", "voldaan", "quittiert", "beglichen",
	    "settled", NULL};
	const struct tokens *tokens = &facts->cells[cell].tokens;
	return tokens->list->len == 1 && is_among(TOKEN(tokens, 0)->word, words) && !has_fact(facts, cell);
}

/* A label of a part payment; "PayPal" is only the means. */
static bool has_paid_label(const struct facts *facts, guint cell)
{
	static const char *const means[] = {"paypal", "visa", "mastercard", "kreditkarte", "carte", "amex",
	    "american", "kartenzahlung", "card", "payment", NULL};
	const struct cell_facts *have = &facts->cells[cell];
	for (guint i = 0; i < have->labels->len; i++) {
		const struct label_match *match = &g_array_index(have->labels, struct label_match, i);
		if (match->label == LABEL_PAID && !is_among(TOKEN(&have->tokens, match->first)->word, means))
			return true;
	}
	return false;
}

/* "The deposit of 500.00 has been paid", "your last invoice has been paid": of something else. */
static bool speaks_of_other(const struct facts *facts, guint cell)
{
	static const enum label others[] = {LABEL_PREPAYMENT_TITLE, LABEL_FORMER, LABEL_OTHER_AMOUNT,
	    LABEL_WITHHELD, LABEL_OTHER_TITLE, LABEL_PRECEDING};
	const struct cell_facts *have = &facts->cells[cell];
	for (guint i = 0; i < have->values->len; i++)
		if (!g_array_index(have->values, struct value, i).is_date)
			return true;
	for (guint i = 0; i < have->labels->len; i++)
		for (size_t other = 0; other < ARRAY_LENGTH(others); other++)
			if (g_array_index(have->labels, struct label_match, i).label == others[other])
				return true;
	return has_paid_label(facts, cell);
}

/* The sentence may have begun on the line above. */
static bool is_of_this_invoice(const struct facts *facts, guint cell)
{
	const struct page *page = facts->page;
	guint line = PAGE_CELL(page, cell)->line;
	if (speaks_of_other(facts, cell) || is_conditional(&facts->cells[cell].tokens))
		return false;
	for (guint i = line > 0 ? PAGE_LINE(page, line - 1)->first_cell : cell; i < cell; i++)
		if (page_cell_below(page, i) == (gint)cell &&
		    (is_conditional(&facts->cells[i].tokens) || has_paid_label(facts, i)))
			return false;
	return true;
}

bool settled_says(const struct facts *facts)
{
	for (guint cell = 0; cell < facts->page->cells->len; cell++) {
		const struct cell_facts *have = &facts->cells[cell];
		for (guint i = 0; i < have->labels->len; i++)
			if (g_array_index(have->labels, struct label_match, i).label == LABEL_SETTLED &&
			    is_of_this_invoice(facts, cell))
				return true;
		if (is_stamp(facts, cell))
			return true;
	}
	return false;
}
