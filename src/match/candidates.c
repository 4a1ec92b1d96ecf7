#include "base/base.h"
#include "match/candidates.h"

#include "match/match.h"
#include "store/rows_party.h"

/* Bounds, so that no mail makes us look for ever. */
#define MAX_CANDIDATES 500
#define MAX_TOKENS     60
#define MAX_IDS	       100
#define MIN_KEY	       4 /* "118" alone names no invoice */

struct collection {
	struct store *store;
	const struct config *config;
	const struct reading *reading;
	GPtrArray *candidates;
	GHashTable *asked; /* set of "SIGN ADDRESS": a mail may name the same one a thousand times */
	struct error *error;
};

static void candidate_free(void *data)
{
	struct candidate *candidate = data;
	row_clear(&receivable_table, &candidate->receivable);
	g_free(candidate);
}

/* Adds SIGN to the candidates of ROWS (freed here); those that are not there yet come in. */
static bool add_rows(struct collection *collection, GPtrArray *rows, enum sign sign)
{
	if (!rows)
		return false;
	for (guint i = 0; i < rows->len; i++) {
		struct receivable *row = rows->pdata[i];
		struct candidate *known = NULL;
		for (guint c = 0; !known && c < collection->candidates->len; c++) {
			struct candidate *candidate = collection->candidates->pdata[c];
			known = candidate->receivable.id == row->id ? candidate : NULL;
		}
		if (!known && collection->candidates->len < MAX_CANDIDATES) {
			known = g_new0(struct candidate, 1);
			known->receivable = *row;
			*row = (struct receivable){0};
			g_ptr_array_add(collection->candidates, known);
		}
		if (known)
			known->signs |= sign;
	}
	rows_free(&receivable_table, rows);
	return true;
}

static bool add_ids(struct collection *collection, const GPtrArray *ids, enum sign sign)
{
	for (guint i = 0; i < ids->len && i < MAX_IDS; i++)
		if (!add_rows(collection,
			receivable_list_of_message_id(collection->store, ids->pdata[i], collection->error),
			sign))
			return false;
	return true;
}

static bool add_thread(struct collection *collection)
{
	const struct message *message = collection->reading->message;
	return add_ids(collection, message->in_reply_to, SIGN_IN_REPLY_TO) &&
	       add_ids(collection, message->references, SIGN_REFERENCES);
}

/* A report is about the mail that it names. A forged one can only name what its author knows. */
static bool add_report(struct collection *collection)
{
	const struct delivery *delivery = collection->reading->message->delivery;
	if (!delivery)
		return true;
	const char *ids[] = {delivery->original_message_id, delivery->envelope_id};
	for (size_t i = 0; i < ARRAY_LENGTH(ids); i++)
		if (ids[i] && !add_rows(collection,
				  receivable_list_of_message_id(collection->store, ids[i], collection->error),
				  SIGN_ORIGINAL_MESSAGE_ID))
			return false;
	return true;
}

/* What was found by other signs gets SIGN; CUSTOMER's open invoices come in behind them. */
static bool add_customer(struct collection *collection, int64_t customer, enum sign sign)
{
	for (guint c = 0; c < collection->candidates->len; c++) {
		struct candidate *candidate = collection->candidates->pdata[c];
		if (candidate->receivable.customer == customer)
			candidate->signs |= sign;
	}
	return add_rows(collection,
	    receivable_list_of_customer(collection->store, customer, "open", collection->error), sign);
}

/* Several customers may share an address or a domain: a group, or one debtor of several of our companies. */
static bool add_customers_of(struct collection *collection, const char *address, enum sign sign)
{
	if (!address || config_company_of_domain(collection->config, address))
		return true;
	if (!g_hash_table_add(collection->asked, g_strdup_printf("%d %s", (int)sign, address)))
		return true;
	GPtrArray *customers = customer_list_of_address(collection->store, address, collection->error);
	bool done = customers;
	for (guint i = 0; done && i < customers->len; i++)
		done = add_customer(collection, ((struct customer *)customers->pdata[i])->id, sign);
	rows_free(&customer_table, customers);
	return done;
}

