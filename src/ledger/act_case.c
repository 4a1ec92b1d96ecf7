/* Acts around a receivable: holds, promises, disputes, tasks, settings. */
#include "base/base.h"
#include "ledger/act.h"

#include "ledger/body.h"

static struct event_about about_receivable(const struct receivable *receivable, int64_t message)
{
	return (struct event_about){
	    .customer = receivable->customer, .receivable = receivable->id, .message = message};
}

/* Whether HOLD is set on exactly this (RECEIVABLE 0: the whole customer) and is of KIND (NULL: any). */
static bool hold_fits(const struct hold *hold, int64_t receivable, const char *kind)
{
	return hold->receivable == receivable && (!kind || !strcmp(hold->kind, kind));
}

bool act_release(struct ledger *ledger, int64_t customer, const struct receivable *receivable,
    const char *kind, const char *reason, int *count, struct error *error)
{
	int64_t id = receivable ? receivable->id : 0;
	int released = 0;
	GPtrArray *holds = hold_list(ledger->store, customer, id, error);
	bool done = holds;
	for (guint i = 0; done && i < holds->len; i++) {
		const struct hold *hold = holds->pdata[i];
		if (!hold_fits(hold, id, kind))
			continue;
		json_t *body =
		    json_pack("{s:I, s:o}", "hold", (json_int_t)hold->id, "reason", json_text(reason));
		done = journal_append(ledger, EVENT_HOLD_RELEASED,
		    (struct event_about){.customer = customer, .receivable = id}, body, NULL, error);
		released++;
	}
	rows_free(&hold_table, holds);
	if (count)
		*count = released;
	return done;
}

bool act_hold(struct ledger *ledger, int64_t customer, const struct receivable *receivable, const char *kind,
    date_t until, const char *reason, int64_t message, struct error *error)
{
	if (!act_release(ledger, customer, receivable, kind, "replaced", NULL, error))
		return false;
	json_t *body = json_pack(
	    "{s:s, s:o, s:o}", "kind", kind, "until", json_date(until), "reason", json_text(reason));
	struct event_about about = {
	    .customer = customer, .receivable = receivable ? receivable->id : 0, .message = message};
	return journal_append(ledger, EVENT_HOLD_SET, about, body, NULL, error);
}

bool act_promise(struct ledger *ledger, const struct receivable *receivable, date_t date, int64_t amount,
    int64_t message, struct error *error)
{
	if (amount < 0)
		return error_set(error, STATUS_DATA, "%s: a promised amount must be more than nothing",
		    receivable->number);
	json_t *body = json_pack("{s:o, s:o}", "date", json_date(date), "amount",
	    json_amount_or_null(amount, receivable->currency));
	return journal_append(
	    ledger, EVENT_PROMISE_MADE, about_receivable(receivable, message), body, NULL, error);
}

bool act_end_promise(
    struct ledger *ledger, const struct promise *promise, const char *state, struct error *error)
{
	struct receivable receivable;
	bool found;
	if (!receivable_get(ledger->store, promise->receivable, &receivable, &found, error))
		return false;
	if (!found)
		return error_set(error, STATUS_DATA, "promise %lld is about nothing", (long long)promise->id);
	json_t *body = json_pack("{s:I, s:s}", "promise", (json_int_t)promise->id, "state", state);
	bool done =
	    journal_append(ledger, EVENT_PROMISE_ENDED, about_receivable(&receivable, 0), body, NULL, error);
	row_clear(&receivable_table, &receivable);
	return done;
}

bool act_dispute(struct ledger *ledger, const struct receivable *receivable, const char *reason,
    int64_t amount, const char *owner, int64_t message, struct error *error)
{
	return act_dispute_line(ledger, receivable, DATE_NONE, reason, amount, owner, message, error);
}

const char *const *dispute_reasons(void)
{
	static const char *const reasons[] = {"price", "quantity", "quality", "not_delivered", "duplicate",
	    "not_ordered", "wrong_party", "tax", "terms", "already_credited", "refusal", "other", NULL};
	return reasons;
}

