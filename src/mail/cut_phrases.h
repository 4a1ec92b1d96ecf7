/*
 * The words by which mail programs and people mark what is not new in a mail, as data: folded as in folded.h.
 * A further language is further rows here and nothing else.
 */
#ifndef RELANCE_MAIL_CUT_PHRASES_H
#define RELANCE_MAIL_CUT_PHRASES_H

#include "base/base.h"

struct phrases {
	const char *const *list;
	size_t count;
};

extern const struct phrases attribution_openers; /* "le " of "Le 3 mars, X a écrit :" */
extern const struct phrases attribution_verbs;	 /* "a écrit" before the colon */
extern const struct phrases attribution_middles; /* " schrieb " with more behind, up to the colon */
extern const struct phrases attribution_persons; /* "you" before the verb: a person speaks, no program */
extern const struct phrases weekdays;		 /* beginnings */
extern const struct phrases original_messages;	 /* between dashes */
extern const struct phrases forwarded_messages;	 /* between dashes, or a line of its own with a colon */
extern const struct phrases reply_lines;	 /* "reply above this line" */
extern const struct phrases banners;		 /* "this mail comes from outside", put on top by a gateway */
extern const struct phrases mobile_footers;	 /* "sent from my" */
extern const struct phrases disclaimers;	 /* beginnings of legal small print */
extern const struct phrases disclaimer_words;	 /* within a long line: small print */
extern const struct phrases closings;		 /* "kind regards": the signature begins */
extern const struct phrases weak_closings;	 /* "thanks": only with nothing but a name behind */
extern const struct phrases greetings;		 /* "dear": no statement of its own */
extern const struct phrases roles; /* "accounts", "gérante": beginnings of words that follow a name */

/* The fields of a quoted header. */
enum quoted_field {
	QUOTED_FROM = 1,
	QUOTED_DATE = 2,
	QUOTED_TO = 4,
	QUOTED_CC = 8,
	QUOTED_SUBJECT = 16,
	QUOTED_OTHER = 32,
};
struct quoted_label {
	const char *label;
	enum quoted_field field;
};
extern const struct quoted_label quoted_labels[];
extern const size_t quoted_labels_count;

#endif
