/* Deriving the books anew from the journal, and comparing. */
#ifndef RELANCE_LEDGER_REBUILD_H
#define RELANCE_LEDGER_REBUILD_H

#include "store/store.h"

/*
 * Replays the journal of STORE into a new store at SCRATCH (a path that must not exist; the caller removes
 * it) and compares every derived table. DIFFERENCES gets what differs, one text per finding (g_free'd with
 * the array); none: the books are as the journal says. EVENTS gets the number of events. False: it could not
 * be done.
 */
bool rebuild_compare(
    struct store *store, const char *scratch, GPtrArray **differences, int64_t *events, struct error *error);
/*
 * Puts the derived tables of STORE right: they are emptied and derived anew in one transaction. The plan must
 * be made anew afterwards (plan_all).
 */
bool rebuild_adopt(struct store *store, int64_t *events, struct error *error);
/* Checks the books against themselves: open amounts equal the sum of the entries, states fit. As
 * rebuild_compare. */
bool books_check(struct store *store, GPtrArray **findings, struct error *error);

#endif
