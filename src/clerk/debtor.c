#include "base/base.h"
#include "clerk/debtor.h"

#include "ledger/act.h"

/* Domains of which many unrelated people have addresses: they tell nothing about a customer. */
static const char *const public_providers[] = {"gmail.com", "googlemail.com", "outlook.com", "outlook.fr",
    "hotmail.com", "hotmail.fr", "hotmail.co.uk", "live.com", "live.fr", "msn.com", "yahoo.com", "yahoo.fr",
    "yahoo.co.uk", "yahoo.de", "ymail.com", "icloud.com", "me.com", "mac.com", "aol.com", "orange.fr",
    "wanadoo.fr", "free.fr", "sfr.fr", "neuf.fr", "laposte.net", "bbox.fr", "numericable.fr", "gmx.de",
    "gmx.net", "gmx.at", "gmx.ch", "gmx.com", "web.de", "t-online.de", "freenet.de", "mail.com", "proton.me",
    "protonmail.com", "pm.me", "libero.it", "virgilio.it", "alice.it", "tiscali.it", "telefonica.net",
    "terra.es", "ziggo.nl", "kpnmail.nl", "planet.nl", "home.nl", "skynet.be", "telenet.be", "proximus.be",
    "bluewin.ch", "btinternet.com", "sky.com", "talktalk.net", "virginmedia.com", "fastmail.com", "zoho.com",
    "mailo.com", "posteo.de", "mailbox.org"};

bool debtor_is_public_provider(const char *domain)
{
	for (size_t i = 0; i < ARRAY_LENGTH(public_providers); i++)
		if (!g_ascii_strcasecmp(domain, public_providers[i]))
			return true;
	return false;
}

static bool is_outside(const struct ledger *ledger, const char *address)
{
	return strchr(address, '@') && !config_company_of_domain(ledger->config, address);
}

bool debtor_has_recipients(const struct ledger *ledger, const struct intake *intake)
{
	for (guint i = 0; i < intake->envelope->recipients->len; i++)
		if (is_outside(ledger, intake->envelope->recipients->pdata[i]))
			return true;
	return false;
}

static const struct address *named_in(const GPtrArray *list, const char *address)
{
	for (guint i = 0; i < list->len; i++) {
		const struct address *one = list->pdata[i];
		if (one->address && !g_ascii_strcasecmp(one->address, address))
			return one;
	}
	return NULL;
}

/* The display name that the header gives an address. */
static const char *name_of(const struct message *message, const char *address)
{
	const struct address *to = named_in(message->to, address), *cc = named_in(message->cc, address);
	return to ? to->name : cc ? cc->name : NULL;
}

/* The first outside recipient whom LIST (NULL: any) names. */
static const char *first_of(const struct ledger *ledger, const struct intake *intake, const GPtrArray *list)
{
	for (guint i = 0; i < intake->envelope->recipients->len; i++) {
		const char *address = intake->envelope->recipients->pdata[i];
		if (is_outside(ledger, address) && (!list || named_in(list, address)))
			return address;
	}
	return NULL;
}

/* Whom the invoice is for: an accountant or an archive in the blind copy may stand first in the envelope. */
static const char *first_recipient(const struct ledger *ledger, const struct intake *intake)
{
	const struct message *message = intake->reading->message;
	const char *to = first_of(ledger, intake, message->to);
	const char *cc = to ? NULL : first_of(ledger, intake, message->cc);
	return to ? to : cc ? cc : first_of(ledger, intake, NULL);
}

/* Whether LIST names an outside address in the domain of ADDRESS (NULL: any outside address). */
static bool names_outside(const struct ledger *ledger, const GPtrArray *list, const char *address)
{
	for (guint i = 0; i < list->len; i++) {
		const char *one = ((struct address *)list->pdata[i])->address;
		if (one && is_outside(ledger, one) &&
		    (!address || !g_ascii_strcasecmp(strrchr(one, '@'), strrchr(address, '@'))))
			return true;
	}
	return false;
}

