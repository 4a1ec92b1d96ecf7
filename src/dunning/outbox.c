#include "base/base.h"
#include "dunning/outbox.h"

#include "base/utf8.h"
#include "dunning/confirm.h"
#include "dunning/copies.h"
#include "dunning/guards.h"
#include "dunning/reminder.h"
#include "ledger/act.h"
#include "ledger/body.h"

bool dunning_transaction(struct store *store, const struct config *config, const struct dunning_site *site,
    instant_t now, dunning_work *work, void *data, struct error *error)
{
	if (!store_begin(store, error))
		return false;
	struct ledger ledger;
	ledger_init(&ledger, store, config, "clerk", now, zone_date(site->zone, now));
	bool done = work(&ledger, site, data, error) && plan_touched(&ledger, site, error) &&
		    store_commit(store, error);
	if (!done && store_in_transaction(store))
		store_rollback(store);
	ledger_clear(&ledger);
	return done;
}

bool outbox_note(struct ledger *ledger, enum event_kind kind, const struct outbox *mail, const char *key,
    const char *value, struct error *error)
{
	json_t *body = json_pack("{s:I}", "outbox", (json_int_t)mail->id);
	if (key)
		json_object_set_new(body, key, json_text(value));
	bool leaves = kind == EVENT_REMINDER_SUBMITTED || kind == EVENT_REMINDER_SEEN;
	if (leaves && mail_is_courtesy(mail))
		json_object_set_new(body, "contact", json_string("none"));
	return journal_append(
	    ledger, kind, (struct event_about){.customer = mail->customer}, body, NULL, error);
}

static char *message_id_from(const GString *text, const struct company_config *company)
{
	char hash[SHA256_TEXT_SIZE];
	sha256_text(text->str, text->len, hash);
	g_autofree char *name = NULL, *address = NULL;
	mailbox_split(company->from, &name, &address);
	const char *at = strchr(address, '@');
	return g_strdup_printf("<relance.%.32s@%s>", hash, at ? at + 1 : "localhost");
}

/* What makes this mail this mail: the same claim after a crash gets the same id. CYCLE counts those that were
 * cancelled or failed before. */
static char *message_id_of(const struct reminder *reminder, int cycle)
{
	GString *text = g_string_new(NULL);
	g_string_append_printf(text, "%s\n%lld\n%s\n%d", reminder->customer->row.company,
	    (long long)reminder->customer->row.id, reminder->lead->step->name, cycle);
	for (guint i = 0; i < reminder->items->len; i++) {
		const struct reminder_item *item = reminder->items->pdata[i];
		if (item->step)
			g_string_append_printf(text, "\n%lld %s %d", (long long)item->chase.receivable->id,
			    item->step->name, item->chase.standing.due_on);
	}
	char *id = message_id_from(text, reminder->customer->company);
	g_string_free(text, TRUE);
	return id;
}

/* The id of an occasion's mail. */
static char *message_id_of_key(const struct desk_customer *customer, const char *template, const char *key)
{
	GString *text = g_string_new(NULL);
	g_string_append_printf(
	    text, "%s\n%lld\n%s\n%s", customer->row.company, (long long)customer->row.id, template, key);
	char *id = message_id_from(text, customer->company);
	g_string_free(text, TRUE);
	return id;
}

/* The first id that no mail has; NULL with TAKEN where the mail is in the outbox already. */
static char *fresh_message_id(const struct reminder *reminder, bool *taken, struct error *error)
{
	*taken = false;
	for (int cycle = 0; cycle < 1000; cycle++) {
		char *id = message_id_of(reminder, cycle);
		struct outbox earlier;
		bool found;
		if (!outbox_of_message_id(reminder->desk->ledger->store, id, &earlier, &found, error)) {
			g_free(id);
			return NULL;
		}
		if (!found)
			return id;
		bool over = strcmp(earlier.state, "cancelled") == 0 || strcmp(earlier.state, "failed") == 0;
		row_clear(&outbox_table, &earlier);
		g_free(id);
		if (!over) {
			*taken = true;
			return NULL;
		}
	}
	error_set(error, STATUS_SOFTWARE, "a thousand mails for one step");
	return NULL;
}

static json_t *items_of(const struct reminder *reminder)
{
	json_t *items = json_array();
	for (guint i = 0; i < reminder->items->len; i++) {
		const struct reminder_item *item = reminder->items->pdata[i];
		json_t *row = json_pack("{s:I, s:s, s:o}", "receivable",
		    (json_int_t)item->chase.receivable->id, "step", item->step ? item->step->name : "",
		    "amount", json_amount(item->amount, reminder->currency));
		if (item->chase.line)
			json_object_set_new(row, "line", json_integer((json_int_t)item->chase.line));
		json_array_append_new(items, row);
	}
	return items;
}

