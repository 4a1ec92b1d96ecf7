/* Payment by instalments. */
#include "base/base.h"
#include "ledger/apply.h"

#include "ledger/body.h"
#include "store/rows_case.h"
#include "store/rows_receivable.h"

static bool load_receivable(const struct application *a, struct receivable *receivable, struct error *error)
{
	bool found;
	if (!receivable_get(a->store, a->event->receivable, receivable, &found, error))
		return false;
	return found ||
	       error_set(error, STATUS_DATA, "there is no receivable %lld", (long long)a->event->receivable);
}

static bool save_state(
    const struct application *a, struct instalment_plan *plan, const char *state, struct error *error)
{
	g_free(plan->state);
	plan->state = g_strdup(state);
	plan->ended_on = strcmp(state, "accepted") == 0 ? DATE_NONE : a->on;
	return row_update(a->store, &instalment_plan_table, plan, error);
}

/* Those of the receivable in STATE but the one with the id KEPT. */
static bool withdraw(const struct application *a, const char *state, int64_t kept, struct error *error)
{
	GPtrArray *plans = instalment_plan_list(a->store, a->event->receivable, state, error);
	bool done = plans;
	for (guint i = 0; done && i < plans->len; i++) {
		struct instalment_plan *plan = plans->pdata[i];
		done = plan->id == kept || save_state(a, plan, "withdrawn", error);
	}
	rows_free(&instalment_plan_table, plans);
	return done;
}

static bool insert_rates(const struct application *a, const char *currency, struct error *error)
{
	const json_t *rate;
	size_t index;
	json_array_foreach(json_object_get(a->body, "rates"), index, rate)
	{
		struct instalment_row row = {
		    .id = a->event->sequence * ROWS_PER_EVENT + (int64_t)index,
		    .plan = a->event->sequence,
		    .due_on = body_date(rate, "date"),
		};
		if (row.due_on == DATE_NONE || index >= ROWS_PER_EVENT ||
		    !body_amount(rate, "amount", currency, 0, &row.amount))
			return error_set(error, STATUS_DATA, "rate %zu is wrong", index + 1);
		if (!row_insert(a->store, &instalment_table, &row, error))
			return false;
	}
	return true;
}

bool apply_plan_proposed(const struct application *a, struct error *error)
{
	struct receivable receivable;
	struct instalment_plan plan = {
	    .id = a->event->sequence,
	    .receivable = a->event->receivable,
	    .state = (char *)"proposed",
	    .proposed_on = a->on,
	    .accepted_on = DATE_NONE,
	    .ended_on = DATE_NONE,
	    .message = a->event->message,
	};
	if (!load_receivable(a, &receivable, error))
		return false;
	bool done = withdraw(a, "proposed", 0, error) &&
		    row_insert(a->store, &instalment_plan_table, &plan, error) &&
		    insert_rates(a, receivable.currency, error);
	row_clear(&receivable_table, &receivable);
	return done;
}

static bool load_plan(const struct application *a, struct instalment_plan *plan, struct error *error)
{
	bool found;
	int64_t id = body_integer(a->body, "plan");
	if (!row_get(a->store, &instalment_plan_table, id, plan, &found, error))
		return false;
	return found || error_set(error, STATUS_DATA, "there is no instalment plan %lld", (long long)id);
}

bool apply_plan_accepted(const struct application *a, struct error *error)
{
	struct receivable receivable;
	struct instalment_plan plan;
	if (!load_receivable(a, &receivable, error))
		return false;
	int64_t open = receivable.open;
	row_clear(&receivable_table, &receivable);
	if (!load_plan(a, &plan, error))
		return false;
	plan.accepted_on = a->on;
	plan.base = open;
	bool done = withdraw(a, "accepted", plan.id, error) && save_state(a, &plan, "accepted", error);
	row_clear(&instalment_plan_table, &plan);
	return done;
}

bool apply_plan_ended(const struct application *a, struct error *error)
{
	struct instalment_plan plan;
	if (!load_plan(a, &plan, error))
		return false;
	bool done = save_state(a, &plan, body_text(a->body, "state"), error);
	row_clear(&instalment_plan_table, &plan);
	return done;
}
