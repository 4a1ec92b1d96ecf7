/* Reports about what dunning is entitled to and follows: interest, policy. */
#ifndef RELANCE_REPORT_DUES_H
#define RELANCE_REPORT_DUES_H

#include "report/case.h"

/* Late interest and compensation of an invoice as of the day TO. STATUS_NO where no rule or no rate is known.
 */
bool report_interest(const struct ledger *ledger, const struct receivable *receivable, date_t to,
    struct printer *printer, struct error *error);
/* What applies to a customer, and to one of its invoices (RECEIVABLE may be NULL). */
bool report_policy(struct ledger *ledger, const struct dunning_site *site, int64_t customer,
    const struct receivable *receivable, struct printer *printer, struct error *error);

#endif
