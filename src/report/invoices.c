#include "base/base.h"
#include "base/holidays.h"
#include "report/invoices.h"
#include "report/display.h"
#include "store/rows_receivable.h"

/* --- sums by currency, under the tables */

static void sums_add(GArray *sums, struct money amount)
{
	for (guint i = 0; i < sums->len; i++) {
		struct money *sum = &g_array_index(sums, struct money, i);
		if (strcmp(sum->currency, amount.currency) == 0) {
			if (!money_add(*sum, amount, sum))
				*sum = (struct money)MONEY_NONE; /* too large to be said */
			return;
		}
	}
	g_array_append_val(sums, amount);
}

/* --- the list */

#define PLAN_FIELDS 8 /* the last ones */
static const struct field list_fields[] = {
    {"invoice", "Invoice", FIELD_TEXT, 0},
    {"kind", "Kind", FIELD_TEXT, FIELD_FOR_MACHINES},
    {"company", "Company", FIELD_TEXT, FIELD_FOR_MACHINES},
    {"customer_id", "Customer id", FIELD_NUMBER, FIELD_FOR_MACHINES},
    {"customer", "Customer", FIELD_TEXT, FIELD_ELASTIC},
    {"issue_date", "Issued", FIELD_DATE, FIELD_FOR_MACHINES},
    {"due_date", "Due", FIELD_DATE, 0},
    {"days_late", "Late", FIELD_NUMBER, 0},
    {"total", "Total", FIELD_MONEY, FIELD_FOR_MACHINES},
    {"open", "Open", FIELD_MONEY, 0},
    {"currency", "Currency", FIELD_TEXT, FIELD_FOR_MACHINES},
    {"state", "State", FIELD_TEXT, FIELD_FOR_MACHINES},
    {"delivery", "Delivery", FIELD_TEXT, FIELD_FOR_MACHINES},
    {"situation", "Situation", FIELD_TEXT, FIELD_ELASTIC},
    {"last_step", "Last step", FIELD_TEXT, FIELD_FOR_MACHINES},
    {"last_step_on", "On", FIELD_DATE, FIELD_FOR_MACHINES},
    {"next_step", "Next step", FIELD_TEXT, FIELD_FOR_MACHINES},
    {"next_on", "Next on", FIELD_DATE, FIELD_FOR_MACHINES},
    {"guard", "Guard", FIELD_TEXT, FIELD_FOR_MACHINES},
    {"held_until", "Held until", FIELD_DATE, FIELD_FOR_MACHINES},
    {"why", "Why", FIELD_TEXT, FIELD_FOR_MACHINES},
};

static void append_dispute(const struct invoice_figure *figure, struct buffer *text)
{
	char amount[MONEY_TEXT_SIZE];
	buffer_printf(text, "disputed: %s", figure->dispute_reason);
	if (figure->disputed != 0)
		buffer_printf(text, " (%s)", money_format(money(figure->disputed, figure->currency), amount));
}

/* The first day from DAY on which anybody may be written to. */
static date_t working_day(const struct invoice_figure *figure, date_t day)
{
	return business_day_from(figure->country, figure->region, day);
}

/* What holds it and until when, or the next step and its day; a planned day that is past is today. */
static void append_plan(const struct invoice_figure *figure, date_t today, struct buffer *text)
{
	char date[DATE_TEXT_SIZE];
	const char *between = text->length > 0 ? "; " : "";
	if (figure->has_promise && figure->promised_on != DATE_NONE)
		buffer_printf(text, "%spromised for %s", between, date_format(figure->promised_on, date));
	else if (figure->has_promise)
		buffer_printf(text, "%spromised", between);
	else if (figure->guard != NULL && figure->held_until != DATE_NONE)
		buffer_printf(text, "%sheld until %s: %s", between, date_format(figure->held_until, date),
		    figure->why != NULL ? figure->why : figure->guard);
	else if (figure->guard != NULL && figure->dispute_reason == NULL)
		buffer_printf(text, "%sheld: %s", between, figure->why != NULL ? figure->why : figure->guard);
	else if (figure->guard == NULL && figure->step != NULL)
		buffer_printf(text, "%s%s %s", between, figure->step,
		    date_format(working_day(figure, MAX(figure->step_on, today)), date));
}

