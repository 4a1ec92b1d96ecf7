#include "base/base.h"
#include "ledger/body.h"

#include "base/money.h"

#include <glib.h>

const char *body_text(const json_t *body, const char *key)
{
	return json_string_value(json_object_get(body, key));
}

date_t body_date(const json_t *body, const char *key)
{
	date_t date = DATE_NONE;
	const char *text = body_text(body, key);
	return text && date_parse(text, &date) ? date : DATE_NONE;
}

int64_t body_integer(const json_t *body, const char *key)
{
	return json_integer_value(json_object_get(body, key));
}

bool body_amount(const json_t *body, const char *key, const char *currency, int64_t fallback, int64_t *minor)
{
	const char *text = body_text(body, key);
	struct money amount;
	*minor = fallback;
	if (!text)
		return true;
	if (!money_parse(text, currency, &amount))
		return false;
	*minor = amount.minor;
	return true;
}

/* Text from mail may hold what JSON cannot: such bytes are replaced, never dropped with the whole text. */
json_t *json_text(const char *text)
{
	if (!text)
		return json_null();
	json_t *string = json_string(text);
	if (string)
		return string;
	char *valid = g_utf8_make_valid(text, -1);
	string = json_string(valid);
	g_free(valid);
	return string;
}

json_t *json_date(date_t date)
{
	char text[DATE_TEXT_SIZE];
	return date == DATE_NONE ? json_null() : json_string(date_format(date, text));
}

json_t *json_amount(int64_t minor, const char *currency)
{
	char text[MONEY_TEXT_SIZE];
	return json_string(money_format(money(minor, currency), text));
}

json_t *json_amount_or_null(int64_t minor, const char *currency)
{
	return minor ? json_amount(minor, currency) : json_null();
}
