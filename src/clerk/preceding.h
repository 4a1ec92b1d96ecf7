/* Credit notes and corrected invoices: what becomes of the invoices before them. */
#ifndef RELANCE_CLERK_PRECEDING_H
#define RELANCE_CLERK_PRECEDING_H

#include "clerk/intake.h"
#include "store/rows_receivable.h"

/*
 * A credit note lowers the invoices that it names (BT-25), else the one whose number stands in the mail that
 * carries it, and is used up by as much. Only invoices of the same customer, company and currency. Where none
 * is named, a task proposes what it could be for; until then what is open of it is set against the customer's
 * whole account. NOTE is the receivable of the credit note.
 */
bool preceding_credit(struct ledger *ledger, const struct company_config *company,
    const struct intake *intake, const struct invoice *invoice, int64_t note, struct error *error);
/* A corrected invoice may replace the one it names or change a part of it: asking for both asks twice for the
 * same. A task holds the earlier one until a person has looked. */
bool preceding_question(struct ledger *ledger, const struct company_config *company,
    const struct invoice *invoice, int64_t message, struct error *error);

#endif
