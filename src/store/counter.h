/* Counters that outlive restarts and stand outside the journal: what was seen and left no other trace. */
#ifndef RELANCE_STORE_COUNTER_H
#define RELANCE_STORE_COUNTER_H

#include "store/store.h"

/* Adds to the counter NAME ("unrelated"), which starts at 0. */
bool counter_add(struct store *store, const char *name, int64_t count, struct error *error);
bool counter_get(struct store *store, const char *name, int64_t *count, struct error *error);

#endif
