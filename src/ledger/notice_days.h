/* When the formal notice about each due line went out: of a debt that bears interest from then on. */
#ifndef RELANCE_LEDGER_NOTICE_DAYS_H
#define RELANCE_LEDGER_NOTICE_DAYS_H

#include "base/date.h"
#include "store/rows_receivable.h"

/* The step that is the formal notice. */
#define NOTICE_STEP "formal-notice"

/*
 * DAYS has room for one day for each due line of RECEIVABLE (at least one), in their order: that on which its
 * first letter of that step was posted or mail was sent, else on which the step was done; DATE_NONE where it
 * had none.
 */
bool notice_days(struct store *store, const struct receivable *receivable, date_t *days, struct error *error);

#endif
