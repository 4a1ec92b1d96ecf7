#include "base/base.h"
#include "document/facts.h"
#include "document/facts_currency.h"
#include "document/facts_words.h"

enum {
	COLUMN_MAX = 40,
	ROW_MAX = 64, /* cells of a row that are looked at: what is cut into more is no table */
};

/* Where a value may begin: at the start, or behind what is no part of a number or word. */
static bool may_begin(const char *text, size_t at)
{
	if (at == 0)
		return true;
	switch (text[at - 1]) {
	case ' ':
	case '(':
	case ':':
	case '=':
	case ';':
	case '|':
	case '>':
	case '\t':
		return true;
	default:
		return at >= 2 && memcmp(text + at - 2, "\xc2\xa0", 2) == 0;
	}
}

static void find_values(const char *text, GArray *values)
{
	size_t length = strlen(text), at = 0;
	while (at < length) {
		struct value value = {.start = (guint)at};
		size_t used = 0;
		if (may_begin(text, at)) {
			used = date_text_scan(text + at, length - at, &value.date);
			value.is_date = used > 0;
			if (used == 0)
				used = amount_text_scan(text + at, length - at, &value.amount);
		}
		if (used > 0) {
			value.end = (guint)(at + used);
			g_array_append_val(values, value);
		}
		at += used > 0 ? used : 1;
	}
}

gint page_cell_right(const struct page *page, guint cell)
{
	const struct page_line *line = PAGE_LINE(page, PAGE_CELL(page, cell)->line);
	return cell + 1 < line->end_cell ? (gint)cell + 1 : -1;
}

static int32_t overlap(const struct box *a, const struct box *b)
{
	return MIN(a->right, b->right) - MAX(a->left, b->left);
}

/* Whether LOWER stands in the column that UPPER heads: they share a good part of their width, or an edge. */
static bool stands_under(const struct box *upper, const struct box *lower)
{
	int32_t width = MIN(upper->right - upper->left, lower->right - lower->left);
	int32_t height = upper->bottom - upper->top;
	if (overlap(upper, lower) > width / 2)
		return true;
	return overlap(upper, lower) > 0 &&
	       (abs(upper->left - lower->left) < height / 2 || abs(upper->right - lower->right) < height / 2);
}

/* The first cell under CELL in the lines behind FROM, not more than three times its height away; -1: none. */
static gint cell_under(const struct page *page, const struct box *box, guint from_line, int32_t limit)
{
	for (guint i = from_line + 1; i < page->lines->len; i++) {
		const struct page_line *line = PAGE_LINE(page, i);
		if (line->box.top > limit)
			return -1;
		for (guint one = line->first_cell; one < line->end_cell; one++) {
			const struct box *lower = &PAGE_CELL(page, one)->box;
			if (lower->top >= box->bottom - (box->bottom - box->top) / 2 &&
			    stands_under(box, lower))
				return (gint)one;
		}
	}
	return -1;
}

gint page_cell_below_within(const struct page *page, guint cell, int heights)
{
	const struct page_cell *upper = PAGE_CELL(page, cell);
	int32_t height = upper->box.bottom - upper->box.top;
	return cell_under(page, &upper->box, upper->line, upper->box.bottom + heights * height);
}

gint page_cell_below(const struct page *page, guint cell)
{
	return page_cell_below_within(page, cell, 2);
}

bool facts_is_label_cell(const struct facts *facts, guint cell)
{
	const GArray *labels = facts->cells[cell].labels;
	return labels->len > 0 && g_array_index(labels, struct label_match, 0).first == 0;
}

enum value_kind { VALUE_NONE, VALUE_AMOUNT, VALUE_DATE, VALUE_NUMBER };

