#include "base/base.h"
#include "document/pdf_scan.h"

#include <gio/gio.h>

enum {
	DICTIONARY_MAX = 4096, /* bytes of the dictionary before a stream */
	CHUNK = 65536,
	PAGE_MAX = 8 << 20,   /* bytes of one page's content */
	PAGES_MAX = 64 << 20, /* of all */
	WORDS_MAX = 10000,    /* texts shown on one page; poppler's time grows with their square */
};

bool pdf_stream_names(const struct pdf_stream *stream, const char *name)
{
	return memmem(stream->dictionary, stream->dictionary_length, name, strlen(name)) != NULL;
}

bool pdf_stream_names_one_of(const struct pdf_stream *stream, const char *const *list)
{
	for (; *list != NULL; list++)
		if (pdf_stream_names(stream, *list))
			return true;
	return false;
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

/* The 12 of "12 0 obj" that ends at END; 0 where there is none. */
static long number_before(const char *start, const char *end)
{
	const char *at = end - MIN((size_t)(end - start), (size_t)4); /* " obj" */
	while (at > start && g_ascii_isdigit(at[-1]))
		at--;
	while (at > start && g_ascii_isspace(at[-1]))
		at--;
	const char *last = at;
	while (at > start && g_ascii_isdigit(at[-1]) && last - at < 9)
		at--;
	long number = 0;
	for (; at < last; at++)
		number = number * 10 + (*at - '0');
	return number;
}

bool pdf_next_stream(const char *start, const char *end, const char **at, struct pdf_stream *stream)
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
		stream->number = number_before(start, stream->dictionary);
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

/* ---- how it is packed ---- */

enum filter { FILTER_DEFLATE, FILTER_HEX, FILTER_85, FILTER_OTHER };

/* How a stream is packed, the outermost first. */
struct packing {
	size_t count;
	enum filter filters[4];
};

static enum filter filter_of_name(const char *name, size_t length)
{
	static const struct {
		const char *name;
		enum filter filter;
	} rows[] = {
	    {"FlateDecode", FILTER_DEFLATE},
	    {"Fl", FILTER_DEFLATE},
	    {"ASCIIHexDecode", FILTER_HEX},
	    {"AHx", FILTER_HEX},
	    {"ASCII85Decode", FILTER_85},
	    {"A85", FILTER_85},
	};
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
		if (strlen(rows[i].name) == length && memcmp(rows[i].name, name, length) == 0)
			return rows[i].filter;
	return FILTER_OTHER;
}

static const char *skip_space(const char *at, const char *end)
{
	while (at < end && g_ascii_isspace(*at))
		at++;
	return at;
}

static void read_packing(const struct pdf_stream *stream, struct packing *packing)
{
	const char *end = stream->dictionary + stream->dictionary_length;
	const char *at = memmem(stream->dictionary, stream->dictionary_length, "/Filter", 7);
	packing->count = 0;
	if (at == NULL)
		return;
	at = skip_space(at + 7, end);
	bool list = at < end && *at == '[';
	at = skip_space(at + (list ? 1 : 0), end);
	if (!list && (at == end || *at != '/')) /* it is told elsewhere in the file */
		packing->filters[packing->count++] = FILTER_OTHER;
	while (at < end && *at == '/') {
		const char *name = ++at;
		while (at < end && (g_ascii_isalnum(*at) || *at == '#'))
			at++;
		enum filter filter = filter_of_name(name, (size_t)(at - name));
		if (packing->count == ARRAY_LENGTH(packing->filters))
			packing->filters[0] = FILTER_OTHER;
		else
			packing->filters[packing->count++] = filter;
		at = skip_space(at, end);
		if (!list)
			return;
	}
}

/* Deflate once at most, behind the two that only make bytes printable. */
static bool can_unpack(const struct packing *packing)
{
	for (size_t i = 0; i < packing->count; i++)
		if (packing->filters[i] == FILTER_OTHER ||
		    (packing->filters[i] == FILTER_DEFLATE && i + 1 < packing->count))
			return false;
	return true;
}

static size_t count_deflated(const struct packing *packing)
{
	size_t count = 0;
	for (size_t i = 0; i < packing->count; i++)
		count += packing->filters[i] == FILTER_DEFLATE ? 1 : 0;
	return count;
}

/* ISO 32000-1 7.4.2 */
static void decode_hex(const char *bytes, size_t length, GByteArray *out)
{
	int high = -1;
	for (size_t i = 0; i < length && bytes[i] != '>'; i++) {
		int digit = g_ascii_xdigit_value(bytes[i]);
		if (digit < 0)
			continue;
		guint8 byte = (guint8)(high * 16 + digit);
		if (high >= 0)
			g_byte_array_append(out, &byte, 1);
		high = high >= 0 ? -1 : digit;
	}
}

static void append_group(GByteArray *out, uint32_t group, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		guint8 byte = (guint8)(group >> (24 - 8 * i));
		g_byte_array_append(out, &byte, 1);
	}
}

