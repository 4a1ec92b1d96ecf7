#include "base/base.h"
#include "report/case.h"
#include "dunning/task_steps.h"
#include "ledger/body.h"
#include "store/figures.h"
#include "store/rows_case.h"
#include "store/rows_message.h"
#include "store/rows_plan.h"

/* The receivable and the customer's name that a row is about. */
struct about {
	struct receivable receivable;
	char *customer;
};

static bool about_init(
    struct about *about, struct store *store, int64_t receivable, int64_t customer, struct error *error)
{
	bool found;
	*about = (struct about){0};
	if (receivable != 0 && !receivable_get(store, receivable, &about->receivable, &found, error))
		return false;
	if (customer == 0)
		customer = about->receivable.customer;
	return name_of_customer(store, customer, &about->customer, error);
}

static void about_clear(struct about *about)
{
	row_clear(&receivable_table, &about->receivable);
	g_free(about->customer);
}

static bool is_wanted(const char *company, const char *of_row)
{
	return company == NULL || of_row == NULL || g_ascii_strcasecmp(company, of_row) == 0;
}

static void print_part_or_all(struct printer *printer, int64_t amount, const struct receivable *receivable)
{
	printer_money(printer, money(amount == 0 ? receivable->open : amount, receivable->currency));
}

static void print_id(struct printer *printer, int64_t id)
{
	if (id == 0)
		printer_absent(printer);
	else
		printer_number(printer, id);
}

/* --- promises */

static const struct field promise_fields[] = {{"id", "Id", FIELD_NUMBER, FIELD_FOR_MACHINES},
    {"promised_on", "Promised for", FIELD_DATE, 0}, {"invoice", "Invoice", FIELD_TEXT, 0},
    {"customer", "Customer", FIELD_TEXT, FIELD_ELASTIC}, {"amount", "Amount", FIELD_MONEY, 0},
    {"currency", "Currency", FIELD_TEXT, FIELD_FOR_MACHINES}, {"made_on", "Made on", FIELD_DATE, 0},
    {"due_date", "Due", FIELD_DATE, 0}, {"days_over", "Days over", FIELD_NUMBER, 0},
    {"message", "Message", FIELD_NUMBER, 0}};

