#include "base/base.h"
#include "report/timeline.h"
#include "ledger/body.h"
#include "ledger/event.h"
#include "store/rows_case.h"
#include "store/rows_message.h"
#include "store/rows_party.h"
#include "store/rows_plan.h"

/* Events to sentences: one function a kind, found by the table at the end. */
struct telling {
	struct store *store;
	const struct event *event;
	const json_t *body;
	struct receivable receivable; /* id 0: about none */
	struct buffer *sentence, *evidence;
	struct error *error;
};

static const char *text_of(const struct telling *telling, const char *key)
{
	return body_text(telling->body, key);
}

/* " KEY VALUE" where the body has it */
static void append_optional(const struct telling *telling, const char *before, const char *key)
{
	const char *value = text_of(telling, key);
	if (value != NULL && *value != '\0')
		buffer_printf(telling->sentence, "%s%s", before, value);
}

static void add_evidence(const struct telling *telling, const char *text)
{
	if (text != NULL && *text != '\0')
		buffer_printf(telling->evidence, "%s%s", telling->evidence->length > 0 ? "; " : "", text);
}

static const char *currency_of(const struct telling *telling)
{
	const char *currency = text_of(telling, "currency");
	if (currency != NULL)
		return currency;
	return telling->receivable.currency != NULL ? telling->receivable.currency : "";
}

/* --- mails */

/* The intent of that kind; KIND NULL: the most important one. */
static const json_t *intent_of(const json_t *reply, const char *kind)
{
	const json_t *intents = json_object_get(reply, "intents");
	size_t i;
	json_t *intent;
	json_array_foreach(intents, i, intent)
	{
		const char *word = body_text(intent, "intent");
		if (kind == NULL || (word != NULL && strcmp(word, kind) == 0))
			return intent;
	}
	return NULL;
}

/* The words that the intent of a KIND (NULL: the most important) rests on. */
static void quote_reading(const struct telling *telling, const char *reading, const char *kind)
{
	json_t *json = reading == NULL ? NULL : json_loads(reading, 0, NULL);
	const json_t *reply = json_object_get(json, "reply");
	const json_t *intent = intent_of(reply, kind);
	const char *span = body_text(intent, "span");
	const char *rule = body_text(intent, "rule");
	const char *kind_rule = body_text(json_object_get(json, "message"), "kind_rule");
	if (span != NULL && *span != '\0')
		buffer_printf(telling->evidence, "%s\"%s\"", telling->evidence->length > 0 ? "; " : "", span);
	add_evidence(telling, rule != NULL ? rule : kind_rule);
	if (intent != NULL) {
		double confidence = json_number_value(json_object_get(intent, "confidence"));
		buffer_printf(telling->evidence, "%s%d %%", telling->evidence->length > 0 ? ", " : "",
		    (int)(confidence * 100 + 0.5));
	}
	json_decref(json);
}

static void append_from(const struct telling *telling, const char *name, const char *address)
{
	if (name != NULL && *name != '\0')
		buffer_printf(telling->sentence, " from %s", name);
	else if (address != NULL)
		buffer_printf(telling->sentence, " from %s", address);
}

static const char *noun_of(const char *direction, const char *kind)
{
	static const struct {
		const char *kind, *noun;
	} nouns[] = {{"human", "answer"}, {"automatic_reply", "automatic reply"},
	    {"automatic", "automatic mail"}, {"list", "list mail"},
	    {"delivery_failure", "report: not delivered"}, {"delivery_delay", "report: delivery delayed"},
	    {"delivery_success", "report: delivered"}, {"read_receipt", "read receipt"}};
	if (direction != NULL && strcmp(direction, "outgoing") == 0)
		return "mail sent";
	for (size_t i = 0; i < ARRAY_LENGTH(nouns); i++)
		if (kind != NULL && strcmp(kind, nouns[i].kind) == 0)
			return nouns[i].noun;
	return "mail";
}

