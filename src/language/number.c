#include "base/base.h"

#include "language/number.h"

#include <glib.h>

#define SIGN(text) text, sizeof(text) - 1

static const struct {
	const char *sign;
	size_t size;
	const char *code;
	bool word; /* must not be followed by a letter */
} currencies[] = {
    {SIGN("\u20ac"), "EUR", false},
    {SIGN("\u00a3"), "GBP", false},
    {SIGN("US$"), "USD", false},
    {SIGN("$"), "USD", false},
    {SIGN("EUR"), "EUR", true},
    {SIGN("GBP"), "GBP", true},
    {SIGN("USD"), "USD", true},
    {SIGN("CHF"), "CHF", true},
    {SIGN("XOF"), "XOF", true},
    {SIGN("XAF"), "XAF", true},
    {SIGN("MAD"), "MAD", true},
    {SIGN("TND"), "TND", true},
    {SIGN("CAD"), "CAD", true},
    {SIGN("AUD"), "AUD", true},
    {SIGN("DKK"), "DKK", true},
    {SIGN("SEK"), "SEK", true},
    {SIGN("NOK"), "NOK", true},
    {SIGN("PLN"), "PLN", true},
    {SIGN("CZK"), "CZK", true},
    {SIGN("JPY"), "JPY", true},
    {SIGN("INR"), "INR", true},
    {SIGN("MXN"), "MXN", true},
    {SIGN("E"), "EUR", true},
};

/* Whether SIGN stands at TEXT; a WORD must end there. */
static bool is_sign(const char *text, size_t length, const char *sign, size_t size, bool word)
{
	if (length < size || g_ascii_strncasecmp(text, sign, size) != 0)
		return false;
	return !word || length == size || !(g_ascii_isalnum(text[size]) || (unsigned char)text[size] >= 0xC3);
}

/* The ISO 4217 code of a sign or a word for a currency ("€", "eur", "euros"); NULL for none. */
static const char *currency_of_sign(
    const struct number_words *words, const char *text, size_t length, size_t *bytes)
{
	char first = length > 0 ? g_ascii_toupper(text[0]) : '\0';
	for (size_t i = 0; i < G_N_ELEMENTS(currencies); i++) {
		*bytes = currencies[i].size;
		if (currencies[i].sign[0] == first &&
		    is_sign(text, length, currencies[i].sign, *bytes, currencies[i].word))
			return currencies[i].code;
	}
	for (guint i = 0; i < words->currencies->len; i++) {
		const struct number_word *word = &g_array_index(words->currencies, struct number_word, i);
		*bytes = word->length;
		if (g_ascii_toupper(word->word[0]) == first &&
		    is_sign(text, length, word->word, word->length, true))
			return word->code;
	}
	*bytes = 0;
	return NULL;
}

/* The bytes of a space that may part groups of digits: blank, NBSP, narrow NBSP, thin space; 0 for none. */
static size_t group_space(const char *text, size_t length)
{
	if (length >= 1 && text[0] == ' ')
		return 1;
	if (length >= 2 && memcmp(text, "\u00a0", 2) == 0)
		return 2;
	if (length >= 3 && (memcmp(text, "\u202f", 3) == 0 || memcmp(text, "\u2009", 3) == 0))
		return 3;
	return 0;
}

static size_t group_mark(const char *text, size_t length)
{
	if (length >= 1 && (text[0] == '.' || text[0] == ',' || text[0] == '\''))
		return 1;
	if (length >= 3 && memcmp(text, "\u2019", 3) == 0)
		return 3;
	return group_space(text, length);
}

static size_t digits_at(const char *text, size_t length)
{
	size_t count = 0;
	while (count < length && g_ascii_isdigit(text[count]))
		count++;
	return count;
}

static int64_t digits_value(const char *text, size_t count)
{
	int64_t value = 0;
	for (size_t i = 0; i < count && i < 15; i++)
		value = value * 10 + (text[i] - '0');
	return value;
}

struct figure {
	size_t bytes;
	int64_t value; /* with EXPONENT decimals */
	uint8_t exponent;
	bool grouped;
	bool decimals; /* a separator and one or two digits at the end */
	bool dash;     /* 1.188,- */
};