void situation_append(const struct invoice_figure *figure, date_t today, struct buffer *text)
{
	if (strcmp(figure->state, "open") != 0) {
		buffer_append_text(text, figure->state);
		return;
	}
	if (figure->dispute_reason != NULL)
		append_dispute(figure, text);
	else if (strcmp(figure->delivery, "failed") == 0)
		buffer_append_text(text, "not delivered");
	if (text->length > 0 && figure->guard != NULL && strcmp(figure->guard, "undelivered") == 0)
		return; /* said already */
	append_plan(figure, today, text);
}

struct list_run {
	const struct list_request *request;
	struct printer *printer;
	GArray *sums;
	int64_t count;
};

static void print_situation(struct printer *printer, const struct invoice_figure *figure, date_t today)
{
	struct buffer text = BUFFER_EMPTY;
	situation_append(figure, today, &text);
	if (figure->dispute_reason != NULL)
		printer_emphasis(printer, EMPHASIS_WARNING);
	else if (figure->has_promise || strcmp(figure->state, "settled") == 0)
		printer_emphasis(printer, EMPHASIS_GOOD);
	printer_text(printer, text.length == 0 ? NULL : text.bytes);
	buffer_clear(&text);
}

/* Promises, disputes and plans are known as they are now, not as they were on a past day. */
static void print_plan(
    const struct list_request *request, struct printer *printer, const struct invoice_figure *figure)
{
	if (request->as_of != request->today) {
		for (int i = 0; i < PLAN_FIELDS; i++)
			printer_absent(printer);
		return;
	}
	print_situation(printer, figure, request->today);
	printer_text(printer, figure->last_step);
	printer_date(printer, figure->last_step_on);
	printer_text(printer, figure->step);
	printer_date(printer, figure->step_on);
	printer_text(printer, figure->guard);
	printer_date(printer, figure->held_until);
	printer_text(printer, figure->why);
}

static void print_late(struct printer *printer, const struct invoice_figure *figure, date_t day)
{
	int late = day - figure->due_date;
	if (late <= 0 || figure->open <= 0) {
		if (printer_is_for_people(printer) || figure->open <= 0)
			printer_absent(printer);
		else
			printer_number(printer, 0);
		return;
	}
	printer_emphasis(printer, late > 30 ? EMPHASIS_BAD : EMPHASIS_WARNING);
	printer_number(printer, late);
}

static bool list_row(const struct invoice_figure *figure, void *data, struct error *error)
{
	struct list_run *run = data;
	struct printer *printer = run->printer;
	(void)error;
	printer_text(printer, figure->number);
	printer_text(printer, figure->kind);
	printer_text(printer, figure->company);
	printer_number(printer, figure->customer);
	printer_text(printer, figure->customer_name);
	printer_date(printer, figure->issue_date);
	printer_date(printer, figure->due_date);
	print_late(printer, figure, run->request->as_of);
	printer_money(printer, money(figure->total, figure->currency));
	printer_money(printer, money(figure->open, figure->currency));
	printer_text(printer, figure->currency);
	printer_text(printer, figure->state);
	printer_text(printer, figure->delivery);
	print_plan(run->request, printer, figure);
	printer_end_row(printer);
	sums_add(run->sums, money(figure->open, figure->currency));
	run->count++;
	return true;
}

static struct invoice_filter filter_of(const struct list_request *request)
{
	return (struct invoice_filter){
	    .company = request->company,
	    .customer = request->customer,
	    .state = request->state,
	    .as_of = request->as_of == request->today ? DATE_NONE : request->as_of,
	    .due_before = request->overdue ? request->as_of : DATE_NONE,
	};
}

