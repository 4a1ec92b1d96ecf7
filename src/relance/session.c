#include "base/base.h"
#include "relance/session.h"
#include "base/amount_text.h"
#include "host/installation.h"
#include "host/spool.h"
#include "report/display.h"
#include "report/words.h"

#include <fcntl.h>
#include <pwd.h>
#include <unistd.h>

static const char *const format_words[] = {"table", "csv", "tsv", "json", "html", NULL};

const struct option_row common_rows[] = {
    {'c', "config", OPTION_TEXT, offsetof(struct common_options, config), "FILE", "configuration file", NULL},
    {'f', "format", OPTION_WORD, offsetof(struct common_options, format), "FORMAT",
	"table, csv, tsv, json or html", format_words},
    {0, "json", OPTION_FLAG, offsetof(struct common_options, json), NULL, "the same as -f json", NULL},
    {0, "lines", OPTION_FLAG, offsetof(struct common_options, lines), NULL, "JSON: one object a line", NULL},
    {0, "as-of", OPTION_DATE, offsetof(struct common_options, as_of), "DATE",
	"state as of the end of that day", NULL},
    {0, "company", OPTION_TEXT, offsetof(struct common_options, company), "NAME", "only this company", NULL},
    {0, "lang", OPTION_TEXT, offsetof(struct common_options, lang), "LANGUAGE", "fr, en, de, es, it or nl",
	NULL},
    {'q', "quiet", OPTION_FLAG, offsetof(struct common_options, quiet), NULL, "say nothing but errors", NULL},
    {'v', "verbose", OPTION_FLAG, offsetof(struct common_options, verbose), NULL, "say more", NULL},
    {0, "now", OPTION_TEXT, offsetof(struct common_options, now), "INSTANT",
	"act as if it were then (test_clock)", NULL},
    {'h', "help", OPTION_FLAG, offsetof(struct common_options, help), NULL, "explain the command", NULL},
    {'V', "version", OPTION_FLAG, offsetof(struct common_options, version), NULL, "print the version", NULL},
    OPTIONS_END,
};

/* --- opening */

const char *session_config_path(const struct session *session)
{
	return session->common.config != NULL ? session->common.config : INSTALLATION_CONFIG;
}

char *session_store_location(const struct session *session)
{
	return installation_place(session->config.state_dir, PLACE_STORE);
}

static char *actor_of_user(void)
{
	const char *sudo = getenv("SUDO_USER");
	const struct passwd *user = getpwuid(getuid());
	if (getuid() == 0 && sudo != NULL && *sudo != '\0')
		return g_strdup_printf("user:%s", sudo);
	return user != NULL ? g_strdup_printf("user:%s", user->pw_name)
			    : g_strdup_printf("user:%u", (unsigned)getuid());
}

static bool set_clock(struct session *session, struct error *error)
{
	const char *now = session->common.now;
	if (session->config.test_clock && !clock_load(session->config.run_dir, error))
		return false;
	session->now = clock_now();
	session->today = zone_date(session->zone, session->now);
	if (now == NULL)
		return true;
	if (!session->config.test_clock)
		return error_set(
		    error, STATUS_USAGE, "--now: only with test_clock = yes in the configuration");
	instant_t instant;
	if (!session_instant(session, now, &instant, error))
		return error_prefix(error, "--now");
	clock_shift(instant - clock_now());
	session->now = instant;
	session->today = zone_date(session->zone, instant);
	return true;
}

static bool open_config(struct session *session, struct error *error)
{
	struct option_set common = {common_rows, &session->common};
	struct option_set own = {session->command->options, session->options};
	if (!installation_load(session_config_path(session), &session->config, error))
		return false;
	session->has_config = true;
	if (session->common.company != NULL &&
	    config_company(&session->config, session->common.company) == NULL)
		return error_set(
		    error, STATUS_USAGE, "--company %s: not in the configuration", session->common.company);
	session->zone = zone_new(session->config.time_zone, error);
	if (session->zone == NULL || !set_clock(session, error) ||
	    !options_set_dates(&common, session->today, error) ||
	    !options_set_dates(&own, session->today, error))
		return false;
	session->as_of =
	    session->common.as_of.date == DATE_NONE ? session->today : session->common.as_of.date;
	return true;
}

