#include "base/base.h"
#include "dunning/review.h"

#include "ledger/body.h"
#include "store/rows_journal.h"
#include "store/rows_message.h"

static void match_free(void *data)
{
	struct match *match = data;
	row_clear(&receivable_table, &match->receivable);
	g_ptr_array_unref(match->evidence);
	g_free(match);
}

/* The links that are sure, as certain matches (of struct match *). NULL with ERROR. */
static GPtrArray *sure_matches(struct store *store, int64_t message, struct error *error)
{
	GPtrArray *links = link_list_of_message(store, message, error);
	GPtrArray *matches = g_ptr_array_new_with_free_func(match_free);
	bool ok = links != NULL;
	for (guint i = 0; ok && i < links->len; i++) {
		const struct link *link = g_ptr_array_index(links, i);
		bool found;
		if (strcmp(link->status, "sure") != 0)
			continue;
		struct match *match = g_new0(struct match, 1);
		match->is_sure = true;
		match->score = 1000;
		match->evidence = g_ptr_array_new();
		ok = receivable_get(store, link->receivable, &match->receivable, &found, error);
		g_ptr_array_add(matches, match);
	}
	rows_free(&link_table, links);
	if (ok)
		return matches;
	g_ptr_array_unref(matches);
	return NULL;
}

static bool load_reading(struct store *store, int64_t message, struct reading **reading, struct error *error)
{
	struct message_row row;
	bool found;
	*reading = NULL;
	if (!message_get(store, message, &row, &found, error))
		return false;
	if (!found)
		return error_set(error, STATUS_NO, "there is no message %lld", (long long)message);
	json_t *json = row.reading == NULL ? NULL : json_loads(row.reading, 0, NULL);
	bool ok = json != NULL ? reading_from_json(json, reading, error)
			       : error_set(error, STATUS_NO, "message %lld was not read", (long long)message);
	json_decref(json);
	row_clear(&message_table, &row);
	return ok;
}

/* A hold for review is no effect of a decision. */
static void drop_holds_for_review(struct decision *decision)
{
	for (guint i = decision->effects->len; i-- > 0;) {
		const struct effect *effect = g_ptr_array_index(decision->effects, i);
		if (effect->hold != NULL && strcmp(effect->hold, "review") == 0)
			g_ptr_array_remove_index(decision->effects, i);
	}
}

/* What a person says it means, in place of what was read. */
static void replace_intents(struct reading *reading, const struct intent *intent)
{
	struct understanding *reply = reading->reply;
	struct intent *copy = intent_new(intent->kind);
	copy->date = intent->date;
	copy->until = intent->until;
	copy->reason = g_strdup(intent->reason);
	copy->what = g_strdup(intent->what);
	copy->contact = g_strdup(intent->contact);
	copy->rule = g_strdup("person");
	g_ptr_array_set_size(reply->intents, 0);
	g_ptr_array_add(reply->intents, copy);
	reply->primary = intent->kind;
}

/* INTENT NULL: what was read. */
static bool decide(struct ledger *ledger, int64_t message, const struct intent *intent,
    struct decision *decision, struct error *error)
{
	struct reading *reading;
	if (!load_reading(ledger->store, message, &reading, error))
		return false;
	GPtrArray *matches = sure_matches(ledger->store, message, error);
	bool ok = matches != NULL;
	if (ok && matches->len == 0)
		ok = error_set(error, STATUS_NO, "message %lld is not linked to an invoice (relance link)",
		    (long long)message);
	if (ok && intent != NULL && reading->reply == NULL)
		ok = error_set(error, STATUS_NO, "message %lld is no answer", (long long)message);
	if (ok) {
		struct config certain = *ledger->config; /* shallow: a person is sure enough */
		certain.confidence = 0;
		struct effect_context context = {
		    .config = &certain, .today = ledger->today, .is_verified = true, .by_person = true};
		if (intent != NULL)
			replace_intents(reading, intent);
		effects_decide(&context, reading, matches, decision);
		drop_holds_for_review(decision);
	}
	if (matches != NULL)
		g_ptr_array_unref(matches);
	reading_free(reading);
	return ok;
}

