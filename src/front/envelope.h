/*
 * What the MTA told of a message, as the JSON that lies beside it in the spool:
 * {"schema":1, "queue_id":…, "client_name":…, "client_address":…, "auth":…, "sender":"" (null sender),
 * "recipients":[…], "received":RFC 3339, "direction":"outgoing|incoming",
 * "evidence":["auth","network","local","sender","from","own", "thread","mailbox","report"], "daemon":…,
 * "header_message_id":… (only where the message itself has none)} What is not known is null. Pure.
 */
#ifndef RELANCE_FRONT_ENVELOPE_H
#define RELANCE_FRONT_ENVELOPE_H

#include "base/base.h"
#include "base/buffer.h"
#include "base/instant.h"
#include "front/gate.h"

struct envelope {
	const char *queue_id, *client_name, *client_address, *auth, *sender, *daemon, *header_message_id;
	const char *recipients; /* each ended by NUL, the last by two */
	instant_t received;
	enum direction direction;
	unsigned int evidence;
};

const char *direction_name(enum direction direction);
/* The names of the bits in EVIDENCE, separated by commas. */
void evidence_text(unsigned int evidence, struct buffer *text);
void envelope_write(const struct envelope *envelope, struct buffer *json);

#endif
