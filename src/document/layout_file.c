/* The text form of a layout. */
#include "base/base.h"
#include "document/layout.h"

#include "document/fold.h"

enum { PLACE_MOST = 1000000, WORDS_BYTES_MOST = 200 };

static const char *const way_words[] = {
    [LAYOUT_AFTER] = "after", [LAYOUT_BELOW] = "below", [LAYOUT_AT] = "at"};

/* ---- writing ---- */

static void write_anchor(const struct layout_anchor *anchor, struct buffer *out)
{
	buffer_printf(out, "field %s %s ", layout_field_word(anchor->field), way_words[anchor->way]);
	if (anchor->way == LAYOUT_AT)
		buffer_printf(out, "%d %d", anchor->x, anchor->y);
	else
		buffer_printf(out, "%s\"%s\"", anchor->last ? "last " : "", anchor->words);
	if (anchor->value == LAYOUT_VALUE_LAST)
		buffer_append_text(out, " value last");
	else if (anchor->value > 1)
		buffer_printf(out, " value %d", anchor->value);
	if (anchor->count > 0)
		buffer_printf(out, " words %d", anchor->count);
	buffer_append_char(out, '\n');
}

void layout_write(const struct layout *layout, struct buffer *out)
{
	buffer_printf(out, "layout %s\n", layout->name);
	for (guint i = 0; i < layout->marks->len; i++)
		buffer_printf(out, "mark %s\n", (const char *)g_ptr_array_index(layout->marks, i));
	if (layout->month_first)
		buffer_append_text(out, "dates month-first\n");
	if (layout->whole_amounts)
		buffer_append_text(out, "amounts whole\n");
	if (layout->any_title)
		buffer_append_text(out, "titles any\n");
	if (layout->credit)
		buffer_append_text(out, "titles credit\n");
	if (layout->exact_payable)
		buffer_append_text(out, "payable exact\n");
	if (layout->currency[0] != '\0')
		buffer_printf(
		    out, "currency %s%s\n", layout->currency, layout->currency_always ? " always" : "");
	for (guint i = 0; i < layout->anchors->len; i++)
		write_anchor(&g_array_index(layout->anchors, struct layout_anchor, i), out);
}

/* ---- parsing ---- */

/* The first word of *REST, which moves behind it and the space; "" at the end. LINE is changed. */
static char *next_word(char **rest)
{
	char *word = *rest + strspn(*rest, " \t");
	char *end = word + strcspn(word, " \t");
	*rest = *end != '\0' ? end + 1 : end;
	*end = '\0';
	return word;
}

static bool parse_number(const char *word, int least, int most, int *number)
{
	char *end;
	gint64 value = g_ascii_strtoll(word, &end, 10);
	if (end == word || *end != '\0' || value < least || value > most)
		return false;
	*number = (int)value;
	return true;
}

static const char *parse_place(char **rest, struct layout_anchor *anchor)
{
	int32_t *places[] = {&anchor->x, &anchor->y};
	for (size_t i = 0; i < ARRAY_LENGTH(places); i++) {
		int number;
		if (!parse_number(next_word(rest), -PLACE_MOST, PLACE_MOST, &number))
			return "two numbers are expected";
		*places[i] = number;
	}
	return NULL;
}

/* Whether there is a word to look for besides '^' and '*'; "#" is one. */
static bool has_words(const char *text, const char *end)
{
	struct tokens tokens;
	char *part = g_strndup(text, (gsize)(end - text));
	tokens_init(&tokens, part);
	bool found = tokens.list->len > 0;
	tokens_clear(&tokens);
	g_free(part);
	return found;
}

/* What stands between the next two double quotes; *REST moves behind them. */
static const char *parse_words(char **rest, struct layout_anchor *anchor)
{
	char *start = *rest + strspn(*rest, " \t");
	if (g_str_has_prefix(start, "last ") || g_str_has_prefix(start, "last\t")) {
		anchor->last = true;
		start += strlen("last ");
		start += strspn(start, " \t");
	}
	char *end = *start == '"' ? strchr(start + 1, '"') : NULL;
	if (end == NULL || !has_words(start + 1, end))
		return "words in double quotes are expected";
	if (end - start > WORDS_BYTES_MOST)
		return "these are too many words";
	anchor->words = g_strndup(start + 1, (gsize)(end - start - 1));
	*rest = end + 1;
	return NULL;
}

static const char *parse_rest(char *rest, struct layout_anchor *anchor)
{
	for (const char *word = next_word(&rest); *word != '\0'; word = next_word(&rest)) {
		bool value = strcmp(word, "value") == 0;
		if (!value && strcmp(word, "words") != 0)
			return "value or words is expected behind the place";
		const char *number = next_word(&rest);
		if (value && strcmp(number, "last") == 0)
			anchor->value = LAYOUT_VALUE_LAST;
		else if (value && !parse_number(number, 1, LAYOUT_VALUE_MOST, &anchor->value))
			return "value is followed by a number from 1 to 9, or by last";
		else if (!value && !parse_number(number, 1, LAYOUT_WORDS_MOST, &anchor->count))
			return "words is followed by a number from 1 to 6";
	}
	enum layout_kind kind = layout_field_kind(anchor->field);
	if (anchor->count > 0 && kind != LAYOUT_KIND_NUMBER)
		return "words is for numbers only";
	return NULL;
}

