/* Amazon SES tells of deliveries by mails of JSON (through SNS). Only the few strings that matter are looked
 * for. Pure. */
#ifndef RELANCE_MAIL_BOUNCE_NOTICE_H
#define RELANCE_MAIL_BOUNCE_NOTICE_H

#include "base/base.h"
#include "mail/delivery.h"

/* Whether TEXT is such a notice of a bounce, a delay or a delivery; its recipients are added to DELIVERY
 * then. */
bool bounce_notice_read(struct delivery *delivery, const char *text);

#endif
