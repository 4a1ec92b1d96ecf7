#include "base/base.h"
#include "report/case.h"
#include "dunning/task_steps.h"
#include "ledger/body.h"
#include "report/timeline.h"
#include "store/rows_case.h"
#include "store/rows_message.h"
#include "store/rows_plan.h"

/* `relance show`: a record, then what belongs to the invoice, each kind of it a list. */
static const struct field invoice_fields[] = {
    {"invoice", "Invoice", FIELD_TEXT, 0},
    {"kind", "Kind", FIELD_TEXT, 0},
    {"company", "Company", FIELD_TEXT, 0},
    {"customer_id", "Customer id", FIELD_NUMBER, FIELD_FOR_MACHINES},
    {"customer", "Customer", FIELD_TEXT, 0},
    {"issue_date", "Issued", FIELD_DATE, 0},
    {"due_date", "Due", FIELD_DATE, 0},
    {"days_late", "Days late", FIELD_NUMBER, 0},
    {"total", "Total", FIELD_MONEY, 0},
    {"open", "Open", FIELD_MONEY, 0},
    {"currency", "Currency", FIELD_TEXT, FIELD_FOR_MACHINES},
    {"state", "State", FIELD_TEXT, 0},
    {"delivery", "Delivery", FIELD_TEXT, 0},
    {"order_number", "Order", FIELD_TEXT, 0},
    {"payment_reference", "Reference", FIELD_TEXT, 0},
    {"document", "Document", FIELD_TEXT, 0},
    {"sha256", "SHA-256", FIELD_TEXT, FIELD_FOR_MACHINES},
    {"message_id", "Message-ID", FIELD_TEXT, 0},
    {"missing", "Lacks", FIELD_TEXTS, 0},
    {"warnings", "Warnings", FIELD_TEXTS, 0},
    {"last_step", "Last step", FIELD_TEXT, 0},
    {"last_step_on", "Done on", FIELD_DATE, 0},
    {"next_step", "Next step", FIELD_TEXT, 0},
    {"next_on", "Planned on", FIELD_DATE, 0},
    {"guard", "Held by", FIELD_TEXT, 0},
    {"held_until", "Held until", FIELD_DATE, 0},
    {"why", "Why", FIELD_TEXT, 0},
};
static const struct field entry_fields[] = {{"id", "Id", FIELD_NUMBER, FIELD_FOR_MACHINES},
    {"date", "Date", FIELD_DATE, 0}, {"kind", "Entry", FIELD_TEXT, 0}, {"amount", "Amount", FIELD_MONEY, 0},
    {"reference", "Reference", FIELD_TEXT, FIELD_ELASTIC}};
static const struct field promise_fields[] = {{"id", "Id", FIELD_NUMBER, FIELD_FOR_MACHINES},
    {"made_on", "Made on", FIELD_DATE, 0}, {"promised_on", "Promised for", FIELD_DATE, 0},
    {"amount", "Amount", FIELD_MONEY, 0}, {"state", "State", FIELD_TEXT, 0},
    {"message", "Message", FIELD_NUMBER, 0}};
static const struct field dispute_fields[] = {{"id", "Id", FIELD_NUMBER, FIELD_FOR_MACHINES},
    {"opened_on", "Opened on", FIELD_DATE, 0}, {"reason", "Reason", FIELD_TEXT, 0},
    {"amount", "Amount", FIELD_MONEY, 0}, {"owner", "Owner", FIELD_TEXT, 0},
    {"state", "State", FIELD_TEXT, 0}, {"settled_on", "Settled on", FIELD_DATE, 0},
    {"outcome", "Outcome", FIELD_TEXT, FIELD_ELASTIC}, {"message", "Message", FIELD_NUMBER, 0}};
static const struct field hold_fields[] = {{"id", "Id", FIELD_NUMBER, FIELD_FOR_MACHINES},
    {"set_on", "Set on", FIELD_DATE, 0}, {"kind", "Kind", FIELD_TEXT, 0}, {"until", "Until", FIELD_DATE, 0},
    {"whole_customer", "Whole customer", FIELD_BOOLEAN, 0}, {"reason", "Reason", FIELD_TEXT, FIELD_WRAPPED},
    {"message", "Message", FIELD_NUMBER, 0}};
static const struct field task_fields[] = {{"id", "Task", FIELD_NUMBER, 0}, {"kind", "Kind", FIELD_TEXT, 0},
    {"title", "What", FIELD_TEXT, FIELD_WRAPPED}, {"owner", "Owner", FIELD_TEXT, 0},
    {"due_on", "Due", FIELD_DATE, 0}, {"state", "State", FIELD_TEXT, 0},
    {"outcome", "Outcome", FIELD_TEXT, FIELD_ELASTIC}};
