/* Receivables, their due lines and entries. */
#ifndef RELANCE_STORE_ROWS_RECEIVABLE_H
#define RELANCE_STORE_ROWS_RECEIVABLE_H

#include "store/rows.h"

struct receivable {
	int64_t id;
	char *company; /* always */
	int64_t customer;
	char *number;	   /* always: as printed on the invoice */
	char *number_key;  /* always: letters and digits of it, upper case */
	char *kind;	   /* always: invoice, credit_note, prepayment, corrective */
	date_t issue_date; /* DATE_NONE where unknown */
	date_t due_date;   /* always: of the earliest due line that is not paid, else of the last one */
	char *currency;	   /* always */
	int64_t total;	   /* payable when it was opened; negative for a credit note */
	int64_t open;	   /* sum of the entries */
	char *state;	   /* always: open, settled (open is 0 or within tolerance), void */
	int64_t message;   /* the message that carried it; 0 for an imported one */
	char *message_id;  /* "<...>" of that message: what reminders refer to */
	char *subject;	   /* of that message */
	char *sha256;	   /* the document's bytes in the blob store */
	char *document_name;
	char *document_type;
	char *order_number;
	char *payment_reference;
	char *iban;
	char *preceding; /* numbers that it credits or corrects, separated by newlines */
	char *last_step; /* name of the last step done for that line, NULL before the first */
	date_t last_step_on;
	date_t last_contact_on; /* by us in any way */
	char *delivery; /* always: unknown, sent, relayed, delivered, failed (of the invoice itself) */
	char *ladder;	/* its own; NULL: the customer's */
	char *interest; /* late interest and compensation: claim, waive, keep; NULL: nobody chose yet, as keep
			 */
};
extern const struct table receivable_table;

struct due_line_row {
	int64_t id;
	int64_t receivable;
	date_t due_on;
	int64_t amount;
	char *last_step; /* of an invoice with several: the last step done for this one; NULL before the first
			  */
	date_t last_step_on;
};
extern const struct table due_line_table;

struct entry {
	int64_t id;
	int64_t receivable;
	char *kind; /* always: invoice, credit, payment, write_off, fee, correction, interest, compensation */
	int64_t amount; /* signed: what it adds to the open amount */
	date_t entered_on;
	char *reference;
};
extern const struct table entry_table;
/* The reference of a correction that takes an entry back: this, a space, and the entry's id. */
#define ENTRY_UNDOES "undoes event"

/* A copy with texts of its own; row_clear it. */
void receivable_copy(const struct receivable *receivable, struct receivable *copy);

/* The number as a key: A-Z and 0-9 only, upper case ("F2026-118" -> "F2026118"). g_free. */
char *receivable_number_key(const char *number);

bool receivable_get(
    struct store *store, int64_t id, struct receivable *receivable, bool *found, struct error *error);
/* By number (compared by its key); COMPANY NULL: all; the first opened where several have it. */
bool receivable_of_number(struct store *store, const char *company, const char *number,
    struct receivable *receivable, bool *found, struct error *error);
/* Exact identity: company, number key, kind. */
bool receivable_of_identity(struct store *store, const char *company, const char *number, const char *kind,
    struct receivable *receivable, bool *found, struct error *error);
GPtrArray *receivable_list_of_number(struct store *store, const char *number, struct error *error);
/* STATE NULL: all; COMPANY NULL: all. Ordered by due date, then id. */
GPtrArray *receivable_list(struct store *store, const char *company, const char *state, struct error *error);
GPtrArray *receivable_list_of_customer(
    struct store *store, int64_t customer, const char *state, struct error *error);
/* Those of the customer that are open, and the settled ones that were paid more than they asked for. */
GPtrArray *receivable_list_on_account(struct store *store, int64_t customer, struct error *error);
/* The same of all customers with ids above AFTER up to LAST, a customer's together. */
GPtrArray *receivable_list_on_account_range(
    struct store *store, int64_t after, int64_t last, struct error *error);
/* Those that the mail MESSAGE_ID carried, was linked to (sure), or reminded of. */
GPtrArray *receivable_list_of_message_id(struct store *store, const char *message_id, struct error *error);
/* What is not paid of the line at INDEX of LINES, which are all of an invoice of TOTAL with OPEN left, by
 * day: payments fill the earliest first; what is open beyond the lines (fees, corrections) is on the first
 * one, which is not paid before that is. */
int64_t due_line_open(int64_t total, int64_t open, const GPtrArray *lines, guint index);
GPtrArray *due_line_list(struct store *store, int64_t receivable, struct error *error);
/* Payments of all receivables with ids above AFTER, up to MOST, in order. */
GPtrArray *payment_list_after(struct store *store, int64_t after, int64_t most, struct error *error);
GPtrArray *entry_list(struct store *store, int64_t receivable, struct error *error);

#endif
