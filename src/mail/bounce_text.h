/*
 * Failure reports that are written for people: qmail, Exim, Postfix's and Sendmail's texts, Exchange, Notes,
 * large providers. Their lines are read, not their maker: who is named as recipient, and what is said behind.
 * Pure.
 */
#ifndef RELANCE_MAIL_BOUNCE_TEXT_H
#define RELANCE_MAIL_BOUNCE_TEXT_H

#include "base/base.h"
#include "mail/delivery.h"
#include "mail/fields.h"

/*
 * Reads the recipients of TEXT into DELIVERY with what is said about each as diagnostic; SENDER (may be NULL)
 * got the report and is no recipient. Stops where the returned mail begins, whose Message-ID it takes.
 * Returns how many recipients were found.
 */
unsigned bounce_text_read(struct delivery *delivery, const char *text, const char *sender);
/* To whom a returned mail had gone, if to one alone, or NULL; g_free. */
char *bounce_returned_recipient(const struct fields *fields);
/* The part of TEXT before the returned mail; g_free. */
char *bounce_text_of_server(const char *text);
/* The id of our mail where TEXT quotes its header, indented or not, or NULL; g_free. */
char *bounce_text_message_id(const char *text);
/* Whether TEXT (of the report, or its subject) says that delivery is only late. */
bool bounce_text_is_delay(const char *text);
/* Whether a report says clearly that the mail was delivered, or handed on; SUBJECT may be NULL. */
bool bounce_text_is_success(const char *subject, const char *text);
/* Whether such a report says that another server, which will not tell more, has taken it. */
bool bounce_text_is_relay(const char *text);
/* Whether a subject is that of a failure report. */
bool bounce_subject_is_usual(const char *subject);
/* Whether TEXT has the words of a failure report. */
bool bounce_text_is_usual(const char *text);

#endif
