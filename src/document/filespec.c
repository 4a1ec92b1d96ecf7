#include "base/base.h"
#include "document/filespec.h"

#include "document/pdf_scan.h"

enum {
	REACH = 2048,		    /* bytes of a specification before and behind its /EF */
	NAME_MAX_BYTES = 1024,	    /* of a file's name as it is written */
	LIST_MAX = 256,		    /* specifications that are looked at */
	OBJECTS_MAX = 8 << 20,	    /* bytes of one object stream */
	ALL_OBJECTS_MAX = 32 << 20, /* of all */
};

static void filespec_free(gpointer pointer)
{
	struct filespec *filespec = pointer;
	g_free(filespec->name);
	g_free(filespec);
}

/* ---- the dictionary around an /EF ---- */

static bool is_pair(const char *at, const char *end, char one)
{
	return end - at >= 2 && at[0] == one && at[1] == one;
}

/* Where the dictionary begins that AT stands in, inside START. */
static const char *dictionary_start(const char *start, const char *at)
{
	const char *limit = at - MIN((size_t)(at - start), (size_t)REACH), *from = at;
	int depth = 0;
	while (at > limit) {
		at--;
		if (is_pair(at, from, '>'))
			depth++;
		else if (is_pair(at, from, '<') && depth-- == 0)
			return at + 2;
		else
			continue;
		from = at; /* "<<<" is no two pairs */
	}
	return limit;
}

static const char *dictionary_end(const char *at, const char *end)
{
	const char *limit = at + MIN((size_t)(end - at), (size_t)REACH);
	int depth = 0;
	while (at + 1 < limit) {
		if (is_pair(at, limit, '<'))
			depth++;
		else if (is_pair(at, limit, '>') && depth-- == 0)
			return at;
		else {
			at++;
			continue;
		}
		at += 2;
	}
	return limit;
}

static const char *skip_space(const char *at, const char *end)
{
	while (at < end && g_ascii_isspace(*at))
		at++;
	return at;
}

/* ---- its name ---- */

static char *decode_name(const GString *raw)
{
	gssize length = (gssize)raw->len;
	if (raw->len >= 2 && memcmp(raw->str, "\xfe\xff", 2) == 0)
		return g_convert(raw->str + 2, length - 2, "UTF-8", "UTF-16BE", NULL, NULL, NULL);
	if (g_utf8_validate(raw->str, length, NULL))
		return g_strndup(raw->str, raw->len);
	return g_convert(raw->str, length, "UTF-8", "ISO-8859-1", NULL, NULL, NULL);
}

/* One letter behind a backslash (ISO 32000-1, table 3); how many bytes it takes. */
static size_t append_escaped(GString *raw, const char *at, const char *end)
{
	static const char letters[] = "nrtbf", values[] = "\n\r\t\b\f";
	const char *letter = *at != '\0' ? strchr(letters, *at) : NULL;
	if (letter != NULL) {
		g_string_append_c(raw, values[letter - letters]);
		return 1;
	}
	size_t digits = 0;
	int code = 0;
	while (digits < 3 && at + digits < end && at[digits] >= '0' && at[digits] <= '7')
		code = code * 8 + (at[digits++] - '0');
	g_string_append_c(raw, digits > 0 ? (char)code : *at);
	return MAX(digits, (size_t)1);
}

static void read_literal(GString *raw, const char *at, const char *end)
{
	int depth = 0;
	while (at < end && (*at != ')' || depth > 0) && raw->len < NAME_MAX_BYTES) {
		if (*at == '\\' && at + 1 < end) {
			at += 1 + append_escaped(raw, at + 1, end);
			continue;
		}
		depth += *at == '(' ? 1 : *at == ')' ? -1 : 0;
		g_string_append_c(raw, *at++);
	}
}

static void read_digits(GString *raw, const char *at, const char *end)
{
	int high = -1;
	for (; at < end && *at != '>' && raw->len < NAME_MAX_BYTES; at++) {
		int digit = g_ascii_xdigit_value(*at);
		if (digit < 0)
			continue;
		if (high >= 0)
			g_string_append_c(raw, (char)(high * 16 + digit));
		high = high >= 0 ? -1 : digit;
	}
}

