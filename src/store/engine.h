/*
 * What a SQL engine must do for us: the small door behind which SQLite runs today and PostgreSQL can run
 * tomorrow. Only src/store includes this. SQL is written once in a subset that both take unchanged:
 * parameters $1, $2, …; RETURNING; ON CONFLICT; no engine's own functions, no rowid, no type affinity. Words
 * of the DDL that differ are written in braces
 * ({integer}, {blob}, {table}) and replaced by engine_ddl_words.
 */
#ifndef RELANCE_STORE_ENGINE_H
#define RELANCE_STORE_ENGINE_H

#include "base/base.h"

/* REFUSED: the values break a rule of the tables, and will again. */
enum engine_step { ENGINE_ROW, ENGINE_DONE, ENGINE_BUSY, ENGINE_REFUSED, ENGINE_FAILED };

struct engine_word {
	const char *word;    /* "{integer}" */
	const char *instead; /* "INTEGER" */
};

struct engine {
	const char *name;		     /* "sqlite" */
	const struct engine_word *ddl_words; /* ends with a NULL word */
	/* Opens LOCATION (what follows "sqlite:"); WRITABLE false never changes anything. NULL with ERROR. */
	void *(*open)(const char *location, bool writable, struct error *error);
	void (*close)(void *connection);
	/* Runs statements without parameters, all of them (DDL). */
	bool (*script)(void *connection, const char *sql, struct error *error);
	void *(*prepare)(void *connection, const char *sql, struct error *error);
	void (*finalize)(void *statement);
	/* Parameters count from 1. Bytes are copied. A NULL text or blob is a null. */
	bool (*bind_integer)(void *statement, int parameter, int64_t value);
	bool (*bind_text)(void *statement, int parameter, const char *value);
	bool (*bind_blob)(void *statement, int parameter, const void *bytes, size_t length);
	bool (*bind_null)(void *statement, int parameter);
	enum engine_step (*step)(void *statement);
	void (*reset)(void *statement);
	/* Columns count from 0; pointers live until the next step or reset. */
	bool (*column_is_null)(void *statement, int column);
	int64_t (*column_integer)(void *statement, int column);
	const char *(*column_text)(void *statement, int column);
	const void *(*column_blob)(void *statement, int column, size_t *length);
	int (*column_count)(void *statement);
	const char *(*column_name)(void *statement, int column);
	/* The words for the last failure of the connection. */
	const char *(*failure)(void *connection);
	/* Starts a transaction that will write: it gets the right to write at once or says that others have
	 * it. */
	const char *begin_write;
	const char *begin_read;
	/* Run once in a new store, outside a transaction: the mark by which it is known as ours. */
	const char *mark_new;
	/* A consistent copy into FILE while others work. */
	bool (*backup)(void *connection, const char *file, struct error *error);
	/* The engine's own check of its files; false with the first finding in ERROR. */
	bool (*check)(void *connection, struct error *error);
};

extern const struct engine engine_sqlite;

#endif
