/* Within layouts: the words of an anchor on a page, and the values that stand behind them. */
#ifndef RELANCE_DOCUMENT_LAYOUT_WORDS_H
#define RELANCE_DOCUMENT_LAYOUT_WORDS_H

#include "base/base.h"
#include "base/amount_text.h"
#include "document/layout.h"

/* The words of an anchor, ready to be looked for: runs of words with anything between them. */
struct anchor_words {
	GArray *runs;  /* of struct tokens */
	bool at_start; /* they must begin the cell */
};

/* In caller storage. WORDS in the form of struct layout_anchor. */
void anchor_words_init(struct anchor_words *words, const char *text);
void anchor_words_clear(struct anchor_words *words);
/* The token of CELL behind the words; 0 where they are not there. */
guint anchor_words_find(const struct anchor_words *words, const struct tokens *cell);

/* A value as it was read. */
struct layout_value {
	char *text;		   /* its normal form; owned; NULL: none */
	struct amount_text amount; /* of an amount */
};

/* How values are read: by a layout and one of its anchors. */
struct value_form {
	enum layout_kind kind;
	int count; /* see struct layout_anchor */
	bool month_first;
	bool whole_amounts;
};
struct value_form value_form_of(const struct layout *layout, enum layout_field field, int count);

/* Reads the value at the very start of TEXT; false where there is none. VALUE is cleared by g_free(text). */
bool value_at(const char *text, const struct value_form *form, struct layout_value *value);
/*
 * Reads the next value at or behind *AT, which moves behind its first word: dates and amounts at any word,
 * the others at *AT only. False at the end.
 */
bool value_next(const char **at, const struct value_form *form, struct layout_value *value);

/* What the anchor reads on the page; the text is NULL where that is nothing. */
struct layout_value layout_read_anchor(
    const struct layout *layout, const struct facts *facts, const struct layout_anchor *anchor);

/* The page's text in the form in which marks are looked for; to be freed. */
char *layout_page_text(const struct facts *facts);
bool layout_mark_stands(const char *mark, const char *page_text);

/*
 * Gives LAYOUT its marks, see layout_teach. VARIABLE is the set of the folded words of the customer's name.
 * False with ERROR where nothing tells the issuer.
 */
bool layout_find_marks(struct layout *layout, const struct layout_sample *samples, size_t count,
    GHashTable *variable, const char *const *marks, size_t mark_count, struct error *error);

/* The values on the page that are most like WANT, at most three: an array of char * that frees them. */
GPtrArray *layout_nearest(const struct facts *facts, const struct value_form *form, const char *want);

#endif
