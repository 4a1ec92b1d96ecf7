#include "base/base.h"
#include "ledger/rebuild.h"

#include "ledger/apply.h"
#include "store/compare.h"
#include "store/rows_journal.h"

#define BATCH 1000

static bool replay_event(struct store *to, const struct event *event, struct error *error)
{
	int64_t ignored;
	json_error_t where;
	json_t *body = json_loads(event->body, 0, &where);
	if (!body)
		return error_set(error, STATUS_DATA, "event %lld: its body is no JSON: %s",
		    (long long)event->sequence, where.text);
	bool done = apply_event(to, event, body, &ignored, error);
	json_decref(body);
	return done;
}

static bool replay(struct store *from, struct store *to, int64_t *events, struct error *error)
{
	*events = 0;
	for (bool more = true; more;) {
		GPtrArray *batch = journal_list(from, *events, BATCH, error);
		if (!batch)
			return false;
		bool done = true;
		for (guint i = 0; done && i < batch->len; i++)
			done = replay_event(to, batch->pdata[i], error);
		*events += batch->len;
		more = batch->len == BATCH;
		rows_free(&journal_table, batch);
		if (!done)
			return false;
	}
	return true;
}

bool rebuild_compare(
    struct store *store, const char *scratch, GPtrArray **differences, int64_t *events, struct error *error)
{
	struct store *fresh = store_open(scratch, STORE_CREATE, error);
	if (!fresh)
		return false;
	*differences = g_ptr_array_new_with_free_func(g_free);
	bool done = store_begin(fresh, error) && replay(store, fresh, events, error) &&
		    store_commit(fresh, error) && compare_derived(store, fresh, *differences, error);
	store_close(fresh);
	if (!done)
		g_clear_pointer(differences, g_ptr_array_unref);
	return done;
}

bool rebuild_adopt(struct store *store, int64_t *events, struct error *error)
{
	if (!store_begin(store, error))
		return false;
	if (derived_clear(store, error) && replay(store, store, events, error) && store_commit(store, error))
		return true;
	store_rollback(store);
	return false;
}

bool books_check(struct store *store, GPtrArray **findings, struct error *error)
{
	*findings = g_ptr_array_new_with_free_func(g_free);
	if (books_findings(store, *findings, error))
		return true;
	g_clear_pointer(findings, g_ptr_array_unref);
	return false;
}