static bool add_addresses(struct collection *collection, const GPtrArray *addresses)
{
	for (guint i = 0; i < addresses->len && i < MAX_IDS; i++)
		if (!add_customers_of(
			collection, ((struct address *)addresses->pdata[i])->address, SIGN_COUNTERPART))
			return false;
	return true;
}

static bool add_counterparts(struct collection *collection)
{
	const struct message *message = collection->reading->message;
	if (message->delivery) {
		for (guint i = 0; i < message->delivery->recipients->len; i++) {
			const struct delivery_recipient *recipient = message->delivery->recipients->pdata[i];
			if (!add_customers_of(collection, recipient->address, SIGN_RECIPIENT) ||
			    !add_customers_of(collection, recipient->original, SIGN_RECIPIENT))
				return false;
		}
		return true;
	}
	return add_customers_of(
		   collection, message->from ? message->from->address : NULL, SIGN_COUNTERPART) &&
	       add_addresses(collection, message->reply_to) && add_addresses(collection, message->to) &&
	       add_addresses(collection, message->cc);
}

static bool add_number(struct collection *collection, const char *number)
{
	g_autofree char *key = receivable_number_key(number);
	if (strlen(key) < MIN_KEY || !strpbrk(key, "0123456789"))
		return true;
	return add_rows(
	    collection, receivable_list_of_number(collection->store, number, collection->error), SIGN_NUMBER);
}

static bool is_number_part(char c)
{
	return g_ascii_isalnum(c) || c == '-' || c == '/' || c == '.' || c == '_';
}

/* Words that look like a document number, looked up one by one. */
static bool add_words(struct collection *collection, const char *text)
{
	int tokens = 0;
	for (const char *at = text ? text : ""; *at && tokens < MAX_TOKENS;) {
		const char *end = at;
		while (is_number_part(*end))
			end++;
		while (end > at && !g_ascii_isalnum(end[-1]))
			end--;
		if (end - at >= MIN_KEY && end - at <= 40) {
			g_autofree char *word = g_strndup(at, (gsize)(end - at));
			if (strpbrk(word, "0123456789")) {
				tokens++;
				if (!add_number(collection, word))
					return false;
			}
		}
		at = end > at ? end : at + 1;
	}
	return true;
}

/* The numbers of the candidates found by other signs, however they are punctuated. */
static void mark_named(struct collection *collection, const char *text)
{
	for (guint i = 0; i < collection->candidates->len; i++) {
		struct candidate *candidate = collection->candidates->pdata[i];
		if (strlen(candidate->receivable.number_key) >= MIN_KEY &&
		    match_text_has_number(text, candidate->receivable.number_key))
			candidate->signs |= SIGN_NUMBER;
	}
}

static bool add_numbers(struct collection *collection)
{
	const struct reading *reading = collection->reading;
	if (!add_words(collection, reading->message->subject) ||
	    !add_words(collection, reading->message->new_text))
		return false;
	for (guint i = 0; reading->reply && i < reading->reply->intents->len; i++) {
		const struct intent *intent = reading->reply->intents->pdata[i];
		for (guint m = 0; m < intent->mentions->len && m < MAX_TOKENS; m++)
			if (!add_number(collection, intent->mentions->pdata[m]))
				return false;
		for (guint l = 0; l < intent->lines->len && l < MAX_TOKENS; l++)
			if (!add_number(
				collection, ((struct remittance_line *)intent->lines->pdata[l])->invoice))
				return false;
	}
	return true;
}

GPtrArray *candidates_collect(
    struct store *store, const struct config *config, const struct reading *reading, struct error *error)
{
	struct collection collection = {
	    .store = store,
	    .config = config,
	    .reading = reading,
	    .candidates = g_ptr_array_new_with_free_func(candidate_free),
	    .asked = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
	    .error = error,
	};
	/* What is named comes first: the list has an end, and some customers have more invoices than it
	 * holds. */
	bool done = !reading->message || (add_thread(&collection) && add_report(&collection) &&
					     add_numbers(&collection) && add_counterparts(&collection));
	if (done && reading->message) {
		mark_named(&collection, reading->message->subject);
		mark_named(&collection, reading->message->new_text);
	}
	g_hash_table_unref(collection.asked);
	if (done)
		return collection.candidates;
	g_ptr_array_unref(collection.candidates);
	return NULL;
}
