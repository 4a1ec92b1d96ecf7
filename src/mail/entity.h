/*
 * The MIME tree of a mail (RFC 2045, 2046): parts as slices of the mail's bytes, decoded on demand. The
 * splitting is our own, because its limits (depth, parts, time linear in the bytes) must hold for hostile
 * mail; content types, dispositions and transfer encodings are read by GMime. Pure.
 */
#ifndef RELANCE_MAIL_ENTITY_H
#define RELANCE_MAIL_ENTITY_H

#include "base/base.h"
#include "mail/fields.h"

#include <glib.h>
#include <gmime/gmime.h>

struct entity {
	struct fields fields;
	char *media_type; /* lower case, "text/plain" where absent or unreadable */
	char *charset;	  /* as declared, or NULL */
	char *file_name;  /* UTF-8, or NULL */
	char *report_type;
	GMimeContentType *content_type; /* NULL where absent */
	GMimeContentEncoding encoding;
	bool is_attachment; /* Content-Disposition: attachment */
	bool is_inline;	    /* Content-Disposition: inline, or inside multipart/related */
	bool is_delsp;	    /* format=flowed; delsp=yes (RFC 3676) */
	bool is_flowed;
	bool is_too_deep; /* its parts were not read */
	const char *body; /* still encoded; borrowed from the mail */
	size_t body_length;
	GPtrArray *parts; /* of struct entity *: of a multipart, the one message of message/rfc822, what is
			     packed with its signature; never NULL */
	char *owned;	  /* an encoded message/rfc822, decoded, or what is signed: the bytes of its parts */
	char *text;	  /* what entity_text gave, where it is not long; NULL: nobody asked yet */
};

/* The tree of a whole mail; BYTES are borrowed for its life. DOUBTFUL is set where limits were reached.
 * entity_free. */
struct entity *entity_parse(const char *bytes, size_t length, bool *doubtful);
void entity_free(struct entity *entity);

bool entity_is(const struct entity *entity, const char *media_type);
/* "text/" and the like. */
bool entity_is_kind(const struct entity *entity, const char *prefix);
/* The content decoded; g_bytes_unref. */
GBytes *entity_bytes(const struct entity *entity);
/* The content decoded and converted to UTF-8, lines ended by LF; g_free. */
char *entity_text(struct entity *entity);
/* The first part in the tree (itself included, depth first) of MEDIA_TYPE, or NULL. */
struct entity *entity_find(struct entity *entity, const char *media_type);

#endif
