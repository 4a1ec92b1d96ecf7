#include "base/base.h"
#include "ledger/apply.h"

#include "ledger/body.h"
#include "ledger/progress.h"
#include "store/rows_plan.h"
#include "store/rows_receivable.h"

static bool load_receivable(
    struct store *store, int64_t id, struct receivable *receivable, struct error *error)
{
	bool found;
	if (!receivable_get(store, id, receivable, &found, error))
		return false;
	return found || error_set(error, STATUS_DATA, "there is no receivable %lld", (long long)id);
}

/* STEP NULL leaves the step; CONTACT DATE_NONE leaves the contact. LINE as for progress_note(). */
static bool set_progress(struct store *store, int64_t id, int64_t line, const char *step, date_t step_on,
    date_t contact_on, struct error *error)
{
	struct receivable receivable;
	if (!load_receivable(store, id, &receivable, error))
		return false;
	if (contact_on != DATE_NONE)
		receivable.last_contact_on = contact_on;
	bool done = (!step || progress_note(store, &receivable, line, step, step_on, error)) &&
		    row_update(store, &receivable_table, &receivable, error);
	row_clear(&receivable_table, &receivable);
	return done;
}

bool apply_contact_made(const struct application *a, struct error *error)
{
	return !a->event->receivable ||
	       set_progress(a->store, a->event->receivable, body_integer(a->body, "line"),
		   body_text(a->body, "step"), a->on, a->on, error);
}

bool apply_step_done(const struct application *a, struct error *error)
{
	return set_progress(a->store, a->event->receivable, body_integer(a->body, "line"),
	    body_text(a->body, "step"), a->on, DATE_NONE, error);
}

/* Where the due line LINE stands; of all of it, where the receivable does. */
static bool find_previous(
    struct store *store, const struct receivable *receivable, struct outbox_item *item, struct error *error)
{
	item->previous_step = g_strdup(receivable->last_step);
	item->previous_step_on = receivable->last_step_on;
	if (!item->line)
		return true;
	GPtrArray *lines = due_line_list(store, receivable->id, error);
	if (!lines)
		return false;
	bool found = item->line > 0 && item->line <= (int64_t)lines->len;
	if (found) {
		const struct due_line_row *line = lines->pdata[item->line - 1];
		g_free(item->previous_step);
		item->previous_step = g_strdup(line->last_step);
		item->previous_step_on = line->last_step_on;
	}
	rows_free(&due_line_table, lines);
	return found || error_set(error, STATUS_DATA, "%s has no due line %lld", receivable->number,
			    (long long)item->line);
}

static bool insert_item(const struct application *a, const json_t *item, size_t index, struct error *error)
{
	struct receivable receivable;
	if (!load_receivable(a->store, body_integer(item, "receivable"), &receivable, error))
		return false;
	struct outbox_item row = {
	    .id = a->event->sequence * ROWS_PER_EVENT + (int64_t)index,
	    .outbox = a->event->sequence,
	    .receivable = receivable.id,
	    .line = body_integer(item, "line"),
	    .step = (char *)body_text(item, "step"),
	};
	bool done =
	    index < ROWS_PER_EVENT && body_amount(item, "amount", receivable.currency, 0, &row.amount);
	if (!done)
		error_set(error, STATUS_DATA, "item %zu is wrong", index + 1);
	done = done && find_previous(a->store, &receivable, &row, error) &&
	       row_insert(a->store, &outbox_item_table, &row, error);
	g_free(row.previous_step);
	int64_t id = receivable.id;
	row_clear(&receivable_table, &receivable);
	/* without a step the item only stands in the mail's table */
	return done &&
	       (!*row.step || set_progress(a->store, id, row.line, row.step, a->on, DATE_NONE, error));
}

bool apply_reminder_composed(const struct application *a, struct error *error)
{
	struct outbox outbox = {
	    .id = a->event->sequence,
	    .company = (char *)body_text(a->body, "company"),
	    .customer = a->event->customer,
	    .step = (char *)body_text(a->body, "step"),
	    .channel = (char *)body_text(a->body, "channel"),
	    .message_id = (char *)body_text(a->body, "message_id"),
	    .sender = (char *)body_text(a->body, "sender"),
	    .recipients = (char *)body_text(a->body, "recipients"),
	    .subject = (char *)body_text(a->body, "subject"),
	    .sha256 = (char *)body_text(a->body, "sha256"),
	    .state = (char *)body_text(a->body, "state"),
	    .created_at = a->event->at,
	};
	if (!row_insert(a->store, &outbox_table, &outbox, error))
		return false;
	size_t index;
	const json_t *item;
	json_array_foreach(json_object_get(a->body, "items"), index,
	    item) if (!insert_item(a, item, index, error)) return false;
	return true;
}