static bool tell_message_recorded(struct telling *telling)
{
	const char *intent = text_of(telling, "intent");
	buffer_append_text(
	    telling->sentence, noun_of(text_of(telling, "direction"), text_of(telling, "kind")));
	append_from(telling, text_of(telling, "from_name"), text_of(telling, "from_address"));
	if (intent != NULL)
		buffer_printf(telling->sentence, ": %s", intent);
	append_optional(telling, ", ", "subject");
	const char *state = text_of(telling, "state");
	if (state != NULL && strcmp(state, "review") == 0)
		buffer_append_text(telling->sentence, " (a person must look)");
	const char *direction = text_of(telling, "direction");
	if (direction != NULL && strcmp(direction, "outgoing") == 0)
		return true;
	const json_t *reading = json_object_get(telling->body, "reading");
	if (json_is_string(reading)) {
		quote_reading(telling, json_string_value(reading), NULL);
	} else if (json_is_object(reading)) {
		char *dump = json_dumps(reading, JSON_COMPACT);
		quote_reading(telling, dump, NULL);
		free(dump);
	}
	return true;
}

static bool tell_message_linked(struct telling *telling)
{
	struct message_row message;
	bool found;
	const char *status = text_of(telling, "status");
	if (!message_get(telling->store, telling->event->message, &message, &found, telling->error))
		return false;
	if (found) {
		buffer_append_text(telling->sentence, noun_of(message.direction, message.kind));
		append_from(telling, message.from_name, message.from_address);
		if (message.intent != NULL)
			buffer_printf(telling->sentence, ": %s", message.intent);
		buffer_printf(telling->sentence, " (message %lld", (long long)message.id);
		buffer_append_text(telling->sentence, status != NULL && strcmp(status, "proposed") == 0
							  ? ", perhaps about this invoice)"
							  : ")");
		if (strcmp(message.direction, "incoming") == 0)
			quote_reading(telling, message.reading, NULL);
		row_clear(&message_table, &message);
	} else {
		buffer_printf(telling->sentence, "message %lld linked", (long long)telling->event->message);
	}
	const char *evidence = text_of(telling, "evidence");
	if (evidence != NULL)
		buffer_printf(
		    telling->evidence, "%slinked by %s", telling->evidence->length > 0 ? "; " : "", evidence);
	return true;
}

static bool tell_message_unlinked(struct telling *telling)
{
	buffer_printf(
	    telling->sentence, "message %lld is not about this invoice", (long long)telling->event->message);
	return true;
}

static bool tell_message_reviewed(struct telling *telling)
{
	buffer_printf(telling->sentence, "message %lld reviewed", (long long)telling->event->message);
	append_optional(telling, ": ", "decision");
	append_optional(telling, " ", "intent");
	return true;
}

static bool tell_message_alias(struct telling *telling)
{
	buffer_printf(telling->sentence, "message %lld is also known", (long long)telling->event->message);
	append_optional(telling, " as ", "message_id");
	return true;
}

static bool tell_delivery(struct telling *telling)
{
	static const struct {
		const char *action, *words;
	} actions[] = {{"failed", "mail not delivered to "}, {"delayed", "delivery delayed to "},
	    {"delivered", "mail delivered to "}, {"relayed", "mail handed on for "},
	    {"expanded", "mail delivered to the list "}};
	const char *action = text_of(telling, "action");
	const char *words = "delivery reported to ";
	for (size_t i = 0; i < ARRAY_LENGTH(actions); i++)
		if (action != NULL && strcmp(action, actions[i].action) == 0)
			words = actions[i].words;
	buffer_append_text(telling->sentence, words);
	append_optional(telling, "", "recipient");
	append_optional(telling, ": ", "reason");
	add_evidence(telling, text_of(telling, "status"));
	add_evidence(telling, text_of(telling, "diagnostic"));
	return true;
}

/* --- parties */

static bool tell_customer_opened(struct telling *telling)
{
	append_optional(telling, "customer ", "name");
	append_optional(telling, " (", "kind");
	buffer_append_char(telling->sentence, ')');
	return true;
}

