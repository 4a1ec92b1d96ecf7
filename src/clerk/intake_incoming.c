/* What comes back: answers, automatic mail, delivery reports. */
#include "base/base.h"
#include "clerk/record.h"

#include "dunning/effects.h"
#include "ledger/act.h"
#include "ledger/body.h"
#include "match/lookalike.h"
#include "match/match.h"
#include "match/trust.h"

#define MAX_PROPOSALS 10

/* What is known about an incoming message before anything is written. */
struct incoming {
	GPtrArray *matches;
	const char *company;
	int64_t customer;
	bool is_verified;
	char *imitated;	       /* the domain that the sender's looks like */
	GPtrArray *addressees; /* of the mail that a report names; of char * */
	struct decision decision;
};

static void incoming_clear(struct incoming *incoming)
{
	g_clear_pointer(&incoming->matches, g_ptr_array_unref);
	g_clear_pointer(&incoming->addressees, g_ptr_array_unref);
	g_clear_pointer(&incoming->imitated, g_free);
	decision_clear(&incoming->decision);
}

static bool is_report(const struct intake *intake)
{
	return intake->reading->message->delivery && intake->reading->message->kind != MESSAGE_READ_RECEIPT;
}

/* The id of our mail that a report is about, or NULL. */
static const char *reported_id(const struct delivery *delivery)
{
	return delivery->original_message_id ? delivery->original_message_id : delivery->envelope_id;
}

/* Whether a report says of somebody that he will never get what it is about. */
static bool tells_of_death(const struct intake *intake)
{
	const struct delivery *delivery = intake->reading->message->delivery;
	for (guint i = 0; delivery && i < delivery->recipients->len; i++) {
		const struct delivery_recipient *recipient = delivery->recipients->pdata[i];
		if (recipient->action == DELIVERY_FAILED && recipient->permanent)
			return true;
	}
	return false;
}

/* A proposal about what is settled helps nobody, nor one about what a report of passing trouble does not
 * name. */
static void drop_useless(const struct intake *intake, GPtrArray *matches)
{
	enum message_kind kind = intake->reading->message->kind;
	bool is_of_machine = kind == MESSAGE_AUTOMATIC || kind == MESSAGE_LIST;
	for (guint i = matches->len; i-- > 0;) {
		const struct match *match = matches->pdata[i];
		bool is_open = !strcmp(match->receivable.state, "open");
		/* A customer's newsletter is about none of our invoices. */
		bool is_bulk = is_of_machine && match->score <= MATCH_SCORE_COUNTERPART;
		if (!match->is_sure &&
		    (!is_open || is_bulk || (is_report(intake) && !tells_of_death(intake))))
			g_ptr_array_remove_index(matches, i);
	}
}

static bool look(
    struct ledger *ledger, const struct intake *intake, struct incoming *incoming, struct error *error)
{
	incoming->matches = match_reading(ledger->store, ledger->config, intake->reading, error);
	if (!incoming->matches)
		return false;
	drop_useless(intake, incoming->matches);
	if (!incoming->matches->len)
		return true;
	const struct match *best = incoming->matches->pdata[0];
	incoming->company = best->receivable.company;
	incoming->customer = best->receivable.customer;
	if (!trust_sender(ledger->store, ledger->config, intake->reading->message, incoming->customer,
		&incoming->is_verified, error))
		return false;
	const char *reported = is_report(intake) ? reported_id(intake->reading->message->delivery) : NULL;
	incoming->addressees = reported ? addressee_list(ledger->store, reported, error) : NULL;
	if (reported && !incoming->addressees)
		return false;
	const struct address *from = intake->reading->message->from;
	if (!incoming->is_verified &&
	    !lookalike_find(ledger->store, config_company(ledger->config, incoming->company),
		incoming->customer, from ? from->address : NULL, &incoming->imitated, error))
		return false;
	struct effect_context context = {.config = ledger->config,
	    .today = ledger->today,
	    .is_verified = incoming->is_verified,
	    .customer = incoming->customer,
	    .addressees = incoming->addressees,
	    .imitated = incoming->imitated};
	effects_decide(&context, intake->reading, incoming->matches, &incoming->decision);
	return true;
}

