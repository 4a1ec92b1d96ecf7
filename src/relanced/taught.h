/* The layouts that were taught: the readers leave a broken one out, and here it is told. */
#ifndef RELANCE_RELANCED_TAUGHT_H
#define RELANCE_RELANCED_TAUGHT_H

#include "base/base.h"
#include "base/config.h"

/* Calls TELL with "PATH:LINE: what is wrong" for every broken layout of the configuration's folder; their
 * number. */
size_t taught_check(const struct config *config, void (*tell)(const char *complaint));
/* For TELL: a line in the log. */
void taught_log(const char *complaint);

#endif
