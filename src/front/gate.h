/*
 * The gate: is this message of interest, and which way does it go? Pure: it is told what the MTA says and
 * what the headers hold, and asks about threads through a function. Which way is decided on evidence - an
 * authenticated user, a client of our own networks, a local submission -, never on what a message claims of
 * itself.
 */
#ifndef RELANCE_FRONT_GATE_H
#define RELANCE_FRONT_GATE_H

#include "base/base.h"
#include "base/buffer.h"
#include "front/settings.h"

enum direction { DIRECTION_NONE, DIRECTION_OUTGOING, DIRECTION_INCOMING };

/* What speaks for the client being ours, and what makes the message one of interest. */
enum evidence {
	EVIDENCE_AUTH = 1,	/* the MTA authenticated the client's user */
	EVIDENCE_NETWORK = 2,	/* the client's address lies in a configured network */
	EVIDENCE_LOCAL = 4,	/* no client address: submitted on this machine */
	EVIDENCE_SENDER = 8,	/* the envelope's sender is an invoicing address */
	EVIDENCE_FROM = 16,	/* the From header has an invoicing address */
	EVIDENCE_OWN = 32,	/* the Message-ID is known: our own reminder, or mail that comes by again */
	EVIDENCE_THREAD = 64,	/* In-Reply-To or References name a known Message-ID */
	EVIDENCE_MAILBOX = 128, /* a recipient is a watched mailbox */
	EVIDENCE_REPORT = 256,	/* null sender or multipart/report to one of our addresses */
};
/* The names, for envelopes and logs: bit by bit, NULL behind the last. */
extern const char *const evidence_names[];

struct gate {
	unsigned int evidence; /* so far */
	bool sender_null;
	bool our_domain;  /* the sender's or the From's domain is one of ours */
	bool our_address; /* a recipient is one of our addresses */
	bool report;	  /* multipart/report */
	bool has_message_id;
	struct buffer message_id; /* without brackets; "" where there is none */
	struct buffer threads;	  /* Message-IDs of In-Reply-To and References, each ended by NUL */
	size_t thread_count;
};

void gate_init(struct gate *gate);
void gate_clear(struct gate *gate);
/* ADDRESS: 4 bytes, 16 with IPV6, or NULL for a local submission. AUTHENTICATED: {auth_authen}, NULL or ""
 * for none. */
void gate_client(struct gate *gate, const struct settings *settings, const unsigned char *address, bool ipv6,
    const char *authenticated);
/* SENDER and RECIPIENT as plain addresses without brackets; "" is the null sender. */
void gate_sender(struct gate *gate, const struct settings *settings, const char *sender);
void gate_recipient(struct gate *gate, const struct settings *settings, const char *recipient);
/* A header as it comes; the value may be folded. */
void gate_header(struct gate *gate, const struct settings *settings, const char *name, const char *value);

/* Whether a Message-ID is known; the answer "no" also stands for "nobody can tell". */
typedef bool (*gate_lookup)(void *context, const char *message_id, size_t length);
/* At the end of the headers. Adds what it finds to gate->evidence. */
enum direction gate_decide(struct gate *gate, gate_lookup lookup, void *context);

#endif
