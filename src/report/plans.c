#include "base/base.h"
#include "report/case.h"

#include "dunning/instalments.h"

/* `relance plan`: instalment plans, a row for each rate. */
static const struct field plan_fields[] = {{"id", "Plan", FIELD_NUMBER, 0},
    {"invoice", "Invoice", FIELD_TEXT, 0}, {"customer", "Customer", FIELD_TEXT, FIELD_ELASTIC},
    {"state", "State", FIELD_TEXT, 0}, {"proposed_on", "Proposed on", FIELD_DATE, FIELD_FOR_MACHINES},
    {"accepted_on", "Accepted on", FIELD_DATE, FIELD_FOR_MACHINES},
    {"ended_on", "Ended on", FIELD_DATE, FIELD_FOR_MACHINES}, {"rate", "Rate", FIELD_NUMBER, 0},
    {"due_on", "Due", FIELD_DATE, 0}, {"amount", "Amount", FIELD_MONEY, 0}, {"paid", "Paid", FIELD_MONEY, 0},
    {"last_day", "Waited for until", FIELD_DATE, 0}, {"currency", "Currency", FIELD_TEXT, FIELD_FOR_MACHINES},
    {"message", "Message", FIELD_NUMBER, FIELD_FOR_MACHINES}};

static void print_rate(struct printer *printer, const struct instalment_plan *plan,
    const struct receivable *receivable, const char *customer, const GPtrArray *rates, guint i,
    const struct instalment_standing *standing)
{
	const struct instalment_row *rate = rates->pdata[i];
	bool accepted = plan->accepted_on != DATE_NONE, runs = strcmp(plan->state, "accepted") == 0;
	printer_number(printer, plan->id);
	printer_text(printer, receivable->number);
	printer_text(printer, customer);
	printer_text(printer, plan->state);
	printer_date(printer, plan->proposed_on);
	printer_date(printer, plan->accepted_on);
	printer_date(printer, plan->ended_on);
	printer_number(printer, i + 1);
	printer_date(printer, rate->due_on);
	printer_money(printer, money(rate->amount, receivable->currency));
	if (accepted)
		printer_money(
		    printer, money(instalment_paid(plan, rates, receivable->open, i), receivable->currency));
	else
		printer_absent(printer);
	printer_date(printer, runs && standing->rate == (int)i ? standing->last_day : DATE_NONE);
	printer_text(printer, receivable->currency);
	if (plan->message)
		printer_number(printer, plan->message);
	else
		printer_absent(printer);
	printer_end_row(printer);
}

static bool print_plan(struct ledger *ledger, const struct instalment_plan *plan,
    const struct receivable *receivable, struct printer *printer, struct error *error)
{
	char *customer = NULL;
	GPtrArray *rates = instalment_list(ledger->store, plan->id, error);
	bool ok = rates && name_of_customer(ledger->store, receivable->customer, &customer, error);
	struct instalment_standing standing;
	if (ok)
		instalments_stand(ledger->config, plan, rates, receivable->open, &standing);
	for (guint i = 0; ok && i < rates->len; i++)
		print_rate(printer, plan, receivable, customer, rates, i, &standing);
	rows_free(&instalment_table, rates);
	g_free(customer);
	return ok;
}

bool report_plans(struct ledger *ledger, const char *company, const struct receivable *receivable, bool all,
    struct printer *printer, struct error *error)
{
	GPtrArray *plans = receivable ? instalment_plan_list(ledger->store, receivable->id, NULL, error)
				      : instalment_plan_list_of_state(ledger->store, NULL, error);
	bool ok = plans != NULL;
	if (ok)
		printer_begin_list(printer, NULL, NULL, plan_fields, ARRAY_LENGTH(plan_fields));
	for (guint i = 0; ok && i < plans->len; i++) {
		const struct instalment_plan *plan = g_ptr_array_index(plans, i);
		struct receivable row;
		bool found, over = plan->ended_on != DATE_NONE;
		if (over && !all && !receivable)
			continue;
		if (!(ok = receivable_get(ledger->store, plan->receivable, &row, &found, error)) || !found)
			continue;
		if (!company || strcmp(company, row.company) == 0)
			ok = print_plan(ledger, plan, &row, printer, error);
		row_clear(&receivable_table, &row);
	}
	if (ok)
		printer_end_list(printer);
	rows_free(&instalment_plan_table, plans);
	return ok;
}
