/*
 * A document as a person sees it: words with their boxes, gathered into lines, and on each line into cells
 * (words that stand together; a wide gap parts a label from its value and a column from the next). PDF pages,
 * HTML tables and plain text all come to this form. Lengths are in hundredths of a point, from the top left
 * corner of the first page; pages follow each other downwards.
 */
#ifndef RELANCE_DOCUMENT_PAGE_H
#define RELANCE_DOCUMENT_PAGE_H

#include "base/base.h"

#include <glib.h>

struct box {
	int32_t left, top, right, bottom;
};

struct page_word {
	char *text; /* UTF-8, no white space, compatibility forms folded */
	struct box box;
};

struct page_cell {
	char *text; /* its words with one space between them */
	struct box box;
	guint line;	   /* index into the lines */
	guint first, last; /* its words: indices into the line's words, both included */
};

struct page_line {
	GArray *words;		    /* of struct page_word, from left to right */
	guint first_cell, end_cell; /* into the cells: [first, end) */
	struct box box;
};

struct page {
	GArray *loose;	      /* of struct page_word, while words are added */
	GPtrArray *lines;     /* of struct page_line *, from top to bottom */
	GArray *cells;	      /* of struct page_cell, line by line */
	size_t bytes;	      /* of text so far */
	int32_t first_bottom; /* of the first page; the reader of each form sets it */
	bool cut;	      /* text was left out because there was too much */
};

struct page *page_new(void);
void page_free(struct page *page);
/* Adds LENGTH bytes of one word; empty words and those past the bound on all text are left out. */
void page_add_word(struct page *page, const char *text, size_t length, struct box box);
/* Gathers the words added so far into lines and cells; once, after all words are in. */
void page_settle(struct page *page);

#define PAGE_CELL(page, index) (&g_array_index((page)->cells, struct page_cell, (index)))
#define PAGE_LINE(page, index) ((struct page_line *)g_ptr_array_index((page)->lines, (index)))

#endif
