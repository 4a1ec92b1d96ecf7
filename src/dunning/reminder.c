#include "base/base.h"
#include "dunning/reminder.h"

#include "dunning/credit_shares.h"
#include "dunning/guards.h"
#include "dunning/notation.h"

static void item_free(void *data)
{
	struct reminder_item *item = data;
	chase_clear(&item->chase);
	g_free(item);
}

void reminder_clear(struct reminder *reminder)
{
	g_clear_pointer(&reminder->items, g_ptr_array_unref);
	g_clear_pointer(&reminder->credits, g_array_unref);
	g_clear_pointer(&reminder->own, g_ptr_array_unref);
	*reminder = (struct reminder){0};
}

static void start(struct reminder *reminder, struct desk *desk, struct desk_customer *customer)
{
	*reminder = (struct reminder){.desk = desk, .customer = customer};
	reminder->items = g_ptr_array_new_with_free_func(item_free);
	reminder->credits = g_array_new(FALSE, FALSE, sizeof(struct credit_share));
	reminder->language = customer->language;
	reminder->notation = notation_tag(customer->language, customer->country);
}

/* What of it is asked for: what is overdue; before the due date, what comes next. */
static int64_t amount_of(const struct chase *chase)
{
	const struct standing *standing = &chase->standing;
	bool before_due = standing->due_on >= chase->desk->ledger->today;
	int64_t free = standing->open - standing->disputed;
	return before_due ? MIN(free, standing->line_open) : standing->overdue;
}

/*
 * Whether the item belongs into the mail, and its step there (NULL: listed only). A step that is due passes
 * every guard; one that is listed or taken along passes those of the case.
 */
static bool judge(const struct chase *chase, enum guard_scope scope, const struct step_config **step,
    bool *due, bool *belongs, struct error *error)
{
	const struct ledger *ledger = chase->desk->ledger;
	struct ladder_step next;
	struct guard_verdict verdict;
	*step = NULL;
	*due = *belongs = false;
	if (chase_next_step(chase, &next) && next.step->channel == CHANNEL_MAIL) {
		*due = next.due_on <= ledger->today;
		/* a formal step has its day: it is not hastened, nor does it push aside what is due today */
		bool soon = chase->standing.overdue > 0 && !step_is_formal(next.step) &&
			    next.due_on <= ledger->today + ledger->config->minimum_gap;
		if (*due || soon)
			*step = next.step;
	}
	struct guard_question question = {chase->desk, chase, *step, ledger->today, 0};
	if (!guard_first(&question, *due ? scope : GUARD_CASE, &verdict, error))
		return false;
	*belongs = !verdict.name && amount_of(chase) > ledger->config->tolerance &&
		   (*due || chase->standing.overdue > 0);
	*due = *due && *belongs;
	return true;
}

/* An item for due line LINE of RECEIVABLE; NULL with ERROR. */
static struct reminder_item *add_item(struct reminder *reminder, const struct receivable *receivable,
    int64_t line, const struct step_config *step, struct error *error)
{
	struct reminder_item *item = g_new0(struct reminder_item, 1);
	if (!chase_init(&item->chase, reminder->desk, receivable, error)) {
		g_free(item);
		return NULL;
	}
	chase_select(&item->chase, line);
	item->step = step;
	item->amount = amount_of(&item->chase);
	g_ptr_array_add(reminder->items, item);
	return item;
}

/* Its due lines that belong into the mail, but for LEAD (0: none is left out). */
static bool add_items(struct reminder *reminder, const struct receivable *receivable, enum guard_scope scope,
    int64_t lead, bool *any_due, struct error *error)
{
	struct chase chase;
	bool done = true;
	if (!chase_init(&chase, reminder->desk, receivable, error))
		return false;
	do {
		const struct step_config *step;
		bool due, belongs;
		if (lead && chase.line == lead)
			continue;
		done = judge(&chase, scope, &step, &due, &belongs, error);
		*any_due = *any_due || (done && due);
		if (done && belongs)
			done = add_item(reminder, receivable, chase.line, step, error);
	} while (done && chase_next_line(&chase));
	chase_clear(&chase);
	return done;
}

