#include "base/base.h"
#include "report/case.h"
#include "report/timeline.h"
#include "ledger/body.h"
#include "store/rows_message.h"
#include "store/rows_plan.h"

#include <glib.h>

static const struct field timeline_fields[] = {
    {"at", "When", FIELD_INSTANT, 0},
    {"sequence", "Event", FIELD_NUMBER, 0},
    {"kind", "Kind", FIELD_TEXT, FIELD_FOR_MACHINES},
    {"invoice", "Invoice", FIELD_TEXT, 0},
    {"what", "What", FIELD_TEXT, FIELD_WRAPPED},
    {"evidence", "Evidence", FIELD_TEXT, FIELD_WRAPPED},
    {"actor", "By", FIELD_TEXT, 0},
    {"message", "Message", FIELD_NUMBER, FIELD_FOR_MACHINES},
    {"body", "Body", FIELD_JSON, FIELD_FOR_MACHINES},
};

/* What belongs to one invoice beside the events that name it. */
struct scope {
	const struct receivable *receivable; /* NULL: everything */
	GHashTable *messages;		     /* ids linked to it */
	GHashTable *outboxes;		     /* ids of reminders about it */
	GHashTable *message_ids;	     /* of the invoice's mail and of those reminders */
};

/* The small steps that only --all shows. */
static bool is_small(const struct event *event)
{
	static const char *const kinds[] = {"contact.added", "message.alias", "message.recorded",
	    "reminder.submitting", "reminder.submitted", "receivable.delivery"};
	for (size_t i = 0; i < ARRAY_LENGTH(kinds); i++)
		if (strcmp(event->kind, kinds[i]) == 0)
			return true;
	if (strcmp(event->kind, "message.linked") == 0) /* the mail that carried the invoice */
		return strstr(event->body, "\"evidence\":\"document\"") != NULL;
	return strcmp(event->kind, "contact.changed") == 0 && strstr(event->body, "\"state\"") == NULL;
}

/* The first entry says what receivable.opened has said. */
static bool is_first_entry(const struct event *event)
{
	return strcmp(event->kind, "entry.posted") == 0 &&
	       strstr(event->body, "\"kind\":\"invoice\"") != NULL;
}

static gpointer id_key(int64_t id)
{
	int64_t *key = g_new(int64_t, 1);
	*key = id;
	return key;
}

static bool scope_init(
    struct scope *scope, struct store *store, const struct receivable *receivable, struct error *error)
{
	*scope = (struct scope){receivable, g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL),
	    g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL),
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
	if (receivable == NULL)
		return true;
	GPtrArray *links = link_list_of_receivable(store, receivable->id, error);
	GPtrArray *outboxes = links == NULL ? NULL : outbox_list_of_receivable(store, receivable->id, error);
	for (guint i = 0; outboxes != NULL && i < links->len; i++)
		g_hash_table_add(
		    scope->messages, id_key(((struct link *)g_ptr_array_index(links, i))->message));
	for (guint i = 0; outboxes != NULL && i < outboxes->len; i++) {
		const struct outbox *outbox = g_ptr_array_index(outboxes, i);
		g_hash_table_add(scope->outboxes, id_key(outbox->id));
		g_hash_table_add(scope->message_ids, g_strdup(outbox->message_id));
	}
	if (receivable->message != 0)
		g_hash_table_add(scope->messages, id_key(receivable->message));
	if (receivable->message_id != NULL)
		g_hash_table_add(scope->message_ids, g_strdup(receivable->message_id));
	bool ok = outboxes != NULL;
	if (outboxes != NULL)
		rows_free(&outbox_table, outboxes);
	if (links != NULL)
		rows_free(&link_table, links);
	return ok;
}

static void scope_clear(struct scope *scope)
{
	g_hash_table_unref(scope->messages);
	g_hash_table_unref(scope->outboxes);
	g_hash_table_unref(scope->message_ids);
}

static bool scope_has(const struct scope *scope, const struct event *event)
{
	if (scope->receivable == NULL || event->sequence == scope->receivable->id)
		return true;
	if (event->receivable != 0)
		return event->receivable == scope->receivable->id;
	if (g_str_has_prefix(event->kind, "hold.")) /* of the whole customer */
		return true;
	json_t *body = json_loads(event->body, 0, NULL);
	bool has = false;
	if (strcmp(event->kind, "reminder.composed") == 0) {
		has = g_hash_table_contains(scope->outboxes, &event->sequence);
	} else if (g_str_has_prefix(event->kind, "reminder.")) {
		int64_t outbox = body_integer(body, "outbox");
		has = g_hash_table_contains(scope->outboxes, &outbox);
	} else if (strcmp(event->kind, "delivery.reported") == 0) {
		const char *message_id = body_text(body, "message_id");
		has = message_id != NULL && g_hash_table_contains(scope->message_ids, message_id);
	} else if (g_str_has_prefix(event->kind, "message.")) {
		int64_t message = event->message != 0 ? event->message : event->sequence;
		has = g_hash_table_contains(scope->messages, &message);
	}
	json_decref(body);
	return has;
}

