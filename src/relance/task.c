#include "base/base.h"
#include "dunning/outcome.h"
#include "ledger/act.h"
#include "relance/session.h"
#include "report/case.h"

struct task_options {
	const char *outcome;
	bool all;
};
const struct option_row task_option_rows[] = {
    {0, "outcome", OPTION_TEXT, offsetof(struct task_options, outcome), "TEXT",
	"done: what came of it, in words", NULL},
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

/* "done ID CODE [DATE | REASON] [AMOUNT]" from the code on: each argument says by its form what it is. */
static bool read_outcome(
    struct session *session, const struct task *task, struct outcome *outcome, struct error *error)
{
	struct receivable receivable = {0};
	bool found = false, asks_date, ok = true;
	outcome->code = session->arguments[2];
	if (!outcome_known(outcome->code, &asks_date)) {
		g_autofree char *allowed = g_strjoinv(", ", (char **)outcome_codes());
		return error_set(error, STATUS_USAGE, "%s: not one of %s", outcome->code, allowed);
	}
	if (task->receivable && !receivable_get(session->store, task->receivable, &receivable, &found, error))
		return false;
	int next = 3;
	if (asks_date) {
		ok = next < session->argument_count
			 ? session_date(session, session->arguments[next++], &outcome->date, error)
			 : error_set(error, STATUS_USAGE, "%s: on which day?", outcome->code);
	} else if (strcmp(outcome->code, "dispute") == 0 && next < session->argument_count &&
		   dispute_reason_known(session->arguments[next])) {
		outcome->reason = session->arguments[next++];
	}
	if (ok && next < session->argument_count)
		ok = session_amount(
		    session->arguments[next++], found ? receivable.currency : "EUR", &outcome->amount, error);
	if (ok && next < session->argument_count)
		ok = error_set(
		    error, STATUS_USAGE, "task: one argument too many: %s", session->arguments[next]);
	if (found)
		row_clear(&receivable_table, &receivable);
	return ok;
}

static bool finish(struct session *session, struct error *error)
{
	const struct task_options *options = session->options;
	struct outcome outcome = {.date = DATE_NONE, .text = options->outcome};
	struct task task;
	bool found, asks_date;
	int64_t id;
	if (!session_id(session->arguments[1], &id, error) ||
	    !task_get(session->store, id, &task, &found, error))
		return false;
	if (!found)
		return error_set(error, STATUS_NO, "there is no task %lld", (long long)id);
	bool ok = session->argument_count < 3 || read_outcome(session, &task, &outcome, error);
	row_clear(&task_table, &task);
	/* a code that was given as words is one */
	if (!outcome.code && outcome.text && outcome_known(outcome.text, &asks_date) && !asks_date) {
		outcome.code = outcome.text;
		outcome.text = NULL;
	}
	return ok && outcome_apply(&session->ledger, &session->site, id, &outcome, error);
}

bool run_task(struct session *session, struct error *error)
{
	const char *verb = session->argument_count == 0 ? "list" : session->arguments[0];
	int64_t id;
	if (strcmp(verb, "list") == 0 && session->argument_count <= 1)
		return list(session, error);
	if (strcmp(verb, "done") == 0 && session->argument_count >= 2)
		return finish(session, error);
	if (strcmp(verb, "assign") == 0 && session->argument_count == 3)
		return session_id(session->arguments[1], &id, error) &&
		       act_assign_task(&session->ledger, id, session->arguments[2], error);
	return error_set(error, STATUS_USAGE,
	    "task: usage: relance task list | done ID [OUTCOME [DATE | REASON] [AMOUNT]] | assign ID NAME");
}
