/*
 * Two years of a creditor's life: customers of ten behaviours, the real planner, guards and composer, a
 * mail system that takes everything at once. Sending is switched on late, there is a cap of mails a day, and
 * in the second year the program is down for a week; some invoices are due in parts, some disputed in part.
 * Every day what went out is held against what the simulated world knows itself, not against the guards.
 * Usage: simulate [CUSTOMERS [INVOICES [DAYS]]]
 */
#include "base/base.h"

#include "base/holidays.h"
#include "dunning/chase.h"
#include "dunning/outcome.h"
#include "dunning/send.h"
#include "ledger/act.h"
#include "ledger/body.h"
#include "store/rows_journal.h"

#include <limits.h>
#include <unistd.h>

enum behaviour {
	PUNCTUAL,
	FORGETFUL,
	PROMISING,
	DISPUTING,
	HOLIDAY,
	BOUNCING,
	INSOLVENT,
	SILENT,
	PARTIAL,
	BY_RATES,
	BEHAVIOURS
};
static const char *const behaviour_words[BEHAVIOURS] = {"punctual", "forgetful", "promising", "disputing",
    "on holiday", "bouncing", "insolvent", "silent", "in part", "by rates"};
/* Of a hundred customers. */
static const int shares[BEHAVIOURS] = {46, 20, 9, 5, 4, 3, 2, 4, 4, 3};

#define FIRST_DAY	   20454 /* 2026-01-01 */
#define SENDING_SINCE	   60	 /* days */
#define DOWN_FROM	   400
#define DOWN_UNTIL	   407
#define CUSTOMERS_PER_MAIL 40 /* the cap of a day */
#define RATES		   3
#define DAYS_BETWEEN_RATES 30
#define PARTS_MOST	   3
#define DAYS_BETWEEN_PARTS 30

struct debtor {
	int64_t id;
	enum behaviour behaviour;
	bool insolvent;
	date_t last_mail, mail_before; /* DATE_NONE: none */
	date_t away_until;	       /* a hold that its absence note set */
};

/* What is due on one day; most bills have one. */
struct part {
	date_t due;
	int64_t total;
	int reminders;
	char steps[8][24]; /* taken by mail */
};

struct bill {
	int64_t id;
	struct debtor *debtor;
	date_t due, issued; /* DUE: of its last part */
	int64_t total, open;
	struct part parts[PARTS_MOST];
	int part_count;
	int64_t in_question; /* of an open dispute about a part of the amount; 0: none */
	date_t pays_on;	     /* DATE_NONE: not decided */
	int64_t pays;	     /* how much on that day; 0: all */
	date_t rates_from;   /* of an agreement on instalments: the first one's day; DATE_NONE: none runs */
	int rates_paid;
	date_t paid_on;
	date_t promised_until; /* last day on which it must not be chased */
	bool disputed, delivered;
	int reminders;
	int promises;
};

struct world {
	struct store *store;
	struct config config;
	struct zone *zone;
	struct dunning_site site;
	char folder[64];
	instant_t now;
	date_t today;
	uint64_t random;
	struct debtor *debtors;
	int debtor_count;
	struct bill *bills;
	int bill_count, issued_count;
	GHashTable *bill_of; /* gint64 id -> struct bill */
	GHashTable *debtor_of;
	GHashTable *by_step; /* name -> count */
	int cap, mails_today, most_mails;
	int64_t mails, bytes, tasks, plans_agreed, plans_broken, in_parts, disputed_in_part, violations,
	    late_days[BEHAVIOURS], paid[BEHAVIOURS], reminded[BEHAVIOURS];
};

static void stop(const struct error *error)
{
	fprintf(stderr, "simulate: %s\n", error->text);
	exit(1);
}

PRINTF_LIKE(2, 3)
static void violated(struct world *world, const char *format, ...)
{
	char day[DATE_TEXT_SIZE];
	va_list arguments;
	va_start(arguments, format);
	printf("%s: ", date_format(world->today, day));
	vprintf(format, arguments);
	printf("\n");
	va_end(arguments);
	if (++world->violations == 20)
		exit(1);
}

