#include "base/base.h"
#include "document/pdf.h"

#include <gio/gio.h>

enum {
	DICTIONARY_MAX = 4096, /* bytes of the dictionary before a stream */
	FILES_MAX = 16,
	CHUNK = 65536,
};

/* memmem, backwards: the last NEEDLE in BYTES. */
static const char *find_last(const char *bytes, size_t length, const char *needle)
{
	return g_strrstr_len(bytes, (gssize)length, needle);
}

/* Inflates (RFC 1950) as far as the data are good; false where nothing came of it or it is too large. */
static bool inflate_stream(const char *bytes, size_t length, GByteArray *out)
{
	GConverter *inflater = G_CONVERTER(g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
	char *chunk = g_malloc(CHUNK);
	GConverterResult result = G_CONVERTER_CONVERTED;
	bool good = true;
	while (good && result == G_CONVERTER_CONVERTED) {
		gsize read = 0, written = 0;
		GError *error = NULL;
		result = g_converter_convert(
		    inflater, bytes, length, chunk, CHUNK, G_CONVERTER_NO_FLAGS, &read, &written, &error);
		if (result == G_CONVERTER_ERROR) {
			g_clear_error(&error);
			break;
		}
		good = out->len + written <= PDF_EMBEDDED_MAX;
		if (good)
			g_byte_array_append(out, (const guint8 *)chunk, (guint)written);
		bytes += read;
		length -= read;
	}
	g_free(chunk);
	g_object_unref(inflater);
	return good && out->len > 0;
}

/* The content of the stream whose dictionary goes from DICTIONARY to BODY; NULL where it has another filter.
 */
static struct pdf_file *take_stream(const char *dictionary, const char *body, const char *end)
{
	gssize dictionary_length = body - dictionary;
	bool filtered = g_strstr_len(dictionary, dictionary_length, "/Filter") != NULL;
	bool deflated = g_strstr_len(dictionary, dictionary_length, "/FlateDecode") != NULL ||
			g_strstr_len(dictionary, dictionary_length, "/Fl ") != NULL;
	if (filtered && !deflated)
		return NULL;
	struct pdf_file *file = g_new0(struct pdf_file, 1);
	file->bytes = g_byte_array_new();
	if (deflated) {
		if (inflate_stream(body, (size_t)(end - body), file->bytes) &&
		    pdf_looks_like_xml(file->bytes))
			return file;
	} else {
		const char *stop = memmem(body, (size_t)(end - body), "endstream", 9);
		if (stop != NULL && stop - body <= PDF_EMBEDDED_MAX) {
			g_byte_array_append(file->bytes, (const guint8 *)body, (guint)(stop - body));
			if (pdf_looks_like_xml(file->bytes))
				return file;
		}
	}
	pdf_file_free(file);
	return NULL;
}

GPtrArray *pdf_scan_for_xml(const void *bytes, size_t length)
{
	static const char mark[] = "/EmbeddedFile";
	GPtrArray *files = g_ptr_array_new_with_free_func(pdf_file_free);
	const char *start = bytes, *end = start + length;
	for (const char *at = find_last(start, length, mark); at != NULL && files->len < FILES_MAX;
	     at = find_last(start, (size_t)(at - start), mark)) {
		const char *behind = at + sizeof mark - 1;
		if (behind >= end || *behind == 's') /* the name tree */
			continue;
		size_t left = MIN((size_t)(end - behind), (size_t)DICTIONARY_MAX);
		const char *body = memmem(behind, left, "stream", 6);
		const char *close = memmem(behind, left, "endobj", 6);
		if (body == NULL || (close != NULL && close < body))
			continue;
		body += 6;
		if (body < end && *body == '\r')
			body++;
		if (body < end && *body == '\n')
			body++;
		const char *from = at - MIN((size_t)(at - start), (size_t)DICTIONARY_MAX);
		const char *dictionary = find_last(from, (size_t)(at - from), " obj");
		struct pdf_file *file = take_stream(dictionary != NULL ? dictionary : from, body, end);
		if (file != NULL)
			g_ptr_array_add(files, file);
	}
	return files;
}
