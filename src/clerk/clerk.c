#include "base/base.h"
#include "clerk/clerk.h"

#include "base/log.h"
#include "clerk/batch.h"
#include "dunning/digest.h"
#include "dunning/send.h"
#include "dunning/template_set.h"
#include "host/fault.h"
#include "host/file.h"
#include "host/installation.h"
#include "reader/client.h"
#include "store/rows_journal.h"
#include "store/rows_message.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/inotify.h>
#include <unistd.h>

#define TICK_SECONDS	  60 /* at the latest */
#define TEST_TICK_SECONDS 1  /* the test clock may jump at any time */
#define RETRY_SECONDS	  2  /* after a failure that may pass */
#define READER_GRACE	  10 /* seconds that we wait longer than the worker's own limit */
#define WATCH_BATCH	  10000
#define RECENT_EVENTS	  200000

struct clerk {
	const char *config_path;
	struct config config;
	struct zone *zone;
	struct store *store;
	struct spool spool;
	struct watchlist *watchlist;
	bool watchlist_lags;
	GPtrArray *clients; /* of struct reader_client * */
	int arrivals;	    /* inotify on new/ */
	struct dunning_site site;
	date_t planned_on; /* the day of the last plan of everything */
	instant_t tick_at;
	instant_t hurry_at; /* from then on a tick is worth it once the spool is read; 0: it is not */
};

static volatile sig_atomic_t stop_wanted, reload_wanted;
static struct log_throttle failure_throttle;

static void on_signal(int number)
{
	if (number == SIGUSR1)
		reload_wanted = 1;
	else
		stop_wanted = 1;
}

void clerk_signals(void)
{
	static const int handled[] = {SIGTERM, SIGINT, SIGUSR1};
	struct sigaction action = {.sa_handler = on_signal};
	sigset_t blocked;
	sigemptyset(&blocked);
	for (size_t i = 0; i < ARRAY_LENGTH(handled); i++) {
		sigaction(handled[i], &action, NULL);
		sigaddset(&blocked, handled[i]);
	}
	signal(SIGPIPE, SIG_IGN);
	sigprocmask(SIG_BLOCK, &blocked, NULL); /* ppoll() opens them while it waits */
}

/* ---- opening ---- */

static int64_t count_unread(void *data)
{
	const struct clerk *clerk = data;
	struct error error = {0};
	char stem[1][SPOOL_STEM_SIZE];
	/* Not knowing counts as unread: nobody is chased on a guess. */
	return spool_list(clerk->spool.new, stem, 1, &error) ? 1 : 0;
}

static bool open_store(struct clerk *clerk, struct error *error)
{
	char *path = installation_place(clerk->config.state_dir, PLACE_STORE);
	clerk->store = store_open(path, STORE_CREATE, error);
	free(path);
	return clerk->store;
}

#define OWN_PATIENCE 10000 /* milliseconds */

static bool open_spool(struct clerk *clerk, struct error *error)
{
	if (!spool_open(clerk->config.spool_dir, &clerk->spool, error))
		return false;
	if (!spool_own(clerk->spool.new, OWN_PATIENCE))
		return error_set(error, STATUS_UNAVAILABLE, "%s: another clerk still works there",
		    clerk->config.spool_dir);
	g_autofree char *folder = g_strdup_printf("/proc/self/fd/%d", clerk->spool.new);
	clerk->arrivals = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (clerk->arrivals < 0 || inotify_add_watch(clerk->arrivals, folder, IN_MOVED_TO | IN_ONLYDIR) < 0)
		return error_set_errno(error, STATUS_IO, errno, "%s: inotify", clerk->config.spool_dir);
	return true;
}

static bool open_readers(struct clerk *clerk, struct error *error)
{
	clerk->clients = g_ptr_array_new_with_free_func((GDestroyNotify)reader_client_free);
	for (int i = 0; i < clerk->config.readers; i++) {
		struct reader_client *client = reader_client_connect(
		    clerk->config.run_dir, clerk->config.reader_seconds + READER_GRACE, error);
		if (!client)
			return false;
		g_ptr_array_add(clerk->clients, client);
	}
	return true;
}

struct filling {
	struct watchlist *watchlist;
	GPtrArray *ids;
	bool failed;
	struct error *error;
};

static void flush_ids(struct filling *filling)
{
	if (filling->ids->len && !filling->failed)
		filling->failed = !watchlist_add(filling->watchlist, (const char *const *)filling->ids->pdata,
		    filling->ids->len, filling->error);
	g_ptr_array_set_size(filling->ids, 0);
}

static void add_id(const char *message_id, void *data)
{
	struct filling *filling = data;
	g_ptr_array_add(filling->ids, g_strdup(message_id));
	if (filling->ids->len >= WATCH_BATCH)
		flush_ids(filling);
}

