/*
 * What the programs tell the sysadmin: one line an event, "QUEUEID: what: key=value ...", to syslog (facility
 * mail) or to standard error. Subjects and bodies of mail never belong into it. Safe to use from any thread.
 */
#ifndef RELANCE_BASE_LOG_H
#define RELANCE_BASE_LOG_H

#include "base/base.h"

#include <stdarg.h>
#include <stdatomic.h>

enum log_level { LOG_IS_ERROR, LOG_IS_WARNING, LOG_IS_EVENT, LOG_IS_DETAIL };

/* PROGRAM ("relance-front") must outlive the logging. TO_SYSLOG false: standard error. Details are dropped
 * unless VERBOSE. Without log_open() lines go to standard error. */
void log_open(const char *program, bool to_syslog, bool verbose);

/*
 * QUEUE_ID: the MTA's name of the message, NULL or "" where there is none. WHAT: the event, "invoice-seen".
 * FORMAT gives "key=value key=value"; control characters in the result are written as "?", so that no mail
 * can forge a line.
 */
void log_event(enum log_level level, const char *queue_id, const char *what, const char *format, ...)
    PRINTF_LIKE(4, 5);
/* An error on its arrival at the top: "what: text". */
void log_error(const char *what, const struct error *error);

/* A failure that may repeat a thousand times a second: at most one line a minute, with "suppressed=N" once
 * there were more. A throttle is static storage of its place in the code. */
struct log_throttle {
	_Atomic int64_t last; /* seconds, monotonic; 0: never */
	_Atomic int64_t suppressed;
};
void log_throttled(struct log_throttle *throttle, enum log_level level, const char *queue_id,
    const char *what, const char *format, ...) PRINTF_LIKE(5, 6);

#endif
