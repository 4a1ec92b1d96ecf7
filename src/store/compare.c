#include "base/base.h"
#include "store/compare.h"

#include "base/buffer.h"

#define MAX_FINDINGS_PER_TABLE 20

/* In an order that foreign keys allow for filling; emptied backwards. */
static const char *const tables[] = {"customer", "contact", "message", "alias", "receivable", "due_line",
    "entry", "link", "promise", "dispute", "instalment_plan", "instalment", "hold", "task", "outbox",
    "outbox_item", "delivery", "setting", "notice", "letter"};

static bool read_row_text(struct query *query, int columns, struct buffer *text)
{
	buffer_reset(text);
	if (!query_row(query))
		return false;
	for (int i = 0; i < columns; i++) {
		buffer_printf(text, "%s%s=", i ? " " : "", query_column_name(query, i));
		buffer_append_json_string(text, query_text(query, i));
	}
	return true;
}

static bool compare_table(
    struct store *books, struct store *fresh, const char *table, GPtrArray *differences, struct error *error)
{
	struct buffer sql = BUFFER_EMPTY, left = BUFFER_EMPTY, right = BUFFER_EMPTY;
	struct query of_books, of_fresh;
	int found = 0;
	buffer_printf(&sql, "SELECT * FROM %s ORDER BY 1", table);
	query_open(&of_books, books, sql.bytes, "");
	query_open(&of_fresh, fresh, sql.bytes, "");
	int columns = query_column_count(&of_books);
	bool has_left = read_row_text(&of_books, columns, &left),
	     has_right = read_row_text(&of_fresh, columns, &right);
	while ((has_left || has_right) && found < MAX_FINDINGS_PER_TABLE) {
		if (!has_left || !has_right || strcmp(left.bytes, right.bytes)) {
			g_ptr_array_add(differences,
			    g_strdup_printf("%s: the books have {%s}, the journal gives {%s}", table,
				has_left ? left.bytes : "nothing", has_right ? right.bytes : "nothing"));
			found++;
		}
		has_left = read_row_text(&of_books, columns, &left);
		has_right = read_row_text(&of_fresh, columns, &right);
	}
	buffer_clear(&sql);
	buffer_clear(&left);
	buffer_clear(&right);
	bool done = query_close(&of_books, error);
	return query_close(&of_fresh, error) && done;
}

bool compare_derived(struct store *books, struct store *fresh, GPtrArray *differences, struct error *error)
{
	for (size_t i = 0; i < ARRAY_LENGTH(tables); i++)
		if (!compare_table(books, fresh, tables[i], differences, error))
			return false;
	return true;
}

bool derived_clear(struct store *store, struct error *error)
{
	bool done = store_run(store, error, "DELETE FROM action", "");
	for (size_t i = ARRAY_LENGTH(tables); done && i-- > 0;) {
		char sql[64];
		snprintf(sql, sizeof sql, "DELETE FROM %s", tables[i]);
		done = store_run(store, error, sql, "");
	}
	return done;
}

bool books_findings(struct store *store, GPtrArray *findings, struct error *error)
{
	/* Each row of the answer is a contradiction: the invoice's number, and what is wrong. */
	static const struct {
		const char *what, *sql;
	} checks[] = {
	    {"the open amount is not the sum of the entries",
		"SELECT number FROM receivable WHERE open <> (SELECT coalesce(sum(amount), 0) FROM entry"
		" WHERE entry.receivable = receivable.id) ORDER BY id"},
	    {"it is settled and has an open amount",
		"SELECT number FROM receivable WHERE state = 'settled' AND ((total > 0 AND open > 0) OR "
		"(total < 0 AND open < 0))"
		" ORDER BY id"},
	    {"it is open and nothing is owed",
		"SELECT number FROM receivable WHERE state = 'open' AND open = 0 ORDER BY id"},
	    {"its due lines do not add up to its total",
		"SELECT number FROM receivable WHERE total <> (SELECT coalesce(sum(amount), 0) FROM due_line"
		" WHERE due_line.receivable = receivable.id) ORDER BY id"},
	    {"it has two running promises", "SELECT number FROM receivable WHERE (SELECT count(*) FROM "
					    "promise WHERE promise.receivable = receivable.id"
					    " AND promise.state = 'running') > 1 ORDER BY id"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(checks); i++) {
		struct query query;
		query_open(&query, store, checks[i].sql, "");
		while (query_row(&query))
			g_ptr_array_add(
			    findings, g_strdup_printf("%s: %s", query_text(&query, 0), checks[i].what));
		if (!query_close(&query, error))
			return false;
	}
	return true;
}
