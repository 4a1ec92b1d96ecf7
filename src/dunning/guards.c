#include "base/base.h"
#include "dunning/guards.h"

#include "dunning/credit_shares.h"
#include "base/closing_days.h"
#include "base/holidays.h"
#include "base/money.h"
#include "base/utf8.h"
#include "dunning/contacted.h"
#include "dunning/proof.h"
#include "dunning/recipients.h"
#include "dunning/task_steps.h"

/* Delivered reminders that must precede a formal step. */
#define REMINDERS_BEFORE_NOTICE 2

enum answer { FREE, HOLDS, BROKEN };

/* A guard fills UNTIL and WHY (its name is in the table) and answers; BROKEN: the store failed, ERROR says
 * how. */
typedef enum answer guard_function(
    const struct guard_question *question, struct guard_verdict *verdict, struct error *error);

PRINTF_LIKE(3, 4)
static enum answer holds(struct guard_verdict *verdict, date_t until, const char *format, ...)
{
	va_list arguments;
	verdict->until = until;
	va_start(arguments, format);
	vsnprintf(verdict->why, sizeof verdict->why, format, arguments);
	va_end(arguments);
	utf8_trim(verdict->why); /* words of a mail may be cut */
	return HOLDS;
}

/* As holds(), when the day asked for lies before UNTIL. */
static bool is_before(const struct guard_question *question, date_t until)
{
	return until == DATE_NONE || question->day < until;
}

static const char *day_text(date_t day, char text[DATE_TEXT_SIZE])
{
	return date_format(day, text);
}

static const struct config *config_of(const struct guard_question *question)
{
	return question->desk->ledger->config;
}

static enum answer settled(
    const struct guard_question *question, struct guard_verdict *verdict, struct error *error)
{
	(void)error;
	const struct receivable *receivable = question->chase->receivable;
	if (receivable_is_chased(config_of(question), receivable))
		return FREE;
	if (strcmp(receivable->state, "void") == 0)
		return holds(verdict, DATE_NONE, "the invoice is void");
	if (strcmp(receivable->kind, "credit_note") == 0)
		return holds(verdict, DATE_NONE, "it is a credit note");
	return holds(
	    verdict, DATE_NONE, receivable->open ? "what is open is below the tolerance" : "it is paid");
}

static enum answer no_policy(
    const struct guard_question *question, struct guard_verdict *verdict, struct error *error)
{
	(void)error;
	const struct desk_customer *customer = question->chase->customer;
	if (!customer->company)
		return holds(
		    verdict, DATE_NONE, "the configuration has no company \"%s\"", customer->row.company);
	const char *own = question->chase->receivable->ladder, *theirs = customer->row.ladder;
	if (!question->chase->ladder)
		return holds(verdict, DATE_NONE, "the configuration has no ladder \"%s\"",
		    own && *own		? own
		    : theirs && *theirs ? theirs
					: customer->company->ladder);
	return FREE;
}

/* A formal notice is about its own lines alone: of one that the credits cover there is nothing to ask for. */
static enum answer credit_covers_line(
    const struct guard_question *question, struct guard_verdict *verdict, struct error *error)
{
	int64_t covered, overdue = question->chase->standing.overdue;
	if (!question->step || !step_is_formal(question->step) || overdue <= 0)
		return FREE;
	if (!credit_covered(question->chase, &covered, error))
		return BROKEN;
	if (overdue - covered > config_of(question)->tolerance)
		return FREE;
	return holds(verdict, DATE_NONE, "open credits cover what is overdue of it");
}

