#include "base/base.h"
#include "ledger/apply.h"

#include "ledger/body.h"
#include "store/rows_party.h"

bool apply_customer_opened(const struct application *a, struct error *error)
{
	/* The row borrows its texts from the body: it is inserted, not cleared. */
	struct customer customer = {
	    .id = a->event->sequence,
	    .company = (char *)body_text(a->body, "company"),
	    .name = (char *)body_text(a->body, "name"),
	    .kind = (char *)body_text(a->body, "kind"),
	    .language = (char *)body_text(a->body, "language"),
	    .country = (char *)body_text(a->body, "country"),
	    .region = (char *)body_text(a->body, "region"),
	    .ladder = (char *)body_text(a->body, "ladder"),
	    .state = (char *)"normal",
	    .legal_id = (char *)body_text(a->body, "legal_id"),
	    .vat_id = (char *)body_text(a->body, "vat_id"),
	    .domain = (char *)body_text(a->body, "domain"),
	    .reference = (char *)body_text(a->body, "reference"),
	    .address = (char *)body_text(a->body, "address"),
	    .phone = (char *)body_text(a->body, "phone"),
	    .insolvent_on = DATE_NONE,
	};
	return row_insert(a->store, &customer_table, &customer, error);
}

void apply_columns(const struct table *table, void *row, const json_t *body)
{
	for (int i = 1; i < table->column_count; i++) {
		const struct column *column = &table->columns[i];
		const json_t *value = json_object_get(body, column->name);
		if (value && column->type == COLUMN_DATE) {
			date_t date = body_date(body, column->name);
			memcpy((char *)row + column->offset, &date, sizeof date);
		}
		if (!value || column->type != COLUMN_TEXT)
			continue;
		char **field = (char **)((char *)row + column->offset);
		g_free(*field);
		*field = g_strdup(json_string_value(value));
	}
}

bool apply_customer_changed(const struct application *a, struct error *error)
{
	struct customer customer;
	bool found;
	if (!customer_get(a->store, a->event->customer, &customer, &found, error))
		return false;
	if (!found)
		return error_set(
		    error, STATUS_DATA, "there is no customer %lld", (long long)a->event->customer);
	apply_columns(&customer_table, &customer, a->body);
	bool done = row_update(a->store, &customer_table, &customer, error);
	row_clear(&customer_table, &customer);
	return done;
}

bool apply_contact_added(const struct application *a, struct error *error)
{
	struct contact contact = {
	    .id = a->event->sequence,
	    .customer = a->event->customer,
	    .address = (char *)body_text(a->body, "address"),
	    .name = (char *)body_text(a->body, "name"),
	    .role = (char *)body_text(a->body, "role"),
	    .state = (char *)body_text(a->body, "state"),
	    .reason = (char *)body_text(a->body, "reason"),
	};
	return row_insert(a->store, &contact_table, &contact, error);
}

bool apply_contact_changed(const struct application *a, struct error *error)
{
	struct contact contact;
	bool found;
	int64_t id = body_integer(a->body, "contact");
	if (!row_get(a->store, &contact_table, id, &contact, &found, error))
		return false;
	if (!found)
		return error_set(error, STATUS_DATA, "there is no contact %lld", (long long)id);
	apply_columns(&contact_table, &contact, a->body);
	if (json_is_integer(json_object_get(a->body, "answered_at")))
		contact.answered_at = body_integer(a->body, "answered_at");
	bool done = row_update(a->store, &contact_table, &contact, error);
	row_clear(&contact_table, &contact);
	return done;
}
