/* Messages, their links to receivables, delivery results, blobs. */
#ifndef RELANCE_STORE_ROWS_MESSAGE_H
#define RELANCE_STORE_ROWS_MESSAGE_H

#include "store/rows.h"

struct message_row {
	int64_t id;
	char *company;	  /* always */
	char *direction;  /* always: outgoing, incoming */
	char *message_id; /* "<...>" or NULL */
	int64_t sent_at;  /* the Date field, else received_at */
	int64_t received_at;
	char *from_address; /* lower case */
	char *from_name;
	char *recipients; /* of the envelope, separated by spaces, lower case */
	char *subject;
	char *kind; /* always: the words of the reading: human, automatic_reply, … */
	char *language;
	char *intent;	       /* primary intent; NULL for reports and outgoing mail */
	int64_t confidence;    /* thousandths */
	int64_t authenticated; /* 1: from a known domain of the counterpart that passed authentication */
	char *state;	       /* always: done, review (a person must look), reviewed */
	char *sha256;	       /* its bytes in the blob store */
	char *queue_id;
	char *reading; /* JSON; NULL for our own reminders */
};
extern const struct table message_table;

struct link {
	int64_t id;
	int64_t message;
	int64_t receivable;
	char *status;	/* always: sure, proposed, refused (a person unlinked it) */
	int64_t score;	/* thousandths */
	char *evidence; /* always: words separated by spaces: "in-reply-to number domain" */
};
extern const struct table link_table;

struct delivery_row {
	int64_t id;
	char *message_id; /* always: of the mail that was delivered or not */
	char *recipient;  /* always */
	char *action;	  /* always: failed delayed delivered relayed expanded */
	char *status;
	char *reason;
	char *remote;
	char *diagnostic;
	int64_t at;
};
extern const struct table delivery_table;

bool message_get(
    struct store *store, int64_t id, struct message_row *message, bool *found, struct error *error);
bool message_of_message_id(struct store *store, const char *message_id, struct message_row *message,
    bool *found, struct error *error);
GPtrArray *message_list_of_state(struct store *store, const char *state, struct error *error);
/* Incoming ones behind the event AFTER that were received at SINCE or later, the first MOST. */
GPtrArray *message_list_since(struct store *store, const char *company, int64_t after, int64_t since,
    int64_t most, struct error *error);
GPtrArray *message_list_of_receivable(struct store *store, int64_t receivable, struct error *error);
GPtrArray *link_list_of_message(struct store *store, int64_t message, struct error *error);
GPtrArray *link_list_of_receivable(struct store *store, int64_t receivable, struct error *error);
bool link_get(struct store *store, int64_t message, int64_t receivable, struct link *link, bool *found,
    struct error *error);
bool link_refuse(struct store *store, int64_t message, int64_t receivable, struct error *error);
bool message_set_state(struct store *store, int64_t message, const char *state, struct error *error);
/* Another Message-ID under which the message is known; the first one stays. */
bool alias_put(struct store *store, const char *message_id, int64_t message, struct error *error);
/* Of char * (free func g_free): whom our mails under MESSAGE_ID went to, invoices and reminders; empty:
 * unknown. */
GPtrArray *addressee_list(struct store *store, const char *message_id, struct error *error);
GPtrArray *delivery_list(struct store *store, const char *message_id, struct error *error);
/* All Message-IDs that the watchlist must know, those of rows that came behind the event AFTER (0: all) and
 * all aliases. Calls EACH for every one. */
bool message_id_each(struct store *store, int64_t after, void (*each)(const char *message_id, void *data),
    void *data, struct error *error);

/* Keeps BYTES compressed under their SHA-256 (idempotent). SHA256 gets 64 hex digits and a NUL. */
#define SHA256_TEXT_SIZE 65
bool blob_put(struct store *store, const void *bytes, size_t length, char sha256[SHA256_TEXT_SIZE],
    struct error *error);
/* NULL with ERROR where it is missing (STATUS_DATA) or damaged (STATUS_IO). */
GBytes *blob_get(struct store *store, const char *sha256, struct error *error);
void sha256_text(const void *bytes, size_t length, char text[SHA256_TEXT_SIZE]);

#endif
