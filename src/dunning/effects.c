#include "base/base.h"
#include "dunning/effects.h"

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
	g_free(effect->contact);
	g_free(effect->why);
	if (effect->proposal)
		g_array_unref(effect->proposal);
	g_free(effect);
}

void decision_clear(struct decision *decision)
{
	g_clear_pointer(&decision->effects, g_ptr_array_unref);
}

/* The kind of the hold that an intent sets where its row says so. */
static const char *const hold_words[] = {
    [INTENT_INSOLVENCY] = "insolvency",
    [INTENT_LEGAL] = "legal",
    [INTENT_DISPUTE] = "unknown",
    [INTENT_DELAY] = "delay",
    [INTENT_PROMISE] = "ack",
    [INTENT_PAID] = "paid",
    [INTENT_REMITTANCE] = "paid",
    [INTENT_REQUEST] = "request",
    [INTENT_REDIRECT] = "unknown",
    [INTENT_ABSENCE] = "absence",
    [INTENT_TICKET] = "ack",
    [INTENT_ACK] = "ack",
    [INTENT_NONE] = "unknown",
};
_Static_assert(ARRAY_LENGTH(hold_words) == INTENT_NONE + 1, "every intent has its hold");

static const struct {
	const char *task, *title; /* before the invoice's number */
} task_titles[] = {
    {"insolvency", "Insolvency: declare the claim in time"},
    {"legal", "The customer refers to the law: answer it"},
    {"dispute", "Solve the dispute"},
    {"delay", "Accept or refuse the proposal"},
    {"request", "Send what the customer asks for"},
    {"address", "Check the contact that the customer names"},
    {"bank_data", "Look for the payment in the bank's data"},
    {"review", "Look at the answer"},
    {"call", "Call the customer"},
    {"approve", "Decide what follows from the answer"},
};

static const char *title_of(const char *task)
{
	for (size_t i = 0; i < ARRAY_LENGTH(task_titles); i++)
		if (!strcmp(task_titles[i].task, task))
			return task_titles[i].title;
	return task;
}

static const enum effect_kind kinds[] = {
    [ANSWER_NOTE] = EFFECT_NOTE,
    [ANSWER_HOLD] = EFFECT_HOLD,
    [ANSWER_PROMISE] = EFFECT_WAIT_UNTIL,
    [ANSWER_DISPUTE] = EFFECT_PAUSE,
    [ANSWER_STOP] = EFFECT_STOP,
    [ANSWER_ADDRESS] = EFFECT_BAD_ADDRESS,
};

static const struct effect_config *row_of(
    const struct effect_context *context, const struct receivable *receivable, const char *name)
{
	return config_effect(context->config, receivable->company, name);
}

/* The first day that is free again: the row's days behind the day that the mail names (of an absence: that
 * day itself), or behind today; a day beyond the row's most is not believed. */
