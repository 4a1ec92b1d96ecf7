/* Deriving a layout from examples. */
#include "base/base.h"
#include "document/layout.h"
#include "document/layout_words.h"
#include "document/parties.h"
#include "document/currency_find.h"
#include "document/sums.h"
#include "document/title.h"

enum {
	WORDS_MAX = 5, /* of an anchor, besides '*' */
	HOPS_MAX = 3,  /* cells below each other from the words to the value */
	VALUES_TRIED = 6,
};

/* What the search for the anchor of one field has at hand. */
struct search {
	struct layout *layout;
	const struct layout_sample *samples;
	size_t count;
	enum layout_field field;
	struct value_form form;
	GHashTable *variable; /* folded words of the first sample that other pages will not have */
	size_t first;	      /* the first sample with a value for the field */
	GHashTable *taken;    /* cells of the first sample that an amount was found in */
};

static const struct page *first_page(const struct search *search)
{
	return search->samples[search->first].facts->page;
}

static bool is_same(enum layout_kind kind, const char *have, const char *want)
{
	/* "-120,00" on a credit note is what somebody calls 120.00 */
	if (kind == LAYOUT_KIND_AMOUNT) {
		have += have[0] == '-' ? 1 : 0;
		want += want[0] == '-' ? 1 : 0;
	}
	return strcmp(have, want) == 0;
}

/* ---- an anchor on trial ---- */

static bool reads_all(const struct search *search, const struct layout_anchor *anchor)
{
	for (size_t i = 0; i < search->count; i++) {
		const char *want = search->samples[i].values[anchor->field];
		if (want == NULL)
			continue;
		struct layout_value have =
		    layout_read_anchor(search->layout, search->samples[i].facts, anchor);
		bool same = have.text != NULL && is_same(search->form.kind, have.text, want);
		g_free(have.text);
		if (!same)
			return false;
	}
	return true;
}

static bool take(const struct search *search, struct layout_anchor anchor)
{
	if (!reads_all(search, &anchor))
		return false;
	anchor.words = g_strdup(anchor.words);
	g_array_append_val(search->layout->anchors, anchor);
	return true;
}

/*
 * Takes the anchor with WORDS where it leads to the value on all samples. Of equal places the last one counts
 * for amounts (a sum stands below what is carried forward), else the first.
 */
static bool try_words(
    const struct search *search, enum layout_way way, const char *words, bool further_values)
{
	bool counts = search->form.kind == LAYOUT_KIND_AMOUNT || search->form.kind == LAYOUT_KIND_DATE;
	struct layout_anchor anchor = {.field = search->field,
	    .way = way,
	    .words = (char *)(uintptr_t)words,
	    .count = search->form.count};
	for (int turn = 0; turn < 2; turn++) {
		anchor.last = (turn == 0) == (search->form.kind == LAYOUT_KIND_AMOUNT);
		/* what stands below one row of a table stands below several rows in the next one: its sum
		 * does */
		bool column = way == LAYOUT_BELOW && search->form.kind == LAYOUT_KIND_AMOUNT;
		anchor.value = LAYOUT_VALUE_LAST;
		if (column && !further_values && take(search, anchor))
			return true;
		anchor.value = 0;
		if (!further_values) {
			if (take(search, anchor))
				return true;
			continue;
		}
		anchor.value = LAYOUT_VALUE_LAST;
		bool taken = counts && take(search, anchor);
		for (anchor.value = 2; counts && !taken && anchor.value <= VALUES_TRIED; anchor.value++)
			taken = take(search, anchor);
		if (taken)
			return true;
	}
	return false;
}

/* ---- words that lead to a value ---- */

static bool has_digit(const char *text)
{
	return strpbrk(text, "0123456789") != NULL;
}

static bool is_currency(const char *word)
{
	char currency[CURRENCY_SIZE];
	size_t length = strlen(word), skipped = strspn(word, "([");
	size_t used = currency_text_scan(word + skipped, length - skipped, currency);
	return used > 0 && strspn(word + skipped + used, ")].:") == length - skipped - used;
}