/* Open credit notes and overpayments of the customer in the same currency against what is overdue in it. */
static enum answer credit_covers(
    const struct guard_question *question, struct guard_verdict *verdict, struct error *error)
{
	const struct chase *chase = question->chase;
	int64_t credit = 0, overdue = 0;
	for (guint i = 0; i < chase->customer->open->len; i++) {
		const struct receivable *other = chase->customer->open->pdata[i];
		if (strcmp(other->currency, chase->receivable->currency) != 0)
			continue;
		if (other->open < 0)
			credit -= other->open;
	}
	for (guint i = 0; credit && i < chase->customer->open->len; i++) {
		const struct receivable *other = chase->customer->open->pdata[i];
		int64_t due = 0;
		if (strcmp(other->currency, chase->receivable->currency) == 0 && other->open > 0 &&
		    !receivable_overdue(chase->desk, other, question->day, &due, error))
			return BROKEN;
		overdue += due;
	}
	if (credit == 0)
		return FREE;
	if (overdue - credit > config_of(question)->tolerance)
		return credit_covers_line(question, verdict, error);
	char text[MONEY_TEXT_SIZE];
	return holds(verdict, DATE_NONE, "open credits of %s %s cover all that is overdue",
	    money_format(money(credit, chase->receivable->currency), text), chase->receivable->currency);
}

static enum answer insolvent(
    const struct guard_question *question, struct guard_verdict *verdict, struct error *error)
{
	(void)error;
	const struct customer *customer = &question->chase->customer->row;
	if (strcmp(customer->state, "insolvent") == 0)
		return holds(verdict, DATE_NONE, "insolvency proceedings: individual action is barred");
	if (strcmp(customer->state, "legal") == 0)
		return holds(verdict, DATE_NONE, "the matter is with lawyers or collectors");
	return FREE;
}

static enum answer promise_running(
    const struct guard_question *question, struct guard_verdict *verdict, struct error *error)
{
	(void)error;
	const struct promise *promise = question->chase->running;
	if (!promise)
		return FREE;
	date_t until = promise_last_day(config_of(question), promise) + 1;
	char day[DATE_TEXT_SIZE];
	if (!is_before(question, until))
		return FREE;
	if (promise->promised_on == DATE_NONE)
		return holds(verdict, until, "payment was promised without a day");
	return holds(verdict, until, "promised for %s", day_text(promise->promised_on, day));
}

/* While the rates come in time. */
static enum answer instalments_running(
    const struct guard_question *question, struct guard_verdict *verdict, struct error *error)
{
	(void)error;
	const struct chase *chase = question->chase;
	if (!chase->plan)
		return FREE;
	if (chase->rate.last_day == DATE_NONE)
		return holds(verdict, DATE_NONE, "all instalments are paid");
	if (!is_before(question, chase->rate.last_day + 1))
		return FREE;
	const struct instalment_row *rate = chase->rates->pdata[chase->rate.rate];
	char day[DATE_TEXT_SIZE];
	return holds(verdict, chase->rate.last_day + 1, "instalment %d of %u is due on %s",
	    chase->rate.rate + 1, chase->rates->len, day_text(rate->due_on, day));
}

static enum answer disputed(
    const struct guard_question *question, struct guard_verdict *verdict, struct error *error)
{
	(void)error;
	const struct chase *chase = question->chase;
	if (chase->disputes->len == 0 ||
	    chase->standing.open - chase->standing.disputed > config_of(question)->tolerance)
		return FREE;
	const struct dispute *dispute = chase->disputes->pdata[0];
	return holds(verdict, DATE_NONE, "disputed: %s", dispute->reason);
}

static enum answer hold(
    const struct guard_question *question, struct guard_verdict *verdict, struct error *error)
{
	(void)error;
	const struct hold *longest = NULL;
	for (guint i = 0; i < question->chase->holds->len; i++) {
		const struct hold *one = question->chase->holds->pdata[i];
		if (!is_before(question, one->until))
			continue;
		if (!longest || one->until == DATE_NONE ||
		    (longest->until != DATE_NONE && one->until > longest->until))
			longest = one;
	}
	if (!longest)
		return FREE;
	bool reason = longest->reason && *longest->reason;
	return holds(verdict, longest->until, "on hold (%s)%s%.160s", longest->kind, reason ? ": " : "",
	    reason ? longest->reason : "");
}

static enum answer undelivered(
    const struct guard_question *question, struct guard_verdict *verdict, struct error *error)
{
	(void)error;
	if (strcmp(question->chase->receivable->delivery, "failed") != 0)
		return FREE;
	return holds(verdict, DATE_NONE, "the invoice itself was never delivered");
}