/* What of the part due on DUE_ON is open and in no dispute that names it. */
static int64_t undisputed_of_line(
    const struct receivable *receivable, const GPtrArray *lines, const GPtrArray *disputes, date_t due_on)
{
	int64_t amount = 0;
	for (guint i = 0; i < lines->len; i++)
		if (((const struct due_line_row *)lines->pdata[i])->due_on == due_on)
			amount += due_line_open(receivable->total, receivable->open, lines, i);
	for (guint i = 0; i < disputes->len; i++) {
		const struct dispute *dispute = disputes->pdata[i];
		if (dispute->due_on == due_on)
			amount -= MIN(dispute->amount, amount);
	}
	return amount;
}

/*
 * The part due on DUE_ON must be there. All of it (AMOUNT 0) is so much from now on: payments count for the
 * earliest part, and by a later part's payment this one would seem paid and its dispute be about nothing.
 */
static bool name_line(const struct ledger *ledger, const struct receivable *receivable,
    const GPtrArray *disputes, date_t due_on, int64_t *amount, struct error *error)
{
	char day[DATE_TEXT_SIZE];
	GPtrArray *lines = due_line_list(ledger->store, receivable->id, error);
	bool found = false, all = *amount == 0;
	if (!lines)
		return false;
	for (guint i = 0; i < lines->len; i++)
		found = found || ((const struct due_line_row *)lines->pdata[i])->due_on == due_on;
	/* the only line is the whole, whatever comes on top of it */
	bool reckon = found && all && lines->len > 1 && receivable->total > 0;
	if (reckon)
		*amount = undisputed_of_line(receivable, lines, disputes, due_on);
	rows_free(&due_line_table, lines);
	if (!found)
		return error_set(error, STATUS_DATA, "%s: no part of it is due on %s", receivable->number,
		    date_format(due_on, day));
	return !reckon || *amount > 0 ||
	       error_set(error, STATUS_DATA, "%s: of the part due on %s nothing is open and undisputed",
		   receivable->number, date_format(due_on, day));
}

bool act_dispute_line(struct ledger *ledger, const struct receivable *receivable, date_t due_on,
    const char *reason, int64_t amount, const char *owner, int64_t message, struct error *error)
{
	if (amount < 0)
		return error_set(error, STATUS_DATA, "%s: a disputed amount must be more than nothing",
		    receivable->number);
	GPtrArray *disputes = dispute_list(ledger->store, receivable->id, "open", error);
	if (!disputes)
		return false;
	bool known = false;
	for (guint i = 0; i < disputes->len; i++) {
		const struct dispute *dispute = disputes->pdata[i];
		known = known || (!strcmp(dispute->reason, reason) && dispute->due_on == due_on);
	}
	bool done =
	    known || due_on == DATE_NONE || name_line(ledger, receivable, disputes, due_on, &amount, error);
	rows_free(&dispute_table, disputes);
	if (known || !done)
		return done;
	json_t *body = json_pack("{s:o, s:o, s:o}", "reason", json_text(reason), "amount",
	    json_amount_or_null(amount, receivable->currency), "owner", json_text(owner));
	if (due_on != DATE_NONE)
		json_object_set_new(body, "due_on", json_date(due_on));
	return journal_append(
	    ledger, EVENT_DISPUTE_OPENED, about_receivable(receivable, message), body, NULL, error);
}

bool act_finish_tasks(
    struct ledger *ledger, int64_t receivable, const char *kind, const char *outcome, struct error *error)
{
	GPtrArray *tasks = task_list_of_receivable(ledger->store, receivable, "open", error);
	bool done = tasks;
	for (guint i = 0; done && i < tasks->len; i++) {
		const struct task *task = tasks->pdata[i];
		if (!strcmp(task->kind, kind))
			done = act_finish_task(ledger, task->id, outcome, error);
	}
	rows_free(&task_table, tasks);
	return done;
}

bool act_settle(
    struct ledger *ledger, const struct receivable *receivable, const char *how, struct error *error)
{
	GPtrArray *disputes = dispute_list(ledger->store, receivable->id, "open", error);
	if (!disputes)
		return false;
	bool done = disputes->len > 0 ||
		    error_set(error, STATUS_NO, "%s: it has no open dispute", receivable->number);
	for (guint i = 0; done && i < disputes->len; i++) {
		const struct dispute *dispute = disputes->pdata[i];
		json_t *body =
		    json_pack("{s:I, s:o}", "dispute", (json_int_t)dispute->id, "how", json_text(how));
		done = journal_append(
		    ledger, EVENT_DISPUTE_SETTLED, about_receivable(receivable, 0), body, NULL, error);
	}
	rows_free(&dispute_table, disputes);
	return done && act_finish_tasks(ledger, receivable->id, "dispute", "settled", error);
}

