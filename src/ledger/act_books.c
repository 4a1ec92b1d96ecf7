/* Acts on the books: receivables, entries, customers and contacts. */
#include "base/base.h"
#include "ledger/act.h"

#include "ledger/body.h"
#include "ledger/task_about.h"

static bool post(struct ledger *ledger, const struct receivable *receivable, const char *kind, int64_t amount,
    date_t on, const char *reference, struct error *error)
{
	if (amount <= 0)
		return error_set(
		    error, STATUS_DATA, "%s: the amount must be more than nothing", receivable->number);
	json_t *body = json_pack("{s:s, s:o, s:o, s:o}", "kind", kind, "amount",
	    json_amount(amount, receivable->currency), "date", json_date(on), "reference",
	    json_text(reference));
	return journal_append(ledger, EVENT_ENTRY_POSTED,
	    (struct event_about){.customer = receivable->customer, .receivable = receivable->id}, body, NULL,
	    error);
}

/* Payments since the promise was made make what was promised of a part of it. */
static bool is_kept(struct ledger *ledger, const struct promise *promise, bool *kept, struct error *error)
{
	int64_t paid;
	*kept = false;
	if (promise->amount == 0)
		return true;
	if (!promise_paid(ledger->store, promise, &paid, error))
		return false;
	*kept = paid + ledger->config->tolerance >= promise->amount;
	return true;
}

static bool keep_promises(
    struct ledger *ledger, const struct receivable *now, bool settled, struct error *error)
{
	GPtrArray *promises = promise_list(ledger->store, now->id, "running", error);
	bool done = promises;
	for (guint i = 0; done && i < promises->len; i++) {
		bool kept = settled;
		done = (settled || is_kept(ledger, promises->pdata[i], &kept, error)) &&
		       (!kept || act_end_promise(ledger, promises->pdata[i], "kept", error));
	}
	rows_free(&promise_table, promises);
	return done;
}

/* A credit that makes up for all that is disputed ends the disputes, as does everything that settles it. */
static bool end_disputes(struct ledger *ledger, const struct receivable *now, bool settled, const char *kind,
    int64_t amount, struct error *error)
{
	GPtrArray *disputes = dispute_list(ledger->store, now->id, "open", error);
	int64_t disputed = 0;
	if (!disputes)
		return false;
	bool whole = false, any = disputes->len;
	for (guint i = 0; i < disputes->len; i++) {
		const struct dispute *dispute = disputes->pdata[i];
		whole = whole || dispute->amount == 0;
		disputed += dispute->amount;
	}
	rows_free(&dispute_table, disputes);
	bool made_up = strcmp(kind, "credit") == 0 && !whole && amount >= disputed;
	return !any || !(settled || made_up) ||
	       act_settle(ledger, now, strcmp(kind, "write_off") == 0 ? "decision" : kind, error);
}

/* The call, the letter or the decision TASK, where it was for NOW and nothing that it was for is left to be
 * paid. */
static bool end_step(
    struct ledger *ledger, const struct receivable *now, const struct task *task, struct error *error)
{
	bool was;
	if (!task_was_about(ledger->store, task, now, &was, error))
		return false;
	if (!was)
		return true;
	GPtrArray *left = task_members(ledger->store, task, error);
	bool done = left && (left->len > 0 || act_finish_task(ledger, task->id, "settled", error));
	rows_free(&receivable_table, left);
	return done;
}

/* Nobody is called or written to about what is paid, and nobody decides about it, once all that the task was
 * for is: the invoice, or those of its due lines that had come to it. */
static bool end_steps(struct ledger *ledger, const struct receivable *now, struct error *error)
{
	GPtrArray *tasks = task_list_of_customer(ledger->store, now->customer, "open", error);
	bool done = tasks;
	for (guint i = 0; done && i < tasks->len; i++) {
		const struct task *task = tasks->pdata[i];
		if ((task_is_shared(task) || task_is_decision(task)) && task->receivable)
			done = end_step(ledger, now, task, error);
	}
	rows_free(&task_table, tasks);
	return done;
}

/* What the entry of KIND and AMOUNT brings to an end. */
static bool follow_up(
    struct ledger *ledger, int64_t id, const char *kind, int64_t amount, struct error *error)
{
	struct receivable now;
	bool found;
	if (!receivable_get(ledger->store, id, &now, &found, error) || !found)
		return false;
	bool settled = !strcmp(now.state, "settled");
	bool done = keep_promises(ledger, &now, settled, error) &&
		    end_disputes(ledger, &now, settled, kind, amount, error) &&
		    end_steps(ledger, &now, error) &&
		    (!settled || (act_finish_plans(ledger, &now, error) &&
				     act_finish_tasks(ledger, id, "bank_data", "settled", error)));
	row_clear(&receivable_table, &now);
	return done;
}

