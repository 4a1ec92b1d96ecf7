/* The worker: what runs in the cage. It takes one request after the other from its connection and answers
 * each. */
#ifndef RELANCE_READER_WORKER_H
#define RELANCE_READER_WORKER_H

#include "base/base.h"
#include "reading/reading.h"

/* Bytes to reading; reading_of_bytes_taught() but for tests. */
typedef struct reading *worker_read(const void *bytes, size_t length, const char *name,
    const struct lexicon *lexicon, const GPtrArray *layouts);

struct worker_settings {
	worker_read *read;
	worker_read *read_alone; /* leaves the documents out: reading_of_bytes_alone() */
	const struct lexicon *lexicon;
	const GPtrArray *layouts; /* of struct layout *; NULL: none */
	int seconds;		  /* of CPU for one message; see READER_CLOCK_FACTOR */
	int64_t memory;		  /* bytes that it may use more than it began with */
	int messages;		  /* after so many the worker retires */
};

/* What the worker lets the pool know, in memory that both see; a hostile worker can only lie about its own
 * message. */
struct worker_note {
	enum { WORKER_IDLE, WORKER_READING, WORKER_ANSWERING } state;
	bool out_of_memory;
};

/* Serves CAGE_CONNECTION until the client hangs up or the worker retires. Returns the exit status. */
int worker_serve(const struct worker_settings *settings, struct worker_note *note);

#endif
