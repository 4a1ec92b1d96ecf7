/* Reading a page by a layout. */
#include "base/base.h"
#include "document/layout.h"
#include "document/layout_words.h"
#include "document/structured.h"
#include "document/title.h"

enum {
	HOPS_MAX = 3,	 /* cells below each other from the words to the value */
	COLUMN_MAX = 80, /* the same, where a column is read to its end */
	SURE = 600,	 /* thousandths: the general rules found a label for their amount */
	COLUMN_GAP = 4,	 /* heights of a line: above the sum of a column */
	RIGHT_MAX = 40,	 /* cells to the right */
	NEAR = 8,	 /* points: how far a value may have moved that stands at a fixed place */
};

/* ---- by an anchor ---- */

/* Counts values until the wanted one: the last in KEPT is it so far. */
struct choice {
	int wanted; /* as in struct layout_anchor */
	int seen;
	struct layout_value kept;
};

/* True where it is the wanted one and no further is needed. Takes VALUE over. */
static bool choose(struct choice *choice, struct layout_value *value)
{
	choice->seen++;
	bool last = choice->wanted == LAYOUT_VALUE_LAST;
	if (!last && choice->seen != MAX(choice->wanted, 1)) {
		g_free(value->text);
		return false;
	}
	g_free(choice->kept.text);
	choice->kept = *value;
	return !last;
}

static bool choose_in(struct choice *choice, const char *text, const struct value_form *form)
{
	struct layout_value value;
	while (*text != '\0' && value_next(&text, form, &value))
		if (choose(choice, &value))
			return true;
	return false;
}

static struct layout_value read_after(const struct facts *facts, guint cell, guint end,
    const struct value_form *form, const struct layout_anchor *anchor)
{
	struct choice choice = {.wanted = anchor->value};
	const char *text =
	    PAGE_CELL(facts->page, cell)->text + TOKEN(&facts->cells[cell].tokens, end - 1)->end;
	bool done = choose_in(&choice, text, form);
	gint right = page_cell_right(facts->page, cell);
	for (int i = 0; i < RIGHT_MAX && right >= 0 && !done; i++) {
		done = choose_in(&choice, PAGE_CELL(facts->page, (guint)right)->text, form);
		right = page_cell_right(facts->page, (guint)right);
	}
	return choice.kept;
}

/* A column to its end: the values that follow each other, with the gap above their sum. */
static struct layout_value read_column(const struct facts *facts, guint cell, const struct value_form *form)
{
	struct choice choice = {.wanted = LAYOUT_VALUE_LAST};
	gint under = page_cell_below(facts->page, cell);
	for (int hop = 0; hop < COLUMN_MAX && under >= 0; hop++) {
		int seen = choice.seen;
		(void)choose_in(&choice, PAGE_CELL(facts->page, (guint)under)->text, form);
		if (choice.seen == seen && (seen > 0 || hop + 1 >= HOPS_MAX))
			break;
		under = choice.seen > 0 ? page_cell_below_within(facts->page, (guint)under, COLUMN_GAP)
					: page_cell_below(facts->page, (guint)under);
	}
	return choice.kept;
}

static struct layout_value read_below(
    const struct facts *facts, guint cell, const struct value_form *form, const struct layout_anchor *anchor)
{
	struct choice choice = {.wanted = anchor->value};
	if (anchor->value == LAYOUT_VALUE_LAST)
		return read_column(facts, cell, form);
	gint under = page_cell_below(facts->page, cell);
	for (int hop = 0; hop < HOPS_MAX && under >= 0; hop++) {
		if (choose_in(&choice, PAGE_CELL(facts->page, (guint)under)->text, form))
			break;
		under = page_cell_below(facts->page, (guint)under);
	}
	return choice.kept;
}

static struct layout_value read_at(
    const struct facts *facts, const struct value_form *form, const struct layout_anchor *anchor)
{
	struct choice choice = {.wanted = anchor->value};
	for (guint cell = 0; cell < facts->page->cells->len; cell++) {
		const struct box *box = &PAGE_CELL(facts->page, cell)->box;
		if (abs(box->left / 100 - anchor->x) > NEAR || abs(box->top / 100 - anchor->y) > NEAR)
			continue;
		(void)choose_in(&choice, PAGE_CELL(facts->page, cell)->text, form);
		break;
	}
	return choice.kept;
}

