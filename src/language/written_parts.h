/* What the words of one expression of a day say: "Friday the 12th of May 2026". */
#ifndef RELANCE_LANGUAGE_WRITTEN_PARTS_H
#define RELANCE_LANGUAGE_WRITTEN_PARTS_H

#include "base/base.h"
#include "language/stream.h"

struct written_parts {
	int64_t day, number, last_number, year; /* -1 for none, the year 0 */
	int month, weekday;
	const struct token *numeric;
	bool range;
};

/* The day, month, weekday, year and numbers in the LENGTH items from FIRST on. */
struct written_parts written_parts_collect(const struct stream *stream, size_t first, size_t length);

#endif
