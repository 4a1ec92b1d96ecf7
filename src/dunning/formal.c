#include "base/base.h"
#include "dunning/formal.h"

/* Appends one thing that is missing. */
static void lack(GString *missing, const char *what)
{
	g_string_append_printf(missing, "%s%s", missing->len ? "; " : "", what);
}

static bool is_given(const char *text)
{
	return text && *text;
}

static void check_parties(const struct reminder *reminder, GString *missing)
{
	const struct desk_customer *customer = reminder->customer;
	g_autofree char *name = NULL, *address = NULL;
	mailbox_split(customer->company->from, &name, &address);
	if (!is_given(customer->company->address))
		lack(missing, "the company's postal address (address in relance.conf)");
	if (!name || strcmp(name, customer->company->name) == 0)
		lack(missing, "the person who signs (from = \"Name <address>\" in relance.conf)");
	if (!is_given(customer->row.address))
		lack(missing, "the customer's postal address (relance import customers)");
}

static void check_invoices(const struct reminder *reminder, GString *missing)
{
	for (guint i = 0; i < reminder->items->len; i++) {
		const struct reminder_item *item = reminder->items->pdata[i];
		const struct receivable *receivable = item->chase.receivable;
		if (receivable->issue_date == DATE_NONE) {
			g_autofree char *what = g_strdup_printf("the date of invoice %s", receivable->number);
			lack(missing, what);
		}
	}
	if (reminder->total <= 0)
		lack(missing, "a sum that is owed");
}

bool formal_check(const struct reminder *reminder, struct error *error)
{
	if (!reminder_is_formal(reminder))
		return true;
	GString *missing = g_string_new(NULL);
	const char *iban = reminder->lead->chase.receivable->iban;
	check_parties(reminder, missing);
	check_invoices(reminder, missing);
	if (!is_given(iban) && !reminder->customer->company->iban.count)
		lack(missing, "an account to pay to (iban in relance.conf)");
	bool complete = missing->len == 0;
	if (!complete)
		error_set(error, STATUS_NO, "%s: a formal notice to %s lacks %s",
		    reminder->lead->chase.receivable->number, reminder->customer->row.name, missing->str);
	g_string_free(missing, TRUE);
	return complete;
}
