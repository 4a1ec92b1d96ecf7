#include "base/base.h"
#include "dunning/send.h"
#include "ledger/act.h"
#include "relance/session.h"
#include "report/case.h"

/* pause, resume, approve: whether reminders go out. */

bool run_pause(struct session *session, struct error *error)
{
	return act_setting(&session->ledger, "sending.paused", "yes", error);
}

bool run_resume(struct session *session, struct error *error)
{
	return act_setting(&session->ledger, "sending.paused", "no", error);
}

struct approve_options {
	bool list;
};
const struct option_row approve_option_rows[] = {
    {'l', "list", OPTION_FLAG, offsetof(struct approve_options, list), NULL, "only list what waits", NULL},
    OPTIONS_END,
};

/* One reminder, or all that wait (ID 0). */
static bool approve(struct session *session, int64_t id, const char *name, struct error *error)
{
	int64_t count;
	if (!dunning_approve(&session->ledger, id, &count, error))
		return false;
	return count > 0 || error_set(error, STATUS_NO, "%s: no such reminder waits for approval", name);
}

bool run_approve(struct session *session, struct error *error)
{
	const struct approve_options *options = session->options;
	int64_t id;
	if (options->list)
		return report_outbox(
		    session->store, session->common.company, "waiting", session_printer(session), error);
	if (session->argument_count == 0)
		return approve(session, 0, "approve", error);
	for (int i = 0; i < session->argument_count; i++)
		if (!session_id(session->arguments[i], &id, error) ||
		    !approve(session, id, session->arguments[i], error))
			return false;
	return true;
}
