#include "base/base.h"
#include "document/layout.h"
#include "document/parties.h"
#include "document/structured.h"

enum {
	WORDS_MAX = 5, /* of an anchor */
	HOPS_MAX = 3,  /* cells below each other from the words to the value */
	NEAR = 8,      /* points: how far a value may have moved that stands at a fixed place */
};

enum kind { KIND_NUMBER, KIND_DATE, KIND_AMOUNT, KIND_TEXT };

static enum kind kind_of(enum layout_field field)
{
	switch (field) {
	case LAYOUT_ISSUE_DATE:
	case LAYOUT_DUE_DATE:
		return KIND_DATE;
	case LAYOUT_TOTAL:
	case LAYOUT_PAID:
	case LAYOUT_PAYABLE:
	case LAYOUT_TAX:
		return KIND_AMOUNT;
	case LAYOUT_BUYER_NAME:
		return KIND_TEXT;
	default:
		return KIND_NUMBER;
	}
}

struct layout *layout_new(const char *name)
{
	struct layout *layout = g_new0(struct layout, 1);
	layout->name = g_strdup(name);
	layout->marks = g_ptr_array_new_with_free_func(g_free);
	layout->anchors = g_array_new(FALSE, FALSE, sizeof(struct layout_anchor));
	return layout;
}

void layout_free(struct layout *layout)
{
	if (layout == NULL)
		return;
	for (guint i = 0; i < layout->anchors->len; i++)
		g_free(g_array_index(layout->anchors, struct layout_anchor, i).words);
	g_array_unref(layout->anchors);
	g_ptr_array_unref(layout->marks);
	g_free(layout->name);
	g_free(layout);
}

/* ---- values ---- */

/* "1188.00": the digits, a point before the decimals; independent of how it is written on the page. */
static char *amount_text(const struct amount_text *amount)
{
	int64_t digits = amount->digits < 0 ? -amount->digits : amount->digits, scale = 1;
	for (int i = 0; i < amount->decimals; i++)
		scale *= 10;
	const char *sign = amount->digits < 0 ? "-" : "";
	if (amount->decimals == 0)
		return g_strdup_printf("%s%" G_GINT64_FORMAT ".00", sign, digits);
	if (amount->decimals == 1)
		return g_strdup_printf(
		    "%s%" G_GINT64_FORMAT ".%d0", sign, digits / scale, (int)(digits % scale));
	return g_strdup_printf(
	    "%s%" G_GINT64_FORMAT ".%0*d", sign, digits / scale, amount->decimals, (int)(digits % scale));
}

/* The value of KIND at the start of TEXT, in the form of a sample; NULL where there is none. */
static char *scan_value(const char *text, enum kind kind, bool month_first)
{
	struct date_text date;
	struct amount_text amount;
	size_t length = strlen(text);
	switch (kind) {
	case KIND_DATE:
		if (date_text_scan(text, length, &date) == 0)
			return NULL;
		char day[DATE_TEXT_SIZE];
		return g_strdup(
		    date_format(month_first && date.swapped != DATE_NONE ? date.swapped : date.date, day));
	case KIND_AMOUNT:
		if (amount_text_scan(text, length, &amount) == 0 || !amount.marked || amount.percent)
			return NULL;
		return amount_text(&amount);
	case KIND_NUMBER:
		return document_number_scan(text);
	default:
		return length > 0 ? g_strdup(text) : NULL;
	}
}

/* The first value of KIND in TEXT: for dates and amounts at any word, else at its beginning. */
static char *first_value(const char *text, enum kind kind, bool month_first)
{
	text += strspn(text, " :.=-#");
	if (kind == KIND_NUMBER || kind == KIND_TEXT)
		return scan_value(text, kind, month_first);
	while (*text != '\0') {
		char *value = scan_value(text, kind, month_first);
		if (value != NULL)
			return value;
		text += strcspn(text, " ");
		text += strspn(text, " ");
	}
	return NULL;
}

/* ---- reading by an anchor ---- */

/* Where the words of the anchor end in the cell, as a token; 0 where they are not there. AT_START: they must
 * begin it. */
static guint find_words(const struct tokens *cell, const struct tokens *words, bool at_start)
{
	for (guint at = 0; at + words->list->len <= cell->list->len && (at == 0 || !at_start); at++) {
		guint same = 0;
		while (same < words->list->len &&
		       strcmp(TOKEN(cell, at + same)->word, TOKEN(words, same)->word) == 0)
			same++;
		if (same == words->list->len)
			return at + same;
	}
	return 0;
}

