#include "base/base.h"
#include "ledger/act.h"
#include "relance/session.h"
#include "report/case.h"

/* review, link, unlink: what a person decides about a message. */

/* MESSAGE by its number in the lists, or by its Message-ID. */
static bool find_message(struct session *session, const char *text, int64_t *id, struct error *error)
{
	struct message_row message;
	bool found;
	if (strchr(text, '@') != NULL) {
		char *bracketed = *text == '<' ? g_strdup(text) : g_strdup_printf("<%s>", text);
		bool ok = message_of_message_id(session->store, bracketed, &message, &found, error);
		g_free(bracketed);
		if (!ok)
			return false;
	} else if (!session_id(text, id, error) ||
		   !message_get(session->store, *id, &message, &found, error)) {
		return false;
	}
	if (!found)
		return error_set(error, STATUS_NO, "%s: no such message", text);
	*id = message.id;
	row_clear(&message_table, &message);
	return true;
}

bool run_review(struct session *session, struct error *error)
{
	int64_t message;
	if (session->argument_count == 0)
		return report_review(
		    session->store, session->common.company, session_printer(session), error);
	if (session->argument_count == 1)
		return error_set(error, STATUS_USAGE, "review: usage: relance review MESSAGE DECISION");
	return find_message(session, session->arguments[0], &message, error) &&
	       act_review(&session->ledger, message, session->arguments[1], error);
}

static bool find_pair(
    struct session *session, int64_t *message, struct receivable *receivable, struct error *error)
{
	return find_message(session, session->arguments[0], message, error) &&
	       session_receivable(session, session->arguments[1], receivable, error);
}

bool run_link(struct session *session, struct error *error)
{
	struct receivable receivable;
	int64_t message;
	if (!find_pair(session, &message, &receivable, error))
		return false;
	bool ok = act_link(&session->ledger, message, receivable.id, "sure", 1000, "person", error);
	row_clear(&receivable_table, &receivable);
	return ok;
}

bool run_unlink(struct session *session, struct error *error)
{
	struct receivable receivable;
	int64_t message;
	if (!find_pair(session, &message, &receivable, error))
		return false;
	bool ok = act_unlink(&session->ledger, message, receivable.id, error);
	row_clear(&receivable_table, &receivable);
	return ok;
}
