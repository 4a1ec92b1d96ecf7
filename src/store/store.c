#include "base/base.h"
#include "store/store.h"

#include "base/buffer.h"
#include "store/engine.h"
#include "store/schema.h"

#include <stdarg.h>
#include <unistd.h>

struct store {
	const struct engine *engine;
	void *connection;
	GHashTable *statements; /* SQL text to struct kept_statement */
	GHashTable *texts;	/* address to the text that it stands for */
	bool in_transaction;
};

/* Prepared once; IN_USE by one query at a time: where the same SQL runs inside itself, that is prepared apart. */
struct kept_statement {
	const struct engine *engine;
	void *prepared;
	bool in_use;
};

static void kept_statement_free(void *data)
{
	struct kept_statement *kept = data;
	kept->engine->finalize(kept->prepared);
	g_free(kept);
}

static const struct {
	const char *prefix;
	const struct engine *engine;
} engines[] = {{"sqlite:", &engine_sqlite}};

static const struct engine *find_engine(const char *location, const char **rest)
{
	*rest = location;
	for (size_t i = 0; i < ARRAY_LENGTH(engines); i++)
		if (g_str_has_prefix(location, engines[i].prefix)) {
			*rest = location + strlen(engines[i].prefix);
			return engines[i].engine;
		}
	return engines[0].engine;
}

static struct store *connect_store(const char *location, bool writable, bool create, struct error *error)
{
	const char *rest;
	const struct engine *engine = find_engine(location, &rest);
	if (!create && engine == &engine_sqlite && access(rest, F_OK)) {
		error_set(
		    error, STATUS_UNAVAILABLE, "%s: there is no store (\"relance init\" makes it)", rest);
		return NULL;
	}
	void *connection = engine->open(rest, writable, error);
	if (!connection)
		return NULL;
	struct store *store = g_new0(struct store, 1);
	store->engine = engine;
	store->connection = connection;
	store->statements = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, kept_statement_free);
	store->texts = g_hash_table_new_full(NULL, NULL, NULL, g_free);
	return store;
}

/* 0 for an empty store. */
static bool read_version(struct store *store, int *version, struct error *error)
{
	struct error ignored = {0};
	void *statement = store->engine->prepare(
	    store->connection, "SELECT value FROM meta WHERE name = 'schema_version'", &ignored);
	*version = 0;
	if (!statement)
		return true;
	enum engine_step step = store->engine->step(statement);
	const char *text = step == ENGINE_ROW ? store->engine->column_text(statement, 0) : NULL;
	*version = text ? (int)g_ascii_strtoll(text, NULL, 10) : 0;
	store->engine->finalize(statement);
	return step == ENGINE_ROW || error_set(error, STATUS_DATA, "store: it has no schema version");
}

static void replace_words(const struct engine *engine, const char *script, struct buffer *sql)
{
	for (const char *at = script; *at;) {
		const struct engine_word *word = engine->ddl_words;
		while (word->word && !g_str_has_prefix(at, word->word))
			word++;
		if (word->word) {
			buffer_append_text(sql, word->instead);
			at += strlen(word->word);
		} else {
			buffer_append_char(sql, *at++);
		}
	}
}

/* One version up, in a transaction of its own. */
static bool upgrade(struct store *store, int to, struct error *error)
{
	struct buffer sql = BUFFER_EMPTY;
	buffer_printf(&sql, "%s;", store->engine->begin_write);
	replace_words(store->engine, schema_versions[to - 1], &sql);
	buffer_printf(&sql,
	    "INSERT INTO meta (name, value) VALUES ('schema_version', '%d')"
	    " ON CONFLICT (name) DO UPDATE SET value = excluded.value; COMMIT",
	    to);
	bool done = store->engine->script(store->connection, sql.bytes, error);
	buffer_clear(&sql);
	if (!done) {
		struct error ignored = {0};
		(void)store->engine->script(store->connection, "ROLLBACK", &ignored);
		error_prefix(error, "schema version %d", to);
	}
	return done;
}

static bool upgrade_all(struct store *store, int from, struct error *error)
{
	for (int version = from + 1; version <= schema_version_count; version++)
		if (!upgrade(store, version, error))
			return false;
	return true;
}

