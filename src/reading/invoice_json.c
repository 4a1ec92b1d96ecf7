/* The invoice object of the interface, as one table for both directions. */
#include "base/base.h"
#include "reading/invoice_json.h"
#include "reading/reading.h"

#include <glib.h>

static const char *source_word(const void *value)
{
	return invoice_source_word(*(const enum invoice_source *)value);
}

static bool source_from_word(const char *word, void *value)
{
	return invoice_source_from_word(word, value);
}

static const struct shape_words sources = {source_word, source_from_word};

static const char *kind_word(const void *value)
{
	return invoice_kind_word(*(const enum invoice_kind *)value);
}

static bool kind_from_word(const char *word, void *value)
{
	return invoice_kind_from_word(word, value);
}

static const struct shape_words kinds = {kind_word, kind_from_word};

#define INVOICE(field) offsetof(struct invoice, field)

/* The parties, and the buyer's reference that the interface puts beside him, lie inside the invoice itself.
 */
static const struct shape_field seller_fields[] = {
    {.key = "name", .kind = SHAPE_TEXT, .offset = INVOICE(seller.name)},
    {.key = "legal_id", .kind = SHAPE_TEXT, .offset = INVOICE(seller.legal_id)},
    {.key = "vat_id", .kind = SHAPE_TEXT, .offset = INVOICE(seller.vat_id)},
    {.key = "email", .kind = SHAPE_TEXT, .offset = INVOICE(seller.email)},
};
static const struct shape seller_shape = {.fields = seller_fields, .count = ARRAY_LENGTH(seller_fields)};

static const struct shape_field buyer_fields[] = {
    {.key = "name", .kind = SHAPE_TEXT, .offset = INVOICE(buyer.name)},
    {.key = "legal_id", .kind = SHAPE_TEXT, .offset = INVOICE(buyer.legal_id)},
    {.key = "vat_id", .kind = SHAPE_TEXT, .offset = INVOICE(buyer.vat_id)},
    {.key = "email", .kind = SHAPE_TEXT, .offset = INVOICE(buyer.email)},
    {.key = "reference", .kind = SHAPE_TEXT, .offset = INVOICE(buyer_reference)},
};
static const struct shape buyer_shape = {.fields = buyer_fields, .count = ARRAY_LENGTH(buyer_fields)};

static const struct shape_field due_line_fields[] = {
    {.key = "date", .kind = SHAPE_DATE, .offset = offsetof(struct due_line, date)},
    {.key = "amount", .kind = SHAPE_AMOUNT, .offset = offsetof(struct due_line, amount)},
};

static void due_line_empty(void *pointer)
{
	struct due_line *line = pointer;
	line->date = DATE_NONE;
}

static const struct shape due_line_shape = {
    .fields = due_line_fields, .count = ARRAY_LENGTH(due_line_fields), .empty = due_line_empty};

static const struct shape_field invoice_fields[] = {
    {.key = "source", .kind = SHAPE_WORD, .offset = INVOICE(source), .words = &sources},
    {.key = "syntax", .kind = SHAPE_TEXT, .offset = INVOICE(syntax)},
    {.key = "profile", .kind = SHAPE_TEXT, .offset = INVOICE(profile)},
    {.key = "kind", .kind = SHAPE_WORD, .offset = INVOICE(kind), .words = &kinds},
    {.key = "number", .kind = SHAPE_TEXT, .offset = INVOICE(number)},
    {.key = "issue_date", .kind = SHAPE_DATE, .offset = INVOICE(issue_date)},
    {.key = "due_date", .kind = SHAPE_DATE, .offset = INVOICE(due_date)},
    {.key = "currency", .kind = SHAPE_CURRENCY, .offset = INVOICE(currency)},
    {.key = "total", .kind = SHAPE_AMOUNT, .offset = INVOICE(total)},
    {.key = "paid", .kind = SHAPE_AMOUNT, .offset = INVOICE(paid)},
    {.key = "payable", .kind = SHAPE_AMOUNT, .offset = INVOICE(payable)},
    {.key = "tax", .kind = SHAPE_AMOUNT, .offset = INVOICE(tax)},
    {.key = "seller", .kind = SHAPE_OBJECT, .shape = &seller_shape},
    {.key = "buyer", .kind = SHAPE_OBJECT, .shape = &buyer_shape},
    {.key = "order_number", .kind = SHAPE_TEXT, .offset = INVOICE(order_number)},
    {.key = "contract_number", .kind = SHAPE_TEXT, .offset = INVOICE(contract_number)},
    {.key = "preceding", .kind = SHAPE_TEXTS, .offset = INVOICE(preceding)},
    {.key = "payment_reference", .kind = SHAPE_TEXT, .offset = INVOICE(payment_reference)},
    {.key = "iban", .kind = SHAPE_TEXTS, .offset = INVOICE(iban)},
    {.key = "bic", .kind = SHAPE_TEXT, .offset = INVOICE(bic)},
    {.key = "due_lines", .kind = SHAPE_STRUCTS, .offset = INVOICE(due_lines), .shape = &due_line_shape},
    {.key = "confidence", .kind = SHAPE_THOUSANDTHS, .offset = INVOICE(confidence)},
    {.key = "missing", .kind = SHAPE_TEXTS, .offset = INVOICE(missing)},
    {.key = "warnings", .kind = SHAPE_TEXTS, .offset = INVOICE(warnings), .optional = true},
    {.key = "layout", .kind = SHAPE_TEXT, .offset = INVOICE(layout), .optional = true},
};

static void *invoice_make(void)
{
	return invoice_new(INVOICE_SOURCE_TEXT);
}

static void invoice_discard(void *invoice)
{
	invoice_free(invoice);
}

const struct shape invoice_shape = {.fields = invoice_fields,
    .count = ARRAY_LENGTH(invoice_fields),
    .make = invoice_make,
    .discard = invoice_discard};

json_t *invoice_to_json(const struct invoice *invoice)
{
	return shape_write(&invoice_shape, invoice);
}

bool invoice_from_json(const json_t *json, struct invoice **invoice, struct error *error)
{
	struct invoice *made = invoice_make();
	if (!shape_read(&invoice_shape, json, "", made, error)) {
		invoice_free(made);
		return false;
	}
	*invoice = made;
	return true;
}
