#include "base/base.h"
#include "document/candidates.h"

/* of all amounts, and of each kind: a page with more is no invoice, and sums are tried in pairs */
enum { AMOUNTS_MAX = 400, CANDIDATES_MAX = 60 };

bool tokens_speak_of_discount(const struct tokens *tokens)
{
	static const char *const words[] = {
	    "skonto", "escompte", "discount", "descuento", "sconto", "korting"};
	for (guint i = 0; i < tokens->list->len; i++)
		for (size_t word = 0; word < ARRAY_LENGTH(words); word++)
			if (strcmp(TOKEN(tokens, i)->word, words[word]) == 0)
				return true;
	return false;
}

/* "G-rekening": the account from which a Dutch subcontractor pays taxes alone (Invorderingswet 1990 art. 34).
 */
static bool names_blocked_account(const struct tokens *tokens)
{
	for (guint i = 0; i < tokens->list->len; i++) {
		const char *word = TOKEN(tokens, i)->word;
		bool parted = strcmp(word, "g") == 0 && i + 1 < tokens->list->len &&
			      strcmp(TOKEN(tokens, i + 1)->word, "rekening") == 0;
		if (parted || strcmp(word, "grekening") == 0)
			return true;
	}
	return false;
}

bool candidates_is_blocked_line(const struct facts *facts, guint line)
{
	const struct page_line *one = PAGE_LINE(facts->page, line);
	for (guint cell = one->first_cell; cell < one->end_cell; cell++)
		if (names_blocked_account(&facts->cells[cell].tokens))
			return true;
	return false;
}

static void add_candidate(struct candidates *candidates, const struct facts *facts, const struct fact *fact)
{
	GArray *list;
	switch (fact->label) {
	case LABEL_NET:
		list = candidates->net;
		break;
	case LABEL_TAX:
		list = candidates->tax;
		break;
	case LABEL_TOTAL:
		list = candidates->total;
		break;
	case LABEL_PAID:
		/* "Late payments incur interest of …" */
		if (fact->relation == RELATION_SAME && !fact->leads)
			return;
		list = candidates->paid;
		break;
	case LABEL_PAYABLE:
		/* "Bei Zahlung bis 10.02. 2 % Skonto, Zahlbetrag 1.166,20" */
		if (tokens_speak_of_discount(&facts->cells[fact->cell].tokens))
			return;
		list = candidates->payable;
		break;
	case LABEL_WITHHELD:
		list = candidates->withheld;
		break;
	case LABEL_FORMER:
		list = candidates->former;
		break;
	case LABEL_ROUNDING:
		list = candidates->rounding;
		break;
	default:
		return;
	}
	struct money money;
	struct amount_text amount = fact->amount;
	if (fact->relation == RELATION_BELOW && !fact->summed) {
		/* a row for each rate, without a sum below them */
		if (!fact->adds_up || (fact->label != LABEL_NET && fact->label != LABEL_TAX))
			return;
		amount.digits = fact->column_sum;
	}
	if (!amount_text_money(&amount, candidates->currency, &money))
		return;
	if (fact->relation > RELATION_BELOW &&
	    candidates_is_blocked_line(facts, PAGE_CELL(facts->page, fact->cell)->line))
		list = candidates->blocked; /* whatever it is called: a part of what is to be paid */
	if (list->len >= CANDIDATES_MAX)
		return;
	int strength = fact->clean ? fact->strength : LABEL_WEAK;
	struct candidate candidate = {money.minor, strength, fact->relation, fact->clean,
	    PAGE_CELL(facts->page, fact->value_cell)->line, fact->value_cell};
	g_array_append_val(list, candidate);
}

static void add_amounts(struct candidates *candidates, const struct facts *facts)
{
	for (guint i = 0; i < facts->page->cells->len; i++) {
		const GArray *values = facts->cells[i].values;
		for (guint one = 0; one < values->len; one++) {
			const struct value *value = &g_array_index(values, struct value, one);
			struct money money;
			if (value->is_date || value->amount.percent || !value->amount.marked ||
			    !amount_text_money(&value->amount, candidates->currency, &money))
				continue;
			const struct page_cell *cell = PAGE_CELL(facts->page, i);
			struct amount_at amount = {
			    money.minor, cell->line, cell->box.right, cell->box.bottom - cell->box.top};
			if (candidates->amounts->len < AMOUNTS_MAX)
				g_array_append_val(candidates->amounts, amount);
			struct candidate part = {
			    money.minor, LABEL_STRONG, RELATION_SAME, true, cell->line, i};
			if (candidates->blocked->len < CANDIDATES_MAX &&
			    candidates_is_blocked_line(facts, cell->line))
				g_array_append_val(candidates->blocked, part);
		}
	}
}

void candidates_init(struct candidates *candidates, const struct facts *facts, const char *currency)
{
	GArray **lists[] = {&candidates->net, &candidates->tax, &candidates->total, &candidates->paid,
	    &candidates->payable, &candidates->withheld, &candidates->former, &candidates->rounding,
	    &candidates->blocked};
	for (size_t i = 0; i < ARRAY_LENGTH(lists); i++)
		*lists[i] = g_array_new(FALSE, FALSE, sizeof(struct candidate));
	candidates->amounts = g_array_new(FALSE, FALSE, sizeof(struct amount_at));
	candidates->currency = currency;
	candidates->facts = facts;
	for (guint i = 0; i < facts->found->len; i++)
		add_candidate(candidates, facts, FACT(facts, i));
	add_amounts(candidates, facts);
}

void candidates_clear(struct candidates *candidates)
{
	g_array_unref(candidates->net);
	g_array_unref(candidates->tax);
	g_array_unref(candidates->total);
	g_array_unref(candidates->paid);
	g_array_unref(candidates->payable);
	g_array_unref(candidates->withheld);
	g_array_unref(candidates->former);
	g_array_unref(candidates->rounding);
	g_array_unref(candidates->blocked);
	g_array_unref(candidates->amounts);
}

bool candidates_have_amount(const struct candidates *candidates, int64_t minor)
{
	for (guint i = 0; i < candidates->amounts->len; i++)
		if (AMOUNT(candidates, i)->minor == minor)
			return true;
	return false;
}

bool candidates_list_has(const GArray *list, int64_t minor)
{
	for (guint i = 0; i < list->len; i++)
		if (CANDIDATE(list, i)->minor == minor)
			return true;
	return false;
}
