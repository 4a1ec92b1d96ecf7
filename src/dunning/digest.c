#include "base/base.h"
#include "dunning/digest.h"

#include "base/holidays.h"
#include "dunning/notation.h"
#include "dunning/notice_words.h"
#include "dunning/outbox.h"
#include "ledger/task_about.h"
#include "dunning/words.h"
#include "ledger/act.h"
#include "store/rows_case.h"
#include "store/rows_journal.h"
#include "store/rows_message.h"

/* Rows of one list; what is beyond is counted. */
#define ROWS_MOST 40
/* Invoices that a row names. */
#define NUMBERS_MOST 3
/* How far back the first digest looks. */
#define FIRST_SECONDS 86400

/* What is being put together. */
struct sheet {
	struct ledger *ledger;
	const struct company_config *company;
	date_t next_day; /* the next business day */
	int64_t after;
	instant_t since;
	json_t *context;
	int64_t total; /* rows in all lists */
};

/* ---- values ---- */

static const char *notation_of_company(const struct company_config *company)
{
	return notation_tag(company->language, company->country);
}

static json_t *text_of(struct buffer *buffer)
{
	json_t *text = json_string(buffer->bytes);
	buffer_clear(buffer);
	return text;
}

static void set_amount(
    const struct sheet *sheet, json_t *row, const char *name, int64_t minor, const char *currency)
{
	struct buffer text = BUFFER_EMPTY;
	notation_money(&text, money(minor, currency), notation_of_company(sheet->company));
	json_object_set_new(row, name, text_of(&text));
}

static void set_day(const struct sheet *sheet, json_t *row, const char *name, date_t day, bool brief)
{
	struct buffer text = BUFFER_EMPTY;
	if (day == DATE_NONE)
		return;
	if (brief)
		notation_short_date(&text, day, notation_of_company(sheet->company));
	else
		notation_date(&text, day, notation_of_company(sheet->company));
	json_object_set_new(row, name, text_of(&text));
}

static void set_text(json_t *row, const char *name, const char *text)
{
	if (text && *text)
		json_object_set_new(row, name, json_string(text));
}

static void set_word(
    const struct sheet *sheet, json_t *row, const char *name, const char *kind, const char *word)
{
	set_text(row, name, notice_word(sheet->company->language, kind, word));
}

/* Appends ROW to the list NAME and counts it; what is beyond the most is counted only. */
static void add_row(struct sheet *sheet, const char *name, json_t *row)
{
	char counter[32];
	snprintf(counter, sizeof counter, "%s_count", name);
	json_t *list = json_object_get(sheet->context, name);
	json_int_t count = json_integer_value(json_object_get(sheet->context, counter)) + 1;
	json_object_set_new(sheet->context, counter, json_integer(count));
	sheet->total++;
	if (json_array_size(list) < ROWS_MOST) {
		json_array_append_new(list, row);
		return;
	}
	json_decref(row);
	snprintf(counter, sizeof counter, "%s_more", name);
	json_object_set_new(sheet->context, counter, json_integer(count - ROWS_MOST));
}

static bool set_customer(const struct sheet *sheet, json_t *row, int64_t id, struct error *error)
{
	struct customer customer;
	bool found = false;
	if (id && !customer_get(sheet->ledger->store, id, &customer, &found, error))
		return false;
	if (found) {
		set_text(row, "customer", customer.name);
		row_clear(&customer_table, &customer);
	}
	return true;
}

/* Number and open amount of a receivable, and its customer. IS_OURS: of this company, and there. */
static bool set_receivable(
    const struct sheet *sheet, json_t *row, int64_t id, bool *is_ours, struct error *error)
{
	struct receivable receivable;
	bool found = false, done = true;
	if (id && !receivable_get(sheet->ledger->store, id, &receivable, &found, error))
		return false;
	*is_ours = found && strcmp(receivable.company, sheet->company->name) == 0;
	if (*is_ours) {
		set_text(row, "number", receivable.number);
		set_amount(sheet, row, "amount", receivable.open, receivable.currency);
		done = set_customer(sheet, row, receivable.customer, error);
	}
	if (found)
		row_clear(&receivable_table, &receivable);
	return done;
}

/* The amount of what is about PART of a receivable alone; 0: all of it. */
static bool set_part(const struct sheet *sheet, json_t *row, int64_t id, int64_t part, struct error *error)
{
	struct receivable receivable;
	bool found;
	if (!part)
		return true;
	if (!receivable_get(sheet->ledger->store, id, &receivable, &found, error))
		return false;
	if (!found)
		return true;
	set_amount(sheet, row, "amount", part, receivable.currency);
	row_clear(&receivable_table, &receivable);
	return true;
}