bool act_lowered(struct ledger *ledger, int64_t receivable, int64_t amount, struct error *error)
{
	return follow_up(ledger, receivable, "correction", amount, error);
}

bool act_pay(struct ledger *ledger, const struct receivable *receivable, int64_t amount, date_t on,
    const char *reference, struct error *error)
{
	return post(ledger, receivable, "payment", amount, on, reference, error) &&
	       follow_up(ledger, receivable->id, "payment", amount, error);
}

bool act_credit(struct ledger *ledger, const struct receivable *receivable, int64_t amount, date_t on,
    const char *reference, struct error *error)
{
	return post(ledger, receivable, "credit", amount, on, reference, error) &&
	       follow_up(ledger, receivable->id, "credit", amount, error);
}

bool act_use_credit_note(struct ledger *ledger, const struct receivable *note,
    const struct receivable *receivable, int64_t amount, date_t on, struct error *error)
{
	if (!act_credit(ledger, receivable, amount, on, note->number, error) ||
	    !post(ledger, note, "correction", amount, on, receivable->number, error))
		return false;
	return note->open + amount < 0 || act_finish_tasks(ledger, note->id, "credit_note", "used", error);
}

bool act_write_off(struct ledger *ledger, const struct receivable *receivable, int64_t amount, date_t on,
    const char *reference, struct error *error)
{
	return post(ledger, receivable, "write_off", amount, on, reference, error) &&
	       follow_up(ledger, receivable->id, "write_off", amount, error);
}

static json_t *due_lines_body(const struct receivable_draft *draft, int64_t total)
{
	json_t *lines = json_array();
	int sign = total < 0 ? -1 : 1;
	if (draft->due_line_count == 0)
		json_array_append_new(lines, json_pack("{s:o, s:o}", "date", json_date(draft->due_date),
						 "amount", json_amount(total, draft->currency)));
	for (size_t i = 0; i < draft->due_line_count; i++)
		json_array_append_new(
		    lines, json_pack("{s:o, s:o}", "date", json_date(draft->due_lines[i].due_on), "amount",
			       json_amount(sign * draft->due_lines[i].amount, draft->currency)));
	return lines;
}

/* Due lines that do not add up to the total would make the books contradict themselves: one line then. */
static bool due_lines_fit(const struct receivable_draft *draft)
{
	int64_t sum = 0;
	for (size_t i = 0; i < draft->due_line_count; i++)
		if (draft->due_lines[i].due_on == DATE_NONE ||
		    __builtin_add_overflow(sum, draft->due_lines[i].amount, &sum))
			return false;
	return sum == draft->total;
}

static json_t *receivable_body(const struct receivable_draft *draft, int64_t total)
{
	return json_pack(
	    "{s:s, s:o, s:s, s:o, s:o, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:s}",
	    "company", draft->company, "number", json_text(draft->number), "kind", draft->kind, "issue_date",
	    json_date(draft->issue_date), "due_date", json_date(draft->due_date), "currency", draft->currency,
	    "total", json_amount(total, draft->currency), "message_id", json_text(draft->message_id),
	    "subject", json_text(draft->subject), "sha256", json_text(draft->sha256), "document_name",
	    json_text(draft->document_name), "document_type", json_text(draft->document_type), "order_number",
	    json_text(draft->order_number), "payment_reference", json_text(draft->payment_reference), "iban",
	    json_text(draft->iban), "preceding", json_text(draft->preceding), "due_lines",
	    due_lines_body(draft, total), "delivery", draft->message ? "sent" : "unknown");
}

static bool open_new(struct ledger *ledger, const struct receivable_draft *draft, int64_t total,
    int64_t *receivable, struct error *error)
{
	struct event_about about = {.customer = draft->customer, .message = draft->message};
	if (!journal_append(
		ledger, EVENT_RECEIVABLE_OPENED, about, receivable_body(draft, total), receivable, error))
		return false;
	int64_t already = draft->open == INT64_MIN ? 0 : draft->total - draft->open;
	if (!already)
		return true;
	json_t *body = json_pack("{s:s, s:o, s:o, s:s, s:b}", "kind", total < 0 ? "correction" : "payment",
	    "amount", json_amount(already, draft->currency), "date", json_date(ledger->today), "reference",
	    "before the import", "opening", 1);
	about.receivable = *receivable;
	return journal_append(ledger, EVENT_ENTRY_POSTED, about, body, NULL, error);
}