static enum answer no_good_address(
    const struct guard_question *question, struct guard_verdict *verdict, struct error *error)
{
	if (question->step && question->step->channel != CHANNEL_MAIL)
		return FREE;
	GPtrArray *recipients = recipients_of(question->chase, error);
	if (!recipients)
		return BROKEN;
	bool none = recipients->len == 0;
	g_ptr_array_unref(recipients);
	return none ? holds(verdict, DATE_NONE, "no address of the customer is known to work") : FREE;
}

static enum answer unread_answer(
    const struct guard_question *question, struct guard_verdict *verdict, struct error *error)
{
	(void)error;
	int64_t unread = question->desk->unread;
	if (unread == 0)
		return FREE;
	return holds(verdict, DATE_NONE, "%lld message%s in the spool not read yet", (long long)unread,
	    unread == 1 ? " is" : "s are");
}

/* Whether a message that nobody understood yet comes from this customer. */
static bool is_from_customer(const struct message_row *message, const struct desk_customer *customer)
{
	const char *from = message->from_address, *at = from ? strchr(from, '@') : NULL;
	if (!at || strcmp(message->company, customer->row.company) != 0 ||
	    strcmp(message->direction, "incoming") != 0)
		return false;
	if (customer->row.domain && *customer->row.domain &&
	    g_ascii_strcasecmp(at + 1, customer->row.domain) == 0)
		return true;
	for (guint i = 0; i < customer->contacts->len; i++) {
		const struct contact *contact = customer->contacts->pdata[i];
		if (g_ascii_strcasecmp(contact->address, from) == 0)
			return true;
	}
	return false;
}

/* Bounded: a person who does not look holds the plan for hold_unknown days only. */
static enum answer answer_in_review(
    const struct guard_question *question, struct guard_verdict *verdict, struct error *error)
{
	(void)error;
	const struct chase *chase = question->chase;
	const struct desk *desk = chase->desk;
	gint64 key = chase->receivable->id;
	const struct message_row *latest = g_hash_table_lookup(desk->reviewed_receivables, &key);
	for (guint i = 0; i < desk->review->len; i++) {
		const struct message_row *message = desk->review->pdata[i];
		if (is_from_customer(message, chase->customer) && review_outweighs(message, latest))
			latest = message;
	}
	if (!latest)
		return FREE;
	date_t until = zone_date(desk->site->zone, latest->received_at) + config_of(question)->hold_unknown;
	if (!is_before(question, until))
		return FREE;
	return holds(verdict, until, "message %lld waits for a person to read it", (long long)latest->id);
}

/* A call or a letter is about all that it was due for, and its task hangs on one of them. */
static enum answer in_open_step(
    const struct guard_question *question, struct guard_verdict *verdict, struct error *error)
{
	const struct chase *chase = question->chase;
	struct store *store = question->desk->ledger->store;
	int last = chase->ladder ? ladder_index(chase->ladder, chase->last_step) : -1;
	if (last < 0 || (chase->ladder->steps[last].channel != CHANNEL_CALL &&
			    chase->ladder->steps[last].channel != CHANNEL_LETTER))
		return FREE;
	GPtrArray *tasks = task_list_of_customer(store, chase->receivable->customer, "open", error);
	if (!tasks)
		return BROKEN;
	enum answer answer = FREE;
	bool sound = true;
	for (guint i = 0; sound && i < tasks->len && answer == FREE; i++) {
		const struct task *task = tasks->pdata[i];
		g_autofree char *step = NULL;
		date_t on;
		bool is = false;
		bool is_step = strcmp(task->kind, "call") == 0 || strcmp(task->kind, "letter") == 0;
		if (!is_step || !task->receivable)
			continue;
		sound = task_step(store, task, &step, &on, error) &&
			task_is_about(store, task, step, on, chase->receivable, &is, error);
		if (sound && is)
			answer = holds(
			    verdict, DATE_NONE, "task %lld (%s) is open", (long long)task->id, task->kind);
	}
	rows_free(&task_table, tasks);
	return sound ? answer : BROKEN;
}

