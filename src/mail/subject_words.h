/*
 * What somebody writes into the subject of an answer, apart from "Re:" and the subject of the mail that is
 * answered: "Paid yesterday - RE: Invoice 118". Pure.
 */
#ifndef RELANCE_MAIL_SUBJECT_WORDS_H
#define RELANCE_MAIL_SUBJECT_WORDS_H

#include "base/base.h"
#include "mail/mail_words.h"

/* What is known of the mail that is answered; texts are borrowed and may be NULL. */
struct answered_mail {
	const char *topic;  /* Thread-Topic: its subject without prefixes */
	const char *quoted; /* the quoted history, with "Subject:" in a header or without */
	bool is_known;	    /* the header names a mail that is answered */
};

/*
 * The author's own words in SUBJECT, or NULL; g_free. IS_GUESS: they may be those of an old subject, because
 * it is not known or not found as it was, or because they sound like one of ours.
 */
char *subject_words(const struct mail_words *phrases, const char *subject,
    const struct answered_mail *answered, bool *is_guess);

#endif
