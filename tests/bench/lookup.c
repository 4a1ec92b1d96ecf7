/*
 * How long it takes to find a receivable among one million, as the clerk does for an answer: by the
 * Message-ID that it refers to, and by the number that it mentions. Prints the slower of both means in
 * milliseconds.
 */
#include "base/base.h"
#include "store/rows_receivable.h"

#include <glib/gstdio.h>
#include <sysexits.h>

#define RECEIVABLES 1000000
#define CUSTOMERS   10000
#define LOOKUPS	    5000
/* Coprime to RECEIVABLES: the look-ups jump all over the table. */
#define STRIDE 617311

static void fail(const struct error *error)
{
	fprintf(stderr, "lookup: %s\n", error->text);
	exit(EX_SOFTWARE);
}

static void fill_customers(struct store *store)
{
	struct error error = {0};
	for (int64_t id = 1; id <= CUSTOMERS; id++)
		if (!store_run(store, &error,
			"INSERT INTO customer (id, company, name, kind, state) VALUES ($1, 'c', 'n', "
			"'business', 'normal')",
			"i", id))
			fail(&error);
}

static void fill_receivables(struct store *store)
{
	struct error error = {0};
	for (int64_t id = 1; id <= RECEIVABLES; id++) {
		g_autofree char *number = g_strdup_printf("F2026-%07d", (int)id);
		g_autofree char *key = receivable_number_key(number);
		g_autofree char *message_id = g_strdup_printf("<%s@legoff.example>", number);
		if (!store_run(store, &error,
			"INSERT INTO receivable (id, company, customer, number, number_key, kind, due_date, "
			"currency, total,"
			" open, state, message_id, delivery)"
			" VALUES ($1, 'c', $2, $3, $4, 'invoice', '2026-03-01', 'EUR', 118800, 118800, "
			"'open', $5, 'unknown')",
			"iittt", id, id % CUSTOMERS + 1, number, key, message_id))
			fail(&error);
	}
}

static struct store *filled_store(const char *path)
{
	struct error error = {0};
	struct store *store = store_open(path, STORE_CREATE, &error);
	if (!store || !store_begin(store, &error))
		fail(&error);
	fill_customers(store);
	fill_receivables(store);
	if (!store_commit(store, &error))
		fail(&error);
	return store;
}

static void find_by_message_id(struct store *store, int64_t id)
{
	struct error error = {0};
	g_autofree char *message_id = g_strdup_printf("<F2026-%07d@legoff.example>", (int)id);
	GPtrArray *found = receivable_list_of_message_id(store, message_id, &error);
	if (!found || found->len != 1)
		fail(&error);
	rows_free(&receivable_table, found);
}

static void find_by_number(struct store *store, int64_t id)
{
	struct error error = {0};
	g_autofree char *number = g_strdup_printf("F2026-%07d", (int)id);
	GPtrArray *found = receivable_list_of_number(store, number, &error);
	if (!found || found->len != 1)
		fail(&error);
	rows_free(&receivable_table, found);
}

/* Milliseconds of one look-up, on average. */
static double measure(struct store *store, void (*find)(struct store *, int64_t))
{
	int64_t start = g_get_monotonic_time();
	for (int64_t i = 0, id = 1; i < LOOKUPS; i++, id = (id + STRIDE) % RECEIVABLES)
		find(store, id ? id : RECEIVABLES);
	return (double)(g_get_monotonic_time() - start) / 1000.0 / LOOKUPS;
}

int main(void)
{
	g_autofree char *folder = g_dir_make_tmp("relance-lookup.XXXXXX", NULL);
	if (!folder)
		return EX_CANTCREAT;
	g_autofree char *path = g_build_filename(folder, "store", NULL);
	struct store *store = filled_store(path);
	double by_message_id = measure(store, find_by_message_id), by_number = measure(store, find_by_number);
	printf("%.4f\n", MAX(by_message_id, by_number));
	store_close(store);
	for (const char *const *end = (const char *const[]){"", "-wal", "-shm", NULL}; *end; end++) {
		g_autofree char *file = g_strconcat(path, *end, NULL);
		g_unlink(file);
	}
	g_rmdir(folder);
	return EX_OK;
}
