#include "base/base.h"
#include "document/layout_words.h"

enum {
	GAP_MAX = 8,	/* words that '*' stands for */
	SCAN_MAX = 160, /* bytes; no value is longer */
};

/* ---- words ---- */

void anchor_words_init(struct anchor_words *words, const char *text)
{
	words->runs = g_array_new(FALSE, FALSE, sizeof(struct tokens));
	words->at_start = text[0] == '^';
	char **parts = g_strsplit(text, "*", -1);
	for (guint i = 0; parts[i] != NULL; i++) {
		struct tokens run;
		tokens_init(&run, parts[i]);
		g_array_append_val(words->runs, run);
	}
	g_strfreev(parts);
}

void anchor_words_clear(struct anchor_words *words)
{
	for (guint i = 0; i < words->runs->len; i++)
		tokens_clear(&g_array_index(words->runs, struct tokens, i));
	g_array_unref(words->runs);
}

/* "N." is folded to "no" where a number follows, as in the cell; among the words alone none does. */
static bool is_same_word(const char *wanted, const char *have)
{
	return strcmp(wanted, have) == 0 || (strcmp(wanted, "n") == 0 && strcmp(have, "no") == 0);
}

/* Whether RUN stands in the cell from the token AT on. */
static bool stands_at(const struct tokens *run, const struct tokens *cell, guint at)
{
	if (at + run->list->len > cell->list->len)
		return false;
	for (guint i = 0; i < run->list->len; i++)
		if (!is_same_word(TOKEN(run, i)->word, TOKEN(cell, at + i)->word))
			return false;
	return true;
}

/* The end of all runs where the first one begins at AT; 0: they do not follow each other there. */
static guint follow(const struct anchor_words *words, const struct tokens *cell, guint at)
{
	for (guint i = 0; i < words->runs->len; i++) {
		const struct tokens *run = &g_array_index(words->runs, struct tokens, i);
		guint most = i == 0 ? at : MIN(at + GAP_MAX, cell->list->len);
		if (i > 0 && run->list->len > 0)
			at++; /* '*' stands for one word at least */
		while (at < most && !stands_at(run, cell, at))
			at++;
		if (!stands_at(run, cell, at))
			return 0;
		at += run->list->len;
	}
	return at;
}

guint anchor_words_find(const struct anchor_words *words, const struct tokens *cell)
{
	for (guint at = 0; at < cell->list->len && (at == 0 || !words->at_start); at++) {
		guint end = follow(words, cell, at);
		if (end > 0)
			return end;
	}
	return 0;
}

/* ---- values ---- */

struct value_form value_form_of(const struct layout *layout, enum layout_field field, int count)
{
	return (struct value_form){.kind = layout_field_kind(field),
	    .count = count,
	    .month_first = layout->month_first,
	    .whole_amounts = layout->whole_amounts};
}

/* "1188.5" for 1.188,50: a point, no zeros at the end. */
static char *amount_normal(const struct amount_text *amount)
{
	int64_t digits = amount->digits < 0 ? -amount->digits : amount->digits, scale = 1;
	int decimals = amount->decimals;
	for (; decimals > 0 && digits % 10 == 0; decimals--)
		digits /= 10;
	for (int i = 0; i < decimals; i++)
		scale *= 10;
	const char *sign = amount->digits < 0 ? "-" : "";
	if (decimals == 0)
		return g_strdup_printf("%s%" G_GINT64_FORMAT, sign, digits);
	return g_strdup_printf(
	    "%s%" G_GINT64_FORMAT ".%0*" G_GINT64_FORMAT, sign, digits / scale, decimals, digits % scale);
}

/* The first COUNT words, without punctuation at the end; NULL where there are fewer. */
static char *first_words(const char *text, int count)
{
	const char *end = text;
	for (int i = 0; i < count; i++) {
		end += strspn(end, " ");
		if (*end == '\0')
			return NULL;
		end += strcspn(end, " ");
	}
	char *taken = g_strndup(text, (gsize)(end - text));
	size_t length = strlen(taken);
	while (length > 0 && strchr(".,;:", taken[length - 1]) != NULL)
		taken[--length] = '\0';
	if (length == 0)
		g_clear_pointer(&taken, g_free);
	return taken;
}

