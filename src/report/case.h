/* Reports about one invoice or one customer, and the short lists of what people have to look after. */
#ifndef RELANCE_REPORT_CASE_H
#define RELANCE_REPORT_CASE_H

#include "dunning/plan.h"
#include "report/printer.h"
#include "store/rows_party.h"
#include "store/rows_receivable.h"

/* All that is known of an invoice; its open amount and lists as they are now. */
bool report_invoice(struct ledger *ledger, const struct dunning_site *site,
    const struct receivable *receivable, struct printer *printer, struct error *error);
/* The list of its due lines within such a record: what is open of each, and what comes next for it. */
bool report_due_lines(struct ledger *ledger, const struct dunning_site *site,
    const struct receivable *receivable, struct printer *printer, struct error *error);
bool report_customer(
    struct ledger *ledger, const struct customer *customer, struct printer *printer, struct error *error);
bool report_customers(struct store *store, const char *company, struct printer *printer, struct error *error);
/* What comes next for an invoice, and which guards hold it; a record for each due line that has a plan. */
bool report_why(struct ledger *ledger, const struct dunning_site *site, const struct receivable *receivable,
    struct printer *printer, struct error *error);

/* Lists. COMPANY NULL: all. */
bool report_promises(
    struct store *store, const char *company, date_t today, struct printer *printer, struct error *error);
/* Instalment plans, a row for each rate: of RECEIVABLE, or (NULL) those that have not ended, or ALL. */
bool report_plans(struct ledger *ledger, const char *company, const struct receivable *receivable, bool all,
    struct printer *printer, struct error *error);
bool report_disputes(
    struct store *store, const char *company, date_t today, struct printer *printer, struct error *error);
bool report_bounces(struct store *store, const char *company, struct printer *printer, struct error *error);
/* Open tasks; KIND NULL: all but none; ALL: those that are done, too. */
bool report_tasks(struct ledger *ledger, const struct dunning_site *site, const char *company,
    const char *kind, bool all, struct printer *printer, struct error *error);
struct task;
/* One task; DETAIL (may be NULL), lines, stands for its own. */
bool report_task(struct ledger *ledger, const struct dunning_site *site, const struct task *task,
    struct printer *printer, struct error *error);
/* Messages that a person must look at, and the links that are only proposed. */
bool report_review(struct store *store, const char *company, struct printer *printer, struct error *error);
/* Reminders that wait for approval, or are in another STATE. */
bool report_outbox(struct store *store, const char *company, const char *state, struct printer *printer,
    struct error *error);

/* The name of a customer and the number of a receivable; g_free, NULL where there is none of that id (0:
 * none). */
bool name_of_customer(struct store *store, int64_t id, char **name, struct error *error);
bool number_of_receivable(struct store *store, int64_t id, char **number, struct error *error);

#endif
