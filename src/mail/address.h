/*
 * Addresses of a header field (RFC 5322, 3.4) as they are really written. Linear in the field's length.
 * Pure.
 */
#ifndef RELANCE_MAIL_ADDRESS_H
#define RELANCE_MAIL_ADDRESS_H

#include "base/base.h"
#include "mail/message.h"

/* Copies both texts; NAME may be NULL or empty. Heap; address_free. */
struct address *address_new(const char *name, const char *address);
void address_free(struct address *address);
/*
 * Appends the addresses of one field's raw value to LIST (of struct address *, whose free function is
 * address_free) until LIST holds MESSAGE_MAX_ADDRESSES. Groups give their members, comments a name where
 * there is no other. False where addresses were left out.
 */
bool addresses_append(GPtrArray *list, const char *raw, size_t length);
/* "<a@b>", "rfc822;a@b", "a@b (Name)" and other dressings to the bare address with its domain in lower case;
 * g_free. */
char *address_bare(const char *text);

#endif
