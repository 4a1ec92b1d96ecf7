/* The mails of a file, a folder or an mbox, one after the other, as descriptors. */
#ifndef RELANCE_RELANCE_MAIL_FILES_H
#define RELANCE_RELANCE_MAIL_FILES_H

#include "base/base.h"

#include <glib.h>
#include <sys/types.h>

/* Where a mail lies. */
struct mail_place {
	char *file;	     /* owned */
	off_t begin, length; /* LENGTH -1: the whole file */
	int number;	     /* in its mbox, from 1; 0: a file of its own */
	GBytes *all;	     /* owned: what came on standard input; NULL: it is in the file */
};

/* All mails of PATH ("-": of standard input), folders in the order of their names (of struct mail_place *).
 * NULL with ERROR (STATUS_DATA). */
GPtrArray *mail_files_list(const char *path, struct error *error);
/* The bytes of one, with the ">From " of an mbox put right. NULL with ERROR. */
GBytes *mail_files_bytes(const struct mail_place *place, struct error *error);
/* "FILE", or "FILE message 3"; g_free. */
char *mail_files_name(const struct mail_place *place);

#endif
