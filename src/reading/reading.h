/*
 * A reading: the pure facts about the bytes of one message or document, and its JSON form, which is an
 * interface (see relance(1), "relance read"). The reader produces it in the cage; the clerk parses it as
 * untrusted input.
 */
#ifndef RELANCE_READING_READING_H
#define RELANCE_READING_READING_H

#include "base/base.h"
#include "base/buffer.h"
#include "document/document.h"
#include "language/understand.h"
#include "mail/delivery.h"
#include "mail/message.h"

#include <jansson.h>

/* One document found: in a message an attachment or the body, or the bare document itself. */
struct reading_document {
	char *name;	  /* or NULL */
	char *media_type; /* or NULL */
	enum document_outcome outcome;
	char *reason;		 /* why there is no invoice, or a doubt; or NULL */
	struct invoice *invoice; /* NULL unless outcome is DOCUMENT_INVOICE */
	int same_as;   /* index of the document that carries the same invoice in better form, e.g. the XML
			  beside this PDF   (this one has outcome DOCUMENT_NO_INVOICE then); -1 otherwise */
	GBytes *bytes; /* decoded content; NULL after reading_from_json, and for an invoice in the body */
};

struct reading {
	char *file;		 /* or NULL */
	char *error;		 /* not NULL: nothing else is set */
	struct message *message; /* NULL for a bare document; after reading_from_json without attachments and
				    bodies, and with at most READING_MAX_QUOTE bytes of the quoted text */
	struct understanding *reply; /* NULL for reports and bare documents */
	GPtrArray *documents;	     /* of struct reading_document *; never NULL */
};

/* How much of the quoted history goes into the JSON: enough for the numbers in our own mail. */
#define READING_MAX_QUOTE (32 * 1024)
/* A mail with more attachments is doubtful, and the rest is not looked at. */
#define READING_MAX_DOCUMENTS 100

/* Bytes to reading. LEXICON is borrowed. NAME: the file's name, for the kind of a bare document; may be NULL.
 */
struct reading *reading_of_bytes(
    const void *bytes, size_t length, const char *name, const struct lexicon *lexicon);
/* The same with LAYOUTS that were taught: an array of struct layout *, borrowed; NULL for none. */
struct reading *reading_of_bytes_taught(const void *bytes, size_t length, const char *name,
    const struct lexicon *lexicon, const GPtrArray *layouts);
/*
 * The same, but the documents attached are not read: they come out as DOCUMENT_UNREADABLE. For a message
 * whose documents broke the reader, so that at least its words are known. A bare document gives an error.
 */
struct reading *reading_of_bytes_alone(const void *bytes, size_t length, const char *name,
    const struct lexicon *lexicon, const GPtrArray *layouts);
/* Whether the bytes are a message rather than a bare document. NAME may be NULL. */
bool reading_is_message(const void *bytes, size_t length, const char *name);
struct reading *reading_new(void);
void reading_free(struct reading *reading);
struct reading_document *reading_document_new(void);
void reading_document_free(struct reading_document *document);

/*
 * The object of interfaces ("schema": 1), a new reference. Deterministic key order. Printed with
 * READING_JSON_FLAGS, the confidences have at most three digits.
 */
json_t *reading_to_json(const struct reading *reading);
#define READING_JSON_FLAGS (JSON_COMPACT | JSON_REAL_PRECISION(3))
/*
 * Strict: wrong types, words out of the closed lists, impossible dates or amounts, texts over 1 MB are
 * refused with the JSON path in ERROR. READING is owned by the caller.
 */
bool reading_from_json(const json_t *json, struct reading **reading, struct error *error);

const char *document_outcome_word(enum document_outcome outcome);
bool document_outcome_from_word(const char *word, enum document_outcome *outcome);

/* The invoice object alone (also kept in the journal). */
json_t *invoice_to_json(const struct invoice *invoice);
bool invoice_from_json(const json_t *json, struct invoice **invoice, struct error *error);

#endif