static char *read_after(
    const struct layout *layout, const struct facts *facts, guint cell, guint end, enum kind kind)
{
	const char *text =
	    PAGE_CELL(facts->page, cell)->text + TOKEN(&facts->cells[cell].tokens, end - 1)->end;
	char *value = first_value(text, kind, layout->month_first);
	for (gint right = page_cell_right(facts->page, cell); value == NULL && right >= 0;
	     right = page_cell_right(facts->page, (guint)right))
		value = first_value(PAGE_CELL(facts->page, (guint)right)->text, kind, layout->month_first);
	return value;
}

static char *read_below(const struct layout *layout, const struct facts *facts, guint cell, enum kind kind)
{
	char *value = NULL;
	gint under = (gint)cell;
	for (int hop = 0; hop < HOPS_MAX && value == NULL; hop++) {
		under = page_cell_below(facts->page, (guint)under);
		if (under < 0)
			return NULL;
		value = first_value(PAGE_CELL(facts->page, (guint)under)->text, kind, layout->month_first);
	}
	return value;
}

static char *read_at(const struct layout *layout, const struct facts *facts,
    const struct layout_anchor *anchor, enum kind kind)
{
	for (guint cell = 0; cell < facts->page->cells->len; cell++) {
		const struct box *box = &PAGE_CELL(facts->page, cell)->box;
		if (abs(box->left / 100 - anchor->x) <= NEAR && abs(box->top / 100 - anchor->y) <= NEAR)
			return first_value(PAGE_CELL(facts->page, cell)->text, kind, layout->month_first);
	}
	return NULL;
}

static char *read_anchor(
    const struct layout *layout, const struct facts *facts, const struct layout_anchor *anchor)
{
	enum kind kind = kind_of(anchor->field);
	if (anchor->way == LAYOUT_AT)
		return read_at(layout, facts, anchor, kind);
	struct tokens words;
	tokens_init(&words, anchor->words);
	char *value = NULL;
	for (guint cell = 0; words.list->len > 0 && cell < facts->page->cells->len; cell++) {
		guint end = find_words(&facts->cells[cell].tokens, &words, anchor->words[0] == '^');
		if (end == 0)
			continue;
		char *here = anchor->way == LAYOUT_AFTER ? read_after(layout, facts, cell, end, kind)
							 : read_below(layout, facts, cell, kind);
		if (here == NULL)
			continue;
		g_free(value);
		value = here;
		if (!anchor->last)
			break;
	}
	tokens_clear(&words);
	return value;
}

char *layout_read(const struct layout *layout, const struct facts *facts, enum layout_field field)
{
	for (guint i = 0; i < layout->anchors->len; i++) {
		const struct layout_anchor *anchor = &g_array_index(layout->anchors, struct layout_anchor, i);
		char *value = anchor->field == field ? read_anchor(layout, facts, anchor) : NULL;
		if (value != NULL)
			return value;
	}
	return NULL;
}

/* Without spaces: an account number is written in groups, or not. */
static char *squeeze(const char *text)
{
	GString *squeezed = g_string_new(NULL);
	for (; *text != '\0'; text++)
		if (*text != ' ')
			g_string_append_c(squeezed, *text);
	return g_string_free(squeezed, FALSE);
}

static bool has_mark(const struct layout *layout, const struct facts *facts)
{
	bool found = false;
	for (guint line = 0; line < facts->page->cells->len && !found; line++) {
		char *text = squeeze(PAGE_CELL(facts->page, line)->text);
		for (guint i = 0; i < layout->marks->len && !found; i++) {
			char *mark = squeeze(g_ptr_array_index(layout->marks, i));
			found = strstr(text, mark) != NULL;
			g_free(mark);
		}
		g_free(text);
	}
	return found;
}

bool layout_recognises(const struct layout *layout, const struct facts *facts)
{
	if (!has_mark(layout, facts))
		return false;
	guint found = 0;
	for (guint i = 0; i < layout->anchors->len; i++) {
		char *value =
		    read_anchor(layout, facts, &g_array_index(layout->anchors, struct layout_anchor, i));
		found += value != NULL ? 1 : 0;
		g_free(value);
	}
	return found * 2 >= layout->anchors->len;
}

/* ---- into an invoice ---- */

static bool set_amount(const struct invoice *invoice, const char *text, struct money *field)
{
	return invoice->currency[0] != '\0' && money_parse(text, invoice->currency, field);
}

