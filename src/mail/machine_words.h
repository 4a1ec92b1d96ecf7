/*
 * Mail of machines that its header does not tell: read receipts in plain text (Outlook's, Notes'), and the
 * questions of spam filters whether the sender is human. By the words of its subject and its text. Pure.
 */
#ifndef RELANCE_MAIL_MACHINE_WORDS_H
#define RELANCE_MAIL_MACHINE_WORDS_H

#include "base/base.h"
#include "mail/mail_words.h"

/* SUBJECT decoded, may be NULL; TEXT the whole body as plain text. "Not read" is a receipt, too. */
bool machine_words_are_receipt(const struct mail_words *phrases, const char *subject, const char *text);
/* Whether a filter holds our mail until somebody proves to be human. */
bool machine_words_are_challenge(const struct mail_words *phrases, const char *subject, const char *text);

#endif