static bool link_matches(
    struct ledger *ledger, const struct incoming *incoming, int64_t message, struct error *error)
{
	bool any_sure = ((struct match *)incoming->matches->pdata[0])->is_sure;
	for (guint i = 0; i < incoming->matches->len && (any_sure || i < MAX_PROPOSALS); i++) {
		const struct match *match = incoming->matches->pdata[i];
		g_autofree char *evidence = match_evidence(match);
		if (any_sure && !match->is_sure)
			continue;
		if (!act_link(ledger, message, match->receivable.id, match->is_sure ? "sure" : "proposed",
			match->score, evidence, error))
			return false;
	}
	return true;
}

/* Somewhere our Message-ID was rewritten: the answer names a mail that we never saw and is certain by number
 * and counterpart. The foreign id is the thread's from now on. */
static bool learn_alias(struct ledger *ledger, const struct intake *intake, const struct incoming *incoming,
    struct intake_result *result, struct error *error)
{
	const struct message *message = intake->reading->message;
	const struct match *best = incoming->matches->pdata[0];
	if (!message->in_reply_to->len || !best->is_sure || !best->receivable.message)
		return true;
	const char *foreign = message->in_reply_to->pdata[0];
	GPtrArray *known = receivable_list_of_message_id(ledger->store, foreign, error);
	if (!known)
		return false;
	bool is_known = known->len > 0;
	rows_free(&receivable_table, known);
	if (is_known)
		return true;
	g_autofree char *dedupe = g_strdup_printf("alias:%s", foreign);
	struct event_about about = {.message = best->receivable.message, .dedupe = dedupe};
	record_watch(result, foreign);
	return journal_append(ledger, EVENT_MESSAGE_ALIAS, about,
	    json_pack("{s:o}", "message_id", json_text(foreign)), NULL, error);
}

/* Who answers is the one to write to next; an unknown address is only proposed unless it is verified. */
static bool note_author(
    struct ledger *ledger, const struct intake *intake, const struct incoming *incoming, struct error *error)
{
	const struct message *message = intake->reading->message;
	const struct match *best = incoming->matches->pdata[0];
	if (message->kind != MESSAGE_HUMAN || !best->is_sure || !message->from || !message->from->address ||
	    config_company_of_domain(ledger->config, message->from->address))
		return true;
	struct contact contact;
	bool found;
	if (!contact_of_address(
		ledger->store, incoming->customer, message->from->address, &contact, &found, error))
		return false;
	if (!found)
		return act_learn_contact(ledger, incoming->customer, message->from->address,
		    message->from->name, incoming->is_verified ? "answered" : "proposed", error);
	bool is_good = !strcmp(contact.state, "good");
	/* Who answers has an address that works, whatever a report said: reports can be forged, mailboxes be
	 * full. */
	bool is_revived = incoming->is_verified &&
			  (!strcmp(contact.state, "bounced") || !strcmp(contact.state, "proposed"));
	bool done = !is_revived || act_contact_state(ledger, &contact, "good", "answered", error);
	if (done && (is_good || is_revived))
		done = act_contact_answered(ledger, &contact, intake->envelope->received, error);
	row_clear(&contact_table, &contact);
	return done;
}

static bool report_recipient(struct ledger *ledger, const struct delivery *delivery,
    const struct delivery_recipient *recipient, const struct incoming *incoming, int64_t message,
    struct error *error)
{
	const char *original = reported_id(delivery);
	const char *address = effects_reported_address(incoming->addressees, recipient);
	if (!original || !address || !effects_was_addressed(incoming->addressees, address))
		return true;
	g_autofree char *dedupe =
	    g_strdup_printf("delivery:%s:%s:%s", original, address, delivery_action_word(recipient->action));
	struct event_about about = {.customer = incoming->customer, .message = message, .dedupe = dedupe};
	json_t *body = json_pack("{s:o, s:o, s:s, s:o, s:o, s:o, s:o}", "message_id", json_text(original),
	    "recipient", json_text(address), "action", delivery_action_word(recipient->action), "status",
	    json_text(recipient->status), "reason", json_text(recipient->reason), "remote",
	    json_text(recipient->remote_mta), "diagnostic", json_text(recipient->diagnostic));
	return journal_append(ledger, EVENT_DELIVERY_REPORTED, about, body, NULL, error);
}

