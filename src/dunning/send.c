/* One tick of dunning, in the order in which it matters. */
#include "base/base.h"
#include "dunning/send.h"

#include "dunning/copies.h"
#include "dunning/courtesies.h"
#include "dunning/guards.h"
#include "dunning/outbox.h"
#include "dunning/proof.h"
#include "dunning/task_steps.h"
#include "host/fault.h"
#include "ledger/act.h"
#include "ledger/body.h"

/* A tick gives way to the mail that comes in: more than this waits for the next one. */
#define CUSTOMERS_PER_TICK  50
#define CUSTOMERS_LOOKED_AT 500
#define MAILS_PER_TICK	    50
#define ACTIONS_MOST	    2000
/* Stands for a mail of the outbox, whichever: no mail has this id. */
#define ANY_MAIL INT64_MAX
/* Seconds until the next tick is worth it when nothing is waiting. */
#define IDLE_SECONDS 60

/* What all parts of a tick need. */
struct run {
	struct store *store;
	const struct config *config;
	const struct dunning_site *site;
	instant_t now;
	date_t today;
	struct dunning_tick *tick;
	bool more; /* there is work left */
};

static bool transaction(const struct run *run, dunning_work *work, void *data, struct error *error)
{
	return dunning_transaction(run->store, run->config, run->site, run->now, work, data, error);
}

/* Whether ROW has several due lines of which what is due is paid. */
static bool due_lines_are_paid(
    const struct ledger *ledger, const struct receivable *row, bool *paid, struct error *error)
{
	GPtrArray *lines = due_line_list(ledger->store, row->id, error);
	int64_t overdue = 0;
	if (!lines)
		return false;
	for (guint i = 0; i < lines->len; i++)
		if (((const struct due_line_row *)lines->pdata[i])->due_on < ledger->today)
			overdue += due_line_open(row->total, row->open, lines, i);
	*paid = lines->len > 1 && row->total > 0 && overdue <= ledger->config->tolerance;
	rows_free(&due_line_table, lines);
	return true;
}

/* An amount that was promised must be there; without one, all or, of several due lines, what is due. */
static bool end_promise(
    struct ledger *ledger, const struct promise *promise, struct dunning_tick *tick, struct error *error)
{
	struct receivable receivable;
	bool found;
	int64_t paid;
	bool lines = false;
	if (!receivable_get(ledger->store, promise->receivable, &receivable, &found, error))
		return false;
	bool open = found && receivable_is_chased(ledger->config, &receivable);
	bool done = !open || due_lines_are_paid(ledger, &receivable, &lines, error);
	if (found)
		row_clear(&receivable_table, &receivable);
	if (!done || !promise_paid(ledger->store, promise, &paid, error))
		return false;
	bool kept = !open || (promise->amount > 0 ? paid + ledger->config->tolerance >= promise->amount
						  : paid > 0 && lines);
	tick->promises_kept += kept;
	tick->promises_broken += !kept;
	return act_end_promise(ledger, promise, kept ? "kept" : paid > 0 ? "partly" : "broken", error);
}

static bool end_promises(
    struct ledger *ledger, const struct dunning_site *site, void *data, struct error *error)
{
	(void)site;
	GPtrArray *running = promise_list_of_state(ledger->store, "running", error);
	bool done = running;
	for (guint i = 0; done && i < running->len; i++) {
		const struct promise *promise = running->pdata[i];
		if (ledger->today > promise_last_day(ledger->config, promise))
			done = end_promise(ledger, promise, data, error);
	}
	rows_free(&promise_table, running);
	return done;
}

/* What becomes of an agreement today: "done", "broken", or NULL while it runs. */
static bool judge_plan(struct store *store, const struct config *config, date_t today,
    const struct instalment_plan *plan, const char **state, struct error *error)
{
	struct receivable receivable;
	struct instalment_standing standing;
	bool found;
	if (!receivable_get(store, plan->receivable, &receivable, &found, error))
		return false;
	int64_t open = found ? receivable.open : 0;
	if (found)
		row_clear(&receivable_table, &receivable);
	GPtrArray *rates = instalment_list(store, plan->id, error);
	if (!rates)
		return false;
	instalments_stand(config, plan, rates, open, &standing);
	rows_free(&instalment_table, rates);
	*state = standing.last_day == DATE_NONE ? "done" : today > standing.last_day ? "broken" : NULL;
	return true;
}

static bool end_plans(struct ledger *ledger, const struct dunning_site *site, void *data, struct error *error)
{
	(void)site;
	struct dunning_tick *tick = data;
	GPtrArray *plans = instalment_plan_list_of_state(ledger->store, "accepted", error);
	bool done = plans;
	for (guint i = 0; done && i < plans->len; i++) {
		const char *state;
		done =
		    judge_plan(ledger->store, ledger->config, ledger->today, plans->pdata[i], &state, error);
		if (!done || !state)
			continue;
		tick->plans_broken += strcmp(state, "broken") == 0;
		done = act_end_plan(ledger, plans->pdata[i], state, error);
	}
	rows_free(&instalment_plan_table, plans);
	return done;
}

