/* The documents of a message: which attachments are read, what the body holds, and which of them are the same
 * invoice. */
#ifndef RELANCE_READING_DOCUMENTS_H
#define RELANCE_READING_DOCUMENTS_H

#include "reading/reading.h"

/* LAYOUTS (of struct layout *, may be NULL) are those that were taught. */

/* Reads BYTES (a reference is taken) as one document and adds it. NAME and MEDIA_TYPE may be NULL. */
void documents_add(
    GPtrArray *documents, GBytes *bytes, const char *name, const char *media_type, const GPtrArray *layouts);
/* Reads the attachments of MESSAGE that may be documents, and the body where no attachment is an invoice; the
 * same of messages attached to it whose sender is of the same domain. */
void documents_of_message(GPtrArray *documents, struct message *message, const GPtrArray *layouts);
/* Lists the attachments of MESSAGE that may be documents, as unreadable: one of them breaks the reader. */
void documents_unread(GPtrArray *documents, struct message *message, const GPtrArray *layouts);
/* The media type that the content itself shows: for a bare document. */
const char *documents_media_type(const void *bytes, size_t length);

#endif