/* Nothing in it that could be looked for. */
static bool is_bare(const char *word)
{
	struct tokens tokens;
	tokens_init(&tokens, word);
	bool bare = tokens.list->len == 0;
	tokens_clear(&tokens);
	return bare;
}

/* Whether other pages have something else there. */
static bool is_variable(const struct search *search, const char *word)
{
	if (has_digit(word) || strpbrk(word, "\"*^") != NULL || is_currency(word))
		return true;
	struct tokens tokens;
	tokens_init(&tokens, word);
	bool variable = tokens.list->len > 0;
	for (guint i = 0; i < tokens.list->len; i++)
		variable &= g_hash_table_contains(search->variable, TOKEN(&tokens, i)->word);
	tokens_clear(&tokens);
	return variable;
}

/* Marks the words of PART (split at its spaces into WORDS) that belong to a date. */
static void mark_dates(const char *part, char **words, bool *variable)
{
	size_t at = 0, until = 0;
	for (guint i = 0; words[i] != NULL; i++) {
		struct date_text date;
		size_t used = date_text_scan(part + at, strlen(part + at), &date);
		until = MAX(until, at + used);
		variable[i] |= at < until;
		at += strlen(words[i]) + 1;
	}
}

/* Words from FIRST to END, with one '*' for what is variable; NULL where nothing else is there. */
static char *join(char **words, const bool *variable, guint first, guint end)
{
	bool at_start = first == 0 && !variable[0], star = false;
	GString *joined = g_string_new(at_start ? "^" : NULL);
	guint literals = 0;
	for (guint i = first; i < end; i++) {
		if (variable[i]) {
			star = literals > 0;
			continue;
		}
		if (literals > 0)
			g_string_append(joined, star ? " * " : " ");
		g_string_append(joined, words[i]);
		star = false;
		literals++;
	}
	while (joined->len > 0 && strchr(" :.=", joined->str[joined->len - 1]) != NULL)
		g_string_truncate(joined, joined->len - 1);
	return g_string_free(joined, literals == 0 || joined->len == 0 || is_bare(joined->str));
}

/*
 * The last words of TEXT up to END, at most COUNT besides what is variable; NULL where there are none. What
 * stands behind them with digits or in brackets is left out: "TVA 20 %", "Total (EUR)".
 */
static char *last_words(const struct search *search, const char *text, size_t end, int count)
{
	char *part = g_strndup(text, end);
	g_strchomp(part);
	char **words = g_strsplit(part, " ", -1);
	guint all = g_strv_length(words);
	bool *variable = g_new0(bool, all + 1);
	for (guint i = 0; i < all; i++)
		variable[i] = is_variable(search, words[i]);
	mark_dates(part, words, variable);
	while (all > 0 &&
	       (variable[all - 1] || strpbrk(words[all - 1], "%(") != NULL || is_bare(words[all - 1])))
		all--;
	guint first = all;
	for (int literals = 0; first > 0 && literals < count; first--)
		literals += variable[first - 1] ? 0 : 1;
	char *taken = first < all ? join(words, variable, first, all) : NULL;
	g_free(variable);
	g_strfreev(words);
	g_free(part);
	return taken;
}

/* Longer words first: they are surer. */
static bool try_text(
    const struct search *search, enum layout_way way, const char *text, size_t end, bool further_values)
{
	for (int words = WORDS_MAX; words > 0; words--) {
		char *taken = last_words(search, text, end, words);
		bool good = taken != NULL && try_words(search, way, taken, further_values);
		g_free(taken);
		if (good)
			return true;
	}
	return false;
}

/* ---- ways to a value ---- */

enum { WAY_LEFT, WAY_ABOVE, WAY_PLACE, WAY_COUNT };

static bool try_left(const struct search *search, guint cell, size_t offset, bool further_values)
{
	const struct page *page = first_page(search);
	const char *own = PAGE_CELL(page, cell)->text;
	if (offset > 0 && try_text(search, LAYOUT_AFTER, own, offset, further_values))
		return true;
	guint first = PAGE_LINE(page, PAGE_CELL(page, cell)->line)->first_cell;
	for (guint left = cell; left > first; left--) {
		const char *text = PAGE_CELL(page, left - 1)->text;
		if (try_text(search, LAYOUT_AFTER, text, strlen(text), further_values))
			return true;
	}
	return false;
}

