/* Programs that one starts, watches and starts again when they die, each time after a longer pause. */
#ifndef RELANCE_HOST_PROCESS_H
#define RELANCE_HOST_PROCESS_H

#include "base/base.h"

#include <sys/types.h>

#define PROCESS_ARGUMENTS_MOST 16

/* In caller storage; zeroed, then process_init(). */
struct process {
	const char *name;			     /* for logs; borrowed */
	char *arguments[PROCESS_ARGUMENTS_MOST + 1]; /* owned; the first is the program's path */
	pid_t pid;				     /* 0: does not run */
	int64_t started;			     /* milliseconds, as process_milliseconds() */
	int64_t start_at;			     /* when it is to be started again */
	int failures;				     /* deaths that followed one another quickly */
};

/* Milliseconds of a clock that nobody sets. */
int64_t process_milliseconds(void);

void process_init(struct process *process, const char *name, const char *program);
/* Appends an argument, printf-like. At most PROCESS_ARGUMENTS_MOST, the program included. */
void process_argument(struct process *process, const char *format, ...) PRINTF_LIKE(2, 3);
void process_clear(struct process *process);

/*
 * Starts it in a process group of its own (a terminal's interrupt is for us alone), with no descriptors but
 * the standard ones and INHERITED (-1: none), default signals, and TERM for the day we die (Linux). A program
 * that cannot be executed ends with status 127 after saying so on standard error.
 */
bool process_start(struct process *process, int inherited, struct error *error);
/* To be told that it has ended: sets when it is due again - soon, later after quick deaths in a row, at most
 * 30 s. */
void process_ended(struct process *process);
/* Whether it does not run and is due now. */
bool process_is_due(const struct process *process);
/* Sends TERM, waits MILLISECONDS, then kills. The process is gone when this returns. */
void process_stop(struct process *process, int milliseconds);
/* Waits MILLISECONDS for an end that was asked for otherwise, then as process_stop(). */
void process_await(struct process *process, int milliseconds);

#endif
