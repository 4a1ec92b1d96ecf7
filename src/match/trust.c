#include "base/base.h"
#include "match/trust.h"

#include "mail/authentication_results.h"
#include "store/rows_party.h"

static const char *domain_of(const char *address)
{
	const char *at = address ? strrchr(address, '@') : NULL;
	return at ? at + 1 : NULL;
}

/* Whether ADDRESS is a contact of the customer itself, or in the customer's own domain (never a public mail
 * provider's, which no customer has). */
static bool is_known(struct store *store, const char *address, int64_t id, bool *known, struct error *error)
{
	struct customer customer;
	struct contact contact;
	const char *domain = domain_of(address);
	if (!customer_get(store, id, &customer, known, error))
		return false;
	if (!*known)
		return true;
	*known = domain && customer.domain && !g_ascii_strcasecmp(customer.domain, domain);
	row_clear(&customer_table, &customer);
	if (*known)
		return true;
	if (!contact_of_address(store, id, address, &contact, known, error))
		return false;
	if (*known) {
		*known = !strcmp(contact.state, "good");
		row_clear(&contact_table, &contact);
	}
	return true;
}

bool trust_sender(struct store *store, const struct config *config, const struct message *message,
    int64_t customer, bool *verified, struct error *error)
{
	*verified = false;
	const char *address = message->from ? message->from->address : NULL;
	if (!address)
		return true;
	if (!authentication_passed(
		message->authentication_results, &config->authserv_ids, domain_of(address)))
		return true;
	return is_known(store, address, customer, verified, error);
}
