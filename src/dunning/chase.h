/*
 * All that the rules of dunning look at, loaded once: the desk is what one run of planning shares (customers
 * with their contacts and open items, messages that a person must look at), a chase is one receivable on it
 * with its promises, disputes, holds, tasks and due lines, seen through one of those. Nothing here writes.
 */
#ifndef RELANCE_DUNNING_CHASE_H
#define RELANCE_DUNNING_CHASE_H

#include "dunning/instalments.h"
#include "dunning/ladder.h"
#include "dunning/plan.h"
#include "store/rows_case.h"
#include "store/rows_message.h"
#include "store/rows_party.h"

/* A customer with what concerns all of its receivables. */
struct desk_customer {
	struct customer row;
	const struct company_config *company; /* NULL: no longer in the configuration */
	const struct ladder_config *ladder;   /* NULL: none of that name */
	const char *ladder_from;	      /* "customer", "kind", "company": who says so */
	const char *language;		      /* of mails to it: its own, else the company's */
	const char *country, *region;	      /* never NULL: the customer's, else the company's */
	GPtrArray *contacts;		      /* of struct contact */
	GPtrArray
	    *open; /* of struct receivable: those not settled, credit notes and overpaid ones included */
	GPtrArray *mails;	/* of struct outbox: all that was ever composed for it */
	GPtrArray *twin_mails;	/* of struct outbox: the last week's to the same customer of other companies,
				   or NULL */
	date_t last_contact_on; /* by us in any way; DATE_NONE: never */
};

struct desk {
	struct ledger *ledger;		  /* borrowed */
	const struct dunning_site *site;  /* borrowed */
	GHashTable *customers;		  /* gint64 id -> struct desk_customer */
	GPtrArray *review;		  /* of struct message_row: incoming, a person must look at */
	GHashTable *reviewed_receivables; /* gint64 receivable id -> the struct message_row linked to it */
	int64_t unread;			  /* messages in the spool */
	GHashTable *sets[CASE_SET_COUNT]; /* of desk_prepare(); NULL: ask the store */
	GPtrArray *nothing;		  /* empty: what most receivables have of most things */
};

/* Whether MESSAGE, that waits for a person, says more about how long to wait than OTHER (may be NULL). */
bool review_outweighs(const struct message_row *message, const struct message_row *other);
bool desk_init(
    struct desk *desk, struct ledger *ledger, const struct dunning_site *site, struct error *error);
/* For planning very many: learns at once which receivables have anything around them. */
bool desk_prepare(struct desk *desk, struct error *error);
void desk_clear(struct desk *desk);
/* Borrowed until desk_clear() or desk_forget(); NULL with ERROR. */
struct desk_customer *desk_customer(struct desk *desk, int64_t customer, struct error *error);
/* Loads all customers with ids above AFTER up to LAST at once; ROWS (of struct customer, by id) are those and
 * are taken over. */
bool desk_load(struct desk *desk, GPtrArray *rows, int64_t after, int64_t last, struct error *error);
/* Forgets all customers. */
void desk_forget_all(struct desk *desk);
/* Something was written about this customer: load it anew next time. */
void desk_forget(struct desk *desk, int64_t customer);

/* How a receivable, or one due line of it, stands on a day. */
struct standing {
	date_t due_on;	   /* of the line; of the whole, of the earliest that is not paid */
	int64_t amount;	   /* of the line; of the whole, the invoice's total */
	int64_t open;	   /* of it what is not paid */
	int64_t overdue;   /* of that what was due before the day, without the disputed part */
	int64_t disputed;  /* of that what is disputed */
	int64_t paid;	   /* AMOUNT less OPEN; fees are in what is open, so that it may be negative */
	int line;	   /* of an agreement on instalments: which rate that is, from 0 */
	int line_count;	   /* rates, or due lines */
	int64_t line_open; /* what of the rate is not paid; without rates all that is open */
};

/* One due line of an invoice with several. Payments fill the earliest first; what is disputed lies on the
 * line that the dispute names, else on the latest ones; fees are on the last one. */
struct chase_line {
	date_t due_on;
	int64_t amount, open, disputed;
	const char *last_step; /* borrowed */
	date_t last_step_on;
};

/*
 * A receivable, seen through one of its due lines: an invoice with several that are its own is chased line by
 * line, each by its own day and with its own place on the ladder. While instalments are agreed those take the
 * place of its lines, and it is chased as a whole.
 */
struct chase {
	struct desk *desk;
	const struct receivable *receivable; /* borrowed */
	struct desk_customer *customer;	     /* of the desk */
	const struct ladder_config
	    *ladder;		 /* the invoice's own, else the customer's; NULL: none of that name */
	const char *ladder_from; /* "invoice", or as the customer's */
	GPtrArray *rows, *promises, *disputes, *holds, *tasks; /* ROWS are its due lines, if several */
	GArray *lines;	       /* of struct chase_line: its due lines where it is chased by them, else NULL */
	int64_t line;	       /* which of them it is seen through, from 1; 0: as a whole */
	const char *last_step; /* of what it is seen through; borrowed, NULL before the first */
	date_t last_step_on;
	struct standing standing;
	GPtrArray *plans, *rates;      /* instalment plans; the rates of the running one, or NULL */
	const struct promise *running; /* of promises, or NULL */
	const struct promise
	    *broken; /* the last one that was broken or kept in part since the last step, or NULL */
	const struct instalment_plan *plan; /* of plans: the one that runs, or NULL */
	struct instalment_standing rate;    /* of the running plan */
	date_t broken_on; /* first day after a promise or an instalment plan broken since the last step, or
			     DATE_NONE */
};

/* RECEIVABLE must outlive the chase. It is seen through its earliest due line that is not paid. */
bool chase_init(
    struct chase *chase, struct desk *desk, const struct receivable *receivable, struct error *error);
void chase_clear(struct chase *chase);
/* Looks at due line LINE from now on, 0 (or a line that is not there): at the whole. */
void chase_select(struct chase *chase, int64_t line);
/* Goes on to the next due line that is not paid; false where there is none. */
bool chase_next_line(struct chase *chase);
/* Where it stands on its ladder. */
void chase_place(const struct chase *chase, struct ladder_place *place);
/* The next step of its ladder; false where there is none. */
bool chase_next_step(const struct chase *chase, struct ladder_step *next);
/* What of RECEIVABLE was due before DAY and is not paid, disputed or not. */
bool receivable_overdue(struct desk *desk, const struct receivable *receivable, date_t day, int64_t *overdue,
    struct error *error);

/* The last day on which a promise may still be kept: the promised day, moved to a day on which banks work,
 * and the configured grace. A promise without a day gets hold_ack days from when it was made. */
date_t promise_last_day(const struct config *config, const struct promise *promise);
/* Submitted, or seen to pass. */
bool mail_has_left(const struct outbox *mail);
/* Thanks and confirmations ask for nothing. */
bool mail_is_courtesy(const struct outbox *mail);
/* It has left and counts as a contact: it is no courtesy. */
bool mail_is_contact(const struct outbox *mail);
/* Amounts that are still to be chased: more than the tolerance, and no credit note. */
bool receivable_is_chased(const struct config *config, const struct receivable *receivable);

#endif