/* Deterministic: xorshift64. From 0 to BELOW - 1. */
static int chance(struct world *world, int below)
{
	world->random ^= world->random << 13;
	world->random ^= world->random >> 7;
	world->random ^= world->random << 17;
	return (int)((world->random >> 33) % (uint64_t)below);
}

typedef bool world_work(struct ledger *ledger, struct world *world, struct error *error);

/* A transaction of a person or of the clerk's reading. */
static void work(struct world *world, world_work *function)
{
	struct error error = {0};
	struct ledger ledger;
	if (!store_begin(world->store, &error))
		stop(&error);
	ledger_init(&ledger, world->store, &world->config, "clerk", world->now, world->today);
	if (!function(&ledger, world, &error) || !plan_touched(&ledger, &world->site, &error) ||
	    !store_commit(world->store, &error))
		stop(&error);
	ledger_clear(&ledger);
}

static bool make_debtors(struct ledger *ledger, struct world *world, struct error *error)
{
	for (int i = 0; i < world->debtor_count; i++) {
		struct debtor *debtor = &world->debtors[i];
		int share = i * 100 / world->debtor_count, sum = 0;
		while (share >= (sum += shares[debtor->behaviour]))
			debtor->behaviour++;
		debtor->last_mail = debtor->mail_before = debtor->away_until = DATE_NONE;
		char name[64], domain[64], address[96];
		snprintf(name, sizeof name, "Client %d SARL", i);
		snprintf(domain, sizeof domain, "client%d.example", i);
		snprintf(address, sizeof address, "compta@%s", domain);
		struct customer draft = {.company = (char *)"Le Goff",
		    .name = name,
		    .kind = (char *)"business",
		    .domain = domain,
		    .language = (char *)(i % 3 ? "fr" : "en")};
		if (!act_open_customer(ledger, &draft, &debtor->id, error) ||
		    !act_learn_contact(ledger, debtor->id, address, NULL, "invoice", error))
			return false;
		g_hash_table_insert(world->debtor_of, &debtor->id, debtor);
	}
	return true;
}

static bool deliver(struct ledger *ledger, const struct bill *bill, const char *word, struct error *error)
{
	struct event_about about = {.customer = bill->debtor->id, .receivable = bill->id};
	return journal_append(
	    ledger, EVENT_RECEIVABLE_DELIVERY, about, json_pack("{s:s}", "delivery", word), NULL, error);
}

/* Payments fill the earliest part first. */
static int64_t part_open(const struct bill *bill, int part)
{
	int64_t later = 0;
	for (int i = part + 1; i < bill->part_count; i++)
		later += bill->parts[i].total;
	return MIN(MAX(bill->open - later, 0), bill->parts[part].total);
}

/* What is in question lies on the latest parts. */
static int64_t part_free(const struct bill *bill, int part)
{
	int64_t left = bill->in_question, open = 0;
	for (int i = bill->part_count - 1; i >= part; i--) {
		open = part_open(bill, i);
		int64_t taken = MIN(open, left);
		left -= taken;
		open -= taken;
	}
	return open;
}

/* What is due by today. */
static int64_t due_now(const struct world *world, const struct bill *bill)
{
	int64_t sum = 0;
	for (int i = 0; i < bill->part_count; i++)
		sum += bill->parts[i].due <= world->today ? part_open(bill, i) : 0;
	return sum;
}

/* One of eight is due in three parts, of those who pay by themselves, when asked, or never. */
static void part(struct world *world, struct bill *bill)
{
	enum behaviour behaviour = bill->debtor->behaviour;
	bool several = (behaviour == PUNCTUAL || behaviour == FORGETFUL || behaviour == SILENT ||
			   behaviour == DISPUTING) &&
		       world->issued_count % 8 == 0;
	bill->part_count = several ? PARTS_MOST : 1;
	for (int i = 0; i < bill->part_count; i++)
		bill->parts[i] = (struct part){
		    .due = bill->due + i * DAYS_BETWEEN_PARTS, .total = bill->total / bill->part_count};
	bill->parts[bill->part_count - 1].total += bill->total % bill->part_count;
	bill->due = bill->parts[bill->part_count - 1].due;
	world->in_parts += several;
}

