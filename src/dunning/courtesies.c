#include "base/base.h"
#include "dunning/courtesies.h"

#include "base/log.h"
#include "dunning/confirm.h"
#include "dunning/copies.h"
#include "dunning/guards.h"
#include "dunning/outbox.h"
#include "ledger/act.h"
#include "store/rows_journal.h"

/* The event up to which payments were looked at, and the day since which agreements are: what was before the
 * key was set is not told. */
#define SETTING_PAYMENTS    "courtesies.payments"
#define SETTING_INSTALMENTS "courtesies.instalments"
#define PER_TICK	    20
/* Payments that one tick looks at, where some wait for a day of their customer. */
#define LOOKS_PER_TICK 100

struct round {
	struct store *store;
	const struct config *config;
	const struct dunning_site *site;
	instant_t now;
	date_t today;
	struct dunning_tick *tick;
};

/* One payment or agreement. */
struct news {
	const struct round *round;
	const char *setting; /* to be set to UP_TO; NULL: none */
	const char *up_to;
	int64_t receivable;	     /* 0: none, only the setting */
	const struct entry *payment; /* NULL: the agreement */
	int64_t event;		     /* that of the payment, or of the proposal */
	bool waits, composed;
	bool is_wrong; /* it cannot be composed */
};

/* Whether the guards of the site and the day let a mail about RECEIVABLE go: a holiday, a closing day, the
 * cap of the day that may have been reached in this very round. */
static bool is_free_to_go(struct ledger *ledger, const struct dunning_site *site,
    const struct receivable *receivable, bool *is_free, struct error *error)
{
	struct desk desk;
	struct chase chase;
	struct guard_verdict verdict = {0};
	if (!desk_init(&desk, ledger, site, error))
		return false;
	bool done = chase_init(&chase, &desk, receivable, error);
	struct guard_question question = {&desk, &chase, NULL, ledger->today, 0};
	done = done && guard_first(&question, GUARD_SITE | GUARD_MOMENT, &verdict, error);
	*is_free = done && !verdict.name;
	chase_clear(&chase);
	desk_clear(&desk);
	return done;
}

/* A payment that was taken back is none. */
static bool is_taken_back(const GPtrArray *entries, const struct entry *payment)
{
	bool taken_back = false;
	for (guint i = 0; i < entries->len; i++) {
		const struct entry *entry = entries->pdata[i];
		taken_back =
		    taken_back || (entry->id > payment->id && strcmp(entry->kind, "correction") == 0 &&
				      entry->amount == -payment->amount);
	}
	return taken_back;
}

/* Thanks name the amount that is left, so those for PAYMENT are for all that came since on its receivable,
 * too; SUM 0: for nothing. ON is DATE_NONE where they are of several days. */
static bool sum_up(
    struct ledger *ledger, const struct entry *payment, int64_t *sum, date_t *on, struct error *error)
{
	GPtrArray *entries = entry_list(ledger->store, payment->receivable, error);
	*sum = 0;
	*on = payment->entered_on;
	for (guint i = 0; entries && i < entries->len; i++) {
		const struct entry *entry = entries->pdata[i];
		if (entry->id < payment->id || strcmp(entry->kind, "payment") != 0 ||
		    entry->entered_on < ledger->today - COURTESY_DAYS || is_taken_back(entries, entry))
			continue;
		*sum -= entry->amount;
		if (entry->entered_on != payment->entered_on)
			*on = DATE_NONE;
	}
	bool done = entries;
	rows_free(&entry_table, entries);
	return done;
}

/* Whether a person, or a tick before, has told it. */
static bool is_told(struct store *store, const struct news *news, bool *told, struct error *error)
{
	GPtrArray *mails = outbox_list_of_receivable(store, news->receivable, error);
	const char *template = news->payment ? "thanks" : "instalment";
	*told = false;
	for (guint i = 0; mails && i < mails->len; i++) {
		const struct outbox *mail = mails->pdata[i];
		*told = *told || (mail->id > news->event && strcmp(mail->step, template) == 0);
	}
	bool done = mails;
	rows_free(&outbox_table, mails);
	return done;
}

static bool say(struct ledger *ledger, const struct dunning_site *site, const struct receivable *receivable,
    struct news *news, struct error *error)
{
	struct error refusal = {0};
	bool told, stopped;
	int64_t sum = 0;
	date_t on = DATE_NONE;
	if ((news->payment && !sum_up(ledger, news->payment, &sum, &on, error)) ||
	    !is_told(ledger->store, news, &told, error) ||
	    !mail_is_stopped(ledger, receivable->customer, receivable->id, &stopped, error))
		return false;
	if ((news->payment && sum <= 0) || told || stopped)
		return true;
	bool done = news->payment ? confirm_payment(ledger, site, receivable, sum, on, &refusal)
				  : confirm_instalments(ledger, site, receivable, &refusal);
	news->composed = done;
	/* no address works, no agreement runs any more: there is nothing to say */
	if (done || refusal.status == STATUS_NO)
		return true;
	news->is_wrong =
	    refusal.status == STATUS_DATA || refusal.status == STATUS_IO || refusal.status == STATUS_CONFIG;
	return error_set(error, refusal.status, "%s", refusal.text);
}