/* "failed" only when every recipient of the invoice's own mail failed. */
static const char *delivery_of(
    struct ledger *ledger, const struct receivable *receivable, struct error *error)
{
	struct message_row message;
	bool found;
	const char *state = NULL;
	if (!message_get(ledger->store, receivable->message, &message, &found, error) || !found)
		return NULL;
	GPtrArray *rows = delivery_list(ledger->store, receivable->message_id, error);
	g_auto(GStrv) recipients = g_strsplit(message.recipients ? message.recipients : "", " ", -1);
	row_clear(&message_table, &message);
	guint failed = 0, arrived = 0;
	for (guint r = 0; rows && recipients[r]; r++) {
		bool has_failed = false, has_arrived = false;
		for (guint i = 0; i < rows->len; i++) {
			const struct delivery_row *row = rows->pdata[i];
			if (g_ascii_strcasecmp(row->recipient, recipients[r]))
				continue;
			has_failed = has_failed || !strcmp(row->action, "failed");
			has_arrived = has_arrived || !strcmp(row->action, "delivered") ||
				      !strcmp(row->action, "relayed");
		}
		failed += has_failed;
		arrived += has_arrived;
	}
	if (rows)
		state = failed && failed >= g_strv_length(recipients) ? "failed"
			: arrived				      ? "delivered"
								      : NULL;
	rows_free(&delivery_table, rows);
	return state;
}

static bool update_delivery(
    struct ledger *ledger, const struct incoming *incoming, const char *reported, struct error *error)
{
	for (guint i = 0; i < incoming->matches->len; i++) {
		const struct receivable *receivable =
		    &((struct match *)incoming->matches->pdata[i])->receivable;
		struct error failure = {0};
		/* A report on a reminder, or on a later copy, says nothing about the invoice's own mail. */
		if (!receivable->message || !receivable->message_id || !reported ||
		    strcmp(receivable->message_id, reported))
			continue;
		const char *state = delivery_of(ledger, receivable, &failure);
		if (failure.status) {
			if (error)
				*error = failure;
			return false;
		}
		if (!state || !strcmp(state, receivable->delivery))
			continue;
		struct event_about about = {.customer = receivable->customer, .receivable = receivable->id};
		if (!journal_append(ledger, EVENT_RECEIVABLE_DELIVERY, about,
			json_pack("{s:s}", "delivery", state), NULL, error))
			return false;
	}
	return true;
}

static bool note_deliveries(struct ledger *ledger, const struct intake *intake,
    const struct incoming *incoming, int64_t message, struct error *error)
{
	if (!is_report(intake))
		return true;
	const struct delivery *delivery = intake->reading->message->delivery;
	for (guint i = 0; i < delivery->recipients->len; i++)
		if (!report_recipient(
			ledger, delivery, delivery->recipients->pdata[i], incoming, message, error))
			return false;
	return update_delivery(ledger, incoming, reported_id(delivery), error);
}

static char *describe(const struct intake *intake, const struct incoming *incoming)
{
	const struct understanding *reply = intake->reading->reply;
	const struct match *best = incoming->matches->pdata[0];
	return g_strdup_printf(
	    "invoice=%s match=%s score=0.%03d kind=%s intent=%s confidence=%d.%03d verified=%s review=%s",
	    best->receivable.number, best->is_sure ? "sure" : "proposed", MIN(best->score, 999),
	    message_kind_word(intake->reading->message->kind), reply ? intent_kind_word(reply->primary) : "-",
	    reply ? reply->confidence / 1000 : 0, reply ? reply->confidence % 1000 : 0,
	    incoming->is_verified ? "yes" : "no", incoming->decision.needs_review ? "yes" : "no");
}

static bool take(struct ledger *ledger, const struct intake *intake, const struct incoming *incoming,
    struct intake_result *result, struct error *error)
{
	int64_t message;
	struct record_facts facts = {
	    .company = incoming->company,
	    .is_verified = incoming->is_verified,
	    .needs_review = incoming->decision.needs_review,
	};
	if (!record_message(ledger, intake, &facts, result, &message, error))
		return false;
	result->what = !message ? "known" : is_report(intake) ? "delivery" : "answer";
	result->details = describe(intake, incoming);
	return !message || (link_matches(ledger, incoming, message, error) &&
			       learn_alias(ledger, intake, incoming, result, error) &&
			       note_author(ledger, intake, incoming, error) &&
			       note_deliveries(ledger, intake, incoming, message, error) &&
			       effects_apply(ledger, &incoming->decision, message, error));
}

bool intake_incoming(
    struct ledger *ledger, const struct intake *intake, struct intake_result *result, struct error *error)
{
	struct incoming incoming = {0};
	bool done = look(ledger, intake, &incoming, error);
	if (done && incoming.matches->len)
		done = take(ledger, intake, &incoming, result, error);
	incoming_clear(&incoming);
	return done;
}
