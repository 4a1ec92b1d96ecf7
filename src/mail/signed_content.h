/*
 * The content of a signed message (CMS SignedData, RFC 5652) that is packed with its signature, as Outlook
 * does when "clear text" is off. Nothing is verified: the text counts as much as one without a signature.
 * Pure.
 */
#ifndef RELANCE_MAIL_SIGNED_CONTENT_H
#define RELANCE_MAIL_SIGNED_CONTENT_H

#include "base/base.h"

/* The signed bytes in the LENGTH bytes at DATA, SIZE of them, g_free; NULL where they are no signed data. */
char *signed_content(const char *data, size_t length, size_t *size);

#endif
