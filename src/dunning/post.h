/*
 * Letters on paper: printing those that tasks ask for, one for all of a customer's invoices at the same step,
 * and noting that they went to the post. What was printed is kept as it was.
 */
#ifndef RELANCE_DUNNING_POST_H
#define RELANCE_DUNNING_POST_H

#include "base/money.h"
#include "dunning/plan.h"
#include "store/rows_case.h"
#include "store/rows_party.h"

/* One letter to be printed. */
struct post_letter {
	struct customer customer; /* owned */
	char *step;		  /* g_free */
	GArray *receivables;	  /* of int64_t: what it is about */
	GArray *tasks;	  /* of int64_t: those that ask for it, in the same order; one may ask for several */
	GArray *days;	  /* of date_t, in the same order: on which it came to the step; of an invoice with
			     several due lines only those that did then. DATE_NONE: all of it */
	char *numbers;	  /* of the invoices, separated by ", "; g_free */
	struct money sum; /* open amounts; once it is printed, what it asks for without what the law adds */
};

/* The letters that open tasks of COMPANY (NULL: all) ask for. Of struct post_letter; g_ptr_array_unref. NULL
 * with ERROR. */
GPtrArray *post_list(struct ledger *ledger, const char *company, struct error *error);
/* Makes and keeps the letter, in the caller's transaction; the same letter twice on a day is noted once. NULL
 * with ERROR: STATUS_NO where something is missing. g_bytes_unref. */
GBytes *post_print(
    struct ledger *ledger, const struct dunning_site *site, struct post_letter *letter, struct error *error);

/* What went to the post. */
struct post_note {
	int64_t task;	      /* that asked for it; 0: whichever open one is about RECEIVABLE */
	const char *step;     /* NULL: what the task asks for, else the last one taken */
	const char *tracking; /* "" or NULL: none */
	date_t on;
};
/*
 * Notes that the letter about RECEIVABLE went to the post: its step counts as taken on that day, its task is
 * done. So for all invoices that the same letter is about, as it was printed or as its task asks for it;
 * RECEIVABLE itself may have been paid meanwhile. STATUS_NO where no step is known.
 */
bool post_done(struct ledger *ledger, const struct receivable *receivable, const struct post_note *note,
    struct error *error);

#endif