/* The sum in the column MONEY_AT of COUNT columns; the label in the first. */
static void print_sums(
    struct printer *printer, GArray *sums, const struct field *fields, size_t count, const char *name)
{
	for (guint s = 0; s < sums->len; s++) {
		printer_begin_sum(printer);
		for (size_t i = 0; i < count; i++) {
			if (i == 0)
				printer_text(printer, s == 0 ? printer_say(printer, "Total") : "");
			else if (strcmp(fields[i].name, name) == 0)
				printer_money(printer, g_array_index(sums, struct money, s));
			else
				printer_absent(printer);
		}
		printer_end_row(printer);
	}
}

bool report_list(struct store *store, const struct list_request *request, struct printer *printer,
    const char *name, int64_t *count, struct error *error)
{
	struct invoice_filter filter = filter_of(request);
	struct list_run run = {request, printer, g_array_new(FALSE, FALSE, sizeof(struct money)), 0};
	printer_begin_list(
	    printer, name, name == NULL ? NULL : "Invoices", list_fields, ARRAY_LENGTH(list_fields));
	bool ok = invoice_figures(store, &filter, list_row, &run, error);
	if (ok) {
		if (run.count > 1)
			print_sums(printer, run.sums, list_fields, ARRAY_LENGTH(list_fields), "open");
		printer_end_list(printer);
	}
	g_array_unref(run.sums);
	if (count != NULL)
		*count = run.count;
	return ok;
}

/* --- what the plan will do */

static const struct field forecast_fields[] = {
    {"date", "Date", FIELD_DATE, 0},
    {"invoice", "Invoice", FIELD_TEXT, 0},
    {"company", "Company", FIELD_TEXT, FIELD_FOR_MACHINES},
    {"customer_id", "Customer id", FIELD_NUMBER, FIELD_FOR_MACHINES},
    {"customer", "Customer", FIELD_TEXT, FIELD_ELASTIC},
    {"step", "Step", FIELD_TEXT, 0},
    {"channel", "By", FIELD_TEXT, 0},
    {"open", "Open", FIELD_MONEY, 0},
    {"currency", "Currency", FIELD_TEXT, FIELD_FOR_MACHINES},
    {"planned_on", "Planned on", FIELD_DATE, FIELD_FOR_MACHINES},
    {"guard", "Guard", FIELD_TEXT, FIELD_FOR_MACHINES},
    {"held_until", "Held until", FIELD_DATE, FIELD_FOR_MACHINES},
    {"why", "Held by", FIELD_TEXT, FIELD_WRAPPED},
    {"line", "Part", FIELD_NUMBER, FIELD_FOR_MACHINES},
    {"due_date", "Due", FIELD_DATE, FIELD_FOR_MACHINES},
};

struct planned {
	date_t on; /* the first day it can go; DATE_NONE: somebody must end the guard first */
	int64_t open, customer, receivable, total, line;
	date_t due_on, planned_on, held_until;
	char *number, *company, *name, *step, *channel, *currency, *guard, *why; /* owned */
};

static void free_planned(void *pointer)
{
	struct planned *planned = pointer;
	char *const texts[] = {planned->number, planned->company, planned->name, planned->step,
	    planned->channel, planned->currency, planned->guard, planned->why};
	for (size_t i = 0; i < ARRAY_LENGTH(texts); i++)
		g_free(texts[i]);
	g_free(planned);
}

struct forecast_run {
	date_t today, last;
	GPtrArray *planned;
};

