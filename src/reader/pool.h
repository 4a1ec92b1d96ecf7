/*
 * The pool: the process outside of the cage. It has everything loaded, parses nothing, forks a caged worker
 * for each connection, and tells the client what became of a worker that died on its message.
 */
#ifndef RELANCE_READER_POOL_H
#define RELANCE_READER_POOL_H

#include "base/base.h"
#include "reader/cage.h"
#include "reader/worker.h"

struct pool_settings {
	int listen;	/* a listening stream socket, or -1 */
	int connection; /* a single connection to be served, or -1 */
	int workers;	/* at most so many at a time */
	struct worker_settings worker;
};

/*
 * Whether the cage holds on this machine, with MEMORY bytes, is tried once, so that it is told at the start
 * and not at every message: before anything is loaded, as long as a process is cheap.
 */
bool pool_try_cage(int64_t memory, struct error *error);
/* The same in two steps, with other work between them while the process tries. The trial ends in any case. */
struct cage_trial {
	pid_t process;
	int told; /* a pipe */
};
bool pool_begin_trial(int64_t memory, struct cage_trial *trial, struct error *error);
bool pool_end_trial(const struct cage_trial *trial, struct error *error);

/* Runs until SIGTERM or SIGINT, or for a single connection until it is closed. */
void pool_run(const struct pool_settings *settings);

#endif
