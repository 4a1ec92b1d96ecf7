/*
 * Which reminders count as delivered: those that a formal step must follow on.
 *
 * No law that we know asks for reminders before a formal notice, nor for proof that they arrived (France:
 * Code civil 1344 asks of the notice alone that it be a sufficient summons; Germany: BGB 286 (1) of one
 * Mahnung): the rule of two delivered reminders is the house's own, for fairness and for the dossier. So the
 * proof needed is that of ordinary business: a report of success, or "relayed" where the next server reports
 * none itself (RFC 3461, 6), an answer in the reminder's thread, or, as many servers never report success,
 * that no failure came back in as many days as mail servers go on trying. RFC 5321, 4.5.4.1 wants them to
 * give up after at least 4 to 5 days and to report that; delivered_after is one more by default. A person may
 * vouch for them: a task "proof" that is done.
 */
#ifndef RELANCE_DUNNING_PROOF_H
#define RELANCE_DUNNING_PROOF_H

#include "dunning/chase.h"

/* Reminders of one receivable, or of a due line of it, that left. */
struct proof {
	int delivered;	  /* known to be, by report, answer or silence */
	int failed;	  /* came back, or will never count */
	int awaited;	  /* may still come back */
	bool vouched;	  /* a person says that they arrived */
	date_t enough_on; /* the day on which silence makes WANTED of them; DATE_NONE: it never does, or they
			     are enough */
};

/* As of DAY, which may be to come. */
bool proof_find(const struct chase *chase, date_t day, int wanted, struct proof *proof, struct error *error);

/*
 * Opens a task "proof" for each formal step that is due and waits for proof that will not come by itself, and
 * ends those that nothing waits for any more. TASKS grows by what was opened. In the caller's transaction.
 */
bool proof_tasks(struct ledger *ledger, int64_t *tasks, struct error *error);
/* Whether proof_tasks() would do something; cheap. */
bool proof_is_wanted(struct store *store, date_t today, bool *wanted, struct error *error);

#endif
