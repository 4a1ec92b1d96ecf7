#include "base/base.h"
#include "ledger/act.h"
#include "ledger/interest_book.h"
#include "relance/session.h"
#include "report/dues.h"

/* relance interest, relance policy */

struct interest_options {
	struct date_option to;
	const char *reason;
};
const struct option_row interest_option_rows[] = {
    {0, "to", OPTION_DATE, offsetof(struct interest_options, to), "DATE", "up to this day (default: today)",
	NULL},
    {0, "reason", OPTION_TEXT, offsetof(struct interest_options, reason), "TEXT",
	"why it is claimed, waived or kept", NULL},
    OPTIONS_END,
};

static bool choose(
    struct session *session, const struct receivable *receivable, const char *choice, struct error *error)
{
	static const char *const choices[] = {"claim", "waive", "keep"};
	const struct interest_options *options = session->options;
	if (options->to.date != DATE_NONE)
		return error_set(error, STATUS_USAGE, "interest: %s is as of today, without --to", choice);
	for (size_t i = 0; i < ARRAY_LENGTH(choices); i++)
		if (strcmp(choices[i], choice) == 0)
			return interest_choose(&session->ledger, receivable, choice, options->reason, error);
	return error_set(error, STATUS_USAGE, "%s: not one of claim, waive, keep", choice);
}

bool run_interest(struct session *session, struct error *error)
{
	const struct interest_options *options = session->options;
	struct receivable receivable;
	date_t to = options->to.date == DATE_NONE ? session->today : options->to.date;
	if (!session_receivable(session, session->arguments[0], &receivable, error))
		return false;
	bool ok = session->argument_count > 1
		      ? choose(session, &receivable, session->arguments[1], error)
		      : report_interest(&session->ledger, &receivable, to, session_printer(session), error);
	row_clear(&receivable_table, &receivable);
	return ok;
}

/* LADDER "default": what applies without one of its own. */
static bool set_ladder(
    struct session *session, const struct subject *subject, const char *ladder, struct error *error)
{
	bool none = strcmp(ladder, "default") == 0;
	if (!none && !config_ladder(&session->config, ladder))
		return error_set(
		    error, STATUS_USAGE, "policy: the configuration has no ladder \"%s\"", ladder);
	if (none)
		ladder = NULL;
	return subject->receivable.id
		   ? act_receivable_ladder(&session->ledger, &subject->receivable, ladder, error)
		   : act_customer_ladder(&session->ledger, subject->customer.id, ladder, error);
}

bool run_policy(struct session *session, struct error *error)
{
	struct subject subject;
	int count = session->argument_count;
	bool shows = count == 2 && strcmp(session->arguments[0], "show") == 0;
	bool sets = count == 3 && strcmp(session->arguments[0], "set") == 0;
	if (count > 1 && !shows && !sets)
		return error_set(error, STATUS_USAGE,
		    "policy: usage: relance policy [show] INV|CUSTOMER | set INV|CUSTOMER LADDER");
	if (!session_subject(session, session->arguments[count > 1], &subject, error))
		return false;
	bool ok = sets ? set_ladder(session, &subject, session->arguments[2], error)
		       : report_policy(&session->ledger, &session->site, subject.customer.id,
			     subject.receivable.id == 0 ? NULL : &subject.receivable,
			     session_printer(session), error);
	subject_clear(&subject);
	return ok;
}