/* Work that must be finished before the next step makes sense. */
static enum answer task_open(
    const struct guard_question *question, struct guard_verdict *verdict, struct error *error)
{
	(void)error;
	static const char *const kinds[] = {
	    "call", "letter", "approve", "legal", "submission", "failed", "duplicate"};
	for (guint i = 0; i < question->chase->tasks->len; i++) {
		const struct task *task = question->chase->tasks->pdata[i];
		for (size_t k = 0; strcmp(task->state, "open") == 0 && k < ARRAY_LENGTH(kinds); k++)
			if (strcmp(task->kind, kinds[k]) == 0)
				return holds(verdict, DATE_NONE, "task %lld (%s) is open",
				    (long long)task->id, task->kind);
	}
	return in_open_step(question, verdict, error);
}

/* The customer's mail that has not left and is in STATE, but not the one that asks. Thanks and confirmations
 * ask for nothing: they stand beside a reminder. */
static const struct outbox *mail_in_state(const struct guard_question *question, const char *state)
{
	const GPtrArray *mails = question->chase->customer->mails;
	for (guint i = 0; i < mails->len; i++) {
		const struct outbox *mail = mails->pdata[i];
		if (mail->id != question->own_mail && strcmp(mail->state, state) == 0 &&
		    !mail_is_courtesy(mail))
			return mail;
	}
	return NULL;
}

static enum answer awaiting_approval(
    const struct guard_question *question, struct guard_verdict *verdict, struct error *error)
{
	(void)error;
	const struct outbox *mail = mail_in_state(question, "waiting");
	return mail ? holds(verdict, DATE_NONE, "reminder %lld waits for approval", (long long)mail->id)
		    : FREE;
}

/* One mail of a customer at a time: none is composed while another one has not left. */
static enum answer in_outbox(
    const struct guard_question *question, struct guard_verdict *verdict, struct error *error)
{
	(void)error;
	const struct outbox *ready = mail_in_state(question, "ready");
	if (ready)
		return holds(verdict, DATE_NONE, "reminder %lld is about to be sent", (long long)ready->id);
	const struct outbox *submitting = mail_in_state(question, "submitting");
	if (submitting)
		return holds(
		    verdict, DATE_NONE, "reminder %lld is being submitted", (long long)submitting->id);
	return FREE;
}

/* What is overdue may have been paid since: only bank data of yesterday can say that it was not. A plan for a
 * later day is not held, new data will have come by then. */
static enum answer bank_data_old(
    const struct guard_question *question, struct guard_verdict *verdict, struct error *error)
{
	int limit = config_of(question)->bank_data_age;
	if (limit == 0 || question->day > question->desk->ledger->today)
		return FREE;
	date_t checked;
	if (!bank_checked_on(
		question->desk->ledger->store, question->chase->receivable->company, &checked, error))
		return BROKEN;
	if (checked == DATE_NONE)
		return holds(
		    verdict, DATE_NONE, "nobody has said yet up to when the bank accounts were looked at");
	int missing = 0;
	for (date_t day = checked + 1; day <= question->day && missing <= limit; day++)
		missing += bank_day(day);
	char text[DATE_TEXT_SIZE];
	return missing <= limit ? FREE
				: holds(verdict, DATE_NONE, "bank data end on %s", day_text(checked, text));
}

static enum answer minimum_gap(
    const struct guard_question *question, struct guard_verdict *verdict, struct error *error)
{
	date_t last = question->chase->customer->last_contact_on;
	int gap = config_of(question)->minimum_gap;
	bool only = false;
	if (last == DATE_NONE || !is_before(question, last + gap))
		return FREE;
	if (last == question->day &&
	    !contacted_in_other_currencies(question->chase, last, &only, &last, error))
		return BROKEN;
	if (!only)
		last = question->chase->customer->last_contact_on;
	char day[DATE_TEXT_SIZE];
	return last != DATE_NONE && is_before(question, last + gap)
		   ? holds(verdict, last + gap, "contacted on %s", day_text(last, day))
		   : FREE;
}

/* Of MAILS, those that left in the seven days before: adds their number, and OLDEST gets the first one's day.
 */
