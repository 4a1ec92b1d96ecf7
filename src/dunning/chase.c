#include "base/base.h"
#include "dunning/chase.h"

#include "base/holidays.h"
#include "base/money.h"

/* Somewhat more than the seven civil days that the weekly cap looks at. */
#define WEEK_SECONDS (8 * 86400)

static void customer_free(void *data)
{
	struct desk_customer *customer = data;
	row_clear(&customer_table, &customer->row);
	rows_free(&contact_table, customer->contacts);
	rows_free(&receivable_table, customer->open);
	rows_free(&outbox_table, customer->mails);
	rows_free(&outbox_table, customer->twin_mails);
	g_free(customer);
}

/* Who is not verified could write anew whenever the time is nearly over: of such messages the oldest that
 * nobody has looked at counts, of verified ones the latest. */
bool review_outweighs(const struct message_row *message, const struct message_row *other)
{
	if (!other || (message->authenticated != 0) != (other->authenticated != 0))
		return !other || message->authenticated;
	return message->authenticated ? message->received_at > other->received_at
				      : message->received_at < other->received_at;
}

static bool load_review(struct desk *desk, struct error *error)
{
	struct store *store = desk->ledger->store;
	desk->review = message_list_of_state(store, "review", error);
	if (!desk->review)
		return false;
	for (guint i = 0; i < desk->review->len; i++) {
		struct message_row *message = g_ptr_array_index(desk->review, i);
		GPtrArray *links = link_list_of_message(store, message->id, error);
		if (!links)
			return false;
		for (guint j = 0; j < links->len; j++) {
			const struct link *link = g_ptr_array_index(links, j);
			if (strcmp(link->status, "refused") == 0)
				continue;
			gint64 *key = g_new(gint64, 1);
			*key = link->receivable;
			if (review_outweighs(message, g_hash_table_lookup(desk->reviewed_receivables, key)))
				g_hash_table_replace(desk->reviewed_receivables, key, message);
			else
				g_free(key);
		}
		rows_free(&link_table, links);
	}
	return true;
}

bool desk_init(struct desk *desk, struct ledger *ledger, const struct dunning_site *site, struct error *error)
{
	*desk = (struct desk){.ledger = ledger, .site = site};
	desk->customers = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, customer_free);
	desk->reviewed_receivables = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	desk->nothing = g_ptr_array_new();
	desk->unread = site && site->unread ? site->unread(site->unread_data) : 0;
	if (load_review(desk, error))
		return true;
	desk_clear(desk);
	return false;
}

bool desk_prepare(struct desk *desk, struct error *error)
{
	for (int i = 0; i < CASE_SET_COUNT; i++)
		if (!(desk->sets[i] = case_set(desk->ledger->store, (enum case_set)i, error)))
			return false;
	return true;
}

void desk_clear(struct desk *desk)
{
	for (int i = 0; i < CASE_SET_COUNT; i++)
		g_clear_pointer(&desk->sets[i], g_hash_table_unref);
	if (desk->customers)
		g_hash_table_unref(desk->customers);
	if (desk->reviewed_receivables)
		g_hash_table_unref(desk->reviewed_receivables);
	g_clear_pointer(&desk->nothing, g_ptr_array_unref);
	rows_free(&message_table, desk->review);
	*desk = (struct desk){0};
}

void desk_forget(struct desk *desk, int64_t customer)
{
	gint64 key = customer;
	g_hash_table_remove(desk->customers, &key);
}

static void later(date_t *day, date_t other)
{
	if (other != DATE_NONE && (*day == DATE_NONE || other > *day))
		*day = other;
}

bool mail_has_left(const struct outbox *mail)
{
	return strcmp(mail->state, "submitted") == 0 || strcmp(mail->state, "seen") == 0;
}

bool mail_is_courtesy(const struct outbox *mail)
{
	return strcmp(mail->step, "thanks") == 0 || strcmp(mail->step, "instalment") == 0;
}

bool mail_is_contact(const struct outbox *mail)
{
	return mail_has_left(mail) && !mail_is_courtesy(mail);
}

