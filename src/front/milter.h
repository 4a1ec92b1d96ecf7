/*
 * The door to libmilter: the only file that knows it. It agrees with the MTA on what is sent, carries each
 * call to the session of its connection, and each answer back.
 */
#ifndef RELANCE_FRONT_MILTER_H
#define RELANCE_FRONT_MILTER_H

#include "base/base.h"
#include "front/shared.h"

/* Registers the callbacks and binds the socket that SETTINGS name, with its mode and group. SHARED must
 * outlive all. */
bool milter_open(struct shared *shared, const struct settings *settings, struct error *error);
/* Serves until TERM, HUP or INT, which take up to five seconds. */
bool milter_run(struct error *error);

#endif
