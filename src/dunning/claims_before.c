#include "base/base.h"
#include "dunning/claims_before.h"

#include "ledger/body.h"
#include "store/rows_journal.h"
#include "store/rows_notice.h"

/* Of a letter that names no lines: it was about others where it was made before these came to their formal
 * step. */
struct question {
	const struct chase *chase;
	const struct interest_scope *scope;
	date_t
	    formal_on; /* the first day on which one of the lines asked about did; they have not: tomorrow */
};

/* By the ladder that it is on now, else by its own name. */
static bool is_formal(const struct chase *chase, const char *step)
{
	int index = chase->ladder ? ladder_index(chase->ladder, step) : -1;
	const struct step_config named = {.name = (char *)step};
	return step_is_formal(index < 0 ? &named : &chase->ladder->steps[index]);
}

static bool is_asked_about(const struct interest_scope *scope, int64_t line)
{
	for (size_t i = 0; i < scope->line_count; i++)
		if (scope->lines[i] == line)
			return true;
	return false;
}

static date_t formal_day(const struct chase *chase, const struct interest_scope *scope)
{
	date_t first = chase->desk->ledger->today + 1;
	for (guint i = 0; i < chase->lines->len; i++) {
		const struct chase_line *line = &g_array_index(chase->lines, struct chase_line, i);
		if (is_asked_about(scope, (int64_t)i + 1) && line->last_step &&
		    is_formal(chase, line->last_step))
			first = MIN(first, line->last_step_on);
	}
	return first;
}

/* LINES: numbers, as the event that printed it has them; none: it was before they were noted, or was not
 * printed by us. */
static bool is_about_others(const struct question *question, const json_t *lines, date_t on)
{
	size_t index;
	const json_t *line;
	if (json_array_size(lines) == 0)
		return on < question->formal_on;
	json_array_foreach(
	    lines, index, line) if (is_asked_about(question->scope, json_integer_value(line))) return false;
	return true;
}

/* It went to the post, or is still to: a letter whose task ended otherwise stayed in the drawer. */
static bool is_sent_or_to_be(
    struct store *store, const struct letter_row *letter, bool *is, struct error *error)
{
	struct task task;
	bool found = false;
	*is = letter->posted_on != DATE_NONE;
	if (*is || !letter->task)
		return true;
	if (!task_get(store, letter->task, &task, &found, error))
		return false;
	*is = found && strcmp(task.state, "open") == 0;
	if (found)
		row_clear(&task_table, &task);
	return true;
}

static bool look_at_letter(
    const struct question *question, const struct letter_row *letter, bool *was, struct error *error)
{
	struct store *store = question->chase->desk->ledger->store;
	struct event event;
	bool found, counts;
	if (!is_formal(question->chase, letter->step))
		return true;
	if (!is_sent_or_to_be(store, letter, &counts, error))
		return false;
	if (!counts)
		return true;
	if (!journal_get(store, letter->id, &event, &found, error))
		return false;
	json_t *body = found ? json_loads(event.body, 0, NULL) : NULL;
	date_t on = letter->printed_on != DATE_NONE ? letter->printed_on : letter->posted_on;
	*was = *was || is_about_others(question, json_object_get(body, "lines"), on);
	json_decref(body);
	if (found)
		row_clear(&journal_table, &event);
	return true;
}

static bool look_at_mail(
    const struct question *question, const struct outbox *mail, bool *was, struct error *error)
{
	const struct chase *chase = question->chase;
	if (strcmp(mail->state, "cancelled") == 0 || strcmp(mail->state, "failed") == 0)
		return true;
	GPtrArray *items = outbox_item_list(chase->desk->ledger->store, mail->id, error);
	bool others = false, these = false;
	for (guint i = 0; items && i < items->len; i++) {
		const struct outbox_item *item = items->pdata[i];
		if (item->receivable != chase->receivable->id || !is_formal(chase, item->step))
			continue;
		bool is_other = item->line && !is_asked_about(question->scope, item->line);
		others = others || is_other;
		these = these || !is_other;
	}
	*was = *was || (others && !these);
	bool done = items;
	rows_free(&outbox_item_table, items);
	return done;
}

bool was_claimed_with_others(
    const struct chase *chase, const struct interest_scope *scope, bool *was, struct error *error)
{
	struct store *store = chase->desk->ledger->store;
	*was = false;
	if (!scope->line_count || !chase->lines)
		return true;
	const struct question question = {chase, scope, formal_day(chase, scope)};
	GPtrArray *letters = letter_list(store, chase->receivable->id, error);
	GPtrArray *mails = letters ? outbox_list_of_receivable(store, chase->receivable->id, error) : NULL;
	bool done = mails;
	for (guint i = 0; done && i < letters->len; i++)
		done = look_at_letter(&question, letters->pdata[i], was, error);
	for (guint i = 0; done && i < mails->len; i++)
		done = look_at_mail(&question, mails->pdata[i], was, error);
	rows_free(&letter_table, letters);
	rows_free(&outbox_table, mails);
	return done;
}
