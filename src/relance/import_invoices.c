#include "base/base.h"
#include "ledger/act.h"
#include "relance/import.h"
#include "relance/import_table.h"

static const char *const columns[] = {"number", "kind", "customer", "customer_name", "email", "issue_date",
    "due_date", "currency", "total", "open", "language", "customer_kind", "message_id", "order_number", NULL};
static const char *const required[] = {"number", "customer", "due_date", "total", NULL};

/* A row, checked. Pointers are borrowed from the table. */
struct invoice_row {
	const struct company_config *company;
	const char *number, *kind, *customer, *customer_name, *email, *currency, *language, *customer_kind,
	    *order_number;
	char *message_id; /* owned, "<…>" */
	date_t issue_date, due_date;
	int64_t total, open; /* OPEN INT64_MIN: all */
};

static bool is_word(const char *const *words, const char *text)
{
	for (; *words != NULL; words++)
		if (strcmp(*words, text) == 0)
			return true;
	return false;
}

/* One of WORDS, or FALLBACK where the cell is empty. */
static bool take_word(const struct import_table *table, const char *column, const char *const *words,
    const char *fallback, const char **word, struct error *error)
{
	const char *value = import_table_value(table, column);
	*word = value == NULL ? fallback : value;
	if (value == NULL || is_word(words, value))
		return true;
	char *allowed = g_strjoinv(", ", (char **)words);
	import_table_error(table, column, error, "%s is not one of %s", value, allowed);
	g_free(allowed);
	return false;
}

static bool take_text(
    const struct import_table *table, const char *column, const char **text, struct error *error)
{
	*text = import_table_value(table, column);
	return *text != NULL || import_table_error(table, column, error, "is empty");
}

static bool take_date(
    const struct import_table *table, const char *column, bool needed, date_t *date, struct error *error)
{
	const char *value = import_table_value(table, column);
	*date = DATE_NONE;
	if (value == NULL)
		return !needed || import_table_error(table, column, error, "is empty");
	return date_parse(value, date) ||
	       import_table_error(table, column, error, "%s is not a date (YYYY-MM-DD)", value);
}

static bool take_amount(const struct import_table *table, const char *column, const struct invoice_row *row,
    int64_t *minor, struct error *error)
{
	const char *value = import_table_value(table, column);
	struct money amount;
	if (!amount_from_text(value, row->currency, &amount))
		return import_table_error(
		    table, column, error, "%s is not an amount in %s", value, row->currency);
	*minor = amount.minor;
	if (amount.minor < 0 && strcmp(row->kind, "credit_note") == 0)
		*minor = -amount.minor; /* a credit note's amounts may be written either way */
	return *minor >= 0 ||
	       import_table_error(table, column, error, "%s is negative; kind credit_note says so", value);
}

static bool take_amounts(const struct import_table *table, struct invoice_row *row, struct error *error)
{
	char code[CURRENCY_SIZE];
	const char *currency = import_table_value(table, "currency");
	row->currency = currency == NULL ? row->company->currency : currency;
	if (!currency_set(code, row->currency))
		return import_table_error(
		    table, "currency", error, "%s is not a currency (ISO 4217)", row->currency);
	if (import_table_value(table, "total") == NULL)
		return import_table_error(table, "total", error, "is empty");
	row->open = INT64_MIN;
	if (!take_amount(table, "total", row, &row->total, error))
		return false;
	if (import_table_value(table, "open") == NULL)
		return true;
	return take_amount(table, "open", row, &row->open, error) &&
	       (row->open <= row->total ||
		   import_table_error(table, "open", error, "is more than the total"));
}

static void take_message_id(const struct import_table *table, struct invoice_row *row)
{
	const char *value = import_table_value(table, "message_id");
	if (value != NULL)
		row->message_id = *value == '<' ? g_strdup(value) : g_strdup_printf("<%s>", value);
}

static bool take_row(const struct import_table *table, struct invoice_row *row, struct error *error)
{
	static const char *const kinds[] = {"invoice", "credit_note", "prepayment", "corrective", NULL};
	static const char *const languages[] = {"fr", "en", "de", "es", "it", "nl", NULL};
	static const char *const customer_kinds[] = {"business", "public", "consumer", NULL};
	row->customer_name = import_table_value(table, "customer_name");
	row->email = import_table_value(table, "email");
	row->order_number = import_table_value(table, "order_number");
	take_message_id(table, row);
	return import_table_fits(table, error) && take_text(table, "number", &row->number, error) &&
	       take_text(table, "customer", &row->customer, error) &&
	       take_word(table, "kind", kinds, "invoice", &row->kind, error) &&
	       take_word(table, "language", languages, NULL, &row->language, error) &&
	       take_word(table, "customer_kind", customer_kinds, "business", &row->customer_kind, error) &&
	       take_date(table, "issue_date", false, &row->issue_date, error) &&
	       take_date(table, "due_date", true, &row->due_date, error) && take_amounts(table, row, error);
}