/* Digits with groups and decimals at TEXT. */
static struct figure read_figure(const char *text, size_t length)
{
	struct figure figure = {0};
	size_t count = digits_at(text, length);
	if (count == 0 || count > 15)
		return figure;
	figure.value = digits_value(text, count);
	figure.bytes = count;
	size_t total = count;
	char group = 0;
	bool first = count <= 3;
	for (;;) {
		size_t at = figure.bytes;
		size_t mark = group_mark(text + at, length - at);
		if (mark == 0)
			break;
		char sign = group_space(text + at, length - at) ? ' ' : text[at];
		size_t more = digits_at(text + at + mark, length - at - mark);
		bool apart = at + mark + more < length && g_ascii_isalpha(text[at + mark + more]);
		if (more == 3 && first && (group == 0 || group == sign) && total + 3 <= 12 &&
		    !(apart && sign == ' ')) {
			figure.value = figure.value * 1000 + digits_value(text + at + mark, 3);
			figure.bytes = at + mark + 3;
			figure.grouped = true;
			group = sign;
			total += 3;
			continue;
		}
		if ((sign == ',' || sign == '.') && sign != group && (more == 1 || more == 2)) {
			figure.value =
			    figure.value * (more == 1 ? 10 : 100) + digits_value(text + at + mark, more);
			figure.exponent = (uint8_t)more;
			figure.bytes = at + mark + more;
			figure.decimals = true;
		} else if ((sign == ',' || sign == '.') && more == 0 && at + 1 < length &&
			   (text[at + 1] == '-' ||
			       (length >= at + 4 && memcmp(text + at + 1, "\u2013", 3) == 0))) {
			figure.bytes = at + (text[at + 1] == '-' ? 2 : 4);
			figure.dash = true;
		}
		break;
	}
	return figure;
}

static bool day_and_month(int64_t day, int64_t month)
{
	return day >= 1 && day <= 31 && month >= 1 && month <= 12;
}

static bool ends_number(const char *text, size_t at, size_t limit)
{
	if (at >= limit)
		return true;
	char next = text[at];
	if (g_ascii_isalnum(next) || next == '_')
		return false;
	if ((next == '-' || next == '/' || next == '.' || next == ',') && at + 1 < limit &&
	    g_ascii_isdigit(text[at + 1]))
		return false;
	return true;
}

/* A date may go on with a time: 2026-03-31T10:00:00Z. */
static bool ends_date(const char *text, size_t at, size_t limit)
{
	return ends_number(text, at, limit) ||
	       (text[at] == 'T' && at + 1 < limit && g_ascii_isdigit(text[at + 1]));
}

/* "12/21 - 1/4": a day that is no fraction stands before the dash before AT. */
static bool ends_range(const char *text, size_t at)
{
	static const char en_dash[] = "–";
	size_t end = at;
	while (end > 0 && text[end - 1] == ' ')
		end--;
	if (end > 0 && text[end - 1] == '-')
		end--;
	else if (end >= strlen(en_dash) &&
		 memcmp(text + end - strlen(en_dash), en_dash, strlen(en_dash)) == 0)
		end -= strlen(en_dash);
	else
		return false;
	while (end > 0 && text[end - 1] == ' ')
		end--;
	size_t start = end;
	while (start > 0 && (g_ascii_isdigit(text[start - 1]) || text[start - 1] == '/'))
		start--;
	const char *slash = memchr(text + start, '/', end - start);
	return slash && end - start >= strlen("12/1") && end - start <= strlen("12/21") &&
	       slash - (text + start) <= 2;
}

