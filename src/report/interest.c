#include "base/base.h"
#include "report/dues.h"

#include "ledger/interest_book.h"

/* `relance interest`: the statement of late interest, line by line. */
static const struct field interest_fields[] = {
    {"invoice", "Invoice", FIELD_TEXT, 0},
    {"customer", "Customer", FIELD_TEXT, 0},
    {"to", "As of", FIELD_DATE, 0},
    {"rule", "Rule", FIELD_TEXT, 0},
    {"law", "Law", FIELD_TEXT, 0},
    {"currency", "Currency", FIELD_TEXT, FIELD_FOR_MACHINES},
    {"open", "Open", FIELD_MONEY, 0},
    {"interest", "Interest", FIELD_MONEY, 0},
    {"compensation", "Compensation", FIELD_MONEY, 0},
    {"total", "Total", FIELD_MONEY, 0},
    {"confirmed", "Rates confirmed", FIELD_BOOLEAN, 0},
    {"choice", "Choice", FIELD_TEXT, 0},
    {"claimed", "In the books", FIELD_MONEY, 0},
    {"disputed", "Disputed", FIELD_MONEY, 0},
};
static const struct field line_fields[] = {
    {"due_on", "Due", FIELD_DATE, 0},
    {"from", "From", FIELD_DATE, 0},
    {"to", "To", FIELD_DATE, 0},
    {"days", "Days", FIELD_NUMBER, 0},
    {"base", "Base", FIELD_MONEY, 0},
    {"rate", "Rate %", FIELD_TEXT, 0},
    {"amount", "Amount", FIELD_MONEY, 0},
};

static void print_line(struct printer *printer, const struct interest_line *line, const char *currency)
{
	printer_date(printer, line->due_on);
	printer_date(printer, line->from + 1); /* the first day that bears interest */
	printer_date(printer, line->to);
	printer_number(printer, line->days);
	printer_money(printer, money(line->base, currency));
	printer_format(printer, "%s%d.%03d", line->rate < 0 && line->rate > -RATE_ONE_PERCENT ? "-" : "",
	    line->rate / RATE_ONE_PERCENT,
	    line->rate < 0 ? -(line->rate % RATE_ONE_PERCENT) : line->rate % RATE_ONE_PERCENT);
	printer_money(printer, money(line->amount, currency));
	printer_end_row(printer);
}

static void print_interest(struct printer *printer, const struct receivable *receivable, const char *customer,
    date_t to, const struct interest_rule *rule, const struct interest *interest, int64_t claimed,
    int64_t disputed)
{
	const char *currency = receivable->currency;
	printer_begin_record(printer, NULL, interest_fields, ARRAY_LENGTH(interest_fields));
	printer_text(printer, receivable->number);
	printer_text(printer, customer);
	printer_date(printer, to);
	printer_text(printer, rule->name);
	printer_text(printer, rule->law);
	printer_text(printer, currency);
	printer_money(printer, money(receivable->open, currency));
	printer_money(printer, money(interest->interest, currency));
	printer_money(printer, money(interest->compensation, currency));
	/* what was claimed is open already */
	printer_money(printer,
	    money(receivable->open - claimed + interest->interest + interest->compensation, currency));
	printer_emphasis(printer, interest->confirmed ? EMPHASIS_NONE : EMPHASIS_WARNING);
	printer_boolean(printer, interest->confirmed);
	printer_text(printer, receivable->interest);
	printer_money(printer, money(claimed, currency));
	/* nothing is reckoned on it */
	if (disputed)
		printer_money(printer, money(disputed, currency));
	else
		printer_absent(printer);
	printer_begin_list(printer, "lines", "Statement", line_fields, ARRAY_LENGTH(line_fields));
	for (guint i = 0; i < interest->lines->len; i++)
		print_line(printer, &g_array_index(interest->lines, struct interest_line, i), currency);
	printer_end_list(printer);
	printer_end_record(printer);
}

bool report_interest(const struct ledger *ledger, const struct receivable *receivable, date_t to,
    struct printer *printer, struct error *error)
{
	const struct interest_rule *rule;
	struct interest interest;
	char *customer = NULL;
	struct interest_in_books claimed;
	const struct interest_scope scope = {.to = to};
	int64_t disputed;
	struct rates *rates = rates_load(ledger->config, error);
	bool done =
	    rates && interest_claimed(ledger->store, receivable->id, &claimed, error) &&
	    name_of_customer(ledger->store, receivable->customer, &customer, error) &&
	    interest_of_receivable(ledger, rates, receivable, &scope, &rule, &interest, &disputed, error);
	if (done) {
		print_interest(printer, receivable, customer, to, rule, &interest,
		    claimed.interest + claimed.compensation, disputed);
		interest_clear(&interest);
	}
	g_free(customer);
	rates_free(rates);
	return done;
}
