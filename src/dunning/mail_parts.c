#include "base/base.h"
#include "dunning/mail_parts.h"

GMimeObject *mail_text_part(const char *subtype, const char *content)
{
	GMimeTextPart *part = g_mime_text_part_new_with_subtype(subtype);
	g_mime_text_part_set_charset(part, "utf-8");
	g_mime_text_part_set_text(part, content);
	g_mime_part_set_content_encoding(GMIME_PART(part), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
	return GMIME_OBJECT(part);
}

void mail_set_content(GMimePart *part, GBytes *bytes)
{
	gsize size;
	const char *start = g_bytes_get_data(bytes, &size);
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(start, size);
	GMimeDataWrapper *content =
	    g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
	g_mime_part_set_content(part, content);
	g_object_unref(content);
	g_object_unref(stream);
	g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_BASE64);
}

GMimeMultipart *mail_multipart(const char *subtype, const char *message_id, int level)
{
	GMimeMultipart *multipart = g_mime_multipart_new_with_subtype(subtype);
	g_autofree char *boundary =
	    g_strdup_printf("=_%d.%.*s", level, (int)strcspn(message_id + 1, "@"), message_id + 1);
	g_mime_multipart_set_boundary(multipart, boundary);
	return multipart;
}

void mail_add_part(GMimeMultipart *multipart, GMimeObject *part)
{
	g_mime_multipart_add(multipart, part);
	g_object_unref(part);
}

void mail_set_date(GMimeMessage *message, const struct zone *zone, instant_t now)
{
	GTimeZone *time_zone = g_time_zone_new_offset(zone_offset(zone, now));
	GDateTime *utc = g_date_time_new_from_unix_utc(now);
	GDateTime *date = g_date_time_to_timezone(utc, time_zone);
	g_mime_message_set_date(message, date);
	g_date_time_unref(date);
	g_date_time_unref(utc);
	g_time_zone_unref(time_zone);
}

void mail_set_header(GMimeMessage *message, const char *name, const char *value)
{
	g_mime_object_set_header(GMIME_OBJECT(message), name, value, NULL);
}

GBytes *mail_bytes(GMimeMessage *message)
{
	GMimeFormatOptions *options = g_mime_format_options_new();
	g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_UNIX);
	GMimeStream *stream = g_mime_stream_mem_new();
	g_mime_object_write_to_stream(GMIME_OBJECT(message), options, stream);
	GByteArray *array = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
	GBytes *bytes = g_bytes_new(array->data, array->len);
	g_object_unref(stream);
	g_mime_format_options_free(options);
	return bytes;
}
