#include "base/base.h"
#include "ledger/interest_book.h"

#include "ledger/body.h"
#include "ledger/event.h"
#include "store/rows_journal.h"
#include "store/rows_notice.h"
#include "store/rows_party.h"

/* The step that is the formal notice. */
#define NOTICE "formal-notice"

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
	static const char *const others[] = {"invoice", "fee", "interest", "compensation"};
	for (size_t i = 0; i < ARRAY_LENGTH(others); i++)
		if (strcmp(entry->kind, others[i]) == 0)
			return false;
	return entry->amount < 0;
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

/* The day from which the formal notice counts: on which its letter was posted, else on which the step was
 * done. */
static bool find_notice(
    const struct ledger *ledger, const struct receivable *receivable, date_t *notice_on, struct error *error)
{
	bool last = receivable->last_step && strcmp(receivable->last_step, NOTICE) == 0;
	*notice_on = last ? receivable->last_step_on : DATE_NONE;
	GPtrArray *letters = letter_list(ledger->store, receivable->id, error);
	GPtrArray *events = letters ? journal_list_of_receivable(ledger->store, receivable->id, error) : NULL;
	for (guint i = 0; !last && events && i < events->len; i++) {
		const struct event *event = events->pdata[i];
		if (strcmp(event->kind, event_kind_word(EVENT_STEP_DONE)) != 0)
			continue;
		json_t *body = json_loads(event->body, 0, NULL);
		const char *step = body_text(body, "step");
		if (step && strcmp(step, NOTICE) == 0)
			*notice_on = body_date(body, "on");
		json_decref(body);
	}
	for (guint i = 0; events && i < letters->len; i++) {
		const struct letter_row *letter = letters->pdata[i];
		if (strcmp(letter->step, NOTICE) == 0 && letter->posted_on != DATE_NONE)
			*notice_on = letter->posted_on;
	}
	bool done = events;
	rows_free(&letter_table, letters);
	rows_free(&journal_table, events);
	return done;
}

/* Takes DISPUTED off the latest lines. */
static void leave_out(GArray *lines, int64_t disputed)
{
	for (guint i = lines->len; i-- > 0 && disputed > 0;) {
		struct interest_due *line = &g_array_index(lines, struct interest_due, i);
		int64_t taken = MIN(disputed, MAX(line->amount, 0));
		line->amount -= taken;
		disputed -= taken;
	}
}

bool interest_of_receivable(const struct ledger *ledger, const struct rates *rates,
    const struct receivable *receivable, date_t to, int64_t disputed, const struct interest_rule **rule,
    struct interest *interest, struct error *error)
{
	if (!(*rule = find_rule(ledger, receivable, error)))
		return false;
	GArray *lines = g_array_new(FALSE, FALSE, sizeof(struct interest_due));
	GArray *payments = g_array_new(FALSE, FALSE, sizeof(struct interest_payment));
	bool done = load_debt(ledger, receivable, lines, payments, error);
	date_t notice_on = DATE_NONE;
	leave_out(lines, disputed);
	if (done && (*rule)->start == INTEREST_FROM_NOTICE)
		done = find_notice(ledger, receivable, &notice_on, error);
	struct interest_debt debt = {
	    .currency = receivable->currency,
	    .lines = (const struct interest_due *)(void *)lines->data,
	    .line_count = lines->len,
	    .payments = (const struct interest_payment *)(void *)payments->data,
	    .payment_count = payments->len,
	    .notice_on = notice_on,
	};
	done = done && interest_compute(rates, *rule, &debt, to, interest, error);
	g_array_unref(lines);
	g_array_unref(payments);
	return done;
}
