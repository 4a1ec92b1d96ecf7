#include "base/base.h"
#include "mail/charset.h"

#include "base/utf8.h"

#include <errno.h>
#include <iconv.h>

#define NOT_OPEN ((iconv_t)-1)

/*
 * The converters of mail as it is met. iso-8859-1 and us-ascii are read as windows-1252, their superset: mail
 * programs declare the former and send the latter (so do browsers, WHATWG Encoding).
 */
static struct converter {
	const char *name; /* as glibc knows it */
	iconv_t handle;
} converters[] = {
    {"ISO-8859-2", NOT_OPEN},
    {"ISO-8859-3", NOT_OPEN},
    {"ISO-8859-4", NOT_OPEN},
    {"ISO-8859-5", NOT_OPEN},
    {"ISO-8859-6", NOT_OPEN},
    {"ISO-8859-7", NOT_OPEN},
    {"ISO-8859-8", NOT_OPEN},
    {"ISO-8859-9", NOT_OPEN},
    {"ISO-8859-10", NOT_OPEN},
    {"ISO-8859-13", NOT_OPEN},
    {"ISO-8859-14", NOT_OPEN},
    {"ISO-8859-15", NOT_OPEN},
    {"ISO-8859-16", NOT_OPEN},
    {"CP1250", NOT_OPEN},
    {"CP1251", NOT_OPEN},
    {"CP1253", NOT_OPEN},
    {"CP1254", NOT_OPEN},
    {"CP1255", NOT_OPEN},
    {"CP1256", NOT_OPEN},
    {"CP1257", NOT_OPEN},
    {"CP1258", NOT_OPEN},
    {"KOI8-R", NOT_OPEN},
    {"KOI8-U", NOT_OPEN},
    {"MACINTOSH", NOT_OPEN},
    {"CP437", NOT_OPEN},
    {"CP850", NOT_OPEN},
    {"CP852", NOT_OPEN},
    {"CP858", NOT_OPEN},
    {"CP866", NOT_OPEN},
    {"CP874", NOT_OPEN},
    {"GB18030", NOT_OPEN},
    {"BIG5", NOT_OPEN},
    {"CP932", NOT_OPEN},
    {"EUC-JP", NOT_OPEN},
    {"ISO-2022-JP", NOT_OPEN},
    {"EUC-KR", NOT_OPEN},
    {"CP949", NOT_OPEN},
    {"ISO-2022-KR", NOT_OPEN},
    {"UTF-16", NOT_OPEN},
    {"UTF-16LE", NOT_OPEN},
    {"UTF-16BE", NOT_OPEN},
    {"UTF-32", NOT_OPEN},
    {"UTF-7", NOT_OPEN},
    /* read by our own table; open for GMime, which decodes the parameters of RFC 2231 */
    {"ISO-8859-1", NOT_OPEN},
    {"CP1252", NOT_OPEN},
};

/* What mail calls them, in lower case, where that is not the converter's own name. */
static const struct {
	const char *alias;
	const char *name;
} aliases[] = {
    {"windows-1250", "CP1250"},
    {"windows-1251", "CP1251"},
    {"windows-1253", "CP1253"},
    {"windows-1254", "CP1254"},
    {"windows-1255", "CP1255"},
    {"windows-1256", "CP1256"},
    {"windows-1257", "CP1257"},
    {"windows-1258", "CP1258"},
    {"windows-874", "CP874"},
    {"tis-620", "CP874"},
    {"latin2", "ISO-8859-2"},
    {"latin-2", "ISO-8859-2"},
    {"latin9", "ISO-8859-15"},
    {"latin-9", "ISO-8859-15"},
    {"iso8859-15", "ISO-8859-15"},
    {"iso8859-2", "ISO-8859-2"},
    {"iso_8859-15", "ISO-8859-15"},
    {"iso_8859-2", "ISO-8859-2"},
    {"iso-8859-8-i", "ISO-8859-8"},
    {"x-mac-roman", "MACINTOSH"},
    {"mac", "MACINTOSH"},
    {"ibm437", "CP437"},
    {"ibm850", "CP850"},
    {"ibm852", "CP852"},
    {"ibm00858", "CP858"},
    {"ibm866", "CP866"},
    {"gb2312", "GB18030"},
    {"gbk", "GB18030"},
    {"cp936", "GB18030"},
    {"x-gbk", "GB18030"},
    {"big5-hkscs", "BIG5"},
    {"cp950", "BIG5"},
    {"shift_jis", "CP932"},
    {"shift-jis", "CP932"},
    {"x-sjis", "CP932"},
    {"sjis", "CP932"},
    {"windows-31j", "CP932"},
    {"iso-2022-jp-1", "ISO-2022-JP"},
    {"iso-2022-jp-2", "ISO-2022-JP"},
    {"iso-2022-jp-3", "ISO-2022-JP"},
    {"ks_c_5601-1987", "CP949"},
    {"ks_c_5601", "CP949"},
    {"uhc", "CP949"},
    {"unicode-1-1-utf-7", "UTF-7"},
};