/* Whichever cells lead down to the value's cell. */
static bool try_above(const struct search *search, guint cell, bool further_values)
{
	const struct page *page = first_page(search);
	for (guint above = cell; above > 0; above--) {
		gint under = (gint)above - 1;
		bool leads = false;
		for (int hop = 0; hop < HOPS_MAX && under >= 0 && !leads; hop++) {
			under = page_cell_below(page, (guint)under);
			leads = under == (gint)cell;
		}
		const char *text = PAGE_CELL(page, above - 1)->text;
		if (leads && try_text(search, LAYOUT_BELOW, text, strlen(text), further_values))
			return true;
	}
	return false;
}

static bool try_place(const struct search *search, guint cell)
{
	const struct box *box = &PAGE_CELL(first_page(search), cell)->box;
	return take(search, (struct layout_anchor){.field = search->field,
				.way = LAYOUT_AT,
				.count = search->form.count,
				.x = box->left / 100,
				.y = box->top / 100});
}

static bool try_way(const struct search *search, guint cell, size_t offset, int way, bool further_values)
{
	if (way == WAY_LEFT)
		return try_left(search, cell, offset, further_values);
	if (way == WAY_ABOVE)
		return try_above(search, cell, further_values);
	/* amounts stand below lines of goods, whose number changes */
	return offset == 0 && search->form.kind != LAYOUT_KIND_AMOUNT && try_place(search, cell);
}

/* ---- where the value stands ---- */

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

/* How surely a value in the cell is that of the field, by the labels that the house knows: of equal values
 * the right one is meant. */
enum standing { STANDS_OWN, STANDS_KIN, STANDS_FREE, STANDS_OTHER };

/* What stands beside a label: of a cell with a date and an amount each has its own. */
static enum layout_kind kind_of_label(enum label label)
{
	if (label >= LABEL_NET && label <= LABEL_OTHER_AMOUNT)
		return LAYOUT_KIND_AMOUNT;
	return label >= LABEL_ISSUE_DATE && label <= LABEL_TERMS ? LAYOUT_KIND_DATE : LAYOUT_KIND_NUMBER;
}

static enum standing standing_by(enum label label, enum layout_field field)
{
	enum label own = label_of(field);
	if (label == own)
		return STANDS_OWN;
	bool kin =
	    (own == LABEL_PAYABLE && label == LABEL_TOTAL) || (own == LABEL_TOTAL && label == LABEL_PAYABLE);
	if (kin)
		return STANDS_KIN;
	/* "With tax": a sum that is the total is no tax */
	bool sum = own == LABEL_PAYABLE || own == LABEL_TOTAL;
	return sum && label == LABEL_TAX ? STANDS_FREE : STANDS_OTHER;
}

/* The label beside a value says more than the heading of its column, and a sure one more than a weak one. */
static enum standing standing_of(const struct facts *facts, guint cell, enum layout_field field)
{
	enum standing standing = STANDS_FREE;
	int best = 0;
	for (guint i = 0; i < facts->found->len; i++) {
		const struct fact *fact = FACT(facts, i);
		int rank = (int)fact->relation * 10 + fact->strength;
		if (fact->value_cell != cell || rank < best ||
		    kind_of_label(fact->label) != layout_field_kind(field))
			continue;
		enum standing one = standing_by(fact->label, field);
		if (rank > best || one < standing)
			standing = one;
		best = rank;
	}
	return standing;
}

/* Whether the value stands at TEXT. */
static bool stands_at(const char *text, const struct value_form *form, const char *want)
{
	struct layout_value value;
	bool here = value_at(text, form, &value) && is_same(form->kind, value.text, want);
	g_free(value.text);
	return here;
}

/* The first word of TEXT at or behind OFFSET where the value stands; false where there is none. */
static bool find_in_cell(const char *text, const struct value_form *form, const char *want, size_t *offset)
{
	while (text[*offset] != '\0') {
		if (stands_at(text + *offset, form, want))
			return true;
		*offset += strcspn(text + *offset, " ");
		*offset += strspn(text + *offset, " ");
	}
	return false;
}