static date_t hold_until(
    const struct effect_context *context, const struct intent *intent, const struct effect_config *row)
{
	date_t today = context->today, most = today + row->most;
	bool is_payment = intent->kind == INTENT_PAID || intent->kind == INTENT_REMITTANCE;
	if (intent->kind == INTENT_ABSENCE && intent->until != DATE_NONE)
		return MIN(MAX(intent->until, today + 1), most);
	if (is_payment && intent->date != DATE_NONE && intent->date > today)
		return MIN(intent->date, most) + row->days;
	return today + row->days;
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

/* The words that name the row, for "why". */
static void name_row(struct effect *effect, const struct effect_config *row)
{
	char *why = g_strdup_printf("%s; effect \"%s\"", effect->why, row->name);
	g_free(effect->why);
	effect->why = why;
}

static void set_task(struct effect *effect, const char *task, int days, const char *title)
{
	effect->task = task;
	effect->task_days = days;
	g_free(effect->title);
	effect->title = g_strdup_printf("%s: %s", title, effect->receivable.number);
}

/* A promise of no day that lies ahead binds nobody: it holds like a receipt, and somebody asks. One of a
 * later day than the row's most is a wish for another due date: a person decides. */
static void bound_promise(const struct effect_context *context, const struct intent *intent,
    const struct effect_config *row, struct effect *effect)
{
	effect->until = intent->date;
	if (intent->date != DATE_NONE && intent->date > context->today + row->most) {
		const struct effect_config *delay = row_of(context, &effect->receivable, "delay");
		effect->kind = EFFECT_HOLD;
		effect->hold = "delay";
		effect->until = context->today + delay->days;
		set_task(effect, "delay", delay->task_days, title_of("delay"));
	} else if (intent->date == DATE_NONE || intent->date < context->today) {
		effect->kind = EFFECT_HOLD;
		effect->hold = "ack";
		effect->until = context->today + row->days;
		set_task(effect, "request", row->task_days, "Ask for the day of the promised payment");
	}
}

/* Whether what is asked for is an invoice that the clerk can send by itself. */
static bool is_copy_sent(
    const struct effect_context *context, const struct intent *intent, const struct receivable *receivable)
{
	const struct company_config *company = config_company(context->config, receivable->company);
	bool is_asked = intent->kind == INTENT_REQUEST &&
			(intent->never_received || !g_strcmp0(intent->what, "invoice_copy"));
	return is_asked && company && company->resend && receivable->sha256;
}

/* One sure intent of a verified author, on one receivable. */
static void decide_full(const struct effect_context *context, const struct intent *intent,
    const struct receivable *receivable, struct decision *decision)
{
	const struct effect_config *row = row_of(context, receivable, intent_kind_word(intent->kind));
	struct effect *effect = add_effect(decision, kinds[row->action], receivable, words_of(intent));
	name_row(effect, row);
	effect->hold = hold_words[intent->kind];
	if (strcmp(row->task, "none") != 0)
		set_task(effect, row->task, row->task_days, title_of(row->task));
	if (is_copy_sent(context, intent, receivable))
		set_task(effect, "copy", 0, "Send a copy of the invoice");
	if (effect->kind == EFFECT_NOTE && effect->task)
		effect->kind = EFFECT_TASK;
	effect->detail = detail_of(intent);
	effect->reason = g_strdup(intent->reason ? intent->reason : "other");
	effect->amount = amount_in(intent, receivable);
	if (intent->kind == INTENT_DELAY && intent->proposal->len)
		effect->proposal = g_array_ref(intent->proposal);
	if (row->contact != ANSWER_CONTACT_IGNORE) {
		effect->contact = g_strdup(intent->contact);
		effect->is_adopted = row->contact == ANSWER_CONTACT_ADOPT && context->is_verified;
	}
	if (effect->kind == EFFECT_HOLD)
		effect->until = hold_until(context, intent, row);
	if (effect->kind == EFFECT_WAIT_UNTIL)
		bound_promise(context, intent, row, effect);
}

/* Bounded, and never an end: what a doubtful or unverified mail may do. */
static void decide_bounded(const struct effect_context *context, const struct intent *intent,
    const struct receivable *receivable, const char *name, const char *doubt, struct decision *decision)
{
	g_autofree char *words = words_of(intent);
	const struct effect_config *row = row_of(context, receivable, name);
	const struct effect_config *own = row_of(context, receivable, intent_kind_word(intent->kind));
	date_t until = context->today + row->days;
	decision->needs_review = true;
	if (intent->kind == INTENT_PROMISE && intent->date != DATE_NONE)
		until = MAX(until, intent->date + context->config->promise_grace);
	else if (intent->kind != INTENT_PROMISE && own->action == ANSWER_HOLD)
		until = MAX(until, hold_until(context, intent, own));
	struct effect *effect = add_effect(decision, kinds[row->action], receivable,
	    g_strdup_printf("%s%s%s; %s", doubt, context->imitated ? ", its domain looks like " : "",
		context->imitated ? context->imitated : "", words));
	name_row(effect, row);
	effect->hold = "review";
	effect->until = row->action == ANSWER_HOLD ? MIN(until, context->today + row->most) : DATE_NONE;
	if (strcmp(row->task, "none") != 0) {
		set_task(effect, row->task, row->task_days, title_of(row->task));
		effect->detail = detail_of(intent);
	}
}

static bool is_any_sure(const GPtrArray *matches)
{
	for (guint i = 0; i < matches->len; i++)
		if (((const struct match *)matches->pdata[i])->is_sure)
			return true;
	return false;
}

/* How an intent is about a receivable: not, surely, or only by its thread while it names an invoice that is
 * not among the matches nor in our quoted mail. */
enum aboutness { ABOUT_ANOTHER, ABOUT_IT, ABOUT_STRANGER };

/* Whether MENTION stands in what our mail said: then it may be an order's number as well. */
static bool is_from_quote(const struct message *message, const char *key)
{
	return match_text_has_number(message->quoted_text, key) ||
	       match_text_has_number(message->subject, key);
}

static enum aboutness aboutness_of(const struct intent *intent, const struct receivable *receivable,
    const GPtrArray *matches, const struct message *message)
{
	bool names_any = false, names_known = intent->mentions->len == 0;
	for (guint m = 0; m < intent->mentions->len; m++) {
		g_autofree char *key = receivable_number_key(intent->mentions->pdata[m]);
		if (!strcmp(key, receivable->number_key))
			return ABOUT_IT;
		names_known = names_known || is_from_quote(message, key);
		for (guint i = 0; i < matches->len; i++) {
			const struct match *match = matches->pdata[i];
			/* one that is not sure, such as another customer's, takes nothing away */
			names_any =
			    names_any || (match->is_sure && !strcmp(match->receivable.number_key, key));
		}
	}
	if (names_any)
		return ABOUT_ANOTHER;
	return names_known ? ABOUT_IT : ABOUT_STRANGER; /* names none of these: it is about all */
}

static bool speaks_for(const struct effect_context *context, const struct match *match)
{
	return context->is_verified &&
	       (!context->customer || context->customer == match->receivable.customer);
}

/* Why an intent of the reply has no full effect on what it matches, and the row that counts then; NULL where
 * it has. */
static const char *doubt_of(const struct effect_context *context, const struct intent *intent,
    const struct match *match, bool is_sure, const char **row)
{
	/* An absence or a receipt is bounded by itself: an automatic reply needs no proof, as long as it does
	 * no more than hold. */
	enum answer_action action =
	    row_of(context, &match->receivable, intent_kind_word(intent->kind))->action;
	bool bounded_anyway = (intent->kind == INTENT_ABSENCE || intent->kind == INTENT_TICKET) &&
			      (action == ANSWER_HOLD || action == ANSWER_NOTE);
	bool speaks = speaks_for(context, match);
	*row = speaks || bounded_anyway ? "doubtful" : "unverified";
	if (!match->is_sure)
		return "not sure which invoice it is about";
	if (intent->kind == INTENT_NONE) {
		*row = speaks ? "none" : *row;
		return "not sure what it says";
	}
	if (!is_sure)
		return "not sure what it says";
	return speaks || bounded_anyway ? NULL : "the sender is not verified";
}

/* What speaks of new bank details may be a fraud, whoever sends it: it never does more than hold for a
 * bounded time, and where the sender is not verified not even that. */
static void decide_suspect(const struct effect_context *context, const struct intent *intent,
    const struct match *match, struct decision *decision)
{
	if (speaks_for(context, match)) {
		decide_bounded(context, intent, &match->receivable, "doubtful",
		    "it speaks of changed bank details", decision);
		return;
	}
	g_autofree char *words = words_of(intent);
	add_effect(decision, EFFECT_NOTE, &match->receivable,
	    g_strdup_printf("it speaks of changed bank details, and the sender is not verified; %s", words));
	decision->needs_review = true;
}

static void decide_intent(const struct effect_context *context, const struct understanding *reply,
    const struct intent *intent, const struct match *match, bool is_stranger, bool is_sure,
    struct decision *decision)
{
	const char *row;
	const char *doubt = doubt_of(context, intent, match, is_sure, &row);
	if (!doubt && is_stranger && !context->by_person) {
		row = "doubtful";
		doubt = "it names an invoice that is not in the thread";
	}
	if (reply->bank_change && !context->by_person)
		decide_suspect(context, intent, match, decision);
	else if (doubt)
		decide_bounded(context, intent, &match->receivable, row, doubt, decision);
	else
		decide_full(context, intent, &match->receivable, decision);
	struct effect *effect = decision->effects->pdata[decision->effects->len - 1];
	effect->is_unverified = !speaks_for(context, match);
}

/* Accounts that are neither the company's nor the invoice's own, separated by blanks; NULL for none. Where
 * neither is known, none is foreign. */
static char *foreign_accounts(const struct effect_context *context, const struct understanding *reply,
    const struct receivable *receivable)
{
	const struct company_config *company = config_company(context->config, receivable->company);
	GString *text = g_string_new(NULL);
	bool known = receivable->iban || (company && company->iban.count);
	for (guint i = 0; known && reply->ibans && i < reply->ibans->len; i++) {
		const char *iban = reply->ibans->pdata[i];
		if ((company && text_list_has(&company->iban, iban)) || !g_strcmp0(receivable->iban, iban))
			continue;
		g_string_append_printf(text, "%s%s", text->len ? " " : "", iban);
	}
	return g_string_free(text, text->len == 0);
}

static bool speaks_of_payment(const struct understanding *reply)
{
	for (guint i = 0; i < reply->intents->len; i++) {
		enum intent_kind kind = ((const struct intent *)reply->intents->pdata[i])->kind;
		if (kind == INTENT_PAID || kind == INTENT_REMITTANCE || kind == INTENT_PROMISE)
			return true;
	}
	return false;
}

/* What a person must verify: who says what about which account. Nothing of it is used. */
static void decide_bank(const struct effect_context *context, const struct reading *reading,
    const struct match *match, struct decision *decision)
{
	const struct understanding *reply = reading->reply;
	const struct address *from = reading->message->from;
	g_autofree char *accounts = foreign_accounts(context, reply, &match->receivable);
	if (!reply->bank_change && !accounts)
		return;
	bool is_task = reply->bank_change || speaks_of_payment(reply);
	char *why = g_strdup_printf("%s%s%s%s%s", reply->bank_change ? "bank-change: \"" : "",
	    reply->bank_change ? reply->bank_change : "", reply->bank_change ? "\"; " : "",
	    accounts ? "it names an account that is not ours: " : "", accounts ? accounts : "");
	struct effect *effect =
	    add_effect(decision, is_task ? EFFECT_TASK : EFFECT_NOTE, &match->receivable, why);
	if (!is_task)
		return;
	set_task(effect, "bank_change", 0,
	    reply->bank_change ? "Bank change to verify, maybe a fraud" : "Paid to another account?");
	effect->detail =
	    g_strdup_printf("from %s (%sverified%s%s); %s", from && from->address ? from->address : "nobody",
		context->is_verified ? "" : "not ", context->imitated ? "; the domain looks like " : "",
		context->imitated ? context->imitated : "", why);
	decision->needs_review = decision->needs_review || reply->bank_change;
}

/* What an answer may possibly say beside its main intent is shown, and has no effect on what something likely
 * is about; nor has a second of the main kind that only one of its sentences tells. */
static bool is_likely(const struct understanding *reply, const struct intent *intent)
{
	return intent == reply->intents->pdata[0] || intent->confidence >= UNDERSTAND_LIKELY ||
	       (intent->kind == reply->primary && intent->confidence >= reply->confidence);
}

/* An invoice that the mail names, and of which it tells nothing that is likely: it is not chased as if the
 * mail had not named it. */
static void decide_unlikely(const struct effect_context *context, const struct reading *reading,
    const GPtrArray *matches, const struct match *match, struct decision *decision)
{
	const struct understanding *reply = reading->reply;
	for (guint n = 0; n < reply->intents->len; n++) {
		const struct intent *intent = reply->intents->pdata[n];
		if (intent->mentions->len == 0 ||
		    aboutness_of(intent, &match->receivable, matches, reading->message) != ABOUT_IT)
			continue;
		decide_intent(context, reply, intent, match, false, false, decision);
		return;
	}
}

static void decide_reply(const struct effect_context *context, const struct reading *reading,
    const GPtrArray *matches, struct decision *decision)
{
	const struct understanding *reply = reading->reply;
	bool any_sure = is_any_sure(matches), asked = false;
	bool is_sure = reply->confidence >= context->config->confidence;
	for (guint i = 0; i < matches->len; i++) {
		const struct match *match = matches->pdata[i];
		if (any_sure && !match->is_sure)
			continue;
		if (!context->by_person && !asked) /* one task for the mail, whatever it is about */
			decide_bank(context, reading, match, decision);
		asked = true;
		bool decided = false;
		for (guint n = 0; n < reply->intents->len; n++) {
			const struct intent *intent = reply->intents->pdata[n];
			enum aboutness about =
			    aboutness_of(intent, &match->receivable, matches, reading->message);
			if (!is_likely(reply, intent) || about == ABOUT_ANOTHER)
				continue;
			decide_intent(
			    context, reply, intent, match, about == ABOUT_STRANGER, is_sure, decision);
			decided = true;
		}
		if (!decided && !context->by_person)
			decide_unlikely(context, reading, matches, match, decision);
	}
	if (!matches->len)
		decision->needs_review = true;
}

static char *describe_delivery(const char *address, const struct delivery_recipient *recipient)
{
	return g_strdup_printf("%s: %s %s%s%s", address, delivery_action_word(recipient->action),
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

/* Reasons that blame the mail, its sender or the way, and not the address: it stays good, and a person sees
 * to the mail. */
static const struct {
	const char *reason, *title;
} refusals[] = {
    {"too_big", "Not delivered, the mail is too big"},
    {"spam", "Not delivered, refused as spam"},
    {"content", "Not delivered, refused for what it contains"},
    {"blocked", "Not delivered, our server is blocked"},
    {"policy", "Not delivered, refused by a policy"},
    {"auth", "Not delivered, the sender is not authenticated"},
    {"network", "Not delivered, the network failed"},
    {"system", "Not delivered, their server failed"},
};

/* The title of the task where the mail and not the address was refused; NULL where it was the address. */
static const char *refusal_of(const struct delivery_recipient *recipient)
{
	for (size_t i = 0; recipient->reason && i < ARRAY_LENGTH(refusals); i++)
		if (!strcmp(refusals[i].reason, recipient->reason))
			return refusals[i].title;
	return NULL;
}

const char *effects_reported_address(const GPtrArray *addressees, const struct delivery_recipient *recipient)
{
	bool is_forwarded = recipient->original && !effects_was_addressed(addressees, recipient->address) &&
			    effects_was_addressed(addressees, recipient->original);
	return is_forwarded ? recipient->original : recipient->address;
}

static void decide_delivery(const struct effect_context *context, const struct reading *reading,
    const GPtrArray *matches, struct decision *decision)
{
	for (guint r = 0; r < reading->message->delivery->recipients->len; r++) {
		const struct delivery_recipient *recipient = reading->message->delivery->recipients->pdata[r];
		const char *address = effects_reported_address(context->addressees, recipient);
		for (guint i = 0; i < matches->len; i++) {
			const struct match *match = matches->pdata[i];
			bool is_final = recipient->action == DELIVERY_FAILED && recipient->permanent;
			const char *refusal = refusal_of(recipient);
			bool is_dead = is_final && !refusal;
			/* A report that names none of our mails, or an address that the mail did not go to,
			 * may be forged: it is only noted. */
			bool is_ours = match->is_sure && effects_was_addressed(context->addressees, address);
			decision->needs_review = decision->needs_review || (is_final && !match->is_sure);
			const struct effect_config *row = row_of(context, &match->receivable, "bounce");
			enum effect_kind kind = is_dead && is_ours ? kinds[row->action] : EFFECT_NOTE;
			struct effect *effect = add_effect(
			    decision, kind, &match->receivable, describe_delivery(address, recipient));
			effect->address = g_strdup(address);
			if (recipient->action == DELIVERY_FAILED && is_ours &&
			    strcmp(row->task, "none") != 0) {
				set_task(effect, row->task, row->task_days,
				    refusal ? refusal : "Find an address that works");
				effect->detail = describe_delivery(address, recipient);
			}
		}
	}
}

/* The headers of lists and mass mail stand on answers, too, that go through a ticket system, a group's
 * address or a sending service: what is surely about an invoice of ours is an answer to us. */
void effects_decide(const struct effect_context *context, const struct reading *reading,
    const GPtrArray *matches, struct decision *decision)
{
	*decision = (struct decision){.effects = g_ptr_array_new_with_free_func(effect_free)};
	if (!reading->message)
		return;
	if (reading->message->delivery && reading->message->kind != MESSAGE_READ_RECEIPT) {
		decide_delivery(context, reading, matches, decision);
	} else if (reading->message->kind == MESSAGE_READ_RECEIPT || !reading->reply ||
		   (reading->message->kind == MESSAGE_LIST && !is_any_sure(matches))) {
		for (guint i = 0; i < matches->len; i++)
			add_effect(decision, EFFECT_NOTE, &((struct match *)matches->pdata[i])->receivable,
			    g_strdup(message_kind_word(reading->message->kind)));
	} else {
		decide_reply(context, reading, matches, decision);
	}
}
