#include "base/base.h"
#include "store/counter.h"

#define PREFIX "counter."

bool counter_get(struct store *store, const char *name, int64_t *count, struct error *error)
{
	struct query query;
	g_autofree char *key = g_strconcat(PREFIX, name, NULL);
	query_open(&query, store, "SELECT value FROM meta WHERE name = $1", "t", key);
	*count = query_row(&query) ? g_ascii_strtoll(query_text(&query, 0), NULL, 10) : 0;
	return query_close(&query, error);
}

bool counter_add(struct store *store, const char *name, int64_t count, struct error *error)
{
	int64_t present;
	if (!counter_get(store, name, &present, error))
		return false;
	g_autofree char *key = g_strconcat(PREFIX, name, NULL);
	g_autofree char *value = g_strdup_printf("%" G_GINT64_FORMAT, present + count);
	return store_run(store, error,
	    "INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = "
	    "excluded.value",
	    "tt", key, value);
}
