#include "base/base.h"
#include "report/invoices.h"
#include "store/rows_receivable.h"

/* Open amounts by age. A customer has a row for each currency. */
enum bucket { NOT_DUE, DAYS_30, DAYS_60, DAYS_90, OLDER, BUCKET_COUNT };

static const struct field aging_fields[] = {
    {"company", "Company", FIELD_TEXT, FIELD_FOR_MACHINES},
    {"customer_id", "Customer id", FIELD_NUMBER, FIELD_FOR_MACHINES},
    {"customer", "Customer", FIELD_TEXT, FIELD_ELASTIC},
    {"not_due", "Not due", FIELD_MONEY, 0},
    {"days_1_30", "1-30 days", FIELD_MONEY, 0},
    {"days_31_60", "31-60", FIELD_MONEY, 0},
    {"days_61_90", "61-90", FIELD_MONEY, 0},
    {"days_over_90", "Over 90", FIELD_MONEY, 0},
    {"total", "Total", FIELD_MONEY, 0},
    {"currency", "Currency", FIELD_TEXT, FIELD_FOR_MACHINES},
    {"invoices", "Invoices", FIELD_NUMBER, FIELD_FOR_MACHINES},
};

struct age_row {
	int64_t customer;
	char *company, *name;
	char currency[CURRENCY_SIZE];
	int64_t amounts[BUCKET_COUNT];
	int64_t total;
	int64_t invoices;
};

static void free_row(void *pointer)
{
	struct age_row *row = pointer;
	g_free(row->company);
	g_free(row->name);
	g_free(row);
}

/* An amount that falls due in parts. */
struct aging_run {
	date_t day;
	struct store *store;
	GPtrArray *rows;   /* of struct age_row * */
	GHashTable *found; /* "CUSTOMER CURRENCY" to row */
	GPtrArray *pieces; /* of struct piece *: the open amounts, before they are split */
};

struct piece {
	int64_t receivable, open;
	date_t due_date;
	struct age_row *row;
};

static enum bucket bucket_of(int late)
{
	if (late <= 0)
		return NOT_DUE;
	if (late <= 30)
		return DAYS_30;
	if (late <= 60)
		return DAYS_60;
	return late <= 90 ? DAYS_90 : OLDER;
}

static struct age_row *row_of(struct aging_run *run, const struct invoice_figure *figure)
{
	char *key = g_strdup_printf("%lld %s", (long long)figure->customer, figure->currency);
	struct age_row *row = g_hash_table_lookup(run->found, key);
	if (row != NULL) {
		g_free(key);
		return row;
	}
	row = g_new0(struct age_row, 1);
	row->customer = figure->customer;
	row->company = g_strdup(figure->company);
	row->name = g_strdup(figure->customer_name);
	g_strlcpy(row->currency, figure->currency, sizeof row->currency);
	g_hash_table_insert(run->found, key, row);
	g_ptr_array_add(run->rows, row);
	return row;
}

static bool collect(const struct invoice_figure *figure, void *data, struct error *error)
{
	struct aging_run *run = data;
	(void)error;
	if (figure->open == 0)
		return true;
	struct piece *piece = g_new0(struct piece, 1);
	*piece = (struct piece){figure->id, figure->open, figure->due_date, row_of(run, figure)};
	g_ptr_array_add(run->pieces, piece);
	return true;
}

static bool add(struct age_row *row, date_t day, date_t due, int64_t amount, struct error *error)
{
	if (__builtin_add_overflow(
		row->amounts[bucket_of(day - due)], amount, &row->amounts[bucket_of(day - due)]) ||
	    __builtin_add_overflow(row->total, amount, &row->total))
		return error_set(error, STATUS_DATA, "%s: the sum is too large", row->name);
	return true;
}

/*
 * What is open of an invoice with several due lines: payments count for the earliest lines first, so the open
 * amount is that of the last lines.
 */
