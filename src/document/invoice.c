#include "base/base.h"
#include "document/invoice.h"

static const char *const source_words[] = {
    [INVOICE_SOURCE_CII] = "cii",
    [INVOICE_SOURCE_UBL] = "ubl",
    [INVOICE_SOURCE_PDF] = "pdf",
    [INVOICE_SOURCE_HTML] = "html",
    [INVOICE_SOURCE_TEXT] = "text",
};

static const char *const kind_words[] = {
    [INVOICE_KIND_INVOICE] = "invoice",
    [INVOICE_KIND_CREDIT_NOTE] = "credit_note",
    [INVOICE_KIND_PREPAYMENT] = "prepayment",
    [INVOICE_KIND_CORRECTIVE] = "corrective",
};

static void party_clear(struct party *party)
{
	g_free(party->name);
	g_free(party->legal_id);
	g_free(party->vat_id);
	g_free(party->email);
}

struct invoice *invoice_new(enum invoice_source source)
{
	struct invoice *invoice = g_new0(struct invoice, 1);
	invoice->source = source;
	invoice->kind = INVOICE_KIND_INVOICE;
	invoice->issue_date = DATE_NONE;
	invoice->due_date = DATE_NONE;
	invoice->preceding = g_ptr_array_new_with_free_func(g_free);
	invoice->iban = g_ptr_array_new_with_free_func(g_free);
	invoice->due_lines = g_array_new(FALSE, FALSE, sizeof(struct due_line));
	invoice->confidence = 1000;
	invoice->missing = g_ptr_array_new_with_free_func(g_free);
	invoice->warnings = g_ptr_array_new_with_free_func(g_free);
	return invoice;
}

void invoice_free(struct invoice *invoice)
{
	if (invoice == NULL)
		return;
	party_clear(&invoice->seller);
	party_clear(&invoice->buyer);
	g_free(invoice->syntax);
	g_free(invoice->profile);
	g_free(invoice->number);
	g_free(invoice->buyer_reference);
	g_free(invoice->order_number);
	g_free(invoice->contract_number);
	g_free(invoice->payment_reference);
	g_free(invoice->bic);
	g_free(invoice->layout);
	g_ptr_array_unref(invoice->preceding);
	g_ptr_array_unref(invoice->iban);
	g_ptr_array_unref(invoice->missing);
	g_ptr_array_unref(invoice->warnings);
	g_array_unref(invoice->due_lines);
	g_free(invoice);
}

enum invoice_kind invoice_booked_kind(const struct invoice *invoice)
{
	bool takes_back = !money_is_none(invoice->payable) && invoice->payable.minor < 0;
	return invoice->kind == INVOICE_KIND_CORRECTIVE && takes_back ? INVOICE_KIND_CREDIT_NOTE
								      : invoice->kind;
}

static bool word_index(const char *const *words, size_t count, const char *word, size_t *index)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(words[i], word) == 0) {
			*index = i;
			return true;
		}
	return false;
}

const char *invoice_source_word(enum invoice_source source)
{
	return source_words[source];
}

const char *invoice_kind_word(enum invoice_kind kind)
{
	return kind_words[kind];
}

bool invoice_source_from_word(const char *word, enum invoice_source *source)
{
	size_t index;
	if (!word_index(source_words, ARRAY_LENGTH(source_words), word, &index))
		return false;
	*source = (enum invoice_source)index;
	return true;
}

bool invoice_kind_from_word(const char *word, enum invoice_kind *kind)
{
	size_t index;
	if (!word_index(kind_words, ARRAY_LENGTH(kind_words), word, &index))
		return false;
	*kind = (enum invoice_kind)index;
	return true;
}