/* Agreements on instalments whose rate did not come in time, or that are paid. */
static bool look_at_plans(struct run *run, struct error *error)
{
	GPtrArray *plans = instalment_plan_list_of_state(run->store, "accepted", error);
	bool done = plans, any = false;
	for (guint i = 0; done && !any && i < plans->len; i++) {
		const char *state;
		done = judge_plan(run->store, run->config, run->today, plans->pdata[i], &state, error);
		any = done && state;
	}
	rows_free(&instalment_plan_table, plans);
	return done && (!any || transaction(run, end_plans, run->tick, error));
}

/* Promises whose last day has passed. While mail is unread, the payment's announcement may be in it: they
 * wait. */
static bool look_at_promises(struct run *run, struct error *error)
{
	GPtrArray *running = promise_list_of_state(run->store, "running", error);
	bool any = false;
	if (!running)
		return false;
	for (guint i = 0; i < running->len; i++)
		any = any || run->today > promise_last_day(run->config, running->pdata[i]);
	rows_free(&promise_table, running);
	return !any || transaction(run, end_promises, run->tick, error);
}

static bool ask_for_proof(
    struct ledger *ledger, const struct dunning_site *site, void *data, struct error *error)
{
	(void)site;
	return proof_tasks(ledger, data, error);
}

/* Formal steps that wait for reminders which will not be known as delivered by themselves. */
static bool look_at_proofs(struct run *run, struct error *error)
{
	bool wanted;
	return proof_is_wanted(run->store, run->today, &wanted, error) &&
	       (!wanted || transaction(run, ask_for_proof, &run->tick->tasks, error));
}

/* One customer, from the list of due actions. */
struct customer_work {
	struct run *run;
	int64_t customer;
	int64_t tasks, mail;
	struct error problem;
};

static bool open_tasks(
    struct ledger *ledger, const struct dunning_site *site, void *data, struct error *error)
{
	struct customer_work *work = data;
	return task_steps_take(ledger, site, work->customer, &work->tasks, error);
}

static bool claim_mail(
    struct ledger *ledger, const struct dunning_site *site, void *data, struct error *error)
{
	struct customer_work *work = data;
	return outbox_claim(ledger, site, work->customer, &work->mail, error);
}

/* The first item of the customer that is due, to hang a task on. */
static bool open_problem(
    struct ledger *ledger, const struct dunning_site *site, void *data, struct error *error)
{
	(void)site;
	struct customer_work *work = data;
	GPtrArray *actions = action_list_of_customer(ledger->store, work->customer, error);
	bool done = actions;
	for (guint i = 0; done && i < actions->len; i++) {
		const struct action *action = actions->pdata[i];
		struct receivable receivable;
		bool found;
		if (action->due_on > ledger->today || strcmp(action->channel, "mail") != 0)
			continue;
		if (!(done = receivable_get(ledger->store, action->receivable, &receivable, &found, error)) ||
		    !found)
			continue;
		struct task_draft draft = {.company = receivable.company,
		    .kind = "failed",
		    .customer = work->customer,
		    .receivable = receivable.id,
		    .title = "A reminder could not be composed",
		    .detail = work->problem.text,
		    .due_on = ledger->today};
		done = act_open_task(ledger, &draft, NULL, error);
		row_clear(&receivable_table, &receivable);
	}
	rows_free(&action_table, actions);
	return done;
}

/* What is wrong with one customer's mail (a document is gone, a rate is missing) must not hold the others':
 * it becomes a task, and the guard "task-open" keeps it from being tried again. A wrong template is
 * everybody's. */
static bool give_to_person(struct run *run, struct customer_work *work, struct error *error)
{
	if (error->status != STATUS_DATA && error->status != STATUS_NO && error->status != STATUS_IO)
		return false;
	work->problem = *error;
	run->tick->failed++;
	return transaction(run, open_problem, work, error);
}

/* Whether no guard holds everybody's mail at this moment. The daily cap holds what is to be composed: a mail
 * that is READY was counted when it was. */
static bool site_is_open(const struct run *run, bool ready, bool *open, struct error *error)
{
	struct ledger ledger;
	struct desk desk;
	struct guard_verdict held;
	ledger_init(&ledger, run->store, run->config, "clerk", run->now, run->today);
	bool done = desk_init(&desk, &ledger, run->site, error);
	struct guard_question question = {&desk, NULL, NULL, run->today, ready ? ANY_MAIL : 0};
	done = done && guard_first(&question, GUARD_SITE, &held, error);
	*open = done && !held.name;
	desk_clear(&desk);
	ledger_clear(&ledger);
	return done;
}

static bool do_customer(struct run *run, int64_t customer, bool tasks, bool mails, struct error *error)
{
	struct customer_work work = {.run = run, .customer = customer};
	if (tasks && !transaction(run, open_tasks, &work, error))
		return false;
	run->tick->tasks += work.tasks;
	if (!mails)
		return true;
	if (!transaction(run, claim_mail, &work, error) && !give_to_person(run, &work, error))
		return false;
	if (work.mail) {
		run->tick->composed++;
		fault_point("dunning.composed");
	}
	return true;
}