static const struct field message_fields[] = {{"id", "Message", FIELD_NUMBER, 0},
    {"at", "When", FIELD_INSTANT, 0}, {"direction", "Direction", FIELD_TEXT, 0},
    {"from", "From", FIELD_TEXT, FIELD_ELASTIC}, {"kind", "Kind", FIELD_TEXT, 0},
    {"intent", "Intent", FIELD_TEXT, 0}, {"confidence", "Sure", FIELD_SHARE, 0},
    {"message_id", "Message-ID", FIELD_TEXT, FIELD_FOR_MACHINES},
    {"subject", "Subject", FIELD_TEXT, FIELD_ELASTIC}};
static const struct field reminder_fields[] = {{"id", "Reminder", FIELD_NUMBER, 0},
    {"created_at", "Written", FIELD_INSTANT, 0}, {"step", "Step", FIELD_TEXT, 0},
    {"recipients", "To", FIELD_TEXT, FIELD_ELASTIC}, {"state", "State", FIELD_TEXT, 0},
    {"submitted_at", "Submitted", FIELD_INSTANT, FIELD_FOR_MACHINES}, {"seen_at", "Left", FIELD_INSTANT, 0},
    {"message_id", "Message-ID", FIELD_TEXT, FIELD_FOR_MACHINES},
    {"failure", "Failure", FIELD_TEXT, FIELD_ELASTIC}};

static void number_or_absent(struct printer *printer, int64_t number)
{
	if (number == 0)
		printer_absent(printer);
	else
		printer_number(printer, number);
}

static void amount_or_all(struct printer *printer, int64_t amount, const char *currency)
{
	if (amount == 0)
		printer_absent(printer);
	else
		printer_money(printer, money(amount, currency));
}

static instant_t instant_or_none(int64_t at)
{
	return at == 0 ? INSTANT_NONE : at;
}

/* One list of a receivable: how it is got and how a row is printed. */
struct part {
	const char *name, *title;
	const struct field *fields;
	size_t field_count;
	const struct table *table;
	GPtrArray *(*list)(struct store *store, const struct receivable *receivable, struct error *error);
	void (*print)(struct printer *printer, const void *row, const struct receivable *receivable);
};

static GPtrArray *list_entries(struct store *store, const struct receivable *receivable, struct error *error)
{
	return entry_list(store, receivable->id, error);
}

static void print_entry(struct printer *printer, const void *row, const struct receivable *receivable)
{
	const struct entry *entry = row;
	printer_number(printer, entry->id);
	printer_date(printer, entry->entered_on);
	printer_text(printer, entry->kind);
	printer_money(printer, money(entry->amount, receivable->currency));
	printer_text(printer, entry->reference);
}

static GPtrArray *list_promises(struct store *store, const struct receivable *receivable, struct error *error)
{
	return promise_list(store, receivable->id, NULL, error);
}

static void print_promise(struct printer *printer, const void *row, const struct receivable *receivable)
{
	const struct promise *promise = row;
	printer_number(printer, promise->id);
	printer_date(printer, promise->made_on);
	printer_date(printer, promise->promised_on);
	amount_or_all(printer, promise->amount, receivable->currency);
	printer_text(printer, promise->state);
	number_or_absent(printer, promise->message);
}

static GPtrArray *list_disputes(struct store *store, const struct receivable *receivable, struct error *error)
{
	return dispute_list(store, receivable->id, NULL, error);
}

static void print_dispute(struct printer *printer, const void *row, const struct receivable *receivable)
{
	const struct dispute *dispute = row;
	printer_number(printer, dispute->id);
	printer_date(printer, dispute->opened_on);
	printer_text(printer, dispute->reason);
	amount_or_all(printer, dispute->amount, receivable->currency);
	printer_text(printer, dispute->owner);
	printer_text(printer, dispute->state);
	printer_date(printer, dispute->settled_on);
	printer_text(printer, dispute->outcome);
	number_or_absent(printer, dispute->message);
}

static GPtrArray *list_holds(struct store *store, const struct receivable *receivable, struct error *error)
{
	return hold_list(store, receivable->customer, receivable->id, error);
}

static void print_hold(struct printer *printer, const void *row, const struct receivable *receivable)
{
	const struct hold *hold = row;
	(void)receivable;
	printer_number(printer, hold->id);
	printer_date(printer, hold->set_on);
	printer_text(printer, hold->kind);
	printer_date(printer, hold->until);
	printer_boolean(printer, hold->receivable == 0);
	printer_text(printer, hold->reason);
	number_or_absent(printer, hold->message);
}

