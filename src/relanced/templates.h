/* What only other programs can read, who are run to look at it: the templates of letters and mails (the
 * clerk), the lexicons (the reader). */
#ifndef RELANCE_RELANCED_TEMPLATES_H
#define RELANCE_RELANCED_TEMPLATES_H

#include "base/base.h"
#include "base/config.h"

/* Runs LIBEXEC/relance-clerk -t on the configuration CONFIG. False: ERROR has the first thing wrong, with its
 * file and line. */
bool templates_look(const char *libexec, const char *config, struct error *error);

/* Runs LIBEXEC/relance-reader --check on the lexicons of CONFIG, the site's own included. Likewise. */
bool lexicons_look(const char *libexec, const struct config *config, struct error *error);

#endif
