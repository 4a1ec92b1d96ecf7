#include "base/base.h"
#include "base/iban.h"
#include "document/preflight.h"

#include <stdlib.h>

static bool has_any(const char *folded, const char *const *parts)
{
	for (; *parts != NULL; parts++)
		if (strstr(folded, *parts) != NULL)
			return true;
	return false;
}

void clauses_from_text(struct clauses *clauses, const char *text)
{
	static const char *const penalty[] = {"penalite", "interets de retard", "interet de retard",
	    "taux d'interet legal", "intérêt légal", "pénalité", "intérêts de retard",
	    "late payment interest", "verzugszins", NULL};
	static const char *const compensation[] = {"indemnité forfaitaire", "indemnite forfaitaire",
	    "frais de recouvrement", "40 euros", "fixed compensation", "recovery costs", NULL};
	static const char *const discount[] = {"escompte", "early payment", "skonto", "discount", NULL};
	char *lower = g_utf8_strdown(text, -1);
	clauses->penalty_rate |= has_any(lower, penalty);
	clauses->fixed_compensation |= has_any(lower, compensation);
	clauses->discount_terms |= has_any(lower, discount);
	g_free(lower);
}

void clauses_from_code(struct clauses *clauses, const char *code)
{
	if (code == NULL)
		return;
	clauses->penalty_rate |= strcmp(code, "PMD") == 0;
	clauses->fixed_compensation |= strcmp(code, "PMT") == 0;
	clauses->discount_terms |= strcmp(code, "AAB") == 0;
}

static void note(GPtrArray *list, bool found, const char *word)
{
	if (!found)
		return;
	for (guint i = 0; i < list->len; i++)
		if (strcmp(g_ptr_array_index(list, i), word) == 0)
			return;
	g_ptr_array_add(list, g_strdup(word));
}

/* By the VAT id, else by the account it is to be paid to. */
static bool is_french_seller(const struct invoice *invoice)
{
	if (invoice->seller.vat_id != NULL)
		return g_str_has_prefix(invoice->seller.vat_id, "FR");
	return invoice->iban->len > 0 && g_str_has_prefix(g_ptr_array_index(invoice->iban, 0), "FR");
}

static void find_missing(struct invoice *invoice, const struct clauses *clauses)
{
	GPtrArray *missing = invoice->missing;
	bool invoices = invoice->kind != INVOICE_KIND_CREDIT_NOTE;
	note(missing, invoice->number == NULL, "number");
	note(missing, invoice->issue_date == DATE_NONE, "issue_date");
	note(missing, invoice->due_date == DATE_NONE && invoices, "due_date");
	note(missing, invoice->currency[0] == '\0', "currency");
	note(missing, money_is_none(invoice->total), "total");
	note(missing, money_is_none(invoice->payable), "payable");
	note(missing, invoice->seller.name == NULL, "seller_name");
	note(missing, invoice->buyer.name == NULL, "buyer_name");
	bool taxed = !money_is_none(invoice->tax) && invoice->tax.minor != 0;
	note(missing, taxed && invoice->seller.vat_id == NULL, "seller_vat_id");
	if (!invoices || !is_french_seller(invoice))
		return;
	note(missing, !clauses->penalty_rate, "penalty_rate");
	note(missing, !clauses->fixed_compensation, "fixed_compensation");
	note(missing, !clauses->discount_terms, "discount_terms");
}

/* BT-115 = BT-112 - BT-113 + BT-114, less what is kept back; rounding (BT-114) is less than one unit of the
 * currency. */
static bool sums_agree(const struct invoice *invoice)
{
	if (money_is_none(invoice->total) || money_is_none(invoice->payable))
		return true;
	int64_t rest, paid = money_is_none(invoice->paid) ? 0 : invoice->paid.minor, unit = 1;
	for (int i = 0; i < currency_exponent(invoice->currency); i++)
		unit *= 10;
	int64_t withheld = money_is_none(invoice->withheld) ? 0 : invoice->withheld.minor;
	if (__builtin_sub_overflow(invoice->total.minor, paid, &rest) ||
	    __builtin_sub_overflow(rest, withheld, &rest) ||
	    __builtin_sub_overflow(rest, invoice->payable.minor, &rest))
		return false;
	return rest < unit && rest > -unit;
}

static bool due_lines_agree(const struct invoice *invoice)
{
	int64_t sum = 0;
	for (guint i = 0; i < invoice->due_lines->len; i++) {
		const struct due_line *line = &g_array_index(invoice->due_lines, struct due_line, i);
		if (money_is_none(line->amount) || __builtin_add_overflow(sum, line->amount.minor, &sum))
			return true;
	}
	return invoice->due_lines->len < 2 || money_is_none(invoice->payable) ||
	       sum == invoice->payable.minor || sum == invoice->total.minor;
}

static bool is_term_too_long(const struct invoice *invoice)
{
	if (invoice->issue_date == DATE_NONE || invoice->due_date == DATE_NONE || !is_french_seller(invoice))
		return false;
	date_t month_end = date_end_of_month(invoice->issue_date + 45);
	return invoice->due_date > MAX(invoice->issue_date + 60, month_end);
}

static bool has_wrong_iban(const struct invoice *invoice)
{
	for (guint i = 0; i < invoice->iban->len; i++) {
		const char *iban = g_ptr_array_index(invoice->iban, i);
		if (iban_is_mistyped(iban))
			return true;
	}
	return false;
}

static void find_warnings(struct invoice *invoice)
{
	GPtrArray *warnings = invoice->warnings;
	note(warnings, is_term_too_long(invoice), "term_too_long");
	note(warnings, invoice->due_date != DATE_NONE && invoice->due_date < invoice->issue_date,
	    "due_before_issue");
	note(warnings, has_wrong_iban(invoice), "iban_checksum");
	note(warnings, !sums_agree(invoice), "totals_do_not_add_up");
	note(warnings, !due_lines_agree(invoice), "due_lines_do_not_add_up");
}

void preflight(struct invoice *invoice, const struct clauses *clauses)
{
	find_missing(invoice, clauses);
	find_warnings(invoice);
}
