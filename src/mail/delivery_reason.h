/*
 * What the words and codes of a mail server say about why it did not deliver: one of the reasons of struct
 * delivery_recipient. Words are looked at before codes, because many servers answer everything with
 * 550 5.0.0. Pure.
 */
#ifndef RELANCE_MAIL_DELIVERY_REASON_H
#define RELANCE_MAIL_DELIVERY_REASON_H

#include "base/base.h"

/* The reason that the words of TEXT give, or NULL. */
const char *delivery_reason_of_words(const char *text);
/* The reason of an enhanced status code (RFC 3463) such as "5.1.1", or NULL where it says nothing. */
const char *delivery_reason_of_status(const char *status);
/* Whether a failure for this reason lasts when no code says so. */
bool delivery_reason_is_permanent(const char *reason);
/* A status code for a reason that came without one ("5.1.1" for unknown_user), or NULL. */
const char *delivery_status_of_reason(const char *reason);
/*
 * The first enhanced status code in TEXT (class 4 or 5), or NULL; g_free. An SMTP reply code before it
 * must have the same class. Numbers that are parts of addresses and versions do not count.
 */
char *delivery_find_status(const char *text);
/* The first SMTP reply code 4xx or 5xx in TEXT, or 0. */
int delivery_find_reply(const char *text);

#endif
