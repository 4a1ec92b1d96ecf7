/* The file specifications of a PDF (ISO 32000-1, 7.11): which stream is which file. */
#ifndef RELANCE_DOCUMENT_FILESPEC_H
#define RELANCE_DOCUMENT_FILESPEC_H

#include "base/base.h"

#include <glib.h>

struct filespec {
	long number; /* of the object that is the embedded file */
	char *name;  /* UTF-8, or NULL */
};

/* Those found among the LENGTH bytes and in the object streams in them: an array of struct filespec *; to be
 * unref'd. */
GPtrArray *filespec_list(const void *bytes, size_t length);
/* The name of the embedded file that is object NUMBER; NULL where LIST does not tell. Borrowed. */
const char *filespec_name(const GPtrArray *list, long number);
/* Whether LIST has object NUMBER. */
bool filespec_has(const GPtrArray *list, long number);

#endif