static bool split(struct aging_run *run, const struct piece *piece, struct error *error)
{
	GPtrArray *lines = due_line_list(run->store, piece->receivable, error);
	bool ok = lines != NULL;
	int64_t left = piece->open;
	if (!ok)
		return false;
	for (guint i = lines->len; ok && i-- > 1 && left > 0;) {
		const struct due_line_row *line = g_ptr_array_index(lines, i);
		int64_t part = line->amount < left ? line->amount : left;
		ok = add(piece->row, run->day, line->due_on, part, error);
		left -= part;
	}
	date_t first =
	    lines->len > 0 ? ((struct due_line_row *)g_ptr_array_index(lines, 0))->due_on : piece->due_date;
	ok = ok && (left == 0 || add(piece->row, run->day, first, left, error));
	piece->row->invoices++;
	rows_free(&due_line_table, lines);
	return ok;
}

static int by_total(const void *a, const void *b)
{
	const struct age_row *x = *(const struct age_row *const *)a;
	const struct age_row *y = *(const struct age_row *const *)b;
	int order = strcmp(x->currency, y->currency);
	if (order != 0)
		return order;
	if (x->total != y->total)
		return x->total > y->total ? -1 : 1;
	return strcmp(x->name, y->name);
}

static struct money amount_of(const struct printer *printer, int64_t minor, const char *currency)
{
	struct money none = MONEY_NONE;
	return minor == 0 && printer_is_for_people(printer) ? none : money(minor, currency);
}

static void print_row(struct printer *printer, const struct age_row *row)
{
	printer_text(printer, row->company);
	printer_number(printer, row->customer);
	printer_text(printer, row->name);
	for (int i = 0; i < BUCKET_COUNT; i++) {
		if (i >= DAYS_60)
			printer_emphasis(printer, i == DAYS_60 ? EMPHASIS_WARNING : EMPHASIS_BAD);
		printer_money(printer, amount_of(printer, row->amounts[i], row->currency));
	}
	printer_money(printer, money(row->total, row->currency));
	printer_text(printer, row->currency);
	printer_number(printer, row->invoices);
	printer_end_row(printer);
}

/* One sum row for each currency; the rows are sorted by it. */
static bool print_totals(struct printer *printer, GPtrArray *rows, struct error *error)
{
	struct age_row sum = {.name = g_strdup(printer_say(printer, "Total"))};
	bool ok = true;
	for (guint i = 0; ok && i < rows->len; i++) {
		const struct age_row *row = g_ptr_array_index(rows, i);
		g_strlcpy(sum.currency, row->currency, sizeof sum.currency);
		for (int b = 0; b < BUCKET_COUNT; b++)
			ok = ok && !__builtin_add_overflow(sum.amounts[b], row->amounts[b], &sum.amounts[b]);
		ok = ok && !__builtin_add_overflow(sum.total, row->total, &sum.total);
		const struct age_row *next = i + 1 < rows->len ? g_ptr_array_index(rows, i + 1) : NULL;
		if (ok && (next == NULL || strcmp(next->currency, row->currency) != 0)) {
			printer_begin_sum(printer);
			print_row(printer, &sum);
			memset(sum.amounts, 0, sizeof sum.amounts);
			sum.total = 0;
		}
	}
	g_free(sum.name);
	return ok || error_set(error, STATUS_DATA, "aging: the sum is too large");
}

bool report_aging(
    struct store *store, const struct list_request *request, struct printer *printer, struct error *error)
{
	struct invoice_filter filter = {
	    .company = request->company,
	    .customer = request->customer,
	    .state = "open",
	    .as_of = request->as_of == request->today ? DATE_NONE : request->as_of,
	    .due_before = DATE_NONE,
	};
	struct aging_run run = {request->as_of, store, g_ptr_array_new_with_free_func(free_row),
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
	    g_ptr_array_new_with_free_func(g_free)};
	bool ok = invoice_figures(store, &filter, collect, &run, error);
	for (guint i = 0; ok && i < run.pieces->len; i++)
		ok = split(&run, g_ptr_array_index(run.pieces, i), error);
	if (ok) {
		g_ptr_array_sort(run.rows, by_total);
		printer_begin_list(printer, "aging", NULL, aging_fields, ARRAY_LENGTH(aging_fields));
		for (guint i = 0; i < run.rows->len; i++)
			print_row(printer, g_ptr_array_index(run.rows, i));
		ok = run.rows->len < 2 || print_totals(printer, run.rows, error);
		printer_end_list(printer);
	}
	g_ptr_array_unref(run.pieces);
	g_hash_table_unref(run.found);
	g_ptr_array_unref(run.rows);
	return ok;
}
