#include "base/base.h"
#include "store/rows_case.h"

static const struct column promise_columns[] = {
    ROW_COLUMN(struct promise, INTEGER, id),
    ROW_COLUMN(struct promise, ID, receivable),
    ROW_COLUMN(struct promise, DATE, promised_on),
    ROW_COLUMN(struct promise, INTEGER, amount),
    ROW_COLUMN(struct promise, DATE, made_on),
    ROW_COLUMN(struct promise, TEXT, state),
    ROW_COLUMN(struct promise, ID, message),
};
const struct table promise_table = ROW_TABLE("promise", struct promise, promise_columns);

static const struct column dispute_columns[] = {
    ROW_COLUMN(struct dispute, INTEGER, id),
    ROW_COLUMN(struct dispute, ID, receivable),
    ROW_COLUMN(struct dispute, TEXT, reason),
    ROW_COLUMN(struct dispute, INTEGER, amount),
    ROW_COLUMN(struct dispute, TEXT, owner),
    ROW_COLUMN(struct dispute, TEXT, state),
    ROW_COLUMN(struct dispute, DATE, opened_on),
    ROW_COLUMN(struct dispute, DATE, settled_on),
    ROW_COLUMN(struct dispute, ID, message),
    ROW_COLUMN(struct dispute, TEXT, outcome),
    ROW_COLUMN(struct dispute, DATE, due_on),
};
const struct table dispute_table = ROW_TABLE("dispute", struct dispute, dispute_columns);

static const struct column hold_columns[] = {
    ROW_COLUMN(struct hold, INTEGER, id),
    ROW_COLUMN(struct hold, ID, customer),
    ROW_COLUMN(struct hold, ID, receivable),
    ROW_COLUMN(struct hold, TEXT, kind),
    ROW_COLUMN(struct hold, DATE, until),
    ROW_COLUMN(struct hold, TEXT, reason),
    ROW_COLUMN(struct hold, TEXT, state),
    ROW_COLUMN(struct hold, DATE, set_on),
    ROW_COLUMN(struct hold, ID, message),
};
const struct table hold_table = ROW_TABLE("hold", struct hold, hold_columns);

static const struct column task_columns[] = {
    ROW_COLUMN(struct task, INTEGER, id),
    ROW_COLUMN(struct task, TEXT, company),
    ROW_COLUMN(struct task, TEXT, kind),
    ROW_COLUMN(struct task, ID, customer),
    ROW_COLUMN(struct task, ID, receivable),
    ROW_COLUMN(struct task, ID, message),
    ROW_COLUMN(struct task, TEXT, title),
    ROW_COLUMN(struct task, TEXT, detail),
    ROW_COLUMN(struct task, TEXT, owner),
    ROW_COLUMN(struct task, DATE, due_on),
    ROW_COLUMN(struct task, TEXT, state),
    ROW_COLUMN(struct task, TEXT, outcome),
    ROW_COLUMN(struct task, INTEGER, opened_at),
    ROW_COLUMN(struct task, INTEGER, done_at),
    ROW_COLUMN(struct task, INTEGER, line),
};
const struct table task_table = ROW_TABLE("task", struct task, task_columns);

static const struct column instalment_plan_columns[] = {
    ROW_COLUMN(struct instalment_plan, INTEGER, id),
    ROW_COLUMN(struct instalment_plan, ID, receivable),
    ROW_COLUMN(struct instalment_plan, TEXT, state),
    ROW_COLUMN(struct instalment_plan, DATE, proposed_on),
    ROW_COLUMN(struct instalment_plan, DATE, accepted_on),
    ROW_COLUMN(struct instalment_plan, DATE, ended_on),
    ROW_COLUMN(struct instalment_plan, INTEGER, base),
    ROW_COLUMN(struct instalment_plan, ID, message),
};
const struct table instalment_plan_table =
    ROW_TABLE("instalment_plan", struct instalment_plan, instalment_plan_columns);

