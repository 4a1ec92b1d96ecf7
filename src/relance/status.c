#include "base/base.h"
#include "dunning/held_now.h"
#include "host/file.h"
#include "host/front_stats.h"
#include "host/spool.h"
#include "ledger/event.h"
#include "relance/session.h"
#include "report/sums.h"
#include "report/timeline.h"
#include "store/figures.h"
#include "store/rows_journal.h"
#include "store/rows_plan.h"

#include <errno.h>
#include <sys/stat.h>

#define MOST_FAILED 20
#define OLD_SPOOL   (15 * 60) /* seconds after which unread mail is worth a warning */

struct status_options {
	bool check;
};
const struct option_row status_option_rows[] = {
    {0, "check", OPTION_FLAG, offsetof(struct status_options, check), NULL,
	"one line for monitoring; exit status 0 good, 1 warning, 2 critical", NULL},
    OPTIONS_END,
};

/* All that the screen shows, gathered first: a part that cannot be had is told, the others are still shown.
 */
struct state {
	pid_t daemon;
	uint64_t front[FRONT_COUNTS];
	bool has_front;
	int64_t unread, unread_bytes, oldest; /* OLDEST: age in seconds of the oldest unread mail, -1: none */
	int64_t failed, failed_bytes;
	char (*failed_stems)[SPOOL_STEM_SIZE];
	int failed_listed;
	struct spool spool;
	bool has_spool, has_store, paused;
	struct error spool_error, store_error;
	int64_t events, waiting, failing, review, tasks;
};

static int64_t age_of(int directory, const char *stem, instant_t now)
{
	time_t arrival;
	return spool_arrival(directory, stem, &arrival) ? MAX(0, now - (int64_t)arrival) : -1;
}

static bool look_at_spool(struct session *session, struct state *state, struct error *error)
{
	char first[1][SPOOL_STEM_SIZE];
	struct stat status;
	state->oldest = -1;
	if (stat(session->config.spool_dir, &status) != 0)
		return error_set_errno(error, STATUS_UNAVAILABLE, errno, "%s", session->config.spool_dir);
	if (!spool_open(session->config.spool_dir, &state->spool, error))
		return false;
	state->has_spool = true;
	state->failed_stems = g_malloc(MOST_FAILED * sizeof *state->failed_stems);
	state->failed_listed = spool_list(state->spool.failed, state->failed_stems, MOST_FAILED, error);
	int unread = spool_list(state->spool.new, first, 1, error);
	if (unread > 0)
		state->oldest = age_of(state->spool.new, first[0], (instant_t)time(NULL));
	return unread >= 0 && state->failed_listed >= 0 &&
	       spool_measure(state->spool.new, &state->unread, &state->unread_bytes, error) &&
	       spool_measure(state->spool.failed, &state->failed, &state->failed_bytes, error);
}

static int64_t count_of(const GPtrArray *counts, const char *word)
{
	int64_t sum = 0;
	for (guint i = 0; i < counts->len; i++) {
		const struct word_count *count = g_ptr_array_index(counts, i);
		if (word == NULL || (count->word != NULL && strcmp(count->word, word) == 0))
			sum += count->count;
	}
	return sum;
}

static bool add_count(
    struct store *store, enum word_figure figure, const char *word, int64_t *count, struct error *error)
{
	GPtrArray *counts = word_counts(store, figure, error);
	if (counts == NULL)
		return false;
	*count = count_of(counts, word);
	g_ptr_array_unref(counts);
	return true;
}

static bool look_at_store(struct session *session, struct state *state, struct error *error)
{
	char hash[65];
	char *paused = NULL;
	if (!session_open(session, ACCESS_READ, error))
		return false;
	struct store *store = session->store;
	bool ok = journal_head_get(store, &state->events, hash, error) &&
		  setting_get(store, "sending.paused", &paused, error) &&
		  add_count(store, COUNT_OUTBOX, "waiting", &state->waiting, error) &&
		  add_count(store, COUNT_OUTBOX, "failed", &state->failing, error) &&
		  add_count(store, COUNT_MESSAGES, "review", &state->review, error) &&
		  add_count(store, COUNT_TASKS, NULL, &state->tasks, error);
	state->paused = paused != NULL && strcmp(paused, "yes") == 0;
	g_free(paused);
	state->has_store = ok;
	return ok;
}

