/* The clerk: takes what the front spooled into the books, and does what is planned. */
#ifndef RELANCE_CLERK_CLERK_H
#define RELANCE_CLERK_CLERK_H

#include "base/base.h"

struct clerk;

/* Opens store, spool, watchlist and readers by the configuration at CONFIG_PATH (borrowed). NULL with ERROR.
 */
struct clerk *clerk_new(const char *config_path, struct error *error);
void clerk_free(struct clerk *clerk);
/* Blocks the signals that clerk_run waits for; to be called first in the process. */
void clerk_signals(void);
/* Works until SIGTERM or SIGINT; SIGUSR1 reads the configuration anew and keeps the old one when it is wrong.
 */
void clerk_run(struct clerk *clerk);

#endif
