#include "base/base.h"
#include "dunning/effects.h"

#include "dunning/insolvency.h"
#include "dunning/proposal.h"

/* Days in which what unverified mails hold is added up. */
#define UNVERIFIED_WINDOW 90

/*
 * What the task says beside the words of the mail; g_free. The last day to declare a claim counts from a
 * publication that no mail tells us: the day that it would be if that were today is the earliest one that
 * still can be, and a person looks before.
 */
static bool task_detail(
    struct ledger *ledger, const struct effect *effect, char **detail, struct error *error)
{
	struct customer customer;
	bool found;
	char day[DATE_TEXT_SIZE];
	*detail = g_strdup(effect->detail);
	if (strcmp(effect->task, "insolvency") != 0)
		return true;
	if (!customer_get(ledger->store, effect->customer, &customer, &found, error))
		return false;
	date_t deadline = found ? insolvency_deadline(ledger->config, &customer, ledger->today) : DATE_NONE;
	if (found)
		row_clear(&customer_table, &customer);
	if (deadline == DATE_NONE)
		return true;
	char *words = *detail;
	*detail = g_strdup_printf(
	    "%s%sdeclare the claim in time (C. com. R622-24): if it was published today, by %s",
	    words ? words : "", words ? "; " : "", date_format(deadline, day));
	g_free(words);
	return true;
}

/* One look at the bank's data, and one look at the answers, is enough for an invoice, however often they
 * write. */
static bool is_asked(struct store *store, const struct effect *effect, bool *asked, struct error *error)
{
	*asked = false;
	if (strcmp(effect->task, "bank_data") != 0 && strcmp(effect->task, "review") != 0)
		return true;
	GPtrArray *tasks = task_list_of_receivable(store, effect->receivable.id, "open", error);
	for (guint i = 0; tasks && i < tasks->len; i++)
		*asked = *asked || !strcmp(((const struct task *)tasks->pdata[i])->kind, effect->task);
	bool done = tasks;
	rows_free(&task_table, tasks);
	return done;
}

static bool open_task(
    struct ledger *ledger, const struct effect *effect, int64_t message, struct error *error)
{
	bool asked;
	if (!effect->task)
		return true;
	if (!is_asked(ledger->store, effect, &asked, error))
		return false;
	if (asked)
		return true;
	g_autofree char *detail = NULL;
	if (!task_detail(ledger, effect, &detail, error))
		return false;
	struct task_draft draft = {
	    .company = effect->receivable.company,
	    .kind = effect->task,
	    .customer = effect->customer,
	    .receivable = effect->receivable.id,
	    .message = message,
	    .title = effect->title,
	    .detail = detail,
	    .due_on = ledger->today + effect->task_days,
	};
	return act_open_task(ledger, &draft, NULL, error);
}

static bool stop_customer(
    struct ledger *ledger, const struct effect *effect, int64_t message, struct error *error)
{
	const char *state = !strcmp(effect->hold, "insolvency") ? "insolvent" : "legal";
	return act_hold(
		   ledger, effect->customer, NULL, effect->hold, DATE_NONE, effect->why, message, error) &&
	       journal_append(ledger, EVENT_CUSTOMER_CHANGED,
		   (struct event_about){.customer = effect->customer}, json_pack("{s:s}", "state", state),
		   NULL, error);
}

/* A hold never shortens one of the same kind that runs longer. */
static bool hold_until(
    struct ledger *ledger, const struct effect *effect, date_t until, int64_t message, struct error *error)
{
	GPtrArray *running = hold_list(ledger->store, effect->customer, effect->receivable.id, error);
	if (!running)
		return false;
	bool outlived = false;
	for (guint i = 0; i < running->len; i++) {
		const struct hold *row = running->pdata[i];
		outlived = outlived ||
			   (row->receivable == effect->receivable.id && !strcmp(row->kind, effect->hold) &&
			       (row->until == DATE_NONE || row->until >= until));
	}
	rows_free(&hold_table, running);
	return outlived || act_hold(ledger, effect->customer, &effect->receivable, effect->hold, until,
			       effect->why, message, error);
}

/* Days before today, in the window, on which unverified mails have held it. */
static bool days_held(struct ledger *ledger, int64_t receivable, int *days, struct error *error)
{
	bool held[UNVERIFIED_WINDOW] = {false};
	date_t first = ledger->today - UNVERIFIED_WINDOW;
	GPtrArray *holds = hold_list_unverified(ledger->store, receivable, first - UNVERIFIED_WINDOW, error);
	for (guint i = 0; holds && i < holds->len; i++) {
		const struct hold *row = holds->pdata[i];
		date_t end = row->until == DATE_NONE ? ledger->today : MIN(row->until, ledger->today);
		for (date_t day = MAX(row->set_on, first); day < end; day++)
			held[day - first] = true;
	}
	*days = 0;
	for (size_t i = 0; i < ARRAY_LENGTH(held); i++)
		*days += held[i];
	bool done = holds;
	rows_free(&hold_table, holds);
	return done;
}

