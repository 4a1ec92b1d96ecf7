#include "base/base.h"
#include "dunning/task_steps.h"

#include "dunning/guards.h"
#include "ledger/act.h"
#include "ledger/body.h"

/* Lines of history in a call's text. */
#define HISTORY_LINES 3

static const char *task_kind(const struct step_config *step)
{
	if (step->channel == CHANNEL_CALL)
		return "call";
	if (step->channel == CHANNEL_LETTER)
		return "letter";
	return step->approval || strcmp(step->name, "legal") != 0 ? "approve" : "legal";
}

bool task_step(struct store *store, const struct task *task, char **step, date_t *on, struct error *error)
{
	struct receivable receivable;
	bool found;
	*step = NULL;
	*on = DATE_NONE;
	if (!receivable_get(store, task->receivable, &receivable, &found, error))
		return false;
	if (!found)
		return true;
	*step = g_strdup(receivable.last_step);
	*on = receivable.last_step_on;
	row_clear(&receivable_table, &receivable);
	if (!task->line)
		return true;
	GPtrArray *lines = due_line_list(store, task->receivable, error);
	if (lines && task->line <= (int64_t)lines->len) {
		const struct due_line_row *line = lines->pdata[task->line - 1];
		g_free(*step);
		*step = g_strdup(line->last_step);
		*on = line->last_step_on;
	}
	bool done = lines;
	rows_free(&due_line_table, lines);
	return done;
}

bool task_is_about(struct store *store, const struct task *task, const char *step, date_t on,
    const struct receivable *receivable, bool *is, struct error *error)
{
	*is = task->receivable == receivable->id ||
	      (task->customer == receivable->customer && strcmp(task->kind, "call") == 0 && step &&
		  receivable->last_step && strcmp(step, receivable->last_step) == 0 &&
		  on == receivable->last_step_on);
	if (*is || !step || task->customer != receivable->customer || strcmp(task->kind, "call") != 0)
		return true;
	GPtrArray *lines = due_line_list(store, receivable->id, error);
	for (guint i = 0; lines && i < lines->len; i++) {
		const struct due_line_row *line = lines->pdata[i];
		*is = *is ||
		      (line->last_step && strcmp(step, line->last_step) == 0 && on == line->last_step_on);
	}
	bool done = lines;
	rows_free(&due_line_table, lines);
	return done;
}

static char *amount_text(int64_t amount, const struct receivable *receivable)
{
	char text[MONEY_TEXT_SIZE];
	return g_strdup_printf(
	    "%s %s", money_format(money(amount, receivable->currency), text), receivable->currency);
}

static char *task_title(const struct chase *chase, const struct step_config *step, guint more)
{
	const struct receivable *receivable = chase->receivable;
	int days = chase->desk->ledger->today - chase->standing.due_on;
	const char *verb = step->channel == CHANNEL_CALL     ? "Call"
			   : step->channel == CHANNEL_LETTER ? "Send a letter to"
							     : "Decide about";
	g_autofree char *amount = amount_text(chase->standing.overdue, receivable);
	g_autofree char *others = more ? g_strdup_printf(" and %u more", more) : g_strdup("");
	return g_strdup_printf("%s %s: %s%s, %s open, %d days overdue (%s)", verb, chase->customer->row.name,
	    receivable->number, others, amount, days, step->name);
}

static void add_contacts(const struct chase *chase, GString *text)
{
	const struct desk_customer *customer = chase->customer;
	const char *between = "contact: ";
	for (guint i = 0; i < customer->contacts->len; i++) {
		const struct contact *contact = customer->contacts->pdata[i];
		if (strcmp(contact->state, "good") != 0)
			continue;
		g_string_append_printf(text, "%s%s%s%s", between, contact->name ? contact->name : "",
		    contact->name ? " " : "", contact->address);
		between = ", ";
	}
	bool known = customer->row.phone && *customer->row.phone;
	g_string_append_printf(text, "%sphone: %s", text->len ? "\n" : "",
	    known ? customer->row.phone : "not known (relance import customers)");
}

static void add_amounts(const struct chase *chase, GString *text)
{
	const struct receivable *receivable = chase->receivable;
	const struct standing *standing = &chase->standing;
	char day[DATE_TEXT_SIZE];
	g_autofree char *open = amount_text(standing->open, receivable);
	g_string_append_printf(
	    text, "\n%s: %s open, due %s", receivable->number, open, date_format(standing->due_on, day));
	if (standing->paid > 0) {
		g_autofree char *paid = amount_text(standing->paid, receivable);
		g_string_append_printf(text, ", %s paid", paid);
	}
	if (standing->disputed > 0) {
		g_autofree char *disputed = amount_text(standing->disputed, receivable);
		g_string_append_printf(text, ", %s disputed", disputed);
	}
}