struct layout_value layout_read_anchor(
    const struct layout *layout, const struct facts *facts, const struct layout_anchor *anchor)
{
	struct value_form form = value_form_of(layout, anchor->field, anchor->count);
	if (anchor->way == LAYOUT_AT)
		return read_at(facts, &form, anchor);
	struct anchor_words words;
	anchor_words_init(&words, anchor->words);
	struct layout_value found = {0};
	for (guint cell = 0; cell < facts->page->cells->len; cell++) {
		guint end = anchor_words_find(&words, &facts->cells[cell].tokens);
		if (end == 0)
			continue;
		struct layout_value here = anchor->way == LAYOUT_AFTER
					       ? read_after(facts, cell, end, &form, anchor)
					       : read_below(facts, cell, &form, anchor);
		if (here.text == NULL)
			continue;
		g_free(found.text);
		found = here;
		if (!anchor->last)
			break;
	}
	anchor_words_clear(&words);
	return found;
}

static struct layout_value read_field(
    const struct layout *layout, const struct facts *facts, enum layout_field field)
{
	struct layout_value value = {0};
	for (guint i = 0; i < layout->anchors->len && value.text == NULL; i++) {
		const struct layout_anchor *anchor = &g_array_index(layout->anchors, struct layout_anchor, i);
		if (anchor->field == field)
			value = layout_read_anchor(layout, facts, anchor);
	}
	return value;
}

char *layout_read(const struct layout *layout, const struct facts *facts, enum layout_field field)
{
	return read_field(layout, facts, field).text;
}

/* ---- recognising ---- */

/* Small letters without spaces: an account number is written in groups, or not. */
static void append_squeezed(GString *to, const char *text)
{
	for (; *text != '\0'; text++)
		if (*text != ' ')
			g_string_append_c(to, g_ascii_tolower(*text));
}

/* All cells, each on a line of its own. */
char *layout_page_text(const struct facts *facts)
{
	GString *squeezed = g_string_sized_new(facts->page->bytes + facts->page->cells->len);
	for (guint i = 0; i < facts->page->cells->len; i++) {
		append_squeezed(squeezed, PAGE_CELL(facts->page, i)->text);
		g_string_append_c(squeezed, '\n');
	}
	return g_string_free(squeezed, FALSE);
}

bool layout_mark_stands(const char *mark, const char *page_text)
{
	GString *squeezed = g_string_new(NULL);
	append_squeezed(squeezed, mark);
	bool stands = squeezed->len > 0 && strstr(page_text, squeezed->str) != NULL;
	g_string_free(squeezed, TRUE);
	return stands;
}

static bool has_mark(const struct layout *layout, const char *page)
{
	for (guint i = 0; i < layout->marks->len; i++)
		if (layout_mark_stands(g_ptr_array_index(layout->marks, i), page))
			return true;
	return false;
}

/* Fields that it has, and how many of them the page tells. */
static void count_fields(const struct layout *layout, const struct facts *facts, guint *all, guint *found)
{
	bool has[LAYOUT_FIELD_COUNT] = {false};
	for (guint i = 0; i < layout->anchors->len; i++)
		has[g_array_index(layout->anchors, struct layout_anchor, i).field] = true;
	*all = *found = 0;
	for (enum layout_field field = 0; field < LAYOUT_FIELD_COUNT; field++) {
		char *value = has[field] ? layout_read(layout, facts, field) : NULL;
		*all += has[field] ? 1 : 0;
		*found += value != NULL ? 1 : 0;
		g_free(value);
	}
}

static bool fits(const struct layout *layout, const struct facts *facts, const char *page, enum label title,
    guint *all, guint *found)
{
	if (!has_mark(layout, page))
		return false;
	if (!layout->any_title && (title == LABEL_OTHER_TITLE || !title_names_invoice(facts)))
		return false;
	count_fields(layout, facts, all, found);
	return *all > 0 && *found * 2 >= *all;
}

const struct layout *layout_choose(
    const struct layout *const *layouts, size_t count, const struct facts *facts)
{
	const struct layout *best = NULL;
	guint best_all = 1, best_found = 0;
	bool best_same = false; /* of the same kind: invoice or credit note */
	if (count == 0)
		return NULL;
	char *page = layout_page_text(facts);
	enum label title = title_find(facts);
	for (size_t i = 0; i < count; i++) {
		guint all, found;
		if (!fits(layouts[i], facts, page, title, &all, &found))
			continue;
		bool same = layouts[i]->credit == (title == LABEL_CREDIT_TITLE);
		guint share = found * best_all, best_share = best_found * all;
		bool better = share > best_share || (share == best_share && all > best_all);
		if (best != NULL && (same < best_same || (same == best_same && !better)))
			continue;
		best = layouts[i];
		best_same = same;
		best_all = all;
		best_found = found;
	}
	g_free(page);
	return best;
}

