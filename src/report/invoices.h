/* Reports about many invoices: the list, ageing, and what is to come. Amounts are those of the books, exact.
 */
#ifndef RELANCE_REPORT_INVOICES_H
#define RELANCE_REPORT_INVOICES_H

#include "report/printer.h"
#include "store/figures.h"

struct list_request {
	const char *company; /* NULL: all */
	int64_t customer;    /* 0: all */
	const char *state;   /* NULL: all */
	bool overdue;	     /* only what was due before the day */
	date_t today;
	date_t as_of; /* TODAY: as it is now */
};

/* COUNT (may be NULL) gets the number of rows. NAME: the key of the list inside a record; NULL at the top. */
bool report_list(struct store *store, const struct list_request *request, struct printer *printer,
    const char *name, int64_t *count, struct error *error);
/* Open amounts by age, one row a customer and currency. */
bool report_aging(
    struct store *store, const struct list_request *request, struct printer *printer, struct error *error);
/* What the plan will do in the DAYS from today on. */
bool report_forecast(struct store *store, const struct list_request *request, int days,
    struct printer *printer, struct error *error);
/* The cash to expect, by week: promised money on its day; other money when the customer usually pays;
 * disputed money in no week. */
bool report_cash(struct store *store, const struct list_request *request, int days, struct printer *printer,
    struct error *error);
/* What is going on with an invoice and what comes next, in a few words ("promised for 2026-03-31"); appended
 * to TEXT. */
void situation_append(const struct invoice_figure *figure, date_t today, struct buffer *text);

#endif
