/* The journal: append-only, hash-chained. Promise 5. */
#ifndef RELANCE_LEDGER_JOURNAL_H
#define RELANCE_LEDGER_JOURNAL_H

#include "ledger/event.h"
#include "ledger/ledger.h"

/* What an event is about. Zero ids: nothing of that kind. */
struct event_about {
	int64_t customer;
	int64_t receivable;
	int64_t message;
	const char *dedupe; /* no second event with the same is written; NULL: no such rule */
};

/*
 * Appends an event and applies it. BODY is stolen (json_decref'ed), and must hold the keys that
 * ledger/event.h names for KIND. SEQUENCE (may be NULL) gets its number, which is the id of the row it makes;
 * 0 when an event with the same dedupe was there already (nothing is written then). False: the transaction
 * must be rolled back.
 */
bool journal_append(struct ledger *ledger, enum event_kind kind, struct event_about about, json_t *body,
    int64_t *sequence, struct error *error);
/* Recomputes the chain. False with the first bad sequence number in ERROR. COUNT gets the number of events.
 */
bool journal_verify(struct store *store, int64_t *count, struct error *error);

#endif