static bool issue_bill(struct ledger *ledger, struct world *world, struct error *error)
{
	struct bill *bill = &world->bills[world->issued_count++];
	bill->debtor = &world->debtors[chance(world, world->debtor_count)];
	bill->issued = world->today;
	bill->due = world->today + 30 + chance(world, 3) * 15;
	bill->total = bill->open = 1000 + chance(world, 1000000);
	bill->pays_on = bill->paid_on = bill->promised_until = bill->rates_from = DATE_NONE;
	part(world, bill);
	struct due_line_row lines[PARTS_MOST] = {0};
	for (int i = 0; i < bill->part_count; i++)
		lines[i] =
		    (struct due_line_row){.due_on = bill->parts[i].due, .amount = bill->parts[i].total};
	char number[32], message_id[64], subject[64];
	snprintf(number, sizeof number, "F%06d", world->issued_count);
	snprintf(message_id, sizeof message_id, "<%s@legoff.example>", number);
	snprintf(subject, sizeof subject, "Facture %s", number);
	struct receivable_draft draft = {.company = "Le Goff",
	    .customer = bill->debtor->id,
	    .number = number,
	    .kind = "invoice",
	    .issue_date = bill->issued,
	    .due_date = bill->due,
	    .currency = "EUR",
	    .total = bill->total,
	    .open = INT64_MIN,
	    .message_id = message_id,
	    .subject = subject,
	    .due_lines = lines,
	    .due_line_count = (size_t)bill->part_count};
	bool opened;
	if (!act_open_receivable(ledger, &draft, &bill->id, &opened, error))
		return false;
	g_hash_table_insert(world->bill_of, &bill->id, bill);
	bill->delivered = bill->debtor->behaviour != BOUNCING;
	if (bill->debtor->behaviour == PUNCTUAL)
		bill->pays_on = bill->parts[0].due - 3 + chance(world, 8);
	else if (bill->debtor->behaviour == BOUNCING)
		bill->pays_on = bill->due + 40 + chance(world, 20);
	return deliver(ledger, bill, bill->delivered ? "relayed" : "failed", error);
}

static bool load(struct ledger *ledger, const struct bill *bill, struct receivable *row, struct error *error)
{
	bool found;
	return receivable_get(ledger->store, bill->id, row, &found, error) && found;
}

static bool pay(
    struct ledger *ledger, struct world *world, struct bill *bill, int64_t amount, struct error *error)
{
	struct receivable row;
	if (!load(ledger, bill, &row, error))
		return false;
	bool done = act_pay(ledger, &row, amount, world->today, "virement", error);
	row_clear(&receivable_table, &row);
	bill->open -= amount;
	if (bill->open > 0)
		return done;
	bill->paid_on = world->today;
	enum behaviour behaviour = bill->debtor->behaviour;
	world->paid[behaviour]++;
	world->late_days[behaviour] += world->today - bill->due;
	return done;
}

/* One rate of an agreement; of five customers one leaves out the last. */
static bool pay_rate(struct ledger *ledger, struct world *world, struct bill *bill, struct error *error)
{
	int64_t rate = bill->total / RATES;
	bool last = bill->rates_paid == RATES - 1;
	if (last && bill->id % 5 == 0) {
		bill->rates_from = DATE_NONE;
		world->plans_broken++;
		return true;
	}
	bill->rates_paid++;
	bill->promised_until += DAYS_BETWEEN_RATES;
	if (last)
		bill->rates_from = DATE_NONE;
	return pay(ledger, world, bill, last ? bill->open : rate, error);
}

