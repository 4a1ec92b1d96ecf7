#include "base/base.h"
#include "ledger/act.h"
#include "relance/session.h"

/* promise, dispute, settle: what the customer says by telephone. */

/* More than is open is a slip of the pen, or of the invoice. */
static bool is_within_open(const struct receivable *receivable, int64_t amount, struct error *error)
{
	char open[MONEY_TEXT_SIZE];
	if (amount <= MAX(receivable->open, 0))
		return true;
	return error_set(error, STATUS_DATA, "%s: only %s %s is open", receivable->number,
	    money_format(money(receivable->open, receivable->currency), open), receivable->currency);
}

bool run_promise(struct session *session, struct error *error)
{
	struct receivable receivable;
	date_t date;
	int64_t amount = 0;
	if (!session_receivable(session, session->arguments[0], &receivable, error))
		return false;
	bool ok = session_date(session, session->arguments[1], &date, error) &&
		  (session->argument_count < 3 ||
		      session_amount(session->arguments[2], receivable.currency, &amount, error));
	if (ok && date < session->today)
		ok = error_set(error, STATUS_USAGE, "%s: a promise cannot be for a day that is past",
		    session->arguments[1]);
	ok = ok && is_within_open(&receivable, amount, error) &&
	     act_promise(&session->ledger, &receivable, date, amount, 0, error);
	row_clear(&receivable_table, &receivable);
	return ok;
}

bool dispute_reason_known(const char *text)
{
	return g_strv_contains(dispute_reasons(), text);
}

static bool bad_reason(const char *text, struct error *error)
{
	char *allowed = g_strjoinv(", ", (char **)dispute_reasons());
	error_set(error, STATUS_USAGE, "%s: not one of %s", text, allowed);
	g_free(allowed);
	return false;
}

struct dispute_options {
	const char *owner, *due;
};
const struct option_row dispute_option_rows[] = {
    {0, "owner", OPTION_TEXT, offsetof(struct dispute_options, owner), "NAME", "who looks after it", NULL},
    {0, "due", OPTION_TEXT, offsetof(struct dispute_options, due), "DATE",
	"the due line that it is about, of an invoice with several", NULL},
    OPTIONS_END,
};

/* INV [REASON] [AMOUNT]: either of the two may stand alone. */
bool run_dispute(struct session *session, struct error *error)
{
	const struct dispute_options *options = session->options;
	struct receivable receivable;
	const char *reason = "other";
	const char *amount_text = NULL;
	int64_t amount = 0;
	date_t due_on = DATE_NONE;
	for (int i = 1; i < session->argument_count; i++) {
		const char *argument = session->arguments[i];
		if (i == 1 && dispute_reason_known(argument))
			reason = argument;
		else if (strspn(argument, "0123456789") > 0 && amount_text == NULL)
			amount_text = argument;
		else
			return bad_reason(argument, error);
	}
	if (!session_receivable(session, session->arguments[0], &receivable, error))
		return false;
	bool ok =
	    (amount_text == NULL || session_amount(amount_text, receivable.currency, &amount, error)) &&
	    is_within_open(&receivable, amount, error) &&
	    (options->due == NULL || session_date(session, options->due, &due_on, error)) &&
	    act_dispute_line(&session->ledger, &receivable, due_on, reason, amount, options->owner, 0, error);
	row_clear(&receivable_table, &receivable);
	return ok;
}

struct settle_options {
	const char *how;
};
const struct option_row settle_option_rows[] = {
    {0, "how", OPTION_TEXT, offsetof(struct settle_options, how), "TEXT", "how it ended", NULL},
    OPTIONS_END,
};

bool run_settle(struct session *session, struct error *error)
{
	const struct settle_options *options = session->options;
	struct receivable receivable;
	if (!session_receivable(session, session->arguments[0], &receivable, error))
		return false;
	bool ok = act_settle(&session->ledger, &receivable, options->how ? options->how : "decision", error);
	row_clear(&receivable_table, &receivable);
	return ok;
}
