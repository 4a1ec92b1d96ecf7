#include "base/base.h"
#include "dunning/effects.h"

/* Days until a task that an answer raises is due; an insolvency must be declared within two months of its
 * publication (C. com. R622-24): the task comes early, the date is a person's to find. */
#define TASK_DAYS	2
#define INSOLVENCY_DAYS 14

static bool open_task(
    struct ledger *ledger, const struct effect *effect, int64_t message, struct error *error)
{
	if (!effect->task)
		return true;
	bool is_insolvency = !strcmp(effect->task, "insolvency");
	struct task_draft draft = {
	    .company = effect->receivable.company,
	    .kind = effect->task,
	    .customer = effect->customer,
	    .receivable = effect->receivable.id,
	    .message = message,
	    .title = effect->title,
	    .detail = effect->detail,
	    .due_on = ledger->today + (is_insolvency ? INSOLVENCY_DAYS : TASK_DAYS),
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
static bool hold(struct ledger *ledger, const struct effect *effect, int64_t message, struct error *error)
{
	GPtrArray *running = hold_list(ledger->store, effect->customer, effect->receivable.id, error);
	if (!running)
		return false;
	bool outlived = false;
	for (guint i = 0; i < running->len; i++) {
		const struct hold *row = running->pdata[i];
		outlived = outlived ||
			   (row->receivable == effect->receivable.id && !strcmp(row->kind, effect->hold) &&
			       (row->until == DATE_NONE || row->until >= effect->until));
	}
	rows_free(&hold_table, running);
	return outlived || act_hold(ledger, effect->customer, &effect->receivable, effect->hold,
			       effect->until, effect->why, message, error);
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

/* A contact that the mail names is proposed; a person adopts it. */
static bool propose_contact(struct ledger *ledger, const struct effect *effect, struct error *error)
{
	bool is_mail_address = effect->address && strchr(effect->address, '@');
	return effect->kind == EFFECT_BAD_ADDRESS || effect->kind == EFFECT_NOTE || !is_mail_address ||
	       act_learn_contact(ledger, effect->customer, effect->address, NULL, "proposed", error);
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
	return done && propose_contact(ledger, effect, error) && open_task(ledger, effect, message, error);
}

bool effects_apply(
    struct ledger *ledger, const struct decision *decision, int64_t message, struct error *error)
{
	for (guint i = 0; i < decision->effects->len; i++)
		if (!apply_effect(ledger, decision->effects->pdata[i], message, error))
			return false;
	return true;
}
