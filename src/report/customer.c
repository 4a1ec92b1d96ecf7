#include "base/base.h"
#include "report/case.h"
#include "report/invoices.h"
#include "report/sums.h"
#include "store/rows_case.h"

static const struct field customer_fields[] = {
    {"customer_id", "Id", FIELD_NUMBER, 0},
    {"customer", "Customer", FIELD_TEXT, 0},
    {"company", "Company", FIELD_TEXT, 0},
    {"reference", "Reference", FIELD_TEXT, 0},
    {"kind", "Kind", FIELD_TEXT, 0},
    {"state", "State", FIELD_TEXT, 0},
    {"language", "Language", FIELD_TEXT, 0},
    {"country", "Country", FIELD_TEXT, 0},
    {"ladder", "Ladder", FIELD_TEXT, 0},
    {"legal_id", "Legal id", FIELD_TEXT, 0},
    {"vat_id", "VAT id", FIELD_TEXT, 0},
    {"domain", "Mail domain", FIELD_TEXT, 0},
    {"address", "Address", FIELD_TEXT, 0},
    {"paid_invoices", "Paid invoices", FIELD_NUMBER, 0},
    {"average_days_late", "Average days late", FIELD_NUMBER, 0},
    {"promises_kept", "Promises kept", FIELD_NUMBER, 0},
    {"promises_broken", "Promises broken", FIELD_NUMBER, 0},
};
static const struct field contact_fields[] = {{"address", "Address", FIELD_TEXT, FIELD_ELASTIC},
    {"name", "Name", FIELD_TEXT, FIELD_ELASTIC}, {"role", "Role", FIELD_TEXT, 0},
    {"state", "State", FIELD_TEXT, 0}, {"answered_at", "Last answer", FIELD_INSTANT, 0},
    {"reason", "Reason", FIELD_TEXT, FIELD_ELASTIC}};
static const struct field sum_fields[SUM_FIELDS] = {{"currency", "Currency", FIELD_TEXT, 0},
    {"invoices", "Invoices", FIELD_NUMBER, 0}, {"open", "Open", FIELD_MONEY, 0},
    {"overdue_invoices", "Overdue", FIELD_NUMBER, 0}, {"overdue", "Amount", FIELD_MONEY, 0}};
static const struct field customer_list_fields[] = {{"customer_id", "Id", FIELD_NUMBER, 0},
    {"customer", "Customer", FIELD_TEXT, FIELD_ELASTIC},
    {"company", "Company", FIELD_TEXT, FIELD_FOR_MACHINES}, {"reference", "Reference", FIELD_TEXT, 0},
    {"kind", "Kind", FIELD_TEXT, 0}, {"state", "State", FIELD_TEXT, 0},
    {"language", "Language", FIELD_TEXT, 0}, {"domain", "Mail domain", FIELD_TEXT, FIELD_ELASTIC}};

bool name_of_customer(struct store *store, int64_t id, char **name, struct error *error)
{
	struct customer customer;
	bool found;
	*name = NULL;
	if (id == 0)
		return true;
	if (!customer_get(store, id, &customer, &found, error))
		return false;
	if (found) {
		*name = g_strdup(customer.name);
		row_clear(&customer_table, &customer);
	}
	return true;
}

bool number_of_receivable(struct store *store, int64_t id, char **number, struct error *error)
{
	struct receivable receivable;
	bool found;
	*number = NULL;
	if (id == 0)
		return true;
	if (!receivable_get(store, id, &receivable, &found, error))
		return false;
	if (found) {
		*number = g_strdup(receivable.number);
		row_clear(&receivable_table, &receivable);
	}
	return true;
}

static bool count_promises(
    struct store *store, int64_t customer, int64_t *kept, int64_t *broken, struct error *error)
{
	GPtrArray *receivables = receivable_list_of_customer(store, customer, NULL, error);
	bool ok = receivables != NULL;
	*kept = *broken = 0;
	for (guint i = 0; ok && i < receivables->len; i++) {
		const struct receivable *receivable = g_ptr_array_index(receivables, i);
		GPtrArray *promises = promise_list(store, receivable->id, NULL, error);
		ok = promises != NULL;
		for (guint p = 0; ok && p < promises->len; p++) {
			const struct promise *promise = g_ptr_array_index(promises, p);
			*kept += strcmp(promise->state, "kept") == 0;
			*broken +=
			    strcmp(promise->state, "broken") == 0 || strcmp(promise->state, "partly") == 0;
		}
		if (ok)
			rows_free(&promise_table, promises);
	}
	if (receivables != NULL)
		rows_free(&receivable_table, receivables);
	return ok;
}

