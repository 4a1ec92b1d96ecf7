/* The journal's rows and its head. Appending rules and hashing live in ledger/journal. */
#ifndef RELANCE_STORE_ROWS_JOURNAL_H
#define RELANCE_STORE_ROWS_JOURNAL_H

#include "store/rows.h"

struct event {
	int64_t sequence; /* from 1, without gaps */
	int64_t at;
	char *actor;	  /* always: "clerk", "user:anne" */
	char *kind;	  /* always: see ledger/event.h */
	int64_t customer; /* 0: none */
	int64_t receivable;
	int64_t message;
	char *dedupe;	     /* no two events have the same; or NULL */
	char *body;	     /* always: a JSON object, keys sorted, compact */
	char *previous_hash; /* always: 64 hex digits */
	char *hash;
};
extern const struct table journal_table;

bool journal_head_get(struct store *store, int64_t *sequence, char hash[65], struct error *error);
bool journal_head_put(struct store *store, int64_t sequence, const char *hash, struct error *error);
bool journal_has(struct store *store, const char *dedupe, bool *has, struct error *error);
/* In order, those with sequence > AFTER, up to MOST. */
GPtrArray *journal_list(struct store *store, int64_t after, int64_t most, struct error *error);
GPtrArray *journal_list_of_receivable(struct store *store, int64_t receivable, struct error *error);
/* All that concern the customer or any of its receivables. */
GPtrArray *journal_list_of_customer(struct store *store, int64_t customer, struct error *error);
/* Of one kind (its word), in order. */
GPtrArray *journal_list_of_kind(struct store *store, const char *kind, struct error *error);
bool journal_get(
    struct store *store, int64_t sequence, struct event *event, bool *found, struct error *error);

#endif