static bool put(struct ledger *ledger, const struct reminder *reminder, const struct reminder_mail *mail,
    int64_t *id, struct error *error)
{
	gsize length;
	const void *bytes = g_bytes_get_data(mail->bytes, &length);
	char sha256[SHA256_TEXT_SIZE];
	if (!blob_put(ledger->store, bytes, length, sha256, error))
		return false;
	bool waits = ledger->config->sending == SENDING_APPROVE;
	for (guint i = 0; i < reminder->items->len; i++) {
		const struct reminder_item *item = reminder->items->pdata[i];
		waits = waits || (item->step && item->step->approval);
	}
	json_t *body = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:s, s:s, s:o}", "company",
	    reminder->customer->row.company, "step",
	    reminder->occasion ? reminder->occasion->template : reminder->lead->step->name, "channel", "mail",
	    "message_id", mail->message_id, "sender", mail->sender, "recipients", mail->recipients, "subject",
	    json_text(mail->subject), "sha256", sha256, "state", waits ? "waiting" : "ready", "items",
	    items_of(reminder));
	const struct reminder_occasion *occasion = reminder->occasion;
	if (occasion && occasion->paid) {
		json_object_set_new(body, "paid", json_amount(occasion->paid, reminder->currency));
		json_object_set_new(body, "paid_on", json_date(occasion->paid_on));
	}
	g_autofree char *dedupe = g_strdup_printf("reminder:%s", mail->message_id);
	struct event_about about = {.customer = reminder->customer->row.id, .dedupe = dedupe};
	return journal_append(ledger, EVENT_REMINDER_COMPOSED, about, body, id, error);
}

bool outbox_claim(struct ledger *ledger, const struct dunning_site *site, int64_t customer, int64_t *id,
    struct error *error)
{
	*id = 0;
	struct desk desk;
	struct reminder reminder;
	if (!desk_init(&desk, ledger, site, error))
		return false;
	if (!reminder_collect(&reminder, &desk, customer, error)) {
		desk_clear(&desk);
		return false;
	}
	bool done = true, taken = false;
	if (reminder.lead) {
		g_autofree char *message_id = fresh_message_id(&reminder, &taken, error);
		struct reminder_mail mail = {0};
		done = taken || (message_id && reminder_compose(&reminder, message_id, &mail, error) &&
				    put(ledger, &reminder, &mail, id, error));
		reminder_mail_clear(&mail);
	}
	reminder_clear(&reminder);
	desk_clear(&desk);
	/* whatever was found, the plan shall know it: a guard that holds, or the next step */
	ledger_touch_customer(ledger, customer);
	return done;
}

static bool is_in_outbox(struct store *store, const char *message_id, bool *is, struct error *error)
{
	struct outbox earlier;
	if (!outbox_of_message_id(store, message_id, &earlier, is, error))
		return false;
	if (*is)
		row_clear(&outbox_table, &earlier);
	return true;
}

bool outbox_claim_occasion(struct ledger *ledger, const struct dunning_site *site,
    const struct reminder_occasion *occasion, const int64_t *receivables, size_t count, const char *key,
    int64_t *id, struct error *error)
{
	*id = 0;
	struct desk desk;
	struct reminder reminder;
	struct reminder_mail mail = {0};
	bool taken;
	if (!desk_init(&desk, ledger, site, error))
		return false;
	if (!reminder_collect_occasion(&reminder, &desk, receivables, count, occasion, error)) {
		desk_clear(&desk);
		return false;
	}
	int64_t customer = reminder.customer->row.id;
	g_autofree char *message_id = message_id_of_key(reminder.customer, occasion->template, key);
	bool done = is_in_outbox(ledger->store, message_id, &taken, error);
	if (done && !taken)
		done = reminder_compose(&reminder, message_id, &mail, error) &&
		       put(ledger, &reminder, &mail, id, error);
	reminder_mail_clear(&mail);
	reminder_clear(&reminder);
	desk_clear(&desk);
	ledger_touch_customer(ledger, customer);
	return done;
}

/* Whether what was taken back of the receivable since would make MAIL, thanks, untrue. */
static bool is_taken_back(
    struct store *store, const struct outbox *mail, int64_t receivable, bool *is, struct error *error)
{
	GPtrArray *entries =
	    strcmp(mail->step, "thanks") == 0 ? entry_list(store, receivable, error) : g_ptr_array_new();
	*is = false;
	for (guint i = 0; entries && i < entries->len; i++) {
		const struct entry *entry = entries->pdata[i];
		*is = *is ||
		      (entry->id > mail->id && strcmp(entry->kind, "correction") == 0 && entry->amount > 0);
	}
	bool done = entries;
	rows_free(&entry_table, entries);
	return done;
}

