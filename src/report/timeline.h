/* What happened to an invoice or a customer, in sentences, each with the evidence it rests on. From the
 * journal alone. */
#ifndef RELANCE_REPORT_TIMELINE_H
#define RELANCE_REPORT_TIMELINE_H

#include "report/printer.h"
#include "store/rows_journal.h"
#include "store/rows_receivable.h"

struct timeline_request {
	int64_t customer;
	const struct receivable *receivable; /* NULL: all of the customer */
	instant_t until;		     /* events after it are left out; INSTANT_NONE: none */
	bool all;			     /* the small steps, too */
};
/* NAME: the key of the list inside a record; NULL at the top. COUNT (may be NULL) gets the number of rows. */
bool report_timeline(struct store *store, const struct timeline_request *request, struct printer *printer,
    const char *name, int64_t *count, struct error *error);

/* One event as a sentence and its evidence; both are appended to. False only on failure of the store. */
bool event_tell(struct store *store, const struct event *event, struct buffer *sentence,
    struct buffer *evidence, struct error *error);

#endif
