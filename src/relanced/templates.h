/* The letter and mail templates, which only the clerk can read: it is run to look at them. */
#ifndef RELANCE_RELANCED_TEMPLATES_H
#define RELANCE_RELANCED_TEMPLATES_H

#include "base/base.h"

/* Runs LIBEXEC/relance-clerk -t on the configuration CONFIG. False: ERROR has the first thing wrong, with its
 * file and line. */
bool templates_look(const char *libexec, const char *config, struct error *error);

#endif