/* ---- the lists ---- */

/* The invoices of a mail: their numbers, and the sum that it asks for. */
static bool set_items(const struct sheet *sheet, json_t *row, int64_t mail, struct error *error)
{
	GPtrArray *items = outbox_item_list(sheet->ledger->store, mail, error);
	GString *numbers = g_string_new(NULL);
	char currency[CURRENCY_SIZE] = "";
	int64_t sum = 0;
	bool done = items, found;
	for (guint i = 0; done && i < items->len; i++) {
		const struct outbox_item *item = items->pdata[i];
		struct receivable receivable;
		done = receivable_get(sheet->ledger->store, item->receivable, &receivable, &found, error);
		if (!done || !found)
			continue;
		const struct outbox_item *before = i ? items->pdata[i - 1] : NULL;
		if (!before || before->receivable != item->receivable)
			g_string_append_printf(numbers, "%s%s", numbers->len ? ", " : "", receivable.number);
		snprintf(currency, sizeof currency, "%s", receivable.currency);
		sum += item->amount;
		row_clear(&receivable_table, &receivable);
	}
	set_text(row, "number", numbers->str);
	if (*currency)
		set_amount(sheet, row, "amount", sum, currency);
	g_string_free(numbers, TRUE);
	rows_free(&outbox_item_table, items);
	return done;
}

static bool add_waiting(struct sheet *sheet, struct error *error)
{
	GPtrArray *mails = outbox_list_of_state(sheet->ledger->store, "waiting", error);
	bool done = mails;
	for (guint i = 0; done && i < mails->len; i++) {
		const struct outbox *mail = mails->pdata[i];
		if (strcmp(mail->company, sheet->company->name) != 0)
			continue;
		json_t *row = json_object();
		json_object_set_new(row, "id", json_integer(mail->id));
		set_word(sheet, row, "step", "step", mail->step);
		done =
		    set_customer(sheet, row, mail->customer, error) && set_items(sheet, row, mail->id, error);
		add_row(sheet, "waiting", row);
	}
	rows_free(&outbox_table, mails);
	return done;
}

/* All invoices that a call or a letter is about: their numbers, and what is open of the first one's currency;
 * of their due lines those that it is about. */
static bool set_members(const struct sheet *sheet, json_t *row, const struct task *task, struct error *error)
{
	struct store *store = sheet->ledger->store;
	g_autofree char *step = NULL;
	date_t on;
	if (!task->receivable)
		return true;
	GPtrArray *members =
	    task_step(store, task, &step, &on, error) ? task_members(store, task, error) : NULL;
	if (!members)
		return false;
	GString *numbers = g_string_new(NULL);
	int64_t sum = 0, open;
	bool done = true;
	for (guint i = 0; done && i < members->len; i++) {
		const struct receivable *one = members->pdata[i], *first = members->pdata[0];
		if (i < NUMBERS_MOST)
			g_string_append_printf(numbers, "%s%s", i ? ", " : "", one->number);
		else if (i == NUMBERS_MOST)
			g_string_append(numbers, " …");
		if (strcmp(one->currency, first->currency) != 0)
			continue;
		done = task_open_of(store, task, step, on, one, &open, error);
		sum += open;
	}
	if (members->len > 1)
		set_text(row, "number", numbers->str);
	if (done && members->len)
		set_amount(
		    sheet, row, "amount", sum, ((const struct receivable *)members->pdata[0])->currency);
	g_string_free(numbers, TRUE);
	rows_free(&receivable_table, members);
	return done;
}

static bool add_tasks(struct sheet *sheet, struct error *error)
{
	GPtrArray *tasks = task_list(sheet->ledger->store, sheet->company->name, "open", error);
	bool done = tasks, is_ours;
	for (guint i = 0; done && i < tasks->len; i++) {
		const struct task *task = tasks->pdata[i];
		json_t *row = json_object();
		json_object_set_new(row, "id", json_integer(task->id));
		set_word(sheet, row, "kind", "task", task->kind);
		set_text(row, "owner", task->owner);
		set_day(sheet, row, "date", task->due_on, true);
		json_object_set_new(row, "late",
		    json_boolean(task->due_on != DATE_NONE && task->due_on < sheet->ledger->today));
		done = set_customer(sheet, row, task->customer, error) &&
		       set_receivable(sheet, row, task->receivable, &is_ours, error) &&
		       set_members(sheet, row, task, error);
		if (!task->customer && !task->receivable)
			set_text(row, "title", task->title);
		add_row(sheet, "tasks", row);
	}
	rows_free(&task_table, tasks);
	return done;
}

