#include "base/base.h"
#include "dunning/proof.h"

#include "dunning/guards.h"
#include "dunning/outcome.h"
#include "ledger/act.h"
#include "ledger/body.h"

#define GUARD "two-delivered-reminders"
#define KIND  "proof"

/* Whether it asked for what CHASE is seen through: copies and confirmations take no step. */
static bool asked_for(const struct chase *chase, const struct outbox *mail, bool *asked, struct error *error)
{
	GPtrArray *items = outbox_item_list(chase->desk->ledger->store, mail->id, error);
	*asked = false;
	for (guint i = 0; items && i < items->len; i++) {
		const struct outbox_item *item = items->pdata[i];
		bool ours = item->receivable == chase->receivable->id &&
			    (!item->line || !chase->line || item->line == chase->line);
		*asked = *asked || (ours && *item->step);
	}
	bool done = items;
	rows_free(&outbox_item_table, items);
	return done;
}

static bool read_reports(
    struct store *store, const struct outbox *mail, bool *delivered, bool *failed, struct error *error)
{
	GPtrArray *reports = delivery_list(store, mail->message_id, error);
	*delivered = *failed = false;
	for (guint i = 0; reports && i < reports->len; i++) {
		const char *action = ((const struct delivery_row *)reports->pdata[i])->action;
		*delivered = *delivered || strcmp(action, "delivered") == 0 || strcmp(action, "relayed") == 0;
		*failed = *failed || strcmp(action, "failed") == 0;
	}
	bool done = reports;
	rows_free(&delivery_table, reports);
	return done;
}

static bool names(const json_t *ids, const char *message_id)
{
	size_t i;
	const json_t *id;
	json_array_foreach(
	    ids, i, id) if (json_is_string(id) && strcmp(json_string_value(id), message_id) == 0) return true;
	return false;
}

/* A person wrote in the thread of MAIL: MESSAGES are the receivable's. */
static bool was_answered(const GPtrArray *messages, const struct outbox *mail)
{
	bool answered = false;
	for (guint i = 0; i < messages->len && !answered; i++) {
		const struct message_row *message = messages->pdata[i];
		if (strcmp(message->direction, "incoming") != 0 || strcmp(message->kind, "human") != 0 ||
		    message->received_at < mail->submitted_at || !message->reading)
			continue;
		json_t *reading = json_loads(message->reading, 0, NULL);
		const json_t *head = json_object_get(reading, "message");
		answered = names(json_object_get(head, "in_reply_to"), mail->message_id) ||
			   names(json_object_get(head, "references"), mail->message_id);
		json_decref(reading);
	}
	return answered;
}

/* Whether the end of a task says that the reminders arrived: a person's words, or that somebody was reached.
 * The clerk's own end of it, an insolvency, "no" and every other outcome say nothing of the kind. */
static bool vouches(const char *outcome)
{
	bool asks_date;
	size_t length = outcome ? strcspn(outcome, ":,. ") : 0;
	if (!outcome)
		return true;
	if (g_str_has_prefix(outcome, "clerk:") || strcmp(outcome, "insolvency proceedings") == 0 ||
	    (length == 2 && g_ascii_strncasecmp(outcome, "no", 2) == 0))
		return false;
	return !outcome_known(outcome, &asks_date) || strcmp(outcome, "reached") == 0 ||
	       g_str_has_prefix(outcome, "reached:");
}

static bool find_vouched(const struct chase *chase, bool *vouched, struct error *error)
{
	const struct desk *desk = chase->desk;
	GPtrArray *tasks = task_list_of_receivable(desk->ledger->store, chase->receivable->id, "done", error);
	*vouched = false;
	for (guint i = 0; tasks && i < tasks->len; i++) {
		const struct task *task = tasks->pdata[i];
		if (strcmp(task->kind, KIND) == 0 && task->line == chase->line && vouches(task->outcome) &&
		    (chase->last_step_on == DATE_NONE ||
			zone_date(desk->site->zone, task->done_at) >= chase->last_step_on))
			*vouched = true;
	}
	bool done = tasks;
	rows_free(&task_table, tasks);
	return done;
}

static gint earlier(gconstpointer a, gconstpointer b)
{
	date_t left = *(const date_t *)a, right = *(const date_t *)b;
	return left < right ? -1 : left > right;
}

/* Where MAIL stands on DAY; AWAITED gets the day on which its silence would count. */
static bool judge_mail(const struct chase *chase, const struct outbox *mail, const GPtrArray *messages,
    date_t day, struct proof *proof, GArray *awaited, struct error *error)
{
	const struct desk *desk = chase->desk;
	bool asked, delivered, failed;
	if (!mail_has_left(mail))
		return true;
	if (!asked_for(chase, mail, &asked, error) ||
	    !read_reports(desk->ledger->store, mail, &delivered, &failed, error))
		return false;
	if (!asked)
		return true;
	int days = desk->ledger->config->delivered_after;
	date_t silent_on = zone_date(desk->site->zone, mail->submitted_at) + days;
	if (delivered || was_answered(messages, mail) || (!failed && days && silent_on <= day))
		proof->delivered++;
	else if (failed || !days)
		proof->failed++;
	else
		g_array_append_val(awaited, silent_on);
	return true;
}

