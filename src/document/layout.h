/*
 * A layout that was taught by example: where the fields of one issuer's invoices stand, by the words beside
 * or above them. It is recognised by what stands on all of them (VAT id, account, address), and is kept as a
 * small text that people edit, relance-layout(5):
 *
 *   layout le-goff
 *   mark FR19812345676
 *   dates month-first
 *   field number after "^Facture n°"
 *   field issue_date after "^Facture n° * du"
 *   field due_date below "Échéance"
 *   field total after last "^Totaux" value 3
 *   field payable after last "^Net à payer"
 *   field buyer_name at 340 135
 *
 * A page is of the layout when it has one of the marks and the words of at least half of the fields.
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

/* What a field's value looks like. */
enum layout_kind { LAYOUT_KIND_NUMBER, LAYOUT_KIND_DATE, LAYOUT_KIND_AMOUNT, LAYOUT_KIND_TEXT };

enum layout_way { LAYOUT_AFTER, LAYOUT_BELOW, LAYOUT_AT };

enum {
	LAYOUT_VALUE_LAST = -1, /* of the values of a line or column the last one */
	LAYOUT_VALUE_MOST = 9,	/* further values are not counted */
	LAYOUT_WORDS_MOST = 6,	/* words of a number */
	LAYOUT_MARKS_MOST = 32,
	LAYOUT_ANCHORS_MOST = 64,
};

struct layout_anchor {
	enum layout_field field;
	enum layout_way way;
	char *words; /* owned; NULL for LAYOUT_AT. '^' in front: they begin what stands together; '*': up to 8
			words */
	bool last;   /* of several places with these words, the last one */
	int value;   /* 0: the first value there; 2 to LAYOUT_VALUE_MOST; or LAYOUT_VALUE_LAST */
	int count;   /* of a number: so many words, whatever they are; 0: what looks like a number */
	int32_t x, y; /* LAYOUT_AT: points of the value's left top corner, from that of the first page */
};

struct layout {
	char *name;
	GPtrArray *marks;   /* of char *: any one of them tells the issuer */
	GArray *anchors;    /* of struct layout_anchor; of several of one field the first that reads */
	bool month_first;   /* 03/04/2026 is in March */
	bool whole_amounts; /* "1188" is an amount */
	bool any_title;	    /* its title is not one of an invoice */
	bool credit;	    /* of credit notes */
	bool exact_payable; /* the general rules take another amount for the one to pay */
	char currency[CURRENCY_SIZE]; /* of pages that name none; "" */
	bool currency_always;	      /* of all pages */
};

/* One example: its page, and the value of each field that is to be taught (layout_value_normal), NULL for the
 * others. */
struct layout_sample {
	const struct facts *facts;
	const char *values[LAYOUT_FIELD_COUNT];
};

/* "payable"; and the other way, false where there is none. */
const char *layout_field_word(enum layout_field field);
bool layout_field_from_word(const char *word, enum layout_field *field);
enum layout_kind layout_field_kind(enum layout_field field);

/* An empty one; NAME is copied and may be NULL. */
struct layout *layout_new(const char *name);
void layout_free(struct layout *layout);

/* The text form. */
void layout_write(const struct layout *layout, struct buffer *out);
/*
 * False with "LINE: what is wrong" in ERROR where TEXT is none. LAYOUT is owned by the caller.
 */
bool layout_parse(const char *text, struct layout **layout, struct error *error);
/* Whether NAME can name a layout and its file: letters, digits, "-", "_" and ".", not first a ".", at
 * most 64. */
bool layout_name_is_good(const char *name);

/*
 * TEXT as somebody writes it ("1 188,00 €", "1er mars 2026", "2026-03-01") in the form in which values are
 * compared: dates YYYY-MM-DD, amounts with a point and without zeros at the end, the rest with single spaces.
 * NULL where it is no such value, or can be read in two ways; to be freed.
 */
char *layout_value_normal(enum layout_field field, const char *text);

/* Of COUNT layouts the one that reads the greatest share of its fields among those that recognise the page;
 * NULL where none does. */
const struct layout *layout_choose(
    const struct layout *const *layouts, size_t count, const struct facts *facts);
/* Whether the page has one of its marks and the words of at least half of its fields. */
bool layout_recognises(const struct layout *layout, const struct facts *facts);
/* The normal form of a field on the page, or NULL; to be freed. */
char *layout_read(const struct layout *layout, const struct facts *facts, enum layout_field field);
/*
 * Sets the taught fields of INVOICE as far as the page has them, and the name of the layout; READ (may be
 * NULL) tells which. True where every taught field was read.
 */
bool layout_apply(const struct layout *layout, const struct facts *facts, struct invoice *invoice,
    bool read[LAYOUT_FIELD_COUNT]);

/* How many of its values stand on the sample's page. */
size_t layout_values_on_page(const struct layout_sample *sample);

/* What layout_teach could not do. */
struct layout_trouble {
	size_t sample;		 /* from 0 */
	enum layout_field field; /* LAYOUT_FIELD_COUNT: of no field */
	GPtrArray *nearest; /* of char *: values on that page that are most like the one given; or NULL */
};
void layout_trouble_clear(struct layout_trouble *trouble);

/*
 * Derives a layout that reads every given value from every sample. MARKS (MARK_COUNT of them, may be none)
 * are texts that tell the issuer: those that stand on all samples become its marks; where none does, what
 * looks like the issuer's numbers and addresses on the page. CURRENCY is that of the samples, or "". False
 * where it cannot be done: a value that does not stand on its page, no words that lead to all of them,
 * nothing that tells the issuer.
 */
bool layout_teach(const char *name, const struct layout_sample *samples, size_t count,
    const char *const *marks, size_t mark_count, const char *currency, struct layout **layout,
    struct layout_trouble *trouble, struct error *error);

#endif
