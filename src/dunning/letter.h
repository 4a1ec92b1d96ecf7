/*
 * A reminder as a letter: PDF, A4, for a window envelope (DL; the window on the right in France, Belgium,
 * Luxembourg, Spain, Italy and Portugal, on the left after DIN 5008 form B elsewhere), page numbers, a table
 * with amounts to the right.
 */
#ifndef RELANCE_DUNNING_LETTER_H
#define RELANCE_DUNNING_LETTER_H

#include "dunning/plan.h"
#include "dunning/reminder.h"

/* What stands on it. Texts are UTF-8, lines separated by newlines. */
struct letter {
	const char *sender, *recipient; /* name and postal address */
	const char *date;		/* "Le 2 mars 2026" */
	const char *subject;
	const char *body; /* paragraphs with an empty line between them; MARK alone is the table's place */
	const char *mark;
	const char *table; /* rows of cells separated by tabs, "!" before a bold row; other lines are text
			      behind it */
	bool window_right;
	instant_t created_at; /* for the document's own date */
};

/* The PDF; free with g_bytes_unref. NULL with ERROR. */
GBytes *letter_render(const struct letter *letter, struct error *error);
/*
 * The letter for RECEIVABLE's next (or the named) STEP, with all that its mail would say. STATUS_NO, naming
 * what is missing, where it cannot be made: a postal address on either side, a rate of interest.
 */
GBytes *dunning_letter(struct ledger *ledger, const struct dunning_site *site,
    const struct receivable *receivable, const char *step, struct error *error);

#endif
