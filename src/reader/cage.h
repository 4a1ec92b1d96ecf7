/*
 * The cage: what a process that reads hostile bytes may still do. It keeps its memory, one connection, and
 * the descriptors it is handed over it; it loses files, network, other processes and its own descendants.
 * Nothing undoes it.
 */
#ifndef RELANCE_READER_CAGE_H
#define RELANCE_READER_CAGE_H

#include "base/base.h"

struct cage_limits {
	int64_t memory;	 /* bytes of address space on top of what the process has when it enters */
	int cpu_seconds; /* of the whole life in the cage */
};

/* The descriptor that the connection has in the cage; all others are closed, 0 to 2 lead to /dev/null. */
#define CAGE_CONNECTION 3

/*
 * Enters the cage with CONNECTION, which becomes CAGE_CONNECTION. False: ERROR says what is missing on this
 * machine, and the process must not go on.
 */
bool cage_enter(int connection, const struct cage_limits *limits, struct error *error);

/* Timers of one message: the process is killed by SIGPROF or SIGALRM. 0 stops them. */
void cage_time(int cpu_seconds, int clock_seconds);

#endif