/* The first invoice that a message is linked to, and how many more there are. */
static bool set_links(const struct sheet *sheet, json_t *row, int64_t message, struct error *error)
{
	GPtrArray *links = link_list_of_message(sheet->ledger->store, message, error);
	bool done = links, is_ours = false;
	for (guint i = 0; done && !is_ours && i < links->len; i++) {
		const struct link *link = links->pdata[i];
		if (strcmp(link->status, "refused") != 0)
			done = set_receivable(sheet, row, link->receivable, &is_ours, error);
	}
	rows_free(&link_table, links);
	return done;
}

static bool add_arrived(struct sheet *sheet, struct error *error)
{
	GPtrArray *messages = message_list_since(
	    sheet->ledger->store, sheet->company->name, sheet->after, sheet->since, 10000, error);
	bool done = messages;
	for (guint i = 0; done && i < messages->len; i++) {
		const struct message_row *message = messages->pdata[i];
		json_t *row = json_object();
		json_object_set_new(row, "id", json_integer(message->id));
		set_text(row, "from", message->from_name ? message->from_name : message->from_address);
		bool is_human = strcmp(message->kind, "human") == 0 && message->intent;
		set_word(sheet, row, "kind", "mail", is_human ? message->intent : message->kind);
		json_object_set_new(row, "review", json_boolean(strcmp(message->state, "review") == 0));
		done = set_links(sheet, row, message->id, error);
		add_row(sheet, "arrived", row);
	}
	rows_free(&message_table, messages);
	return done;
}

static bool goes_tomorrow(const struct sheet *sheet, const struct action *action)
{
	return !action->guard || (action->held_until != DATE_NONE && action->held_until <= sheet->next_day);
}

/* What is open of the due lines of RECEIVABLE that go; 0: it is planned as a whole. */
static bool open_of_lines(const struct sheet *sheet, const GPtrArray *actions, int64_t receivable,
    int64_t *open, struct error *error)
{
	struct receivable row;
	bool found;
	*open = 0;
	if (!receivable_get(sheet->ledger->store, receivable, &row, &found, error))
		return false;
	GPtrArray *lines = due_line_list(sheet->ledger->store, receivable, error);
	for (guint i = 0; found && lines && i < actions->len; i++) {
		const struct action *action = actions->pdata[i];
		if (action->receivable == receivable && action->line > 0 &&
		    action->line <= (int64_t)lines->len && goes_tomorrow(sheet, action))
			*open += due_line_open(row.total, row.open, lines, (guint)action->line - 1);
	}
	bool done = lines;
	rows_free(&due_line_table, lines);
	if (found)
		row_clear(&receivable_table, &row);
	return done;
}

static bool add_tomorrow(struct sheet *sheet, struct error *error)
{
	GPtrArray *actions = action_list_ready(sheet->ledger->store, sheet->next_day, 10000, error);
	bool done = actions, is_ours;
	/* due lines of one invoice go in one mail */
	g_autoptr(GHashTable) told = g_hash_table_new(g_int64_hash, g_int64_equal);
	for (guint i = 0; done && i < actions->len; i++) {
		struct action *action = actions->pdata[i];
		int64_t part = 0;
		if (!goes_tomorrow(sheet, action) || !g_hash_table_add(told, &action->receivable))
			continue;
		json_t *row = json_object();
		set_word(sheet, row, "step", "step", action->step);
		done = set_receivable(sheet, row, action->receivable, &is_ours, error) &&
		       (!action->line || open_of_lines(sheet, actions, action->receivable, &part, error)) &&
		       set_part(sheet, row, action->receivable, part, error);
		if (is_ours)
			add_row(sheet, "tomorrow", row);
		else
			json_decref(row);
	}
	rows_free(&action_table, actions);
	return done;
}

/* Those that are to be kept by the next business day. */
static bool add_promises(struct sheet *sheet, struct error *error)
{
	GPtrArray *promises = promise_list_of_state(sheet->ledger->store, "running", error);
	bool done = promises, is_ours;
	for (guint i = 0; done && i < promises->len; i++) {
		const struct promise *promise = promises->pdata[i];
		if (promise->promised_on == DATE_NONE || promise->promised_on > sheet->next_day)
			continue;
		json_t *row = json_object();
		set_day(sheet, row, "date", promise->promised_on, true);
		json_object_set_new(row, "late", json_boolean(promise->promised_on < sheet->ledger->today));
		done = set_receivable(sheet, row, promise->receivable, &is_ours, error) &&
		       set_part(sheet, row, promise->receivable, promise->amount, error);
		if (is_ours)
			add_row(sheet, "promises", row);
		else
			json_decref(row);
	}
	rows_free(&promise_table, promises);
	return done;
}

