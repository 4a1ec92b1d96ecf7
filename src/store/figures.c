#include "base/base.h"
#include "store/figures.h"

/*
 * The sums are CAST because a sum of integers has a wider type in some engines. Parameters that may be null
 * are CAST, too: an engine must know their type.
 */
#define INVOICE_COLUMNS                                                                                      \
	"r.id, r.customer, r.company, c.name, r.number, r.kind, r.currency, r.state, r.delivery, "           \
	"r.issue_date, %s,"                                                                                  \
	" r.total, r.last_step, r.last_step_on, a.step, a.channel, a.guard, a.why, a.due_on, a.held_until,"  \
	" p.promised_on, p.amount, p.id, d.reason, d.amount, c.country, c.region, a.line, %s"
#define INVOICE_TABLES                                                                                       \
	" FROM receivable r JOIN customer c ON c.id = r.customer LEFT JOIN action a ON a.receivable = r.id"  \
	"%s"                                                                                                 \
	" LEFT JOIN promise p ON p.id = (SELECT MAX(q.id) FROM promise q WHERE q.receivable = r.id AND "     \
	"q.state = 'running')"                                                                               \
	" LEFT JOIN dispute d ON d.id = (SELECT MAX(e.id) FROM dispute e WHERE e.receivable = r.id AND "     \
	"e.state = 'open')"
#define FIRST_LINE " AND a.line = (SELECT MIN(b.line) FROM action b WHERE b.receivable = r.id)"
#define INVOICE_FILTER                                                                                       \
	" AND (CAST($1 AS TEXT) IS NULL OR r.company = $1) AND (CAST($3 AS TEXT) IS NULL OR %s < $3)"
/* The eleventh column is the due date. */
#define INVOICE_ORDER " ORDER BY 11, r.number, r.id, a.line"
#define OPEN_AS_OF                                                                                           \
	"(SELECT CAST(COALESCE(SUM(n.amount), 0) AS BIGINT) FROM entry n WHERE n.receivable = r.id AND "     \
	"n.entered_on <= $5)"
/* Payments count for the earliest due lines first. */
#define DUE_AS_OF                                                                                            \
	"COALESCE((SELECT MIN(l.due_on) FROM due_line l WHERE l.receivable = r.id AND r.total > 0 AND "      \
	"r.total - " OPEN_AS_OF " < (SELECT SUM(m.amount) FROM due_line m WHERE m.receivable = l.receivable" \
	" AND m.due_on <= l.due_on)), r.due_date)"

enum {
	AT_ID,
	AT_CUSTOMER,
	AT_COMPANY,
	AT_CUSTOMER_NAME,
	AT_NUMBER,
	AT_KIND,
	AT_CURRENCY,
	AT_STATE,
	AT_DELIVERY,
	AT_ISSUED,
	AT_DUE,
	AT_TOTAL,
	AT_LAST_STEP,
	AT_LAST_STEP_ON,
	AT_STEP,
	AT_CHANNEL,
	AT_GUARD,
	AT_WHY,
	AT_STEP_ON,
	AT_HELD_UNTIL,
	AT_PROMISED_ON,
	AT_PROMISED,
	AT_PROMISE,
	AT_DISPUTE,
	AT_DISPUTED,
	AT_COUNTRY,
	AT_REGION,
	AT_LINE,
	AT_OPEN
};

static struct invoice_figure figure_of(struct query *query)
{
	return (struct invoice_figure){
	    .id = query_integer(query, AT_ID),
	    .customer = query_integer(query, AT_CUSTOMER),
	    .company = query_text(query, AT_COMPANY),
	    .customer_name = query_text(query, AT_CUSTOMER_NAME),
	    .number = query_text(query, AT_NUMBER),
	    .kind = query_text(query, AT_KIND),
	    .country = query_text(query, AT_COUNTRY),
	    .region = query_text(query, AT_REGION),
	    .currency = query_text(query, AT_CURRENCY),
	    .state = query_text(query, AT_STATE),
	    .delivery = query_text(query, AT_DELIVERY),
	    .issue_date = query_date(query, AT_ISSUED),
	    .due_date = query_date(query, AT_DUE),
	    .total = query_integer(query, AT_TOTAL),
	    .open = query_integer(query, AT_OPEN),
	    .line = query_is_null(query, AT_LINE) ? 0 : query_integer(query, AT_LINE),
	    .last_step = query_text(query, AT_LAST_STEP),
	    .last_step_on = query_date(query, AT_LAST_STEP_ON),
	    .step = query_text(query, AT_STEP),
	    .channel = query_text(query, AT_CHANNEL),
	    .guard = query_text(query, AT_GUARD),
	    .why = query_text(query, AT_WHY),
	    .step_on = query_date(query, AT_STEP_ON),
	    .held_until = query_date(query, AT_HELD_UNTIL),
	    .promised_on = query_date(query, AT_PROMISED_ON),
	    .promised = query_is_null(query, AT_PROMISED) ? 0 : query_integer(query, AT_PROMISED),
	    .has_promise = !query_is_null(query, AT_PROMISE),
	    .dispute_reason = query_text(query, AT_DISPUTE),
	    .disputed = query_is_null(query, AT_DISPUTED) ? 0 : query_integer(query, AT_DISPUTED),
	};
}

