/* The machine-readable parts of reports: message/delivery-status (RFC 3464, 6533),
 * message/disposition-notification (RFC 8098). Pure. */
#ifndef RELANCE_MAIL_DELIVERY_STATUS_H
#define RELANCE_MAIL_DELIVERY_STATUS_H

#include "base/base.h"
#include "mail/delivery.h"
#include "mail/entity.h"

/* Reports about more recipients are cut: one mail has few. */
#define DELIVERY_MAX_RECIPIENTS 500

struct delivery_recipient *delivery_recipient_new(char *address);
/* Reads the per-recipient groups of STATUS into DELIVERY. */
void delivery_status_read(struct delivery *delivery, struct entity *status);
/* The same from TEXT, in which other lines may stand between: reports whose parts were flattened into one
 * text. */
void delivery_status_read_text(struct delivery *delivery, const char *text);
/* Reads a disposition notification: one recipient, "delivered"; its diagnostic is the disposition as sent. */
void disposition_read(struct delivery *delivery, struct entity *disposition);

#endif
