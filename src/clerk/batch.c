#include "base/base.h"
#include "clerk/batch.h"

#include "base/log.h"
#include "clerk/item.h"
#include "host/fault.h"

static struct log_throttle watchlist_throttle;

static bool begin(const struct batch_place *place, struct ledger *ledger, struct error *error)
{
	instant_t now = clock_now();
	ledger_init(ledger, place->store, place->config, "clerk", now, zone_date(place->site->zone, now));
	if (store_begin(place->store, error))
		return true;
	ledger_clear(ledger);
	return false;
}

static bool take(struct ledger *ledger, struct item *item, struct error *error)
{
	struct intake intake = {
	    .envelope = &item->envelope,
	    .reading = item->reading,
	    .reading_json = item->answer.reading,
	    .documents = item->answer.documents,
	    .bytes = item->bytes,
	};
	intake_result_clear(&item->result);
	return intake_message(ledger, &intake, &item->result, error);
}

/* Takes COUNT items in one transaction; FAILED gets the one that could not be taken, or NULL. */
static bool take_all(
    const struct batch_place *place, struct item *items, int count, struct item **failed, struct error *error)
{
	struct ledger ledger;
	*failed = NULL;
	if (!begin(place, &ledger, error))
		return false;
	bool done = true;
	for (int i = 0; done && i < count; i++)
		if (items[i].state == ITEM_READ) {
			done = take(&ledger, &items[i], error);
			if (!done)
				*failed = &items[i];
		}
	/* The batch itself still lies in the spool and is read by now: it must not hold the plans that it
	 * makes. */
	struct dunning_site site = *place->site;
	site.unread = NULL;
	done = done && plan_touched(&ledger, &site, error) && store_commit(place->store, error);
	if (!done)
		store_rollback(place->store);
	ledger_clear(&ledger);
	return done;
}

/* What lies in a message itself will never pass; all else (a full disk, a busy store, missing rights) waits
 * for better times. */
static bool is_passing(const struct error *error)
{
	return error->status != STATUS_DATA && error->status != STATUS_NO && error->status != STATUS_SOFTWARE;
}

/* Each in a transaction of its own: one of them leaves the books in a state that cannot be planned. */
static bool commit_alone(const struct batch_place *place, struct item *items, int count, struct error *error)
{
	for (int i = 0; i < count; i++) {
		struct item *failed;
		if (items[i].state != ITEM_READ || take_all(place, &items[i], 1, &failed, error))
			continue;
		if (is_passing(error))
			return false;
		items[i].state = ITEM_FAILED;
		items[i].error = *error;
	}
	return true;
}

/* All together; when one cannot be taken, it is set aside and the rest goes on without it. */
static bool commit(const struct batch_place *place, struct item *items, int count, struct error *error)
{
	for (int tries = 0; tries <= count; tries++) {
		struct item *failed;
		if (take_all(place, items, count, &failed, error))
			return true;
		if (is_passing(error))
			return false;
		if (!failed)
			return commit_alone(place, items, count, error);
		failed->state = ITEM_FAILED;
		failed->error = *error;
	}
	return false;
}

static void watch(const struct batch_place *place, const struct item *items, int count)
{
	struct error error = {0};
	GPtrArray *ids = g_ptr_array_new();
	for (int i = 0; i < count; i++)
		for (guint w = 0;
		     items[i].state == ITEM_READ && items[i].result.watch && w < items[i].result.watch->len;
		     w++)
			g_ptr_array_add(ids, items[i].result.watch->pdata[w]);
	if (place->watchlist && ids->len &&
	    !watchlist_add(place->watchlist, (const char *const *)ids->pdata, ids->len, &error)) {
		*place->watchlist_lags = true;
		log_throttled(&watchlist_throttle, LOG_IS_WARNING, NULL, "watchlist", "%s", error.text);
	}
	g_ptr_array_free(ids, TRUE);
}

static bool finish_item(const struct batch_place *place, struct item *item, struct error *error)
{
	const char *queue_id = item->envelope.queue_id;
	if (item->state == ITEM_FAILED) {
		log_event(LOG_IS_WARNING, queue_id, "message-failed", "stem=%s reason=%s", item->stem,
		    item->error.text);
		return spool_fail(place->spool, item->stem, item->error.text, error);
	}
	if (item->state == ITEM_REMOVED)
		return spool_remove(place->spool->new, item->stem, error);
	log_event(strcmp(item->result.what, "unrelated") ? LOG_IS_EVENT : LOG_IS_DETAIL, queue_id,
	    item->result.what, "%s", item->result.details ? item->result.details : "");
	return spool_remove(place->spool->new, item->stem, error);
}

static bool finish(
    const struct batch_place *place, struct item *items, int count, int *done, struct error *error)
{
	for (int i = 0; i < count; i++) {
		if (!finish_item(place, &items[i], error))
			return false;
		++*done;
		fault_point("clerk.removed");
	}
	return true;
}

bool batch_run(const struct batch_place *place, int *done, struct error *error)
{
	char stems[BATCH_MOST][SPOOL_STEM_SIZE];
	*done = 0;
	int count = spool_list(place->spool->new, stems, BATCH_MOST, error);
	if (count <= 0)
		return count == 0;
	struct item *items = g_new0(struct item, (gsize)count);
	for (int i = 0; i < count; i++)
		item_open(&items[i], place->spool->new, stems[i]);
	bool sound = items_read(items, count, place->clients, error);
	fault_point("clerk.read");
	sound = sound && commit(place, items, count, error);
	if (sound) {
		fault_point("clerk.committed");
		watch(place, items, count);
		fault_point("clerk.watched");
		sound = finish(place, items, count, done, error);
	}
	for (int i = 0; i < count; i++)
		item_clear(&items[i]);
	g_free(items);
	return sound;
}
