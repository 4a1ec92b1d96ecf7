/*
 * A layout that was taught by example: where the fields of one issuer's invoices stand, by the words beside
 * or above them. It is recognised by what stands on all of them (VAT id, account, address), and is kept as a
 * small text that people edit:
 *
 *   layout le-goff
 *   mark FR19812345676
 *   dates month-first
 *   field number after "^Facture n°"       '^': the words begin what stands there together
 *   field due_date below "Échéance"
 *   field payable after last "Total"
 *   field buyer_name at 340 135
 *
 * A page is of the layout when it has one of the marks and the words of at least half of the fields. Points
 * count from the top left corner of the first page. Lines that begin with '#' are remarks.
 */
#ifndef RELANCE_DOCUMENT_LAYOUT_H
#define RELANCE_DOCUMENT_LAYOUT_H

#include "base/base.h"
#include "base/buffer.h"
#include "document/facts.h"
#include "document/invoice.h"

enum layout_field {
	LAYOUT_NUMBER,
	LAYOUT_ISSUE_DATE,
	LAYOUT_DUE_DATE,
	LAYOUT_TOTAL,
	LAYOUT_PAID,
	LAYOUT_PAYABLE,
	LAYOUT_TAX,
	LAYOUT_ORDER_NUMBER,
	LAYOUT_CONTRACT_NUMBER,
	LAYOUT_BUYER_REFERENCE,
	LAYOUT_PAYMENT_REFERENCE,
	LAYOUT_BUYER_NAME,
	LAYOUT_FIELD_COUNT
};

enum layout_way { LAYOUT_AFTER, LAYOUT_BELOW, LAYOUT_AT };

struct layout_anchor {
	enum layout_field field;
	enum layout_way way;
	char *words;  /* owned; NULL for LAYOUT_AT */
	bool last;    /* of several places with these words, the last one */
	int32_t x, y; /* LAYOUT_AT: points of the value's left top corner */
};

struct layout {
	char *name;
	GPtrArray *marks; /* of char * */
	GArray *anchors;  /* of struct layout_anchor */
	bool month_first;
};

/* One example: its page, and the text of each field that is to be taught ("1188.00", "2026-03-01"), NULL for
 * the others. */
struct layout_sample {
	const struct facts *facts;
	const char *values[LAYOUT_FIELD_COUNT];
};

const char *layout_field_word(enum layout_field field);
bool layout_field_from_word(const char *word, enum layout_field *field);

/* An empty one; NAME is copied and may be NULL. */
struct layout *layout_new(const char *name);
/*
 * Derives a layout that reads every given value from every sample. False with the field and the sample
 * (counted from 1) that cannot be had: a value that does not stand on its page, or no words that lead to all
 * of them.
 */
bool layout_teach(const char *name, const struct layout_sample *samples, size_t count, struct layout **layout,
    struct error *error);
void layout_free(struct layout *layout);

bool layout_recognises(const struct layout *layout, const struct facts *facts);
/* The text of a field on the page in the form of layout_sample, or NULL; to be freed. */
char *layout_read(const struct layout *layout, const struct facts *facts, enum layout_field field);
/* Sets the taught fields of INVOICE, as far as the page has them; true where number and payable were among
 * them. */
bool layout_apply(const struct layout *layout, const struct facts *facts, struct invoice *invoice);

/* The text form; layout_parse refuses with the number of the line. */
void layout_write(const struct layout *layout, struct buffer *out);
bool layout_parse(const char *text, struct layout **layout, struct error *error);

#endif
