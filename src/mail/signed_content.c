#include "base/base.h"
#include "mail/signed_content.h"

#include <glib.h>

/* Tags of X.690. */
enum {
	TAG_INTEGER = 0x02,
	TAG_OCTETS = 0x04,
	TAG_OID = 0x06,
	TAG_OCTETS_IN_PARTS = 0x24,
	TAG_SEQUENCE = 0x30,
	TAG_SET = 0x31,
	TAG_EXPLICIT_0 = 0xa0,
};

struct span {
	const uint8_t *at;
	const uint8_t *end;
};

/*
 * Takes the next element of FROM, whose content goes to CONTENT. One of indefinite length is only entered:
 * its content is all that is left of FROM, which is at its end then.
 */
static bool take(struct span *from, uint8_t tag, struct span *content)
{
	if (from->end - from->at < 2 || from->at[0] != tag)
		return false;
	uint8_t first = from->at[1];
	const uint8_t *at = from->at + 2;
	size_t length = first;
	if (first == 0x80)
		length = (size_t)(from->end - at);
	if (first > 0x80) {
		size_t bytes = first & 0x7f;
		if (bytes > 4 || (size_t)(from->end - at) < bytes)
			return false;
		length = 0;
		while (bytes--)
			length = length << 8 | *at++;
	}
	if (length > (size_t)(from->end - at))
		return false;
	*content = (struct span){at, at + length};
	from->at = content->end;
	return true;
}

/* From here on only what is in the next element. */
static bool enter(struct span *from, uint8_t tag)
{
	struct span content;
	if (!take(from, tag, &content))
		return false;
	*from = content;
	return true;
}

static bool is_oid(struct span oid, uint8_t last)
{
	static const uint8_t pkcs7[] = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07};
	return oid.end - oid.at == sizeof(pkcs7) + 1 && !memcmp(oid.at, pkcs7, sizeof(pkcs7)) &&
	       oid.at[sizeof(pkcs7)] == last;
}

/* The octets of a string that is sent in parts, up to its end or the mark of it. */
static void append_parts(GString *content, struct span parts)
{
	struct span part;
	while (take(&parts, TAG_OCTETS, &part))
		g_string_append_len(content, (const char *)part.at, part.end - part.at);
}

char *signed_content(const char *data, size_t length, size_t *size)
{
	struct span at = {(const uint8_t *)data, (const uint8_t *)data + length}, oid, skipped, octets;
	if (!enter(&at, TAG_SEQUENCE) || !take(&at, TAG_OID, &oid) || !is_oid(oid, 2))
		return NULL; /* no signed-data */
	if (!enter(&at, TAG_EXPLICIT_0) || !enter(&at, TAG_SEQUENCE) || !take(&at, TAG_INTEGER, &skipped) ||
	    !take(&at, TAG_SET, &skipped) || !enter(&at, TAG_SEQUENCE))
		return NULL;
	if (!take(&at, TAG_OID, &oid) || !is_oid(oid, 1) || !enter(&at, TAG_EXPLICIT_0))
		return NULL; /* no data, or a signature alone */
	GString *content = g_string_new(NULL);
	if (take(&at, TAG_OCTETS, &octets))
		g_string_append_len(content, (const char *)octets.at, octets.end - octets.at);
	else if (take(&at, TAG_OCTETS_IN_PARTS, &octets))
		append_parts(content, octets);
	*size = content->len;
	return g_string_free(content, content->len == 0);
}
