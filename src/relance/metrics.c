#include "base/base.h"
#include "host/front_stats.h"
#include "host/spool.h"
#include "relance/session.h"
#include "store/figures.h"

#include <sys/stat.h>

/* Prometheus' text form, for the textfile collector: no time stamps, one HELP and TYPE a name. */

static void append_head(struct buffer *text, const char *name, const char *type, const char *help)
{
	buffer_printf(text, "# HELP relance_%s %s\n# TYPE relance_%s %s\n", name, help, name, type);
}

static void append_gauge(struct buffer *text, const char *name, const char *help, int64_t value)
{
	append_head(text, name, "gauge", help);
	buffer_printf(text, "relance_%s %lld\n", name, (long long)value);
}

/* A label's value: backslash, quote and line end are escaped. */
static void append_label(struct buffer *text, const char *value)
{
	for (; *value != '\0'; value++) {
		if (*value == '\\' || *value == '"')
			buffer_append_char(text, '\\');
		if (*value == '\n')
			buffer_append_text(text, "\\n");
		else
			buffer_append_char(text, *value);
	}
}

static void append_front(const struct session *session, struct buffer *text)
{
	uint64_t counts[FRONT_COUNTS];
	struct error none = {0};
	if (!front_stats_read(session->config.run_dir, counts, &none))
		return;
	append_head(text, "front_total", "counter", "What the front saw, took and missed.");
	for (int i = 0; i < FRONT_COUNTS; i++)
		buffer_printf(text, "relance_front_total{what=\"%s\"} %llu\n",
		    front_count_name((enum front_count)i), (unsigned long long)counts[i]);
}

static void append_spool(const struct session *session, struct buffer *text)
{
	struct spool spool;
	struct error none = {0};
	int64_t unread, unread_bytes, failed, failed_bytes;
	struct stat status;
	if (stat(session->config.spool_dir, &status) != 0 ||
	    !spool_open(session->config.spool_dir, &spool, &none))
		return;
	if (spool_measure(spool.new, &unread, &unread_bytes, &none) &&
	    spool_measure(spool.failed, &failed, &failed_bytes, &none)) {
		append_gauge(text, "spool_messages", "Messages that the clerk has not read.", unread);
		append_gauge(text, "spool_bytes", "Their bytes.", unread_bytes);
		append_gauge(text, "failed_messages", "Messages that could not be read.", failed);
	}
	spool_close(&spool);
}

static bool append_words(struct session *session, struct buffer *text, enum word_figure figure,
    const char *name, const char *label, const char *help, struct error *error)
{
	GPtrArray *counts = word_counts(session->store, figure, error);
	if (counts == NULL)
		return false;
	append_head(text, name, "gauge", help);
	for (guint i = 0; i < counts->len; i++) {
		const struct word_count *count = g_ptr_array_index(counts, i);
		buffer_printf(text, "relance_%s{%s=\"", name, label);
		append_label(text, count->word != NULL ? count->word : "none");
		buffer_printf(text, "\"} %lld\n", (long long)count->count);
	}
	g_ptr_array_unref(counts);
	return true;
}

static bool append_money(struct session *session, struct buffer *text, struct error *error)
{
	GArray *sums = open_sums(session->store, session->common.company, 0, session->today, error);
	char amount[MONEY_TEXT_SIZE];
	if (sums == NULL)
		return false;
	append_head(
	    text, "open_amount", "gauge", "Open amounts by currency, and what of them is past its due day.");
	for (guint i = 0; i < sums->len; i++) {
		const struct currency_sum *sum = &g_array_index(sums, struct currency_sum, i);
		buffer_printf(text, "relance_open_amount{currency=\"%s\",overdue=\"any\"} %s\n",
		    sum->currency, money_format(money(sum->open, sum->currency), amount));
		buffer_printf(text, "relance_open_amount{currency=\"%s\",overdue=\"yes\"} %s\n",
		    sum->currency, money_format(money(sum->overdue, sum->currency), amount));
	}
	g_array_unref(sums);
	return true;
}

static bool append_store(struct session *session, struct buffer *text, struct error *error)
{
	return append_words(
		   session, text, COUNT_RECEIVABLES, "receivables", "state", "Invoices by state.", error) &&
	       append_words(session, text, COUNT_GUARDS, "held", "guard", "Planned steps that a guard holds.",
		   error) &&
	       append_words(session, text, COUNT_PLANNED, "planned", "step",
		   "Planned steps that nothing holds.", error) &&
	       append_words(
		   session, text, COUNT_OUTBOX, "reminders", "state", "Reminders by state.", error) &&
	       append_words(session, text, COUNT_TASKS, "tasks", "kind", "Open tasks by kind.", error) &&
	       append_words(
		   session, text, COUNT_MESSAGES, "messages", "state", "Messages kept, by state.", error) &&
	       append_words(
		   session, text, COUNT_EVENTS, "events", "kind", "Events of the journal by kind.", error) &&
	       append_money(session, text, error);
}

bool run_metrics(struct session *session, struct error *error)
{
	struct buffer text = BUFFER_EMPTY;
	append_gauge(&text, "up", "Whether the daemon runs.", session_daemon(session) != 0);
	append_front(session, &text);
	append_spool(session, &text);
	bool ok = session_open(session, ACCESS_READ, error) && append_store(session, &text, error);
	if (ok)
		fputs(text.bytes, stdout);
	buffer_clear(&text);
	return ok;
}
