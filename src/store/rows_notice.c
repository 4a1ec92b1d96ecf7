#include "base/base.h"
#include "store/rows_notice.h"

static const struct column notice_columns[] = {
    ROW_COLUMN(struct notice, INTEGER, id),
    ROW_COLUMN(struct notice, TEXT, company),
    ROW_COLUMN(struct notice, TEXT, kind),
    ROW_COLUMN(struct notice, TEXT, message_id),
    ROW_COLUMN(struct notice, TEXT, sender),
    ROW_COLUMN(struct notice, TEXT, recipients),
    ROW_COLUMN(struct notice, TEXT, subject),
    ROW_COLUMN(struct notice, TEXT, sha256),
    ROW_COLUMN(struct notice, TEXT, state),
    ROW_COLUMN(struct notice, INTEGER, created_at),
    ROW_COLUMN(struct notice, INTEGER, submitted_at),
    ROW_COLUMN(struct notice, INTEGER, attempts),
    ROW_COLUMN(struct notice, TEXT, failure),
};
const struct table notice_table = ROW_TABLE("notice", struct notice, notice_columns);

static const struct column letter_columns[] = {
    ROW_COLUMN(struct letter_row, INTEGER, id),
    ROW_COLUMN(struct letter_row, TEXT, company),
    ROW_COLUMN(struct letter_row, ID, receivable),
    ROW_COLUMN(struct letter_row, TEXT, step),
    ROW_COLUMN(struct letter_row, ID, task),
    ROW_COLUMN(struct letter_row, TEXT, sha256),
    ROW_COLUMN(struct letter_row, TEXT, state),
    ROW_COLUMN(struct letter_row, DATE, printed_on),
    ROW_COLUMN(struct letter_row, DATE, posted_on),
    ROW_COLUMN(struct letter_row, TEXT, tracking),
};
const struct table letter_table = ROW_TABLE("letter", struct letter_row, letter_columns);

bool notice_get(struct store *store, int64_t id, struct notice *notice, bool *found, struct error *error)
{
	return row_get(store, &notice_table, id, notice, found, error);
}

bool notice_of_message_id(
    struct store *store, const char *message_id, struct notice *notice, bool *found, struct error *error)
{
	return row_select(
	    store, &notice_table, notice, found, error, "WHERE message_id = $1", "t", message_id);
}

GPtrArray *notice_list_of_state(struct store *store, const char *state, struct error *error)
{
	return rows_select(store, &notice_table, error, "WHERE state = $1 ORDER BY id", "t", state);
}

bool letter_get(struct store *store, int64_t id, struct letter_row *letter, bool *found, struct error *error)
{
	return row_get(store, &letter_table, id, letter, found, error);
}

GPtrArray *letter_list(struct store *store, int64_t receivable, struct error *error)
{
	return rows_select(store, &letter_table, error, "WHERE receivable = $1 ORDER BY id", "i", receivable);
}

bool letter_waiting(struct store *store, int64_t receivable, const char *step, struct letter_row *letter,
    bool *found, struct error *error)
{
	return row_select(store, &letter_table, letter, found, error,
	    "WHERE receivable = $1 AND step = $2 AND state = 'printed' ORDER BY id DESC LIMIT 1", "it",
	    receivable, step);
}

GPtrArray *letter_list_waiting_of(struct store *store, const char *sha256, struct error *error)
{
	return rows_select(
	    store, &letter_table, error, "WHERE sha256 = $1 AND state = 'printed' ORDER BY id", "t", sha256);
}
