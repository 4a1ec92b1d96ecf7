#include "base/base.h"
#include "dunning/orders.h"

#include "base/amount_text.h"
#include "dunning/outcome.h"
#include "dunning/send.h"
#include "ledger/act.h"

/* A mail with more lines is no list of orders: the rest is not looked at. */
#define LINES_MOST 50
/* Numbers in one line. */
#define NUMBERS_MOST 100

/* One order being carried out. */
struct order {
	struct ledger *ledger;
	const struct dunning_site *site;
	GPtrArray *results;
	const struct company_config *company;
	char **words; /* the first is the verb */
	guint count;
	const char *outcome; /* NULL: not understood */
	char *detail;
	bool told; /* its results stand among RESULTS already */
};

/* ---- what the words name ---- */

static bool number_of(const char *word, int64_t *number)
{
	word += *word == '#';
	size_t length = strlen(word);
	if (length == 0 || length > 12 || strspn(word, "0123456789") != length)
		return false;
	*number = strtoll(word, NULL, 10);
	return *number > 0;
}

/* The words FROM up to the word BEFORE (NULL: the end), joined. NULL where there is none. g_free. */
static char *joined(const struct order *order, guint from, const char *before, guint *behind)
{
	GString *text = g_string_new(NULL);
	guint i = from;
	for (; i < order->count && !(before && g_ascii_strcasecmp(order->words[i], before) == 0); i++)
		g_string_append_printf(text, "%s%s", text->len ? " " : "", order->words[i]);
	*behind = i;
	return g_string_free(text, text->len == 0);
}

/* The invoice of that number, of this company; open ones go first. FOUND false: OUTCOME is set. */
static bool find_invoice(
    struct order *order, const char *number, struct receivable *receivable, bool *found, struct error *error)
{
	GPtrArray *rows = receivable_list_of_number(order->ledger->store, number, error);
	const struct receivable *best = NULL;
	guint open = 0, all = 0;
	if (!rows)
		return false;
	for (guint i = 0; i < rows->len; i++) {
		const struct receivable *row = rows->pdata[i];
		if (strcmp(row->company, order->company->name) != 0 || strcmp(row->state, "void") == 0)
			continue;
		bool is_open = strcmp(row->state, "open") == 0;
		all++;
		open += is_open;
		if (!best || (is_open && strcmp(best->state, "open") != 0))
			best = row;
	}
	*found = best && (open == 1 || (open == 0 && all == 1));
	if (*found)
		receivable_copy(best, receivable);
	else
		order->outcome = best ? "ambiguous" : "unknown";
	rows_free(&receivable_table, rows);
	return true;
}

/* The customer of that name or reference. ID 0: none. */
static bool find_customer(struct order *order, const char *name, int64_t *id, struct error *error)
{
	GPtrArray *rows = customer_list(order->ledger->store, order->company->name, error);
	*id = 0;
	if (!rows)
		return false;
	g_autofree char *wanted = g_utf8_casefold(name, -1);
	for (guint i = 0; i < rows->len; i++) {
		const struct customer *row = rows->pdata[i];
		g_autofree char *folded = g_utf8_casefold(row->name, -1);
		if (strcmp(folded, wanted) != 0 &&
		    !(row->reference && g_ascii_strcasecmp(row->reference, name) == 0))
			continue;
		order->outcome = *id ? "ambiguous" : NULL;
		*id = row->id;
	}
	rows_free(&customer_table, rows);
	if (order->outcome)
		*id = 0;
	return true;
}

/* An invoice, else a customer (RECEIVABLE->id 0 then). CUSTOMER 0: OUTCOME says why not. */
static bool find_subject(struct order *order, const char *name, struct receivable *receivable,
    int64_t *customer, struct error *error)
{
	bool found;
	*receivable = (struct receivable){0};
	*customer = 0;
	if (!find_invoice(order, name, receivable, &found, error))
		return false;
	if (found) {
		*customer = receivable->customer;
		return true;
	}
	if (strcmp(order->outcome, "unknown") != 0)
		return true;
	order->outcome = NULL;
	if (!find_customer(order, name, customer, error))
		return false;
	if (!*customer && !order->outcome)
		order->outcome = "unknown";
	return true;
}

/* "1188.00", "1 188,00", "1.188,00 EUR"; "1.188" can be read in two ways. */
static bool amount_of(const char *text, const char *currency, int64_t *minor)
{
	struct amount_text read;
	struct money amount;
	if (!money_parse(text, currency, &amount) &&
	    (amount_text_scan(text, strlen(text), &read) != strlen(text) || read.one_mark || read.percent ||
		!amount_text_money(&read, currency, &amount)))
		return false;
	*minor = amount.minor;
	return amount.minor > 0;
}

/* ---- the orders ---- */

