#include "base/base.h"
#include "document/pdf_scan.h"

#include <gio/gio.h>

enum {
	DICTIONARY_MAX = 4096, /* bytes of the dictionary before a stream */
	FILES_MAX = 16,
	CHUNK = 65536,
	PAGE_MAX = 8 << 20,   /* bytes of one page's content */
	PAGES_MAX = 64 << 20, /* of all */
	WORDS_MAX = 10000,    /* texts shown on one page; poppler's time grows with their square */
};

struct stream {
	const char *dictionary; /* from the object's number to the keyword */
	size_t dictionary_length;
	const char *body, *end; /* END is that of the file */
};

static bool names(const struct stream *stream, const char *name)
{
	return memmem(stream->dictionary, stream->dictionary_length, name, strlen(name)) != NULL;
}

/* Where the object begins whose stream's keyword stands at WORD: behind its " obj". */
static const char *object_before(const char *start, const char *word)
{
	const char *limit = word - MIN((size_t)(word - start), (size_t)DICTIONARY_MAX);
	for (const char *at = word - 4; at > limit; at--)
		if (memcmp(at, " obj", 4) == 0)
			return at + 4;
	return limit;
}

static bool names_one_of(const struct stream *stream, const char *const *list)
{
	for (; *list != NULL; list++)
		if (names(stream, *list))
			return true;
	return false;
}

/* The next stream at or behind *AT, which moves on; false at the end of the file. */
static bool next_stream(const char *start, const char *end, const char **at, struct stream *stream)
{
	while (*at < end) {
		const char *word = memmem(*at, (size_t)(end - *at), "stream", 6);
		if (word == NULL)
			return false;
		*at = word + 6;
		const char *before = word;
		while (before > start && strchr(" \r\n\t", before[-1]) != NULL && before[-1] != '\0')
			before--;
		if (before - start < 2 || before[-1] != '>' || before[-2] != '>')
			continue;
		stream->dictionary = object_before(start, word);
		stream->dictionary_length = (size_t)(word - stream->dictionary);
		stream->body = word + 6;
		stream->end = end;
		if (stream->body < end && *stream->body == '\r')
			stream->body++;
		if (stream->body < end && *stream->body == '\n')
			stream->body++;
		return true;
	}
	return false;
}

static bool is_deflated(const struct stream *stream)
{
	static const char *const filters[] = {"/FlateDecode", "/Fl ", "/Fl]", "/Fl/", "/Fl>", NULL};
	return names_one_of(stream, filters);
}

/* Filters besides, or the same twice. */
static bool has_other_filters(const struct stream *stream)
{
	static const char *const filters[] = {"/ASCIIHexDecode", "/ASCII85Decode", "/LZWDecode",
	    "/RunLengthDecode", "/Crypt", "/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode",
	    "/AHx", "/A85", "/LZW", "/RL", NULL};
	const char *end = stream->dictionary + stream->dictionary_length;
	const char *first = memmem(stream->dictionary, stream->dictionary_length, "/FlateDecode", 12);
	bool twice =
	    first != NULL && memmem(first + 1, (size_t)(end - first - 1), "/FlateDecode", 12) != NULL;
	return twice || names_one_of(stream, filters);
}

/* Takes what was inflated; false to stop. */
typedef bool take_part(const char *part, size_t length, void *context);

