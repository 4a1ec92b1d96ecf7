/*
 * The words that stand within numbers: "FEB" of 26-FEB-2026, "th" of 5th, "k" of 12k, "euros". Those of all
 * languages together: a text is cut to tokens before its language is known.
 */
#ifndef RELANCE_LANGUAGE_NUMBER_WORDS_H
#define RELANCE_LANGUAGE_NUMBER_WORDS_H

#include "base/base.h"
#include "base/money.h"

#include <glib.h>

struct number_word {
	char *word; /* small letters */
	size_t length;
	int64_t value;		  /* the month, what it multiplies a number by; 0 of the others */
	char code[CURRENCY_SIZE]; /* of a currency, else "" */
};

/* Each of struct number_word, in the order in which they came, no word twice. */
struct number_words {
	GArray *months;	 /* of three letters and more, folded */
	GArray *endings; /* that make a number an ordinal */
	GArray *scales;
	GArray *currencies;
};

void number_words_init(struct number_words *words);
void number_words_clear(struct number_words *words);

/* The name of a MONTH (1..12); folded ones of three bytes and more are kept. */
void number_words_add_month(struct number_words *words, const char *folded, int month);
/* WORD as people write it. */
void number_words_add_ending(struct number_words *words, const char *word);
/* FACTOR: 1 to 1000000. */
void number_words_add_scale(struct number_words *words, const char *word, int64_t factor);
/* CODE: of a currency (ISO 4217). */
void number_words_add_currency(struct number_words *words, const char *word, const char *code);

#endif