static void result_free(void *data)
{
	struct order_result *result = data;
	g_free(result->line);
	g_free(result->detail);
	g_free(result);
}

/* What came of the order; LINE is taken over. */
static void add_result(struct order *order, char *line)
{
	struct order_result *result = g_new0(struct order_result, 1);
	*result = (struct order_result){line, order->outcome, g_steal_pointer(&order->detail)};
	g_ptr_array_add(order->results, result);
}

static bool approve_one(struct order *order, int64_t id, struct error *error)
{
	struct outbox mail;
	bool found, done = true;
	int64_t count;
	if (!outbox_get(order->ledger->store, id, &mail, &found, error))
		return false;
	if (!found || strcmp(mail.company, order->company->name) != 0) {
		order->outcome = "unknown";
	} else if (strcmp(mail.state, "waiting") == 0) {
		done = dunning_approve(order->ledger, id, &count, error);
		order->outcome = "done";
	} else if (strcmp(mail.state, "cancelled") == 0 || strcmp(mail.state, "failed") == 0) {
		order->outcome = "refused";
		order->detail = g_strdup(mail.state);
	} else {
		order->outcome = "already";
	}
	if (found)
		row_clear(&outbox_table, &mail);
	return done;
}

static bool order_approve(struct order *order, struct error *error)
{
	int64_t id;
	for (guint i = 1; i < order->count; i++)
		if (!number_of(order->words[i], &id) || order->count > NUMBERS_MOST)
			return true;
	order->told = order->count > 2;
	for (guint i = 1; i < order->count; i++) {
		number_of(order->words[i], &id);
		order->outcome = NULL;
		if (!approve_one(order, id, error))
			return false;
		if (order->told)
			add_result(order, g_strdup_printf("approve %lld", (long long)id));
	}
	return true;
}

/* Whether the same hold runs already. */
static bool is_held(const struct order *order, int64_t customer, int64_t receivable, date_t until, bool *held,
    struct error *error)
{
	GPtrArray *holds = hold_list(order->ledger->store, customer, receivable, error);
	*held = false;
	for (guint i = 0; holds && i < holds->len; i++) {
		const struct hold *hold = holds->pdata[i];
		*held = *held || (strcmp(hold->kind, "manual") == 0 && hold->receivable == receivable &&
				     hold->until == until);
	}
	bool done = holds;
	rows_free(&hold_table, holds);
	return done;
}

static bool order_hold(struct order *order, struct error *error)
{
	guint at;
	date_t until = DATE_NONE;
	g_autofree char *name = joined(order, 1, "until", &at);
	if (!name || (at < order->count && at + 2 != order->count))
		return true;
	if (at < order->count &&
	    (!date_parse(order->words[at + 1], &until) || until <= order->ledger->today)) {
		order->outcome = "date";
		return true;
	}
	struct receivable receivable;
	int64_t customer;
	bool held;
	if (!find_subject(order, name, &receivable, &customer, error))
		return false;
	bool done = !customer || is_held(order, customer, receivable.id, until, &held, error);
	if (done && customer) {
		done = held || act_hold(order->ledger, customer, receivable.id ? &receivable : NULL, "manual",
				   until, "ordered by mail", 0, error);
		order->outcome = held ? "already" : "done";
	}
	row_clear(&receivable_table, &receivable);
	return done;
}

static bool order_release(struct order *order, struct error *error)
{
	guint at;
	g_autofree char *name = joined(order, 1, NULL, &at);
	struct receivable receivable;
	int64_t customer;
	int count = 0;
	if (!name)
		return true;
	if (!find_subject(order, name, &receivable, &customer, error))
		return false;
	bool done = !customer || act_release(order->ledger, customer, receivable.id ? &receivable : NULL,
				     NULL, "ordered by mail", &count, error);
	if (customer)
		order->outcome = count ? "done" : "already";
	row_clear(&receivable_table, &receivable);
	return done;
}

/* Reads "[AMOUNT] [on DATE]" behind the number; false: OUTCOME or nothing is said. AMOUNT 0: none given. */
static bool read_payment(
    struct order *order, const struct receivable *receivable, int64_t *amount, date_t *on)
{
	guint at;
	g_autofree char *text = joined(order, 2, "on", &at);
	*amount = 0;
	*on = order->ledger->today;
	if (at < order->count && at + 2 != order->count)
		return false;
	if (at < order->count && (!date_parse(order->words[at + 1], on) || *on > order->ledger->today ||
				     (receivable->issue_date != DATE_NONE && *on < receivable->issue_date))) {
		order->outcome = "date";
		return false;
	}
	if (text && !amount_of(text, receivable->currency, amount)) {
		order->outcome = "amount";
		return false;
	}
	return true;
}

