/*
 * What goes over the stream between client and worker; both are of the same build on the same machine, so
 * numbers are in native order. See client.h for the order of things.
 */
#ifndef RELANCE_READER_PROTOCOL_H
#define RELANCE_READER_PROTOCOL_H

#include "base/base.h"

/* The name of a message is at most this long. */
#define READER_MAX_NAME 4096
/* A message is at most this long; the front's own limit is below it. */
#define READER_MAX_MESSAGE (128 * 1024 * 1024)
/* The answer's caps. */
#define READER_MAX_JSON	 (4 * 1024 * 1024)
#define READER_MAX_BLOBS (64 * 1024 * 1024)

/*
 * A message may take so many times its CPU seconds by the clock: reading waits for nothing, but on a busy
 * machine for its turn.
 */
#define READER_CLOCK_FACTOR 3

/*
 * The name follows, and the descriptor comes along: all of its file is the message. A worker that was taken
 * over can read whatever else the file holds, now or later, as long as it lives; so no file of the spool is
 * handed over (reader_client_send_bytes).
 */
struct reader_request {
	uint32_t name_length;
	uint32_t flags; /* 0, READER_ALONE or READER_LESSON */
};

/* The message's documents are not to be read: they broke a worker before. */
#define READER_ALONE 1
/* The bytes are a lesson (reading/lesson.h); the answer is its JSON, without documents. */
#define READER_LESSON 2

struct reader_header {
	uint64_t json_length;
	uint64_t blob_count;
};

/* In json_length: the reader tells instead of the worker, who died; blob_count is an enum reader_verdict. */
#define READER_VERDICT UINT64_MAX
/* Added to blob_count: this worker ends after this answer, the next request needs a new connection. */
#define READER_RETIRES (UINT64_C(1) << 63)
/* The length of a document without bytes. */
#define READER_NO_BLOB UINT64_MAX

enum reader_verdict {
	VERDICT_CRASHED,
	VERDICT_TIME, /* over the CPU or wall clock time of one message */
	VERDICT_MEMORY,
	VERDICT_OUTPUT,
	VERDICT_FORBIDDEN, /* it tried a system call that the cage forbids */
};

#endif
