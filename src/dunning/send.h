/*
 * Doing what is planned: on the clerk's tick, what is due passes the guards, is composed, put into the outbox
 * and submitted by sendmail(1). Every function here owns its transactions: none may be open when it is
 * called.
 */
#ifndef RELANCE_DUNNING_SEND_H
#define RELANCE_DUNNING_SEND_H

#include "dunning/plan.h"

/* What one tick did. */
struct dunning_tick {
	int64_t composed;  /* mails put into the outbox */
	int64_t tasks;	   /* tasks opened (calls, letters, notices) */
	int64_t submitted; /* mails given to sendmail(1) */
	int64_t failed;
	int64_t promises_broken, promises_kept, plans_broken;
	instant_t next; /* when it is worth ticking again at the latest; NOW where work is left */
	bool unread;	/* mail in the spool held back what may be left: tick again once it is read */
};

/*
 * One tick: ends promises whose day and grace have passed, opens the tasks of due steps, composes due
 * reminders (one mail a customer, company and currency), submits what is ready. Evaluates every guard in the
 * transaction that claims the action. Safe beside other clerks. ACTOR and NOW are put into the journal.
 */
bool dunning_tick(struct store *store, const struct config *config, const struct dunning_site *site,
    instant_t now, struct dunning_tick *tick, struct error *error);
/*
 * To be called once when the clerk starts: outbox entries left "submitting" by a crash wait for their receipt
 * (reminder.seen); see the man page for what happens when it does not come.
 */
bool dunning_recover(struct store *store, const struct config *config, const struct dunning_site *site,
    instant_t now, struct error *error);
/* Our own mail passed the front (LEDGER's transaction is open): submitted or submitting becomes seen. IS_OURS
 * tells whether MESSAGE_ID is one of the outbox. */
bool dunning_seen(struct ledger *ledger, const char *message_id, bool *is_ours, struct error *error);
/* A person approves a waiting mail (ID) or all that wait (0). COUNT gets their number. */
bool dunning_approve(struct ledger *ledger, int64_t id, int64_t *count, struct error *error);
/* The mail that would go out now for this receivable's next (or the NAMED) step, as bytes (RFC 5322); nothing
 * is kept. Free with g_bytes_unref. */
GBytes *dunning_preview(struct ledger *ledger, const struct dunning_site *site,
    const struct receivable *receivable, const char *step, struct error *error);

#endif
