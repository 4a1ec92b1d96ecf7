#include "base/base.h"
#include "mail/entity.h"

#include "mail/charset.h"
#include "mail/message.h"
#include "mail/signed_content.h"

/* A Content-* field above this is damage or an attack: parameter lists are read in quadratic time. */
#define CONTENT_FIELD_MAX 4096
#define BOUNDARY_MAX	  200 /* RFC 2046 allows 70 */

struct progress {
	unsigned parts;
	bool cut;
};

static struct entity *parse(
    const char *bytes, size_t length, unsigned depth, bool in_related, struct progress *progress);

static char *short_field(const struct fields *fields, const char *name)
{
	char *value = fields_raw(fields, name);
	if (value && strlen(value) > CONTENT_FIELD_MAX)
		g_clear_pointer(&value, g_free);
	return value;
}

static bool is_media_type(const char *text)
{
	const char *slash = strchr(text, '/');
	return slash && slash != text && slash[1] && strlen(text) < 128;
}

static void read_content_type(struct entity *entity)
{
	char *value = short_field(&entity->fields, "Content-Type");
	entity->media_type = g_strdup("text/plain");
	if (!value)
		return;
	size_t slash = strcspn(value, "/ ;");
	if (value[slash] != '/') { /* "text", "nonsense": read as plain text (RFC 2045, 5.2) */
		g_free(value);
		return;
	}
	entity->content_type = g_mime_content_type_parse(NULL, value);
	g_free(value);
	char *media_type = g_mime_content_type_get_mime_type(entity->content_type);
	if (is_media_type(media_type)) {
		g_free(entity->media_type);
		entity->media_type = g_ascii_strdown(media_type, -1);
	}
	g_free(media_type);
	entity->charset = g_strdup(g_mime_content_type_get_parameter(entity->content_type, "charset"));
	entity->file_name = g_strdup(g_mime_content_type_get_parameter(entity->content_type, "name"));
	entity->report_type =
	    g_strdup(g_mime_content_type_get_parameter(entity->content_type, "report-type"));
	const char *format = g_mime_content_type_get_parameter(entity->content_type, "format");
	const char *delsp = g_mime_content_type_get_parameter(entity->content_type, "delsp");
	entity->is_flowed = format && !g_ascii_strcasecmp(format, "flowed");
	entity->is_delsp = entity->is_flowed && delsp && !g_ascii_strcasecmp(delsp, "yes");
}

static void read_disposition(struct entity *entity)
{
	char *value = short_field(&entity->fields, "Content-Disposition");
	if (!value)
		return;
	GMimeContentDisposition *disposition = g_mime_content_disposition_parse(NULL, value);
	const char *word = g_mime_content_disposition_get_disposition(disposition);
	entity->is_attachment = word && !g_ascii_strcasecmp(word, "attachment");
	entity->is_inline = word && !g_ascii_strcasecmp(word, "inline");
	const char *name = g_mime_content_disposition_get_parameter(disposition, "filename");
	if (name && *name) {
		g_free(entity->file_name);
		entity->file_name = g_strdup(name);
	}
	g_object_unref(disposition);
	g_free(value);
}

static void read_encoding(struct entity *entity)
{
	char *value = short_field(&entity->fields, "Content-Transfer-Encoding");
	entity->encoding =
	    value ? g_mime_content_encoding_from_string(value) : GMIME_CONTENT_ENCODING_DEFAULT;
	g_free(value);
}

/* Whether LINE is "--boundary" or, then LAST, "--boundary--", blanks behind allowed. */
static bool is_boundary(
    const char *line, size_t size, const char *boundary, size_t boundary_length, bool *last)
{
	if (size < boundary_length + 2 || line[0] != '-' || line[1] != '-' ||
	    memcmp(line + 2, boundary, boundary_length) != 0)
		return false;
	size_t i = boundary_length + 2;
	*last = size >= i + 2 && line[i] == '-' && line[i + 1] == '-';
	i += *last ? 2 : 0;
	while (i < size && g_ascii_isspace(line[i]))
		i++;
	return i == size;
}

