#include "base/base.h"
#include "language/written_parts.h"

/* The number that a word and it make one code of ("KW44", "S26"); -1 for none. */
static int64_t number_of_code(const struct stream *stream, size_t position)
{
	const struct token *token = stream_token(stream, position);
	const char *folded = words_folded(&stream->words, stream_item(stream, position)->token);
	size_t letters = strcspn(folded, "0123456789"), digits = strspn(folded + letters, "0123456789");
	if (token->kind != TOKEN_CODE || letters == 0 || digits == 0 || digits > 2 ||
	    folded[letters + digits])
		return -1;
	return g_ascii_strtoll(folded + letters, NULL, 10);
}

struct written_parts written_parts_collect(const struct stream *stream, size_t first, size_t length)
{
	struct written_parts parts = {.day = -1, .number = -1, .last_number = -1};
	for (size_t i = first; i < first + length;) {
		const struct token *token = stream_token(stream, i);
		size_t items = 1;
		parts.range |= token->range;
		int64_t number = stream_number(stream, i, &items);
		int month = stream_month(stream, i), weekday = stream_weekday(stream, i);
		if (number < 0)
			number = number_of_code(stream, i);
		if (token->kind == TOKEN_DATE || token->kind == TOKEN_DECIMAL ||
		    (token->kind == TOKEN_CODE && token->month)) {
			if (!parts.numeric)
				parts.numeric = token;
		} else if (number >= 1990 && number < 2100) {
			parts.year = number;
		} else if (number >= 0) {
			parts.last_number = number;
			if (parts.number < 0)
				parts.number = number;
			else if (month == 0 && parts.year == 0 && parts.month && number >= 20 &&
				 number < 100 && token->kind == TOKEN_NUMBER)
				parts.year = 2000 + number;
			if (number >= 1 && number <= 31 && parts.day < 0)
				parts.day = number;
		}
		if (month && !parts.month && !(number >= 0))
			parts.month = month;
		if (weekday && !parts.weekday)
			parts.weekday = weekday;
		i += items;
	}
	return parts;
}
