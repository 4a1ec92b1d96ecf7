#include "base/base.h"
#include "dunning/recipients.h"

static const struct contact *contact_with(const struct desk_customer *customer, const char *address)
{
	for (guint i = 0; i < customer->contacts->len; i++) {
		const struct contact *contact = customer->contacts->pdata[i];
		if (g_ascii_strcasecmp(contact->address, address) == 0)
			return contact;
	}
	return NULL;
}

static bool is_ours(const struct chase *chase, const char *address)
{
	return config_company_of_domain(chase->desk->ledger->config, address) ||
	       config_company_of_mailbox(chase->desk->ledger->config, address);
}

static void add(const struct chase *chase, GPtrArray *addresses, const char *address)
{
	for (guint i = 0; i < addresses->len; i++)
		if (g_ascii_strcasecmp(addresses->pdata[i], address) == 0)
			return;
	if (!is_ours(chase, address))
		g_ptr_array_add(addresses, g_strdup(address));
}

/* The envelope's recipients of the mail that carried the invoice; strangers to the customer are left out. */
static bool add_receivers(const struct chase *chase, GPtrArray *addresses, struct error *error)
{
	if (!chase->receivable->message)
		return true;
	struct message_row message;
	bool found;
	if (!message_get(chase->desk->ledger->store, chase->receivable->message, &message, &found, error))
		return false;
	if (!found)
		return true;
	g_auto(GStrv) receivers = g_strsplit(message.recipients ? message.recipients : "", " ", -1);
	row_clear(&message_table, &message);
	for (char **address = receivers; *address; address++) {
		const struct contact *contact = **address ? contact_with(chase->customer, *address) : NULL;
		if (contact && strcmp(contact->state, "good") == 0 && strcmp(contact->role, "copied") != 0)
			add(chase, addresses, contact->address);
	}
	return true;
}

GPtrArray *recipients_of(const struct chase *chase, struct error *error)
{
	GPtrArray *addresses = g_ptr_array_new_with_free_func(g_free);
	if (!add_receivers(chase, addresses, error)) {
		g_ptr_array_unref(addresses);
		return NULL;
	}
	const struct contact *last = NULL;
	const GPtrArray *contacts = chase->customer->contacts;
	for (guint i = 0; i < contacts->len; i++) {
		const struct contact *contact = contacts->pdata[i];
		if (strcmp(contact->state, "good") == 0 && contact->answered_at &&
		    (!last || contact->answered_at > last->answered_at))
			last = contact;
	}
	if (last)
		add(chase, addresses, last->address);
	for (guint i = 0; i < contacts->len; i++) {
		const struct contact *contact = contacts->pdata[i];
		if (strcmp(contact->state, "good") == 0 && strcmp(contact->role, "named") == 0)
			add(chase, addresses, contact->address);
	}
	for (guint i = 0; addresses->len == 0 && i < contacts->len; i++) {
		const struct contact *contact = contacts->pdata[i];
		if (strcmp(contact->state, "good") == 0 && strcmp(contact->role, "copied") != 0 &&
		    strcmp(contact->role, "proposed") != 0)
			add(chase, addresses, contact->address);
	}
	return addresses;
}