/* Something that happened, on its day; TEXT is owned. */
struct past {
	date_t on;
	char *text;
};

static void past_clear(void *data)
{
	g_free(((struct past *)data)->text);
}

static void add_past(GArray *pasts, date_t on, char *text)
{
	struct past past = {on, text};
	g_array_append_val(pasts, past);
}

static gint latest_first(gconstpointer a, gconstpointer b)
{
	date_t left = ((const struct past *)a)->on, right = ((const struct past *)b)->on;
	return left > right ? -1 : left < right;
}

static void collect_promises(const struct chase *chase, GArray *pasts)
{
	char day[DATE_TEXT_SIZE];
	for (guint i = 0; i < chase->promises->len; i++) {
		const struct promise *promise = chase->promises->pdata[i];
		add_past(pasts, promise->made_on,
		    g_strdup_printf("promised for %s: %s",
			promise->promised_on == DATE_NONE ? "no day" : date_format(promise->promised_on, day),
			promise->state));
	}
	for (guint i = 0; i < chase->plans->len; i++) {
		const struct instalment_plan *plan = chase->plans->pdata[i];
		add_past(pasts, plan->proposed_on, g_strdup_printf("instalments: %s", plan->state));
	}
}

static bool collect_mails(const struct chase *chase, GArray *pasts, struct error *error)
{
	const struct desk *desk = chase->desk;
	struct store *store = desk->ledger->store;
	GPtrArray *mails = outbox_list_of_receivable(store, chase->receivable->id, error);
	GPtrArray *messages = mails ? message_list_of_receivable(store, chase->receivable->id, error) : NULL;
	for (guint i = 0; messages && i < mails->len; i++) {
		const struct outbox *mail = mails->pdata[i];
		if (mail_has_left(mail))
			add_past(pasts, zone_date(desk->site->zone, mail->submitted_at),
			    g_strdup_printf("%s sent to %s", mail->step, mail->recipients));
	}
	for (guint i = 0; messages && i < messages->len; i++) {
		const struct message_row *message = messages->pdata[i];
		if (strcmp(message->direction, "incoming") == 0)
			add_past(pasts, zone_date(desk->site->zone, message->received_at),
			    g_strdup_printf("%s wrote: %s",
				message->from_address ? message->from_address : "they",
				message->intent ? message->intent : message->kind));
	}
	bool done = messages;
	rows_free(&outbox_table, mails);
	rows_free(&message_table, messages);
	return done;
}

static bool add_history(const struct chase *chase, GString *text, struct error *error)
{
	GArray *pasts = g_array_new(FALSE, FALSE, sizeof(struct past));
	g_array_set_clear_func(pasts, past_clear);
	collect_promises(chase, pasts);
	bool done = collect_mails(chase, pasts, error);
	g_array_sort(pasts, latest_first);
	for (guint i = 0; i < pasts->len && i < HISTORY_LINES; i++) {
		const struct past *past = &g_array_index(pasts, struct past, i);
		char day[DATE_TEXT_SIZE];
		g_string_append_printf(text, "\n%s %s", date_format(past->on, day), past->text);
	}
	g_array_unref(pasts);
	return done;
}

char *call_text(const struct chase *chase, const GPtrArray *others, struct error *error)
{
	GString *text = g_string_new(NULL);
	add_contacts(chase, text);
	add_amounts(chase, text);
	for (guint i = 0; others && i < others->len; i++)
		if (others->pdata[i] != chase)
			add_amounts(others->pdata[i], text);
	bool done = add_history(chase, text, error);
	g_string_append(text, "\nask: on which day and by what means it is paid; whether the invoice is "
			      "there, and what holds it");
	return g_string_free(text, !done);
}

static bool note_step(const struct chase *chase, const struct step_config *step, struct error *error)
{
	struct event_about about = {
	    .customer = chase->receivable->customer, .receivable = chase->receivable->id};
	json_t *body = json_pack("{s:s, s:s}", "step", step->name, "how", "task");
	if (chase->line)
		json_object_set_new(body, "line", json_integer((json_int_t)chase->line));
	return journal_append(chase->desk->ledger, EVENT_STEP_DONE, about, body, NULL, error);
}

/* Due lines of one invoice stand together. */
static guint count_invoices(const GPtrArray *chases)
{
	guint count = 0;
	for (guint i = 0; i < chases->len; i++) {
		const struct chase *chase = chases->pdata[i], *before = i ? chases->pdata[i - 1] : NULL;
		count += !before || before->receivable->id != chase->receivable->id;
	}
	return count;
}