/* Whether the agreement that MAIL confirms is the one that runs. An id is of its plan; the domain may have
 * been changed since. */
static bool is_agreed(const struct chase *chase, const struct desk_customer *customer,
    const struct outbox *mail, bool *is, struct error *error)
{
	GPtrArray *plans =
	    instalment_plan_list(chase->desk->ledger->store, chase->receivable->id, "accepted", error);
	*is = false;
	for (guint i = 0; plans && i < plans->len; i++) {
		g_autofree char *key = confirm_key(((const struct instalment_plan *)plans->pdata[i])->id);
		g_autofree char *id = message_id_of_key(customer, mail->step, key);
		*is = *is || strncmp(id, mail->message_id, strcspn(id, "@")) == 0;
	}
	bool done = plans;
	rows_free(&instalment_plan_table, plans);
	return done;
}

/* A mail that is no step: what was entered since it was composed may stop it. Ids count up with the journal.
 */
static bool judge_occasion(const struct chase *chase, const struct desk_customer *customer,
    const struct outbox *mail, int64_t amount, enum outbox_verdict *verdict, char why[256],
    struct error *error)
{
	bool taken_back, agreed = true;
	if (!is_taken_back(chase->desk->ledger->store, mail, chase->receivable->id, &taken_back, error) ||
	    (strcmp(mail->step, "instalment") == 0 && !is_agreed(chase, customer, mail, &agreed, error)))
		return false;
	if (*verdict != OUTBOX_VOID && strcmp(mail->step, "thanks") == 0 &&
	    chase->standing.open - chase->standing.disputed != amount) {
		*verdict = OUTBOX_STALE;
		snprintf(why, 256, "what is open of %.60s has changed", chase->receivable->number);
	}
	if (!agreed) {
		*verdict = OUTBOX_VOID;
		snprintf(why, 256, "%.60s: the instalments are agreed no longer", chase->receivable->number);
	}
	if (taken_back) {
		*verdict = OUTBOX_VOID;
		snprintf(why, 256, "%.60s: a payment was taken back", chase->receivable->number);
	}
	for (guint i = 0; i < chase->holds->len; i++) {
		const struct hold *hold = chase->holds->pdata[i];
		bool over = hold->until != DATE_NONE && hold->until <= chase->desk->ledger->today;
		if (over || hold->id < mail->id || !hold_stops_all(hold))
			continue;
		*verdict = OUTBOX_VOID;
		snprintf(why, 256, "hold: %.60s since it was composed", hold->kind);
	}
	return true;
}

static bool judge_item(struct desk *desk, const struct desk_customer *customer, const struct outbox *mail,
    const struct outbox_item *item, bool is_step, enum outbox_verdict *verdict, char why[256],
    struct error *error)
{
	struct receivable receivable;
	struct chase chase;
	bool found;
	if (!receivable_get(desk->ledger->store, item->receivable, &receivable, &found, error))
		return false;
	if (!found)
		return error_set(
		    error, STATUS_SOFTWARE, "receivable %lld is not there", (long long)item->receivable);
	if (!chase_init(&chase, desk, &receivable, error)) {
		row_clear(&receivable_table, &receivable);
		return false;
	}
	chase_select(&chase, item->line);
	const struct ladder_config *ladder = chase.ladder;
	int index = ladder ? ladder_index(ladder, item->step) : -1;
	struct guard_question question = {
	    desk, &chase, index < 0 ? NULL : &ladder->steps[index], desk->ledger->today, mail->id};
	struct guard_verdict held;
	/* a mail that is no step waits for the day and its hour alone */
	enum guard_scope scope = is_step ? GUARD_CASE | GUARD_MOMENT : GUARD_MOMENT;
	bool done = guard_first(&question, scope, &held, error), passing = false;
	static const char *const passes[] = {
	    "minimum-gap", "weekly-cap", "bank-data-old", "holiday", "closing-day"};
	for (size_t i = 0; held.name && i < ARRAY_LENGTH(passes); i++)
		passing = passing || strcmp(held.name, passes[i]) == 0;
	bool overdue = chase.standing.overdue > 0;
	int64_t amount = overdue ? chase.standing.overdue : chase.standing.open - chase.standing.disputed;
	if (done && held.name) {
		*verdict = passing ? OUTBOX_WAITS : OUTBOX_VOID;
		snprintf(why, 256, "%s: %.200s", held.name, held.why);
		utf8_trim(why);
	} else if (done && index >= 0 &&
		   step_comes_too_late(&ladder->steps[index], chase.standing.due_on, desk->ledger->today)) {
		*verdict = OUTBOX_VOID;
		snprintf(why, 256, "%.60s is due by now: it is too late for a %.60s", receivable.number,
		    item->step);
	} else if (done && is_step && amount != item->amount) {
		*verdict = OUTBOX_VOID;
		snprintf(why, 256, "what is open of %.60s has changed", receivable.number);
	}
	done = done && (is_step || judge_occasion(&chase, customer, mail, item->amount, verdict, why, error));
	chase_clear(&chase);
	row_clear(&receivable_table, &receivable);
	return done;
}