/* What was done so far: while it grows, another tick at once is worth it. */
static int64_t progress(const struct run *run)
{
	const struct dunning_tick *tick = run->tick;
	return tick->composed + tick->tasks + tick->submitted + tick->failed;
}

/* The actions from I on that are of one customer: whether there are mails and tasks among them. The next
 * customer's. */
static guint look_at_customer(const GPtrArray *actions, guint i, bool *tasks, bool *mails)
{
	int64_t customer = ((const struct action *)actions->pdata[i])->customer;
	*tasks = *mails = false;
	for (; i < actions->len && ((const struct action *)actions->pdata[i])->customer == customer; i++) {
		bool mail = strcmp(((const struct action *)actions->pdata[i])->channel, "mail") == 0;
		*mails = *mails || mail;
		*tasks = *tasks || !mail;
	}
	return i;
}

/* Customers one after the other, each with all its due actions; a mail may have reached the daily cap. */
static bool do_customers(struct run *run, const GPtrArray *actions, struct error *error)
{
	int64_t start = progress(run), before = -1;
	bool open = false, done = true;
	int looks = 0;
	for (guint i = 0, next; done && i < actions->len && looks < CUSTOMERS_LOOKED_AT; i = next) {
		bool tasks, mails;
		int64_t customer = ((const struct action *)actions->pdata[i])->customer;
		next = look_at_customer(actions, i, &tasks, &mails);
		if (progress(run) - start >= CUSTOMERS_PER_TICK) {
			run->more = true;
			break;
		}
		if (mails && progress(run) != before)
			done = site_is_open(run, false, &open, error);
		before = progress(run);
		if (!done || (!tasks && !open))
			continue;
		looks++;
		done = do_customer(run, customer, tasks, mails && open, error);
	}
	return done;
}

static bool do_due_actions(struct run *run, struct error *error)
{
	if (run->site->unread && run->site->unread(run->site->unread_data) > 0)
		return true;
	GPtrArray *actions = action_list_ready(run->store, run->today, ACTIONS_MOST, error);
	bool done = actions && do_customers(run, actions, error);
	rows_free(&action_table, actions);
	return done;
}

typedef bool mail_work(struct store *store, const struct config *config, const struct dunning_site *site,
    instant_t now, int64_t mail, struct dunning_tick *tick, struct error *error);

/* The mails of a state, up to so many that something could be done about. */
static bool each_mail(struct run *run, const char *state, mail_work *work, struct error *error)
{
	GPtrArray *mails = outbox_list_of_state(run->store, state, error);
	int64_t start = progress(run);
	bool done = mails;
	for (guint i = 0; done && i < mails->len; i++) {
		if (progress(run) - start >= MAILS_PER_TICK) {
			run->more = true;
			break;
		}
		done = work(run->store, run->config, run->site, run->now,
		    ((const struct outbox *)mails->pdata[i])->id, run->tick, error);
	}
	rows_free(&outbox_table, mails);
	return done;
}

/* What waits for approval may have become untrue: a part of it is looked at, another one each minute. */
static bool look_at_waiting(struct run *run, struct error *error)
{
	GPtrArray *mails = outbox_list_of_state(run->store, "waiting", error);
	bool done = mails;
	guint count = mails ? mails->len : 0;
	guint first = count > MAILS_PER_TICK ? (guint)((uint64_t)run->now / 60 * MAILS_PER_TICK % count) : 0;
	for (guint i = 0; done && i < count && i < MAILS_PER_TICK; i++)
		done = outbox_submit(run->store, run->config, run->site, run->now,
		    ((const struct outbox *)mails->pdata[(first + i) % count])->id, run->tick, error);
	rows_free(&outbox_table, mails);
	return done;
}

bool dunning_tick(struct store *store, const struct config *config, const struct dunning_site *site,
    instant_t now, struct dunning_tick *tick, struct error *error)
{
	*tick = (struct dunning_tick){0};
	struct run run = {store, config, site, now, zone_date(site->zone, now), tick, false};
	bool open;
	bool unread = site->unread && site->unread(site->unread_data) > 0;
	bool done = (unread || (look_at_promises(&run, error) && look_at_plans(&run, error))) &&
		    each_mail(&run, "submitting", outbox_recover, error) && do_due_actions(&run, error) &&
		    look_at_proofs(&run, error) && look_at_waiting(&run, error) &&
		    site_is_open(&run, true, &open, error) &&
		    (!open || (copies_compose(store, config, site, now, tick, error) &&
				  courtesies_compose(store, config, site, now, tick, error))) &&
		    (!open || each_mail(&run, "ready", outbox_submit, error));
	tick->next = run.more ? now : now + IDLE_SECONDS;
	/* each of our own mails that passes is unread for a moment, and holds the next one */
	tick->unread = site->unread && site->unread(site->unread_data) > 0;
	return done;
}

bool dunning_recover(struct store *store, const struct config *config, const struct dunning_site *site,
    instant_t now, struct error *error)
{
	struct dunning_tick tick = {0};
	struct run run = {store, config, site, now, zone_date(site->zone, now), &tick, false};
	return each_mail(&run, "submitting", outbox_recover, error);
}
