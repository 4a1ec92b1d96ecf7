#include "base/base.h"
#include "dunning/review.h"
#include "ledger/act.h"
#include "ledger/body.h"
#include "relance/reading_source.h"
#include "relance/session.h"
#include "report/case.h"
#include "report/display.h"

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

/* What the message says, and what "accept" would do. */
static bool show_message(struct session *session, int64_t id, struct error *error)
{
	struct message_row message;
	struct decision decision = {0};
	struct error none = {0};
	bool found;
	if (!message_get(session->store, id, &message, &found, error))
		return false;
	struct buffer text = BUFFER_EMPTY;
	json_t *reading = !found || message.reading == NULL ? NULL : json_loads(message.reading, 0, NULL);
	if (reading != NULL)
		reading_describe(reading, &text);
	const char *words = body_text(json_object_get(reading, "reply"), "new_text");
	if (words != NULL) {
		buffer_append_text(&text, "\n");
		display_append_lines(&text, words, "  | ");
	}
	buffer_append_text(&text, "\nrelance review MESSAGE accept:\n");
	if (review_decide(&session->ledger, id, &decision, &none))
		effects_describe(decision.effects, &text);
	else
		buffer_printf(&text, "  not possible: %s\n", none.text);
	decision_clear(&decision);
	fputs(text.bytes, stdout);
	json_decref(reading);
	buffer_clear(&text);
	if (found)
		row_clear(&message_table, &message);
	return true;
}

struct review_options {
	const char *words, *reason, *what;
	struct date_option date;
};
const struct option_row review_option_rows[] = {
    {0, "date", OPTION_DATE, offsetof(struct review_options, date), "DATE",
	"as: the day that is promised, paid on, or back", NULL},
    {0, "reason", OPTION_TEXT, offsetof(struct review_options, reason), "WORD", "as dispute: its reason",
	NULL},
    {0, "what", OPTION_TEXT, offsetof(struct review_options, what), "WORD", "as request: what is asked for",
	NULL},
    {0, "words", OPTION_TEXT, offsetof(struct review_options, words), "TEXT",
	"as: the words of the mail that say it, for relance learn", NULL},
    OPTIONS_END,
};

/* MESSAGE as INTENT: what it really means. */
static bool review_message_as(struct session *session, int64_t message, const char *word, struct error *error)
{
	const struct review_options *options = session->options;
	enum intent_kind kind;
	if (!intent_kind_from_word(word, &kind))
		return error_set(error, STATUS_USAGE,
		    "review: as %s: not one of insolvency, legal, dispute, delay, promise, paid, remittance, "
		    "request, redirect, absence, ticket, ack, none",
		    word);
	if (options->reason != NULL && (kind != INTENT_DISPUTE || !intent_is_reason(options->reason)))
		return error_set(
		    error, STATUS_USAGE, "review: --reason %s: not a reason of a dispute", options->reason);
	if (options->what != NULL && (kind != INTENT_REQUEST || !intent_is_thing(options->what)))
		return error_set(
		    error, STATUS_USAGE, "review: --what %s: nothing that is asked for", options->what);
	int64_t decided;
	if (!review_decided(&session->ledger, message, &decided, error))
		return false;
	if (decided != 0)
		return error_set(error, STATUS_NO,
		    "message %lld is reviewed already: relance undo %lld takes that back", (long long)message,
		    (long long)decided);
	struct intent *intent = intent_new(kind);
	*(kind == INTENT_ABSENCE ? &intent->until : &intent->date) = options->date.date;
	intent->reason = g_strdup(options->reason);
	intent->what = g_strdup(options->what);
	bool ok = review_as(&session->ledger, message, intent, options->words, error);
	intent_free(intent);
	return ok;
}

bool run_review(struct session *session, struct error *error)
{
	static const struct {
		const char *word;
		bool (*decide)(struct ledger *ledger, int64_t message, struct error *error);
	} decisions[] = {{"accept", review_accept}, {"ignore", review_ignore}};
	int64_t message;
	if (session->argument_count == 0)
		return report_review(
		    session->store, session->common.company, session_printer(session), error);
	if (!find_message(session, session->arguments[0], &message, error))
		return false;
	if (session->argument_count == 1)
		return show_message(session, message, error);
	if (strcmp(session->arguments[1], "as") == 0 && session->argument_count == 3)
		return review_message_as(session, message, session->arguments[2], error);
	for (size_t i = 0; i < ARRAY_LENGTH(decisions) && session->argument_count == 2; i++)
		if (strcmp(session->arguments[1], decisions[i].word) == 0)
			return decisions[i].decide(&session->ledger, message, error);
	return error_set(
	    error, STATUS_USAGE, "review: %s: not one of accept, ignore, as INTENT", session->arguments[1]);
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
	bool ok = act_unlink(&session->ledger, message, receivable.id, error) &&
		  review_forget(&session->ledger, message, receivable.id, error);
	row_clear(&receivable_table, &receivable);
	return ok;
}
