#include "base/base.h"
#include "report/dues.h"

#include "dunning/chase.h"
#include "ledger/interest.h"

/* `relance policy`: what applies to a customer or an invoice, and where it comes from. */
static const struct field policy_fields[] = {
    {"customer", "Customer", FIELD_TEXT, 0},
    {"invoice", "Invoice", FIELD_TEXT, 0},
    {"kind", "Kind", FIELD_TEXT, 0},
    {"ladder", "Ladder", FIELD_TEXT, 0},
    {"ladder_from", "from", FIELD_TEXT, 0},
    {"language", "Language", FIELD_TEXT, 0},
    {"language_from", "from", FIELD_TEXT, 0},
    {"country", "Calendar", FIELD_TEXT, 0},
    {"region", "Region", FIELD_TEXT, 0},
    {"country_from", "from", FIELD_TEXT, 0},
    {"interest", "Interest", FIELD_TEXT, 0},
    {"interest_law", "Law", FIELD_TEXT, 0},
    {"interest_rate", "Rate %", FIELD_TEXT, 0},
    {"sending", "Sending", FIELD_TEXT, 0},
    {"minimum_gap", "Days between contacts", FIELD_NUMBER, 0},
    {"promise_grace", "Days of grace", FIELD_NUMBER, 0},
    {"next_step", "Next step", FIELD_TEXT, 0},
    {"resend", "Copies on request", FIELD_BOOLEAN, 0},
    {"weekly_cap", "Mails in a week", FIELD_NUMBER, 0},
    {"bank_data_age", "Days of bank data", FIELD_NUMBER, 0},
    {"closing_days", "Closing days", FIELD_TEXTS, 0},
};
static const struct field step_fields[] = {
    {"step", "Step", FIELD_TEXT, 0},
    {"offset", "Days", FIELD_NUMBER, 0},
    {"business_days", "Business days", FIELD_BOOLEAN, 0},
    {"anchor", "From", FIELD_TEXT, 0},
    {"channel", "By", FIELD_TEXT, 0},
    {"template", "Template", FIELD_TEXT, 0},
    {"approval", "Approval", FIELD_BOOLEAN, 0},
    {"applies", "Applies", FIELD_BOOLEAN, 0},
    {"kinds", "Only for", FIELD_TEXTS, 0},
    {"languages", "Languages", FIELD_TEXTS, 0},
    {"minimum", "From amount", FIELD_TEXT, 0},
    {"maximum", "Below", FIELD_TEXT, 0},
    {"term", "Days to pay", FIELD_NUMBER, 0},
};

static const struct field effect_fields[] = {
    {"answer", "Answer", FIELD_TEXT, 0},
    {"action", "Effect", FIELD_TEXT, 0},
    {"days", "Days", FIELD_NUMBER, 0},
    {"most", "At most", FIELD_NUMBER, 0},
    {"task", "Task", FIELD_TEXT, 0},
    {"task_days", "Due in", FIELD_NUMBER, 0},
    {"contact", "Contact", FIELD_TEXT, 0},
};

static const char *anchor_word(enum step_anchor anchor)
{
	static const char *const words[] = {[ANCHOR_DUE] = "due",
	    [ANCHOR_PREVIOUS] = "previous",
	    [ANCHOR_END_OF_MONTH] = "end-of-month",
	    [ANCHOR_PROMISE] = "promise"};
	return words[anchor];
}

static void print_list(struct printer *printer, const struct text_list *list)
{
	printer_texts(printer, (const char *const *)list->items, list->count);
}

/* Thousandths; 0: no bound. */
static void print_bound(struct printer *printer, int64_t amount)
{
	if (amount == 0)
		printer_absent(printer);
	else if (amount % 1000 == 0)
		printer_format(printer, "%lld", (long long)(amount / 1000));
	else
		printer_format(printer, "%lld.%03d", (long long)(amount / 1000), (int)(amount % 1000));
}

/* PLACE has what the conditions look at. */
static void print_steps(struct printer *printer, const struct ladder_config *ladder,
    const struct ladder_place *place, const char *country)
{
	printer_begin_list(printer, "steps", "Steps", step_fields, ARRAY_LENGTH(step_fields));
	for (size_t i = 0; ladder && i < ladder->step_count; i++) {
		const struct step_config *step = &ladder->steps[i];
		printer_text(printer, step->name);
		printer_number(printer, step->offset);
		printer_boolean(printer, step->business_days);
		printer_text(printer, anchor_word(step->anchor));
		printer_text(printer, channel_word(step->channel));
		printer_text(printer, step->template);
		printer_boolean(printer, step->approval);
		printer_boolean(printer, step_applies(step, place));
		print_list(printer, &step->kinds);
		print_list(printer, &step->languages);
		print_bound(printer, step->minimum);
		print_bound(printer, step->maximum);
		if (step_is_formal(step))
			printer_number(printer, step_term(step, country, place->kind));
		else
			printer_absent(printer);
		printer_end_row(printer);
	}
	printer_end_list(printer);
}

