#include "base/base.h"
#include "ledger/notice_days.h"

#include "ledger/body.h"
#include "ledger/event.h"
#include "store/rows_journal.h"

/* What is told of the lines so far. */
struct search {
	const struct config *config;
	const struct receivable *receivable;
	const GPtrArray *lines, *events;
	date_t *days;
	date_t *came;  /* the last day on which it came to the step */
	bool *sent;    /* it was told: the day stays */
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

/* Whether the step is work that is done when it is taken. A letter's step is taken when it is to be written:
 * it tells nothing before it was posted. */
static bool is_told_when_taken(const struct search *search, const char *step)
{
	bool told = false;
	for (size_t i = 0; i < search->config->ladder_count; i++) {
		const struct ladder_config *ladder = &search->config->ladders[i];
		for (size_t s = 0; s < ladder->step_count; s++) {
			const struct step_config *one = &ladder->steps[s];
			if (strcmp(one->name, step) != 0)
				continue;
			if (one->channel == CHANNEL_LETTER || one->channel == CHANNEL_MAIL)
				return false;
			told = true;
		}
	}
	return told;
}

/* Whether what happened on the day ON to LINE (0: to what was due by then) happened to the INDEX-th one. */
static bool is_about(const struct search *search, int64_t line, date_t on, guint index)
{
	const struct due_line_row *first = search->lines->pdata[0], *one = search->lines->pdata[index];
	return line ? line == (int64_t)index + 1 : one->due_on <= on || one->due_on == first->due_on;
}

/* LINE was given notice on the day ON. An earlier notice is the one that counts. */
static void note(const struct search *search, int64_t line, date_t on)
{
	for (guint i = 0; i < search->lines->len; i++) {
		if (!is_about(search, line, on, i) || search->sent[i])
			continue;
		search->days[i] = on;
		search->sent[i] = true;
	}
}

static void note_step(const struct search *search, const char *step, int64_t line, date_t on)
{
	for (guint i = 0; i < search->lines->len; i++)
		if (is_about(search, line, on, i))
			search->came[i] = on;
	if (is_told_when_taken(search, step))
		note(search, line, on);
}

/* The lines that the letter names which event LETTER printed. False: it names none. */
static bool note_named(const struct search *search, int64_t letter, date_t on)
{
	size_t index;
	const json_t *line;
	bool any = false;
	for (guint i = 0; letter && i < search->events->len; i++) {
		const struct event *event = search->events->pdata[i];
		if (event->sequence != letter)
			continue;
		json_t *body = json_loads(event->body, 0, NULL);
		json_array_foreach(json_object_get(body, "lines"), index, line)
		{
			note(search, json_integer_value(line), on);
			any = true;
		}
		json_decref(body);
	}
	return any;
}

/* A letter that names no lines is about those that came to the step last; without any, about what was due. */
static void note_posted(const struct search *search, int64_t letter, date_t on)
{
	date_t last = DATE_NONE;
	if (note_named(search, letter, on))
		return;
	for (guint i = 0; i < search->lines->len; i++)
		if (search->came[i] != DATE_NONE && (last == DATE_NONE || search->came[i] > last))
			last = search->came[i];
	if (last == DATE_NONE)
		note(search, 0, on);
	for (guint i = 0; last != DATE_NONE && i < search->lines->len; i++)
		if (search->came[i] == last)
			note(search, (int64_t)i + 1, on);
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
			note(search, mail->line, body_date(body, "on"));
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
	if (is_ours && kind == EVENT_STEP_DONE)
		note_step(search, step, body_integer(body, "line"), body_date(body, "on"));
	if (is_ours && kind == EVENT_CONTACT_MADE)
		note(search, body_integer(body, "line"), body_date(body, "on"));
	if (is_ours && kind == EVENT_LETTER_POSTED)
		note_posted(search, body_integer(body, "letter"), body_date(body, "posted_on"));
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
		struct search search = {ledger->config, receivable, lines, events, days,
		    g_new(date_t, lines->len + 1), g_new0(bool, lines->len + 1),
		    g_array_new(FALSE, FALSE, sizeof(struct mail))};
		for (guint i = 0; i < lines->len; i++)
			days[i] = search.came[i] = DATE_NONE;
		for (guint i = 0; i < events->len; i++)
			look_at(&search, events->pdata[i]);
		g_free(search.came);
		g_free(search.sent);
		g_array_unref(search.mails);
	}
	rows_free(&journal_table, events);
	rows_free(&due_line_table, lines);
	return done;
}
