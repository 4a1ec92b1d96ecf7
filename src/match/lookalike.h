/* Domains that are made to be mistaken for others: the letter that is swapped, doubled or looks the same. */
#ifndef RELANCE_MATCH_LOOKALIKE_H
#define RELANCE_MATCH_LOOKALIKE_H

#include "base/config.h"
#include "store/store.h"

/* Whether DOMAIN is not REAL, nor a part of it, but looks like it. ASCII without case; both may be NULL. */
bool domain_imitates(const char *domain, const char *real);
/*
 * The domain that ADDRESS (may be NULL) imitates: one of the company's own or CUSTOMER's. NULL where it
 * imitates none; g_free. False only when the store failed.
 */
bool lookalike_find(struct store *store, const struct company_config *company, int64_t customer,
    const char *address, char **imitated, struct error *error);

#endif
