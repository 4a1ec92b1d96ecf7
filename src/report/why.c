#include "base/base.h"
#include "report/case.h"

#include "base/closing_days.h"
#include "dunning/chase.h"

/* `relance why`: the next step and everything that holds it now. */
static const struct field why_fields[] = {
    {"invoice", "Invoice", FIELD_TEXT, 0},
    {"customer", "Customer", FIELD_TEXT, 0},
    {"due_date", "Due", FIELD_DATE, 0},
    {"open", "Open", FIELD_MONEY, 0},
    {"currency", "Currency", FIELD_TEXT, FIELD_FOR_MACHINES},
    {"state", "State", FIELD_TEXT, FIELD_FOR_MACHINES},
    {"last_step", "Last step", FIELD_TEXT, 0},
    {"last_step_on", "Done on", FIELD_DATE, 0},
    {"next_step", "Next step", FIELD_TEXT, 0},
    {"channel", "By", FIELD_TEXT, 0},
    {"next_on", "Planned on", FIELD_DATE, 0},
    {"goes_on", "Goes on", FIELD_DATE, FIELD_FOR_MACHINES},
    {"answer", "Answer", FIELD_TEXT, 0},
    {"line", "Part", FIELD_NUMBER, FIELD_FOR_MACHINES},
};
static const struct field guard_fields[] = {{"guard", "Guard", FIELD_TEXT, 0},
    {"until", "Until", FIELD_DATE, 0}, {"why", "Why", FIELD_TEXT, FIELD_WRAPPED}};

/* The first working day on which nothing that we know of holds it; DATE_NONE when that is up to a person or
 * an event. Without GUARDS (NULL): the day of the plan. */
static date_t first_free_day(
    const struct chase *chase, const struct action *action, const GArray *guards, date_t today)
{
	const struct desk_customer *customer = chase->customer;
	date_t day = MAX(action->due_on, today);
	for (guint i = 0; guards != NULL && i < guards->len; i++) {
		const struct guard_verdict *verdict = &g_array_index(guards, struct guard_verdict, i);
		if (verdict->until == DATE_NONE)
			return DATE_NONE;
		day = MAX(day, verdict->until);
	}
	return closing_days_skip(customer->company != NULL ? &customer->company->closing_days : NULL,
	    customer->country, customer->region, day);
}

static void append_answer(struct buffer *text, const struct receivable *receivable,
    const struct action *action, const GArray *guards, date_t planned, date_t goes_on)
{
	char date[DATE_TEXT_SIZE];
	if (strcmp(receivable->state, "open") != 0)
		buffer_printf(text, "nothing more: the invoice is %s", receivable->state);
	else if (receivable->open <= 0)
		buffer_append_text(text, "nothing is planned: nothing of it is to be paid");
	else if (action == NULL)
		buffer_append_text(text, "nothing is planned: the ladder has no further step");
	else if (goes_on == DATE_NONE)
		buffer_printf(
		    text, "%s is held; it goes on when the guards without a day have ended", action->step);
	else if (guards->len > 0 && goes_on == planned)
		buffer_printf(text, "%s goes on %s; what holds it ends before", action->step,
		    date_format(goes_on, date));
	else if (guards->len > 0)
		buffer_printf(text, "%s is held; as things stand it goes on %s", action->step,
		    date_format(goes_on, date));
	else
		buffer_printf(
		    text, "%s goes on %s; nothing holds it", action->step, date_format(goes_on, date));
}

static void print_why(struct printer *printer, const struct chase *chase, const char *customer,
    const struct action *action, const GArray *guards, date_t today)
{
	const struct receivable *receivable = chase->receivable;
	struct buffer answer = BUFFER_EMPTY;
	date_t goes_on = action == NULL ? DATE_NONE : first_free_day(chase, action, guards, today);
	date_t planned = action == NULL ? DATE_NONE : first_free_day(chase, action, NULL, today);
	append_answer(&answer, receivable, action, guards, planned, goes_on);
	printer_begin_record(printer, NULL, why_fields, ARRAY_LENGTH(why_fields));
	printer_text(printer, receivable->number);
	printer_text(printer, customer);
	printer_date(printer, chase->standing.due_on);
	printer_money(printer, money(chase->standing.open, receivable->currency));
	printer_text(printer, receivable->currency);
	printer_text(printer, receivable->state);
	printer_text(printer, chase->last_step);
	printer_date(printer, chase->last_step_on);
	printer_text(printer, action == NULL ? NULL : action->step);
	printer_text(printer, action == NULL ? NULL : action->channel);
	printer_date(printer, action == NULL ? DATE_NONE : action->due_on);
	printer_date(printer, goes_on);
	printer_emphasis(printer, guards->len > 0 ? EMPHASIS_WARNING : EMPHASIS_GOOD);
	printer_text(printer, answer.bytes);
	if (chase->line == 0)
		printer_absent(printer);
	else
		printer_number(printer, chase->line);
	buffer_clear(&answer);

	printer_begin_list(printer, "guards", "What holds it", guard_fields, ARRAY_LENGTH(guard_fields));
	for (guint i = 0; i < guards->len; i++) {
		const struct guard_verdict *verdict = &g_array_index(guards, struct guard_verdict, i);
		printer_text(printer, verdict->name);
		printer_date(printer, verdict->until);
		printer_text(printer, verdict->why);
		printer_end_row(printer);
	}
	printer_end_list(printer);
	printer_end_record(printer);
}

/* ACTION NULL: nothing is planned. */
static bool tell(struct ledger *ledger, const struct dunning_site *site, struct chase *chase,
    const char *customer, const struct action *action, struct printer *printer, struct error *error)
{
	GArray *guards = action != NULL ? plan_guards(ledger, site, chase->receivable, action, error)
					: g_array_new(FALSE, FALSE, sizeof(struct guard_verdict));
	if (guards == NULL)
		return false;
	if (action != NULL)
		chase_select(chase, action->line);
	print_why(printer, chase, customer, action, guards, ledger->today);
	g_array_unref(guards);
	return true;
}

bool report_why(struct ledger *ledger, const struct dunning_site *site, const struct receivable *receivable,
    struct printer *printer, struct error *error)
{
	struct desk desk;
	struct chase chase = {0};
	GPtrArray *actions = NULL;
	char *customer = NULL;
	if (!desk_init(&desk, ledger, site, error))
		return false;
	bool ok = name_of_customer(ledger->store, receivable->customer, &customer, error) &&
		  chase_init(&chase, &desk, receivable, error) &&
		  (actions = action_list_of_receivable(ledger->store, receivable->id, error)) != NULL;
	if (ok && actions->len == 0)
		ok = tell(ledger, site, &chase, customer, NULL, printer, error);
	for (guint i = 0; ok && i < actions->len; i++)
		ok = tell(ledger, site, &chase, customer, g_ptr_array_index(actions, i), printer, error);
	rows_free(&action_table, actions);
	chase_clear(&chase);
	desk_clear(&desk);
	g_free(customer);
	return ok;
}
