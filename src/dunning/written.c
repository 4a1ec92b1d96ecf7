#include "base/base.h"
#include "dunning/written.h"

#include "store/rows_journal.h"
#include "store/rows_notice.h"

#include <jansson.h>

/* Mails that are no reminders, whenever they left. */
static bool is_reminder(const struct outbox *mail)
{
	static const char *const others[] = {"instalment", "thanks", "copy"};
	for (size_t i = 0; i < ARRAY_LENGTH(others); i++)
		if (strcmp(mail->step, others[i]) == 0)
			return false;
	return mail_has_left(mail);
}

static gint earlier_first(gconstpointer a, gconstpointer b)
{
	date_t left = *(const date_t *)a, right = *(const date_t *)b;
	return left < right ? -1 : left > right;
}

/* The due lines of the leading invoice that the reminder is about, as a set of bits; 0: all of it. */
static uint64_t lines_of_lead(const struct reminder *reminder)
{
	uint64_t lines = 0;
	for (guint i = 0; i < reminder->items->len; i++) {
		const struct chase *chase = &((const struct reminder_item *)reminder->items->pdata[i])->chase;
		if (chase->receivable->id != reminder->lead->chase.receivable->id)
			continue;
		if (chase->line <= 0 || chase->line > 63)
			return 0;
		lines |= UINT64_C(1) << chase->line;
	}
	return lines;
}

static bool is_one_of(uint64_t lines, int64_t line)
{
	return !lines || line <= 0 || line > 63 || (lines >> line & 1);
}

/* Whether MAIL was about one of LINES of RECEIVABLE. */
static bool mail_was_about(struct store *store, const struct outbox *mail, int64_t receivable, uint64_t lines,
    bool *was, struct error *error)
{
	GPtrArray *items = outbox_item_list(store, mail->id, error);
	*was = false;
	for (guint i = 0; items && i < items->len; i++) {
		const struct outbox_item *item = items->pdata[i];
		*was = *was || (item->receivable == receivable && is_one_of(lines, item->line));
	}
	bool done = items;
	rows_free(&outbox_item_table, items);
	return done;
}

/* The same of a letter; one that names no lines was about all. */
static bool letter_was_about(
    struct store *store, const struct letter_row *letter, uint64_t lines, bool *was, struct error *error)
{
	struct event event;
	bool found;
	size_t index;
	const json_t *line;
	if (!journal_get(store, letter->id, &event, &found, error))
		return false;
	json_t *body = found ? json_loads(event.body, 0, NULL) : NULL;
	const json_t *named = json_object_get(body, "lines");
	*was = json_array_size(named) == 0;
	json_array_foreach(named, index, line) *was = *was || is_one_of(lines, json_integer_value(line));
	json_decref(body);
	if (found)
		row_clear(&journal_table, &event);
	return true;
}

static void sort_out(GArray *days)
{
	g_array_sort(days, earlier_first);
	for (guint i = 1; i < days->len;)
		if (g_array_index(days, date_t, i) == g_array_index(days, date_t, i - 1))
			g_array_remove_index(days, i);
		else
			i++;
}

GArray *written_days(const struct reminder *reminder, struct error *error)
{
	const struct desk *desk = reminder->desk;
	struct store *store = desk->ledger->store;
	int64_t id = reminder->lead->chase.receivable->id;
	uint64_t lines = lines_of_lead(reminder);
	GPtrArray *mails = outbox_list_of_receivable(store, id, error);
	GPtrArray *letters = mails ? letter_list(store, id, error) : NULL;
	GArray *days = g_array_new(FALSE, FALSE, sizeof(date_t));
	bool done = letters, was = false;
	for (guint i = 0; done && i < mails->len; i++) {
		const struct outbox *mail = mails->pdata[i];
		date_t on = zone_date(desk->site->zone, mail->submitted_at);
		done = !is_reminder(mail) || mail_was_about(store, mail, id, lines, &was, error);
		if (done && is_reminder(mail) && was)
			g_array_append_val(days, on);
	}
	for (guint i = 0; done && i < letters->len; i++) {
		const struct letter_row *letter = letters->pdata[i];
		bool posted = letter->posted_on != DATE_NONE;
		done = !posted || letter_was_about(store, letter, lines, &was, error);
		if (done && posted && was)
			g_array_append_val(days, letter->posted_on);
	}
	rows_free(&outbox_table, mails);
	rows_free(&letter_table, letters);
	sort_out(days);
	if (!done)
		g_clear_pointer(&days, g_array_unref);
	return days;
}