/* A mail for an occasion leads no item up its ladder. */
static bool takes_step(const GPtrArray *items)
{
	for (guint i = 0; i < items->len; i++)
		if (*((const struct outbox_item *)items->pdata[i])->step)
			return true;
	return false;
}

/* A credit note that came after the mail was composed makes its total wrong. Ids count up with the journal.
 */
static bool has_newer_credit(const struct desk_customer *customer, int64_t mail)
{
	for (guint i = 0; i < customer->open->len; i++) {
		const struct receivable *receivable = customer->open->pdata[i];
		if (receivable->open < 0 && receivable->id > mail)
			return true;
	}
	return false;
}

bool outbox_judge(struct ledger *ledger, const struct dunning_site *site, const struct outbox *mail,
    enum outbox_verdict *verdict, char why[256], struct error *error)
{
	*verdict = OUTBOX_FREE;
	*why = '\0';
	struct desk desk;
	if (!desk_init(&desk, ledger, site, error))
		return false;
	struct desk_customer *customer = desk_customer(&desk, mail->customer, error);
	GPtrArray *items = customer ? outbox_item_list(ledger->store, mail->id, error) : NULL;
	bool done = items, is_step = done && takes_step(items);
	for (guint i = 0; done && *verdict != OUTBOX_VOID && i < items->len; i++)
		done = judge_item(&desk, customer, mail, items->pdata[i], is_step, verdict, why, error);
	if (done && is_step && *verdict != OUTBOX_VOID && has_newer_credit(customer, mail->id)) {
		*verdict = OUTBOX_VOID;
		snprintf(why, 256, "a credit note came since");
	}
	struct guard_question question = {&desk, NULL, NULL, ledger->today, mail->id};
	struct guard_verdict held = {0};
	if (done && *verdict == OUTBOX_FREE) {
		done = guard_first(&question, GUARD_SITE, &held, error);
		if (done && held.name) {
			*verdict = OUTBOX_WAITS;
			snprintf(why, 256, "%s: %.200s", held.name, held.why);
			utf8_trim(why);
		}
	}
	rows_free(&outbox_item_table, items);
	desk_clear(&desk);
	return done;
}

bool dunning_approve(struct ledger *ledger, int64_t id, int64_t *count, struct error *error)
{
	*count = 0;
	GPtrArray *waiting = outbox_list_of_state(ledger->store, "waiting", error);
	bool done = waiting;
	for (guint i = 0; done && i < waiting->len; i++) {
		const struct outbox *mail = waiting->pdata[i];
		if (id && mail->id != id)
			continue;
		done = outbox_note(ledger, EVENT_REMINDER_APPROVED, mail, NULL, NULL, error);
		++*count;
	}
	rows_free(&outbox_table, waiting);
	if (done && id && *count == 0)
		return error_set(error, STATUS_NO, "no mail %lld waits for approval", (long long)id);
	return done;
}

bool dunning_seen(struct ledger *ledger, const char *message_id, bool *is_ours, struct error *error)
{
	struct outbox mail;
	if (!outbox_of_message_id(ledger->store, message_id, &mail, is_ours, error))
		return false;
	if (!*is_ours)
		return true;
	bool on_its_way = strcmp(mail.state, "submitting") == 0 || strcmp(mail.state, "submitted") == 0 ||
			  strcmp(mail.state, "ready") == 0 || strcmp(mail.state, "failed") == 0;
	bool done = !(on_its_way && mail.attempts) ||
		    outbox_note(ledger, EVENT_REMINDER_SEEN, &mail, NULL, NULL, error);
	row_clear(&outbox_table, &mail);
	return done;
}

GBytes *dunning_preview(struct ledger *ledger, const struct dunning_site *site,
    const struct receivable *receivable, const char *step, struct error *error)
{
	struct desk desk;
	if (!desk_init(&desk, ledger, site, error))
		return NULL;
	struct reminder reminder = {0};
	struct reminder_mail mail = {0};
	if (reminder_collect_named(&reminder, &desk, receivable, step, error)) {
		g_autofree char *message_id = message_id_of(&reminder, 0);
		reminder_compose(&reminder, message_id, &mail, error);
	}
	GBytes *bytes = mail.bytes ? g_bytes_ref(mail.bytes) : NULL;
	reminder_mail_clear(&mail);
	reminder_clear(&reminder);
	desk_clear(&desk);
	return bytes;
}
