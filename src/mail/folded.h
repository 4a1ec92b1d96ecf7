/*
 * Lines in a form that phrases can be compared with: lower case, single blanks, plain quotes and dashes,
 * without asterisks (bold in plain text) and white space around. Pure.
 */
#ifndef RELANCE_MAIL_FOLDED_H
#define RELANCE_MAIL_FOLDED_H

#include "base/base.h"
#include "mail/text_lines.h"

/* Longer lines are no candidates for anything and fold to "". */
#define FOLDED_MAX 1000
/* As it is written between Chinese and Japanese words; folds to ":". */
#define WIDE_COLON "\xef\xbc\x9a"

struct folded {
	GString *text;
	GArray *starts; /* of size_t: where each line begins; lines end in NUL */
};

/* Appends the comparable form of LENGTH bytes of one line; nothing of a line that is too long. */
void fold_text(GString *out, const char *text, size_t length);
void folded_init(struct folded *folded, const struct text_lines *lines);
void folded_clear(struct folded *folded);
const char *folded_line(const struct folded *folded, size_t index);

/* Whether TEXT begins with WORD and the word ends there. */
bool starts_with_word(const char *text, const char *word);
/* The first of COUNT phrases that TEXT begins with (at a word's end), or NULL. */
const char *find_prefix(const char *text, const char *const phrases[], size_t count);
/* The first of COUNT phrases that occurs in TEXT, or NULL. */
const char *find_within(const char *text, const char *const phrases[], size_t count);

/* LENGTH bytes of TEXT in lower case; what is no UTF-8, as a character that was cut in two, becomes U+FFFD;
 * g_free. */
char *lower_text(const char *text, size_t length);

/* The beginning of TEXT (MOST bytes), of several lines maybe, folded as one line is; g_free. */
char *plain_words(const char *text, size_t most);

#endif
