/*
 * Talking to a reader worker, the cage in which hostile bytes are read. The daemon's workers are forked by
 * relance-reader behind RUN_DIR/reader.sock; a command starts a worker of its own. A worker answers one
 * request at a time.
 *
 * Protocol over a stream socket: request = a header (length of the name, 32 bit; flags, 32 bit; native
 * order), the name, and as SCM_RIGHTS the descriptor of a file that is the message. Answer = a header of two
 * 64-bit numbers (length of the JSON; number of document blobs), the JSON, then for each document of the
 * reading that has bytes a 64-bit length and the bytes (length UINT64_MAX: that document has none, e.g. an
 * invoice in the body). The pool, outside of the cage, answers for a worker that died; protocol.h has the
 * numbers.
 *
 * A client renews its connection by itself where a worker retired or died: one client serves for a whole run.
 */
#ifndef RELANCE_READER_CLIENT_H
#define RELANCE_READER_CLIENT_H

#include "base/base.h"
#include "base/buffer.h"

#include <glib.h>
#include <jansson.h>

struct reader_client;

/*
 * Connects to the daemon's pool. TIMEOUT_SECONDS: the CPU time that a message may take there; the client
 * waits as long as that can take by the clock on a busy machine (READER_CLOCK_FACTOR) and a little more.
 */
struct reader_client *reader_client_connect(const char *run_dir, int timeout_seconds, struct error *error);
/*
 * Starts an own worker: PROGRAM (path of relance-reader) with the lexicon and layout folders of the
 * configuration (LEXICON_EXTRA_DIR and LAYOUT_DIR may be NULL), its limit of CPU seconds and of memory in
 * bytes.
 */
struct reader_client *reader_client_start(const char *program, const char *lexicon_dir,
    const char *lexicon_extra_dir, const char *layout_dir, int timeout_seconds, int64_t memory,
    struct error *error);
void reader_client_free(struct reader_client *client);

struct reader_answer {
	json_t *reading;      /* owned */
	GPtrArray *documents; /* of GBytes * or NULL entries: the content of reading.documents[i]; owned */
};

enum reader_outcome {
	READER_DONE,
	READER_CRASHED,	  /* the worker died on this message */
	READER_TIMED_OUT, /* or went over its limits of CPU, memory or output */
	READER_LOST,	  /* no worker could be had: try again later */
};

/*
 * Sends the descriptor MESSAGE (not closed; readable from its start) and waits for the reading. Where that
 * breaks the reader, its documents are left out (send_alone); the outcome is that of the whole only where
 * this fails, too. NAME may be NULL. ERROR says why there is none; the client can be used for the next
 * message, also after READER_LOST (it tries to connect).
 */
enum reader_outcome reader_client_read(struct reader_client *client, int message, const char *name,
    struct reader_answer *answer, struct error *error);
void reader_answer_clear(struct reader_answer *answer);
/*
 * Sends a lesson (reading/lesson.h; the descriptor LESSON is not closed) and waits for its answer: ANSWER is
 * owned by the caller after READER_DONE.
 */
enum reader_outcome reader_client_teach(
    struct reader_client *client, int lesson, json_t **answer, struct error *error);

/*
 * Opens and reads one file for `relance read`. The object to print, owned: the reading, or
 * {"schema","file","error"}. STATUS: STATUS_DONE, STATUS_DATA (the file cannot be read; go on with the next),
 * or STATUS_UNAVAILABLE (there is no reader; going on makes no sense).
 */
json_t *reader_client_read_file(struct reader_client *client, const char *path, enum exit_status *status);

/*
 * The same in two steps, to keep several workers busy from one process: send to each, then receive from each.
 * READER_DONE from send means that receive must follow. The descriptor is to be polled for reading; it
 * changes with every connection.
 */
enum reader_outcome reader_client_send(
    struct reader_client *client, int message, const char *name, struct error *error);
/* As send, but the documents attached are not read: for a message on which workers died. See
 * reading_of_bytes_alone(). */
enum reader_outcome reader_client_send_alone(
    struct reader_client *client, int message, const char *name, struct error *error);
enum reader_outcome reader_client_receive(
    struct reader_client *client, struct reader_answer *answer, struct error *error);
/*
 * As both, for LENGTH bytes in memory. The worker gets a sealed copy of them and nothing else: for a message
 * in a file of the spool, where its envelope lies beside it and other mails come after it
 * (host/spool_pool.h), which are not for whoever took the worker over and kept the descriptor.
 */
enum reader_outcome reader_client_send_bytes(struct reader_client *client, const void *bytes, size_t length,
    bool alone, const char *name, struct error *error);
int reader_client_descriptor(const struct reader_client *client);

#endif
