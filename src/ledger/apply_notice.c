/* Mails to our own people, orders that they gave by mail, and letters. */
#include "base/base.h"
#include "ledger/apply.h"

#include "ledger/body.h"
#include "ledger/progress.h"
#include "store/rows_notice.h"
#include "store/rows_receivable.h"

bool apply_notice_composed(const struct application *a, struct error *error)
{
	struct notice notice = {
	    .id = a->event->sequence,
	    .company = (char *)body_text(a->body, "company"),
	    .kind = (char *)body_text(a->body, "kind"),
	    .message_id = (char *)body_text(a->body, "message_id"),
	    .sender = (char *)body_text(a->body, "sender"),
	    .recipients = (char *)body_text(a->body, "recipients"),
	    .subject = (char *)body_text(a->body, "subject"),
	    .sha256 = (char *)body_text(a->body, "sha256"),
	    .state = (char *)"ready",
	    .created_at = a->event->at,
	};
	return row_insert(a->store, &notice_table, &notice, error);
}

static bool load(const struct application *a, struct notice *notice, struct error *error)
{
	bool found;
	int64_t id = body_integer(a->body, "notice");
	if (!notice_get(a->store, id, notice, &found, error))
		return false;
	return found || error_set(error, STATUS_DATA, "there is no notice %lld", (long long)id);
}

static bool save(const struct application *a, struct notice *notice, const char *state, struct error *error)
{
	g_free(notice->state);
	notice->state = g_strdup(state);
	bool done = row_update(a->store, &notice_table, notice, error);
	row_clear(&notice_table, notice);
	return done;
}

bool apply_notice_submitting(const struct application *a, struct error *error)
{
	struct notice notice;
	if (!load(a, &notice, error))
		return false;
	notice.attempts++;
	notice.submitted_at = a->event->at;
	return save(a, &notice, "submitting", error);
}

/* The receipt may come before we note that sendmail(1) ended. */
bool apply_notice_submitted(const struct application *a, struct error *error)
{
	struct notice notice;
	if (!load(a, &notice, error))
		return false;
	notice.submitted_at = a->event->at;
	return save(a, &notice, strcmp(notice.state, "seen") ? "submitted" : "seen", error);
}

bool apply_notice_seen(const struct application *a, struct error *error)
{
	struct notice notice;
	return load(a, &notice, error) && save(a, &notice, "seen", error);
}

bool apply_notice_failed(const struct application *a, struct error *error)
{
	struct notice notice;
	if (!load(a, &notice, error))
		return false;
	g_free(notice.failure);
	notice.failure = g_strdup(body_text(a->body, "failure"));
	return save(a, &notice, body_text(a->body, "again") ? "ready" : "failed", error);
}

bool apply_letter_printed(const struct application *a, struct error *error)
{
	struct letter_row letter = {
	    .id = a->event->sequence,
	    .company = (char *)body_text(a->body, "company"),
	    .receivable = a->event->receivable,
	    .step = (char *)body_text(a->body, "step"),
	    .task = body_integer(a->body, "task"),
	    .sha256 = (char *)body_text(a->body, "sha256"),
	    .state = (char *)"printed",
	    .printed_on = a->on,
	    .posted_on = DATE_NONE,
	};
	return row_insert(a->store, &letter_table, &letter, error);
}

/* Whether LINE is one of several that stand by themselves and came to STEP. */
static bool came_to(const GPtrArray *lines, const struct due_line_row *line, const char *step)
{
	return lines->len > 1 && line->last_step && strcmp(line->last_step, step) == 0;
}

/* The last day on which one of them came to STEP. */
static date_t last_day_of(const GPtrArray *lines, const char *step)
{
	date_t last = DATE_NONE;
	for (guint i = 0; i < lines->len; i++) {
		const struct due_line_row *line = lines->pdata[i];
		if (came_to(lines, line, step) && (last == DATE_NONE || line->last_step_on > last))
			last = line->last_step_on;
	}
	return last;
}

/* The step counts as taken on the day on which the letter went to the post. */
static bool count_step(const struct application *a, const char *step, date_t posted_on, struct error *error)
{
	struct receivable receivable;
	bool found;
	GPtrArray *lines;
	if (!receivable_get(a->store, a->event->receivable, &receivable, &found, error))
		return false;
	if (!found)
		return error_set(
		    error, STATUS_DATA, "there is no receivable %lld", (long long)a->event->receivable);
	if (receivable.last_contact_on == DATE_NONE || receivable.last_contact_on < posted_on)
		receivable.last_contact_on = posted_on;
	bool done = (lines = due_line_list(a->store, receivable.id, error)), any = false;
	/* it was about the due lines that came to this step last: others had a letter of their own before; of
	 * what was never planned, all that was due */
	date_t last = done ? last_day_of(lines, step) : DATE_NONE;
	for (guint i = 0; done && i < lines->len; i++) {
		const struct due_line_row *line = lines->pdata[i];
		if (!came_to(lines, line, step) || line->last_step_on != last)
			continue;
		any = true;
		done = progress_note(a->store, &receivable, i + 1, step, posted_on, error);
	}
	done = done && (any || progress_note(a->store, &receivable, 0, step, posted_on, error)) &&
	       row_update(a->store, &receivable_table, &receivable, error);
	rows_free(&due_line_table, lines);
	row_clear(&receivable_table, &receivable);
	return done;
}

bool apply_letter_posted(const struct application *a, struct error *error)
{
	struct letter_row letter = {0};
	int64_t id = body_integer(a->body, "letter");
	bool found = false;
	if (id && !letter_get(a->store, id, &letter, &found, error))
		return false;
	if (!found)
		letter = (struct letter_row){
		    .id = a->event->sequence,
		    .company = g_strdup(body_text(a->body, "company")),
		    .receivable = a->event->receivable,
		    .step = g_strdup(body_text(a->body, "step")),
		    .printed_on = DATE_NONE,
		};
	g_free(letter.state);
	g_free(letter.tracking);
	letter.state = g_strdup("posted");
	letter.tracking = g_strdup(body_text(a->body, "tracking"));
	letter.posted_on = body_date(a->body, "posted_on");
	bool done = found ? row_update(a->store, &letter_table, &letter, error)
			  : row_insert(a->store, &letter_table, &letter, error);
	done = done && count_step(a, letter.step, letter.posted_on, error);
	row_clear(&letter_table, &letter);
	return done;
}
