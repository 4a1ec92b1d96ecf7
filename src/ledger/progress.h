/*
 * How far an invoice with several due lines has come: each line stands on the ladder by itself, payments fill
 * the earliest first, and the invoice's own day and step are those of its earliest line that is not paid. Of
 * an invoice with a single line (and of a credit note) there is only its own. All functions change ROW, which
 * the caller saves, and save the lines.
 */
#ifndef RELANCE_LEDGER_PROGRESS_H
#define RELANCE_LEDGER_PROGRESS_H

#include "store/rows_plan.h"
#include "store/rows_receivable.h"

/* LINE (from 1) came to STEP on the day ON. LINE 0: all that was due by then, and the
 * first in any case, of an event that names none. */
bool progress_note(struct store *store, struct receivable *row, int64_t line, const char *step, date_t on,
    struct error *error);
/* The mail of ITEM was cancelled: back to where it was before, unless a later step came since. */
bool progress_take_back(
    struct store *store, struct receivable *row, const struct outbox_item *item, struct error *error);
/* The open amount changed. */
bool progress_follow(struct store *store, struct receivable *row, struct error *error);

#endif