static bool stands_on(const struct facts *facts, const struct value_form *form, const char *want)
{
	for (guint cell = 0; cell < facts->page->cells->len; cell++) {
		size_t offset = 0;
		if (find_in_cell(PAGE_CELL(facts->page, cell)->text, form, want, &offset))
			return true;
	}
	return false;
}

/* Tries WAY at every place in the cell where the value stands. */
static bool in_cell(const struct search *search, guint cell, int way, bool further_values)
{
	const struct layout_sample *sample = &search->samples[search->first];
	const char *text = PAGE_CELL(sample->facts->page, cell)->text;
	const char *want = sample->values[search->field];
	for (size_t offset = 0; find_in_cell(text, &search->form, want, &offset);) {
		if (try_way(search, cell, offset, way, further_values))
			return true;
		offset += strcspn(text + offset, " ");
		offset += strspn(text + offset, " ");
	}
	return false;
}

/*
 * Where a value is looked for, in this order. What is the total and stands below it is to be paid. A total
 * that has its own label stands there; else it may have words that the house does not know, above the place
 * of what is to be paid, or none of its own.
 */
static const struct round {
	enum standing standing;
	bool taken;
	bool total; /* of totals, and only where tax is added */
	bool below; /* of what is to be paid, and only below the total */
} rounds[] = {
    {STANDS_OWN, false, false, false},
    {STANDS_OWN, true, false, false},
    {STANDS_FREE, false, false, true},
    {STANDS_KIN, false, false, false},
    {STANDS_FREE, false, true, false},
    {STANDS_KIN, true, false, false},
    {STANDS_FREE, false, false, false},
    {STANDS_FREE, true, false, false},
    {STANDS_OTHER, false, false, false},
    {STANDS_OTHER, true, false, false},
};

/* Whether the value stands in the cell, as far as the house knows so. */
static bool stands_in(const struct search *search, guint cell, enum standing standing)
{
	const struct layout_sample *sample = &search->samples[search->first];
	size_t offset = 0;
	return find_in_cell(PAGE_CELL(sample->facts->page, cell)->text, &search->form,
		   sample->values[search->field], &offset) &&
	       standing_of(sample->facts, cell, search->field) == standing;
}

/* The first cell behind the last total; all cells are where there is none. */
static guint behind_total(const struct search *search)
{
	guint cell = search->samples[search->first].facts->page->cells->len;
	guint cells = cell;
	while (cell > 0 && !stands_in(search, cell - 1, STANDS_KIN))
		cell--;
	return cell > 0 ? cell : cells;
}

/*
 * Tries WAY at every place of that standing; sums stand low on the page, so that amounts are looked for from
 * below. Of two equal sums each has its own place: those where another amount was found are TAKEN.
 */
static bool at_every_place(
    const struct search *search, int way, const struct round *round, bool further_values)
{
	guint cells = search->samples[search->first].facts->page->cells->len;
	guint first = round->below ? behind_total(search) : 0;
	for (guint i = 0; i < cells - first; i++) {
		guint cell = search->form.kind == LAYOUT_KIND_AMOUNT ? cells - 1 - i : i;
		if (g_hash_table_contains(search->taken, GUINT_TO_POINTER(cell)) != round->taken ||
		    !stands_in(search, cell, round->standing) || !in_cell(search, cell, way, further_values))
			continue;
		if (search->form.kind == LAYOUT_KIND_AMOUNT)
			g_hash_table_add(search->taken, GUINT_TO_POINTER(cell));
		return true;
	}
	return false;
}

/* Whether tax is added on the first sample: then no line of goods has the amount of the total. */
static bool adds_tax(const struct search *search)
{
	const struct facts *facts = search->samples[search->first].facts;
	const char *given = search->samples[search->first].values[LAYOUT_TAX];
	char currency[CURRENCY_SIZE];
	if (given != NULL)
		return strpbrk(given, "123456789") != NULL;
	currency_find(facts, currency);
	return sums_find(facts, currency, false).tax.minor != 0;
}

