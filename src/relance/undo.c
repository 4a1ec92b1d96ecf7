#include "base/base.h"
#include "dunning/review.h"
#include "ledger/act.h"
#include "ledger/body.h"
#include "relance/session.h"

/* undo: the opposite of one event is entered; the journal keeps both. What cannot be taken back is refused.
 */
struct undoing {
	struct session *session;
	const struct event *event;
	const json_t *body;
	struct receivable receivable; /* id 0: the event names none */
};

static bool refuse(const struct undoing *undoing, const char *why, struct error *error)
{
	return error_set(error, STATUS_NO, "%lld (%s): %s", (long long)undoing->event->sequence,
	    undoing->event->kind, why);
}

static struct event_about about_of(const struct undoing *undoing)
{
	return (struct event_about){.customer = undoing->event->customer,
	    .receivable = undoing->event->receivable,
	    .message = undoing->event->message};
}

/* What an entry added to the open amount, taken back by a correction. */
static bool undo_entry(struct undoing *undoing, struct error *error)
{
	struct error refusal = {0};
	if (act_take_back(&undoing->session->ledger, undoing->event, &refusal))
		return true;
	return refusal.status == STATUS_NO ? refuse(undoing, refusal.text, error)
					   : error_set(error, refusal.status, "%s", refusal.text);
}

static bool undo_hold(struct undoing *undoing, struct error *error)
{
	struct hold hold;
	bool found;
	if (!row_get(undoing->session->store, &hold_table, undoing->event->sequence, &hold, &found, error))
		return false;
	bool running = found && strcmp(hold.state, "running") == 0;
	if (found)
		row_clear(&hold_table, &hold);
	if (!running)
		return refuse(undoing, "the hold runs no longer", error);
	json_t *body =
	    json_pack("{s:I, s:s}", "hold", (json_int_t)undoing->event->sequence, "reason", "undone");
	return journal_append(
	    &undoing->session->ledger, EVENT_HOLD_RELEASED, about_of(undoing), body, NULL, error);
}

static bool undo_release(struct undoing *undoing, struct error *error)
{
	struct hold hold;
	bool found;
	int64_t id = body_integer(undoing->body, "hold");
	if (!row_get(undoing->session->store, &hold_table, id, &hold, &found, error))
		return false;
	if (!found)
		return refuse(undoing, "there is no such hold", error);
	const struct receivable *receivable = undoing->receivable.id == 0 ? NULL : &undoing->receivable;
	bool ok = act_hold(&undoing->session->ledger, hold.customer, receivable, hold.kind, hold.until,
	    hold.reason, hold.message, error);
	row_clear(&hold_table, &hold);
	return ok;
}

static bool undo_promise(struct undoing *undoing, struct error *error)
{
	struct promise promise;
	bool found;
	if (!promise_get(undoing->session->store, undoing->event->sequence, &promise, &found, error))
		return false;
	bool ok = found && strcmp(promise.state, "running") == 0
		      ? act_end_promise(&undoing->session->ledger, &promise, "withdrawn", error)
		      : refuse(undoing, "the promise runs no longer", error);
	if (found)
		row_clear(&promise_table, &promise);
	return ok;
}

static bool undo_dispute(struct undoing *undoing, struct error *error)
{
	struct dispute dispute;
	bool found;
	if (!row_get(
		undoing->session->store, &dispute_table, undoing->event->sequence, &dispute, &found, error))
		return false;
	bool open = found && strcmp(dispute.state, "open") == 0;
	if (found)
		row_clear(&dispute_table, &dispute);
	if (!open)
		return refuse(undoing, "the dispute is settled", error);
	json_t *body =
	    json_pack("{s:I, s:s}", "dispute", (json_int_t)undoing->event->sequence, "how", "undone");
	return journal_append(
	    &undoing->session->ledger, EVENT_DISPUTE_SETTLED, about_of(undoing), body, NULL, error);
}

static bool undo_link(struct undoing *undoing, struct error *error)
{
	struct ledger *ledger = &undoing->session->ledger;
	return act_unlink(ledger, undoing->event->message, undoing->event->receivable, error) &&
	       review_forget(ledger, undoing->event->message, undoing->event->receivable, error);
}

static bool undo_unlink(struct undoing *undoing, struct error *error)
{
	return act_link(&undoing->session->ledger, undoing->event->message, undoing->event->receivable,
	    "sure", 1000, "person", error);
}

static bool undo_review(struct undoing *undoing, struct error *error)
{
	struct ledger *ledger = &undoing->session->ledger;
	int64_t decided;
	if (!review_decided(ledger, undoing->event->message, &decided, error))
		return false;
	if (json_is_true(json_object_get(undoing->body, "example")))
		return refuse(undoing, "is an example alone: \"review ... as\" corrects it", error);
	if (decided != undoing->event->sequence)
		return refuse(undoing, "is undone already", error);
	return review_undo(ledger, undoing->event->message, error);
}

static const struct {
	enum event_kind kind;
	bool (*undo)(struct undoing *undoing, struct error *error);
} undoers[] = {
    {EVENT_ENTRY_POSTED, undo_entry},
    {EVENT_HOLD_SET, undo_hold},
    {EVENT_HOLD_RELEASED, undo_release},
    {EVENT_PROMISE_MADE, undo_promise},
    {EVENT_DISPUTE_OPENED, undo_dispute},
    {EVENT_MESSAGE_LINKED, undo_link},
    {EVENT_MESSAGE_UNLINKED, undo_unlink},
    {EVENT_MESSAGE_REVIEWED, undo_review},
};

static bool undo_event(struct undoing *undoing, struct error *error)
{
	bool found;
	if (undoing->event->receivable != 0 &&
	    !receivable_get(
		undoing->session->store, undoing->event->receivable, &undoing->receivable, &found, error))
		return false;
	for (size_t i = 0; i < ARRAY_LENGTH(undoers); i++)
		if (strcmp(undoing->event->kind, event_kind_word(undoers[i].kind)) == 0)
			return undoers[i].undo(undoing, error);
	return refuse(undoing, "cannot be undone", error);
}

bool run_undo(struct session *session, struct error *error)
{
	struct event event;
	bool found;
	int64_t sequence;
	if (!session_id(session->arguments[0], &sequence, error) ||
	    !journal_get(session->store, sequence, &event, &found, error))
		return false;
	if (!found)
		return error_set(error, STATUS_NO, "%lld: no such event", (long long)sequence);
	json_t *body = json_loads(event.body, 0, NULL);
	struct undoing undoing = {.session = session, .event = &event, .body = body};
	bool ok = undo_event(&undoing, error);
	json_decref(body);
	row_clear(&receivable_table, &undoing.receivable);
	row_clear(&journal_table, &event);
	return ok;
}