/* The customer's own, then that of its kind (public, consumer), then the company's. */
static void find_ladder(struct desk_customer *customer, const struct config *config)
{
	const char *own = customer->row.ladder, *kind = customer->row.kind;
	if (own && *own) {
		customer->ladder = config_ladder(config, own);
		customer->ladder_from = "customer";
	} else if (strcmp(kind, "business") != 0 && config_ladder(config, kind)) {
		customer->ladder = config_ladder(config, kind);
		customer->ladder_from = "kind";
	} else {
		customer->ladder =
		    customer->company ? config_ladder(config, customer->company->ladder) : NULL;
		customer->ladder_from = "company";
	}
}

/* What follows from the rows of a customer. */
static void finish_customer(const struct desk *desk, struct desk_customer *customer)
{
	const struct config *config = desk->ledger->config;
	customer->company = config_company(config, customer->row.company);
	find_ladder(customer, config);
	customer->language = customer->row.language && *customer->row.language ? customer->row.language
			     : customer->company			       ? customer->company->language
									       : "en";
	bool own = customer->row.country && *customer->row.country;
	customer->country = own ? customer->row.country : customer->company ? customer->company->country : "";
	customer->region = own ? customer->row.region : customer->company ? customer->company->region : "";
	if (!customer->region)
		customer->region = "";
	customer->last_contact_on = DATE_NONE;
	for (guint i = 0; i < customer->open->len; i++) {
		const struct receivable *receivable = g_ptr_array_index(customer->open, i);
		later(&customer->last_contact_on, receivable->last_contact_on);
	}
	for (guint i = 0; i < customer->mails->len; i++) {
		const struct outbox *mail = g_ptr_array_index(customer->mails, i);
		if (mail_is_contact(mail))
			later(&customer->last_contact_on, zone_date(desk->site->zone, mail->submitted_at));
	}
}

static bool load_twins(const struct desk *desk, struct desk_customer *customer, struct error *error)
{
	const struct config *config = desk->ledger->config;
	return config->company_count < 2 || !config->weekly_cap ||
	       (customer->twin_mails = outbox_list_of_twins(
		    desk->ledger->store, &customer->row, desk->ledger->now - WEEK_SECONDS, error));
}

static bool load_customer(struct desk *desk, struct desk_customer *customer, int64_t id, struct error *error)
{
	struct store *store = desk->ledger->store;
	bool found;
	if (!customer_get(store, id, &customer->row, &found, error))
		return false;
	if (!found)
		return error_set(error, STATUS_SOFTWARE, "customer %lld is not there", (long long)id);
	if (!(customer->contacts = contact_list(store, id, error)) ||
	    !(customer->open = receivable_list_on_account(store, id, error)) ||
	    !(customer->mails = outbox_list_of_customer(store, id, error)) ||
	    !load_twins(desk, customer, error))
		return false;
	finish_customer(desk, customer);
	return true;
}

static void remember(struct desk *desk, struct desk_customer *customer)
{
	gint64 *key = g_new(gint64, 1);
	*key = customer->row.id;
	g_hash_table_insert(desk->customers, key, customer);
}

/* A row's customer: ids, for parting rows among customers. */
typedef int64_t customer_of(const void *row);

static int64_t customer_of_contact(const void *row)
{
	return ((const struct contact *)row)->customer;
}

static int64_t customer_of_receivable(const void *row)
{
	return ((const struct receivable *)row)->customer;
}

static int64_t customer_of_mail(const void *row)
{
	return ((const struct outbox *)row)->customer;
}

/* The rows from AT on that are of customer ID, in an array of their own; both are sorted by customer. */
static GPtrArray *part_off(const GPtrArray *rows, guint *at, int64_t id, customer_of *of)
{
	GPtrArray *own = g_ptr_array_new();
	while (*at < rows->len && of(rows->pdata[*at]) == id)
		g_ptr_array_add(own, rows->pdata[(*at)++]);
	return own;
}

