#include "base/base.h"
#include "dunning/confirm.h"

#include "dunning/outbox.h"
#include "dunning/reminder.h"
#include "store/rows_case.h"

static bool put(struct ledger *ledger, const struct dunning_site *site,
    const struct reminder_occasion *occasion, const struct receivable *receivable, const char *key,
    struct error *error)
{
	int64_t mail;
	if (ledger->config->sending == SENDING_OFF)
		return error_set(error, STATUS_NO,
		    "%s: sending is off, so nothing is confirmed to the customer", receivable->number);
	return outbox_claim_occasion(ledger, site, occasion, &receivable->id, 1, key, &mail, error);
}

/* The id of the accepted plan, 0: none. */
static bool find_plan(
    struct store *store, const struct receivable *receivable, int64_t *plan, struct error *error)
{
	GPtrArray *plans = instalment_plan_list(store, receivable->id, "accepted", error);
	if (!plans)
		return false;
	*plan = plans->len ? ((const struct instalment_plan *)plans->pdata[plans->len - 1])->id : 0;
	rows_free(&instalment_plan_table, plans);
	return *plan || error_set(error, STATUS_NO, "%s: no instalments are agreed", receivable->number);
}

bool confirm_instalments(struct ledger *ledger, const struct dunning_site *site,
    const struct receivable *receivable, struct error *error)
{
	int64_t plan;
	if (!find_plan(ledger->store, receivable, &plan, error))
		return false;
	GPtrArray *rows = instalment_list(ledger->store, plan, error);
	if (!rows)
		return false;
	GArray *rates = g_array_new(FALSE, FALSE, sizeof(struct reminder_instalment));
	for (guint i = 0; i < rows->len; i++) {
		const struct instalment_row *row = rows->pdata[i];
		struct reminder_instalment rate = {row->due_on, row->amount};
		g_array_append_val(rates, rate);
	}
	const struct reminder_occasion occasion = {
	    .template = "instalment",
	    .paid_on = DATE_NONE,
	    .instalments = (const struct reminder_instalment *)(const void *)rates->data,
	    .instalment_count = rates->len,
	};
	g_autofree char *key = g_strdup_printf("instalment %lld", (long long)plan);
	bool done = put(ledger, site, &occasion, receivable, key, error);
	g_array_unref(rates);
	rows_free(&instalment_table, rows);
	return done;
}

bool confirm_payment(struct ledger *ledger, const struct dunning_site *site,
    const struct receivable *receivable, int64_t amount, date_t on, struct error *error)
{
	const struct reminder_occasion occasion = {.template = "thanks", .paid = amount, .paid_on = on};
	/* the same payment again would leave another rest */
	g_autofree char *key = g_strdup_printf("thanks %lld %d %lld %lld", (long long)receivable->id, on,
	    (long long)amount, (long long)receivable->open);
	return put(ledger, site, &occasion, receivable, key, error);
}