/* 2026-03-31, 2026/03/31, 31/03/2026, 31.3.26, 31-03-2026, 31.03., 31/03, 3/31; 0 where it is none. */
static size_t read_date(const char *text, size_t at, size_t limit, struct token *token)
{
	size_t length = limit - at;
	const char *p = text + at;
	size_t first = digits_at(p, length);
	if (first == 0 || first > 4 || first == 3 || first >= length)
		return 0;
	char mark = p[first];
	if (mark != '/' && mark != '.' && mark != '-')
		return 0;
	size_t second_at = first + 1;
	if (mark == '.' && second_at < length && p[second_at] == ' ' && first <= 2)
		second_at++; /* 31. 3. 2026 */
	size_t second = digits_at(p + second_at, length - second_at);
	if (second == 0 || second > 2)
		return 0;
	int64_t a = digits_value(p, first), b = digits_value(p + second_at, second);
	size_t third_at = second_at + second;
	bool more = third_at < length && p[third_at] == mark;
	size_t third = 0;
	size_t third_start = third_at + 1;
	if (more && mark == '.' && third_start < length && p[third_start] == ' ' && second_at > first + 1)
		third_start++;
	if (more)
		third = digits_at(p + third_start, length - third_start);
	if (first == 4) {
		if (third == 0 || third > 2 || !day_and_month(digits_value(p + third_start, third), b) ||
		    !ends_date(text, at + third_start + third, limit) || a < 1990 || a > 2199)
			return 0;
		token->day = (uint8_t)digits_value(p + third_start, third);
		token->month = (uint8_t)b;
		token->year = (uint16_t)a;
		return third_start + third;
	}
	bool american = false;
	if (!day_and_month(a, b)) {
		if (mark == '.' || !day_and_month(b, a))
			return 0;
		american = true;
	}
	if (mark != '.')
		token->order = american ? ORDER_MONTH_FIRST : a > 12 ? ORDER_DAY_FIRST : ORDER_OPEN;
	token->day = (uint8_t)(american ? b : a);
	token->month = (uint8_t)(american ? a : b);
	if (third == 4 || third == 2) {
		int64_t year = digits_value(p + third_start, third);
		if (third == 2)
			year += 2000;
		if (year < 1990 || year > 2099 || !ends_number(text, at + third_start + third, limit))
			return 0;
		if (american && mark == '-' && third == 2)
			return 0; /* rather a code */
		token->year = (uint16_t)year;
		return third_start + third;
	}
	if (third > 0)
		return 0;
	if (mark == '.' && more && (third_at + 1 >= length || !g_ascii_isalnum(p[third_at + 1])))
		return third_at + 1; /* 31.3. */
	bool small_fraction = first == 1 && second == 1 && a <= b && b <= 5 && !ends_range(text, at);
	if (mark == '/' && ends_number(text, at + third_at, limit) && !small_fraction) /* not "2/3" */
		return third_at;
	/* "22-11", but not "10-12 days" */
	if (mark == '-' && ends_number(text, at + third_at, limit) && first == 2 && a >= b && !american &&
	    (second == 2 || a > 12))
		return third_at;
	return 0;
}

#define MONTH_BYTES_LEAST 3
#define MONTH_BYTES_MOST  16

/* The bytes of a word at TEXT that may be a month's name; 0 for none. */
static size_t month_bytes(const char *text, size_t length)
{
	size_t bytes = 0;
	while (bytes < length && (g_ascii_isalpha(text[bytes]) || (unsigned char)text[bytes] >= 0x80))
		bytes++;
	return bytes >= MONTH_BYTES_LEAST && bytes <= MONTH_BYTES_MOST ? bytes : 0;
}

/* The month that the BYTES at TEXT name; 0 for none. */
static uint8_t month_named(const struct number_words *words, const char *text, size_t bytes)
{
	char folded[MONTH_BYTES_MOST];
	size_t count;
	if (word_fold_into(text, bytes, folded, &count) != bytes)
		return 0;
	for (guint i = 0; i < words->months->len; i++) {
		const struct number_word *month = &g_array_index(words->months, struct number_word, i);
		if (month->length == count && memcmp(folded, month->word, count) == 0)
			return (uint8_t)month->value;
	}
	return 0;
}

/* The bytes of a year of two or four digits at TEXT, after MARK where that is not 0; 0 for none. */
static size_t year_after(const char *text, size_t at, size_t limit, char mark, uint16_t *year)
{
	size_t start = at + (mark != 0);
	if (start >= limit || (mark && text[at] != mark))
		return 0;
	size_t digits = digits_at(text + start, limit - start);
	if ((digits != 2 && digits != 4) || !ends_number(text, start + digits, limit))
		return 0;
	int64_t number = digits_value(text + start, digits) + (digits == 2 ? 2000 : 0);
	if (number < 1990 || number >= 2200)
		return 0;
	*year = (uint16_t)number;
	return start + digits - at;
}