bool layout_recognises(const struct layout *layout, const struct facts *facts)
{
	return layout_choose(&layout, 1, facts) != NULL;
}

/* ---- into an invoice ---- */

static bool set_amount(const struct invoice *invoice, const struct layout_value *value, struct money *field)
{
	struct money amount;
	if (invoice->currency[0] == '\0' || !amount_text_money(&value->amount, invoice->currency, &amount))
		return false;
	*field = amount;
	return true;
}

/* "$" is the sign of other dollars, too, where the page or the layout says so. */
static void settle_dollar(const struct layout *layout, const struct facts *facts,
    const struct invoice *invoice, struct layout_value *value)
{
	static const char *const dollars[] = {"CAD", "AUD", "NZD", "SGD", "HKD"};
	bool meant =
	    strcmp(facts->dollar, invoice->currency) == 0 || strcmp(layout->currency, invoice->currency) == 0;
	for (size_t i = 0; meant && i < ARRAY_LENGTH(dollars); i++)
		if (strcmp(value->amount.currency, "USD") == 0 && strcmp(invoice->currency, dollars[i]) == 0)
			memcpy(value->amount.currency, invoice->currency, CURRENCY_SIZE);
}

static bool set_date(const struct layout_value *value, date_t *field)
{
	return date_parse(value->text, field);
}

static bool set_text(char **field, const struct layout_value *value)
{
	g_free(*field);
	*field = g_strdup(value->text);
	return true;
}

static bool set_field(struct invoice *invoice, enum layout_field field, const struct layout_value *value)
{
	switch (field) {
	case LAYOUT_NUMBER:
		return set_text(&invoice->number, value);
	case LAYOUT_ISSUE_DATE:
		return set_date(value, &invoice->issue_date);
	case LAYOUT_DUE_DATE:
		return set_date(value, &invoice->due_date);
	case LAYOUT_TOTAL:
		return set_amount(invoice, value, &invoice->total);
	case LAYOUT_PAID:
		return set_amount(invoice, value, &invoice->paid);
	case LAYOUT_PAYABLE:
		return set_amount(invoice, value, &invoice->payable);
	case LAYOUT_TAX:
		return set_amount(invoice, value, &invoice->tax);
	case LAYOUT_ORDER_NUMBER:
		return set_text(&invoice->order_number, value);
	case LAYOUT_CONTRACT_NUMBER:
		return set_text(&invoice->contract_number, value);
	case LAYOUT_BUYER_REFERENCE:
		return set_text(&invoice->buyer_reference, value);
	case LAYOUT_PAYMENT_REFERENCE:
		return set_text(&invoice->payment_reference, value);
	default:
		return set_text(&invoice->buyer.name, value);
	}
}

/* What was read in another currency is not known in this one. */
static void set_currency(const struct layout *layout, struct invoice *invoice)
{
	bool wanted =
	    layout->currency[0] != '\0' && (layout->currency_always || invoice->currency[0] == '\0');
	if (!wanted || strcmp(layout->currency, invoice->currency) == 0)
		return;
	const struct money none = MONEY_NONE;
	memcpy(invoice->currency, layout->currency, CURRENCY_SIZE);
	invoice->total = invoice->paid = invoice->payable = invoice->tax = none;
	g_array_set_size(invoice->due_lines, 0);
}

/* The due lines follow what was taught: a schedule stays where it ends on that day. */
static void settle_due_lines(struct invoice *invoice, date_t due_before, struct money payable_before)
{
	bool same = invoice->due_date == due_before && invoice->payable.minor == payable_before.minor &&
		    strcmp(invoice->payable.currency, payable_before.currency) == 0;
	if (same && invoice->due_lines->len > 0)
		return;
	g_array_set_size(invoice->due_lines, 0);
	if (invoice->due_date != DATE_NONE)
		structured_add_due_line(invoice, invoice->due_date, invoice->payable);
}

/*
 * The examples had no part payment and this one has: what was their amount to pay is only the total here,
 * and the sums of the page tell what is left.
 */