/* The line end before a boundary belongs to it (RFC 2046, 5.1.1). */
static size_t without_line_end(const char *bytes, size_t from, size_t to)
{
	if (to > from && bytes[to - 1] == '\n')
		to--;
	if (to > from && bytes[to - 1] == '\r')
		to--;
	return to;
}

static void add_part(struct entity *entity, size_t from, size_t to, unsigned depth, struct progress *progress)
{
	if (progress->parts >= MESSAGE_MAX_PARTS) {
		progress->cut = true;
		return;
	}
	to = without_line_end(entity->body, from, to);
	bool related = entity_is(entity, "multipart/related");
	struct entity *part = parse(entity->body + from, to - from, depth + 1, related, progress);
	bool default_is_message = entity_is(entity, "multipart/digest") && !part->content_type;
	if (default_is_message) {
		g_free(part->media_type);
		part->media_type = g_strdup("message/rfc822");
	}
	g_ptr_array_add(entity->parts, part);
}

static void split(struct entity *entity, const char *boundary, unsigned depth, struct progress *progress)
{
	size_t boundary_length = strlen(boundary);
	size_t at = 0, start = 0;
	bool inside = false, last = false;
	while (at < entity->body_length && !last) {
		const char *line = entity->body + at;
		const char *end = memchr(line, '\n', entity->body_length - at);
		size_t size = end ? (size_t)(end - line) + 1 : entity->body_length - at;
		bool found_last = false;
		if (is_boundary(line, size, boundary, boundary_length, &found_last)) {
			if (inside)
				add_part(entity, start, at, depth, progress);
			inside = !found_last;
			last = found_last;
			start = at + size;
		}
		at += size;
	}
	if (inside) /* the closing boundary is missing */
		add_part(entity, start, entity->body_length, depth, progress);
}

static void parse_inner_message(struct entity *entity, unsigned depth, struct progress *progress)
{
	bool is_encoded = entity->encoding == GMIME_CONTENT_ENCODING_BASE64 ||
			  entity->encoding == GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE;
	const char *bytes = entity->body;
	size_t length = entity->body_length;
	if (is_encoded) { /* forbidden by RFC 2046, usual with message/global and some gateways */
		GBytes *decoded = entity_bytes(entity);
		entity->owned = g_bytes_unref_to_data(decoded, &length);
		bytes = entity->owned;
	}
	if (length)
		g_ptr_array_add(entity->parts, parse(bytes, length, depth + 1, false, progress));
}

/* A mail in one piece with its signature; signed documents ("x.xml.p7m") are none. */
static bool is_packed(const struct entity *entity)
{
	bool is_kind =
	    entity_is(entity, "application/pkcs7-mime") || entity_is(entity, "application/x-pkcs7-mime");
	return is_kind && (!entity->file_name || !g_ascii_strcasecmp(entity->file_name, "smime.p7m"));
}

static void parse_packed(struct entity *entity, unsigned depth, struct progress *progress)
{
	GBytes *bytes = entity_bytes(entity);
	size_t length, size = 0;
	const char *data = g_bytes_get_data(bytes, &length);
	char *content = data ? signed_content(data, length, &size) : NULL;
	g_bytes_unref(bytes);
	struct entity *part = content ? parse(content, size, depth + 1, false, progress) : NULL;
	if (part && part->content_type) {
		entity->owned = content;
		g_ptr_array_add(entity->parts, part);
		return;
	}
	entity_free(part);
	g_free(content);
}

static struct entity *parse(
    const char *bytes, size_t length, unsigned depth, bool in_related, struct progress *progress)
{
	struct entity *entity = g_new0(struct entity, 1);
	entity->parts = g_ptr_array_new_with_free_func((GDestroyNotify)entity_free);
	fields_init(&entity->fields, bytes, length);
	progress->cut |= entity->fields.cut;
	progress->parts++;
	entity->body = bytes + entity->fields.size;
	entity->body_length = length - entity->fields.size;
	read_content_type(entity);
	read_disposition(entity);
	read_encoding(entity);
	entity->is_inline = entity->is_inline || in_related;
	const char *boundary =
	    entity->content_type ? g_mime_content_type_get_parameter(entity->content_type, "boundary") : NULL;
	bool is_multipart =
	    entity_is_kind(entity, "multipart/") && boundary && *boundary && strlen(boundary) <= BOUNDARY_MAX;
	bool is_message = entity_is(entity, "message/rfc822") || entity_is(entity, "message/global") ||
			  entity_is(entity, "message/news");
	if ((is_multipart || is_message || is_packed(entity)) && depth >= MESSAGE_MAX_DEPTH)
		progress->cut = entity->is_too_deep = true;
	else if (is_multipart)
		split(entity, boundary, depth, progress);
	else if (is_message)
		parse_inner_message(entity, depth, progress);
	else if (is_packed(entity))
		parse_packed(entity, depth, progress);
	return entity;
}

