#include "base/base.h"
#include "dunning/credit_shares.h"

/* A debt, or a due line of one. */
struct debt {
	int64_t receivable, line, amount;
	date_t due_on;
	bool asked;
};

static bool is_asked(const struct reminder *reminder, int64_t receivable, int64_t line)
{
	for (guint i = 0; i < reminder->items->len; i++) {
		const struct chase *chase = &((const struct reminder_item *)reminder->items->pdata[i])->chase;
		if (chase->receivable->id == receivable && (!chase->line || chase->line == line))
			return true;
	}
	return false;
}

static void add_asked(const struct reminder *reminder, GArray *debts)
{
	for (guint i = 0; i < reminder->items->len; i++) {
		const struct reminder_item *item = reminder->items->pdata[i];
		const struct chase *chase = &item->chase;
		struct debt debt = {
		    chase->receivable->id, chase->line, item->amount, chase->standing.due_on, true};
		g_array_append_val(debts, debt);
	}
}

/* The overdue lines of RECEIVABLE that the reminder is not about. */
static bool add_others(
    const struct reminder *reminder, const struct receivable *receivable, GArray *debts, struct error *error)
{
	struct chase chase;
	if (!chase_init(&chase, reminder->desk, receivable, error))
		return false;
	do {
		struct debt debt = {
		    receivable->id, chase.line, chase.standing.overdue, chase.standing.due_on, false};
		if (debt.amount > 0 && !is_asked(reminder, receivable->id, chase.line))
			g_array_append_val(debts, debt);
	} while (chase_next_line(&chase));
	chase_clear(&chase);
	return true;
}

static gint by_due_date(gconstpointer a, gconstpointer b)
{
	const struct debt *left = a, *right = b;
	if (left->due_on != right->due_on)
		return left->due_on < right->due_on ? -1 : 1;
	if (left->receivable != right->receivable)
		return left->receivable < right->receivable ? -1 : 1;
	return left->line < right->line ? -1 : left->line > right->line;
}

static void share_out(const struct receivable *credit, GArray *debts, GArray *shares)
{
	int64_t left = -credit->open;
	for (guint i = 0; i < debts->len && left > 0; i++) {
		struct debt *debt = &g_array_index(debts, struct debt, i);
		struct credit_share share = {
		    credit, debt->receivable, debt->line, MIN(left, MAX(debt->amount, 0)), debt->asked};
		debt->amount -= share.amount;
		left -= share.amount;
		if (share.amount)
			g_array_append_val(shares, share);
	}
}

static bool is_credit(const struct reminder *reminder, const struct receivable *receivable)
{
	return receivable->open < 0 && strcmp(receivable->currency, reminder->currency) == 0;
}

GArray *credit_shares(const struct reminder *reminder, struct error *error)
{
	const GPtrArray *open = reminder->customer->open;
	GArray *shares = g_array_new(FALSE, FALSE, sizeof(struct credit_share));
	bool done = true, any = false;
	for (guint i = 0; i < open->len; i++)
		any = any || is_credit(reminder, open->pdata[i]);
	if (!any)
		return shares;
	GArray *debts = g_array_new(FALSE, FALSE, sizeof(struct debt));
	add_asked(reminder, debts);
	for (guint i = 0; done && i < open->len; i++) {
		const struct receivable *one = open->pdata[i];
		if (receivable_is_chased(reminder->desk->ledger->config, one) &&
		    strcmp(one->currency, reminder->currency) == 0)
			done = add_others(reminder, one, debts, error);
	}
	g_array_sort(debts, by_due_date);
	for (guint i = 0; done && i < open->len; i++)
		if (is_credit(reminder, open->pdata[i]))
			share_out(open->pdata[i], debts, shares);
	g_array_unref(debts);
	if (!done)
		g_clear_pointer(&shares, g_array_unref);
	return shares;
}

bool credit_covered(const struct chase *chase, int64_t *covered, struct error *error)
{
	struct reminder about_nothing = {.desk = chase->desk,
	    .customer = chase->customer,
	    .currency = chase->receivable->currency,
	    .items = g_ptr_array_new()};
	GArray *shares = credit_shares(&about_nothing, error);
	*covered = 0;
	for (guint i = 0; shares && i < shares->len; i++) {
		const struct credit_share *share = &g_array_index(shares, struct credit_share, i);
		if (share->receivable == chase->receivable->id && share->line == chase->line)
			*covered += share->amount;
	}
	bool done = shares;
	g_clear_pointer(&shares, g_array_unref);
	g_ptr_array_unref(about_nothing.items);
	return done;
}
