/*
 * One connection of an MTA and the messages that pass on it, one after the other. Knows nothing of libmilter:
 * it is told what happens and gives the answer. A session's functions may run on different threads, never two
 * at once.
 */
#ifndef RELANCE_FRONT_SESSION_H
#define RELANCE_FRONT_SESSION_H

#include "base/base.h"
#include "front/answer.h"
#include "front/shared.h"

#include <sys/socket.h>

/* What was agreed with the MTA of this connection. */
struct agreement {
	bool no_reply_connect, no_reply_mail, no_reply_recipient,
	    no_reply_header; /* it does not wait there */
	bool skip;	     /* it knows SKIP */
	bool leading_space;  /* header values come with the space behind the colon */
};

struct session;

/* The MTA's value of a macro ("i", "{auth_authen}"), or NULL. */
typedef const char *(*macro_lookup)(void *context, const char *name);

struct session *session_new(struct shared *shared, struct agreement agreement);
/* Drops the message that may be under way. SESSION may be NULL. */
void session_free(struct session *session);

/* ADDRESS: NULL where the client has none. */
enum answer session_connect(struct session *session, const char *host_name, const struct sockaddr *address,
    macro_lookup macro, void *context);
/* A message begins: what is left of one before is dropped. ARGUMENT as in MAIL and RCPT: "<name@domain>". */
enum answer session_mail(struct session *session, const char *argument, macro_lookup macro, void *context);
enum answer session_recipient(struct session *session, const char *argument);
enum answer session_header(struct session *session, const char *name, const char *value);
enum answer session_end_of_headers(struct session *session, macro_lookup macro, void *context);
enum answer session_body(struct session *session, const void *bytes, size_t length);
enum answer session_end_of_message(struct session *session, macro_lookup macro, void *context);
/* The message is over without an end; any number of times, also without a message. */
enum answer session_abort(struct session *session);

#endif