static GPtrArray *list_tasks(struct store *store, const struct receivable *receivable, struct error *error)
{
	return task_list_of_receivable(store, receivable->id, NULL, error);
}

static void print_task(struct printer *printer, const void *row, const struct receivable *receivable)
{
	const struct task *task = row;
	(void)receivable;
	printer_number(printer, task->id);
	printer_text(printer, task->kind);
	printer_text(printer, task->title);
	printer_text(printer, task->owner);
	printer_date(printer, task->due_on);
	printer_text(printer, task->state);
	printer_text(printer, task->outcome);
}

static GPtrArray *list_messages(struct store *store, const struct receivable *receivable, struct error *error)
{
	return message_list_of_receivable(store, receivable->id, error);
}

static void print_message(struct printer *printer, const void *row, const struct receivable *receivable)
{
	const struct message_row *message = row;
	(void)receivable;
	printer_number(printer, message->id);
	printer_instant(printer, message->sent_at);
	printer_text(printer, message->direction);
	printer_text(printer, message->from_address);
	printer_text(printer, message->kind);
	printer_text(printer, message->intent);
	printer_share(printer, message->intent == NULL ? -1 : message->confidence);
	printer_text(printer, message->message_id);
	printer_text(printer, message->subject);
}

static GPtrArray *list_reminders(
    struct store *store, const struct receivable *receivable, struct error *error)
{
	return outbox_list_of_receivable(store, receivable->id, error);
}

static void print_reminder(struct printer *printer, const void *row, const struct receivable *receivable)
{
	const struct outbox *outbox = row;
	(void)receivable;
	printer_number(printer, outbox->id);
	printer_instant(printer, outbox->created_at);
	printer_text(printer, outbox->step);
	printer_text(printer, outbox->recipients);
	printer_text(printer, outbox->state);
	printer_instant(printer, instant_or_none(outbox->submitted_at));
	printer_instant(printer, instant_or_none(outbox->seen_at));
	printer_text(printer, outbox->message_id);
	printer_text(printer, outbox->failure);
}

#define PART(name, title, fields, table, list, print)                                                        \
	{                                                                                                    \
		name, title, fields, ARRAY_LENGTH(fields), &table, list, print                               \
	}
static const struct part parts[] = {
    PART("entries", "Entries", entry_fields, entry_table, list_entries, print_entry),
    PART("promises", "Promises", promise_fields, promise_table, list_promises, print_promise),
    PART("disputes", "Disputes", dispute_fields, dispute_table, list_disputes, print_dispute),
    PART("holds", "Holds", hold_fields, hold_table, list_holds, print_hold),
    PART("tasks", "Tasks", task_fields, task_table, list_tasks, print_task),
    PART("messages", "Messages", message_fields, message_table, list_messages, print_message),
    PART("reminders", "Reminders", reminder_fields, outbox_table, list_reminders, print_reminder),
};

/* A hold whose day has come holds no longer, though nobody released it. */
static bool is_over(const struct part *part, const void *row, date_t today)
{
	const struct hold *hold = row;
	return part->table == &hold_table && hold->until != DATE_NONE && hold->until <= today;
}

/* The open tasks of steps say the sums of today. */
static bool freshen_tasks(
    struct ledger *ledger, const struct dunning_site *site, const GPtrArray *rows, struct error *error)
{
	struct desk desk;
	if (!desk_init(&desk, ledger, site, error))
		return false;
	bool ok = true;
	for (guint i = 0; ok && i < rows->len; i++) {
		struct task *task = g_ptr_array_index(rows, i);
		g_autofree char *title = NULL, *text = NULL;
		ok = strcmp(task->state, "open") != 0 || task_live_words(&desk, task, &title, &text, error);
		if (ok && title != NULL) {
			g_free(task->title);
			task->title = g_steal_pointer(&title);
		}
	}
	desk_clear(&desk);
	return ok;
}

static bool print_part(struct ledger *ledger, const struct dunning_site *site, const struct part *part,
    const struct receivable *receivable, struct printer *printer, struct error *error)
{
	GPtrArray *rows = part->list(ledger->store, receivable, error);
	if (rows == NULL)
		return false;
	if (part->table == &task_table && rows->len > 0 && !freshen_tasks(ledger, site, rows, error)) {
		rows_free(part->table, rows);
		return false;
	}
	printer_begin_list(printer, part->name, part->title, part->fields, part->field_count);
	for (guint i = 0; i < rows->len; i++) {
		if (is_over(part, g_ptr_array_index(rows, i), ledger->today))
			continue;
		part->print(printer, g_ptr_array_index(rows, i), receivable);
		printer_end_row(printer);
	}
	printer_end_list(printer);
	rows_free(part->table, rows);
	return true;
}