/* What the customer does about one bill today without being asked. */
static bool act_on_bill(struct ledger *ledger, struct world *world, struct bill *bill, struct error *error)
{
	if (!bill->delivered && world->today == bill->due + 20) {
		bill->delivered = true; /* the address was mended, and the invoice sent again */
		return deliver(ledger, bill, "relayed", error);
	}
	if ((bill->disputed || bill->in_question) && bill->pays_on != DATE_NONE &&
	    world->today == bill->pays_on - 3) {
		struct receivable row;
		if (!load(ledger, bill, &row, error))
			return false;
		bill->disputed = false;
		bill->in_question = 0;
		bool done = act_settle(ledger, &row, "agreed", error);
		row_clear(&receivable_table, &row);
		return done;
	}
	if (bill->rates_from != DATE_NONE &&
	    world->today == bill->rates_from + bill->rates_paid * DAYS_BETWEEN_RATES)
		return pay_rate(ledger, world, bill, error);
	if (bill->pays_on == DATE_NONE || world->today < bill->pays_on || bill->debtor->insolvent)
		return true;
	int64_t amount = bill->pays ? bill->pays : bill->open;
	bill->pays = 0;
	bill->pays_on = DATE_NONE;
	if (bill->part_count > 1) { /* the next part, and what is due beside it */
		int first = 0;
		while (part_open(bill, first) == 0)
			first++;
		amount = MAX(due_now(world, bill), part_open(bill, first));
		if (bill->debtor->behaviour == PUNCTUAL && amount < bill->open)
			bill->pays_on = bill->parts[first + 1].due - 3 + chance(world, 8);
	}
	return pay(ledger, world, bill, amount, error);
}

static bool day_begins(struct ledger *ledger, struct world *world, struct error *error)
{
	for (int i = 0; i < world->issued_count; i++)
		if (world->bills[i].paid_on == DATE_NONE &&
		    !act_on_bill(ledger, world, &world->bills[i], error))
			return false;
	for (int i = 0; i < world->debtor_count; i++) {
		struct debtor *debtor = &world->debtors[i];
		if (debtor->behaviour != INSOLVENT || debtor->insolvent || chance(world, 200))
			continue;
		debtor->insolvent = true;
		if (!journal_append(ledger, EVENT_CUSTOMER_CHANGED,
			(struct event_about){.customer = debtor->id},
			json_pack("{s:s}", "state", "insolvent"), NULL, error))
			return false;
	}
	return true;
}

static bool finish_tasks(struct ledger *ledger, struct world *world, struct error *error)
{
	GPtrArray *tasks = task_list(ledger->store, NULL, "open", error);
	if (!tasks)
		return false;
	for (guint i = 0; i < tasks->len; i++) {
		const struct task *task = tasks->pdata[i];
		struct outcome outcome = {.code = strcmp(task->kind, "call") != 0 ? NULL
						  : task->id % 2		  ? "voicemail"
										  : "reached",
		    .date = DATE_NONE};
		if (world->now - task->opened_at > 2 * 86400 &&
		    !outcome_apply(ledger, &world->site, task->id, &outcome, error))
			return false;
	}
	rows_free(&task_table, tasks);
	return true;
}

static bool promise(struct ledger *ledger, struct world *world, struct bill *bill, struct error *error)
{
	struct receivable row;
	if (!load(ledger, bill, &row, error))
		return false;
	date_t day = world->today + 5 + chance(world, 10);
	bool done = act_promise(ledger, &row, day, 0, 0, error);
	row_clear(&receivable_table, &row);
	bill->promised_until = day + world->config.promise_grace;
	bill->promises++;
	bool keeps = bill->promises > 1 || chance(world, 2);
	bill->pays_on = keeps ? day : DATE_NONE;
	return done;
}

