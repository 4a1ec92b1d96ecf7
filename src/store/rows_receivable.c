#include "base/base.h"
#include "store/rows_receivable.h"

static const struct column receivable_columns[] = {
    ROW_COLUMN(struct receivable, INTEGER, id),
    ROW_COLUMN(struct receivable, TEXT, company),
    ROW_COLUMN(struct receivable, ID, customer),
    ROW_COLUMN(struct receivable, TEXT, number),
    ROW_COLUMN(struct receivable, TEXT, number_key),
    ROW_COLUMN(struct receivable, TEXT, kind),
    ROW_COLUMN(struct receivable, DATE, issue_date),
    ROW_COLUMN(struct receivable, DATE, due_date),
    ROW_COLUMN(struct receivable, TEXT, currency),
    ROW_COLUMN(struct receivable, INTEGER, total),
    ROW_COLUMN(struct receivable, INTEGER, open),
    ROW_COLUMN(struct receivable, TEXT, state),
    ROW_COLUMN(struct receivable, ID, message),
    ROW_COLUMN(struct receivable, TEXT, message_id),
    ROW_COLUMN(struct receivable, TEXT, subject),
    ROW_COLUMN(struct receivable, TEXT, sha256),
    ROW_COLUMN(struct receivable, TEXT, document_name),
    ROW_COLUMN(struct receivable, TEXT, document_type),
    ROW_COLUMN(struct receivable, TEXT, order_number),
    ROW_COLUMN(struct receivable, TEXT, payment_reference),
    ROW_COLUMN(struct receivable, TEXT, iban),
    ROW_COLUMN(struct receivable, TEXT, preceding),
    ROW_COLUMN(struct receivable, TEXT, last_step),
    ROW_COLUMN(struct receivable, DATE, last_step_on),
    ROW_COLUMN(struct receivable, DATE, last_contact_on),
    ROW_COLUMN(struct receivable, TEXT, delivery),
    ROW_COLUMN(struct receivable, TEXT, ladder),
    ROW_COLUMN(struct receivable, TEXT, interest),
};
const struct table receivable_table = ROW_TABLE("receivable", struct receivable, receivable_columns);

static const struct column due_line_columns[] = {
    ROW_COLUMN(struct due_line_row, INTEGER, id),
    ROW_COLUMN(struct due_line_row, ID, receivable),
    ROW_COLUMN(struct due_line_row, DATE, due_on),
    ROW_COLUMN(struct due_line_row, INTEGER, amount),
    ROW_COLUMN(struct due_line_row, TEXT, last_step),
    ROW_COLUMN(struct due_line_row, DATE, last_step_on),
};
const struct table due_line_table = ROW_TABLE("due_line", struct due_line_row, due_line_columns);

static const struct column entry_columns[] = {
    ROW_COLUMN(struct entry, INTEGER, id),
    ROW_COLUMN(struct entry, ID, receivable),
    ROW_COLUMN(struct entry, TEXT, kind),
    ROW_COLUMN(struct entry, INTEGER, amount),
    ROW_COLUMN(struct entry, DATE, entered_on),
    ROW_COLUMN(struct entry, TEXT, reference),
};
const struct table entry_table = ROW_TABLE("entry", struct entry, entry_columns);

void receivable_copy(const struct receivable *receivable, struct receivable *copy)
{
	row_copy(&receivable_table, receivable, copy);
}

char *receivable_number_key(const char *number)
{
	GString *key = g_string_new(NULL);
	for (; *number; number++)
		if (g_ascii_isalnum(*number))
			g_string_append_c(key, g_ascii_toupper(*number));
	return g_string_free(key, FALSE);
}

bool receivable_get(
    struct store *store, int64_t id, struct receivable *receivable, bool *found, struct error *error)
{
	return row_get(store, &receivable_table, id, receivable, found, error);
}

bool receivable_of_number(struct store *store, const char *company, const char *number,
    struct receivable *receivable, bool *found, struct error *error)
{
	g_autofree char *key = receivable_number_key(number);
	return row_select(store, &receivable_table, receivable, found, error,
	    "WHERE number_key = $2 AND (CAST($1 AS TEXT) IS NULL OR company = $1) ORDER BY id LIMIT 1", "tt",
	    company, key);
}

