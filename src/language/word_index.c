#include "base/base.h"

#include "language/word_index.h"

#include <glib.h>

static size_t index_slot(const struct word_index *index, uint64_t key)
{
	size_t slot = (size_t)key & (index->capacity - 1);
	while (index->slots[slot].key && index->slots[slot].key != key)
		slot = (slot + 1) & (index->capacity - 1);
	return slot;
}

static void filter_add(struct word_index *index, uint64_t key)
{
	*word_filter_element(index, key) |= word_filter_bits(key);
}

void word_index_clear(struct word_index *index)
{
	g_free(index->filter);
	g_free(index->slots);
}

void word_index_init(struct word_index *index, size_t capacity)
{
	*index = (struct word_index){.capacity = capacity,
	    .filter = g_new0(uint64_t, WORD_FILTER_BITS * capacity / 64),
	    .slots = g_new0(struct word_slot, capacity)};
}

static void index_grow(struct word_index *index)
{
	struct word_index bigger;
	word_index_init(&bigger, 2 * index->capacity);
	bigger.count = index->count;
	for (size_t i = 0; i < index->capacity; i++)
		if (index->slots[i].key) {
			bigger.slots[index_slot(&bigger, index->slots[i].key)] = index->slots[i];
			filter_add(&bigger, index->slots[i].key);
		}
	word_index_clear(index);
	*index = bigger;
}

void word_index_put(struct word_index *index, uint64_t key, uint64_t value)
{
	if (4 * (index->count + 1) > 3 * index->capacity)
		index_grow(index);
	struct word_slot *slot = &index->slots[index_slot(index, key)];
	index->count += slot->key == 0;
	*slot = (struct word_slot){key, value};
	filter_add(index, key);
}

uint64_t word_index_get(const struct word_index *index, uint64_t key)
{
	return index->slots[index_slot(index, key)].value;
}
