/* When the formal notice about each due line went out: of a debt that bears interest from then on. */
#ifndef RELANCE_LEDGER_NOTICE_DAYS_H
#define RELANCE_LEDGER_NOTICE_DAYS_H

#include "base/date.h"
#include "ledger/ledger.h"
#include "store/rows_receivable.h"

/*
 * The formal notice is the step "formal-notice", and each that has its words. DAYS has room for one day for
 * each due line of RECEIVABLE (at least one), in their order: that on which its first letter of such a step
 * was posted or mail was sent; of a step that is other work, on which it was done; DATE_NONE where it had
 * none. That a letter was to be written or was printed is no notice.
 */
bool notice_days(
    const struct ledger *ledger, const struct receivable *receivable, date_t *days, struct error *error);

#endif