bool desk_load(struct desk *desk, GPtrArray *rows, int64_t after, int64_t last, struct error *error)
{
	struct store *store = desk->ledger->store;
	GPtrArray *contacts = contact_list_range(store, after, last, error);
	GPtrArray *open = contacts ? receivable_list_on_account_range(store, after, last, error) : NULL;
	GPtrArray *mails = open ? outbox_list_range(store, after, last, error) : NULL;
	guint contact = 0, receivable = 0, mail = 0;
	bool done = mails;
	for (guint i = 0; done && i < rows->len; i++) {
		struct desk_customer *customer = g_new0(struct desk_customer, 1);
		customer->row = *(struct customer *)rows->pdata[i];
		g_free(rows->pdata[i]);
		int64_t id = customer->row.id;
		customer->contacts = part_off(contacts, &contact, id, customer_of_contact);
		customer->open = part_off(open, &receivable, id, customer_of_receivable);
		customer->mails = part_off(mails, &mail, id, customer_of_mail);
		finish_customer(desk, customer);
		remember(desk, customer);
		done = load_twins(desk, customer, error);
	}
	if (!mails)
		rows_free(&customer_table, rows);
	else
		g_ptr_array_free(rows, TRUE);
	GPtrArray *parted[] = {mails ? contacts : NULL, mails ? open : NULL, mails};
	for (size_t i = 0; i < ARRAY_LENGTH(parted); i++)
		if (parted[i])
			g_ptr_array_free(parted[i], TRUE);
	return done;
}

void desk_forget_all(struct desk *desk)
{
	g_hash_table_remove_all(desk->customers);
}

struct desk_customer *desk_customer(struct desk *desk, int64_t id, struct error *error)
{
	gint64 key = id;
	struct desk_customer *customer = g_hash_table_lookup(desk->customers, &key);
	if (customer)
		return customer;
	customer = g_new0(struct desk_customer, 1);
	if (!load_customer(desk, customer, id, error)) {
		customer_free(customer);
		return NULL;
	}
	remember(desk, customer);
	return customer;
}

date_t promise_last_day(const struct config *config, const struct promise *promise)
{
	if (promise->promised_on == DATE_NONE)
		return promise->made_on + config->hold_ack;
	date_t day = promise->promised_on;
	while (!bank_day(day))
		day++;
	return day + config->promise_grace;
}

bool receivable_is_chased(const struct config *config, const struct receivable *receivable)
{
	return strcmp(receivable->state, "open") == 0 && strcmp(receivable->kind, "credit_note") != 0 &&
	       receivable->open > config->tolerance;
}

/* A broken word counts until the next step is taken, and for what was due when it was broken. */
static bool is_news(const struct chase *chase, date_t broken_on)
{
	date_t last = chase->last_step_on;
	return (last == DATE_NONE || broken_on > last) && chase->standing.due_on < broken_on;
}

static void find_broken(struct chase *chase)
{
	const struct config *config = chase->desk->ledger->config;
	chase->broken_on = DATE_NONE;
	chase->broken = NULL;
	for (guint i = 0; i < chase->plans->len; i++) {
		const struct instalment_plan *plan = chase->plans->pdata[i];
		if (strcmp(plan->state, "broken") == 0 && is_news(chase, plan->ended_on))
			later(&chase->broken_on, plan->ended_on);
	}
	for (guint i = 0; i < chase->promises->len; i++) {
		const struct promise *promise = g_ptr_array_index(chase->promises, i);
		if (strcmp(promise->state, "broken") != 0 && strcmp(promise->state, "partly") != 0)
			continue;
		date_t broken_on = promise_last_day(config, promise) + 1;
		if (is_news(chase, broken_on)) {
			later(&chase->broken_on, broken_on);
			chase->broken = promise;
		}
	}
}

static void find_running(struct chase *chase)
{
	for (guint i = 0; i < chase->promises->len; i++) {
		const struct promise *promise = g_ptr_array_index(chase->promises, i);
		if (strcmp(promise->state, "running") == 0)
			chase->running = promise;
	}
}

static bool find_plans(struct chase *chase, struct error *error)
{
	const struct ledger *ledger = chase->desk->ledger;
	for (guint i = 0; i < chase->plans->len; i++) {
		const struct instalment_plan *plan = chase->plans->pdata[i];
		if (strcmp(plan->state, "accepted") == 0)
			chase->plan = plan;
	}
	if (!chase->plan)
		return true;
	if (!(chase->rates = instalment_list(ledger->store, chase->plan->id, error)))
		return false;
	instalments_stand(ledger->config, chase->plan, chase->rates, chase->receivable->open, &chase->rate);
	return true;
}

/* ---- due lines ---- */

