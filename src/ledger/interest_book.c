#include "base/base.h"
#include "ledger/interest_book.h"

#include "ledger/notice_days.h"
#include "store/rows_case.h"
#include "store/rows_party.h"

/* By the country of who is owed and the kind of who owes. RATE gets what the contract names, 0: nothing. */
static const struct interest_rule *find_rule(
    const struct ledger *ledger, const struct receivable *receivable, int *rate, struct error *error)
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
	*rate = rule && strcmp(customer.kind, "business") == 0 ? (int)company->interest_rate : 0;
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

/* The entry that CORRECTION takes back by its reference; 0: none. */
static int64_t undone_by(const struct entry *correction)
{
	long long id;
	bool names = strcmp(correction->kind, "correction") == 0 && correction->reference &&
		     sscanf(correction->reference, ENTRY_UNDOES " %lld", &id) == 1;
	return names ? id : 0;
}

/* Whether a correction that stands has taken it back. */
static bool is_undone(const GPtrArray *entries, const struct entry *entry)
{
	for (guint i = 0; i < entries->len; i++) {
		const struct entry *other = entries->pdata[i];
		if (other->id > entry->id && undone_by(other) == entry->id && !is_undone(entries, other))
			return true;
	}
	return false;
}

/* What lies on top of the debt and bears no interest. */
static bool is_fee(const struct entry *entry)
{
	static const char *const fees[] = {"fee", "interest", "compensation"};
	for (size_t i = 0; i < ARRAY_LENGTH(fees); i++)
		if (strcmp(entry->kind, fees[i]) == 0)
			return true;
	return false;
}

/* Other corrections change what is open today and count on their day. */
static void sort_entries(const GPtrArray *entries, GArray *payments, int64_t *fees)
{
	*fees = 0;
	for (guint i = 0; i < entries->len; i++) {
		const struct entry *entry = entries->pdata[i];
		struct interest_payment payment = {entry->entered_on, -entry->amount};
		if (undone_by(entry) || is_undone(entries, entry))
			continue;
		if (is_fee(entry))
			*fees += entry->amount;
		else if (entry->amount < 0 && strcmp(entry->kind, "invoice") != 0)
			g_array_append_val(payments, payment);
	}
}

static bool load_debt(const struct ledger *ledger, const struct receivable *receivable, GArray *lines,
    GArray *payments, int64_t *fees, struct error *error)
{
	GPtrArray *due = due_line_list(ledger->store, receivable->id, error);
	GPtrArray *entries = due ? entry_list(ledger->store, receivable->id, error) : NULL;
	for (guint i = 0; entries && i < due->len; i++) {
		const struct due_line_row *row = due->pdata[i];
		struct interest_due line = {.due_on = row->due_on, .amount = row->amount};
		g_array_append_val(lines, line);
	}
	if (entries)
		sort_entries(entries, payments, fees);
	bool done = entries;
	rows_free(&due_line_table, due);
	rows_free(&entry_table, entries);
	return done;
}

/* Up to AMOUNT off LINE; what of AMOUNT is left. */
static int64_t leave_out(struct interest_due *line, int64_t amount)
{
	int64_t taken = MIN(amount, MAX(line->amount, 0));
	line->amount -= taken;
	return amount - taken;
}

/* AMOUNT in dispute off the line that DUE_ON names, the rest and what names none off the latest ones: what is
 * paid first is what was not called into question. FEES stand on the first line and bear no interest. */
static void dispute(GArray *lines, date_t due_on, int64_t amount, int64_t fees)
{
	for (guint i = 0; due_on != DATE_NONE && i < lines->len; i++) {
		struct interest_due *line = &g_array_index(lines, struct interest_due, i);
		if (line->due_on != due_on)
			continue;
		amount = leave_out(line, amount);
		amount -= i == 0 ? MIN(amount, fees) : 0;
	}
	for (guint i = lines->len; i-- > 0 && amount > 0;)
		amount = leave_out(&g_array_index(lines, struct interest_due, i), amount);
}