/* Half of it on a day, and the rest when asked again. */
static bool promise_in_part(
    struct ledger *ledger, struct world *world, struct bill *bill, struct error *error)
{
	if (bill->promises)
		return promise(ledger, world, bill, error);
	if (!promise(ledger, world, bill, error))
		return false;
	bill->pays = bill->open / 2;
	bill->pays_on = bill->promised_until - world->config.promise_grace;
	return true;
}

/* Three rates, which a person accepts at once. */
static bool agree_on_rates(struct ledger *ledger, struct world *world, struct bill *bill, struct error *error)
{
	struct receivable row;
	struct plan_rate rates[RATES];
	if (bill->rates_paid) { /* they broke their word once */
		bill->pays_on = world->today + 3;
		return true;
	}
	if (!load(ledger, bill, &row, error))
		return false;
	bill->rates_from = world->today + 10;
	for (int i = 0; i < RATES; i++)
		rates[i] = (struct plan_rate){bill->rates_from + i * DAYS_BETWEEN_RATES, bill->total / RATES};
	rates[RATES - 1].amount = bill->total - (RATES - 1) * (bill->total / RATES);
	bill->promised_until = bill->rates_from + world->config.promise_grace;
	world->plans_agreed++;
	bool done = act_propose_plan(ledger, &row, rates, RATES, 0, NULL, error) &&
		    act_accept_plan(ledger, &row, error);
	row_clear(&receivable_table, &row);
	return done;
}

/* How a customer answers a reminder. */
static bool answer(struct ledger *ledger, struct world *world, struct bill *bill, struct error *error)
{
	struct receivable row;
	bool done = true;
	struct debtor *debtor = bill->debtor;
	if (bill->pays_on != DATE_NONE || bill->paid_on != DATE_NONE || bill->rates_from != DATE_NONE)
		return true;
	switch (debtor->behaviour) {
	case PARTIAL:
		return promise_in_part(ledger, world, bill, error);
	case BY_RATES:
		return agree_on_rates(ledger, world, bill, error);
	case FORGETFUL:
		if (bill->reminders >= 1 + (int)(bill->id % 2))
			bill->pays_on = world->today + 2 + chance(world, 6);
		break;
	case PROMISING:
		return promise(ledger, world, bill, error);
	case DISPUTING:
		if (bill->in_question)
			break;
		if (!load(ledger, bill, &row, error))
			return false;
		bill->in_question = bill->id % 2 ? bill->open / 2 : 0;
		done = act_dispute(ledger, &row, "quality", bill->in_question, NULL, 0, error);
		row_clear(&receivable_table, &row);
		bill->disputed = !bill->in_question;
		world->disputed_in_part += bill->in_question > 0;
		bill->pays_on = world->today + 25;
		break;
	case HOLIDAY:
		debtor->away_until = world->today + 12;
		done = act_hold(
		    ledger, debtor->id, NULL, "absence", debtor->away_until, "out of office", 0, error);
		bill->pays_on = bill->reminders > 1 ? world->today + 14 : DATE_NONE;
		break;
	default:
		break;
	}
	return done;
}

static bool answers_come(struct ledger *ledger, struct world *world, struct error *error)
{
	for (int i = 0; i < world->issued_count; i++) {
		struct bill *bill = &world->bills[i];
		if (bill->reminders && bill->debtor->last_mail == world->today && !bill->disputed &&
		    world->today > bill->promised_until && !answer(ledger, world, bill, error))
			return false;
	}
	return true;
}

