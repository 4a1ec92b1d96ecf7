/* Our document numbers and amounts, from our own quoted mail, and where a reply speaks of them. */
#ifndef RELANCE_LANGUAGE_REFERENCES_H
#define RELANCE_LANGUAGE_REFERENCES_H

#include "base/base.h"
#include "language/stream.h"

struct our_document {
	char *number;	 /* as written, owned */
	char *canonical; /* small letters and digits only, owned */
	char groups[64]; /* the same without the zeros before its groups of digits; "" where it is too long */
	char last;	 /* of `canonical` */
	bool plain;	 /* looks like a document number by itself; else it is one by its place only */
	struct money amount;
	date_t issued; /* the first of two dates on its line; DATE_NONE for none */
	date_t due;    /* the last date on its line; DATE_NONE for none */
};

struct references {
	GArray *documents;	      /* of struct our_document; shared by references_of_part */
	GArray *named;		      /* by references_annotate: what is named at each position */
	GArray *others;		      /* by references_annotate: of struct other_number, what else is named */
	char currency[CURRENCY_SIZE]; /* of the amounts, "" where none is stated */
};

/* QUOTED (our mail; may be NULL) and SUBJECT (may be NULL) are read for numbers, with NUMBER_WORDS in them.
 */
void references_init(struct references *references, const struct number_words *number_words,
    const char *quoted, const char *subject);
void references_clear(struct references *references);
/* The same documents for a part of the text that WHOLE is about; references_clear. */
void references_of_part(struct references *part, const struct references *whole);

/* Annotates the plain document numbers in STREAM that are ours as @ours; finds those that are not. */
void references_annotate(struct references *references, struct stream *stream);
/* The document of ours that the item at POSITION names, in a full or a shortened form; NULL for none. */
const struct our_document *references_find(const struct references *references, size_t position);
/* The same where the words are long enough or the whole of the number to mean nothing else. */
const struct our_document *references_named(const struct references *references, size_t position);
/* The total of all documents, or MONEY_NONE where an amount is missing. */
struct money references_total(const struct references *references);
/* The day on which all our documents fall due; DATE_NONE where they have none or several. */
date_t references_due(const struct references *references);
/* The day on which all our documents were made out; DATE_NONE likewise. */
date_t references_issued(const struct references *references);
/* The amount of a token in the currency that is written or, where none is, that of our documents. */
struct money references_amount(const struct references *references, const struct token *token);

#endif