static bool set_text(char **field, const char *text)
{
	g_free(*field);
	*field = g_strdup(text);
	return true;
}

static bool set_field(struct invoice *invoice, enum layout_field field, const char *text)
{
	switch (field) {
	case LAYOUT_NUMBER:
		return set_text(&invoice->number, text);
	case LAYOUT_ISSUE_DATE:
		return date_parse(text, &invoice->issue_date);
	case LAYOUT_DUE_DATE:
		return date_parse(text, &invoice->due_date);
	case LAYOUT_TOTAL:
		return set_amount(invoice, text, &invoice->total);
	case LAYOUT_PAID:
		return set_amount(invoice, text, &invoice->paid);
	case LAYOUT_PAYABLE:
		return set_amount(invoice, text, &invoice->payable);
	case LAYOUT_TAX:
		return set_amount(invoice, text, &invoice->tax);
	case LAYOUT_ORDER_NUMBER:
		return set_text(&invoice->order_number, text);
	case LAYOUT_CONTRACT_NUMBER:
		return set_text(&invoice->contract_number, text);
	case LAYOUT_BUYER_REFERENCE:
		return set_text(&invoice->buyer_reference, text);
	case LAYOUT_PAYMENT_REFERENCE:
		return set_text(&invoice->payment_reference, text);
	default:
		return set_text(&invoice->buyer.name, text);
	}
}

bool layout_apply(const struct layout *layout, const struct facts *facts, struct invoice *invoice)
{
	bool set[LAYOUT_FIELD_COUNT] = {false};
	for (enum layout_field field = 0; field < LAYOUT_FIELD_COUNT; field++) {
		char *text = layout_read(layout, facts, field);
		set[field] = text != NULL && set_field(invoice, field, text);
		g_free(text);
	}
	if ((set[LAYOUT_DUE_DATE] || set[LAYOUT_PAYABLE]) && invoice->due_date != DATE_NONE &&
	    invoice->due_lines->len < 2) {
		g_array_set_size(invoice->due_lines, 0);
		structured_add_due_line(invoice, invoice->due_date, invoice->payable);
	}
	return set[LAYOUT_NUMBER] && !money_is_none(invoice->payable);
}

/* ---- teaching ---- */

static bool reads_all(struct layout *layout, const struct layout_anchor *anchor,
    const struct layout_sample *samples, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *want = samples[i].values[anchor->field];
		if (want == NULL)
			continue;
		char *have = read_anchor(layout, samples[i].facts, anchor);
		bool same = have != NULL && strcmp(have, want) == 0;
		g_free(have);
		if (!same)
			return false;
	}
	return true;
}

/* Takes the anchor with WORDS where it leads to the value on all samples, at the first place or at the last.
 */
static bool try_words(struct layout *layout, enum layout_field field, enum layout_way way, const char *words,
    const struct layout_sample *samples, size_t count)
{
	for (int last = 0; last < 2; last++) {
		struct layout_anchor anchor = {field, way, (char *)(uintptr_t)words, last == 1, 0, 0};
		if (!reads_all(layout, &anchor, samples, count))
			continue;
		anchor.words = g_strdup(words);
		g_array_append_val(layout->anchors, anchor);
		return true;
	}
	return false;
}

static bool has_digit(const char *text)
{
	return strpbrk(text, "0123456789") != NULL;
}

/*
 * The last words of TEXT up to END that have no digit and no quote, at most COUNT; NULL where there are none.
 * What stands behind them with digits is left out: "TVA 20 %".
 */
static char *last_words(const char *text, size_t end, int count)
{
	char *part = g_strndup(text, end);
	g_strchomp(part);
	char **words = g_strsplit(part, " ", -1);
	guint all = g_strv_length(words);
	while (all > 0 && (has_digit(words[all - 1]) || strpbrk(words[all - 1], "%(") != NULL))
		g_clear_pointer(&words[--all], g_free);
	guint first = all;
	while (first > 0 && (int)(all - first) < count && !has_digit(words[first - 1]) &&
	       strchr(words[first - 1], '"') == NULL)
		first--;
	char *taken = first < all ? g_strjoinv(" ", words + first) : NULL;
	g_strfreev(words);
	g_free(part);
	if (first == 0 && taken != NULL) {
		char *begins = g_strconcat("^", taken, NULL);
		g_free(taken);
		taken = begins;
	}
	while (taken != NULL && taken[0] != '\0' && strchr(" :.=", taken[strlen(taken) - 1]) != NULL)
		taken[strlen(taken) - 1] = '\0';
	struct tokens tokens;
	tokens_init(&tokens, taken != NULL ? taken : "");
	bool empty = tokens.list->len == 0;
	tokens_clear(&tokens);
	if (empty) {
		g_free(taken);
		return NULL;
	}
	return taken;
}