static bool find_anchor(const struct search *search)
{
	bool is_total = search->field == LAYOUT_TOTAL && adds_tax(search);
	for (size_t i = 0; i < ARRAY_LENGTH(rounds); i++) {
		const struct round *round = &rounds[i];
		if ((round->total && !is_total) || (round->below && search->field != LAYOUT_PAYABLE))
			continue;
		for (int further = 0; further < 2; further++)
			for (int way = 0; way < WAY_COUNT; way++)
				if (at_every_place(search, way, round, further == 1))
					return true;
	}
	return false;
}

/* ---- one field ---- */

size_t layout_values_on_page(const struct layout_sample *sample)
{
	size_t found = 0;
	for (enum layout_field field = 0; field < LAYOUT_FIELD_COUNT; field++) {
		struct value_form form = {.kind = layout_field_kind(field), .whole_amounts = true};
		const char *want = sample->values[field];
		found += want != NULL && stands_on(sample->facts, &form, want) ? 1 : 0;
	}
	return found;
}

static int count_words(const char *text)
{
	int count = 1;
	for (; *text != '\0'; text++)
		count += *text == ' ' ? 1 : 0;
	return count;
}

/* The sample on whose page the value does not stand; the number of samples: it stands on all. */
static size_t first_without(const struct search *search)
{
	for (size_t i = 0; i < search->count; i++) {
		const char *want = search->samples[i].values[search->field];
		if (want != NULL && !stands_on(search->samples[i].facts, &search->form, want))
			return i;
	}
	return search->count;
}

/* Looks at the values as they mostly are written, then as bare numbers and words: what is no amount by
 * itself, and what does not look like a number. */
static bool choose_form(struct search *search)
{
	search->form = value_form_of(search->layout, search->field, 0);
	if (first_without(search) == search->count)
		return true;
	struct value_form usual = search->form;
	if (usual.kind == LAYOUT_KIND_AMOUNT)
		search->form.whole_amounts = true;
	else if (usual.kind == LAYOUT_KIND_NUMBER) {
		int count = count_words(search->samples[search->first].values[search->field]);
		search->form.count = MIN(count, LAYOUT_WORDS_MOST);
	} else
		return false;
	if (first_without(search) == search->count) {
		search->layout->whole_amounts |= search->form.whole_amounts;
		return true;
	}
	search->form = usual;
	return false;
}

static bool teach_field(struct search *search, struct layout_trouble *trouble, struct error *error)
{
	if (!choose_form(search)) {
		size_t without = first_without(search);
		const struct layout_sample *sample = &search->samples[without];
		trouble->sample = without;
		trouble->nearest =
		    layout_nearest(sample->facts, &search->form, sample->values[search->field]);
		return error_set(error, STATUS_DATA, "%s: \"%s\" does not stand on the page",
		    layout_field_word(search->field), sample->values[search->field]);
	}
	trouble->sample = search->first;
	return find_anchor(search) ||
	       error_set(error, STATUS_DATA, "%s: no words lead to it%s", layout_field_word(search->field),
		   search->count > 1 ? " on all samples" : "");
}

/* What is to be paid stands below the total where both are equal, and so it is looked for first. */
static enum layout_field field_in_turn(enum layout_field turn)
{
	if (turn == LAYOUT_TOTAL)
		return LAYOUT_PAYABLE;
	return turn == LAYOUT_PAYABLE ? LAYOUT_TOTAL : turn;
}

static bool teach_fields(struct search *search, struct layout_trouble *trouble, struct error *error)
{
	for (enum layout_field turn = 0; turn < LAYOUT_FIELD_COUNT; turn++) {
		enum layout_field field = field_in_turn(turn);
		search->first = 0;
		while (search->first < search->count && search->samples[search->first].values[field] == NULL)
			search->first++;
		if (search->first == search->count)
			continue;
		search->field = trouble->field = field;
		if (!teach_field(search, trouble, error))
			return false;
	}
	trouble->field = LAYOUT_FIELD_COUNT;
	return search->layout->anchors->len > 0 || error_set(error, STATUS_DATA, "no field was given");
}

/* ---- the whole ---- */