static const struct column instalment_columns[] = {
    ROW_COLUMN(struct instalment_row, INTEGER, id),
    ROW_COLUMN(struct instalment_row, ID, plan),
    ROW_COLUMN(struct instalment_row, DATE, due_on),
    ROW_COLUMN(struct instalment_row, INTEGER, amount),
};
const struct table instalment_table = ROW_TABLE("instalment", struct instalment_row, instalment_columns);

bool promise_get(struct store *store, int64_t id, struct promise *promise, bool *found, struct error *error)
{
	return row_get(store, &promise_table, id, promise, found, error);
}

/* A verified customer who writes about another one's invoice is known by the row that his hold names. */
GPtrArray *hold_list_unverified(struct store *store, int64_t receivable, date_t since, struct error *error)
{
	return rows_select(store, &hold_table, error,
	    "WHERE receivable = $1 AND set_on >= $2 AND (reason LIKE '%effect \"unverified\"' OR message IN "
	    "(SELECT id FROM message WHERE authenticated = 0)) ORDER BY id",
	    "id", receivable, since);
}

bool promise_paid(struct store *store, const struct promise *promise, int64_t *paid, struct error *error)
{
	struct query query;
	query_open(&query, store,
	    "SELECT CAST(coalesce(-sum(amount), 0) AS BIGINT) FROM entry WHERE receivable = $1 AND kind = "
	    "'payment'"
	    " AND (entered_on > $2 OR (entered_on = $2 AND id > $3))",
	    "idi", promise->receivable, promise->made_on, promise->id);
	*paid = query_row(&query) ? query_integer(&query, 0) : 0;
	return query_close(&query, error);
}

bool promise_withdraw_running(struct store *store, int64_t receivable, struct error *error)
{
	return store_run(store, error,
	    "UPDATE promise SET state = 'withdrawn' WHERE receivable = $1 AND state = 'running'", "i",
	    receivable);
}

GPtrArray *promise_list(struct store *store, int64_t receivable, const char *state, struct error *error)
{
	return rows_select(store, &promise_table, error,
	    "WHERE receivable = $1 AND (CAST($2 AS TEXT) IS NULL OR state = $2) ORDER BY id", "it",
	    receivable, state);
}

GPtrArray *promise_list_of_state(struct store *store, const char *state, struct error *error)
{
	return rows_select(store, &promise_table, error,
	    "WHERE (CAST($1 AS TEXT) IS NULL OR state = $1) ORDER BY promised_on, id", "t", state);
}

GPtrArray *dispute_list(struct store *store, int64_t receivable, const char *state, struct error *error)
{
	return rows_select(store, &dispute_table, error,
	    "WHERE receivable = $1 AND (CAST($2 AS TEXT) IS NULL OR state = $2) ORDER BY id", "it",
	    receivable, state);
}

GPtrArray *dispute_list_of_state(struct store *store, const char *state, struct error *error)
{
	return rows_select(store, &dispute_table, error,
	    "WHERE (CAST($1 AS TEXT) IS NULL OR state = $1) ORDER BY opened_on, id", "t", state);
}

GPtrArray *hold_list(struct store *store, int64_t customer, int64_t receivable, struct error *error)
{
	return rows_select(store, &hold_table, error,
	    "WHERE customer = $1 AND state = 'running' AND (receivable IS NULL OR receivable = $2) ORDER BY "
	    "id",
	    "ii", customer, receivable);
}

GPtrArray *instalment_plan_list(
    struct store *store, int64_t receivable, const char *state, struct error *error)
{
	return rows_select(store, &instalment_plan_table, error,
	    "WHERE receivable = $1 AND (CAST($2 AS TEXT) IS NULL OR state = $2) ORDER BY id", "it",
	    receivable, state);
}

