/*
 * Planning: for each open receivable, and each due line of one with several, the next step of its ladder, the
 * day it is due, and which guard holds it as far as is known today. Plans are derived: they can be made anew
 * at will and are never journalled.
 */
#ifndef RELANCE_DUNNING_PLAN_H
#define RELANCE_DUNNING_PLAN_H

#include "host/clock.h"
#include "ledger/ledger.h"
#include "store/rows_plan.h"
#include "store/rows_receivable.h"

/* What planning needs beside the books: the site's calendar and what the spool holds. Caller storage,
 * pointers borrowed. */
struct dunning_site {
	const struct zone *zone; /* of host/clock.h */
	int64_t (*unread)(
	    void *data); /* messages in the spool that the clerk has not read yet; may be NULL: none */
	void *unread_data;
	/* In place of running sendmail(1), for simulations: its exit status. NULL: sendmail. */
	int (*submit)(void *data, const struct outbox *mail, GBytes *bytes);
	void *submit_data;
};

/* Plans every receivable that LEDGER touched since ledger_init; to be called before store_commit by whoever
 * wrote. */
bool plan_touched(struct ledger *ledger, const struct dunning_site *site, struct error *error);
/* Plans all open receivables anew (rebuild, changed configuration, first tick of a day). COUNT may be NULL.
 */
bool plan_all(struct ledger *ledger, const struct dunning_site *site, int64_t *count, struct error *error);

/* A guard's verdict on one receivable for one step at one instant. */
struct guard_verdict {
	const char *name; /* literal: "promise-running"; NULL: nothing holds it */
	date_t
	    until; /* the day on which it ends by itself, DATE_NONE when a person or an event must end it */
	char why[256]; /* for people */
};
/* All guards in order, those that hold only (of struct guard_verdict); "relance why" prints them. Free with
 * g_array_unref. NULL with ERROR. */
GArray *plan_guards(struct ledger *ledger, const struct dunning_site *site,
    const struct receivable *receivable, const struct action *action, struct error *error);
/* "mail", "letter", "call", "task". */
const char *channel_word(enum step_channel channel);

/* Names of all guards, for counting and documentation. */
const char *const *guard_names(size_t *count);

#endif
