#include "base/base.h"
#include "base/config_value.h"

#include "base/iban.h"
#include "base/money.h"
#include "base/utf8.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>

struct unit {
	const char *name;
	int64_t factor;
};

/* A number, then one of UNITS or nothing. */
static bool value_with_unit(const char *text, const struct unit *units, size_t count, int64_t *number)
{
	const char *digits = text + (*text == '-' || *text == '+');
	if (!isdigit((unsigned char)*digits))
		return false;
	char *end;
	errno = 0;
	int64_t value = strtoimax(text, &end, 10);
	if (errno)
		return false;
	while (*end == ' ')
		end++;
	int64_t factor = *end ? 0 : 1;
	for (size_t i = 0; i < count && !factor; i++)
		if (!strcmp(end, units[i].name))
			factor = units[i].factor;
	int64_t product;
	if (!factor || __builtin_mul_overflow(value, factor, &product))
		return false;
	*number = product;
	return true;
}

bool value_integer(const char *text, int64_t *number)
{
	return value_with_unit(text, NULL, 0, number);
}

bool value_bytes(const char *text, int64_t *bytes)
{
	static const struct unit units[] = {{"B", 1}, {"kB", 1000}, {"MB", 1000000}, {"GB", 1000000000},
	    {"KiB", 1024}, {"MiB", 1048576}, {"GiB", 1073741824}};
	return value_with_unit(text, units, ARRAY_LENGTH(units), bytes);
}

bool value_seconds(const char *text, int64_t *seconds)
{
	static const struct unit units[] = {{"s", 1}, {"min", 60}, {"h", 3600}, {"d", 86400}};
	return value_with_unit(text, units, ARRAY_LENGTH(units), seconds);
}

bool value_days(const char *text, int64_t *days)
{
	static const struct unit units[] = {{"d", 1}};
	return value_with_unit(text, units, ARRAY_LENGTH(units), days);
}

bool value_offset(const char *text, int64_t *days, bool *business_days)
{
	static const struct unit calendar[] = {{"d", 1}};
	static const struct unit business[] = {{"bd", 1}};
	if (!strchr(text, 'd')) /* a bare number would leave open which days are meant */
		return false;
	if (value_with_unit(text, calendar, ARRAY_LENGTH(calendar), days)) {
		*business_days = false;
		return true;
	}
	if (!value_with_unit(text, business, ARRAY_LENGTH(business), days))
		return false;
	*business_days = true;
	return true;
}

bool value_time_of_day(const char *text, int64_t *second)
{
	if (strlen(text) != 5 || text[2] != ':' || strspn(text, "0123456789:") != 5 ||
	    strchr(text, ':') != text + 2 || text[3] == ':' || text[4] == ':')
		return false;
	int hour = (text[0] - '0') * 10 + text[1] - '0';
	int minute = (text[3] - '0') * 10 + text[4] - '0';
	if (minute > 59 || hour > 24 || (hour == 24 && minute))
		return false;
	*second = hour * 3600 + minute * 60;
	return true;
}

bool value_mode(const char *text, int64_t *mode)
{
	size_t length = strlen(text);
	if (length < 3 || length > 4 || strspn(text, "01234567") != length)
		return false;
	*mode = strtol(text, NULL, 8);
	return true;
}

bool value_thousandths(const char *text, int64_t *thousandths)
{
	if ((*text != '0' && *text != '1') || (text[1] && text[1] != '.'))
		return false;
	int64_t value = (*text - '0') * 1000;
	int64_t place = 100;
	for (const char *digit = text[1] ? text + 2 : ""; *digit; digit++, place /= 10) {
		if (!isdigit((unsigned char)*digit) || !place)
			return false;
		value += (*digit - '0') * place;
	}
	if (value > 1000)
		return false;
	*thousandths = value;
	return true;
}

bool value_amount(const char *text, int64_t *thousandths)
{
	size_t whole = strspn(text, "0123456789"), more = 0;
	int64_t value = 0;
	if (whole == 0 || whole > 14)
		return false;
	for (size_t i = 0; i < whole; i++)
		value = value * 10 + text[i] - '0';
	const char *fraction = text + whole;
	if (*fraction == '.') {
		more = strspn(++fraction, "0123456789");
		if (more == 0 || more > 3)
			return false;
	}
	for (size_t i = 0; i < 3; i++)
		value = value * 10 + (i < more ? fraction[i] - '0' : 0);
	if (fraction[more])
		return false;
	*thousandths = value;
	return true;
}

bool value_switch(const char *text, int64_t *on)
{
	static const char *const words[] = {"no", "yes", "off", "on", "false", "true"};
	for (size_t i = 0; i < ARRAY_LENGTH(words); i++)
		if (!strcmp(text, words[i])) {
			*on = i % 2;
			return true;
		}
	return false;
}

static bool is_clean(const char *text, const char *allowed_controls)
{
	for (const char *at = text; *at; at++)
		if (((unsigned char)*at < 0x20 || *at == 0x7f) && !strchr(allowed_controls, *at))
			return false;
	return utf8_is_valid(text, strlen(text));
}

