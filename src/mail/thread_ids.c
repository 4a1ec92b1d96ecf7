#include "base/base.h"
#include "mail/thread_ids.h"

#include "mail/charset.h"
#include "mail/message.h"

#define ID_MAX 998 /* RFC 5322's limit of a line */

/* The id in LENGTH bytes without brackets, or NULL where they are none. Blanks inside come from folding. */
static char *make_id(const char *bytes, size_t length)
{
	if (length > 2 * ID_MAX)
		return NULL;
	GString *clean = g_string_new("<");
	GString *text = g_string_new(NULL);
	charset_append(text, bytes, length, NULL);
	for (size_t i = 0; i < text->len; i++)
		if ((unsigned char)text->str[i] > ' ' && text->str[i] != '<' && text->str[i] != '>')
			g_string_append_c(clean, text->str[i]);
	g_string_append_c(clean, '>');
	g_string_free(text, TRUE);
	bool is_id = clean->len > 2 && clean->len <= ID_MAX;
	return g_string_free(clean, !is_id);
}

static void add(GPtrArray *ids, GHashTable *seen, char *id)
{
	if (!id)
		return;
	if (!g_hash_table_add(seen, id))
		return; /* the table has freed it */
	g_ptr_array_add(ids, g_strdup(id));
}

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n' || byte == ',' || byte == ';';
}

/* The end of the bare word at FROM. */
static size_t word_end(const char *raw, size_t length, size_t from)
{
	while (from < length && !is_blank(raw[from]) && raw[from] != '<' && raw[from] != '(')
		from++;
	return from;
}

static size_t skip_comment(const char *raw, size_t length, size_t from)
{
	size_t depth = 0;
	for (size_t i = from; i < length; i++) {
		depth += raw[i] == '(';
		if (raw[i] == ')' && --depth == 0)
			return i + 1;
	}
	return from + 1; /* a parenthesis that never closes is no comment */
}

/*
 * Ids in <>, and bare words with an @ where IN_BRACKETS_ONLY is false. An opening bracket that meets the next
 * one before it is closed ("<a@b<c@d>") ends there.
 */
static void scan(const char *raw, size_t length, bool in_brackets_only, GPtrArray *ids, GHashTable *seen)
{
	bool comments = true;
	for (size_t i = 0; i < length;) {
		if (raw[i] == '<') {
			size_t end = i + 1;
			while (end < length && raw[end] != '>' && raw[end] != '<')
				end++;
			add(ids, seen, make_id(raw + i + 1, end - i - 1));
			i = end < length && raw[end] == '>' ? end + 1 : end;
		} else if (raw[i] == '(' && comments) {
			size_t next = skip_comment(raw, length, i);
			comments = next != i + 1;
			i = next;
		} else if (is_blank(raw[i]) || raw[i] == '(') {
			i++;
		} else {
			size_t end = MAX(word_end(raw, length, i), i + 1);
			if (!in_brackets_only && memchr(raw + i, '@', end - i))
				add(ids, seen, make_id(raw + i, end - i));
			i = end;
		}
	}
}

/* Keeps both ends of a list that is too long: the thread's root and the mail that is answered. */
static void keep_both_ends(GPtrArray *ids)
{
	if (ids->len > THREAD_IDS_MAX)
		g_ptr_array_remove_range(ids, THREAD_IDS_MAX / 2, ids->len - THREAD_IDS_MAX);
}

GPtrArray *thread_ids_parse(const char *raw, size_t length)
{
	GPtrArray *ids = g_ptr_array_new_with_free_func(g_free);
	GHashTable *seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	size_t half = MESSAGE_MAX_FIELD_BYTES / 2;
	bool in_brackets_only = memchr(raw, '<', length) != NULL;
	if (length > MESSAGE_MAX_FIELD_BYTES) {
		scan(raw, half, in_brackets_only, ids, seen);
		const char *tail =
		    memchr(raw + length - half, '<', half); /* the id that the cut goes through is left out */
		if (tail)
			scan(tail, (size_t)(raw + length - tail), in_brackets_only, ids, seen);
	} else {
		scan(raw, length, in_brackets_only, ids, seen);
	}
	g_hash_table_destroy(seen);
	keep_both_ends(ids);
	return ids;
}

char *thread_id_parse(const char *raw, size_t length)
{
	GPtrArray *ids = thread_ids_parse(raw, length);
	char *id = ids->len ? g_strdup(g_ptr_array_index(ids, 0)) : NULL;
	if (!id) { /* "Message-ID: 20260317.1002" */
		size_t start = 0;
		while (start < length && is_blank(raw[start]))
			start++;
		size_t end = word_end(raw, length, start);
		id = end > start ? make_id(raw + start, end - start) : NULL;
	}
	g_ptr_array_free(ids, TRUE);
	return id;
}
