#include "base/base.h"
#include "report/case.h"
#include "report/invoices.h"
#include "relance/session.h"
#include "report/timeline.h"

/* The commands that only print what src/report knows: options to a request, nothing else. */

static const char *const state_words[] = {"open", "settled", "void", "all", NULL};
static const char *const states[] = {"open", "settled", "void", NULL};

struct list_options {
	int state;
	bool overdue;
};
const struct option_row list_option_rows[] = {
    {0, "state", OPTION_WORD, offsetof(struct list_options, state), "STATE",
	"open (default), settled, void or all", state_words},
    {0, "overdue", OPTION_FLAG, offsetof(struct list_options, overdue), NULL, "only what is past its due day",
	NULL},
    OPTIONS_END,
};

static struct list_request request_of(const struct session *session)
{
	return (struct list_request){.company = session->common.company,
	    .state = "open",
	    .today = session->today,
	    .as_of = session->as_of};
}

bool run_list(struct session *session, struct error *error)
{
	const struct list_options *options = session->options;
	struct list_request request = request_of(session);
	struct customer customer = {0};
	int64_t count;
	request.state = states[options->state < 0 ? 0 : options->state];
	request.overdue = options->overdue;
	if (session->argument_count > 0) {
		if (!session_customer(session, session->arguments[0], &customer, error))
			return false;
		request.customer = customer.id;
	}
	bool ok = report_list(session->store, &request, session_printer(session), NULL, &count, error);
	row_clear(&customer_table, &customer);
	return ok;
}

bool run_aging(struct session *session, struct error *error)
{
	struct list_request request = request_of(session);
	return report_aging(session->store, &request, session_printer(session), error);
}

struct forecast_options {
	int64_t days;
	bool cash;
};
const struct option_row forecast_option_rows[] = {
    {0, "days", OPTION_NUMBER, offsetof(struct forecast_options, days), "N", "how far to look (default 30)",
	NULL},
    {0, "cash", OPTION_FLAG, offsetof(struct forecast_options, cash), NULL,
	"only the cash to expect, by week", NULL},
    OPTIONS_END,
};

bool run_forecast(struct session *session, struct error *error)
{
	const struct forecast_options *options = session->options;
	struct list_request request = request_of(session);
	struct printer *printer = session_printer(session);
	if (printer_is_for_people(printer) && session->config.sending == SENDING_OFF)
		printer_note(printer, "sending = off: nothing of this is sent.");
	int days = options->days < 0 ? 30 : (int)MIN(options->days, 3650);
	if (!options->cash && !report_forecast(session->store, &request, days, printer, error))
		return false;
	if (options->cash || printer_is_for_people(printer))
		return report_cash(session->store, &request, days, printer, error);
	return true;
}

bool run_show(struct session *session, struct error *error)
{
	for (int i = 0; i < session->argument_count; i++) {
		struct receivable receivable;
		if (!session_receivable(session, session->arguments[i], &receivable, error))
			return false;
		bool ok = report_invoice(
		    &session->ledger, &session->site, &receivable, session_printer(session), error);
		row_clear(&receivable_table, &receivable);
		if (!ok)
			return false;
	}
	return true;
}

bool run_customer(struct session *session, struct error *error)
{
	struct customer customer;
	struct printer *printer = session_printer(session);
	if (session->argument_count == 0)
		return report_customers(session->store, session->common.company, printer, error);
	if (!session_customer(session, session->arguments[0], &customer, error))
		return false;
	bool ok = report_customer(&session->ledger, &customer, printer, error);
	row_clear(&customer_table, &customer);
	return ok;
}

struct timeline_options {
	bool all;
};
const struct option_row timeline_option_rows[] = {
    {'a', "all", OPTION_FLAG, offsetof(struct timeline_options, all), NULL, "the small steps, too", NULL},
    OPTIONS_END,
};

bool run_timeline(struct session *session, struct error *error)
{
	const struct timeline_options *options = session->options;
	struct subject subject;
	if (!session_subject(session, session->arguments[0], &subject, error))
		return false;
	struct timeline_request request = {
	    .customer = subject.customer.id,
	    .receivable = subject.receivable.id == 0 ? NULL : &subject.receivable,
	    .until = session->as_of == session->today
			 ? INSTANT_NONE
			 : zone_instant(session->zone, session->as_of + 1, 0) - 1,
	    .all = options->all,
	};
	bool ok = report_timeline(session->store, &request, session_printer(session), NULL, NULL, error);
	subject_clear(&subject);
	return ok;
}

bool run_why(struct session *session, struct error *error)
{
	struct receivable receivable;
	if (!session_receivable(session, session->arguments[0], &receivable, error))
		return false;
	bool ok = report_why(&session->ledger, &session->site, &receivable, session_printer(session), error);
	row_clear(&receivable_table, &receivable);
	return ok;
}

bool run_calls(struct session *session, struct error *error)
{
	return report_tasks(&session->ledger, &session->site, session->common.company, "call", false,
	    session_printer(session), error);
}

bool run_promises(struct session *session, struct error *error)
{
	return report_promises(
	    session->store, session->common.company, session->today, session_printer(session), error);
}

bool run_disputes(struct session *session, struct error *error)
{
	return report_disputes(
	    session->store, session->common.company, session->today, session_printer(session), error);
}

bool run_bounces(struct session *session, struct error *error)
{
	return report_bounces(session->store, session->common.company, session_printer(session), error);
}
