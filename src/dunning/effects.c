#include "base/base.h"
#include "dunning/effects.h"

/* The longest that an unverified or doubtful mail holds a plan, whatever date it names. */
#define UNVERIFIED_MOST_DAYS 30
/* An absence without a return day, and the longest that an automatic reply is believed. */
#define ABSENCE_DAYS	  7
#define ABSENCE_MOST_DAYS 60
#define REQUEST_DAYS	  7
/* A payment that is said to be on its way is waited for so long at most, whatever day it names. */
#define PAID_MOST_DAYS 60
/* A promise of a later day is a wish for another due date: a person decides. */
#define PROMISE_MOST_DAYS 366

const char *effect_kind_word(enum effect_kind kind)
{
	static const char *const words[] = {
	    [EFFECT_HOLD] = "hold",
	    [EFFECT_WAIT_UNTIL] = "wait_until",
	    [EFFECT_PAUSE] = "pause",
	    [EFFECT_STOP] = "stop",
	    [EFFECT_TASK] = "task",
	    [EFFECT_NOTE] = "note",
	    [EFFECT_BAD_ADDRESS] = "bad_address",
	    [EFFECT_NONE] = "none",
	};
	return words[kind];
}

static void effect_free(void *data)
{
	struct effect *effect = data;
	row_clear(&receivable_table, &effect->receivable);
	g_free(effect->title);
	g_free(effect->detail);
	g_free(effect->reason);
	g_free(effect->address);
	g_free(effect->why);
	g_free(effect);
}

void decision_clear(struct decision *decision)
{
	g_clear_pointer(&decision->effects, g_ptr_array_unref);
}

/* What one intent does: a row of the table below. */
struct intent_rule {
	enum effect_kind kind;
	const char *hold;  /* EFFECT_HOLD, EFFECT_STOP */
	const char *task;  /* NULL: none */
	const char *title; /* of the task, before the invoice's number */
};

static const struct intent_rule intent_rules[] = {
    [INTENT_INSOLVENCY] = {EFFECT_STOP, "insolvency", "insolvency", "Insolvency: declare the claim in time"},
    [INTENT_LEGAL] = {EFFECT_STOP, "legal", "legal", "The customer refers to the law: answer it"},
    [INTENT_DISPUTE] = {EFFECT_PAUSE, NULL, "dispute", "Solve the dispute"},
    [INTENT_DELAY] = {EFFECT_HOLD, "delay", "delay", "Accept or refuse the proposal"},
    [INTENT_PROMISE] = {EFFECT_WAIT_UNTIL, NULL, NULL, NULL},
    [INTENT_PAID] = {EFFECT_HOLD, "paid", NULL, NULL},
    [INTENT_REMITTANCE] = {EFFECT_HOLD, "paid", NULL, NULL},
    [INTENT_REQUEST] = {EFFECT_HOLD, "request", "request", "Send what the customer asks for"},
    [INTENT_REDIRECT] = {EFFECT_TASK, NULL, "address", "Check the contact that the customer names"},
    [INTENT_ABSENCE] = {EFFECT_HOLD, "absence", NULL, NULL},
    [INTENT_TICKET] = {EFFECT_NOTE, NULL, NULL, NULL},
    [INTENT_ACK] = {EFFECT_HOLD, "ack", NULL, NULL},
    [INTENT_NONE] = {EFFECT_HOLD, "unknown", NULL, NULL},
};
_Static_assert(ARRAY_LENGTH(intent_rules) == INTENT_NONE + 1, "every intent has its rule");

static date_t hold_until(const struct effect_context *context, const struct intent *intent)
{
	const struct config *config = context->config;
	date_t today = context->today;
	switch (intent->kind) {
	case INTENT_ACK:
		return today + config->hold_ack;
	case INTENT_PAID:
	case INTENT_REMITTANCE:
		return (intent->date != DATE_NONE && intent->date > today
			       ? MIN(intent->date, today + PAID_MOST_DAYS)
			       : today) +
		       config->hold_paid;
	case INTENT_ABSENCE:
		if (intent->until == DATE_NONE)
			return today + ABSENCE_DAYS;
		return MIN(MAX(intent->until, today + 1), today + ABSENCE_MOST_DAYS);
	case INTENT_REQUEST:
	case INTENT_DELAY:
		return today + REQUEST_DAYS;
	default:
		return today + config->hold_unknown;
	}
}

static char *words_of(const struct intent *intent)
{
	return g_strdup_printf("%s%s%s%s", intent->rule ? intent->rule : intent_kind_word(intent->kind),
	    intent->span ? ": \"" : "", intent->span ? intent->span : "", intent->span ? "\"" : "");
}

