/* A store with a ledger in a folder of its own, for tests that need books. */
#ifndef RELANCE_TESTS_BOOKS_H
#define RELANCE_TESTS_BOOKS_H

#include "ledger/act.h"

struct books {
	char folder[64];
	char path[96];
	struct store *store;
	struct config config; /* empty: the caller may fill it */
	struct ledger ledger; /* actor "clerk", 2026-03-02T09:00:00Z, in an open transaction */
};

#define BOOKS_NOW   INT64_C(1772442000)
#define BOOKS_TODAY 20514

void books_open(struct books *books);
/* Commits, and starts the next transaction. */
void books_commit(struct books *books);
/* Rolls back what is open, removes the folder. */
void books_close(struct books *books);
/* A customer with a contact compta@DOMAIN. */
int64_t books_customer(struct books *books, const char *name, const char *domain);
/* An open invoice in EUR; TOTAL in cents. */
int64_t books_receivable(struct books *books, int64_t customer, const char *number, int64_t total,
    date_t issue_date, date_t due_date);
struct receivable books_load(struct books *books, int64_t receivable); /* row_clear it */

#endif
