/*
 * How long one day takes to plan: 100,000 open receivables of 20,000 customers, a tenth of them with
 * promises, disputes, holds or tasks around them, a third with a reminder behind them. Prints seconds: when
 * no plan is there yet, and on the day after, when most plans stay as they are. `planning N` takes N
 * receivables.
 */
#include "base/base.h"
#include "dunning/plan.h"
#include "ledger/ledger.h"

#include <glib/gstdio.h>
#include <sysexits.h>
#include <time.h>

#define RECEIVABLES   100000
#define PER_CUSTOMER  5
#define TODAY	      20514 /* 2026-03-02 */
#define NOW	      INT64_C(1772442000)
#define SPREAD_BEHIND 90 /* due dates from so many days ago */
#define SPREAD_AHEAD  60

static void must(bool done, const struct error *error)
{
	if (done)
		return;
	fprintf(stderr, "planning: %s\n", error->text);
	exit(EX_SOFTWARE);
}

#define RUN(...)                                                                                             \
	do {                                                                                                 \
		struct error run_error = {0};                                                                \
		must(store_run(store, &run_error, __VA_ARGS__), &run_error);                                 \
	} while (0)

static void fill_customer(struct store *store, int64_t id)
{
	g_autofree char *domain = g_strdup_printf("client%d.example", (int)id);
	g_autofree char *address = g_strconcat("compta@", domain, NULL);
	RUN("INSERT INTO customer (id, company, name, kind, state, domain) VALUES ($1, 'Le Goff', 'n', $2, "
	    "'normal', $3)",
	    "itt", id, id % 20 ? "business" : "public", domain);
	RUN("INSERT INTO contact (id, customer, address, role, state, answered_at) VALUES ($1, $1, $2, "
	    "'invoice', 'good', 0)",
	    "it", id, address);
	if (id % 3 == 0) {
		g_autofree char *message_id = g_strdup_printf("<%d@legoff.example>", (int)id);
		RUN("INSERT INTO outbox (id, company, customer, step, channel, message_id, sender, "
		    "recipients, sha256, state,"
		    " created_at, submitted_at, seen_at, attempts) VALUES ($1, 'Le Goff', $1, "
		    "'first-reminder', 'mail', $2,"
		    " 'a@legoff.example', $3, 'x', 'seen', $4, $4, $4, 1)",
		    "itti", id, message_id, address, NOW - 20 * 86400);
	}
	if (id % 50 == 0)
		RUN("INSERT INTO hold (id, customer, kind, until, state, set_on) VALUES ($1, $1, 'ack', "
		    "'2026-03-05',"
		    " 'running', '2026-03-01')",
		    "i", id);
}

static void fill_receivable(struct store *store, int64_t id)
{
	g_autofree char *number = g_strdup_printf("F2026-%07d", (int)id);
	g_autofree char *message_id = g_strdup_printf("<%s@legoff.example>", number);
	int64_t customer = (id - 1) / PER_CUSTOMER + 1;
	date_t due = TODAY - SPREAD_BEHIND + (date_t)(id * 7919 % (SPREAD_BEHIND + SPREAD_AHEAD));
	bool reminded = customer % 3 == 0 && due < TODAY - 30;
	RUN("INSERT INTO receivable (id, company, customer, number, number_key, kind, due_date, currency, "
	    "total, open,"
	    " state, message_id, delivery, last_step, last_step_on, last_contact_on) VALUES ($1, 'Le Goff', "
	    "$2, $3, $3,"
	    " 'invoice', $4, 'EUR', 118800, 118800, 'open', $5, 'relayed', $6, $7, $7)",
	    "iitdttd", id, customer, number, due, message_id, reminded ? "first-reminder" : NULL,
	    reminded ? TODAY - 20 : DATE_NONE);
	RUN("INSERT INTO due_line (id, receivable, due_on, amount) VALUES ($1, $1, $2, 118800)", "id", id,
	    due);
	RUN("INSERT INTO entry (id, receivable, kind, amount, entered_on) VALUES ($1, $1, 'invoice', 118800, "
	    "$2)",
	    "id", id, due - 30);
	if (id % 50 == 1)
		RUN("INSERT INTO promise (id, receivable, promised_on, amount, made_on, state) VALUES ($1, "
		    "$1, '2026-03-06',"
		    " 0, '2026-02-20', 'running')",
		    "i", id);
	if (id % 100 == 2)
		RUN("INSERT INTO dispute (id, receivable, reason, amount, state, opened_on) VALUES ($1, $1, "
		    "'price', 0,"
		    " 'open', '2026-02-20')",
		    "i", id);
	if (id % 50 == 3)
		RUN("INSERT INTO task (id, company, kind, customer, receivable, title, state, opened_at, "
		    "done_at) VALUES"
		    " ($1, 'Le Goff', 'call', $2, $1, 't', 'open', $3, 0)",
		    "iii", id, customer, NOW - 86400);
}

/* Seconds of the process's own work: what other programs take of the machine does not count. */
static double work_time(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double plan(
    struct store *store, const struct config *config, const struct dunning_site *site, date_t today)
{
	struct error error = {0};
	struct ledger ledger;
	int64_t count;
	double start = work_time();
	must(store_begin(store, &error), &error);
	ledger_init(&ledger, store, config, "clerk", NOW + (today - TODAY) * INT64_C(86400), today);
	must(plan_all(&ledger, site, &count, &error) && store_commit(store, &error), &error);
	ledger_clear(&ledger);
	return work_time() - start;
}

int main(int count, char **arguments)
{
	int64_t receivables = count > 1 ? g_ascii_strtoll(arguments[1], NULL, 10) : RECEIVABLES;
	struct error error = {0};
	struct config config;
	static const char text[] =
	    "company \"Le Goff\" { domains = {legoff.example} senders = {a@legoff.example} language = fr }";
	g_autofree char *folder = g_dir_make_tmp("relance-planning.XXXXXX", NULL);
	if (!folder)
		return EX_CANTCREAT;
	g_autofree char *path = g_build_filename(folder, "store", NULL);
	must(config_parse("planning", text, &config, &error), &error);
	struct zone *zone = zone_new("Europe/Paris", &error);
	struct store *store = store_open(path, STORE_CREATE, &error);
	must(zone && store && store_begin(store, &error), &error);
	for (int64_t id = 1; id <= receivables / PER_CUSTOMER; id++)
		fill_customer(store, id);
	for (int64_t id = 1; id <= receivables; id++)
		fill_receivable(store, id);
	must(store_commit(store, &error), &error);
	struct dunning_site site = {.zone = zone};
	double first = plan(store, &config, &site, TODAY);
	double next = plan(store, &config, &site, TODAY + 1);
	printf("%.2f %.2f\n", first, next);
	store_close(store);
	zone_free(zone);
	config_clear(&config);
	for (const char *const *end = (const char *const[]){"", "-wal", "-shm", NULL}; *end; end++) {
		g_autofree char *file = g_strconcat(path, *end, NULL);
		g_unlink(file);
	}
	g_rmdir(folder);
	return EX_OK;
}