static void look(struct session *session, struct state *state)
{
	struct error none = {0};
	state->daemon = session_daemon(session);
	state->has_front = front_stats_read(session->config.run_dir, state->front, &none);
	look_at_spool(session, state, &state->spool_error);
	look_at_store(session, state, &state->store_error);
}

static void state_clear(struct state *state)
{
	if (state->has_spool)
		spool_close(&state->spool);
	g_free(state->failed_stems);
}

static uint64_t lost(const struct state *state)
{
	return state->front[FRONT_LOST_SIZE] + state->front[FRONT_LOST_BUSY] +
	       state->front[FRONT_LOST_SPOOL_FULL] + state->front[FRONT_LOST_HEADERS] +
	       state->front[FRONT_LOST_ERROR];
}

/* --- for monitoring: the convention of monitoring plugins */

static int judge(const struct state *state, struct buffer *text)
{
	int verdict = 0;
	const struct {
		bool bad;
		int verdict;
		const char *words;
	} signs[] = {
	    {state->daemon == 0, 2, "relanced does not run"},
	    {!state->has_store, 2, "the store cannot be read"},
	    {!state->has_spool, 2, "the spool cannot be read"},
	    {state->oldest > OLD_SPOOL, 1, "mail waits unread"},
	    {state->failed > 0, 1, "messages could not be read"},
	    {state->failing > 0, 1, "reminders could not be sent"},
	    {state->paused, 1, "sending is paused"},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(signs); i++) {
		if (!signs[i].bad)
			continue;
		buffer_printf(text, "%s%s", text->length > 0 ? ", " : "", signs[i].words);
		verdict = MAX(verdict, signs[i].verdict);
	}
	return verdict;
}

static void print_check(struct session *session, const struct state *state)
{
	static const char *const words[] = {"OK", "WARNING", "CRITICAL"};
	struct buffer text = BUFFER_EMPTY;
	int verdict = judge(state, &text);
	printf("RELANCE %s - %s | unread=%lld failed=%lld tasks=%lld review=%lld waiting=%lld\n",
	    words[verdict], text.length > 0 ? text.bytes : "all is well", (long long)state->unread,
	    (long long)state->failed, (long long)state->tasks, (long long)state->review,
	    (long long)state->waiting);
	session->status = (enum exit_status)verdict;
	buffer_clear(&text);
}

/* --- for people */

static const struct field status_fields[] = {
    {"daemon", "Daemon", FIELD_TEXT, 0},
    {"pid", "Process", FIELD_NUMBER, FIELD_FOR_MACHINES},
    {"sending", "Sending", FIELD_TEXT, 0},
    {"paused", "Paused", FIELD_BOOLEAN, FIELD_FOR_MACHINES},
    {"seen", "Mails seen", FIELD_NUMBER, 0},
    {"taken_outgoing", "Taken outgoing", FIELD_NUMBER, 0},
    {"taken_incoming", "Taken incoming", FIELD_NUMBER, 0},
    {"missed", "Missed", FIELD_NUMBER, 0},
    {"unread", "Unread", FIELD_NUMBER, 0},
    {"unread_bytes", "Unread bytes", FIELD_NUMBER, FIELD_FOR_MACHINES},
    {"oldest_unread_seconds", "Oldest unread", FIELD_NUMBER, FIELD_FOR_MACHINES},
    {"failed", "Not readable", FIELD_NUMBER, 0},
    {"events", "Events", FIELD_NUMBER, 0},
    {"open_invoices", "Open invoices", FIELD_NUMBER, 0},
    {"waiting", "Wait for approval", FIELD_NUMBER, 0},
    {"failing", "Not sent", FIELD_NUMBER, 0},
    {"review", "To review", FIELD_NUMBER, 0},
    {"tasks", "Open tasks", FIELD_NUMBER, 0},
    {"last_event_at", "Last event", FIELD_INSTANT, 0},
    {"last_event", "What", FIELD_TEXT, 0},
    {"problem", "Problem", FIELD_TEXT, 0},
};

static const char *sending_word(const struct session *session)
{
	static const char *const words[] = {
	    [SENDING_OFF] = "off", [SENDING_APPROVE] = "approve", [SENDING_ON] = "on"};
	return words[session->config.sending];
}

