#include "base/base.h"
#include "dunning/confirm.h"

#include "dunning/outbox.h"
#include "dunning/reminder.h"
#include "ledger/body.h"
#include "store/rows_case.h"
#include "store/rows_journal.h"

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

char *confirm_key(int64_t plan)
{
	return g_strdup_printf("instalment %lld", (long long)plan);
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
	g_autofree char *key = confirm_key(plan);
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

/* Whether later thanks than MAIL are there for RECEIVABLE. */
static bool has_later(
    struct store *store, const struct outbox *mail, int64_t receivable, bool *has, struct error *error)
{
	GPtrArray *mails = outbox_list_of_receivable(store, receivable, error);
	*has = false;
	for (guint i = 0; mails && i < mails->len; i++) {
		const struct outbox *other = mails->pdata[i];
		*has = *has || (other->id > mail->id && strcmp(other->step, mail->step) == 0 &&
				   strcmp(other->state, "cancelled") != 0);
	}
	bool done = mails;
	rows_free(&outbox_table, mails);
	return done;
}

/* Adds what was paid of RECEIVABLE since MAIL was composed; ON becomes DATE_NONE where that was on another
 * day. Nothing of it was taken back: that would have cancelled the thanks for good. */
static bool add_later(struct store *store, const struct outbox *mail, int64_t receivable, int64_t *paid,
    date_t *on, struct error *error)
{
	bool has;
	if (!has_later(store, mail, receivable, &has, error))
		return false;
	GPtrArray *entries = entry_list(store, receivable, error);
	for (guint i = 0; entries && !has && i < entries->len; i++) {
		const struct entry *entry = entries->pdata[i];
		if (entry->id < mail->id || strcmp(entry->kind, "payment") != 0)
			continue;
		*paid -= entry->amount;
		if (entry->entered_on != *on)
			*on = DATE_NONE;
	}
	bool done = entries;
	rows_free(&entry_table, entries);
	return done;
}

/* What MAIL thanked for, as its event says; PAID 0: an event that does not. */
static bool find_paid(struct store *store, const struct outbox *mail, const char *currency, int64_t *paid,
    date_t *on, struct error *error)
{
	struct event event;
	bool found;
	*paid = 0;
	*on = DATE_NONE;
	if (!journal_get(store, mail->id, &event, &found, error))
		return false;
	if (!found)
		return true;
	json_t *body = json_loads(event.body, 0, NULL);
	if (!json_object_get(body, "paid") || !body_amount(body, "paid", currency, 0, paid))
		*paid = 0;
	*on = body_date(body, "paid_on");
	json_decref(body);
	row_clear(&journal_table, &event);
	return true;
}

static bool thank_anew(struct ledger *ledger, const struct dunning_site *site, const struct outbox *mail,
    const struct receivable *receivable, struct error *error)
{
	struct reminder_occasion occasion = {.template = "thanks"};
	struct error refusal = {0};
	if (!find_paid(ledger->store, mail, receivable->currency, &occasion.paid, &occasion.paid_on, error) ||
	    (occasion.paid &&
		!add_later(ledger->store, mail, receivable->id, &occasion.paid, &occasion.paid_on, error)))
		return false;
	g_autofree char *key = g_strdup_printf("thanks anew %lld", (long long)mail->id);
	if (!occasion.paid || put(ledger, site, &occasion, receivable, key, &refusal) ||
	    refusal.status == STATUS_NO || refusal.status == STATUS_DATA || refusal.status == STATUS_CONFIG)
		return true;
	return error_set(error, refusal.status, "%s", refusal.text);
}

bool confirm_payment_anew(
    struct ledger *ledger, const struct dunning_site *site, const struct outbox *mail, struct error *error)
{
	GPtrArray *items = outbox_item_list(ledger->store, mail->id, error);
	bool done = items;
	for (guint i = 0; done && i < items->len; i++) {
		struct receivable receivable;
		bool found;
		done = receivable_get(ledger->store,
		    ((const struct outbox_item *)items->pdata[i])->receivable, &receivable, &found, error);
		if (!done || !found)
			continue;
		done = thank_anew(ledger, site, mail, &receivable, error);
		row_clear(&receivable_table, &receivable);
	}
	rows_free(&outbox_item_table, items);
	return done;
}
