/*
 * A mail as it came: parsed once by GMime within limits, then plain data. Strings are UTF-8 (invalid bytes
 * replaced), owned by the message, NULL where the header is absent. Pure.
 */
#ifndef RELANCE_MAIL_MESSAGE_H
#define RELANCE_MAIL_MESSAGE_H

#include "base/base.h"
#include "base/instant.h"
#include "mail/mail_words.h"

#include <glib.h>

struct address {
	char *name;    /* display name or NULL */
	char *address; /* addr-spec, domain in lower case */
};

/* A leaf part that may be a document: everything that is not the text body, a report or a signature. */
struct attachment {
	char *name;	  /* file name, or NULL */
	char *media_type; /* lower case, as declared */
	GBytes *bytes;	  /* decoded */
	bool is_inline;	  /* Content-Disposition inline or part of multipart/related */
};

enum message_kind {
	MESSAGE_HUMAN,
	MESSAGE_AUTOMATIC_REPLY,
	MESSAGE_AUTOMATIC,
	MESSAGE_LIST,
	MESSAGE_DELIVERY_FAILURE,
	MESSAGE_DELIVERY_DELAY,
	MESSAGE_DELIVERY_SUCCESS,
	MESSAGE_READ_RECEIPT,
};

struct message {
	char *id;	 /* "<...>", or NULL */
	instant_t date;	 /* INSTANT_NONE where absent or unreadable */
	int date_offset; /* seconds east of UTC */
	char *subject;
	struct address *from; /* the first; NULL where absent */
	GPtrArray *to;	      /* of struct address *; never NULL */
	GPtrArray *cc;
	GPtrArray *reply_to;
	GPtrArray *in_reply_to; /* of char *, "<...>"; never NULL */
	GPtrArray *references;
	enum message_kind kind;
	char *kind_rule;	   /* why, e.g. "header:Auto-Submitted" */
	struct delivery *delivery; /* NULL unless kind is a delivery report or a read receipt, and for a
				      receipt that is told by its words; see mail/delivery.h */
	GPtrArray *authentication_results; /* of char *: the header's values, topmost first; never NULL */
	char *product_id;		   /* X-Relance-Id: one of our own mails; NULL otherwise */
	char *thread_index;		   /* Outlook's Thread-Index, or NULL */
	char *new_text;			   /* what the author newly wrote; NULL for reports */
	char *signature;
	char *quoted_text; /* the quoted history, as text; only to resolve references */
	char *body_html; /* the HTML body as text/html source, NULL where there is none; for documents in the
			    body */
	char *body_text; /* the whole body as text */
	GPtrArray *attachments; /* of struct attachment *; never NULL */
	instant_t said;	  /* when new_text was written, where that was in an earlier mail that is attached;
			     INSTANT_NONE: with the mail */
	int said_offset;  /* of said, seconds east of UTC */
	bool partly_read; /* new_text may not be all that the author says, or not his: a person has to look */
	bool doubtful;	  /* limits were reached or the parser complained */
};

/* Limits of parsing; above them the rest is left out and the message is doubtful. */
#define MESSAGE_MAX_HEADER_BYTES (256 * 1024)
#define MESSAGE_MAX_FIELD_BYTES	 (64 * 1024)
#define MESSAGE_MAX_DEPTH	 16
#define MESSAGE_MAX_PARTS	 200
#define MESSAGE_MAX_ADDRESSES	 500

/* To be called once by the program before the first message_parse (sets GMime up). */
void message_setup(void);
/* Never NULL: what cannot be parsed is a message without fields, doubtful. Heap; message_free. BYTES are
 * borrowed. */
struct message *message_parse(const void *bytes, size_t length);
/* The same with WORDS (borrowed) for what is not new in it, instead of the shipped ones. */
struct message *message_parse_with(const void *bytes, size_t length, const struct mail_words *words);
void message_free(struct message *message);
/* Whether LENGTH bytes look like a mail (header fields first) rather than a bare document. */
bool message_is_likely(const void *bytes, size_t length);

const char *message_kind_word(enum message_kind kind);
bool message_kind_from_word(const char *word, enum message_kind *kind);

#endif