static void print_front(struct printer *printer, const struct state *state)
{
	const uint64_t counts[] = {state->front[FRONT_SEEN], state->front[FRONT_OUTGOING],
	    state->front[FRONT_INCOMING], lost(state)};
	for (size_t i = 0; i < ARRAY_LENGTH(counts); i++) {
		bool is_loss = i + 1 == ARRAY_LENGTH(counts) && counts[i] > 0;
		printer_emphasis(printer, is_loss ? EMPHASIS_BAD : EMPHASIS_NONE);
		if (state->has_front)
			printer_number(printer, (int64_t)counts[i]);
		else
			printer_absent(printer);
	}
}

static void number_unless_zero(struct printer *printer, int64_t number, enum emphasis emphasis)
{
	if (number == 0 && printer_is_for_people(printer)) {
		printer_absent(printer);
		return;
	}
	printer_emphasis(printer, number > 0 ? emphasis : EMPHASIS_NONE);
	printer_number(printer, number);
}

static bool print_last_event(
    struct session *session, const struct state *state, struct printer *printer, struct error *error)
{
	struct event event;
	bool found = false;
	struct buffer sentence = BUFFER_EMPTY;
	struct buffer evidence = BUFFER_EMPTY;
	bool ok = !state->has_store || state->events == 0 ||
		  (journal_get(session->store, state->events, &event, &found, error) &&
		      (!found || event_tell(session->store, &event, &sentence, &evidence, error)));
	if (ok) {
		printer_instant(printer, found ? event.at : INSTANT_NONE);
		printer_text(printer, found ? sentence.bytes : NULL);
	}
	if (found)
		row_clear(&journal_table, &event);
	buffer_clear(&sentence);
	buffer_clear(&evidence);
	return ok;
}

static void print_store(struct printer *printer, const struct state *state, int64_t open)
{
	const int64_t urgent[] = {state->waiting, state->failing, state->review, state->tasks};
	if (state->has_store) {
		printer_number(printer, state->events);
		printer_number(printer, open);
	} else {
		printer_absent(printer);
		printer_absent(printer);
	}
	for (size_t i = 0; i < ARRAY_LENGTH(urgent); i++)
		if (state->has_store)
			number_unless_zero(printer, urgent[i], i == 1 ? EMPHASIS_BAD : EMPHASIS_WARNING);
		else
			printer_absent(printer);
}

static bool print_fields(
    struct session *session, const struct state *state, struct printer *printer, struct error *error)
{
	int64_t open = 0;
	if (state->has_store && !add_count(session->store, COUNT_RECEIVABLES, "open", &open, error))
		return false;
	printer_begin_record(printer, NULL, status_fields, ARRAY_LENGTH(status_fields));
	printer_emphasis(printer, state->daemon == 0 ? EMPHASIS_BAD : EMPHASIS_GOOD);
	if (state->daemon == 0)
		printer_text(printer, printer_is_for_people(printer) ? "does not run" : "down");
	else if (printer_is_for_people(printer))
		printer_format(printer, "runs, process %d", (int)state->daemon);
	else
		printer_text(printer, "up");
	if (state->daemon == 0)
		printer_absent(printer);
	else
		printer_number(printer, state->daemon);
	printer_emphasis(printer, state->paused ? EMPHASIS_WARNING : EMPHASIS_NONE);
	if (printer_is_for_people(printer))
		printer_format(printer, "%s%s", sending_word(session), state->paused ? ", paused" : "");
	else
		printer_text(printer, sending_word(session));
	printer_boolean(printer, state->paused);
	print_front(printer, state);
	printer_number(printer, state->unread);
	printer_number(printer, state->unread_bytes);
	if (state->oldest < 0)
		printer_absent(printer);
	else
		printer_number(printer, state->oldest);
	number_unless_zero(printer, state->failed, EMPHASIS_BAD);
	print_store(printer, state, open);
	if (!print_last_event(session, state, printer, error))
		return false;
	printer_emphasis(printer, EMPHASIS_BAD);
	printer_text(printer, !state->has_store	  ? state->store_error.text
			      : !state->has_spool ? state->spool_error.text
						  : NULL);
	return true;
}