static int rank(const struct reminder_item *item)
{
	return item->step ? ladder_index(item->chase.ladder, item->step->name) : -1;
}

static void find_lead(struct reminder *reminder)
{
	reminder->lead = NULL;
	for (guint i = 0; i < reminder->items->len; i++) {
		struct reminder_item *item = reminder->items->pdata[i];
		if (item->step && (!reminder->lead || rank(item) > rank(reminder->lead)))
			reminder->lead = item;
	}
}

/* A formal step speaks of nothing but what it is about. */
static void keep_formal_alone(struct reminder *reminder)
{
	if (!reminder->lead || !step_is_formal(reminder->lead->step))
		return;
	for (guint i = reminder->items->len; i-- > 0;) {
		const struct reminder_item *item = reminder->items->pdata[i];
		if (item->step != reminder->lead->step)
			g_ptr_array_remove_index(reminder->items, i);
	}
}

static int by_due_date(const void *a, const void *b)
{
	const struct reminder_item *left = *(struct reminder_item *const *)a,
				   *right = *(struct reminder_item *const *)b;
	if (left->chase.standing.due_on != right->chase.standing.due_on)
		return left->chase.standing.due_on < right->chase.standing.due_on ? -1 : 1;
	if (left->chase.receivable->id != right->chase.receivable->id)
		return left->chase.receivable->id < right->chase.receivable->id ? -1 : 1;
	return left->chase.line < right->chase.line ? -1 : left->chase.line > right->chase.line;
}

bool reminder_net_credits(struct reminder *reminder, struct error *error)
{
	GArray *shares = credit_shares(reminder, error);
	if (!shares)
		return false;
	g_array_unref(reminder->credits);
	reminder->credits = shares;
	for (guint i = 0; i < shares->len; i++) {
		const struct credit_share *share = &g_array_index(shares, struct credit_share, i);
		reminder->total -= share->asked ? share->amount : 0;
	}
	return true;
}

static bool finish(struct reminder *reminder, struct error *error)
{
	find_lead(reminder);
	keep_formal_alone(reminder);
	g_ptr_array_sort(reminder->items, by_due_date);
	for (guint i = 0; i < reminder->items->len; i++)
		reminder->total += ((const struct reminder_item *)reminder->items->pdata[i])->amount;
	return reminder_net_credits(reminder, error);
}

static bool collect_currency(struct reminder *reminder, struct desk *desk, struct desk_customer *customer,
    const char *currency, struct error *error)
{
	start(reminder, desk, customer);
	reminder->currency = currency;
	bool any_due = false;
	for (guint i = 0; i < customer->open->len; i++) {
		const struct receivable *receivable = customer->open->pdata[i];
		if (receivable_is_chased(desk->ledger->config, receivable) &&
		    strcmp(receivable->currency, currency) == 0 &&
		    !add_items(reminder, receivable, GUARD_ANY, 0, &any_due, error)) {
			reminder_clear(reminder);
			return false;
		}
	}
	if (any_due && !finish(reminder, error)) {
		reminder_clear(reminder);
		return false;
	}
	return true;
}

bool reminder_collect(struct reminder *reminder, struct desk *desk, int64_t id, struct error *error)
{
	struct desk_customer *customer = desk_customer(desk, id, error);
	if (!customer)
		return false;
	start(reminder, desk, customer);
	for (guint i = 0; i < customer->open->len && !reminder->lead; i++) {
		const char *currency = ((const struct receivable *)customer->open->pdata[i])->currency;
		bool tried = false;
		for (guint j = 0; j < i && !tried; j++)
			tried = strcmp(((const struct receivable *)customer->open->pdata[j])->currency,
				    currency) == 0;
		if (tried)
			continue;
		reminder_clear(reminder);
		if (!collect_currency(reminder, desk, customer, currency, error))
			return false;
	}
	return true;
}

/* Which of RECEIVABLE's due lines STEP would be taken for: its earliest that is not paid. */
static bool find_line(
    struct desk *desk, const struct receivable *receivable, int64_t *line, struct error *error)
{
	struct chase chase;
	if (!chase_init(&chase, desk, receivable, error))
		return false;
	*line = chase.line;
	chase_clear(&chase);
	return true;
}