/* "WHAT changed: KEY VALUE, …" of all that the body sets */
static bool tell_changed(struct telling *telling, const char *what)
{
	const char *key;
	json_t *value;
	const char *between = " ";
	buffer_printf(telling->sentence, "%s changed:", what);
	json_object_foreach((json_t *)telling->body, key, value)
	{
		if (strcmp(key, "on") == 0)
			continue;
		buffer_printf(telling->sentence, "%s%s %s", between, key,
		    json_is_string(value) ? json_string_value(value) : "none");
		between = ", ";
	}
	return true;
}

static bool tell_customer_changed(struct telling *telling)
{
	return tell_changed(telling, "customer");
}

static bool tell_contact_added(struct telling *telling)
{
	append_optional(telling, "contact ", "address");
	append_optional(telling, " (", "role");
	buffer_append_char(telling->sentence, ')');
	return true;
}

static bool tell_contact_changed(struct telling *telling)
{
	const char *state = text_of(telling, "state");
	int64_t id = body_integer(telling->body, "contact");
	struct contact contact;
	bool found;
	if (!row_get(telling->store, &contact_table, id, &contact, &found, telling->error))
		return false;
	buffer_append_text(telling->sentence, found ? contact.address : "contact");
	if (state != NULL)
		buffer_printf(telling->sentence, " is %s", strcmp(state, "good") == 0 ? "good again" : state);
	else
		buffer_append_text(telling->sentence,
		    json_object_get(telling->body, "answered_at") ? " answered" : " changed");
	append_optional(telling, ": ", "reason");
	if (found)
		row_clear(&contact_table, &contact);
	return true;
}

/* --- the books */

static bool tell_receivable_opened(struct telling *telling)
{
	const char *kind = text_of(telling, "kind");
	const char *document = text_of(telling, "document_name");
	buffer_append_text(telling->sentence,
	    kind != NULL && strcmp(kind, "credit_note") == 0 ? "credit note " : "invoice ");
	append_optional(telling, "", "number");
	append_optional(telling, " of ", "total");
	append_optional(telling, " ", "currency");
	append_optional(telling, ", due ", "due_date");
	if (telling->event->message == 0)
		add_evidence(telling, "imported");
	else if (document != NULL)
		buffer_printf(telling->evidence, "as sent in %s", document);
	else
		add_evidence(telling, "as sent by mail");
	return true;
}

static bool tell_sent_again(struct telling *telling)
{
	buffer_append_text(telling->sentence, "the same invoice was sent again");
	return true;
}

static bool tell_receivable_delivery(struct telling *telling)
{
	append_optional(telling, "delivery of the invoice: ", "delivery");
	return true;
}

static bool tell_receivable_changed(struct telling *telling)
{
	return tell_changed(telling, "invoice");
}

static bool tell_voided(struct telling *telling)
{
	buffer_append_text(telling->sentence, "invoice voided");
	append_optional(telling, ": ", "reason");
	return true;
}

static bool tell_entry(struct telling *telling)
{
	static const struct {
		const char *kind, *words;
	} kinds[] = {{"payment", "payment of "}, {"credit", "credit of "}, {"write_off", "written off: "},
	    {"fee", "fee of "}, {"interest", "late interest of "}, {"compensation", "fixed compensation of "},
	    {"correction", "correction by "}, {"invoice", "entered: "}};
	const char *kind = text_of(telling, "kind");
	for (size_t i = 0; i < ARRAY_LENGTH(kinds); i++)
		if (kind != NULL && strcmp(kind, kinds[i].kind) == 0)
			buffer_append_text(telling->sentence, kinds[i].words);
	append_optional(telling, "", "amount");
	buffer_printf(telling->sentence, " %s", currency_of(telling));
	append_optional(telling, " on ", "date");
	add_evidence(telling, text_of(telling, "reference"));
	return true;
}

/* --- what is going on */

