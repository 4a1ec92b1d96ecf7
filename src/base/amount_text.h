/*
 * Amounts as people write them: "1.188,00 €", "EUR 1,188.00", "1 188,00", "1'188.00", "(250.00)", "250,00-",
 * "1188,-". Separators tell thousands from decimals by their own order and the number of digits behind them;
 * no locale is asked.
 */
#ifndef RELANCE_BASE_AMOUNT_TEXT_H
#define RELANCE_BASE_AMOUNT_TEXT_H

#include "base/base.h"
#include "base/money.h"

struct amount_text {
	int64_t digits; /* all digits as one number, with its sign */
	int decimals;	/* how many of them stand behind the decimal mark: 0 to 6 */
	/* "1.188": one mark with three digits behind it. Read as thousands (decimals is 0). */
	bool one_mark;
	bool percent; /* a '%' follows (it is not part of the amount) */
	bool marked;  /* it has decimals, or a currency stands with it: more than a bare whole number */
	char currency[CURRENCY_SIZE]; /* of the sign or code beside it; "" where there is none or it stands
					 for several */
};

/*
 * Reads the amount at the very start of TEXT (UTF-8, LENGTH bytes), with the currency before or behind it.
 * Returns its length in bytes, 0 where there is none: dates, numbers with other groups than of three and
 * words with digits are none. The caller sees to it that TEXT does not start in the middle of a word.
 */
size_t amount_text_scan(const char *text, size_t length, struct amount_text *amount);

/*
 * The amount in CURRENCY. False where it has more digits than the currency (other than zeros), where its own
 * currency is another one, on overflow, and for "1.188" in a currency of three digits, which can be read in
 * two ways.
 */
bool amount_text_money(const struct amount_text *amount, const char *currency, struct money *money) MUST_USE;

/*
 * Reads the currency at the very start of TEXT: a sign ("€", "£", "CHF", "Euro", "Fr.") or a code of ISO 4217
 * in capitals. Returns its length, 0 where there is none; CURRENCY gets the code, or "" for a sign of several
 * currencies ("kr").
 */
size_t currency_text_scan(const char *text, size_t length, char currency[CURRENCY_SIZE]);

#endif