static enum value_kind kind_of_value(enum label label)
{
	switch (label) {
	case LABEL_NUMBER:
	case LABEL_TITLE:
	case LABEL_CREDIT_TITLE:
	case LABEL_PREPAYMENT_TITLE:
	case LABEL_CORRECTIVE_TITLE:
	case LABEL_ORDER:
	case LABEL_CONTRACT:
	case LABEL_BUYER_REFERENCE:
	case LABEL_PRECEDING:
	case LABEL_PAYMENT_REFERENCE:
		return VALUE_NUMBER;
	case LABEL_ISSUE_DATE:
	case LABEL_DUE_DATE:
	case LABEL_OTHER_DATE:
	case LABEL_TERMS:
		return VALUE_DATE;
	case LABEL_NET:
	case LABEL_TAX:
	case LABEL_TOTAL:
	case LABEL_PAID:
	case LABEL_PAYABLE:
	case LABEL_WITHHELD:
	case LABEL_FORMER:
	case LABEL_ROUNDING:
	case LABEL_OTHER_AMOUNT:
		return VALUE_AMOUNT;
	default:
		return VALUE_NONE;
	}
}

static bool has_value_between(const struct cell_facts *cell, guint start, guint end)
{
	for (guint i = 0; i < cell->values->len; i++) {
		const struct value *value = &g_array_index(cell->values, struct value, i);
		if (value->start >= start && value->start < end && !value->amount.percent)
			return true;
	}
	return false;
}

static const struct label_match *label_at(const struct cell_facts *cell, guint index)
{
	return &g_array_index(cell->labels, struct label_match, index);
}

/* "Total (TVA incluse)", "Gesamt inkl. MwSt.": the second word for an amount belongs to the first. */
static bool belongs_to_previous(const struct cell_facts *cell, guint index)
{
	if (index == 0 || kind_of_value(label_at(cell, index)->label) != VALUE_AMOUNT)
		return false;
	const struct label_match *previous = label_at(cell, index - 1), *own = label_at(cell, index);
	return kind_of_value(previous->label) == VALUE_AMOUNT &&
	       facts_only_fillers(&cell->tokens, previous->end, own->first) &&
	       !has_value_between(cell, TOKEN(&cell->tokens, previous->end - 1)->end,
		   TOKEN(&cell->tokens, own->first)->start);
}

/* Whether the label at INDEX and the one before it share their value: "Nummer/Datum", "Rechnungs-Nr. /
 * Invoice no.". */
static bool is_joined_to_previous(const struct cell_facts *cell, guint index, const char *text)
{
	if (index == 0 || index >= cell->labels->len ||
	    label_at(cell, index - 1)->end != label_at(cell, index)->first)
		return false;
	guint at = TOKEN(&cell->tokens, label_at(cell, index - 1)->end - 1)->end;
	guint end = TOKEN(&cell->tokens, label_at(cell, index)->first)->start;
	return at < end && memchr(text + at, '/', end - at) != NULL;
}

/* Where the reach of the label at INDEX ends in its own cell: at the next label of its own, or at the end. */
static guint reach_end(const struct cell_facts *cell, guint index, const char *text)
{
	bool inside = facts_is_bracketed(text, TOKEN(&cell->tokens, label_at(cell, index)->first)->start);
	for (guint next = index + 1; next < cell->labels->len; next++) {
		guint start = TOKEN(&cell->tokens, label_at(cell, next)->first)->start;
		/* "Total (incl. £9.00 VAT)" */
		bool remark = !inside && facts_is_bracketed(text, start);
		if (!remark && !belongs_to_previous(cell, next) && !is_joined_to_previous(cell, next, text))
			return start;
	}
	return (guint)strlen(text);
}

/* Of "EUR 1.170,00 (GBP 1.000,00)" the second is the first once more, in another currency. */
static bool is_other_currency(const struct amount_text *one, const struct amount_text *other)
{
	return one->currency[0] != '\0' && other->currency[0] != '\0' &&
	       strcmp(one->currency, other->currency) != 0;
}

static bool is_usable_amount(const struct value *value)
{
	return !value->is_date && value->amount.marked && !value->amount.percent;
}