/* Reminders go to those whom the invoice was addressed to; a copy is for information. NULL: who got a blind
 * copy at another domain is a stranger to the customer. */
static const char *role_of(const struct ledger *ledger, const struct message *message, const char *address)
{
	if (named_in(message->to, address) || !names_outside(ledger, message->to, NULL))
		return "invoice";
	if (named_in(message->cc, address) || names_outside(ledger, message->to, address))
		return "copied";
	return NULL;
}

bool debtor_learn_contacts(
    struct ledger *ledger, const struct intake *intake, int64_t customer, struct error *error)
{
	const struct message *message = intake->reading->message;
	for (guint i = 0; i < intake->envelope->recipients->len; i++) {
		const char *address = intake->envelope->recipients->pdata[i];
		const char *role = is_outside(ledger, address) ? role_of(ledger, message, address) : NULL;
		if (role &&
		    !act_learn_contact(ledger, customer, address, name_of(message, address), role, error))
			return false;
	}
	return true;
}

/* Two companies of a group may share a domain: another VAT id is another customer. */
static bool is_another(const struct customer *customer, const struct invoice *invoice)
{
	if (!customer->vat_id || !invoice->buyer.vat_id)
		return false;
	g_autofree char *known = receivable_number_key(customer->vat_id);
	g_autofree char *named = receivable_number_key(invoice->buyer.vat_id);
	return strcmp(known, named) != 0;
}

static bool find(struct ledger *ledger, const struct company_config *company, const char *address,
    const struct invoice *invoice, int64_t *customer, struct error *error)
{
	struct customer known;
	bool found;
	*customer = 0;
	if (!customer_of_address(ledger->store, company->name, address, &known, &found, error))
		return false;
	if (!found)
		return true;
	if (!is_another(&known, invoice))
		*customer = known.id;
	row_clear(&customer_table, &known);
	if (*customer || !invoice->buyer.vat_id)
		return true;
	if (!customer_of_vat_id(ledger->store, company->name, invoice->buyer.vat_id, &known, &found, error))
		return false;
	if (found) {
		*customer = known.id;
		row_clear(&customer_table, &known);
	}
	return true;
}

static bool open_customer(struct ledger *ledger, const struct company_config *company,
    const struct intake *intake, const char *address, const struct invoice *invoice, int64_t *customer,
    struct error *error)
{
	const char *at = strrchr(address, '@');
	g_autofree char *domain = g_ascii_strdown(at + 1, -1);
	bool is_public = debtor_is_public_provider(domain);
	const char *header_name = name_of(intake->reading->message, address);
	g_autofree char *name = g_strdup(invoice->buyer.name ? invoice->buyer.name
					 : header_name	     ? header_name
					 : is_public	     ? address
							     : domain);
	g_autofree char *country = invoice->buyer.vat_id && g_ascii_isalpha(invoice->buyer.vat_id[0]) &&
					   g_ascii_isalpha(invoice->buyer.vat_id[1])
				       ? g_ascii_strup(invoice->buyer.vat_id, 2)
				       : NULL;
	struct customer draft = {
	    .company = company->name,
	    .name = name,
	    .kind = (char *)"business",
	    .country = country,
	    .legal_id = invoice->buyer.legal_id,
	    .vat_id = invoice->buyer.vat_id,
	    .domain = is_public ? NULL : domain,
	};
	return act_open_customer(ledger, &draft, customer, error);
}

bool debtor_of_invoice(struct ledger *ledger, const struct company_config *company,
    const struct intake *intake, const struct invoice *invoice, int64_t *customer, struct error *error)
{
	const char *address = first_recipient(ledger, intake);
	if (!address)
		abort(); /* debtor_has_recipients was asked before */
	if (!find(ledger, company, address, invoice, customer, error))
		return false;
	if (!*customer && !open_customer(ledger, company, intake, address, invoice, customer, error))
		return false;
	return debtor_learn_contacts(ledger, intake, *customer, error);
}
