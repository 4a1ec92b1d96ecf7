/*
 * The ledger: the handle through which the clerk and the commands change the books. Every change is an event
 * in the journal; the event is applied to the derived tables in the same transaction. The caller owns the
 * transaction (store_begin … store_commit) and lets src/dunning plan anew what was touched before it commits.
 */
#ifndef RELANCE_LEDGER_LEDGER_H
#define RELANCE_LEDGER_LEDGER_H

#include "base/base.h"
#include "base/config.h"
#include "base/instant.h"
#include "store/store.h"

#include <glib.h>
#include <jansson.h>

struct ledger {
	struct store *store;	     /* borrowed */
	const struct config *config; /* borrowed */
	const char *actor;	     /* borrowed: "clerk", "user:anne" */
	instant_t now;		     /* of this transaction */
	date_t today;		     /* the civil day of it in the configured zone */
	/* Sets of ids (gint64 keys) that the transaction's events touched: receivables, and customers with
	 * all that they have open. */
	GHashTable *touched, *touched_customers;
};

/* In caller storage. */
void ledger_init(struct ledger *ledger, struct store *store, const struct config *config, const char *actor,
    instant_t now, date_t today);
void ledger_clear(struct ledger *ledger);
/* Marks a receivable, or all open ones of a customer, for planning. */
void ledger_touch(struct ledger *ledger, int64_t receivable);
void ledger_touch_customer(struct ledger *ledger, int64_t customer);

#endif
