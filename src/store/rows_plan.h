/* The plan (actions), the outbox, settings. */
#ifndef RELANCE_STORE_ROWS_PLAN_H
#define RELANCE_STORE_ROWS_PLAN_H

#include "store/rows_party.h"

struct action {
	int64_t receivable; /* the key with LINE: one next step per open receivable, or due line of it */
	int64_t line; /* from 1, in the order of their days; 0: the whole receivable, which has one due line
			 or pays by instalments */
	int64_t customer;
	char *step;	   /* always: the ladder step's name */
	char *channel;	   /* always: mail letter call task */
	date_t due_on;	   /* always: the day on which it is to be done when nothing holds it */
	char *guard;	   /* name of the guard that holds it as far as is known today, or NULL */
	date_t held_until; /* when that guard ends by itself, or DATE_NONE */
	char *why;	   /* for people: "promised for 2026-03-31", … */
};
extern const struct table action_table;

struct outbox {
	int64_t id;
	char *company; /* always */
	int64_t customer;
	char *step;	  /* always: the leading step */
	char *channel;	  /* always: mail, letter */
	char *message_id; /* always: "<...>", deterministic */
	char *sender;	  /* always: envelope sender */
	char *recipients; /* always: separated by spaces */
	char *subject;
	char *sha256; /* always: the mail's bytes in the blob store */
	char *
	    state; /* always: waiting (for approval), ready, submitting, submitted, seen, failed, cancelled */
	int64_t created_at;
	int64_t submitted_at; /* 0: not yet */
	int64_t seen_at;
	int64_t attempts;
	char *failure;
};
extern const struct table outbox_table;

struct outbox_item {
	int64_t id;
	int64_t outbox;
	int64_t receivable;
	int64_t line;	     /* which due line of it, from 1; 0: all of it */
	char *step;	     /* always; "": it only stands in the mail's table */
	int64_t amount;	     /* open amount that was asked for */
	char *previous_step; /* its last step before, to go back to when this is cancelled */
	date_t previous_step_on;
};
extern const struct table outbox_item_table;

/* The plan. */
bool action_delete(struct store *store, int64_t receivable, int64_t line, struct error *error);
/* That of its earliest due line that has one. */
bool action_get(
    struct store *store, int64_t receivable, struct action *action, bool *found, struct error *error);
/* Up to MOST actions due on or before DAY, ordered by customer, due day, receivable. */
GPtrArray *action_list_due(struct store *store, date_t day, int64_t most, struct error *error);
/* Those of the receivable's due lines, by line. */
GPtrArray *action_list_of_receivable(struct store *store, int64_t receivable, struct error *error);
/* Those that GUARD holds. */
GPtrArray *action_list_of_guard(struct store *store, const char *guard, struct error *error);
/* As action_list_due, without those that a guard holds beyond DAY or until something happens. */
GPtrArray *action_list_ready(struct store *store, date_t day, int64_t most, struct error *error);
GPtrArray *action_list(struct store *store, const char *company, struct error *error);
/* Those of all customers with ids above AFTER up to LAST. */
GPtrArray *action_list_range(struct store *store, int64_t after, int64_t last, struct error *error);
/* For a due line that has no action yet, and for one that has. */
bool action_insert(struct store *store, const struct action *action, struct error *error);
bool action_update(struct store *store, const struct action *action, struct error *error);
GPtrArray *action_list_of_customer(struct store *store, int64_t customer, struct error *error);

bool outbox_get(struct store *store, int64_t id, struct outbox *outbox, bool *found, struct error *error);
bool outbox_of_message_id(
    struct store *store, const char *message_id, struct outbox *outbox, bool *found, struct error *error);
GPtrArray *outbox_list_of_state(struct store *store, const char *state, struct error *error);
GPtrArray *outbox_list_of_receivable(struct store *store, int64_t receivable, struct error *error);
GPtrArray *outbox_list_of_customer(struct store *store, int64_t customer, struct error *error);
/* Mails submitted at or after SINCE to the same customer of other companies: same VAT id or mail domain. */
GPtrArray *outbox_list_of_twins(
    struct store *store, const struct customer *customer, int64_t since, struct error *error);
/* All mails to customers with ids above AFTER up to LAST, a customer's together. */
GPtrArray *outbox_list_range(struct store *store, int64_t after, int64_t last, struct error *error);
GPtrArray *outbox_item_list(struct store *store, int64_t outbox, struct error *error);
/* Mails created at or after SINCE that were not cancelled: for the daily cap. */
bool outbox_count_since(struct store *store, int64_t since, int64_t *count, struct error *error);

/* Whether a mail that was submitted after SINCE was seen to pass. */
bool outbox_seen_since(struct store *store, int64_t since, bool *seen, struct error *error);

/* A setting's value (g_free), or NULL where it is not set; false only on failure. */
bool setting_get(struct store *store, const char *name, char **value, struct error *error);
/* The day up to which the bank's data of a company are in the books; DATE_NONE: nobody said so yet. */
bool bank_checked_on(struct store *store, const char *company, date_t *day, struct error *error);
#define SETTING_BANK_CHECKED "bank.checked:" /* and the company's name */
bool setting_put(struct store *store, const char *name, const char *value, struct error *error);

#endif