static bool add_disputes(struct sheet *sheet, struct error *error)
{
	GPtrArray *disputes = dispute_list_of_state(sheet->ledger->store, "open", error);
	bool done = disputes, is_ours;
	for (guint i = 0; done && i < disputes->len; i++) {
		const struct dispute *dispute = disputes->pdata[i];
		json_t *row = json_object();
		set_word(sheet, row, "kind", "reason", dispute->reason);
		set_text(row, "owner", dispute->owner);
		json_object_set_new(row, "days", json_integer(sheet->ledger->today - dispute->opened_on));
		done = set_receivable(sheet, row, dispute->receivable, &is_ours, error) &&
		       set_part(sheet, row, dispute->receivable, dispute->amount, error);
		if (is_ours)
			add_row(sheet, "disputes", row);
		else
			json_decref(row);
	}
	rows_free(&dispute_table, disputes);
	return done;
}

static bool fill(struct sheet *sheet, struct error *error)
{
	static const char *const lists[] = {
	    "waiting", "tasks", "arrived", "tomorrow", "promises", "disputes"};
	for (size_t i = 0; i < ARRAY_LENGTH(lists); i++) {
		g_autofree char *counter = g_strdup_printf("%s_count", lists[i]);
		json_object_set_new(sheet->context, lists[i], json_array());
		json_object_set_new(sheet->context, counter, json_integer(0));
	}
	json_object_set_new(sheet->context, "language", json_string(notation_of_company(sheet->company)));
	json_object_set_new(sheet->context, "company", json_pack("{s:s}", "name", sheet->company->name));
	set_day(sheet, sheet->context, "today", sheet->ledger->today, false);
	set_day(sheet, sheet->context, "next_day", sheet->next_day, false);
	return add_waiting(sheet, error) && add_tasks(sheet, error) && add_arrived(sheet, error) &&
	       add_tomorrow(sheet, error) && add_promises(sheet, error) && add_disputes(sheet, error);
}

/* ---- the words ---- */

static bool write_words(const struct sheet *sheet, struct digest *digest, struct error *error)
{
	const struct config *config = sheet->ledger->config;
	const char *language = sheet->company->language;
	digest->subject =
	    words_render(config, language, "digest.subject", sheet->context, TEMPLATE_LINE, error);
	if (!digest->subject)
		return false;
	g_strstrip(digest->subject);
	json_object_set_new(sheet->context, "subject", json_string(digest->subject));
	g_autofree char *text =
	    words_render(config, language, "digest.txt", sheet->context, TEMPLATE_TEXT, error);
	g_autofree char *html =
	    text ? words_render(config, language, "digest.html", sheet->context, TEMPLATE_HTML, error) : NULL;
	if (!html)
		return false;
	g_autofree char *tidy = words_without_gaps(text);
	struct buffer wrapped = BUFFER_EMPTY;
	/* a row quoted back in a controller's answer must not fall into lines that could be orders */
	text_wrap(&wrapped, tidy, false);
	digest->text = g_strdup(wrapped.bytes);
	buffer_clear(&wrapped);
	return (digest->html = words_in_layout(config, sheet->context, html, error));
}

bool digest_compose(struct ledger *ledger, const struct company_config *company, int64_t after,
    instant_t since, struct digest *digest, struct error *error)
{
	*digest = (struct digest){0};
	struct sheet sheet = {
	    .ledger = ledger,
	    .company = company,
	    .next_day = business_day_add(company->country, company->region, ledger->today, 1),
	    .after = after,
	    .since = since,
	    .context = json_object(),
	};
	bool done = fill(&sheet, error);
	digest->is_empty = done && sheet.total == 0;
	done = done && (digest->is_empty || write_words(&sheet, digest, error));
	json_decref(sheet.context);
	if (!done)
		digest_clear(digest);
	return done;
}

void digest_clear(struct digest *digest)
{
	g_free(digest->subject);
	g_free(digest->text);
	g_free(digest->html);
	*digest = (struct digest){0};
}

/* ---- once a day ---- */

static char *setting_of(const struct company_config *company)
{
	return g_strdup_printf("digest.%s", company->name);
}