static bool forecast_row(const struct invoice_figure *figure, void *data, struct error *error)
{
	struct forecast_run *run = data;
	(void)error;
	if (figure->step == NULL)
		return true;
	date_t on = figure->step_on < run->today ? run->today : figure->step_on;
	if (figure->guard != NULL && figure->held_until == DATE_NONE)
		on = DATE_NONE;
	else if (figure->guard != NULL && figure->held_until > on)
		on = figure->held_until;
	on = on == DATE_NONE ? DATE_NONE : working_day(figure, on);
	if (on != DATE_NONE ? on > run->last : figure->step_on > run->last)
		return true;
	struct planned *planned = g_new0(struct planned, 1);
	*planned = (struct planned){on, figure->open, figure->customer, figure->id, figure->total,
	    figure->line, figure->due_date, figure->step_on, figure->held_until, g_strdup(figure->number),
	    g_strdup(figure->company), g_strdup(figure->customer_name), g_strdup(figure->step),
	    g_strdup(figure->channel), g_strdup(figure->currency), g_strdup(figure->guard),
	    g_strdup(figure->why)};
	g_ptr_array_add(run->planned, planned);
	return true;
}

/* By day, what is held without end last; then by customer and number. */
static int by_day(const void *a, const void *b)
{
	const struct planned *x = *(const struct planned *const *)a;
	const struct planned *y = *(const struct planned *const *)b;
	if (x->on != y->on) {
		if (x->on == DATE_NONE || y->on == DATE_NONE)
			return x->on == DATE_NONE ? 1 : -1;
		return x->on < y->on ? -1 : 1;
	}
	int order = strcmp(x->name, y->name);
	if (order == 0)
		order = strcmp(x->number, y->number);
	return order != 0 ? order : x->line < y->line ? -1 : x->line > y->line;
}

/* What is planned for one due line is told with its own day and amount. */
static bool find_line(struct store *store, struct planned *planned, struct error *error)
{
	if (planned->line == 0)
		return true;
	GPtrArray *lines = due_line_list(store, planned->receivable, error);
	if (lines == NULL)
		return false;
	if (planned->line <= (int64_t)lines->len) {
		guint index = (guint)planned->line - 1;
		planned->due_on = ((const struct due_line_row *)g_ptr_array_index(lines, index))->due_on;
		planned->open = due_line_open(planned->total, planned->open, lines, index);
	}
	rows_free(&due_line_table, lines);
	return true;
}

static void print_planned(struct printer *printer, const struct planned *planned)
{
	printer_date(printer, planned->on);
	printer_text(printer, planned->number);
	printer_text(printer, planned->company);
	printer_number(printer, planned->customer);
	printer_text(printer, planned->name);
	printer_text(printer, planned->step);
	printer_text(printer, planned->channel);
	printer_money(printer, money(planned->open, planned->currency));
	printer_text(printer, planned->currency);
	printer_date(printer, planned->planned_on);
	printer_text(printer, planned->guard);
	printer_date(printer, planned->held_until);
	printer_emphasis(printer, EMPHASIS_WARNING);
	printer_text(printer, planned->guard == NULL ? NULL
			      : planned->why != NULL ? planned->why
						     : planned->guard);
	if (planned->line == 0)
		printer_absent(printer);
	else
		printer_number(printer, planned->line);
	printer_date(printer, planned->due_on);
	printer_end_row(printer);
}

bool report_forecast(struct store *store, const struct list_request *request, int days,
    struct printer *printer, struct error *error)
{
	struct invoice_filter filter = {.company = request->company,
	    .customer = request->customer,
	    .state = "open",
	    .as_of = DATE_NONE,
	    .due_before = DATE_NONE,
	    .lines = true};
	struct forecast_run run = {
	    request->today, request->today + days, g_ptr_array_new_with_free_func(free_planned)};
	bool ok = invoice_figures(store, &filter, forecast_row, &run, error);
	for (guint i = 0; ok && i < run.planned->len; i++)
		ok = find_line(store, g_ptr_array_index(run.planned, i), error);
	if (ok) {
		g_ptr_array_sort(run.planned, by_day);
		printer_begin_list(
		    printer, "planned", "What will be done", forecast_fields, ARRAY_LENGTH(forecast_fields));
		for (guint i = 0; i < run.planned->len; i++)
			print_planned(printer, g_ptr_array_index(run.planned, i));
		printer_end_list(printer);
	}
	g_ptr_array_unref(run.planned);
	return ok;
}
