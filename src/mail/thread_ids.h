/* Message-IDs (RFC 5322, 3.6.4) out of headers that are often broken. Pure. */
#ifndef RELANCE_MAIL_THREAD_IDS_H
#define RELANCE_MAIL_THREAD_IDS_H

#include "base/base.h"

#include <glib.h>

/* Ids that are kept of one header: half of them from its beginning, half from its end. */
#define THREAD_IDS_MAX 100

/*
 * The ids of a raw header value as "<left@right>" without blanks, each once, in their order. Brackets may be
 * missing, ids folded, glued together, or among comments and phrases. Headers above 64 kB (or cut in the
 * middle by a gateway) are read from both ends. Of char *, freed with the array.
 */
GPtrArray *thread_ids_parse(const char *raw, size_t length);
/* The first id of a Message-ID header, or NULL; g_free. */
char *thread_id_parse(const char *raw, size_t length);

#endif