bool act_open_task(struct ledger *ledger, const struct task_draft *draft, int64_t *task, struct error *error)
{
	bool has;
	if (task)
		*task = 0;
	if (!task_is_open(
		ledger->store, draft->kind, draft->customer, draft->receivable, draft->message, &has, error))
		return false;
	if (has)
		return true;
	json_t *body = json_pack("{s:s, s:s, s:o, s:o, s:o, s:o}", "company", draft->company, "kind",
	    draft->kind, "title", json_text(draft->title), "detail", json_text(draft->detail), "owner",
	    json_text(draft->owner), "due_on", json_date(draft->due_on));
	if (draft->line)
		json_object_set_new(body, "line", json_integer((json_int_t)draft->line));
	struct event_about about = {
	    .customer = draft->customer, .receivable = draft->receivable, .message = draft->message};
	return journal_append(ledger, EVENT_TASK_OPENED, about, body, task, error);
}

static bool change_task(struct ledger *ledger, int64_t id, enum event_kind kind, const char *key,
    const char *value, struct error *error)
{
	struct task task;
	bool found;
	if (!task_get(ledger->store, id, &task, &found, error))
		return false;
	if (!found)
		return error_set(error, STATUS_NO, "there is no task %lld", (long long)id);
	struct event_about about = {
	    .customer = task.customer, .receivable = task.receivable, .message = task.message};
	bool is_done = !strcmp(task.state, "done");
	row_clear(&task_table, &task);
	if (is_done)
		return error_set(error, STATUS_NO, "task %lld is done already", (long long)id);
	json_t *body = json_pack("{s:I, s:o}", "task", (json_int_t)id, key, json_text(value));
	return journal_append(ledger, kind, about, body, NULL, error);
}

bool act_assign_task(struct ledger *ledger, int64_t task, const char *owner, struct error *error)
{
	return change_task(ledger, task, EVENT_TASK_ASSIGNED, "owner", owner, error);
}

bool act_finish_task(struct ledger *ledger, int64_t task, const char *outcome, struct error *error)
{
	return change_task(ledger, task, EVENT_TASK_DONE, "outcome", outcome, error);
}

bool act_setting(struct ledger *ledger, const char *name, const char *value, struct error *error)
{
	json_t *body = json_pack("{s:s, s:o}", "name", name, "value", json_text(value));
	return journal_append(ledger, EVENT_SETTING_CHANGED, (struct event_about){0}, body, NULL, error);
}

/* The plans that wait for bank data of COMPANY. */
static bool touch_waiting(struct ledger *ledger, const char *company, struct error *error)
{
	GPtrArray *actions = action_list(ledger->store, company, error);
	if (!actions)
		return false;
	for (guint i = 0; i < actions->len; i++) {
		const struct action *action = actions->pdata[i];
		if (action->guard && strcmp(action->guard, "bank-data-old") == 0)
			ledger_touch(ledger, action->receivable);
	}
	rows_free(&action_table, actions);
	return true;
}

bool act_bank_checked(struct ledger *ledger, const char *company, date_t day, struct error *error)
{
	date_t known;
	if (day > ledger->today)
		return error_set(error, STATUS_DATA, "bank data cannot be of a day to come");
	if (!bank_checked_on(ledger->store, company, &known, error))
		return false;
	if (known != DATE_NONE && known >= day)
		return true;
	g_autofree char *name = g_strconcat(SETTING_BANK_CHECKED, company, NULL);
	char value[DATE_TEXT_SIZE];
	return act_setting(ledger, name, date_format(day, value), error) &&
	       touch_waiting(ledger, company, error);
}

bool act_receivable_ladder(
    struct ledger *ledger, const struct receivable *receivable, const char *ladder, struct error *error)
{
	return journal_append(ledger, EVENT_RECEIVABLE_CHANGED, about_receivable(receivable, 0),
	    json_pack("{s:o}", "ladder", json_text(ladder)), NULL, error);
}

bool act_customer_ladder(struct ledger *ledger, int64_t customer, const char *ladder, struct error *error)
{
	return journal_append(ledger, EVENT_CUSTOMER_CHANGED, (struct event_about){.customer = customer},
	    json_pack("{s:o}", "ladder", json_text(ladder)), NULL, error);
}