static bool print_fields(
    struct store *store, const struct customer *customer, struct printer *printer, struct error *error)
{
	int64_t paid, days, kept, broken;
	if (!lateness_figure(store, customer->id, &paid, &days, error) ||
	    !count_promises(store, customer->id, &kept, &broken, error))
		return false;
	const char *const texts[] = {customer->name, customer->company, customer->reference, customer->kind,
	    customer->state, customer->language, customer->country, customer->ladder, customer->legal_id,
	    customer->vat_id, customer->domain, customer->address};
	printer_begin_record(printer, NULL, customer_fields, ARRAY_LENGTH(customer_fields));
	printer_number(printer, customer->id);
	for (size_t i = 0; i < ARRAY_LENGTH(texts); i++)
		printer_text(printer, texts[i]);
	printer_number(printer, paid);
	if (paid == 0)
		printer_absent(printer);
	else
		printer_number(printer, days / paid);
	printer_number(printer, kept);
	printer_number(printer, broken);
	return true;
}

static bool print_sums(
    struct ledger *ledger, const struct customer *customer, struct printer *printer, struct error *error)
{
	return report_sums(ledger->store, customer->company, customer->id, ledger->today, "Open", sum_fields,
	    printer, error);
}

static bool print_contacts(
    struct store *store, const struct customer *customer, struct printer *printer, struct error *error)
{
	GPtrArray *contacts = contact_list(store, customer->id, error);
	if (contacts == NULL)
		return false;
	printer_begin_list(printer, "contacts", "Contacts", contact_fields, ARRAY_LENGTH(contact_fields));
	for (guint i = 0; i < contacts->len; i++) {
		const struct contact *contact = g_ptr_array_index(contacts, i);
		printer_text(printer, contact->address);
		printer_text(printer, contact->name);
		printer_text(printer, contact->role);
		printer_emphasis(printer, strcmp(contact->state, "good") == 0 ? EMPHASIS_NONE : EMPHASIS_BAD);
		printer_text(printer, contact->state);
		printer_instant(printer, contact->answered_at == 0 ? INSTANT_NONE : contact->answered_at);
		printer_text(printer, contact->reason);
		printer_end_row(printer);
	}
	printer_end_list(printer);
	rows_free(&contact_table, contacts);
	return true;
}

bool report_customer(
    struct ledger *ledger, const struct customer *customer, struct printer *printer, struct error *error)
{
	struct list_request request = {
	    .customer = customer->id, .state = "open", .today = ledger->today, .as_of = ledger->today};
	if (!print_fields(ledger->store, customer, printer, error) ||
	    !print_contacts(ledger->store, customer, printer, error) ||
	    !print_sums(ledger, customer, printer, error) ||
	    !report_list(ledger->store, &request, printer, "invoices", NULL, error))
		return false;
	printer_end_record(printer);
	return true;
}

bool report_customers(struct store *store, const char *company, struct printer *printer, struct error *error)
{
	GPtrArray *customers = customer_list(store, company, error);
	if (customers == NULL)
		return false;
	printer_begin_list(printer, NULL, NULL, customer_list_fields, ARRAY_LENGTH(customer_list_fields));
	for (guint i = 0; i < customers->len; i++) {
		const struct customer *customer = g_ptr_array_index(customers, i);
		printer_number(printer, customer->id);
		printer_text(printer, customer->name);
		printer_text(printer, customer->company);
		printer_text(printer, customer->reference);
		printer_text(printer, customer->kind);
		printer_text(printer, customer->state);
		printer_text(printer, customer->language);
		printer_text(printer, customer->domain);
		printer_end_row(printer);
	}
	printer_end_list(printer);
	rows_free(&customer_table, customers);
	return true;
}
