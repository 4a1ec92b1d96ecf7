#include "base/base.h"
#include "report/invoices.h"
#include "store/rows_receivable.h"

/*
 * The cash to expect. Promised money is expected on the promised day; other money on the due day plus the
 * customer's average lateness. What is disputed, and what is later than that customer's usual, is shown apart
 * and in no week.
 */
static const struct field cash_fields[] = {
    {"week", "Week from", FIELD_DATE, 0},
    {"promised", "Promised", FIELD_MONEY, 0},
    {"expected", "Expected", FIELD_MONEY, 0},
    {"overdue", "Later than usual", FIELD_MONEY, 0},
    {"disputed", "Disputed", FIELD_MONEY, 0},
    {"total", "Total", FIELD_MONEY, 0},
    {"running_total", "Running total", FIELD_MONEY, 0},
    {"currency", "Currency", FIELD_TEXT, FIELD_FOR_MACHINES},
};

enum sort { PROMISED, EXPECTED, OVERDUE, DISPUTED, SORT_COUNT };

struct week {
	char currency[CURRENCY_SIZE];
	date_t monday; /* DATE_NONE: no week */
	int64_t amounts[SORT_COUNT];
};

struct claim {
	int64_t receivable, customer, total;
	date_t due_date, promised_on;
	int64_t open, promised, disputed; /* PROMISED and DISPUTED: parts of OPEN */
	char currency[CURRENCY_SIZE];
};

struct cash_run {
	struct store *store;
	date_t today, last;
	GArray *claims;	      /* of struct claim */
	GHashTable *lateness; /* customer to average days late (as a pointer), once asked for */
	GArray *weeks;	      /* of struct week */
};

static bool collect(const struct invoice_figure *figure, void *data, struct error *error)
{
	struct cash_run *run = data;
	(void)error;
	if (figure->open <= 0)
		return true;
	struct claim claim = {.receivable = figure->id,
	    .customer = figure->customer,
	    .total = figure->total,
	    .due_date = figure->due_date,
	    .open = figure->open,
	    .promised_on = figure->promised_on};
	g_strlcpy(claim.currency, figure->currency, sizeof claim.currency);
	if (figure->dispute_reason != NULL)
		claim.disputed = figure->disputed == 0 ? figure->open : MIN(figure->disputed, figure->open);
	if (figure->has_promise && figure->promised_on != DATE_NONE)
		claim.promised = figure->promised == 0 ? figure->open : figure->promised;
	claim.promised = MIN(claim.promised, claim.open - claim.disputed);
	g_array_append_val(run->claims, claim);
	return true;
}

static bool lateness_of(struct cash_run *run, int64_t customer, int *days, struct error *error)
{
	int64_t *key;
	void *known;
	int64_t count, sum;
	if (g_hash_table_lookup_extended(run->lateness, &customer, NULL, &known)) {
		*days = GPOINTER_TO_INT(known);
		return true;
	}
	if (!lateness_figure(run->store, customer, &count, &sum, error))
		return false;
	*days = count == 0 ? 0 : (int)(sum / count);
	key = g_new(int64_t, 1);
	*key = customer;
	g_hash_table_insert(run->lateness, key, GINT_TO_POINTER(*days));
	return true;
}

static bool add(struct cash_run *run, const char *currency, date_t on, enum sort sort, int64_t amount,
    struct error *error)
{
	date_t monday = on == DATE_NONE ? DATE_NONE : on - (date_t)(date_weekday(on) - MONDAY);
	if (amount == 0 || (on != DATE_NONE && on > run->last))
		return true;
	for (guint i = 0; i < run->weeks->len; i++) {
		struct week *week = &g_array_index(run->weeks, struct week, i);
		if (week->monday == monday && strcmp(week->currency, currency) == 0)
			return !__builtin_add_overflow(week->amounts[sort], amount, &week->amounts[sort]) ||
			       error_set(error, STATUS_DATA, "forecast: the sum is too large");
	}
	struct week week = {.monday = monday};
	g_strlcpy(week.currency, currency, sizeof week.currency);
	week.amounts[sort] = amount;
	g_array_append_val(run->weeks, week);
	return true;
}

/* AMOUNT that is due on DUE comes as many days late as the customer usually is. */
static bool add_rest(struct cash_run *run, const struct claim *claim, date_t due, int late, int64_t amount,
    struct error *error)
{
	date_t usual = due + MAX(late, 0);
	bool expected = usual >= run->today;
	return add(
	    run, claim->currency, expected ? usual : DATE_NONE, expected ? EXPECTED : OVERDUE, amount, error);
}

