/*
 * A handle on the store, transactions and queries. One handle belongs to one thread. The files rows_*.h
 *beside this one know the tables; nobody outside src/store writes SQL.
 *
 * Query style: errors stick to the query, so that a caller looks once, at the end:
 *
 *	struct query query;
 *	query_open(&query, store, "SELECT name FROM customer WHERE id = $1", "i", id);
 *	while (query_row(&query))
 *		... query_text(&query, 0) ...
 *	return query_close(&query, error);
 *
 * FORMAT has one letter per parameter: i int64_t, d date_t, t const char * (NULL is null), b const void * and
 *size_t, n nothing (null).
 */
#ifndef RELANCE_STORE_STORE_H
#define RELANCE_STORE_STORE_H

#include "base/base.h"
#include "base/date.h"

#include <glib.h>
#include <stdarg.h>

struct store;

enum store_mode { STORE_READ, STORE_WRITE, STORE_CREATE };

/*
 * Opens "sqlite:PATH" (a bare PATH is SQLite, too). STORE_CREATE makes a missing store with the present
 * schema; the others refuse a missing one (STATUS_UNAVAILABLE), a newer schema (STATUS_CONFIG) and an older
 * one (STATUS_CONFIG, "relance migrate"). NULL with ERROR.
 */
struct store *store_open(const char *location, enum store_mode mode, struct error *error);
void store_close(struct store *store);
/* Brings an older schema to the present one, step by step, one transaction each. */
bool store_migrate(const char *location, struct error *error);
int store_schema_version(void);

/* Transactions do not nest. begin waits up to the busy timeout (5 s), then STATUS_TRY_AGAIN. */
bool store_begin(struct store *store, struct error *error);
/* A transaction that sees one state and writes nothing. */
bool store_begin_read(struct store *store, struct error *error);
bool store_commit(struct store *store, struct error *error);
void store_rollback(struct store *store);
bool store_in_transaction(const struct store *store);

/* Runs a statement that returns no rows we want. */
bool store_run(struct store *store, struct error *error, const char *sql, const char *format, ...);
bool store_backup(struct store *store, const char *file, struct error *error);
bool store_check(struct store *store, struct error *error);

/* What NAME (an address that stands for the text, of a static object) was set to, kept by the store; NULL: nothing
 * yet. TEXT is taken over. */
const char *store_text(const struct store *store, const void *name);
const char *store_keep_text(struct store *store, const void *name, char *text);

struct query {
	struct store *store;
	void *statement;
	struct kept_statement *kept; /* the store's; NULL: this query's own, finalized with it */
	struct error error; /* the first failure */
	bool failed;
};
void query_open(struct query *query, struct store *store, const char *sql, const char *format, ...);
void query_open_list(
    struct query *query, struct store *store, const char *sql, const char *format, va_list values);
/* Binding by hand after an open with format "". */
void query_bind_integer(struct query *query, int parameter, int64_t value);
void query_bind_text(struct query *query, int parameter, const char *value);
bool query_row(struct query *query);
bool query_is_null(struct query *query, int column);
int64_t query_integer(struct query *query, int column);
date_t query_date(struct query *query, int column);	 /* DATE_NONE for null */
const char *query_text(struct query *query, int column); /* NULL for null; until the next row */
const void *query_blob(struct query *query, int column, size_t *length);
int query_column_count(struct query *query); /* 0 after a failed open */
const char *query_column_name(struct query *query, int column);
/* Ends it in any state. False with ERROR when anything failed since query_open. */
bool query_close(struct query *query, struct error *error);

#endif
