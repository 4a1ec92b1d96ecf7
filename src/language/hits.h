/* Where the rules of a language match a text, and what weakens each match. */
#ifndef RELANCE_LANGUAGE_HITS_H
#define RELANCE_LANGUAGE_HITS_H

#include "base/base.h"
#include "language/stream.h"

struct hit {
	const struct rule *rule;
	uint32_t first, end; /* items */
	uint32_t clause;     /* of its last item */
	bool negated, asked, conditional, consequence, reported, unreal, of_others;
	bool weak; /* one of them weakens it: no evidence of its own */
};

/* Of struct hit, in the order of the text; each rule at most once a clause. g_array_free. */
GArray *hits_find(const struct stream *stream);

/* A match of RULE on the items [FIRST, END), weighed. */
struct hit hit_of(const struct stream *stream, const struct rule *rule, size_t first, size_t end);

#endif