static bool each_figure(struct query *query,
    bool (*each)(const struct invoice_figure *figure, void *data, struct error *error), void *data,
    struct error *error)
{
	bool ok = true;
	while (ok && query_row(query)) {
		struct invoice_figure figure = figure_of(query);
		ok = each(&figure, data, error);
	}
	return query_close(query, ok ? error : NULL) && ok;
}

/* One that is filtered by has to stand alone to be looked up in an index; every parameter stands somewhere.
 */
static const char *customer_clause(int64_t customer)
{
	return customer != 0 ? " WHERE r.customer = $2" : " WHERE $2 = 0";
}

static const char *state_clause(const char *state)
{
	return state != NULL ? " AND r.state = $4" : " AND CAST($4 AS TEXT) IS NULL";
}

/* A void one never was; open or settled is told by what was open at the end of that day. */
static const char *past_state_clause(const char *state)
{
	return state != NULL ? " AND r.state <> 'void' AND ($4 = 'open') = (" OPEN_AS_OF " <> 0)"
			     : " AND CAST($4 AS TEXT) IS NULL";
}

bool invoice_figures(struct store *store, const struct invoice_filter *filter,
    bool (*each)(const struct invoice_figure *figure, void *data, struct error *error), void *data,
    struct error *error)
{
	struct query query;
	bool is_past = filter->as_of != DATE_NONE;
	const char *due = is_past ? DUE_AS_OF : "r.due_date";
	g_autofree char *columns =
	    g_strdup_printf("SELECT " INVOICE_COLUMNS, due, is_past ? OPEN_AS_OF : "r.open");
	g_autofree char *tables = g_strdup_printf(INVOICE_TABLES, filter->lines ? "" : FIRST_LINE);
	g_autofree char *filtered = g_strdup_printf(INVOICE_FILTER, due);
	char *sql = g_strconcat(columns, tables, customer_clause(filter->customer), filtered,
	    is_past ? past_state_clause(filter->state) : state_clause(filter->state),
	    is_past ? " AND EXISTS (SELECT 1 FROM entry n WHERE n.receivable = r.id AND n.entered_on <= $5)"
		    : "",
	    INVOICE_ORDER, NULL);
	query_open(&query, store, sql, is_past ? "tidtd" : "tidt", filter->company, filter->customer,
	    filter->due_before, filter->state, filter->as_of);
	g_free(sql);
	return each_figure(&query, each, data, error);
}

static void free_word_count(void *pointer)
{
	struct word_count *count = pointer;
	g_free(count->word);
	g_free(count);
}

GPtrArray *word_counts(struct store *store, enum word_figure figure, struct error *error)
{
	static const char *const statements[] = {
	    [COUNT_GUARDS] = "SELECT guard, COUNT(*) FROM action WHERE guard IS NOT NULL GROUP BY guard",
	    [COUNT_PLANNED] = "SELECT step, COUNT(*) FROM action WHERE guard IS NULL GROUP BY step",
	    [COUNT_OUTBOX] = "SELECT state, COUNT(*) FROM outbox GROUP BY state",
	    [COUNT_TASKS] = "SELECT kind, COUNT(*) FROM task WHERE state = 'open' GROUP BY kind",
	    [COUNT_RECEIVABLES] = "SELECT state, COUNT(*) FROM receivable GROUP BY state",
	    [COUNT_MESSAGES] = "SELECT state, COUNT(*) FROM message GROUP BY state",
	    [COUNT_MESSAGE_KINDS] = "SELECT kind, COUNT(*) FROM message GROUP BY kind",
	    [COUNT_EVENTS] = "SELECT kind, COUNT(*) FROM journal GROUP BY kind",
	};
	struct query query;
	GString *statement = g_string_new(statements[figure]);
	GPtrArray *counts = g_ptr_array_new_with_free_func(free_word_count);
	g_string_append(statement, " ORDER BY 2 DESC, 1");
	query_open(&query, store, statement->str, "");
	while (query_row(&query)) {
		struct word_count *count = g_new0(struct word_count, 1);
		count->word = g_strdup(query_text(&query, 0));
		count->count = query_integer(&query, 1);
		g_ptr_array_add(counts, count);
	}
	g_string_free(statement, TRUE);
	if (query_close(&query, error))
		return counts;
	g_ptr_array_unref(counts);
	return NULL;
}

static void free_due_group(void *pointer)
{
	struct due_group *group = pointer;
	g_free(group->company);
	g_free(group->country);
	g_free(group->region);
	g_free(group);
}

