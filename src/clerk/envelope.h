/* The envelope that the front wrote beside a message: what the MTA said, and the evidence for the direction.
 */
#ifndef RELANCE_CLERK_ENVELOPE_H
#define RELANCE_CLERK_ENVELOPE_H

#include "base/base.h"
#include "base/instant.h"

#include <glib.h>

struct envelope {
	char *queue_id;	       /* "" where the MTA gave none */
	char *sender;	       /* "" for the null sender */
	GPtrArray *recipients; /* of char *, lower case */
	instant_t received;
	bool is_outgoing;
	bool is_live;		 /* it came through the front now; else it is past mail */
	char *login;		 /* by which the client was authenticated; NULL: it was not */
	char *header_message_id; /* what the MTA will add when the message has none; or NULL */
};

/* Strict; false with ERROR for anything that the front does not write. */
bool envelope_parse(const char *json, struct envelope *envelope, struct error *error);
/* For mail that did not come through the front (relance import mail). Texts are copied. */
void envelope_init(struct envelope *envelope, bool is_outgoing, instant_t received);
void envelope_add_recipient(struct envelope *envelope, const char *address);
void envelope_clear(struct envelope *envelope);

#endif
