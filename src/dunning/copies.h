/*
 * Copies of invoices that verified customers ask for. Who asks leaves a task "copy" in the books; the clerk
 * does it on its tick, and where it may not or cannot, the task is a person's.
 */
#ifndef RELANCE_DUNNING_COPIES_H
#define RELANCE_DUNNING_COPIES_H

#include "dunning/send.h"
#include "store/rows_case.h"

/* Copies that one tick composes at most. */
#define COPIES_PER_TICK 50

/* Days after which a question that could not be answered is a person's: past mail that was imported, a long
 * pause. */
#define COPY_DAYS 7

/*
 * Composes the copies that are asked for, one a day and invoice, while nothing of the site holds them. TICK
 * counts them. Owns its transactions.
 */
bool copies_compose(struct store *store, const struct config *config, const struct dunning_site *site,
    instant_t now, struct dunning_tick *tick, struct error *error);

/* Whether HOLD is of a kind that stops all that the clerk writes of its own accord. */
bool hold_stops_all(const struct hold *hold);
/* Whether the clerk may write nothing of its own accord: a person has stopped it, or the customer is
 * insolvent or speaks of the law. */
bool mail_is_stopped(
    struct ledger *ledger, int64_t customer, int64_t receivable, bool *stopped, struct error *error);

#endif
