/* A table from 64-bit keys to numbers that is asked most often for what it does not have. */
#ifndef RELANCE_LANGUAGE_WORD_INDEX_H
#define RELANCE_LANGUAGE_WORD_INDEX_H

#include "base/base.h"

struct word_slot {
	uint64_t key; /* 0: free */
	uint64_t value;
};

/*
 * Open addressing; a key is a mix of node, kind and word. Most of what is looked for (beginnings and ends of
 * words) is not there: `filter` has two bits for each key, both in one element, which its lowest bits tell;
 * WORD_FILTER_BITS a slot, so that it is small enough to stay near.
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
void word_index_put(struct word_index *index, uint64_t key, uint64_t value);
/* What INDEX has under KEY, 0 for nothing. */
uint64_t word_index_get(const struct word_index *index, uint64_t key);

static inline uint64_t *word_filter_element(const struct word_index *index, uint64_t key)
{
	return &index->filter[(size_t)key & (WORD_FILTER_BITS * index->capacity / 64 - 1)];
}

static inline uint64_t word_filter_bits(uint64_t key)
{
	return UINT64_C(1) << (key >> 32) % 64 | UINT64_C(1) << (key >> 38) % 64;
}

/* Asks for what word_index_find() will look at, so that it is near by then. */
static inline void word_index_fetch(const struct word_index *index, uint64_t key)
{
	__builtin_prefetch(&index->slots[(size_t)key & (index->capacity - 1)]);
}

/* The same as word_index_get(), with a look at the filter first. */
static inline uint64_t word_index_find(const struct word_index *index, uint64_t key)
{
	uint64_t missing = ~*word_filter_element(index, key) & word_filter_bits(key);
	return missing ? 0 : word_index_get(index, key);
}

#endif