/* Whether some of what is open is due later than the rest: "paid" alone may mean the one or the other. */
static bool has_parts_to_come(
    const struct order *order, const struct receivable *receivable, bool *has, struct error *error)
{
	GPtrArray *lines = due_line_list(order->ledger->store, receivable->id, error);
	bool now = false, later = false;
	for (guint i = 0; lines && i < lines->len; i++) {
		bool due = ((const struct due_line_row *)lines->pdata[i])->due_on <= order->ledger->today;
		if (due_line_open(receivable->total, receivable->open, lines, i) <= 0)
			continue;
		now = now || due;
		later = later || !due;
	}
	*has = now && later;
	bool done = lines;
	rows_free(&due_line_table, lines);
	return done;
}

static bool order_paid(struct order *order, struct error *error)
{
	struct receivable receivable;
	bool found, done = true, parts = false;
	int64_t amount;
	date_t on;
	if (order->count < 2)
		return true;
	if (!find_invoice(order, order->words[1], &receivable, &found, error))
		return false;
	if (!found)
		return true;
	if (read_payment(order, &receivable, &amount, &on) &&
	    (done = amount || has_parts_to_come(order, &receivable, &parts, error))) {
		if (parts) {
			order->outcome = "refused";
			order->detail = g_strdup("a part of it is due later: say the amount");
		} else if (receivable.open <= 0)
			order->outcome = "already";
		else if (amount > receivable.open)
			order->outcome = "amount";
		else {
			done = act_pay(order->ledger, &receivable, amount ? amount : receivable.open, on,
			    "ordered by mail", error);
			order->outcome = "done";
		}
	}
	row_clear(&receivable_table, &receivable);
	return done;
}

static bool is_promised(const struct order *order, int64_t receivable, date_t day, int64_t amount,
    bool *promised, struct error *error)
{
	GPtrArray *promises = promise_list(order->ledger->store, receivable, "running", error);
	*promised = false;
	for (guint i = 0; promises && i < promises->len; i++) {
		const struct promise *promise = promises->pdata[i];
		*promised = *promised || (promise->promised_on == day && promise->amount == amount);
	}
	bool done = promises;
	rows_free(&promise_table, promises);
	return done;
}

static bool promise(struct order *order, const struct receivable *receivable, date_t day, struct error *error)
{
	guint at;
	int64_t amount = 0;
	bool promised;
	g_autofree char *text = joined(order, 3, NULL, &at);
	if (day < order->ledger->today)
		order->outcome = "date";
	else if (receivable->open <= 0)
		order->outcome = "already";
	else if (text && (!amount_of(text, receivable->currency, &amount) || amount > receivable->open))
		order->outcome = "amount";
	if (order->outcome)
		return true;
	if (!is_promised(order, receivable->id, day, amount, &promised, error))
		return false;
	order->outcome = promised ? "already" : "done";
	return promised || act_promise(order->ledger, receivable, day, amount, 0, error);
}

static bool order_promise(struct order *order, struct error *error)
{
	struct receivable receivable;
	date_t day;
	bool found;
	if (order->count < 3)
		return true;
	if (!date_parse(order->words[2], &day)) {
		order->outcome = "date";
		return true;
	}
	if (!find_invoice(order, order->words[1], &receivable, &found, error))
		return false;
	bool done = !found || promise(order, &receivable, day, error);
	if (found)
		row_clear(&receivable_table, &receivable);
	return done;
}

/* "CODE [DATE | REASON] [AMOUNT]" from the third word on; false: OUTCOME, or nothing, is said of the order.
 */
static bool read_code(struct order *order, const struct receivable *receivable, struct outcome *outcome)
{
	bool asks_date;
	guint next = 3, behind;
	*outcome = (struct outcome){.date = DATE_NONE};
	if (order->count == 2) {
		outcome->text = "done by mail";
		return true;
	}
	g_autofree char *code = g_ascii_strdown(order->words[2], -1);
	for (const char *const *known = outcome_codes(); *known; known++)
		if (strcmp(*known, code) == 0)
			outcome->code = *known;
	if (!outcome->code || !outcome_known(outcome->code, &asks_date))
		return false;
	if (asks_date && next < order->count) {
		bool sound =
		    date_parse(order->words[next++], &outcome->date) && outcome->date >= order->ledger->today;
		order->outcome = sound ? NULL : "date";
	} else if (asks_date) {
		return false;
	} else if (strcmp(outcome->code, "dispute") == 0 && next < order->count &&
		   g_strv_contains(dispute_reasons(), order->words[next])) {
		outcome->reason = order->words[next++];
	}
	bool takes_amount = asks_date || strcmp(outcome->code, "dispute") == 0;
	if (order->outcome || (next < order->count && !takes_amount))
		return false;
	g_autofree char *text = joined(order, next, NULL, &behind);
	if (text &&
	    (!amount_of(text, receivable->currency ? receivable->currency : "EUR", &outcome->amount) ||
		outcome->amount > MAX(receivable->open, 0)))
		order->outcome = "amount";
	return !order->outcome;
}