/* A value of KIND in CELL between the bytes START and END: for amounts the last one, else the first. */
static bool take_from_cell(const struct facts *facts, guint cell, guint start, guint end,
    enum value_kind kind, struct fact *fact, guint *value_start)
{
	const struct cell_facts *have = &facts->cells[cell];
	if (kind == VALUE_NUMBER) {
		const char *text = PAGE_CELL(facts->page, cell)->text;
		char *part = g_strndup(text + start, end - start);
		fact->text = document_number_scan(part);
		g_free(part);
		*value_start = start;
		fact->value_cell = cell;
		return fact->text != NULL;
	}
	bool taken = false;
	for (guint i = 0; i < have->values->len; i++) {
		const struct value *value = &g_array_index(have->values, struct value, i);
		if (value->start < start || value->end > end)
			continue;
		if (kind == VALUE_DATE && value->is_date && !taken)
			fact->date = value->date;
		else if (kind == VALUE_AMOUNT && is_usable_amount(value) &&
			 !facts_is_in_brackets(PAGE_CELL(facts->page, cell)->text, value->start) &&
			 !is_other_currency(&fact->amount, &value->amount))
			fact->amount = value->amount;
		else
			continue;
		if (!taken || kind == VALUE_AMOUNT) {
			*value_start = value->start;
			fact->value_cell = cell;
		}
		taken = true;
	}
	return taken;
}

/* To the right: the next cell for a date or a number; for an amount the last one before another label. */
static bool take_from_right(const struct facts *facts, guint cell, enum value_kind kind, struct fact *fact)
{
	bool taken = false;
	guint value_start, count = 0;
	for (gint right = page_cell_right(facts->page, cell); right >= 0 && count < ROW_MAX;
	     right = page_cell_right(facts->page, (guint)right), count++) {
		if (facts_is_label_cell(facts, (guint)right))
			break;
		guint end = (guint)strlen(PAGE_CELL(facts->page, (guint)right)->text);
		taken |= take_from_cell(facts, (guint)right, 0, end, kind, fact, &value_start);
		if (kind != VALUE_AMOUNT)
			break;
	}
	return taken;
}

/*
 * Under the heading of a column of amounts: the last of those that follow each other. Where the ones before
 * it add up to it, it is the sum of the column.
 */
static bool take_amount_from_below(const struct facts *facts, guint cell, struct fact *fact)
{
	const struct page *page = facts->page;
	struct box box = PAGE_CELL(page, cell)->box;
	int32_t height = box.bottom - box.top;
	guint line = PAGE_CELL(page, cell)->line, count = 0, value_start;
	int64_t sum = 0;
	bool same_decimals = true, overflow = false;
	while (count < COLUMN_MAX) {
		gint under = cell_under(page, &box, line, box.bottom + 3 * height);
		if (under < 0 || facts_is_label_cell(facts, (guint)under))
			break;
		struct fact one = {0};
		guint end = (guint)strlen(PAGE_CELL(page, (guint)under)->text);
		if (!take_from_cell(facts, (guint)under, 0, end, VALUE_AMOUNT, &one, &value_start))
			break;
		if (count > 0) {
			overflow |= __builtin_add_overflow(sum, fact->amount.digits, &sum);
			same_decimals &= one.amount.decimals == fact->amount.decimals;
		}
		fact->amount = one.amount;
		fact->value_cell = one.value_cell;
		count++;
		line = PAGE_CELL(page, (guint)under)->line;
		box.top = PAGE_CELL(page, (guint)under)->box.top;
		box.bottom = PAGE_CELL(page, (guint)under)->box.bottom;
	}
	fact->summed = count == 1 || (same_decimals && !overflow && sum == fact->amount.digits);
	fact->adds_up = !fact->summed && same_decimals && count > 1 && count < COLUMN_MAX &&
			!__builtin_add_overflow(sum, fact->amount.digits, &fact->column_sum);
	return count > 0;
}

static guint *find_word_starts(const struct page *page, guint cell)
{
	const struct page_cell *one = PAGE_CELL(page, cell);
	const struct page_line *line = PAGE_LINE(page, one->line);
	guint *starts = g_new(guint, one->last - one->first + 1), at = 0;
	for (guint i = one->first; i <= one->last; i++) {
		starts[i - one->first] = at;
		at += (guint)strlen(g_array_index(line->words, struct page_word, i).text) + 1;
	}
	return starts;
}

