#include "base/base.h"
#include "ledger/notice_days.h"

#include "ledger/body.h"
#include "ledger/event.h"
#include "store/rows_journal.h"

/* What is told of the lines so far. */
struct search {
	const struct config *config;
	const struct receivable *receivable;
	const GPtrArray *lines;
	date_t *days;
	bool *sent;    /* the day is that of the post or of the mail: it stays */
	GArray *mails; /* of struct mail */
};
#define NOTICE "formal-notice"

/* A mail that is the formal notice of LINE (0: of what was due when it went). */
struct mail {
	int64_t outbox, line;
};

/* By the name that the step has on any ladder: an invoice may have changed its own. */
static bool is_notice(const struct search *search, const char *step)
{
	bool is = step && strcmp(step, NOTICE) == 0;
	for (size_t i = 0; step && !is && i < search->config->ladder_count; i++) {
		const struct ladder_config *ladder = &search->config->ladders[i];
		for (size_t s = 0; s < ladder->step_count; s++)
			is = is || (strcmp(ladder->steps[s].name, step) == 0 && ladder->steps[s].template &&
				       strcmp(ladder->steps[s].template, NOTICE) == 0);
	}
	return is;
}

/* LINE had the step on the day ON; of line 0, what was due by then. An earlier notice is the one that counts.
 */
static void note(const struct search *search, int64_t line, date_t on, bool sent)
{
	const struct due_line_row *first = search->lines->len ? search->lines->pdata[0] : NULL;
	for (guint i = 0; i < search->lines->len; i++) {
		const struct due_line_row *one = search->lines->pdata[i];
		bool is = line ? line == (int64_t)i + 1 : one->due_on <= on || one->due_on == first->due_on;
		if (!is || search->sent[i] || (!sent && search->days[i] != DATE_NONE))
			continue;
		search->days[i] = on;
		search->sent[i] = sent;
	}
}

/* The letter of the lines that came to the step last; without any, of what was due. */
static void note_posted(const struct search *search, date_t on)
{
	date_t last = DATE_NONE;
	for (guint i = 0; i < search->lines->len; i++)
		if (search->days[i] != DATE_NONE && (last == DATE_NONE || search->days[i] > last))
			last = search->days[i];
	if (last == DATE_NONE)
		note(search, 0, on, true);
	for (guint i = 0; last != DATE_NONE && i < search->lines->len; i++)
		if (search->days[i] == last)
			note(search, (int64_t)i + 1, on, true);
}

static void remember_mail(const struct search *search, const struct event *event, const json_t *body)
{
	size_t index;
	const json_t *item;
	json_array_foreach(json_object_get(body, "items"), index, item)
	{
		const char *step = body_text(item, "step");
		struct mail mail = {event->sequence, body_integer(item, "line")};
		if (body_integer(item, "receivable") == search->receivable->id && is_notice(search, step))
			g_array_append_val(search->mails, mail);
	}
}

static void note_mail(const struct search *search, const json_t *body)
{
	for (guint i = 0; i < search->mails->len; i++) {
		const struct mail *mail = &g_array_index(search->mails, struct mail, i);
		if (mail->outbox == body_integer(body, "outbox"))
			note(search, mail->line, body_date(body, "on"), true);
	}
}

static void look_at(const struct search *search, const struct event *event)
{
	enum event_kind kind;
	if (!event_kind_from_word(event->kind, &kind))
		return;
	json_t *body = json_loads(event->body, 0, NULL);
	const char *step = body_text(body, "step");
	bool is_ours = event->receivable == search->receivable->id && is_notice(search, step);
	if (is_ours && (kind == EVENT_STEP_DONE || kind == EVENT_CONTACT_MADE))
		note(search, body_integer(body, "line"), body_date(body, "on"), false);
	if (is_ours && kind == EVENT_LETTER_POSTED)
		note_posted(search, body_date(body, "posted_on"));
	if (kind == EVENT_REMINDER_COMPOSED)
		remember_mail(search, event, body);
	if (kind == EVENT_REMINDER_SUBMITTED || kind == EVENT_REMINDER_SEEN)
		note_mail(search, body);
	json_decref(body);
}

bool notice_days(
    const struct ledger *ledger, const struct receivable *receivable, date_t *days, struct error *error)
{
	GPtrArray *lines = due_line_list(ledger->store, receivable->id, error);
	GPtrArray *events =
	    lines ? journal_list_of_customer(ledger->store, receivable->customer, error) : NULL;
	bool done = events;
	if (done) {
		struct search search = {ledger->config, receivable, lines, days, g_new0(bool, lines->len + 1),
		    g_array_new(FALSE, FALSE, sizeof(struct mail))};
		for (guint i = 0; i < lines->len; i++)
			days[i] = DATE_NONE;
		for (guint i = 0; i < events->len; i++)
			look_at(&search, events->pdata[i]);
		g_free(search.sent);
		g_array_unref(search.mails);
	}
	rows_free(&journal_table, events);
	rows_free(&due_line_table, lines);
	return done;
}