bool receivable_of_identity(struct store *store, const char *company, const char *number, const char *kind,
    struct receivable *receivable, bool *found, struct error *error)
{
	g_autofree char *key = receivable_number_key(number);
	return row_select(store, &receivable_table, receivable, found, error,
	    "WHERE company = $1 AND number_key = $2 AND kind = $3", "ttt", company, key, kind);
}

GPtrArray *receivable_list_of_number(struct store *store, const char *number, struct error *error)
{
	g_autofree char *key = receivable_number_key(number);
	return rows_select(store, &receivable_table, error, "WHERE number_key = $1 ORDER BY id", "t", key);
}

GPtrArray *receivable_list(struct store *store, const char *company, const char *state, struct error *error)
{
	return rows_select(store, &receivable_table, error,
	    "WHERE (CAST($1 AS TEXT) IS NULL OR company = $1) AND (CAST($2 AS TEXT) IS NULL OR state = $2)"
	    " ORDER BY due_date, id",
	    "tt", company, state);
}

GPtrArray *receivable_list_of_customer(
    struct store *store, int64_t customer, const char *state, struct error *error)
{
	return rows_select(store, &receivable_table, error,
	    "WHERE customer = $1 AND (CAST($2 AS TEXT) IS NULL OR state = $2) ORDER BY due_date, id", "it",
	    customer, state);
}

/* Open, or settled and overpaid; in words that no engine looks up in the index of states. */
#define ON_ACCOUNT " AND state <> 'void' AND (open < 0 OR state <> 'settled')"

GPtrArray *receivable_list_on_account(struct store *store, int64_t customer, struct error *error)
{
	return rows_select(store, &receivable_table, error,
	    "WHERE customer = $1" ON_ACCOUNT " ORDER BY due_date, id", "i", customer);
}

GPtrArray *receivable_list_on_account_range(
    struct store *store, int64_t after, int64_t last, struct error *error)
{
	return rows_select(store, &receivable_table, error,
	    "WHERE customer > $1 AND customer <= $2" ON_ACCOUNT " ORDER BY customer, due_date, id", "ii",
	    after, last);
}

GPtrArray *receivable_list_of_message_id(struct store *store, const char *message_id, struct error *error)
{
	return rows_select(store, &receivable_table, error,
	    "WHERE id IN (SELECT id FROM receivable WHERE message_id = $1"
	    " UNION SELECT link.receivable FROM link JOIN message ON message.id = link.message"
	    " WHERE message.message_id = $1 AND link.status = 'sure'"
	    " UNION SELECT link.receivable FROM link JOIN alias ON alias.message = link.message"
	    " WHERE alias.message_id = $1 AND link.status = 'sure'"
	    " UNION SELECT outbox_item.receivable FROM outbox_item JOIN outbox ON outbox.id = "
	    "outbox_item.outbox"
	    " WHERE outbox.message_id = $1) ORDER BY id",
	    "t", message_id);
}

GPtrArray *due_line_list(struct store *store, int64_t receivable, struct error *error)
{
	return rows_select(
	    store, &due_line_table, error, "WHERE receivable = $1 ORDER BY due_on, id", "i", receivable);
}

int64_t due_line_open(int64_t total, int64_t open, const GPtrArray *lines, guint index)
{
	int64_t paid = total > open ? total - open : 0;
	for (guint i = 0; i < index; i++)
		paid -= MIN(paid, ((const struct due_line_row *)lines->pdata[i])->amount);
	int64_t amount = ((const struct due_line_row *)lines->pdata[index])->amount;
	int64_t fees = index == 0 && open > total ? open - total : 0;
	return amount - MIN(paid, amount) + fees;
}

GPtrArray *entry_list(struct store *store, int64_t receivable, struct error *error)
{
	return rows_select(store, &entry_table, error, "WHERE receivable = $1 ORDER BY id", "i", receivable);
}

GPtrArray *payment_list_after(struct store *store, int64_t after, int64_t most, struct error *error)
{
	return rows_select(store, &entry_table, error,
	    "WHERE kind = 'payment' AND id > $1 ORDER BY id LIMIT $2", "ii", after, most);
}