/* 26-FEB-2026, 16-Oct-26, 30/mars/2026, 30.Mrz.2026, 30MAR26; without a year 30-Mar and 30MAR. */
static size_t read_month_name(
    const struct number_words *words, const char *text, size_t at, size_t limit, struct token *token)
{
	size_t day = digits_at(text + at, limit - at);
	if (day == 0 || day > 2 || at + day + MONTH_BYTES_LEAST > limit)
		return 0;
	char mark = text[at + day];
	if (mark != '-' && mark != '/' && mark != '.') {
		if (!g_ascii_isalpha(mark))
			return 0;
		mark = 0;
	}
	size_t month_at = at + day + (mark != 0), month = month_bytes(text + month_at, limit - month_at);
	int64_t number = digits_value(text + at, day);
	if (month == 0 || number < 1 || number > 31)
		return 0;
	token->month = month_named(words, text + month_at, month);
	if (token->month == 0)
		return 0;
	token->day = (uint8_t)number;
	size_t end = month_at + month, year = year_after(text, end, limit, mark, &token->year);
	if (year > 0)
		return end + year - at;
	bool whole = (mark == '-' || mark == 0) && ends_number(text, end, limit);
	return whole && !(end < limit && text[end] == '-') ? end - at : 0;
}

/* 30 03 2026 */
static size_t read_parted_date(const char *text, size_t at, size_t limit, struct token *token)
{
	if (limit - at < 10 || digits_at(text + at, limit - at) != 2 || text[at + 2] != ' ' ||
	    digits_at(text + at + 3, limit - at - 3) != 2 || text[at + 5] != ' ' ||
	    digits_at(text + at + 6, limit - at - 6) != 4 || !ends_number(text, at + 10, limit) ||
	    (at > 1 && text[at - 1] == ' ' && g_ascii_isdigit(text[at - 2])))
		return 0;
	int64_t day = digits_value(text + at, 2), month = digits_value(text + at + 3, 2),
		year = digits_value(text + at + 6, 4);
	if (!day_and_month(day, month) || year < 1990 || year > 2099)
		return 0;
	token->day = (uint8_t)day;
	token->month = (uint8_t)month;
	token->year = (uint16_t)year;
	return 10;
}

void number_packed_date(const char *text, size_t length, struct token *token)
{
	if (length != 8 || digits_at(text, length) != length)
		return;
	bool year_first = digits_value(text, 4) >= 1990 && digits_value(text, 4) < 2100;
	int64_t year = digits_value(text + (year_first ? 0 : 4), 4);
	int64_t month = digits_value(text + (year_first ? 4 : 2), 2);
	int64_t day = digits_value(text + (year_first ? 6 : 0), 2);
	if (!day_and_month(day, month) || year < 1990 || year >= 2100)
		return;
	token->day = (uint8_t)day;
	token->month = (uint8_t)month;
	token->year = (uint16_t)year;
}

static size_t read_ordinal(
    const struct number_words *words, const char *text, size_t at, size_t limit, size_t digits)
{
	for (guint i = 0; i < words->endings->len; i++) {
		const struct number_word *ending = &g_array_index(words->endings, struct number_word, i);
		size_t end = at + digits + ending->length;
		if (end <= limit &&
		    g_ascii_strncasecmp(text + at + digits, ending->word, ending->length) == 0 &&
		    (end == limit || !(g_ascii_isalnum(text[end]) || (unsigned char)text[end] >= 0xC3)))
			return ending->length;
	}
	return 0;
}

/* Whether SIGN ends at END of TEXT; a WORD must begin there. */
static bool is_sign_before(const char *text, size_t end, const char *sign, size_t size, bool word)
{
	return end >= size && g_ascii_strncasecmp(text + end - size, sign, size) == 0 &&
	       (!word || end == size || !g_ascii_isalnum(text[end - size - 1]));
}

/* A currency in front of AT: "EUR 1188", "£1,188". */
static const char *currency_before(const struct number_words *words, const char *text, size_t at)
{
	size_t end = at;
	if (end > 0 && text[end - 1] == ' ')
		end--;
	else if (end > 1 && memcmp(text + end - 2, "\u00a0", 2) == 0)
		end -= 2;
	char last = end > 0 ? g_ascii_toupper(text[end - 1]) : '\0';
	for (size_t i = 0; i < G_N_ELEMENTS(currencies); i++) {
		size_t size = currencies[i].size;
		if (currencies[i].sign[size - 1] != last || (size == 1 && last != '$'))
			continue;
		if (is_sign_before(text, end, currencies[i].sign, size, currencies[i].word))
			return currencies[i].code;
	}
	for (guint i = 0; i < words->currencies->len; i++) {
		const struct number_word *word = &g_array_index(words->currencies, struct number_word, i);
		if (g_ascii_toupper(word->word[word->length - 1]) == last &&
		    is_sign_before(text, end, word->word, word->length, true))
			return word->code;
	}
	return NULL;
}