static void fill_lines(struct chase *chase)
{
	const struct receivable *receivable = chase->receivable;
	for (guint i = 0; i < chase->rows->len; i++) {
		const struct due_line_row *row = chase->rows->pdata[i];
		int64_t open = due_line_open(receivable->total, receivable->open, chase->rows, i);
		struct chase_line line = {
		    row->due_on, row->amount, open, 0, row->last_step, row->last_step_on};
		g_array_append_val(chase->lines, line);
	}
}

/* AMOUNT more of LINE is disputed, as far as there is so much open; what is left of it. */
static int64_t dispute_line(struct chase_line *line, int64_t amount)
{
	int64_t part = MIN(amount, line->open - line->disputed);
	line->disputed += part;
	return amount - part;
}

/* AMOUNT of a dispute that names the line at INDEX; what lies on no line of it or after it. As far as that is
 * paid it lies on the next ones: a payment that was meant for them has filled the line in dispute. */
static int64_t dispute_from(struct chase *chase, guint index, int64_t amount)
{
	struct chase_line *named = &g_array_index(chase->lines, struct chase_line, index);
	int64_t left = dispute_line(named, amount);
	int64_t paid = MIN(left, MAX(named->amount - named->open, 0)), moved = paid;
	for (guint i = index + 1; i < chase->lines->len; i++)
		moved = dispute_line(&g_array_index(chase->lines, struct chase_line, i), moved);
	return left - paid + moved;
}

/* Disputes that name a due line first; an amount that names none lies on the latest lines: what is paid first
 * is what was not called into question. */
static void dispute_lines(struct chase *chase)
{
	guint count = chase->lines->len;
	for (int named = 1; named >= 0; named--)
		for (guint i = 0; i < chase->disputes->len; i++) {
			const struct dispute *dispute = chase->disputes->pdata[i];
			if ((dispute->due_on != DATE_NONE) != (named == 1))
				continue;
			int64_t left = dispute->amount ? dispute->amount : INT64_MAX;
			for (guint j = 0; named && j < count; j++) {
				struct chase_line *line = &g_array_index(chase->lines, struct chase_line, j);
				if (line->due_on == dispute->due_on)
					left = dispute->amount ? dispute_from(chase, j, left)
							       : dispute_line(line, left);
			}
			/* all of one line is not more than that */
			for (guint j = count; (dispute->amount || !named) && j-- > 0;)
				left = dispute_line(&g_array_index(chase->lines, struct chase_line, j), left);
		}
}

/* Where it is chased by its own due lines. */
static void make_lines(struct chase *chase)
{
	if (chase->plan || chase->rows->len < 2 || chase->receivable->total <= 0)
		return;
	chase->lines = g_array_new(FALSE, FALSE, sizeof(struct chase_line));
	fill_lines(chase);
	dispute_lines(chase);
}

static void stand_on_line(struct chase *chase, const struct chase_line *line)
{
	bool overdue = line->due_on < chase->desk->ledger->today;
	chase->standing = (struct standing){
	    .due_on = line->due_on,
	    .amount = line->amount,
	    .open = line->open,
	    .overdue = overdue ? line->open - line->disputed : 0,
	    .disputed = line->disputed,
	    .paid = line->amount - line->open,
	    .line_count = (int)chase->lines->len,
	    .line_open = line->open,
	};
}

/* All due lines together. */
static void stand_on_lines(struct chase *chase)
{
	struct standing *standing = &chase->standing;
	standing->line_count = (int)chase->lines->len;
	for (guint i = 0; i < chase->lines->len; i++) {
		const struct chase_line *line = &g_array_index(chase->lines, struct chase_line, i);
		standing->disputed += line->disputed;
		if (line->due_on < chase->desk->ledger->today)
			standing->overdue += line->open - line->disputed;
	}
}

static int64_t disputed_of_all(const struct chase *chase)
{
	int64_t disputed = 0, open = MAX(chase->receivable->open, 0);
	for (guint i = 0; i < chase->disputes->len; i++) {
		const struct dispute *dispute = g_ptr_array_index(chase->disputes, i);
		if (!dispute->amount || __builtin_add_overflow(disputed, dispute->amount, &disputed))
			disputed = open;
		disputed = MIN(disputed, open);
	}
	return disputed;
}

