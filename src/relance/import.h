/* The kinds of import: each takes one file within the caller's session. */
#ifndef RELANCE_RELANCE_IMPORT_H
#define RELANCE_RELANCE_IMPORT_H

#include "relance/session.h"

struct import_options {
	bool partial;
	bool dry_run;
};

struct import_counts {
	int64_t added, changed, known, bad;
};

/* Both in the caller's transaction. A bad row is told on standard error and counted; false: the file or the
 * store failed. */
bool import_invoices(
    struct session *session, const char *file, struct import_counts *counts, struct error *error);
bool import_customers(
    struct session *session, const char *file, struct import_counts *counts, struct error *error);
/* FILE: a mail, a folder of mails, or an mbox. Makes a transaction for each mail. */
bool import_mail(
    struct session *session, const char *file, struct import_counts *counts, struct error *error);

/* The contacts in TEXT ("a@x; b@y"); false with ERROR for one that is no address (STATUS_DATA, only the
 * words) or when the store failed. */
bool import_contacts(struct session *session, int64_t customer, const char *text, struct error *error);

#endif