static struct effect *add_effect(
    struct decision *decision, enum effect_kind kind, const struct receivable *receivable, char *why)
{
	struct effect *effect = g_new0(struct effect, 1);
	effect->kind = kind;
	effect->until = DATE_NONE;
	effect->why = why;
	if (receivable) {
		receivable_copy(receivable, &effect->receivable);
		effect->customer = receivable->customer;
	}
	g_ptr_array_add(decision->effects, effect);
	return effect;
}

static char *describe_proposal(const struct intent *intent)
{
	GString *text = g_string_new(NULL);
	for (guint i = 0; i < intent->proposal->len; i++) {
		const struct instalment *rate = &g_array_index(intent->proposal, struct instalment, i);
		char date[DATE_TEXT_SIZE], amount[MONEY_TEXT_SIZE];
		g_string_append_printf(text, "%s%s %s %s", i ? ", " : "", date_format(rate->date, date),
		    money_format(rate->amount, amount), rate->amount.currency);
	}
	return g_string_free(text, FALSE);
}

/* The details of a task, in the words of the mail. */
static char *detail_of(const struct intent *intent)
{
	if (intent->kind == INTENT_DELAY && intent->proposal->len)
		return describe_proposal(intent);
	if (intent->contact)
		return g_strdup(intent->contact);
	if (intent->what)
		return g_strdup_printf(
		    "%s%s", intent->what, intent->never_received ? " (they never got the invoice)" : "");
	if (intent->reason)
		return g_strdup(intent->reason);
	return g_strdup(intent->span);
}

static int64_t amount_in(const struct intent *intent, const struct receivable *receivable)
{
	bool fits = !strcmp(intent->amount.currency, receivable->currency) && intent->amount.minor > 0 &&
		    intent->amount.minor < receivable->open;
	return fits ? intent->amount.minor : 0;
}

/* One sure intent of a verified author, on one receivable. */
static void decide_full(const struct effect_context *context, const struct intent *intent,
    const struct receivable *receivable, struct decision *decision)
{
	const struct intent_rule *rule = &intent_rules[intent->kind];
	struct effect *effect = add_effect(decision, rule->kind, receivable, words_of(intent));
	effect->hold = rule->hold;
	effect->task = rule->task;
	if (rule->title)
		effect->title = g_strdup_printf("%s: %s", rule->title, receivable->number);
	effect->detail = detail_of(intent);
	effect->address = g_strdup(intent->contact);
	effect->reason = g_strdup(intent->reason ? intent->reason : "other");
	effect->amount = amount_in(intent, receivable);
	if (rule->kind == EFFECT_HOLD)
		effect->until = hold_until(context, intent);
	if (rule->kind != EFFECT_WAIT_UNTIL)
		return;
	effect->until = intent->date;
	if (intent->date != DATE_NONE && intent->date > context->today + PROMISE_MOST_DAYS) {
		effect->kind = EFFECT_HOLD;
		effect->hold = "delay";
		effect->until = context->today + REQUEST_DAYS;
		effect->task = "delay";
		effect->title = g_strdup_printf("Accept or refuse the proposal: %s", receivable->number);
	}
	if (intent->date == DATE_NONE || intent->date < context->today) {
		/* A promise without a day that lies ahead binds nobody: it holds like a receipt, and somebody
		 * asks. */
		effect->kind = EFFECT_HOLD;
		effect->hold = "ack";
		effect->until = context->today + context->config->hold_ack;
		effect->task = "request";
		effect->title =
		    g_strdup_printf("Ask for the day of the promised payment: %s", receivable->number);
	}
}

/* Bounded, and never an end: what a doubtful or unverified mail may do. */
static void decide_bounded(const struct effect_context *context, const struct intent *intent,
    const struct receivable *receivable, const char *doubt, struct decision *decision)
{
	g_autofree char *words = words_of(intent);
	date_t until = context->today + context->config->hold_unknown;
	if (intent->kind == INTENT_PROMISE && intent->date != DATE_NONE)
		until = MAX(until, intent->date + context->config->promise_grace);
	else if (intent->kind != INTENT_PROMISE)
		until = MAX(until, hold_until(context, intent));
	until = MIN(until, context->today + UNVERIFIED_MOST_DAYS);
	struct effect *effect =
	    add_effect(decision, EFFECT_HOLD, receivable, g_strdup_printf("%s; %s", doubt, words));
	effect->hold = "review";
	effect->until = until;
	decision->needs_review = true;
}

