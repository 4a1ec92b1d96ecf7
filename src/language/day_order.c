#include "base/base.h"

#include "language/day_order.h"

bool day_is_always(const struct token *token)
{
	return token->kind == TOKEN_DATE && token->order == ORDER_DAY_FIRST && token->day == 24 &&
	       token->month == 7 && token->year == 0 && token->end - token->start == strlen("24/7");
}

static bool has_order(const struct stream *stream, enum day_order order)
{
	for (size_t i = 0; i < stream_length(stream); i++)
		if (stream_token(stream, i)->order == order && !day_is_always(stream_token(stream, i)))
			return true;
	return false;
}

static const char *first_currency(const struct stream *stream)
{
	for (size_t i = 0; i < stream_length(stream); i++)
		if (stream_token(stream, i)->currency[0])
			return stream_token(stream, i)->currency;
	return "";
}

static bool is_month_first(const struct language *language, const char *currency)
{
	for (guint i = 0; i < language->month_first->len; i++)
		if (strcmp(language->month_first->pdata[i], currency) == 0)
			return true;
	return false;
}

enum day_order day_order_told(const struct stream *stream, const char *currency)
{
	if (!stream->language || stream->language->month_first->len == 0 || !has_order(stream, ORDER_OPEN))
		return ORDER_OPEN;
	bool day = has_order(stream, ORDER_DAY_FIRST), month = has_order(stream, ORDER_MONTH_FIRST);
	if (day != month)
		return day ? ORDER_DAY_FIRST : ORDER_MONTH_FIRST;
	const char *told = currency[0] ? currency : first_currency(stream);
	return is_month_first(stream->language, told) ? ORDER_MONTH_LIKELY : ORDER_OPEN;
}