/* Windows-1252's own 32 characters; the rest is ISO 8859-1. 0xfffd where undefined. */
static const uint16_t windows_1252[32] = {0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
    0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d,
    0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178};

static const char *const western[] = {"iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1",
    "windows-1252", "cp1252", "us-ascii", "ascii", "ansi", "iso-8859-1-windows-3.1-latin-1", "ansi_x3.4-1968",
    "iso-us-ascii"};

static const char *const utf8_names[] = {"utf-8", "utf8", "unicode-1-1-utf-8", "utf-8-mac", "cp65001"};

void charset_setup(void)
{
	for (size_t i = 0; i < ARRAY_LENGTH(converters); i++)
		if (converters[i].handle == NOT_OPEN)
			converters[i].handle = iconv_open("UTF-8", converters[i].name);
}

static bool is_among(const char *name, const char *const names[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!g_ascii_strcasecmp(name, names[i]))
			return true;
	return false;
}

static iconv_t find_converter(const char *declared)
{
	const char *name = declared;
	for (size_t i = 0; i < ARRAY_LENGTH(aliases); i++)
		if (!g_ascii_strcasecmp(declared, aliases[i].alias))
			name = aliases[i].name;
	for (size_t i = 0; i < ARRAY_LENGTH(converters); i++)
		if (!g_ascii_strcasecmp(name, converters[i].name))
			return converters[i].handle;
	return NOT_OPEN;
}

static void append_without_nul(GString *text, const char *bytes, size_t length)
{
	while (length) {
		const char *nul = memchr(bytes, '\0', length);
		size_t run = nul ? (size_t)(nul - bytes) : length;
		g_string_append_len(text, bytes, (gssize)run);
		bytes += run + (nul != NULL);
		length -= run + (nul != NULL);
	}
}

static void append_windows_1252(GString *text, const char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		unsigned char byte = (unsigned char)bytes[i];
		if (byte >= 0x80 && byte < 0xa0) {
			g_string_append_unichar(text, windows_1252[byte - 0x80]);
		} else if (byte >= 0xa0) {
			g_string_append_c(text, (char)(0xc0 | byte >> 6));
			g_string_append_c(text, (char)(0x80 | (byte & 0x3f)));
		} else if (byte) {
			g_string_append_c(text, (char)byte);
		}
	}
}

/*
 * Text that is UTF-8 but for some damage keeps its good sequences; where damage prevails it was never
 * UTF-8.
 */
static bool append_damaged_utf8(GString *text, const char *bytes, size_t length)
{
	size_t good = 0, bad = 0, sequence;
	for (size_t i = 0; i < length; i += MAX(sequence, 1)) {
		sequence = utf8_sequence_length(bytes + i, length - i);
		good += sequence > 1;
		bad += sequence == 0;
	}
	if (bad > good)
		return false;
	for (size_t i = 0; i < length; i += MAX(sequence, 1)) {
		sequence = utf8_sequence_length(bytes + i, length - i);
		if (!sequence)
			g_string_append(text, "\xef\xbf\xbd");
		else if (bytes[i])
			g_string_append_len(text, bytes + i, (gssize)sequence);
	}
	return true;
}

/* False (and TEXT as before) where more than a few bytes do not fit the charset. */
static bool append_converted(GString *text, iconv_t handle, const char *bytes, size_t length)
{
	GString *converted = g_string_sized_new(length + 16);
	char piece[4096];
	char *from = (char *)(uintptr_t)bytes; /* iconv's prototype lacks the const */
	size_t left = length, errors = 0;
	iconv(handle, NULL, NULL, NULL, NULL);
	while (left) {
		char *to = piece;
		size_t room = sizeof(piece);
		size_t result = iconv(handle, &from, &left, &to, &room);
		int why = errno;
		append_without_nul(converted, piece, (size_t)(to - piece));
		if (result != (size_t)-1 || why == E2BIG)
			continue;
		errors++;
		g_string_append(converted, "\xef\xbf\xbd");
		if (why == EINVAL || ++errors > 16 + length / 16)
			break;
		from++;
		left--;
	}
	bool fits = errors <= length / 16 + 1 && utf8_is_valid(converted->str, converted->len);
	if (fits)
		g_string_append_len(text, converted->str, (gssize)converted->len);
	g_string_free(converted, TRUE);
	return fits;
}

bool charset_append(GString *text, const char *bytes, size_t length, const char *declared)
{
	if (length >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3)) {
		bytes += 3;
		length -= 3;
	}
	bool is_western = declared && is_among(declared, western, ARRAY_LENGTH(western));
	bool is_utf8 = !declared || is_among(declared, utf8_names, ARRAY_LENGTH(utf8_names));
	if (!is_western && !is_utf8) {
		iconv_t handle = find_converter(declared);
		if (handle != NOT_OPEN && append_converted(text, handle, bytes, length))
			return true;
	}
	if (utf8_is_valid(bytes, length)) {
		append_without_nul(text, bytes, length);
		return is_utf8 || is_western;
	}
	if (is_utf8 && append_damaged_utf8(text, bytes, length))
		return false;
	append_windows_1252(text, bytes, length);
	return is_western;
}