bool review_decide(struct ledger *ledger, int64_t message, struct decision *decision, struct error *error)
{
	return decide(ledger, message, NULL, decision, error);
}

static bool release(struct ledger *ledger, const struct hold *hold, const char *reason, struct error *error)
{
	struct event_about about = {
	    .customer = hold->customer, .receivable = hold->receivable, .message = hold->message};
	json_t *body = json_pack("{s:I, s:s}", "hold", (json_int_t)hold->id, "reason", reason);
	return journal_append(ledger, EVENT_HOLD_RELEASED, about, body, NULL, error);
}

/* The running holds on RECEIVABLE itself or on its whole customer, none where there is no such receivable.
 * NULL with ERROR; free with rows_free. */
static GPtrArray *running_holds(struct ledger *ledger, int64_t receivable, struct error *error)
{
	struct receivable row;
	bool found;
	if (!receivable_get(ledger->store, receivable, &row, &found, error))
		return NULL;
	if (!found)
		return g_ptr_array_new();
	GPtrArray *holds = hold_list(ledger->store, row.customer, receivable, error);
	row_clear(&receivable_table, &row);
	return holds;
}

/* Ends the holds that MESSAGE set on RECEIVABLE; KIND NULL: of every kind. */
static bool release_holds(struct ledger *ledger, int64_t message, int64_t receivable, const char *kind,
    const char *reason, struct error *error)
{
	GPtrArray *holds = running_holds(ledger, receivable, error);
	bool ok = holds != NULL;
	for (guint i = 0; ok && i < holds->len; i++) {
		const struct hold *hold = g_ptr_array_index(holds, i);
		if (hold->message == message && hold->receivable == receivable &&
		    (kind == NULL || strcmp(hold->kind, kind) == 0))
			ok = release(ledger, hold, reason, error);
	}
	rows_free(&hold_table, holds);
	return ok;
}

static bool end_holds(struct ledger *ledger, int64_t message, struct error *error)
{
	GPtrArray *links = link_list_of_message(ledger->store, message, error);
	bool ok = links != NULL;
	for (guint i = 0; ok && i < links->len; i++) {
		const struct link *link = g_ptr_array_index(links, i);
		ledger_touch(ledger, link->receivable);
		ok = release_holds(ledger, message, link->receivable, "review", "reviewed", error);
	}
	rows_free(&link_table, links);
	return ok;
}

static bool end_review(struct ledger *ledger, int64_t message, const char *decision, struct error *error)
{
	return act_review(ledger, message, decision, error) && end_holds(ledger, message, error);
}

bool review_accept(struct ledger *ledger, int64_t message, struct error *error)
{
	struct decision decision = {0};
	bool ok = review_decide(ledger, message, &decision, error) &&
		  end_review(ledger, message, "accept", error) &&
		  effects_apply(ledger, &decision, message, error);
	decision_clear(&decision);
	return ok;
}

static bool is_waiting(struct store *store, int64_t message, bool *waiting, struct error *error)
{
	struct message_row row;
	bool found;
	if (!message_get(store, message, &row, &found, error))
		return false;
	*waiting = found && strcmp(row.state, "review") == 0;
	if (found)
		row_clear(&message_table, &row);
	return true;
}

bool review_as(struct ledger *ledger, int64_t message, const struct intent *intent, const char *words,
    struct error *error)
{
	struct decision decision = {0};
	const char *value = intent->reason ? intent->reason : intent->what;
	bool waiting;
	if (!is_waiting(ledger->store, message, &waiting, error))
		return false;
	bool ok = (!waiting || decide(ledger, message, intent, &decision, error)) &&
		  act_review_as(ledger, message, intent_kind_word(intent->kind), value, words, error) &&
		  (!waiting || (end_holds(ledger, message, error) &&
				   effects_apply(ledger, &decision, message, error)));
	decision_clear(&decision);
	return ok;
}

