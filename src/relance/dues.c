#include "base/base.h"
#include "relance/session.h"
#include "report/dues.h"

/* relance interest, relance policy */

struct interest_options {
	struct date_option to;
};
const struct option_row interest_option_rows[] = {
    {0, "to", OPTION_DATE, offsetof(struct interest_options, to), "DATE", "up to this day (default: today)",
	NULL},
    OPTIONS_END,
};

bool run_interest(struct session *session, struct error *error)
{
	const struct interest_options *options = session->options;
	struct receivable receivable;
	date_t to = options->to.date == DATE_NONE ? session->today : options->to.date;
	if (!session_receivable(session, session->arguments[0], &receivable, error))
		return false;
	bool ok = report_interest(&session->ledger, &receivable, to, session_printer(session), error);
	row_clear(&receivable_table, &receivable);
	return ok;
}

bool run_policy(struct session *session, struct error *error)
{
	struct subject subject;
	if (!session_subject(session, session->arguments[0], &subject, error))
		return false;
	bool ok = report_policy(&session->ledger, &session->site, subject.customer.id,
	    subject.receivable.id == 0 ? NULL : &subject.receivable, session_printer(session), error);
	subject_clear(&subject);
	return ok;
}
