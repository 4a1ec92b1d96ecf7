/* What the parts of `doctor` share. Each part adds findings and changes nothing. */
#ifndef RELANCE_RELANCE_DOCTOR_H
#define RELANCE_RELANCE_DOCTOR_H

#include "relance/findings.h"

struct doctor_options {
	const char *postconf;	 /* path of postconf(1) */
	const char *mta_config;	 /* Postfix' configuration folder */
	const char *sendmail_cf; /* Sendmail's configuration file */
};

struct doctor {
	struct session *session;
	const struct doctor_options *options;
	struct findings *findings;
};

/* The installation: configuration, folders, store, spool, disk, clock, socket. */
void doctor_installation(struct doctor *doctor);
/* PROGRAM: postconf. */
void doctor_postfix(struct doctor *doctor, const char *program);
/* FILE: sendmail.cf. */
void doctor_sendmail(struct doctor *doctor, const char *file);

/* The timeouts that we ask an MTA for. */
#define DOCTOR_CONNECT_SECONDS 5
#define DOCTOR_COMMAND_SECONDS 5
#define DOCTOR_CONTENT_SECONDS 30

/* The configured socket: the path of "unix:PATH" or "local:PATH" (borrowed), NULL for a TCP socket. */
const char *doctor_socket_path(const struct doctor *doctor);

#endif
