#include "base/base.h"
#include "ledger/act.h"
#include "relance/session.h"
#include "report/case.h"

struct task_options {
	const char *outcome;
	bool all;
};
const struct option_row task_option_rows[] = {
    {0, "outcome", OPTION_TEXT, offsetof(struct task_options, outcome), "TEXT", "done: what came of it",
	NULL},
    {'a', "all", OPTION_FLAG, offsetof(struct task_options, all), NULL, "list: those that are done, too",
	NULL},
    OPTIONS_END,
};

static bool list(struct session *session, struct error *error)
{
	const struct task_options *options = session->options;
	return report_tasks(session->store, session->common.company, NULL, options->all, session->today,
	    session_printer(session), error);
}

bool run_task(struct session *session, struct error *error)
{
	const struct task_options *options = session->options;
	const char *verb = session->argument_count == 0 ? "list" : session->arguments[0];
	int64_t id;
	if (strcmp(verb, "list") == 0 && session->argument_count <= 1)
		return list(session, error);
	if (strcmp(verb, "done") == 0 && session->argument_count == 2)
		return session_id(session->arguments[1], &id, error) &&
		       act_finish_task(&session->ledger, id, options->outcome, error);
	if (strcmp(verb, "assign") == 0 && session->argument_count == 3)
		return session_id(session->arguments[1], &id, error) &&
		       act_assign_task(&session->ledger, id, session->arguments[2], error);
	return error_set(error, STATUS_USAGE, "task: usage: relance task list | done ID | assign ID NAME");
}
