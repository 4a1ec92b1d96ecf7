#include "base/base.h"
#include "dunning/claims.h"

#include "dunning/claims_before.h"
#include "dunning/credit_shares.h"
#include "ledger/interest_book.h"

/* Its due lines that the reminder is about, into LINES (of int64_t); none: all of it. */
static void find_lines(const struct reminder *reminder, const struct reminder_item *item, GArray *lines)
{
	for (guint i = 0; i < reminder->items->len; i++) {
		const struct reminder_item *other = reminder->items->pdata[i];
		if (other->chase.receivable->id == item->chase.receivable->id && other->chase.line)
			g_array_append_val(lines, other->chase.line);
	}
}

/* The day from which on a credit was there: of a credit note that of its issue, of what was paid too much
 * that of the last payment. */
static bool day_of_credit(
    struct store *store, const struct receivable *credit, date_t *on, struct error *error)
{
	*on = credit->issue_date;
	if (strcmp(credit->kind, "credit_note") == 0 && *on != DATE_NONE)
		return true;
	GPtrArray *entries = entry_list(store, credit->id, error);
	for (guint i = 0; entries && i < entries->len; i++) {
		const struct entry *entry = entries->pdata[i];
		if (entry->amount < 0 && (*on == DATE_NONE || entry->entered_on > *on))
			*on = entry->entered_on;
	}
	bool done = entries;
	rows_free(&entry_table, entries);
	return done;
}

/* What of open credits the reminder takes off the item's invoice, into CREDITS (of struct interest_payment).
 */
static bool find_credits(
    const struct reminder *reminder, const struct reminder_item *item, GArray *credits, struct error *error)
{
	for (guint i = 0; i < reminder->credits->len; i++) {
		const struct credit_share *share = &g_array_index(reminder->credits, struct credit_share, i);
		struct interest_payment payment = {.amount = share->amount};
		if (share->receivable != item->chase.receivable->id)
			continue;
		if (!day_of_credit(reminder->desk->ledger->store, share->credit, &payment.on, error))
			return false;
		g_array_append_val(credits, payment);
	}
	return true;
}

static void add_lines(struct claims *claims, const struct receivable *receivable,
    const struct interest *interest, int64_t claimed)
{
	const struct interest_line *first =
	    interest->lines->len ? &g_array_index(interest->lines, struct interest_line, 0) : NULL;
	bool parts = false;
	for (guint i = 0; i < interest->lines->len; i++)
		parts =
		    parts || g_array_index(interest->lines, struct interest_line, i).due_on != first->due_on;
	for (guint i = 0; i < interest->lines->len; i++) {
		struct claim_line line = {
		    receivable, g_array_index(interest->lines, struct interest_line, i), 0, parts};
		g_array_append_val(claims->lines, line);
	}
	if (claimed && interest->lines->len) {
		struct claim_line line = {receivable, {0}, MIN(claimed, interest->interest), false};
		g_array_append_val(claims->lines, line);
	}
}

/* What of the interest on the lines of SCOPE was claimed: as much as they bore when it was, and never so
 * little that with what is asked for now the whole invoice would be asked for more than it bears. */
static bool claimed_of_lines(const struct ledger *ledger, const struct rates *rates,
    const struct receivable *receivable, const struct interest_scope *scope, int64_t interest,
    const struct interest_in_books *books, int64_t *claimed, struct error *error)
{
	const struct interest_rule *rule;
	struct interest then, whole;
	struct interest_scope at_claim = *scope, all = *scope;
	*claimed = books->interest;
	if (!scope->line_count || books->interest <= 0)
		return true;
	at_claim.to = books->on;
	all.line_count = 0;
	if (!interest_of_receivable(ledger, rates, receivable, &at_claim, &rule, &then, NULL, error))
		return false;
	*claimed = MIN(then.interest, books->interest);
	interest_clear(&then);
	if (!interest_of_receivable(ledger, rates, receivable, &all, &rule, &whole, NULL, error))
		return false;
	int64_t to_come = MAX(whole.interest - books->interest, 0);
	interest_clear(&whole);
	*claimed = MAX(*claimed, interest - to_come);
	return true;
}

static bool add_item(const struct reminder *reminder, const struct rates *rates,
    const struct reminder_item *item, const struct interest_scope *scope, struct claims *claims,
    struct error *error)
{
	const struct ledger *ledger = reminder->desk->ledger;
	const struct receivable *receivable = item->chase.receivable;
	const struct interest_rule *rule;
	struct interest interest;
	struct interest_in_books books;
	int64_t claimed;
	bool asked;
	if (!interest_claimed(ledger->store, receivable->id, &books, error) ||
	    !interest_of_receivable(ledger, rates, receivable, scope, &rule, &interest, NULL, error))
		return false;
	bool done =
	    claimed_of_lines(ledger, rates, receivable, scope, interest.interest, &books, &claimed, error) &&
	    was_claimed_with_others(&item->chase, scope, &asked, error);
	if (done) {
		add_lines(claims, receivable, &interest, claimed);
		/* what was claimed is open in the books already */
		int64_t compensation = asked ? 0 : MAX(interest.compensation - books.compensation, 0);
		claims->interest += MAX(interest.interest - claimed, 0);
		claims->compensation += compensation;
		if (receivable->id == reminder->lead->chase.receivable->id) {
			claims->each = compensation;
			if (interest.lines->len)
				claims->rate = g_array_index(
				    interest.lines, struct interest_line, interest.lines->len - 1)
						   .rate;
		}
	}
	interest_clear(&interest);
	return done;
}

static bool add_receivable(const struct reminder *reminder, const struct rates *rates,
    const struct reminder_item *item, struct claims *claims, struct error *error)
{
	const struct receivable *receivable = item->chase.receivable;
	if (receivable->interest && strcmp(receivable->interest, "waive") == 0)
		return true;
	GArray *lines = g_array_new(FALSE, FALSE, sizeof(int64_t));
	GArray *credits = g_array_new(FALSE, FALSE, sizeof(struct interest_payment));
	find_lines(reminder, item, lines);
	bool done = find_credits(reminder, item, credits, error);
	const struct interest_scope scope = {reminder->desk->ledger->today,
	    (const int64_t *)(const void *)lines->data, lines->len,
	    (const struct interest_payment *)(const void *)credits->data, credits->len};
	done = done && add_item(reminder, rates, item, &scope, claims, error);
	g_array_unref(lines);
	g_array_unref(credits);
	return done;
}

bool claims_compute(const struct reminder *reminder, struct claims *claims, struct error *error)
{
	*claims = (struct claims){.lines = g_array_new(FALSE, FALSE, sizeof(struct claim_line))};
	const struct desk_customer *customer = reminder->customer;
	claims->rule = interest_rule_for(customer->company->country, customer->row.kind);
	if (!claims->rule)
		return true;
	struct rates *rates = rates_load(reminder->desk->ledger->config, error);
	bool done = rates;
	for (guint i = 0; done && i < reminder->items->len; i++)
		done = !reminder_is_first(reminder, reminder->items->pdata[i]) ||
		       add_receivable(reminder, rates, reminder->items->pdata[i], claims, error);
	rates_free(rates);
	if (!done)
		claims_clear(claims);
	return done;
}

void claims_clear(struct claims *claims)
{
	g_clear_pointer(&claims->lines, g_array_unref);
}