static bool quote_message(struct telling *telling, const char *intent)
{
	struct message_row message;
	bool found;
	if (telling->event->message == 0)
		return true;
	if (!message_get(telling->store, telling->event->message, &message, &found, telling->error))
		return false;
	if (found) {
		quote_reading(telling, message.reading, intent);
		row_clear(&message_table, &message);
	}
	return true;
}

static bool tell_promise(struct telling *telling)
{
	buffer_append_text(telling->sentence, "promise to pay");
	if (text_of(telling, "amount") != NULL) {
		append_optional(telling, " ", "amount");
		buffer_printf(telling->sentence, " %s", currency_of(telling));
	}
	append_optional(telling, " on ", "date");
	return quote_message(telling, "promise");
}

static bool tell_promise_ended(struct telling *telling)
{
	append_optional(telling, "promise ", "state");
	return true;
}

static bool tell_plan_proposed(struct telling *telling)
{
	const json_t *rate;
	size_t index;
	buffer_append_text(telling->sentence, "instalments proposed:");
	json_array_foreach(json_object_get(telling->body, "rates"), index, rate)
	{
		const char *amount = body_text(rate, "amount"), *date = body_text(rate, "date");
		buffer_printf(telling->sentence, "%s %s %s on %s", index == 0 ? "" : ",",
		    amount != NULL ? amount : "", currency_of(telling), date != NULL ? date : "");
	}
	return quote_message(telling, "delay");
}

static bool tell_plan_accepted(struct telling *telling)
{
	buffer_printf(telling->sentence, "instalment plan %lld accepted",
	    (long long)body_integer(telling->body, "plan"));
	return true;
}

static bool tell_plan_ended(struct telling *telling)
{
	buffer_printf(
	    telling->sentence, "instalment plan %lld", (long long)body_integer(telling->body, "plan"));
	append_optional(telling, " is ", "state");
	return true;
}

static bool tell_dispute(struct telling *telling)
{
	append_optional(telling, "dispute: ", "reason");
	if (text_of(telling, "amount") != NULL) {
		append_optional(telling, ", ", "amount");
		buffer_printf(telling->sentence, " %s of it", currency_of(telling));
	}
	append_optional(telling, ", for ", "owner");
	return quote_message(telling, "dispute");
}

static bool tell_dispute_settled(struct telling *telling)
{
	buffer_append_text(telling->sentence, "dispute settled");
	append_optional(telling, ": ", "how");
	return true;
}

static bool tell_hold(struct telling *telling)
{
	const char *kind = text_of(telling, "kind");
	buffer_append_text(
	    telling->sentence, telling->event->receivable == 0 ? "whole customer on hold" : "on hold");
	if (kind != NULL && strcmp(kind, "manual") != 0)
		buffer_printf(telling->sentence, " (%s)", kind);
	append_optional(telling, " until ", "until");
	if (telling->event->message != 0)
		add_evidence(telling, text_of(telling, "reason"));
	else
		append_optional(telling, ": ", "reason");
	return true;
}

static bool tell_release(struct telling *telling)
{
	buffer_append_text(telling->sentence, "hold released");
	append_optional(telling, ": ", "reason");
	return true;
}

static bool tell_task_opened(struct telling *telling)
{
	buffer_printf(telling->sentence, "task %lld: ", (long long)telling->event->sequence);
	append_optional(telling, "", "title");
	append_optional(telling, ", for ", "owner");
	append_optional(telling, ", due ", "due_on");
	return true;
}

static bool tell_task_assigned(struct telling *telling)
{
	buffer_printf(
	    telling->sentence, "task %lld assigned", (long long)body_integer(telling->body, "task"));
	append_optional(telling, " to ", "owner");
	return true;
}

static bool tell_task_done(struct telling *telling)
{
	buffer_printf(telling->sentence, "task %lld done", (long long)body_integer(telling->body, "task"));
	append_optional(telling, ": ", "outcome");
	return true;
}