/* The setting is "INSTANT EVENT": when the last one was made, and the last event that it told of. */
static bool last_digest(struct ledger *ledger, const struct company_config *company, instant_t *at,
    int64_t *event, struct error *error)
{
	g_autofree char *name = setting_of(company);
	char *value = NULL, *end;
	*at = INSTANT_NONE;
	*event = 0;
	if (!setting_get(ledger->store, name, &value, error))
		return false;
	if (value) {
		*at = strtoll(value, &end, 10);
		*event = strtoll(end, NULL, 10);
	}
	g_free(value);
	return true;
}

bool digest_since(struct ledger *ledger, const struct company_config *company, int64_t *after,
    instant_t *since, struct error *error)
{
	if (!last_digest(ledger, company, since, after, error))
		return false;
	/* what was received before and recorded since belongs into the next one as well */
	*since = *since == INSTANT_NONE ? ledger->now - FIRST_SECONDS : 0;
	return true;
}

static bool note_day(struct ledger *ledger, const struct company_config *company, struct error *error)
{
	char head[SHA256_TEXT_SIZE];
	int64_t last;
	if (!journal_head_get(ledger->store, &last, head, error))
		return false;
	g_autofree char *name = setting_of(company);
	g_autofree char *value = g_strdup_printf("%lld %lld", (long long)ledger->now, (long long)last);
	return act_setting(ledger, name, value, error);
}

static bool is_due(struct ledger *ledger, const struct dunning_site *site,
    const struct company_config *company, bool *due, struct error *error)
{
	instant_t last;
	int64_t event;
	int hour = 0, minute = 0;
	*due = false;
	if (!company->controllers.count || sscanf(company->digest, "%2d:%2d", &hour, &minute) != 2)
		return true;
	if (ledger->now < zone_instant(site->zone, ledger->today, hour * 3600 + minute * 60) ||
	    business_day_from(company->country, company->region, ledger->today) != ledger->today)
		return true;
	if (!last_digest(ledger, company, &last, &event, error))
		return false;
	*due = last == INSTANT_NONE || zone_date(site->zone, last) < ledger->today;
	return true;
}

static bool put_digest(struct ledger *ledger, const struct dunning_site *site,
    const struct company_config *company, struct error *error)
{
	struct digest digest;
	int64_t after;
	instant_t since;
	char day[DATE_TEXT_SIZE];
	if (!digest_since(ledger, company, &after, &since, error) ||
	    !digest_compose(ledger, company, after, since, &digest, error))
		return false;
	GString *recipients = g_string_new(NULL);
	for (size_t i = 0; i < company->controllers.count; i++)
		g_string_append_printf(recipients, "%s%s", i ? " " : "", company->controllers.items[i]);
	g_autofree char *message_id = notice_message_id(company, "digest", date_format(ledger->today, day));
	struct notice_draft draft = {
	    .company = company,
	    .kind = "digest",
	    .message_id = message_id,
	    .recipients = recipients->str,
	    .subject = digest.subject,
	    .text = digest.text,
	    .html = digest.html,
	};
	bool done =
	    (digest.is_empty || notice_put(ledger, site, &draft, error)) && note_day(ledger, company, error);
	g_string_free(recipients, TRUE);
	digest_clear(&digest);
	return done;
}

static bool put_due(struct ledger *ledger, const struct dunning_site *site, void *data, struct error *error)
{
	bool due;
	const struct company_config *company = data;
	return is_due(ledger, site, company, &due, error) &&
	       (!due || put_digest(ledger, site, company, error));
}

/* Looks before it opens a transaction for writing. */
static bool may_be_due(struct store *store, const struct config *config, const struct dunning_site *site,
    const struct company_config *company, instant_t now, bool *due, struct error *error)
{
	struct ledger ledger;
	ledger_init(&ledger, store, config, "clerk", now, zone_date(site->zone, now));
	bool done = is_due(&ledger, site, company, due, error);
	ledger_clear(&ledger);
	return done;
}

static bool is_paused(struct store *store, bool *paused, struct error *error)
{
	char *value = NULL;
	if (!setting_get(store, "sending.paused", &value, error))
		return false;
	*paused = value && strcmp(value, "yes") == 0;
	g_free(value);
	return true;
}

bool digest_tick(struct store *store, const struct config *config, const struct dunning_site *site,
    instant_t now, struct error *error)
{
	bool paused;
	if (config->sending == SENDING_OFF)
		return true;
	if (!is_paused(store, &paused, error))
		return false;
	for (size_t i = 0; !paused && i < config->company_count; i++) {
		bool due;
		struct company_config *company = &config->companies[i];
		if (!may_be_due(store, config, site, company, now, &due, error) ||
		    (due && !dunning_transaction(store, config, site, now, put_due, company, error)))
			return false;
	}
	return true;
}
