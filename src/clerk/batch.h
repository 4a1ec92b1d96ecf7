/*
 * A batch: the oldest messages of the spool, read in parallel by the caged workers, taken into the books in
 * one transaction (group commit), then removed from the spool.
 */
#ifndef RELANCE_CLERK_BATCH_H
#define RELANCE_CLERK_BATCH_H

#include "dunning/plan.h"
#include "host/spool.h"
#include "host/watchlist.h"

struct batch_place {
	struct store *store;
	const struct config *config;
	const struct dunning_site *site;
	const struct spool *spool;
	struct watchlist *watchlist; /* NULL: it could not be opened; nothing is added */
	bool *watchlist_lags;	     /* set when ids could not be added: they must be added again later */
	GPtrArray *clients;	     /* of struct reader_client * */
};

/* Up to so many messages at once. */
#define BATCH_MOST 64

/*
 * One batch. DONE gets the number of messages that left the spool (taken, or moved to failed/); 0 with true:
 * there was nothing to do. False: try again later (no reader, the store is busy); nothing is lost.
 */
bool batch_run(const struct batch_place *place, int *done, struct error *error);

#endif
