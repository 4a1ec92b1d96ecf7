/*
 * Reads a delivery report or a read receipt out of a mail: RFC 3464 and 6533, RFC 8098, and the forms of
 * those who follow neither. Pure.
 */
#ifndef RELANCE_MAIL_DELIVERY_READ_H
#define RELANCE_MAIL_DELIVERY_READ_H

#include "base/base.h"
#include "mail/delivery.h"
#include "mail/entity.h"
#include "mail/message.h"

/* NULL where ROOT is no report. KIND and RULE (g_free) are set with it. */
struct delivery *delivery_read(struct entity *root, enum message_kind *kind, char **rule);

#endif
