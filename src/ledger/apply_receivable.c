#include "base/base.h"
#include "ledger/apply.h"

#include "ledger/body.h"
#include "ledger/progress.h"
#include "store/rows_receivable.h"

static bool load(const struct application *a, struct receivable *receivable, struct error *error)
{
	bool found;
	if (!receivable_get(a->store, a->event->receivable, receivable, &found, error))
		return false;
	return found ||
	       error_set(error, STATUS_DATA, "there is no receivable %lld", (long long)a->event->receivable);
}

static bool save(const struct application *a, struct receivable *receivable, struct error *error)
{
	bool done = row_update(a->store, &receivable_table, receivable, error);
	row_clear(&receivable_table, receivable);
	return done;
}

static bool insert_due_lines(const struct application *a, const char *currency, struct error *error)
{
	const json_t *lines = json_object_get(a->body, "due_lines");
	size_t index;
	const json_t *line;
	json_array_foreach(lines, index, line)
	{
		struct due_line_row row = {
		    .id = a->event->sequence * ROWS_PER_EVENT + (int64_t)index,
		    .receivable = a->event->sequence,
		    .due_on = body_date(line, "date"),
		    .last_step_on = DATE_NONE,
		};
		if (!body_amount(line, "amount", currency, 0, &row.amount) || index >= ROWS_PER_EVENT)
			return error_set(error, STATUS_DATA, "due line %zu is wrong", index + 1);
		if (!row_insert(a->store, &due_line_table, &row, error))
			return false;
	}
	return true;
}

static bool insert_entry(const struct application *a, int64_t receivable, const char *kind, int64_t amount,
    date_t on, const char *reference, struct error *error)
{
	struct entry entry = {
	    .id = a->event->sequence,
	    .receivable = receivable,
	    .kind = (char *)kind,
	    .amount = amount,
	    .entered_on = on,
	    .reference = (char *)reference,
	};
	return row_insert(a->store, &entry_table, &entry, error);
}

/* The day of its earliest due line; a credit note has one day. */
static date_t first_due(const json_t *body, int64_t total)
{
	date_t first = body_date(body, "due_date");
	const json_t *lines = json_object_get(body, "due_lines");
	size_t index;
	const json_t *line;
	json_array_foreach(lines, index, line) if (total > 0 && json_array_size(lines) > 1) first =
	    MIN(first, body_date(line, "date"));
	return first;
}

bool apply_receivable_opened(const struct application *a, struct error *error)
{
	const char *currency = body_text(a->body, "currency"), *number = body_text(a->body, "number");
	int64_t total;
	if (!currency || !number || !body_amount(a->body, "total", currency, 0, &total))
		return error_set(error, STATUS_DATA, "number, currency or total is wrong");
	g_autofree char *key = receivable_number_key(number);
	struct receivable receivable = {
	    .id = a->event->sequence,
	    .company = (char *)body_text(a->body, "company"),
	    .customer = a->event->customer,
	    .number = (char *)number,
	    .number_key = key,
	    .kind = (char *)body_text(a->body, "kind"),
	    .issue_date = body_date(a->body, "issue_date"),
	    .due_date = first_due(a->body, total),
	    .currency = (char *)currency,
	    .total = total,
	    .open = total,
	    .state = (char *)(total ? "open" : "settled"),
	    .message = a->event->message,
	    .message_id = (char *)body_text(a->body, "message_id"),
	    .subject = (char *)body_text(a->body, "subject"),
	    .sha256 = (char *)body_text(a->body, "sha256"),
	    .document_name = (char *)body_text(a->body, "document_name"),
	    .document_type = (char *)body_text(a->body, "document_type"),
	    .order_number = (char *)body_text(a->body, "order_number"),
	    .payment_reference = (char *)body_text(a->body, "payment_reference"),
	    .iban = (char *)body_text(a->body, "iban"),
	    .preceding = (char *)body_text(a->body, "preceding"),
	    .last_step_on = DATE_NONE,
	    .last_contact_on = DATE_NONE,
	    .delivery = (char *)body_text(a->body, "delivery"),
	};
	date_t entered_on = receivable.issue_date == DATE_NONE ? a->on : receivable.issue_date;
	return row_insert(a->store, &receivable_table, &receivable, error) &&
	       insert_due_lines(a, currency, error) &&
	       insert_entry(a, receivable.id, "invoice", total, entered_on, number, error);
}

bool apply_receivable_sent_again(const struct application *a, struct error *error)
{
	(void)a;
	(void)error;
	return true; /* the link between the message and the receivable is an event of its own */
}

bool apply_receivable_delivery(const struct application *a, struct error *error)
{
	struct receivable receivable;
	if (!load(a, &receivable, error))
		return false;
	g_free(receivable.delivery);
	receivable.delivery = g_strdup(body_text(a->body, "delivery"));
	return save(a, &receivable, error);
}

bool apply_receivable_changed(const struct application *a, struct error *error)
{
	struct receivable receivable;
	if (!load(a, &receivable, error))
		return false;
	apply_columns(&receivable_table, &receivable, a->body);
	return save(a, &receivable, error);
}

bool apply_receivable_voided(const struct application *a, struct error *error)
{
	struct receivable receivable;
	if (!load(a, &receivable, error))
		return false;
	g_free(receivable.state);
	receivable.state = g_strdup("void");
	return save(a, &receivable, error);
}

/* How a kind of entry changes the open amount. */
static int sign_of(const char *kind)
{
	static const struct {
		const char *kind;
		int sign;
	} signs[] = {{"payment", -1}, {"credit", -1}, {"write_off", -1}, {"fee", 1}, {"interest", 1},
	    {"compensation", 1}, {"correction", 1}};
	for (size_t i = 0; i < ARRAY_LENGTH(signs); i++)
		if (!strcmp(kind, signs[i].kind))
			return signs[i].sign;
	return 0;
}

bool apply_entry_posted(const struct application *a, struct error *error)
{
	const char *kind = body_text(a->body, "kind");
	struct receivable receivable;
	int64_t amount;
	if (!kind || !sign_of(kind))
		return error_set(error, STATUS_DATA, "\"%s\" is no kind of entry", kind ? kind : "");
	if (!load(a, &receivable, error))
		return false;
	bool sound = body_amount(a->body, "amount", receivable.currency, 0, &amount) &&
		     !__builtin_mul_overflow(amount, sign_of(kind), &amount) &&
		     !__builtin_add_overflow(receivable.open, amount, &receivable.open);
	if (!sound) {
		row_clear(&receivable_table, &receivable);
		return error_set(error, STATUS_DATA, "the amount is wrong");
	}
	bool is_settled = receivable.total < 0 ? receivable.open >= 0 : receivable.open <= 0;
	if (strcmp(receivable.state, "void")) {
		g_free(receivable.state);
		receivable.state = g_strdup(is_settled ? "settled" : "open");
	}
	int64_t id = receivable.id;
	if (!progress_follow(a->store, &receivable, error)) {
		row_clear(&receivable_table, &receivable);
		return false;
	}
	return save(a, &receivable, error) && insert_entry(a, id, kind, amount, body_date(a->body, "date"),
						  body_text(a->body, "reference"), error);
}
