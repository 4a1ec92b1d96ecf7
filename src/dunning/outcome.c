#include "base/base.h"
#include "dunning/outcome.h"

#include "base/holidays.h"
#include "dunning/insolvency.h"
#include "dunning/task_steps.h"
#include "ledger/act.h"
#include "ledger/body.h"

/* Whom nobody reaches is called again so many business days later, so many calls in all. */
#define CALL_AGAIN_DAYS 2
#define CALLS_MOST	3

enum deed { DEED_NONE, DEED_AGAIN, DEED_HOLD, DEED_PROMISE, DEED_DISPUTE, DEED_STOP, DEED_TASK };

static const struct row {
	const char *code;
	enum deed deed;
	bool contact;	    /* they were spoken to: it counts as a contact */
	const char *effect; /* the answer of the same sense: its row of effects says for how many days it
			       holds, and when its task is due */
	const char *task;   /* kind of the task that follows; NULL: none */
	const char *title;
} rows[] = {
    {"reached", DEED_NONE, true, NULL, NULL, NULL},
    {"voicemail", DEED_AGAIN, true, NULL, NULL, NULL},
    {"unreachable", DEED_AGAIN, false, NULL, NULL, NULL},
    {"wrong_contact", DEED_TASK, false, "redirect", "address", "Find whom to call"},
    {"invoice_not_received", DEED_HOLD, true, "request", "request", "Send the invoice again"},
    {"document_missing", DEED_HOLD, true, "request", "request", "Send the document that they miss"},
    {"waiting_approval", DEED_HOLD, true, "ack", NULL, NULL},
    {"in_payment", DEED_HOLD, true, "paid", NULL, NULL},
    {"payment_sent", DEED_HOLD, true, "paid", "bank_data", "Look for the payment in the bank's data"},
    {"promised", DEED_PROMISE, true, NULL, NULL, NULL},
    {"instalments", DEED_HOLD, true, "delay", "delay", "Accept or refuse the proposal"},
    {"dispute", DEED_DISPUTE, true, "dispute", "dispute", "Solve the dispute"},
    {"insolvent", DEED_STOP, true, NULL, NULL, NULL},
};

/* CODE may have words behind a colon. */
static const struct row *find_row(const char *code)
{
	for (size_t i = 0; code && i < ARRAY_LENGTH(rows); i++)
		if (strlen(rows[i].code) == strcspn(code, ":") &&
		    strncmp(rows[i].code, code, strlen(rows[i].code)) == 0)
			return &rows[i];
	return NULL;
}

bool outcome_known(const char *code, bool *asks_date)
{
	const struct row *row = find_row(code);
	*asks_date = row && row->deed == DEED_PROMISE;
	return row;
}

const char *const *outcome_codes(void)
{
	static const char *codes[ARRAY_LENGTH(rows) + 1];
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
		codes[i] = rows[i].code;
	return codes;
}

/* One task's end. */
struct ending {
	struct ledger *ledger;
	const struct dunning_site *site;
	const struct row *row;
	const struct outcome *outcome;
	const struct task *task;
	int64_t lead; /* the invoice that its amount and what follows are about */
};

static bool open_task(const struct ending *ending, const struct receivable *receivable, struct error *error)
{
	const struct row *row = ending->row;
	if (!row->task)
		return true;
	const struct effect_config *effect =
	    config_effect(ending->ledger->config, ending->task->company, row->effect);
	g_autofree char *title = g_strdup_printf("%s: %s", row->title, receivable->number);
	struct task_draft draft = {
	    .company = receivable->company,
	    .kind = row->task,
	    .customer = receivable->customer,
	    .receivable = receivable->id,
	    .title = title,
	    .detail = ending->outcome->text,
	    .owner = ending->task->owner,
	    .due_on = ending->ledger->today + effect->task_days,
	};
	return act_open_task(ending->ledger, &draft, NULL, error);
}

static bool hold(const struct ending *ending, const struct receivable *receivable, struct error *error)
{
	const char *effect = ending->row->effect;
	int days = config_effect(ending->ledger->config, ending->task->company, effect)->days;
	g_autofree char *reason =
	    g_strdup_printf("task %lld: %s", (long long)ending->task->id, ending->row->code);
	return act_hold(ending->ledger, receivable->customer, receivable, effect,
	    ending->ledger->today + days, reason, 0, error);
}

static bool promise(const struct ending *ending, const struct receivable *receivable, struct error *error)
{
	const struct outcome *outcome = ending->outcome;
	if (outcome->date == DATE_NONE || outcome->date < ending->ledger->today)
		return error_set(error, STATUS_DATA, "promised: on which day, from today on?");
	return act_promise(ending->ledger, receivable, outcome->date, outcome->amount, 0, error);
}

static bool dispute(const struct ending *ending, const struct receivable *receivable, struct error *error)
{
	const struct outcome *outcome = ending->outcome;
	return act_dispute(ending->ledger, receivable, outcome->reason ? outcome->reason : "other",
	    outcome->amount, ending->task->owner, 0, error);
}

