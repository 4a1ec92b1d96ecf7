/*
 * A reminder as a letter: PDF, A4, for a window envelope (DL). In France, Belgium, Luxembourg, Spain, Italy
 * and Portugal the window is on the right (NF Z 10-011: the address from 110 mm, 50 mm down), elsewhere on
 * the left (DIN 5008 form B: the address from 25 mm, 62.7 mm down, the sender's in one small line above).
 * Folding marks, page numbers, tables whose head stands on every page and whose amounts stand to the right,
 * the payment's QR code.
 */
#ifndef RELANCE_DUNNING_LETTER_H
#define RELANCE_DUNNING_LETTER_H

#include "dunning/plan.h"
#include "dunning/reminder.h"

/* Rows of cells separated by tabs, "!" before a bold row; the first bold one is repeated on every page. A row
 * "~", "À reporter|Report", … stands where a page ends behind the row before it: at its foot, and with the
 * second words at the next one's head; rows between two of those are not parted. Other lines are text behind
 * the table. */
struct letter_table {
	const char *mark; /* a paragraph of the body that is this alone is the table's place */
	const char *text;
	int left; /* so many columns stand to the left, those behind them to the right */
};

/* What stands on it. Texts are UTF-8, lines separated by newlines. */
struct letter {
	const char *mail_head; /* not NULL: no letter but a mail on paper, with these lines on top; the
				  next four are not drawn then */
	const char *sender, *recipient; /* name and postal address */
	const char *sender_line;	/* the sender in one line, for a window on the left */
	const char *footer;		/* who writes and about what, beside the page's number */
	const char *date;		/* "Le 2 mars 2026" */
	const char *subject;
	const char *body; /* paragraphs with an empty line between them */
	struct letter_table tables[2];
	size_t table_count;
	GBytes *qr; /* PNG, beside the text behind the first table; NULL: none */
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
/* The mail as its reader sees it, as PDF: from whom, to whom, the words, the table, the code. */
GBytes *dunning_mail_sheet(struct ledger *ledger, const struct dunning_site *site,
    const struct receivable *receivable, const char *step, struct error *error);
/* The letter about COUNT invoices of one customer and currency and nothing else, with STEP's words; of those
 * that are chased by several due lines, about the ones that had STEP, on the invoice's day of DAYS (NULL: on
 * any). ASKED (may be NULL) gets what it asks for, less open credits, without what the law adds. STATUS_NO as
 * above, and where nothing is left to ask for. */
GBytes *dunning_letter_about(struct ledger *ledger, const struct dunning_site *site,
    const int64_t *receivables, const date_t *days, size_t count, const char *step, int64_t *asked,
    struct error *error);

#endif