static bool after_joint(const char *text, size_t at)
{
	return at > 0 &&
	       (g_ascii_isalnum(text[at - 1]) || text[at - 1] == '_' ||
		   ((text[at - 1] == '-' || text[at - 1] == '/') && at > 1 && g_ascii_isalnum(text[at - 2])));
}

static size_t scale_word(const struct number_words *words, const char *text, size_t length, int64_t *factor)
{
	size_t space = group_space(text, length);
	for (guint i = 0; i < words->scales->len; i++) {
		const struct number_word *scale = &g_array_index(words->scales, struct number_word, i);
		size_t end = space + scale->length;
		if (length >= end && g_ascii_strncasecmp(text + space, scale->word, scale->length) == 0 &&
		    (length == end || !g_ascii_isalnum(text[end]))) {
			*factor = scale->value;
			return end;
		}
	}
	return 0;
}

/* "il 26 e poi": the e after a blank and before a word is "and" where the number may be a day. */
static bool is_conjunction(const char *text, size_t sign, size_t limit, struct figure figure)
{
	return text[sign] == 'e' && text[sign - 1] == ' ' && sign + 1 < limit && text[sign + 1] == ' ' &&
	       figure.value <= 31 && !figure.decimals;
}

/* Makes an amount of a figure that has a currency, decimals or groups. */
static size_t read_amount(const struct number_words *words, const char *text, size_t at, size_t limit,
    struct figure figure, struct token *token)
{
	size_t end = at + figure.bytes;
	int64_t factor = 1;
	size_t scale = scale_word(words, text + end, limit - end, &factor);
	bool scaled = scale > 0 && figure.value < 1000000000;
	if (scaled) {
		figure.value *= factor;
		end += scale;
	}
	const char *code = currency_before(words, text, at);
	size_t space = group_space(text + end, limit - end);
	size_t bytes = 0;
	if (!code) {
		code = currency_of_sign(words, text + end + space, limit - end - space, &bytes);
		if (code && bytes == 1 && is_conjunction(text, end + space, limit, figure))
			return 0;
		if (code)
			end += space + bytes;
		else if (limit - end >= 3 + space && g_ascii_strncasecmp(text + end + space, "de ", 3) == 0 &&
			 scaled) {
			code =
			    currency_of_sign(words, text + end + space + 3, limit - end - space - 3, &bytes);
			if (code)
				end += space + 3 + bytes;
		}
	}
	if (code && bytes > 0 && end < limit && g_ascii_isdigit(text[end]) && figure.exponent == 0 &&
	    digits_at(text + end, limit - end) == 2) {
		figure.value = figure.value * 100 + digits_value(text + end, 2); /* 12€50 */
		figure.exponent = 2;
		end += 2;
	}
	if (!code && !figure.dash && !(figure.decimals && figure.exponent == 2) &&
	    !(figure.grouped && !figure.decimals) && !scaled)
		return 0;
	token->kind = TOKEN_AMOUNT;
	token->value = figure.value;
	token->exponent = figure.exponent;
	if (code) {
		for (size_t i = 0; i < 3; i++)
			token->currency[i] = code[i];
	}
	if (at > 0 && (text[at - 1] == '-' || text[at - 1] == '(') &&
	    (at == 1 || !g_ascii_isalnum(text[at - 2])))
		token->value = -token->value;
	else if (at > 2 && memcmp(text + at - 3, "\u2212", 3) == 0)
		token->value = -token->value;
	return end - at;
}

/* "de 25e", "le 2e" is a day, "25e" alone may be euros. */
static bool is_day_after_article(const char *text, size_t at, size_t limit)
{
	static const char *const articles[] = {"de", "den", "le", "het"};
	size_t digits = digits_at(text + at, limit - at);
	if (digits == 0 || digits > 2 || digits_value(text + at, digits) > 31 || at < 3 ||
	    text[at - 1] != ' ' || at + digits >= limit || g_ascii_tolower(text[at + digits]) != 'e' ||
	    !ends_number(text, at + digits + 1, limit))
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(articles); i++) {
		size_t size = strlen(articles[i]);
		if (at - 1 >= size && g_ascii_strncasecmp(text + at - 1 - size, articles[i], size) == 0 &&
		    (at - 1 == size || !g_ascii_isalnum(text[at - 2 - size])))
			return true;
	}
	return false;
}

