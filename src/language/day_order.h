/* Whether a text writes the day or the month first where it writes days in numbers. */
#ifndef RELANCE_LANGUAGE_DAY_ORDER_H
#define RELANCE_LANGUAGE_DAY_ORDER_H

#include "base/base.h"
#include "language/stream.h"

/*
 * What the days in STREAM tell whose order is not open ("3/15"); else what is usual in the country of
 * CURRENCY (that of our documents; "" gives that of the first amount in STREAM), by `month-first` of the
 * lexicon. ORDER_OPEN where nothing tells: then the day stands first.
 */
enum day_order day_order_told(const struct stream *stream, const char *currency);

/* TOKEN is "24/7": mostly that means always, and no day. */
bool day_is_always(const struct token *token);

#endif