/* The last of COUNT words that begins at or before OFFSET. */
static guint word_at(const guint *starts, guint count, guint offset)
{
	guint low = 0, high = count;
	while (high - low > 1) {
		guint middle = low + (high - low) / 2;
		if (starts[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* Where the tokens of a label stand on the page: columns of tight tables have several labels in one cell. */
static struct box label_box(const struct facts *facts, guint cell, const struct label_match *match)
{
	const struct page_cell *one = PAGE_CELL(facts->page, cell);
	const struct page_line *line = PAGE_LINE(facts->page, one->line);
	guint start = TOKEN(&facts->cells[cell].tokens, match->first)->start;
	guint end = TOKEN(&facts->cells[cell].tokens, match->end - 1)->end;
	struct box box = {INT32_MAX, one->box.top, INT32_MIN, one->box.bottom};
	const guint *starts = facts->cells[cell].word_starts;
	guint last = one->last - one->first;
	for (guint i = word_at(starts, last + 1, start); i <= last && starts[i] < end; i++) {
		const struct page_word *word = &g_array_index(line->words, struct page_word, one->first + i);
		if (starts[i] + strlen(word->text) > start) {
			box.left = MIN(box.left, word->box.left);
			box.right = MAX(box.right, word->box.right);
		}
	}
	return box;
}

/* The left edge of what follows the label at INDEX on its line: the next label in its cell, or the next cell.
 */
static int32_t column_end(const struct facts *facts, guint cell, guint index)
{
	const struct cell_facts *have = &facts->cells[cell];
	if (index + 1 < have->labels->len)
		return label_box(facts, cell, label_at(have, index + 1)).left;
	gint right = page_cell_right(facts->page, cell);
	return right >= 0 ? PAGE_CELL(facts->page, (guint)right)->box.left : INT32_MAX;
}

/* The words of LINE that begin between LEFT and RIGHT, with one space between them; NULL where none does. */
static char *words_between(const struct page_line *line, int32_t left, int32_t right)
{
	GString *text = g_string_new(NULL);
	for (guint i = 0; i < line->words->len; i++) {
		const struct page_word *word = &g_array_index(line->words, struct page_word, i);
		if (word->box.left < left || word->box.left >= right)
			continue;
		if (text->len > 0)
			g_string_append_c(text, ' ');
		g_string_append(text, word->text);
	}
	return g_string_free(text, text->len == 0);
}

static bool take_from_text(const char *text, enum value_kind kind, struct fact *fact)
{
	if (kind == VALUE_NUMBER)
		fact->text = document_number_scan(text);
	else
		(void)date_text_scan(text, strlen(text), &fact->date);
	return kind == VALUE_NUMBER ? fact->text != NULL : fact->date.date != DATE_NONE;
}

/* The cell of LINE that reaches over X; the first one where none does. */
static guint cell_at(const struct page *page, const struct page_line *line, int32_t x)
{
	for (guint cell = line->first_cell; cell < line->end_cell; cell++)
		if (PAGE_CELL(page, cell)->box.right >= x)
			return cell;
	return line->first_cell;
}

/* Under a label that heads a column: what begins in the column on the next line that has something there. */
static bool take_from_column(
    const struct facts *facts, guint cell, guint index, enum value_kind kind, struct fact *fact)
{
	const struct page *page = facts->page;
	struct box box = label_box(facts, cell, label_at(&facts->cells[cell], index));
	int32_t height = box.bottom - box.top, right = column_end(facts, cell, index);
	right = right == INT32_MAX ? right : right - height / 4;
	for (guint i = PAGE_CELL(page, cell)->line + 1; i < page->lines->len; i++) {
		const struct page_line *line = PAGE_LINE(page, i);
		if (line->box.top > box.bottom + 2 * height)
			return false;
		char *text = words_between(line, box.left - height / 4, right);
		if (text == NULL)
			continue;
		fact->value_cell = cell_at(page, line, box.left);
		bool taken =
		    !facts_is_label_cell(facts, fact->value_cell) && take_from_text(text, kind, fact);
		g_free(text);
		return taken;
	}
	return false;
}

/* Whether the value in UNDER may be that of another column: its cell reaches under a neighbour of the
 * label's. */
static bool reaches_under_others(const struct page *page, guint cell, guint under)
{
	const struct page_line *line = PAGE_LINE(page, PAGE_CELL(page, cell)->line);
	for (guint i = line->first_cell; i < line->end_cell; i++)
		if (i != cell && overlap(&PAGE_CELL(page, i)->box, &PAGE_CELL(page, under)->box) > 0)
			return true;
	return false;
}

static bool take_from_below(
    const struct facts *facts, guint cell, guint index, enum value_kind kind, struct fact *fact)
{
	if (kind == VALUE_AMOUNT) /* under the whole cell: its label must be the last in it */
		return take_amount_from_below(facts, cell, fact);
	if (take_from_column(facts, cell, index, kind, fact))
		return true;
	gint under = page_cell_below(facts->page, cell);
	if (index > 0 || under < 0 || facts_is_label_cell(facts, (guint)under) ||
	    reaches_under_others(facts->page, cell, (guint)under))
		return false;
	guint value_start, end = (guint)strlen(PAGE_CELL(facts->page, (guint)under)->text);
	return take_from_cell(facts, (guint)under, 0, end, kind, fact, &value_start);
}

/* "1.188,00 EUR | Gesamtbetrag": pages that put what a label says in front of it. What stands there must be
 * all of the first cell of the line, and nothing but that. */
static bool take_from_left(const struct facts *facts, guint cell, enum value_kind kind, struct fact *fact)
{
	if (PAGE_LINE(facts->page, PAGE_CELL(facts->page, cell)->line)->first_cell + 1 != cell)
		return false;
	const struct cell_facts *left = &facts->cells[cell - 1];
	const char *text = PAGE_CELL(facts->page, cell - 1)->text;
	fact->value_cell = cell - 1;
	fact->summed = true;
	if (kind == VALUE_NUMBER) {
		fact->text =
		    left->labels->len == 0 && left->values->len == 0 ? document_number_scan(text) : NULL;
		if (fact->text != NULL && strcmp(fact->text, text) != 0)
			g_clear_pointer(&fact->text, g_free);
		return fact->text != NULL;
	}
	if (left->values->len != 1)
		return false;
	const struct value *value = &g_array_index(left->values, struct value, 0);
	if (value->start != 0 || value->end != strlen(text))
		return false;
	if (kind == VALUE_DATE && value->is_date)
		fact->date = value->date;
	else if (kind == VALUE_AMOUNT && is_usable_amount(value))
		fact->amount = value->amount;
	else
		return false;
	return true;
}

/* "Acompte facture FA-99 du 12/12/2025": number and date of what was paid, the amount is the first label's.
 */
static bool leads_amount(const struct cell_facts *cell)
{
	if (kind_of_value(label_at(cell, 0)->label) != VALUE_AMOUNT)
		return false;
	for (guint i = 1; i < cell->labels->len; i++)
		if (kind_of_value(label_at(cell, i)->label) == VALUE_AMOUNT && !belongs_to_previous(cell, i))
			return false;
	return true;
}

/* What is joined to the label at INDEX from the left is of its kind, or tells what the value has besides. */
static guint first_joined(const struct cell_facts *cell, guint index, const char *text)
{
	while (is_joined_to_previous(cell, index, text) && label_at(cell, index - 1)->label < LABEL_NET &&
	       (label_at(cell, index - 1)->label == LABEL_NUMBER ||
		   kind_of_value(label_at(cell, index - 1)->label) ==
		       kind_of_value(label_at(cell, index)->label)))
		index--;
	return index;
}

/* "Saldo da versare": two words for one thing. */
static bool says_it_again(const struct cell_facts *cell, guint index)
{
	return index < cell->labels->len &&
	       label_at(cell, index)->label == label_at(cell, index - 1)->label &&
	       label_at(cell, index)->strength == LABEL_STRONG && belongs_to_previous(cell, index);
}

/* The token behind all that is joined to the label at INDEX from the right. */
static guint last_joined(const struct cell_facts *cell, guint index, const char *text)
{
	while (is_joined_to_previous(cell, index + 1, text) || says_it_again(cell, index + 1))
		index++;
	return label_at(cell, index)->end;
}

/* "Total amount due on March 2, 2026", "Net à payer avant le 06/03/2026": what is to be paid, and by when. */
static void find_day_of_payable(struct facts *facts, guint cell, guint index)
{
	const struct cell_facts *have = &facts->cells[cell];
	const struct label_match *match = label_at(have, index);
	guint start = TOKEN(&have->tokens, match->end - 1)->end;
	for (guint i = 0; i < have->values->len; i++) {
		const struct value *value = &g_array_index(have->values, struct value, i);
		if (!value->is_date || value->start < start)
			continue;
		guint until = facts_token_at(&have->tokens, value->start);
		struct fact fact = {.label = LABEL_DUE_DATE,
		    .strength = match->strength,
		    .relation = RELATION_SAME,
		    .clean = true,
		    .leads = true,
		    .cell = cell,
		    .value_cell = cell,
		    .date = value->date};
		if (until > match->end && facts_only_fillers(&have->tokens, match->end, until))
			g_array_append_val(facts->found, fact);
		return;
	}
}

static void find_payable_of_day(struct facts *facts, guint cell, const struct label_match *match)
{
	const struct cell_facts *have = &facts->cells[cell];
	struct fact fact = {.label = LABEL_PAYABLE,
	    .strength = LABEL_STRONG,
	    .relation = RELATION_RIGHT,
	    .clean = true,
	    .leads = true,
	    .cell = cell};
	if (match->first == 0 && facts_names_payable(&have->tokens) &&
	    facts_only_fillers_and_dates(have, match->end, have->tokens.list->len) &&
	    take_from_right(facts, cell, VALUE_AMOUNT, &fact))
		g_array_append_val(facts->found, fact);
}

/* "TVA 20 % sur 1 000,00 | 200,00": what the amount beside it was reckoned from. */
static bool is_base(const struct cell_facts *cell, enum value_kind kind, guint value_start)
{
	static const char *const words[] = {"su", "sur", "auf", "von", "on", "of", "sobre", "over", "aus"};
	guint at = facts_token_at(&cell->tokens, value_start);
	for (size_t i = 0; kind == VALUE_AMOUNT && at > 0 && i < ARRAY_LENGTH(words); i++)
		if (strcmp(TOKEN(&cell->tokens, at - 1)->word, words[i]) == 0)
			return true;
	return false;
}

static void find_fact(struct facts *facts, guint cell, guint index)
{
	const struct cell_facts *have = &facts->cells[cell];
	const struct label_match *match = &g_array_index(have->labels, struct label_match, index);
	enum value_kind kind = kind_of_value(match->label);
	if (kind == VALUE_NONE || belongs_to_previous(have, index))
		return;
	if (match->label == LABEL_PAYABLE)
		find_day_of_payable(facts, cell, index);
	if (match->label == LABEL_DUE_DATE)
		find_payable_of_day(facts, cell, match);
	const char *text = PAGE_CELL(facts->page, cell)->text;
	guint start = TOKEN(&have->tokens, match->end - 1)->end, end = reach_end(have, index, text);
	if (index == 0 && kind == VALUE_AMOUNT && leads_amount(have))
		end = (guint)strlen(text);
	guint value_start = end;
	struct fact fact = {.label = match->label, .strength = match->strength, .cell = cell};
	/* a small word ("du", "by") says nothing of what stands elsewhere */
	bool alone = match->first == 0 && match->end == have->tokens.list->len;
	bool far = alone || !(kind == VALUE_DATE && match->strength == LABEL_WEAK);
	/* "Period: March 2026" has its own value, though it is no day */
	far &= match->label != LABEL_OTHER_DATE ||
	       facts_only_fillers(&have->tokens, match->end, have->tokens.list->len);
	/* "Zu zahlen bis 10.04.2026 | 11.900,00": the day by which it is to be paid parts nothing */
	bool until_day = (match->label == LABEL_PAYABLE || match->label == LABEL_TOTAL) &&
			 facts_only_words_of_days(have, match->end);
	bool ends_cell = far && (end == strlen(text) || until_day);
	if (take_from_cell(facts, cell, start, end, kind, &fact, &value_start) &&
	    !(is_base(have, kind, value_start) && take_from_right(facts, cell, kind, &fact)))
		fact.relation = RELATION_SAME;
	else if (ends_cell && take_from_right(facts, cell, kind, &fact))
		fact.relation = RELATION_RIGHT;
	else if (far && (ends_cell || kind != VALUE_AMOUNT) &&
		 take_from_below(facts, cell, index, kind, &fact))
		fact.relation = RELATION_BELOW;
	else if (far && match->first == 0 && match->strength == LABEL_STRONG &&
		 take_from_left(facts, cell, kind, &fact))
		fact.relation = RELATION_BELOW; /* it is worth no more */
	else
		return;
	guint until = fact.relation == RELATION_SAME ? facts_token_at(&have->tokens, value_start)
						     : have->tokens.list->len;
	fact.leads =
	    facts_only_fillers(&have->tokens, 0, label_at(have, first_joined(have, index, text))->first);
	guint behind = last_joined(have, index, text);
	fact.clean = fact.leads && (until_day && fact.relation == RELATION_RIGHT
					   ? facts_only_words_of_days(have, behind)
					   : facts_only_fillers_and_dates(have, behind, until));
	g_array_append_val(facts->found, fact);
}

static void fact_clear(gpointer data)
{
	struct fact *fact = data;
	g_free(fact->text);
}

struct facts *facts_new(const struct page *page)
{
	struct facts *facts = g_new0(struct facts, 1);
	facts->page = page;
	facts->cells = g_new0(struct cell_facts, page->cells->len);
	facts->found = g_array_new(FALSE, FALSE, sizeof(struct fact));
	g_array_set_clear_func(facts->found, fact_clear);
	for (guint i = 0; i < page->cells->len; i++) {
		struct cell_facts *cell = &facts->cells[i];
		tokens_init(&cell->tokens, PAGE_CELL(page, i)->text);
		cell->labels = labels_find(&cell->tokens);
		cell->word_starts = cell->labels->len > 0 ? find_word_starts(page, i) : NULL;
		cell->values = g_array_new(FALSE, FALSE, sizeof(struct value));
		find_values(PAGE_CELL(page, i)->text, cell->values);
	}
	facts_settle_currencies(facts);
	for (guint i = 0; i < page->cells->len; i++)
		for (guint one = 0; one < facts->cells[i].labels->len; one++)
			find_fact(facts, i, one);
	return facts;
}

void facts_free(struct facts *facts)
{
	if (facts == NULL)
		return;
	for (guint i = 0; i < facts->page->cells->len; i++) {
		tokens_clear(&facts->cells[i].tokens);
		g_array_unref(facts->cells[i].labels);
		g_free(facts->cells[i].word_starts);
		g_array_unref(facts->cells[i].values);
	}
	g_free(facts->cells);
	g_array_unref(facts->found);
	g_free(facts);
}

static bool any_date(const struct facts *facts, bool (*is_such)(const struct date_text *date))
{
	for (guint i = 0; i < facts->page->cells->len; i++)
		for (guint one = 0; one < facts->cells[i].values->len; one++) {
			const struct value *value = &g_array_index(facts->cells[i].values, struct value, one);
			if (value->is_date && is_such(&value->date))
				return true;
		}
	return false;
}

static bool is_month_first(const struct date_text *date)
{
	return date->month_first;
}

static bool is_day_first(const struct date_text *date)
{
	return date->day_first;
}

bool facts_day_first(const struct facts *facts)
{
	return any_date(facts, is_day_first);
}

bool facts_month_first(const struct facts *facts, const char *currency)
{
	return !facts_day_first(facts) && (any_date(facts, is_month_first) || strcmp(currency, "USD") == 0);
}

int fact_rank(const struct fact *fact)
{
	return fact->strength * 10 + (int)fact->relation * 2 + (fact->clean ? 1 : 0);
}
