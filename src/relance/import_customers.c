#include "base/base.h"
#include "ledger/act.h"
#include "ledger/body.h"
#include "relance/import.h"
#include "relance/import_table.h"

static const char *const columns[] = {"customer", "name", "email", "kind", "language", "country", "region",
    "ladder", "legal_id", "vat_id", "domain", "address", "phone", NULL};
static const char *const required[] = {"customer", NULL};

/* Columns that go into the customer as they are, and what is allowed in them. */
static const char *const kinds[] = {"business", "public", "consumer", NULL};
static const char *const languages[] = {"fr", "en", "de", "es", "it", "nl", NULL};
static const struct {
	const char *column;
	const char *const *words; /* NULL: any text */
	size_t offset;		  /* of the field in struct customer */
} parts[] = {
    {"name", NULL, offsetof(struct customer, name)},
    {"kind", kinds, offsetof(struct customer, kind)},
    {"language", languages, offsetof(struct customer, language)},
    {"country", NULL, offsetof(struct customer, country)},
    {"region", NULL, offsetof(struct customer, region)},
    {"ladder", NULL, offsetof(struct customer, ladder)},
    {"legal_id", NULL, offsetof(struct customer, legal_id)},
    {"vat_id", NULL, offsetof(struct customer, vat_id)},
    {"domain", NULL, offsetof(struct customer, domain)},
    {"address", NULL, offsetof(struct customer, address)},
    {"phone", NULL, offsetof(struct customer, phone)},
};

static char **field_of(struct customer *customer, size_t part)
{
	return (char **)((char *)customer + parts[part].offset);
}

static bool check_row(const struct session *session, const struct import_table *table, struct error *error)
{
	if (!import_table_fits(table, error))
		return false;
	if (import_table_value(table, "customer") == NULL)
		return import_table_error(table, "customer", error, "is empty");
	for (size_t i = 0; i < ARRAY_LENGTH(parts); i++) {
		const char *value = import_table_value(table, parts[i].column);
		bool allowed = value == NULL || parts[i].words == NULL;
		for (const char *const *word = parts[i].words; !allowed && *word != NULL; word++)
			allowed = strcmp(*word, value) == 0;
		if (!allowed)
			return import_table_error(table, parts[i].column, error, "%s is not allowed", value);
	}
	const char *ladder = import_table_value(table, "ladder");
	if (ladder != NULL && config_ladder(&session->config, ladder) == NULL)
		return import_table_error(table, "ladder", error, "%s is not in the configuration", ladder);
	return true;
}

static bool open_customer(struct session *session, const struct import_table *table, const char *company,
    int64_t *id, struct error *error)
{
	const char *reference = import_table_value(table, "customer");
	struct customer draft = {.company = (char *)company, .reference = (char *)reference};
	for (size_t i = 0; i < ARRAY_LENGTH(parts); i++)
		*field_of(&draft, i) = (char *)import_table_value(table, parts[i].column);
	if (draft.name == NULL)
		draft.name = (char *)reference;
	if (draft.kind == NULL)
		draft.kind = (char *)"business";
	return act_open_customer(&session->ledger, &draft, id, error);
}

/* Columns that the file has and that differ. An empty cell changes nothing. */
static bool change_customer(struct session *session, const struct import_table *table,
    struct customer *customer, bool *changed, struct error *error)
{
	json_t *body = json_object();
	for (size_t i = 0; i < ARRAY_LENGTH(parts); i++) {
		const char *value = import_table_value(table, parts[i].column);
		const char *present = *field_of(customer, i);
		if (value != NULL && (present == NULL || strcmp(value, present) != 0))
			json_object_set_new(body, parts[i].column, json_text(value));
	}
	*changed = json_object_size(body) > 0;
	if (!*changed) {
		json_decref(body);
		return true;
	}
	struct event_about about = {.customer = customer->id};
	return journal_append(&session->ledger, EVENT_CUSTOMER_CHANGED, about, body, NULL, error);
}

static bool enter_row(struct session *session, const struct import_table *table, const char *company,
    struct import_counts *counts, struct error *error)
{
	struct customer customer;
	bool found, changed;
	int64_t id;
	const char *email = import_table_value(table, "email");
	if (!check_row(session, table, error) ||
	    !customer_of_reference(
		session->store, company, import_table_value(table, "customer"), &customer, &found, error))
		return false;
	if (!found) {
		if (!open_customer(session, table, company, &id, error))
			return false;
		counts->added++;
	} else {
		id = customer.id;
		bool ok = change_customer(session, table, &customer, &changed, error);
		row_clear(&customer_table, &customer);
		if (!ok)
			return false;
		counts->changed += changed;
		counts->known += !changed;
	}
	struct error why = {0};
	if (email == NULL || import_contacts(session, id, email, &why))
		return true;
	if (why.status == STATUS_DATA)
		return import_table_error(table, "email", error, "%s", why.text);
	*error = why;
	return false;
}

bool import_customers(
    struct session *session, const char *file, struct import_counts *counts, struct error *error)
{
	struct import_table table;
	const char *company;
	bool ok = true;
	if (!session_company(session, &company, error) ||
	    !import_table_read(file, columns, required, &table, error))
		return false;
	while (ok && import_table_next(&table)) {
		struct error bad = {0};
		if (enter_row(session, &table, company, counts, &bad))
			continue;
		ok = bad.status == STATUS_DATA;
		if (ok) {
			session_tell(&bad);
			counts->bad++;
		} else {
			*error = bad;
		}
	}
	import_table_clear(&table);
	return ok;
}
