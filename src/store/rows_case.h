/* What is going on around a receivable: promises, disputes, holds, tasks. */
#ifndef RELANCE_STORE_ROWS_CASE_H
#define RELANCE_STORE_ROWS_CASE_H

#include "store/rows.h"

struct promise {
	int64_t id;
	int64_t receivable;
	date_t promised_on; /* DATE_NONE: no time named */
	int64_t amount;	    /* 0: all of it */
	date_t made_on;
	char *state; /* always: running, kept, partly (some was paid in time), broken, withdrawn (or replaced)
		      */
	int64_t message;
};
extern const struct table promise_table;

struct dispute {
	int64_t id;
	int64_t receivable;
	char *reason;	/* always: the words of interfaces, "other" where not said */
	int64_t amount; /* 0: all of it */
	char *owner;
	char *state; /* always: open, settled */
	date_t opened_on;
	date_t settled_on;
	int64_t message;
	char *outcome; /* how it was settled: decision credit payment, or other words; NULL while open */
	date_t due_on; /* the day of the due line that it is about; DATE_NONE: none in particular */
};
extern const struct table dispute_table;

struct hold {
	int64_t id;
	int64_t customer;
	int64_t receivable; /* 0: all of the customer's */
	char *kind;	    /* always: manual ack paid unknown absence review request delay insolvency legal
			       bad_address */
	date_t until;	    /* first day on which it no longer holds; DATE_NONE: until released */
	char *reason;
	char *state; /* always: running, released */
	date_t set_on;
	int64_t message;
};
extern const struct table hold_table;

struct task {
	int64_t id;
	char *company; /* always */
	char *kind;    /* always: call review copy bank_data approve dispute request delay address bank_change
			  letter insolvency proof legal unreadable duplicate submission failed */
	int64_t customer;
	int64_t receivable;
	int64_t message;
	char *title; /* always */
	char *detail;
	char *owner;
	date_t due_on;
	char *state; /* always: open, done */
	char *outcome;
	int64_t opened_at;
	int64_t done_at; /* 0 while open */
	int64_t line;	 /* which due line of the receivable it is about, from 1; 0: all of it */
};
extern const struct table task_table;

/* Payment by instalments of what is open of one receivable. */
struct instalment_plan {
	int64_t id;
	int64_t receivable;
	char *state; /* always: proposed, accepted, refused, done, broken, withdrawn */
	date_t proposed_on;
	date_t accepted_on; /* DATE_NONE before */
	date_t ended_on;
	int64_t
	    base; /* what was open when it was accepted: payments since then fill the rates in their order */
	int64_t message;
};
extern const struct table instalment_plan_table;

struct instalment_row {
	int64_t id;
	int64_t plan;
	date_t due_on;
	int64_t amount;
};
extern const struct table instalment_table;

bool promise_get(struct store *store, int64_t id, struct promise *promise, bool *found, struct error *error);
/* Payments on the receivable that were entered since the promise was made. */
bool promise_paid(struct store *store, const struct promise *promise, int64_t *paid, struct error *error);
bool promise_withdraw_running(struct store *store, int64_t receivable, struct error *error);
GPtrArray *promise_list(struct store *store, int64_t receivable, const char *state, struct error *error);
GPtrArray *promise_list_of_state(struct store *store, const char *state, struct error *error);
GPtrArray *dispute_list(struct store *store, int64_t receivable, const char *state, struct error *error);
GPtrArray *dispute_list_of_state(struct store *store, const char *state, struct error *error);
/* Running holds on this receivable itself or on the whole customer; RECEIVABLE 0: those on the whole
 * customer. */
GPtrArray *hold_list(struct store *store, int64_t customer, int64_t receivable, struct error *error);
/* STATE NULL: all; by id. */
GPtrArray *instalment_plan_list(
    struct store *store, int64_t receivable, const char *state, struct error *error);
GPtrArray *instalment_plan_list_of_state(struct store *store, const char *state, struct error *error);
/* The rates of a plan, by day. */
GPtrArray *instalment_list(struct store *store, int64_t plan, struct error *error);
/* Holds of any state on this receivable that mails of unverified senders set on or after SINCE. */
GPtrArray *hold_list_unverified(struct store *store, int64_t receivable, date_t since, struct error *error);
bool task_get(struct store *store, int64_t id, struct task *task, bool *found, struct error *error);
bool task_is_open(struct store *store, const char *kind, int64_t customer, int64_t receivable,
    int64_t message, bool *is_open, struct error *error);
/* STATE NULL: all. */
GPtrArray *task_list(struct store *store, const char *company, const char *state, struct error *error);
/* Whether there is a task of that kind and detail, open or done. */
bool task_was_opened(struct store *store, const char *company, const char *kind, const char *detail,
    bool *was, struct error *error);
/* The open tasks of a kind, the oldest first. */
GPtrArray *task_list_of_kind(struct store *store, const char *kind, struct error *error);
GPtrArray *task_list_of_customer(
    struct store *store, int64_t customer, const char *state, struct error *error);
GPtrArray *task_list_of_receivable(
    struct store *store, int64_t receivable, const char *state, struct error *error);

/* Sets of ids (gint64 keys, g_hash_table_unref) for planning many at once: what has none of these needs no
 * look. NULL with ERROR. */
enum case_set {
	CASE_PROMISES, /* receivables with a running or broken promise */
	CASE_DISPUTES, /* receivables with an open dispute */
	CASE_TASKS,    /* receivables with an open task */
	CASE_LINES,    /* receivables with several due lines */
	CASE_PLANS,    /* receivables with an accepted or a broken instalment plan */
	CASE_HOLDS,    /* customers with a running hold, on them or on one of their receivables */
	CASE_SET_COUNT,
};
GHashTable *case_set(struct store *store, enum case_set set, struct error *error);

#endif