/* The text behind KEY in the dictionary, or NULL. */
static char *text_of_key(const char *start, const char *end, const char *key)
{
	GString *raw = g_string_new(NULL);
	size_t length = strlen(key);
	const char *at = start;
	while (raw->len == 0 && (at = memmem(at, (size_t)(end - at), key, length)) != NULL) {
		at = skip_space(at + length, end);
		if (at < end && *at == '(')
			read_literal(raw, at + 1, end);
		else if (at < end && *at == '<' && !is_pair(at, end, '<'))
			read_digits(raw, at + 1, end);
	}
	char *text = raw->len > 0 ? decode_name(raw) : NULL;
	g_string_free(raw, TRUE);
	return text;
}

/* ---- all of them ---- */

/* The object that "12 0 R" at AT points to; 0 where it is something else. */
static long reference(const char *at, const char *end)
{
	long number = 0;
	const char *start = at;
	for (; at < end && g_ascii_isdigit(*at) && at - start < 9; at++)
		number = number * 10 + (*at - '0');
	const char *between = at;
	at = skip_space(at, end);
	return at > between && at < end && g_ascii_isdigit(*at) ? number : 0;
}

static void add(GPtrArray *list, long number, const char *name)
{
	if (number == 0 || filespec_has(list, number) || list->len == LIST_MAX)
		return;
	struct filespec *filespec = g_new0(struct filespec, 1);
	filespec->number = number;
	filespec->name = g_strdup(name);
	g_ptr_array_add(list, filespec);
}

/* Each key of the dictionary at AT ("<< /F 12 0 R /UF 12 0 R >>") points to a form of the file. */
static void add_forms(GPtrArray *list, const char *at, const char *end, const char *name)
{
	const char *stop = memmem(at, (size_t)(end - at), ">>", 2);
	for (stop = stop != NULL ? stop : end; at < stop; at++) {
		if (*at != '/')
			continue;
		while (at < stop && !g_ascii_isspace(*at))
			at++;
		at = skip_space(at, stop);
		add(list, reference(at, stop), name);
	}
}

static void find_specifications(GPtrArray *list, const char *start, const char *end)
{
	const char *at = start;
	while (list->len < LIST_MAX && (at = memmem(at, (size_t)(end - at), "/EF", 3)) != NULL) {
		const char *forms = skip_space(at + 3, end);
		if (is_pair(forms, end, '<')) {
			const char *first = dictionary_start(start, at), *last = dictionary_end(at, end);
			char *name = text_of_key(first, last, "/UF");
			if (name == NULL)
				name = text_of_key(first, last, "/F");
			add_forms(list, forms + 2, last, name);
			g_free(name);
		}
		at += 3;
	}
}

static bool keep_objects(const char *part, size_t length, void *context)
{
	GByteArray *kept = context;
	g_byte_array_append(kept, (const guint8 *)part, (guint)length);
	return kept->len < OBJECTS_MAX;
}

GPtrArray *filespec_list(const void *bytes, size_t length)
{
	GPtrArray *list = g_ptr_array_new_with_free_func(filespec_free);
	const char *start = bytes, *end = start + length, *at = start;
	struct pdf_stream stream;
	size_t all = 0;
	find_specifications(list, start, end);
	while (all < ALL_OBJECTS_MAX && pdf_next_stream(start, end, &at, &stream)) {
		if (!pdf_stream_names(&stream, "/ObjStm"))
			continue;
		GByteArray *objects = g_byte_array_new();
		(void)pdf_stream_read(&stream, keep_objects, objects);
		all += objects->len;
		if (objects->len > 0)
			find_specifications(
			    list, (const char *)objects->data, (const char *)objects->data + objects->len);
		g_byte_array_unref(objects);
	}
	return list;
}

static const struct filespec *find(const GPtrArray *list, long number)
{
	for (guint i = 0; i < list->len; i++) {
		const struct filespec *filespec = g_ptr_array_index(list, i);
		if (filespec->number == number)
			return filespec;
	}
	return NULL;
}

const char *filespec_name(const GPtrArray *list, long number)
{
	const struct filespec *found = find(list, number);
	return found != NULL ? found->name : NULL;
}

bool filespec_has(const GPtrArray *list, long number)
{
	return find(list, number) != NULL;
}