GPtrArray *due_groups(struct store *store, date_t day, struct error *error)
{
	struct query query;
	GPtrArray *groups = g_ptr_array_new_with_free_func(free_due_group);
	query_open(&query, store,
	    "SELECT c.company, c.country, c.region, CASE WHEN a.channel = 'mail' THEN 1 ELSE 0 END, COUNT(*)"
	    " FROM action a JOIN customer c ON c.id = a.customer WHERE a.due_on <= $1 AND a.guard IS NULL"
	    " GROUP BY c.company, c.country, c.region, CASE WHEN a.channel = 'mail' THEN 1 ELSE 0 END"
	    " ORDER BY 1, 2, 3, 4",
	    "d", day);
	while (query_row(&query)) {
		struct due_group *group = g_new0(struct due_group, 1);
		*group = (struct due_group){g_strdup(query_text(&query, 0)), g_strdup(query_text(&query, 1)),
		    g_strdup(query_text(&query, 2)), query_integer(&query, 3) != 0, query_integer(&query, 4)};
		g_ptr_array_add(groups, group);
	}
	if (query_close(&query, error))
		return groups;
	g_ptr_array_unref(groups);
	return NULL;
}

/* The earliest due line that is not paid was due before $3: of those from then on nothing is paid. */
#define LINES_FROM                                                                                           \
	"COALESCE((SELECT CAST(SUM(l.amount) AS BIGINT) FROM due_line l WHERE l.receivable = r.id AND "      \
	"r.total > 0 AND l.due_on >= $3), 0)"

GArray *open_sums(struct store *store, const char *company, int64_t customer, date_t day, struct error *error)
{
	struct query query;
	GArray *sums = g_array_new(FALSE, TRUE, sizeof(struct currency_sum));
	char *sql = g_strconcat("SELECT r.currency, COUNT(*), CAST(SUM(r.open) AS BIGINT),"
				" CAST(SUM(CASE WHEN r.due_date < $3 THEN r.open - " LINES_FROM
				" ELSE 0 END) AS BIGINT),"
				" CAST(SUM(CASE WHEN r.due_date < $3 THEN 1 ELSE 0 END) AS BIGINT)"
				" FROM receivable r",
	    customer_clause(customer),
	    " AND r.state = 'open' AND (CAST($1 AS TEXT) IS NULL OR r.company = $1) GROUP BY r.currency "
	    "ORDER BY r.currency",
	    NULL);
	query_open(&query, store, sql, "tid", company, customer, day);
	g_free(sql);
	while (query_row(&query)) {
		struct currency_sum sum = {.count = query_integer(&query, 1),
		    .open = query_integer(&query, 2),
		    .overdue = query_integer(&query, 3),
		    .overdue_count = query_integer(&query, 4)};
		g_strlcpy(sum.currency, query_text(&query, 0), sizeof sum.currency);
		g_array_append_val(sums, sum);
	}
	if (query_close(&query, error))
		return sums;
	g_array_unref(sums);
	return NULL;
}

bool bounce_figures(struct store *store, const char *company,
    bool (*each)(const struct bounce_figure *figure, void *data, struct error *error), void *data,
    struct error *error)
{
	struct query query;
	bool ok = true;
	query_open(&query, store,
	    "SELECT c.company, c.name, k.address, k.name, k.state, k.reason, c.id,"
	    " (SELECT COUNT(*) FROM receivable r WHERE r.customer = c.id AND r.state = 'open'),"
	    " (SELECT COUNT(*) FROM contact g WHERE g.customer = c.id AND g.state = 'good')"
	    " FROM contact k JOIN customer c ON c.id = k.customer WHERE k.state IN ('bounced', 'left')"
	    " AND (CAST($1 AS TEXT) IS NULL OR c.company = $1) ORDER BY c.name, k.address",
	    "t", company);
	while (ok && query_row(&query)) {
		struct bounce_figure figure = {
		    .company = query_text(&query, 0),
		    .customer_name = query_text(&query, 1),
		    .address = query_text(&query, 2),
		    .name = query_text(&query, 3),
		    .state = query_text(&query, 4),
		    .reason = query_text(&query, 5),
		    .customer = query_integer(&query, 6),
		    .open_invoices = query_integer(&query, 7),
		    .other_addresses = query_integer(&query, 8),
		};
		ok = each(&figure, data, error);
	}
	return query_close(&query, ok ? error : NULL) && ok;
}

bool lateness_figure(
    struct store *store, int64_t customer, int64_t *count, int64_t *sum_of_days, struct error *error)
{
	struct query query;
	*count = *sum_of_days = 0;
	query_open(&query, store,
	    "SELECT r.due_date, MAX(n.entered_on) FROM receivable r JOIN entry n ON n.receivable = r.id"
	    " WHERE r.customer = $1 AND r.state = 'settled' AND n.kind = 'payment' GROUP BY r.id, r.due_date",
	    "i", customer);
	while (query_row(&query)) {
		++*count;
		*sum_of_days += query_date(&query, 1) - query_date(&query, 0);
	}
	return query_close(&query, error);
}
