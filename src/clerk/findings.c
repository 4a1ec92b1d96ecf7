#include "base/base.h"
#include "clerk/findings.h"

#include "base/iban.h"
#include "store/rows_receivable.h"

static bool same_account(const char *one, const char *other)
{
	g_autofree char *one_key = receivable_number_key(one);
	g_autofree char *other_key = receivable_number_key(other);
	return !strcmp(one_key, other_key);
}

/* Where the company names no account of its own, every one is as good. */
static bool is_ours(const struct company_config *company, const char *iban)
{
	for (size_t i = 0; i < company->iban.count; i++)
		if (same_account(company->iban.items[i], iban))
			return true;
	return company->iban.count == 0;
}

const char *findings_bad_iban(const struct company_config *company, const struct invoice *invoice)
{
	for (guint i = 0; i < invoice->iban->len; i++) {
		const char *iban = invoice->iban->pdata[i];
		if (iban_is_mistyped(iban) || !is_ours(company, iban))
			return iban;
	}
	return NULL;
}

static bool has_foreign_iban(const struct company_config *company, const struct invoice *invoice)
{
	bool foreign = false;
	for (guint i = 0; i < invoice->iban->len; i++)
		foreign = foreign || !is_ours(company, invoice->iban->pdata[i]);
	return foreign;
}

static bool has_recipient_without_domain(const struct envelope *envelope)
{
	for (guint i = 0; i < envelope->recipients->len; i++) {
		const char *at = strrchr(envelope->recipients->pdata[i], '@');
		if (!at || !strchr(at, '.'))
			return true;
	}
	return false;
}

static bool is_known_otherwise(struct ledger *ledger, const struct company_config *company,
    const struct invoice *invoice, bool *otherwise, struct error *error)
{
	struct receivable known;
	bool found = false;
	*otherwise = false;
	if (!invoice->number || money_is_none(invoice->payable))
		return true;
	if (!receivable_of_identity(ledger->store, company->name, invoice->number,
		invoice_kind_word(invoice_booked_kind(invoice)), &known, &found, error))
		return false;
	if (!found)
		return true;
	*otherwise = llabs(known.total) != llabs(invoice->payable.minor) ||
		     strcmp(known.currency, invoice->currency) != 0;
	row_clear(&receivable_table, &known);
	return true;
}

static void warn(json_t *reading, guint index, const char *word)
{
	json_t *invoice =
	    json_object_get(json_array_get(json_object_get(reading, "documents"), index), "invoice");
	json_t *warnings = json_object_get(invoice, "warnings");
	if (json_is_object(invoice) && !warnings) {
		warnings = json_array();
		json_object_set_new(invoice, "warnings", warnings);
	}
	json_array_append_new(warnings, json_string(word));
}

json_t *findings_in_reading(struct ledger *ledger, const struct company_config *company,
    const struct intake *intake, struct error *error)
{
	json_t *reading = json_deep_copy(intake->reading_json);
	bool lacks_domain = has_recipient_without_domain(intake->envelope);
	for (guint i = 0; i < intake->reading->documents->len; i++) {
		const struct reading_document *document = intake->reading->documents->pdata[i];
		bool otherwise;
		if (!document->invoice)
			continue;
		if (!is_known_otherwise(ledger, company, document->invoice, &otherwise, error)) {
			json_decref(reading);
			return NULL;
		}
		if (has_foreign_iban(company, document->invoice))
			warn(reading, i, "iban_not_ours");
		if (otherwise)
			warn(reading, i, "duplicate_number");
		if (lacks_domain)
			warn(reading, i, "recipient_without_domain");
	}
	return reading;
}