static void count_week(
    const struct guard_question *question, const GPtrArray *mails, int *count, date_t *oldest)
{
	for (guint i = 0; mails && i < mails->len; i++) {
		const struct outbox *mail = mails->pdata[i];
		date_t sent = zone_date(question->desk->site->zone, mail->submitted_at);
		if (!mail_is_contact(mail) || sent <= question->day - 7)
			continue;
		++*count;
		if (*oldest == DATE_NONE || sent < *oldest)
			*oldest = sent;
	}
}

/* Of all our companies together: the customer is one person. */
static enum answer weekly_cap(
    const struct guard_question *question, struct guard_verdict *verdict, struct error *error)
{
	(void)error;
	const struct desk_customer *customer = question->chase->customer;
	int cap = config_of(question)->weekly_cap;
	if (cap == 0)
		return FREE;
	date_t oldest = DATE_NONE;
	int own = 0, others = 0;
	count_week(question, customer->mails, &own, &oldest);
	count_week(question, customer->twin_mails, &others, &oldest);
	if (own + others < cap)
		return FREE;
	return others ? holds(verdict, oldest + 7,
			    "%d mails in seven days, %d of them from other companies of ours", own + others,
			    others)
		      : holds(verdict, oldest + 7, "%d mails in seven days", own);
}

static enum answer two_delivered_reminders(
    const struct guard_question *question, struct guard_verdict *verdict, struct error *error)
{
	struct proof proof;
	if (!question->step || !step_is_formal(question->step))
		return FREE;
	if (!proof_find(question->chase, question->day, REMINDERS_BEFORE_NOTICE, &proof, error))
		return BROKEN;
	if (proof.vouched || proof.delivered >= REMINDERS_BEFORE_NOTICE)
		return FREE;
	char came_back[32] = "";
	if (proof.failed)
		snprintf(came_back, sizeof came_back, ", %d not delivered", proof.failed);
	return holds(verdict, proof.enough_on, "%d of %d reminders known as delivered%s%s", proof.delivered,
	    REMINDERS_BEFORE_NOTICE, came_back,
	    proof.enough_on == DATE_NONE ? "" : "; silence counts from that day on");
}

static enum answer sending_off(
    const struct guard_question *question, struct guard_verdict *verdict, struct error *error)
{
	(void)error;
	return config_of(question)->sending == SENDING_OFF ? holds(verdict, DATE_NONE, "sending = off")
							   : FREE;
}

static enum answer sending_paused(
    const struct guard_question *question, struct guard_verdict *verdict, struct error *error)
{
	char *paused;
	if (!setting_get(question->desk->ledger->store, "sending.paused", &paused, error))
		return BROKEN;
	bool yes = paused && strcmp(paused, "yes") == 0;
	g_free(paused);
	return yes ? holds(verdict, DATE_NONE, "all sending is paused") : FREE;
}

static enum answer holiday(
    const struct guard_question *question, struct guard_verdict *verdict, struct error *error)
{
	(void)error;
	const struct desk_customer *customer = question->chase->customer;
	date_t day = question->day;
	if (business_day(customer->country, customer->region, day))
		return FREE;
	const char *name = holiday_name(customer->country, customer->region, day);
	return holds(verdict, business_day_from(customer->country, customer->region, day), "%s",
	    name			    ? name
	    : date_weekday(day) == SATURDAY ? "Saturday"
					    : "Sunday");
}

/* Our own: nobody would be there to answer. */
static enum answer closing_day(
    const struct guard_question *question, struct guard_verdict *verdict, struct error *error)
{
	(void)error;
	const struct desk_customer *customer = question->chase->customer;
	const struct text_list *closing = customer->company ? &customer->company->closing_days : NULL;
	const char *which = closing_days_find(closing, question->day);
	if (!which)
		return FREE;
	return holds(verdict, closing_days_skip(closing, customer->country, customer->region, question->day),
	    "we are closed (%s)", which);
}

static enum answer outside_hours(
    const struct guard_question *question, struct guard_verdict *verdict, struct error *error)
{
	(void)error;
	const struct config *config = config_of(question);
	int offset = zone_offset(question->desk->site->zone, question->desk->ledger->now);
	int second = instant_second_of_day(question->desk->ledger->now, offset);
	if (second >= config->business_start && second < config->business_end)
		return FREE;
	date_t today = question->desk->ledger->today;
	return holds(verdict, second < config->business_start ? today : today + 1,
	    "business hours are %02d:%02d to %02d:%02d", config->business_start / 3600,
	    config->business_start / 60 % 60, config->business_end / 3600, config->business_end / 60 % 60);
}