static bool print_sums(struct session *session, struct printer *printer, struct error *error)
{
	static const struct field fields[SUM_FIELDS] = {
	    {"currency", "Currency", FIELD_TEXT, FIELD_FOR_MACHINES}, {"invoices", "Open", FIELD_NUMBER, 0},
	    {"open", "Amount", FIELD_MONEY, 0}, {"overdue_invoices", "Overdue", FIELD_NUMBER, 0},
	    {"overdue", "Amount", FIELD_MONEY, 0}};
	return report_sums(
	    session->store, session->common.company, 0, session->today, "Money", fields, printer, error);
}

/* What is due and waits for the site or the day stands in the plan as free. */
static bool print_held_now(struct session *session, struct printer *printer, struct error *error)
{
	GArray *held = held_now(&session->ledger, &session->site, error);
	if (held == NULL)
		return false;
	for (guint i = 0; i < held->len; i++) {
		const struct held_now *one = &g_array_index(held, struct held_now, i);
		printer_text(printer, one->guard);
		printer_number(printer, one->count);
		printer_end_row(printer);
	}
	g_array_unref(held);
	return true;
}

static bool print_counts(struct session *session, struct printer *printer, enum word_figure figure,
    const char *name, const char *title, const char *label, struct error *error)
{
	const struct field fields[] = {{"name", label, FIELD_TEXT, 0}, {"count", "Count", FIELD_NUMBER, 0}};
	GPtrArray *counts = word_counts(session->store, figure, error);
	if (counts == NULL)
		return false;
	printer_begin_list(printer, name, title, fields, ARRAY_LENGTH(fields));
	for (guint i = 0; i < counts->len; i++) {
		const struct word_count *count = g_ptr_array_index(counts, i);
		printer_text(printer, count->word);
		printer_number(printer, count->count);
		printer_end_row(printer);
	}
	bool ok = figure != COUNT_GUARDS || print_held_now(session, printer, error);
	printer_end_list(printer);
	g_ptr_array_unref(counts);
	return ok;
}

/* Why a message in failed/ is there; g_free. */
static char *reason_of(const struct state *state, const char *stem)
{
	struct buffer reason = BUFFER_EMPTY;
	struct error none = {0};
	char *name = g_strconcat(stem, ".reason", NULL);
	char *text = file_read_at(state->spool.failed, name, 65536, &reason, &none) ? g_strdup(reason.bytes)
										    : g_strdup("");
	buffer_clear(&reason);
	g_free(name);
	return text;
}

static void print_failed(const struct state *state, struct printer *printer)
{
	static const struct field fields[] = {
	    {"id", "Message", FIELD_TEXT, 0}, {"reason", "Reason", FIELD_TEXT, FIELD_WRAPPED}};
	printer_begin_list(
	    printer, "failed_messages", "Could not be read (relance retry)", fields, ARRAY_LENGTH(fields));
	for (int i = 0; state->has_spool && i < state->failed_listed; i++) {
		char *reason = reason_of(state, state->failed_stems[i]);
		printer_text(printer, state->failed_stems[i]);
		printer_text(printer, g_strchomp(reason));
		printer_end_row(printer);
		g_free(reason);
	}
	printer_end_list(printer);
}

static bool print_status(struct session *session, const struct state *state, struct error *error)
{
	struct printer *printer = session_printer(session);
	if (!print_fields(session, state, printer, error))
		return false;
	if (state->has_store &&
	    (!print_sums(session, printer, error) ||
		!print_counts(session, printer, COUNT_PLANNED, "planned", "Planned", "Step", error) ||
		!print_counts(session, printer, COUNT_GUARDS, "held", "Held", "Guard", error) ||
		!print_counts(session, printer, COUNT_TASKS, "task_kinds", "Tasks", "Kind", error)))
		return false;
	print_failed(state, printer);
	printer_end_record(printer);
	return true;
}

bool run_status(struct session *session, struct error *error)
{
	const struct status_options *options = session->options;
	struct state state = {0};
	bool ok = true;
	look(session, &state);
	if (options->check)
		print_check(session, &state);
	else
		ok = print_status(session, &state, error);
	if (ok && !options->check && (!state.has_store || !state.has_spool))
		session->status = STATUS_NO;
	state_clear(&state);
	return ok;
}