/* Payments since the agreement fill its rates from the earliest on. */
static void stand_on_rates(struct chase *chase)
{
	struct standing *standing = &chase->standing;
	int64_t tolerance = chase->desk->ledger->config->tolerance;
	int64_t left = MAX(chase->plan->base - chase->receivable->open, 0);
	bool found = false;
	standing->line_count = (int)chase->rates->len;
	for (guint i = 0; i < chase->rates->len; i++) {
		const struct instalment_row *rate = chase->rates->pdata[i];
		int64_t covered = MIN(left, rate->amount), open = rate->amount - covered;
		left -= covered;
		if (!found && (open > tolerance || i + 1 == chase->rates->len)) {
			found = true;
			standing->due_on = rate->due_on;
			standing->line = (int)i;
			standing->line_open = open;
		}
		if (rate->due_on < chase->desk->ledger->today)
			standing->overdue += open;
	}
	standing->overdue -= MIN(standing->disputed, standing->overdue);
}

static void stand_as_a_whole(struct chase *chase)
{
	const struct receivable *receivable = chase->receivable;
	struct standing *standing = &chase->standing;
	*standing = (struct standing){
	    .due_on = receivable->due_date,
	    .amount = receivable->total,
	    .open = receivable->open,
	    .paid = receivable->total - receivable->open,
	    .line_count = 1,
	    .line_open = receivable->open,
	};
	if (chase->lines) {
		stand_on_lines(chase);
		return;
	}
	standing->disputed = disputed_of_all(chase);
	if (chase->plan && chase->rates->len)
		stand_on_rates(chase);
	else if (receivable->due_date < chase->desk->ledger->today)
		standing->overdue = MAX(receivable->open - standing->disputed, 0);
}

void chase_select(struct chase *chase, int64_t number)
{
	const struct chase_line *line = NULL;
	if (chase->lines && number > 0 && number <= (int64_t)chase->lines->len)
		line = &g_array_index(chase->lines, struct chase_line, number - 1);
	chase->line = line ? number : 0;
	chase->last_step = line ? line->last_step : chase->receivable->last_step;
	chase->last_step_on = line ? line->last_step_on : chase->receivable->last_step_on;
	if (line)
		stand_on_line(chase, line);
	else
		stand_as_a_whole(chase);
	find_broken(chase);
}

bool chase_next_line(struct chase *chase)
{
	for (int64_t number = chase->line + 1; chase->lines && number <= (int64_t)chase->lines->len;
	     number++) {
		const struct chase_line *line = &g_array_index(chase->lines, struct chase_line, number - 1);
		if (line->open <= chase->desk->ledger->config->tolerance)
			continue;
		chase_select(chase, number);
		return true;
	}
	return false;
}

/* Whether the store may have rows of SET for this id. */
static bool may_have(const struct desk *desk, enum case_set set, int64_t id)
{
	gint64 key = id;
	return !desk->sets[set] || g_hash_table_contains(desk->sets[set], &key);
}

static bool load_around(struct chase *chase, struct error *error)
{
	const struct desk *desk = chase->desk;
	struct store *store = desk->ledger->store;
	int64_t id = chase->receivable->id, customer = chase->receivable->customer;
	chase->rows =
	    may_have(desk, CASE_LINES, id) ? due_line_list(store, id, error) : g_ptr_array_ref(desk->nothing);
	chase->promises = may_have(desk, CASE_PROMISES, id) ? promise_list(store, id, NULL, error)
							    : g_ptr_array_ref(desk->nothing);
	chase->disputes = may_have(desk, CASE_DISPUTES, id) ? dispute_list(store, id, "open", error)
							    : g_ptr_array_ref(desk->nothing);
	chase->holds = may_have(desk, CASE_HOLDS, customer) ? hold_list(store, customer, id, error)
							    : g_ptr_array_ref(desk->nothing);
	chase->tasks = may_have(desk, CASE_TASKS, id) ? task_list_of_receivable(store, id, "open", error)
						      : g_ptr_array_ref(desk->nothing);
	chase->plans = may_have(desk, CASE_PLANS, id) ? instalment_plan_list(store, id, NULL, error)
						      : g_ptr_array_ref(desk->nothing);
	return chase->plans && chase->rows && chase->promises && chase->disputes && chase->holds &&
	       chase->tasks;
}

