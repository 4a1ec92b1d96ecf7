/* Acts on payment by instalments. */
#include "base/base.h"
#include "ledger/act.h"

#include "ledger/body.h"

static struct event_about about_receivable(const struct receivable *receivable, int64_t message)
{
	return (struct event_about){
	    .customer = receivable->customer, .receivable = receivable->id, .message = message};
}

static bool refuse_rates(const struct receivable *receivable, int64_t sum, struct error *error)
{
	char of_rates[MONEY_TEXT_SIZE], open[MONEY_TEXT_SIZE];
	return error_set(error, STATUS_DATA, "%s: the rates make %s, and %s %s is open: propose others",
	    receivable->number, money_format(money(sum, receivable->currency), of_rates),
	    money_format(money(receivable->open, receivable->currency), open), receivable->currency);
}

bool act_propose_plan(struct ledger *ledger, const struct receivable *receivable,
    const struct plan_rate *rates, size_t count, int64_t message, int64_t *plan, struct error *error)
{
	int64_t sum = 0;
	for (size_t i = 0; i < count; i++)
		if (__builtin_add_overflow(sum, rates[i].amount, &sum))
			sum = INT64_MAX;
	if (sum > receivable->open + ledger->config->tolerance)
		return refuse_rates(receivable, sum, error);
	json_t *array = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(
		    array, json_pack("{s:o, s:o}", "date", json_date(rates[i].due_on), "amount",
			       json_amount(rates[i].amount, receivable->currency)));
	return journal_append(ledger, EVENT_PLAN_PROPOSED, about_receivable(receivable, message),
	    json_pack("{s:o}", "rates", array), plan, error);
}

/* The receivable's plan in STATE: there is one at most of those that have not ended. */
static bool find_plan(struct ledger *ledger, int64_t receivable, const char *state,
    struct instalment_plan *plan, bool *found, struct error *error)
{
	GPtrArray *plans = instalment_plan_list(ledger->store, receivable, state, error);
	*found = plans && plans->len;
	if (*found)
		row_copy(&instalment_plan_table, plans->pdata[plans->len - 1], plan);
	bool done = plans;
	rows_free(&instalment_plan_table, plans);
	return done;
}

bool act_end_plan(
    struct ledger *ledger, const struct instalment_plan *plan, const char *state, struct error *error)
{
	struct receivable receivable;
	bool found;
	if (!receivable_get(ledger->store, plan->receivable, &receivable, &found, error))
		return false;
	if (!found)
		return error_set(error, STATUS_DATA, "plan %lld is about nothing", (long long)plan->id);
	json_t *body = json_pack("{s:I, s:s}", "plan", (json_int_t)plan->id, "state", state);
	bool done =
	    journal_append(ledger, EVENT_PLAN_ENDED, about_receivable(&receivable, 0), body, NULL, error);
	row_clear(&receivable_table, &receivable);
	return done;
}

/* What the proposal held and asked of people is decided. */
static bool close_proposal(
    struct ledger *ledger, const struct receivable *receivable, const char *outcome, struct error *error)
{
	return act_release(ledger, receivable->customer, receivable, "delay", outcome, NULL, error) &&
	       act_finish_tasks(ledger, receivable->id, "delay", outcome, error);
}

static bool rates_fit(struct ledger *ledger, const struct receivable *receivable,
    const struct instalment_plan *plan, struct error *error)
{
	GPtrArray *rates = instalment_list(ledger->store, plan->id, error);
	int64_t sum = 0;
	if (!rates)
		return false;
	for (guint i = 0; i < rates->len; i++)
		sum += ((const struct instalment_row *)rates->pdata[i])->amount;
	rows_free(&instalment_table, rates);
	int64_t rest = receivable->open - sum;
	if (rest <= ledger->config->tolerance && -rest <= ledger->config->tolerance)
		return true;
	return refuse_rates(receivable, sum, error);
}

bool act_accept_plan(struct ledger *ledger, const struct receivable *receivable, struct error *error)
{
	struct instalment_plan plan;
	bool found;
	if (!find_plan(ledger, receivable->id, "proposed", &plan, &found, error))
		return false;
	if (!found)
		return error_set(error, STATUS_NO, "%s: no instalments are proposed", receivable->number);
	GPtrArray *promises = promise_list(ledger->store, receivable->id, "running", error);
	bool done = promises && rates_fit(ledger, receivable, &plan, error) &&
		    journal_append(ledger, EVENT_PLAN_ACCEPTED, about_receivable(receivable, plan.message),
			json_pack("{s:I}", "plan", (json_int_t)plan.id), NULL, error) &&
		    close_proposal(ledger, receivable, "accepted", error);
	for (guint i = 0; done && i < promises->len; i++)
		done = act_end_promise(ledger, promises->pdata[i], "withdrawn", error);
	rows_free(&promise_table, promises);
	row_clear(&instalment_plan_table, &plan);
	return done;
}

static bool end_in(struct ledger *ledger, const struct receivable *receivable, const char *from,
    const char *to, bool *ended, struct error *error)
{
	struct instalment_plan plan;
	if (!find_plan(ledger, receivable->id, from, &plan, ended, error))
		return false;
	if (!*ended)
		return true;
	bool done = act_end_plan(ledger, &plan, to, error);
	row_clear(&instalment_plan_table, &plan);
	return done;
}

bool act_refuse_plan(struct ledger *ledger, const struct receivable *receivable, struct error *error)
{
	bool ended;
	if (!end_in(ledger, receivable, "proposed", "refused", &ended, error))
		return false;
	if (!ended)
		return error_set(error, STATUS_NO, "%s: no instalments are proposed", receivable->number);
	return close_proposal(ledger, receivable, "refused", error);
}

bool act_withdraw_plan(struct ledger *ledger, const struct receivable *receivable, struct error *error)
{
	bool ended;
	if (!end_in(ledger, receivable, "accepted", "withdrawn", &ended, error))
		return false;
	return ended || error_set(error, STATUS_NO, "%s: no instalments are agreed", receivable->number);
}

bool act_finish_plans(struct ledger *ledger, const struct receivable *receivable, struct error *error)
{
	bool ended;
	return end_in(ledger, receivable, "accepted", "done", &ended, error) &&
	       end_in(ledger, receivable, "proposed", "withdrawn", &ended, error);
}
