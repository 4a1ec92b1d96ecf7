/* A table from 64-bit keys to numbers that is asked most often for what it does not have. */
#ifndef RELANCE_LANGUAGE_WORD_INDEX_H
#define RELANCE_LANGUAGE_WORD_INDEX_H

#include "base/base.h"

struct word_slot {
	uint64_t key; /* 0: free */
	uint32_t value;
};

/*
 * Open addressing; a key is a mix of node, kind and word. Most of what is looked for (beginnings and ends of
 * words) is not there: `filter` has a bit for the lowest bits of each key, WORD_FILTER_BITS a slot, and is
 * small enough to stay near.
 */
struct word_index {
	uint64_t *filter;
	struct word_slot *slots;
	size_t capacity; /* a power of two */
	size_t count;
};

#define WORD_FILTER_BITS 8 /* a slot */

/* CAPACITY: a power of two, at least 8; it grows. */
void word_index_init(struct word_index *index, size_t capacity);
void word_index_clear(struct word_index *index);
/* VALUE under KEY, which is not 0, in place of what it had. */
void word_index_put(struct word_index *index, uint64_t key, uint32_t value);
/* What INDEX has under KEY, 0 for nothing. */
uint32_t word_index_get(const struct word_index *index, uint64_t key);

static inline size_t word_filter_bit(const struct word_index *index, uint64_t key)
{
	return (size_t)key & (WORD_FILTER_BITS * index->capacity - 1);
}

/* The same as word_index_get(), with a look at the filter first. */
static inline uint32_t word_index_find(const struct word_index *index, uint64_t key)
{
	size_t bit = word_filter_bit(index, key);
	return index->filter[bit / 64] >> (bit % 64) & 1 ? word_index_get(index, key) : 0;
}

#endif