static void check_item(struct world *world, const struct outbox_item *item, struct bill *bill)
{
	const struct debtor *debtor = bill->debtor;
	const char *number = item->step;
	int at = item->line > 0 ? (int)item->line - 1 : 0;
	if ((item->line > 0) != (bill->part_count > 1) || at >= bill->part_count) {
		violated(world, "%lld: a mail about part %d", (long long)bill->id, at + 1);
		return;
	}
	struct part *part = &bill->parts[at];
	if (bill->paid_on != DATE_NONE)
		violated(world, "%lld is paid and was chased (%s)", (long long)bill->id, number);
	if (bill->disputed)
		violated(world, "%lld is disputed and was chased", (long long)bill->id);
	if (bill->promised_until != DATE_NONE && world->today <= bill->promised_until)
		violated(world, "%lld is promised and was chased", (long long)bill->id);
	if (!bill->delivered)
		violated(world, "%lld was never delivered and was chased", (long long)bill->id);
	if (debtor->insolvent)
		violated(world, "%lld is of an insolvent customer and was chased", (long long)bill->id);
	if (debtor->away_until != DATE_NONE && world->today < debtor->away_until)
		violated(world, "%lld was chased while they are away", (long long)bill->id);
	if (world->today <= part->due)
		violated(world, "%lld was chased before it was due", (long long)bill->id);
	if (part_free(bill, at) == 0)
		violated(
		    world, "%lld part %d is paid or disputed and was chased", (long long)bill->id, at + 1);
	if (item->amount != (bill->part_count > 1 ? part_free(bill, at) : bill->open - bill->in_question))
		violated(world, "%lld: another amount was asked for", (long long)bill->id);
	if (!*item->step)
		return;
	/* neither a late start nor a downtime leaves a step out */
	if ((strcmp(item->step, "first-reminder") == 0) != (part->reminders == 0))
		violated(
		    world, "%lld: %s is its step %d", (long long)bill->id, item->step, part->reminders + 1);
	for (int i = 0; i < 8; i++) {
		if (strcmp(part->steps[i], item->step) == 0)
			violated(world, "%lld got %s twice", (long long)bill->id, item->step);
		if (!*part->steps[i]) {
			snprintf(part->steps[i], sizeof part->steps[i], "%s", item->step);
			break;
		}
	}
	part->reminders++;
	bill->reminders++;
	world->reminded[debtor->behaviour]++;
	int count = GPOINTER_TO_INT(g_hash_table_lookup(world->by_step, item->step));
	g_hash_table_insert(world->by_step, g_strdup(item->step), GINT_TO_POINTER(count + 1));
}

/* The mail system: takes the mail, and holds it against the world. */
static int submit(void *data, const struct outbox *mail, GBytes *bytes)
{
	struct world *world = data;
	struct error error = {0};
	struct debtor *debtor = g_hash_table_lookup(world->debtor_of, &mail->customer);
	GPtrArray *items = outbox_item_list(world->store, mail->id, &error);
	if (!items)
		stop(&error);
	for (guint i = 0; i < items->len; i++) {
		const struct outbox_item *item = items->pdata[i];
		check_item(world, item, g_hash_table_lookup(world->bill_of, &item->receivable));
	}
	rows_free(&outbox_item_table, items);
	if (++world->mails_today > world->cap)
		violated(world, "more mails than the cap");
	if (!business_day("FR", NULL, world->today))
		violated(world, "a mail on a day of rest");
	if (debtor->last_mail != DATE_NONE && world->today - debtor->last_mail < world->config.minimum_gap)
		violated(world, "customer %lld: two mails within the gap", (long long)debtor->id);
	if (debtor->mail_before != DATE_NONE && world->today - debtor->mail_before < 7)
		violated(world, "customer %lld: three mails in a week", (long long)debtor->id);
	debtor->mail_before = debtor->last_mail;
	debtor->last_mail = world->today;
	world->mails++;
	world->bytes += (int64_t)g_bytes_get_size(bytes);
	return 0;
}

static void tick(struct world *world)
{
	struct error error = {0};
	struct dunning_tick did;
	do {
		if (!dunning_tick(world->store, &world->config, &world->site, world->now, &did, &error))
			stop(&error);
		world->tasks += did.tasks;
	} while (did.next <= world->now);
}

/* One action of a bill, or of a part of it (AT from 0; -1: the whole). */
static bool is_planned(GHashTable *planned, const struct bill *bill, int at)
{
	gint64 key = bill->id * 8 + at + 1;
	return g_hash_table_contains(planned, &key);
}

