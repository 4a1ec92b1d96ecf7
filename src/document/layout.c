#include "base/base.h"
#include "document/layout.h"

static const struct {
	const char *word;
	enum layout_kind kind;
} fields[LAYOUT_FIELD_COUNT] = {
    [LAYOUT_NUMBER] = {"number", LAYOUT_KIND_NUMBER},
    [LAYOUT_ISSUE_DATE] = {"issue_date", LAYOUT_KIND_DATE},
    [LAYOUT_DUE_DATE] = {"due_date", LAYOUT_KIND_DATE},
    [LAYOUT_TOTAL] = {"total", LAYOUT_KIND_AMOUNT},
    [LAYOUT_PAID] = {"paid", LAYOUT_KIND_AMOUNT},
    [LAYOUT_PAYABLE] = {"payable", LAYOUT_KIND_AMOUNT},
    [LAYOUT_TAX] = {"tax", LAYOUT_KIND_AMOUNT},
    [LAYOUT_ORDER_NUMBER] = {"order_number", LAYOUT_KIND_NUMBER},
    [LAYOUT_CONTRACT_NUMBER] = {"contract_number", LAYOUT_KIND_NUMBER},
    [LAYOUT_BUYER_REFERENCE] = {"buyer_reference", LAYOUT_KIND_NUMBER},
    [LAYOUT_PAYMENT_REFERENCE] = {"payment_reference", LAYOUT_KIND_NUMBER},
    [LAYOUT_BUYER_NAME] = {"buyer_name", LAYOUT_KIND_TEXT},
};

const char *layout_field_word(enum layout_field field)
{
	return fields[field].word;
}

bool layout_field_from_word(const char *word, enum layout_field *field)
{
	for (size_t i = 0; i < ARRAY_LENGTH(fields); i++)
		if (strcmp(fields[i].word, word) == 0) {
			*field = (enum layout_field)i;
			return true;
		}
	return false;
}

enum layout_kind layout_field_kind(enum layout_field field)
{
	return fields[field].kind;
}

static void clear_anchor(gpointer data)
{
	g_free(((struct layout_anchor *)data)->words);
}

struct layout *layout_new(const char *name)
{
	struct layout *layout = g_new0(struct layout, 1);
	layout->name = g_strdup(name);
	layout->marks = g_ptr_array_new_with_free_func(g_free);
	layout->anchors = g_array_new(FALSE, FALSE, sizeof(struct layout_anchor));
	g_array_set_clear_func(layout->anchors, clear_anchor);
	return layout;
}

void layout_free(struct layout *layout)
{
	if (layout == NULL)
		return;
	g_array_unref(layout->anchors);
	g_ptr_array_unref(layout->marks);
	g_free(layout->name);
	g_free(layout);
}

bool layout_name_is_good(const char *name)
{
	size_t length = strlen(name);
	if (length == 0 || length > 64 || name[0] == '.' || name[0] == '-')
		return false;
	for (; *name != '\0'; name++)
		if (!g_ascii_isalnum(*name) && strchr("-_.", *name) == NULL)
			return false;
	return true;
}
