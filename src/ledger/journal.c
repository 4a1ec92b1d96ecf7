#include "base/base.h"
#include "ledger/journal.h"

#include "base/buffer.h"
#include "ledger/apply.h"
#include "ledger/body.h"
#include "store/rows_journal.h"
#include "store/rows_message.h"

#define VERIFY_BATCH 1000

static void append_number(struct buffer *text, int64_t number)
{
	buffer_printf(text, ",%lld", (long long)number);
}

/* What is hashed: a JSON array of the previous hash and all the event's own fields, in the order of the
 * table. */
static void hash_event(const struct event *event, char hash[SHA256_TEXT_SIZE])
{
	struct buffer text = BUFFER_EMPTY;
	buffer_append_char(&text, '[');
	buffer_append_json_string(&text, event->previous_hash);
	append_number(&text, event->sequence);
	append_number(&text, event->at);
	buffer_append_char(&text, ',');
	buffer_append_json_string(&text, event->actor);
	buffer_append_char(&text, ',');
	buffer_append_json_string(&text, event->kind);
	append_number(&text, event->customer);
	append_number(&text, event->receivable);
	append_number(&text, event->message);
	buffer_append_char(&text, ',');
	buffer_append_json_string(&text, event->dedupe);
	buffer_append_char(&text, ',');
	buffer_append_text(&text, event->body);
	buffer_append_char(&text, ']');
	sha256_text(text.bytes, text.length, hash);
	buffer_clear(&text);
}

static bool write_event(struct ledger *ledger, struct event *event, const json_t *body, struct error *error)
{
	char previous[SHA256_TEXT_SIZE], hash[SHA256_TEXT_SIZE];
	int64_t last, touched_customer;
	if (!journal_head_get(ledger->store, &last, previous, error))
		return false;
	event->sequence = last + 1;
	event->previous_hash = previous;
	hash_event(event, hash);
	event->hash = hash;
	if (!row_insert(ledger->store, &journal_table, event, error) ||
	    !journal_head_put(ledger->store, event->sequence, hash, error) ||
	    !apply_event(ledger->store, event, body, &touched_customer, error))
		return false;
	bool opens = !strcmp(event->kind, event_kind_word(EVENT_RECEIVABLE_OPENED));
	ledger_touch(ledger, opens ? event->sequence : event->receivable);
	ledger_touch_customer(ledger, touched_customer);
	return true;
}

bool journal_append(struct ledger *ledger, enum event_kind kind, struct event_about about, json_t *body,
    int64_t *sequence, struct error *error)
{
	if (!store_in_transaction(ledger->store) || !body)
		abort();
	bool has = false;
	if (sequence)
		*sequence = 0;
	if (about.dedupe && !journal_has(ledger->store, about.dedupe, &has, error)) {
		json_decref(body);
		return false;
	}
	if (has) {
		json_decref(body);
		return true;
	}
	json_object_set_new(body, "on", json_date(ledger->today));
	char *text = json_dumps(body, JSON_COMPACT | JSON_SORT_KEYS);
	if (!text)
		abort();
	struct event event = {
	    .at = ledger->now,
	    .actor = (char *)ledger->actor,
	    .kind = (char *)event_kind_word(kind),
	    .customer = about.customer,
	    .receivable = about.receivable,
	    .message = about.message,
	    .dedupe = (char *)about.dedupe,
	    .body = text,
	};
	bool done = write_event(ledger, &event, body, error);
	if (done && sequence)
		*sequence = event.sequence;
	free(text);
	json_decref(body);
	return done;
}

/* Whether EVENT is the next link of the chain; moves the chain on. */
static bool follows(
    const struct event *event, int64_t *last, char chain[SHA256_TEXT_SIZE], struct error *error)
{
	char hash[SHA256_TEXT_SIZE];
	hash_event(event, hash);
	if (event->sequence != *last + 1)
		return error_set(error, STATUS_DATA, "journal: event %lld is missing", (long long)*last + 1);
	if (strcmp(event->previous_hash, chain) || strcmp(event->hash, hash))
		return error_set(
		    error, STATUS_DATA, "journal: event %lld was changed", (long long)event->sequence);
	*last = event->sequence;
	memcpy(chain, hash, SHA256_TEXT_SIZE);
	return true;
}

bool journal_verify(struct store *store, int64_t *count, struct error *error)
{
	char chain[SHA256_TEXT_SIZE], head[SHA256_TEXT_SIZE];
	int64_t last = 0, head_sequence;
	memset(chain, '0', sizeof chain - 1);
	chain[sizeof chain - 1] = '\0';
	for (bool more = true; more;) {
		GPtrArray *events = journal_list(store, last, VERIFY_BATCH, error);
		if (!events)
			return false;
		bool sound = true;
		for (guint i = 0; sound && i < events->len; i++)
			sound = follows(events->pdata[i], &last, chain, error);
		more = events->len == VERIFY_BATCH;
		rows_free(&journal_table, events);
		if (!sound)
			return false;
	}
	if (!journal_head_get(store, &head_sequence, head, error))
		return false;
	if (head_sequence != last || strcmp(head, chain))
		return error_set(error, STATUS_DATA,
		    "journal: its end was cut off: the head is event %lld, the last is %lld",
		    (long long)head_sequence, (long long)last);
	*count = last;
	return true;
}
