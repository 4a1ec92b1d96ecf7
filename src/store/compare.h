/* Comparing two stores' derived tables row by row, emptying them, and checking sums. */
#ifndef RELANCE_STORE_COMPARE_H
#define RELANCE_STORE_COMPARE_H

#include "store/rows.h"

/* Appends one text (g_malloc) to DIFFERENCES for each row that differs or is missing on either side; at most
 * 20 a table. */
bool compare_derived(struct store *books, struct store *fresh, GPtrArray *differences, struct error *error);
/* Empties every table that is derived from the journal, and the plan. In the caller's transaction. */
bool derived_clear(struct store *store, struct error *error);
/* Sums and states that contradict each other. */
bool books_findings(struct store *store, GPtrArray *findings, struct error *error);

#endif
