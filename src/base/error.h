/*
 * An error on its way up: what failed and where, and the exit status (sysexits) that the program should end with. Only
 * the top of a program logs or prints it; whoever passes it on may put a place in front.
 */
#ifndef RELANCE_BASE_ERROR_H
#define RELANCE_BASE_ERROR_H

#include <stdbool.h>

/* sysexits, the exit statuses that relance(1) documents */
enum exit_status {
	STATUS_DONE = 0,
	STATUS_NO = 1, /* done, and the answer is "no" */
	STATUS_USAGE = 64,
	STATUS_DATA = 65,
	STATUS_UNAVAILABLE = 69,
	STATUS_SOFTWARE = 70, /* an own bug */
	STATUS_CANNOT_CREATE = 73,
	STATUS_IO = 74,
	STATUS_TRY_AGAIN = 75,
	STATUS_NO_PERMISSION = 77,
	STATUS_CONFIG = 78,
};

/* In caller storage; zeroed by `struct error error = {0};`. A text that does not fit ends in "…". */
struct error {
	enum exit_status status;
	char text[1024];
};

/* Sets the error and returns false, so that a failing function can `return error_set(...)`. ERROR may be NULL. */
bool error_set(struct error *error, enum exit_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* As error_set, and appends ": " and the text of the system's error number ERRNUM. */
bool error_set_errno(struct error *error, enum exit_status status, int errnum, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Puts "PLACE: " in front of the text that is there; returns false. */
bool error_prefix(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