static bool is_about(
    const struct intent *intent, const struct receivable *receivable, const GPtrArray *matches)
{
	bool names_any = false;
	for (guint m = 0; m < intent->mentions->len; m++) {
		g_autofree char *key = receivable_number_key(intent->mentions->pdata[m]);
		if (!strcmp(key, receivable->number_key))
			return true;
		for (guint i = 0; i < matches->len; i++)
			names_any = names_any ||
				    !strcmp(((struct match *)matches->pdata[i])->receivable.number_key, key);
	}
	return !names_any; /* names none of these: it is about all */
}

static void decide_reply(const struct effect_context *context, const struct reading *reading,
    const GPtrArray *matches, struct decision *decision)
{
	const struct understanding *reply = reading->reply;
	bool is_sure = reply->confidence >= context->config->confidence;
	bool any_sure = false;
	for (guint i = 0; i < matches->len; i++)
		any_sure = any_sure || ((struct match *)matches->pdata[i])->is_sure;
	for (guint i = 0; i < matches->len; i++) {
		const struct match *match = matches->pdata[i];
		if (any_sure && !match->is_sure)
			continue;
		for (guint n = 0; n < reply->intents->len; n++) {
			const struct intent *intent = reply->intents->pdata[n];
			if (!is_about(intent, &match->receivable, matches))
				continue;
			/* Holding for an absence or a receipt is bounded by itself: an automatic reply needs
			 * no proof. */
			bool bounded_anyway = intent->kind == INTENT_ABSENCE || intent->kind == INTENT_TICKET;
			bool speaks = context->is_verified &&
				      (!context->customer || context->customer == match->receivable.customer);
			const char *doubt = !match->is_sure ? "not sure which invoice it is about"
					    : !is_sure || intent->kind == INTENT_NONE
						? "not sure what it says"
					    : !speaks && !bounded_anyway ? "the sender is not verified"
									 : NULL;
			if (doubt)
				decide_bounded(context, intent, &match->receivable, doubt, decision);
			else
				decide_full(context, intent, &match->receivable, decision);
		}
	}
	if (!matches->len)
		decision->needs_review = true;
}

static char *describe_delivery(const struct delivery_recipient *recipient)
{
	return g_strdup_printf("%s: %s %s%s%s", recipient->address, delivery_action_word(recipient->action),
	    recipient->status ? recipient->status : "", recipient->reason ? " " : "",
	    recipient->reason ? recipient->reason : "");
}

bool effects_was_addressed(const GPtrArray *addressees, const char *address)
{
	for (guint i = 0; addressees && address && i < addressees->len; i++)
		if (!g_ascii_strcasecmp(addressees->pdata[i], address))
			return true;
	return !addressees || !addressees->len;
}

static void decide_delivery(const struct effect_context *context, const struct reading *reading,
    const GPtrArray *matches, struct decision *decision)
{
	for (guint r = 0; r < reading->message->delivery->recipients->len; r++) {
		const struct delivery_recipient *recipient = reading->message->delivery->recipients->pdata[r];
		for (guint i = 0; i < matches->len; i++) {
			const struct match *match = matches->pdata[i];
			bool is_dead = recipient->action == DELIVERY_FAILED && recipient->permanent;
			/* A report that names none of our mails, or an address that the mail did not go to,
			 * may be forged: it is only noted. */
			bool is_ours =
			    match->is_sure && effects_was_addressed(context->addressees, recipient->address);
			decision->needs_review = decision->needs_review || (is_dead && !match->is_sure);
			enum effect_kind kind = is_dead && is_ours ? EFFECT_BAD_ADDRESS : EFFECT_NOTE;
			struct effect *effect =
			    add_effect(decision, kind, &match->receivable, describe_delivery(recipient));
			effect->address = g_strdup(recipient->address);
			if (recipient->action == DELIVERY_FAILED && is_ours) {
				effect->task = "address";
				effect->title = g_strdup_printf(
				    "Find an address that works: %s", match->receivable.number);
				effect->detail = describe_delivery(recipient);
			}
		}
	}
}

void effects_decide(const struct effect_context *context, const struct reading *reading,
    const GPtrArray *matches, struct decision *decision)
{
	*decision = (struct decision){.effects = g_ptr_array_new_with_free_func(effect_free)};
	if (!reading->message)
		return;
	if (reading->message->delivery && reading->message->kind != MESSAGE_READ_RECEIPT) {
		decide_delivery(context, reading, matches, decision);
	} else if (reading->message->kind == MESSAGE_READ_RECEIPT || reading->message->kind == MESSAGE_LIST ||
		   !reading->reply) {
		for (guint i = 0; i < matches->len; i++)
			add_effect(decision, EFFECT_NOTE, &((struct match *)matches->pdata[i])->receivable,
			    g_strdup(message_kind_word(reading->message->kind)));
	} else {
		decide_reply(context, reading, matches, decision);
	}
}
