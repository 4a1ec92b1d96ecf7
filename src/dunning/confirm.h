/*
 * Mails that confirm something to the customer at a person's word: the instalments that were agreed, a
 * payment that came. They go the way of the reminders, in the invoice's thread, and ask for nothing new.
 */
#ifndef RELANCE_DUNNING_CONFIRM_H
#define RELANCE_DUNNING_CONFIRM_H

#include "dunning/plan.h"
#include "store/rows_plan.h"

/* The accepted plan of RECEIVABLE. In the caller's transaction, behind the act. STATUS_NO where there is
 * none, sending is off or no address works. */
bool confirm_instalments(struct ledger *ledger, const struct dunning_site *site,
    const struct receivable *receivable, struct error *error);
/* AMOUNT came on the day ON for RECEIVABLE (as it was before). */
bool confirm_payment(struct ledger *ledger, const struct dunning_site *site,
    const struct receivable *receivable, int64_t amount, date_t on, struct error *error);
/* The thanks of MAIL, which must not go because another amount is left, are said anew: for what they were
 * for, and for what was paid since unless later thanks are for that. Nothing where nothing can be said (no
 * address works, sending is off, a template is wrong). In the caller's transaction, behind the cancellation.
 */
bool confirm_payment_anew(
    struct ledger *ledger, const struct dunning_site *site, const struct outbox *mail, struct error *error);
/* What makes the confirmation of PLAN one mail: the key of outbox_claim_occasion(); g_free. */
char *confirm_key(int64_t plan);

#endif
