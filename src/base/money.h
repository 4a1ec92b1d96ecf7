/*
 * Amounts: an integer count of a currency's minor units (ISO 4217). No floating point ever touches one.
 */
#ifndef RELANCE_BASE_MONEY_H
#define RELANCE_BASE_MONEY_H

#include "base/base.h"

/* A currency code in caller storage: three capital letters, or "" for none. */
#define CURRENCY_SIZE 4

struct money {
	int64_t minor;                /* e.g. cents */
	char currency[CURRENCY_SIZE]; /* "" where the amount is absent */
};
#define MONEY_NONE {0, ""}

/* Digits after the point of a currency (ISO 4217: EUR 2, JPY 0, TND 3); -1 for a code that does not exist. */
int currency_exponent(const char *code);
/* Copies CODE; false (and "" in CURRENCY) where it is no ISO 4217 code. */
bool currency_set(char currency[CURRENCY_SIZE], const char *code);

struct money money(int64_t minor, const char *currency);
bool money_is_none(struct money amount);
/*
 * Reads the machine form "-1188.00": optional sign, digits, optional point and digits. More digits than the currency has
 * are an error unless they are zeros; fewer are filled up. False on overflow, too.
 */
bool money_parse(const char *text, const char *currency, struct money *amount);
/* As money_parse, but further digits are rounded half away from zero (e.g. UBL's "12.3400001"). */
bool money_parse_rounding(const char *text, const char *currency, struct money *amount);
#define MONEY_TEXT_SIZE 32
/* The machine form with the currency's own number of digits ("1188.00"), without the code; "" for none. Returns TEXT. */
char *money_format(struct money amount, char text[MONEY_TEXT_SIZE]);
/* False on overflow or where the currencies differ; SUM may be one of the operands. */
bool money_add(struct money a, struct money b, struct money *sum) MUST_USE;
bool money_subtract(struct money a, struct money b, struct money *difference) MUST_USE;

#endif