static int by_promised(const void *a, const void *b)
{
	const struct promise *x = *(const struct promise *const *)a;
	const struct promise *y = *(const struct promise *const *)b;
	if (x->promised_on != y->promised_on)
		return x->promised_on < y->promised_on ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

bool report_promises(
    struct store *store, const char *company, date_t today, struct printer *printer, struct error *error)
{
	GPtrArray *rows = promise_list_of_state(store, "running", error);
	bool ok = rows != NULL;
	if (!ok)
		return false;
	g_ptr_array_sort(rows, by_promised);
	printer_begin_list(printer, NULL, NULL, promise_fields, ARRAY_LENGTH(promise_fields));
	for (guint i = 0; ok && i < rows->len; i++) {
		const struct promise *promise = g_ptr_array_index(rows, i);
		struct about about;
		ok = about_init(&about, store, promise->receivable, 0, error);
		if (ok && is_wanted(company, about.receivable.company)) {
			printer_number(printer, promise->id);
			printer_date(printer, promise->promised_on);
			printer_text(printer, about.receivable.number);
			printer_text(printer, about.customer);
			print_part_or_all(printer, promise->amount, &about.receivable);
			printer_text(printer, about.receivable.currency);
			printer_date(printer, promise->made_on);
			printer_date(printer, about.receivable.due_date);
			if (promise->promised_on != DATE_NONE && promise->promised_on < today) {
				printer_emphasis(printer, EMPHASIS_BAD);
				printer_number(printer, today - promise->promised_on);
			} else {
				printer_absent(printer);
			}
			print_id(printer, promise->message);
			printer_end_row(printer);
		}
		about_clear(&about);
	}
	if (ok)
		printer_end_list(printer);
	rows_free(&promise_table, rows);
	return ok;
}

/* --- disputes */

static const struct field dispute_fields[] = {{"id", "Id", FIELD_NUMBER, FIELD_FOR_MACHINES},
    {"invoice", "Invoice", FIELD_TEXT, 0}, {"customer", "Customer", FIELD_TEXT, FIELD_ELASTIC},
    {"reason", "Reason", FIELD_TEXT, 0}, {"amount", "Disputed", FIELD_MONEY, 0},
    {"open", "Open", FIELD_MONEY, 0}, {"currency", "Currency", FIELD_TEXT, FIELD_FOR_MACHINES},
    {"owner", "Owner", FIELD_TEXT, 0}, {"opened_on", "Since", FIELD_DATE, 0},
    {"days", "Days", FIELD_NUMBER, 0}, {"message", "Message", FIELD_NUMBER, 0}};

bool report_disputes(
    struct store *store, const char *company, date_t today, struct printer *printer, struct error *error)
{
	GPtrArray *rows = dispute_list_of_state(store, "open", error);
	bool ok = rows != NULL;
	if (!ok)
		return false;
	printer_begin_list(printer, NULL, NULL, dispute_fields, ARRAY_LENGTH(dispute_fields));
	for (guint i = 0; ok && i < rows->len; i++) {
		const struct dispute *dispute = g_ptr_array_index(rows, i);
		struct about about;
		ok = about_init(&about, store, dispute->receivable, 0, error);
		if (ok && is_wanted(company, about.receivable.company)) {
			printer_number(printer, dispute->id);
			printer_text(printer, about.receivable.number);
			printer_text(printer, about.customer);
			printer_text(printer, dispute->reason);
			print_part_or_all(printer, dispute->amount, &about.receivable);
			printer_money(printer, money(about.receivable.open, about.receivable.currency));
			printer_text(printer, about.receivable.currency);
			printer_text(printer, dispute->owner);
			printer_date(printer, dispute->opened_on);
			printer_number(printer, today - dispute->opened_on);
			print_id(printer, dispute->message);
			printer_end_row(printer);
		}
		about_clear(&about);
	}
	if (ok)
		printer_end_list(printer);
	rows_free(&dispute_table, rows);
	return ok;
}

/* --- bounces */

static const struct field bounce_fields[] = {{"customer_id", "Customer id", FIELD_NUMBER, FIELD_FOR_MACHINES},
    {"customer", "Customer", FIELD_TEXT, FIELD_ELASTIC},
    {"company", "Company", FIELD_TEXT, FIELD_FOR_MACHINES}, {"address", "Address", FIELD_TEXT, 0},
    {"name", "Name", FIELD_TEXT, FIELD_FOR_MACHINES}, {"state", "State", FIELD_TEXT, 0},
    {"reason", "Reason", FIELD_TEXT, FIELD_ELASTIC}, {"open_invoices", "Open invoices", FIELD_NUMBER, 0},
    {"other_addresses", "Other addresses", FIELD_NUMBER, 0}};

/* The reason repeats the address that stands beside it. */
static const char *bare_reason(const struct bounce_figure *figure)
{
	size_t length = strlen(figure->address);
	if (figure->reason != NULL && strncmp(figure->reason, figure->address, length) == 0 &&
	    strncmp(figure->reason + length, ": ", 2) == 0)
		return figure->reason + length + 2;
	return figure->reason;
}

static bool print_bounce(const struct bounce_figure *figure, void *data, struct error *error)
{
	struct printer *printer = data;
	(void)error;
	printer_number(printer, figure->customer);
	printer_text(printer, figure->customer_name);
	printer_text(printer, figure->company);
	printer_text(printer, figure->address);
	printer_text(printer, figure->name);
	printer_text(printer, figure->state);
	printer_text(printer, bare_reason(figure));
	printer_number(printer, figure->open_invoices);
	printer_emphasis(printer, figure->other_addresses == 0 ? EMPHASIS_BAD : EMPHASIS_NONE);
	printer_number(printer, figure->other_addresses);
	printer_end_row(printer);
	return true;
}

bool report_bounces(struct store *store, const char *company, struct printer *printer, struct error *error)
{
	printer_begin_list(printer, NULL, NULL, bounce_fields, ARRAY_LENGTH(bounce_fields));
	if (!bounce_figures(store, company, print_bounce, printer, error))
		return false;
	printer_end_list(printer);
	return true;
}

/* --- tasks */

static const struct field task_fields[] = {{"id", "Task", FIELD_NUMBER, 0}, {"kind", "Kind", FIELD_TEXT, 0},
    {"due_on", "Due", FIELD_DATE, 0}, {"invoice", "Invoice", FIELD_TEXT, 0},
    {"customer", "Customer", FIELD_TEXT, FIELD_ELASTIC},
    {"company", "Company", FIELD_TEXT, FIELD_FOR_MACHINES}, {"title", "What", FIELD_TEXT, FIELD_WRAPPED},
    {"detail", "Detail", FIELD_TEXT, FIELD_FOR_MACHINES}, {"owner", "Owner", FIELD_TEXT, 0},
    {"message", "Message", FIELD_NUMBER, 0}, {"state", "State", FIELD_TEXT, FIELD_FOR_MACHINES},
    {"outcome", "Outcome", FIELD_TEXT, FIELD_ELASTIC},
    {"opened_at", "Opened", FIELD_INSTANT, FIELD_FOR_MACHINES},
    {"done_at", "Done", FIELD_INSTANT, FIELD_FOR_MACHINES}};

/* A task with its words as of now; what was found out when it was opened, where nothing of it is known
 * better. */
struct live_task {
	const struct task *row;
	char *title, *detail;
};

/* WHOLE: with the situation of its invoices, whatever it is about; else only where that is what it is about.
 */
static bool live_task_init(
    struct live_task *live, struct desk *desk, const struct task *task, bool whole, struct error *error)
{
	*live = (struct live_task){.row = task};
	if (strcmp(task->state, "open") == 0 &&
	    !task_live_words(desk, task, &live->title, &live->detail, error))
		return false;
	if (live->title == NULL && !whole)
		g_clear_pointer(&live->detail, g_free);
	if (live->title == NULL)
		live->title = g_strdup(task->title);
	if (live->detail == NULL)
		live->detail = g_strdup(task->detail);
	return true;
}

static void live_task_clear(struct live_task *live)
{
	g_free(live->title);
	g_free(live->detail);
}

static bool print_task(
    struct ledger *ledger, const struct live_task *live, struct printer *printer, struct error *error)
{
	struct about about;
	const struct task *task = live->row;
	bool ok = about_init(&about, ledger->store, task->receivable, task->customer, error);
	if (ok) {
		bool late = task->due_on != DATE_NONE && task->due_on < ledger->today;
		printer_number(printer, task->id);
		printer_text(printer, task->kind);
		if (late && strcmp(task->state, "open") == 0)
			printer_emphasis(printer, EMPHASIS_BAD);
		printer_date(printer, task->due_on);
		printer_text(printer, about.receivable.number);
		printer_text(printer, about.customer);
		printer_text(printer, task->company);
		printer_text(printer, live->title);
		printer_text(printer, live->detail);
		printer_text(printer, task->owner);
		print_id(printer, task->message);
		printer_text(printer, task->state);
		printer_text(printer, task->outcome);
		printer_instant(printer, task->opened_at);
		printer_instant(printer, task->done_at == 0 ? INSTANT_NONE : task->done_at);
	}
	about_clear(&about);
	return ok;
}

bool report_tasks(struct ledger *ledger, const struct dunning_site *site, const char *company,
    const char *kind, bool all, struct printer *printer, struct error *error)
{
	struct desk desk;
	if (!desk_init(&desk, ledger, site, error))
		return false;
	GPtrArray *rows = task_list(ledger->store, company, all ? NULL : "open", error);
	bool ok = rows != NULL;
	if (ok)
		printer_begin_list(printer, NULL, NULL, task_fields, ARRAY_LENGTH(task_fields));
	for (guint i = 0; ok && i < rows->len; i++) {
		const struct task *task = g_ptr_array_index(rows, i);
		struct live_task live;
		if (kind != NULL && strcmp(task->kind, kind) != 0)
			continue;
		ok = live_task_init(&live, &desk, task, false, error) &&
		     print_task(ledger, &live, printer, error);
		live_task_clear(&live);
		if (ok)
			printer_end_row(printer);
	}
	if (ok)
		printer_end_list(printer);
	rows_free(&task_table, rows);
	desk_clear(&desk);
	return ok;
}

static void print_detail(struct printer *printer, const char *detail)
{
	g_auto(GStrv) lines = g_strsplit(detail ? detail : "", "\n", -1);
	for (char **line = lines; *line; line++) {
		if (line == lines)
			printer_note(printer, "%s", *line);
		else
			printer_line(printer, "%s", *line);
	}
}

bool report_task(struct ledger *ledger, const struct dunning_site *site, const struct task *task,
    struct printer *printer, struct error *error)
{
	struct desk desk;
	struct live_task live;
	if (!desk_init(&desk, ledger, site, error))
		return false;
	bool ok = live_task_init(&live, &desk, task, true, error);
	if (ok) {
		printer_begin_record(printer, NULL, task_fields, ARRAY_LENGTH(task_fields));
		ok = print_task(ledger, &live, printer, error);
	}
	if (ok) {
		printer_end_record(printer);
		print_detail(printer, live.detail);
	}
	live_task_clear(&live);
	desk_clear(&desk);
	return ok;
}

/* --- review */

static const struct field review_fields[] = {{"message", "Message", FIELD_NUMBER, 0},
    {"at", "When", FIELD_INSTANT, 0}, {"from", "From", FIELD_TEXT, FIELD_ELASTIC},
    {"from_name", "Name", FIELD_TEXT, FIELD_FOR_MACHINES}, {"kind", "Kind", FIELD_TEXT, FIELD_FOR_MACHINES},
    {"intent", "Intent", FIELD_TEXT, 0}, {"confidence", "Sure", FIELD_SHARE, 0},
    {"invoices", "About", FIELD_TEXTS, FIELD_ELASTIC}, {"subject", "Subject", FIELD_TEXT, FIELD_ELASTIC},
    {"words", "Words", FIELD_TEXT, FIELD_WRAPPED}};

static char *words_of(const struct message_row *message)
{
	json_t *reading = message->reading == NULL ? NULL : json_loads(message->reading, 0, NULL);
	const json_t *reply = json_object_get(reading, "reply");
	const char *span = body_text(json_array_get(json_object_get(reply, "intents"), 0), "span");
	if (span == NULL || *span == '\0')
		span = body_text(reply, "new_text");
	char *words = span == NULL ? NULL : g_utf8_substring(span, 0, MIN(g_utf8_strlen(span, -1), 200));
	json_decref(reading);
	return words;
}

/* The numbers of the invoices that it is, or may be ("?"), about. */
static GPtrArray *numbers_of(struct store *store, int64_t message, struct error *error)
{
	GPtrArray *numbers = g_ptr_array_new_with_free_func(g_free);
	GPtrArray *links = link_list_of_message(store, message, error);
	bool ok = links != NULL;
	for (guint i = 0; ok && i < links->len; i++) {
		const struct link *link = g_ptr_array_index(links, i);
		char *number;
		ok = number_of_receivable(store, link->receivable, &number, error);
		if (ok && number != NULL && strcmp(link->status, "refused") != 0)
			g_ptr_array_add(numbers,
			    g_strconcat(number, strcmp(link->status, "proposed") == 0 ? "?" : "", NULL));
		g_free(number);
	}
	if (links != NULL)
		rows_free(&link_table, links);
	if (ok)
		return numbers;
	g_ptr_array_unref(numbers);
	return NULL;
}

bool report_review(struct store *store, const char *company, struct printer *printer, struct error *error)
{
	GPtrArray *rows = message_list_of_state(store, "review", error);
	bool ok = rows != NULL;
	if (!ok)
		return false;
	printer_begin_list(printer, NULL, NULL, review_fields, ARRAY_LENGTH(review_fields));
	for (guint i = 0; ok && i < rows->len; i++) {
		const struct message_row *message = g_ptr_array_index(rows, i);
		if (!is_wanted(company, message->company))
			continue;
		GPtrArray *numbers = numbers_of(store, message->id, error);
		ok = numbers != NULL;
		if (!ok)
			break;
		char *words = words_of(message);
		printer_number(printer, message->id);
		printer_instant(printer, message->sent_at);
		printer_text(printer, message->from_address);
		printer_text(printer, message->from_name);
		printer_text(printer, message->kind);
		printer_text(printer, message->intent);
		printer_share(printer, message->intent == NULL ? -1 : message->confidence);
		printer_texts(printer, (const char *const *)numbers->pdata, numbers->len);
		printer_text(printer, message->subject);
		printer_text(printer, words);
		printer_end_row(printer);
		g_free(words);
		g_ptr_array_unref(numbers);
	}
	if (ok)
		printer_end_list(printer);
	rows_free(&message_table, rows);
	return ok;
}

/* --- outbox */

static const struct field outbox_fields[] = {{"id", "Reminder", FIELD_NUMBER, 0},
    {"customer", "Customer", FIELD_TEXT, FIELD_ELASTIC},
    {"company", "Company", FIELD_TEXT, FIELD_FOR_MACHINES}, {"step", "Step", FIELD_TEXT, 0},
    {"invoices", "Invoices", FIELD_TEXTS, FIELD_ELASTIC}, {"recipients", "To", FIELD_TEXT, FIELD_ELASTIC},
    {"subject", "Subject", FIELD_TEXT, FIELD_ELASTIC}, {"state", "State", FIELD_TEXT, FIELD_FOR_MACHINES},
    {"created_at", "Written", FIELD_INSTANT, 0}, {"failure", "Failure", FIELD_TEXT, FIELD_ELASTIC}};

static GPtrArray *numbers_of_outbox(struct store *store, int64_t outbox, struct error *error)
{
	GPtrArray *numbers = g_ptr_array_new_with_free_func(g_free);
	GPtrArray *items = outbox_item_list(store, outbox, error);
	bool ok = items != NULL;
	int64_t before = 0;
	for (guint i = 0; ok && i < items->len; i++) {
		const struct outbox_item *item = g_ptr_array_index(items, i);
		char *number;
		if (item->receivable == before) /* another due line of it */
			continue;
		before = item->receivable;
		ok = number_of_receivable(store, item->receivable, &number, error);
		if (ok && number != NULL)
			g_ptr_array_add(numbers, number);
	}
	if (items != NULL)
		rows_free(&outbox_item_table, items);
	if (ok)
		return numbers;
	g_ptr_array_unref(numbers);
	return NULL;
}

bool report_outbox(
    struct store *store, const char *company, const char *state, struct printer *printer, struct error *error)
{
	GPtrArray *rows = outbox_list_of_state(store, state, error);
	bool ok = rows != NULL;
	if (!ok)
		return false;
	printer_begin_list(printer, NULL, NULL, outbox_fields, ARRAY_LENGTH(outbox_fields));
	for (guint i = 0; ok && i < rows->len; i++) {
		const struct outbox *outbox = g_ptr_array_index(rows, i);
		char *customer = NULL;
		if (!is_wanted(company, outbox->company))
			continue;
		GPtrArray *numbers = numbers_of_outbox(store, outbox->id, error);
		ok = numbers != NULL && name_of_customer(store, outbox->customer, &customer, error);
		if (ok) {
			printer_number(printer, outbox->id);
			printer_text(printer, customer);
			printer_text(printer, outbox->company);
			printer_text(printer, outbox->step);
			printer_texts(printer, (const char *const *)numbers->pdata, numbers->len);
			printer_text(printer, outbox->recipients);
			printer_text(printer, outbox->subject);
			printer_text(printer, outbox->state);
			printer_instant(printer, outbox->created_at);
			printer_text(printer, outbox->failure);
			printer_end_row(printer);
		}
		g_free(customer);
		if (numbers != NULL)
			g_ptr_array_unref(numbers);
	}
	if (ok)
		printer_end_list(printer);
	rows_free(&outbox_table, rows);
	return ok;
}