/* The same number with other content: nothing is changed, a person looks. */
static bool report_duplicate(struct ledger *ledger, const struct receivable_draft *draft,
    const struct receivable *known, struct error *error)
{
	char was[MONEY_TEXT_SIZE], is[MONEY_TEXT_SIZE];
	money_format(money(known->total < 0 ? -known->total : known->total, known->currency), was);
	money_format(money(draft->total, draft->currency), is);
	g_autofree char *detail =
	    g_strdup_printf("known: %s %s; sent now: %s %s", was, known->currency, is, draft->currency);
	g_autofree char *title = g_strdup_printf("%s was sent again with other content", draft->number);
	struct task_draft task = {
	    .company = draft->company,
	    .kind = "duplicate",
	    .customer = known->customer,
	    .receivable = known->id,
	    .message = draft->message,
	    .title = title,
	    .detail = detail,
	    .due_on = ledger->today,
	};
	return act_open_task(ledger, &task, NULL, error);
}

bool act_open_receivable(struct ledger *ledger, const struct receivable_draft *given, int64_t *receivable,
    bool *opened, struct error *error)
{
	struct receivable_draft draft = *given;
	int64_t total = strcmp(draft.kind, "credit_note") ? draft.total : -draft.total;
	struct receivable known;
	bool found;
	*opened = false;
	if (!due_lines_fit(&draft))
		draft.due_line_count = 0;
	if (!receivable_of_identity(
		ledger->store, draft.company, draft.number, draft.kind, &known, &found, error))
		return false;
	if (!found) {
		*opened = true;
		return open_new(ledger, &draft, total, receivable, error);
	}
	*receivable = known.id;
	bool same = known.total == total && !strcmp(known.currency, draft.currency) &&
		    known.customer == draft.customer;
	bool done = same || report_duplicate(ledger, &draft, &known, error);
	if (done && draft.message && draft.message != known.message) {
		json_t *body = json_pack("{s:o}", "message_id", json_text(draft.message_id));
		done = journal_append(ledger, EVENT_RECEIVABLE_SENT_AGAIN,
		    (struct event_about){
			.customer = known.customer, .receivable = known.id, .message = draft.message},
		    body, NULL, error);
	}
	/* What never arrived was sent anew: the plan goes on unless that comes back, too. */
	if (done && same && draft.message && draft.message != known.message &&
	    !strcmp(known.delivery, "failed"))
		done = journal_append(ledger, EVENT_RECEIVABLE_DELIVERY,
		    (struct event_about){
			.customer = known.customer, .receivable = known.id, .message = draft.message},
		    json_pack("{s:s}", "delivery", "sent"), NULL, error);
	row_clear(&receivable_table, &known);
	return done;
}

bool act_open_customer(
    struct ledger *ledger, const struct customer *draft, int64_t *customer, struct error *error)
{
	json_t *body = json_pack("{s:s, s:o, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
	    "company", draft->company, "name", json_text(draft->name), "kind",
	    draft->kind ? draft->kind : "business", "language", json_text(draft->language), "country",
	    json_text(draft->country), "region", json_text(draft->region), "ladder", json_text(draft->ladder),
	    "legal_id", json_text(draft->legal_id), "vat_id", json_text(draft->vat_id), "domain",
	    json_text(draft->domain), "reference", json_text(draft->reference), "address",
	    json_text(draft->address), "phone", json_text(draft->phone));
	return journal_append(ledger, EVENT_CUSTOMER_OPENED, (struct event_about){0}, body, customer, error);
}

/* Which role says more about where reminders should go. */
static int role_rank(const char *role)
{
	static const char *const roles[] = {"proposed", "copied", "imported", "invoice", "named", "answered"};
	for (size_t i = 0; i < ARRAY_LENGTH(roles); i++)
		if (!strcmp(role, roles[i]))
			return (int)i;
	return -1;
}

static bool change_contact(
    struct ledger *ledger, const struct contact *contact, json_t *body, struct error *error)
{
	json_object_set_new(body, "contact", json_integer(contact->id));
	return journal_append(ledger, EVENT_CONTACT_CHANGED,
	    (struct event_about){.customer = contact->customer}, body, NULL, error);
}

