#include "base/base.h"
#include "ledger/interest_book.h"

#include "store/rows_party.h"

/* By the country of who is owed and the kind of who owes. */
static const struct interest_rule *find_rule(
    const struct ledger *ledger, const struct receivable *receivable, struct error *error)
{
	const struct company_config *company = config_company(ledger->config, receivable->company);
	struct customer customer;
	bool found;
	if (!company) {
		error_set(error, STATUS_NO, "the configuration has no company \"%s\"", receivable->company);
		return NULL;
	}
	if (!customer_get(ledger->store, receivable->customer, &customer, &found, error))
		return NULL;
	const struct interest_rule *rule = found ? interest_rule_for(company->country, customer.kind) : NULL;
	if (!rule)
		error_set(error, STATUS_NO,
		    "no rule of interest is known for a %s customer of a company in %s",
		    found ? customer.kind : "missing", company->country);
	if (found)
		row_clear(&customer_table, &customer);
	return rule;
}

static gint by_day(gconstpointer a, gconstpointer b)
{
	date_t left = ((const struct interest_payment *)a)->on,
	       right = ((const struct interest_payment *)b)->on;
	return left < right ? -1 : left > right;
}

/* Fees are no part of the debt that bears interest; corrections change what is open today and count on their
 * day. */
static bool lowers_debt(const struct entry *entry)
{
	return entry->amount < 0 && strcmp(entry->kind, "invoice") != 0 && strcmp(entry->kind, "fee") != 0;
}

static bool load_debt(const struct ledger *ledger, const struct receivable *receivable, GArray *lines,
    GArray *payments, struct error *error)
{
	GPtrArray *due = due_line_list(ledger->store, receivable->id, error);
	GPtrArray *entries = due ? entry_list(ledger->store, receivable->id, error) : NULL;
	for (guint i = 0; entries && i < due->len; i++) {
		const struct due_line_row *row = due->pdata[i];
		struct interest_due line = {row->due_on, row->amount};
		g_array_append_val(lines, line);
	}
	for (guint i = 0; entries && i < entries->len; i++) {
		const struct entry *entry = entries->pdata[i];
		struct interest_payment payment = {entry->entered_on, -entry->amount};
		if (lowers_debt(entry))
			g_array_append_val(payments, payment);
	}
	g_array_sort(payments, by_day);
	bool done = entries;
	rows_free(&due_line_table, due);
	rows_free(&entry_table, entries);
	return done;
}

bool interest_of_receivable(const struct ledger *ledger, const struct rates *rates,
    const struct receivable *receivable, date_t to, const struct interest_rule **rule,
    struct interest *interest, struct error *error)
{
	if (!(*rule = find_rule(ledger, receivable, error)))
		return false;
	GArray *lines = g_array_new(FALSE, FALSE, sizeof(struct interest_due));
	GArray *payments = g_array_new(FALSE, FALSE, sizeof(struct interest_payment));
	bool done = load_debt(ledger, receivable, lines, payments, error);
	bool noticed = receivable->last_step && strcmp(receivable->last_step, "formal-notice") == 0;
	struct interest_debt debt = {
	    .currency = receivable->currency,
	    .lines = (const struct interest_due *)(void *)lines->data,
	    .line_count = lines->len,
	    .payments = (const struct interest_payment *)(void *)payments->data,
	    .payment_count = payments->len,
	    .notice_on = noticed ? receivable->last_step_on : DATE_NONE,
	};
	done = done && interest_compute(rates, *rule, &debt, to, interest, error);
	g_array_unref(lines);
	g_array_unref(payments);
	return done;
}