bool chase_init(
    struct chase *chase, struct desk *desk, const struct receivable *receivable, struct error *error)
{
	*chase = (struct chase){.desk = desk, .receivable = receivable};
	if (!(chase->customer = desk_customer(desk, receivable->customer, error)) ||
	    !load_around(chase, error) || !find_plans(chase, error)) {
		chase_clear(chase);
		return false;
	}
	bool own = receivable->ladder && *receivable->ladder;
	chase->ladder =
	    own ? config_ladder(desk->ledger->config, receivable->ladder) : chase->customer->ladder;
	chase->ladder_from = own ? "invoice" : chase->customer->ladder_from;
	find_running(chase);
	make_lines(chase);
	/* the earliest that is not paid; where only trifles are open, the last one */
	chase_select(chase, 0);
	if (chase->lines && !chase_next_line(chase))
		chase_select(chase, chase->lines->len);
	return true;
}

void chase_clear(struct chase *chase)
{
	rows_free(&due_line_table, chase->rows);
	g_clear_pointer(&chase->lines, g_array_unref);
	rows_free(&promise_table, chase->promises);
	rows_free(&instalment_plan_table, chase->plans);
	rows_free(&instalment_table, chase->rates);
	rows_free(&dispute_table, chase->disputes);
	rows_free(&hold_table, chase->holds);
	rows_free(&task_table, chase->tasks);
	*chase = (struct chase){0};
}

/* Steps taken for an earlier rate do not count for the one that is open now. */
static bool steps_are_of_this_rate(const struct chase *chase)
{
	const struct standing *standing = &chase->standing;
	if (standing->line == 0)
		return true;
	const struct ladder_config *ladder = chase->ladder;
	int first = 0;
	for (size_t i = 0; i < ladder->step_count; i++)
		if (ladder->steps[i].anchor == ANCHOR_DUE && ladder->steps[i].offset < first)
			first = ladder->steps[i].offset;
	date_t last = chase->last_step_on;
	return last != DATE_NONE && last >= standing->due_on + first;
}

/* Minor units as thousandths of the unit. */
static int64_t thousandths_of(int64_t minor, const char *currency)
{
	int exponent = currency_exponent(currency);
	for (; exponent >= 0 && exponent < 3; exponent++)
		if (__builtin_mul_overflow(minor, 10, &minor))
			return INT64_MAX;
	for (; exponent > 3; exponent--)
		minor /= 10;
	return minor;
}

void chase_place(const struct chase *chase, struct ladder_place *place)
{
	const struct desk_customer *customer = chase->customer;
	bool same = !chase->ladder || steps_are_of_this_rate(chase);
	*place = (struct ladder_place){
	    .last_step = same ? chase->last_step : NULL,
	    .last_step_on = same ? chase->last_step_on : DATE_NONE,
	    .due_on = chase->standing.due_on,
	    .broken_on = chase->broken_on,
	    .today = chase->desk->ledger->today,
	    .minimum_gap = chase->desk->ledger->config->minimum_gap,
	    .country = customer->country,
	    .region = customer->region,
	    .closing = customer->company ? &customer->company->closing_days : NULL,
	    .kind = customer->row.kind,
	    .language = customer->language,
	    .amount =
		thousandths_of(chase->standing.open - chase->standing.disputed, chase->receivable->currency),
	};
}

bool chase_next_step(const struct chase *chase, struct ladder_step *next)
{
	if (!chase->ladder || !chase->customer->company)
		return false;
	struct ladder_place place;
	chase_place(chase, &place);
	return ladder_next(chase->ladder, &place, next);
}

bool receivable_overdue(
    struct desk *desk, const struct receivable *receivable, date_t day, int64_t *overdue, struct error *error)
{
	*overdue = receivable->due_date < day ? receivable->open : 0;
	if (!*overdue || receivable->total <= 0 || !may_have(desk, CASE_LINES, receivable->id))
		return true;
	GPtrArray *rows = due_line_list(desk->ledger->store, receivable->id, error);
	if (!rows)
		return false;
	/* its earliest line that is not paid was due: of the later ones nothing is */
	for (guint i = 0; rows->len > 1 && i < rows->len; i++) {
		const struct due_line_row *row = rows->pdata[i];
		if (row->due_on >= day)
			*overdue -= row->amount;
	}
	rows_free(&due_line_table, rows);
	return true;
}