/* A number is looked for in the first words only: they are all that it can be made of. */
static char *number_at(const char *text, int count)
{
	size_t length = strlen(text);
	if (length > SCAN_MAX) {
		length = SCAN_MAX;
		while (length > 0 && text[length] != ' ')
			length--;
	}
	char *head = g_strndup(text, length);
	char *number = count > 0 ? first_words(head, count) : document_number_scan(head);
	g_free(head);
	return number;
}

bool value_at(const char *text, const struct value_form *form, struct layout_value *value)
{
	struct date_text date;
	size_t length = strnlen(text, SCAN_MAX);
	*value = (struct layout_value){0};
	switch (form->kind) {
	case LAYOUT_KIND_DATE:
		if (date_text_scan(text, length, &date) == 0)
			return false;
		char day[DATE_TEXT_SIZE];
		bool swaps = form->month_first && date.swapped != DATE_NONE;
		value->text = g_strdup(date_format(swaps ? date.swapped : date.date, day));
		return true;
	case LAYOUT_KIND_AMOUNT:
		if (amount_text_scan(text, length, &value->amount) == 0 || value->amount.percent ||
		    !(value->amount.marked || form->whole_amounts))
			return false;
		value->text = amount_normal(&value->amount);
		return true;
	case LAYOUT_KIND_NUMBER:
		value->text = number_at(text, form->count);
		return value->text != NULL;
	default:
		value->text = *text != '\0' ? g_strdup(text) : NULL;
		return value->text != NULL;
	}
}

bool value_next(const char **at, const struct value_form *form, struct layout_value *value)
{
	const char *text = *at + strspn(*at, " :.=-#");
	if (form->kind == LAYOUT_KIND_NUMBER || form->kind == LAYOUT_KIND_TEXT) {
		*at += strlen(*at);
		return value_at(text, form, value);
	}
	/* "-12,00": its sign may stand before it; "- 12,00" is no negative amount */
	if (text > *at && text[-1] == '-' && g_ascii_isdigit(*text))
		text--;
	while (*text != '\0') {
		bool found = value_at(text, form, value);
		size_t used = 0;
		struct amount_text amount;
		struct date_text date;
		if (found && form->kind == LAYOUT_KIND_AMOUNT)
			used = amount_text_scan(text, strnlen(text, SCAN_MAX), &amount);
		else if (found)
			used = date_text_scan(text, strnlen(text, SCAN_MAX), &date);
		text += used;
		text += strcspn(text, " ");
		text += strspn(text, " ");
		*at = text;
		if (found)
			return true;
	}
	*at = text;
	return false;
}

/* One space between the words, none around them. */
static char *squash(const char *text)
{
	GString *squashed = g_string_new(NULL);
	for (const char *at = text + strspn(text, " \t"); *at != '\0'; at += strspn(at, " \t")) {
		size_t length = strcspn(at, " \t");
		if (squashed->len > 0)
			g_string_append_c(squashed, ' ');
		g_string_append_len(squashed, at, (gssize)length);
		at += length;
	}
	return g_string_free(squashed, FALSE);
}

static char *normal_date(const char *text)
{
	struct date_text date;
	date_t day;
	char formatted[DATE_TEXT_SIZE];
	if (date_parse(text, &day))
		return g_strdup(date_format(day, formatted));
	/* "03/04/2026" is two days */
	if (date_text_scan(text, strlen(text), &date) != strlen(text) || date.swapped != DATE_NONE)
		return NULL;
	return g_strdup(date_format(date.date, formatted));
}

static char *normal_amount(const char *text)
{
	struct amount_text amount;
	if (amount_text_scan(text, strlen(text), &amount) != strlen(text) || amount.percent)
		return NULL;
	/* "1.188" is two amounts */
	return amount.one_mark ? NULL : amount_normal(&amount);
}

char *layout_value_normal(enum layout_field field, const char *text)
{
	char *squashed = g_utf8_validate(text, -1, NULL) ? squash(text) : NULL, *normal = squashed;
	if (squashed == NULL || *squashed == '\0')
		normal = NULL;
	else if (layout_field_kind(field) == LAYOUT_KIND_DATE)
		normal = normal_date(squashed);
	else if (layout_field_kind(field) == LAYOUT_KIND_AMOUNT)
		normal = normal_amount(squashed);
	if (normal != squashed)
		g_free(squashed);
	return normal;
}
