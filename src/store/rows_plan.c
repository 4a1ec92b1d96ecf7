#include "base/base.h"
#include "store/rows_plan.h"

static const struct column action_columns[] = {
    ROW_COLUMN(struct action, INTEGER, receivable),
    ROW_COLUMN(struct action, INTEGER, line),
    ROW_COLUMN(struct action, ID, customer),
    ROW_COLUMN(struct action, TEXT, step),
    ROW_COLUMN(struct action, TEXT, channel),
    ROW_COLUMN(struct action, DATE, due_on),
    ROW_COLUMN(struct action, TEXT, guard),
    ROW_COLUMN(struct action, DATE, held_until),
    ROW_COLUMN(struct action, TEXT, why),
};
const struct table action_table = ROW_TABLE("action", struct action, action_columns);

static const struct column outbox_columns[] = {
    ROW_COLUMN(struct outbox, INTEGER, id),
    ROW_COLUMN(struct outbox, TEXT, company),
    ROW_COLUMN(struct outbox, ID, customer),
    ROW_COLUMN(struct outbox, TEXT, step),
    ROW_COLUMN(struct outbox, TEXT, channel),
    ROW_COLUMN(struct outbox, TEXT, message_id),
    ROW_COLUMN(struct outbox, TEXT, sender),
    ROW_COLUMN(struct outbox, TEXT, recipients),
    ROW_COLUMN(struct outbox, TEXT, subject),
    ROW_COLUMN(struct outbox, TEXT, sha256),
    ROW_COLUMN(struct outbox, TEXT, state),
    ROW_COLUMN(struct outbox, INTEGER, created_at),
    ROW_COLUMN(struct outbox, INTEGER, submitted_at),
    ROW_COLUMN(struct outbox, INTEGER, seen_at),
    ROW_COLUMN(struct outbox, INTEGER, attempts),
    ROW_COLUMN(struct outbox, TEXT, failure),
};
const struct table outbox_table = ROW_TABLE("outbox", struct outbox, outbox_columns);

static const struct column outbox_item_columns[] = {
    ROW_COLUMN(struct outbox_item, INTEGER, id),
    ROW_COLUMN(struct outbox_item, ID, outbox),
    ROW_COLUMN(struct outbox_item, ID, receivable),
    ROW_COLUMN(struct outbox_item, INTEGER, line),
    ROW_COLUMN(struct outbox_item, TEXT, step),
    ROW_COLUMN(struct outbox_item, INTEGER, amount),
    ROW_COLUMN(struct outbox_item, TEXT, previous_step),
    ROW_COLUMN(struct outbox_item, DATE, previous_step_on),
};
const struct table outbox_item_table = ROW_TABLE("outbox_item", struct outbox_item, outbox_item_columns);

bool action_delete(struct store *store, int64_t receivable, int64_t line, struct error *error)
{
	return store_run(
	    store, error, "DELETE FROM action WHERE receivable = $1 AND line = $2", "ii", receivable, line);
}

bool action_get(
    struct store *store, int64_t receivable, struct action *action, bool *found, struct error *error)
{
	return row_select(store, &action_table, action, found, error,
	    "WHERE receivable = $1 ORDER BY line LIMIT 1", "i", receivable);
}

GPtrArray *action_list_due(struct store *store, date_t day, int64_t most, struct error *error)
{
	return rows_select(store, &action_table, error,
	    "WHERE due_on <= $1 ORDER BY customer, due_on, receivable, line LIMIT $2", "di", day, most);
}

GPtrArray *action_list_of_receivable(struct store *store, int64_t receivable, struct error *error)
{
	return rows_select(
	    store, &action_table, error, "WHERE receivable = $1 ORDER BY line", "i", receivable);
}

GPtrArray *action_list_of_guard(struct store *store, const char *guard, struct error *error)
{
	return rows_select(
	    store, &action_table, error, "WHERE guard = $1 ORDER BY customer, receivable, line", "t", guard);
}

GPtrArray *action_list_ready(struct store *store, date_t day, int64_t most, struct error *error)
{
	return rows_select(store, &action_table, error,
	    "WHERE due_on <= $1 AND (guard IS NULL OR held_until <= $1) ORDER BY customer, due_on, "
	    "receivable, line LIMIT $2",
	    "di", day, most);
}

GPtrArray *action_list(struct store *store, const char *company, struct error *error)
{
	return rows_select(store, &action_table, error,
	    "WHERE CAST($1 AS TEXT) IS NULL OR receivable IN (SELECT id FROM receivable WHERE company = $1)"
	    " ORDER BY due_on, customer, receivable, line",
	    "t", company);
}