static bool finish_task(struct order *order, const struct task *task, struct error *error)
{
	struct receivable receivable = {0};
	struct outcome outcome;
	bool found = false, done = true;
	if (task->receivable &&
	    !receivable_get(order->ledger->store, task->receivable, &receivable, &found, error))
		return false;
	if (read_code(order, &receivable, &outcome)) {
		/* asked before the task is ended: an order has all of its effect or none */
		if (outcome.code && !found) {
			order->outcome = "refused";
			order->detail = g_strdup_printf("task %lld is about no invoice", (long long)task->id);
		} else {
			done = outcome_apply(order->ledger, order->site, task->id, &outcome, error);
			order->outcome = "done";
		}
	}
	if (found)
		row_clear(&receivable_table, &receivable);
	return done;
}

static bool order_done(struct order *order, struct error *error)
{
	struct task task;
	int64_t id;
	bool found, done = true;
	if (order->count < 2 || !number_of(order->words[1], &id))
		return true;
	if (!task_get(order->ledger->store, id, &task, &found, error))
		return false;
	if (!found || strcmp(task.company, order->company->name) != 0)
		order->outcome = "unknown";
	else if (strcmp(task.state, "open") != 0)
		order->outcome = "already";
	else
		done = finish_task(order, &task, error);
	if (found)
		row_clear(&task_table, &task);
	return done;
}

static const struct {
	const char *verb;
	bool (*run)(struct order *order, struct error *error);
} verbs[] = {
    {"approve", order_approve},
    {"hold", order_hold},
    {"release", order_release},
    {"paid", order_paid},
    {"promise", order_promise},
    {"done", order_done},
};

/* ---- lines ---- */

/* The words of a line: blanks and commas part them, a full stop at the end is nothing. g_strfreev. */
static char **words_of(const char *line, guint *count)
{
	GPtrArray *words = g_ptr_array_new();
	g_autofree char *plain = g_strdup(line);
	for (char *at = strstr(plain, "\u00a0"); at; at = strstr(at, "\u00a0")) /* no-break spaces */
		at[0] = at[1] = ' ';
	/* a comma belongs to an amount, but parts numbers of mails */
	bool are_ids = g_ascii_strncasecmp(plain, "approve", strlen("approve")) == 0;
	g_auto(GStrv) parts = g_strsplit_set(plain, are_ids ? " \t\r," : " \t\r", -1);
	for (char **part = parts; *part; part++) {
		g_autofree char *word = g_strdup(*part);
		size_t length = strlen(word);
		while (length && strchr(",;", word[length - 1]))
			word[--length] = '\0';
		if (length)
			g_ptr_array_add(words, g_steal_pointer(&word));
	}
	if (words->len) {
		char *last = words->pdata[words->len - 1];
		size_t length = strlen(last);
		if (length > 1 && last[length - 1] == '.')
			last[length - 1] = '\0';
	}
	*count = words->len;
	g_ptr_array_add(words, NULL);
	return (char **)g_ptr_array_free(words, FALSE);
}

/* A refusal by the books is an answer; only a failure of the store is one of ours. */
static bool is_refusal(const struct error *error)
{
	return error->status == STATUS_NO || error->status == STATUS_DATA || error->status == STATUS_USAGE;
}

/* ORDER has what all lines share. */
static bool run_line(struct order order, const char *line, struct error *error)
{
	struct error failure = {0};
	bool done = true;
	order.words = words_of(line, &order.count);
	for (size_t i = 0; order.count && i < ARRAY_LENGTH(verbs); i++)
		if (g_ascii_strcasecmp(order.words[0], verbs[i].verb) == 0 && order.count > 1)
			done = verbs[i].run(&order, &failure);
	if (!done && is_refusal(&failure)) {
		order.told = false;
		order.outcome = "refused";
		g_free(order.detail);
		order.detail = g_strdup(failure.text);
		done = true;
	} else if (!done && error) {
		*error = failure;
	}
	g_strfreev(order.words);
	if (!order.told)
		add_result(&order, g_strdup(line));
	g_free(order.detail);
	return done;
}

GPtrArray *orders_run(struct ledger *ledger, const struct dunning_site *site,
    const struct company_config *company, const char *text, struct error *error)
{
	GPtrArray *results = g_ptr_array_new_with_free_func(result_free);
	struct order order = {.ledger = ledger, .site = site, .company = company, .results = results};
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	int count = 0;
	for (char **line = lines; *line && count < LINES_MOST; line++) {
		g_strstrip(*line);
		if (!**line || **line == '>')
			continue;
		count++;
		if (!run_line(order, *line, error)) {
			g_ptr_array_unref(results);
			return NULL;
		}
	}
	return results;
}
