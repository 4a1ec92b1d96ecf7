#include "base/base.h"
#include "dunning/proposal.h"

static int64_t open_of(const GPtrArray *receivables)
{
	int64_t sum = 0;
	for (guint i = 0; i < receivables->len; i++)
		sum += ((const struct receivable *)receivables->pdata[i])->open;
	return sum;
}

static bool is_one_debt(const GPtrArray *receivables)
{
	const struct receivable *first = receivables->pdata[0];
	for (guint i = 0; i < receivables->len; i++) {
		const struct receivable *one = receivables->pdata[i];
		if (one->customer != first->customer || strcmp(one->currency, first->currency) != 0 ||
		    one->open <= 0)
			return false;
	}
	return true;
}

static int by_day(const void *a, const void *b)
{
	const struct plan_rate *left = a, *right = b;
	return left->due_on < right->due_on ? -1 : left->due_on > right->due_on;
}

/* The rates with their amounts, by day; empty where they are no plan. */
static GArray *complete(const GArray *proposal, const char *currency, int64_t open)
{
	GArray *rates = g_array_new(FALSE, FALSE, sizeof(struct plan_rate));
	int64_t left = open, without = 0;
	bool sound = true;
	for (guint i = 0; i < proposal->len; i++) {
		const struct instalment *part = &g_array_index(proposal, struct instalment, i);
		bool named = !money_is_none(part->amount) && part->amount.minor > 0;
		struct plan_rate rate = {part->date, named ? part->amount.minor : 0};
		sound = sound && part->date != DATE_NONE &&
			(!named || strcmp(part->amount.currency, currency) == 0) &&
			!__builtin_sub_overflow(left, rate.amount, &left);
		without += !named;
		g_array_append_val(rates, rate);
	}
	g_array_sort(rates, by_day);
	sound = sound && (without == 0 || left >= without);
	for (guint i = 0; sound && i < rates->len; i++) {
		struct plan_rate *rate = &g_array_index(rates, struct plan_rate, i);
		if (rate->amount)
			continue;
		rate->amount = left / without; /* the last one takes what does not divide */
		left -= rate->amount;
		without--;
	}
	if (!sound)
		g_array_set_size(rates, 0);
	return rates;
}

/* Takes AMOUNT from the front of RATES: what is taken. */
static GArray *take(GArray *rates, int64_t amount)
{
	GArray *taken = g_array_new(FALSE, FALSE, sizeof(struct plan_rate));
	for (guint i = 0; amount > 0 && i < rates->len; i++) {
		struct plan_rate *rate = &g_array_index(rates, struct plan_rate, i);
		struct plan_rate part = {rate->due_on, rate->amount < amount ? rate->amount : amount};
		if (part.amount == 0)
			continue;
		rate->amount -= part.amount;
		amount -= part.amount;
		g_array_append_val(taken, part);
	}
	return taken;
}

/* What makes more than is open is no plan: the task about the answer remains. */
static bool propose(struct ledger *ledger, const struct receivable *receivable, const GArray *rates,
    int64_t message, struct error *error)
{
	int64_t left = receivable->open + ledger->config->tolerance;
	for (guint i = 0; i < rates->len; i++)
		if (__builtin_sub_overflow(left, g_array_index(rates, struct plan_rate, i).amount, &left) ||
		    left < 0)
			return true;
	return act_propose_plan(ledger, receivable, (const struct plan_rate *)(const void *)rates->data,
	    rates->len, message, NULL, error);
}

static int by_due_date(const void *a, const void *b)
{
	const struct receivable *left = *(struct receivable *const *)a,
				*right = *(struct receivable *const *)b;
	if (left->due_date != right->due_date)
		return left->due_date < right->due_date ? -1 : 1;
	return left->id < right->id ? -1 : left->id > right->id;
}

/* What the rates make together must be what is open of all, to be parted among them. */
static bool propose_each(
    struct ledger *ledger, const GPtrArray *receivables, GArray *rates, int64_t message, struct error *error)
{
	int64_t rest = open_of(receivables);
	for (guint i = 0; i < rates->len; i++)
		rest -= g_array_index(rates, struct plan_rate, i).amount;
	if (rest > ledger->config->tolerance || -rest > ledger->config->tolerance)
		return true;
	GPtrArray *sorted = g_ptr_array_new();
	for (guint i = 0; i < receivables->len; i++)
		g_ptr_array_add(sorted, receivables->pdata[i]);
	g_ptr_array_sort(sorted, by_due_date);
	bool done = true;
	for (guint i = 0; done && i < sorted->len; i++) {
		const struct receivable *receivable = sorted->pdata[i];
		GArray *own = take(rates, receivable->open);
		done = own->len == 0 || propose(ledger, receivable, own, message, error);
		g_array_unref(own);
	}
	g_ptr_array_unref(sorted);
	return done;
}

bool proposal_enter(struct ledger *ledger, const GPtrArray *receivables, const GArray *proposal,
    int64_t message, struct error *error)
{
	if (receivables->len == 0 || proposal->len == 0 || !is_one_debt(receivables))
		return true;
	const struct receivable *first = receivables->pdata[0];
	GArray *rates = complete(proposal, first->currency, open_of(receivables));
	bool done = rates->len == 0 ||
		    (receivables->len == 1 ? propose(ledger, first, rates, message, error)
					   : propose_each(ledger, receivables, rates, message, error));
	g_array_unref(rates);
	return done;
}