/* Inflates (RFC 1950) as far as the data are good. */
static void inflate_stream(const char *bytes, size_t length, take_part *take, void *context)
{
	GConverter *inflater = G_CONVERTER(g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
	char *chunk = g_malloc(CHUNK);
	GConverterResult result = G_CONVERTER_CONVERTED;
	bool more = true;
	while (more && result == G_CONVERTER_CONVERTED) {
		gsize read = 0, written = 0;
		GError *error = NULL;
		result = g_converter_convert(
		    inflater, bytes, length, chunk, CHUNK, G_CONVERTER_NO_FLAGS, &read, &written, &error);
		g_clear_error(&error);
		if (result != G_CONVERTER_ERROR)
			more = take(chunk, written, context);
		bytes += read;
		length -= read;
	}
	g_free(chunk);
	g_object_unref(inflater);
}

/* The content of a stream, inflated where it is deflated, in parts. */
static void read_stream(const struct stream *stream, take_part *take, void *context)
{
	size_t left = (size_t)(stream->end - stream->body);
	if (is_deflated(stream)) {
		inflate_stream(stream->body, left, take, context);
		return;
	}
	const char *stop = memmem(stream->body, left, "endstream", 9);
	if (stop != NULL)
		(void)take(stream->body, (size_t)(stop - stream->body), context);
}

bool pdf_looks_like_xml(const GByteArray *bytes)
{
	for (guint i = 0; i < bytes->len && i < 64; i++) {
		if (bytes->data[i] == '<')
			return true;
		/* a byte order mark, the zeros of UTF-16, white space */
		if (strchr(" \t\r\n\xef\xbb\xbf\xff\xfe", bytes->data[i]) == NULL)
			return false;
	}
	return false;
}

static bool keep_part(const char *part, size_t length, void *context)
{
	GByteArray *kept = context;
	if (kept->len + length > PDF_EMBEDDED_MAX) {
		g_byte_array_set_size(kept, 0);
		return false;
	}
	g_byte_array_append(kept, (const guint8 *)part, (guint)length);
	return kept->len < 64 || pdf_looks_like_xml(kept);
}

static void unref_bytes(gpointer bytes)
{
	g_byte_array_unref(bytes);
}

GPtrArray *pdf_embedded_xml(const void *bytes, size_t length)
{
	static const char *const marks[] = {"/EmbeddedFile", "#2Fxml", "#2fxml", NULL};
	const char *start = bytes, *end = start + length, *at = start;
	GPtrArray *files = g_ptr_array_new_with_free_func(unref_bytes);
	struct stream stream;
	while (files->len < FILES_MAX && next_stream(start, end, &at, &stream)) {
		bool filtered = names(&stream, "/Filter") && !is_deflated(&stream);
		if (!names_one_of(&stream, marks) || filtered || has_other_filters(&stream))
			continue;
		GByteArray *content = g_byte_array_new();
		read_stream(&stream, keep_part, content);
		if (pdf_looks_like_xml(content))
			g_ptr_array_insert(files, 0, content);
		else
			g_byte_array_unref(content);
	}
	return files;
}

struct count {
	size_t bytes, words;
};

/* Operators that show text: Tj, TJ, and the quotes, which nobody uses. */
static bool count_part(const char *part, size_t length, void *context)
{
	struct count *count = context;
	count->bytes += length;
	for (size_t i = 1; i < length; i++)
		count->words += part[i - 1] == 'T' && (part[i] == 'j' || part[i] == 'J') ? 1 : 0;
	return count->bytes <= PAGE_MAX && count->words <= WORDS_MAX;
}

const char *pdf_excess(const void *bytes, size_t length)
{
	/* neither a page's content nor a form: pictures, fonts, tables of the file itself, embedded files */
	static const char *const others[] = {"/Image", "/DCTDecode", "/JPXDecode", "/CCITTFaxDecode",
	    "/JBIG2Decode", "/Length1", "/Length2", "/Type1C", "/CIDFontType0C", "/OpenType", "/XRef",
	    "/ObjStm", "/EmbeddedFile", "/Metadata", "/ICCBased", "/Alternate", NULL};
	const char *start = bytes, *end = start + length, *at = start;
	struct stream stream;
	size_t all = 0;
	while (next_stream(start, end, &at, &stream)) {
		if (names_one_of(&stream, others))
			continue;
		if (has_other_filters(&stream) && is_deflated(&stream))
			return "PDF whose pages are packed twice";
		struct count count = {0};
		read_stream(&stream, count_part, &count);
		all += count.bytes;
		if (count.bytes > PAGE_MAX || count.words > WORDS_MAX || all > PAGES_MAX)
			return "PDF with too much on a page";
	}
	return NULL;
}
