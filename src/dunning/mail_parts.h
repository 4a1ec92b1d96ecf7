/* The pieces that our own mails are made of, with GMime. */
#ifndef RELANCE_DUNNING_MAIL_PARTS_H
#define RELANCE_DUNNING_MAIL_PARTS_H

#include "base/instant.h"
#include "host/clock.h"

#include <gmime/gmime.h>

/* "text/SUBTYPE" in UTF-8, quoted-printable. A new reference. */
GMimeObject *mail_text_part(const char *subtype, const char *content);
/* Sets the bytes of a part, in base64. */
void mail_set_content(GMimePart *part, GBytes *bytes);
/* Boundaries are made of the mail's own id and LEVEL, so that the same mail has the same bytes. A new
 * reference. */
GMimeMultipart *mail_multipart(const char *subtype, const char *message_id, int level);
/* Takes PART over. */
void mail_add_part(GMimeMultipart *multipart, GMimeObject *part);
void mail_set_date(GMimeMessage *message, const struct zone *zone, instant_t now);
void mail_set_header(GMimeMessage *message, const char *name, const char *value);
/* The bytes, with LF line ends: what sendmail(1) takes. g_bytes_unref. */
GBytes *mail_bytes(GMimeMessage *message);

#endif