bool reminder_collect_for(struct reminder *reminder, struct desk *desk, int64_t receivable,
    const struct step_config *step, struct error *error)
{
	struct receivable row;
	bool found, any_due = false, done = true;
	int64_t line = 0;
	if (!receivable_get(desk->ledger->store, receivable, &row, &found, error))
		return false;
	if (!found)
		return error_set(error, STATUS_NO, "there is no receivable %lld", (long long)receivable);
	struct desk_customer *customer = desk_customer(desk, row.customer, error);
	row_clear(&receivable_table, &row);
	if (!customer)
		return false;
	start(reminder, desk, customer);
	for (guint i = 0; i < customer->open->len; i++) {
		const struct receivable *one = customer->open->pdata[i];
		if (one->id == receivable)
			reminder->currency = one->currency;
	}
	if (!reminder->currency) {
		reminder_clear(reminder);
		return error_set(error, STATUS_NO, "it is not open");
	}
	for (guint i = 0; done && i < customer->open->len; i++) {
		const struct receivable *one = customer->open->pdata[i];
		bool is_lead = one->id == receivable;
		if (is_lead)
			done =
			    find_line(desk, one, &line, error) && add_item(reminder, one, line, step, error);
		if (done && (!is_lead || line) && receivable_is_chased(desk->ledger->config, one) &&
		    strcmp(one->currency, reminder->currency) == 0)
			done = add_items(reminder, one, GUARD_CASE, is_lead ? line : 0, &any_due, error);
	}
	if (!done || !finish(reminder, error)) {
		reminder_clear(reminder);
		return false;
	}
	for (guint i = 0; i < reminder->items->len; i++) {
		struct reminder_item *item = reminder->items->pdata[i];
		if (item->chase.receivable->id == receivable && item->chase.line == line)
			reminder->lead = item;
	}
	return true;
}

static const struct step_config *find_step(const struct chase *chase, const char *name, struct error *error)
{
	const struct ladder_config *ladder = chase->ladder;
	struct ladder_step next;
	if (name) {
		int index = ladder ? ladder_index(ladder, name) : -1;
		if (index < 0)
			error_set(error, STATUS_NO, "its ladder has no step \"%s\"", name);
		return index < 0 ? NULL : &ladder->steps[index];
	}
	if (chase_next_step(chase, &next))
		return next.step;
	error_set(error, STATUS_NO, "its ladder has no further step");
	return NULL;
}

bool reminder_collect_named(struct reminder *reminder, struct desk *desk, const struct receivable *receivable,
    const char *name, struct error *error)
{
	struct chase chase;
	if (receivable->open <= 0)
		return error_set(error, STATUS_NO, "%s: nothing of it is to be paid", receivable->number);
	if (!chase_init(&chase, desk, receivable, error))
		return false;
	const struct step_config *step = find_step(&chase, name, error);
	chase_clear(&chase);
	if (step && step->channel != CHANNEL_MAIL && step->channel != CHANNEL_LETTER)
		return error_set(error, STATUS_NO,
		    "%s: its step \"%s\" is work for a person: no mail, no letter", receivable->number,
		    step->name);
	return step && reminder_collect_for(reminder, desk, receivable->id, step, error);
}

static void receivable_free(void *data)
{
	row_clear(&receivable_table, data);
	g_free(data);
}

/* The receivable, owned by the reminder; NULL with ERROR. */
static const struct receivable *load_own(
    struct reminder *reminder, struct store *store, int64_t id, struct error *error)
{
	bool found;
	struct receivable *row = g_new0(struct receivable, 1);
	if (!receivable_get(store, id, row, &found, error) ||
	    (!found && !error_set(error, STATUS_NO, "there is no receivable %lld", (long long)id))) {
		g_free(row);
		return NULL;
	}
	g_ptr_array_add(reminder->own, row);
	return row;
}

