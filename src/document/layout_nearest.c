/* What a page has in the place of a value that it has not. */
#include "base/base.h"
#include "document/layout.h"
#include "document/layout_words.h"

enum {
	NEAREST_MAX = 3,   /* values to name */
	LISTED_MAX = 2000, /* values that are compared */
	KEY_MAX = 60,	   /* letters of a number that are compared */
	PART_MIN = 3,	   /* fewer are a part of anything */
};

struct near {
	char *text;
	int64_t distance;
};

static gint compare_near(gconstpointer a, gconstpointer b)
{
	const struct near *one = a, *other = b;
	return (one->distance > other->distance) - (one->distance < other->distance);
}

/* Letters and digits alone, small: what of a number is the same in every way of writing it. */
static char *key_of(const char *text)
{
	GString *key = g_string_new(NULL);
	for (; *text != '\0' && key->len < KEY_MAX; text++)
		if (g_ascii_isalnum(*text))
			g_string_append_c(key, g_ascii_tolower(*text));
	return g_string_free(key, FALSE);
}

/* How many letters must be put in, left out or changed (Levenshtein). */
static int64_t edits(const char *have, const char *want)
{
	size_t width = strlen(want);
	int64_t row[KEY_MAX + 1];
	for (size_t j = 0; j <= width; j++)
		row[j] = (int64_t)j;
	for (size_t i = 0; have[i] != '\0'; i++) {
		int64_t corner = row[0];
		row[0] = (int64_t)i + 1;
		for (size_t j = 0; j < width; j++) {
			int64_t above = row[j + 1];
			row[j + 1] = MIN(MIN(above, row[j]) + 1, corner + (have[i] != want[j]));
			corner = above;
		}
	}
	return row[width];
}

/* The letters that differ, in thousandths of the longer number: else a short one is near to everything. One
 * that is a part of the other comes first. */
static int64_t number_distance(const char *have, const char *want)
{
	char *one = key_of(have), *other = key_of(want);
	int64_t longer = (int64_t)MAX(MAX(strlen(one), strlen(other)), 1);
	bool part = MIN(strlen(one), strlen(other)) >= PART_MIN &&
		    (strstr(one, other) != NULL || strstr(other, one) != NULL);
	int64_t distance = edits(one, other) * 1000 / longer;
	if (strpbrk(other, "0123456789") != NULL && strpbrk(one, "0123456789") == NULL)
		distance += 1000;
	g_free(one);
	g_free(other);
	return part ? distance / 2 : distance;
}

/* How unlike two values are: days, money, or letters that differ. */
static int64_t distance(enum layout_kind kind, const char *have, const char *want)
{
	date_t one, other;
	if (kind == LAYOUT_KIND_DATE && date_parse(have, &one) && date_parse(want, &other))
		return abs(one - other);
	struct money amount, wanted;
	if (kind == LAYOUT_KIND_AMOUNT && money_parse_rounding(have, "EUR", &amount) &&
	    money_parse_rounding(want, "EUR", &wanted))
		return llabs(amount.minor - wanted.minor);
	return number_distance(have, want);
}

static bool is_listed(const GArray *list, const char *text)
{
	for (guint i = 0; i < list->len; i++)
		if (strcmp(g_array_index(list, struct near, i).text, text) == 0)
			return true;
	return false;
}

GPtrArray *layout_nearest(const struct facts *facts, const struct value_form *form, const char *want)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct near));
	for (guint cell = 0; cell < facts->page->cells->len; cell++) {
		const char *text = PAGE_CELL(facts->page, cell)->text;
		for (; *text != '\0'; text += strcspn(text, " "), text += strspn(text, " ")) {
			struct layout_value value;
			if (!value_at(text, form, &value))
				continue;
			struct near one = {value.text, distance(form->kind, value.text, want)};
			if (list->len == LISTED_MAX || is_listed(list, value.text))
				g_free(value.text);
			else
				g_array_append_val(list, one);
		}
	}
	g_array_sort(list, compare_near);
	GPtrArray *nearest = g_ptr_array_new_with_free_func(g_free);
	for (guint i = 0; i < list->len; i++) {
		char *text = g_array_index(list, struct near, i).text;
		if (i < NEAREST_MAX)
			g_ptr_array_add(nearest, text);
		else
			g_free(text);
	}
	g_array_unref(list);
	return nearest;
}
