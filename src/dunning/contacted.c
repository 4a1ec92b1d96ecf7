#include "base/base.h"
#include "dunning/contacted.h"

#include "ledger/body.h"
#include "ledger/event.h"
#include "store/rows_journal.h"

/* Adds the receivables of MAIL to MAILED; SAME tells whether one of them is in CURRENCY. */
static bool add_mailed(const struct desk *desk, const struct outbox *mail, const char *currency,
    GHashTable *mailed, bool *same, struct error *error)
{
	GPtrArray *items = outbox_item_list(desk->ledger->store, mail->id, error);
	bool done = items, found;
	for (guint i = 0; done && i < items->len; i++) {
		struct receivable row;
		gint64 *key = g_new(gint64, 1);
		*key = ((const struct outbox_item *)items->pdata[i])->receivable;
		g_hash_table_add(mailed, key);
		done = receivable_get(desk->ledger->store, *key, &row, &found, error);
		if (!done || !found)
			continue;
		*same = *same || strcmp(row.currency, currency) == 0;
		row_clear(&receivable_table, &row);
	}
	rows_free(&outbox_item_table, items);
	return done;
}

/* Whether a person called or wrote on DAY about a receivable that a mail of that day was about, too. */
static bool person_was_there(
    struct store *store, int64_t receivable, date_t day, bool *was, struct error *error)
{
	static const struct {
		enum event_kind kind;
		const char *key;
	} contacts[] = {{EVENT_CONTACT_MADE, "on"}, {EVENT_LETTER_POSTED, "posted_on"}};
	GPtrArray *events = journal_list_of_receivable(store, receivable, error);
	*was = false;
	for (guint i = 0; events && i < events->len && !*was; i++) {
		const struct event *event = events->pdata[i];
		for (size_t k = 0; k < ARRAY_LENGTH(contacts); k++) {
			if (event->receivable != receivable ||
			    strcmp(event->kind, event_kind_word(contacts[k].kind)) != 0)
				continue;
			json_t *body = json_loads(event->body, 0, NULL);
			*was = *was || body_date(body, contacts[k].key) == day;
			json_decref(body);
		}
	}
	bool done = events;
	rows_free(&journal_table, events);
	return done;
}

bool contacted_in_other_currencies(
    const struct chase *chase, date_t day, bool *only, date_t *before, struct error *error)
{
	const struct desk *desk = chase->desk;
	const struct desk_customer *customer = chase->customer;
	const struct zone *zone = desk->site->zone;
	GHashTable *mailed = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	bool done = true, same = false, any = false;
	*before = DATE_NONE;
	for (guint i = 0; done && i < customer->mails->len; i++) {
		const struct outbox *mail = customer->mails->pdata[i];
		date_t sent = zone_date(zone, mail->submitted_at);
		if (!mail_is_contact(mail))
			continue;
		if (sent < day) {
			*before = MAX(*before == DATE_NONE ? sent : *before, sent);
			continue;
		}
		any = true;
		done = add_mailed(desk, mail, chase->receivable->currency, mailed, &same, error);
	}
	/* a call, a person's own mail */
	for (guint i = 0; done && i < customer->open->len; i++) {
		const struct receivable *row = customer->open->pdata[i];
		gint64 key = row->id;
		bool person = row->last_contact_on == day && !g_hash_table_contains(mailed, &key);
		if (row->last_contact_on == day && !person && !same)
			done = person_was_there(desk->ledger->store, row->id, day, &person, error);
		same = same || person;
		if (row->last_contact_on != DATE_NONE && row->last_contact_on < day)
			*before =
			    MAX(*before == DATE_NONE ? row->last_contact_on : *before, row->last_contact_on);
	}
	g_hash_table_unref(mailed);
	*only = any && !same;
	return done;
}
