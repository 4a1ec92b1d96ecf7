#include "base/base.h"
#include "base/amount_text.h"
#include "base/utf8.h"

enum { DIGITS_MAX = 15, DECIMALS_MAX = 6 };

struct cursor {
	const char *at, *end;
};

static bool is_digit(const struct cursor *cursor)
{
	return cursor->at < cursor->end && *cursor->at >= '0' && *cursor->at <= '9';
}

static bool is_letter_byte(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/* The character here, and its length; 0 at the end. What is no UTF-8 counts as one strange character. */
static uint32_t peek(const struct cursor *cursor, size_t *length)
{
	*length = 0;
	if (cursor->at >= cursor->end)
		return 0;
	*length = utf8_sequence_length(cursor->at, (size_t)(cursor->end - cursor->at));
	if (*length == 0) {
		*length = 1;
		return 0xfffd;
	}
	return utf8_code_point(cursor->at);
}

static bool is_space(uint32_t letter)
{
	return letter == ' ' || letter == 0xa0 || letter == 0x2007 || letter == 0x2009 || letter == 0x202f;
}

static bool is_minus(uint32_t letter)
{
	return letter == '-' || letter == 0x2212 || letter == 0x2013;
}

static bool skip_one_space(struct cursor *cursor)
{
	size_t length;
	if (!is_space(peek(cursor, &length)))
		return false;
	cursor->at += length;
	return true;
}

/* The separator between groups of thousands here, as one of " .,'"; 0 where there is none. */
static char separator(const struct cursor *cursor, size_t *length)
{
	uint32_t letter = peek(cursor, length);
	if (is_space(letter))
		return ' ';
	if (letter == '\'' || letter == 0x2019 || letter == 0x2bc || letter == 0xb4)
		return '\'';
	return letter == '.' || letter == ',' ? (char)letter : 0;
}

static size_t count_digits(struct cursor cursor)
{
	size_t count = 0;
	for (; is_digit(&cursor); cursor.at++)
		count++;
	return count;
}

struct sign {
	const char *text;
	const char *currency;
	bool word; /* must not be followed by a letter */
};

static const struct sign signs[] = {
    {"€", "EUR", false},
    {"US$", "USD", false},
    {"$", "USD", false},
    {"£", "GBP", false},
    {"¥", "JPY", false},
    {"US DOLLARS", "USD", true},
    {"US Dollars", "USD", true},
    {"US dollars", "USD", true},
    {"U.S. dollars", "USD", true},
    {"EUROS", "EUR", true},
    {"EURO", "EUR", true},
    {"Euros", "EUR", true},
    {"Euro", "EUR", true},
    {"euros", "EUR", true},
    {"euro", "EUR", true},
    {"Eur", "EUR", true},
    {"eur", "EUR", true},
    {"SFr.", "CHF", true},
    {"sFr.", "CHF", true},
    {"Fr.", "CHF", true},
    {"zł", "PLN", true},
    {"Kč", "CZK", true},
    {"kr.", "", true},
    {"kr", "", true},
};

size_t currency_text_scan(const char *text, size_t length, char currency[CURRENCY_SIZE])
{
	currency[0] = '\0';
	/* no sign begins with other small letters, and no code with any */
	if (length == 0 || (text[0] >= 'a' && text[0] <= 'z' && strchr("eskz", text[0]) == NULL))
		return 0;
	for (size_t i = 0; i < ARRAY_LENGTH(signs); i++) {
		if (signs[i].text[0] != text[0])
			continue;
		size_t one = strlen(signs[i].text);
		if (one > length || memcmp(text, signs[i].text, one) != 0)
			continue;
		if (signs[i].word && one < length && is_letter_byte(text[one]))
			continue;
		memcpy(currency, signs[i].currency, strlen(signs[i].currency) + 1);
		return one;
	}
	if (length < 3 || (length > 3 && is_letter_byte(text[3])))
		return 0;
	char code[CURRENCY_SIZE] = {text[0], text[1], text[2], '\0'};
	return currency_set(currency, code) ? 3 : 0;
}

static void take_digits(struct cursor *cursor, size_t count, struct amount_text *amount)
{
	for (; count > 0; count--, cursor->at++)
		amount->digits = amount->digits * 10 + (*cursor->at - '0');
}

/* ",-" and ",--" stand for no minor units. */
static bool skip_dashes(struct cursor *cursor)
{
	size_t mark, dash;
	char kind = separator(cursor, &mark);
	if (kind != ',' && kind != '.')
		return false;
	struct cursor ahead = {cursor->at + mark, cursor->end};
	if (!is_minus(peek(&ahead, &dash)) && peek(&ahead, &dash) != 0x2014)
		return false;
	ahead.at += dash;
	if (is_minus(peek(&ahead, &dash)))
		ahead.at += dash;
	if (is_digit(&ahead))
		return false;
	cursor->at = ahead.at;
	return true;
}

/* "1.188,00" from its first digit on; false where the digits are no number written with one notation. */
static bool take_number(struct cursor *cursor, struct amount_text *amount)
{
	size_t first = count_digits(*cursor), total = first, mark_length;
	if (first == 0 || first > DIGITS_MAX)
		return false;
	bool leading_zero = *cursor->at == '0';
	take_digits(cursor, first, amount);
	char group_mark = 0;
	size_t groups = 0;
	for (;;) {
		char mark = separator(cursor, &mark_length);
		struct cursor ahead = {cursor->at + mark_length, cursor->end};
		size_t digits = mark != 0 ? count_digits(ahead) : 0;
		if (digits == 0)
			break;
		bool group =
		    digits == 3 && first <= 3 && !leading_zero && (group_mark == 0 || mark == group_mark);
		if (group) {
			if ((total += 3) > DIGITS_MAX)
				return false;
			group_mark = mark;
			groups++;
			cursor->at = ahead.at;
			take_digits(cursor, 3, amount);
			continue;
		}
		if (mark == ' ')
			break; /* the next number */
		if (mark == '\'' || mark == group_mark || digits > DECIMALS_MAX ||
		    total + digits > DIGITS_MAX)
			return false;
		cursor->at = ahead.at;
		take_digits(cursor, digits, amount);
		amount->decimals = (int)digits;
		amount->marked = true;
		/* "12.03.2026", "1,2,3" */
		char next = separator(cursor, &mark_length);
		struct cursor after = {cursor->at + mark_length, cursor->end};
		if (next != 0 && next != ' ' && is_digit(&after))
			return false;
		break;
	}
	amount->one_mark = groups == 1 && (group_mark == '.' || group_mark == ',') && amount->decimals == 0;
	if (amount->decimals == 0 && skip_dashes(cursor))
		amount->marked = true;
	return true;
}

static size_t take_currency(struct cursor *cursor, struct amount_text *amount)
{
	char currency[CURRENCY_SIZE];
	size_t length = currency_text_scan(cursor->at, (size_t)(cursor->end - cursor->at), currency);
	if (length == 0)
		return 0;
	cursor->at += length;
	amount->marked = true;
	memcpy(amount->currency, currency, sizeof currency);
	return length;
}

/* Behind an amount no letter, digit or further part of a date or a reference may follow. */
static bool ends_well(const struct cursor *cursor)
{
	size_t length;
	uint32_t letter = peek(cursor, &length);
	struct cursor after = {cursor->at + length, cursor->end};
	if (letter == 0)
		return true;
	if (letter < 0x80 &&
	    (is_letter_byte((char)letter) || is_digit(cursor) || letter == '/' || letter == '_'))
		return false;
	if ((letter == '-' || letter == '.' || letter == ',' || letter == ':') && is_digit(&after))
		return false;
	/* letters of other scripts; signs and punctuation stand elsewhere */
	return !((letter >= 0xc0 && letter < 0x250) || (letter >= 0x370 && letter < 0x2000));
}

static void look_for_percent(struct cursor cursor, struct amount_text *amount)
{
	size_t length;
	while (skip_one_space(&cursor))
		;
	amount->percent = peek(&cursor, &length) == '%';
}

size_t amount_text_scan(const char *text, size_t length, struct amount_text *amount)
{
	struct cursor cursor = {text, text + length};
	size_t one;
	bool negative = false, bracket = false;
	*amount = (struct amount_text){0};
	if (peek(&cursor, &one) == '(') {
		bracket = true;
		cursor.at += one;
	}
	for (int i = 0; i < 2; i++) { /* "-€ 5", "€ -5" */
		uint32_t letter = peek(&cursor, &one);
		if (is_minus(letter) || letter == '+') {
			if (negative)
				return 0;
			negative = letter != '+';
			cursor.at += one;
			(void)skip_one_space(&cursor);
		}
		if (i == 0 && take_currency(&cursor, amount) > 0)
			(void)skip_one_space(&cursor);
	}
	if (!take_number(&cursor, amount))
		return 0;
	bool currency_before = amount->currency[0] != '\0';
	struct cursor behind = cursor;
	(void)skip_one_space(&behind);
	if (!currency_before && take_currency(&behind, amount) > 0)
		cursor = behind;
	struct cursor minus = cursor;
	if (!negative && is_minus(peek(&minus, &one))) {
		minus.at += one;
		size_t after_length;
		uint32_t after = peek(&minus, &after_length);
		if (after == 0 || is_space(after) || after == ')' || take_currency(&minus, amount) > 0) {
			negative = true;
			cursor = minus;
		}
	}
	if (bracket) {
		if (peek(&cursor, &one) != ')')
			return 0;
		cursor.at += one;
		negative = true;
	}
	if (!ends_well(&cursor))
		return 0;
	look_for_percent(cursor, amount);
	if (negative)
		amount->digits = -amount->digits;
	return (size_t)(cursor.at - text);
}

bool amount_text_money(const struct amount_text *amount, const char *currency, struct money *money)
{
	int exponent = currency_exponent(currency);
	if (exponent < 0 || (amount->currency[0] != '\0' && strcmp(amount->currency, currency) != 0))
		return false;
	if (amount->one_mark && exponent == 3)
		return false;
	int64_t minor = amount->digits;
	for (int i = amount->decimals; i < exponent; i++)
		if (__builtin_mul_overflow(minor, (int64_t)10, &minor))
			return false;
	for (int i = exponent; i < amount->decimals; i++) {
		if (minor % 10 != 0)
			return false;
		minor /= 10;
	}
	*money = (struct money){.minor = minor};
	return currency_set(money->currency, currency);
}
