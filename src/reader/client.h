/*
 * Talking to a reader worker, the cage in which hostile bytes are read. The daemon's workers are forked by relance-reader
 * behind RUN_DIR/reader.sock; a command starts a worker of its own. A worker answers one request at a time.
 *
 * Protocol over a stream socket: request = a 8-byte header (length of the name, 32 bit; flags, 32 bit; native order), the
 * name, and the message's descriptor as SCM_RIGHTS. Answer = a header of two 64-bit numbers (length of the JSON; number of
 * document blobs), the JSON, then for each document of the reading that has bytes a 64-bit length and the bytes
 * (length UINT64_MAX: that document has none, e.g. an invoice in the body).
 */
#ifndef RELANCE_READER_CLIENT_H
#define RELANCE_READER_CLIENT_H

#include "base/base.h"
#include "base/buffer.h"

#include <glib.h>
#include <jansson.h>

struct reader_client;

/* Connects to the daemon's pool. */
struct reader_client *reader_client_connect(const char *run_dir, int timeout_seconds, struct error *error);
/* Starts an own worker: PROGRAM (path of relance-reader) with the lexicon folders of the configuration. */
struct reader_client *reader_client_start(const char *program, const char *lexicon_dir, const char *lexicon_extra_dir,
    int timeout_seconds, int64_t memory, struct error *error);
void reader_client_free(struct reader_client *client);

struct reader_answer {
	json_t *reading;      /* owned */
	GPtrArray *documents; /* of GBytes * or NULL entries: the content of reading.documents[i]; owned */
};

enum reader_outcome {
	READER_DONE,
	READER_CRASHED,   /* the worker died on this message */
	READER_TIMED_OUT, /* or went over its limits of CPU, memory or output */
	READER_LOST,      /* no worker could be had: try again later */
};

/*
 * Sends the descriptor MESSAGE (not closed) and waits for the reading. After anything but READER_DONE the client must be
 * freed and a new one made; ERROR says why.
 */
enum reader_outcome reader_client_read(struct reader_client *client, int message, const char *name,
    struct reader_answer *answer, struct error *error);
void reader_answer_clear(struct reader_answer *answer);

#endif