struct entity *entity_parse(const char *bytes, size_t length, bool *doubtful)
{
	struct progress progress = {0};
	struct entity *entity = parse(bytes, length, 0, false, &progress);
	*doubtful = *doubtful || progress.cut;
	return entity;
}

void entity_free(struct entity *entity)
{
	if (!entity)
		return;
	fields_clear(&entity->fields);
	g_free(entity->media_type);
	g_free(entity->charset);
	g_free(entity->file_name);
	g_free(entity->report_type);
	g_clear_object(&entity->content_type);
	g_ptr_array_free(entity->parts, TRUE);
	g_free(entity->owned);
	g_free(entity->text);
	g_free(entity);
}

bool entity_is(const struct entity *entity, const char *media_type)
{
	return strcmp(entity->media_type, media_type) == 0;
}

bool entity_is_kind(const struct entity *entity, const char *prefix)
{
	return g_str_has_prefix(entity->media_type, prefix);
}

GBytes *entity_bytes(const struct entity *entity)
{
	GMimeEncoding state;
	switch (entity->encoding) {
	case GMIME_CONTENT_ENCODING_BASE64:
	case GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE:
	case GMIME_CONTENT_ENCODING_UUENCODE:
		g_mime_encoding_init_decode(&state, entity->encoding);
		break;
	case GMIME_CONTENT_ENCODING_DEFAULT:
	case GMIME_CONTENT_ENCODING_7BIT:
	case GMIME_CONTENT_ENCODING_8BIT:
	case GMIME_CONTENT_ENCODING_BINARY:
	default:
		return g_bytes_new(entity->body, entity->body_length);
	}
	char *decoded = g_malloc(g_mime_encoding_outlen(&state, entity->body_length) + 16);
	size_t size = g_mime_encoding_flush(&state, entity->body, entity->body_length, decoded);
	return g_bytes_new_take(decoded, size);
}

static void drop_carriage_returns(GString *text)
{
	size_t kept = 0;
	for (size_t i = 0; i < text->len;) {
		const char *from = text->str + i, *found = memchr(from, '\r', text->len - i);
		size_t run = found ? (size_t)(found - from) : text->len - i;
		memmove(text->str + kept, from, run);
		kept += run;
		i += run;
		if (!found)
			break;
		i++;
		if (i == text->len || text->str[i] != '\n')
			text->str[kept++] = '\n';
	}
	g_string_truncate(text, kept);
}

/* Longer texts are decoded anew rather than kept. */
#define TEXT_KEPT (1024 * 1024)

char *entity_text(struct entity *entity)
{
	if (entity->text)
		return g_strdup(entity->text);
	GBytes *bytes = entity_bytes(entity);
	size_t length;
	const char *data = g_bytes_get_data(bytes, &length);
	GString *text = g_string_sized_new(length + 1);
	if (length)
		charset_append(text, data, length, entity->charset);
	g_bytes_unref(bytes);
	drop_carriage_returns(text);
	if (text->len <= TEXT_KEPT)
		entity->text = g_strndup(text->str, text->len);
	return g_string_free(text, FALSE);
}

struct entity *entity_find(struct entity *entity, const char *media_type)
{
	if (entity_is(entity, media_type))
		return entity;
	for (unsigned i = 0; i < entity->parts->len; i++) {
		struct entity *found = entity_find(g_ptr_array_index(entity->parts, i), media_type);
		if (found)
			return found;
	}
	return NULL;
}
