#include "base/base.h"
#include "ledger/ledger.h"

void ledger_init(struct ledger *ledger, struct store *store, const struct config *config, const char *actor,
    instant_t now, date_t today)
{
	*ledger = (struct ledger){
	    .store = store,
	    .config = config,
	    .actor = actor,
	    .now = now,
	    .today = today,
	    .touched = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL),
	    .touched_customers = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL),
	};
}

void ledger_clear(struct ledger *ledger)
{
	g_clear_pointer(&ledger->touched, g_hash_table_destroy);
	g_clear_pointer(&ledger->touched_customers, g_hash_table_destroy);
}

static void touch(GHashTable *set, int64_t id)
{
	gint64 key = id;
	if (!id || g_hash_table_contains(set, &key))
		return;
	gint64 *own = g_new(gint64, 1);
	*own = id;
	g_hash_table_add(set, own);
}

void ledger_touch(struct ledger *ledger, int64_t receivable)
{
	touch(ledger->touched, receivable);
}

void ledger_touch_customer(struct ledger *ledger, int64_t customer)
{
	touch(ledger->touched_customers, customer);
}