/* Longer words first: they are surer. */
static bool try_text(struct layout *layout, enum layout_field field, enum layout_way way, const char *text,
    size_t end, const struct layout_sample *samples, size_t count)
{
	for (int words = WORDS_MAX; words > 0; words--) {
		char *taken = last_words(text, end, words);
		bool good = taken != NULL && try_words(layout, field, way, taken, samples, count);
		g_free(taken);
		if (good)
			return true;
	}
	return false;
}

static bool try_left(struct layout *layout, enum layout_field field, guint cell, size_t offset,
    const struct layout_sample *samples, size_t count)
{
	const struct page *page = samples[0].facts->page;
	if (offset > 0)
		return try_text(
		    layout, field, LAYOUT_AFTER, PAGE_CELL(page, cell)->text, offset, samples, count);
	guint first = PAGE_LINE(page, PAGE_CELL(page, cell)->line)->first_cell;
	for (guint left = cell; left > first; left--) {
		const char *text = PAGE_CELL(page, left - 1)->text;
		if (try_text(layout, field, LAYOUT_AFTER, text, strlen(text), samples, count))
			return true;
	}
	return false;
}

/* Whichever cells lead down to the value's cell. */
static bool try_above(struct layout *layout, enum layout_field field, guint cell,
    const struct layout_sample *samples, size_t count)
{
	const struct page *page = samples[0].facts->page;
	for (guint above = cell; above > 0; above--) {
		gint under = (gint)above - 1;
		bool leads = false;
		for (int hop = 0; hop < HOPS_MAX && under >= 0 && !leads; hop++) {
			under = page_cell_below(page, (guint)under);
			leads = under == (gint)cell;
		}
		const char *text = PAGE_CELL(page, above - 1)->text;
		if (leads && try_text(layout, field, LAYOUT_BELOW, text, strlen(text), samples, count))
			return true;
	}
	return false;
}

static bool try_place(struct layout *layout, enum layout_field field, guint cell,
    const struct layout_sample *samples, size_t count)
{
	const struct box *box = &PAGE_CELL(samples[0].facts->page, cell)->box;
	struct layout_anchor anchor = {field, LAYOUT_AT, NULL, false, box->left / 100, box->top / 100};
	if (!reads_all(layout, &anchor, samples, count))
		return false;
	g_array_append_val(layout->anchors, anchor);
	return true;
}

enum { WAY_LEFT, WAY_ABOVE, WAY_PLACE, WAY_COUNT };

static bool try_way(struct layout *layout, enum layout_field field, guint cell, size_t offset,
    const struct layout_sample *samples, size_t count, int way)
{
	if (way == WAY_LEFT)
		return try_left(layout, field, cell, offset, samples, count);
	if (way == WAY_ABOVE)
		return try_above(layout, field, cell, samples, count);
	/* amounts stand below lines of goods, whose number changes */
	return offset == 0 && kind_of(field) != KIND_AMOUNT && try_place(layout, field, cell, samples, count);
}

/* The label that the house knows for a field; LABEL_COUNT: none. */
static enum label label_of(enum layout_field field)
{
	static const enum label labels[LAYOUT_FIELD_COUNT] = {
	    [LAYOUT_NUMBER] = LABEL_NUMBER,
	    [LAYOUT_ISSUE_DATE] = LABEL_ISSUE_DATE,
	    [LAYOUT_DUE_DATE] = LABEL_DUE_DATE,
	    [LAYOUT_TOTAL] = LABEL_TOTAL,
	    [LAYOUT_PAID] = LABEL_PAID,
	    [LAYOUT_PAYABLE] = LABEL_PAYABLE,
	    [LAYOUT_TAX] = LABEL_TAX,
	    [LAYOUT_ORDER_NUMBER] = LABEL_ORDER,
	    [LAYOUT_CONTRACT_NUMBER] = LABEL_CONTRACT,
	    [LAYOUT_BUYER_REFERENCE] = LABEL_BUYER_REFERENCE,
	    [LAYOUT_PAYMENT_REFERENCE] = LABEL_PAYMENT_REFERENCE,
	    [LAYOUT_BUYER_NAME] = LABEL_COUNT,
	};
	return labels[field];
}