/* One of ours: reminders to it would chase ourselves. */
static bool is_own_address(const struct ledger *ledger, const char *address)
{
	return config_company_of_domain(ledger->config, address) ||
	       config_company_of_sender(ledger->config, address) ||
	       config_company_of_mailbox(ledger->config, address);
}

bool act_learn_contact(struct ledger *ledger, int64_t customer, const char *address, const char *name,
    const char *role, struct error *error)
{
	struct contact contact;
	bool found;
	g_autofree char *lower = g_ascii_strdown(address, -1);
	bool is_told = !strcmp(role, "imported"); /* by a person, who may mean it */
	if (!is_told && is_own_address(ledger, lower))
		return true;
	if (!contact_of_address(ledger->store, customer, lower, &contact, &found, error))
		return false;
	bool is_proposal = !strcmp(role, "proposed");
	if (!found) {
		json_t *body = json_pack("{s:o, s:o, s:s, s:s, s:n}", "address", json_text(lower), "name",
		    json_text(name), "role", role, "state", is_proposal ? "proposed" : "good", "reason");
		return journal_append(ledger, EVENT_CONTACT_ADDED, (struct event_about){.customer = customer},
		    body, NULL, error);
	}
	bool done = true;
	if (role_rank(role) > role_rank(contact.role)) {
		json_t *body = json_pack("{s:s}", "role", role);
		if (!strcmp(contact.state, "proposed"))
			json_object_set_new(body, "state", json_string("good"));
		done = change_contact(ledger, &contact, body, error);
	}
	row_clear(&contact_table, &contact);
	return done;
}

bool act_contact_state(struct ledger *ledger, const struct contact *contact, const char *state,
    const char *reason, struct error *error)
{
	if (!strcmp(contact->state, state))
		return true;
	return change_contact(
	    ledger, contact, json_pack("{s:s, s:o}", "state", state, "reason", json_text(reason)), error);
}

bool act_adopt_contact(struct ledger *ledger, int64_t customer, const char *address, const char *name,
    const char *role, struct error *error)
{
	struct contact contact;
	bool found;
	g_autofree char *lower = g_ascii_strdown(address, -1);
	if (is_own_address(ledger, lower))
		return error_set(error, STATUS_NO, "%s is an address of our own", lower);
	if (!act_learn_contact(ledger, customer, lower, name, role, error) ||
	    !contact_of_address(ledger->store, customer, lower, &contact, &found, error))
		return false;
	bool done = !found || act_contact_state(ledger, &contact, "good", "a person says so", error);
	if (found)
		row_clear(&contact_table, &contact);
	return done;
}

/* Of one open invoice: the search for an address is over. */
static bool follow_new_address(
    struct ledger *ledger, const struct receivable *receivable, const char *address, struct error *error)
{
	if (!act_finish_tasks(ledger, receivable->id, "address", "replaced", error))
		return false;
	if (strcmp(receivable->delivery, "failed") != 0)
		return true;
	g_autofree char *title = g_strdup_printf("Send the invoice again: %s", receivable->number);
	g_autofree char *detail = g_strdup_printf("it never arrived; the new address is %s", address);
	struct task_draft draft = {
	    .company = receivable->company,
	    .kind = "request",
	    .customer = receivable->customer,
	    .receivable = receivable->id,
	    .title = title,
	    .detail = detail,
	    .due_on = ledger->today,
	};
	return act_open_task(ledger, &draft, NULL, error);
}

bool act_replace_contact(
    struct ledger *ledger, const struct contact *contact, const char *address, struct error *error)
{
	g_autofree char *reason = g_strdup_printf("by %s", address);
	const char *role = strcmp(contact->role, "proposed") != 0 ? contact->role : "named";
	GPtrArray *open = receivable_list_of_customer(ledger->store, contact->customer, "open", error);
	bool done = open && act_contact_state(ledger, contact, "replaced", reason, error) &&
		    act_adopt_contact(ledger, contact->customer, address, contact->name, role, error);
	for (guint i = 0; done && i < open->len; i++)
		done = follow_new_address(ledger, open->pdata[i], address, error);
	rows_free(&receivable_table, open);
	return done;
}

bool act_contact_answered(
    struct ledger *ledger, const struct contact *contact, instant_t at, struct error *error)
{
	if (contact->answered_at >= at)
		return true;
	json_t *body = json_pack("{s:I, s:s}", "answered_at", (json_int_t)at, "role", "answered");
	return change_contact(ledger, contact, body, error);
}
