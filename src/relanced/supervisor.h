/*
 * The programs of the daemon under one roof: started in order, started again when they die, told of a new
 * configuration, stopped in order. Single-threaded; parses no mail and opens no store.
 */
#ifndef RELANCE_RELANCED_SUPERVISOR_H
#define RELANCE_RELANCED_SUPERVISOR_H

#include "base/base.h"
#include "base/config.h"

struct supervisor;

/* Takes CONFIG over. CONFIG_PATH and LIBEXEC are borrowed. */
struct supervisor *supervisor_new(struct config *config, const char *config_path, const char *libexec);
void supervisor_free(struct supervisor *supervisor);

/* Blocks the signals that supervisor_run() waits for; before anything is started. */
void supervisor_signals(void);
/* Starts all and waits until the milter's socket is open. False: it cannot be, and nothing runs. */
bool supervisor_start(struct supervisor *supervisor, struct error *error);
/* Until TERM or INT. */
void supervisor_run(struct supervisor *supervisor);
/* First the front, so that nothing comes in any more, then the clerk, then the readers. */
void supervisor_stop(struct supervisor *supervisor);

#endif
