/*
 * What reports ask of the store at once: rows that join several tables, and counts. Reading only. Texts of a
 * row live until the callback returns.
 */
#ifndef RELANCE_STORE_FIGURES_H
#define RELANCE_STORE_FIGURES_H

#include "store/rows.h"

struct invoice_figure {
	int64_t id, customer;
	const char *company, *customer_name, *number, *kind, *currency, *state, *delivery;
	const char *country, *region; /* the customer's; NULL: not known */
	date_t issue_date, due_date;  /* due: its earliest due line that was not paid on the day asked for */
	int64_t total, open;	      /* minor units; as of the day asked for */
	int64_t line;		      /* which due line of it the plan is about, from 1; 0: all of it */
	const char *last_step;
	date_t last_step_on;
	/* the plan; NULL and DATE_NONE where there is none */
	const char *step, *channel, *guard, *why;
	date_t step_on, held_until;
	/* what is going on; dates DATE_NONE, amounts 0 and texts NULL where there is nothing */
	date_t promised_on;
	int64_t promised; /* amount, 0: all */
	bool has_promise;
	const char *dispute_reason;
	int64_t disputed; /* amount, 0: all */
};

struct invoice_filter {
	const char *company; /* NULL: all */
	int64_t customer;    /* 0: all */
	const char *state;   /* NULL: all */
	date_t as_of; /* DATE_NONE: now. Else: entries up to that day, invoices issued up to it, STATE by what
			 was open */
	date_t due_before; /* DATE_NONE: all */
	bool lines; /* a row for each due line that has a plan; else the plan is that of the earliest */
};

/* Calls EACH in the order of due date and number; it returns false with ERROR to stop. */
bool invoice_figures(struct store *store, const struct invoice_filter *filter,
    bool (*each)(const struct invoice_figure *figure, void *data, struct error *error), void *data,
    struct error *error);

/* One counted word: guards of the plan, states of the outbox, kinds of open tasks, … */
struct word_count {
	char *word; /* owned; NULL for null */
	int64_t count;
};
enum word_figure {
	COUNT_GUARDS,	     /* of the plan: by guard */
	COUNT_PLANNED,	     /* of the plan, what nothing holds: by step */
	COUNT_OUTBOX,	     /* by state */
	COUNT_TASKS,	     /* open ones by kind */
	COUNT_RECEIVABLES,   /* by state */
	COUNT_MESSAGES,	     /* by state */
	COUNT_MESSAGE_KINDS, /* by kind */
	COUNT_EVENTS,	     /* by kind */
};
/* Of struct word_count *, most first; g_ptr_array_unref frees all. NULL with ERROR. */
GPtrArray *word_counts(struct store *store, enum word_figure figure, struct error *error);

/* Steps that are due by DAY and that no guard of the plan holds, counted by what says which days are free. */
struct due_group {
	char *company, *country, *region; /* owned; COUNTRY and REGION are the customer's own, or NULL */
	bool is_mail;
	int64_t count;
};
/* Of struct due_group *; g_ptr_array_unref frees all. NULL with ERROR. */
GPtrArray *due_groups(struct store *store, date_t day, struct error *error);

/* Open amounts by currency: of struct currency_sum, by currency; g_array_unref. */
struct currency_sum {
	char currency[4];
	int64_t open, overdue; /* OVERDUE: due before the day */
	int64_t count, overdue_count;
};
GArray *open_sums(
    struct store *store, const char *company, int64_t customer, date_t day, struct error *error);

/* Addresses of customers that mail does not reach. */
struct bounce_figure {
	const char *company, *customer_name, *address, *name, *state, *reason;
	int64_t customer;
	int64_t open_invoices;
	int64_t other_addresses; /* good ones of the same customer */
};
bool bounce_figures(struct store *store, const char *company,
    bool (*each)(const struct bounce_figure *figure, void *data, struct error *error), void *data,
    struct error *error);

/* Days late (may be negative) of the customer's settled invoices: the last payment's day less the due date.
 * COUNT 0: none. */
bool lateness_figure(
    struct store *store, int64_t customer, int64_t *count, int64_t *sum_of_days, struct error *error);

#endif
