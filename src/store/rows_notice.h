/* Mails to our own people, and letters on paper. */
#ifndef RELANCE_STORE_ROWS_NOTICE_H
#define RELANCE_STORE_ROWS_NOTICE_H

#include "store/rows.h"

struct notice {
	int64_t id;
	char *company;	  /* always */
	char *kind;	  /* always: digest, answer (to orders) */
	char *message_id; /* always: "<...>", deterministic */
	char *sender;	  /* always: envelope sender */
	char *recipients; /* always: separated by spaces */
	char *subject;
	char *sha256; /* always: the mail's bytes in the blob store */
	char *state;  /* always: ready, submitting, submitted, seen, failed */
	int64_t created_at;
	int64_t submitted_at; /* 0: not yet */
	int64_t attempts;
	char *failure;
};
extern const struct table notice_table;

struct letter_row {
	int64_t id;
	char *company; /* always */
	int64_t receivable;
	char *step;   /* always */
	int64_t task; /* 0: none asked for it */
	char *sha256; /* the PDF in the blob store; NULL: it was not printed by us */
	char *state;  /* always: printed, posted */
	date_t printed_on, posted_on;
	char *tracking; /* of registered post */
};
extern const struct table letter_table;

bool notice_get(struct store *store, int64_t id, struct notice *notice, bool *found, struct error *error);
bool notice_of_message_id(
    struct store *store, const char *message_id, struct notice *notice, bool *found, struct error *error);
GPtrArray *notice_list_of_state(struct store *store, const char *state, struct error *error);

bool letter_get(struct store *store, int64_t id, struct letter_row *letter, bool *found, struct error *error);
GPtrArray *letter_list(struct store *store, int64_t receivable, struct error *error);
/* The last of this receivable and step that was printed and not posted yet. */
bool letter_waiting(struct store *store, int64_t receivable, const char *step, struct letter_row *letter,
    bool *found, struct error *error);
/* All that were printed as this PDF and not posted yet. */
GPtrArray *letter_list_waiting_of(struct store *store, const char *sha256, struct error *error);

#endif
