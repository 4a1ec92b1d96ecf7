#include "base/base.h"
#include "base/config_value.h"
#include "dunning/insolvency.h"
#include "ledger/act.h"
#include "relance/session.h"

/* contact, insolvency: what is learnt about a customer by other ways than mail. */

/* The customer's contact of that address; STATUS_NO where there is none. */
static bool find_contact(struct session *session, const struct customer *customer, const char *address,
    struct contact *contact, struct error *error)
{
	bool found;
	if (!contact_of_address(session->store, customer->id, address, contact, &found, error))
		return false;
	return found || error_set(error, STATUS_NO, "%s: %s has no such contact", address, customer->name);
}

static bool add(
    struct session *session, const struct customer *customer, char **addresses, struct error *error)
{
	return act_adopt_contact(&session->ledger, customer->id, addresses[0], NULL, "named", error);
}

static bool drop(
    struct session *session, const struct customer *customer, char **addresses, struct error *error)
{
	struct contact contact;
	if (!find_contact(session, customer, addresses[0], &contact, error))
		return false;
	bool ok = act_contact_state(&session->ledger, &contact, "left", NULL, error);
	row_clear(&contact_table, &contact);
	return ok;
}

static bool replace(
    struct session *session, const struct customer *customer, char **addresses, struct error *error)
{
	struct contact contact;
	if (!find_contact(session, customer, addresses[0], &contact, error))
		return false;
	bool ok = act_replace_contact(&session->ledger, &contact, addresses[1], error);
	row_clear(&contact_table, &contact);
	return ok;
}

static const struct {
	const char *word;
	int addresses;
	bool (*run)(
	    struct session *session, const struct customer *customer, char **addresses, struct error *error);
} verbs[] = {{"add", 1, add}, {"drop", 1, drop}, {"replace", 2, replace}};

bool run_contact(struct session *session, struct error *error)
{
	struct customer customer;
	size_t verb = 0;
	while (verb < ARRAY_LENGTH(verbs) && strcmp(verbs[verb].word, session->arguments[1]) != 0)
		verb++;
	if (verb == ARRAY_LENGTH(verbs) || session->argument_count != 2 + verbs[verb].addresses)
		return error_set(error, STATUS_USAGE,
		    "contact: usage: relance contact CUSTOMER add ADDRESS | drop ADDRESS | replace OLD NEW");
	for (int i = 2; i < session->argument_count; i++)
		if (!value_is_address(session->arguments[i]))
			return error_set(
			    error, STATUS_USAGE, "%s: is no mail address", session->arguments[i]);
	if (!session_customer(session, session->arguments[0], &customer, error))
		return false;
	bool ok = verbs[verb].run(session, &customer, session->arguments + 2, error);
	row_clear(&customer_table, &customer);
	return ok;
}

struct insolvency_options {
	bool ended;
};
const struct option_row insolvency_option_rows[] = {
    {0, "ended", OPTION_FLAG, offsetof(struct insolvency_options, ended), NULL,
	"it is over, or was a mistake", NULL},
    OPTIONS_END,
};

bool run_insolvency(struct session *session, struct error *error)
{
	const struct insolvency_options *options = session->options;
	struct customer customer;
	date_t published = DATE_NONE;
	if (session->argument_count > 1 && !session_date(session, session->arguments[1], &published, error))
		return false;
	if (!session_customer(session, session->arguments[0], &customer, error))
		return false;
	bool ok = options->ended ? insolvency_end(&session->ledger, &customer, error)
				 : insolvency_enter(&session->ledger, &customer, published, error);
	row_clear(&customer_table, &customer);
	return ok;
}
