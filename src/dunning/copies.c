#include "base/base.h"
#include "dunning/copies.h"

#include "dunning/guards.h"
#include "dunning/outbox.h"
#include "host/fault.h"
#include "ledger/act.h"

/* Invoices that are asked for in one mail go in one mail, up to so many. */
#define INVOICES_PER_COPY 20

/* One request, in its transaction. */
struct copy {
	int64_t task;
	int64_t mail; /* that was composed; 0: none */
	struct error problem;
};

static bool is_in_own_domain(const struct desk_customer *customer, const char *address)
{
	const char *at = strrchr(address, '@');
	if (at && customer->row.domain && !g_ascii_strcasecmp(customer->row.domain, at + 1))
		return true;
	for (guint i = 0; i < customer->contacts->len; i++) {
		const struct contact *contact = customer->contacts->pdata[i];
		if (!g_ascii_strcasecmp(contact->address, address))
			return strcmp(contact->state, "good") == 0;
	}
	return false;
}

/* Whether a copy of the invoice was composed today already. */
static bool went_today(struct ledger *ledger, const struct dunning_site *site, int64_t receivable, bool *went,
    struct error *error)
{
	GPtrArray *mails = outbox_list_of_receivable(ledger->store, receivable, error);
	*went = false;
	for (guint i = 0; mails && i < mails->len; i++) {
		const struct outbox *mail = mails->pdata[i];
		*went = *went || (strcmp(mail->step, "copy") == 0 && strcmp(mail->state, "cancelled") != 0 &&
				     zone_date(site->zone, mail->created_at) == ledger->today);
	}
	bool done = mails;
	rows_free(&outbox_table, mails);
	return done;
}

bool hold_stops_all(const struct hold *hold)
{
	static const char *const kinds[] = {"manual", "insolvency", "legal"};
	for (size_t i = 0; i < ARRAY_LENGTH(kinds); i++)
		if (strcmp(hold->kind, kinds[i]) == 0)
			return true;
	return false;
}

bool mail_is_stopped(
    struct ledger *ledger, int64_t customer, int64_t receivable, bool *stopped, struct error *error)
{
	struct customer row;
	bool found;
	if (!customer_get(ledger->store, customer, &row, &found, error))
		return false;
	*stopped = found && (strcmp(row.state, "insolvent") == 0 || strcmp(row.state, "legal") == 0);
	if (found)
		row_clear(&customer_table, &row);
	GPtrArray *holds = hold_list(ledger->store, customer, receivable, error);
	for (guint i = 0; holds && i < holds->len; i++)
		*stopped = *stopped || hold_stops_all(holds->pdata[i]);
	bool done = holds;
	rows_free(&hold_table, holds);
	return done;
}

/* The first guard of the site or the day that holds it; the day's need the receivable. */
static bool is_held(struct ledger *ledger, const struct dunning_site *site, const struct task *task,
    bool *held, struct error *error)
{
	struct desk desk;
	struct chase chase;
	struct receivable receivable;
	struct guard_verdict verdict;
	bool found, done = false;
	*held = true;
	if (!receivable_get(ledger->store, task->receivable, &receivable, &found, error) || !found)
		return !found;
	if (desk_init(&desk, ledger, site, error)) {
		done = chase_init(&chase, &desk, &receivable, error);
		struct guard_question question = {&desk, &chase, NULL, ledger->today, 0};
		done = done && guard_first(&question, GUARD_SITE | GUARD_MOMENT, &verdict, error);
		*held = done && verdict.name;
		chase_clear(&chase);
		desk_clear(&desk);
	}
	row_clear(&receivable_table, &receivable);
	return done;
}

/* The tasks of one mail that one copy answers: of invoices in one currency that got none today. */
struct answered {
	int64_t tasks[INVOICES_PER_COPY], receivables[INVOICES_PER_COPY];
	size_t count;
};

static bool has_currency(struct ledger *ledger, int64_t a, int64_t b, bool *same, struct error *error)
{
	struct receivable first, second;
	bool found;
	if (!receivable_get(ledger->store, a, &first, &found, error) || !found)
		return !found;
	bool done = receivable_get(ledger->store, b, &second, &found, error);
	*same = done && found && strcmp(first.currency, second.currency) == 0;
	row_clear(&receivable_table, &first);
	if (done && found)
		row_clear(&receivable_table, &second);
	return done;
}

static bool collect(struct ledger *ledger, const struct dunning_site *site, const struct task *task,
    struct answered *answered, struct error *error)
{
	GPtrArray *tasks = task_list_of_kind(ledger->store, "copy", error);
	bool done = tasks;
	*answered = (struct answered){.tasks = {task->id}, .receivables = {task->receivable}, .count = 1};
	for (guint i = 0; done && i < tasks->len && answered->count < INVOICES_PER_COPY; i++) {
		const struct task *other = tasks->pdata[i];
		bool went = true, same = false;
		if (other->id == task->id || !task->message || other->message != task->message ||
		    other->customer != task->customer)
			continue;
		done = went_today(ledger, site, other->receivable, &went, error) &&
		       has_currency(ledger, task->receivable, other->receivable, &same, error);
		if (!done || went || !same)
			continue;
		answered->tasks[answered->count] = other->id;
		answered->receivables[answered->count++] = other->receivable;
	}
	rows_free(&task_table, tasks);
	return done;
}

