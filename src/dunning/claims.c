#include "base/base.h"
#include "dunning/claims.h"

#include "ledger/interest_book.h"

static void add_lines(struct claims *claims, const struct receivable *receivable,
    const struct interest *interest, int64_t claimed)
{
	for (guint i = 0; i < interest->lines->len; i++) {
		struct claim_line line = {
		    receivable, g_array_index(interest->lines, struct interest_line, i), 0};
		g_array_append_val(claims->lines, line);
	}
	if (claimed && interest->lines->len) {
		struct claim_line line = {receivable, {0}, MIN(claimed, interest->interest)};
		g_array_append_val(claims->lines, line);
	}
}

/* What of the whole invoice is disputed: nobody is asked for interest on it before that is settled. */
static int64_t disputed_of(const struct chase *chase)
{
	int64_t open = MAX(chase->receivable->open, 0), sum = 0;
	for (guint i = 0; i < chase->disputes->len; i++) {
		const struct dispute *dispute = chase->disputes->pdata[i];
		sum += dispute->amount ? dispute->amount : open;
	}
	return MIN(sum, open);
}

static bool add_item(const struct reminder *reminder, const struct rates *rates,
    const struct reminder_item *item, struct claims *claims, struct error *error)
{
	const struct ledger *ledger = reminder->desk->ledger;
	const struct interest_rule *rule;
	struct interest interest;
	const struct receivable *receivable = item->chase.receivable;
	int64_t claimed, claimed_compensation;
	if (receivable->interest && strcmp(receivable->interest, "waive") == 0)
		return true;
	if (!interest_claimed(ledger->store, receivable->id, &claimed, &claimed_compensation, error) ||
	    !interest_of_receivable(
		ledger, rates, receivable, ledger->today, disputed_of(&item->chase), &rule, &interest, error))
		return false;
	add_lines(claims, receivable, &interest, claimed);
	/* what was claimed is open in the books already */
	interest.interest = MAX(interest.interest - claimed, 0);
	interest.compensation = MAX(interest.compensation - claimed_compensation, 0);
	claims->interest += interest.interest;
	claims->compensation += interest.compensation;
	if (receivable->id == reminder->lead->chase.receivable->id) {
		claims->each = interest.compensation;
		if (interest.lines->len)
			claims->rate =
			    g_array_index(interest.lines, struct interest_line, interest.lines->len - 1).rate;
	}
	interest_clear(&interest);
	return true;
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
		       add_item(reminder, rates, reminder->items->pdata[i], claims, error);
	rates_free(rates);
	if (!done)
		claims_clear(claims);
	return done;
}

void claims_clear(struct claims *claims)
{
	g_clear_pointer(&claims->lines, g_array_unref);
}
