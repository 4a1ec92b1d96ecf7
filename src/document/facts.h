/*
 * What stands on a page beside which label: amounts, dates and numbers found in its cells, and for each label
 * the value it belongs to — in the same cell behind it, to the right on the same line, or below it as under
 * the heading of a column.
 */
#ifndef RELANCE_DOCUMENT_FACTS_H
#define RELANCE_DOCUMENT_FACTS_H

#include "base/base.h"
#include "base/amount_text.h"
#include "document/fold.h"
#include "document/labels.h"
#include "document/notation.h"
#include "document/page.h"

/* An amount or a date somewhere in a cell. */
struct value {
	bool is_date;
	guint start, end; /* bytes of the cell's text: [start, end) */
	struct amount_text amount;
	struct date_text date;
};

struct cell_facts {
	struct tokens tokens;
	guint *word_starts; /* bytes of the text: where each of its words begins; NULL without labels */
	GArray *labels;	    /* of struct label_match, by place */
	GArray *values;	    /* of struct value, by place */
};

enum relation { RELATION_BELOW = 1, RELATION_RIGHT = 2, RELATION_SAME = 3 };

struct fact {
	enum label label;
	int strength;
	enum relation relation;
	bool clean;		   /* nothing but label and value stands there */
	bool leads;		   /* nothing but fillers stands before the label in its cell */
	bool summed;		   /* below: the last of a column whose others add up to it */
	bool adds_up;		   /* below: a column without its sum, which is COLUMN_SUM */
	int64_t column_sum;	   /* in digits as in AMOUNT */
	guint cell;		   /* of the label */
	guint value_cell;	   /* where the value is */
	struct amount_text amount; /* for labels of amounts */
	struct date_text date;	   /* for labels of dates */
	char *text;		   /* for labels of numbers; owned */
};

struct facts {
	const struct page *page;
	struct cell_facts *cells; /* one for each cell of the page */
	GArray *found;		  /* of struct fact, in the order of their labels */
	const char *dollar;	  /* the code of the currency that "$" is the sign of */
};

/* Borrows PAGE, which must be settled. */
struct facts *facts_new(const struct page *page);
void facts_free(struct facts *facts);

/* How much a fact is worth among others of its label: the sure label first, then the nearer value. */
int fact_rank(const struct fact *fact);

/* The cell to the right of CELL on its line, or -1. */
gint page_cell_right(const struct page *page, guint cell);
/* The nearest cell below CELL that stands under it, within a few lines; -1 where there is none. */
gint page_cell_below(const struct page *page, guint cell);
/* The same, not more than HEIGHTS of CELL's own height away. */
gint page_cell_below_within(const struct page *page, guint cell, int heights);
/* Whether CELL starts with a label (and so is no value of another one). */
bool facts_is_label_cell(const struct facts *facts, guint cell);
/*
 * Reads the number of a document at the start of TEXT ("F2026-118", "RE 2026 12"), behind any colon. NULL
 * where what stands there is a date, an amount or a word. To be freed.
 */
char *document_number_scan(const char *text);
/* Whether the page writes the month before the day: "03/25/2026" anywhere and no "25/03/2026"; or dollars,
 * where neither is there. */
bool facts_month_first(const struct facts *facts, const char *currency);
/* Whether "25/03/2026" stands anywhere on the page. */
bool facts_day_first(const struct facts *facts);

#define FACT(facts, index) (&g_array_index((facts)->found, struct fact, (index)))

#endif
