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
 * Runs until SIGTERM or SIGINT, or for a single connection until it is closed. False: it cannot do its work
 * on this machine.
 */
bool pool_run(const struct pool_settings *settings, struct error *error);

#endif