static bool accept_version(struct store *store, int version, enum store_mode mode, struct error *error)
{
	if (version == 0 && mode == STORE_CREATE)
		return store->engine->script(store->connection, store->engine->mark_new, error) &&
		       upgrade_all(store, 0, error);
	if (version == 0)
		return error_set(error, STATUS_UNAVAILABLE, "store: it is empty (\"relance init\" makes it)");
	if (version > schema_version_count)
		return error_set(error, STATUS_CONFIG,
		    "store: its schema is version %d, this program knows up to %d: it was used by a newer "
		    "Relance",
		    version, schema_version_count);
	if (version < schema_version_count)
		return error_set(error, STATUS_CONFIG,
		    "store: its schema is version %d, this program needs %d: run \"relance migrate\"",
		    version, schema_version_count);
	return true;
}

struct store *store_open(const char *location, enum store_mode mode, struct error *error)
{
	struct store *store = connect_store(location, mode != STORE_READ, mode == STORE_CREATE, error);
	if (!store)
		return NULL;
	int version;
	if (read_version(store, &version, error) && accept_version(store, version, mode, error))
		return store;
	store_close(store);
	return NULL;
}

bool store_migrate(const char *location, struct error *error)
{
	struct store *store = connect_store(location, true, false, error);
	if (!store)
		return false;
	int version;
	bool done = read_version(store, &version, error);
	if (done && version > schema_version_count)
		done = accept_version(store, version, STORE_WRITE, error);
	done = done && upgrade_all(store, version, error);
	store_close(store);
	return done;
}

int store_schema_version(void)
{
	return schema_version_count;
}

void store_close(struct store *store)
{
	if (!store)
		return;
	if (store->in_transaction)
		store_rollback(store);
	g_hash_table_destroy(store->statements);
	g_hash_table_destroy(store->texts);
	store->engine->close(store->connection);
	g_free(store);
}

static bool begin(struct store *store, const char *sql, struct error *error)
{
	if (store->in_transaction)
		abort();
	store->in_transaction = store->engine->script(store->connection, sql, error);
	return store->in_transaction;
}

bool store_begin(struct store *store, struct error *error)
{
	return begin(store, store->engine->begin_write, error);
}

bool store_begin_read(struct store *store, struct error *error)
{
	return begin(store, store->engine->begin_read, error);
}

bool store_commit(struct store *store, struct error *error)
{
	if (!store->in_transaction)
		abort();
	if (!store->engine->script(store->connection, "COMMIT", error)) {
		store_rollback(store);
		return false;
	}
	store->in_transaction = false;
	return true;
}

void store_rollback(struct store *store)
{
	struct error ignored = {0};
	if (store->in_transaction)
		(void)store->engine->script(store->connection, "ROLLBACK", &ignored);
	store->in_transaction = false;
}

bool store_in_transaction(const struct store *store)
{
	return store->in_transaction;
}

bool store_backup(struct store *store, const char *file, struct error *error)
{
	return store->engine->backup(store->connection, file, error);
}

bool store_check(struct store *store, struct error *error)
{
	return store->engine->check(store->connection, error);
}

static bool fail_as(struct query *query, enum exit_status status, const char *what)
{
	const struct engine *engine = query->store->engine;
	if (!query->failed)
		error_set(
		    &query->error, status, "store: %s: %s", what, engine->failure(query->store->connection));
	query->failed = true;
	return false;
}

static bool fail(struct query *query, const char *what)
{
	return fail_as(query, STATUS_IO, what);
}

static void bind_all(struct query *query, const char *format, va_list values)
{
	const struct engine *engine = query->store->engine;
	int parameter = 1;
	for (const char *at = format; *at; at++, parameter++) {
		bool bound = false;
		char date[DATE_TEXT_SIZE];
		date_t day;
		const void *bytes;
		switch (*at) {
		case 'i':
			bound = engine->bind_integer(query->statement, parameter, va_arg(values, int64_t));
			break;
		case 'd':
			day = va_arg(values, date_t);
			bound = engine->bind_text(
			    query->statement, parameter, day == DATE_NONE ? NULL : date_format(day, date));
			break;
		case 't':
			bound = engine->bind_text(query->statement, parameter, va_arg(values, const char *));
			break;
		case 'b':
			bytes = va_arg(values, const void *);
			bound = engine->bind_blob(query->statement, parameter, bytes, va_arg(values, size_t));
			break;
		case 'n':
			bound = engine->bind_null(query->statement, parameter);
			break;
		default:
			abort();
		}
		if (!bound)
			fail(query, "a parameter");
	}
}