/* Messages that the clerk has not read yet: what the guard "unread-mail" asks for. */
static int64_t count_unread(void *data)
{
	const struct session *session = data;
	struct spool spool;
	int64_t count = 0;
	int64_t bytes;
	struct error ignored = {0};
	if (access(session->config.spool_dir, F_OK) != 0 ||
	    !spool_open(session->config.spool_dir, &spool, &ignored))
		return 0;
	if (!spool_measure(spool.new, &count, &bytes, &ignored))
		count = 0;
	spool_close(&spool);
	return count;
}

static bool open_store(struct session *session, bool writable, struct error *error)
{
	char *location = session_store_location(session);
	session->store = store_open(location, writable ? STORE_WRITE : STORE_READ, error);
	free(location);
	if (session->store == NULL)
		return false;
	session->actor = actor_of_user();
	session->site =
	    (struct dunning_site){.zone = session->zone, .unread = count_unread, .unread_data = session};
	ledger_init(
	    &session->ledger, session->store, &session->config, session->actor, session->now, session->today);
	session->has_ledger = true;
	return true;
}

bool session_open(struct session *session, enum access access, struct error *error)
{
	session->access = access;
	if (access == ACCESS_NONE)
		return true;
	if (!session->has_config && !open_config(session, error))
		return false;
	if (access == ACCESS_CONFIG)
		return true;
	if (!open_store(session, access != ACCESS_READ, error))
		return false;
	if (access == ACCESS_READ)
		return store_begin_read(session->store, error);
	return access == ACCESS_OWN || session_begin(session, error);
}

bool session_daemon_is_down(const struct session *session, struct error *error)
{
	pid_t daemon = session_daemon(session);
	return daemon == 0 || error_set(error, STATUS_TRY_AGAIN,
				  "relanced: it runs as process %d; stop it first", (int)daemon);
}

