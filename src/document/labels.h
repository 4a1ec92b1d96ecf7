/*
 * The words that stand beside, above or before the facts of an invoice, in six languages: "Net à payer",
 * "Rechnungsnummer", "Due date". What they are is data (labels_table.c); here they are found among folded
 * words.
 */
#ifndef RELANCE_DOCUMENT_LABELS_H
#define RELANCE_DOCUMENT_LABELS_H

#include "base/base.h"
#include "document/fold.h"

enum label {
	LABEL_NUMBER,
	LABEL_TITLE, /* the word for invoice itself: a number may follow at once */
	LABEL_CREDIT_TITLE,
	LABEL_PREPAYMENT_TITLE,
	LABEL_CORRECTIVE_TITLE,
	LABEL_OTHER_TITLE, /* quotation, delivery note, statement: another kind of document */
	LABEL_ISSUE_DATE,
	LABEL_DUE_DATE,
	LABEL_OTHER_DATE, /* of delivery, of the order: stands in the way of the dates that are wanted */
	LABEL_TERMS,
	LABEL_NET,
	LABEL_TAX,
	LABEL_TOTAL,
	LABEL_PAID,
	LABEL_PAYABLE,
	LABEL_WITHHELD, /* what the customer keeps back: for the tax office, or as a guarantee */
	LABEL_FORMER,	/* an older debt, which is not of this invoice */
	LABEL_ROUNDING, /* of the total to what can be paid: BT-114 */
	LABEL_OTHER_AMOUNT,
	LABEL_SETTLED, /* a sentence: all is paid */
	LABEL_CURRENCY,
	LABEL_ORDER,
	LABEL_CONTRACT,
	LABEL_BUYER_REFERENCE,
	LABEL_PRECEDING,
	LABEL_PAYMENT_REFERENCE,
	LABEL_OTHER_NUMBER, /* of customer, delivery, file */
	LABEL_IBAN,
	LABEL_BIC,
	LABEL_VAT_ID,
	LABEL_BUYER_VAT_ID,
	LABEL_LEGAL_ID,
	LABEL_BUYER,
	LABEL_OTHER_PARTY,
	LABEL_COUNT
};

/* How surely a label means what it says: "Rechnungsnummer", "Rechnung", "Nummer". */
enum { LABEL_WEAK = 1, LABEL_MEDIUM = 2, LABEL_STRONG = 3 };

/*
 * PATTERN is folded words with one space between them. A word ending in '?' may be absent; "@no", "@inv",
 * "@of" stand for the words of a class; "*rechnung" matches every word with that end, "faktur*" every word
 * with that beginning.
 */
struct label_row {
	enum label label;
	int strength;
	const char *pattern;
};

extern const struct label_row label_rows[];
extern const size_t label_row_count;

struct label_class {
	const char *name; /* "@no" */
	const char *const *words;
};
extern const struct label_class label_classes[];
extern const size_t label_class_count;

struct label_match {
	enum label label;
	int strength;
	guint first, end; /* tokens: [first, end) */
};

/* All labels among the tokens, the longest at each place, without overlap: an array of struct label_match, to
 * be unref'd. */
GArray *labels_find(const struct tokens *tokens);
/* The label of a title (LABEL_TITLE to LABEL_OTHER_TITLE) that begins at the token AT, whatever longer label
 * does: "Avoir" of "Avoir n°". LABEL_COUNT where there is none. */
enum label labels_title_at(const struct tokens *tokens, guint at);
/* Builds the index of all patterns; labels_find does it on its first call otherwise. */
void labels_setup(void);

#endif
