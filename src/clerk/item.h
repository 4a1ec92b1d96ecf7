/* One message of a batch on its way from the spool into the books. */
#ifndef RELANCE_CLERK_ITEM_H
#define RELANCE_CLERK_ITEM_H

#include "clerk/intake.h"
#include "host/spool.h"
#include "reader/client.h"

enum item_state {
	ITEM_WAITING, /* for a reader */
	ITEM_READ,
	ITEM_FAILED,  /* it cannot be read: goes to failed/ */
	ITEM_REMOVED, /* it was dealt with before, and leaves the spool */
};

struct item {
	char stem[SPOOL_STEM_SIZE];
	enum item_state state;
	int attempts;
	GBytes *bytes; /* of the message, in its file in the spool */
	struct envelope envelope;
	struct reader_answer answer;
	struct reading *reading;
	struct error error; /* why it failed */
	struct intake_result result;
};

/* Opens the message STEM of the folder NEW; a failure to do so makes it ITEM_FAILED. */
void item_open(struct item *item, int new, const char *stem);
/* The reader's answer is untrusted: it is checked here. */
void item_take_answer(struct item *item);
void item_clear(struct item *item);

/*
 * Reads all waiting items, each by a worker of its own as far as CLIENTS (of struct reader_client *) go; a
 * crash or a timeout is tried once more. False: no reader could be had.
 */
bool items_read(struct item *items, int count, const GPtrArray *clients, struct error *error);

#endif
