#include "base/base.h"
#include "dunning/written.h"

#include "store/rows_notice.h"

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

GArray *written_days(const struct reminder *reminder, struct error *error)
{
	const struct desk *desk = reminder->desk;
	int64_t id = reminder->lead->chase.receivable->id;
	GPtrArray *mails = outbox_list_of_receivable(desk->ledger->store, id, error);
	GPtrArray *letters = mails ? letter_list(desk->ledger->store, id, error) : NULL;
	GArray *days = letters ? g_array_new(FALSE, FALSE, sizeof(date_t)) : NULL;
	for (guint i = 0; days && i < mails->len; i++) {
		const struct outbox *mail = mails->pdata[i];
		date_t on = zone_date(desk->site->zone, mail->submitted_at);
		if (is_reminder(mail))
			g_array_append_val(days, on);
	}
	for (guint i = 0; days && i < letters->len; i++) {
		const struct letter_row *letter = letters->pdata[i];
		if (letter->posted_on != DATE_NONE)
			g_array_append_val(days, letter->posted_on);
	}
	rows_free(&outbox_table, mails);
	rows_free(&letter_table, letters);
	if (days)
		g_array_sort(days, earlier_first);
	for (guint i = 1; days && i < days->len;)
		if (g_array_index(days, date_t, i) == g_array_index(days, date_t, i - 1))
			g_array_remove_index(days, i);
		else
			i++;
	return days;
}
