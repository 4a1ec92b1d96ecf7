/* What is open, a row a currency: of a company or of one customer. */
#ifndef RELANCE_REPORT_SUMS_H
#define RELANCE_REPORT_SUMS_H

#include "report/printer.h"
#include "store/store.h"

/* FIELDS: the headings of currency, number and amount of what is open, number and amount of what is overdue.
 */
#define SUM_FIELDS 5

/* A list "sums" under TITLE. COMPANY NULL: all; CUSTOMER 0: all. TODAY tells what is overdue. */
bool report_sums(struct store *store, const char *company, int64_t customer, date_t today, const char *title,
    const struct field fields[SUM_FIELDS], struct printer *printer, struct error *error);

#endif