GPtrArray *instalment_plan_list_of_state(struct store *store, const char *state, struct error *error)
{
	return rows_select(store, &instalment_plan_table, error,
	    "WHERE (CAST($1 AS TEXT) IS NULL OR state = $1) ORDER BY id", "t", state);
}

GPtrArray *instalment_list(struct store *store, int64_t plan, struct error *error)
{
	return rows_select(store, &instalment_table, error, "WHERE plan = $1 ORDER BY due_on, id", "i", plan);
}

bool task_get(struct store *store, int64_t id, struct task *task, bool *found, struct error *error)
{
	return row_get(store, &task_table, id, task, found, error);
}

bool task_is_open(struct store *store, const char *kind, int64_t customer, int64_t receivable,
    int64_t message, bool *is_open, struct error *error)
{
	struct query query;
	query_open(&query, store,
	    "SELECT 1 FROM task WHERE state = 'open' AND kind = $1 AND coalesce(customer, 0) = $2"
	    " AND coalesce(receivable, 0) = $3 AND coalesce(message, 0) = $4",
	    "tiii", kind, customer, receivable, message);
	*is_open = query_row(&query);
	return query_close(&query, error);
}

GPtrArray *task_list(struct store *store, const char *company, const char *state, struct error *error)
{
	return rows_select(store, &task_table, error,
	    "WHERE (CAST($1 AS TEXT) IS NULL OR company = $1) AND (CAST($2 AS TEXT) IS NULL OR state = $2)"
	    " ORDER BY due_on, id",
	    "tt", company, state);
}

bool task_was_opened(struct store *store, const char *company, const char *kind, const char *detail,
    bool *was, struct error *error)
{
	struct task task;
	if (!row_select(store, &task_table, &task, was, error,
		"WHERE company = $1 AND kind = $2 AND detail = $3 ORDER BY id LIMIT 1", "ttt", company, kind,
		detail))
		return false;
	if (*was)
		row_clear(&task_table, &task);
	return true;
}

GPtrArray *task_list_of_kind(struct store *store, const char *kind, struct error *error)
{
	return rows_select(
	    store, &task_table, error, "WHERE state = 'open' AND kind = $1 ORDER BY id", "t", kind);
}

GPtrArray *task_list_of_customer(
    struct store *store, int64_t customer, const char *state, struct error *error)
{
	return rows_select(store, &task_table, error, "WHERE customer = $1 AND state = $2 ORDER BY id", "it",
	    customer, state);
}

GPtrArray *task_list_of_receivable(
    struct store *store, int64_t receivable, const char *state, struct error *error)
{
	return rows_select(store, &task_table, error,
	    "WHERE receivable = $1 AND (CAST($2 AS TEXT) IS NULL OR state = $2) ORDER BY id", "it",
	    receivable, state);
}

GHashTable *case_set(struct store *store, enum case_set which, struct error *error)
{
	static const char *const selects[] = {
	    [CASE_PROMISES] = "SELECT receivable FROM promise WHERE state IN ('running', 'broken', 'partly')",
	    [CASE_DISPUTES] = "SELECT receivable FROM dispute WHERE state = 'open'",
	    [CASE_TASKS] = "SELECT receivable FROM task WHERE state = 'open' AND receivable IS NOT NULL",
	    [CASE_LINES] = "SELECT receivable FROM due_line GROUP BY receivable HAVING count(*) > 1",
	    [CASE_PLANS] = "SELECT receivable FROM instalment_plan WHERE state IN ('accepted', 'broken')",
	    [CASE_HOLDS] = "SELECT customer FROM hold WHERE state = 'running'",
	};
	GHashTable *set = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	struct query query;
	query_open(&query, store, selects[which], "");
	while (query_row(&query)) {
		gint64 *id = g_new(gint64, 1);
		*id = query_integer(&query, 0);
		g_hash_table_add(set, id);
	}
	if (query_close(&query, error))
		return set;
	g_hash_table_unref(set);
	return NULL;
}
