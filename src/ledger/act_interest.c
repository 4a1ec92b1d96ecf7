/* The choice about late interest and the fixed compensation of an invoice: claim, waive, keep. */
#include "base/base.h"
#include "ledger/interest_book.h"

#include "ledger/body.h"
#include "ledger/journal.h"
#include "store/rows_case.h"

bool interest_claimed(
    struct store *store, int64_t receivable, struct interest_in_books *claimed, struct error *error)
{
	GPtrArray *entries = entry_list(store, receivable, error);
	*claimed = (struct interest_in_books){.on = DATE_NONE};
	for (guint i = 0; entries && i < entries->len; i++) {
		const struct entry *entry = entries->pdata[i];
		if (strcmp(entry->kind, "interest") == 0) {
			claimed->interest += entry->amount;
			claimed->on = entry->entered_on;
		}
		if (strcmp(entry->kind, "compensation") == 0)
			claimed->compensation += entry->amount;
	}
	bool done = entries;
	rows_free(&entry_table, entries);
	return done;
}

/* Brings what is claimed in the books from WAS to IS. */
static bool post(struct ledger *ledger, const struct receivable *receivable, const char *kind, int64_t was,
    int64_t is, struct error *error)
{
	char day[DATE_TEXT_SIZE];
	if (is == was)
		return true;
	g_autofree char *reference = is > was ? g_strdup_printf("up to %s", date_format(ledger->today, day))
					      : g_strdup("no longer claimed");
	json_t *body = json_pack("{s:s, s:o, s:o, s:s}", "kind", kind, "amount",
	    json_amount(is - was, receivable->currency), "date", json_date(ledger->today), "reference",
	    reference);
	return journal_append(ledger, EVENT_ENTRY_POSTED,
	    (struct event_about){.customer = receivable->customer, .receivable = receivable->id}, body, NULL,
	    error);
}

static bool runs_plan(struct ledger *ledger, const struct receivable *receivable, struct error *error)
{
	GPtrArray *plans = instalment_plan_list(ledger->store, receivable->id, "accepted", error);
	if (!plans)
		return false;
	bool runs = plans->len;
	rows_free(&instalment_plan_table, plans);
	return !runs || error_set(error, STATUS_DATA, "%s: instalments are agreed for what is open",
			    receivable->number);
}

/* What can be claimed as of today; a fresh look never lowers what was claimed before. */
static bool find_claim(struct ledger *ledger, const struct receivable *receivable, int64_t *interest,
    int64_t *compensation, struct error *error)
{
	const struct interest_rule *rule;
	struct interest computed;
	struct rates *rates = rates_load(ledger->config, error);
	struct interest_scope scope = {.to = ledger->today};
	bool done =
	    rates && interest_of_receivable(ledger, rates, receivable, &scope, &rule, &computed, NULL, error);
	rates_free(rates);
	if (!done)
		return false;
	*interest = MAX(*interest, computed.interest);
	*compensation = MAX(*compensation, computed.compensation);
	interest_clear(&computed);
	return *interest || *compensation ||
	       error_set(error, STATUS_DATA, "%s: no interest can be claimed", receivable->number);
}

bool interest_choose(struct ledger *ledger, const struct receivable *receivable, const char *choice,
    const char *reason, struct error *error)
{
	struct interest_in_books was;
	if (strcmp(choice, "waive") == 0 && !ledger->config->waive_interest)
		return error_set(error, STATUS_DATA, "%s: waive_interest = no", receivable->number);
	if (!interest_claimed(ledger->store, receivable->id, &was, error))
		return false;
	int64_t interest = 0, compensation = 0;
	if (strcmp(choice, "claim") == 0) {
		interest = was.interest;
		compensation = was.compensation;
		if (!runs_plan(ledger, receivable, error) ||
		    !find_claim(ledger, receivable, &interest, &compensation, error))
			return false;
	}
	struct event_about about = {.customer = receivable->customer, .receivable = receivable->id};
	return journal_append(ledger, EVENT_RECEIVABLE_CHANGED, about,
		   json_pack("{s:s, s:o}", "interest", choice, "reason", json_text(reason)), NULL, error) &&
	       post(ledger, receivable, "interest", was.interest, interest, error) &&
	       post(ledger, receivable, "compensation", was.compensation, compensation, error);
}