/* The findings about the document, as the reading of the mail that carried it has them; empty for an imported
 * one. */
static void print_findings(
    struct printer *printer, const json_t *reading, const char *number, const char *key)
{
	GPtrArray *texts = g_ptr_array_new();
	size_t i, j;
	json_t *document, *text;
	json_array_foreach(json_object_get(reading, "documents"), i, document)
	{
		const json_t *invoice = json_object_get(document, "invoice");
		const char *found = body_text(invoice, "number");
		if (found == NULL || strcmp(found, number) != 0)
			continue;
		json_array_foreach(json_object_get(invoice, key), j, text) if (json_is_string(text))
		    g_ptr_array_add(texts, (char *)json_string_value(text));
	}
	printer_texts(printer, (const char *const *)texts->pdata, texts->len);
	g_ptr_array_unref(texts);
}

static void print_plan(
    struct printer *printer, const struct receivable *receivable, const struct action *action)
{
	printer_text(printer, receivable->last_step);
	printer_date(printer, receivable->last_step_on);
	printer_text(printer, action == NULL ? NULL : action->step);
	printer_date(printer, action == NULL ? DATE_NONE : action->due_on);
	printer_emphasis(printer, EMPHASIS_WARNING);
	printer_text(printer, action == NULL ? NULL : action->guard);
	printer_date(printer, action == NULL ? DATE_NONE : action->held_until);
	printer_text(printer, action == NULL ? NULL : action->why);
}

static void print_fields(struct printer *printer, const struct receivable *receivable, const char *customer,
    const json_t *reading, const struct action *action, date_t today)
{
	int late = today - receivable->due_date;
	printer_text(printer, receivable->number);
	printer_text(printer, receivable->kind);
	printer_text(printer, receivable->company);
	printer_number(printer, receivable->customer);
	printer_text(printer, customer);
	printer_date(printer, receivable->issue_date);
	printer_date(printer, receivable->due_date);
	if (late > 0 && receivable->open > 0) {
		printer_emphasis(printer, late > 30 ? EMPHASIS_BAD : EMPHASIS_WARNING);
		printer_number(printer, late);
	} else if (printer_is_for_people(printer) || receivable->open <= 0) {
		printer_absent(printer);
	} else {
		printer_number(printer, 0);
	}
	printer_money(printer, money(receivable->total, receivable->currency));
	printer_money(printer, money(receivable->open, receivable->currency));
	printer_text(printer, receivable->currency);
	printer_text(printer, receivable->state);
	printer_text(printer, receivable->delivery);
	printer_text(printer, receivable->order_number);
	printer_text(printer, receivable->payment_reference);
	printer_text(printer, receivable->document_name);
	printer_text(printer, receivable->sha256);
	printer_text(printer, receivable->message_id);
	print_findings(printer, reading, receivable->number, "missing");
	print_findings(printer, reading, receivable->number, "warnings");
	print_plan(printer, receivable, action);
}

bool report_invoice(struct ledger *ledger, const struct dunning_site *site,
    const struct receivable *receivable, struct printer *printer, struct error *error)
{
	struct store *store = ledger->store;
	struct action action = {0};
	struct message_row message = {0};
	bool planned = false;
	bool carried = false;
	char *customer = NULL;
	bool ok =
	    name_of_customer(store, receivable->customer, &customer, error) &&
	    action_get(store, receivable->id, &action, &planned, error) &&
	    (receivable->message == 0 || message_get(store, receivable->message, &message, &carried, error));
	if (ok) {
		json_t *reading =
		    carried && message.reading != NULL ? json_loads(message.reading, 0, NULL) : NULL;
		printer_begin_record(printer, NULL, invoice_fields, ARRAY_LENGTH(invoice_fields));
		print_fields(printer, receivable, customer, reading, planned ? &action : NULL, ledger->today);
		ok = report_due_lines(ledger, site, receivable, printer, error);
		for (size_t i = 0; ok && i < ARRAY_LENGTH(parts); i++)
			ok = print_part(ledger, site, &parts[i], receivable, printer, error);
		if (ok)
			printer_end_record(printer);
		json_decref(reading);
	}
	g_free(customer);
	if (planned)
		row_clear(&action_table, &action);
	if (carried)
		row_clear(&message_table, &message);
	return ok;
}
