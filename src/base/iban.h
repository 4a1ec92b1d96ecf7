/* International bank account numbers (ISO 13616): found in text, checked by length and mod 97. */
#ifndef RELANCE_BASE_IBAN_H
#define RELANCE_BASE_IBAN_H

#include "base/base.h"

#define IBAN_SIZE 35

/* Whether TEXT, without spaces and in capitals, is one: the length of its country (SWIFT's registry), and mod
 * 97 is 1. */
bool iban_is_valid(const char *text);
/* Whether TEXT has the form of one (two capitals, two digits, 11 to 30 letters and digits), right or wrong.
 */
bool iban_has_form(const char *text);
/* Whether TEXT has the form of one and is none: its length is not its country's, or its check digits are
 * wrong. */
bool iban_is_mistyped(const char *text);
/*
 * Reads the valid IBAN at the very start of TEXT, which may have single spaces, dots or hyphens between its
 * groups. Returns its length in bytes, 0 where there is none; IBAN gets it without them.
 */
size_t iban_scan(const char *text, size_t length, char iban[IBAN_SIZE]);

#endif