/* Appends the number of a receivable. */
static bool append_number(struct store *store, int64_t id, struct buffer *numbers, struct error *error)
{
	char *number;
	if (!number_of_receivable(store, id, &number, error))
		return false;
	if (number != NULL)
		buffer_printf(numbers, "%s%s", numbers->length > 0 ? ", " : "", number);
	g_free(number);
	return true;
}

static int64_t outbox_of(const struct event *event)
{
	if (strcmp(event->kind, "reminder.composed") == 0)
		return event->sequence;
	json_t *body = json_loads(event->body, 0, NULL);
	int64_t outbox = body_integer(body, "outbox");
	json_decref(body);
	return outbox;
}

/* The numbers of the invoices that an event is about. */
static bool numbers_of(
    struct store *store, const struct event *event, struct buffer *numbers, struct error *error)
{
	if (strcmp(event->kind, "receivable.opened") == 0)
		return append_number(store, event->sequence, numbers, error);
	if (!g_str_has_prefix(event->kind, "reminder."))
		return append_number(store, event->receivable, numbers, error);
	GPtrArray *items = outbox_item_list(store, outbox_of(event), error);
	bool ok = items != NULL;
	int64_t before = 0;
	for (guint i = 0; ok && i < items->len; i++) {
		const struct outbox_item *item = g_ptr_array_index(items, i);
		ok = item->receivable == before || append_number(store, item->receivable, numbers, error);
		before = item->receivable;
	}
	if (items != NULL)
		rows_free(&outbox_item_table, items);
	return ok;
}

/* People want to see people: what the clerk did rests on the evidence. */
static void print_actor(struct printer *printer, const char *actor)
{
	if (!printer_is_for_people(printer))
		printer_text(printer, actor);
	else if (g_str_has_prefix(actor, "user:"))
		printer_text(printer, actor + 5);
	else
		printer_absent(printer);
}

/* ONE_INVOICE: people know which one it is. */
static bool print_event(struct store *store, const struct event *event, bool one_invoice,
    struct printer *printer, struct error *error)
{
	struct buffer numbers = BUFFER_EMPTY;
	struct buffer sentence = BUFFER_EMPTY;
	struct buffer evidence = BUFFER_EMPTY;
	bool ok = numbers_of(store, event, &numbers, error) &&
		  event_tell(store, event, &sentence, &evidence, error);
	if (ok) {
		json_t *body = json_loads(event->body, 0, NULL);
		bool named = numbers.length > 0 && !(one_invoice && printer_is_for_people(printer));
		printer_instant(printer, event->at);
		printer_number(printer, event->sequence);
		printer_text(printer, event->kind);
		printer_text(printer, named ? numbers.bytes : NULL);
		printer_text(printer, sentence.bytes);
		printer_emphasis(printer, EMPHASIS_QUIET);
		printer_text(printer, evidence.length == 0 ? NULL : evidence.bytes);
		print_actor(printer, event->actor);
		if (event->message == 0)
			printer_absent(printer);
		else
			printer_number(printer, event->message);
		printer_json(printer, body);
		printer_end_row(printer);
		json_decref(body);
	}
	buffer_clear(&numbers);
	buffer_clear(&sentence);
	buffer_clear(&evidence);
	return ok;
}

bool report_timeline(struct store *store, const struct timeline_request *request, struct printer *printer,
    const char *name, int64_t *count, struct error *error)
{
	struct scope scope;
	int64_t rows = 0;
	bool ok = scope_init(&scope, store, request->receivable, error);
	GPtrArray *events = ok ? journal_list_of_customer(store, request->customer, error) : NULL;
	ok = events != NULL;
	if (ok)
		printer_begin_list(printer, name, name == NULL ? NULL : "Timeline", timeline_fields,
		    ARRAY_LENGTH(timeline_fields));
	for (guint i = 0; ok && i < events->len; i++) {
		const struct event *event = g_ptr_array_index(events, i);
		bool hidden = !request->all && (is_small(event) || is_first_entry(event));
		bool later = request->until != INSTANT_NONE && event->at > request->until;
		if (hidden || later || !scope_has(&scope, event))
			continue;
		ok = print_event(store, event, request->receivable != NULL, printer, error);
		rows++;
	}
	if (ok)
		printer_end_list(printer);
	if (events != NULL)
		rows_free(&journal_table, events);
	scope_clear(&scope);
	if (count != NULL)
		*count = rows;
	return ok;
}