static const char *parse_anchor(char *rest, struct layout_anchor *anchor)
{
	if (!layout_field_from_word(next_word(&rest), &anchor->field))
		return "no such field";
	const char *way = next_word(&rest);
	size_t index = 0;
	while (index < ARRAY_LENGTH(way_words) && strcmp(way_words[index], way) != 0)
		index++;
	if (index == ARRAY_LENGTH(way_words))
		return "after, below or at is expected";
	anchor->way = (enum layout_way)index;
	const char *wrong =
	    anchor->way == LAYOUT_AT ? parse_place(&rest, anchor) : parse_words(&rest, anchor);
	return wrong != NULL ? wrong : parse_rest(rest, anchor);
}

static const char *parse_field(char *rest, struct layout *layout)
{
	struct layout_anchor anchor = {0};
	const char *wrong = layout->anchors->len == LAYOUT_ANCHORS_MOST ? "these are too many fields"
									: parse_anchor(rest, &anchor);
	if (wrong != NULL)
		g_free(anchor.words);
	else
		g_array_append_val(layout->anchors, anchor);
	return wrong;
}

static const char *parse_name(char *rest, struct layout *layout)
{
	if (layout->name != NULL)
		return "the layout has a name already";
	if (!layout_name_is_good(rest))
		return "a name has letters, digits, '-', '_' and '.', at most 64";
	layout->name = g_strdup(rest);
	return NULL;
}

static const char *parse_mark(char *rest, struct layout *layout)
{
	if (!has_words(rest, rest + strlen(rest)) || g_utf8_strlen(rest, -1) < 4)
		return "a mark has at least four characters";
	if (layout->marks->len == LAYOUT_MARKS_MOST)
		return "these are too many marks";
	g_ptr_array_add(layout->marks, g_strdup(rest));
	return NULL;
}

static const char *parse_currency(char *rest, struct layout *layout)
{
	const char *code = next_word(&rest), *always = next_word(&rest);
	if (!currency_set(layout->currency, code))
		return "a currency by ISO 4217 is expected";
	layout->currency_always = strcmp(always, "always") == 0;
	if ((*always != '\0' && !layout->currency_always) || *next_word(&rest) != '\0')
		return "only always may follow the currency";
	return NULL;
}

/* A line that says one word: what is true of all pages. */
static const char *parse_switch(const char *rest, const char *expected, const char *complaint, bool *field)
{
	if (strcmp(rest, expected) != 0)
		return complaint;
	*field = true;
	return NULL;
}

/* What is wrong with the line, a literal, or NULL. */
static const char *parse_line(char *line, struct layout *layout)
{
	g_strstrip(line);
	if (line[0] == '\0' || line[0] == '#')
		return NULL;
	char *rest = line;
	const char *word = next_word(&rest);
	g_strstrip(rest);
	if (strcmp(word, "layout") == 0)
		return parse_name(rest, layout);
	if (strcmp(word, "mark") == 0)
		return parse_mark(rest, layout);
	if (strcmp(word, "field") == 0)
		return parse_field(rest, layout);
	if (strcmp(word, "currency") == 0)
		return parse_currency(rest, layout);
	if (strcmp(word, "dates") == 0)
		return parse_switch(
		    rest, "month-first", "dates month-first is expected", &layout->month_first);
	if (strcmp(word, "amounts") == 0)
		return parse_switch(rest, "whole", "amounts whole is expected", &layout->whole_amounts);
	if (strcmp(word, "titles") == 0 && strcmp(rest, "credit") == 0)
		return parse_switch(rest, "credit", NULL, &layout->credit);
	if (strcmp(word, "titles") == 0)
		return parse_switch(rest, "any", "titles any or credit is expected", &layout->any_title);
	if (strcmp(word, "payable") == 0)
		return parse_switch(rest, "exact", "payable exact is expected", &layout->exact_payable);
	return "layout, mark, field, currency, dates, amounts, payable or titles is expected";
}

bool layout_parse(const char *text, struct layout **out, struct error *error)
{
	if (!g_utf8_validate(text, -1, NULL))
		return error_set(error, STATUS_DATA, "1: a layout is UTF-8 text");
	struct layout *layout = layout_new(NULL);
	const char *wrong = NULL;
	guint number = 0;
	while (*text != '\0' && wrong == NULL) {
		size_t length = strcspn(text, "\n");
		char *line = g_strndup(text, length);
		number++;
		wrong = parse_line(line, layout);
		g_free(line);
		text += length + (text[length] == '\n' ? 1 : 0);
	}
	if (wrong == NULL && (layout->name == NULL || layout->marks->len == 0 || layout->anchors->len == 0))
		wrong = "a layout needs a name, a mark and a field";
	if (wrong != NULL) {
		layout_free(layout);
		return error_set(error, STATUS_DATA, "%u: %s", MAX(number, 1), wrong);
	}
	*out = layout;
	return true;
}