/* "22-28 December", "4th-13th", "5-7 days": the bytes of two numbers up to 31 that are joined, the second one
 * in LAST. */
static size_t read_range(
    const struct number_words *words, const char *text, size_t at, size_t limit, int64_t *last)
{
	size_t first = digits_at(text + at, limit - at);
	if (first == 0 || first > 2)
		return 0;
	size_t end = at + first + read_ordinal(words, text, at, limit, first);
	if (end + 1 >= limit)
		return 0;
	static const char en_dash[] = "–";
	size_t dash = text[end] == '-' ? 1 : sizeof en_dash - 1;
	if (dash > 1 && (end + dash >= limit || memcmp(text + end, en_dash, dash) != 0))
		return 0;
	size_t second_at = end + dash;
	size_t second = digits_at(text + second_at, limit - second_at);
	if (second == 0 || second > 2)
		return 0;
	size_t ending = read_ordinal(words, text, second_at, limit, second);
	if (ending == 0 && !ends_number(text, second_at + second, limit))
		return 0;
	*last = digits_value(text + second_at, second);
	return *last <= 31 && digits_value(text + at, first) < *last ? second_at + second + ending - at : 0;
}

size_t number_read(
    const struct number_words *words, const char *text, size_t at, size_t limit, struct token *token)
{
	if (!g_ascii_isdigit(text[at]) || after_joint(text, at))
		return 0;
	size_t length = limit - at;
	size_t bytes = read_date(text, at, limit, token);
	if (bytes == 0)
		bytes = read_month_name(words, text, at, limit, token);
	if (bytes == 0)
		bytes = read_parted_date(text, at, limit, token);
	if (bytes > 0) {
		token->kind = TOKEN_DATE;
		return bytes;
	}
	token->day = token->month = 0;
	token->year = 0;
	token->order = ORDER_WRITTEN;
	struct figure figure = read_figure(text + at, length);
	if (figure.bytes == 0)
		return 0;
	size_t space = group_space(text + at + figure.bytes, length - figure.bytes);
	if (at + figure.bytes + space < limit && text[at + figure.bytes + space] == '%') {
		token->kind = TOKEN_PERCENT;
		token->value = figure.value;
		token->exponent = figure.exponent;
		return figure.bytes + space + 1;
	}
	bool clean = ends_number(text, at + figure.bytes, limit);
	if (!is_day_after_article(text, at, limit) &&
	    (bytes = read_amount(words, text, at, limit, figure, token)) > 0 &&
	    (clean || bytes > figure.bytes)) {
		if (figure.decimals && figure.exponent == 2 && !figure.grouped &&
		    token->currency[0] == '\0' && day_and_month(figure.value / 100, figure.value % 100)) {
			token->kind = TOKEN_DECIMAL;
			token->day = (uint8_t)(figure.value / 100);
			token->month = (uint8_t)(figure.value % 100);
		}
		return bytes;
	}
	token->kind = TOKEN_WORD;
	size_t digits = digits_at(text + at, length);
	if (figure.decimals && figure.exponent == 1 && clean &&
	    day_and_month(figure.value / 10, figure.value % 10)) {
		token->kind = TOKEN_DECIMAL;
		token->value = figure.value;
		token->exponent = 1;
		token->day = (uint8_t)(figure.value / 10);
		token->month = (uint8_t)(figure.value % 10);
		return figure.bytes;
	}
	if (digits > 4)
		return 0;
	bytes = read_range(words, text, at, limit, &token->value);
	if (bytes > 0) {
		token->kind = TOKEN_NUMBER;
		token->exponent = 0;
		token->range = true;
		token->ordinal = !g_ascii_isdigit(text[at + bytes - 1]);
		return bytes;
	}
	token->kind = TOKEN_NUMBER;
	token->value = digits_value(text + at, digits);
	token->exponent = 0;
	size_t ending = read_ordinal(words, text, at, limit, digits);
	if (ending > 0 && digits <= 2) {
		token->ordinal = true;
		return digits + ending;
	}
	if (ends_number(text, at + digits, limit)) {
		if (digits <= 2 && at + digits + 1 < limit && text[at + digits] == '.' &&
		    text[at + digits + 1] == ' ')
			token->ordinal = true;
		return digits;
	}
	return 0;
}