/* What follows from an answer of the customer. */
static void print_effects(struct printer *printer, const struct config *config, const char *company)
{
	static const char *const actions[] = {[ANSWER_NOTE] = "note",
	    [ANSWER_HOLD] = "hold",
	    [ANSWER_PROMISE] = "promise",
	    [ANSWER_DISPUTE] = "dispute",
	    [ANSWER_STOP] = "stop",
	    [ANSWER_ADDRESS] = "address"};
	static const char *const contacts[] = {[ANSWER_CONTACT_IGNORE] = "ignore",
	    [ANSWER_CONTACT_PROPOSE] = "propose",
	    [ANSWER_CONTACT_ADOPT] = "adopt"};
	printer_begin_list(printer, "effects", "Answers", effect_fields, ARRAY_LENGTH(effect_fields));
	for (size_t i = 0; i < config->effect_count; i++) {
		const struct effect_config *effect = config_effect(config, company, config->effects[i].name);
		printer_text(printer, effect->name);
		printer_text(printer, actions[effect->action]);
		printer_number(printer, effect->days);
		printer_number(printer, effect->most);
		printer_text(printer, strcmp(effect->task, "none") != 0 ? effect->task : NULL);
		printer_number(printer, effect->task_days);
		printer_text(printer, contacts[effect->contact]);
		printer_end_row(printer);
	}
	printer_end_list(printer);
}

/* CHASE is of the invoice, NULL where a customer was asked for. */
static void print_policy(struct printer *printer, const struct config *config,
    const struct desk_customer *customer, const struct chase *chase)
{
	static const char *const sending[] = {
	    [SENDING_OFF] = "off", [SENDING_APPROVE] = "approve", [SENDING_ON] = "on"};
	const struct company_config *company = customer->company;
	const struct interest_rule *rule =
	    company ? interest_rule_for(company->country, customer->row.kind) : NULL;
	const struct ladder_config *ladder = chase ? chase->ladder : customer->ladder;
	bool own = customer->row.language && *customer->row.language;
	bool own_country = customer->row.country && *customer->row.country;
	struct ladder_place place = {
	    .kind = customer->row.kind, .language = customer->language, .amount = -1};
	struct ladder_step next;
	bool climbs = chase && chase_next_step(chase, &next);
	if (chase)
		chase_place(chase, &place);
	printer_begin_record(printer, NULL, policy_fields, ARRAY_LENGTH(policy_fields));
	printer_text(printer, customer->row.name);
	printer_text(printer, chase ? chase->receivable->number : NULL);
	printer_text(printer, customer->row.kind);
	printer_text(printer, ladder ? ladder->name : NULL);
	printer_text(printer, chase ? chase->ladder_from : customer->ladder_from);
	printer_text(printer, company || own ? customer->language : NULL);
	printer_text(printer, own ? "customer" : "company");
	printer_text(printer, *customer->country ? customer->country : NULL);
	printer_text(printer, *customer->region ? customer->region : NULL);
	if (!own_country)
		printer_emphasis(printer, EMPHASIS_WARNING);
	printer_text(printer, own_country ? "customer" : "company");
	printer_text(printer, rule ? rule->name : NULL);
	printer_text(printer, rule ? rule->law : NULL);
	print_bound(
	    printer, rule && strcmp(customer->row.kind, "business") == 0 ? company->interest_rate : 0);
	printer_text(printer, sending[config->sending]);
	printer_number(printer, config->minimum_gap);
	printer_number(printer, config->promise_grace);
	printer_text(printer, climbs ? next.step->name : NULL);
	printer_boolean(printer, company ? company->resend : config->resend);
	printer_number(printer, config->weekly_cap);
	printer_number(printer, config->bank_data_age);
	print_list(printer, company ? &company->closing_days : &(struct text_list){NULL, 0});
	print_steps(printer, ladder, &place, company ? company->country : "");
	print_effects(printer, config, customer->row.company);
	printer_end_record(printer);
}

bool report_policy(struct ledger *ledger, const struct dunning_site *site, int64_t customer,
    const struct receivable *receivable, struct printer *printer, struct error *error)
{
	struct desk desk;
	struct chase chase = {0};
	if (!desk_init(&desk, ledger, site, error))
		return false;
	const struct desk_customer *row = desk_customer(&desk, customer, error);
	bool done = row && (!receivable || chase_init(&chase, &desk, receivable, error));
	if (done)
		print_policy(printer, ledger->config, row, receivable ? &chase : NULL);
	if (receivable)
		chase_clear(&chase);
	desk_clear(&desk);
	return done;
}
