#include "base/base.h"
#include "dunning/outcome.h"
#include "dunning/review.h"
#include "dunning/task_steps.h"
#include "ledger/act.h"
#include "relance/session.h"
#include "report/case.h"

struct task_options {
	const char *outcome, *meant, *words;
	bool all;
};
const struct option_row task_option_rows[] = {
    {0, "outcome", OPTION_TEXT, offsetof(struct task_options, outcome), "TEXT",
	"done: what came of it, in words", NULL},
    {0, "meant", OPTION_TEXT, offsetof(struct task_options, meant), "INTENT",
	"done: what the mail really meant (relance learn)", NULL},
    {0, "words", OPTION_TEXT, offsetof(struct task_options, words), "TEXT",
	"done: the words of the mail that say it", NULL},
    {'a', "all", OPTION_FLAG, offsetof(struct task_options, all), NULL, "list: those that are done, too",
	NULL},
    OPTIONS_END,
};

/* One task with all that whoever does it needs, as of now. */
static bool show(struct session *session, struct error *error)
{
	struct task task;
	bool found;
	int64_t id;
	if (!session_id(session->arguments[1], &id, error) ||
	    !task_get(session->store, id, &task, &found, error))
		return false;
	if (!found)
		return error_set(error, STATUS_NO, "there is no task %lld", (long long)id);
	bool ok = report_task(&session->ledger, &session->site, &task, session_printer(session), error);
	row_clear(&task_table, &task);
	return ok;
}

static bool list(struct session *session, struct error *error)
{
	const struct task_options *options = session->options;
	return report_tasks(&session->ledger, &session->site, session->common.company, NULL, options->all,
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

/* What the mail that raised the task meant: an example to learn from. */
static bool note_meaning(struct session *session, int64_t id, struct error *error)
{
	const struct task_options *options = session->options;
	struct task task;
	bool found;
	enum intent_kind kind;
	if (options->meant == NULL)
		return true;
	if (!intent_kind_from_word(options->meant, &kind))
		return error_set(error, STATUS_USAGE, "task: --meant %s: no such intent", options->meant);
	if (!task_get(session->store, id, &task, &found, error))
		return false;
	int64_t message = found ? task.message : 0;
	if (found)
		row_clear(&task_table, &task);
	if (message == 0)
		return error_set(error, STATUS_NO, "task %lld is about no mail", (long long)id);
	struct intent *intent = intent_new(kind);
	bool ok = review_as(&session->ledger, message, intent, options->words, error);
	intent_free(intent);
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
	return ok && note_meaning(session, id, error) &&
	       outcome_apply(&session->ledger, &session->site, id, &outcome, error);
}

bool run_task(struct session *session, struct error *error)
{
	const char *verb = session->argument_count == 0 ? "list" : session->arguments[0];
	int64_t id;
	if (strcmp(verb, "list") == 0 && session->argument_count <= 1)
		return list(session, error);
	if (strcmp(verb, "show") == 0 && session->argument_count == 2)
		return show(session, error);
	if (strcmp(verb, "done") == 0 && session->argument_count >= 2)
		return finish(session, error);
	if (strcmp(verb, "assign") == 0 && session->argument_count == 3)
		return session_id(session->arguments[1], &id, error) &&
		       act_assign_task(&session->ledger, id, session->arguments[2], error);
	return error_set(error, STATUS_USAGE,
	    "task: usage: relance task list | show ID | done ID [OUTCOME [DATE | REASON] [AMOUNT]] | assign "
	    "ID NAME");
}