/* The words of the customer's name: other pages have another one. */
static GHashTable *variable_words(const struct layout_sample *sample)
{
	GHashTable *words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	struct invoice *invoice = invoice_new(INVOICE_SOURCE_PDF);
	parties_find(sample->facts, invoice);
	const char *names[] = {invoice->buyer.name, sample->values[LAYOUT_BUYER_NAME]};
	for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
		struct tokens tokens;
		tokens_init(&tokens, names[i] != NULL ? names[i] : "");
		for (guint one = 0; one < tokens.list->len; one++)
			if (strlen(TOKEN(&tokens, one)->word) > 2)
				g_hash_table_add(words, g_strdup(TOKEN(&tokens, one)->word));
		tokens_clear(&tokens);
	}
	invoice_free(invoice);
	return words;
}

/* The currency that the samples have: kept where their pages do not tell it, or tell another. */
static void teach_currency(
    struct layout *layout, const struct layout_sample *samples, size_t count, const char *currency)
{
	for (size_t i = 0; i < count && currency[0] != '\0'; i++) {
		char found[CURRENCY_SIZE];
		currency_find(samples[i].facts, found);
		if (strcmp(found, currency) == 0)
			continue;
		memcpy(layout->currency, currency, CURRENCY_SIZE);
		layout->currency_always |= found[0] != '\0';
	}
}

/* An amount without a currency is none: the first that is given where the page does not tell it. */
static bool amounts_have_currency(const struct layout_sample *samples, size_t count, const char *currency,
    struct layout_trouble *trouble, struct error *error)
{
	for (size_t i = 0; i < count && currency[0] == '\0'; i++) {
		char found[CURRENCY_SIZE];
		currency_find(samples[i].facts, found);
		for (enum layout_field field = 0; found[0] == '\0' && field < LAYOUT_FIELD_COUNT; field++) {
			if (samples[i].values[field] == NULL ||
			    layout_field_kind(field) != LAYOUT_KIND_AMOUNT)
				continue;
			trouble->sample = i;
			trouble->field = field;
			return error_set(
			    error, STATUS_DATA, "the page names no currency: give it, as in currency=EUR");
		}
	}
	return true;
}

void layout_trouble_clear(struct layout_trouble *trouble)
{
	if (trouble->nearest != NULL)
		g_ptr_array_unref(trouble->nearest);
	*trouble = (struct layout_trouble){.field = LAYOUT_FIELD_COUNT};
}

bool layout_teach(const char *name, const struct layout_sample *samples, size_t count,
    const char *const *marks, size_t mark_count, const char *currency, struct layout **layout,
    struct layout_trouble *trouble, struct error *error)
{
	bool month_first = facts_month_first(samples[0].facts, currency), taught = false;
	enum label title = title_find(samples[0].facts);
	*trouble = (struct layout_trouble){.field = LAYOUT_FIELD_COUNT};
	*layout = NULL;
	if (!amounts_have_currency(samples, count, currency, trouble, error))
		return false;
	/* the order of the dates is that in which all fit; the error is of the first one */
	for (int turn = 0; turn < 2 && !taught; turn++) {
		struct layout_trouble second_trouble = {.field = LAYOUT_FIELD_COUNT};
		struct error second = {0};
		struct search search = {.layout = layout_new(name), .samples = samples, .count = count};
		search.variable = variable_words(&samples[0]);
		search.taken = g_hash_table_new(g_direct_hash, g_direct_equal);
		search.layout->month_first = (turn == 0) == month_first;
		search.layout->any_title =
		    title == LABEL_OTHER_TITLE || !title_names_invoice(samples[0].facts);
		search.layout->credit = title == LABEL_CREDIT_TITLE;
		taught = teach_fields(
			     &search, turn == 0 ? trouble : &second_trouble, turn == 0 ? error : &second) &&
			 layout_find_marks(search.layout, samples, count, search.variable, marks, mark_count,
			     turn == 0 ? error : &second);
		if (taught) {
			teach_currency(search.layout, samples, count, currency);
			*layout = search.layout;
		} else
			layout_free(search.layout);
		g_hash_table_unref(search.variable);
		g_hash_table_unref(search.taken);
		layout_trouble_clear(&second_trouble);
	}
	if (taught)
		layout_trouble_clear(trouble);
	return taught;
}
