#include "base/base.h"
#include "ledger/act.h"
#include "relance/session.h"

struct hold_options {
	struct date_option until;
	const char *reason;
};
const struct option_row hold_option_rows[] = {
    {0, "until", OPTION_DATE, offsetof(struct hold_options, until), "DATE", "first day that is free again",
	NULL},
    {0, "reason", OPTION_TEXT, offsetof(struct hold_options, reason), "TEXT", "why", NULL},
    OPTIONS_END,
};

bool run_hold(struct session *session, struct error *error)
{
	const struct hold_options *options = session->options;
	struct subject subject;
	if (options->until.date != DATE_NONE && options->until.date <= session->today)
		return error_set(error, STATUS_USAGE, "--until %s: is not after today", options->until.text);
	if (!session_subject(session, session->arguments[0], &subject, error))
		return false;
	const struct receivable *receivable = subject.receivable.id == 0 ? NULL : &subject.receivable;
	bool ok = act_hold(&session->ledger, subject.customer.id, receivable, "manual", options->until.date,
	    options->reason, 0, error);
	subject_clear(&subject);
	return ok;
}

struct release_options {
	const char *reason;
};
const struct option_row release_option_rows[] = {
    {0, "reason", OPTION_TEXT, offsetof(struct release_options, reason), "TEXT", "why", NULL},
    OPTIONS_END,
};

/* Why nothing was released. */
static bool nothing_to_release(struct session *session, const struct subject *subject, struct error *error)
{
	GPtrArray *holds = hold_list(session->store, subject->customer.id, 0, error);
	if (holds == NULL)
		return false;
	bool whole = subject->receivable.id != 0 && holds->len > 0;
	rows_free(&hold_table, holds);
	return error_set(error, STATUS_NO, "%s: %s", session->arguments[0],
	    whole ? "the hold is on the whole customer: release the customer" : "no hold is running on it");
}

bool run_release(struct session *session, struct error *error)
{
	const struct release_options *options = session->options;
	struct subject subject;
	int count = 0;
	if (!session_subject(session, session->arguments[0], &subject, error))
		return false;
	const struct receivable *receivable = subject.receivable.id == 0 ? NULL : &subject.receivable;
	bool ok = act_release(
	    &session->ledger, subject.customer.id, receivable, NULL, options->reason, &count, error);
	if (ok && count == 0)
		ok = nothing_to_release(session, &subject, error);
	subject_clear(&subject);
	return ok;
}