/* In the thread of the mail that asks; to its author where the books know him. */
static bool compose(struct ledger *ledger, const struct dunning_site *site, const struct task *task,
    const struct answered *answered, int64_t *mail, struct error *error)
{
	struct message_row request = {0};
	bool found = false;
	struct desk desk;
	if (task->message && !message_get(ledger->store, task->message, &request, &found, error))
		return false;
	if (!desk_init(&desk, ledger, site, error)) {
		row_clear(&message_table, &request);
		return false;
	}
	const struct desk_customer *customer = desk_customer(&desk, task->customer, error);
	bool done = customer, known = done && found && request.from_address &&
				      is_in_own_domain(customer, request.from_address);
	desk_clear(&desk);
	struct reminder_occasion occasion = {.template = "copy",
	    .paid_on = DATE_NONE,
	    .answers = known ? request.message_id : NULL,
	    .recipient = known ? request.from_address : NULL};
	g_autofree char *key = g_strdup_printf("%lld", (long long)task->id);
	done = done && outbox_claim_occasion(
			   ledger, site, &occasion, answered->receivables, answered->count, key, mail, error);
	row_clear(&message_table, &request);
	return done;
}

/* A mail that is in the outbox ends its tasks in the same transaction. */
static bool answer(struct ledger *ledger, const struct dunning_site *site, const struct task *task,
    struct copy *copy, struct error *error)
{
	bool went, held, stopped;
	struct answered answered;
	if (!went_today(ledger, site, task->receivable, &went, error))
		return false;
	if (went)
		return act_finish_task(ledger, task->id, "a copy went out today already", error);
	if (ledger->now > task->opened_at + COPY_DAYS * INT64_C(86400))
		return error_set(error, STATUS_NO, "it was asked for more than %d days ago", COPY_DAYS);
	if (!mail_is_stopped(ledger, task->customer, task->receivable, &stopped, error))
		return false;
	if (stopped)
		return true;
	if (!is_held(ledger, site, task, &held, error))
		return false;
	if (held)
		return true;
	bool done = collect(ledger, site, task, &answered, error) &&
		    compose(ledger, site, task, &answered, &copy->mail, error);
	for (size_t i = 0; done && i < answered.count; i++)
		done = act_finish_task(ledger, answered.tasks[i], "a copy goes out by itself", error);
	return done;
}

static bool answer_task(
    struct ledger *ledger, const struct dunning_site *site, void *data, struct error *error)
{
	struct copy *copy = data;
	struct task task;
	bool found;
	if (!task_get(ledger->store, copy->task, &task, &found, error))
		return false;
	if (!found)
		return true;
	bool done = strcmp(task.state, "open") != 0 || answer(ledger, site, &task, copy, error);
	row_clear(&task_table, &task);
	return done;
}

/* What cannot be composed (the document is gone, no address works) is a person's, once. */
static bool give_to_person(
    struct ledger *ledger, const struct dunning_site *site, void *data, struct error *error)
{
	(void)site;
	struct copy *copy = data;
	struct task task;
	bool found;
	if (!task_get(ledger->store, copy->task, &task, &found, error) || !found)
		return !found;
	struct task_draft draft = {.company = task.company,
	    .kind = "request",
	    .customer = task.customer,
	    .receivable = task.receivable,
	    .message = task.message,
	    .title = task.title,
	    .detail = copy->problem.text,
	    .due_on = ledger->today};
	bool done = act_finish_task(ledger, task.id, "it could not be composed", error) &&
		    act_open_task(ledger, &draft, NULL, error);
	row_clear(&task_table, &task);
	return done;
}

static bool is_of_one_mail(const struct error *error)
{
	return error->status == STATUS_DATA || error->status == STATUS_NO || error->status == STATUS_IO;
}

bool copies_compose(struct store *store, const struct config *config, const struct dunning_site *site,
    instant_t now, struct dunning_tick *tick, struct error *error)
{
	GPtrArray *tasks = task_list_of_kind(store, "copy", error);
	bool done = tasks;
	int composed = 0;
	for (guint i = 0; done && i < tasks->len && composed < COPIES_PER_TICK; i++) {
		struct copy copy = {.task = ((const struct task *)tasks->pdata[i])->id};
		struct error failure = {0};
		done = dunning_transaction(store, config, site, now, answer_task, &copy, &failure);
		if (!done && is_of_one_mail(&failure)) {
			copy.problem = failure;
			tick->failed++;
			done = dunning_transaction(store, config, site, now, give_to_person, &copy, &failure);
		}
		if (!done && error)
			*error = failure;
		if (copy.mail) {
			composed++;
			tick->composed++;
			fault_point("dunning.copy-composed");
		}
	}
	rows_free(&task_table, tasks);
	return done;
}
