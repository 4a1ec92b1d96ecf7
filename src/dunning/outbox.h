/* The outbox: mails that were composed and are on their way. All functions but outbox_submit work in the
 * caller's transaction; see send.h for the whole. */
#ifndef RELANCE_DUNNING_OUTBOX_H
#define RELANCE_DUNNING_OUTBOX_H

#include "dunning/chase.h"
#include "dunning/reminder.h"
#include "dunning/send.h"
#include "ledger/event.h"

/* Evaluates the guards for all that is due of CUSTOMER, composes one mail and puts it into the outbox. MAIL
 * gets its id, 0 where nothing is to be sent. */
bool outbox_claim(struct ledger *ledger, const struct dunning_site *site, int64_t customer, int64_t *mail,
    struct error *error);

/*
 * Composes the mail of OCCASION about COUNT receivables of one customer and puts it into the outbox. KEY says
 * which mail it is: the same key gives the same Message-ID, and no second mail. MAIL gets its id, 0 where it
 * is there already. Guards are the caller's duty now; outbox_judge() asks those of the site and of the day
 * again, and whether a person stopped it since or took back what it is about.
 */
bool outbox_claim_occasion(struct ledger *ledger, const struct dunning_site *site,
    const struct reminder_occasion *occasion, const int64_t *receivables, size_t count, const char *key,
    int64_t *mail, struct error *error);

enum outbox_verdict {
	OUTBOX_FREE,  /* it may go now */
	OUTBOX_WAITS, /* not now */
	OUTBOX_VOID,  /* what it says is not true any more: it must never go */
	OUTBOX_STALE, /* the same, of thanks: another amount is left; they can be said anew */
};
/* The guards again, for a mail that was composed earlier. WHY gets the reason where it is not free. */
bool outbox_judge(struct ledger *ledger, const struct dunning_site *site, const struct outbox *mail,
    enum outbox_verdict *verdict, char why[256], struct error *error);
bool outbox_note(struct ledger *ledger, enum event_kind kind, const struct outbox *mail, const char *key,
    const char *value, struct error *error);

/* One mail that is ready: judges it, notes "submitting", runs sendmail(1), notes the end. Owns its
 * transactions. */
bool outbox_submit(struct store *store, const struct config *config, const struct dunning_site *site,
    instant_t now, int64_t mail, struct dunning_tick *tick, struct error *error);
/* One mail that a crash left "submitting": finds out what became of it. Owns its transactions. */
bool outbox_recover(struct store *store, const struct config *config, const struct dunning_site *site,
    instant_t now, int64_t mail, struct dunning_tick *tick, struct error *error);

/* Runs WORK in a transaction with a ledger of the clerk's, plans what was touched, commits. */
typedef bool dunning_work(
    struct ledger *ledger, const struct dunning_site *site, void *data, struct error *error);
bool dunning_transaction(struct store *store, const struct config *config, const struct dunning_site *site,
    instant_t now, dunning_work *work, void *data, struct error *error);

#endif
