/* A set of classes: which there are, and each once in a list, in the order in which they came. */
#ifndef RELANCE_LANGUAGE_CLASS_SET_H
#define RELANCE_LANGUAGE_CLASS_SET_H

#include "base/base.h"
#include "language/stream.h"

struct class_set {
	bool *has; /* of each class */
	class_id *members;
	guint count;
};

/* Empty, for the classes of LEXICON. */
void class_set_init(struct class_set *set, const struct lexicon *lexicon);
void class_set_clear(struct class_set *set);
/* With the classes of the items [FIRST, END) instead of what it had. */
void class_set_fill(struct class_set *set, const struct stream *stream, size_t first, size_t end);

static inline bool class_set_has(const struct class_set *set, class_id class)
{
	return set->has[class];
}

#endif
