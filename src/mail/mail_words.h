/*
 * The words by which mail programs and people mark what is not new in a mail, and by which a machine's mail
 * is told from a person's. Those of the shipped languages are data in mail_words_shipped.c; a caller adds
 * those of further ones, which come from files (conf/lexicon/README, `mail KIND:`). Pure.
 */
#ifndef RELANCE_MAIL_MAIL_WORDS_H
#define RELANCE_MAIL_MAIL_WORDS_H

#include "base/base.h"

#include <glib.h>

/* All are folded as lines are (folded.h), and compared with folded text; MAIL_INNER_OPENER and MAIL_NOBODY
 * with what is written. */
enum mail_word_kind {
	MAIL_OPENER,	       /* "le" of "Le 3 mars, X a écrit :" */
	MAIL_INNER_OPENER,     /* the same with a capital inside a line of other words */
	MAIL_WROTE,	       /* "a écrit" before the colon */
	MAIL_WROTE_BEFORE,     /* " schrieb " with more behind, up to the colon */
	MAIL_PERSON,	       /* "you" before the verb: a person speaks, no program */
	MAIL_WEEKDAY,	       /* beginnings of dates: names of days, of months */
	MAIL_ORIGINAL,	       /* "original message" between dashes */
	MAIL_FORWARDED,	       /* between dashes, or a line of its own with a colon */
	MAIL_REPLY_ABOVE,      /* "reply above this line" */
	MAIL_PLEASE,	       /* may stand before that */
	MAIL_BANNER,	       /* "this mail comes from outside", put on top by a gateway */
	MAIL_FOOTER,	       /* "sent from my" */
	MAIL_SMALL_PRINT,      /* beginnings of legal small print */
	MAIL_SMALL_PRINT_WORD, /* within a long line: small print */
	MAIL_CLOSING,	       /* "kind regards": the signature begins */
	MAIL_THANKS,	       /* "thanks": only with nothing but a name behind */
	MAIL_GREETING,	       /* "dear": no statement of its own */
	MAIL_ROLE,	       /* "accounts", "gérante": beginnings of words that follow a name */
	MAIL_CONTACT,	       /* "tel", "siret": a line of a signature begins */
	MAIL_FROM,	       /* the labels of a quoted header */
	MAIL_DATE,
	MAIL_TO,
	MAIL_CC,
	MAIL_SUBJECT,
	MAIL_OTHER_FIELD,
	MAIL_POINTER,	   /* "see subject": what is said stands elsewhere */
	MAIL_REGISTRATION, /* of a company, within a line of a signature: "registered in" */
	MAIL_ANSWER,	   /* beginnings of words for answers and comments */
	MAIL_SEE,	   /* "see", with one of the following: */
	MAIL_IN_TEXT,	   /* "inline", "in your mail": answers stand in the quoted mail */
	MAIL_BELOW,	   /* "below": the same, only with a word for answers */
	MAIL_RED,	   /* "in red" */
	MAIL_ORANGE,
	MAIL_YELLOW,
	MAIL_GREEN,
	MAIL_BLUE,
	MAIL_PURPLE,
	MAIL_REPLY,		/* "re" before the colon of a subject; single letters only in front */
	MAIL_DUNNING,		/* beginnings of words in subjects of invoices and reminders */
	MAIL_AUTOMATIC_SUBJECT, /* beginnings: "automatic reply"; long enough that no person begins so by
				   chance */
	MAIL_ABSENCE_SUBJECT, /* "on leave": the whole subject of an automatic answer, or before its colon; a
				 person uses them in answers, too: nothing may stand before */
	MAIL_NOBODY,	      /* "no-reply": begins an address that takes no answers */
	MAIL_RECEIPT_SUBJECT, /* beginnings: "read:" */
	MAIL_RECEIPT,	      /* "was read on" */
	MAIL_HOLD,	      /* a filter keeps our mail: "quarantine" */
	MAIL_HUMAN,	      /* "you are human" */
	MAIL_WORD_KINDS,
};

struct phrases {
	const char *const *list;
	size_t count;
};

struct mail_words {
	struct phrases phrases[MAIL_WORD_KINDS];
	GPtrArray *own[MAIL_WORD_KINDS]; /* of char *: the same where some were added, else NULL */
};

extern const struct mail_words mail_words_shipped;

/* The shipped ones, to be added to; heap, mail_words_free. */
struct mail_words *mail_words_new(void);
void mail_words_free(struct mail_words *words);
/* PHRASE as it is written in mails. What is there already, or is nothing when folded, adds nothing. */
void mail_words_add(struct mail_words *words, enum mail_word_kind kind, const char *phrase);
/* "closing" is MAIL_CLOSING ...; false where no kind is called so. */
bool mail_word_kind_from_word(const char *word, enum mail_word_kind *kind);

/* The first phrase of KIND that TEXT begins with (at a word's end), or that occurs in it; NULL for none. */
const char *mail_words_begin(const struct mail_words *words, enum mail_word_kind kind, const char *text);
const char *mail_words_within(const struct mail_words *words, enum mail_word_kind kind, const char *text);

#endif
