/* The ground that a daemon stands on: its user, its folders, its PID file, its place in the background. */
#ifndef RELANCE_RELANCED_GROUND_H
#define RELANCE_RELANCED_GROUND_H

#include "base/base.h"
#include "base/config.h"

/* What only the machine knows of a configuration: does its time zone exist? */
bool ground_check(const struct config *config, struct error *error);
/* Makes run_dir, state_dir and spool_dir where they are missing, and gives them to the user. */
bool ground_folders(const struct config *config, struct error *error);
/*
 * Started by root: makes the folder of the milter's unix socket where it is missing, for the user and, by the
 * setgid bit, the group of those who connect: socket_group, or "postfix" for a socket in Postfix's queue.
 */
bool ground_socket_folder(const struct config *config, struct error *error);
/* Started by root: becomes the configuration's user for good. */
bool ground_become_user(const struct config *config, struct error *error);
/*
 * Goes to the background: the caller goes on there, with LINE to tell the process that was started when it is
 * ready; that one waits and ends with the status that it is told.
 */
bool ground_detach(int *line, struct error *error);
/* Ends the wait of the process that was started, and leaves its terminal. LINE -1: nothing to do. */
void ground_tell(int line, enum exit_status status, bool keep_standard_error);
/* Writes RUN_DIR/relanced.pid and holds it locked until the process ends; STATUS_TRY_AGAIN: another one runs.
 */
bool ground_pid_file(const struct config *config, struct error *error);

#endif