/* Adds the ids that the last EVENTS events of the journal brought; 0: all. */
static bool fill_watchlist(struct clerk *clerk, int64_t events, struct error *error)
{
	char head[SHA256_TEXT_SIZE];
	int64_t last;
	if (!journal_head_get(clerk->store, &last, head, error))
		return false;
	struct filling filling = {clerk->watchlist, g_ptr_array_new_with_free_func(g_free), false, error};
	bool done =
	    message_id_each(clerk->store, events ? MAX(last - events, 0) : 0, add_id, &filling, error);
	flush_ids(&filling);
	g_ptr_array_unref(filling.ids);
	return done && !filling.failed;
}

/* A new or lost watchlist is filled from the store, another one with what may have been missed when the clerk
 * died between the books and the watchlist. Without one the front falls back to addresses: no reason to stop.
 */
static void open_watchlist(struct clerk *clerk)
{
	struct error error = {0};
	int64_t count = 0;
	char *path = installation_place(clerk->config.run_dir, PLACE_WATCHLIST);
	clerk->watchlist = watchlist_create(path, &error);
	free(path);
	if (!clerk->watchlist || !watchlist_count(clerk->watchlist, &count, &error) ||
	    !fill_watchlist(clerk, count ? RECENT_EVENTS : 0, &error))
		log_error("watchlist", &error);
}

/* What could not be added when it came (the disk was full) is added when there is room again. */
static void mend_watchlist(struct clerk *clerk)
{
	struct error error = {0};
	if (!clerk->watchlist_lags)
		return;
	clerk->watchlist_lags = !fill_watchlist(clerk, RECENT_EVENTS, &error);
	if (clerk->watchlist_lags)
		log_throttled(&failure_throttle, LOG_IS_WARNING, NULL, "watchlist", "%s", error.text);
}

static bool load_config(struct clerk *clerk, struct error *error)
{
	struct config config;
	if (!installation_load(clerk->config_path, &config, error))
		return false;
	struct zone *zone = zone_new(config.time_zone, error);
	if (!zone) {
		config_clear(&config);
		return false;
	}
	if (!clerk->zone)
		log_open("relance-clerk", !strcmp(config.log, "syslog"), false);
	/* no reason to stop: a reminder whose words are wrong is not sent, and says so itself */
	struct error wrong = {0};
	if (!templates_check(&config, &wrong))
		log_error("templates", &wrong);
	config_clear(&clerk->config);
	zone_free(clerk->zone);
	clerk->config = config;
	clerk->zone = zone;
	clerk->site = (struct dunning_site){.zone = zone, .unread = count_unread, .unread_data = clerk};
	return true;
}

static bool load_clock(struct clerk *clerk, struct error *error)
{
	return !clerk->config.test_clock || clock_load(clerk->config.run_dir, error);
}

struct clerk *clerk_new(const char *config_path, struct error *error)
{
	struct clerk *clerk = g_new0(struct clerk, 1);
	clerk->config_path = config_path;
	clerk->arrivals = -1;
	clerk->spool = SPOOL_CLOSED;
	clerk->planned_on = DATE_NONE;
	bool opened = load_config(clerk, error);
	if (opened) {
		if (clerk->config.test_clock)
			fault_setup(getenv("RELANCE_FAULT"));
	}
	opened = opened && load_clock(clerk, error) && open_store(clerk, error) && open_spool(clerk, error) &&
		 open_readers(clerk, error) &&
		 dunning_recover(clerk->store, &clerk->config, &clerk->site, clock_now(), error);
	if (!opened) {
		clerk_free(clerk);
		return NULL;
	}
	open_watchlist(clerk);
	return clerk;
}

void clerk_free(struct clerk *clerk)
{
	if (!clerk)
		return;
	if (clerk->clients)
		g_ptr_array_unref(clerk->clients);
	if (clerk->watchlist)
		watchlist_close(clerk->watchlist);
	if (clerk->arrivals >= 0)
		close(clerk->arrivals);
	if (clerk->spool.new >= 0)
		spool_close(&clerk->spool);
	store_close(clerk->store);
	zone_free(clerk->zone);
	config_clear(&clerk->config);
	g_free(clerk);
}

/* ---- working ---- */

static void reload(struct clerk *clerk)
{
	struct error error = {0};
	reload_wanted = 0;
	if (!load_config(clerk, &error) || !load_clock(clerk, &error)) {
		log_error("the configuration is kept as it was", &error);
		return;
	}
	clerk->planned_on = DATE_NONE;
	clerk->tick_at = 0;
}

static bool plan_everything(struct clerk *clerk, instant_t now, date_t today, struct error *error)
{
	struct ledger ledger;
	int64_t count = 0;
	ledger_init(&ledger, clerk->store, &clerk->config, "clerk", now, today);
	bool done = store_begin(clerk->store, error) && plan_all(&ledger, &clerk->site, &count, error) &&
		    store_commit(clerk->store, error);
	if (!done)
		store_rollback(clerk->store);
	ledger_clear(&ledger);
	if (done)
		log_event(LOG_IS_DETAIL, NULL, "planned", "receivables=%lld", (long long)count);
	return done;
}