static bool load_outbox(const struct application *a, struct outbox *outbox, struct error *error)
{
	bool found;
	int64_t id = body_integer(a->body, "outbox");
	if (!outbox_get(a->store, id, outbox, &found, error))
		return false;
	return found || error_set(error, STATUS_DATA, "there is no outbox mail %lld", (long long)id);
}

static bool save_outbox(
    const struct application *a, struct outbox *outbox, const char *state, struct error *error)
{
	g_free(outbox->state);
	outbox->state = g_strdup(state);
	bool done = row_update(a->store, &outbox_table, outbox, error);
	row_clear(&outbox_table, outbox);
	return done;
}

bool apply_reminder_approved(const struct application *a, struct error *error)
{
	struct outbox outbox;
	return load_outbox(a, &outbox, error) && save_outbox(a, &outbox, "ready", error);
}

bool apply_reminder_submitting(const struct application *a, struct error *error)
{
	struct outbox outbox;
	if (!load_outbox(a, &outbox, error))
		return false;
	outbox.attempts++;
	outbox.submitted_at = a->event->at;
	return save_outbox(a, &outbox, "submitting", error);
}

typedef bool item_function(const struct application *a, const struct outbox_item *item, struct error *error);

static bool each_item(const struct application *a, item_function *function, struct error *error)
{
	GPtrArray *items = outbox_item_list(a->store, body_integer(a->body, "outbox"), error);
	bool done = items;
	for (guint i = 0; done && i < items->len; i++)
		done = function(a, items->pdata[i], error);
	rows_free(&outbox_item_table, items);
	return done;
}

static bool note_contact(const struct application *a, const struct outbox_item *item, struct error *error)
{
	return set_progress(a->store, item->receivable, 0, NULL, DATE_NONE, a->on, error);
}

/* Thanks and confirmations ask for nothing: whoever got one was not contacted about a debt. */
static bool note_contacts(const struct application *a, struct error *error)
{
	return body_text(a->body, "contact") || each_item(a, note_contact, error);
}

/* The receipt may come before we note that sendmail(1) ended: "seen" never goes back to "submitted". */
bool apply_reminder_submitted(const struct application *a, struct error *error)
{
	struct outbox outbox;
	if (!load_outbox(a, &outbox, error))
		return false;
	outbox.submitted_at = a->event->at;
	bool was_seen = !strcmp(outbox.state, "seen");
	return save_outbox(a, &outbox, was_seen ? "seen" : "submitted", error) && note_contacts(a, error);
}

bool apply_reminder_seen(const struct application *a, struct error *error)
{
	struct outbox outbox;
	if (!load_outbox(a, &outbox, error))
		return false;
	outbox.seen_at = a->event->at;
	return save_outbox(a, &outbox, "seen", error) && note_contacts(a, error);
}

bool apply_reminder_failed(const struct application *a, struct error *error)
{
	struct outbox outbox;
	if (!load_outbox(a, &outbox, error))
		return false;
	g_free(outbox.failure);
	outbox.failure = g_strdup(body_text(a->body, "failure"));
	return save_outbox(a, &outbox, body_text(a->body, "again") ? "ready" : "failed", error);
}

static bool go_back(const struct application *a, const struct outbox_item *item, struct error *error)
{
	struct receivable receivable;
	if (!load_receivable(a->store, item->receivable, &receivable, error))
		return false;
	bool done = progress_take_back(a->store, &receivable, item, error) &&
		    row_update(a->store, &receivable_table, &receivable, error);
	row_clear(&receivable_table, &receivable);
	return done;
}

bool apply_reminder_cancelled(const struct application *a, struct error *error)
{
	struct outbox outbox;
	return load_outbox(a, &outbox, error) && save_outbox(a, &outbox, "cancelled", error) &&
	       each_item(a, go_back, error);
}

bool apply_setting_changed(const struct application *a, struct error *error)
{
	return setting_put(a->store, body_text(a->body, "name"), body_text(a->body, "value"), error);
}