static bool has_ended(struct world *world, const struct bill *bill, int at)
{
	struct error error = {0};
	GPtrArray *lines = due_line_list(world->store, bill->id, &error);
	if (!lines)
		stop(&error);
	const char *last = ((const struct due_line_row *)lines->pdata[at])->last_step;
	bool ended = last && strcmp(last, "formal-notice") == 0;
	rows_free(&due_line_table, lines);
	return ended;
}

/* Everything that is open, and each part of it, has a next step or has had the last one. */
static void check_plans(struct world *world)
{
	struct error error = {0};
	GPtrArray *open = receivable_list(world->store, NULL, "open", &error);
	GPtrArray *actions = action_list(world->store, NULL, &error);
	if (!open || !actions)
		stop(&error);
	GHashTable *planned = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	for (guint i = 0; i < actions->len; i++) {
		const struct action *action = actions->pdata[i];
		gint64 *key = g_new(gint64, 1);
		*key = action->receivable * 8 + action->line;
		g_hash_table_add(planned, key);
	}
	for (guint i = 0; i < open->len; i++) {
		const struct receivable *row = open->pdata[i];
		const struct bill *bill = g_hash_table_lookup(world->bill_of, &row->id);
		bool ended = row->last_step && strcmp(row->last_step, "formal-notice") == 0;
		if (bill->part_count == 1 && !is_planned(planned, bill, -1) && !ended)
			violated(world, "%s is open and has no next step", row->number);
		for (int at = 0; bill->part_count > 1 && at < bill->part_count; at++) {
			bool is = is_planned(planned, bill, at);
			if (part_open(bill, at) == 0 && is)
				violated(
				    world, "%s part %d is paid and has a next step", row->number, at + 1);
			if (part_open(bill, at) > world->config.tolerance && !is &&
			    !has_ended(world, bill, at))
				violated(
				    world, "%s part %d is open and has no next step", row->number, at + 1);
		}
	}
	g_hash_table_unref(planned);
	rows_free(&action_table, actions);
	rows_free(&receivable_table, open);
}

static void check_books(struct world *world)
{
	struct error error = {0};
	int64_t count;
	for (int i = 0; i < world->issued_count; i++) {
		const struct bill *bill = &world->bills[i];
		GPtrArray *entries = entry_list(world->store, bill->id, &error);
		int64_t sum = 0;
		for (guint e = 0; entries && e < entries->len; e++)
			sum += ((const struct entry *)entries->pdata[e])->amount;
		rows_free(&entry_table, entries);
		if (sum != bill->open)
			violated(world, "%lld: the entries do not add up", (long long)bill->id);
	}
	if (!journal_verify(world->store, &count, &error))
		stop(&error);
	printf("journal: %lld events, chain intact\n", (long long)count);
}

static bool issue_today(struct ledger *ledger, struct world *world, struct error *error)
{
	int wanted = (int)((int64_t)world->bill_count * (world->today - FIRST_DAY + 1) / 730);
	while (world->issued_count < world->bill_count && world->issued_count < wanted)
		if (!issue_bill(ledger, world, error))
			return false;
	return true;
}