/* All that is open of it, or of a due line of it, and not disputed. */
static bool add_own_item(
    struct reminder *reminder, const struct receivable *receivable, int64_t line, struct error *error)
{
	struct reminder_item *item = add_item(reminder, receivable, line, NULL, error);
	if (!item)
		return false;
	item->amount = item->chase.standing.open - item->chase.standing.disputed;
	reminder->total += item->amount;
	if (!reminder->lead)
		reminder->lead = item;
	return true;
}

/* ON: the day on which its due lines came to the occasion's step; DATE_NONE: on any. */
static bool add_own(
    struct reminder *reminder, const struct receivable *receivable, date_t on, struct error *error)
{
	const struct receivable *first = reminder->own->pdata[0];
	if (receivable->customer != first->customer || strcmp(receivable->currency, first->currency) != 0)
		return error_set(error, STATUS_NO, "%s and %s are not of one customer and currency",
		    first->number, receivable->number);
	struct chase chase;
	if (!chase_init(&chase, reminder->desk, receivable, error))
		return false;
	const char *step = reminder->occasion->line_step;
	bool done = true, by_lines = step && chase.line;
	if (by_lines)
		do {
			bool is = chase.last_step && strcmp(chase.last_step, step) == 0 &&
				  (on == DATE_NONE || chase.last_step_on == on);
			done = !is || add_own_item(reminder, receivable, chase.line, error);
		} while (done && chase_next_line(&chase));
	chase_clear(&chase);
	return done && (by_lines || add_own_item(reminder, receivable, 0, error));
}

bool reminder_collect_occasion(struct reminder *reminder, struct desk *desk, const int64_t *receivables,
    size_t count, const struct reminder_occasion *occasion, struct error *error)
{
	*reminder = (struct reminder){.own = g_ptr_array_new_with_free_func(receivable_free)};
	bool done = count > 0 || error_set(error, STATUS_NO, "about no invoice");
	for (size_t i = 0; done && i < count; i++) {
		const struct receivable *row = load_own(reminder, desk->ledger->store, receivables[i], error);
		struct desk_customer *customer = row ? desk_customer(desk, row->customer, error) : NULL;
		done = customer;
		if (done && i == 0) {
			GPtrArray *own = reminder->own;
			start(reminder, desk, customer);
			reminder->own = own;
			reminder->occasion = occasion;
			reminder->currency = row->currency;
		}
		date_t on = occasion->line_on ? occasion->line_on[i] : DATE_NONE;
		done = done && add_own(reminder, row, on, error);
	}
	if (done && !reminder->lead)
		done = error_set(error, STATUS_NO, "%s: nothing of it that is not paid had the step \"%s\"",
		    ((const struct receivable *)reminder->own->pdata[0])->number, occasion->line_step);
	if (done)
		g_ptr_array_sort(reminder->items, by_due_date);
	else
		reminder_clear(reminder);
	return done;
}

bool reminder_is_first(const struct reminder *reminder, const struct reminder_item *item)
{
	for (guint i = 0; i < reminder->items->len && reminder->items->pdata[i] != item; i++) {
		const struct reminder_item *other = reminder->items->pdata[i];
		if (other->chase.receivable->id == item->chase.receivable->id)
			return false;
	}
	return true;
}

guint reminder_invoices(const struct reminder *reminder)
{
	guint count = 0;
	for (guint i = 0; i < reminder->items->len; i++)
		count += reminder_is_first(reminder, reminder->items->pdata[i]);
	return count;
}

const char *reminder_template(const struct reminder *reminder)
{
	if (reminder->occasion)
		return reminder->occasion->template;
	/* whoever broke his word is reminded of it, on whatever step; a formal notice has its own words */
	const struct reminder_item *lead = reminder->lead;
	bool broken = lead->chase.broken_on != DATE_NONE && lead->step->channel == CHANNEL_MAIL &&
		      !step_is_formal(lead->step);
	return broken ? "broken" : lead->step->template;
}

bool reminder_is_formal(const struct reminder *reminder)
{
	const struct step_config *step = reminder->occasion ? reminder->occasion->step : reminder->lead->step;
	return step && step_is_formal(step);
}
