#include "base/base.h"
#include "ledger/apply.h"

#include "ledger/body.h"
#include "store/rows_case.h"
#include "store/rows_receivable.h"

/* The currency of the event's receivable; g_free. NULL with ERROR. */
static char *currency_of(const struct application *a, struct error *error)
{
	struct receivable receivable;
	bool found;
	if (!receivable_get(a->store, a->event->receivable, &receivable, &found, error))
		return NULL;
	if (!found) {
		error_set(error, STATUS_DATA, "there is no receivable %lld", (long long)a->event->receivable);
		return NULL;
	}
	char *currency = g_strdup(receivable.currency);
	row_clear(&receivable_table, &receivable);
	return currency;
}

static bool amount_of(const struct application *a, int64_t *amount, struct error *error)
{
	g_autofree char *currency = currency_of(a, error);
	if (!currency)
		return false;
	return body_amount(a->body, "amount", currency, 0, amount) ||
	       error_set(error, STATUS_DATA, "the amount is wrong");
}

/* Loads the row whose id the body holds under KEY. */
static bool load_row(const struct application *a, const struct table *table, const char *key, void *row,
    bool *found, struct error *error)
{
	int64_t id = body_integer(a->body, key);
	if (!row_get(a->store, table, id, row, found, error))
		return false;
	return *found || error_set(error, STATUS_DATA, "there is no %s %lld", table->name, (long long)id);
}

static bool write_back(const struct application *a, const struct table *table, void *row, struct error *error)
{
	bool done = row_update(a->store, table, row, error);
	row_clear(table, row);
	return done;
}

static void set_text(char **field, const char *text)
{
	g_free(*field);
	*field = g_strdup(text);
}

bool apply_promise_made(const struct application *a, struct error *error)
{
	struct promise promise = {
	    .id = a->event->sequence,
	    .receivable = a->event->receivable,
	    .promised_on = body_date(a->body, "date"),
	    .made_on = a->on,
	    .state = (char *)"running",
	    .message = a->event->message,
	};
	return amount_of(a, &promise.amount, error) &&
	       promise_withdraw_running(a->store, promise.receivable, error) &&
	       row_insert(a->store, &promise_table, &promise, error);
}

bool apply_promise_ended(const struct application *a, struct error *error)
{
	struct promise promise;
	bool found;
	if (!load_row(a, &promise_table, "promise", &promise, &found, error))
		return false;
	set_text(&promise.state, body_text(a->body, "state"));
	return write_back(a, &promise_table, &promise, error);
}

bool apply_dispute_opened(const struct application *a, struct error *error)
{
	struct dispute dispute = {
	    .id = a->event->sequence,
	    .receivable = a->event->receivable,
	    .reason = (char *)body_text(a->body, "reason"),
	    .owner = (char *)body_text(a->body, "owner"),
	    .state = (char *)"open",
	    .opened_on = a->on,
	    .settled_on = DATE_NONE,
	    .message = a->event->message,
	    .due_on = body_date(a->body, "due_on"),
	};
	return amount_of(a, &dispute.amount, error) && row_insert(a->store, &dispute_table, &dispute, error);
}

bool apply_dispute_settled(const struct application *a, struct error *error)
{
	struct dispute dispute;
	bool found;
	if (!load_row(a, &dispute_table, "dispute", &dispute, &found, error))
		return false;
	set_text(&dispute.state, "settled");
	set_text(&dispute.outcome, body_text(a->body, "how"));
	dispute.settled_on = a->on;
	return write_back(a, &dispute_table, &dispute, error);
}

bool apply_hold_set(const struct application *a, struct error *error)
{
	struct hold hold = {
	    .id = a->event->sequence,
	    .customer = a->event->customer,
	    .receivable = a->event->receivable,
	    .kind = (char *)body_text(a->body, "kind"),
	    .until = body_date(a->body, "until"),
	    .reason = (char *)body_text(a->body, "reason"),
	    .state = (char *)"running",
	    .set_on = a->on,
	    .message = a->event->message,
	};
	return row_insert(a->store, &hold_table, &hold, error);
}

bool apply_hold_released(const struct application *a, struct error *error)
{
	struct hold hold;
	bool found;
	if (!load_row(a, &hold_table, "hold", &hold, &found, error))
		return false;
	set_text(&hold.state, "released");
	return write_back(a, &hold_table, &hold, error);
}

bool apply_task_opened(const struct application *a, struct error *error)
{
	struct task task = {
	    .id = a->event->sequence,
	    .company = (char *)body_text(a->body, "company"),
	    .kind = (char *)body_text(a->body, "kind"),
	    .customer = a->event->customer,
	    .receivable = a->event->receivable,
	    .message = a->event->message,
	    .title = (char *)body_text(a->body, "title"),
	    .detail = (char *)body_text(a->body, "detail"),
	    .owner = (char *)body_text(a->body, "owner"),
	    .due_on = body_date(a->body, "due_on"),
	    .state = (char *)"open",
	    .opened_at = a->event->at,
	    .line = body_integer(a->body, "line"),
	};
	return row_insert(a->store, &task_table, &task, error);
}

bool apply_task_assigned(const struct application *a, struct error *error)
{
	struct task task;
	bool found;
	if (!load_row(a, &task_table, "task", &task, &found, error))
		return false;
	set_text(&task.owner, body_text(a->body, "owner"));
	return write_back(a, &task_table, &task, error);
}

bool apply_task_done(const struct application *a, struct error *error)
{
	struct task task;
	bool found;
	if (!load_row(a, &task_table, "task", &task, &found, error))
		return false;
	set_text(&task.state, "done");
	set_text(&task.outcome, body_text(a->body, "outcome"));
	task.done_at = a->event->at;
	return write_back(a, &task_table, &task, error);
}

bool apply_task_reopened(const struct application *a, struct error *error)
{
	struct task task;
	bool found;
	if (!load_row(a, &task_table, "task", &task, &found, error))
		return false;
	set_text(&task.state, "open");
	set_text(&task.outcome, NULL);
	task.done_at = 0;
	return write_back(a, &task_table, &task, error);
}