bool review_ignore(struct ledger *ledger, int64_t message, struct error *error)
{
	return end_review(ledger, message, "ignore", error);
}

bool review_forget(struct ledger *ledger, int64_t message, int64_t receivable, struct error *error)
{
	if (!release_holds(ledger, message, receivable, NULL, "not about this invoice", error))
		return false;
	GPtrArray *promises = promise_list(ledger->store, receivable, "running", error);
	bool ok = promises != NULL;
	for (guint i = 0; ok && i < promises->len; i++) {
		const struct promise *promise = g_ptr_array_index(promises, i);
		ok = promise->message != message || act_end_promise(ledger, promise, "withdrawn", error);
	}
	rows_free(&promise_table, promises);
	return ok;
}

bool review_decided(struct ledger *ledger, int64_t message, int64_t *decided, struct error *error)
{
	GPtrArray *events =
	    journal_list_of_kind(ledger->store, event_kind_word(EVENT_MESSAGE_REVIEWED), error);
	*decided = 0;
	for (guint i = 0; events != NULL && i < events->len; i++) {
		const struct event *event = g_ptr_array_index(events, i);
		if (event->message != message)
			continue;
		json_t *body = json_loads(event->body, 0, NULL);
		if (g_strcmp0(body_text(body, "decision"), "undone") == 0)
			*decided = 0;
		else if (!json_is_true(json_object_get(body, "example")))
			*decided = event->sequence;
		json_decref(body);
	}
	bool ok = events != NULL;
	rows_free(&journal_table, events);
	return ok;
}

static bool settle_disputes(struct ledger *ledger, int64_t message, int64_t receivable, struct error *error)
{
	GPtrArray *disputes = dispute_list(ledger->store, receivable, "open", error);
	bool ok = disputes != NULL;
	for (guint i = 0; ok && i < disputes->len; i++) {
		const struct dispute *dispute = g_ptr_array_index(disputes, i);
		struct event_about about = {.receivable = receivable, .message = message};
		if (dispute->message == message)
			ok = journal_append(ledger, EVENT_DISPUTE_SETTLED, about,
			    json_pack("{s:I, s:s}", "dispute", (json_int_t)dispute->id, "how", "undone"),
			    NULL, error);
	}
	rows_free(&dispute_table, disputes);
	return ok;
}

static bool refuse_stopped(struct ledger *ledger, int64_t message, int64_t receivable, struct error *error)
{
	GPtrArray *holds = running_holds(ledger, receivable, error);
	bool ok = holds != NULL, stopped = false;
	for (guint i = 0; ok && i < holds->len; i++) {
		const struct hold *hold = g_ptr_array_index(holds, i);
		stopped = stopped || (hold->message == message && hold->receivable == 0);
	}
	rows_free(&hold_table, holds);
	if (ok && stopped)
		return error_set(error, STATUS_NO,
		    "message %lld has stopped the customer: release that first (relance release)",
		    (long long)message);
	return ok;
}

bool review_undo(struct ledger *ledger, int64_t message, struct error *error)
{
	GPtrArray *links = link_list_of_message(ledger->store, message, error);
	bool ok = links != NULL;
	for (guint i = 0; ok && i < links->len; i++)
		ok = refuse_stopped(
		    ledger, message, ((const struct link *)g_ptr_array_index(links, i))->receivable, error);
	for (guint i = 0; ok && i < links->len; i++) {
		const struct link *link = g_ptr_array_index(links, i);
		ledger_touch(ledger, link->receivable);
		ok = review_forget(ledger, message, link->receivable, error) &&
		     settle_disputes(ledger, message, link->receivable, error);
	}
	rows_free(&link_table, links);
	return ok && journal_append(ledger, EVENT_MESSAGE_REVIEWED, (struct event_about){.message = message},
			 json_pack("{s:s}", "decision", "undone"), NULL, error);
}
