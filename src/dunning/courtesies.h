/*
 * Thanks for payments and confirmations of agreed instalments that the clerk sends by itself, where the
 * company wants them (confirm_payments, confirm_instalments). They go the way of all mails, by the guards of
 * the site and of the day, ask for nothing and count as no contact.
 */
#ifndef RELANCE_DUNNING_COURTESIES_H
#define RELANCE_DUNNING_COURTESIES_H

#include "dunning/send.h"

/* Days after which a payment or an agreement is no news any more: after a long pause nobody is thanked late.
 */
#define COURTESY_DAYS 7

/* Composes what is due, some at a time. Nothing that happened before the first tick with the key on. Owns its
 * transactions. */
bool courtesies_compose(struct store *store, const struct config *config, const struct dunning_site *site,
    instant_t now, struct dunning_tick *tick, struct error *error);

#endif