/* The daemon holds its PID file locked as long as it lives. */
pid_t session_daemon(const struct session *session)
{
	char *path = installation_place(session->config.run_dir, PLACE_PID);
	int file = open(path, O_RDWR | O_CLOEXEC);
	if (file < 0)
		file = open(path, O_RDONLY | O_CLOEXEC);
	free(path);
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	if (file < 0)
		return 0;
	bool locked = fcntl(file, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
	close(file);
	return locked ? lock.l_pid : 0;
}

bool session_begin(struct session *session, struct error *error)
{
	return store_begin(session->store, error);
}

bool session_commit(struct session *session, struct error *error)
{
	if (plan_touched(&session->ledger, &session->site, error) && store_commit(session->store, error))
		return true;
	session_rollback(session);
	return false;
}

void session_rollback(struct session *session)
{
	if (session->store != NULL && store_in_transaction(session->store))
		store_rollback(session->store);
}

bool session_finish(struct session *session, bool failed, struct error *error)
{
	if (!failed && session->access == ACCESS_WRITE)
		failed = !session_commit(session, error);
	session_rollback(session);
	struct printer *printer = session->printer;
	session->printer = NULL;
	if (failed) {
		printer_abandon(printer);
		return false;
	}
	return printer == NULL || printer_finish(printer, error);
}

void session_close(struct session *session)
{
	session_rollback(session);
	printer_abandon(session->printer);
	if (session->has_ledger)
		ledger_clear(&session->ledger);
	if (session->store != NULL)
		store_close(session->store);
	zone_free(session->zone);
	if (session->has_config)
		config_clear(&session->config);
	g_free(session->actor);
	g_free(session->options);
}

/* --- printing */

void session_tell(const struct error *error)
{
	char *text = display_text(error->text);
	fprintf(stderr, "relance: %s\n", text);
	free(text);
}

bool session_is_json(const struct session *session)
{
	return session->common.json || session->common.format == PRINTER_JSON;
}

const char *session_language(const struct session *session)
{
	static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
	static char language[3];
	if (session->common.lang != NULL)
		return session->common.lang;
	for (size_t i = 0; i < ARRAY_LENGTH(variables); i++) {
		const char *value = getenv(variables[i]);
		if (value == NULL || *value == '\0')
			continue;
		snprintf(language, sizeof language, "%.2s", value);
		return words_has_language(language) ? language : NULL;
	}
	return NULL;
}

struct printer *session_printer(struct session *session)
{
	if (session->printer != NULL)
		return session->printer;
	enum printer_format format = PRINTER_TABLE;
	if (session->common.format >= 0)
		format = (enum printer_format)session->common.format;
	if (session->common.json)
		format = PRINTER_JSON;
	const char *language = session_language(session);
	struct printer_options options = {
	    .format = format,
	    .lines = session->common.lines,
	    .language = language != NULL ? language : "en",
	    .zone = session->zone,
	    .colour = display_has_colour(STDOUT_FILENO),
	};
	session->printer = printer_new(stdout, &options);
	return session->printer;
}

/* --- arguments */

bool session_company(const struct session *session, const char **company, struct error *error)
{
	if (session->common.company != NULL)
		*company = config_company(&session->config, session->common.company)->name;
	else if (session->config.company_count == 1)
		*company = session->config.companies[0].name;
	else
		return error_set(
		    error, STATUS_USAGE, "--company NAME is needed: the configuration has several");
	return true;
}

bool session_date(const struct session *session, const char *text, date_t *date, struct error *error)
{
	return date_from_words(text, session->today, date) ||
	       error_set(error, STATUS_USAGE, "%s: not a date (YYYY-MM-DD, today, tomorrow, +8d)", text);
}

/* "HH:MM" or "HH:MM:SS" */
static bool second_of_day(const char *text, int *second)
{
	static const char pattern[] = "00:00:00";
	size_t length = strlen(text);
	if (length != 5 && length != 8)
		return false;
	for (size_t i = 0; i < length; i++)
		if (pattern[i] == ':' ? text[i] != ':' : text[i] < '0' || text[i] > '9')
			return false;
	int hours = (text[0] - '0') * 10 + text[1] - '0';
	int minutes = (text[3] - '0') * 10 + text[4] - '0';
	int seconds = length == 8 ? (text[6] - '0') * 10 + text[7] - '0' : 0;
	*second = hours * 3600 + minutes * 60 + seconds;
	return hours < 24 && minutes < 60 && seconds < 60;
}

bool session_instant(const struct session *session, const char *text, instant_t *instant, struct error *error)
{
	date_t date;
	int offset;
	int second = 12 * 3600;
	if (instant_parse(text, instant, &offset))
		return true;
	if ((*text == '+' || *text == '-') && date_from_words(text, session->today, &date)) {
		*instant = session->now + (instant_t)(date - session->today) * 86400;
		return true;
	}
	char *day = g_strndup(text, strcspn(text, "T "));
	const char *time = text + strlen(day);
	bool ok = date_from_words(day, session->today, &date) &&
		  (*time == '\0' || second_of_day(time + 1, &second));
	g_free(day);
	if (!ok)
		return error_set(error, STATUS_USAGE,
		    "%s: not an instant (2026-03-17T10:02:00+01:00, 2026-03-17 10:02)", text);
	*instant = zone_instant(session->zone, date, second);
	return true;
}

bool amount_from_text(const char *text, const char *currency, struct money *amount)
{
	struct amount_text read;
	if (money_parse(text, currency, amount))
		return true;
	/* "1.188" can be 1188 or a little more than 1: nobody should have to find out later which it was
	 * taken for */
	return *text != '\0' && amount_text_scan(text, strlen(text), &read) == strlen(text) &&
	       !read.one_mark && !read.percent && amount_text_money(&read, currency, amount);
}

bool session_amount(const char *text, const char *currency, int64_t *minor, struct error *error)
{
	struct money amount;
	if (!amount_from_text(text, currency, &amount) || amount.minor <= 0)
		return error_set(error, STATUS_USAGE, "%s: not an amount in %s (1188.00)", text, currency);
	*minor = amount.minor;
	return true;
}

bool session_id(const char *text, int64_t *id, struct error *error)
{
	return number_from_text(*text == '#' ? text + 1 : text, id) ||
	       error_set(error, STATUS_USAGE, "%s: not a number of the list", text);
}

/* How many receivables of the wanted companies have that number; the first of them in RECEIVABLE. */
static bool find_receivable(struct session *session, const char *number, struct receivable *receivable,
    int *count, struct error *error)
{
	GPtrArray *rows = receivable_list_of_number(session->store, number, error);
	*count = 0;
	if (rows == NULL)
		return false;
	for (guint i = 0; i < rows->len; i++) {
		struct receivable *row = g_ptr_array_index(rows, i);
		if (session->common.company != NULL &&
		    g_ascii_strcasecmp(row->company, session->common.company) != 0)
			continue;
		if ((*count)++ == 0) {
			*receivable = *row;
			memset(row, 0, sizeof *row); /* its texts belong to RECEIVABLE now */
		}
	}
	rows_free(&receivable_table, rows);
	return true;
}

bool session_receivable(
    struct session *session, const char *number, struct receivable *receivable, struct error *error)
{
	int count;
	if (!find_receivable(session, number, receivable, &count, error))
		return false;
	if (count == 1)
		return true;
	if (count == 0)
		return error_set(error, STATUS_NO, "%s: no such invoice", number);
	row_clear(&receivable_table, receivable);
	return error_set(
	    error, STATUS_USAGE, "%s: %d invoices have this number (say --company NAME)", number, count);
}

static bool find_customer(
    struct session *session, const char *text, struct customer *customer, bool *found, struct error *error)
{
	struct store *store = session->store;
	const char *company = session->common.company;
	int64_t id;
	*found = false;
	if (*text == '#' && number_from_text(text + 1, &id))
		return customer_get(store, id, customer, found, error);
	for (size_t i = 0; i < session->config.company_count && !*found; i++) {
		const char *name = session->config.companies[i].name;
		if ((company == NULL || g_ascii_strcasecmp(company, name) == 0) &&
		    !customer_of_reference(store, name, text, customer, found, error))
			return false;
	}
	if (!*found && strchr(text, '@') != NULL) {
		char *address = g_ascii_strdown(text, -1);
		bool ok = customer_of_address(store, company, address, customer, found, error);
		g_free(address);
		return ok;
	}
	return *found || customer_of_name(store, company, text, customer, found, error);
}

bool session_customer(
    struct session *session, const char *text, struct customer *customer, struct error *error)
{
	bool found;
	if (!find_customer(session, text, customer, &found, error))
		return false;
	return found || error_set(error, STATUS_NO, "%s: no such customer", text);
}

bool session_subject(struct session *session, const char *text, struct subject *subject, struct error *error)
{
	int count;
	bool found;
	*subject = (struct subject){0};
	if (!find_receivable(session, text, &subject->receivable, &count, error))
		return false;
	if (count > 1)
		return error_set(error, STATUS_USAGE, "%s: %d invoices have this number (say --company NAME)",
		    text, count);
	if (count == 1)
		return customer_get(
		    session->store, subject->receivable.customer, &subject->customer, &found, error);
	if (!find_customer(session, text, &subject->customer, &found, error))
		return false;
	return found || error_set(error, STATUS_NO, "%s: no such invoice or customer", text);
}

void subject_clear(struct subject *subject)
{
	row_clear(&customer_table, &subject->customer);
	row_clear(&receivable_table, &subject->receivable);
}