static void mend_part_payment(struct invoice *invoice, const struct invoice *before)
{
	struct money sum;
	const struct money *left = &before->payable;
	if (money_is_none(*left) || money_is_none(invoice->payable) || left->minor >= invoice->payable.minor)
		return;
	bool adds_up = !money_is_none(before->paid) && money_add(*left, before->paid, &sum) &&
		       sum.minor == invoice->payable.minor;
	bool is_total = before->confidence >= SURE && !money_is_none(before->total) &&
			before->total.minor == invoice->payable.minor;
	if (adds_up || is_total)
		invoice->payable = *left;
}

/*
 * The samples showed a part payment and what is left behind it; this page has all of their other fields and
 * neither of the two: its total is to be paid.
 */
static void fill_payable(
    struct invoice *invoice, const bool has[LAYOUT_FIELD_COUNT], const bool set[LAYOUT_FIELD_COUNT])
{
	bool others = has[LAYOUT_PAYABLE] && !set[LAYOUT_PAYABLE] && set[LAYOUT_TOTAL] && set[LAYOUT_NUMBER];
	for (enum layout_field field = 0; field < LAYOUT_FIELD_COUNT; field++)
		others &= set[field] || !has[field] || field == LAYOUT_PAYABLE || field == LAYOUT_PAID;
	if (others && money_is_none(invoice->payable) && money_is_none(invoice->paid))
		invoice->payable = invoice->total;
}

/* Whether both fields are read at the same place: the samples showed one sum for both. */
static bool is_same_place(const struct layout *layout, enum layout_field one, enum layout_field other)
{
	const struct layout_anchor *anchors[2] = {NULL, NULL};
	for (guint i = layout->anchors->len; i > 0; i--) {
		const struct layout_anchor *anchor =
		    &g_array_index(layout->anchors, struct layout_anchor, i - 1);
		if (anchor->field == one || anchor->field == other)
			anchors[anchor->field == other] = anchor;
	}
	return anchors[0] != NULL && anchors[1] != NULL && anchors[0]->way == anchors[1]->way &&
	       anchors[0]->last == anchors[1]->last && anchors[0]->value == anchors[1]->value &&
	       g_strcmp0(anchors[0]->words, anchors[1]->words) == 0;
}

/* The same for the total, where the samples had one sum for both and this page has two. */
static void mend_total(const struct layout *layout, struct invoice *invoice, const struct invoice *before)
{
	if (!money_is_none(before->total) && !money_is_none(invoice->payable) &&
	    before->total.minor > invoice->payable.minor &&
	    is_same_place(layout, LAYOUT_TOTAL, LAYOUT_PAYABLE))
		invoice->total = before->total;
}

/*
 * A page of the other kind than the samples: what leads to the number of an invoice leads on a credit note to
 * that of the invoice that is credited.
 */
static bool is_other_number(
    const struct layout *layout, const struct invoice *invoice, enum layout_field field)
{
	return field == LAYOUT_NUMBER && invoice->number != NULL &&
	       layout->credit != (invoice->kind == INVOICE_KIND_CREDIT_NOTE);
}

bool layout_apply(const struct layout *layout, const struct facts *facts, struct invoice *invoice,
    bool read[LAYOUT_FIELD_COUNT])
{
	bool all = true, has[LAYOUT_FIELD_COUNT] = {false}, set[LAYOUT_FIELD_COUNT] = {false};
	for (guint i = 0; i < layout->anchors->len; i++)
		has[g_array_index(layout->anchors, struct layout_anchor, i).field] = true;
	const struct invoice before = *invoice;
	set_currency(layout, invoice);
	for (enum layout_field field = 0; field < LAYOUT_FIELD_COUNT; field++) {
		struct layout_value value = {0};
		if (has[field] && !is_other_number(layout, invoice, field))
			value = read_field(layout, facts, field);
		settle_dollar(layout, facts, invoice, &value);
		set[field] = value.text != NULL && set_field(invoice, field, &value);
		all &= set[field] || !has[field];
		g_free(value.text);
	}
	if (set[LAYOUT_PAYABLE] && !set[LAYOUT_PAID] && !layout->exact_payable)
		mend_part_payment(invoice, &before);
	fill_payable(invoice, has, set);
	if (set[LAYOUT_TOTAL] && set[LAYOUT_PAYABLE])
		mend_total(layout, invoice, &before);
	settle_due_lines(invoice, before.due_date, before.payable);
	g_free(invoice->layout);
	invoice->layout = g_strdup(layout->name);
	if (read != NULL)
		memcpy(read, set, sizeof set);
	return all;
}
