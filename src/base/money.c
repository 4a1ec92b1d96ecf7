#include "base/base.h"
#include "base/money.h"

#include <ctype.h>

/* ISO 4217, in force 2026, grouped by exponent; codes in alphabetical order within a group. */
static const char exponent_0[] = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF ";
static const char exponent_3[] = "BHD IQD JOD KWD LYD OMR TND ";
static const char exponent_4[] = "CLF UYW ";
static const char exponent_2[] =
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF "
    "CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG "
    "HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK "
    "MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE "
    "SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW "
    "ZWG ";

static bool is_listed(const char *list, const char *code)
{
	for (const char *at = list; *at; at += CURRENCY_SIZE)
		if (!memcmp(at, code, 3))
			return true;
	return false;
}

int currency_exponent(const char *code)
{
	/* most of what is asked for are words */
	if (!code || code[0] < 'A' || code[0] > 'Z' || strlen(code) != 3)
		return -1;
	return is_listed(exponent_2, code) ? 2 :
	    is_listed(exponent_0, code)    ? 0 :
	    is_listed(exponent_3, code)    ? 3 :
	    is_listed(exponent_4, code)    ? 4 :
					     -1;
}

bool currency_set(char currency[CURRENCY_SIZE], const char *code)
{
	currency[0] = '\0';
	if (currency_exponent(code) < 0)
		return false;
	memcpy(currency, code, CURRENCY_SIZE);
	return true;
}

struct money money(int64_t minor, const char *currency)
{
	struct money amount = {.minor = minor};
	if (!currency_set(amount.currency, currency))
		abort();
	return amount;
}

bool money_is_none(struct money amount)
{
	return !amount.currency[0];
}

static bool push_digit(int64_t *number, int digit)
{
	return !__builtin_mul_overflow(*number, 10, number) && !__builtin_add_overflow(*number, digit, number);
}

static bool parse(const char *text, const char *currency, bool rounding, struct money *amount)
{
	struct money parsed = MONEY_NONE;
	int exponent = currency_exponent(currency);
	if (!text || exponent < 0 || !currency_set(parsed.currency, currency))
		return false;
	bool negative = *text == '-';
	if (*text == '-' || *text == '+')
		text++;
	if (!isdigit((unsigned char)*text))
		return false;
	for (; isdigit((unsigned char)*text); text++)
		if (!push_digit(&parsed.minor, *text - '0'))
			return false;
	int fraction = 0;
	bool round_up = false;
	if (*text == '.') {
		if (!isdigit((unsigned char)*++text))
			return false;
		for (; isdigit((unsigned char)*text); text++, fraction++) {
			if (fraction < exponent) {
				if (!push_digit(&parsed.minor, *text - '0'))
					return false;
			} else if (fraction == exponent && rounding) {
				round_up = *text >= '5';
			} else if (*text != '0' && !rounding) {
				return false;
			}
		}
	}
	if (*text)
		return false;
	for (; fraction < exponent; fraction++)
		if (!push_digit(&parsed.minor, 0))
			return false;
	if (round_up && __builtin_add_overflow(parsed.minor, 1, &parsed.minor))
		return false;
	if (negative)
		parsed.minor = -parsed.minor;
	*amount = parsed;
	return true;
}

bool money_parse(const char *text, const char *currency, struct money *amount)
{
	return parse(text, currency, false, amount);
}

bool money_parse_rounding(const char *text, const char *currency, struct money *amount)
{
	return parse(text, currency, true, amount);
}

char *money_format(struct money amount, char text[MONEY_TEXT_SIZE])
{
	text[0] = '\0';
	if (money_is_none(amount))
		return text;
	int exponent = currency_exponent(amount.currency);
	uint64_t magnitude = amount.minor < 0 ? -(uint64_t)amount.minor : (uint64_t)amount.minor;
	uint64_t unit = 1;
	for (int i = 0; i < exponent; i++)
		unit *= 10;
	const char *sign = amount.minor < 0 ? "-" : "";
	if (exponent)
		snprintf(text, MONEY_TEXT_SIZE, "%s%llu.%0*llu", sign, (unsigned long long)(magnitude / unit), exponent,
		    (unsigned long long)(magnitude % unit));
	else
		snprintf(text, MONEY_TEXT_SIZE, "%s%llu", sign, (unsigned long long)magnitude);
	return text;
}

bool money_add(struct money a, struct money b, struct money *sum)
{
	struct money result = a;
	if (memcmp(a.currency, b.currency, CURRENCY_SIZE) || __builtin_add_overflow(a.minor, b.minor, &result.minor))
		return false;
	*sum = result;
	return true;
}

bool money_subtract(struct money a, struct money b, struct money *difference)
{
	struct money result = a;
	if (memcmp(a.currency, b.currency, CURRENCY_SIZE) || __builtin_sub_overflow(a.minor, b.minor, &result.minor))
		return false;
	*difference = result;
	return true;
}
