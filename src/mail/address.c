#include "base/base.h"
#include "mail/address.h"

#include "mail/charset.h"
#include "mail/encoded_word.h"

struct address *address_new(const char *name, const char *text)
{
	struct address *address = g_new0(struct address, 1);
	address->name = name && *name ? g_strdup(name) : NULL;
	address->address = g_strdup(text);
	char *at = strrchr(address->address, '@');
	for (; at && *at; at++)
		*at = g_ascii_tolower(*at);
	return address;
}

void address_free(struct address *address)
{
	if (!address)
		return;
	g_free(address->name);
	g_free(address->address);
	g_free(address);
}

/* One address being read: its words outside and inside of <>, and its comment. */
struct draft {
	GString *words;
	GString *angle;
	GString *comment;
	bool has_angle;
	bool is_quoted; /* the words were (partly) a quoted string */
};

static void draft_reset(struct draft *draft)
{
	g_string_truncate(draft->words, 0);
	g_string_truncate(draft->angle, 0);
	g_string_truncate(draft->comment, 0);
	draft->has_angle = draft->is_quoted = false;
}

/* An addr-spec has no blanks; a route ("@relay:a@b") in front of it is obsolete and dropped. */
static void tidy_address(GString *address)
{
	if (address->str[0] != '"') {
		size_t kept = 0;
		for (size_t i = 0; i < address->len; i++)
			if (!g_ascii_isspace(address->str[i]))
				address->str[kept++] = address->str[i];
		g_string_truncate(address, kept);
	}
	if (address->str[0] == '@') {
		const char *colon = strchr(address->str, ':');
		if (colon)
			g_string_erase(address, 0, colon + 1 - address->str);
	}
	if (g_str_has_prefix(address->str, "mailto:"))
		g_string_erase(address, 0, 7);
}

static char *tidy_name(const GString *raw)
{
	char *name = encoded_words_decode(raw->str, raw->len);
	size_t length = strlen(name);
	if (length >= 2 && (name[0] == '\'' || name[0] == '"') && name[length - 1] == name[0]) {
		name[length - 1] = '\0';
		memmove(name, name + 1, length - 1);
	}
	return g_strstrip(name);
}

static bool draft_end(struct draft *draft, GPtrArray *list)
{
	GString *address = draft->has_angle ? draft->angle : draft->words;
	tidy_address(address);
	bool fits = list->len < MESSAGE_MAX_ADDRESSES;
	if (address->len && fits) {
		char *name = tidy_name(draft->has_angle && draft->words->len ? draft->words : draft->comment);
		GString *text = g_string_new(NULL);
		charset_append(text, address->str, address->len, NULL);
		g_ptr_array_add(list, address_new(name, text->str));
		g_string_free(text, TRUE);
		g_free(name);
	}
	bool done = !address->len || fits;
	draft_reset(draft);
	return done;
}

/* Reads from the opening quote at RAW to the closing one; returns the bytes read. */
static size_t read_quoted(const char *raw, size_t length, GString *text, bool keep_quotes)
{
	size_t i = 1;
	if (keep_quotes)
		g_string_append_c(text, '"');
	for (; i < length && raw[i] != '"'; i++) {
		if (raw[i] == '\\' && i + 1 < length) {
			if (keep_quotes)
				g_string_append_c(text, '\\');
			i++;
		}
		if (raw[i] != '\r' && raw[i] != '\n')
			g_string_append_c(text, raw[i]);
	}
	if (keep_quotes)
		g_string_append_c(text, '"');
	return i < length ? i + 1 : i;
}

static size_t read_comment(const char *raw, size_t length, GString *text)
{
	size_t i = 1, depth = 1;
	for (; i < length; i++) {
		if (raw[i] == '\\' && i + 1 < length)
			i++;
		else if (raw[i] == '(')
			depth++;
		else if (raw[i] == ')' && --depth == 0)
			return i + 1;
		g_string_append_c(text, raw[i]);
	}
	return i;
}

static size_t read_angle(const char *raw, size_t length, struct draft *draft)
{
	draft->has_angle = true;
	size_t i = 1;
	while (i < length && raw[i] != '>') {
		if (raw[i] == '"') {
			i += read_quoted(raw + i, length - i, draft->angle, true);
			continue;
		}
		if (raw[i] != '<') /* "<<a@b>>" */
			g_string_append_c(draft->angle, raw[i]);
		i++;
	}
	return i < length ? i + 1 : i;
}

/* Whether the quoted string just before AT is a local part ("\"a b\"@c") rather than a name. */
static bool is_local_part(const char *raw, size_t length)
{
	const char *end = length > 1 ? memchr(raw + 1, '"', length - 1) : NULL;
	return end && end + 1 < raw + length && end[1] == '@';
}

bool addresses_append(GPtrArray *list, const char *raw, size_t length)
{
	bool complete = length <= MESSAGE_MAX_FIELD_BYTES;
	length = MIN(length, MESSAGE_MAX_FIELD_BYTES);
	struct draft draft = {g_string_new(NULL), g_string_new(NULL), g_string_new(NULL), false, false};
	for (size_t i = 0; i < length;) {
		char byte = raw[i];
		if (byte == '"') {
			bool keep = !draft.words->len && is_local_part(raw + i, MIN(length - i, 256));
			i += read_quoted(raw + i, length - i, draft.words, keep);
			draft.is_quoted = true;
		} else if (byte == '(') {
			i += read_comment(raw + i, length - i, draft.comment);
		} else if (byte == '<') {
			i += read_angle(raw + i, length - i, &draft);
		} else if (byte == ',' || byte == ';') {
			complete = draft_end(&draft, list) && complete;
			i++;
		} else if (byte == ':' && !draft.has_angle && !strchr(draft.words->str, '@') &&
			   g_ascii_strcasecmp(draft.words->str, "mailto")) { /* the name of a group */
			draft_reset(&draft);
			i++;
		} else {
			bool skip = draft.has_angle || (!draft.words->len && g_ascii_isspace(byte));
			if (!skip)
				g_string_append_c(draft.words, byte);
			i++;
		}
	}
	complete = draft_end(&draft, list) && complete;
	g_string_free(draft.words, TRUE);
	g_string_free(draft.angle, TRUE);
	g_string_free(draft.comment, TRUE);
	return complete;
}

char *address_bare(const char *text)
{
	const char *type = strchr(text, ';'); /* "rfc822; a@b" of RFC 3464 */
	if (type && type - text < 20 && !memchr(text, '@', (size_t)(type - text)) &&
	    !memchr(text, '<', (size_t)(type - text)))
		text = type + 1;
	GPtrArray *list = g_ptr_array_new_with_free_func((GDestroyNotify)address_free);
	addresses_append(list, text, strlen(text));
	char *bare = NULL;
	if (list->len) {
		const struct address *first = g_ptr_array_index(list, 0);
		bare = g_strdup(first->address);
	}
	g_ptr_array_free(list, TRUE);
	return bare;
}