/* What is neither promised nor disputed, by due line: what is promised is of the earliest, what is disputed
 * of the latest ones. */
static bool spread_rest(struct cash_run *run, const struct claim *claim, int late, struct error *error)
{
	GPtrArray *lines = due_line_list(run->store, claim->receivable, error);
	bool ok = lines != NULL;
	int64_t promised = claim->promised, rest = claim->open - claim->promised - claim->disputed;
	for (guint i = 0; ok && rest > 0 && i < lines->len; i++) {
		const struct due_line_row *line = g_ptr_array_index(lines, i);
		int64_t open = due_line_open(claim->total, claim->open, lines, i),
			first = MIN(open, promised);
		int64_t part = MIN(open - first, rest);
		promised -= first;
		rest -= part;
		ok = add_rest(run, claim, line->due_on, late, part, error);
	}
	rows_free(&due_line_table, lines);
	return ok && (rest == 0 || add_rest(run, claim, claim->due_date, late, rest, error));
}

static bool spread(struct cash_run *run, const struct claim *claim, struct error *error)
{
	int late;
	if (!lateness_of(run, claim->customer, &late, error))
		return false;
	date_t promised = claim->promised_on == DATE_NONE ? DATE_NONE : MAX(claim->promised_on, run->today);
	return add(run, claim->currency, promised, PROMISED, claim->promised, error) &&
	       spread_rest(run, claim, late, error) &&
	       add(run, claim->currency, DATE_NONE, DISPUTED, claim->disputed, error);
}

static int by_week(const void *a, const void *b)
{
	const struct week *x = a;
	const struct week *y = b;
	int order = strcmp(x->currency, y->currency);
	if (order != 0 || x->monday == y->monday)
		return order;
	if (x->monday == DATE_NONE || y->monday == DATE_NONE)
		return x->monday == DATE_NONE ? 1 : -1;
	return x->monday < y->monday ? -1 : 1;
}

static void print_amount(struct printer *printer, int64_t minor, const char *currency)
{
	if (minor == 0 && printer_is_for_people(printer))
		printer_absent(printer);
	else
		printer_money(printer, money(minor, currency));
}

static bool print_weeks(struct printer *printer, GArray *weeks, struct error *error)
{
	int64_t running = 0;
	for (guint i = 0; i < weeks->len; i++) {
		const struct week *week = &g_array_index(weeks, struct week, i);
		int64_t total;
		if (i == 0 || strcmp(week->currency, g_array_index(weeks, struct week, i - 1).currency) != 0)
			running = 0;
		if (__builtin_add_overflow(week->amounts[PROMISED], week->amounts[EXPECTED], &total) ||
		    __builtin_add_overflow(running, total, &running))
			return error_set(error, STATUS_DATA, "forecast: the sum is too large");
		printer_date(printer, week->monday);
		for (int sort = 0; sort < SORT_COUNT; sort++)
			print_amount(printer, week->amounts[sort], week->currency);
		print_amount(printer, total, week->currency);
		print_amount(printer, week->monday == DATE_NONE ? 0 : running, week->currency);
		printer_text(printer, week->currency);
		printer_end_row(printer);
	}
	return true;
}

bool report_cash(struct store *store, const struct list_request *request, int days, struct printer *printer,
    struct error *error)
{
	struct invoice_filter filter = {.company = request->company,
	    .customer = request->customer,
	    .state = "open",
	    .as_of = DATE_NONE,
	    .due_before = DATE_NONE};
	struct cash_run run = {store, request->today, request->today + days,
	    g_array_new(FALSE, TRUE, sizeof(struct claim)),
	    g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL),
	    g_array_new(FALSE, TRUE, sizeof(struct week))};
	bool ok = invoice_figures(store, &filter, collect, &run, error);
	for (guint i = 0; ok && i < run.claims->len; i++)
		ok = spread(&run, &g_array_index(run.claims, struct claim, i), error);
	if (ok) {
		g_array_sort(run.weeks, by_week);
		printer_begin_list(printer, "cash", "Cash to expect", cash_fields, ARRAY_LENGTH(cash_fields));
		ok = print_weeks(printer, run.weeks, error);
		printer_end_list(printer);
	}
	g_array_unref(run.weeks);
	g_hash_table_unref(run.lateness);
	g_array_unref(run.claims);
	return ok;
}
