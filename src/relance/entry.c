#include "base/base.h"
#include "dunning/confirm.h"
#include "ledger/act.h"
#include "relance/session.h"

/* pay, credit, write-off: an entry that lowers what is open. */
struct entry_options {
	struct date_option on;
	const char *reference;
	bool over, thank;
};
const struct option_row entry_option_rows[] = {
    {0, "on", OPTION_DATE, offsetof(struct entry_options, on), "DATE", "day of the entry (default: today)",
	NULL},
    {0, "ref", OPTION_TEXT, offsetof(struct entry_options, reference), "TEXT", "where it comes from", NULL},
    {0, "over", OPTION_FLAG, offsetof(struct entry_options, over), NULL, "allow more than is open", NULL},
    {0, "thank", OPTION_FLAG, offsetof(struct entry_options, thank), NULL,
	"pay: write to the customer that it came", NULL},
    OPTIONS_END,
};

typedef bool post_function(struct ledger *ledger, const struct receivable *receivable, int64_t amount,
    date_t on, const char *reference, struct error *error);

static bool check_open(const struct receivable *receivable, int64_t amount, bool over, struct error *error)
{
	char open[MONEY_TEXT_SIZE];
	if (over || amount <= receivable->open)
		return true;
	money_format(money(receivable->open, receivable->currency), open);
	return error_set(error, STATUS_DATA, "%s: only %s %s is open (--over enters it all the same)",
	    receivable->number, open, receivable->currency);
}

static bool enter(struct session *session, post_function *post, struct error *error)
{
	const struct entry_options *options = session->options;
	struct receivable receivable;
	int64_t amount;
	date_t on = options->on.date == DATE_NONE ? session->today : options->on.date;
	if (!session_receivable(session, session->arguments[0], &receivable, error))
		return false;
	bool ok = session_amount(session->arguments[1], receivable.currency, &amount, error) &&
		  check_open(&receivable, amount, options->over, error) &&
		  post(&session->ledger, &receivable, amount, on, options->reference, error);
	if (ok && options->thank)
		ok = confirm_payment(&session->ledger, &session->site, &receivable, amount, on, error);
	row_clear(&receivable_table, &receivable);
	return ok;
}

/* Only who pays is thanked. */
static bool nobody_is_thanked(const struct session *session, struct error *error)
{
	const struct entry_options *options = session->options;
	return !options->thank || error_set(error, STATUS_USAGE, "--thank: goes with relance pay");
}

/* A payment of a day shows that the bank's data were looked at up to that day. */
static bool pay_and_note(struct ledger *ledger, const struct receivable *receivable, int64_t amount,
    date_t on, const char *reference, struct error *error)
{
	return act_pay(ledger, receivable, amount, on, reference, error) &&
	       (on > ledger->today || act_bank_checked(ledger, receivable->company, on, error));
}

bool run_pay(struct session *session, struct error *error)
{
	return enter(session, pay_and_note, error);
}

/* What is left of the credit note must do. */
static bool use_note(struct ledger *ledger, const struct receivable *note,
    const struct receivable *receivable, int64_t amount, date_t on, struct error *error)
{
	char left[MONEY_TEXT_SIZE];
	if (amount <= -note->open)
		return act_use_credit_note(ledger, note, receivable, amount, on, error);
	money_format(money(-note->open, note->currency), left);
	return error_set(
	    error, STATUS_DATA, "%s: only %s %s of it is left", note->number, left, note->currency);
}

/* A reference that is the number of a credit note in the books uses that one up. */
static bool credit(struct ledger *ledger, const struct receivable *receivable, int64_t amount, date_t on,
    const char *reference, struct error *error)
{
	struct receivable note;
	bool found = false;
	if (reference && !receivable_of_identity(ledger->store, receivable->company, reference, "credit_note",
			     &note, &found, error))
		return false;
	if (!found)
		return act_credit(ledger, receivable, amount, on, reference, error);
	bool same = note.customer == receivable->customer && !strcmp(note.currency, receivable->currency);
	bool done =
	    same ? use_note(ledger, &note, receivable, amount, on, error)
		 : error_set(error, STATUS_DATA, "%s: is of another customer or currency", note.number);
	row_clear(&receivable_table, &note);
	return done;
}

bool run_credit(struct session *session, struct error *error)
{
	return nobody_is_thanked(session, error) && enter(session, credit, error);
}

bool run_write_off(struct session *session, struct error *error)
{
	return nobody_is_thanked(session, error) && enter(session, act_write_off, error);
}