bool value_is_text(const char *text)
{
	return *text && is_clean(text, "");
}

bool value_is_text_or_empty(const char *text)
{
	return is_clean(text, "");
}

bool value_is_lines(const char *text)
{
	return is_clean(text, "\n");
}

bool value_is_domain(const char *text)
{
	size_t length = strlen(text);
	if (!length || length > 253 || *text == '.' || *text == '-' || text[length - 1] == '.' ||
	    strstr(text, ".."))
		return false;
	for (const char *at = text; *at; at++)
		if (!isalnum((unsigned char)*at) && !strchr("-._", *at) && !((unsigned char)*at & 0x80))
			return false;
	return utf8_is_valid(text, length);
}

bool value_is_address(const char *text)
{
	const char *at = strrchr(text, '@');
	if (!at || at == text || at - text > 64 || strlen(text) > 254)
		return false;
	for (const char *byte = text; byte < at; byte++)
		if ((unsigned char)*byte <= 0x20 || *byte == 0x7f || strchr("@<>(),;:\\\"[]", *byte))
			return false;
	return utf8_is_valid(text, strlen(text)) && value_is_domain(at + 1);
}

bool value_is_mailbox(const char *text)
{
	const char *open = strchr(text, '<');
	if (!open)
		return value_is_address(text);
	size_t length = strlen(open + 1);
	char address[256];
	if (!is_clean(text, "") || length < 2 || length > sizeof(address) || open[length] != '>')
		return false;
	memcpy(address, open + 1, length - 1);
	address[length - 1] = '\0';
	return value_is_address(address);
}

bool value_is_network(const char *text)
{
	char address[INET6_ADDRSTRLEN];
	size_t length = strcspn(text, "/");
	if (length >= sizeof(address))
		return false;
	memcpy(address, text, length);
	address[length] = '\0';
	unsigned char bytes[16];
	int64_t most = inet_pton(AF_INET, address, bytes) == 1	  ? 32
		       : inet_pton(AF_INET6, address, bytes) == 1 ? 128
								  : -1;
	int64_t bits = most;
	return most >= 0 &&
	       (!text[length] ||
		   (isdigit((unsigned char)text[length + 1]) && value_integer(text + length + 1, &bits))) &&
	       bits >= 0 && bits <= most;
}

bool value_is_socket(const char *text)
{
	if (!is_clean(text, ""))
		return false;
	const char *rest = strchr(text, ':');
	if (!rest)
		return false;
	rest++;
	if (!strncmp(text, "unix:", 5) || !strncmp(text, "local:", 6))
		return *rest == '/' && strlen(rest) < 108;
	if (strncmp(text, "inet:", 5) && strncmp(text, "inet6:", 6))
		return false;
	size_t digits = strspn(rest, "0123456789");
	return digits && digits < 6 && rest[digits] == '@' && rest[digits + 1];
}

bool value_is_path(const char *text)
{
	return *text == '/' && is_clean(text, "");
}

bool value_is_path_or_empty(const char *text)
{
	return !*text || value_is_path(text);
}

bool value_is_country(const char *text)
{
	return strlen(text) == 2 && isupper((unsigned char)text[0]) && isupper((unsigned char)text[1]);
}

bool value_is_region(const char *text)
{
	size_t length = strlen(text);
	if (!length)
		return true;
	return length >= 4 && length <= 6 && isupper((unsigned char)text[0]) &&
	       isupper((unsigned char)text[1]) && text[2] == '-' &&
	       strspn(text + 3, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == length - 3;
}

bool value_is_currency(const char *text)
{
	return currency_exponent(text) >= 0;
}

bool value_is_zone(const char *text)
{
	size_t length = strlen(text);
	return isupper((unsigned char)*text) && length < 64 && !strstr(text, "..") &&
	       strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/_+-") == length;
}

bool value_is_iban(const char *text)
{
	char iban[IBAN_SIZE];
	size_t length = 0;
	for (const char *at = text; *at; at++) {
		if (*at == ' ')
			continue;
		if (length == sizeof(iban) - 1)
			return false;
		iban[length++] = (char)toupper((unsigned char)*at);
	}
	iban[length] = '\0';
	return iban_is_valid(iban);
}

bool value_is_bic(const char *text)
{
	size_t length = strlen(text);
	return !length || ((length == 8 || length == 11) &&
			      strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == length);
}

bool value_is_name(const char *text)
{
	size_t length = strlen(text);
	return length && length < 64 && *text != '-' &&
	       strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

static bool is_one_of(const char *text, const char *const *words)
{
	for (; *words; words++)
		if (!strcmp(text, *words))
			return true;
	return false;
}

bool value_is_kind(const char *text)
{
	static const char *const kinds[] = {"business", "public", "consumer", NULL};
	return is_one_of(text, kinds);
}

bool value_is_language(const char *text)
{
	static const char *const languages[] = {"fr", "en", "de", "es", "it", "nl", NULL};
	return is_one_of(text, languages);
}

bool value_is_time_or_off(const char *text)
{
	int64_t second;
	return !strcmp(text, "off") || (value_time_of_day(text, &second) && second < 86400);
}
