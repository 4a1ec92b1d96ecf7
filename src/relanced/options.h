/* The command line of relanced(8). */
#ifndef RELANCE_RELANCED_OPTIONS_H
#define RELANCE_RELANCED_OPTIONS_H

#include "base/base.h"
#include "base/instant.h"

struct options {
	const char *config;  /* -c */
	bool foreground;     /* -F */
	bool check;	     /* -t */
	bool help, version;  /* -h, -V */
	instant_t now;	     /* --now; INSTANT_NONE without */
	const char *libexec; /* --libexec: where the other programs are */
};

/* Borrows from ARGUMENTS. */
bool options_read(int count, char **arguments, struct options *options, struct error *error);
void options_help(void);

#endif