const char *store_text(const struct store *store, const void *name)
{
	return g_hash_table_lookup(store->texts, name);
}

const char *store_keep_text(struct store *store, const void *name, char *text)
{
	g_hash_table_insert(store->texts, (void *)name, text);
	return text;
}

static void take_statement(struct query *query, struct store *store, const char *sql)
{
	struct kept_statement *kept = g_hash_table_lookup(store->statements, sql);
	if (kept && !kept->in_use) {
		kept->in_use = true;
		query->kept = kept;
		query->statement = kept->prepared;
		return;
	}
	query->statement = store->engine->prepare(store->connection, sql, &query->error);
	if (kept || !query->statement)
		return;
	query->kept = g_new(struct kept_statement, 1);
	*query->kept = (struct kept_statement){store->engine, query->statement, true};
	g_hash_table_insert(store->statements, g_strdup(sql), query->kept);
}

void query_open_list(
    struct query *query, struct store *store, const char *sql, const char *format, va_list values)
{
	*query = (struct query){.store = store};
	take_statement(query, store, sql);
	query->failed = !query->statement;
	if (!query->failed)
		bind_all(query, format, values);
}

void query_open(struct query *query, struct store *store, const char *sql, const char *format, ...)
{
	va_list values;
	va_start(values, format);
	query_open_list(query, store, sql, format, values);
	va_end(values);
}

void query_bind_integer(struct query *query, int parameter, int64_t value)
{
	if (!query->failed && !query->store->engine->bind_integer(query->statement, parameter, value))
		fail(query, "a parameter");
}

void query_bind_text(struct query *query, int parameter, const char *value)
{
	if (!query->failed && !query->store->engine->bind_text(query->statement, parameter, value))
		fail(query, "a parameter");
}

bool query_row(struct query *query)
{
	if (query->failed)
		return false;
	switch (query->store->engine->step(query->statement)) {
	case ENGINE_ROW:
		return true;
	case ENGINE_DONE:
		return false;
	case ENGINE_BUSY:
		error_set(&query->error, STATUS_TRY_AGAIN, "store: others are writing, try again");
		query->failed = true;
		return false;
	case ENGINE_REFUSED:
		return fail_as(query, STATUS_DATA, "a statement");
	case ENGINE_FAILED:
		break;
	}
	return fail(query, "a statement");
}

bool query_is_null(struct query *query, int column)
{
	return query->store->engine->column_is_null(query->statement, column);
}

int64_t query_integer(struct query *query, int column)
{
	return query->store->engine->column_integer(query->statement, column);
}

const char *query_text(struct query *query, int column)
{
	return query->store->engine->column_text(query->statement, column);
}

date_t query_date(struct query *query, int column)
{
	date_t date = DATE_NONE;
	const char *text = query_text(query, column);
	if (text && !date_parse(text, &date) && !query->failed) {
		error_set(&query->error, STATUS_DATA, "store: \"%s\" is no date", text);
		query->failed = true;
	}
	return date;
}

const void *query_blob(struct query *query, int column, size_t *length)
{
	return query->store->engine->column_blob(query->statement, column, length);
}

int query_column_count(struct query *query)
{
	return query->statement ? query->store->engine->column_count(query->statement) : 0;
}

const char *query_column_name(struct query *query, int column)
{
	return query->store->engine->column_name(query->statement, column);
}

bool query_close(struct query *query, struct error *error)
{
	if (query->kept) {
		query->store->engine->reset(query->statement);
		query->kept->in_use = false;
	} else if (query->statement) {
		query->store->engine->finalize(query->statement);
	}
	query->statement = NULL;
	query->kept = NULL;
	if (query->failed && error)
		*error = query->error;
	return !query->failed;
}

bool store_run(struct store *store, struct error *error, const char *sql, const char *format, ...)
{
	struct query query;
	va_list values;
	va_start(values, format);
	query_open_list(&query, store, sql, format, values);
	va_end(values);
	while (query_row(&query))
		;
	return query_close(&query, error);
}
