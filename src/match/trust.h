/* Whether a message really comes from a customer: known domain, and authentication that our own verifier
 * passed. */
#ifndef RELANCE_MATCH_TRUST_H
#define RELANCE_MATCH_TRUST_H

#include "base/config.h"
#include "mail/message.h"
#include "store/store.h"

/*
 * VERIFIED is true when the From address is a contact of CUSTOMER or in a domain of its contacts, and the
 * topmost Authentication-Results of a configured authserv-id passed for that domain (RFC 8601). False only
 * when the store failed.
 */
bool trust_sender(struct store *store, const struct config *config, const struct message *message,
    int64_t customer, bool *verified, struct error *error);

#endif
