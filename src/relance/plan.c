#include "base/base.h"
#include "dunning/confirm.h"
#include "ledger/act.h"
#include "relance/session.h"
#include "report/case.h"

/* plan: payment by instalments. */
struct plan_options {
	bool all, confirm;
};
const struct option_row plan_option_rows[] = {
    {'a', "all", OPTION_FLAG, offsetof(struct plan_options, all), NULL, "list: those that have ended, too",
	NULL},
    {0, "confirm", OPTION_FLAG, offsetof(struct plan_options, confirm), NULL,
	"accept: write to the customer what was agreed", NULL},
    OPTIONS_END,
};

#define USAGE                                                                                                \
	"plan: usage: relance plan list | show INV | propose INV DATE AMOUNT... | accept INV | refuse INV "  \
	"| "                                                                                                 \
	"withdraw INV"

/* DATE AMOUNT pairs behind the invoice; the last amount may be left out: what is left. */
static bool read_rates(
    struct session *session, const struct receivable *receivable, GArray *rates, struct error *error)
{
	int64_t left = receivable->open;
	if (session->argument_count < 3)
		return error_set(error, STATUS_USAGE, USAGE);
	for (int i = 2; i < session->argument_count; i += 2) {
		struct plan_rate rate = {.amount = left};
		if (!session_date(session, session->arguments[i], &rate.due_on, error))
			return false;
		if (i + 1 < session->argument_count &&
		    !session_amount(session->arguments[i + 1], receivable->currency, &rate.amount, error))
			return false;
		left -= rate.amount;
		if (rate.amount <= 0)
			return error_set(error, STATUS_DATA, "%s: nothing is left for the rate of %s",
			    receivable->number, session->arguments[i]);
		g_array_append_val(rates, rate);
	}
	return true;
}

static bool propose(struct session *session, const struct receivable *receivable, struct error *error)
{
	GArray *rates = g_array_new(FALSE, FALSE, sizeof(struct plan_rate));
	bool ok = read_rates(session, receivable, rates, error) &&
		  act_propose_plan(&session->ledger, receivable,
		      (const struct plan_rate *)(const void *)rates->data, rates->len, 0, NULL, error);
	g_array_unref(rates);
	return ok;
}

static bool show(struct session *session, const struct receivable *receivable, struct error *error)
{
	return report_plans(&session->ledger, NULL, receivable, true, session_printer(session), error);
}

static bool accept(struct session *session, const struct receivable *receivable, struct error *error)
{
	const struct plan_options *options = session->options;
	return act_accept_plan(&session->ledger, receivable, error) &&
	       (!options->confirm ||
		   confirm_instalments(&session->ledger, &session->site, receivable, error));
}

static bool refuse(struct session *session, const struct receivable *receivable, struct error *error)
{
	return act_refuse_plan(&session->ledger, receivable, error);
}

static bool withdraw(struct session *session, const struct receivable *receivable, struct error *error)
{
	return act_withdraw_plan(&session->ledger, receivable, error);
}

static const struct {
	const char *word;
	bool (*run)(struct session *session, const struct receivable *receivable, struct error *error);
	bool has_more; /* arguments behind the invoice */
} verbs[] = {
    {"show", show, false},
    {"propose", propose, true},
    {"accept", accept, false},
    {"refuse", refuse, false},
    {"withdraw", withdraw, false},
};

bool run_plan(struct session *session, struct error *error)
{
	const struct plan_options *options = session->options;
	struct receivable receivable;
	if (session->argument_count == 0 || strcmp(session->arguments[0], "list") == 0)
		return report_plans(&session->ledger, session->common.company, NULL, options->all,
		    session_printer(session), error);
	size_t verb = 0;
	while (verb < ARRAY_LENGTH(verbs) && strcmp(verbs[verb].word, session->arguments[0]) != 0)
		verb++;
	if (verb == ARRAY_LENGTH(verbs) || session->argument_count < 2 ||
	    (session->argument_count > 2 && !verbs[verb].has_more))
		return error_set(error, STATUS_USAGE, USAGE);
	if (!session_receivable(session, session->arguments[1], &receivable, error))
		return false;
	bool ok = verbs[verb].run(session, &receivable, error);
	row_clear(&receivable_table, &receivable);
	return ok;
}