/* The calls about it since its last step that reached nobody, this one among them. */
static bool count_calls(
    const struct ending *ending, const struct receivable *receivable, int *calls, struct error *error)
{
	GPtrArray *tasks = task_list_of_receivable(ending->ledger->store, receivable->id, "done", error);
	*calls = 0;
	for (guint i = 0; tasks && i < tasks->len; i++) {
		const struct task *task = tasks->pdata[i];
		const struct row *row = find_row(task->outcome);
		*calls += strcmp(task->kind, "call") == 0 && row && row->deed == DEED_AGAIN &&
			  (receivable->last_step_on == DATE_NONE ||
			      zone_date(ending->site->zone, task->opened_at) >= receivable->last_step_on);
	}
	bool done = tasks;
	rows_free(&task_table, tasks);
	return done;
}

static bool call_again(const struct ending *ending, const struct receivable *receivable, struct error *error)
{
	const struct task *task = ending->task;
	const struct company_config *company = config_company(ending->ledger->config, task->company);
	int calls;
	if (receivable->id != ending->lead || strcmp(task->kind, "call") != 0)
		return true;
	if (!count_calls(ending, receivable, &calls, error))
		return false;
	if (calls >= CALLS_MOST)
		return true;
	struct task_draft draft = {
	    .company = task->company,
	    .kind = "call",
	    .customer = task->customer,
	    .receivable = receivable->id,
	    .title = task->title,
	    .detail = task->detail,
	    .owner = task->owner,
	    .due_on = business_day_add(company ? company->country : "", company ? company->region : "",
		ending->ledger->today, CALL_AGAIN_DAYS),
	    .line = receivable->id == task->receivable ? task->line : 0,
	};
	return act_open_task(ending->ledger, &draft, NULL, error);
}

static bool note_contact(
    const struct ending *ending, const struct receivable *receivable, struct error *error)
{
	if (!ending->row->contact)
		return true;
	struct event_about about = {.customer = receivable->customer, .receivable = receivable->id};
	g_autofree char *how = g_strdup_printf("%s: %s", ending->task->kind, ending->row->code);
	return journal_append(
	    ending->ledger, EVENT_CONTACT_MADE, about, json_pack("{s:s}", "how", how), NULL, error);
}

static bool stop(const struct ending *ending, const struct receivable *receivable, struct error *error)
{
	struct customer customer;
	bool found;
	if (!customer_get(ending->ledger->store, receivable->customer, &customer, &found, error))
		return false;
	bool done = !found || insolvency_enter(ending->ledger, &customer, DATE_NONE, error);
	if (found)
		row_clear(&customer_table, &customer);
	return done;
}

static bool do_deed(const struct ending *ending, const struct receivable *receivable, struct error *error)
{
	bool lead = receivable->id == ending->lead;
	bool done = true;
	switch (ending->row->deed) {
	case DEED_NONE:
	case DEED_TASK:
		break;
	case DEED_AGAIN:
		done = call_again(ending, receivable, error);
		break;
	case DEED_HOLD:
		done = hold(ending, receivable, error);
		break;
	case DEED_PROMISE:
		done = promise(ending, receivable, error);
		break;
	case DEED_DISPUTE:
		done = dispute(ending, receivable, error);
		break;
	case DEED_STOP:
		done = !lead || stop(ending, receivable, error);
		break;
	}
	return done && note_contact(ending, receivable, error) &&
	       (!lead || open_task(ending, receivable, error));
}

/* All that the task was about; what of that was paid since is left out. An amount is about the first alone.
 */
static bool each_receivable(struct ending *ending, struct error *error)
{
	const struct task *task = ending->task;
	if (!task->receivable)
		return error_set(error, STATUS_DATA, "%s: task %lld is about no invoice", ending->row->code,
		    (long long)task->id);
	GPtrArray *members = task_members(ending->ledger->store, task, error);
	bool done = members;
	for (guint i = 0; done && i < members->len; i++) {
		const struct receivable *receivable = members->pdata[i];
		if (i == 0)
			ending->lead = receivable->id;
		if (i == 0 || !ending->outcome->amount)
			done = do_deed(ending, receivable, error);
	}
	rows_free(&receivable_table, members);
	return done;
}

bool outcome_apply(struct ledger *ledger, const struct dunning_site *site, int64_t id,
    const struct outcome *outcome, struct error *error)
{
	struct task task;
	bool found;
	if (!task_get(ledger->store, id, &task, &found, error))
		return false;
	struct ending ending = {ledger, site, find_row(outcome->code), outcome, &task, 0};
	g_autofree char *words = outcome->code && outcome->text
				     ? g_strdup_printf("%s: %s", outcome->code, outcome->text)
				     : g_strdup(outcome->code ? outcome->code : outcome->text);
	bool done =
	    act_finish_task(ledger, id, words, error) && (!ending.row || each_receivable(&ending, error));
	if (found)
		row_clear(&task_table, &task);
	return done;
}