static bool tell_task_reopened(struct telling *telling)
{
	buffer_printf(
	    telling->sentence, "task %lld open again", (long long)body_integer(telling->body, "task"));
	return true;
}

static bool tell_contact_made(struct telling *telling)
{
	append_optional(telling, "contact made: ", "how");
	append_optional(telling, ", counts as ", "step");
	return true;
}

static bool tell_step_done(struct telling *telling)
{
	append_optional(telling, "step done: ", "step");
	append_optional(telling, ", ", "how");
	return true;
}

static bool tell_step_skipped(struct telling *telling)
{
	append_optional(telling, "step skipped: ", "step");
	append_optional(telling, ": ", "reason");
	return true;
}

/* --- reminders */

static bool tell_composed(struct telling *telling)
{
	const char *state = text_of(telling, "state");
	append_optional(telling, "", "step");
	append_optional(telling, " written to ", "recipients");
	if (state != NULL && strcmp(state, "waiting") == 0)
		buffer_append_text(telling->sentence, ", waits for approval");
	add_evidence(telling, text_of(telling, "subject"));
	return true;
}

static bool tell_reminder(struct telling *telling)
{
	static const struct {
		const char *kind, *words;
	} kinds[] = {{"reminder.approved", "approved"}, {"reminder.cancelled", "cancelled"},
	    {"reminder.submitting", "about to be given to the mail server"},
	    {"reminder.submitted", "given to the mail server"},
	    {"reminder.seen", "left: seen passing the mail server"},
	    {"reminder.failed", "could not be sent"}};
	struct outbox outbox;
	bool found;
	if (!outbox_get(
		telling->store, body_integer(telling->body, "outbox"), &outbox, &found, telling->error))
		return false;
	buffer_append_text(telling->sentence, found ? outbox.step : "reminder");
	for (size_t i = 0; i < ARRAY_LENGTH(kinds); i++)
		if (strcmp(telling->event->kind, kinds[i].kind) == 0)
			buffer_printf(telling->sentence, " %s", kinds[i].words);
	append_optional(telling, ": ", "reason");
	append_optional(telling, ": ", "failure");
	if (found)
		row_clear(&outbox_table, &outbox);
	return true;
}

static bool tell_setting(struct telling *telling)
{
	append_optional(telling, "setting ", "name");
	append_optional(telling, " is now ", "value");
	return true;
}

static bool tell_notice_composed(struct telling *telling)
{
	append_optional(telling, "", "kind");
	append_optional(telling, " written to ", "recipients");
	return true;
}

static bool tell_notice(struct telling *telling)
{
	buffer_printf(telling->sentence, "mail %lld to our own people: %s",
	    (long long)body_integer(telling->body, "notice"), telling->event->kind + strlen("notice."));
	append_optional(telling, ": ", "failure");
	return true;
}

static bool tell_order(struct telling *telling)
{
	append_optional(telling, "orders by mail from ", "from");
	append_optional(telling, " (", "how");
	buffer_append_char(telling->sentence, ')');
	return true;
}

static bool tell_letter_printed(struct telling *telling)
{
	append_optional(telling, "letter printed: ", "step");
	return true;
}

static bool tell_letter_posted(struct telling *telling)
{
	append_optional(telling, "letter posted: ", "step");
	append_optional(telling, " on ", "posted_on");
	append_optional(telling, ", tracking number ", "tracking");
	return true;
}

static bool tell_note(struct telling *telling)
{
	append_optional(telling, "note: ", "text");
	return true;
}