/* Whether a label that means the field belongs to the value in CELL: of equal amounts the right one is meant.
 */
static bool is_labelled(const struct facts *facts, guint cell, enum layout_field field)
{
	for (guint i = 0; i < facts->found->len; i++)
		if (FACT(facts, i)->value_cell == cell && FACT(facts, i)->label == label_of(field))
			return true;
	return false;
}

/* Tries WAY at every place on the first sample where the value stands, until it succeeds; FOUND: whether
 * there is one. */
static bool at_every_place(struct layout *layout, enum layout_field field,
    const struct layout_sample *samples, size_t count, int way, bool labelled, bool *found)
{
	const struct page *page = samples[0].facts->page;
	enum kind kind = kind_of(field);
	for (guint cell = 0; cell < page->cells->len; cell++) {
		const char *text = PAGE_CELL(page, cell)->text;
		if (labelled && !is_labelled(samples[0].facts, cell, field))
			continue;
		for (const char *at = text; *at != '\0'; at += strcspn(at, " "), at += strspn(at, " ")) {
			char *value = scan_value(at, kind, layout->month_first);
			bool here = value != NULL && strcmp(value, samples[0].values[field]) == 0;
			g_free(value);
			if (!here)
				continue;
			*found = true;
			size_t offset = (size_t)(at - text);
			if (try_way(layout, field, cell, offset, samples, count, way))
				return true;
		}
	}
	return false;
}

static bool teach_field(struct layout *layout, enum layout_field field, const struct layout_sample *samples,
    size_t count, struct error *error)
{
	bool found = false;
	for (int labelled = 1; labelled >= 0; labelled--)
		for (int way = 0; way < WAY_COUNT; way++)
			if (at_every_place(layout, field, samples, count, way, labelled == 1, &found))
				return true;
	if (!found)
		return error_set(error, STATUS_DATA,
		    "%s: \"%s\" does not stand on the page of the first sample", layout_field_word(field),
		    samples[0].values[field]);
	return error_set(
	    error, STATUS_DATA, "%s: no words lead to it on all samples", layout_field_word(field));
}

static void add_mark(struct layout *layout, const char *text)
{
	if (text != NULL)
		g_ptr_array_add(layout->marks, g_strdup(text));
}

/* What tells the issuer: his numbers and addresses, that all samples have. */
static void find_marks(struct layout *layout, const struct layout_sample *samples, size_t count)
{
	struct invoice *invoice = invoice_new(INVOICE_SOURCE_PDF);
	parties_find(samples[0].facts, invoice);
	add_mark(layout, invoice->seller.vat_id);
	add_mark(layout, invoice->seller.legal_id);
	add_mark(layout, invoice->seller.email);
	add_mark(layout, invoice->iban->len > 0 ? g_ptr_array_index(invoice->iban, 0) : NULL);
	if (layout->marks->len == 0)
		add_mark(layout, invoice->seller.name);
	for (guint i = layout->marks->len; i > 0; i--) {
		struct layout alone = {.marks = g_ptr_array_new()};
		g_ptr_array_add(alone.marks, g_ptr_array_index(layout->marks, i - 1));
		bool everywhere = true;
		for (size_t sample = 0; sample < count; sample++)
			everywhere &= has_mark(&alone, samples[sample].facts);
		g_ptr_array_unref(alone.marks);
		if (!everywhere)
			g_ptr_array_remove_index(layout->marks, i - 1);
	}
	invoice_free(invoice);
}

static bool teach_all(
    struct layout *layout, const struct layout_sample *samples, size_t count, struct error *error)
{
	for (enum layout_field field = 0; field < LAYOUT_FIELD_COUNT; field++)
		if (samples[0].values[field] != NULL && !teach_field(layout, field, samples, count, error))
			return false;
	find_marks(layout, samples, count);
	if (layout->anchors->len == 0)
		return error_set(error, STATUS_DATA, "no field was given");
	if (layout->marks->len == 0)
		return error_set(error, STATUS_DATA, "nothing on the page tells whose invoice it is");
	return true;
}

bool layout_teach(const char *name, const struct layout_sample *samples, size_t count, struct layout **layout,
    struct error *error)
{
	/* dates day first, and where that does not fit, month first */
	for (int month_first = 0; month_first < 2; month_first++) {
		*layout = layout_new(name);
		(*layout)->month_first = month_first == 1;
		if (teach_all(*layout, samples, count, error))
			return true;
		layout_free(*layout);
		*layout = NULL;
	}
	return false;
}
