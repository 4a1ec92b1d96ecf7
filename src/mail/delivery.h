/* A delivery status notification (RFC 3464, RFC 6533), a bounce in somebody's own form, or a read receipt
 * (RFC 8098). */
#ifndef RELANCE_MAIL_DELIVERY_H
#define RELANCE_MAIL_DELIVERY_H

#include "base/base.h"

#include <glib.h>

enum delivery_action {
	DELIVERY_FAILED,
	DELIVERY_DELAYED,
	DELIVERY_DELIVERED,
	DELIVERY_RELAYED,
	DELIVERY_EXPANDED
};

struct delivery_recipient {
	char *address;
	char *original; /* the address to which the mail was sent (RFC 3464, 2.3.1) where it was forwarded
			   from there to ADDRESS; NULL: none is named, or it is the same */
	enum delivery_action action;
	char *status; /* "5.1.1", or NULL */
	bool permanent;
	char *reason; /* unknown_user mailbox_full too_big blocked policy no_such_domain host_unreachable
			 expired auth spam suspended has_moved content network system other; NULL for good
			 news */
	char *remote_mta;
	char *diagnostic; /* the remote server's words */
};

struct delivery {
	GPtrArray *recipients;	   /* of struct delivery_recipient *; never NULL */
	char *original_message_id; /* "<...>", or NULL */
	char *envelope_id;
};

/* A destructor of lists: POINTER is a struct delivery_recipient *, never NULL. */
void delivery_recipient_free(void *pointer);
struct delivery *delivery_new(void);
void delivery_free(struct delivery *delivery);
const char *delivery_action_word(enum delivery_action action);
bool delivery_action_from_word(const char *word, enum delivery_action *action);

#endif