static bool (*const tellers[EVENT_KIND_COUNT])(struct telling *telling) = {
    [EVENT_CUSTOMER_OPENED] = tell_customer_opened,
    [EVENT_CUSTOMER_CHANGED] = tell_customer_changed,
    [EVENT_CONTACT_ADDED] = tell_contact_added,
    [EVENT_CONTACT_CHANGED] = tell_contact_changed,
    [EVENT_MESSAGE_RECORDED] = tell_message_recorded,
    [EVENT_MESSAGE_ALIAS] = tell_message_alias,
    [EVENT_MESSAGE_LINKED] = tell_message_linked,
    [EVENT_MESSAGE_UNLINKED] = tell_message_unlinked,
    [EVENT_MESSAGE_REVIEWED] = tell_message_reviewed,
    [EVENT_RECEIVABLE_OPENED] = tell_receivable_opened,
    [EVENT_RECEIVABLE_SENT_AGAIN] = tell_sent_again,
    [EVENT_RECEIVABLE_DELIVERY] = tell_receivable_delivery,
    [EVENT_RECEIVABLE_CHANGED] = tell_receivable_changed,
    [EVENT_RECEIVABLE_VOIDED] = tell_voided,
    [EVENT_ENTRY_POSTED] = tell_entry,
    [EVENT_PROMISE_MADE] = tell_promise,
    [EVENT_PROMISE_ENDED] = tell_promise_ended,
    [EVENT_PLAN_PROPOSED] = tell_plan_proposed,
    [EVENT_PLAN_ACCEPTED] = tell_plan_accepted,
    [EVENT_PLAN_ENDED] = tell_plan_ended,
    [EVENT_DISPUTE_OPENED] = tell_dispute,
    [EVENT_DISPUTE_SETTLED] = tell_dispute_settled,
    [EVENT_HOLD_SET] = tell_hold,
    [EVENT_HOLD_RELEASED] = tell_release,
    [EVENT_TASK_OPENED] = tell_task_opened,
    [EVENT_TASK_ASSIGNED] = tell_task_assigned,
    [EVENT_TASK_DONE] = tell_task_done,
    [EVENT_TASK_REOPENED] = tell_task_reopened,
    [EVENT_CONTACT_MADE] = tell_contact_made,
    [EVENT_STEP_DONE] = tell_step_done,
    [EVENT_STEP_SKIPPED] = tell_step_skipped,
    [EVENT_REMINDER_COMPOSED] = tell_composed,
    [EVENT_REMINDER_APPROVED] = tell_reminder,
    [EVENT_REMINDER_CANCELLED] = tell_reminder,
    [EVENT_REMINDER_SUBMITTING] = tell_reminder,
    [EVENT_REMINDER_SUBMITTED] = tell_reminder,
    [EVENT_REMINDER_SEEN] = tell_reminder,
    [EVENT_REMINDER_FAILED] = tell_reminder,
    [EVENT_DELIVERY_REPORTED] = tell_delivery,
    [EVENT_SETTING_CHANGED] = tell_setting,
    [EVENT_NOTICE_COMPOSED] = tell_notice_composed,
    [EVENT_NOTICE_SUBMITTING] = tell_notice,
    [EVENT_NOTICE_SUBMITTED] = tell_notice,
    [EVENT_NOTICE_SEEN] = tell_notice,
    [EVENT_NOTICE_FAILED] = tell_notice,
    [EVENT_ORDER_TAKEN] = tell_order,
    [EVENT_LETTER_PRINTED] = tell_letter_printed,
    [EVENT_LETTER_POSTED] = tell_letter_posted,
    [EVENT_NOTE] = tell_note,
};

bool event_tell(struct store *store, const struct event *event, struct buffer *sentence,
    struct buffer *evidence, struct error *error)
{
	enum event_kind kind;
	bool found;
	struct telling telling = {
	    .store = store, .event = event, .sentence = sentence, .evidence = evidence, .error = error};
	if (!event_kind_from_word(event->kind, &kind) || tellers[kind] == NULL) {
		buffer_append_text(sentence, event->kind); /* of a newer version */
		return true;
	}
	if (event->receivable != 0 &&
	    !receivable_get(store, event->receivable, &telling.receivable, &found, error))
		return false;
	json_t *body = json_loads(event->body, 0, NULL);
	telling.body = body;
	bool ok = tellers[kind](&telling);
	json_decref(body);
	row_clear(&receivable_table, &telling.receivable);
	return ok;
}
