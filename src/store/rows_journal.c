#include "base/base.h"
#include "store/rows_journal.h"

static const struct column journal_columns[] = {
    ROW_COLUMN(struct event, INTEGER, sequence),
    ROW_COLUMN(struct event, INTEGER, at),
    ROW_COLUMN(struct event, TEXT, actor),
    ROW_COLUMN(struct event, TEXT, kind),
    ROW_COLUMN(struct event, ID, customer),
    ROW_COLUMN(struct event, ID, receivable),
    ROW_COLUMN(struct event, ID, message),
    ROW_COLUMN(struct event, TEXT, dedupe),
    ROW_COLUMN(struct event, TEXT, body),
    ROW_COLUMN(struct event, TEXT, previous_hash),
    ROW_COLUMN(struct event, TEXT, hash),
};
const struct table journal_table = ROW_TABLE("journal", struct event, journal_columns);

bool journal_head_get(struct store *store, int64_t *sequence, char hash[65], struct error *error)
{
	struct query query;
	query_open(&query, store, "SELECT sequence, hash FROM journal_head WHERE id = 1", "");
	bool found = query_row(&query);
	const char *text = found ? query_text(&query, 1) : NULL;
	bool sound = text && strlen(text) == 64;
	if (sound) {
		*sequence = query_integer(&query, 0);
		memcpy(hash, text, 65);
	}
	return query_close(&query, error) &&
	       (sound || error_set(error, STATUS_DATA, "store: the journal has no head"));
}

bool journal_head_put(struct store *store, int64_t sequence, const char *hash, struct error *error)
{
	return store_run(store, error, "UPDATE journal_head SET sequence = $1, hash = $2 WHERE id = 1", "it",
	    sequence, hash);
}

bool journal_has(struct store *store, const char *dedupe, bool *has, struct error *error)
{
	struct query query;
	query_open(&query, store, "SELECT 1 FROM journal WHERE dedupe = $1", "t", dedupe);
	*has = query_row(&query);
	return query_close(&query, error);
}

GPtrArray *journal_list(struct store *store, int64_t after, int64_t most, struct error *error)
{
	return rows_select(store, &journal_table, error, "WHERE sequence > $1 ORDER BY sequence LIMIT $2",
	    "ii", after, most);
}

GPtrArray *journal_list_of_receivable(struct store *store, int64_t receivable, struct error *error)
{
	return rows_select(store, &journal_table, error,
	    "WHERE receivable = $1 OR message IN (SELECT message FROM link WHERE receivable = $1 AND status "
	    "<> 'refused')"
	    " OR message IN (SELECT message FROM receivable WHERE id = $1) ORDER BY sequence",
	    "i", receivable);
}

GPtrArray *journal_list_of_customer(struct store *store, int64_t customer, struct error *error)
{
	return rows_select(store, &journal_table, error,
	    "WHERE customer = $1 OR receivable IN (SELECT id FROM receivable WHERE customer = $1)"
	    " OR message IN (SELECT link.message FROM link JOIN receivable ON receivable.id = link.receivable"
	    " WHERE receivable.customer = $1 AND link.status <> 'refused') ORDER BY sequence",
	    "i", customer);
}

bool journal_get(struct store *store, int64_t sequence, struct event *event, bool *found, struct error *error)
{
	return row_get(store, &journal_table, sequence, event, found, error);
}

GPtrArray *journal_list_of_kind(struct store *store, const char *kind, struct error *error)
{
	return rows_select(store, &journal_table, error, "WHERE kind = $1 ORDER BY sequence", "t", kind);
}
