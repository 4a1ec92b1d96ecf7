#include "base/base.h"
#include "document/title.h"

enum { FIRST_LINES = 60 };

bool title_is_invoice(enum label label)
{
	return label == LABEL_TITLE || label == LABEL_CREDIT_TITLE || label == LABEL_PREPAYMENT_TITLE ||
	       label == LABEL_CORRECTIVE_TITLE;
}

enum label title_find(const struct facts *facts)
{
	enum label title = LABEL_COUNT;
	int32_t height = 0;
	for (guint cell = 0; cell < facts->page->cells->len; cell++) {
		const struct page_cell *one = PAGE_CELL(facts->page, cell);
		if (one->line > FIRST_LINES)
			break;
		const struct cell_facts *have = &facts->cells[cell];
		for (guint i = 0; i < have->labels->len; i++) {
			const struct label_match *match = &g_array_index(have->labels, struct label_match, i);
			/* "Avoir n° 12" is a title with its number */
			enum label label = match->label == LABEL_NUMBER
					       ? labels_title_at(&have->tokens, match->first)
					       : match->label;
			bool counts = title_is_invoice(label) || label == LABEL_OTHER_TITLE;
			/* a title stands first in its cell, and no sentence follows it */
			bool alone = match->end - match->first == have->tokens.list->len;
			counts &= match->strength == LABEL_STRONG || alone;
			if (!counts || match->first > 1 || have->tokens.list->len > 10)
				continue;
			int32_t its_height = one->box.bottom - one->box.top;
			if (its_height > height + height / 10) {
				height = its_height;
				title = label;
			}
		}
	}
	return title;
}

bool title_names_invoice(const struct facts *facts)
{
	for (guint cell = 0; cell < facts->page->cells->len; cell++)
		for (guint i = 0; i < facts->cells[cell].labels->len; i++) {
			enum label label =
			    g_array_index(facts->cells[cell].labels, struct label_match, i).label;
			if (label == LABEL_NUMBER || title_is_invoice(label))
				return true;
		}
	return false;
}
