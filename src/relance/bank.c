#include "base/base.h"
#include "base/holidays.h"
#include "ledger/act.h"
#include "relance/session.h"

/* bank: up to when the accounts were looked at. Importing statements and entering payments say so, too. */
static const struct field bank_fields[] = {
    {"company", "Company", FIELD_TEXT, 0},
    {"checked_on", "Bank data up to", FIELD_DATE, 0},
    {"days", "Business days since", FIELD_NUMBER, 0},
    {"limit", "Allowed", FIELD_NUMBER, 0},
};

static void print_row(struct session *session, const char *company, date_t checked)
{
	struct printer *printer = session_printer(session);
	int days = 0, limit = session->config.bank_data_age;
	for (date_t day = checked + 1; checked != DATE_NONE && day <= session->today; day++)
		days += bank_day(day);
	printer_text(printer, company);
	printer_date(printer, checked);
	printer_emphasis(printer, limit && days > limit ? EMPHASIS_WARNING : EMPHASIS_NONE);
	if (checked == DATE_NONE)
		printer_absent(printer);
	else
		printer_number(printer, days);
	if (limit)
		printer_number(printer, limit);
	else
		printer_absent(printer);
	printer_end_row(printer);
}

static bool list(struct session *session, struct error *error)
{
	struct printer *printer = session_printer(session);
	printer_begin_list(printer, NULL, NULL, bank_fields, ARRAY_LENGTH(bank_fields));
	for (size_t i = 0; i < session->config.company_count; i++) {
		const char *company = session->config.companies[i].name;
		date_t checked;
		if (session->common.company && strcmp(session->common.company, company) != 0)
			continue;
		if (!bank_checked_on(session->store, company, &checked, error))
			return false;
		print_row(session, company, checked);
	}
	printer_end_list(printer);
	return true;
}

/* Of --company, else of all. */
static bool check(struct session *session, date_t day, struct error *error)
{
	bool done = true;
	for (size_t i = 0; done && i < session->config.company_count; i++) {
		const char *company = session->config.companies[i].name;
		if (!session->common.company || strcmp(session->common.company, company) == 0)
			done = act_bank_checked(&session->ledger, company, day, error);
	}
	return done;
}

bool run_bank(struct session *session, struct error *error)
{
	date_t day = session->today;
	if (session->argument_count == 0 || strcmp(session->arguments[0], "list") == 0)
		return list(session, error);
	if (strcmp(session->arguments[0], "checked") != 0)
		return error_set(error, STATUS_USAGE, "bank: usage: relance bank [checked [DATE]]");
	return (session->argument_count < 2 || session_date(session, session->arguments[1], &day, error)) &&
	       check(session, day, error);
}
