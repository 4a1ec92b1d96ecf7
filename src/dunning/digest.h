/*
 * The digest: a mail a day to the controllers of a company about what waits for them, what arrived, what will
 * be sent, promises and disputes; nothing when there is nothing. Answering it gives orders
 * (dunning/orders.h).
 */
#ifndef RELANCE_DUNNING_DIGEST_H
#define RELANCE_DUNNING_DIGEST_H

#include "dunning/notice.h"

struct digest {
	bool is_empty;		     /* there is nothing to say */
	char *subject, *text, *html; /* g_free */
};

/* For COMPANY as of now: messages behind the event AFTER that were received at SINCE or later. Writes
 * nothing.
 */
bool digest_compose(struct ledger *ledger, const struct company_config *company, int64_t after,
    instant_t since, struct digest *digest, struct error *error);
void digest_clear(struct digest *digest);
/* Since when the next digest of COMPANY counts: since the last one, else a day. */
bool digest_since(struct ledger *ledger, const struct company_config *company, int64_t *after,
    instant_t *since, struct error *error);

/* Puts the digests that are due by now into the journal: once a business day and company, whatever dies when.
 * Owns its transactions. */
bool digest_tick(struct store *store, const struct config *config, const struct dunning_site *site,
    instant_t now, struct error *error);

#endif