bool proof_find(const struct chase *chase, date_t day, int wanted, struct proof *proof, struct error *error)
{
	struct store *store = chase->desk->ledger->store;
	GPtrArray *mails = outbox_list_of_receivable(store, chase->receivable->id, error);
	GPtrArray *messages = mails ? message_list_of_receivable(store, chase->receivable->id, error) : NULL;
	GArray *awaited = g_array_new(FALSE, FALSE, sizeof(date_t));
	*proof = (struct proof){.enough_on = DATE_NONE};
	bool done = messages && find_vouched(chase, &proof->vouched, error);
	for (guint i = 0; done && i < mails->len; i++)
		done = judge_mail(chase, mails->pdata[i], messages, day, proof, awaited, error);
	g_array_sort(awaited, earlier);
	proof->awaited = (int)awaited->len;
	int missing = wanted - proof->delivered;
	if (missing > 0 && missing <= (int)awaited->len)
		proof->enough_on = g_array_index(awaited, date_t, missing - 1);
	g_array_unref(awaited);
	rows_free(&outbox_table, mails);
	rows_free(&message_table, messages);
	return done;
}

/* ---- tasks ---- */

static bool is_stuck(const struct action *action, date_t today)
{
	return action->held_until == DATE_NONE && action->due_on <= today;
}

/* Whether a guard that is asked before ours holds it: what ours would say is not known then. */
static bool is_held_before(const struct action *action)
{
	size_t count;
	const char *const *names = guard_names(&count);
	for (size_t i = 0; action->guard && i < count && strcmp(names[i], GUARD) != 0; i++)
		if (strcmp(names[i], action->guard) == 0)
			return true;
	return false;
}

/* Whether the step that TASK asks for still waits for its end. A promise or a hold that comes in between
 * makes no new question of it. */
static bool still_waits(
    struct store *store, const struct task *task, date_t today, bool *waits, struct error *error)
{
	GPtrArray *actions = action_list_of_receivable(store, task->receivable, error);
	*waits = false;
	for (guint i = 0; actions && i < actions->len; i++) {
		const struct action *action = actions->pdata[i];
		bool ours = !task->line || !action->line || action->line == task->line;
		bool stuck = action->guard && strcmp(action->guard, GUARD) == 0 && is_stuck(action, today);
		*waits = *waits || (ours && (stuck || is_held_before(action)));
	}
	bool done = actions;
	rows_free(&action_table, actions);
	return done;
}

static bool has_task(const GPtrArray *tasks, const struct action *action)
{
	for (guint i = 0; i < tasks->len; i++)
		if (((const struct task *)tasks->pdata[i])->receivable == action->receivable)
			return true;
	return false;
}

bool proof_is_wanted(struct store *store, date_t today, bool *wanted, struct error *error)
{
	GPtrArray *actions = action_list_of_guard(store, GUARD, error);
	GPtrArray *tasks = actions ? task_list_of_kind(store, KIND, error) : NULL;
	*wanted = false;
	for (guint i = 0; tasks && i < actions->len; i++)
		*wanted =
		    *wanted || (is_stuck(actions->pdata[i], today) && !has_task(tasks, actions->pdata[i]));
	bool done = tasks, waits;
	for (guint i = 0; done && i < tasks->len; i++) {
		done = still_waits(store, tasks->pdata[i], today, &waits, error);
		*wanted = *wanted || !waits;
	}
	rows_free(&action_table, actions);
	rows_free(&task_table, tasks);
	return done;
}

static bool open_one(struct ledger *ledger, const struct action *action, int64_t *tasks, struct error *error)
{
	struct receivable receivable;
	bool found;
	int64_t task;
	if (!receivable_get(ledger->store, action->receivable, &receivable, &found, error))
		return false;
	if (!found)
		return true;
	g_autofree char *title = g_strdup_printf(
	    "Did the reminders of %s arrive? %s waits for that", receivable.number, action->step);
	struct task_draft draft = {
	    .company = receivable.company,
	    .kind = KIND,
	    .customer = receivable.customer,
	    .receivable = receivable.id,
	    .title = title,
	    .detail = action->why,
	    .due_on = ledger->today,
	    .line = action->line,
	};
	bool done = act_open_task(ledger, &draft, &task, error);
	*tasks += task != 0;
	row_clear(&receivable_table, &receivable);
	return done;
}

bool proof_tasks(struct ledger *ledger, int64_t *tasks, struct error *error)
{
	GPtrArray *actions = action_list_of_guard(ledger->store, GUARD, error);
	GPtrArray *open = actions ? task_list_of_kind(ledger->store, KIND, error) : NULL;
	bool done = open;
	for (guint i = 0; done && i < actions->len; i++)
		done = !is_stuck(actions->pdata[i], ledger->today) ||
		       open_one(ledger, actions->pdata[i], tasks, error);
	for (guint i = 0; done && i < open->len; i++) {
		const struct task *task = open->pdata[i];
		bool waits;
		done = still_waits(ledger->store, task, ledger->today, &waits, error) &&
		       (waits ||
			   act_finish_task(ledger, task->id, "clerk: nothing waits for it any more", error));
	}
	rows_free(&action_table, actions);
	rows_free(&task_table, open);
	return done;
}
