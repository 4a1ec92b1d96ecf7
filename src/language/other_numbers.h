/*
 * Invoice numbers in a reply that our quoted mail does not name: they look like one that it names, or stand
 * right after a word for an invoice. Numbers of orders, payments and days are none.
 */
#ifndef RELANCE_LANGUAGE_OTHER_NUMBERS_H
#define RELANCE_LANGUAGE_OTHER_NUMBERS_H

#include "base/base.h"
#include "language/references.h"

struct other_number {
	size_t position; /* item of the stream at which it begins */
	char *number;	 /* as written, owned by the array */
};

/* Of struct other_number, in the order of STREAM; g_array_unref. STREAM needs references_annotate's look-up
 * of what is ours in REFERENCES. */
GArray *other_numbers_find(const struct references *references, const struct stream *stream);

#endif