/* A test that moved the clock waits for this. */
static bool tell_ticked(const struct clerk *clerk, instant_t now, struct error *error)
{
	char *path = installation_place(clerk->config.run_dir, PLACE_TICKED);
	g_autofree char *text = g_strdup_printf("%lld\n", (long long)now);
	bool told = file_replace(path, text, strlen(text), 0644, error);
	free(path);
	return told;
}

/* The mails to our own people. A wrong template keeps the digest back, and nothing else. */
static bool tell(struct clerk *clerk, instant_t now, struct error *error)
{
	int64_t told = 0;
	struct error wrong = {0};
	if (!digest_tick(clerk->store, &clerk->config, &clerk->site, now, &wrong)) {
		if (wrong.status != STATUS_CONFIG) {
			*error = wrong;
			return false;
		}
		log_throttled(&failure_throttle, LOG_IS_WARNING, NULL, "digest", "%s", wrong.text);
	}
	if (!notice_tick(clerk->store, &clerk->config, &clerk->site, now, &told, error))
		return false;
	if (told)
		log_event(LOG_IS_EVENT, NULL, "told", "mails=%lld", (long long)told);
	return true;
}

static bool tick(struct clerk *clerk, struct error *error)
{
	instant_t now = clock_now();
	date_t today = zone_date(clerk->zone, now);
	struct dunning_tick did = {0};
	if (clerk->planned_on != today) {
		if (!plan_everything(clerk, now, today, error))
			return false;
		clerk->planned_on = today;
	}
	if (!dunning_tick(clerk->store, &clerk->config, &clerk->site, now, &did, error))
		return false;
	if (!tell(clerk, now, error))
		return false;
	if (did.composed || did.tasks || did.submitted || did.failed)
		log_event(LOG_IS_EVENT, NULL, "tick", "composed=%lld tasks=%lld submitted=%lld failed=%lld",
		    (long long)did.composed, (long long)did.tasks, (long long)did.submitted,
		    (long long)did.failed);
	instant_t latest = now + (clerk->config.test_clock ? TEST_TICK_SECONDS : TICK_SECONDS);
	mend_watchlist(clerk);
	clerk->tick_at = did.next < latest ? MAX(did.next, now) : latest;
	clerk->hurry_at = did.unread ? now + 1 : 0;
	return !clerk->config.test_clock || tell_ticked(clerk, now, error);
}

/* Until mail arrives, a signal comes, or SECONDS have passed. */
static void wait_for_news(const struct clerk *clerk, int64_t seconds)
{
	struct timespec timeout = {.tv_sec = seconds};
	struct pollfd descriptor = {.fd = clerk->arrivals, .events = POLLIN};
	char events[4096];
	sigset_t none;
	sigemptyset(&none);
	if (ppoll(&descriptor, 1, &timeout, &none) > 0)
		while (read(clerk->arrivals, events, sizeof events) > 0)
			;
}

/* One round; the seconds to wait before the next. */
static int64_t work(struct clerk *clerk)
{
	struct error error = {0};
	struct batch_place place = {clerk->store, &clerk->config, &clerk->site, &clerk->spool,
	    clerk->watchlist, &clerk->watchlist_lags, clerk->clients};
	int done = 0;
	if (clerk->config.test_clock && !clock_load(clerk->config.run_dir, &error)) {
		log_throttled(&failure_throttle, LOG_IS_WARNING, NULL, "clock", "%s", error.text);
		return RETRY_SECONDS;
	}
	if (!batch_run(&place, &done, &error)) {
		log_throttled(&failure_throttle, LOG_IS_WARNING, NULL, "spool", "%s", error.text);
		return RETRY_SECONDS;
	}
	if (done) {
		if (clerk->hurry_at)
			clerk->tick_at = MIN(clerk->tick_at, clerk->hurry_at);
		return 0;
	}
	instant_t now = clock_now();
	/* A clock that was set back must not put the next tick years away. */
	bool is_due = now >= clerk->tick_at || clerk->tick_at > now + TICK_SECONDS;
	if (is_due && !tick(clerk, &error)) {
		log_throttled(&failure_throttle, LOG_IS_WARNING, NULL, "tick", "%s", error.text);
		return RETRY_SECONDS;
	}
	return MAX(clerk->tick_at - clock_now(), 1);
}

void clerk_run(struct clerk *clerk)
{
	while (!stop_wanted) {
		int64_t seconds = work(clerk);
		wait_for_news(clerk, seconds);
		if (reload_wanted)
			reload(clerk);
	}
}
