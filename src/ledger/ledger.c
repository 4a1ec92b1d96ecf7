#include "base/base.h"
#include "ledger/ledger.h"

#include "store/rows_receivable.h"

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
	};
}

void ledger_clear(struct ledger *ledger)
{
	g_clear_pointer(&ledger->touched, g_hash_table_destroy);
}

void ledger_touch(struct ledger *ledger, int64_t receivable)
{
	if (!receivable)
		return;
	int64_t *key = g_new(int64_t, 1);
	*key = receivable;
	g_hash_table_add(ledger->touched, key);
}

bool ledger_touch_customer(struct ledger *ledger, int64_t customer, struct error *error)
{
	GPtrArray *rows = receivable_list_of_customer(ledger->store, customer, "open", error);
	if (!rows)
		return false;
	for (guint i = 0; i < rows->len; i++)
		ledger_touch(ledger, ((struct receivable *)rows->pdata[i])->id);
	rows_free(&receivable_table, rows);
	return true;
}