/* --- into the books */

static bool find_customer(
    struct session *session, const struct invoice_row *row, int64_t *id, struct error *error)
{
	struct customer customer;
	bool found;
	if (!customer_of_reference(
		session->store, row->company->name, row->customer, &customer, &found, error))
		return false;
	if (found) {
		*id = customer.id;
		row_clear(&customer_table, &customer);
		return true;
	}
	struct customer draft = {
	    .company = row->company->name,
	    .name = (char *)(row->customer_name != NULL ? row->customer_name : row->customer),
	    .kind = (char *)row->customer_kind,
	    .language = (char *)row->language,
	    .reference = (char *)row->customer,
	};
	return act_open_customer(&session->ledger, &draft, id, error);
}

static int64_t signed_total(const struct invoice_row *row)
{
	return strcmp(row->kind, "credit_note") == 0 ? -row->total : row->total;
}

/* Whether it, or a part of it, is due on that day. */
static bool is_due_on(
    struct session *session, const struct receivable *known, date_t day, bool *is, struct error *error)
{
	*is = known->due_date == day;
	if (*is)
		return true;
	GPtrArray *lines = due_line_list(session->store, known->id, error);
	if (!lines)
		return false;
	for (guint i = 0; i < lines->len; i++)
		*is = *is || ((const struct due_line_row *)lines->pdata[i])->due_on == day;
	rows_free(&due_line_table, lines);
	return true;
}

/* An invoice that is in the books: it must be the same one; what was paid since, by the file, is entered. */
static bool compare(struct session *session, const struct import_table *table, const struct invoice_row *row,
    const struct receivable *known, bool *changed, struct error *error)
{
	char total[MONEY_TEXT_SIZE];
	if (known->total != signed_total(row) || strcmp(known->currency, row->currency) != 0)
		return import_table_error(table, "total", error, "%s is in the books with %s %s", row->number,
		    money_format(money(known->total, known->currency), total), known->currency);
	bool same_day;
	if (!is_due_on(session, known, row->due_date, &same_day, error))
		return false;
	if (!same_day)
		return import_table_error(
		    table, "due_date", error, "%s is in the books with another day", row->number);
	*changed = row->open != INT64_MIN && known->total > 0 && strcmp(known->state, "void") != 0 &&
		   row->open < known->open;
	return !*changed ||
	       act_pay(&session->ledger, known, known->open - row->open, session->today, "import", error);
}

static bool open_invoice(struct session *session, const struct invoice_row *row, struct error *error)
{
	struct receivable_draft draft = {
	    .company = row->company->name,
	    .number = row->number,
	    .kind = row->kind,
	    .issue_date = row->issue_date,
	    .due_date = row->due_date,
	    .currency = row->currency,
	    .total = row->total,
	    .open = row->open,
	    .message_id = row->message_id,
	    .order_number = row->order_number,
	};
	int64_t receivable;
	bool opened;
	return find_customer(session, row, &draft.customer, error) &&
	       (row->email == NULL || import_contacts(session, draft.customer, row->email, error)) &&
	       act_open_receivable(&session->ledger, &draft, &receivable, &opened, error);
}

static bool enter_row(struct session *session, const struct import_table *table,
    const struct invoice_row *row, struct import_counts *counts, struct error *error)
{
	struct receivable known;
	bool found;
	bool changed = false;
	if (!receivable_of_identity(
		session->store, row->company->name, row->number, row->kind, &known, &found, error))
		return false;
	if (!found) {
		counts->added++;
		return open_invoice(session, row, error) ||
		       (error->status == STATUS_DATA &&
			   error_prefix(error, "%s:%d", table->file, table->csv.rows[table->row].line));
	}
	bool ok = compare(session, table, row, &known, &changed, error);
	row_clear(&receivable_table, &known);
	if (ok && changed)
		counts->changed++;
	else if (ok)
		counts->known++;
	return ok;
}

bool import_invoices(
    struct session *session, const char *file, struct import_counts *counts, struct error *error)
{
	struct import_table table;
	const char *company;
	bool ok = true;
	if (!session_company(session, &company, error) ||
	    !import_table_read(file, columns, required, &table, error))
		return false;
	while (ok && import_table_next(&table)) {
		struct invoice_row row = {.company = config_company(&session->config, company)};
		struct error bad = {0};
		if (!take_row(&table, &row, &bad) || !enter_row(session, &table, &row, counts, &bad)) {
			ok = bad.status == STATUS_DATA;
			if (ok) {
				session_tell(&bad);
				counts->bad++;
			} else {
				*error = bad;
			}
		}
		g_free(row.message_id);
	}
	import_table_clear(&table);
	return ok;
}
