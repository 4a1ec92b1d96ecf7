/*
 * Text cut into tokens and made comparable: lower case, no accents, no apostrophes; numbers, numeric dates,
 * amounts, document codes and addresses are one token each. Linear in the text.
 */
#ifndef RELANCE_LANGUAGE_WORDS_H
#define RELANCE_LANGUAGE_WORDS_H

#include "base/base.h"
#include "base/date.h"
#include "language/number_words.h"

#include <glib.h>

enum token_kind {
	TOKEN_WORD,
	TOKEN_NUMBER,  /* value */
	TOKEN_DATE,    /* 31/03/2026, 31.3., 2026-03-31: day, month, year (0: not written) */
	TOKEN_DECIMAL, /* 24.11: an amount or, after a fitting word, a day and a month: value, exponent, day,
			  month */
	TOKEN_AMOUNT,  /* value, exponent, currency ("" unknown) */
	TOKEN_PERCENT, /* value */
	TOKEN_CODE,    /* F2026-118, 4500012345 */
	TOKEN_MAIL,
	TOKEN_LINK,
	TOKEN_MARK, /* one sign; in `mark` */
	TOKEN_LINE, /* end of a line; `mark` is 'p' where an empty line follows */
};

/* Which of the two numbers of 3/2/2026 is the day. */
enum day_order {
	ORDER_WRITTEN, /* there is no choice: 2026-03-02, 2.3.2026, or no date */
	ORDER_OPEN,    /* `day` is the first one, but might be the second */
	ORDER_DAY_FIRST,
	ORDER_MONTH_FIRST,
	ORDER_MONTH_LIKELY /* of a text: where nothing speaks against it */
};

struct token {
	enum token_kind kind;
	char mark;	    /* of TOKEN_MARK and TOKEN_LINE, else 0 */
	bool range;	    /* "22-28": the value is the second number */
	bool ordinal;	    /* 31st, 1er, 15. */
	bool capitals;	    /* the word is written in capitals */
	uint8_t day, month; /* of TOKEN_DATE, TOKEN_DECIMAL and a TOKEN_CODE like 20260331, 0 where it cannot
			       be one */
	uint16_t year;	    /* 0: not written */
	enum day_order order;
	uint8_t exponent; /* decimals written in `value` */
	char currency[4];
	int64_t value;
	uint32_t start, end; /* bytes of the text */
	uint32_t folded;     /* offset in `folded` of the comparable form, NUL-terminated */
	uint32_t folded_length;
	uint64_t hash; /* of the comparable form; 0 where there is none */
};

struct words {
	const struct number_words *number_words; /* borrowed */
	const char *text;			 /* borrowed */
	size_t length;
	GArray *tokens;	 /* of struct token */
	guint room;	 /* tokens that the array can hold */
	GString *folded; /* all comparable forms */
};

/* Cuts TEXT, which must outlive WORDS, as must NUMBER_WORDS; at most LIMIT bytes are looked at. */
void words_init(struct words *words, const struct number_words *number_words, const char *text, size_t length,
    size_t limit);
void words_clear(struct words *words);

static inline uint64_t word_hash(const char *word, size_t length)
{
	uint64_t hash = 0xcbf29ce484222325u;
	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)word[i]) * 0x100000001b3u;
	return hash;
}

static inline const struct token *words_token(const struct words *words, size_t index)
{
	return &g_array_index(words->tokens, struct token, index);
}

static inline const char *words_folded(const struct words *words, size_t index)
{
	return words->folded->str + words_token(words, index)->folded;
}

/*
 * The comparable form of a word appended to FOLDED: lower case, letters without accents (ä is a, ß is ss, œ
 * is oe), everything that is no letter or digit left out. Returns the number of bytes read up to the first
 * byte that ends a word.
 */
size_t word_fold(const char *text, size_t length, GString *folded);
/* The same into FOLDED, which has room for LENGTH bytes and gets no NUL; COUNT gets how many were written. */
size_t word_fold_into(const char *text, size_t length, char *folded, size_t *count);

#endif
