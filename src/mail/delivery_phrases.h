/* What mail servers and providers say about why they did not deliver, as data. */
#ifndef RELANCE_MAIL_DELIVERY_PHRASES_H
#define RELANCE_MAIL_DELIVERY_PHRASES_H

#include "base/base.h"

struct delivery_phrases {
	const char *reason; /* of struct delivery_recipient */
	const char *const
	    *words; /* ended by NULL; in lower case, the shortest only at the beginning of a word */
};
extern const struct delivery_phrases delivery_phrases[];
extern const size_t delivery_phrases_count;

#endif
