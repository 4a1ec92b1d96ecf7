/* Acts on messages: links to receivables, reviews. */
#include "base/base.h"
#include "ledger/act.h"

#include "ledger/body.h"

static bool customer_of_receivable(struct ledger *ledger, int64_t id, int64_t *customer, struct error *error)
{
	struct receivable receivable;
	bool found;
	if (!receivable_get(ledger->store, id, &receivable, &found, error))
		return false;
	if (!found)
		return error_set(error, STATUS_DATA, "there is no receivable %lld", (long long)id);
	*customer = receivable.customer;
	row_clear(&receivable_table, &receivable);
	return true;
}

bool act_link(struct ledger *ledger, int64_t message, int64_t receivable, const char *status, int score,
    const char *evidence, struct error *error)
{
	struct link link;
	bool found;
	struct event_about about = {.receivable = receivable, .message = message};
	if (!link_get(ledger->store, message, receivable, &link, &found, error))
		return false;
	if (found) {
		bool by_person = !strncmp(ledger->actor, "user:", 5);
		bool stays = !strcmp(link.status, status) || !strcmp(link.status, "sure") ||
			     (!strcmp(link.status, "refused") && !by_person);
		row_clear(&link_table, &link);
		if (stays)
			return true;
	}
	if (!customer_of_receivable(ledger, receivable, &about.customer, error))
		return false;
	json_t *body =
	    json_pack("{s:s, s:i, s:o}", "status", status, "score", score, "evidence", json_text(evidence));
	return journal_append(ledger, EVENT_MESSAGE_LINKED, about, body, NULL, error);
}

bool act_unlink(struct ledger *ledger, int64_t message, int64_t receivable, struct error *error)
{
	struct link link;
	bool found;
	struct event_about about = {.receivable = receivable, .message = message};
	if (!link_get(ledger->store, message, receivable, &link, &found, error))
		return false;
	bool stands = found && strcmp(link.status, "refused");
	if (found)
		row_clear(&link_table, &link);
	if (!stands)
		return error_set(error, STATUS_NO, "message %lld is not linked to it", (long long)message);
	return customer_of_receivable(ledger, receivable, &about.customer, error) &&
	       journal_append(ledger, EVENT_MESSAGE_UNLINKED, about, json_object(), NULL, error);
}

bool act_review(struct ledger *ledger, int64_t message, const char *decision, struct error *error)
{
	struct message_row row;
	bool found;
	if (!message_get(ledger->store, message, &row, &found, error))
		return false;
	bool waits = found && !strcmp(row.state, "review");
	if (found)
		row_clear(&message_table, &row);
	if (!waits)
		return error_set(
		    error, STATUS_NO, "message %lld does not wait for a review", (long long)message);
	return journal_append(ledger, EVENT_MESSAGE_REVIEWED, (struct event_about){.message = message},
	    json_pack("{s:o}", "decision", json_text(decision)), NULL, error);
}

bool act_review_as(struct ledger *ledger, int64_t message, const char *intent, const char *value,
    const char *words, struct error *error)
{
	struct message_row row;
	bool found;
	if (!message_get(ledger->store, message, &row, &found, error))
		return false;
	bool is_answer = found && strcmp(row.direction, "incoming") == 0 && row.reading;
	bool waits = found && !strcmp(row.state, "review");
	if (found)
		row_clear(&message_table, &row);
	if (!is_answer)
		return error_set(error, STATUS_NO, "message %lld is no answer", (long long)message);
	json_t *body = json_pack("{s:s, s:s, s:o, s:o}", "decision", "as", "intent", intent, "value",
	    json_text(value), "words", json_text(words));
	if (!waits)
		json_object_set_new(body, "example", json_true());
	return journal_append(
	    ledger, EVENT_MESSAGE_REVIEWED, (struct event_about){.message = message}, body, NULL, error);
}
