/* The engine SQLite: WAL, synchronous=FULL, foreign keys, STRICT tables. */
#include "base/base.h"
#include "store/engine.h"

#include <sqlite3.h>

#define APPLICATION_ID	  "1380273230" /* the letters RELN */
#define BUSY_MILLISECONDS 5000

static const struct engine_word words[] = {
    {"{integer}", "INTEGER"},
    {"{blob}", "BLOB"},
    {"{table}", "STRICT"},
    {NULL, NULL},
};

static bool failed(sqlite3 *connection, const char *what, struct error *error)
{
	int code = connection ? sqlite3_errcode(connection) : SQLITE_NOMEM;
	enum exit_status status = code == SQLITE_BUSY || code == SQLITE_LOCKED ? STATUS_TRY_AGAIN
				  : code == SQLITE_PERM || code == SQLITE_READONLY || code == SQLITE_AUTH
				      ? STATUS_NO_PERMISSION
				  : code == SQLITE_CANTOPEN ? STATUS_UNAVAILABLE
							    : STATUS_IO;
	return error_set(
	    error, status, "%s: %s", what, connection ? sqlite3_errmsg(connection) : "out of memory");
}

static bool sqlite_script(void *connection, const char *sql, struct error *error)
{
	return sqlite3_exec(connection, sql, NULL, NULL, NULL) == SQLITE_OK ||
	       failed(connection, "store", error);
}

static void *sqlite_open(const char *location, bool writable, struct error *error)
{
	sqlite3 *connection = NULL;
	int flags = (writable ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY) |
		    SQLITE_OPEN_NOMUTEX;
	if (sqlite3_open_v2(location, &connection, flags, NULL) != SQLITE_OK) {
		failed(connection, location, error);
		sqlite3_close(connection);
		return NULL;
	}
	sqlite3_extended_result_codes(connection, 0);
	sqlite3_busy_timeout(connection, BUSY_MILLISECONDS);
	const char *setup =
	    writable ? "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
		       "PRAGMA trusted_schema = OFF; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000"
		     : "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA query_only = ON";
	if (!sqlite_script(connection, setup, error)) {
		error_prefix(error, "%s", location);
		sqlite3_close(connection);
		return NULL;
	}
	return connection;
}

static void sqlite_close(void *connection)
{
	sqlite3_close_v2(connection);
}

static void *sqlite_prepare(void *connection, const char *sql, struct error *error)
{
	sqlite3_stmt *statement = NULL;
	if (sqlite3_prepare_v3(connection, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) == SQLITE_OK)
		return statement;
	failed(connection, "store", error);
	return NULL;
}

static void sqlite_finalize(void *statement)
{
	sqlite3_finalize(statement);
}

/* SQLite numbers "$2" by first use, PostgreSQL by its digits: look the number up by the name. Mostly the two
 * agree. */
static int parameter_index(void *statement, int parameter)
{
	char name[16];
	const char *own = sqlite3_bind_parameter_name(statement, parameter);
	if (own && parameter < 10 && own[1] == '0' + parameter && !own[2])
		return parameter;
	snprintf(name, sizeof name, "$%d", parameter);
	if (own && strcmp(own, name) == 0)
		return parameter;
	return sqlite3_bind_parameter_index(statement, name);
}

static bool sqlite_bind_integer(void *statement, int parameter, int64_t value)
{
	return sqlite3_bind_int64(statement, parameter_index(statement, parameter), value) == SQLITE_OK;
}

static bool sqlite_bind_null(void *statement, int parameter)
{
	return sqlite3_bind_null(statement, parameter_index(statement, parameter)) == SQLITE_OK;
}

static bool sqlite_bind_text(void *statement, int parameter, const char *value)
{
	if (!value)
		return sqlite_bind_null(statement, parameter);
	return sqlite3_bind_text(statement, parameter_index(statement, parameter), value, -1,
		   SQLITE_TRANSIENT) == SQLITE_OK;
}

static bool sqlite_bind_blob(void *statement, int parameter, const void *bytes, size_t length)
{
	if (!bytes)
		return sqlite_bind_null(statement, parameter);
	return sqlite3_bind_blob64(statement, parameter_index(statement, parameter), bytes, length,
		   SQLITE_TRANSIENT) == SQLITE_OK;
}