static void open_world(struct world *world, int customers, int bills)
{
	struct error error = {0};
	const char *source = getenv("srcdir");
	char templates[PATH_MAX], path[128];
	*world = (struct world){.folder = "/dev/shm/relance-simulate-XXXXXX",
	    .random = 88172645463325252u,
	    .cap = customers / CUSTOMERS_PER_MAIL};
	if (!mkdtemp(world->folder) || !realpath(source ? source : "..", templates))
		exit(1);
	struct buffer text = BUFFER_EMPTY;
	buffer_printf(&text,
	    "company \"Le Goff\" { domains = {legoff.example} senders = {facturation@legoff.example} "
	    "language = fr\n"
	    " iban = {\"FR7630006000011234567890189\"} }\n"
	    "sending = off daily_cap = %d state_dir = \"%s\" template_dir = \"%s/conf/templates\" "
	    "template_extra_dir = \"\"\n",
	    world->cap, world->folder, templates);
	if (!config_parse("simulate", text.bytes, &world->config, &error))
		stop(&error);
	buffer_clear(&text);
	snprintf(path, sizeof path, "%s/relance.db", world->folder);
	world->store = store_open(path, STORE_CREATE, &error);
	world->zone = zone_new("Europe/Paris", &error);
	if (!world->store || !world->zone)
		stop(&error);
	world->site = (struct dunning_site){.zone = world->zone, .submit = submit, .submit_data = world};
	world->debtor_count = customers;
	world->bill_count = bills;
	world->debtors = g_new0(struct debtor, (gsize)customers);
	world->bills = g_new0(struct bill, (gsize)bills);
	world->bill_of = g_hash_table_new(g_int64_hash, g_int64_equal);
	world->debtor_of = g_hash_table_new(g_int64_hash, g_int64_equal);
	world->by_step = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

static void close_world(struct world *world)
{
	char command[96];
	store_close(world->store);
	zone_free(world->zone);
	config_clear(&world->config);
	g_free(world->debtors);
	g_free(world->bills);
	g_hash_table_unref(world->bill_of);
	g_hash_table_unref(world->debtor_of);
	g_hash_table_unref(world->by_step);
	snprintf(command, sizeof command, "rm -rf %s", world->folder);
	if (system(command) != 0)
		exit(1);
}

static void report(const struct world *world)
{
	printf("%lld invoices due in parts, %lld disputed in part\n", (long long)world->in_parts,
	    (long long)world->disputed_in_part);
	printf("%d customers, %d invoices: %lld mails (%lld kB), %d on the fullest day, %lld tasks, %lld "
	       "instalment "
	       "plans (%lld broken)\n",
	    world->debtor_count, world->issued_count, (long long)world->mails, (long long)world->bytes / 1000,
	    world->most_mails, (long long)world->tasks, (long long)world->plans_agreed,
	    (long long)world->plans_broken);
	GHashTableIter iterator;
	gpointer step, count;
	g_hash_table_iter_init(&iterator, world->by_step);
	while (g_hash_table_iter_next(&iterator, &step, &count))
		printf("  %-16s %6d items\n", (const char *)step, GPOINTER_TO_INT(count));
	for (int i = 0; i < BEHAVIOURS; i++)
		printf("  %-10s paid %6lld, %3lld days late on average, reminded %6lld times\n",
		    behaviour_words[i], (long long)world->paid[i],
		    (long long)(world->paid[i] ? world->late_days[i] / world->paid[i] : 0),
		    (long long)world->reminded[i]);
}

static int argument(int count, char **arguments, int index, int fallback)
{
	return count > index ? (int)strtol(arguments[index], NULL, 10) : fallback;
}

int main(int count, char **arguments)
{
	struct world world;
	open_world(&world, argument(count, arguments, 1, 2000), argument(count, arguments, 2, 20000));
	int days = argument(count, arguments, 3, 730);
	world.today = FIRST_DAY;
	world.now = zone_instant(world.zone, world.today, 10 * 3600);
	work(&world, make_debtors);
	for (int i = 0; i < days; i++, world.today++) {
		world.now = zone_instant(world.zone, world.today, 10 * 3600);
		world.mails_today = 0;
		if (i == SENDING_SINCE)
			world.config.sending = SENDING_ON;
		work(&world, issue_today);
		work(&world, day_begins);
		bool down = i >= DOWN_FROM && i < DOWN_UNTIL;
		if (!down) {
			work(&world, finish_tasks);
			tick(&world);
		}
		work(&world, answers_come);
		world.most_mails = MAX(world.most_mails, world.mails_today);
		if (date_weekday(world.today) == FRIDAY || i + 1 == days)
			check_plans(&world);
	}
	report(&world);
	check_books(&world);
	printf("%lld violations\n", (long long)world.violations);
	bool sound = world.violations == 0;
	close_world(&world);
	return sound ? 0 : 1;
}
