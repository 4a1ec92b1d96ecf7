#include "base/base.h"
#include "dunning/task_steps.h"

#include "dunning/guards.h"
#include "ledger/act.h"
#include "ledger/body.h"

/* Lines of history in a call's text. */
#define HISTORY_LINES 3
/* Invoices that a title names. */
#define NUMBERS_MOST 3

static const char *task_kind(const struct step_config *step)
{
	if (step->channel == CHANNEL_CALL)
		return "call";
	if (step->channel == CHANNEL_LETTER)
		return "letter";
	return step->approval || strcmp(step->name, "legal") != 0 ? "approve" : "legal";
}

static char *amount_text(int64_t amount, const struct receivable *receivable)
{
	char text[MONEY_TEXT_SIZE];
	return g_strdup_printf(
	    "%s %s", money_format(money(amount, receivable->currency), text), receivable->currency);
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

/* "F1, F2 and 3 more" */
static char *numbers_text(const GPtrArray *together)
{
	GString *text = g_string_new(NULL);
	guint count = count_invoices(together), named = 0;
	guint most = count > NUMBERS_MOST ? NUMBERS_MOST - 1 : count;
	for (guint i = 0; i < together->len && named < most; i++) {
		const struct chase *chase = together->pdata[i], *before = i ? together->pdata[i - 1] : NULL;
		if (before && before->receivable->id == chase->receivable->id)
			continue;
		g_string_append_printf(text, "%s%s", named++ ? ", " : "", chase->receivable->number);
	}
	if (named < count)
		g_string_append_printf(text, " and %u more", count - named);
	return g_string_free(text, FALSE);
}

/* What is overdue of all, currency by currency: "1238.00 EUR and 50.00 GBP". */
static char *sums_text(const GPtrArray *together)
{
	GString *text = g_string_new(NULL);
	for (guint i = 0; i < together->len; i++) {
		const struct receivable *first = ((const struct chase *)together->pdata[i])->receivable;
		bool told = false;
		int64_t sum = 0;
		for (guint j = 0; j < together->len; j++) {
			const struct chase *chase = together->pdata[j];
			if (strcmp(chase->receivable->currency, first->currency) != 0)
				continue;
			told = told || j < i;
			sum += chase->standing.overdue;
		}
		g_autofree char *amount = amount_text(sum, first);
		if (!told)
			g_string_append_printf(text, "%s%s", text->len ? " and " : "", amount);
	}
	return g_string_free(text, FALSE);
}

static char *task_title(const char *kind, const char *step, const GPtrArray *together)
{
	const struct chase *first = together->pdata[0];
	int days = 0;
	for (guint i = 0; i < together->len; i++) {
		const struct chase *one = together->pdata[i];
		days = MAX(days, one->desk->ledger->today - one->standing.due_on);
	}
	const char *verb = strcmp(kind, "call") == 0	 ? "Call"
			   : strcmp(kind, "letter") == 0 ? "Send a letter to"
							 : "Decide about";
	g_autofree char *numbers = numbers_text(together), *sums = sums_text(together);
	return g_strdup_printf("%s %s: %s, %s overdue for %d day%s (%s)", verb, first->customer->row.name,
	    numbers, sums, days, days == 1 ? "" : "s", step);
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
	int late = chase->desk->ledger->today - standing->due_on;
	if (late > 0)
		g_string_append_printf(text, ", %d day%s late", late, late == 1 ? "" : "s");
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
	if (left != right)
		return left > right ? -1 : 1;
	return strcmp(((const struct past *)a)->text, ((const struct past *)b)->text);
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

/* The last things that happened around any of them; a mail about several is one. */
static bool add_history(const GPtrArray *together, GString *text, struct error *error)
{
	GArray *pasts = g_array_new(FALSE, FALSE, sizeof(struct past));
	g_array_set_clear_func(pasts, past_clear);
	bool done = true;
	for (guint i = 0; done && i < together->len; i++) {
		collect_promises(together->pdata[i], pasts);
		done = collect_mails(together->pdata[i], pasts, error);
	}
	g_array_sort(pasts, latest_first);
	int lines = 0;
	const struct past *before = NULL;
	for (guint i = 0; i < pasts->len && lines < HISTORY_LINES; i++) {
		const struct past *past = &g_array_index(pasts, struct past, i);
		char day[DATE_TEXT_SIZE];
		if (before && before->on == past->on && strcmp(before->text, past->text) == 0)
			continue;
		g_string_append_printf(text, "\n%s %s", date_format(past->on, day), past->text);
		before = past;
		lines++;
	}
	g_array_unref(pasts);
	return done;
}

static void chase_free(void *data)
{
	chase_clear(data);
	g_free(data);
}

char *task_text(const char *kind, const GPtrArray *together, struct error *error)
{
	static const char *const ends[][2] = {
	    {"call", "ask: on which day and by what means it is paid; whether the invoice is there, and what "
		     "holds it"},
	    {"approve", "decide: what is done next; relance task done ends this with your words"},
	    {"legal", "decide: what is done next; relance task done ends this with your words"},
	    {"letter",
		"do: relance print makes the letter; relance posted, with its number, notes that it went"},
	};
	GString *text = g_string_new(NULL);
	add_contacts(together->pdata[0], text);
	for (guint i = 0; i < together->len; i++)
		add_amounts(together->pdata[i], text);
	bool done = add_history(together, text, error);
	for (size_t i = 0; i < ARRAY_LENGTH(ends); i++)
		if (strcmp(ends[i][0], kind) == 0)
			g_string_append_printf(text, "\n%s", ends[i][1]);
	return g_string_free(text, !done);
}

static bool add_chase(struct desk *desk, const struct receivable *receivable, int64_t line,
    GPtrArray *together, struct error *error)
{
	struct chase *chase = g_new0(struct chase, 1);
	if (!chase_init(chase, desk, receivable, error)) {
		g_free(chase);
		return false;
	}
	chase_select(chase, line);
	g_ptr_array_add(together, chase);
	return true;
}

/* Adds RECEIVABLE as TASK is about it: those of its open due lines that had STEP on the day ON, else the
 * whole. */
static bool add_live(struct desk *desk, const struct receivable *receivable, const char *step, date_t on,
    GPtrArray *together, struct error *error)
{
	struct chase chase;
	bool done = true;
	guint before = together->len;
	if (!chase_init(&chase, desk, receivable, error))
		return false;
	do {
		bool had =
		    step && chase.last_step && strcmp(chase.last_step, step) == 0 && chase.last_step_on == on;
		done = !had || add_chase(desk, receivable, chase.line, together, error);
	} while (done && chase_next_line(&chase));
	chase_clear(&chase);
	return done && (together->len > before || add_chase(desk, receivable, 0, together, error));
}

bool task_live_words(
    struct desk *desk, const struct task *task, char **title, char **text, struct error *error)
{
	static const char *const kinds[] = {"call", "letter", "approve", "legal", NULL};
	struct store *store = desk->ledger->store;
	g_autofree char *step = NULL;
	date_t on;
	*title = *text = NULL;
	if (!task->receivable || !task->customer)
		return true;
	if (!task_step(store, task, &step, &on, error))
		return false;
	GPtrArray *members = task_members(store, task, error);
	GPtrArray *together = g_ptr_array_new_with_free_func(chase_free);
	bool done = members;
	for (guint i = 0; done && i < members->len; i++)
		done = add_live(desk, members->pdata[i], step, on, together, error);
	if (done && together->len)
		done = (*text = task_text(task->kind, together, error));
	if (done && together->len && step && g_strv_contains(kinds, task->kind))
		*title = task_title(task->kind, step, together);
	g_ptr_array_unref(together);
	rows_free(&receivable_table, members);
	return done;
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

/* TOGETHER: the chases of one task, CHASE among them. */
static bool open_task(
    const struct chase *chase, const struct step_config *step, const GPtrArray *together, struct error *error)
{
	struct ledger *ledger = chase->desk->ledger;
	g_autofree char *title = task_title(task_kind(step), step->name, together);
	g_autofree char *detail = task_text(task_kind(step), together, error);
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

/* Whether one task is for both: the same call, the same letter, due lines of one invoice. */
static bool is_one_task(const struct due_step *a, const struct due_step *b)
{
	const struct receivable *left = a->chase.receivable, *right = b->chase.receivable;
	if (strcmp(a->step->name, b->step->name) != 0 || a->step->channel != b->step->channel)
		return false;
	return left->id == right->id || a->step->channel == CHANNEL_CALL ||
	       (a->step->channel == CHANNEL_LETTER && strcmp(left->currency, right->currency) == 0);
}

/* The chases of the task that the step at INDEX belongs to. */
static GPtrArray *task_mates(const GPtrArray *steps, guint index)
{
	GPtrArray *mates = g_ptr_array_new();
	for (guint i = 0; i < steps->len; i++) {
		struct due_step *due = steps->pdata[i];
		if (is_one_task(steps->pdata[index], due))
			g_ptr_array_add(mates, &due->chase);
	}
	return mates;
}

static bool take(const GPtrArray *steps, int64_t *tasks, struct error *error)
{
	bool done = true;
	for (guint i = 0; done && i < steps->len; i++) {
		struct due_step *due = steps->pdata[i];
		GPtrArray *mates = task_mates(steps, i);
		if (mates->pdata[0] == &due->chase) {
			done = open_task(&due->chase, due->step, mates, error);
			++*tasks;
		}
		done = done && note_step(&due->chase, due->step, error);
		g_ptr_array_unref(mates);
	}
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