static bool tell(struct ledger *ledger, const struct dunning_site *site, void *data, struct error *error)
{
	struct news *news = data;
	struct receivable receivable;
	bool found = false, is_free = true, done = true;
	if (news->receivable && !receivable_get(ledger->store, news->receivable, &receivable, &found, error))
		return false;
	if (found) {
		const struct company_config *company = config_company(ledger->config, receivable.company);
		bool wanted = company && strcmp(receivable.state, "void") != 0 &&
			      (news->payment ? company->confirm_payments : company->confirm_instalments);
		done = !wanted || is_free_to_go(ledger, site, &receivable, &is_free, error);
		if (done && wanted && is_free)
			done = say(ledger, site, &receivable, news, error);
		row_clear(&receivable_table, &receivable);
	}
	news->waits = !is_free;
	return done &&
	       (news->waits || !news->setting || act_setting(ledger, news->setting, news->up_to, error));
}

/* What cannot be composed waits until somebody has mended the template, and holds nothing else. */
static bool in_transaction(struct news *news, struct error *error)
{
	static struct log_throttle throttle;
	const struct round *round = news->round;
	struct error failure = {0};
	bool done =
	    dunning_transaction(round->store, round->config, round->site, round->now, tell, news, &failure);
	if (!done && news->is_wrong) {
		log_throttled(&throttle, LOG_IS_WARNING, NULL, "templates", "%s", failure.text);
		return news->waits = true;
	}
	if (!done && error)
		*error = failure;
	round->tick->composed += done && news->composed;
	return done;
}

static bool begin(const struct round *round, const char *setting, const char *up_to, struct error *error)
{
	struct news news = {.round = round, .setting = setting, .up_to = up_to};
	return in_transaction(&news, error);
}

static bool begin_payments(const struct round *round, struct error *error)
{
	int64_t last;
	char hash[65], text[32];
	if (!journal_head_get(round->store, &last, hash, error))
		return false;
	snprintf(text, sizeof text, "%lld", (long long)last);
	return begin(round, SETTING_PAYMENTS, text, error);
}

/* Whether PAYMENT is no news: it came long ago, or before the invoice was taken into the books. */
static bool is_old(const struct round *round, const struct entry *payment, bool *old, struct error *error)
{
	struct event event;
	bool found;
	*old = payment->entered_on < round->today - COURTESY_DAYS;
	if (*old)
		return true;
	if (!journal_get(round->store, payment->id, &event, &found, error))
		return false;
	if (!found)
		return true;
	json_t *body = json_loads(event.body, 0, NULL);
	*old = json_is_true(json_object_get(body, "opening"));
	json_decref(body);
	row_clear(&journal_table, &event);
	return true;
}

/* In the order of the books. What waits for a day of its customer, or for a template, holds the mark at which
 * the next tick begins but none of the payments behind it. */
static bool thank(const struct round *round, struct error *error)
{
	g_autofree char *up_to = NULL;
	if (!setting_get(round->store, SETTING_PAYMENTS, &up_to, error))
		return false;
	if (!up_to)
		return begin_payments(round, error);
	GPtrArray *payments =
	    payment_list_after(round->store, g_ascii_strtoll(up_to, NULL, 10), LOOKS_PER_TICK, error);
	bool done = payments, waits = false;
	int64_t before = round->tick->composed;
	for (guint i = 0; done && i < payments->len && round->tick->composed - before < PER_TICK; i++) {
		const struct entry *payment = payments->pdata[i];
		bool old;
		char text[32];
		if (!(done = is_old(round, payment, &old, error)))
			break;
		snprintf(text, sizeof text, "%lld", (long long)payment->id);
		struct news news = {.round = round,
		    .setting = waits ? NULL : SETTING_PAYMENTS,
		    .up_to = text,
		    .receivable = old ? 0 : payment->receivable,
		    .payment = payment,
		    .event = payment->id};
		done = in_transaction(&news, error);
		waits = waits || news.waits;
	}
	rows_free(&entry_table, payments);
	return done;
}

static bool confirm_one(const struct round *round, const struct instalment_plan *plan, struct error *error)
{
	struct news news = {.round = round, .receivable = plan->receivable, .event = plan->id};
	bool told;
	return is_told(round->store, &news, &told, error) && (told || in_transaction(&news, error));
}

static bool confirm(const struct round *round, struct error *error)
{
	g_autofree char *since = NULL;
	char text[DATE_TEXT_SIZE];
	date_t from;
	if (!setting_get(round->store, SETTING_INSTALMENTS, &since, error))
		return false;
	if (!since || !date_parse(since, &from))
		return begin(round, SETTING_INSTALMENTS, date_format(round->today, text), error);
	GPtrArray *plans = instalment_plan_list_of_state(round->store, "accepted", error);
	bool done = plans;
	for (guint i = 0; done && i < plans->len; i++) {
		const struct instalment_plan *plan = plans->pdata[i];
		done = plan->accepted_on < from || plan->accepted_on < round->today - COURTESY_DAYS ||
		       confirm_one(round, plan, error);
	}
	rows_free(&instalment_plan_table, plans);
	return done;
}

bool courtesies_compose(struct store *store, const struct config *config, const struct dunning_site *site,
    instant_t now, struct dunning_tick *tick, struct error *error)
{
	struct round round = {store, config, site, now, zone_date(site->zone, now), tick};
	bool payments = false, instalments = false;
	for (size_t i = 0; i < config->company_count; i++) {
		payments = payments || config->companies[i].confirm_payments;
		instalments = instalments || config->companies[i].confirm_instalments;
	}
	return (!payments || thank(&round, error)) && (!instalments || confirm(&round, error));
}
