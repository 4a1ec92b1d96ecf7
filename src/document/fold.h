/*
 * Text to words that compare: small letters without accents, "n°" and "Nº" and "№" as "no", everything that
 * is neither letter nor digit parting words. Each word knows where it stands in the text, so that what
 * follows a label can be read.
 */
#ifndef RELANCE_DOCUMENT_FOLD_H
#define RELANCE_DOCUMENT_FOLD_H

#include "base/base.h"

#include <glib.h>

struct token {
	const char *word; /* folded; owned by the tokens */
	guint start, end; /* bytes of the text: [start, end) */
};

struct tokens {
	char *words;  /* all folded words, each with its NUL */
	GArray *list; /* of struct token */
};

/* In caller storage; TEXT must be valid UTF-8. */
void tokens_init(struct tokens *tokens, const char *text);
void tokens_clear(struct tokens *tokens);

#define TOKEN(tokens, index) (&g_array_index((tokens)->list, struct token, (index)))

#endif
