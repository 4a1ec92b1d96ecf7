/* Which classes some items have; and which of those that patterns with & look at, each once in a list, in the
 * order in which they came. */
#ifndef RELANCE_LANGUAGE_CLASS_SET_H
#define RELANCE_LANGUAGE_CLASS_SET_H

#include "base/base.h"
#include "language/stream.h"

struct class_set {
	uint32_t *filled; /* of each class: the number of the last filling that had it */
	uint32_t filling; /* the number of the present one */
	class_id *members;
	guint count;
};

/* Empty, for the classes of LEXICON. */
void class_set_init(struct class_set *set, const struct lexicon *lexicon);
void class_set_clear(struct class_set *set);
/* With the classes of the items [FIRST, END) instead of what it had. The list is left alone. */
void class_set_fill(struct class_set *set, const struct stream *stream, size_t first, size_t end);
/* The same, and the list. */
void class_set_fill_list(struct class_set *set, const struct stream *stream, size_t first, size_t end);

static inline bool class_set_has(const struct class_set *set, class_id class)
{
	return set->filled[class] == set->filling;
}

/* Whether what LISTED needs is there, in whatever order: mostly the rarest class is not. */
static inline bool class_set_suits(const struct class_set *set, const struct listed_pattern *listed)
{
	for (size_t i = 0; i < PATTERN_NEEDS; i++)
		if (!class_set_has(set, listed->needed[i]))
			return false;
	return true;
}

#endif