/* ISO 32000-1 7.4.3 */
static void decode_85(const char *bytes, size_t length, GByteArray *out)
{
	uint32_t group = 0;
	size_t digits = 0, first = length > 1 && memcmp(bytes, "<~", 2) == 0 ? 2 : 0; /* Adobe's own mark */
	for (size_t i = first; i < length && bytes[i] != '~'; i++) {
		if (bytes[i] == 'z' && digits == 0)
			append_group(out, 0, 4);
		if (bytes[i] < '!' || bytes[i] > 'u')
			continue;
		group = group * 85 + (uint32_t)(bytes[i] - '!');
		if (++digits == 5) {
			append_group(out, group, 4);
			group = 0;
			digits = 0;
		}
	}
	for (size_t i = digits; digits > 1 && i < 5; i++)
		group = group * 85 + 84;
	if (digits > 1)
		append_group(out, group, digits - 1);
}

/* Inflates (RFC 1950) as far as the data are good. */
static void inflate_stream(const char *bytes, size_t length, pdf_take_part *take, void *context)
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

/* Where the body ends that says so itself only when it is deflated. */
static size_t plain_length(const struct pdf_stream *stream)
{
	size_t left = (size_t)(stream->end - stream->body);
	const char *stop = memmem(stream->body, left, "endstream", 9);
	return stop != NULL ? (size_t)(stop - stream->body) : 0;
}

static void take_deflated(const GByteArray *bytes, pdf_take_part *take, void *context)
{
	inflate_stream((const char *)bytes->data, bytes->len, take, context);
}

static void read_printable(
    const struct pdf_stream *stream, const struct packing *packing, pdf_take_part *take, void *context)
{
	size_t printable = packing->count - count_deflated(packing);
	GByteArray *bytes = g_byte_array_new();
	g_byte_array_append(bytes, (const guint8 *)stream->body, (guint)plain_length(stream));
	for (size_t i = 0; i < printable; i++) {
		GByteArray *decoded = g_byte_array_new();
		if (packing->filters[i] == FILTER_HEX)
			decode_hex((const char *)bytes->data, bytes->len, decoded);
		else
			decode_85((const char *)bytes->data, bytes->len, decoded);
		g_byte_array_unref(bytes);
		bytes = decoded;
	}
	if (bytes->len > 0 && count_deflated(packing) > 0)
		take_deflated(bytes, take, context);
	else if (bytes->len > 0)
		(void)take((const char *)bytes->data, bytes->len, context);
	g_byte_array_unref(bytes);
}

bool pdf_stream_read(const struct pdf_stream *stream, pdf_take_part *take, void *context)
{
	struct packing packing;
	read_packing(stream, &packing);
	if (!can_unpack(&packing))
		return false;
	if (packing.count > count_deflated(&packing))
		read_printable(stream, &packing, take, context);
	else if (packing.count > 0)
		inflate_stream(stream->body, (size_t)(stream->end - stream->body), take, context);
	else
		(void)take(stream->body, plain_length(stream), context);
	return true;
}

/* ---- too much ---- */

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
	struct pdf_stream stream;
	size_t all = 0;
	while (pdf_next_stream(start, end, &at, &stream)) {
		if (pdf_stream_names_one_of(&stream, others))
			continue;
		struct packing packing;
		read_packing(&stream, &packing);
		if (!can_unpack(&packing) && count_deflated(&packing) > 0 && packing.count > 1)
			return "PDF whose pages are packed twice";
		struct count count = {0};
		(void)pdf_stream_read(&stream, count_part, &count);
		all += count.bytes;
		if (count.bytes > PAGE_MAX || count.words > WORDS_MAX || all > PAGES_MAX)
			return "PDF with too much on a page";
	}
	return NULL;
}
