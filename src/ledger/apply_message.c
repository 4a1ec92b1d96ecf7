#include "base/base.h"
#include "ledger/apply.h"

#include "ledger/body.h"
#include "store/rows_message.h"

bool apply_message_recorded(const struct application *a, struct error *error)
{
	struct message_row message = {
	    .id = a->event->sequence,
	    .company = (char *)body_text(a->body, "company"),
	    .direction = (char *)body_text(a->body, "direction"),
	    .message_id = (char *)body_text(a->body, "message_id"),
	    .sent_at = body_integer(a->body, "sent_at"),
	    .received_at = body_integer(a->body, "received_at"),
	    .from_address = (char *)body_text(a->body, "from_address"),
	    .from_name = (char *)body_text(a->body, "from_name"),
	    .recipients = (char *)body_text(a->body, "recipients"),
	    .subject = (char *)body_text(a->body, "subject"),
	    .kind = (char *)body_text(a->body, "kind"),
	    .language = (char *)body_text(a->body, "language"),
	    .intent = (char *)body_text(a->body, "intent"),
	    .confidence = body_integer(a->body, "confidence"),
	    .authenticated = body_integer(a->body, "authenticated"),
	    .state = (char *)body_text(a->body, "state"),
	    .sha256 = (char *)body_text(a->body, "sha256"),
	    .queue_id = (char *)body_text(a->body, "queue_id"),
	    .reading = (char *)body_text(a->body, "reading"),
	};
	return row_insert(a->store, &message_table, &message, error);
}

bool apply_message_alias(const struct application *a, struct error *error)
{
	return alias_put(a->store, body_text(a->body, "message_id"), a->event->message, error);
}

bool apply_message_linked(const struct application *a, struct error *error)
{
	struct link link;
	bool found;
	if (!link_get(a->store, a->event->message, a->event->receivable, &link, &found, error))
		return false;
	int64_t id = found ? link.id : a->event->sequence;
	if (found)
		row_clear(&link_table, &link);
	link = (struct link){
	    .id = id,
	    .message = a->event->message,
	    .receivable = a->event->receivable,
	    .status = (char *)body_text(a->body, "status"),
	    .score = body_integer(a->body, "score"),
	    .evidence = (char *)body_text(a->body, "evidence"),
	};
	return found ? row_update(a->store, &link_table, &link, error)
		     : row_insert(a->store, &link_table, &link, error);
}

bool apply_message_unlinked(const struct application *a, struct error *error)
{
	return link_refuse(a->store, a->event->message, a->event->receivable, error);
}

bool apply_message_reviewed(const struct application *a, struct error *error)
{
	const char *decision = body_text(a->body, "decision");
	bool waits_again = decision && !strcmp(decision, "undone");
	return message_set_state(a->store, a->event->message, waits_again ? "review" : "reviewed", error);
}

bool apply_delivery_reported(const struct application *a, struct error *error)
{
	struct delivery_row delivery = {
	    .id = a->event->sequence,
	    .message_id = (char *)body_text(a->body, "message_id"),
	    .recipient = (char *)body_text(a->body, "recipient"),
	    .action = (char *)body_text(a->body, "action"),
	    .status = (char *)body_text(a->body, "status"),
	    .reason = (char *)body_text(a->body, "reason"),
	    .remote = (char *)body_text(a->body, "remote"),
	    .diagnostic = (char *)body_text(a->body, "diagnostic"),
	    .at = a->event->at,
	};
	return row_insert(a->store, &delivery_table, &delivery, error);
}