static enum engine_step sqlite_step(void *statement)
{
	switch (sqlite3_step(statement)) {
	case SQLITE_ROW:
		return ENGINE_ROW;
	case SQLITE_DONE:
		return ENGINE_DONE;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return ENGINE_BUSY;
	case SQLITE_CONSTRAINT:
	case SQLITE_MISMATCH:
	case SQLITE_TOOBIG:
		return ENGINE_REFUSED;
	default:
		return ENGINE_FAILED;
	}
}

static void sqlite_reset(void *statement)
{
	sqlite3_reset(statement);
	sqlite3_clear_bindings(statement);
}

static bool sqlite_column_is_null(void *statement, int column)
{
	return sqlite3_column_type(statement, column) == SQLITE_NULL;
}

static int64_t sqlite_column_integer(void *statement, int column)
{
	return sqlite3_column_int64(statement, column);
}

static const char *sqlite_column_text(void *statement, int column)
{
	return (const char *)sqlite3_column_text(statement, column);
}

static const void *sqlite_column_blob(void *statement, int column, size_t *length)
{
	const void *bytes = sqlite3_column_blob(statement, column);
	*length = (size_t)sqlite3_column_bytes(statement, column);
	return bytes;
}

static int sqlite_column_count(void *statement)
{
	return sqlite3_column_count(statement);
}

static const char *sqlite_column_name(void *statement, int column)
{
	return sqlite3_column_name(statement, column);
}

static const char *sqlite_failure(void *connection)
{
	return sqlite3_errmsg(connection);
}

static bool sqlite_backup(void *connection, const char *file, struct error *error)
{
	sqlite3 *target = NULL;
	bool done = sqlite3_open(file, &target) == SQLITE_OK;
	sqlite3_backup *backup = done ? sqlite3_backup_init(target, "main", connection, "main") : NULL;
	done = backup && sqlite3_backup_step(backup, -1) == SQLITE_DONE;
	if (backup)
		done = sqlite3_backup_finish(backup) == SQLITE_OK && done;
	/* The copy is one file without a write-ahead log beside it. */
	done = done && sqlite3_exec(target, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL) == SQLITE_OK;
	if (!done)
		failed(target, file, error);
	return sqlite3_close(target) == SQLITE_OK && done;
}

static bool sqlite_check(void *connection, struct error *error)
{
	sqlite3_stmt *statement = sqlite_prepare(connection, "PRAGMA integrity_check(1)", error);
	if (!statement)
		return false;
	bool sound = sqlite3_step(statement) == SQLITE_ROW &&
		     !strcmp((const char *)sqlite3_column_text(statement, 0), "ok");
	if (!sound)
		error_set(error, STATUS_DATA, "store: %s", sqlite3_column_text(statement, 0));
	sqlite3_finalize(statement);
	if (!sound)
		return false;
	statement = sqlite_prepare(connection, "PRAGMA foreign_key_check", error);
	if (!statement)
		return false;
	sound = sqlite3_step(statement) == SQLITE_DONE;
	if (!sound)
		error_set(error, STATUS_DATA, "store: table %s has a row that refers to nothing",
		    sqlite3_column_text(statement, 0));
	sqlite3_finalize(statement);
	return sound;
}

const struct engine engine_sqlite = {
    .name = "sqlite",
    .ddl_words = words,
    .open = sqlite_open,
    .close = sqlite_close,
    .script = sqlite_script,
    .prepare = sqlite_prepare,
    .finalize = sqlite_finalize,
    .bind_integer = sqlite_bind_integer,
    .bind_text = sqlite_bind_text,
    .bind_blob = sqlite_bind_blob,
    .bind_null = sqlite_bind_null,
    .step = sqlite_step,
    .reset = sqlite_reset,
    .column_is_null = sqlite_column_is_null,
    .column_integer = sqlite_column_integer,
    .column_text = sqlite_column_text,
    .column_blob = sqlite_column_blob,
    .column_count = sqlite_column_count,
    .column_name = sqlite_column_name,
    .failure = sqlite_failure,
    .mark_new = "PRAGMA application_id = " APPLICATION_ID,
    .begin_write = "BEGIN IMMEDIATE",
    .begin_read = "BEGIN DEFERRED",
    .backup = sqlite_backup,
    .check = sqlite_check,
};