/* TOGETHER: the chases of one call, CHASE among them; NULL: it alone. */
static bool open_task(
    const struct chase *chase, const struct step_config *step, const GPtrArray *together, struct error *error)
{
	struct ledger *ledger = chase->desk->ledger;
	g_autofree char *title = task_title(chase, step, together ? count_invoices(together) - 1 : 0);
	g_autofree char *detail = call_text(chase, together, error);
	if (!detail)
		return false;
	struct task_draft draft = {
	    .company = chase->receivable->company,
	    .kind = task_kind(step),
	    .customer = chase->receivable->customer,
	    .receivable = chase->receivable->id,
	    .title = title,
	    .detail = detail,
	    .due_on = ledger->today,
	    .line = chase->line,
	};
	return act_open_task(ledger, &draft, NULL, error);
}

struct due_step {
	struct chase chase;
	const struct step_config *step;
};

static void due_step_free(void *data)
{
	struct due_step *due = data;
	chase_clear(&due->chase);
	g_free(due);
}

/* The step of what CHASE is seen through, if it is due and free; NULL: none. */
static bool due_and_free(const struct chase *chase, const struct step_config **step, struct error *error)
{
	struct desk *desk = chase->desk;
	struct ladder_step next;
	struct guard_verdict held = {0};
	*step = NULL;
	if (!chase_next_step(chase, &next) || next.step->channel == CHANNEL_MAIL ||
	    next.due_on > desk->ledger->today)
		return true;
	struct guard_question question = {desk, chase, next.step, desk->ledger->today, 0};
	if (!guard_first(&question, GUARD_CASE | GUARD_MOMENT, &held, error))
		return false;
	*step = held.name ? NULL : next.step;
	return true;
}

/* Adds the steps of the receivable that are due and free to STEPS: of its due lines those that are at the
 * same step. One that is further or less far waits until that is done. */
static bool look_at(
    struct desk *desk, const struct receivable *receivable, GPtrArray *steps, struct error *error)
{
	struct chase chase;
	const struct step_config *first = NULL, *step;
	if (!chase_init(&chase, desk, receivable, error))
		return false;
	bool done = true;
	do {
		done = due_and_free(&chase, &step, error);
		if (!done || !step || (first && step != first))
			continue;
		first = step;
		struct due_step *due = g_new0(struct due_step, 1);
		due->step = step;
		done = chase_init(&due->chase, desk, receivable, error);
		if (done)
			chase_select(&due->chase, chase.line);
		g_ptr_array_add(steps, due);
	} while (done && chase_next_line(&chase));
	chase_clear(&chase);
	return done;
}

static GPtrArray *calls_among(const GPtrArray *steps)
{
	GPtrArray *calls = g_ptr_array_new();
	for (guint i = 0; i < steps->len; i++) {
		struct due_step *due = steps->pdata[i];
		if (due->step->channel == CHANNEL_CALL)
			g_ptr_array_add(calls, &due->chase);
	}
	return calls;
}

static bool take(const GPtrArray *steps, int64_t *tasks, struct error *error)
{
	GPtrArray *calls = calls_among(steps);
	bool done = true;
	for (guint i = 0; done && i < steps->len; i++) {
		struct due_step *due = steps->pdata[i];
		bool is_call = due->step->channel == CHANNEL_CALL;
		const struct due_step *before = i ? steps->pdata[i - 1] : NULL;
		bool is_first = !before || before->chase.receivable->id != due->chase.receivable->id;
		if (is_call ? calls->pdata[0] == &due->chase : is_first) {
			done = open_task(&due->chase, due->step, is_call ? calls : NULL, error);
			++*tasks;
		}
		done = done && note_step(&due->chase, due->step, error);
	}
	g_ptr_array_unref(calls);
	return done;
}

bool task_steps_take(
    struct ledger *ledger, const struct dunning_site *site, int64_t id, int64_t *tasks, struct error *error)
{
	struct desk desk;
	if (!desk_init(&desk, ledger, site, error))
		return false;
	struct desk_customer *customer = desk_customer(&desk, id, error);
	GPtrArray *steps = g_ptr_array_new_with_free_func(due_step_free);
	bool done = customer;
	for (guint i = 0; done && i < customer->open->len; i++)
		if (receivable_is_chased(ledger->config, customer->open->pdata[i]))
			done = look_at(&desk, customer->open->pdata[i], steps, error);
	done = done && take(steps, tasks, error);
	g_ptr_array_unref(steps);
	desk_clear(&desk);
	ledger_touch_customer(ledger, id);
	return done;
}
