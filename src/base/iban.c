#include "base/base.h"
#include "base/iban.h"

/* SWIFT IBAN Registry, release 99: country and total length. */
static const struct {
	char country[3];
	unsigned char length;
} lengths[] = {
    {"AD", 24},
    {"AE", 23},
    {"AL", 28},
    {"AT", 20},
    {"AZ", 28},
    {"BA", 20},
    {"BE", 16},
    {"BG", 22},
    {"BH", 22},
    {"BI", 27},
    {"BR", 29},
    {"BY", 28},
    {"CH", 21},
    {"CR", 22},
    {"CY", 28},
    {"CZ", 24},
    {"DE", 22},
    {"DJ", 27},
    {"DK", 18},
    {"DO", 28},
    {"EE", 20},
    {"EG", 29},
    {"ES", 24},
    {"FI", 18},
    {"FK", 18},
    {"FO", 18},
    {"FR", 27},
    {"GB", 22},
    {"GE", 22},
    {"GI", 23},
    {"GL", 18},
    {"GR", 27},
    {"GT", 28},
    {"HN", 28},
    {"HR", 21},
    {"HU", 28},
    {"IE", 22},
    {"IL", 23},
    {"IQ", 23},
    {"IS", 26},
    {"IT", 27},
    {"JO", 30},
    {"KW", 30},
    {"KZ", 20},
    {"LB", 28},
    {"LC", 32},
    {"LI", 21},
    {"LT", 20},
    {"LU", 20},
    {"LV", 21},
    {"LY", 25},
    {"MC", 27},
    {"MD", 24},
    {"ME", 22},
    {"MK", 19},
    {"MN", 20},
    {"MR", 27},
    {"MT", 31},
    {"MU", 30},
    {"NI", 28},
    {"NL", 18},
    {"NO", 15},
    {"OM", 23},
    {"PK", 24},
    {"PL", 28},
    {"PS", 29},
    {"PT", 25},
    {"QA", 29},
    {"RO", 24},
    {"RS", 22},
    {"RU", 33},
    {"SA", 24},
    {"SC", 31},
    {"SD", 18},
    {"SE", 24},
    {"SI", 19},
    {"SK", 24},
    {"SM", 27},
    {"SO", 23},
    {"ST", 25},
    {"SV", 28},
    {"TL", 23},
    {"TN", 24},
    {"TR", 26},
    {"UA", 29},
    {"VA", 22},
    {"VG", 24},
    {"XK", 20},
    {"YE", 30},
};

static size_t country_length(const char *text)
{
	for (size_t i = 0; i < ARRAY_LENGTH(lengths); i++)
		if (memcmp(lengths[i].country, text, 2) == 0)
			return lengths[i].length;
	return 0;
}

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool is_capital(char byte)
{
	return byte >= 'A' && byte <= 'Z';
}

bool iban_has_form(const char *text)
{
	size_t length = strlen(text);
	if (length < 15 || length > 34 || !is_capital(text[0]) || !is_capital(text[1]) ||
	    !is_digit(text[2]) || !is_digit(text[3]))
		return false;
	for (size_t i = 4; i < length; i++)
		if (!is_digit(text[i]) && !is_capital(text[i]))
			return false;
	return true;
}

/* ISO 7064 MOD 97-10 over the text with its first four characters moved to the end, letters as 10 to 35. */
static unsigned remainder_97(const char *text, size_t length)
{
	unsigned rest = 0;
	for (size_t i = 0; i < length; i++) {
		char one = text[(i + 4) % length];
		if (is_digit(one))
			rest = (rest * 10 + (unsigned)(one - '0')) % 97;
		else
			rest = (rest * 100 + (unsigned)(one - 'A') + 10) % 97;
	}
	return rest;
}

bool iban_is_valid(const char *text)
{
	return iban_has_form(text) && strlen(text) == country_length(text) &&
	       remainder_97(text, strlen(text)) == 1;
}

bool iban_is_mistyped(const char *text)
{
	return iban_has_form(text) && !iban_is_valid(text);
}

/* Length in bytes of what may stand between two groups: one space (no-break, too), a dot or a hyphen. */
static size_t gap_length(const char *at, const char *end)
{
	if (at < end && (*at == ' ' || *at == '.' || *at == '-'))
		return 1;
	if (end - at >= 2 && memcmp(at, "\xc2\xa0", 2) == 0)
		return 2;
	if (end - at >= 3 && memcmp(at, "\xe2\x80\xaf", 3) == 0)
		return 3;
	return 0;
}

size_t iban_scan(const char *text, size_t length, char iban[IBAN_SIZE])
{
	if (length < 15 || !is_capital(text[0]) || !is_capital(text[1]))
		return 0;
	size_t wanted = country_length(text), taken = 0;
	const char *at = text, *end = text + length;
	while (taken < wanted && at < end) {
		char one = *at;
		if (one >= 'a' && one <= 'z')
			one = (char)(one - 'a' + 'A');
		if (is_digit(one) || is_capital(one)) {
			iban[taken++] = one;
			at++;
			continue;
		}
		size_t gap = taken == 0 ? 0 : gap_length(at, end);
		if (gap == 0)
			return 0;
		at += gap;
	}
	if (wanted == 0 || taken < wanted)
		return 0;
	iban[taken] = '\0';
	bool goes_on = at < end && (is_digit(*at) || is_capital(*at));
	return !goes_on && iban_is_valid(iban) ? (size_t)(at - text) : 0;
}
