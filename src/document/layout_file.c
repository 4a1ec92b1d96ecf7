/* The text form of a layout. */
#include "base/base.h"
#include "document/layout.h"

static const char *const field_words[] = {
    [LAYOUT_NUMBER] = "number",
    [LAYOUT_ISSUE_DATE] = "issue_date",
    [LAYOUT_DUE_DATE] = "due_date",
    [LAYOUT_TOTAL] = "total",
    [LAYOUT_PAID] = "paid",
    [LAYOUT_PAYABLE] = "payable",
    [LAYOUT_TAX] = "tax",
    [LAYOUT_ORDER_NUMBER] = "order_number",
    [LAYOUT_CONTRACT_NUMBER] = "contract_number",
    [LAYOUT_BUYER_REFERENCE] = "buyer_reference",
    [LAYOUT_PAYMENT_REFERENCE] = "payment_reference",
    [LAYOUT_BUYER_NAME] = "buyer_name",
};

static const char *const way_words[] = {
    [LAYOUT_AFTER] = "after", [LAYOUT_BELOW] = "below", [LAYOUT_AT] = "at"};

const char *layout_field_word(enum layout_field field)
{
	return field_words[field];
}

bool layout_field_from_word(const char *word, enum layout_field *field)
{
	for (size_t i = 0; i < ARRAY_LENGTH(field_words); i++)
		if (strcmp(field_words[i], word) == 0) {
			*field = (enum layout_field)i;
			return true;
		}
	return false;
}

static void write_anchor(const struct layout_anchor *anchor, struct buffer *out)
{
	buffer_printf(out, "field %s %s ", field_words[anchor->field], way_words[anchor->way]);
	if (anchor->way == LAYOUT_AT)
		buffer_printf(out, "%d %d\n", anchor->x, anchor->y);
	else
		buffer_printf(out, "%s\"%s\"\n", anchor->last ? "last " : "", anchor->words);
}

void layout_write(const struct layout *layout, struct buffer *out)
{
	buffer_printf(out, "layout %s\n", layout->name);
	for (guint i = 0; i < layout->marks->len; i++)
		buffer_printf(out, "mark %s\n", (const char *)g_ptr_array_index(layout->marks, i));
	if (layout->month_first)
		buffer_append_text(out, "dates month-first\n");
	for (guint i = 0; i < layout->anchors->len; i++)
		write_anchor(&g_array_index(layout->anchors, struct layout_anchor, i), out);
}

/* The first word of *REST, which moves behind it and the space; "" at the end. LINE is changed. */
static char *next_word(char **rest)
{
	char *word = *rest + strspn(*rest, " \t");
	char *end = word + strcspn(word, " \t");
	*rest = *end != '\0' ? end + 1 : end;
	*end = '\0';
	return word;
}

/* What stands between two double quotes; NULL where that is not all. */
static char *quoted(char *text)
{
	text += strspn(text, " \t");
	size_t length = strlen(text);
	if (length < 3 || text[0] != '"' || text[length - 1] != '"')
		return NULL;
	return g_strndup(text + 1, length - 2);
}

static bool parse_place(char *rest, struct layout_anchor *anchor)
{
	int32_t *places[] = {&anchor->x, &anchor->y};
	for (size_t i = 0; i < ARRAY_LENGTH(places); i++) {
		char *word = next_word(&rest), *end;
		gint64 number = g_ascii_strtoll(word, &end, 10);
		if (end == word || *end != '\0' || number < -100000 || number > 100000)
			return false;
		*places[i] = (int32_t)number;
	}
	return *next_word(&rest) == '\0';
}

static const char *parse_field(char *rest, struct layout *layout)
{
	struct layout_anchor anchor = {0};
	if (!layout_field_from_word(next_word(&rest), &anchor.field))
		return "no such field";
	const char *way = next_word(&rest);
	size_t index = 0;
	while (index < ARRAY_LENGTH(way_words) && strcmp(way_words[index], way) != 0)
		index++;
	if (index == ARRAY_LENGTH(way_words))
		return "after, below or at is expected";
	anchor.way = (enum layout_way)index;
	if (anchor.way == LAYOUT_AT) {
		if (!parse_place(rest, &anchor))
			return "two numbers are expected";
	} else {
		rest += strspn(rest, " \t");
		if (g_str_has_prefix(rest, "last ")) {
			anchor.last = true;
			rest += strlen("last ");
		}
		anchor.words = quoted(rest);
		if (anchor.words == NULL)
			return "words in double quotes are expected";
	}
	g_array_append_val(layout->anchors, anchor);
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
	if (strcmp(word, "layout") == 0 && layout->name == NULL && rest[0] != '\0')
		layout->name = g_strdup(rest);
	else if (strcmp(word, "mark") == 0 && rest[0] != '\0')
		g_ptr_array_add(layout->marks, g_strdup(rest));
	else if (strcmp(word, "dates") == 0 && strcmp(rest, "month-first") == 0)
		layout->month_first = true;
	else if (strcmp(word, "field") == 0)
		return parse_field(rest, layout);
	else
		return "layout NAME, mark TEXT, dates month-first or field is expected";
	return NULL;
}

bool layout_parse(const char *text, struct layout **out, struct error *error)
{
	if (!g_utf8_validate(text, -1, NULL))
		return error_set(error, STATUS_DATA, "a layout is UTF-8 text");
	struct layout *layout = layout_new(NULL);
	char **lines = g_strsplit(text, "\n", -1);
	bool good = true;
	for (guint i = 0; lines[i] != NULL && good; i++) {
		const char *wrong = parse_line(lines[i], layout);
		if (wrong != NULL)
			good = error_set(error, STATUS_DATA, "line %u: %s", i + 1, wrong);
	}
	g_strfreev(lines);
	if (good && (layout->name == NULL || layout->marks->len == 0))
		good = error_set(error, STATUS_DATA, "a layout needs a name and at least one mark");
	if (!good) {
		layout_free(layout);
		return false;
	}
	*out = layout;
	return true;
}
