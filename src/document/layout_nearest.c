/* What a page has in the place of a value that it has not. */
#include "base/base.h"
#include "document/layout.h"
#include "document/layout_words.h"

enum {
	NEAREST_MAX = 3,   /* values to name */
	LISTED_MAX = 2000, /* values that are compared */
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
	size_t front = 0, back = 0, have_length = strlen(have), want_length = strlen(want);
	while (front < MIN(have_length, want_length) && have[front] == want[front])
		front++;
	while (back < MIN(have_length, want_length) - front &&
	       have[have_length - 1 - back] == want[want_length - 1 - back])
		back++;
	return (int64_t)(MAX(have_length, want_length) - front - back);
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
