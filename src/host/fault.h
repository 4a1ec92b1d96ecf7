/*
 * Fault points: places after a durable step where the crash tests kill the process (SIGKILL, nothing is flushed). They are
 * asleep unless fault_setup() was called, which a program does only under `test_clock = yes`.
 */
#ifndef RELANCE_HOST_FAULT_H
#define RELANCE_HOST_FAULT_H

/* SPECIFICATION: "NAME" or "NAME:N" (the N-th passage, from 1); NULL or "" for none. Copied. */
void fault_setup(const char *specification);
/* Kills this process when it is the one that was asked for. NAME: "clerk.batch.committed". */
void fault_point(const char *name);

#endif
