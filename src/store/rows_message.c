#include "base/base.h"
#include "store/rows_message.h"

static const struct column message_columns[] = {
    ROW_COLUMN(struct message_row, INTEGER, id),
    ROW_COLUMN(struct message_row, TEXT, company),
    ROW_COLUMN(struct message_row, TEXT, direction),
    ROW_COLUMN(struct message_row, TEXT, message_id),
    ROW_COLUMN(struct message_row, INTEGER, sent_at),
    ROW_COLUMN(struct message_row, INTEGER, received_at),
    ROW_COLUMN(struct message_row, TEXT, from_address),
    ROW_COLUMN(struct message_row, TEXT, from_name),
    ROW_COLUMN(struct message_row, TEXT, recipients),
    ROW_COLUMN(struct message_row, TEXT, subject),
    ROW_COLUMN(struct message_row, TEXT, kind),
    ROW_COLUMN(struct message_row, TEXT, language),
    ROW_COLUMN(struct message_row, TEXT, intent),
    ROW_COLUMN(struct message_row, INTEGER, confidence),
    ROW_COLUMN(struct message_row, INTEGER, authenticated),
    ROW_COLUMN(struct message_row, TEXT, state),
    ROW_COLUMN(struct message_row, TEXT, sha256),
    ROW_COLUMN(struct message_row, TEXT, queue_id),
    ROW_COLUMN(struct message_row, TEXT, reading),
};
const struct table message_table = ROW_TABLE("message", struct message_row, message_columns);

static const struct column link_columns[] = {
    ROW_COLUMN(struct link, INTEGER, id),
    ROW_COLUMN(struct link, ID, message),
    ROW_COLUMN(struct link, ID, receivable),
    ROW_COLUMN(struct link, TEXT, status),
    ROW_COLUMN(struct link, INTEGER, score),
    ROW_COLUMN(struct link, TEXT, evidence),
};
const struct table link_table = ROW_TABLE("link", struct link, link_columns);

static const struct column delivery_columns[] = {
    ROW_COLUMN(struct delivery_row, INTEGER, id),
    ROW_COLUMN(struct delivery_row, TEXT, message_id),
    ROW_COLUMN(struct delivery_row, TEXT, recipient),
    ROW_COLUMN(struct delivery_row, TEXT, action),
    ROW_COLUMN(struct delivery_row, TEXT, status),
    ROW_COLUMN(struct delivery_row, TEXT, reason),
    ROW_COLUMN(struct delivery_row, TEXT, remote),
    ROW_COLUMN(struct delivery_row, TEXT, diagnostic),
    ROW_COLUMN(struct delivery_row, INTEGER, at),
};
const struct table delivery_table = ROW_TABLE("delivery", struct delivery_row, delivery_columns);

bool message_get(
    struct store *store, int64_t id, struct message_row *message, bool *found, struct error *error)
{
	return row_get(store, &message_table, id, message, found, error);
}

bool message_of_message_id(struct store *store, const char *message_id, struct message_row *message,
    bool *found, struct error *error)
{
	return row_select(store, &message_table, message, found, error,
	    "WHERE message_id = $1 ORDER BY id LIMIT 1", "t", message_id);
}

GPtrArray *message_list_of_state(struct store *store, const char *state, struct error *error)
{
	return rows_select(store, &message_table, error, "WHERE state = $1 ORDER BY id", "t", state);
}

GPtrArray *message_list_of_receivable(struct store *store, int64_t receivable, struct error *error)
{
	return rows_select(store, &message_table, error,
	    "WHERE id IN (SELECT message FROM link WHERE receivable = $1 AND status <> 'refused'"
	    " UNION SELECT message FROM receivable WHERE id = $1) ORDER BY received_at, id",
	    "i", receivable);
}

GPtrArray *link_list_of_message(struct store *store, int64_t message, struct error *error)
{
	return rows_select(
	    store, &link_table, error, "WHERE message = $1 ORDER BY score DESC, id", "i", message);
}

GPtrArray *link_list_of_receivable(struct store *store, int64_t receivable, struct error *error)
{
	return rows_select(
	    store, &link_table, error, "WHERE receivable = $1 ORDER BY message", "i", receivable);
}

bool link_get(struct store *store, int64_t message, int64_t receivable, struct link *link, bool *found,
    struct error *error)
{
	return row_select(store, &link_table, link, found, error, "WHERE message = $1 AND receivable = $2",
	    "ii", message, receivable);
}

bool link_refuse(struct store *store, int64_t message, int64_t receivable, struct error *error)
{
	return store_run(store, error,
	    "UPDATE link SET status = 'refused' WHERE message = $1 AND receivable = $2", "ii", message,
	    receivable);
}

bool message_set_state(struct store *store, int64_t message, const char *state, struct error *error)
{
	return store_run(store, error, "UPDATE message SET state = $2 WHERE id = $1", "it", message, state);
}

bool alias_put(struct store *store, const char *message_id, int64_t message, struct error *error)
{
	return store_run(store, error,
	    "INSERT INTO alias (message_id, message) VALUES ($1, $2) ON CONFLICT (message_id) DO NOTHING",
	    "ti", message_id, message);
}

GPtrArray *addressee_list(struct store *store, const char *message_id, struct error *error)
{
	GPtrArray *addresses = g_ptr_array_new_with_free_func(g_free);
	struct query query;
	query_open(&query, store,
	    "SELECT recipients FROM message WHERE message_id = $1 AND direction = 'outgoing' AND recipients "
	    "IS NOT NULL"
	    " UNION SELECT recipients FROM outbox WHERE message_id = $1",
	    "t", message_id);
	while (query_row(&query)) {
		g_auto(GStrv) parts = g_strsplit(query_text(&query, 0), " ", -1);
		for (char **part = parts; *part; part++)
			if (**part)
				g_ptr_array_add(addresses, g_strdup(*part));
	}
	if (query_close(&query, error))
		return addresses;
	g_ptr_array_unref(addresses);
	return NULL;
}

GPtrArray *delivery_list(struct store *store, const char *message_id, struct error *error)
{
	return rows_select(
	    store, &delivery_table, error, "WHERE message_id = $1 ORDER BY id", "t", message_id);
}

GPtrArray *message_list_since(
    struct store *store, const char *company, int64_t after, int64_t since, int64_t most, struct error *error)
{
	return rows_select(store, &message_table, error,
	    "WHERE id > $2 AND company = $1 AND direction = 'incoming' AND received_at >= $3 ORDER BY id "
	    "LIMIT "
	    "$4",
	    "tiii", company, after, since, most);
}

bool message_id_each(struct store *store, int64_t after, void (*each)(const char *message_id, void *data),
    void *data, struct error *error)
{
	struct query query;
	query_open(&query, store,
	    "SELECT message_id FROM message WHERE id > $1 AND message_id IS NOT NULL"
	    " UNION SELECT message_id FROM alias UNION SELECT message_id FROM outbox WHERE id > $1"
	    " UNION SELECT message_id FROM notice WHERE id > $1"
	    " UNION SELECT message_id FROM receivable WHERE id > $1 AND message_id IS NOT NULL",
	    "i", after);
	while (query_row(&query))
		each(query_text(&query, 0), data);
	return query_close(&query, error);
}