/* A hold by somebody who is not verified: all such holds of the window together last no longer than the row
 * says; who writes on gets no more, and a person looks. */
static bool hold_unverified(
    struct ledger *ledger, const struct effect *effect, int64_t message, struct error *error)
{
	const struct effect_config *row =
	    config_effect(ledger->config, effect->receivable.company, "unverified");
	int days;
	if (!days_held(ledger, effect->receivable.id, &days, error))
		return false;
	if (days < row->most)
		return hold_until(
		    ledger, effect, MIN(effect->until, ledger->today + row->most - days), message, error);
	g_autofree char *title =
	    g_strdup_printf("Unverified mails want to hold it on and on: %s", effect->receivable.number);
	struct effect task = *effect; /* shallow */
	task.task = "review";
	task.task_days = row->task_days;
	task.title = title;
	task.detail = effect->why;
	return open_task(ledger, &task, message, error);
}

static bool hold(struct ledger *ledger, const struct effect *effect, int64_t message, struct error *error)
{
	return effect->is_unverified ? hold_unverified(ledger, effect, message, error)
				     : hold_until(ledger, effect, effect->until, message, error);
}

static bool mark_bad_address(struct ledger *ledger, const struct effect *effect, struct error *error)
{
	struct contact contact;
	bool found;
	if (!effect->address)
		return true;
	if (!contact_of_address(ledger->store, effect->customer, effect->address, &contact, &found, error))
		return false;
	if (!found)
		return true;
	bool done = act_contact_state(ledger, &contact, "bounced", effect->why, error);
	row_clear(&contact_table, &contact);
	return done;
}

static bool is_in_domain(struct store *store, int64_t id, const char *address, bool *is, struct error *error)
{
	struct customer customer;
	*is = false;
	if (!customer_get(store, id, &customer, is, error))
		return false;
	if (!*is)
		return true;
	*is = customer.domain && !g_ascii_strcasecmp(customer.domain, strrchr(address, '@') + 1);
	row_clear(&customer_table, &customer);
	return true;
}

/* A contact that the mail names is proposed and a person adopts it; in the customer's own domain a verified
 * mail does. */
static bool learn_contact(struct ledger *ledger, const struct effect *effect, struct error *error)
{
	bool own = false;
	if (!effect->contact || !strchr(effect->contact, '@'))
		return true;
	if (effect->is_adopted &&
	    !is_in_domain(ledger->store, effect->customer, effect->contact, &own, error))
		return false;
	return act_learn_contact(
	    ledger, effect->customer, effect->contact, NULL, own ? "named" : "proposed", error);
}

static bool apply_effect(
    struct ledger *ledger, const struct effect *effect, int64_t message, struct error *error)
{
	bool done = true;
	switch (effect->kind) {
	case EFFECT_HOLD:
		done = hold(ledger, effect, message, error);
		break;
	case EFFECT_WAIT_UNTIL:
		done =
		    act_promise(ledger, &effect->receivable, effect->until, effect->amount, message, error);
		break;
	case EFFECT_PAUSE:
		done = act_dispute(
		    ledger, &effect->receivable, effect->reason, effect->amount, NULL, message, error);
		break;
	case EFFECT_STOP:
		done = stop_customer(ledger, effect, message, error);
		break;
	case EFFECT_BAD_ADDRESS:
		done = mark_bad_address(ledger, effect, error);
		break;
	case EFFECT_TASK:
	case EFFECT_NOTE:
	case EFFECT_NONE:
		break;
	}
	return done && learn_contact(ledger, effect, error) && open_task(ledger, effect, message, error);
}

/* One proposal is about all the receivables that the mail is about. */
static bool enter_proposals(
    struct ledger *ledger, const struct decision *decision, int64_t message, struct error *error)
{
	GPtrArray *receivables = g_ptr_array_new();
	const GArray *proposal = NULL;
	for (guint i = 0; i < decision->effects->len; i++) {
		struct effect *effect = decision->effects->pdata[i];
		if (effect->proposal && (!proposal || effect->proposal == proposal)) {
			proposal = effect->proposal;
			g_ptr_array_add(receivables, &effect->receivable);
		}
	}
	bool done = !proposal || proposal_enter(ledger, receivables, proposal, message, error);
	g_ptr_array_unref(receivables);
	return done;
}

bool effects_apply(
    struct ledger *ledger, const struct decision *decision, int64_t message, struct error *error)
{
	for (guint i = 0; i < decision->effects->len; i++)
		if (!apply_effect(ledger, decision->effects->pdata[i], message, error))
			return false;
	return enter_proposals(ledger, decision, message, error);
}