GPtrArray *action_list_range(struct store *store, int64_t after, int64_t last, struct error *error)
{
	return rows_select(
	    store, &action_table, error, "WHERE customer > $1 AND customer <= $2", "ii", after, last);
}

bool action_insert(struct store *store, const struct action *action, struct error *error)
{
	return row_insert(store, &action_table, action, error);
}

bool action_update(struct store *store, const struct action *action, struct error *error)
{
	return store_run(store, error,
	    "UPDATE action SET customer = $3, step = $4, channel = $5, due_on = $6, guard = $7,"
	    " held_until = $8, why = $9 WHERE receivable = $1 AND line = $2",
	    "iiittdtdt", action->receivable, action->line, action->customer, action->step, action->channel,
	    action->due_on, action->guard, action->held_until, action->why);
}

GPtrArray *action_list_of_customer(struct store *store, int64_t customer, struct error *error)
{
	return rows_select(store, &action_table, error,
	    "WHERE customer = $1 ORDER BY due_on, receivable, line", "i", customer);
}

bool outbox_get(struct store *store, int64_t id, struct outbox *outbox, bool *found, struct error *error)
{
	return row_get(store, &outbox_table, id, outbox, found, error);
}

bool outbox_of_message_id(
    struct store *store, const char *message_id, struct outbox *outbox, bool *found, struct error *error)
{
	return row_select(
	    store, &outbox_table, outbox, found, error, "WHERE message_id = $1", "t", message_id);
}

GPtrArray *outbox_list_of_state(struct store *store, const char *state, struct error *error)
{
	return rows_select(store, &outbox_table, error, "WHERE state = $1 ORDER BY id", "t", state);
}

GPtrArray *outbox_list_of_receivable(struct store *store, int64_t receivable, struct error *error)
{
	return rows_select(store, &outbox_table, error,
	    "WHERE id IN (SELECT outbox FROM outbox_item WHERE receivable = $1) ORDER BY id", "i",
	    receivable);
}

GPtrArray *outbox_list_of_customer(struct store *store, int64_t customer, struct error *error)
{
	return rows_select(store, &outbox_table, error, "WHERE customer = $1 ORDER BY id", "i", customer);
}

GPtrArray *outbox_list_of_twins(
    struct store *store, const struct customer *customer, int64_t since, struct error *error)
{
	const char *vat_id = customer->vat_id && *customer->vat_id ? customer->vat_id : NULL;
	const char *domain = customer->domain && *customer->domain ? customer->domain : NULL;
	return rows_select(store, &outbox_table, error,
	    "WHERE submitted_at >= $1 AND customer IN (SELECT id FROM customer WHERE company <> $2"
	    " AND (vat_id = $3 OR domain = $4)) ORDER BY id",
	    "ittt", since, customer->company, vat_id, domain);
}

GPtrArray *outbox_list_range(struct store *store, int64_t after, int64_t last, struct error *error)
{
	return rows_select(store, &outbox_table, error,
	    "WHERE customer > $1 AND customer <= $2 ORDER BY customer, id", "ii", after, last);
}

GPtrArray *outbox_item_list(struct store *store, int64_t outbox, struct error *error)
{
	return rows_select(store, &outbox_item_table, error, "WHERE outbox = $1 ORDER BY id", "i", outbox);
}

bool outbox_count_since(struct store *store, int64_t since, int64_t *count, struct error *error)
{
	struct query query;
	query_open(&query, store,
	    "SELECT count(*) FROM outbox WHERE created_at >= $1 AND state <> 'cancelled'", "i", since);
	*count = query_row(&query) ? query_integer(&query, 0) : 0;
	return query_close(&query, error);
}

bool outbox_seen_since(struct store *store, int64_t since, bool *seen, struct error *error)
{
	struct query query;
	query_open(&query, store, "SELECT 1 FROM outbox WHERE state = 'seen' AND submitted_at > $1 LIMIT 1",
	    "i", since);
	*seen = query_row(&query);
	return query_close(&query, error);
}

bool setting_get(struct store *store, const char *name, char **value, struct error *error)
{
	struct query query;
	query_open(&query, store, "SELECT value FROM setting WHERE name = $1", "t", name);
	*value = query_row(&query) ? g_strdup(query_text(&query, 0)) : NULL;
	return query_close(&query, error);
}

bool bank_checked_on(struct store *store, const char *company, date_t *day, struct error *error)
{
	g_autofree char *name = g_strconcat(SETTING_BANK_CHECKED, company, NULL), *value = NULL;
	*day = DATE_NONE;
	if (!setting_get(store, name, &value, error))
		return false;
	if (value)
		date_parse(value, day);
	return true;
}

bool setting_put(struct store *store, const char *name, const char *value, struct error *error)
{
	return store_run(store, error,
	    "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = "
	    "excluded.value",
	    "tt", name, value);
}