static enum answer daily_cap(
    const struct guard_question *question, struct guard_verdict *verdict, struct error *error)
{
	const struct config *config = config_of(question);
	const struct desk *desk = question->desk;
	if (config->daily_cap == 0 || question->own_mail)
		return FREE;
	int64_t count, midnight = zone_instant(desk->site->zone, desk->ledger->today, 0);
	if (!outbox_count_since(desk->ledger->store, midnight, &count, error))
		return BROKEN;
	if (count < config->daily_cap)
		return FREE;
	return holds(verdict, desk->ledger->today + 1, "%lld reminders today, the cap", (long long)count);
}

/* In the order in which they are worth telling. */
static const struct {
	const char *name;
	enum guard_scope scope;
	guard_function *function;
} guards[] = {
    {"settled", GUARD_CASE, settled},
    {"no-policy", GUARD_CASE, no_policy},
    {"insolvent", GUARD_CASE, insolvent},
    {"credit-covers", GUARD_CASE, credit_covers},
    {"disputed", GUARD_CASE, disputed},
    {"promise-running", GUARD_CASE, promise_running},
    {"instalments-running", GUARD_CASE, instalments_running},
    {"undelivered", GUARD_CASE, undelivered},
    {"hold", GUARD_CASE, hold},
    {"answer-in-review", GUARD_CASE, answer_in_review},
    {"no-good-address", GUARD_CASE, no_good_address},
    {"task-open", GUARD_CASE, task_open},
    {"awaiting-approval", GUARD_CASE, awaiting_approval},
    {"in-outbox", GUARD_CASE, in_outbox},
    {"two-delivered-reminders", GUARD_CASE, two_delivered_reminders},
    {"minimum-gap", GUARD_CASE, minimum_gap},
    {"weekly-cap", GUARD_CASE, weekly_cap},
    {"bank-data-old", GUARD_CASE, bank_data_old},
    {"sending-off", GUARD_SITE, sending_off},
    {"sending-paused", GUARD_SITE, sending_paused},
    {"unread-answer", GUARD_SITE, unread_answer},
    {"holiday", GUARD_MOMENT, holiday},
    {"closing-day", GUARD_MOMENT, closing_day},
    {"outside-hours", GUARD_SITE, outside_hours},
    {"daily-cap", GUARD_SITE, daily_cap},
};

static enum answer ask(
    size_t index, const struct guard_question *question, struct guard_verdict *verdict, struct error *error)
{
	*verdict = (struct guard_verdict){.until = DATE_NONE};
	enum answer answer = guards[index].function(question, verdict, error);
	if (answer == HOLDS)
		verdict->name = guards[index].name;
	return answer;
}

bool guard_first(const struct guard_question *question, enum guard_scope scope, struct guard_verdict *verdict,
    struct error *error)
{
	for (size_t i = 0; i < ARRAY_LENGTH(guards); i++) {
		if (!(guards[i].scope & scope))
			continue;
		enum answer answer = ask(i, question, verdict, error);
		if (answer != FREE)
			return answer == HOLDS;
	}
	*verdict = (struct guard_verdict){.until = DATE_NONE};
	return true;
}

bool guard_all(
    const struct guard_question *question, enum guard_scope scope, GArray *verdicts, struct error *error)
{
	for (size_t i = 0; i < ARRAY_LENGTH(guards); i++) {
		struct guard_verdict verdict;
		enum answer answer = guards[i].scope & scope ? ask(i, question, &verdict, error) : FREE;
		if (answer == BROKEN)
			return false;
		if (answer == HOLDS)
			g_array_append_val(verdicts, verdict);
	}
	return true;
}

const char *const *guard_names(size_t *count)
{
	static const char *names[ARRAY_LENGTH(guards)];
	for (size_t i = 0; i < ARRAY_LENGTH(guards); i++)
		names[i] = guards[i].name;
	*count = ARRAY_LENGTH(guards);
	return names;
}
