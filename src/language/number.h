/*
 * What is written in digits: numbers, numeric dates, amounts with their many separators and currency signs,
 * percentages.
 */
#ifndef RELANCE_LANGUAGE_NUMBER_H
#define RELANCE_LANGUAGE_NUMBER_H

#include "base/base.h"
#include "language/words.h"

/*
 * Reads the number at TEXT[AT], with the WORDS that may stand in it (TEXT may be read up to LIMIT, and
 * backwards from AT). Fills kind, value, exponent, currency, day, month, year, ordinal of TOKEN and returns
 * the bytes read; 0 where no number begins here, or where it is part of a document code.
 */
size_t number_read(
    const struct number_words *words, const char *text, size_t at, size_t limit, struct token *token);
/* 20260331, 31032026: fills day, month and year of TOKEN where the LENGTH digits at TEXT may be a day. */
void number_packed_date(const char *text, size_t length, struct token *token);

#endif