/* How much DISPUTE is about, of what is OPEN. ROWS are the due lines. */
static int64_t amount_of(
    const struct dispute *dispute, const struct receivable *receivable, int64_t open, const GPtrArray *rows)
{
	int64_t amount = dispute->amount ? dispute->amount : open, of_line = 0;
	for (guint i = 0; !dispute->amount && i < rows->len; i++)
		if (((const struct due_line_row *)rows->pdata[i])->due_on == dispute->due_on)
			of_line += due_line_open(receivable->total, receivable->open, rows, i);
	if (!dispute->amount && dispute->due_on != DATE_NONE && rows->len > 1)
		amount = of_line;
	return MIN(amount, open);
}

/* Those that name a line first, as they are chased. */
static bool leave_out_disputes(const struct ledger *ledger, const struct receivable *receivable,
    GArray *lines, int64_t *left_out, struct error *error)
{
	*left_out = 0;
	GPtrArray *disputes = dispute_list(ledger->store, receivable->id, "open", error);
	GPtrArray *rows = disputes ? due_line_list(ledger->store, receivable->id, error) : NULL;
	int64_t open = MAX(receivable->open, 0), fees = MAX(receivable->open - receivable->total, 0);
	for (int named = 1; rows && named >= 0; named--)
		for (guint i = 0; i < disputes->len; i++) {
			const struct dispute *one = disputes->pdata[i];
			if ((one->due_on != DATE_NONE) != (named == 1))
				continue;
			int64_t amount = amount_of(one, receivable, open, rows);
			dispute(lines, one->due_on, amount, fees);
			open -= amount;
			*left_out += amount;
		}
	bool done = rows;
	rows_free(&dispute_table, disputes);
	rows_free(&due_line_table, rows);
	return done;
}

static bool is_asked(const struct interest_scope *scope, guint index)
{
	for (size_t i = 0; i < scope->line_count; i++)
		if (scope->lines[i] == (int64_t)index + 1)
			return true;
	return scope->line_count == 0;
}

/* The formal notice of each line, and which of them are asked about. */
static bool finish_lines(const struct ledger *ledger, const struct receivable *receivable,
    const struct interest_scope *scope, bool by_notice, GArray *lines, struct error *error)
{
	date_t *notices = g_new(date_t, lines->len + 1);
	bool done = !by_notice || notice_days(ledger, receivable, notices, error);
	for (guint i = 0; done && i < lines->len; i++) {
		struct interest_due *line = &g_array_index(lines, struct interest_due, i);
		line->notice_on = by_notice ? notices[i] : DATE_NONE;
		line->left_out = !is_asked(scope, i);
	}
	g_free(notices);
	return done;
}

bool interest_of_receivable(const struct ledger *ledger, const struct rates *rates,
    const struct receivable *receivable, const struct interest_scope *scope,
    const struct interest_rule **rule, struct interest *interest, int64_t *left_out, struct error *error)
{
	int64_t disputed = 0, fees = 0;
	int contract_rate;
	if (!(*rule = find_rule(ledger, receivable, &contract_rate, error)))
		return false;
	GArray *lines = g_array_new(FALSE, FALSE, sizeof(struct interest_due));
	GArray *payments = g_array_new(FALSE, FALSE, sizeof(struct interest_payment));
	bool by_notice = (*rule)->start == INTEREST_FROM_NOTICE;
	bool done = load_debt(ledger, receivable, lines, payments, &fees, error) &&
		    leave_out_disputes(ledger, receivable, lines, &disputed, error) &&
		    finish_lines(ledger, receivable, scope, by_notice, lines, error);
	g_array_append_vals(payments, scope->credits, (guint)scope->credit_count);
	g_array_sort(payments, by_day);
	struct interest_debt debt = {
	    .currency = receivable->currency,
	    .lines = (const struct interest_due *)(void *)lines->data,
	    .line_count = lines->len,
	    .payments = (const struct interest_payment *)(void *)payments->data,
	    .payment_count = payments->len,
	    .fees = fees,
	    .contract_rate = contract_rate,
	};
	done = done && interest_compute(rates, *rule, &debt, scope->to, interest, error);
	if (done && left_out)
		*left_out = disputed;
	g_array_unref(lines);
	g_array_unref(payments);
	return done;
}
